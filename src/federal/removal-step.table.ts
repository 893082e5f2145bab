import { sql } from 'drizzle-orm';
import { check, date, foreignKey, index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { eachOneOf, oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { REMOVAL_ACTS, REMOVAL_GROUND_CODES, REMOVAL_STATES, RULINGS, type RemovalGround } from './removal.rules.ts';
import { removals } from './removal.table.ts';

/** What happened to a removal, a row for each act. It only grows: the days between which a judgment is barred are told by it. */
export const removalSteps = comity.table(
  'removal_steps',
  {
    caseId: uuid('case_id').notNull(),
    removalId: uuid('removal_id').notNull(),
    position: integer('position').notNull(),
    needs: needs(),
    act: text('act', { enum: REMOVAL_ACTS }).notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    /** Where the removal stood after it, and what was ruled by then. */
    state: text('state', { enum: REMOVAL_STATES }).notNull(),
    ruling: text('ruling', { enum: RULINGS }),
    /** What it makes of a judgment from that day on; of a removal of a subpoena alone it says nothing (28 U.S.C. 1455(b)(3)). */
    standing: text('standing', { enum: ['FREE', 'PENDING', 'REMOVED'] }).notNull().generatedAlwaysAs(
      sql`case when state in ('WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT', 'ENTERED_IN_ERROR') or ruling is not distinct from 'REMANDED' then 'FREE' when ruling = 'REMOVED' then 'REMOVED' else 'PENDING' end`,
    ),
    grounds: text('grounds').array().$type<RemovalGround[]>().notNull(),
    federalCourt: text('federal_court'),
    docketNumber: text('docket_number'),
    hearingOn: date('hearing_on', { mode: 'string' }),
    order: text('order'),
    /** Why what was recorded never was so. */
    reason: text('reason'),
    appealDocket: text('appeal_docket'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.removalId, t.position] }),
    foreignKey({ columns: [t.caseId, t.removalId], foreignColumns: [removals.caseId, removals.id], name: 'removal_steps_removal' }),
    index('removal_steps_by_day').on(t.caseId, t.removalId, t.day, t.position),
    oneOf('removal_steps_act_check', t.act, REMOVAL_ACTS),
    oneOf('removal_steps_state_check', t.state, REMOVAL_STATES),
    oneOf('removal_steps_ruling_check', t.ruling, RULINGS),
    eachOneOf('removal_steps_grounds_check', t.grounds, REMOVAL_GROUND_CODES),
    check('removal_steps_reason_check', sql`(${t.act} = 'ENTER_IN_ERROR') = (${t.reason} is not null)`),
    check('removal_steps_position_check', sql`${t.position} > 0`),
    needsCheck('removal_steps', t.needs),
    ...casePolicies({ table: 'removal_steps', also: '(select 1 from comity.removals r where r.case_id = removal_steps.case_id and r.id = removal_steps.removal_id) = 1' }),
  ],
);
