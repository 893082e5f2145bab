import { sql } from 'drizzle-orm';
import { index, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { agencies } from '../coalition/agency.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { cases } from './case.table.ts';

/** What becomes of a referral. */
export const REFERRAL_STATES = ['SUBMITTED', 'RETURNED', 'RESUBMITTED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN'] as const;

export type ReferralState = (typeof REFERRAL_STATES)[number];

/**
 * Which referrals a case came from, and where each stands. It belongs to the case: the agency has its own row, with the
 * state that it is told.
 */
export const caseReferrals = comity.table(
  'case_referrals',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    referralId: uuid('referral_id').notNull(),
    needs: needs(),
    /** Of the referral, as it arrived: set by the table itself, for whoever adds the row and wherever it goes later. */
    agencyId: uuid('agency_id').references(() => agencies.id),
    /** The station or bureau that sent it; null: the agency named none. */
    unit: text('unit'),
    receivedAt: instant('received_at'),
    state: text('state', { enum: REFERRAL_STATES }).notNull().default('SUBMITTED'),
    stateSince: instant('state_since').notNull().default(sql`statement_timestamp()`),
    /** Since when the agency's request to withdraw it waits for an answer; null: there is none. */
    withdrawalAskedAt: instant('withdrawal_asked_at'),
    /** Since when the agency's dispute of a declination waits for an answer; null: there is none. Kept by the thread itself. */
    declinationDisputedAt: instant('declination_disputed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.referralId] }),
    index('case_referrals_by_referral').on(t.referralId),
    index('case_referrals_of_agency').on(t.agencyId, t.receivedAt),
    index('case_referrals_withdrawals').on(t.withdrawalAskedAt, t.caseId, t.referralId).where(sql`withdrawal_asked_at is not null`),
    index('case_referrals_disputes').on(t.declinationDisputedAt, t.caseId, t.referralId).where(sql`declination_disputed_at is not null`),
    oneOf('case_referrals_state_check', t.state, REFERRAL_STATES),
    needsCheck('case_referrals', t.needs),
    ...casePolicies({ table: 'case_referrals' }),
  ],
);
