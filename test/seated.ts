import postgres from 'postgres';
import { enter } from '../src/access/context.ts';
import { newId } from '../src/kernel/ids.ts';
import type { FreshDatabase } from './harness.ts';

type Rows = readonly Record<string, any>[];

/** A seat in a transaction of the application role: what the policies alone show and refuse, with no act and no door before them. */
export interface Seat {
  rows(text: string, values?: readonly (string | number | null)[]): Promise<Rows>;
  /** How many rows a change touches. */
  touched(text: string, values?: readonly (string | number | null)[]): Promise<number>;
  /** The SQLSTATE that refuses a statement, or `passed`; the transaction goes on as if it had not been tried. */
  refusal(text: string, values?: readonly (string | number | null)[]): Promise<string>;
}

export interface Seated {
  /** The member whose context is entered; null: no context at all. */
  readonly as: string | null;
  readonly user?: 'comity_app' | 'comity_migrator';
}

/** Does something in SQL from a member's seat, in one transaction that is rolled back. */
export async function seated<T>(database: FreshDatabase, { as, user = 'comity_app' }: Seated, work: (seat: Seat) => Promise<T>): Promise<T> {
  const client = postgres({ ...database.as(user), max: 1, fetch_types: false, onnotice: () => undefined });
  const run = (text: string, values: readonly (string | number | null)[] = []) => client.unsafe(text, [...values] as never[]);
  try {
    await run('begin');
    if (as !== null) {
      const { text, values } = enter(as, newId(), { purpose: 'CASE_PREPARATION', underGlass: true });
      await run(text, values as string[]);
    }
    return await work({
      rows: async (text, values) => run(text, values),
      touched: async (text, values) => (await run(text, values)).count,
      async refusal(text, values) {
        await run('savepoint tried');
        try {
          await run(text, values);
          return 'passed';
        } catch (error) {
          return error instanceof postgres.PostgresError ? error.code : String(error);
        } finally {
          await run('rollback to savepoint tried');
        }
      },
    });
  } finally {
    await client.end({ timeout: 1 });
  }
}
