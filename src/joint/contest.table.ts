import { sql } from 'drizzle-orm';
import { check, date, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { eachOneOf, oneOf, words } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { VENUE_GROUNDS, type VenueGround } from '../law/venue.ts';
import { CONTEST_SIDES, CONTEST_STATES, OPEN_CONTEST_STATES, SETTLED_CONTEST_STATES } from './contest.rules.ts';

const OFFICE = `(select nullif(current_setting('comity.office', true), '')::uuid)`;

/** A candidate's claim that a case belongs to it and not to its lead. Known to the two of them alone. */
export const venueContests = comity.table(
  'venue_contests',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    contestantId: uuid('contestant_id').notNull().references(() => jurisdictions.id),
    /** Who led when it was contested. */
    leadId: uuid('lead_id').notNull().references(() => jurisdictions.id),
    grounds: text('grounds').array().$type<VenueGround[]>().notNull(),
    reason: text('reason').notNull(),
    state: text('state', { enum: CONTEST_STATES }).notNull(),
    contestedBy: uuid('contested_by').notNull(),
    contestedAt: instant('contested_at').notNull(),
    /** The last answer of either side. */
    answeredBecause: text('answered_because'),
    answeredBy: uuid('answered_by'),
    answeredAt: instant('answered_at'),
    court: text('court'),
    docketNumber: text('docket_number'),
    orderedOn: date('ordered_on', { mode: 'string' }),
    decidedFor: text('decided_for', { enum: CONTEST_SIDES }),
    /** Where the order is found. */
    document: text('document'),
    documentSha256: text('document_sha256'),
    recordedBy: uuid('recorded_by'),
    recordedAt: instant('recorded_at'),
    /** The offer of the lead in which it ended, and what is settled once that is taken. */
    transferId: uuid('transfer_id'),
    settles: text('settles', { enum: SETTLED_CONTEST_STATES }),
    endedAt: instant('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    uniqueIndex('venue_contests_open_once').on(t.caseId, t.contestantId).where(sql`state in ${words(OPEN_CONTEST_STATES)}`),
    index('venue_contests_waiting').on(t.contestedAt, t.caseId, t.id).where(sql`state in ${words(OPEN_CONTEST_STATES)}`),
    index('venue_contests_of_contestant').on(t.contestantId, t.caseId).where(sql`state in ${words(OPEN_CONTEST_STATES)}`),
    check('venue_contests_two_offices', sql`${t.contestantId} <> ${t.leadId}`),
    check('venue_contests_answered', sql`num_nulls(${t.answeredBecause}, ${t.answeredBy}, ${t.answeredAt}) in (0, 3)`),
    check('venue_contests_decided', sql`num_nulls(${t.court}, ${t.docketNumber}, ${t.orderedOn}, ${t.decidedFor}, ${t.document}, ${t.documentSha256}, ${t.recordedBy}, ${t.recordedAt}) in (0, 8)`),
    check('venue_contests_court', sql`${t.decidedFor} is not null or ${t.state} not in ('DECISION_RECORDED', 'DECIDED_BY_COURT')`),
    check('venue_contests_sha256', sql`${t.documentSha256} ~ '^[0-9a-f]{64}$'`),
    check('venue_contests_offered', sql`${t.state} <> 'OFFERED' or num_nulls(${t.transferId}, ${t.settles}) = 0`),
    check('venue_contests_ended', sql`(${t.endedAt} is null) = (${t.state} in ${words(OPEN_CONTEST_STATES)})`),
    check('venue_contests_some_ground', sql`cardinality(${t.grounds}) > 0`),
    eachOneOf('venue_contests_grounds_check', t.grounds, VENUE_GROUNDS),
    oneOf('venue_contests_state_check', t.state, CONTEST_STATES),
    oneOf('venue_contests_decided_for_check', t.decidedFor, CONTEST_SIDES),
    oneOf('venue_contests_settles_check', t.settles, SETTLED_CONTEST_STATES),
    needsCheck('venue_contests', t.needs),
    ...casePolicies({ table: 'venue_contests', also: `venue_contests.contestant_id = ${OFFICE} or venue_contests.lead_id = ${OFFICE}` }),
  ],
);
