import { sql } from 'drizzle-orm';
import { primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { eachOneOf, oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { VENUE_GROUNDS, type VenueGround } from '../law/venue.ts';
import { cases } from './case.table.ts';

/** How an office came to be a candidate. */
export const VENUE_BASES = ['DECLARED_COUNTY', 'COMPUTED', 'CONFIRMED', 'ROUTED'] as const;

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
    /** The grounds of law; none where an administrator sent the case there. */
    grounds: text('grounds').array().$type<VenueGround[]>().notNull().default(sql`'{}'::text[]`),
    /** Of the rules that the grounds rest on; empty where none is verified. */
    citations: text('citations').array().notNull().default(sql`'{}'::text[]`),
    /** Name and hash of the outlines that it was found with; null where none were asked. */
    geometry: text('geometry'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.jurisdictionId] }),
    oneOf('venues_basis_check', t.basis, VENUE_BASES),
    eachOneOf('venues_grounds_check', t.grounds, VENUE_GROUNDS),
    needsCheck('venues', t.needs),
    ...casePolicies({ table: 'venues' }),
  ],
);
