import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { inject } from 'vitest';
import { migrate, MIGRATIONS, rolesSql } from '../src/database/migrate.ts';
import { newId } from '../src/kernel/ids.ts';

/** A database that was filled as it stood before a migration, and brought to today since. */
export interface Upgraded {
  readonly owner: postgres.Sql;
  readonly close: () => Promise<void>;
}

/** A database as it stood before the migration of this name, filled, and migrated to today. */
export async function upgradedSince(name: string, fill: (owner: postgres.Sql) => Promise<void>): Promise<Upgraded> {
  const cluster = inject('cluster');
  const database = `upgrade_${randomBytes(6).toString('hex')}`;
  const root = postgres({ ...cluster, max: 1, onnotice: () => undefined });
  await root.unsafe(`create database ${database}`);
  const client = (user: string) => postgres({ ...cluster, user, database, max: 1, onnotice: () => undefined });
  const owner = client('postgres');
  await owner.unsafe(await rolesSql());
  const folder = await mkdtemp(join(tmpdir(), 'comity-upgrade-'));
  try {
    await cp(MIGRATIONS, folder, { recursive: true });
    const journal = JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8')) as { entries: { idx: number; tag: string }[] };
    const first = journal.entries.find(({ tag }) => tag.endsWith(name))?.idx;
    if (first === undefined) throw new Error(`there is no migration ${name}`);
    await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries: journal.entries.filter(({ idx }) => idx < first) }));
    const migrator = client('comity_migrator');
    await migrator.unsafe('set role comity_owner');
    await applyMigrations(drizzle(migrator), { migrationsFolder: folder, migrationsSchema: 'comity_migrations', migrationsTable: 'applied' });
    await migrator.end();
  } finally {
    await rm(folder, { recursive: true });
  }
  await fill(owner);
  await migrate({ ...cluster, user: 'comity_migrator', database });
  return {
    owner,
    close: async () => {
      await owner.end();
      await root.unsafe(`drop database ${database} with (force)`);
      await root.end();
    },
  };
}

/** A case in court of nobody, with persons of these names, and a text of a statute: what rows of another time hang on. */
export async function caseOfAnotherTime(owner: postgres.Sql, names: readonly string[]): Promise<{ caseId: string; statute: string; version: string; personOf: (name: string) => string }> {
  const [caseId, agency, statute, version] = [newId(), newId(), newId(), newId()];
  const persons = new Map(names.map((name) => [name, newId()]));
  await owner.unsafe(`
    insert into comity.agencies (id, slug, name, kind, state) values ('${agency}', 'invented', 'Invented police', 'MUNICIPAL_POLICE', 'TX');
    insert into comity.cases (id, number, agency_id, state, county_fips, incident_on, kind, stage, received_at, needs) values ('${caseId}', 'INV-1', '${agency}', 'TX', '48113', '2026-03-14', 'FORCE', 'UNCLAIMED', now(), 1);
    insert into comity.statutes (id, state, code, citation, title, tags, keywords) values ('${statute}', 'TX', 'TEX_PENAL', 'Tex. Penal Code § 22.02', 'Invented', '{}', 'x');
    insert into comity.statute_versions (id, statute_id, class, level, max_penalty, nibrs, elements, limitation, applies_to_federal_officer, officer_clause, source, confidence)
      values ('${version}', '${statute}', 'x', 'FELONY', 'x', '90Z', '[]', '{"kind": "NONE"}', 'YES', 'x', 'x', 'LOW')`);
  for (const [at, [name, id]] of [...persons].entries()) {
    await owner`insert into comity.persons (case_id, id, needs, part, position, name, minor_at_incident, injured) values (${caseId}, ${id}, 4, 'OFFICIAL', ${at}, ${name}, false, false)`;
  }
  return { caseId, statute, version, personOf: (name) => persons.get(name) ?? '' };
}
