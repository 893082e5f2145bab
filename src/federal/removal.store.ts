import type { CaseSeen } from '../cases/subject.ts';
import type { Day } from '../clocks/calendar.ts';
import { arrayText, statement, type Statement } from '../database/statement.ts';
import { partNotFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { LawRule } from '../law/rule.file.ts';
import type { Moment } from '../trail/act.ts';
import type { Appealable, RemovalAct, RemovalGround, RemovalScope, RemovalState, Ruling } from './removal.rules.ts';

/** A removal as an act about it sees it, and as it is kept. */
export interface RemovalKept {
  readonly id: string;
  readonly needs: number;
  readonly personId: string;
  readonly scope: RemovalScope;
  readonly state: RemovalState;
  readonly grounds: readonly RemovalGround[];
  readonly groundsAroseOn: Day | null;
  readonly federalCourt: string | null;
  readonly docketNumber: string | null;
  readonly windowClosedOn: Day | null;
  readonly leaveSoughtOn: Day | null;
  readonly leaveDecidedOn: Day | null;
  readonly noticeFiledOn: Day | null;
  readonly hearingOn: Day | null;
  readonly ruledOn: Day | null;
  readonly ruling: Ruling | null;
  readonly order: string | null;
  readonly appealed: Appealable | null;
  readonly appealedOn: Day | null;
  readonly appealDocket: string | null;
  readonly closedOn: Day | null;
  /** What happened to it last, on which day, and how often something did. */
  readonly lastAct: RemovalAct | null;
  readonly lastOn: Day | null;
  readonly steps: number;
}

const COLUMNS = `r.id, r.needs, r.person_id as "personId", r.scope, r.state, array_to_string(r.grounds, ' ') as grounds, r.grounds_arose_on::text as "groundsAroseOn", r.federal_court as "federalCourt",
  r.docket_number as "docketNumber", r.window_closed_on::text as "windowClosedOn", r.leave_sought_on::text as "leaveSoughtOn", r.leave_decided_on::text as "leaveDecidedOn", r.notice_filed_on::text as "noticeFiledOn",
  r.hearing_on::text as "hearingOn", r.ruled_on::text as "ruledOn", r.ruling, r."order", r.appealed, r.appealed_on::text as "appealedOn", r.appeal_docket as "appealDocket", r.closed_on::text as "closedOn",
  s.act as "lastAct", s.day::text as "lastOn", coalesce(s.position, 0) as steps`;
const KEPT = `comity.removals r left join lateral (select s.act, s.day, s.position from comity.removal_steps s where s.case_id = r.case_id and s.removal_id = r.id order by s.position desc limit 1) s on true`;

const kept = (row: Readonly<Record<string, unknown>>) =>
  ({ ...row, grounds: String(row['grounds']).split(' ').filter(Boolean) }) as unknown as RemovalKept;

/** A removal of the case. Throws NotFound where there is none that the actor sees. */
export async function removalSeen(moment: Moment, { id: caseId }: CaseSeen, removalId: string): Promise<RemovalKept> {
  const [row] = (await moment.run(statement(`select ${COLUMNS} from ${KEPT} where r.case_id = $1::uuid and r.id = $2::uuid`, [caseId, idOrNull(removalId)]))).rows;
  if (row === undefined) throw partNotFound('removalId');
  return kept(row);
}

const OF_PERSON = `select ${COLUMNS} from ${KEPT} where r.case_id = $1::uuid and r.person_id = $2::uuid and r.scope = $3 and r.state <> 'ENTERED_IN_ERROR' order by r.recorded_at, r.id`;

/** The removals of a person that were recorded before, oldest first; without what was entered in error. */
export const removalsBefore = async (moment: Moment, { id: caseId }: CaseSeen, personId: string, scope: RemovalScope): Promise<readonly RemovalKept[]> =>
  (await moment.run(statement(OF_PERSON, [caseId, personId, scope]))).rows.map(kept);

const BEGUN = `insert into comity.removals (case_id, id, needs, person_id, scope, state, grounds, grounds_arose_on, federal_court, docket_number, window_closed_on, leave_sought_on, notice_filed_on, recorded_by, recorded_at, moved_by, moved_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5, $6, $7::text::text[], $8::text::date, $9, $10, $11::text::date, $12::text::date, $13::text::date, comity.member(), clock_timestamp(), comity.member(), clock_timestamp())`;

/** Keeps a removal that begins. */
export const removalBegun = ({ id: caseId }: CaseSeen, r: RemovalKept): Statement =>
  statement(BEGUN, [caseId, r.id, r.needs, r.personId, r.scope, r.state, arrayText(r.grounds), r.groundsAroseOn, r.federalCourt, r.docketNumber, r.windowClosedOn, r.leaveSoughtOn, r.noticeFiledOn]);

const MOVED = `update comity.removals set state = $3, grounds = $4::text::text[], federal_court = $5, docket_number = $6, leave_sought_on = $7::text::date, leave_decided_on = $8::text::date, notice_filed_on = $9::text::date,
    hearing_on = $10::text::date, ruled_on = $11::text::date, ruling = $12, "order" = $13, appealed_on = $14::text::date, appeal_docket = $15, closed_on = $16::text::date, appealed = $17, window_closed_on = $18::text::date,
    moved_by = comity.member(), moved_at = clock_timestamp()
  where case_id = $1::uuid and id = $2::uuid`;

/** Keeps where a removal stands after what happened to it. */
export const removalMoved = ({ id: caseId }: CaseSeen, r: RemovalKept): Statement =>
  statement(MOVED, [
    caseId, r.id, r.state, arrayText(r.grounds), r.federalCourt, r.docketNumber, r.leaveSoughtOn, r.leaveDecidedOn, r.noticeFiledOn, r.hearingOn, r.ruledOn, r.ruling, r.order, r.appealedOn, r.appealDocket, r.closedOn,
    r.appealed, r.windowClosedOn,
  ]);

/** What happened to a removal, as it was told. */
export interface RemovalStepped {
  readonly act: RemovalAct;
  readonly day: Day;
  readonly grounds?: readonly RemovalGround[];
  readonly federalCourt?: string | null;
  readonly docketNumber?: string | null;
  readonly hearingOn?: Day | null;
  readonly order?: string | null;
  readonly reason?: string | null;
  readonly appealDocket?: string | null;
}

const STEPPED = `insert into comity.removal_steps (case_id, removal_id, position, needs, act, day, state, ruling, grounds, federal_court, docket_number, hearing_on, "order", appeal_docket, reason, recorded_by, recorded_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::integer, $5, $6::text::date, $7, $8, $9::text::text[], $10, $11, $12::text::date, $13, $14, $15, comity.member(), clock_timestamp())`;

/** Keeps what happened to a removal, after the row that tells where it stands now. */
export const removalStepped = ({ id: caseId }: CaseSeen, { id, needs, state, ruling, steps }: RemovalKept, told: RemovalStepped): Statement =>
  statement(STEPPED, [
    caseId, id, steps + 1, needs, told.act, told.day, state, ruling, arrayText(told.grounds ?? []), told.federalCourt ?? null, told.docketNumber ?? null, told.hearingOn ?? null, told.order ?? null, told.appealDocket ?? null, told.reason ?? null,
  ]);

const LAW = `select r.body::text as body, r.citation, r.source, r.confidence from comity.state_rules r where r.kind = 'FEDERAL_REMOVAL' order by r.position limit 1`;

/** The rule on removal, where it is on file. */
export async function removalLaw(moment: Moment): Promise<LawRule<'FEDERAL_REMOVAL'> | undefined> {
  const [row] = (await moment.run(statement(LAW, []))).rows;
  return row && ({ ...row, kind: 'FEDERAL_REMOVAL', state: '*', body: JSON.parse(String(row['body'])) } as unknown as LawRule<'FEDERAL_REMOVAL'>);
}
