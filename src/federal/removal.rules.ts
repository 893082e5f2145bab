import type { Machine } from './machine.ts';

/** What is removed: the whole prosecution of a person, or a subpoena or order of the state court alone (28 U.S.C. 1442(d)(1)). */
export const REMOVAL_SCOPES = ['WHOLE_CASE', 'SUBPOENA_ONLY'] as const;
export type RemovalScope = (typeof REMOVAL_SCOPES)[number];

/** The grounds that a notice of removal can state, and the law that knows each. */
export const REMOVAL_GROUNDS = {
  FEDERAL_OFFICER: '28 U.S.C. 1442(a)(1)',
  TITLE_UNDER_FEDERAL_LAW: '28 U.S.C. 1442(a)(2)',
  OFFICER_OF_FEDERAL_COURT: '28 U.S.C. 1442(a)(3)',
  OFFICER_OF_CONGRESS: '28 U.S.C. 1442(a)(4)',
  PROTECTION_FROM_VIOLENCE: '28 U.S.C. 1442(c)(1)',
  IMMEDIATE_ASSISTANCE: '28 U.S.C. 1442(c)(2)',
  PREVENTION_OF_ESCAPE: '28 U.S.C. 1442(c)(3)',
  ARMED_FORCES: '28 U.S.C. 1442a',
  CIVIL_RIGHTS: '28 U.S.C. 1443',
} as const;
export type RemovalGround = keyof typeof REMOVAL_GROUNDS;
export const REMOVAL_GROUND_CODES = Object.keys(REMOVAL_GROUNDS) as RemovalGround[];

/** Where the removal of a person stands; NOT_SOUGHT is no row. */
export const REMOVAL_STATES = [
  'NOTICE_FILED', 'SUMMARY_REMAND', 'HEARING_SET', 'REMOVED', 'REMANDED', 'APPEAL_PENDING', 'CLOSED', 'WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT', 'ENTERED_IN_ERROR',
] as const;
export type RemovalState = (typeof REMOVAL_STATES)[number];
export const NOT_SOUGHT = 'NOT_SOUGHT';
export type RemovalPlace = RemovalState | typeof NOT_SOUGHT;

export const REMOVAL_ACTS = [
  'FILE_NOTICE', 'CLOSE_WINDOW', 'SEEK_LATE_LEAVE', 'GRANT_LEAVE', 'REFUSE_LEAVE', 'REMAND_SUMMARILY', 'SET_HEARING', 'REMOVE', 'REMAND', 'APPEAL', 'AFFIRM', 'REVERSE', 'CLOSE', 'ENTER_IN_ERROR',
] as const;
export type RemovalAct = (typeof REMOVAL_ACTS)[number];

/** What the federal court ruled, and after an appeal what it comes to. */
export const RULINGS = ['REMOVED', 'REMANDED'] as const;
export type Ruling = (typeof RULINGS)[number];

/**
 * The lifecycle of a removal. Notice follows a window that was taken to have closed where its days are corrected; a hearing is set anew; a case that
 * was removed is remanded where it turns out later that the federal court has no jurisdiction (28 U.S.C. 1447(c)). REVERSE leads where `REVERSALS` says.
 * What was never so is entered in error, whatever it came to: it bars nothing and meets nothing, and another begins in its place.
 */
