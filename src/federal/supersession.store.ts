import type { CaseSeen } from '../cases/subject.ts';
import type { Day } from '../clocks/calendar.ts';
import { statement, type Statement } from '../database/statement.ts';
import { partNotFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import { SUPERSESSION_ENDS, SUPERSESSION_LAW, type SupersessionBasis, type SupersessionState } from './supersession.rules.ts';

/** A supersession as an act about it sees it, and as it is kept. */
export interface SupersessionKept {
  readonly id: string;
  readonly needs: number;
  readonly state: SupersessionState;
  readonly basis: SupersessionBasis;
  readonly petitioner: string;
  readonly filedOn: Day;
  readonly judgeAssignedOn: Day | null;
  readonly heardOn: Day | null;
  readonly decidedOn: Day | null;
  readonly appointee: string | null;
  readonly order: string | null;
  readonly returnedOn: Day | null;
  readonly withdrawnOn: Day | null;
  /** The day of what happened to it last. */
  readonly lastOn: Day | null;
}

const ENDS = SUPERSESSION_ENDS.map((state) => `'${state}'`).join(', ');
const SEEN = `select s.id, s.needs, s.state, s.basis, s.petitioner, s.filed_on::text as "filedOn", s.judge_assigned_on::text as "judgeAssignedOn", s.heard_on::text as "heardOn", s.decided_on::text as "decidedOn",
  s.appointee, s."order", s.returned_on::text as "returnedOn", s.withdrawn_on::text as "withdrawnOn",
  (select max(p.day)::text from comity.proceeding_steps p where p.case_id = s.case_id and p.kind = 'SUPERSESSION' and p.about_id = s.id) as "lastOn" from comity.supersessions s where s.case_id = $1::uuid`;

/** A supersession of the case. Throws NotFound where there is none that the actor sees. */
export async function supersessionSeen(moment: Moment, { id: caseId }: CaseSeen, supersessionId: string): Promise<SupersessionKept> {
  const [row] = (await moment.run(statement(`${SEEN} and s.id = $2::uuid`, [caseId, idOrNull(supersessionId)]))).rows;
  if (row === undefined) throw partNotFound('supersessionId');
  return row as unknown as SupersessionKept;
}

/** The supersession that has not ended. */
export const supersessionOpen = async (moment: Moment, { id: caseId }: CaseSeen): Promise<SupersessionKept | undefined> =>
  (await moment.run(statement(`${SEEN} and s.state not in (${ENDS})`, [caseId]))).rows[0] as unknown as SupersessionKept | undefined;

const BEGUN = `insert into comity.supersessions (case_id, id, needs, state, basis, petitioner, filed_on, recorded_by, recorded_at, moved_by, moved_at)
  values ($1::uuid, $2::uuid, $3::integer, $4, $5, $6, $7::text::date, comity.member(), clock_timestamp(), comity.member(), clock_timestamp())`;

/** Keeps a supersession that begins. */
export const supersessionBegun = ({ id: caseId }: CaseSeen, s: SupersessionKept): Statement => statement(BEGUN, [caseId, s.id, s.needs, s.state, s.basis, s.petitioner, s.filedOn]);

const MOVED = `update comity.supersessions set state = $3, judge_assigned_on = $4::text::date, heard_on = $5::text::date, decided_on = $6::text::date, appointee = $7, "order" = $8, returned_on = $9::text::date, withdrawn_on = $10::text::date,
    office_id = case $3 when 'TRANSFERRED' then nullif(current_setting('comity.office', true), '')::uuid else office_id end,
    moved_by = comity.member(), moved_at = clock_timestamp() where case_id = $1::uuid and id = $2::uuid`;

/** Keeps what happened to a supersession. */
export const supersessionMoved = ({ id: caseId }: CaseSeen, s: SupersessionKept): Statement =>
  statement(MOVED, [caseId, s.id, s.state, s.judgeAssignedOn, s.heardOn, s.decidedOn, s.appointee, s.order, s.returnedOn, s.withdrawnOn]);

/** The law of the state on it: as the rules on file cite it, or else as it is known; null where neither is. */
export async function supersessionLaw(moment: Moment, { state }: CaseSeen): Promise<string | null> {
  const [row] = (await moment.run(statement(`select r.citation from comity.state_rules r where r.kind = 'SUPERSESSION' and r.state = $1 order by r.position limit 1`, [state]))).rows;
  return (row?.['citation'] as string | null | undefined) ?? SUPERSESSION_LAW[state] ?? null;
}
