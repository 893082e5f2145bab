import { sql } from 'drizzle-orm';
import { foreignKey, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { charges } from '../charges/charge.table.ts';
import { eachOneOf, oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { DECISION_STATES, OUTCOMES, REASON_CODES, type ReasonCode } from './decision.rules.ts';

/** Where a charge went, for instance into a compartment, what is decided on it went too. A scalar: an `exists` could be hashed over all that the reader sees. */
export const chargeSeenOf = (table: string): string =>
  `(select 1 from comity.charges h where h.case_id = ${table}.case_id and h.id = ${table}.charge_id) = 1`;

/** What one person proposes to do about a charge, and another approves; one decision at a time stands on a charge. */
export const decisions = comity.table(
  'decisions',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    /** The office that leads the case, kept by triggers: what waits in its cases is found by its time. */
    leadId: uuid('lead_id'),
    chargeId: uuid('charge_id').notNull(),
    outcome: text('outcome', { enum: OUTCOMES }).notNull(),
    reasonCodes: text('reason_codes').array().$type<ReasonCode[]>().notNull(),
    /** The reason as it may be told outside: to the agency, where the rule book shows REASON. */
    shareableReason: text('shareable_reason'),
    /** The decision in whose place it is put; null: none stood. */
    supersedes: uuid('supersedes'),
    state: text('state', { enum: DECISION_STATES }).notNull(),
    proposedBy: uuid('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    /** Who approved, rejected or withdrew it; null while it waits. */
    answeredBy: uuid('answered_by'),
    answeredAt: instant('answered_at'),
    /** The elected head who answers for charging without an immunity analysis. */
    overriddenBy: uuid('overridden_by'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.chargeId], foreignColumns: [charges.caseId, charges.id], name: 'decisions_charge' }),
    index('decisions_of_charge').on(t.caseId, t.chargeId, t.proposedAt),
    uniqueIndex('decisions_one_stands').on(t.caseId, t.chargeId).where(sql`${t.state} = 'STANDING'`),
    uniqueIndex('decisions_one_waits').on(t.caseId, t.chargeId).where(sql`${t.state} = 'PROPOSED'`),
    index('decisions_waiting').on(t.proposedAt, t.caseId, t.id).where(sql`state = 'PROPOSED'`),
    index('decisions_waiting_of_lead').on(t.leadId, t.proposedAt, t.caseId, t.id).where(sql`state = 'PROPOSED'`),
    oneOf('decisions_outcome_check', t.outcome, OUTCOMES),
    eachOneOf('decisions_reason_codes_check', t.reasonCodes, REASON_CODES),
    oneOf('decisions_state_check', t.state, DECISION_STATES),
    needsCheck('decisions', t.needs),
    ...casePolicies({ table: 'decisions', also: chargeSeenOf('decisions') }),
  ],
);

/** Why something is decided, in words: for the offices that handle the case, whatever a rule book opens of its charges. */
export const decisionGrounds = comity.table(
  'decision_grounds',
  {
    caseId: uuid('case_id').notNull(),
    decisionId: uuid('decision_id').notNull(),
    needs: needs(),
    chargeId: uuid('charge_id').notNull(),
    evidential: text('evidential').notNull(),
    publicInterest: text('public_interest').notNull(),
    /** Why a person who is or may be a federal officer is charged without an immunity analysis. */
    overrideReason: text('override_reason'),
    /** Of CHARGE: the analysis on which its approval rests, the newest that was reviewed; null where there was none, or it does not stand. */
    immunityAnalysisId: uuid('immunity_analysis_id'),
    /** Why it was rejected. */
    answer: text('answer'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.decisionId] }),
    foreignKey({ columns: [t.caseId, t.decisionId], foreignColumns: [decisions.caseId, decisions.id], name: 'decision_grounds_decision' }),
    needsCheck('decision_grounds', t.needs),
    ...casePolicies({ table: 'decision_grounds', also: chargeSeenOf('decision_grounds') }),
  ],
);
