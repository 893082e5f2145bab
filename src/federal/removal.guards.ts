import type { CaseSeen } from '../cases/subject.ts';
import type { Day } from '../clocks/calendar.ts';
import { removalWindow } from '../clocks/removal.ts';
import { statement } from '../database/statement.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import type { Moment } from '../trail/act.ts';
import type { Charged } from './charged.ts';
import { refuseIncomplete } from './details.ts';
import { HOLDS_FOR_GOOD } from './disposition.rules.ts';
import type { RecordRemovalInput } from './removal.inputs.ts';
import { ONE_NOTICE, REMOVAL_CITATIONS, type RemovalAct } from './removal.rules.ts';
import { removalLaw, type RemovalKept } from './removal.store.ts';

const NOTICE = ['grounds', 'federalCourt', 'docketNumber'] as const;
const ALL = [...NOTICE, 'hearingOn', 'order', 'appealDocket', 'reason'] as const;

/** What each act is recorded with, and nothing else. */
const RECORDED_WITH = {
  FILE_NOTICE: NOTICE, SEEK_LATE_LEAVE: NOTICE, CLOSE_WINDOW: [], GRANT_LEAVE: [], REFUSE_LEAVE: [], REMAND_SUMMARILY: ['order'], SET_HEARING: ['hearingOn'], REMOVE: ['order'], REMAND: ['order'],
  APPEAL: ['appealDocket'], AFFIRM: [], REVERSE: [], CLOSE: [], ENTER_IN_ERROR: ['reason'],
} as const satisfies Record<RemovalAct, readonly (typeof ALL)[number][]>;

/** Throws BadInput where an act lacks what it is recorded with, or is given what belongs to another. */
export const refuseUntold = (input: RecordRemovalInput): void =>
  refuseIncomplete(input.act, REMOVAL_CITATIONS[input.act], input, { all: ALL, needed: RECORDED_WITH[input.act] });

/**
 * The last day of the window, as the clock has it; null while it is not running. Throws Conflict with the rule where a notice comes after it,
 * or where it is said to have passed before it has (28 U.S.C. 1455(b)(1)).
 */
export async function refuseOutOfWindow(moment: Moment, act: RemovalAct, { arraignedOn, trialStartsOn }: Charged, on: Day): Promise<Day | null> {
  const law = await removalLaw(moment);
  const clock = law && removalWindow(law, { arraignedOn, trialStartsOn }, on);
  const dueOn = clock?.dueOn ?? null;
  const about = { rule: 'REMOVAL_WINDOW', citation: REMOVAL_CITATIONS.CLOSE_WINDOW, dueOn, arraignedOn, trialStartsOn };
  if (act === 'FILE_NOTICE') {
    if (dueOn !== null && on > dueOn) throw conflict(`The window for a notice closed on ${dueOn}.`, { ...about, remedy: 'For good cause the court may give leave: record SEEK_LATE_LEAVE.' });
    return dueOn;
  }
  if (dueOn === null) throw conflict('The window has not opened: no arraignment is on record.', { ...about, remedy: 'Record the arraignment with recordArraignment, or FILE_NOTICE.' });
  if (on <= dueOn) throw conflict(`The window is open until ${dueOn}.`, { ...about, remedy: 'Record FILE_NOTICE, or this once the day has passed.' });
  return dueOn;
}

const TRIED = `select d.id, d.disposed_on::text as "disposedOn" from comity.dispositions d join comity.charges h on h.case_id = d.case_id and h.id = d.charge_id
  where d.case_id = $1::uuid and h.person_id = $2::uuid and d.forum = 'FEDERAL' and ${HOLDS_FOR_GOOD} order by d.disposed_on limit 1`;

/** Throws Conflict where a federal court's judgment stands that rests on the removal: what was tried there was removed. */
export async function refuseTried(moment: Moment, { id: caseId }: CaseSeen, { id: removalId, personId, scope }: RemovalKept): Promise<void> {
  const [row] = scope === 'WHOLE_CASE' ? (await moment.run(statement(TRIED, [caseId, personId]))).rows : [];
  if (row === undefined) return;
  throw conflict(`What the federal court entered on ${String(row['disposedOn'])} rests on this removal.`, { rule: 'REMOVAL', citation: REMOVAL_CITATIONS.REMOVE, removalId, dispositionId: row['id'], remedy: 'Correct that first, with recordDisposition and ENTERED_IN_ERROR.' });
}

/** Throws Conflict with the rule where a removal of the person is under way. */
export function refuseBeside(others: readonly RemovalKept[]): void {
  const open = others.find(({ ruling }) => ruling !== 'REMANDED');
  if (open) throw conflict('A removal of this person is on record.', { ...ONE_NOTICE, removalId: open.id, state: open.state, remedy: 'Record what happens to it, with its id as removalId.' });
}

/** Throws Conflict with the rule where another notice stands, or a second one states what existed at the first (28 U.S.C. 1455(b)(2)). */
export function refuseSecond({ act, grounds, groundsAroseOn }: RecordRemovalInput, aroseOn: Day | null, on: Day, earlier: readonly RemovalKept[]): void {
  refuseBeside(earlier);
  const last = earlier.at(-1);
  if (last === undefined) {
    if (groundsAroseOn != null) throw badInput('groundsAroseOn', 'This is the first notice.', 'Leave it away: all grounds that exist go in it.');
    return;
  }
  const about = { ...ONE_NOTICE, removalId: last.id, noticeFiledOn: last.noticeFiledOn };
  if (act === 'CLOSE_WINDOW') throw conflict('Notice was filed while the window was open.', { ...about, remedy: 'Read the removals of the case.' });
  const repeated = (grounds ?? []).filter((ground) => earlier.some((each) => each.grounds.includes(ground)));
  if (repeated.length > 0) throw conflict('A second notice states only grounds that did not exist at the first.', { ...about, repeated, remedy: 'Leave away what was stated before.' });
  if (aroseOn === null || (last.noticeFiledOn !== null && aroseOn <= last.noticeFiledOn)) {
    throw conflict('A second notice states only grounds that did not exist at the first.', { ...about, groundsAroseOn: aroseOn, remedy: 'Say in groundsAroseOn when they arose, after the first notice.' });
  }
  if (aroseOn > on) throw badInput('groundsAroseOn', 'These grounds arose after the notice that states them.', 'Correct the day.');
}
