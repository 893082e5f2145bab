import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { z } from 'zod';
import { addressOf } from './address.ts';
import type { Database } from './address.ts';
import type { Row } from './statement.ts';

/** The folder of the migrations, beside `src` and `dist`. */
export const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));

const Journal = z.object({ entries: z.array(z.object({ when: z.number(), tag: z.string() })) });

/** Any number of ours; all who migrate one database queue behind it. */
const LOCK = 7_203_114_871;

export type CommandClient = postgres.Sql;

/** A client for commands, one connection, never for requests. */
export function commandClient(database: Database): CommandClient {
  const settings = { max: 1, onnotice: () => undefined, connect_timeout: 5 } as const;
  const address = addressOf(database);
  return typeof address === 'string' ? postgres(address, settings) : postgres({ ...address, ...settings });
}

/** The SQL that makes the roles; a superuser runs it once in a new database. */
export const rolesSql = (): Promise<string> => readFile(`${MIGRATIONS}/roles.sql`, 'utf8');

/**
 * Brings a database up to date, as `comity_migrator`. Under a lock, because the migrator of the ORM has none; and it
 * checks afterwards that every entry of the journal is applied, because that migrator passes over one whose time is
 * older than the newest without a word (drizzle-team/drizzle-orm issues 874 and 5769). Then it makes room in the log of
 * access for the next 24 months.
 */
export async function migrate(database: Database): Promise<void> {
  const sql = commandClient(database);
  try {
    await sql`select pg_advisory_lock(${LOCK})`;
    await sql.unsafe('set role comity_owner');
    await applyMigrations(drizzle(sql), { migrationsFolder: MIGRATIONS, migrationsSchema: 'comity_migrations', migrationsTable: 'applied' });
    const missing = await unappliedMigrations((text) => sql.unsafe(text));
    if (missing.length > 0) throw new Error(`migrations that were not applied: ${missing.join(', ')}; their time in drizzle/meta/_journal.json must rise`);
    await sql.unsafe('set role comity_definer');
    await sql`select comity.extend_access_log()`;
  } finally {
    await sql.end();
  }
}

/** The names of the migrations that a database lacks. `run` executes one statement. */
export async function unappliedMigrations(run: (text: string) => PromiseLike<readonly Row[]>): Promise<string[]> {
  const journal = Journal.parse(JSON.parse(await readFile(`${MIGRATIONS}/meta/_journal.json`, 'utf8')));
  const rows = await run('select created_at::text as "when" from comity_migrations.applied');
  const applied = new Set(rows.map((row) => String(row['when'])));
  return journal.entries.filter((entry) => !applied.has(String(entry.when))).map((entry) => entry.tag);
}
