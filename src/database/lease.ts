import { createPool, type Pool } from 'generic-pool';
import postgres from 'postgres';
import { unavailable } from '../kernel/errors.ts';
import { addressOf, type Database } from './address.ts';
import { Plug, type Address } from './plug.ts';
import { kindsOf, type Answer, type Statement } from './statement.ts';

export interface LeaseOptions {
  readonly database: Database;
  /** How many connections this process holds at the most. */
  readonly size?: number;
  /** False behind a pooler in transaction mode, where named statements do not survive. */
  readonly prepare?: boolean;
  /** Milliseconds after which a connection that says nothing is given up; 65 s unless told, longer than any statement may take. */
  readonly silenceMs?: number;
  /** Told of every statement, for the tests that count statements and flushes. */
  readonly observe?: (event: { kind: 'flush' | 'statement'; text: string }) => void;
}

const SILENCE_MS = 65_000;

/** Statements that one connection keeps prepared: a list with all its parts takes PostgreSQL 600 kB, and who varies a document can make any number of them. */
const MOST_PREPARED = 200;

/**
 * One connection in the hands of one unit of work. It never reconnects: when its connection closes it is dead,
 * and whatever was to be sent on it is refused. (A shared pool's transaction helper has let one caller's
 * statements into another caller's transaction: porsager/postgres issues 1204 and 1216.)
 */
export class Lease {
  readonly #client: postgres.Sql;
  readonly #prepare: boolean;
  readonly #observe: LeaseOptions['observe'];
  /** What was sent before: by text, the kinds of values it was sent with. */
  readonly #warm = new Map<string, Set<string>>();
  readonly #plug: Plug;
  #underWay = 0;
  #dead = false;

