import type { Action } from '../access/acts.ts';
import type { Purpose } from '../access/purposes.ts';
import type { Actor } from '../access/seats.ts';
import { FACETS } from '../access/facets.ts';
import type { CountyGeometry } from '../coalition/county.geometry.ts';
import { statement, type Answer, type Statement } from '../database/statement.ts';

/** What an act has in hand: its transaction, and its actor's seat as the database holds it now. */
export interface Moment {
  readonly actor: Actor;
  /** What the request says it is for; null where it says nothing. */
  readonly purpose: Purpose | null;
  /** The outlines of the counties, read when they are first asked for. */
  readonly counties: () => CountyGeometry;
  /** What the act's opening statements answered. */
  readonly opened: readonly Answer[];
  run(statement: Statement): Promise<Answer>;
  flush(statements: readonly Statement[]): Promise<Answer[]>;
  /**
   * Runs statements that may wait, takes the actor's seat anew, and runs others under it: what changed of the seat, its units or
   * its office's rule book while this waited counts. Throws FORBIDDEN where the act is not permitted any more.
   */
  renewed(waiting: readonly Statement[], after: readonly Statement[]): Promise<Answer[]>;
}

/** What an act did: the payload it answers with, and what ends its transaction (changes, trail, sight). */
export interface Done {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly end?: readonly Statement[];
  /** What can only be said when all that ends it is done; what it gives is done last. */
  readonly after?: (moment: Moment) => Promise<readonly Statement[]>;
  /** What the answers of the ending statements say otherwise of the payload, or a refusal, when all is committed. */
  readonly amended?: (answers: readonly Answer[]) => Readonly<Record<string, unknown>>;
  /** The payload where the database refused an ending statement, and with it the whole act; without one the fault is told. */
  readonly refused?: (fault: unknown) => Readonly<Record<string, unknown>> | undefined;
}

/** One thing that an actor may do: one transaction, checked at the door by its action and inside against the row. */
export interface Act<I> {
  readonly action: Action;
  readonly work: (moment: Moment, input: I) => Promise<Done>;
  /** Statements that need nothing but the input and the transaction's context; they go out with it, before the role is looked at. `enter` enters the context once more, behind what may wait. */
  readonly opening: (input: I, enter: Statement) => readonly Statement[];
}

export const act = <I>(action: Action, work: Act<I>['work'], opening: Act<I>['opening'] = () => []): Act<I> => ({ action, work, opening });

/** An event of a case's trail. `body` holds ids, enum values and digests, never text. */
export interface TrailEvent {
  readonly caseId: string;
  readonly act: string;
  readonly body: Readonly<Record<string, string | number | boolean | null>>;
  /** Facets that a reader needs beside HISTORY. */
  readonly needs?: number;
  /** The compartment whose own chain holds it; the case's, unless told. */
  readonly chain?: 'GRAND_JURY' | 'COMPELLED';
  /** The version that the act replaces; set where the act replaces what SUMMARY shows. */
  readonly expected?: number;
}

/** Appends an event; refuses where the actor no longer sees the case or its version is another. */
export const record = ({ caseId, act: name, body, needs = 0, chain, expected }: TrailEvent): Statement =>
  statement('select comity.record($1::uuid, $2, $3::integer, $4, $5::integer, $6::text::jsonb)', [
    caseId, chain ?? 'CASE', expected ?? null, name, FACETS.HISTORY | needs, JSON.stringify(body),
  ]);

/** Computes anew who sees a case, and what of it can be searched. */
export const resight = (caseId: string): Statement => statement('select comity.resight($1::uuid)', [caseId]);

/** Takes, first in an act that resights, the shared lock of every office that is or becomes the lead, so that a rule book is not adopted in between. */
export const lockOffices = (officeIds: readonly string[]): Statement[] =>
  [...officeIds].sort().map((id) => statement('select pg_advisory_xact_lock_shared(hashtextextended($1, 7203))', [id]));

/** The same lock of the actor's own office. */
export const LOCK_OWN_OFFICE: Statement = statement(`select pg_advisory_xact_lock_shared(hashtextextended(current_setting('comity.office', true), 7203))`);
