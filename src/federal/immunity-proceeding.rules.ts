import type { Confidence } from '../kernel/confidence.ts';
import type { Finding } from '../decisions/immunity.rules.ts';
import type { Machine } from './machine.ts';

/** Where the immunity of an accused stands before the courts. */
export const IMMUNITY_STATES = ['ANTICIPATED', 'RAISED', 'HEARING', 'GRANTED', 'DENIED', 'INTERLOCUTORY_APPEAL', 'FINAL'] as const;
export type ImmunityState = (typeof IMMUNITY_STATES)[number];
/** No row: nobody raised it, or expects it. */
export const NOT_RAISED = 'NOT_RAISED';
export type ImmunityPlace = ImmunityState | typeof NOT_RAISED;

export const IMMUNITY_ACTS = ['ANTICIPATE', 'RAISE', 'SET_HEARING', 'GRANT', 'DENY', 'APPEAL', 'AFFIRM', 'REVERSE', 'CONCLUDE'] as const;
export type ImmunityAct = (typeof IMMUNITY_ACTS)[number];

/** What was ruled last. */
export const IMMUNITY_RULINGS = ['GRANTED', 'DENIED'] as const;
export type ImmunityRuling = (typeof IMMUNITY_RULINGS)[number];

/**
 * The lifecycle of an immunity before the courts. A court may rule on the papers; a hearing is set anew. The accused appeals a denial, the state a grant, and
 * each before the case is tried. It is final once an appeal affirms, or the time to appeal has passed. REVERSE leads where `IMMUNITY_REVERSALS` says:
 * what is reversed may go to a higher court.
 */
export const IMMUNITY_MOVES = {
  ANTICIPATE: { NOT_RAISED: 'ANTICIPATED' },
  RAISE: { NOT_RAISED: 'RAISED', ANTICIPATED: 'RAISED' },
  SET_HEARING: { RAISED: 'HEARING', HEARING: 'HEARING' },
  GRANT: { RAISED: 'GRANTED', HEARING: 'GRANTED' },
  DENY: { RAISED: 'DENIED', HEARING: 'DENIED' },
  APPEAL: { GRANTED: 'INTERLOCUTORY_APPEAL', DENIED: 'INTERLOCUTORY_APPEAL' },
  AFFIRM: { INTERLOCUTORY_APPEAL: 'FINAL' },
  REVERSE: { INTERLOCUTORY_APPEAL: 'DENIED' },
  CONCLUDE: { GRANTED: 'FINAL', DENIED: 'FINAL' },
} as const satisfies Machine<ImmunityAct, ImmunityState, typeof NOT_RAISED>;

/** What a reversal makes of the ruling that was appealed. */
export const IMMUNITY_REVERSALS = { GRANTED: 'DENIED', DENIED: 'GRANTED' } as const satisfies Record<ImmunityRuling, ImmunityRuling>;

/** The court that rules: of the state, or a federal one, to which the case was removed. */
export const IMMUNITY_FORUMS = ['STATE', 'FEDERAL'] as const;
export type ImmunityForum = (typeof IMMUNITY_FORUMS)[number];

/** The federal circuits, which differ on what an officer must have believed. */
export const CIRCUITS = ['FIRST', 'SECOND', 'THIRD', 'FOURTH', 'FIFTH', 'SIXTH', 'SEVENTH', 'EIGHTH', 'NINTH', 'TENTH', 'ELEVENTH', 'DC'] as const;
export type Circuit = (typeof CIRCUITS)[number];

/** What it rests on: the test is well settled, the procedure of medium confidence, and nobody has verified it. An answer says so. */
export const IMMUNITY_LAW = {
  rule: 'IMMUNITY', citation: 'U.S. Const. art. VI, cl. 2; In re Neagle, 135 U.S. 1 (1890)', confidence: 'MEDIUM', verified: false,
} as const satisfies { confidence: Confidence } & Record<string, unknown>;

/** Why a charge is dismissed, as its disposition says; and why it waits again. */
export const DISMISSED_BECAUSE = 'Immunity under the Supremacy Clause.';
export const VACATED_BECAUSE = 'Immunity under the Supremacy Clause was denied on appeal.';

/** What was ruled where it stands at a state; where that does not tell, as it was. */
export const rulingAt = (state: ImmunityState, ruling: ImmunityRuling | null): ImmunityRuling | null => (state === 'GRANTED' || state === 'DENIED' ? state : ruling);

/** Immunity takes both: an act that federal law authorised, and no more than was necessary and proper. */
export const isImmune = (authorised: Finding, necessary: Finding): boolean => authorised === 'MET' && necessary === 'MET';
