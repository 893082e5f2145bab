import { integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { comity, instant } from '../database/columns.ts';

/**
 * An order that closes facets of a case to all but a named audience. Read by those who read what it closes; two people
 * are needed to lift it.
 */
export const seals = comity.table(
  'seals',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    facets: integer('facets').notNull(),
    /** Members, units and offices that still see. */
    audience: uuid('audience').array().notNull(),
    /** The order: court, number, day. */
    order: text('order').notNull(),
    until: instant('until').notNull().default('infinity'),
    sealedBy: uuid('sealed_by').notNull(),
    sealedAt: instant('sealed_at').notNull(),
    unsealingProposedBy: uuid('unsealing_proposed_by'),
    unsealingProposedAt: instant('unsealing_proposed_at'),
    unsealedBy: uuid('unsealed_by'),
    unsealedAt: instant('unsealed_at'),
    unsealedBecause: text('unsealed_because'),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.id] }), needsCheck('seals', t.needs), ...casePolicies({ table: 'seals' })],
);
