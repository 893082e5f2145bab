import { COMPARTMENT_BITS } from '../access/facets.ts';
import type { CaseSeen } from '../cases/subject.ts';
import type { Day } from '../clocks/calendar.ts';
import { arrayText, statement, type Statement } from '../database/statement.ts';
import type { Finding } from '../decisions/immunity.rules.ts';
import { partNotFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { Circuit, ImmunityForum, ImmunityRuling, ImmunityState } from './immunity-proceeding.rules.ts';

/** An immunity before the courts as an act about it sees it, and as it is kept. */
export interface ImmunityKept {
  readonly id: string;
  readonly needs: number;
  readonly personId: string;
  readonly state: ImmunityState;
  readonly forum: ImmunityForum | null;
  readonly circuit: Circuit | null;
  readonly court: string | null;
  readonly analysisId: string | null;
  readonly anticipatedOn: Day | null;
  readonly raisedOn: Day | null;
  readonly hearingOn: Day | null;
  readonly ruledOn: Day | null;
  readonly ruling: ImmunityRuling | null;
  readonly authorised: Finding | null;
  readonly necessary: Finding | null;
  readonly decision: string | null;
  readonly appealedOn: Day | null;
  readonly appealDocket: string | null;
  readonly appealDecidedOn: Day | null;
  readonly appealDecision: string | null;
  readonly finalOn: Day | null;
  readonly chargeIds: readonly string[];
  /** What happened last, and on which day. */
  readonly lastAct: string | null;
  readonly lastOn: Day | null;
}

const TEXTS = {
  state: 'state', forum: 'forum', circuit: 'circuit', court: 'court', ruling: 'ruling', authorised: 'authorised', necessary: 'necessary', decision: 'decision', appealDocket: 'appeal_docket', appealDecision: 'appeal_decision',
} as const satisfies Partial<Record<keyof ImmunityKept, string>>;
const DAYS = {
  anticipatedOn: 'anticipated_on', raisedOn: 'raised_on', hearingOn: 'hearing_on', ruledOn: 'ruled_on', appealedOn: 'appealed_on', appealDecidedOn: 'appeal_decided_on', finalOn: 'final_on',
} as const satisfies Partial<Record<keyof ImmunityKept, string>>;
const [textKeys, dayKeys] = [Object.keys(TEXTS) as (keyof typeof TEXTS)[], Object.keys(DAYS) as (keyof typeof DAYS)[]];

const SEEN = `select i.id, i.needs, i.person_id as "personId", i.analysis_id as "analysisId", array_to_string(i.charge_ids, ' ') as "chargeIds", ${textKeys.map((key) => `i.${TEXTS[key]} as "${key}"`).join(', ')},
    ${dayKeys.map((key) => `i.${DAYS[key]}::text as "${key}"`).join(', ')}, l.act as "lastAct", l.day::text as "lastOn"
  from comity.immunity_proceedings i left join lateral (select s.act, s.day from comity.proceeding_steps s
    where s.case_id = i.case_id and s.kind = 'IMMUNITY' and s.about_id = i.id order by s.position desc limit 1) l on true where i.case_id = $1::uuid`;

const kept = (row: Readonly<Record<string, unknown>>) => ({ ...row, chargeIds: String(row['chargeIds']).split(' ').filter(Boolean) }) as unknown as ImmunityKept;

/** An immunity before the courts, of the case. Throws NotFound where there is none that the actor sees. */
export async function immunitySeen(moment: Moment, { id: caseId }: CaseSeen, proceedingId: string): Promise<ImmunityKept> {
  const [row] = (await moment.run(statement(`${SEEN} and i.id = $2::uuid`, [caseId, idOrNull(proceedingId)]))).rows;
  if (row === undefined) throw partNotFound('proceedingId');
  return kept(row);
}

const BESIDE = `${SEEN} and i.person_id = $2::uuid and i.id <> $3::uuid and i.state <> 'FINAL' and (i.state <> 'ANTICIPATED' or (i.needs # $4::integer) & ${COMPARTMENT_BITS} = 0)`;

/** Another of the same person which is not final; one that is expected outside of a compartment stands beside what is raised within. */
export async function immunityBeside(moment: Moment, { id: caseId }: CaseSeen, { id, needs, personId }: Pick<ImmunityKept, 'id' | 'needs' | 'personId'>): Promise<ImmunityKept | undefined> {
  const [row] = (await moment.run(statement(BESIDE, [caseId, personId, id, needs]))).rows;
  return row && kept(row);
}

const ANALYSIS = `select i.id from comity.immunity_analyses i where i.case_id = $1::uuid and i.person_id = $2::uuid and i.id = $3::uuid and i.state = 'REVIEWED'`;

/** The analysis of a person that another has reviewed; undefined where there is none that the actor sees. */
export const analysisOf = async (moment: Moment, { id: caseId }: CaseSeen, personId: string, analysisId: string): Promise<string | undefined> =>
  (await moment.run(statement(ANALYSIS, [caseId, personId, idOrNull(analysisId)]))).rows[0]?.['id'] as string | undefined;

const WAITING = `select h.id from comity.charges h where h.case_id = $1::uuid and h.person_id = $2::uuid and h.state = 'FILED'
   and coalesce((select d.kind from comity.dispositions d where d.case_id = h.case_id and d.charge_id = h.id
     and not exists (select 1 from comity.dispositions later where later.case_id = d.case_id and later.supersedes = d.id)), 'VACATED') in ('VACATED', 'ENTERED_IN_ERROR') order by h.id`;

/** The filed charges against a person that wait for the court. */
export const chargesWaiting = async (moment: Moment, { id: caseId }: CaseSeen, personId: string): Promise<readonly string[]> =>
  (await moment.run(statement(WAITING, [caseId, personId]))).rows.map((row) => String(row['id']));

const CHARGES_SEEN = 'select h.id from comity.charges h where h.case_id = $1::uuid and h.id = any ($2::text::uuid[]) order by h.id';

/** Those of the charges that the actor sees. */
export const chargesSeen = async (moment: Moment, { id: caseId }: CaseSeen, ids: readonly string[]): Promise<readonly string[]> =>
  (await moment.run(statement(CHARGES_SEEN, [caseId, arrayText(ids)]))).rows.map((row) => String(row['id']));

const SET = [...textKeys.map((key, at) => [TEXTS[key], `$${at + 7}`] as const), ...dayKeys.map((key, at) => [DAYS[key], `$${at + 7 + textKeys.length}::text::date`] as const)];
const values = (caseId: string, i: ImmunityKept) => [caseId, i.id, i.needs, i.personId, i.analysisId, arrayText(i.chargeIds), ...textKeys.map((key) => i[key]), ...dayKeys.map((key) => i[key])];

const BEGUN = `insert into comity.immunity_proceedings (case_id, id, needs, person_id, analysis_id, charge_ids, ${SET.map(([column]) => column).join(', ')}, recorded_by, recorded_at, moved_by, moved_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5::uuid, $6::text::uuid[], ${SET.map(([, value]) => value).join(', ')}, comity.member(), clock_timestamp(), comity.member(), clock_timestamp())`;

/** Keeps an immunity that is raised or expected. */
export const immunityBegun = ({ id: caseId }: CaseSeen, i: ImmunityKept): Statement => statement(BEGUN, values(caseId, i));

const MOVED = `update comity.immunity_proceedings set analysis_id = $5::uuid, charge_ids = $6::text::uuid[], ${SET.map(([column, value]) => `${column} = ${value}`).join(', ')}, moved_by = comity.member(), moved_at = clock_timestamp()
  where case_id = $1::uuid and id = $2::uuid and needs = $3::integer and person_id = $4::uuid`;

/** Keeps what happened to it. */
export const immunityMoved = ({ id: caseId }: CaseSeen, i: ImmunityKept): Statement => statement(MOVED, values(caseId, i));
