import { sql } from 'drizzle-orm';
import { check, foreignKey, index, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { CONFIDENCES } from '../kernel/confidence.ts';
import { persons } from './person.table.ts';

export const IDENTIFICATION_STATES = ['STANDING', 'WITHDRAWN'] as const;
export type IdentificationState = (typeof IDENTIFICATION_STATES)[number];

/** What was known of a person before somebody found out who it is. */
export interface PersonBefore {
  descriptors: string | null;
  badge: string | null;
  plate: string | null;
  markings: string | null;
}

/** Who an unidentified person was found to be, by whom and from what; the person itself takes over the name. Withdrawn, it stays in view. */
export const personIdentifications = comity.table(
  'person_identifications',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    personId: uuid('person_id').notNull(),
    name: text('name').notNull(),
    badge: text('badge'),
    /** The agency that employs the person, in the finder's words: it need not be on file. */
    agency: text('agency'),
    source: text('source').notNull(),
    confidence: text('confidence', { enum: CONFIDENCES }).notNull(),
    before: jsonb('before').$type<PersonBefore>().notNull(),
    state: text('state', { enum: IDENTIFICATION_STATES }).notNull(),
    identifiedBy: uuid('identified_by').notNull(),
    identifiedAt: instant('identified_at').notNull(),
    withdrawnBy: uuid('withdrawn_by'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBecause: text('withdrawn_because'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.personId], foreignColumns: [persons.caseId, persons.id], name: 'person_identifications_person' }),
    index('person_identifications_of_person').on(t.caseId, t.personId, t.identifiedAt),
    uniqueIndex('person_identifications_one_stands').on(t.caseId, t.personId).where(sql`${t.state} = 'STANDING'`),
    oneOf('person_identifications_confidence_check', t.confidence, CONFIDENCES),
    oneOf('person_identifications_state_check', t.state, IDENTIFICATION_STATES),
    check('person_identifications_withdrawn', sql`num_nulls(${t.withdrawnBy}, ${t.withdrawnAt}, ${t.withdrawnBecause}) = case ${t.state} when 'STANDING' then 3 else 0 end`),
    needsCheck('person_identifications', t.needs),
    // What is known of a person goes where the person goes. A scalar: an `exists` could be hashed over all that the reader sees.
    ...casePolicies({ table: 'person_identifications', also: '(select 1 from comity.persons p where p.case_id = person_identifications.case_id and p.id = person_identifications.person_id) = 1' }),
  ],
);

export type PersonIdentificationRow = typeof personIdentifications.$inferSelect;
