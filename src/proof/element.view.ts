import type { SQLWrapper } from 'drizzle-orm';
import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { comity, instant } from '../database/columns.ts';
import { VERDICTS } from './proof.table.ts';

/** What proof is about: an element of a charge by its wording, wherever that stands in the text and whether it stands there any more. */
export type Worded = Readonly<Record<'caseId' | 'chargeId' | 'text', SQLWrapper>>;

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

/** The wordings that proof of the charges that the reader sees is about and that their texts, corrected since, do not have. A view, too. */
export const proofEarlier = comity.table('proof_earlier', {
  caseId: uuid('case_id').notNull(),
  chargeId: uuid('charge_id').notNull(),
  /** The first place that it had, from 1. */
  position: integer('position').notNull(),
  text: text('text').notNull(),
});

/** For each reviewer of a charge the elements that this reviewer does not hold to be met, or has not assessed; all of them where there is no reviewer. A view, too. */
export const proofGaps = comity.table('proof_gaps', {
  caseId: uuid('case_id').notNull(),
  chargeId: uuid('charge_id').notNull(),
  position: integer('position').notNull(),
  text: text('text').notNull(),
  /** Null: nobody has reviewed the charge. */
  reviewerId: uuid('reviewer_id'),
  /** Null: not assessed. */
  verdict: text('verdict', { enum: VERDICTS }),
});
