import { primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { cases } from './case.table.ts';

export const VENUE_BASES = ['DECLARED_COUNTY', 'ROUTED'] as const;

/** An office that may prosecute this case, and why. */
export const venues = comity.table(
  'venues',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    jurisdictionId: uuid('jurisdiction_id').notNull().references(() => jurisdictions.id),
    needs: needs(),
    basis: text('basis', { enum: VENUE_BASES }).notNull(),
    countyFips: text('county_fips').notNull(),
    /** Why, in a sentence. */
    reason: text('reason').notNull(),
    since: instant('since').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.jurisdictionId] }),
    oneOf('venues_basis_check', t.basis, VENUE_BASES),
    needsCheck('venues', t.needs),
    ...casePolicies({ table: 'venues' }),
  ],
);
