import { sql } from 'drizzle-orm';
import { check, integer, jsonb, text, unique, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../database/checks.ts';
import { comity } from '../database/columns.ts';
import { CONFIDENCES, type Confidence } from '../kernel/confidence.ts';
import { LAW_ORIGINS } from './origin.ts';

/** The sorts of rule of law that are kept as data. */
export const RULE_KINDS = [
  'LIMITATION', 'VENUE_BOUNDARY', 'BODY_CAMERA_RETENTION', 'CHARGING_INSTRUMENT', 'VICTIM_NOTICE', 'FEDERAL_REMOVAL',
  'EXTERNAL_DEMAND_REGIME', 'SUPERSESSION', 'RENDITION', 'RESTRICTION',
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** A rule of law as data: counsel corrects a row without a release. */
export const stateRules = comity.table(
  'state_rules',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<RuleKind>().notNull(),
    /** Two letters, or `*` for every state. */
    state: text('state').notNull(),
    /** Among the rules of one kind and state, from 0. */
    position: integer('position').notNull(),
    /** What the rule says; its shape follows from its kind. A null in it means not verified, never zero. */
    body: jsonb('body').$type<Readonly<Record<string, unknown>>>().notNull(),
    citation: text('citation'),
    source: text('source'),
    confidence: text('confidence').$type<Confidence>().notNull(),
    /** Counsel's own stand for their kind and state alone: no release replaces them, or adds to them. */
    origin: text('origin', { enum: LAW_ORIGINS }).notNull().default('SHIPPED'),
  },
  (table) => [
    unique('state_rules_position').on(table.kind, table.state, table.position),
    oneOf('state_rules_kind', table.kind, RULE_KINDS),
    check('state_rules_state', sql`${table.state} ~ '^([A-Z]{2}|\\*)$'`),
    oneOf('state_rules_confidence', table.confidence, CONFIDENCES),
    oneOf('state_rules_origin', table.origin, LAW_ORIGINS),
  ],
);
