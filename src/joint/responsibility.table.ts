import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { SHAREABLE_FACETS } from '../access/facets.ts';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';

export const JOINT_ROLES = ['CO', 'SUPPORT', 'OBSERVER'] as const;
export const INVITATION_STATES = ['INVITED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'LEFT'] as const;

export type JointRole = (typeof JOINT_ROLES)[number];
export type InvitationState = (typeof INVITATION_STATES)[number];

/** The office of the transaction's context. */
const OFFICE = `(select nullif(current_setting('comity.office', true), '')::uuid)`;

/** An office's part in a case that another leads: offered by the lead, taken up by consent. Known to it and to the lead alone. */
export const responsibilities = comity.table(
  'responsibilities',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    /** The office that is invited. */
    jurisdictionId: uuid('jurisdiction_id').notNull().references(() => jurisdictions.id),
    /** The office that invited: the lead of that time. */
    invitedFor: uuid('invited_for').notNull().references(() => jurisdictions.id),
    role: text('role', { enum: JOINT_ROLES }).notNull(),
    facets: integer('facets').notNull(),
    until: instant('until').notNull().default('infinity'),
    state: text('state', { enum: INVITATION_STATES }).notNull(),
    reason: text('reason').notNull(),
    invitedBy: uuid('invited_by').notNull(),
    invitedAt: instant('invited_at').notNull(),
    answeredBy: uuid('answered_by'),
    answeredAt: instant('answered_at'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    uniqueIndex('responsibilities_open_once').on(t.caseId, t.jurisdictionId).where(sql`state in ('INVITED', 'ACCEPTED')`),
    index('responsibilities_waiting').on(t.invitedAt, t.caseId, t.id).where(sql`state = 'INVITED'`),
    index('responsibilities_of_office').on(t.jurisdictionId, t.state),
    index('responsibilities_by_office').on(t.invitedFor, t.state),
    // Neither an audience of notes nor what is PROTECTED nor a compartment is ever opened to another office.
    check('responsibilities_facets', sql`${t.facets} & 1 = 1 and ${t.facets} & ~${sql.raw(String(SHAREABLE_FACETS))} = 0`),
    oneOf('responsibilities_role_check', t.role, JOINT_ROLES),
    oneOf('responsibilities_state_check', t.state, INVITATION_STATES),
    needsCheck('responsibilities', t.needs),
    ...casePolicies({
      table: 'responsibilities',
      also: `responsibilities.jurisdiction_id = ${OFFICE} or exists (select 1 from comity.cases c where c.id = responsibilities.case_id and c.lead_id = ${OFFICE})`,
    }),
  ],
);
