import { sql } from 'drizzle-orm';
import { check, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { bits } from './facets.ts';

const CAUSES = ['SEAT', 'VENUE', 'OFFER', 'JOINT', 'TEAM', 'RULE', 'RESIDUAL', 'BREAK_GLASS'] as const;

/**
 * What opens: facets of a case for a viewer (a member, an office, the coalition, the administrators), computed
 * by `comity.resight` and written by nothing else. It has no row policy, because the policies of every other
 * table read it under the caller's own policies.
 */
export const sight = comity.table(
  'sight',
  {
    caseId: uuid('case_id').notNull(),
    viewer: uuid('viewer').notNull(),
    cause: text('cause', { enum: CAUSES }).notNull(),
    ref: uuid('ref').notNull(),
    facets: integer('facets').notNull(),
    since: instant('since').notNull().default(sql`statement_timestamp()`),
    until: instant('until').notNull().default('infinity'),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [
    oneOf('sight_cause_check', t.cause, CAUSES),
    // Whatever a rule says: what is PROTECTED is opened by a seat and a team alone, a compartment by a team alone.
    check('sight_protected', sql`${t.cause} in ('SEAT', 'TEAM') or ${t.facets} & ${sql.raw(String(bits('PROTECTED')))} = 0`),
    check('sight_compartments', sql`${t.cause} = 'TEAM' or ${t.facets} & ${sql.raw(String(bits('GRAND_JURY', 'COMPELLED')))} = 0`),
    // The covering unique index (case_id, viewer, cause, ref) include (facets, until) is made in SQL: drizzle has no INCLUDE.
    // So is sight_elsewhere (viewer, cause, case_id) include (facets, until) where cause <> all ('{SEAT,VENUE}'): what opens a case beside the seat
    // of its lead and its venue, found without the many of one's own; and sight_unclaimed (viewer, case_id) include (cause, facets, until) where cause = 'VENUE'
    // and facets & 2 <> 0: the cases that nobody leads yet, by their venue candidates.
    // What opens proceedings to others than those whose office leads: few rows, found without the many of one's own.
    index('sight_proceedings_elsewhere').on(t.viewer, t.caseId).where(sql`${t.cause} <> 'SEAT' and ${t.facets} & ${sql.raw(String(bits('PROCEEDINGS')))} <> 0`),
    // Read backwards for what is newest: the ORM's desc() means NULLS LAST, an order that no plain `desc` can use.
    index('sight_viewer_received').on(t.viewer, t.receivedAt, t.caseId),
  ],
);

/**
 * What closes: facets of a case for a subject (null: everybody) but for those in `unless`. Read live by every
 * policy, so that a wall holds from its commit on. Every column but `subject` is NOT NULL: a null would void a
 * wall silently.
 */
export const closings = comity.table(
  'closings',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    caseId: uuid('case_id').notNull(),
    subject: uuid('subject'),
    facets: integer('facets').notNull(),
    unless: uuid('unless').array().notNull().default(sql`'{}'::uuid[]`),
    since: instant('since').notNull().default(sql`statement_timestamp()`),
    until: instant('until').notNull().default('infinity'),
    cause: text('cause', { enum: ['WALL', 'SEAL', 'LAW'] }).notNull(),
    ref: uuid('ref').notNull(),
  },
  (t) => [
    oneOf('closings_cause_check', t.cause, ['WALL', 'SEAL', 'LAW']),
    unique('closings_once').on(t.caseId, t.cause, t.ref, t.subject).nullsNotDistinct(),
  ],
);
