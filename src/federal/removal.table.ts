import { sql } from 'drizzle-orm';
import { boolean, check, date, foreignKey, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { persons } from '../cases/person.table.ts';
import { eachOneOf, oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { personSeenOf } from '../decisions/immunity.table.ts';
import { chargedSeenOf } from './court.table.ts';
import { APPEALABLE, REMOVAL_GROUND_CODES, REMOVAL_SCOPES, REMOVAL_STATES, RULINGS, type RemovalGround } from './removal.rules.ts';

/** A removal of one person to the federal court, with its days. Where none is on record, none is sought. */
export const removals = comity.table(
  'removals',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    personId: uuid('person_id').notNull(),
    scope: text('scope', { enum: REMOVAL_SCOPES }).notNull(),
    state: text('state', { enum: REMOVAL_STATES }).notNull(),
    grounds: text('grounds').array().$type<RemovalGround[]>().notNull(),
    /** Of a second notice: the day that its grounds arose. */
    groundsAroseOn: date('grounds_arose_on', { mode: 'string' }),
    federalCourt: text('federal_court'),
    docketNumber: text('docket_number'),
    windowClosedOn: date('window_closed_on', { mode: 'string' }),
    leaveSoughtOn: date('leave_sought_on', { mode: 'string' }),
    leaveDecidedOn: date('leave_decided_on', { mode: 'string' }),
    noticeFiledOn: date('notice_filed_on', { mode: 'string' }),
    hearingOn: date('hearing_on', { mode: 'string' }),
    ruledOn: date('ruled_on', { mode: 'string' }),
    /** What was ruled, after an appeal as that left it. */
    ruling: text('ruling', { enum: RULINGS }),
    order: text('order'),
    /** What is appealed, while that is pending. */
    appealed: text('appealed', { enum: APPEALABLE as [(typeof APPEALABLE)[number], ...typeof APPEALABLE] }),
    appealedOn: date('appealed_on', { mode: 'string' }),
    appealDocket: text('appeal_docket'),
    closedOn: date('closed_on', { mode: 'string' }),
    /** From notice to remand the state court enters no judgment of conviction (28 U.S.C. 1455(b)(3)); a subpoena alone bars none. */
    judgmentBarred: boolean('judgment_barred').notNull().generatedAlwaysAs(
      sql`scope = 'WHOLE_CASE' and state not in ('WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT', 'ENTERED_IN_ERROR') and ruling is distinct from 'REMANDED'`,
    ),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    movedBy: uuid('moved_by').notNull(),
    movedAt: instant('moved_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.personId], foreignColumns: [persons.caseId, persons.id], name: 'removals_person' }),
    index('removals_of_person').on(t.caseId, t.personId, t.recordedAt),
    // Beside one in a compartment another can be begun: its place is not taken for who is not let in.
    uniqueIndex('removals_one_open').on(t.caseId, t.personId, t.scope).where(sql`${t.needs} & 49152 = 0 and ${t.ruling} is distinct from 'REMANDED' and ${t.state} <> 'ENTERED_IN_ERROR'`),
    oneOf('removals_scope_check', t.scope, REMOVAL_SCOPES),
    oneOf('removals_state_check', t.state, REMOVAL_STATES),
    eachOneOf('removals_grounds_check', t.grounds, REMOVAL_GROUND_CODES),
    oneOf('removals_ruling_check', t.ruling, RULINGS),
    oneOf('removals_appealed_check', t.appealed, APPEALABLE),
    check('removals_appeal_check', sql`(${t.appealed} is not null) = (${t.state} = 'APPEAL_PENDING')`),
    check('removals_ruled_check', sql`case when ${t.state} in ('SUMMARY_REMAND', 'REMANDED') then ${t.ruling} = 'REMANDED' when ${t.state} = 'REMOVED' then ${t.ruling} = 'REMOVED'
      when ${t.state} in ('APPEAL_PENDING', 'CLOSED') then ${t.ruling} is not null else ${t.ruling} is null end is true`),
    check('removals_notice_check', sql`(${t.noticeFiledOn} is null) = (${t.state} in ('WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT', 'ENTERED_IN_ERROR'))`),
    check('removals_filed_check', sql`${t.noticeFiledOn} is null and ${t.leaveSoughtOn} is null or num_nulls(${t.federalCourt}, ${t.docketNumber}) = 0 and cardinality(${t.grounds}) > 0`),
    needsCheck('removals', t.needs),
    ...casePolicies({ table: 'removals', also: `${personSeenOf('removals')} and (removals.scope = 'SUBPOENA_ONLY' or ${chargedSeenOf('removals')})` }),
  ],
);
