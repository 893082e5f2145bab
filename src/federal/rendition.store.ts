import type { CaseSeen } from '../cases/subject.ts';
import type { Day } from '../clocks/calendar.ts';
import { statement, type Statement } from '../database/statement.ts';
import { notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { RenditionState } from './rendition.rules.ts';

/** A rendition as an act about it sees it, and as it is kept. */
export interface RenditionKept {
  readonly id: string;
  readonly needs: number;
  readonly personId: string;
  readonly asylumState: string;
  readonly state: RenditionState;
  readonly requestedOn: Day;
  readonly warrantOn: Day | null;
  readonly arrestedOn: Day | null;
  readonly waivedOn: Day | null;
  readonly heardOn: Day | null;
  readonly deliveredOn: Day | null;
  readonly endedOn: Day | null;
  readonly reason: string | null;
}

const SEEN = `select r.id, r.needs, r.person_id as "personId", r.asylum_state as "asylumState", r.state, r.requested_on::text as "requestedOn", r.warrant_on::text as "warrantOn", r.arrested_on::text as "arrestedOn",
  r.waived_on::text as "waivedOn", r.heard_on::text as "heardOn", r.delivered_on::text as "deliveredOn", r.ended_on::text as "endedOn", r.reason from comity.renditions r where r.case_id = $1::uuid`;

/** A rendition of the case. Throws NotFound where there is none that the actor sees. */
export async function renditionSeen(moment: Moment, { id: caseId }: CaseSeen, renditionId: string): Promise<RenditionKept> {
  const [row] = (await moment.run(statement(`${SEEN} and r.id = $2::uuid`, [caseId, idOrNull(renditionId)]))).rows;
  if (row === undefined) throw notFound();
  return row as unknown as RenditionKept;
}

/** The rendition of a person that has not ended. */
export const renditionOpen = async (moment: Moment, { id: caseId }: CaseSeen, personId: string): Promise<RenditionKept | undefined> =>
  (await moment.run(statement(`${SEEN} and r.person_id = $2::uuid and r.state not in ('DELIVERED', 'REFUSED', 'WITHDRAWN')`, [caseId, personId]))).rows[0] as unknown as RenditionKept | undefined;

const BEGUN = `insert into comity.renditions (case_id, id, needs, person_id, asylum_state, state, requested_on, recorded_by, recorded_at, moved_by, moved_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5, $6, $7::text::date, comity.member(), clock_timestamp(), comity.member(), clock_timestamp())`;

/** Keeps a rendition that is asked for. */
export const renditionBegun = ({ id: caseId }: CaseSeen, r: RenditionKept): Statement => statement(BEGUN, [caseId, r.id, r.needs, r.personId, r.asylumState, r.state, r.requestedOn]);

const MOVED = `update comity.renditions set state = $3, warrant_on = $4::text::date, arrested_on = $5::text::date, waived_on = $6::text::date, heard_on = $7::text::date, delivered_on = $8::text::date,
    ended_on = $9::text::date, reason = $10, moved_by = comity.member(), moved_at = clock_timestamp() where case_id = $1::uuid and id = $2::uuid`;

/** Keeps what happened to a rendition. */
export const renditionMoved = ({ id: caseId }: CaseSeen, r: RenditionKept): Statement =>
  statement(MOVED, [caseId, r.id, r.state, r.warrantOn, r.arrestedOn, r.waivedOn, r.heardOn, r.deliveredOn, r.endedOn, r.reason]);
