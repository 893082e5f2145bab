import { sql } from 'drizzle-orm';
import { index, integer, pgPolicy, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bits } from '../access/facets.ts';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { bytea, comity, definerRole, instant } from '../database/columns.ts';

/**
 * The trail: one row for every act on a case, appended by `comity.record` alone. Each chain of a case is hashed
 * link by link; `body` holds ids, enum values and digests, never text, so that a text can be erased and the
 * chain still verifies.
 */
export const trailEvents = comity.table(
  'trail_events',
  {
    caseId: uuid('case_id').notNull(),
    chain: text('chain').notNull(),
    /** Place in the chain, from 1; never published, for a gap would tell of a hidden event. */
    seq: integer('seq').notNull(),
    id: uuid('id').notNull(),
    at: instant('at').notNull(),
    actorId: uuid('actor_id').notNull(),
    /** The office, agency or body whose seat the actor held. */
    actingFor: uuid('acting_for'),
    act: text('act').notNull(),
    outcome: text('outcome').notNull(),
    needs: needs(),
    /** Canonical JSON text. */
    body: text('body').notNull(),
    prevHash: bytea('prev_hash').notNull(),
    hash: bytea('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.chain, t.seq] }),
    index('trail_events_by_time').on(t.caseId, t.at, t.id),
    needsCheck('trail_events', t.needs),
    ...casePolicies({
      table: 'trail_events',
      // An office's own staffing and notes stay its own when another office leads: their events too.
      also: `(trail_events.needs & ${bits('TEAM', 'OFFICE')}) = 0 or trail_events.acting_for = (select nullif(current_setting('comity.office', true), '')::uuid)`,
    }),
  ],
);

/** The last link of each chain; locked by every act on the case, and what a truncated chain is found by. */
export const trailHeads = comity.table(
  'trail_heads',
  {
    caseId: uuid('case_id').notNull(),
    chain: text('chain').notNull(),
    seq: integer('seq').notNull(),
    hash: bytea('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.chain] }),
    pgPolicy('trail_heads_definer', { for: 'all', to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);
