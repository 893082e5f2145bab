import { sql } from 'drizzle-orm';
import { check, index, integer, pgPolicy, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { oneOf } from '../database/checks.ts';
import { appRole, comity, definerRole, instant } from '../database/columns.ts';

export const BOOK_STATES = ['DRAFT', 'PROPOSED', 'IN_FORCE', 'SUPERSEDED', 'WITHDRAWN'] as const;

export type BookState = (typeof BOOK_STATES)[number];

const OWN = `rule_books.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)`;
const PUBLISHED = `rule_books.state in ('IN_FORCE', 'SUPERSEDED')`;

/**
 * A jurisdiction's permission rules, in versions: what is in force and what was is open to every seat, a draft to its
 * own office. Its content is fixed once it is proposed; `comity.adopt_rule_book` alone puts it in force.
 */
export const ruleBooks = comity.table(
  'rule_books',
  {
    id: uuid('id').primaryKey(),
    jurisdictionId: uuid('jurisdiction_id').notNull().references(() => jurisdictions.id),
    /** From 1, in the order of drafting. */
    version: integer('version').notNull(),
    state: text('state', { enum: BOOK_STATES }).notNull(),
    title: text('title').notNull(),
    /** Null: the coalition's default book. */
    draftedBy: uuid('drafted_by'),
    draftedAt: instant('drafted_at').notNull(),
    /** Raised by each change of a draft. */
    revision: integer('revision').notNull().default(1),
    proposedBy: uuid('proposed_by'),
    proposedAt: instant('proposed_at'),
    adoptedBy: uuid('adopted_by'),
    adoptedAt: instant('adopted_at'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    unique('rule_books_version').on(t.jurisdictionId, t.version),
    uniqueIndex('rule_books_in_force').on(t.jurisdictionId).where(sql`state = 'IN_FORCE'`),
    index('rule_books_by_state').on(t.state, t.draftedAt, t.id),
    oneOf('rule_books_state_check', t.state, BOOK_STATES),
    check('rule_books_two_people', sql`${t.adoptedBy} <> ${t.proposedBy}`),
    pgPolicy('rule_books_read', { for: 'select', to: appRole, using: sql.raw(`${PUBLISHED} or ${OWN}`) }),
    pgPolicy('rule_books_drafted', { for: 'insert', to: appRole, withCheck: sql.raw(`${OWN} and rule_books.state = 'DRAFT' and rule_books.drafted_by = (select comity.member())`) }),
    // Into force comes a book by comity.adopt_rule_book alone.
    pgPolicy('rule_books_changed', {
      for: 'update', to: appRole, using: sql.raw(`${OWN} and rule_books.state in ('DRAFT', 'PROPOSED')`),
      withCheck: sql.raw(`${OWN} and rule_books.state in ('DRAFT', 'PROPOSED', 'WITHDRAWN')`),
    }),
    pgPolicy('rule_books_definer', { for: 'all', to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);

/** Policies of what a book holds: read with the book, changed while it is a draft. */
export function contentPolicies(table: string) {
  const book = `exists (select 1 from comity.rule_books b where b.id = ${table}.book_id)`;
  const draft = sql.raw(`exists (select 1 from comity.rule_books b where b.id = ${table}.book_id and b.state = 'DRAFT'
    and b.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid))`);
  return [
    pgPolicy(`${table}_read`, { for: 'select', to: appRole, using: sql.raw(book) }),
    pgPolicy(`${table}_added`, { for: 'insert', to: appRole, withCheck: draft }),
    pgPolicy(`${table}_removed`, { for: 'delete', to: appRole, using: draft }),
    pgPolicy(`${table}_definer`, { for: 'all', to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ];
}

export type RuleBookRow = typeof ruleBooks.$inferSelect;
