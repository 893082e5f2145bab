import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { startEmbedded, type Connection } from '../src/database/embedded.ts';
import { migrate, MIGRATIONS, rolesSql } from '../src/database/migrate.ts';
import { loadReference } from '../src/reference.ts';

declare module 'vitest' {
  interface ProvidedContext {
    cluster: Connection;
  }
}

/** One PostgreSQL for the whole run, with two templates that every test file clones: migrated, and migrated with reference data. */
export default async function cluster(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'comity-test-'));
  const server = await startEmbedded({ directory, durable: false });
  const stop = async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await templates(server);
  } catch (fault) {
    // What could not be set up leaves no server behind.
    await stop();
    throw fault;
  }
  project.provide('cluster', server.superuser);
  return stop;
}

async function templates(server: Awaited<ReturnType<typeof startEmbedded>>): Promise<void> {
  const root = postgres({ ...server.superuser, max: 1, onnotice: () => undefined });
  await root.unsafe('create database comity_bare');
  const bare = postgres({ ...server.as('postgres', 'comity_bare'), max: 1, onnotice: () => undefined });
  await bare.unsafe(await rolesSql());
  await bare.end();
  await migrate(server.as('comity_migrator', 'comity_bare'));
  await root.unsafe('create database comity_reference template comity_bare');
  const full = postgres({ ...server.as('comity_migrator', 'comity_reference'), max: 1, onnotice: () => undefined });
  await loadReference(full, join(MIGRATIONS, 'reference'));
  await full.end();
  await root.end();
}
