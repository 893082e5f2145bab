import { sql } from 'drizzle-orm';
import { char, check, index, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../database/checks.ts';
import { comity } from '../database/columns.ts';
import { jurisdictions } from './jurisdiction.table.ts';

/** The sorts of police agency. */
export const AGENCY_KINDS = [
  'MUNICIPAL_POLICE', 'COUNTY_POLICE', 'SHERIFF', 'STATE_POLICE', 'UNIVERSITY_POLICE', 'SCHOOL_DISTRICT_POLICE',
  'TRANSIT_POLICE', 'AIRPORT_POLICE', 'PARK_POLICE', 'OTHER',
] as const;
export type AgencyKind = (typeof AGENCY_KINDS)[number];

/**
 * A police agency. `jurisdictionId` is the office it is listed with: where a case belongs follows from the place of
 * the incident and never from this, nor from the ORI, whose digits are not a county code.
 */
export const agencies = comity.table(
  'agencies',
  {
    id: uuid('id').primaryKey(),
    /** The FBI's originating agency identifier; some agencies have none on file. */
    ori: text('ori').unique(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    kind: text('kind').$type<AgencyKind>().notNull(),
    state: char('state', { length: 2 }).notNull(),
    jurisdictionId: uuid('jurisdiction_id').references(() => jurisdictions.id),
    notes: text('notes'),
  },
  (table) => [
    check('agencies_ori', sql`${table.ori} ~ '^[A-Z]{2}[A-Z0-9]{7}$'`),
    check('agencies_state', sql`${table.state} ~ '^[A-Z]{2}$'`),
    oneOf('agencies_kind', table.kind, AGENCY_KINDS),
    index('agencies_jurisdiction').on(table.jurisdictionId),
  ],
);

export type AgencyRow = typeof agencies.$inferSelect;
