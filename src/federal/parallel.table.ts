import { sql } from 'drizzle-orm';
import { check, date, foreignKey, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { persons } from '../cases/person.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { personSeenOf } from '../decisions/immunity.table.ts';
import { PARALLEL_AGAINST_CODES, PARALLEL_FORUMS, PARALLEL_STATES, type ParallelAgainst } from './parallel.rules.ts';

/** A proceeding of somebody else beside the case, for instance a federal inquiry into the same facts. */
export const parallelProceedings = comity.table(
  'parallel_proceedings',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    forum: text('forum', { enum: PARALLEL_FORUMS }).notNull(),
    court: text('court').notNull(),
    docketNumber: text('docket_number').notNull(),
    against: text('against').$type<ParallelAgainst>().notNull(),
    personId: uuid('person_id'),
    state: text('state', { enum: PARALLEL_STATES }).notNull(),
    openedOn: date('opened_on', { mode: 'string' }).notNull(),
    /** The stay that holds, or that held last. */
    stayedOn: date('stayed_on', { mode: 'string' }),
    resumedOn: date('resumed_on', { mode: 'string' }),
    endedOn: date('ended_on', { mode: 'string' }),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    movedBy: uuid('moved_by').notNull(),
    movedAt: instant('moved_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.personId], foreignColumns: [persons.caseId, persons.id], name: 'parallel_proceedings_person' }),
    // By person: whoever sees the person sees what is pending about them, and is told so before this refuses.
    uniqueIndex('parallel_proceedings_one').on(t.caseId, t.forum, t.docketNumber, sql`coalesce(${t.personId}, '00000000-0000-0000-0000-000000000000'::uuid)`),
    oneOf('parallel_proceedings_forum_check', t.forum, PARALLEL_FORUMS),
    oneOf('parallel_proceedings_against_check', t.against, PARALLEL_AGAINST_CODES),
    oneOf('parallel_proceedings_state_check', t.state, PARALLEL_STATES),
    check('parallel_proceedings_days_check', sql`(${t.endedOn} is not null) = (${t.state} in ('CONCLUDED', 'DISMISSED')) and (${t.stayedOn} is not null or ${t.state} <> 'STAYED')`),
    needsCheck('parallel_proceedings', t.needs),
    ...casePolicies({ table: 'parallel_proceedings', also: `parallel_proceedings.person_id is null or ${personSeenOf('parallel_proceedings')}` }),
  ],
);
