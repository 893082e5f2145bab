import { sql } from 'drizzle-orm';
import { check, date, foreignKey, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { persons } from '../cases/person.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { personSeenOf } from '../decisions/immunity.table.ts';
import { chargedSeenOf } from './court.table.ts';
import { RENDITION_STATES } from './rendition.rules.ts';

/** That another state is asked to deliver an accused. */
export const renditions = comity.table(
  'renditions',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    personId: uuid('person_id').notNull(),
    /** Where the accused is: two letters. */
    asylumState: text('asylum_state').notNull(),
    state: text('state', { enum: RENDITION_STATES }).notNull(),
    requestedOn: date('requested_on', { mode: 'string' }).notNull(),
    warrantOn: date('warrant_on', { mode: 'string' }),
    arrestedOn: date('arrested_on', { mode: 'string' }),
    waivedOn: date('waived_on', { mode: 'string' }),
    heardOn: date('heard_on', { mode: 'string' }),
    deliveredOn: date('delivered_on', { mode: 'string' }),
    /** Refused or withdrawn. */
    endedOn: date('ended_on', { mode: 'string' }),
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
    uniqueIndex('renditions_one_open').on(t.caseId, t.personId).where(sql`${t.state} not in ('DELIVERED', 'REFUSED', 'WITHDRAWN')`),
    oneOf('renditions_state_check', t.state, RENDITION_STATES),
    check('renditions_asylum_check', sql`${t.asylumState} ~ '^[A-Z]{2}$'`),
    check('renditions_ended_check', sql`(num_nulls(${t.endedOn}, ${t.reason}) = 0) = (${t.state} in ('REFUSED', 'WITHDRAWN')) and (${t.deliveredOn} is not null) = (${t.state} = 'DELIVERED')`),
    needsCheck('renditions', t.needs),
    ...casePolicies({ table: 'renditions', also: `${personSeenOf('renditions')} and ${chargedSeenOf('renditions')}` }),
  ],
);
