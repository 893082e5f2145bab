import { index, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { cases } from './case.table.ts';

/** What a rule book may depend on beside stage and level. */
export const TAGS = [
  'FEDERAL_OFFICER', 'STATE_OFFICER', 'LOCAL_OFFICER', 'FATALITY', 'SERIOUS_INJURY', 'FIREARM', 'CHILD_INVOLVED', 'DETENTION', 'ENTRY',
  'PUBLIC_GATHERING', 'PRESS', 'SEVERAL_STATES',
] as const;

export type Tag = (typeof TAGS)[number];

/** What a case is about, in words of a closed list. */
export const caseTags = comity.table(
  'case_tags',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    tag: text('tag', { enum: TAGS }).notNull(),
    needs: needs(),
    taggedBy: uuid('tagged_by').notNull(),
    taggedAt: instant('tagged_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.tag] }),
    index('case_tags_by_tag').on(t.tag, t.caseId),
    oneOf('case_tags_tag_check', t.tag, TAGS),
    needsCheck('case_tags', t.needs),
    ...casePolicies({ table: 'case_tags' }),
  ],
);
