import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { comity } from '../database/columns.ts';

/**
 * The cases that may be about the same incident, as look-ahead reads them, by `comity.duplicate_candidates` alone: there is no
 * such table, so this stands in no table file.
 */
export const duplicateCandidates = comity.table('duplicate_candidates', {
  /** The other case: it is what is shown. */
  caseId: uuid('case_id').notNull(),
  needs: integer('needs').notNull(),
  score: integer('score').notNull(),
  /** The score as text that sorts like it. */
  rank: text('rank').notNull(),
  matchedBy: text('matched_by').array().notNull(),
  reasons: text('reasons').array().notNull(),
});
