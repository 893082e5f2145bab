import { sql } from 'drizzle-orm';
import { check, date, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { SUPERSESSION_BASES, SUPERSESSION_STATES } from './supersession.rules.ts';

/** That somebody else may take a case: from a declared conflict or a petition to its end. It moves no lead. */
export const supersessions = comity.table(
  'supersessions',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    state: text('state', { enum: SUPERSESSION_STATES }).notNull(),
    basis: text('basis', { enum: SUPERSESSION_BASES }).notNull(),
    petitioner: text('petitioner').notNull(),
    filedOn: date('filed_on', { mode: 'string' }).notNull(),
    judgeAssignedOn: date('judge_assigned_on', { mode: 'string' }),
    heardOn: date('heard_on', { mode: 'string' }),
    decidedOn: date('decided_on', { mode: 'string' }),
    /** Of a transfer: the office that led the case then, and writes nothing of the prosecution until it has it back. */
    officeId: uuid('office_id'),
    appointee: text('appointee'),
    order: text('order'),
    returnedOn: date('returned_on', { mode: 'string' }),
    withdrawnOn: date('withdrawn_on', { mode: 'string' }),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    movedBy: uuid('moved_by').notNull(),
    movedAt: instant('moved_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    uniqueIndex('supersessions_one_open').on(t.caseId).where(sql`${t.state} not in ('RETAINED', 'RETURNED', 'WITHDRAWN')`),
    oneOf('supersessions_state_check', t.state, SUPERSESSION_STATES),
    oneOf('supersessions_basis_check', t.basis, SUPERSESSION_BASES),
    check('supersessions_days_check', sql`case ${t.state} when 'HEARING' then num_nulls(${t.judgeAssignedOn}, ${t.heardOn}) = 0 when 'CONFLICT_DECLARED' then ${t.heardOn} is null when 'PETITIONED' then ${t.heardOn} is null else true end
      and (${t.heardOn} is null or ${t.judgeAssignedOn} is not null) and (${t.decidedOn} is not null) = (${t.state} in ('TRANSFERRED', 'RETAINED', 'RETURNED')) and (${t.withdrawnOn} is not null) = (${t.state} = 'WITHDRAWN')`),
    needsCheck('supersessions', t.needs),
    ...casePolicies({ table: 'supersessions' }),
  ],
);
