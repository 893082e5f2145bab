import { index, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { comity } from '../database/columns.ts';
import { cases } from './case.table.ts';

/** Which referrals a case came from. It belongs to the case: the agency never sees what became of its referral by it. */
export const caseReferrals = comity.table(
  'case_referrals',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    referralId: uuid('referral_id').notNull(),
    needs: needs(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.referralId] }),
    index('case_referrals_by_referral').on(t.referralId),
    needsCheck('case_referrals', t.needs),
    ...casePolicies({ table: 'case_referrals' }),
  ],
);
