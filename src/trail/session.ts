import DataLoader from 'dataloader';
import { sql, type SQL } from 'drizzle-orm';
import { Kind, type GraphQLResolveInfo } from 'graphql';
import { reachOf } from '../access/acts.ts';
import { actorOf, enter } from '../access/context.ts';
import type { Actor } from '../access/seats.ts';
import type { LeasePool } from '../database/lease.ts';
import { pathOf, type LookAhead } from '../database/lookahead.ts';
import type { Arguments, Target } from '../database/shape.ts';
import { arrayText, type Answer, type Statement } from '../database/statement.ts';
import { read, write, type Context } from '../database/unit.ts';
import { forbidden } from '../kernel/errors.ts';
import type { Act, Done, Moment } from './act.ts';

/** One request of one actor: what it reads, and what it does. */
export class Session {
  readonly actor: Actor;
  readonly #pool: LeasePool;
  readonly #lookAhead: LookAhead;
  readonly #context: Context;
  readonly #loaders = new Map<string, DataLoader<string, unknown>>();
  #asked: { statement: Statement; resolve: (answer: Answer) => void; reject: (fault: unknown) => void }[] = [];

  /** Spends one of the actor's points of a budget. Throws RATE_LIMITED. */
  readonly spend: (budget: 'ANALYSIS') => Promise<void>;

  constructor(actor: Actor, pool: LeasePool, lookAhead: LookAhead, spend: Session['spend'] = async () => undefined) {
    this.actor = actor;
    this.spend = spend;
    this.#pool = pool;
    this.#lookAhead = lookAhead;
    this.#context = { enter: (mark) => enter(actor.memberId, mark) };
  }

  /** Reads what a root field's selection asks for, in one statement. */
  async look(info: GraphQLResolveInfo, target: (args: Arguments) => Target): Promise<unknown> {
    const asked = this.#lookAhead.statement(info, target);
    const { selections } = info.operation.selectionSet;
    // What is alone has nothing to wait for.
    if (selections.length === 1 && selections[0]?.kind === Kind.FIELD) return resultOf((await read(this.#pool, this.#context, [asked]))[0]);
    return resultOf(await this.ask(asked));
  }

  /** Runs a reading statement together with all others that are asked in the same turn: one transaction, one flush. */
  ask(asked: Statement): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#asked.push({ statement: asked, resolve, reject }) === 1) setImmediate(() => this.#flush());
    });
  }

  #flush(): void {
    const batch = this.#asked;
    this.#asked = [];
    read(this.#pool, this.#context, batch.map((each) => each.statement)).then(
      (answers) => batch.forEach((each, index) => each.resolve(answers[index] as Answer)),
      (fault: unknown) => batch.forEach((each) => each.reject(fault)),
    );
  }

  /** Reads under a narrower role, in a unit of its own. */
  async askAs(narrow: readonly Statement[], asked: Statement): Promise<Answer> {
    const [answer] = await read(this.#pool, { ...this.#context, narrow }, [asked]);
    return answer as Answer;
  }

  /** Asks in a unit that may write, under a narrower role that is left again before its commit. */
  askWithin({ enter: narrow, leave }: { enter: readonly Statement[]; leave: readonly Statement[] }, asked: Statement): Promise<Answer> {
    return write(this.#pool, this.#context, async (tx) => {
      const answers = await tx.flush([...narrow, asked, ...leave]);
      return { last: [], result: () => answers[narrow.length] as Answer };
    });
  }

  /**
   * A row that an act's payload leads to, by its id and as the field's selection asks; all of one field are read
   * together, in a unit of their own. Null where there is none that the actor sees.
   */
  async load(info: GraphQLResolveInfo, target: (keys: SQL) => Target, id: string): Promise<unknown> {
    const path = pathOf(info);
    let loader = this.#loaders.get(path);
    if (loader === undefined) {
      loader = new DataLoader(async (ids) => {
        const found = resultOf(await this.ask(this.#lookAhead.statement(info, ({ given }) => target(sql`${given(0)}::uuid[]`), [arrayText(ids)])));
        return Array.isArray(found) ? found : ids.map(() => null);
      });
      this.#loaders.set(path, loader);
    }
    return loader.load(id);
  }

  /**
   * Does an act and answers with its payload, as its selection asks, read under the sight that the act left and before
   * its commit. Throws FORBIDDEN where the actor's role may not do it anywhere; what it may do here the act decides.
   */
  async perform<I>({ action, work, opening }: Act<I>, input: I, info: GraphQLResolveInfo): Promise<Record<string, unknown>> {
    let done = undefined as Done | undefined;
    try {
      return await write(this.#pool, this.#context, async (tx) => {
        const moment: Moment = { actor: actorOf(tx.seat), opened: tx.opened, run: tx.run, flush: tx.flush };
        if (reachOf(moment.actor, action) === 'NONE') throw forbidden();
        const { payload, end = [], amended } = (done = await work(moment, input));
        const { statements, assemble } = this.#lookAhead.payload(info, payload);
        return {
          last: [...end, ...statements],
          result: (answers) => assemble(answers.slice(end.length).map(resultOf), amended?.(answers.slice(0, end.length))),
        };
      }, opening(input));
    } catch (fault) {
      const payload = done?.refused?.(fault);
      if (payload === undefined) throw fault;
      return this.#lookAhead.payload(info, payload).assemble([]);
    }
  }
}

/** What a planned statement answered: the JSON of its one row. */
function resultOf(answer: Answer | undefined): unknown {
  const text = answer?.rows[0]?.['result'];
  return typeof text === 'string' ? JSON.parse(text) : null;
}