  constructor({ database, prepare = true, silenceMs = SILENCE_MS, observe }: LeaseOptions) {
    this.#prepare = prepare;
    this.#observe = observe;
    this.#plug = new Plug(silenceMs, () => this.#die());
    const settings = {
      max: 1,
      prepare,
      fetch_types: false,
      backoff: false,
      connect_timeout: 3,
      idle_timeout: 0,
      max_lifetime: null,
      onnotice: () => undefined,
      onclose: () => this.#die(),
      socket: (address: Address) => this.#plug.plugIn(address),
    } as const;
    const address = addressOf(database);
    this.#client = typeof address === 'string' ? postgres(address, settings) : postgres({ ...address, ...settings });
    // Dates, instants and JSON stay the text that PostgreSQL wrote and that we wrote.
    for (const type of ['1082', '1114', '1184', '114', '3802']) {
      this.#client.options.parsers[Number(type)] = asText;
      this.#client.options.serializers[Number(type)] = asText;
    }
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** Whether it has prepared so much that a fresh connection is cheaper to keep. */
  get worn(): boolean {
    return this.#warm.size > MOST_PREPARED;
  }

  /** Whether statements are under way. */
  get busy(): boolean {
    return this.#underWay > 0;
  }

  /** Sends one statement and waits for its answer. */
  async run(statement: Statement): Promise<Answer> {
    return (await this.flush([statement]))[0] as Answer;
  }

  /**
   * Sends statements in one flush and waits for all answers. Where one of them was never sent on this connection,
   * it must be described first: then they go one by one, so that nothing waits in a queue while a connection dies.
   */
  async flush(statements: readonly Statement[]): Promise<Answer[]> {
    // All are looked at before one is sent: the driver blames another statement for a value that it cannot write.
    const kinds = statements.map(({ values }) => kindsOf(values));
    this.#underWay += 1;
    try {
      if (statements.length === 1 || (this.#prepare && statements.every(({ text }, index) => this.#warm.get(text)?.has(kinds[index] ?? '')))) return await this.#together(statements, kinds);
      const answers: Answer[] = [];
      for (const [index, each] of statements.entries()) answers.push(...(await this.#together([each], kinds.slice(index))));
      return answers;
    } finally {
      this.#underWay -= 1;
    }
  }

  async #together(statements: readonly Statement[], kinds: readonly string[]): Promise<Answer[]> {
    if (this.#dead) throw unavailable();
    this.#observe?.({ kind: 'flush', text: statements.map((each) => each.text).join(';\n') });
    const settled = await Promise.allSettled(statements.map((each, index) => this.#send(each, kinds[index] ?? '')));
    const failed = settled.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    return settled.map((each) => (each as PromiseFulfilledResult<Answer>).value);
  }

  #send({ text, values }: Statement, kinds: string): Promise<Answer> {
    this.#observe?.({ kind: 'statement', text });
    return this.#client.unsafe(text, values as never[], { prepare: this.#prepare }).then((result) => {
      const known = this.#warm.get(text);
      if (known === undefined) this.#warm.set(text, new Set([kinds]));
      else known.add(kinds);
      return { rows: result, command: result.command, count: result.count };
    });
  }

  /** The driver refuses one of the statements that wait in its queue when a connection closes; the others would wait for ever. */
  #die(): void {
    this.#dead = true;
    void this.#client.end({ timeout: 0 }).catch(() => undefined);
  }

  /** Closes the connection without waiting for what is under way. */
  async end(): Promise<void> {
    this.#dead = true;
    await this.#client.end({ timeout: 0 }).catch(() => undefined);
    // The driver leaves a socket behind that was still connecting.
    this.#plug.pull();
  }
}

const asText = (value: unknown): unknown => value;

/** Exclusive leases, at most `size` at a time; who waits longer than five seconds is told to come back. */
export interface LeasePool {
  use<T>(work: (lease: Lease) => Promise<T>): Promise<T>;
  readonly gauges: { borrowed: number; idle: number; waiting: number };
  close(): Promise<void>;
}

/** Opens a pool of leases. Nothing is connected until the first is used. Throws where the database is named with several hosts. */
export function leasePool(options: LeaseOptions): LeasePool {
  // The driver leaves a question unanswered for ever when the first of several is out of reach.
  if (typeof options.database === 'string' && /^[^/]*\/\/(?:[^@/]*@)?[^/?]*,/.test(options.database)) {
    throw new Error('The database is named with several hosts. Name one; several belong behind a proxy.');
  }
  const pool: Pool<Lease> = createPool<Lease>(
    {
      create: async () => new Lease(options),
      destroy: (lease) => lease.end(),
    },
    // Last in, first out: taken in turn, the leases would keep as many cold backends as there ever were at once.
    { max: options.size ?? 10, min: 0, fifo: false, acquireTimeoutMillis: 5000, maxWaitingClients: 1200 },
  );
  /** Looked at here rather than by the pool's own test, whose promises every request would pay for. */
  const acquired = async (): Promise<Lease> => {
    for (;;) {
      const lease = await pool.acquire();
      if (!lease.dead) return lease;
      await pool.destroy(lease);
    }
  };
  return {
    async use(work) {
      const lease = await acquired().catch(() => {
        throw unavailable();
      });
      try {
        const result = await work(lease);
        await release(pool, lease);
        return result;
      } catch (error) {
        // What failed in any way but a refusal of ours or a plain SQL error is not trusted again.
        if (leavesLeaseUsable(error)) await release(pool, lease);
        else await pool.destroy(lease);
        throw error;
      }
    },
    get gauges() {
      return { borrowed: pool.borrowed, idle: pool.available, waiting: pool.pending };
    },
    async close() {
      await pool.drain();
      await pool.clear();
    },
  };
}

const release = (pool: Pool<Lease>, lease: Lease) => (lease.dead || lease.busy || lease.worn ? pool.destroy(lease) : pool.release(lease));

/** True for a mistake of ours that ended its transaction cleanly: the unit of work marks those it has rolled back. */
const ROLLED_BACK = new WeakSet<object>();
export const markRolledBack = (error: unknown): void => {
  if (typeof error === 'object' && error !== null) ROLLED_BACK.add(error);
};
const leavesLeaseUsable = (error: unknown): boolean => typeof error === 'object' && error !== null && ROLLED_BACK.has(error);
