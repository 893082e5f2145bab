import type { CaseSeen } from '../cases/subject.ts';
import type { Day } from '../clocks/calendar.ts';
import { statement, type Statement } from '../database/statement.ts';
import { partNotFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { ParallelAgainst, ParallelForum, ParallelState } from './parallel.rules.ts';

/** A proceeding beside the case as an act about it sees it, and as it is kept. */
export interface ParallelKept {
  readonly id: string;
  readonly needs: number;
  readonly forum: ParallelForum;
  readonly court: string;
  readonly docketNumber: string;
  readonly against: ParallelAgainst;
  readonly personId: string | null;
  readonly state: ParallelState;
  readonly openedOn: Day;
  readonly stayedOn: Day | null;
  readonly resumedOn: Day | null;
  readonly endedOn: Day | null;
}

const SEEN = `select p.id, p.needs, p.forum, p.court, p.docket_number as "docketNumber", p.against, p.person_id as "personId", p.state, p.opened_on::text as "openedOn", p.stayed_on::text as "stayedOn",
  p.resumed_on::text as "resumedOn", p.ended_on::text as "endedOn" from comity.parallel_proceedings p where p.case_id = $1::uuid`;

/** A proceeding beside the case. Throws NotFound where there is none that the actor sees. */
export async function parallelSeen(moment: Moment, { id: caseId }: CaseSeen, proceedingId: string): Promise<ParallelKept> {
  const [row] = (await moment.run(statement(`${SEEN} and p.id = $2::uuid`, [caseId, idOrNull(proceedingId)]))).rows;
  if (row === undefined) throw partNotFound('proceedingId');
  return row as unknown as ParallelKept;
}

/** The same proceeding about the same person, where it is on record. */
export const parallelTwin = async (moment: Moment, { id: caseId }: CaseSeen, { forum, docketNumber, personId }: ParallelKept): Promise<ParallelKept | undefined> =>
  (await moment.run(statement(`${SEEN} and p.forum = $2 and p.docket_number = $3 and p.person_id is not distinct from $4::uuid`, [caseId, forum, docketNumber, personId]))).rows[0] as unknown as ParallelKept | undefined;

const BEGUN = `insert into comity.parallel_proceedings (case_id, id, needs, forum, court, docket_number, against, person_id, state, opened_on, recorded_by, recorded_at, moved_by, moved_at)
  values ($1::uuid, $2::uuid, $3::integer, $4, $5, $6, $7, $8::uuid, $9, $10::text::date, comity.member(), clock_timestamp(), comity.member(), clock_timestamp())`;

/** Keeps a proceeding that is put on record. */
export const parallelBegun = ({ id: caseId }: CaseSeen, p: ParallelKept): Statement =>
  statement(BEGUN, [caseId, p.id, p.needs, p.forum, p.court, p.docketNumber, p.against, p.personId, p.state, p.openedOn]);

const MOVED = `update comity.parallel_proceedings set state = $3, stayed_on = $4::text::date, resumed_on = $5::text::date, ended_on = $6::text::date, moved_by = comity.member(), moved_at = clock_timestamp()
  where case_id = $1::uuid and id = $2::uuid`;

/** Keeps what happened to a proceeding. */
export const parallelMoved = ({ id: caseId }: CaseSeen, p: ParallelKept): Statement => statement(MOVED, [caseId, p.id, p.state, p.stayedOn, p.resumedOn, p.endedOn]);
