import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { inject } from 'vitest';
import { migrate, MIGRATIONS, rolesSql } from '../src/database/migrate.ts';

/** A database that stood before a migration was there. */
export interface Standing {
  readonly owner: postgres.Sql;
  /** Applies all migrations. */
  upgrade(): Promise<void>;
  close(): Promise<void>;
}

/** A database with the migrations before one, by its name without its number. */
export async function standingBefore(migration: string): Promise<Standing> {
  const cluster = inject('cluster');
  const database = `upgrade_${randomBytes(6).toString('hex')}`;
  const root = postgres({ ...cluster, max: 1, onnotice: () => undefined });
  const client = (user: string) => postgres({ ...cluster, user, database, max: 1, onnotice: () => undefined });
  await root.unsafe(`create database ${database}`);
  const owner = client('postgres');
  await owner.unsafe(await rolesSql());
  const folder = await mkdtemp(join(tmpdir(), 'comity-upgrade-'));
  try {
    await cp(MIGRATIONS, folder, { recursive: true });
    const journal = JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8')) as { entries: { idx: number; tag: string }[] };
    const first = journal.entries.find(({ tag }) => tag.endsWith(migration))?.idx ?? 0;
    await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries: journal.entries.filter(({ idx }) => idx < first) }));
    const migrator = client('comity_migrator');
    await migrator.unsafe('set role comity_owner');
    await applyMigrations(drizzle(migrator), { migrationsFolder: folder, migrationsSchema: 'comity_migrations', migrationsTable: 'applied' });
    await migrator.end();
  } finally {
    await rm(folder, { recursive: true });
  }
  return {
    owner,
    upgrade: () => migrate({ ...cluster, user: 'comity_migrator', database }),
    async close() {
      await owner.end();
      await root.unsafe(`drop database ${database} with (force)`);
      await root.end();
    },
  };
}
