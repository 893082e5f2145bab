import { sql } from 'drizzle-orm';
import { check, date, foreignKey, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { persons } from '../cases/person.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { FINDINGS } from '../decisions/immunity.rules.ts';
import { immunityAnalyses, personSeenOf } from '../decisions/immunity.table.ts';
import { chargedSeenOf } from './court.table.ts';
import { CIRCUITS, IMMUNITY_FORUMS, IMMUNITY_RULINGS, IMMUNITY_STATES } from './immunity-proceeding.rules.ts';

/** The immunity of one accused before the courts. Where none is on record, it is not raised. Days stand as they were recorded last; each act is kept among the steps. */
export const immunityProceedings = comity.table(
  'immunity_proceedings',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    personId: uuid('person_id').notNull(),
    state: text('state', { enum: IMMUNITY_STATES }).notNull(),
    forum: text('forum', { enum: IMMUNITY_FORUMS }),
    circuit: text('circuit', { enum: CIRCUITS }),
    court: text('court'),
    /** The office's analysis that it answers with. */
    analysisId: uuid('analysis_id'),
    anticipatedOn: date('anticipated_on', { mode: 'string' }),
    raisedOn: date('raised_on', { mode: 'string' }),
    hearingOn: date('hearing_on', { mode: 'string' }),
    ruledOn: date('ruled_on', { mode: 'string' }),
    /** What was ruled, after an appeal as that left it; on which answers to the two questions, and in which decision. */
    ruling: text('ruling', { enum: IMMUNITY_RULINGS }),
    authorised: text('authorised', { enum: FINDINGS }),
    necessary: text('necessary', { enum: FINDINGS }),
    decision: text('decision'),
    appealedOn: date('appealed_on', { mode: 'string' }),
    appealDocket: text('appeal_docket'),
    appealDecidedOn: date('appeal_decided_on', { mode: 'string' }),
    appealDecision: text('appeal_decision'),
    finalOn: date('final_on', { mode: 'string' }),
    /** The charges that it concerns: those that were dismissed on this ground. */
    chargeIds: uuid('charge_ids').array().notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    movedBy: uuid('moved_by').notNull(),
    movedAt: instant('moved_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.personId], foreignColumns: [persons.caseId, persons.id], name: 'immunity_proceedings_person' }),
    foreignKey({ columns: [t.caseId, t.analysisId], foreignColumns: [immunityAnalyses.caseId, immunityAnalyses.id], name: 'immunity_proceedings_analysis' }),
    index('immunity_proceedings_of_person').on(t.caseId, t.personId),
    // Beside one in a compartment another can be begun: its place is not taken for who is not let in.
    // One may be raised in a compartment beside one that is expected outside of it: released, they stand beside each other.
    uniqueIndex('immunity_proceedings_one_open').on(t.caseId, t.personId).where(sql`${t.needs} & 49152 = 0 and ${t.state} not in ('FINAL', 'ANTICIPATED')`),
    uniqueIndex('immunity_proceedings_one_expected').on(t.caseId, t.personId).where(sql`${t.needs} & 49152 = 0 and ${t.state} = 'ANTICIPATED'`),
    oneOf('immunity_proceedings_state_check', t.state, IMMUNITY_STATES),
    oneOf('immunity_proceedings_forum_check', t.forum, IMMUNITY_FORUMS),
    oneOf('immunity_proceedings_circuit_check', t.circuit, CIRCUITS),
    oneOf('immunity_proceedings_ruling_check', t.ruling, IMMUNITY_RULINGS),
    oneOf('immunity_proceedings_authorised_check', t.authorised, FINDINGS),
    oneOf('immunity_proceedings_necessary_check', t.necessary, FINDINGS),
    check('immunity_proceedings_raised_check', sql`(${t.state} = 'ANTICIPATED') = (${t.raisedOn} is null) and (${t.raisedOn} is null or num_nulls(${t.forum}, ${t.court}) = 0) and (${t.forum} is distinct from 'FEDERAL' or ${t.circuit} is not null)`),
    check('immunity_proceedings_ruled_check', sql`case when ${t.state} in ('GRANTED', 'DENIED') then ${t.ruling} = ${t.state} when ${t.state} in ('INTERLOCUTORY_APPEAL', 'FINAL') then ${t.ruling} is not null else ${t.ruling} is null end is true`),
    check('immunity_proceedings_questions_check', sql`case ${t.ruling} when 'GRANTED' then ${t.authorised} = 'MET' and ${t.necessary} = 'MET' when 'DENIED' then not (${t.authorised} = 'MET' and ${t.necessary} = 'MET') else num_nulls(${t.authorised}, ${t.necessary}) = 2 end is true`),
    check('immunity_proceedings_final_check', sql`(${t.finalOn} is not null) = (${t.state} = 'FINAL') and (${t.state} <> 'INTERLOCUTORY_APPEAL' or ${t.appealedOn} is not null)`),
    needsCheck('immunity_proceedings', t.needs),
    ...casePolicies({ table: 'immunity_proceedings', also: `${personSeenOf('immunity_proceedings')} and (immunity_proceedings.state = 'ANTICIPATED' or ${chargedSeenOf('immunity_proceedings')})` }),
  ],
);
