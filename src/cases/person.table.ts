import { boolean, foreignKey, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { oneOf } from '../database/checks.ts';
import { comity } from '../database/columns.ts';
import { cases } from './case.table.ts';

export const PERSON_PARTS = ['SUBJECT', 'VICTIM', 'WITNESS', 'OFFICIAL'] as const;

export type PersonPart = (typeof PERSON_PARTS)[number];

/** A person in a case: named, or unidentified and known by descriptors, badge or plate. */
export const persons = comity.table(
  'persons',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    part: text('part', { enum: PERSON_PARTS }).notNull(),
    /** Order in the referral, from 0. */
    position: integer('position').notNull(),
    name: text('name'),
    descriptors: text('descriptors'),
    badge: text('badge'),
    plate: text('plate'),
    /** Markings of the employing agency that were seen on clothing or vehicles. */
    markings: text('markings'),
    minorAtIncident: boolean('minor_at_incident').notNull(),
    injured: boolean('injured').notNull(),
    injury: text('injury'),
    /** The supplement that it came with; null: the referral itself. */
    supplementId: uuid('supplement_id'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    oneOf('persons_part_check', t.part, PERSON_PARTS),
    needsCheck('persons', t.needs),
    ...casePolicies({ table: 'persons' }),
  ],
);

/** How a person can be reached; apart from the person, for it is opened to advocates and the team alone. */
export const personContacts = comity.table(
  'person_contacts',
  {
    caseId: uuid('case_id').notNull(),
    personId: uuid('person_id').notNull(),
    needs: needs(),
    phone: text('phone'),
    email: text('email'),
    address: text('address'),
    /** The person refused disclosure of these data. */
    disclosureRefused: boolean('disclosure_refused').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.personId] }),
    foreignKey({ columns: [t.caseId, t.personId], foreignColumns: [persons.caseId, persons.id], name: 'person_contacts_person' }),
    needsCheck('person_contacts', t.needs),
    ...casePolicies({ table: 'person_contacts' }),
  ],
);
