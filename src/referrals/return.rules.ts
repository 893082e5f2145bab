import type { Stage } from '../cases/lifecycle.ts';
import type { ReferralState } from '../cases/referral-link.table.ts';

/** What kind of thing is asked of an agency. */
export const RETURN_CATEGORIES = [
  'RECORDING', 'EMERGENCY_CALL', 'MEDICAL_RECORD', 'WITNESS', 'IDENTIFICATION', 'REPORT', 'EVIDENCE', 'PROVENANCE', 'SIGNATURE', 'OTHER',
] as const;
export const ITEM_STATES = ['REQUESTED', 'RECEIVED', 'WAIVED', 'CANCELLED', 'DISPUTED', 'UPHELD', 'OVERRULED'] as const;
export const DISPUTE_OUTCOMES = ['UPHELD', 'OVERRULED'] as const;
export const REFUSAL_REASONS = ['NO_VENUE', 'NO_OFFENCE', 'INCOMPLETE', 'DUPLICATE', 'IMPROPER_DIRECTION', 'OTHER'] as const;
/** What an entry of the thread tells of: an item's new state, or an act on the referral as a whole. */
export const ENTRY_KINDS = [
  ...ITEM_STATES, 'REFUSED', 'WITHDRAWN', 'WITHDRAWAL_REQUESTED', 'WITHDRAWAL_GRANTED', 'WITHDRAWAL_DENIED',
  'DECLINATION_DISPUTED', 'NEW_MATERIAL', 'DECLINATION_UPHELD', 'CASE_REOPENED',
] as const;

export type ReturnCategory = (typeof RETURN_CATEGORIES)[number];
export type ItemState = (typeof ITEM_STATES)[number];
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];
export type RefusalReason = (typeof REFUSAL_REASONS)[number];
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** An act on a referral that has arrived. */
export const REFERRAL_ACTS = [
  'accept', 'refuse', 'return', 'answer', 'dispute', 'uphold', 'overrule', 'waive', 'cancel', 'withdraw', 'requestWithdrawal', 'grantWithdrawal', 'denyWithdrawal', 'supplement',
] as const;
export type ReferralAct = (typeof REFERRAL_ACTS)[number];

/** An act on an item. */
export type ItemAct = 'answer' | 'dispute' | 'uphold' | 'overrule' | 'waive' | 'cancel';

export type ReferralMoves = Readonly<Partial<Record<ReferralState, ReferralState>>>;
export type ItemMoves = Readonly<Partial<Record<ItemState, ItemState>>>;

/** What goes on in the thread leaves the state as it is, before acceptance as after it. */
const ALONG = { RETURNED: 'RETURNED', RESUBMITTED: 'RESUBMITTED', ACCEPTED: 'ACCEPTED' } as const;

/**
 * The lifecycle of a referral: from which state each act leads to which. Elsewhere it is a CONFLICT. What is asked after
 * acceptance does not undo it. A claim accepts, so a lead may still refuse what is accepted.
 */
export const REFERRAL_MOVES = {
  accept: { SUBMITTED: 'ACCEPTED', RESUBMITTED: 'ACCEPTED' },
  refuse: { SUBMITTED: 'REFUSED', RETURNED: 'REFUSED', RESUBMITTED: 'REFUSED', ACCEPTED: 'REFUSED' },
  return: { SUBMITTED: 'RETURNED', RETURNED: 'RETURNED', RESUBMITTED: 'RETURNED', ACCEPTED: 'ACCEPTED' },
  answer: { RETURNED: 'RESUBMITTED', RESUBMITTED: 'RESUBMITTED', ACCEPTED: 'ACCEPTED' },
  dispute: ALONG,
  uphold: ALONG,
  overrule: { ...ALONG, RESUBMITTED: 'RETURNED' },
  waive: ALONG,
  cancel: ALONG,
  withdraw: { SUBMITTED: 'WITHDRAWN', RETURNED: 'WITHDRAWN', RESUBMITTED: 'WITHDRAWN' },
  requestWithdrawal: { ACCEPTED: 'ACCEPTED' },
  grantWithdrawal: { ACCEPTED: 'WITHDRAWN' },
  denyWithdrawal: { ACCEPTED: 'ACCEPTED' },
  supplement: { ...ALONG, SUBMITTED: 'SUBMITTED' },
} as const satisfies Record<ReferralAct, ReferralMoves>;

/** The lifecycle of an item. What is disputed may still be answered; what was overruled is due again, and is not disputed twice. */
export const ITEM_MOVES = {
  answer: { REQUESTED: 'RECEIVED', DISPUTED: 'RECEIVED', OVERRULED: 'RECEIVED' },
  dispute: { REQUESTED: 'DISPUTED' },
  uphold: { DISPUTED: 'UPHELD' },
  overrule: { DISPUTED: 'OVERRULED' },
  waive: { REQUESTED: 'WAIVED', DISPUTED: 'WAIVED', OVERRULED: 'WAIVED' },
  cancel: { REQUESTED: 'CANCELLED', DISPUTED: 'CANCELLED', OVERRULED: 'CANCELLED' },
} as const satisfies Record<ItemAct, ItemMoves>;

/** The states in which an item is still asked for. */
export const OPEN_STATES = ['REQUESTED', 'DISPUTED', 'OVERRULED'] as const satisfies readonly ItemState[];

/** True where the referral is no longer before an office: its case closes when none other is. */
export const isOver = (state: ReferralState): boolean => state === 'REFUSED' || state === 'WITHDRAWN';

/** The state that an act leads to; undefined where it is not the moment. A referral of which nothing is asked any more lies with the office again. */
export function referralAfter(act: ReferralAct, state: ReferralState, open: number): ReferralState | undefined {
  const to = (REFERRAL_MOVES[act] as ReferralMoves)[state];
  return to === 'RETURNED' && open === 0 ? 'RESUBMITTED' : to;
}

/** The stage of a case of which so many items are open: it awaits the agency, and goes back to where it was. */
export function stageAwaiting(stage: Stage, open: number, askedIn: Stage | null): Stage {
  if (open > 0) return stage === 'CLAIMED' || stage === 'UNDER_REVIEW' ? 'AWAITING_AGENCY' : stage;
  if (stage !== 'AWAITING_AGENCY') return stage;
  return askedIn === 'UNDER_REVIEW' ? askedIn : 'CLAIMED';
}
