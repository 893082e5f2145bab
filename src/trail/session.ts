import DataLoader from 'dataloader';
import { sql, type SQL } from 'drizzle-orm';
import { Kind, type GraphQLResolveInfo } from 'graphql';
import { reachOf, type Action } from '../access/acts.ts';
import { actorOf, enter, GLASS_IS_OPEN } from '../access/context.ts';
import { purposeMissing, type Errand } from '../access/purposes.ts';
import type { Actor } from '../access/seats.ts';
import { ATLAS_COUNTIES, type CountyGeometry } from '../coalition/county.geometry.ts';
import type { LeasePool } from '../database/lease.ts';
import { pathOf, type LookAhead } from '../database/lookahead.ts';
import type { Arguments, Target } from '../database/shape.ts';
import { arrayText, resultOf, statement, type Answer, type Row, type Statement, type Value } from '../database/statement.ts';
import { read, sqlState, write, type Context } from '../database/unit.ts';
import { forbidden, Refusal, unavailable } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Act, Done, Moment } from './act.ts';

const DENIED = 'select comity.denied($1, $2, $3::uuid, $4, $5, $6::uuid)';

/** One request of one actor: what it reads, and what it does. */
export class Session {
  readonly actor: Actor;
  readonly #pool: LeasePool;
  readonly #lookAhead: LookAhead;
  readonly #context: Context;
  #errand: Errand;
  readonly #counties: () => CountyGeometry;
  readonly #loaders = new Map<string, DataLoader<string, unknown>>();
  #asked: { statement: Statement; resolve: (answer: Answer) => void; reject: (fault: unknown) => void }[] = [];

  /** Spends one of the actor's points of a budget. Throws RATE_LIMITED. */
  readonly spend: (budget: 'ANALYSIS') => Promise<void>;

  constructor(
    actor: Actor, pool: LeasePool, lookAhead: LookAhead, spend: Session['spend'] = async () => undefined,
    errand: Errand = { requestId: newId(), purpose: null }, counties: () => CountyGeometry = ATLAS_COUNTIES,
  ) {
    this.actor = actor;
    this.spend = spend;
    this.#errand = errand;
    this.#counties = counties;
    this.#pool = pool;
    this.#lookAhead = lookAhead;
    this.#context = { enter: (mark) => enter(actor.memberId, mark, { purpose: this.#errand.purpose, underGlass: this.#errand.underGlass === true }) };
  }

  /** Reads what a root field's selection asks for, in one statement. Throws BAD_USER_INPUT where it may not be read without a purpose and there is none, or its filter lets nothing through. */
  async look(info: GraphQLResolveInfo, target: (args: Arguments) => Target): Promise<unknown> {
    const { selections } = info.operation.selectionSet;
    // What is alone has nothing to wait for.
    const isAlone = selections.length === 1 && selections[0]?.kind === Kind.FIELD;
    return this.#aware(async () => {
      const asked = this.#planned(info, target);
      return resultOf(isAlone ? (await read(this.#pool, this.#context, [asked]))[0] : await this.#together(asked));
    });
  }

  /** The same in a unit of work of its own, for what may be refused: a refusal ends all that is asked together. */
  lookApart(info: GraphQLResolveInfo, target: (args: Arguments) => Target): Promise<unknown> {
    return this.#aware(async () => resultOf((await read(this.#pool, this.#context, [this.#planned(info, target)]))[0]));
  }

  #planned(info: GraphQLResolveInfo, target: (args: Arguments) => Target, given: readonly Value[] = []): Statement {
    return this.#purposeful(this.#lookAhead.statement(info, target, given, this.#errand));
  }

