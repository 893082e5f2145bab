import { createHash } from 'node:crypto';
import postgres from 'postgres';
import type { Connection, EmbeddedServer } from './embedded.ts';
import { rolesSql } from './migrate.ts';

const DATABASE = 'comity';

/** The embedded server's database as each role reaches it. */
export interface DevelopmentDatabase {
  readonly app: Connection;
  readonly migrator: Connection;
}

/** Makes the roles and the database of the embedded server where they are missing, exactly as an operator would. */
export async function developmentDatabase(server: EmbeddedServer): Promise<DevelopmentDatabase> {
  const root = postgres({ ...server.superuser, max: 1, onnotice: () => undefined });
  try {
    const [known] = await root`select 1 from pg_database where datname = ${DATABASE}`;
    if (!known) await root.unsafe(`create database ${DATABASE}`);
  } finally {
    await root.end();
  }
  const admin = postgres({ ...server.as('postgres', DATABASE, server.superuser.password), max: 1, onnotice: () => undefined });
  try {
    await admin.unsafe(await rolesSql());
    for (const role of ['comity_app', 'comity_migrator'] as const) {
      const password = passwordOf(server, role);
      if (password !== undefined) await admin.unsafe(`alter role ${role} password '${password}'`);
    }
  } finally {
    await admin.end();
  }
  return reached(server);
}

/** The same for a server whose database is made already. */
export const reached = (server: EmbeddedServer): DevelopmentDatabase => ({
  app: server.as('comity_app', DATABASE, passwordOf(server, 'comity_app')),
  migrator: server.as('comity_migrator', DATABASE, passwordOf(server, 'comity_migrator')),
});

/** Where the server asks for passwords (no private socket), each role's follows from the superuser's: every process finds the same. */
const passwordOf = ({ superuser }: EmbeddedServer, role: string): string | undefined =>
  superuser.password === undefined ? undefined : createHash('sha256').update(`${superuser.password}:${role}`).digest('hex');
