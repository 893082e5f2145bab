import { sql } from 'drizzle-orm';
import { check, date, index, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { CLOCK_FACT_KINDS } from './fact.rules.ts';

/** What a fact is about must be open to its reader too. */
const SUBJECT_SEEN = `case when clock_facts.kind in ('EXCLUSION', 'PUBLIC_OFFICE')
      then (select 1 from comity.persons p where p.case_id = clock_facts.case_id and p.id = clock_facts.about_id)
    when clock_facts.kind in ('DISCOVERY', 'ASSERTION')
      then (select 1 from comity.charges h where h.case_id = clock_facts.case_id and h.id = clock_facts.about_id)
    else (select 1 from comity.recordings r where r.case_id = clock_facts.case_id and r.id = clock_facts.about_id) end = 1`;

/** A fact that a clock depends on and that nothing else records. It is withdrawn, never changed; only its end and its attestation come later. */
export const clockFacts = comity.table(
  'clock_facts',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    kind: text('kind', { enum: CLOCK_FACT_KINDS }).notNull(),
    /** A person, a charge or a recording of the case, as the kind has it. */
    aboutId: uuid('about_id').notNull(),
    /** The day, or the first; none of an assertion. */
    fromOn: date('from_on', { mode: 'string' }),
    /** The last day of an exclusion; null while it lasts. */
    toOn: date('to_on', { mode: 'string' }),
    /** Grounds of law: one of an exclusion, those of an assertion. */
    grounds: text('grounds').array().notNull(),
    /** How one knows; of an assertion why its grounds hold. */
    source: text('source').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    attestedBy: uuid('attested_by'),
    attestedAt: instant('attested_at'),
    withdrawnBy: uuid('withdrawn_by'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBecause: text('withdrawn_because'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    index('clock_facts_about').on(t.caseId, t.aboutId),
    oneOf('clock_facts_kind_check', t.kind, CLOCK_FACT_KINDS),
    check('clock_facts_day', sql`(${t.kind} = 'ASSERTION') = (${t.fromOn} is null)`),
    check('clock_facts_end', sql`${t.toOn} is null or ${t.kind} = 'EXCLUSION' and ${t.toOn} >= ${t.fromOn}`),
    check('clock_facts_grounds', sql`(cardinality(${t.grounds}) > 0) = (${t.kind} in ('EXCLUSION', 'ASSERTION'))`),
    check('clock_facts_attested', sql`num_nulls(${t.attestedBy}, ${t.attestedAt}) in (0, 2) and (${t.attestedBy} is null or ${t.kind} = 'DISCOVERY')`),
    check('clock_facts_withdrawn', sql`num_nulls(${t.withdrawnBy}, ${t.withdrawnAt}, ${t.withdrawnBecause}) in (0, 3)`),
    needsCheck('clock_facts', t.needs),
    ...casePolicies({ table: 'clock_facts', also: SUBJECT_SEEN }),
  ],
);
