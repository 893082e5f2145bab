import { sql } from 'drizzle-orm';
import { check, date, foreignKey, index, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { persons } from '../cases/person.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { personSeenOf } from './immunity.table.ts';

/** What a victim says of notices: OPT_OUT, that they want none; OPT_IN, that they want them again. */
export const NOTICE_CHOICES = ['OPT_OUT', 'OPT_IN'] as const;
export type NoticeChoice = (typeof NOTICE_CHOICES)[number];

/** What a victim is told of, in the words of the rules on notice; and what the victim says of that. */
export const NOTICE_KINDS = ['CHARGED', 'DECLINED', 'RIGHTS_FORM', 'DISPOSITION', 'RELEASE', 'PLEA', 'COURT_DATES', ...NOTICE_CHOICES] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** How a victim was told. NOT_REACHED: nobody could be, on the ground that stands beside it. */
export const NOTICE_METHODS = ['MAIL', 'EMAIL', 'TELEPHONE', 'IN_PERSON', 'PORTAL', 'NOT_REACHED'] as const;
export type NoticeMethod = (typeof NOTICE_METHODS)[number];

/** What a notice is about must be open to its reader, beside the person: where it went, for instance into a compartment, the notice went. */
const DECISION_SEEN = `(victim_notices.decision_id is null
    or (select 1 from comity.decisions d where d.case_id = victim_notices.case_id and d.id = victim_notices.decision_id) = 1)`;

/** That a victim was told of something, or could not be reached; or wants no notices, or wants them again: each of these two follows the other. It only grows: what was recorded wrongly is withdrawn, and stays in view. */
export const victimNotices = comity.table(
  'victim_notices',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    personId: uuid('person_id').notNull(),
    /** The decision that it is about; null: all that waited for an approval when it was recorded. */
    decisionId: uuid('decision_id'),
    kind: text('kind', { enum: NOTICE_KINDS }).notNull(),
    method: text('method', { enum: NOTICE_METHODS }).notNull(),
    sentOn: date('sent_on', { mode: 'string' }).notNull(),
    language: text('language'),
    /** Why the victim could not be reached. */
    ground: text('ground'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    withdrawnBy: uuid('withdrawn_by'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBecause: text('withdrawn_because'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.personId], foreignColumns: [persons.caseId, persons.id], name: 'victim_notices_person' }),
    index('victim_notices_of_person').on(t.caseId, t.personId, t.recordedAt),
    oneOf('victim_notices_kind_check', t.kind, NOTICE_KINDS),
    oneOf('victim_notices_method_check', t.method, NOTICE_METHODS),
    check('victim_notices_ground_check', sql`(${t.method} = 'NOT_REACHED') = (${t.ground} is not null)`),
    check('victim_notices_choice_check', sql`${t.kind} not in ('OPT_OUT', 'OPT_IN') or (${t.decisionId} is null and ${t.method} <> 'NOT_REACHED')`),
    check('victim_notices_withdrawn', sql`num_nulls(${t.withdrawnBy}, ${t.withdrawnAt}, ${t.withdrawnBecause}) in (0, 3)`),
    needsCheck('victim_notices', t.needs),
    ...casePolicies({ table: 'victim_notices', also: `${personSeenOf('victim_notices')} and ${DECISION_SEEN}` }),
  ],
);
