import { and, sql, type SQL } from 'drizzle-orm';
import { acrossCases, FEW, GIVEN_CASES, OWN_OFFICE, sightBy, UNLED_CASES } from '../cases/across.ts';
import { words } from '../database/checks.ts';
import { named } from '../database/shape.ts';
import { CLOCK_KINDS } from './clock.ts';
import { BEFORE_CLAIM, clocks, isRunning, NEEDED_BY } from './clock.table.ts';

type Clocks = typeof clocks;

/** Which of the clocks that run, how many of them, and of whose cases where not of all. */
interface Running {
  readonly where: (clock: Clocks) => readonly (SQL | undefined)[];
  readonly lead?: SQL | undefined;
  readonly assignee: SQL | undefined;
  readonly limit: SQL;
}

const ALL = sql.raw(`'{${CLOCK_KINDS.join(',')}}'::text[]`);
const UNCLAIMED = sql.raw(`'{${BEFORE_CLAIM.join(',')}}'::text[]`);
const ORDER = sql`k.due_on, k.kind, k.case_id, k.id`;

/** The kinds of clocks that facets can open, as an array. */
const openedBy = (facets: string): SQL =>
  sql.raw(`array_remove(array[${CLOCK_KINDS.map((kind) => `case when ${facets} & ${NEEDED_BY[kind]} = ${NEEDED_BY[kind]} then '${kind}' end`).join(', ')}], null)`);

/**
 * The next clocks that run in the cases that the reader sees: rows of the table, in the order of their days. Those of the reader's own
 * office stand in that order as such. Those of others' cases, and of what nobody leads yet, are found from what opens these: one by
 * one what was given one by one, and what rules open and what may be claimed too, unless that is much. What the role can open decides
 * which kinds are looked at, so that no page walks past the many that it never shows; of one's own cases those kinds are sought that
 * only a place on the team opens. The row policies judge each.
 */
export function runningSeen({ where, lead, assignee, limit }: Running): SQL {
  const k = named(clocks, 'k');
  const wanted = and(isRunning(k), ...where(k), lead && sql`${k.leadId} = ${lead}`) ?? sql`true`;
  if (assignee) return acrossCases({ table: clocks, name: 'k', where: wanted, keys: ORDER, order: ORDER, limit, ofRole: sql`true`, lead: undefined, assignee });
  return sql`with role as materialized (select ${openedBy('r.facets')} as kinds from (select comity.role_facets() as facets) r),
      ruled as materialized (select s.case_id, s.facets from ${sightBy(['RULE'])} limit ${FEW} + 1),
      few as materialized (select count(*) <= ${FEW} as is_true from ruled),
      unled as materialized (${UNLED_CASES}),
      few_unled as materialized (select count(*) <= ${FEW} as is_true from unled),
      given as materialized (${GIVEN_CASES}),
      sought as materialized (
        select g.case_id, u.kind from given g cross join unnest(${ALL}) u (kind) where not g.is_own or u.kind <> all ((select r.kinds from role r)::text[])
        union
        select o.case_id, u.kind from (
          select r.case_id, bit_or(r.facets) & (select comity.role_facets()) as facets from ruled r where (select f.is_true from few f) group by r.case_id) o
          cross join unnest(${openedBy('o.facets')}) u (kind)
        union
        select o.case_id, u.kind from unled o cross join unnest(${UNCLAIMED}) u (kind) where (select f.is_true from few_unled f))
    select * from (select distinct on (${ORDER}) k.* from (
      (select k.* from ${clocks} k where ${k.leadId} = ${OWN_OFFICE} and ${k.kind} = any ((select r.kinds from role r)::text[]) and ${wanted} order by ${ORDER} limit ${limit})
      union all
      (select k.* from sought o cross join lateral (select k.* from ${clocks} k where ${k.caseId} = o.case_id and ${k.kind} = o.kind and ${wanted} offset 0) k)
      union all
      (select k.* from ${clocks} k where (select not f.is_true from few f) and ${k.leadId} is distinct from ${OWN_OFFICE}
          and ${k.kind} = any ((select ${openedBy('o.facets')} from (select bit_or(s.facets) & (select comity.role_facets()) as facets from ${sightBy(['RULE'])}) o)::text[]) and ${wanted}
        order by ${ORDER} limit ${limit})
      union all
      (select k.* from ${clocks} k where (select not f.is_true from few_unled f) and ${k.leadId} is null and ${k.kind} in ${words(BEFORE_CLAIM)} and ${wanted} order by ${ORDER} limit ${limit})) k order by ${ORDER}) k order by ${ORDER} limit ${limit}`;
}
