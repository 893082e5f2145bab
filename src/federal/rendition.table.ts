import { sql } from 'drizzle-orm';
import { check, date, foreignKey, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { persons } from '../cases/person.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { personSeenOf } from '../decisions/immunity.table.ts';
import { chargedSeenOf } from './court.table.ts';
import { RENDITION_STATES } from './rendition.rules.ts';

/** That an accused is wanted who is in another state, and how they come back. Days stand as they were recorded last; each act is kept among the steps. */
export const renditions = comity.table(
  'renditions',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    personId: uuid('person_id').notNull(),
    state: text('state', { enum: RENDITION_STATES }).notNull(),
    /** Since when the warrant of the state that prosecutes is active; null: it was not recorded. */
    warrantActiveOn: date('warrant_active_on', { mode: 'string' }),
    /** How far the accused is fetched from, as the warrant says (NIEM j:WarrantExtraditionLimitationText). */
    extraditionLimitation: text('extradition_limitation'),
    /** Where the accused is: two letters; null while that is not known. */
    asylumState: text('asylum_state'),
    arrestOn: date('arrest_on', { mode: 'string' }),
    /** The last day to which a court extended the hold, on which day, and by which order. */
    extensionUntil: date('extension_until', { mode: 'string' }),
    extendedOn: date('extended_on', { mode: 'string' }),
    extensionOrder: text('extension_order'),
    waivedOn: date('waived_on', { mode: 'string' }),
    governorRequestOn: date('governor_request_on', { mode: 'string' }),
    /** Who fetches the accused for the state that prosecutes. */
    agentOfState: text('agent_of_state'),
    /** Served; or, of an accused who is at large, issued. */
    governorWarrantOn: date('governor_warrant_on', { mode: 'string' }),
    refusedOn: date('refused_on', { mode: 'string' }),
    habeasOn: date('habeas_on', { mode: 'string' }),
    habeasDecidedOn: date('habeas_decided_on', { mode: 'string' }),
    returnedOn: date('returned_on', { mode: 'string' }),
    releasedOn: date('released_on', { mode: 'string' }),
    withdrawnOn: date('withdrawn_on', { mode: 'string' }),
    /** Why it was refused, released or withdrawn last. */
    reason: text('reason'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    movedBy: uuid('moved_by').notNull(),
    movedAt: instant('moved_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.personId], foreignColumns: [persons.caseId, persons.id], name: 'renditions_person' }),
    index('renditions_of_person').on(t.caseId, t.personId),
    // Beside one in a compartment another can be begun: its place is not taken for who is not let in.
    uniqueIndex('renditions_one_open').on(t.caseId, t.personId).where(sql`${t.needs} & 49152 = 0 and ${t.state} not in ('RETURNED', 'RELEASED', 'REFUSED', 'WITHDRAWN')`),
    oneOf('renditions_state_check', t.state, RENDITION_STATES),
    check('renditions_asylum_check', sql`${t.asylumState} ~ '^[A-Z]{2}$'`),
    check('renditions_arrest_check', sql`${t.arrestOn} is null or ${t.asylumState} is not null`),
    check('renditions_hold_check', sql`num_nulls(${t.extensionUntil}, ${t.extendedOn}, ${t.extensionOrder}) in (0, 3) and (${t.extensionUntil} is null or ${t.arrestOn} is not null)`),
    check('renditions_days_check', sql`case ${t.state} when 'ARRESTED_ELSEWHERE' then ${t.arrestOn} is not null when 'WAIVED' then ${t.waivedOn} is not null when 'GOVERNOR_REQUEST_SENT' then ${t.governorRequestOn} is not null
      when 'GOVERNOR_WARRANT' then ${t.governorWarrantOn} is not null when 'REFUSED' then num_nulls(${t.refusedOn}, ${t.reason}) = 0 when 'HABEAS' then ${t.habeasOn} is not null else true end`),
    check('renditions_ended_check', sql`(${t.returnedOn} is not null) = (${t.state} = 'RETURNED') and (${t.releasedOn} is not null) = (${t.state} = 'RELEASED') and (${t.withdrawnOn} is not null) = (${t.state} = 'WITHDRAWN')
      and (${t.state} not in ('RELEASED', 'WITHDRAWN') or ${t.reason} is not null)`),
    needsCheck('renditions', t.needs),
    ...casePolicies({ table: 'renditions', also: `${personSeenOf('renditions')} and ${chargedSeenOf('renditions')}` }),
  ],
);
