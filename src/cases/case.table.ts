import { sql } from 'drizzle-orm';
import { date, index, integer, pgPolicy, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { agencies } from '../coalition/agency.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, definerRole, instant } from '../database/columns.ts';
import { INCIDENT_KINDS, STAGES } from './lifecycle.ts';

/** A case: what a referral becomes on arrival. This row is the SUMMARY; everything else stands in tables of its own. */
export const cases = comity.table(
  'cases',
  {
    id: uuid('id').primaryKey(),
    /** `DAL-2026-000123`, from the declared county's office, for life; `UNR-…` where no office holds the county. */
    number: text('number').notNull().unique(),
    agencyId: uuid('agency_id').notNull().references(() => agencies.id),
    /** The office that holds the declared county, or that the case was routed to; null while unrouted. */
    jurisdictionId: uuid('jurisdiction_id').references(() => jurisdictions.id),
    state: text('state').notNull(),
    countyFips: text('county_fips').notNull(),
    incidentOn: date('incident_on', { mode: 'string' }).notNull(),
    kind: text('kind', { enum: INCIDENT_KINDS }).notNull(),
    stage: text('stage', { enum: STAGES }).notNull(),
    leadId: uuid('lead_id').references(() => jurisdictions.id),
    /** Raised by `comity.record` alone, with each act that replaces what this row shows. */
    version: integer('version').notNull().default(1),
    receivedAt: instant('received_at').notNull(),
    needs: needs(),
  },
  (t) => [
    oneOf('cases_kind_check', t.kind, INCIDENT_KINDS),
    oneOf('cases_stage_check', t.stage, STAGES),
    index('cases_of_lead').on(t.leadId, t.receivedAt, t.id),
    index('cases_of_lead_by_stage').on(t.leadId, t.stage, t.receivedAt, t.id),
    needsCheck('cases', t.needs),
    ...casePolicies({ table: 'cases', key: 'id' }),
  ],
);

/** The last number given in each office and year; written by `comity.receive_referral` alone. */
export const caseNumbers = comity.table(
  'case_numbers',
  {
    prefix: text('prefix').notNull(),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.prefix, t.year] }),
    pgPolicy('case_numbers_definer', { for: 'all', to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);
