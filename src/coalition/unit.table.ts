import { sql } from 'drizzle-orm';
import { index, pgPolicy, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { appRole, comity, definerRole, instant } from '../database/columns.ts';
import { jurisdictions } from './jurisdiction.table.ts';
import { members } from './member.table.ts';

const OFFICE = `(select nullif(current_setting('comity.office', true), '')::uuid)`;

/** Read by all, because a member's context is made of them; written by their own office. */
const ownOffice = (table: string, own: string) => [
  pgPolicy(`${table}_read`, { for: 'select', to: appRole, using: sql`true` }),
  pgPolicy(`${table}_added`, { for: 'insert', to: appRole, withCheck: sql.raw(own) }),
  pgPolicy(`${table}_changed`, { for: 'update', to: appRole, using: sql.raw(own), withCheck: sql.raw(own) }),
  pgPolicy(`${table}_definer`, { for: 'all', to: definerRole, using: sql`true`, withCheck: sql`true` }),
];

/** A part of an office. */
export const units = comity.table(
  'units',
  {
    id: uuid('id').primaryKey(),
    jurisdictionId: uuid('jurisdiction_id').notNull().references(() => jurisdictions.id),
    name: text('name').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [unique('units_name').on(t.jurisdictionId, t.name), ...ownOffice('units', `units.jurisdiction_id = ${OFFICE}`)],
);

/** Who belongs to a unit; the open rows are its members, the others its history. */
export const unitMembers = comity.table(
  'unit_members',
  {
    unitId: uuid('unit_id').notNull().references(() => units.id),
    memberId: uuid('member_id').notNull().references(() => members.id),
    since: instant('since').notNull(),
    addedBy: uuid('added_by').notNull(),
    until: instant('until').notNull().default('infinity'),
    removedBy: uuid('removed_by'),
  },
  (t) => [
    primaryKey({ columns: [t.unitId, t.memberId, t.since] }),
    // What an active member's context asks for.
    index('unit_members_open').on(t.memberId, t.unitId).where(sql`until = 'infinity'`),
    ...ownOffice('unit_members', `exists (select 1 from comity.units u join comity.members m on m.office_id = u.jurisdiction_id
      where u.id = unit_members.unit_id and m.id = unit_members.member_id and u.jurisdiction_id = ${OFFICE})`),
  ],
);
