import { date, foreignKey, index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { persons } from '../cases/person.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { statutes, statuteVersions } from '../law/statute.table.ts';

export const CHARGE_STATES = ['PROPOSED', 'WITHDRAWN', 'FILED'] as const;
export type ChargeState = (typeof CHARGE_STATES)[number];

/** A charge that an office considers: person × statute version × counts, under the law of the offence date. */
export const charges = comity.table(
  'charges',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    personId: uuid('person_id').notNull(),
    statuteId: uuid('statute_id').notNull().references(() => statutes.id),
    statuteVersionId: uuid('statute_version_id').notNull().references(() => statuteVersions.id),
    counts: integer('counts').notNull(),
    offenceOn: date('offence_on', { mode: 'string' }).notNull(),
    state: text('state', { enum: CHARGE_STATES }).notNull(),
    /** What whoever relies on this charge must know, for instance START_UNVERIFIED. */
    warnings: text('warnings').array().notNull(),
    proposedBy: uuid('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.personId], foreignColumns: [persons.caseId, persons.id], name: 'charges_person' }),
    index('charges_of_statute').on(t.statuteId, t.caseId),
    oneOf('charges_state_check', t.state, CHARGE_STATES),
    needsCheck('charges', t.needs),
    ...casePolicies({ table: 'charges' }),
  ],
);

export type ChargeRow = typeof charges.$inferSelect;
