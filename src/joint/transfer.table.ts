import { sql } from 'drizzle-orm';
import { check, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';

/** What a former lead keeps: nothing, each author the words they wrote, or the case to read. */
export const RESIDUALS = ['NONE', 'AUTHOR_OWN', 'READ'] as const;
export const TRANSFER_STATES = ['PROPOSED', 'ACCEPTED', 'REJECTED', 'REVOKED'] as const;

export type Residual = (typeof RESIDUALS)[number];
export type TransferState = (typeof TRANSFER_STATES)[number];

const OFFICE = `(select nullif(current_setting('comity.office', true), '')::uuid)`;

/** An offer of the lead to another office; the lead moves when it is accepted. Known to the two of them alone. */
export const transfers = comity.table(
  'transfers',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    fromId: uuid('from_id').notNull().references(() => jurisdictions.id),
    toId: uuid('to_id').notNull().references(() => jurisdictions.id),
    residual: text('residual', { enum: RESIDUALS }).notNull(),
    /** Set where the whole former lead is walled off in the same act: the ground of that wall. */
    wallGround: text('wall_ground'),
    reason: text('reason').notNull(),
    state: text('state', { enum: TRANSFER_STATES }).notNull(),
    proposedBy: uuid('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    answeredBy: uuid('answered_by'),
    answeredAt: instant('answered_at'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    uniqueIndex('transfers_open_once').on(t.caseId).where(sql`state = 'PROPOSED'`),
    index('transfers_waiting').on(t.proposedAt, t.caseId, t.id).where(sql`state = 'PROPOSED'`),
    index('transfers_to').on(t.toId, t.state),
    index('transfers_from').on(t.fromId, t.state),
    check('transfers_two_offices', sql`${t.fromId} <> ${t.toId}`),
    check('transfers_wall', sql`${t.wallGround} is null or ${t.residual} = 'NONE'`),
    oneOf('transfers_residual_check', t.residual, RESIDUALS),
    oneOf('transfers_state_check', t.state, TRANSFER_STATES),
    needsCheck('transfers', t.needs),
    ...casePolicies({ table: 'transfers', also: `transfers.from_id = ${OFFICE} or transfers.to_id = ${OFFICE}` }),
  ],
);
