import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { REACHES } from '../access/acts.ts';
import { STAGES, type Stage } from '../cases/lifecycle.ts';
import { ELECTED_PARTS, type ElectedPart } from '../cases/report.table.ts';
import { TAGS, type Tag } from '../cases/tag.table.ts';
import { eachOneOf, oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { OFFENCE_LEVELS, type OffenceLevel } from '../law/statute.table.ts';
import { contentPolicies, ruleBooks } from './book.table.ts';

/** What a referring agency may learn of its referral. */
export const AGENCY_VIEWS = ['STATUS', 'ITEMS', 'OUTCOME', 'REASON'] as const;
/** What is counted. */
export const MEASURES = ['CASES'] as const;

/** What an office does with a referral in which an elected official had a part. */
export const ADMISSIONS = ['ACCEPT', 'FLAG', 'REFUSE'] as const;

export type Admission = (typeof ADMISSIONS)[number];
export type AgencyView = (typeof AGENCY_VIEWS)[number];

const book = () => uuid('book_id').notNull().references(() => ruleBooks.id);
const position = () => integer('position').notNull();
/** The ground of a rule in a sentence. */
const basis = () => text('basis').notNull();
const words = (name: string) => text(name).array().notNull().default(sql`'{}'::text[]`);

/** Opens facets of the book's cases to another office or to the coalition, where the case is as it says; an empty list of words means any. */
export const sharingRules = comity.table(
  'sharing_rules',
  {
    bookId: book(),
    position: position(),
    /** An office, or the coalition's viewer. */
    audienceId: uuid('audience_id').notNull(),
    facets: integer('facets').notNull(),
    stages: words('stages').$type<Stage[]>(),
    levels: words('levels').$type<OffenceLevel[]>(),
    tags: words('tags').$type<Tag[]>(),
    until: instant('until').notNull().default('infinity'),
    basis: basis(),
  },
  (t) => [
    primaryKey({ columns: [t.bookId, t.position] }),
    index('sharing_rules_of_book').on(t.bookId),
    // SUMMARY always; of the rest no audience of notes, nothing PROTECTED, nothing of a compartment.
    check('sharing_rules_facets', sql`${t.facets} & 1 = 1 and ${t.facets} & ~255 = 0`),
    eachOneOf('sharing_rules_stages', t.stages, STAGES),
    eachOneOf('sharing_rules_levels', t.levels, OFFENCE_LEVELS),
    eachOneOf('sharing_rules_tags', t.tags, TAGS),
    ...contentPolicies('sharing_rules'),
  ],
);

/** Lowers how far an act of the office's own staff reaches. */
export const actLimits = comity.table(
  'act_limits',
  { bookId: book(), action: text('action').notNull(), ceiling: text('ceiling', { enum: REACHES }).notNull(), basis: basis() },
  (t) => [primaryKey({ columns: [t.bookId, t.action] }), oneOf('act_limits_ceiling', t.ceiling, REACHES), ...contentPolicies('act_limits')],
);

/** What referring agencies learn of the office's cases, in which stages; an empty list means all. */
export const agencyRules = comity.table(
  'agency_rules',
  { bookId: book(), show: text('show', { enum: AGENCY_VIEWS }).notNull(), stages: words('stages').$type<Stage[]>(), basis: basis() },
  (t) => [
    primaryKey({ columns: [t.bookId, t.show] }), oneOf('agency_rules_show', t.show, AGENCY_VIEWS), eachOneOf('agency_rules_stages', t.stages, STAGES),
    ...contentPolicies('agency_rules'),
  ],
);

/** What the office does with a referral in which an elected official had this part. It counts for incidents declared in its counties. */
export const admissionRules = comity.table(
  'admission_rules',
  {
    bookId: book(), part: text('part', { enum: ELECTED_PARTS }).$type<ElectedPart>().notNull(), answer: text('answer', { enum: ADMISSIONS }).notNull(),
    /** For the agency to read: with its citation. */
    basis: basis(),
  },
  (t) => [
    primaryKey({ columns: [t.bookId, t.part] }), check('admission_rules_part', sql`${t.part} in ('CONSULTED', 'DIRECTED')`), oneOf('admission_rules_answer', t.answer, ADMISSIONS),
    ...contentPolicies('admission_rules'),
  ],
);

/** Whether the office's cases are counted, and the least that a published cell holds. */
export const statisticsRules = comity.table(
  'statistics_rules',
  { bookId: book(), measure: text('measure', { enum: MEASURES }).notNull(), counted: boolean('counted').notNull(), threshold: integer('threshold').notNull(), basis: basis() },
  (t) => [
    primaryKey({ columns: [t.bookId, t.measure] }), oneOf('statistics_rules_measure', t.measure, MEASURES),
    check('statistics_rules_threshold', sql`${t.threshold} between 10 and 100`), ...contentPolicies('statistics_rules'),
  ],
);

/** A book's own test: of a case that the office leads and that is as described, this member must, or must not, see this facet. */
export const ruleBookTests = comity.table(
  'rule_book_tests',
  {
    bookId: book(),
    position: position(),
    memberId: uuid('member_id').notNull(),
    facet: integer('facet').notNull(),
    stage: text('stage', { enum: STAGES }).notNull(),
    level: text('level', { enum: OFFENCE_LEVELS }).notNull(),
    tags: words('tags').$type<Tag[]>(),
    sees: boolean('sees').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.bookId, t.position] }), oneOf('rule_book_tests_stage', t.stage, STAGES), oneOf('rule_book_tests_level', t.level, OFFENCE_LEVELS),
    eachOneOf('rule_book_tests_tags', t.tags, TAGS), ...contentPolicies('rule_book_tests'),
  ],
);
