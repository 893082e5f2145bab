/** What may be decided on a charge. */
export const OUTCOMES = ['CHARGE', 'HOLD', 'DECLINE', 'REFER_OUT', 'DIVERT'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What is decided on a case as a whole: what is decided on all of its live charges, MIXED where that differs. */
export const CASE_OUTCOMES = [...OUTCOMES, 'MIXED'] as const;
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];

/** The reasons of a decision, and the outcomes that each can be a reason for. */
export const REASONS = {
  EVIDENCE_SUFFICIENT: ['CHARGE', 'DIVERT'],
  IN_PUBLIC_INTEREST: ['CHARGE'],
  AWAITING_EVIDENCE: ['HOLD'],
  AWAITING_WITNESS: ['HOLD'],
  AWAITING_EXTERNAL: ['HOLD'],
  PARALLEL_PROCEEDING: ['HOLD', 'DECLINE', 'REFER_OUT'],
  NO_OFFENCE: ['DECLINE'],
  ELEMENT_NOT_PROVABLE: ['DECLINE'],
  EVIDENCE_INSUFFICIENT: ['DECLINE'],
  EVIDENCE_INADMISSIBLE: ['DECLINE'],
  IDENTITY_NOT_PROVEN: ['HOLD', 'DECLINE'],
  WITNESS_UNAVAILABLE: ['HOLD', 'DECLINE'],
  JUSTIFIED: ['DECLINE'],
  IMMUNITY: ['DECLINE'],
  LIMITATION_EXPIRED: ['DECLINE'],
  NOT_IN_PUBLIC_INTEREST: ['DECLINE', 'DIVERT'],
  VICTIM_WISHES: ['HOLD', 'DECLINE', 'DIVERT'],
  NO_VENUE: ['DECLINE', 'REFER_OUT'],
  CONFLICT_OF_INTEREST: ['REFER_OUT'],
  OTHER_OFFICE_BETTER_PLACED: ['REFER_OUT'],
  DIVERSION_PROGRAM: ['DIVERT'],
  OTHER: OUTCOMES,
} as const satisfies Record<string, readonly Outcome[]>;
export type ReasonCode = keyof typeof REASONS;
export const REASON_CODES = Object.keys(REASONS) as ReasonCode[];

/** True where the reason can be one for the outcome. */
export const isReasonFor = (code: ReasonCode, outcome: Outcome): boolean => (REASONS[code] as readonly Outcome[]).includes(outcome);

/** What whoever decides must know. A warning never blocks. */
export const DECISION_WARNINGS = {
  IMMUNITY_LIKELY: 'By the newest analysis both questions of immunity under the Supremacy Clause are met: a court may grant it, and dismiss the charge (U.S. Const. art. VI, cl. 2; In re Neagle, 135 U.S. 1 (1890)).',
  LIMITATION_PASSED: 'By the earliest day that its clock shows, the time to charge this had run out: read the clock of the charge, with its trace, and whether an attorney asserts a later day.',
} as const satisfies Record<string, string>;
export type DecisionWarningCode = keyof typeof DECISION_WARNINGS;

export const DECISION_STATES = ['PROPOSED', 'STANDING', 'SUPERSEDED', 'REJECTED', 'WITHDRAWN'] as const;
export type DecisionState = (typeof DECISION_STATES)[number];

export const DECISION_ACTS = ['approve', 'reject', 'withdraw', 'supersede'] as const;
export type DecisionAct = (typeof DECISION_ACTS)[number];
export type DecisionMoves = Readonly<Partial<Record<DecisionState, DecisionState>>>;

/** The lifecycle of a decision: from which state each act leads to which. Elsewhere it is a CONFLICT. */
export const DECISION_MOVES = {
  approve: { PROPOSED: 'STANDING' },
  reject: { PROPOSED: 'REJECTED' },
  withdraw: { PROPOSED: 'WITHDRAWN' },
  supersede: { STANDING: 'SUPERSEDED' },
} as const satisfies Record<DecisionAct, DecisionMoves>;

/** The state that an act leads to; undefined where it is not the moment. */
export const decisionAfter = (act: DecisionAct, state: DecisionState): DecisionState | undefined => (DECISION_MOVES[act] as DecisionMoves)[state];
