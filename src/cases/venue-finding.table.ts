import { sql } from 'drizzle-orm';
import { check, doublePrecision, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { eachOneOf, oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { VENUE_ANSWERS, VENUE_GROUNDS, type VenueGround } from '../law/venue.ts';
import { cases } from './case.table.ts';

/** How certain the county of a case is, and what a person confirmed. One row a case. */
export const venueFindings = comity.table(
  'venue_findings',
  {
    caseId: uuid('case_id').primaryKey().references(() => cases.id),
    needs: needs(),
    answer: text('answer', { enum: VENUE_ANSWERS }).notNull(),
    /** Name and hash of the outlines that it was found with; null where the agency gave no coordinates. */
    geometry: text('geometry'),
    computedAt: instant('computed_at').notNull(),
    confirmedCounty: text('confirmed_county'),
    confirmedBy: uuid('confirmed_by'),
    confirmedAt: instant('confirmed_at'),
    confirmedBecause: text('confirmed_because'),
  },
  (t) => [
    oneOf('venue_findings_answer_check', t.answer, VENUE_ANSWERS),
    check('venue_findings_confirmed', sql`num_nulls(${t.confirmedCounty}, ${t.confirmedBy}, ${t.confirmedAt}, ${t.confirmedBecause}) in (0, 4)`),
    needsCheck('venue_findings', t.needs),
    ...casePolicies({ table: 'venue_findings' }),
  ],
);

/**
 * The counties whose offices may prosecute, with an office on file or without. It needs REPORT: two distances from
 * boundaries tell the exact place.
 */
export const venueCandidates = comity.table(
  'venue_candidates',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    countyFips: text('county_fips').notNull(),
    needs: needs(),
    position: integer('position').notNull(),
    countyName: text('county_name'),
    grounds: text('grounds').array().$type<VenueGround[]>().notNull(),
    citations: text('citations').array().notNull(),
    /** Metres from the place to the county's boundary, from within or without. */
    distanceM: doublePrecision('distance_m'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.countyFips] }),
    eachOneOf('venue_candidates_grounds_check', t.grounds, VENUE_GROUNDS),
    needsCheck('venue_candidates', t.needs),
    ...casePolicies({ table: 'venue_candidates' }),
  ],
);
