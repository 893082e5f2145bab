import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { unauthenticated, unavailable } from '../kernel/errors.ts';
import { markRolledBack, type Lease, type LeasePool } from './lease.ts';
import { statement, type Answer, type Row, type Statement } from './statement.ts';

/** Under whose eyes a unit of work runs. */
export interface Context {
  /** The statement that sets the transaction's context; no row back means that the member may not enter. Its last value is the unit's mark. */
  readonly enter: (mark: string) => Statement;
  /** Run once the context is set, for instance to take a narrower role. */
  readonly narrow?: readonly Statement[];
}

/** What an act has of its transaction. */
export interface Transaction {
  /** The row that the entering statement gave: the seat as the database holds it now. */
  readonly seat: Row;
  /** What the opening statements answered. */
  readonly opened: readonly Answer[];
  run(statement: Statement): Promise<Answer>;
  flush(statements: readonly Statement[]): Promise<Answer[]>;
}

/** How a writing unit ends: statements that go out with the commit, and the result made of their answers. */
export interface Finish<T> {
  readonly last: readonly Statement[];
  readonly result: (answers: readonly Answer[]) => T;
}

const BEGIN = statement('begin');
const BEGIN_READ = statement('begin read only');
const COMMIT = statement('commit');
const ROLLBACK = statement('rollback');

/** Reads under a member's eyes: begin, context, the statements and commit go in one flush. */
export function read(pool: LeasePool, context: Context, statements: readonly Statement[]): Promise<Answer[]> {
  return pool.use(async (lease) => {
    try {
      const narrow = context.narrow ?? [];
      const answers = await lease.flush([BEGIN_READ, context.enter(''), ...narrow, ...statements, COMMIT]);
      if (answers[1]?.rows.length !== 1) throw unauthenticated();
      // The driver sends a statement again whose plan was outdated; by then the transaction, and with it the context, is gone.
      if (answers.at(-1)?.command !== 'COMMIT') throw unavailable();
      return answers.slice(2 + narrow.length, -1);
    } catch (error) {
      throw await rolledBack(lease, error);
    }
  });
}

/** Serialisation failure and deadlock: the transaction may simply be tried again. */
const RETRIED = new Set(['40001', '40P01']);

/**
 * Writes under a member's eyes. The result is given only when PostgreSQL has answered COMMIT: after a failed
 * statement it answers a commit with ROLLBACK and no error. `work` may run again after a deadlock, so it must have
 * no effect outside the transaction; it must not return with a statement unawaited, and what it sends later is refused.
 * `opening` are statements that go out with begin and the context, because they need nothing but the input.
 */
export async function write<T>(pool: LeasePool, context: Context, work: (tx: Transaction) => Promise<Finish<T>>, opening: readonly Statement[] = []): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await pool.use((lease) => writeOnce(lease, context, work, opening));
    } catch (error) {
      if (attempt === 3 || !RETRIED.has(sqlState(error))) throw error;
      await pause(10 + Math.random() * 40 * attempt);
    }
  }
}

async function writeOnce<T>(lease: Lease, context: Context, work: (tx: Transaction) => Promise<Finish<T>>, opening: readonly Statement[]): Promise<T> {
  const mark = randomUUID();
  let over = false;
  const flush = async (statements: readonly Statement[]): Promise<Answer[]> => {
    if (over) throw new Error('the unit of work is over');
    return lease.flush(statements);
  };
  try {
    const [, entered, ...opened] = await lease.flush([BEGIN, context.enter(mark), ...opening]);
    const seat = entered?.rows[0];
    if (!seat) throw unauthenticated();
    const { last, result } = await work({ seat, opened, flush, run: async (each) => (await flush([each]))[0] as Answer }).finally(() => {
      over = true;
    });
    if (lease.busy) throw new Error('the work returned with a statement unawaited');
    const answers = await lease.flush([...last, sameUnit(mark), COMMIT]);
    if (answers.at(-1)?.command !== 'COMMIT') throw unavailable();
    return result(answers.slice(0, last.length));
  } catch (error) {
    throw await rolledBack(lease, error);
  }
}

/** Fails where this is not the transaction that set its mark: a driver that lost it must not acknowledge anything. */
const sameUnit = (mark: string): Statement => statement('select comity.same_unit($1)', [mark]);

/** Ends the transaction, unless the connection failed or is still at work: such a lease is destroyed, not rolled back. */
async function rolledBack(lease: Lease, error: unknown): Promise<unknown> {
  if (lease.dead || lease.busy || isConnectionFault(error)) return error;
  const told = isOutdatedPlan(error) ? unavailable() : error;
  try {
    await lease.run(ROLLBACK);
    markRolledBack(told);
  } catch {
    // The lease is unmarked and so will be destroyed; the first error is the one to tell.
  }
  return told;
}

/** Too many connections, an end by the administrator, and all that befalls the connection itself; a lost mark is no better. */
const isConnectionFault = (error: unknown): boolean => /^(CONNECT|CONNECTION)_|^E[A-Z]+$|^57P0|^08|^53|^CM500$/.test(sqlState(error));

/** A migration has changed what a prepared statement answers. The next time it is planned anew. */
const isOutdatedPlan = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'routine' in error && error.routine === 'RevalidateCachedQuery';

/** The SQLSTATE or driver code of an error, or nothing. */
export const sqlState = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
