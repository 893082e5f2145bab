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
  /** Runs statements, enters the context anew and runs others, in one flush; answers the seat as it is then, and what the others answered. */
  reentered(before: readonly Statement[], after: readonly Statement[]): Promise<{ readonly seat: Row; readonly answers: Answer[] }>;
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

/** Reads under a member's eyes: begin, context, the statements and commit go in one flush. What it logs is kept when it is committed. */
export function read(pool: LeasePool, context: Context, statements: readonly Statement[]): Promise<Answer[]> {
  return pool.use(async (lease) => {
    try {
      const narrow = context.narrow ?? [];
      const answers = await lease.flush([statements.some(({ logs }) => logs) ? BEGIN : BEGIN_READ, context.enter(''), ...narrow, ...statements, COMMIT]);
      if (answers[1]?.rows.length !== 1) throw unauthenticated();
      // The driver sends a statement again whose plan was outdated; by then the transaction, and with it the context, is gone.
      if (answers.at(-1)?.command !== 'COMMIT') throw unavailable();
      return answers.slice(2 + narrow.length, -1);
    } catch (error) {
      throw await rolledBack(lease, error);
    }
  });
}

/** What goes out with begin and the context, given the statement that enters it. */
export type Opening = (enter: Statement) => readonly Statement[];

/** Serialisation failure and deadlock: the transaction may simply be tried again. */
const RETRIED = new Set(['40001', '40P01']);

/**
 * Writes under a member's eyes. The result is given only when PostgreSQL has answered COMMIT: after a failed
 * statement it answers a commit with ROLLBACK and no error. `work` may run again after a deadlock, so it must have
 * no effect outside the transaction; it must not return with a statement unawaited, and what it sends later is refused.
 * `opening` gives statements that go out with begin and the context, because they need nothing but the input; where one
 * of them waits, it puts the statement that enters the context once more behind it.
 */
export async function write<T>(pool: LeasePool, context: Context, work: (tx: Transaction) => Promise<Finish<T>>, opening: Opening = () => []): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await pool.use((lease) => writeOnce(lease, context, work, opening));
    } catch (error) {
      if (attempt === 3 || !RETRIED.has(sqlState(error))) throw error;
      await pause(10 + Math.random() * 40 * attempt);
    }
  }
}

async function writeOnce<T>(lease: Lease, context: Context, work: (tx: Transaction) => Promise<Finish<T>>, opening: Opening): Promise<T> {
  const mark = randomUUID();
  let over = false;
  const flush = async (statements: readonly Statement[]): Promise<Answer[]> => {
    if (over) throw new Error('the unit of work is over');
    return lease.flush(statements);
  };
  try {
    const enter = context.enter(mark);
    const first = [BEGIN, enter, ...opening(enter)];
    const answers = await lease.flush(first);
    // Whatever was waited for, the seat is the one that was entered last.
    const seat = seatOf(answers[first.lastIndexOf(enter)]);
    const reentered: Transaction['reentered'] = async (before, after) => {
      const found = await flush([...before, enter, ...after]);
      return { seat: seatOf(found[before.length]), answers: found.slice(before.length + 1) };
    };
    const { last, result } = await work({ seat, opened: answers.slice(2), flush, reentered, run: async (each) => (await flush([each]))[0] as Answer }).finally(() => {
      over = true;
    });
    if (lease.busy) throw new Error('the work returned with a statement unawaited');
    const ended = await lease.flush([...last, sameUnit(mark), COMMIT]);
    if (ended.at(-1)?.command !== 'COMMIT') throw unavailable();
    return result(ended.slice(0, last.length));
  } catch (error) {
    throw await rolledBack(lease, error);
  }
}

/** The seat that was entered. Throws UNAUTHENTICATED where there is none any more. */
function seatOf(entered: Answer | undefined): Row {
  const seat = entered?.rows[0];
  if (!seat) throw unauthenticated();
  return seat;
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
