/** Where the dispute of a declination stands, for one referral: an agency disputes once, an office answers once. */
export const DISPUTE_STATES = ['NONE', 'DISPUTED', 'UPHELD', 'REOPENED'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

export const DISPUTE_ACTS = ['dispute', 'uphold', 'reopen'] as const;
export type DisputeAct = (typeof DISPUTE_ACTS)[number];
export type DisputeMoves = Readonly<Partial<Record<DisputeState, DisputeState>>>;

/** The lifecycle of a dispute. Elsewhere it is a CONFLICT. */
export const DISPUTE_MOVES = {
  dispute: { NONE: 'DISPUTED' },
  uphold: { DISPUTED: 'UPHELD' },
  reopen: { DISPUTED: 'REOPENED' },
} as const satisfies Record<DisputeAct, DisputeMoves>;

/** The state that an act leads to; undefined where it is not the moment. */
export const disputeAfter = (act: DisputeAct, state: DisputeState): DisputeState | undefined => (DISPUTE_MOVES[act] as DisputeMoves)[state];

/** What an office answers: the declination holds, or the case is taken up again. */
export const DISPUTE_ANSWERS = ['UPHOLD', 'REOPEN'] as const;
export type DisputeAnswer = (typeof DISPUTE_ANSWERS)[number];
