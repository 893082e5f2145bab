import { sql } from 'drizzle-orm';
import { foreignKey, index, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { persons } from '../cases/person.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { AFFILIATIONS, ANALYSIS_STATES, FINDINGS } from './immunity.rules.ts';

/** What is written about a person goes where the person goes. A scalar: an `exists` could be hashed over all that the reader sees. */
export const personSeenOf = (table: string): string =>
  `(select 1 from comity.persons p where p.case_id = ${table}.case_id and p.id = ${table}.person_id) = 1`;

/** For whom a person acted, as the office found out; the newest holds, the earlier stay in view. */
export const affiliations = comity.table(
  'affiliations',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    personId: uuid('person_id').notNull(),
    affiliation: text('affiliation', { enum: AFFILIATIONS }).notNull(),
    basis: text('basis').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.personId], foreignColumns: [persons.caseId, persons.id], name: 'affiliations_person' }),
    index('affiliations_of_person').on(t.caseId, t.personId, t.recordedAt),
    oneOf('affiliations_affiliation_check', t.affiliation, AFFILIATIONS),
    needsCheck('affiliations', t.needs),
    ...casePolicies({ table: 'affiliations', also: personSeenOf('affiliations') }),
  ],
);

/** The two questions of Supremacy Clause immunity, answered for one person by one attorney and reviewed by another. */
export const immunityAnalyses = comity.table(
  'immunity_analyses',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    /** The office that leads the case, kept by triggers: what waits in its cases is found by its time. */
    leadId: uuid('lead_id'),
    personId: uuid('person_id').notNull(),
    /** Was the act authorised by federal law? */
    authorised: text('authorised', { enum: FINDINGS }).notNull(),
    authorisedFacts: text('authorised_facts').notNull(),
    /** Did the officer do no more than was necessary and proper? */
    necessary: text('necessary', { enum: FINDINGS }).notNull(),
    necessarySubjective: text('necessary_subjective').notNull(),
    necessaryObjective: text('necessary_objective').notNull(),
    /** The warrant or order that the officer relied on. */
    reliedOn: text('relied_on'),
    state: text('state', { enum: ANALYSIS_STATES }).notNull(),
    draftedBy: uuid('drafted_by').notNull(),
    draftedAt: instant('drafted_at').notNull(),
    reviewedBy: uuid('reviewed_by'),
    reviewedAt: instant('reviewed_at'),
    remark: text('remark'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.personId], foreignColumns: [persons.caseId, persons.id], name: 'immunity_analyses_person' }),
    index('immunity_analyses_of_person').on(t.caseId, t.personId, t.draftedAt),
    index('immunity_analyses_waiting').on(t.draftedAt, t.caseId, t.id).where(sql`state = 'DRAFTED'`),
    index('immunity_analyses_waiting_of_lead').on(t.leadId, t.draftedAt, t.caseId, t.id).where(sql`state = 'DRAFTED'`),
    oneOf('immunity_analyses_authorised_check', t.authorised, FINDINGS),
    oneOf('immunity_analyses_necessary_check', t.necessary, FINDINGS),
    oneOf('immunity_analyses_state_check', t.state, ANALYSIS_STATES),
    needsCheck('immunity_analyses', t.needs),
    ...casePolicies({ table: 'immunity_analyses', also: personSeenOf('immunity_analyses') }),
  ],
);