  /**
   * Does something anew, and logs all that it shows of the case, where the database says that break-glass has a case open to
   * the actor. Throws BAD_USER_INPUT where then nothing says what the request is for.
   */
  async #aware<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (fault) {
      if (sqlState(fault) !== GLASS_IS_OPEN) throw fault;
      if (this.#errand.purpose === null) throw purposeMissing();
      this.#errand = { ...this.#errand, underGlass: true };
      return work();
    }
  }

  #purposeful(asked: Statement): Statement {
    if (asked.asksPurpose === true && this.#errand.purpose === null) throw purposeMissing();
    return asked;
  }

  /**
   * Writes down that a root field was denied, in a transaction of its own. Throws UNAVAILABLE where that is not kept:
   * what is not logged is not answered.
   */
  async denied(field: string, code: 'FORBIDDEN' | 'NOT_FOUND', { caseId, number }: { readonly caseId: string | null; readonly number: string | null }): Promise<void> {
    const { purpose, requestId } = this.#errand;
    try {
      // It shows nothing, so it asks for no purpose.
      const context: Context = { enter: (mark) => enter(this.actor.memberId, mark, { purpose, underGlass: true }) };
      await read(this.#pool, context, [{ ...statement(DENIED, [field, code, caseId, number, purpose, requestId]), logs: true }]);
    } catch (fault) {
      throw fault instanceof Refusal ? fault : unavailable();
    }
  }

  /** Runs a reading statement together with all others that are asked in the same turn: one transaction, one flush. */
  ask(asked: Statement): Promise<Answer> {
    return this.#aware(() => this.#together(asked));
  }

  #together(asked: Statement): Promise<Answer> {
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
    const [answer] = await this.#aware(() => read(this.#pool, { ...this.#context, narrow }, [asked]));
    return answer as Answer;
  }

  /** Asks in a unit that may write, under a narrower role that is left again before its commit. */
  askWithin({ enter: narrow, leave }: { enter: readonly Statement[]; leave: readonly Statement[] }, asked: Statement): Promise<Answer> {
    return this.#aware(() => write(this.#pool, this.#context, async (tx) => {
      const answers = await tx.flush([...narrow, asked, ...leave]);
      return { last: [], result: () => answers[narrow.length] as Answer };
    }));
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
        const found = resultOf(await this.#aware(async () => this.#together(this.#planned(info, ({ given }) => target(sql`${given(0)}::uuid[]`), [arrayText(ids)]))));
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
    // What breaks the glass shows what is behind it before its own commit.
    if (action === 'glass:break') this.#errand = { ...this.#errand, underGlass: true };
    try {
      return await this.#aware(() => write(this.#pool, this.#context, async (tx) => {
        let actor = permitted(tx.seat, action);
        const moment: Moment = {
          get actor() {
            return actor;
          },
          purpose: this.#errand.purpose, counties: this.#counties, opened: tx.opened, run: tx.run, flush: tx.flush,
          async renewed(waiting, after) {
            const { seat, answers } = await tx.reentered(waiting, after);
            actor = permitted(seat, action);
            return answers;
          },
        };
        const { payload, end = [], after, amended } = (done = await work(moment, input));
        const { statements, assemble } = this.#lookAhead.payload(info, payload, this.#errand);
        statements.forEach((each) => this.#purposeful(each));
        // What comes after needs the changes made: they go out alone, and it takes their place.
        const made = after === undefined ? undefined : await tx.flush(end);
        const last = after === undefined ? end : await after(moment);
        return {
          last: [...last, ...statements],
          result: (answers) => assemble(answers.slice(last.length).map(resultOf), amended?.(made ?? answers.slice(0, end.length))),
        };
      }, (enter) => opening(input, enter)));
    } catch (fault) {
      const payload = done?.refused?.(fault);
      if (payload === undefined) throw fault;
      return this.#lookAhead.payload(info, payload).assemble([]);
    }
  }
}

/** The actor in a seat. Throws FORBIDDEN where the role may not do this anywhere, or the office's rule book forbids it. */
function permitted(seat: Row, action: Action): Actor {
  const actor = actorOf(seat);
  if (reachOf(actor, action) === 'NONE') throw forbidden();
  return actor;
}
