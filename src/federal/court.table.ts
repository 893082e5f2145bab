import { sql } from 'drizzle-orm';
import { check, date, foreignKey, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { persons } from '../cases/person.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { personSeenOf } from '../decisions/immunity.table.ts';
import { COURT_DATE_KINDS } from './court.rules.ts';

/** Who is known by charges alone is seen by who sees a filing against them. A scalar: an `exists` could be hashed over all that the reader sees. */
export const chargedSeenOf = (table: string): string =>
  `(select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
     where f.case_id = ${table}.case_id and h.person_id = ${table}.person_id limit 1) = 1`;

/** A day in court of a person against whom a charge is filed. It only grows: the newest of a kind holds, and names the one before. */
export const courtDates = comity.table(
  'court_dates',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    personId: uuid('person_id').notNull(),
    kind: text('kind', { enum: COURT_DATE_KINDS }).notNull(),
    /** Null: the trial that was set is off. */
    day: date('day', { mode: 'string' }),
    court: text('court'),
    supersedes: uuid('supersedes'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.personId], foreignColumns: [persons.caseId, persons.id], name: 'court_dates_person' }),
    index('court_dates_of_person').on(t.caseId, t.personId, t.kind, t.recordedAt),
    // Beside what stands in a compartment another can be first: its place is not taken for who is not let in.
    uniqueIndex('court_dates_one_first').on(t.caseId, t.personId, t.kind).where(sql`${t.needs} & 49152 = 0 and ${t.supersedes} is null`),
    uniqueIndex('court_dates_one_next').on(t.caseId, t.supersedes).where(sql`${t.supersedes} is not null`),
    oneOf('court_dates_kind_check', t.kind, COURT_DATE_KINDS),
    check('court_dates_day_check', sql`${t.day} is not null or (${t.kind} = 'TRIAL' and ${t.supersedes} is not null)`),
    needsCheck('court_dates', t.needs),
    ...casePolicies({ table: 'court_dates', also: `${personSeenOf('court_dates')} and ${chargedSeenOf('court_dates')}` }),
  ],
);
