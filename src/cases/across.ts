import { and, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { bits, type Facet } from '../access/facets.ts';
import { words } from '../database/checks.ts';
import { named, type Arguments } from '../database/shape.ts';
import { idOrNull } from '../kernel/ids.ts';

/** Up to so many cases that rules of others open, or that nobody leads yet, are sought case by case; beyond it in the order of the list, where they then are dense. */
export const FEW = sql.raw('2000');
export const OWN_OFFICE = sql.raw(`(select nullif(current_setting('comity.office', true), '')::uuid)`);

/** What opens a case for its own sake, one by one: beside the seat of its lead, its venue, and the rules that open many. */
const GIVEN = ['OFFER', 'JOINT', 'TEAM', 'RESIDUAL', 'BREAK_GLASS'];
/** An office's notes are open to the office that leads and to nobody else: so what opens them opens a case of one's own. */
const IS_OWN = sql.raw(`s.facets & ${bits('OFFICE')} <> 0`);
/** What a venue candidate sees beside the summary while nobody leads the case. */
const IS_UNLED = sql.raw(`s.cause = 'VENUE' and s.facets & ${bits('REPORT')} <> 0`);

/** What opens cases to the reader from these causes. */
export const sightBy = (causes: readonly string[]): SQL =>
  sql`comity.sight s where s.viewer = any ((select comity.viewers())::uuid[]) and s.cause in ${words(causes)} and statement_timestamp() < s.until`;

/** The cases that were given to the reader one by one, and whether each is of the reader's own office. */
export const GIVEN_CASES = sql`select distinct s.case_id, ${IS_OWN} as is_own from ${sightBy(GIVEN)}`;

/** True of the rows whose reader's role opens what they all need. */
export const openToRole = (...facets: readonly Facet[]): SQL => sql.raw(`(select comity.role_facets()) & ${bits(...facets)} = ${bits(...facets)}`);

/** The cases that nobody leads yet and that the reader may claim: one more than are sought case by case, where there are more. */
export const UNLED_CASES = sql`select s.case_id from ${sightBy(['VENUE'])} and ${IS_UNLED} limit ${FEW} + 1`;

/** A table, or a view, whose rows hang on cases and name the office that leads each. */
type OfCases = PgTable & { readonly caseId: PgColumn; readonly leadId: PgColumn };

/** A list of rows of many cases. */
interface Across<T extends OfCases> {
  readonly table: T;
  /** What it is called in the conditions and the order. */
  readonly name: string;
  readonly where: SQL | undefined;
  /** What tells one row from all others, in the order of the list; and that order. */
  readonly keys: SQL;
  readonly order: SQL;
  readonly limit: SQL;
  /** Of a row: whether the reader's role opens what every such row needs. No page walks past the many that it never shows. */
  readonly ofRole: SQL;
  /** The office that leads the cases, and a member of their teams, where it is asked for. */
  readonly lead: SQL | undefined;
  readonly assignee: SQL | undefined;
  /** Ids of few cases of others that hold rows which the reader is shown though nothing, or their venue alone, opens them. */
  readonly beside?: SQL;
}

/**
 * Rows of all cases that the reader sees, in order, at most `limit`. Those of the reader's own office are read along an index of that order that begins with
 * the lead. Those of others' cases are found from what opens these: one by one what was given one by one, and what rules open and what nobody leads yet too,
 * unless that is much. What the role does not open is sought where a place on the team may. Nobody pays for what others alone see; the row policies judge each row.
 */
export function acrossCases<T extends OfCases>({ table, name, where, keys, order, limit, ofRole, lead, assignee, beside }: Across<T>): SQL {
  const [as, row] = [sql.identifier(name), named(table, name)];
  const wanted = and(where, lead && sql`${row.leadId} = ${lead}`) ?? sql`true`;
  const ordered = sql`order by ${order} limit ${limit}`;
  // The rows of one case at a time: joined, they could be sought in the rows of all.
  const byCase = (more: SQL) => sql`cross join lateral (select ${as}.* from ${table} ${as} where ${row.caseId} = o.case_id and ${more} and ${wanted} offset 0) ${as}`;
  if (assignee) {
    return sql`select ${as}.* from (select distinct a.case_id from comity.assignments a where a.member_id = ${assignee} and a.until is null) o ${byCase(sql`true`)} ${ordered}`;
  }
  return sql`with many as materialized (
        (select s.case_id from ${sightBy(['RULE'])} limit ${FEW} + 1) union all (${UNLED_CASES})),
      few as materialized (select count(*) <= ${FEW} as is_true from many),
      sought as materialized (select g.case_id, g.is_own from (${GIVEN_CASES}) g union select m.case_id, false from many m where (select f.is_true from few f)${beside && sql` union select b.case_id, false from (${beside}) b`})
    select * from (select distinct on (${keys}) ${as}.* from (
      (select ${as}.* from ${table} ${as} where ${row.leadId} = ${OWN_OFFICE} and ${ofRole} and ${wanted} ${ordered})
      union all
      (select ${as}.* from sought o ${byCase(sql`case when o.is_own then not (${ofRole}) else ${row.leadId} is distinct from ${OWN_OFFICE} end`)})
      union all
      (select ${as}.* from ${table} ${as} where (select not f.is_true from few f) and ${row.leadId} is distinct from ${OWN_OFFICE} and ${wanted} ${ordered})) ${as} order by ${order}) ${as} ${ordered}`;
}

/** A value of the argument `filter` as it is bound for each request, or undefined where it is not given. */
export const filtered = ({ planned, param }: Arguments) => {
  const given = (planned['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  const bound = (name: string, cast: string, read: (value: unknown) => string | number | null): SQL | undefined =>
    given[name] == null ? undefined : sql`${param((args) => read((args['filter'] as Readonly<Record<string, unknown>>)[name]))}::${sql.raw(cast)}`;
  return { given, bound, id: (name: string) => bound(name, 'uuid', idOrNull) };
};
