import { join } from 'node:path';
import type { Config } from '../config.ts';
import { refreshClocks } from '../clocks/refresh.ts';
import { keptEmbedded, type Notice } from '../database/embedded.keeper.ts';
import { attachEmbedded, startEmbedded, type EmbeddedServer } from '../database/embedded.ts';
import { developmentDatabase, reached } from '../database/development.ts';
import type { Database } from '../database/address.ts';
import { commandClient, migrate, MIGRATIONS, unappliedMigrations } from '../database/migrate.ts';
import { loadReference, referenceIsCurrent, type ReferenceReport } from '../reference.ts';

/** The reference data that the product carries. */
export const REFERENCE = join(MIGRATIONS, 'reference');

/** The databases that a command or a server works on, and how to let go of them. */
export interface Installation {
  readonly app: Database;
  /** For migrations, reference data and members; absent where the configuration does not give it. */
  readonly migrator?: Database;
  readonly embedded?: EmbeddedServer;
  close(): Promise<void>;
}

/**
 * The installation that the configuration names: an operator's database, or the embedded one, started or joined. With a
 * `notice` the embedded one is kept running.
 */
export async function installationOf(config: Config, { join: joining = false, notice }: { join?: boolean; notice?: Notice } = {}): Promise<Installation> {
  if (config.databaseUrl !== undefined) {
    return { app: config.databaseUrl, ...(config.databaseOwnerUrl !== undefined && { migrator: config.databaseOwnerUrl }), close: async () => undefined };
  }
  const running = joining ? await attachEmbedded(config.directory) : undefined;
  const options = { directory: config.directory };
  const embedded = running ?? (await (notice ? keptEmbedded(options, notice) : startEmbedded(options)));
  const { app, migrator } = running ? reached(running) : await developmentDatabase(embedded);
  return { app, migrator, embedded, close: () => embedded.stop() };
}

/** The owner's side of an installation. Throws where the configuration does not give it. */
export function migratorOf({ migrator }: Installation): Database {
  if (migrator === undefined) throw new Error('This command needs DATABASE_OWNER_URL, the URL of the role comity_migrator.');
  return migrator;
}

/** Brings schema and reference data up to date; does nothing where they are. */
export async function bringUpToDate(installation: Installation): Promise<ReferenceReport | undefined> {
  const migrator = migratorOf(installation);
  await migrate(migrator);
  const sql = commandClient(migrator);
  try {
    const report = (await referenceIsCurrent(sql, REFERENCE)) ? undefined : await loadReference(sql, REFERENCE);
    await refreshClocks(sql);
    return report;
  } finally {
    await sql.end();
  }
}

/** What keeps a database from being served: nothing where migrations and reference data are current. */
export async function whatIsMissing(app: Database): Promise<string[]> {
  const sql = commandClient(app);
  try {
    const missing = await unappliedMigrations((text) => sql.unsafe(text)).catch((error: { code?: string }) => {
      // 3F000, 42P01, 42501: nothing of ours is there yet.
      if (error.code === '3F000' || error.code === '42P01' || error.code === '42501') return ['all'];
      throw error;
    });
    if (missing.length > 0) return [`Migrations are missing (${missing.join(', ')}). Run: comity migrate`];
    return (await referenceIsCurrent(sql, REFERENCE)) ? [] : ['The reference data are not current. Run: comity reference load'];
  } finally {
    await sql.end();
  }
}
