import { sql } from 'drizzle-orm';
import { check, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';

export const FINDINGS = ['JUSTIFIED', 'NOT_JUSTIFIED'] as const;

export type Finding = (typeof FINDINGS)[number];

/** A use of break-glass: lifts the ceiling of the member's role and a restriction to a unit, for a time, inside the member's own office. */
export const glassUses = comity.table(
  'glass_uses',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    memberId: uuid('member_id').notNull().references(() => members.id),
    officeId: uuid('office_id').notNull().references(() => jurisdictions.id),
    reason: text('reason').notNull(),
    since: instant('since').notNull(),
    /** At the latest the office's next midnight. */
    until: instant('until').notNull(),
    reviewDueAt: instant('review_due_at').notNull(),
    reviewedBy: uuid('reviewed_by').references(() => members.id),
    reviewedAt: instant('reviewed_at'),
    finding: text('finding', { enum: FINDINGS }),
    remark: text('remark'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    // No second use before the first is reviewed.
    uniqueIndex('glass_uses_unreviewed').on(t.memberId).where(sql`reviewed_at is null`),
    index('glass_uses_waiting').on(t.since, t.caseId, t.id).where(sql`reviewed_at is null`),
    index('glass_uses_of_office').on(t.officeId, t.since, t.id),
    index('glass_uses_waiting_of_office').on(t.officeId, t.caseId).where(sql`reviewed_at is null`),
    check('glass_uses_two_people', sql`${t.reviewedBy} <> ${t.memberId}`),
    oneOf('glass_uses_finding', t.finding, FINDINGS),
    needsCheck('glass_uses', t.needs),
    ...casePolicies({ table: 'glass_uses', also: `glass_uses.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)` }),
  ],
);
