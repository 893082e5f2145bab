import { ACTS, type Action } from '../access/acts.ts';
import { bits } from '../access/facets.ts';

/** What waits, and the act by which it is answered; null: no office answers it. */
export const ANSWERED_BY = {
  RETURN_ITEM: null,
  RETURN_DISPUTE: 'referral:screen',
  WITHDRAWAL_REQUEST: 'referral:refuse',
  DECLINATION_DISPUTE: 'declination:answer',
  DECISION: 'decision:approve',
  IMMUNITY_ANALYSIS: 'immunity:review',
  INVITATION: 'joint:answer',
  TRANSFER: 'transfer:answer',
  VENUE_CONTEST: 'venue:answer',
  BREAK_GLASS: 'glass:review',
  DEMAND: null,
} as const satisfies Readonly<Record<string, Action | null>>;

export type WaitingKind = keyof typeof ANSWERED_BY;
export const WAITING_KINDS = Object.keys(ANSWERED_BY) as WaitingKind[];

/** What opens each kind to a role, at the least: what every row of it needs. */
export const OPENED_BY: Readonly<Record<WaitingKind, number>> = {
  RETURN_ITEM: bits('REPORT'), RETURN_DISPUTE: bits('REPORT'), WITHDRAWAL_REQUEST: bits('SUMMARY'), DECLINATION_DISPUTE: bits('SUMMARY'), DECISION: bits('CHARGES'), IMMUNITY_ANALYSIS: bits('CHARGES'),
  INVITATION: bits('SUMMARY'), TRANSFER: bits('SUMMARY'), VENUE_CONTEST: bits('SUMMARY'), BREAK_GLASS: bits('SUMMARY'), DEMAND: bits('PROCEEDINGS'),
};

/** Whom something waits for, as its reader's office sees it. */
export const WAITED_FOR = ['AGENCY', 'OWN_OFFICE', 'OTHER_OFFICE', 'COURT', 'HOLDER'] as const;
export type WaitedFor = (typeof WAITED_FOR)[number];

/** How far the act that answers each kind reaches, by role. */
export const REACHES_BY_KIND: Readonly<Partial<Record<WaitingKind, object>>> = Object.fromEntries(
  Object.entries(ANSWERED_BY).flatMap(([kind, action]) => (action === null ? [] : [[kind, ACTS[action].office]])),
);
