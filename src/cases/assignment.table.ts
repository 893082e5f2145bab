import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { members } from '../coalition/member.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { cases } from './case.table.ts';

export const TEAM_ROLES = ['TRIAL', 'FILTER', 'SUPPORT'] as const;

export type TeamRole = (typeof TEAM_ROLES)[number];

/** Places on a case's team; the open rows are the team, the others its history. */
export const assignments = comity.table(
  'assignments',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    memberId: uuid('member_id').notNull().references(() => members.id),
    role: text('role', { enum: TEAM_ROLES }).notNull(),
    since: instant('since').notNull(),
    until: instant('until'),
    assignedBy: uuid('assigned_by').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    uniqueIndex('assignments_open_once').on(t.caseId, t.memberId).where(sql`until is null`),
    index('assignments_of_member').on(t.memberId).where(sql`until is null`),
    oneOf('assignments_role_check', t.role, TEAM_ROLES),
    needsCheck('assignments', t.needs),
    ...casePolicies({
      table: 'assignments',
      // An office staffs the cases that it leads or shares in, at the moment of its claim too, when its new sight is not yet computed.
      insertCheck: `exists (select 1 from comity.cases c where c.id = assignments.case_id and c.lead_id = any ((select comity.viewers())::uuid[]))
        or exists (select 1 from comity.responsibilities r where r.case_id = assignments.case_id and r.state = 'ACCEPTED' and r.jurisdiction_id = any ((select comity.viewers())::uuid[]))`,
    }),
  ],
);
