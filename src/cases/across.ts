import { and, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { named, type Arguments } from '../database/shape.ts';
import { idOrNull } from '../kernel/ids.ts';

/** Up to so many open cases a reader's rows are sought case by case; beyond it in their order, where they then are dense. */
const FEW = sql.raw('2000');

/** A table, or a view, whose rows hang on cases. */
type OfCases = PgTable & { readonly caseId: PgColumn };

/** A list of rows of many cases. */
interface Across<T extends OfCases> {
  readonly table: T;
  /** What it is called in the conditions and the order. */
  readonly name: string;
  readonly where: SQL | undefined;
  readonly order: SQL;
  readonly limit: SQL;
  /** The office that leads the cases, and a member of their teams, where it is asked for. */
  readonly lead: SQL | undefined;
  readonly assignee: SQL | undefined;
}

/**
 * Rows of all cases that the reader sees, in order, at most `limit`, found the cheaper way of two: a reader of few cases pays for
 * these and not for what others have, a reader of many begins at an index of the order and stops where the page is full.
 */
export function acrossCases<T extends OfCases>({ table, name, where, order, limit, lead, assignee }: Across<T>): SQL {
  const [as, row] = [sql.identifier(name), named(table, name)];
  const led = lead && sql`(select c.lead_id from comity.cases c where c.id = ${row.caseId}) = ${lead}`;
  const wanted = and(where, led) ?? sql`true`;
  // The rows of one case at a time: joined, they could be sought in the rows of all.
  const byCase = sql`cross join lateral (select ${as}.* from ${table} ${as} where ${row.caseId} = o.case_id and ${wanted} offset 0) ${as}`;
  const ordered = sql`order by ${order} limit ${limit}`;
  if (assignee) {
    return sql`select ${as}.* from (select distinct a.case_id from comity.assignments a where a.member_id = ${assignee} and a.until is null) o ${byCase} ${ordered}`;
  }
  const opened = lead
    ? sql`select c.id as case_id from comity.cases c where c.lead_id = ${lead}`
    : sql`select distinct s.case_id from unnest(comity.viewers()) v (viewer) cross join lateral (
        select s.case_id from comity.sight s where s.viewer = v.viewer and statement_timestamp() < s.until
         order by s.received_at desc, s.case_id desc limit ${FEW} + 1) s`;
  return sql`with opened as materialized (${opened} limit ${FEW} + 1),
      few as materialized (select count(*) <= ${FEW} as is_true from opened)
    select * from (
      select ${as}.* from opened o ${byCase} where (select f.is_true from few f)
      union all
      (select ${as}.* from ${table} ${as} where (select not f.is_true from few f) and ${wanted} ${ordered})) ${as} ${ordered}`;
}

/** A value of the argument `filter` as it is bound for each request, or undefined where it is not given. */
export const filtered = ({ planned, param }: Arguments) => {
  const given = (planned['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  const bound = (name: string, cast: string, read: (value: unknown) => string | number | null): SQL | undefined =>
    given[name] == null ? undefined : sql`${param((args) => read((args['filter'] as Readonly<Record<string, unknown>>)[name]))}::${sql.raw(cast)}`;
  return { given, bound, id: (name: string) => bound(name, 'uuid', idOrNull) };
};
