import { foreignKey, index, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { charges, namesCharge } from './charge.table.ts';
import { NAMED_LEVELS } from './level.rules.ts';

/** That a charge was said to be of a level, and why. Only added to: the latest counts, and the charge itself takes it over. */
export const chargeLevels = comity.table(
  'charge_levels',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    chargeId: uuid('charge_id').notNull(),
    level: text('level', { enum: NAMED_LEVELS }).notNull(),
    reason: text('reason').notNull(),
    namedBy: uuid('named_by').notNull(),
    namedAt: instant('named_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.chargeId], foreignColumns: [charges.caseId, charges.id], name: 'charge_levels_charge' }),
    index('charge_levels_of_charge').on(t.caseId, t.chargeId, t.namedAt),
    oneOf('charge_levels_level_check', t.level, NAMED_LEVELS),
    needsCheck('charge_levels', t.needs),
    ...casePolicies({ table: 'charge_levels', also: namesCharge('charge_levels', 'charge_id') }),
  ],
);

export type ChargeLevelRow = typeof chargeLevels.$inferSelect;
