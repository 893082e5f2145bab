import { sql } from 'drizzle-orm';
import { check, date, foreignKey, index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { persons } from '../cases/person.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { statutes, statuteVersions } from '../law/statute.table.ts';
import { NAMED_LEVELS } from './level.rules.ts';

export const CHARGE_STATES = ['PROPOSED', 'WITHDRAWN', 'FILED'] as const;
export type ChargeState = (typeof CHARGE_STATES)[number];

/** Where a charge went, for instance into a compartment, what is said of it went too. A scalar: an `exists` could be hashed over all that the reader sees. */
export const namesCharge = (table: string, column: string): string =>
  `(select 1 from comity.charges h where h.case_id = ${table}.case_id and h.id = ${table}.${column}) = 1`;

/** A charge that an office considers: person × statute version × counts, under the law of the offence date. */
export const charges = comity.table(
  'charges',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    /** The office that leads the case, kept by triggers: what it charges is found by its time. */
    leadId: uuid('lead_id'),
    personId: uuid('person_id').notNull(),
    statuteId: uuid('statute_id').notNull().references(() => statutes.id),
    statuteVersionId: uuid('statute_version_id').notNull().references(() => statuteVersions.id),
    counts: integer('counts').notNull(),
    /** The day of the offence, the first of its range, and the earliest of all its days: it governs the text that is pinned. */
    offenceOn: date('offence_on', { mode: 'string' }).notNull(),
    /** The last day of the range; null: it is one day. */
    offenceUntil: date('offence_until', { mode: 'string' }),
    /** The days of further counts, in order. */
    offenceDays: date('offence_days', { mode: 'string' }).array().notNull().default([]),
    /** The level that the charge names, where the statute is graded; null while it names none. */
    level: text('level', { enum: NAMED_LEVELS }),
    state: text('state', { enum: CHARGE_STATES }).notNull(),
    /** What whoever relies on this charge must know, for instance START_UNVERIFIED. */
    warnings: text('warnings').array().notNull(),
    proposedBy: uuid('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.personId], foreignColumns: [persons.caseId, persons.id], name: 'charges_person' }),
    index('charges_by_time').on(t.proposedAt, t.caseId, t.id),
    index('charges_of_lead').on(t.leadId, t.proposedAt, t.caseId, t.id),
    index('charges_of_statute').on(t.statuteId, t.caseId),
    oneOf('charges_state_check', t.state, CHARGE_STATES),
    oneOf('charges_level_check', t.level, NAMED_LEVELS),
    check('charges_offence_range', sql`${t.offenceUntil} >= ${t.offenceOn} and ${t.offenceOn} < all (${t.offenceDays})`),
    check('charges_offence_days', sql`cardinality(${t.offenceDays}) <= 100`),
    needsCheck('charges', t.needs),
    ...casePolicies({ table: 'charges' }),
  ],
);

export type ChargeRow = typeof charges.$inferSelect;
