import { sql } from 'drizzle-orm';
import { check, integer, pgPolicy, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { appRole, definerRole } from '../database/columns.ts';

/** The bits a row requires of its reader (see facets.ts); never null, never none. */
export const needs = () => integer('needs').notNull();

/**
 * The one sentence that decides who sees a row of a case: every bit it needs is opened by `sight` and closed
 * by no row of `closings`. Its shape is measured: scalar subqueries by case (as `exists` the planner hashes all
 * that the viewer may see), `< 1` at the end (with `= needs` it expects nothing to pass and sorts the whole
 * office), `statement_timestamp()` (a transaction older than a wall would outlive it with `now()`).
 */
export const sightSentence = (caseId: string, needed: string): string =>
  `${needed} <> 0 and (${needed} & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = ${caseId} and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = ${caseId} and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1`;

interface Guarded {
  /** The table's name without schema. */
  readonly table: string;
  /** Its column that holds the case's id. */
  readonly key?: string;
  /** True where the table has a column `author_only`: a row that is its author's alone. */
  readonly authorOnly?: boolean;
  /** What must hold beside the sentence. */
  readonly also?: string;
  /** What a new row must satisfy, where that is not the read sentence. */
  readonly insertCheck?: string;
}

/** The row policies of a case-owned table: the sentence for the application, everything for the definer functions. */
export function casePolicies({ table, key = 'case_id', authorOnly = false, also, insertCheck }: Guarded) {
  const alone = authorOnly ? ` and (${table}.author_only is null or ${table}.author_only = (select comity.member()))` : '';
  const sentence = sql.raw(sightSentence(`${table}.${key}`, `${table}.needs`) + alone + (also === undefined ? '' : ` and (${also})`));
  const seen = insertCheck === undefined
    ? [pgPolicy(`${table}_seen`, { for: 'all', to: appRole, using: sentence, withCheck: sentence })]
    : [
        pgPolicy(`${table}_seen`, { for: 'select', to: appRole, using: sentence }),
        pgPolicy(`${table}_changed`, { for: 'update', to: appRole, using: sentence, withCheck: sql.raw(insertCheck) }),
        pgPolicy(`${table}_added`, { for: 'insert', to: appRole, withCheck: sql.raw(insertCheck) }),
      ];
  return [...seen, definerPolicy(table)];
}

/** Policies of a table that an agency owns: its own rows, and no one else's. */
export function agencyPolicies(table: string) {
  const own = sql.raw(`${table}.agency_id = (select comity.agency_id())`);
  return [pgPolicy(`${table}_own`, { for: 'all', to: appRole, using: own, withCheck: own }), definerPolicy(table)];
}

const definerPolicy = (table: string) =>
  pgPolicy(`${table}_definer`, { for: 'all', to: definerRole, using: sql`true`, withCheck: sql`true` });

/** A row that needs nothing would be nobody's secret and everybody's row: refused by the table itself. */
export const needsCheck = (table: string, column: AnyPgColumn) => check(`${table}_needs_check`, sql`${column} > 0`);
