import { sql } from 'drizzle-orm';
import { check, date, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';

/** The proceedings whose steps are kept here, each beside its own table. */
export const STEPPED_KINDS = ['SUPERSESSION', 'PARALLEL_PROCEEDING', 'RENDITION', 'IMMUNITY'] as const;
export type SteppedKind = (typeof STEPPED_KINDS)[number];

const ABOUT_SEEN = `(case proceeding_steps.kind
    when 'SUPERSESSION' then (select 1 from comity.supersessions s where s.case_id = proceeding_steps.case_id and s.id = proceeding_steps.about_id)
    when 'RENDITION' then (select 1 from comity.renditions r where r.case_id = proceeding_steps.case_id and r.id = proceeding_steps.about_id)
    when 'IMMUNITY' then (select 1 from comity.immunity_proceedings i where i.case_id = proceeding_steps.case_id and i.id = proceeding_steps.about_id)
    else (select 1 from comity.parallel_proceedings p where p.case_id = proceeding_steps.case_id and p.id = proceeding_steps.about_id) end) = 1`;

/** What happened to a proceeding, a row for each act. It only grows: what is recorded twice is told twice. */
export const proceedingSteps = comity.table(
  'proceeding_steps',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    kind: text('kind', { enum: STEPPED_KINDS }).notNull(),
    aboutId: uuid('about_id').notNull(),
    position: integer('position').notNull(),
    needs: needs(),
    /** An act of the lifecycle of that kind, and the state that it led to. */
    act: text('act').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    state: text('state').notNull(),
    /** The order or decision that the act names; null where it names none. */
    reference: text('reference'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.kind, t.aboutId, t.position] }),
    oneOf('proceeding_steps_kind_check', t.kind, STEPPED_KINDS),
    check('proceeding_steps_position_check', sql`${t.position} > 0`),
    needsCheck('proceeding_steps', t.needs),
    ...casePolicies({ table: 'proceeding_steps', also: ABOUT_SEEN }),
  ],
);
