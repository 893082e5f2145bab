import { sql } from 'drizzle-orm';
import { check, foreignKey, index, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { charges, namesCharge } from './charge.table.ts';

/** How one charge stands to another of the same person: included in it, or put in its place should it fail. */
export const CHARGE_RELATIONS = ['LESSER_OF', 'ALTERNATIVE_TO'] as const;
export type ChargeRelationKind = (typeof CHARGE_RELATIONS)[number];

/** That a charge is a lesser included one of another, or its alternative. Ended, it stays in view; whoever sees it sees both charges. */
export const chargeRelations = comity.table(
  'charge_relations',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    chargeId: uuid('charge_id').notNull(),
    relation: text('relation', { enum: CHARGE_RELATIONS }).notNull(),
    otherId: uuid('other_id').notNull(),
    reason: text('reason').notNull(),
    relatedBy: uuid('related_by').notNull(),
    relatedAt: instant('related_at').notNull(),
    endedBy: uuid('ended_by'),
    endedAt: instant('ended_at'),
    endedBecause: text('ended_because'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.chargeId], foreignColumns: [charges.caseId, charges.id], name: 'charge_relations_charge' }),
    foreignKey({ columns: [t.caseId, t.otherId], foreignColumns: [charges.caseId, charges.id], name: 'charge_relations_other' }),
    index('charge_relations_of_charge').on(t.caseId, t.chargeId, t.relatedAt),
    index('charge_relations_of_other').on(t.caseId, t.otherId),
    oneOf('charge_relations_relation_check', t.relation, CHARGE_RELATIONS),
    check('charge_relations_ended', sql`num_nulls(${t.endedBy}, ${t.endedAt}, ${t.endedBecause}) in (0, 3)`),
    needsCheck('charge_relations', t.needs),
    ...casePolicies({ table: 'charge_relations', also: `${namesCharge('charge_relations', 'charge_id')} and ${namesCharge('charge_relations', 'other_id')}` }),
  ],
);

export type ChargeRelationRow = typeof chargeRelations.$inferSelect;