export const REMOVAL_MOVES = {
  FILE_NOTICE: { NOT_SOUGHT: 'NOTICE_FILED', WINDOW_CLOSED: 'NOTICE_FILED' },
  CLOSE_WINDOW: { NOT_SOUGHT: 'WINDOW_CLOSED' },
  SEEK_LATE_LEAVE: { NOT_SOUGHT: 'LATE_LEAVE_SOUGHT', WINDOW_CLOSED: 'LATE_LEAVE_SOUGHT' },
  GRANT_LEAVE: { LATE_LEAVE_SOUGHT: 'NOTICE_FILED' },
  REFUSE_LEAVE: { LATE_LEAVE_SOUGHT: 'WINDOW_CLOSED' },
  REMAND_SUMMARILY: { NOTICE_FILED: 'SUMMARY_REMAND' },
  SET_HEARING: { NOTICE_FILED: 'HEARING_SET', HEARING_SET: 'HEARING_SET' },
  REMOVE: { HEARING_SET: 'REMOVED' },
  REMAND: { HEARING_SET: 'REMANDED', REMOVED: 'REMANDED' },
  APPEAL: { SUMMARY_REMAND: 'APPEAL_PENDING', REMOVED: 'APPEAL_PENDING', REMANDED: 'APPEAL_PENDING' },
  AFFIRM: { APPEAL_PENDING: 'CLOSED' },
  REVERSE: { APPEAL_PENDING: 'REMANDED' },
  CLOSE: { SUMMARY_REMAND: 'CLOSED', REMOVED: 'CLOSED', REMANDED: 'CLOSED' },
  ENTER_IN_ERROR: {
    NOTICE_FILED: 'ENTERED_IN_ERROR', SUMMARY_REMAND: 'ENTERED_IN_ERROR', HEARING_SET: 'ENTERED_IN_ERROR', REMOVED: 'ENTERED_IN_ERROR', REMANDED: 'ENTERED_IN_ERROR', APPEAL_PENDING: 'ENTERED_IN_ERROR',
    CLOSED: 'ENTERED_IN_ERROR', WINDOW_CLOSED: 'ENTERED_IN_ERROR', LATE_LEAVE_SOUGHT: 'ENTERED_IN_ERROR',
  },
} as const satisfies Machine<RemovalAct, RemovalState, typeof NOT_SOUGHT>;

/** What can be appealed (28 U.S.C. 1447(d)), and what a reversal makes of it: after a summary remand the notice stands as it was filed, and is to be heard. */
export const REVERSALS = { SUMMARY_REMAND: 'NOTICE_FILED', REMOVED: 'REMANDED', REMANDED: 'REMOVED' } as const satisfies Partial<Record<RemovalState, RemovalState>>;
export type Appealable = keyof typeof REVERSALS;
export const APPEALABLE = Object.keys(REVERSALS) as Appealable[];

/** The rule that each act rests on, for a refusal to name. */
export const REMOVAL_CITATIONS = {
  FILE_NOTICE: '28 U.S.C. 1442, 1455(a), (b)(1)',
  CLOSE_WINDOW: '28 U.S.C. 1455(b)(1)',
  SEEK_LATE_LEAVE: '28 U.S.C. 1455(b)(1)',
  GRANT_LEAVE: '28 U.S.C. 1455(b)(1)',
  REFUSE_LEAVE: '28 U.S.C. 1455(b)(1)',
  REMAND_SUMMARILY: '28 U.S.C. 1455(b)(4)',
  SET_HEARING: '28 U.S.C. 1455(b)(5)',
  REMOVE: '28 U.S.C. 1455(b)(5)',
  REMAND: '28 U.S.C. 1447(c), 1455(b)(5)',
  APPEAL: '28 U.S.C. 1447(d)',
  AFFIRM: '28 U.S.C. 1447(d)',
  REVERSE: '28 U.S.C. 1447(d)',
  CLOSE: '28 U.S.C. 1442, 1455',
  ENTER_IN_ERROR: null,
} as const satisfies Record<RemovalAct, string | null>;

/** No state court enters a judgment of conviction between notice and remand. */
export const JUDGMENT_BARRED = { rule: 'JUDGMENT_BARRED', citation: '28 U.S.C. 1455(b)(3)' } as const;

/** All grounds go in one notice; a second one states only such as did not exist at the first. */
export const ONE_NOTICE = { rule: 'ONE_NOTICE', citation: '28 U.S.C. 1455(b)(2)' } as const;

/** What was ruled where a removal stands at a state; where that does not tell, as it was. */
export function rulingAt(state: RemovalState, ruling: Ruling | null): Ruling | null {
  if (state === 'SUMMARY_REMAND' || state === 'REMANDED') return 'REMANDED';
  if (state === 'REMOVED') return 'REMOVED';
  return state === 'NOTICE_FILED' || state === 'HEARING_SET' || state === 'ENTERED_IN_ERROR' ? null : ruling;
}
