import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import type { Database } from '../src/database/address.ts';

/** A database of one test file. */
export interface FreshDatabase {
  /** A superuser: sees past every policy, for arranging and for looking behind the curtain. */
  readonly owner: postgres.Sql;
  /** The same database for another role. */
  as(user: 'comity_app' | 'comity_migrator' | 'postgres'): Exclude<Database, string>;
  close(): Promise<void>;
}

/** Clones a template: migrated, and with reference data unless told otherwise. */
export async function freshDatabase({ reference = true }: { reference?: boolean } = {}): Promise<FreshDatabase> {
  const cluster = inject('cluster');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const root = postgres({ ...cluster, max: 1, onnotice: () => undefined });
  await root.unsafe(`create database ${name} template ${reference ? 'comity_reference' : 'comity_bare'}`);
  // A clone has its template's contents but not the rights on the database itself.
  await root.unsafe(`revoke temporary on database ${name} from public; grant create on database ${name} to comity_owner, comity_migrator`);
  const as: FreshDatabase['as'] = (user) => ({ ...cluster, user, database: name });
  const owner = postgres({ ...as('postgres'), max: 4, onnotice: () => undefined });
  return {
    owner,
    as,
    async close() {
      await owner.end();
      await root.unsafe(`drop database ${name} with (force)`);
      await root.end();
    },
  };
}
