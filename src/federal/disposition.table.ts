import { sql } from 'drizzle-orm';
import { check, date, foreignKey, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { charges } from '../charges/charge.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { chargeSeenOf } from '../decisions/decision.table.ts';
import { DISPOSITION_FORUMS, DISPOSITIONS } from './disposition.rules.ts';

/** How a court disposed of a filed charge. It only grows: the entry that no other supersedes holds. */
export const dispositions = comity.table(
  'dispositions',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    chargeId: uuid('charge_id').notNull(),
    kind: text('kind', { enum: DISPOSITIONS }).notNull(),
    disposedOn: date('disposed_on', { mode: 'string' }).notNull(),
    forum: text('forum', { enum: DISPOSITION_FORUMS }).notNull(),
    court: text('court').notNull(),
    sentence: text('sentence'),
    /** Why it was dismissed or vacated, or what was in error. */
    reason: text('reason'),
    supersedes: uuid('supersedes'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.chargeId], foreignColumns: [charges.caseId, charges.id], name: 'dispositions_charge' }),
    uniqueIndex('dispositions_one_first').on(t.caseId, t.chargeId).where(sql`${t.supersedes} is null`),
    uniqueIndex('dispositions_one_next').on(t.caseId, t.supersedes).where(sql`${t.supersedes} is not null`),
    oneOf('dispositions_kind_check', t.kind, DISPOSITIONS),
    oneOf('dispositions_forum_check', t.forum, DISPOSITION_FORUMS),
    check('dispositions_sentence_check', sql`${t.sentence} is null or ${t.kind} in ('CONVICTED', 'PLEADED')`),
    check('dispositions_reopening_check', sql`${t.supersedes} is not null or ${t.kind} not in ('VACATED', 'ENTERED_IN_ERROR')`),
    check('dispositions_reason_check', sql`(${t.reason} is not null) = (${t.kind} in ('DISMISSED', 'VACATED', 'ENTERED_IN_ERROR'))`),
    needsCheck('dispositions', t.needs),
    ...casePolicies({ table: 'dispositions', also: chargeSeenOf('dispositions') }),
  ],
);
