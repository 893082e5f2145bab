import { sql } from 'drizzle-orm';
import { check, date, integer, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../database/checks.ts';
import { comity } from '../database/columns.ts';
import { CONFIDENCES, type Confidence } from '../kernel/confidence.ts';

/** What a missing requirement does to a referral: ERROR stops it, WARN and INFO go with it. */
export const SEVERITIES = ['ERROR', 'WARN', 'INFO'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What obliges agencies to refer. What a referral must show under it stands in its readiness packs. */
export const directives = comity.table(
  'directives',
  {
    id: uuid('id').primaryKey(),
    slug: text('slug').notNull().unique(),
    title: text('title').notNull(),
    issuedBy: text('issued_by').notNull(),
    /** The first incident date it judges. */
    effectiveFrom: date('effective_from', { mode: 'string' }).notNull(),
    /** ORIs, or `*` alone for every agency. */
    appliesToAgencies: text('applies_to_agencies').array().notNull(),
    /** Days the issuer gave the agencies for written guidance. */
    guidanceDueDays: integer('guidance_due_days'),
    /** What the directive says will be published. */
    publishes: text('publishes'),
    source: text('source').notNull(),
    confidence: text('confidence').$type<Confidence>().notNull(),
  },
  (table) => [
    check('directives_applies_to_agencies', sql`cardinality(${table.appliesToAgencies}) > 0`),
    oneOf('directives_confidence', table.confidence, CONFIDENCES),
  ],
);
