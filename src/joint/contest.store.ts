import type { CaseSeen } from '../cases/subject.ts';
import { arrayText, statement, type Statement } from '../database/statement.ts';
import { notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { VenueGround } from '../law/venue.ts';
import type { Moment } from '../trail/act.ts';
import { SETTLED_CONTEST_STATES, type ContestSide, type ContestState, type Move } from './contest.rules.ts';

/** A contest as an act about it sees it. */
export interface ContestSeen {
  readonly id: string;
  readonly contestantId: string;
  readonly leadId: string;
  readonly state: ContestState;
  readonly decidedFor: ContestSide | null;
}

const SEEN = `select id, contestant_id as "contestantId", lead_id as "leadId", state, decided_for as "decidedFor" from comity.venue_contests where case_id = $1::uuid`;

/** A contest of the case. Throws NotFound where there is none that the actor sees. */
export async function contestSeen(moment: Moment, { id: caseId }: CaseSeen, contestId: string): Promise<ContestSeen> {
  const [row] = (await moment.run(statement(`${SEEN} and id = $2::uuid`, [caseId, idOrNull(contestId)]))).rows;
  if (row === undefined) throw notFound();
  return row as unknown as ContestSeen;
}

const settled = SETTLED_CONTEST_STATES.map((state) => `'${state}'`).join(', ');
const STANDING = `${SEEN} and (ended_at is null and contestant_id = $2::uuid or state in (${settled}) and array[contestant_id, lead_id] @> array[$2::uuid, $3::uuid]) order by ended_at desc nulls first limit 1`;

/** What stands in the way of a contest: an open one of the office, or one that settled venue between it and the lead. */
export const contestStanding = async (moment: Moment, { id: caseId, leadId }: CaseSeen, office: string): Promise<ContestSeen | undefined> =>
  (await moment.run(statement(STANDING, [caseId, office, leadId]))).rows[0] as ContestSeen | undefined;

const CONTESTED = `insert into comity.venue_contests (case_id, id, needs, contestant_id, lead_id, grounds, reason, state, contested_by, contested_at)
  values ($1::uuid, $2::uuid, 1, $3::uuid, $4::uuid, $5::text[], $6, 'OPEN', comity.member(), statement_timestamp())`;

/** Opens a contest. */
export const contested = ({ id: caseId, leadId }: CaseSeen, id: string, office: string, grounds: readonly VenueGround[], reason: string): Statement =>
  statement(CONTESTED, [caseId, id, office, leadId, arrayText(grounds), reason]);

const MOVED = `update comity.venue_contests set state = $4, settles = $5, transfer_id = coalesce($6::uuid, transfer_id),
    ended_at = case when $4 in (${settled}, 'WITHDRAWN') then statement_timestamp() end`;

/** What is said with a move. */
export interface Said {
  readonly because?: string;
  readonly decision?: Decision;
}

/** A court's decision as it is kept. */
export interface Decision {
  readonly court: string;
  readonly docketNumber: string;
  readonly orderedOn: string;
  readonly decidedFor: ContestSide;
  readonly document: string;
  readonly documentSha256: string;
}

/** Moves a contest from where it was seen, with what is said; touches no row where it has moved since. */
export function contestMoved(caseId: string, { id, state }: ContestSeen, { to, settles }: Move, transferId: string | null, { because, decision }: Said): Statement {
  const moved = [caseId, id, state, to, settles ?? null, transferId];
  const end = 'where case_id = $1::uuid and id = $2::uuid and state = $3 returning id';
  if (because !== undefined) return statement(`${MOVED}, answered_because = $7, answered_by = comity.member(), answered_at = statement_timestamp() ${end}`, [...moved, because]);
  if (decision === undefined) return statement(`${MOVED} ${end}`, moved);
  return statement(`${MOVED}, court = $7, docket_number = $8, ordered_on = $9::text::date, decided_for = $10, document = $11, document_sha256 = $12,
    recorded_by = comity.member(), recorded_at = statement_timestamp() ${end}`, [
    ...moved, decision.court, decision.docketNumber, decision.orderedOn, decision.decidedFor, decision.document, decision.documentSha256,
  ]);
}

/** The day where the actor's office is, for a date that cannot lie ahead. */
export const TODAY = statement(`select (statement_timestamp() at time zone j.time_zone)::date::text as today from comity.jurisdictions j
  where j.id = nullif(current_setting('comity.office', true), '')::uuid`);
