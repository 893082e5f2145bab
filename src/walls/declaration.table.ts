import { sql } from 'drizzle-orm';
import { index, pgPolicy, text, uuid } from 'drizzle-orm/pg-core';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { oneOf } from '../database/checks.ts';
import { appRole, comity, definerRole, instant } from '../database/columns.ts';

export const RELATIONS = ['FAMILY', 'FORMER_CLIENT', 'FORMER_EMPLOYER', 'FRIEND', 'ADVERSARY', 'FINANCIAL', 'WITNESS', 'OTHER'] as const;

export type Relation = (typeof RELATIONS)[number];

const OWN = sql.raw(`conflict_declarations.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)
  and (conflict_declarations.member_id = (select comity.member()) or exists (select 1 from comity.members m where m.id = (select comity.member()) and m.role in ('CONFLICTS', 'SUPERVISOR', 'ELECTED')))`);

/** That a member stands in a relation to somebody: checked against the persons of a case when the member would be put on its team. */
export const conflictDeclarations = comity.table(
  'conflict_declarations',
  {
    id: uuid('id').primaryKey(),
    officeId: uuid('office_id').notNull().references(() => jurisdictions.id),
    memberId: uuid('member_id').notNull().references(() => members.id),
    /** The name as declared. */
    party: text('party').notNull(),
    relation: text('relation', { enum: RELATIONS }).notNull(),
    note: text('note'),
    declaredBy: uuid('declared_by').notNull(),
    declaredAt: instant('declared_at').notNull(),
    withdrawnBy: uuid('withdrawn_by'),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    index('conflict_declarations_of_member').on(t.memberId).where(sql`withdrawn_at is null`),
    index('conflict_declarations_of_office').on(t.officeId, t.declaredAt, t.id),
    oneOf('conflict_declarations_relation_check', t.relation, RELATIONS),
    pgPolicy('conflict_declarations_own', { for: 'all', to: appRole, using: OWN, withCheck: OWN }),
    pgPolicy('conflict_declarations_definer', { for: 'all', to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);
