import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { comity, instant } from '../database/columns.ts';
import { VERDICTS } from './proof.table.ts';

/** The elements of the charges that the reader sees, as the version reads that each charge pins. A view, made by hand in its migration. */
export const proofElements = comity.table('proof_elements', {
  caseId: uuid('case_id').notNull(),
  chargeId: uuid('charge_id').notNull(),
  /** From 1. */
  position: integer('position').notNull(),
  text: text('text').notNull(),
  /** Of the charge. */
  proposedAt: instant('proposed_at').notNull(),
  statuteId: uuid('statute_id').notNull(),
  /** The office that leads the case. */
  leadId: uuid('lead_id'),
});

/** For each reviewer of a charge the elements that this reviewer does not hold to be met, or has not assessed. A view, too. */
export const proofGaps = comity.table('proof_gaps', {
  caseId: uuid('case_id').notNull(),
  chargeId: uuid('charge_id').notNull(),
  position: integer('position').notNull(),
  text: text('text').notNull(),
  reviewerId: uuid('reviewer_id').notNull(),
  /** Null: not assessed. */
  verdict: text('verdict', { enum: VERDICTS }),
});
