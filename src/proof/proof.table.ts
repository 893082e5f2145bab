import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { charges } from '../charges/charge.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';

/** What a link leans on: a fact of the referral, a remark, or something that is asked of the agency. */
export const PROOF_SOURCES = ['REPORT', 'PERSON', 'RECORDING', 'ANNOTATION', 'RETURN_ITEM'] as const;
export const POLARITIES = ['SUPPORTS', 'UNDERMINES', 'NEUTRAL'] as const;
export const VERDICTS = ['MET', 'DOUBTFUL', 'NOT_MET'] as const;

export type ProofSource = (typeof PROOF_SOURCES)[number];
export type Polarity = (typeof POLARITIES)[number];
export type Verdict = (typeof VERDICTS)[number];

/** Work on proof is the office's that did it: it does not go with the case. A row is seen by who sees what it is about, as it stands now. */
const own = (table: string) => `${table}.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)
  and exists (select 1 from comity.charges ch where ch.case_id = ${table}.case_id and ch.id = ${table}.charge_id)`;

const source = `case proof_links.source_kind
    when 'REPORT' then exists (select 1 from comity.case_reports r where r.case_id = proof_links.case_id)
    when 'PERSON' then exists (select 1 from comity.persons p where p.case_id = proof_links.case_id and p.id = proof_links.source_id)
    when 'RECORDING' then exists (select 1 from comity.recordings r where r.case_id = proof_links.case_id and r.id = proof_links.source_id)
    when 'ANNOTATION' then exists (select 1 from comity.annotations a where a.case_id = proof_links.case_id and a.id = proof_links.source_id)
    when 'RETURN_ITEM' then exists (select 1 from comity.return_items i where i.case_id = proof_links.case_id and i.id = proof_links.source_id) end`;

/** What speaks for or against an element of a charge. Never changed; withdrawn, it stays in view. */
export const proofLinks = comity.table(
  'proof_links',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    officeId: uuid('office_id').notNull().references(() => jurisdictions.id),
    chargeId: uuid('charge_id').notNull(),
    /** The place from 1 that the element had when this was said. What it is about says `wording`: a text that is corrected may have it elsewhere, or no more. */
    element: integer('element').notNull(),
    /** The element as it read then; kept by the table itself. */
    wording: text('wording').notNull(),
    sourceKind: text('source_kind', { enum: PROOF_SOURCES }).notNull(),
    /** Null for the report: a case has one. */
    sourceId: uuid('source_id'),
    polarity: text('polarity', { enum: POLARITIES }).notNull(),
    reasoning: text('reasoning').notNull(),
    linkedBy: uuid('linked_by').notNull(),
    linkedAt: instant('linked_at').notNull(),
    withdrawnBy: uuid('withdrawn_by'),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.chargeId], foreignColumns: [charges.caseId, charges.id], name: 'proof_links_charge' }),
    index('proof_links_of_element').on(t.caseId, t.chargeId, t.element),
    oneOf('proof_links_source_check', t.sourceKind, PROOF_SOURCES),
    oneOf('proof_links_polarity_check', t.polarity, POLARITIES),
    check('proof_links_which', sql`(${t.sourceKind} = 'REPORT') = (${t.sourceId} is null)`),
    check('proof_links_withdrawn', sql`num_nulls(${t.withdrawnBy}, ${t.withdrawnAt}) in (0, 2)`),
    needsCheck('proof_links', t.needs),
    ...casePolicies({ table: 'proof_links', also: `${own('proof_links')} and ${source}` }),
  ],
);

/** What a reviewer holds of an element. Only added to: the latest of each reviewer counts, and reviewers may differ. */
export const elementAssessments = comity.table(
  'element_assessments',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    officeId: uuid('office_id').notNull().references(() => jurisdictions.id),
    chargeId: uuid('charge_id').notNull(),
    /** The place from 1 that the element had when this was said. What it is about says `wording`: a text that is corrected may have it elsewhere, or no more. */
    element: integer('element').notNull(),
    /** The element as it read then; kept by the table itself. */
    wording: text('wording').notNull(),
    reviewerId: uuid('reviewer_id').notNull(),
    verdict: text('verdict', { enum: VERDICTS }).notNull(),
    reasoning: text('reasoning').notNull(),
    assessedAt: instant('assessed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.chargeId], foreignColumns: [charges.caseId, charges.id], name: 'element_assessments_charge' }),
    index('element_assessments_of_reviewer').on(t.caseId, t.chargeId, t.element, t.reviewerId, t.assessedAt),
    oneOf('element_assessments_verdict_check', t.verdict, VERDICTS),
    needsCheck('element_assessments', t.needs),
    ...casePolicies({ table: 'element_assessments', also: own('element_assessments') }),
  ],
);

export type ProofLinkRow = typeof proofLinks.$inferSelect;
export type ElementAssessmentRow = typeof elementAssessments.$inferSelect;
