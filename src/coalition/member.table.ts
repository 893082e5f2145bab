import { sql } from 'drizzle-orm';
import { boolean, check, index, text, uuid } from 'drizzle-orm/pg-core';
import { AGENCY_ROLES, COALITION_ROLES, OFFICE_ROLES, type Role } from '../access/seats.ts';
import { oneOf, words } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { agencies } from './agency.table.ts';
import { jurisdictions } from './jurisdiction.table.ts';

/** Whether a human being or a program signs in. */
export const MEMBER_KINDS = ['PERSON', 'MACHINE'] as const;
export type MemberKind = (typeof MEMBER_KINDS)[number];

const OFFICE_ONLY = OFFICE_ROLES.filter((role) => role !== 'SUPERVISOR');
const AGENCY_ONLY = AGENCY_ROLES.filter((role) => role !== 'SUPERVISOR');

/**
 * An account with one seat: a role in a jurisdiction, in an agency, or in the coalition. The seat comes from here and
 * never from the token. A member is deactivated, never deleted: the trail names members.
 */
export const members = comity.table(
  'members',
  {
    id: uuid('id').primaryKey(),
    /** `sub` of the member's access tokens. */
    subject: text('subject').notNull().unique(),
    name: text('name').notNull(),
    kind: text('kind').$type<MemberKind>().notNull(),
    role: text('role').$type<Role>().notNull(),
    officeId: uuid('office_id').references(() => jurisdictions.id),
    agencyId: uuid('agency_id').references(() => agencies.id),
    active: boolean('active').notNull().default(true),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    oneOf('members_kind', table.kind, MEMBER_KINDS),
    check(
      'members_seat',
      sql`case when ${table.role} in ${words(OFFICE_ONLY)} then ${table.officeId} is not null and ${table.agencyId} is null
        when ${table.role} in ${words(AGENCY_ONLY)} then ${table.agencyId} is not null and ${table.officeId} is null
        when ${table.role} = 'SUPERVISOR' then num_nonnulls(${table.officeId}, ${table.agencyId}) = 1
        when ${table.role} in ${words(COALITION_ROLES)} then num_nonnulls(${table.officeId}, ${table.agencyId}) = 0
        else false end`,
    ),
    index('members_office').on(table.officeId),
    index('members_agency').on(table.agencyId),
  ],
);

export type MemberRow = typeof members.$inferSelect;
