import type { CaseSeen } from '../cases/subject.ts';
import type { Day } from '../clocks/calendar.ts';
import { statement, type Statement } from '../database/statement.ts';
import { partNotFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { LawRule } from '../law/rule.file.ts';
import type { Moment } from '../trail/act.ts';
import { RENDITION_ENDS, type RenditionState } from './rendition.rules.ts';

/** A rendition as an act about it sees it, and as it is kept. */
export interface RenditionKept {
  readonly id: string;
  readonly needs: number;
  readonly personId: string;
  readonly state: RenditionState;
  readonly warrantActiveOn: Day | null;
  readonly extraditionLimitation: string | null;
  readonly asylumState: string | null;
  readonly arrestOn: Day | null;
  readonly extensionUntil: Day | null;
  readonly extendedOn: Day | null;
  readonly extensionOrder: string | null;
  readonly waivedOn: Day | null;
  readonly governorRequestOn: Day | null;
  readonly agentOfState: string | null;
  readonly governorWarrantOn: Day | null;
  readonly refusedOn: Day | null;
  readonly habeasOn: Day | null;
  readonly habeasDecidedOn: Day | null;
  readonly returnedOn: Day | null;
  readonly releasedOn: Day | null;
  readonly withdrawnOn: Day | null;
  readonly reason: string | null;
  /** What happened last, and on which day; null of what was recorded before steps were kept. */
  readonly lastAct: string | null;
  readonly lastOn: Day | null;
}

const DAYS = {
  warrantActiveOn: 'warrant_active_on', arrestOn: 'arrest_on', extensionUntil: 'extension_until', extendedOn: 'extended_on', waivedOn: 'waived_on', governorRequestOn: 'governor_request_on', governorWarrantOn: 'governor_warrant_on',
  refusedOn: 'refused_on', habeasOn: 'habeas_on', habeasDecidedOn: 'habeas_decided_on', returnedOn: 'returned_on', releasedOn: 'released_on', withdrawnOn: 'withdrawn_on',
} as const satisfies Partial<Record<keyof RenditionKept, string>>;
const TEXTS = {
  state: 'state', extraditionLimitation: 'extradition_limitation', asylumState: 'asylum_state', extensionOrder: 'extension_order', agentOfState: 'agent_of_state', reason: 'reason',
} as const satisfies Partial<Record<keyof RenditionKept, string>>;
const [dayKeys, textKeys] = [Object.keys(DAYS) as (keyof typeof DAYS)[], Object.keys(TEXTS) as (keyof typeof TEXTS)[]];

const SEEN = `select r.id, r.needs, r.person_id as "personId", ${textKeys.map((key) => `r.${TEXTS[key]} as "${key}"`).join(', ')}, ${dayKeys.map((key) => `r.${DAYS[key]}::text as "${key}"`).join(', ')}, l.act as "lastAct", l.day::text as "lastOn"
  from comity.renditions r left join lateral (select s.act, s.day from comity.proceeding_steps s
    where s.case_id = r.case_id and s.kind = 'RENDITION' and s.about_id = r.id order by s.position desc limit 1) l on true where r.case_id = $1::uuid`;

/** A rendition of the case. Throws NotFound where there is none that the actor sees. */
export async function renditionSeen(moment: Moment, { id: caseId }: CaseSeen, renditionId: string): Promise<RenditionKept> {
  const [row] = (await moment.run(statement(`${SEEN} and r.id = $2::uuid`, [caseId, idOrNull(renditionId)]))).rows;
  if (row === undefined) throw partNotFound('renditionId');
  return row as unknown as RenditionKept;
}

const OPEN = `${SEEN} and r.person_id = $2::uuid and r.state not in (${RENDITION_ENDS.map((state) => `'${state}'`).join(', ')})`;

/** The rendition of a person that is under way. */
export const renditionOpen = async (moment: Moment, { id: caseId }: CaseSeen, personId: string): Promise<RenditionKept | undefined> =>
  (await moment.run(statement(OPEN, [caseId, personId]))).rows[0] as unknown as RenditionKept | undefined;

const BEGUN = `insert into comity.renditions (case_id, id, needs, person_id, state, warrant_active_on, extradition_limitation, asylum_state, recorded_by, recorded_at, moved_by, moved_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5, $6::text::date, $7, $8, comity.member(), clock_timestamp(), comity.member(), clock_timestamp())`;

/** Keeps a rendition that begins. */
export const renditionBegun = ({ id: caseId }: CaseSeen, r: RenditionKept): Statement =>
  statement(BEGUN, [caseId, r.id, r.needs, r.personId, r.state, r.warrantActiveOn, r.extraditionLimitation, r.asylumState]);

const MOVING_DAYS = dayKeys.filter((key) => key !== 'warrantActiveOn');
const MOVING_TEXTS = textKeys.filter((key) => key !== 'extraditionLimitation');
const SET = [...MOVING_TEXTS.map((key, at) => `${TEXTS[key]} = $${at + 3}`), ...MOVING_DAYS.map((key, at) => `${DAYS[key]} = $${at + 3 + MOVING_TEXTS.length}::text::date`)];
const MOVED = `update comity.renditions set ${SET.join(', ')}, moved_by = comity.member(), moved_at = clock_timestamp() where case_id = $1::uuid and id = $2::uuid`;

/** Keeps what happened to a rendition. */
export const renditionMoved = ({ id: caseId }: CaseSeen, r: RenditionKept): Statement =>
  statement(MOVED, [caseId, r.id, ...MOVING_TEXTS.map((key) => r[key]), ...MOVING_DAYS.map((key) => r[key])]);

const LAW = `select r.state, r.body::text as body, r.citation, r.source, r.confidence from comity.state_rules r where r.kind = 'RENDITION' and r.state in ($1, '*') order by r.state = '*', r.position limit 1`;

/** The rule of the state where the accused is held, or of every state; undefined where none is on file. */
export async function renditionLaw(moment: Moment, asylumState: string): Promise<LawRule<'RENDITION'> | undefined> {
  const [row] = (await moment.run(statement(LAW, [asylumState]))).rows;
  return row && ({ ...row, kind: 'RENDITION', body: JSON.parse(String(row['body'])) } as unknown as LawRule<'RENDITION'>);
}
