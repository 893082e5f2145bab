/** The two offices between which venue of a led case is contested. */
export const CONTEST_SIDES = ['CONTESTANT', 'LEAD'] as const;
export type ContestSide = (typeof CONTEST_SIDES)[number];

/** The states of a contest that is not settled. */
export const OPEN_CONTEST_STATES = ['OPEN', 'DENIED', 'DECISION_RECORDED', 'OFFERED'] as const;
export const CONTEST_STATES = [...OPEN_CONTEST_STATES, 'AGREED_TO_CONTESTANT', 'AGREED_TO_LEAD', 'DECIDED_BY_COURT', 'WITHDRAWN', 'LAPSED'] as const;
export type ContestState = (typeof CONTEST_STATES)[number];

/** The states by which venue is settled between the two, with the word of the side that lost. */
export const SETTLED_CONTEST_STATES = ['AGREED_TO_CONTESTANT', 'AGREED_TO_LEAD', 'DECIDED_BY_COURT'] as const satisfies readonly ContestState[];
export type Settlement = (typeof SETTLED_CONTEST_STATES)[number];

export const CONTEST_ANSWERS = ['AGREE', 'OBJECT'] as const;
export type ContestAnswer = (typeof CONTEST_ANSWERS)[number];

/** What the moves of a contest depend on. */
export interface Standing {
  readonly state: ContestState;
  /** For whom the court decided, where somebody recorded that. */
  readonly decidedFor: ContestSide | null;
}

/** Where a move leads; `settles` is what an offer of the lead will have settled once it is taken. */
export interface Move {
  readonly to: ContestState;
  readonly settles?: Settlement;
}

const AGREED: Move = { to: 'OFFERED', settles: 'AGREED_TO_CONTESTANT' };
const DECIDED: Move = { to: 'OFFERED', settles: 'DECIDED_BY_COURT' };

/**
 * Where an answer leads, or undefined where this side is not the one that is asked: the lead of the contest, the contestant
 * of the lead's denial, and of a decision the office that lost by it.
 */
export function answerLeads({ state, decidedFor }: Standing, side: ContestSide, answer: ContestAnswer): Move | undefined {
  const agrees = answer === 'AGREE';
  if (state === 'DECISION_RECORDED') {
    if (side === decidedFor) return undefined;
    return agrees ? (side === 'LEAD' ? DECIDED : { to: 'DECIDED_BY_COURT' }) : { to: 'DENIED' };
  }
  if (side === 'LEAD' && (state === 'OPEN' || (state === 'DENIED' && agrees))) return agrees ? AGREED : { to: 'DENIED' };
  return side === 'CONTESTANT' && state === 'DENIED' && agrees ? { to: 'AGREED_TO_LEAD' } : undefined;
}

/**
 * Where a court's decision leads that one side records, or undefined where none can be recorded now. Against oneself it
 * counts at once; in one's own favour it waits for the other's word: no office takes or keeps a case by its word alone.
 */
export function decisionLeads({ state }: Standing, side: ContestSide, decidedFor: ContestSide): Move | undefined {
  if (state !== 'OPEN' && state !== 'DENIED') return undefined;
  if (side === decidedFor) return { to: 'DECISION_RECORDED' };
  return side === 'LEAD' ? DECIDED : { to: 'DECIDED_BY_COURT' };
}

/** True where the contestant can still withdraw it; from an offer of the lead it withdraws by rejecting that. */
export const isWithdrawable = ({ state }: Standing): boolean => state === 'OPEN' || state === 'DENIED' || state === 'DECISION_RECORDED';
