import { sql } from 'drizzle-orm';
import { check, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { VERDICTS } from './matcher.ts';

/**
 * What a person said of a pair of cases, as it stands now; the trail of both has its history. Each pair stands twice, once on
 * each of its cases, and is read by who reads the reports of both. Written by `comity.judge_duplicate` and
 * `comity.undo_duplicate` alone.
 */
export const caseVerdicts = comity.table(
  'case_verdicts',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    otherId: uuid('other_id').notNull().references(() => cases.id),
    needs: needs(),
    verdict: text('verdict', { enum: VERDICTS }).notNull(),
    reason: text('reason').notNull(),
    judgedBy: uuid('judged_by').notNull().references(() => members.id),
    judgedFor: uuid('judged_for').notNull().references(() => jurisdictions.id),
    judgedAt: instant('judged_at').notNull(),
    /** The case of the two that stays, where the other was merged into it. */
    intoId: uuid('into_id'),
    /** What stood before a merger, to bring it back: ids and words of closed lists. */
    before: jsonb('before'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.otherId] }),
    oneOf('case_verdicts_verdict_check', t.verdict, VERDICTS),
    check('case_verdicts_merged', sql`(${t.verdict} = 'DUPLICATE') = (${t.intoId} is not null) and (${t.intoId} is null) = (${t.before} is null)`),
    needsCheck('case_verdicts', t.needs),
    // A scalar subquery: an `exists` could be hashed over all that the reader sees.
    ...casePolicies({ table: 'case_verdicts', also: '(select 1 from comity.case_reports o where o.case_id = case_verdicts.other_id) = 1' }),
  ],
);
