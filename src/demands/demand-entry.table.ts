import { sql } from 'drizzle-orm';
import { check, date, foreignKey, index, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { ITEM_ANSWERS } from './demand.rules.ts';
import { demandItems, demandSeenOf, externalDemands } from './demand.table.ts';
import { WITHHELD_GROUNDS } from './ground.rules.ts';

export const DEMAND_ENTRY_KINDS = ['ANSWERED', 'RECEIVED', 'SUIT_FILED', 'SUIT_DECIDED'] as const;
export type DemandEntryKind = (typeof DEMAND_ENTRY_KINDS)[number];

/** What was answered to an item of a demand, what arrived of it, and what a court was asked and said. It only grows: what is said twice is told twice. */
export const demandEntries = comity.table(
  'demand_entries',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    demandId: uuid('demand_id').notNull(),
    /** Null: of the demand as a whole. */
    itemId: uuid('item_id'),
    kind: text('kind', { enum: DEMAND_ENTRY_KINDS }).notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    answer: text('answer', { enum: ITEM_ANSWERS }),
    ground: text('ground', { enum: WITHHELD_GROUNDS as [string, ...string[]] }).$type<(typeof WITHHELD_GROUNDS)[number]>(),
    groundCitation: text('ground_citation'),
    /** What was cited for a ground, how what arrived is called, or the docket number of a suit. */
    reference: text('reference'),
    court: text('court'),
    order: text('order'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.demandId], foreignColumns: [externalDemands.caseId, externalDemands.id], name: 'demand_entries_demand' }),
    foreignKey({ columns: [t.caseId, t.itemId], foreignColumns: [demandItems.caseId, demandItems.id], name: 'demand_entries_item' }),
    index('demand_entries_of_demand').on(t.caseId, t.demandId, t.recordedAt),
    oneOf('demand_entries_kind_check', t.kind, DEMAND_ENTRY_KINDS),
    oneOf('demand_entries_answer_check', t.answer, ITEM_ANSWERS),
    oneOf('demand_entries_ground_check', t.ground, WITHHELD_GROUNDS),
    check('demand_entries_item_check', sql`(${t.itemId} is not null) = (${t.kind} in ('ANSWERED', 'RECEIVED')) and (${t.answer} is not null) = (${t.kind} = 'ANSWERED')`),
    needsCheck('demand_entries', t.needs),
    ...casePolicies({
      table: 'demand_entries',
      also: `${demandSeenOf('demand_entries')} and (demand_entries.item_id is null or (select 1 from comity.demand_items i where i.case_id = demand_entries.case_id and i.id = demand_entries.item_id) = 1)`,
    }),
  ],
);
