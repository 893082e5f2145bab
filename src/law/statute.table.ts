import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, char, check, date, index, integer, jsonb, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { members } from '../coalition/member.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant, tsvector } from '../database/columns.ts';
import { CONFIDENCES, type Confidence } from '../kernel/confidence.ts';
import { LAW_ORIGINS } from './origin.ts';

/** How grave the law calls an offence; EITHER where its grading depends on the facts. */
export const OFFENCE_LEVELS = ['FELONY', 'GROSS_MISDEMEANOR', 'MISDEMEANOR', 'EITHER'] as const;
export type OffenceLevel = (typeof OFFENCE_LEVELS)[number];

/** Whether the offence reaches a federal officer. A warning, never a bar. */
export const OFFICER_REACHES = ['YES', 'NO', 'DISPUTED', 'UNLIKELY'] as const;
export type OfficerReach = (typeof OFFICER_REACHES)[number];

export const LIMITATION_KINDS = ['NONE', 'FIXED', 'DISPUTED'] as const;
export type LimitationKind = (typeof LIMITATION_KINDS)[number];

export const LIMITATION_STARTS = ['COMMISSION', 'DISCOVERY'] as const;
export type LimitationStart = (typeof LIMITATION_STARTS)[number];

/** What lengthens a limitation period for some accused. */
export interface LimitationExtension {
  trigger: 'DISCOVERY' | 'PUBLIC_OFFICE';
  addYears?: number;
  untilYearsAfterLeavingOffice?: number;
  /** At most so many years beyond the base period. */
  capYearsBeyondBase: number;
  citation: string;
}

/** The limitation period of an offence. `months` null with kind NONE means no limit; it never means unknown. */
export interface Limitation {
  kind: LimitationKind;
  startsAt: LimitationStart | null;
  months: number | null;
  citation: string;
  note: string;
  /** Where the offence is graded, the period of each level; the shortest governs until a charge names the level. */
  byLevel?: { level: OffenceLevel; kind: LimitationKind; months: number | null }[];
  extension?: LimitationExtension;
}

/** An offence in a state's law. What the law said on a day stands in its versions. */
export const statutes = comity.table(
  'statutes',
  {
    id: uuid('id').primaryKey(),
    state: char('state', { length: 2 }).notNull(),
    /** The body of law, as `ILCS` or `TEX_PENAL`; the parser of citations names them. */
    code: text('code').notNull(),
    /** In the canonical spelling that `parseCitation` prints. */
    citation: text('citation').notNull().unique(),
    title: text('title').notNull(),
    tags: text('tags').array().notNull(),
    /** Tags and the bare section number, as words for the search: PostgreSQL cannot index an array of words in a stored vector. */
    keywords: text('keywords').notNull(),
    origin: text('origin', { enum: LAW_ORIGINS }).notNull().default('SHIPPED'),
    tsv: tsvector('tsv').generatedAlwaysAs(
      (): SQL => sql`setweight(to_tsvector('english'::regconfig, title), 'A') || setweight(to_tsvector('english'::regconfig, citation || ' ' || keywords), 'B')`,
    ),
  },
  (table) => [
    oneOf('statutes_origin', table.origin, LAW_ORIGINS),
    check('statutes_state', sql`${table.state} ~ '^[A-Z]{2}$'`),
    index('statutes_tsv').using('gin', table.tsv),
    index('statutes_state_code').on(table.state, table.code),
  ],
);

/** The text of an offence during a period. Versions are never deleted: charges pin them. */
export const statuteVersions = comity.table(
  'statute_versions',
  {
    id: uuid('id').primaryKey(),
    statuteId: uuid('statute_id').notNull().references(() => statutes.id),
    /** First day in force; null: the start is unknown, and the version is taken as in force with a warning. */
    validFrom: date('valid_from', { mode: 'string' }),
    /** Last day in force; null: still in force. */
    validTo: date('valid_to', { mode: 'string' }),
    /** The state's own class, in its words. */
    class: text('class').notNull(),
    level: text('level').$type<OffenceLevel>().notNull(),
    elements: jsonb('elements').$type<string[]>().notNull(),
    limitation: jsonb('limitation').$type<Limitation>().notNull(),
    maxPenalty: text('max_penalty').notNull(),
    /** Offence code of the national incident-based reporting system; our mapping. */
    nibrs: text('nibrs').notNull(),
    appliesToFederalOfficer: text('applies_to_federal_officer').$type<OfficerReach>().notNull(),
    /** What the statute itself says of officers, where it does. */
    officerClause: text('officer_clause'),
    source: text('source').notNull(),
    confidence: text('confidence').$type<Confidence>().notNull(),
    /** Where the law stands after this text ended, when it went on under another citation. */
    supersededBy: uuid('superseded_by').references((): AnyPgColumn => statutes.id),
    /** The counsel who confirmed the row as it stands; never written by the loader, and taken away by the table when the row says something else. */
    attestedBy: text('attested_by'),
    /** Raised by the table whenever the row says something else; its end is not what it says. */
    revision: integer('revision').notNull().default(1),
  },
  (table) => [
    index('statute_versions_superseded_by').on(table.supersededBy),
    check('statute_versions_superseded', sql`${table.supersededBy} is null or ${table.validTo} is not null and ${table.supersededBy} <> ${table.statuteId}`),
    unique('statute_versions_start').on(table.statuteId, table.validFrom).nullsNotDistinct(),
    check('statute_versions_period', sql`${table.validTo} >= ${table.validFrom}`),
    oneOf('statute_versions_level', table.level, OFFENCE_LEVELS),
    oneOf('statute_versions_applies_to_federal_officer', table.appliesToFederalOfficer, OFFICER_REACHES),
    oneOf('statute_versions_confidence', table.confidence, CONFIDENCES),
  ],
);

/** Who confirmed which wording of a text, and when; it only grows. */
export const statuteAttestations = comity.table(
  'statute_attestations',
  {
    id: uuid('id').primaryKey(),
    versionId: uuid('version_id').notNull().references(() => statuteVersions.id),
    revision: integer('revision').notNull(),
    memberId: uuid('member_id').notNull().references(() => members.id),
    /** As the text shows it: the name and the office of that day. */
    attestedBy: text('attested_by').notNull(),
    at: instant('at').notNull(),
    withdrawnBy: uuid('withdrawn_by').references(() => members.id),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBecause: text('withdrawn_because'),
  },
  (table) => [
    uniqueIndex('statute_attestations_wording').on(table.versionId, table.revision).where(sql`${table.withdrawnAt} is null`),
    check('statute_attestations_withdrawn', sql`num_nulls(${table.withdrawnBy}, ${table.withdrawnAt}, ${table.withdrawnBecause}) in (0, 3)`),
  ],
);

export type StatuteRow = typeof statutes.$inferSelect;
export type StatuteVersionRow = typeof statuteVersions.$inferSelect;
