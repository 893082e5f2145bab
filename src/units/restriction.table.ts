import { sql } from 'drizzle-orm';
import { primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { units } from '../coalition/unit.table.ts';
import { comity, instant } from '../database/columns.ts';

/** Keeps a case to one unit of its lead: the rest of the office keeps SUMMARY. */
export const unitRestrictions = comity.table(
  'unit_restrictions',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    unitId: uuid('unit_id').notNull().references(() => units.id),
    reason: text('reason').notNull(),
    restrictedBy: uuid('restricted_by').notNull(),
    restrictedAt: instant('restricted_at').notNull(),
    liftedBy: uuid('lifted_by'),
    liftedAt: instant('lifted_at'),
    /** Why; null where it stands, or ended with the lead of its office. */
    liftedBecause: text('lifted_because'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    uniqueIndex('unit_restrictions_open_once').on(t.caseId).where(sql`lifted_at is null`),
    needsCheck('unit_restrictions', t.needs),
    ...casePolicies({ table: 'unit_restrictions' }),
  ],
);
