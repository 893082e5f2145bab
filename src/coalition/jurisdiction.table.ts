import { sql } from 'drizzle-orm';
import { char, check, index, text, uuid } from 'drizzle-orm/pg-core';
import { eachOneOf, oneOf } from '../database/checks.ts';
import { comity } from '../database/columns.ts';
import { CONFIDENCES, type Confidence } from '../kernel/confidence.ts';

/** A member shares and is counted; a guest receives referrals and shares nothing unless its rule book says so. */
export const STANDINGS = ['MEMBER', 'GUEST'] as const;
export type Standing = (typeof STANDINGS)[number];

/** What the state calls its prosecutor. */
export const OFFICE_KINDS = ['STATES_ATTORNEY', 'COUNTY_ATTORNEY', 'DISTRICT_ATTORNEY', 'CRIMINAL_DISTRICT_ATTORNEY', 'COMMONWEALTHS_ATTORNEY'] as const;
export type OfficeKind = (typeof OFFICE_KINDS)[number];

/** The papers by which an office may start a prosecution. */
export const CHARGING_INSTRUMENTS = [
  'INDICTMENT', 'PRESENTMENT', 'COMPLAINT', 'INFORMATION_AFTER_PRELIMINARY_HEARING', 'INFORMATION_ON_WAIVER',
  'INFORMATION_MISDEMEANOR', 'INDICTING_GRAND_JURY_LIMITED',
] as const;
export type ChargingInstrument = (typeof CHARGING_INSTRUMENTS)[number];

/** What an office prosecutes; the longer words name the part of the misdemeanors that is its own. */
export const HANDLED_LEVELS = [
  'FELONY', 'MISDEMEANOR', 'MISDEMEANOR_DISCRETIONARY', 'MISDEMEANOR_UNINCORPORATED', 'OFFICIAL_MISCONDUCT_MISDEMEANOR',
] as const;
export type HandledLevel = (typeof HANDLED_LEVELS)[number];

/** A prosecuting office and what is known of it. Its territory is `jurisdictionCounties`. */
export const jurisdictions = comity.table(
  'jurisdictions',
  {
    id: uuid('id').primaryKey(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    /** Begins the numbers of its cases, as in `DAL-2026-000123`. Never changed: numbers are for life. */
    prefix: text('prefix').notNull().unique(),
    state: char('state', { length: 2 }).notNull(),
    standing: text('standing').$type<Standing>().notNull(),
    officeTitle: text('office_title').notNull(),
    officeKind: text('office_kind').$type<OfficeKind>().notNull(),
    officeOri: text('office_ori'),
    /** An IANA name: dates of law are dates in the court's zone. */
    timeZone: text('time_zone').notNull(),
    trialCourt: text('trial_court').notNull(),
    limitedCourt: text('limited_court'),
    federalDistrict: text('federal_district').notNull(),
    federalDistrictId: text('federal_district_id').notNull(),
    chargingInstruments: text('charging_instruments').array().$type<ChargingInstrument[]>().notNull(),
    handlesLevels: text('handles_levels').array().$type<HandledLevel[]>().notNull(),
    notes: text('notes'),
    source: text('source').notNull(),
    confidence: text('confidence').$type<Confidence>().notNull(),
  },
  (table) => [
    check('jurisdictions_prefix', sql`${table.prefix} ~ '^[A-Z]{3}$' and ${table.prefix} <> 'UNR'`),
    check('jurisdictions_state', sql`${table.state} ~ '^[A-Z]{2}$'`),
    oneOf('jurisdictions_standing', table.standing, STANDINGS),
    oneOf('jurisdictions_office_kind', table.officeKind, OFFICE_KINDS),
    eachOneOf('jurisdictions_charging_instruments', table.chargingInstruments, CHARGING_INSTRUMENTS),
    eachOneOf('jurisdictions_handles_levels', table.handlesLevels, HANDLED_LEVELS),
    oneOf('jurisdictions_confidence', table.confidence, CONFIDENCES),
  ],
);

/** The counties and county equivalents of a jurisdiction: a county belongs to one jurisdiction at most. */
export const jurisdictionCounties = comity.table(
  'jurisdiction_counties',
  {
    /** Five digits, state and county. */
    fips: text('fips').primaryKey(),
    jurisdictionId: uuid('jurisdiction_id').notNull().references(() => jurisdictions.id),
  },
  (table) => [
    check('jurisdiction_counties_fips', sql`${table.fips} ~ '^[0-9]{5}$'`),
    index('jurisdiction_counties_jurisdiction').on(table.jurisdictionId),
  ],
);

export type JurisdictionRow = typeof jurisdictions.$inferSelect;
