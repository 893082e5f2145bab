import { sql } from 'drizzle-orm';
import { index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { OFFICE_ROLES, type OfficeRole } from '../access/seats.ts';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { eachOneOf, oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';

export const WALLED = ['MEMBER', 'UNIT', 'OFFICE'] as const;
export const WALL_GROUNDS = ['RECUSAL', 'PERSONAL_INTEREST', 'FORMER_CLIENT', 'FAMILY', 'WITNESS', 'TAINT', 'COURT_ORDER', 'OTHER'] as const;

export type Walled = (typeof WALLED)[number];
export type WallGround = (typeof WALL_GROUNDS)[number];

/** An exclusion of a person, a unit or an office from a case; absolute while it stands. Its `closings` follow from it. */
export const walls = comity.table(
  'walls',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    subjectKind: text('subject_kind', { enum: WALLED }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    ground: text('ground', { enum: WALL_GROUNDS }).notNull(),
    note: text('note').notNull(),
    /** Roles of the lead office that may lift it; whoever is walled off never may. */
    mayLift: text('may_lift').array().$type<OfficeRole[]>().notNull(),
    imposedBy: uuid('imposed_by').notNull(),
    imposedAt: instant('imposed_at').notNull(),
    liftedBy: uuid('lifted_by'),
    liftedAt: instant('lifted_at'),
    liftedBecause: text('lifted_because'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    uniqueIndex('walls_standing_once').on(t.caseId, t.subjectId).where(sql`lifted_at is null`),
    index('walls_of_subject').on(t.subjectId).where(sql`lifted_at is null`),
    oneOf('walls_subject_kind_check', t.subjectKind, WALLED),
    oneOf('walls_ground_check', t.ground, WALL_GROUNDS),
    eachOneOf('walls_may_lift_check', t.mayLift, OFFICE_ROLES),
    needsCheck('walls', t.needs),
    ...casePolicies({
      table: 'walls',
      // Whoever sees the case may wall themselves off it, though they may not read who else is.
      insertCheck: `walls.imposed_by = (select comity.member()) and exists (select 1 from comity.cases c where c.id = walls.case_id
        and (walls.subject_id = (select comity.member()) or c.lead_id = (select nullif(current_setting('comity.office', true), '')::uuid)))`,
    }),
  ],
);
