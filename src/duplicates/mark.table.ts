import { index, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity } from '../database/columns.ts';
import { MARK_KINDS } from './matcher.ts';

/**
 * What other cases are found by: a fact that the agency declared, made comparable, and needing what the fact itself needs, so that
 * what is closed to a reader finds nothing. Of a minor, and of what lies in a compartment, there is none. Kept by triggers on
 * reports and persons; nobody writes it.
 */
export const caseMarks = comity.table(
  'case_marks',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    kind: text('kind', { enum: MARK_KINDS }).notNull(),
    value: text('value').notNull(),
    needs: needs(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.kind, t.value, t.needs] }),
    index('case_marks_by_value').on(t.kind, t.value, t.caseId),
    oneOf('case_marks_kind_check', t.kind, MARK_KINDS),
    needsCheck('case_marks', t.needs),
    ...casePolicies({ table: 'case_marks' }),
  ],
);
