import { and, sql, type SQL } from 'drizzle-orm';
import { named, page, type Arguments, type Target } from '../database/shape.ts';
import { arrayText } from '../database/statement.ts';
import { idOrNull } from '../kernel/ids.ts';
import { daySought } from '../kernel/scalars.ts';
import { clocks } from './clock.table.ts';

type Clocks = typeof clocks;

/** Up to so many open cases a reader's clocks are sought case by case; beyond it by their days, which then are dense. */
const FEW = sql.raw('2000');

/** How a clock stands today, where the court is. */
export const stateOf = (clock: Clocks): SQL => sql`coalesce(${clock.undated}, case
  when ${clock.metOn} is not null then case when ${clock.metOn} <= ${clock.dueOn} then 'MET' else 'MET_LATE' end
  else (select case when t.today < ${clock.dueOn} then 'RUNNING' when t.today = ${clock.dueOn} then 'LAST_DAY' else 'PASSED' end
    from (select (statement_timestamp() at time zone ${clock.timeZone})::date as today) t) end)`;

/** The attorney who confirms the text of law that it rests on today. */
const attestedBy = (clock: Clocks): SQL => sql`(select v.attested_by from comity.statute_versions v where v.id = ${clock.versionId})`;

export const ruleOf = (clock: Clocks): SQL => sql`${clock.rule} || jsonb_build_object('attestedBy', ${attestedBy(clock)})`;

/** What it was computed with, but for counsel's word: that is as the text stands today. */
export const warningsOf = (clock: Clocks): SQL => sql`case when ${attestedBy(clock)} is null then ${clock.warnings} else array_remove(${clock.warnings}, 'UNATTESTED') end`;

/** Counts towards a day, and nothing has met it yet. */
const isRunning = (clock: Clocks): SQL => sql`${clock.supersededAt} is null and ${clock.metOn} is null and ${clock.dueOn} is not null`;

/** The clocks that run in all cases that the reader sees, by the day on which they are due. */
export const clocksSeen = (args: Arguments): Target => {
  const { conditions, assignee } = filterOf(args);
  return page('Clock', clocks, {
    keys: (clock) => [{ column: sql`${clock.dueOn}::text`, kind: 'text' }, { column: sql`${clock.caseId}`, kind: 'uuid' }, { column: sql`${clock.id}`, kind: 'uuid' }],
    rows: ({ limit, after }) => runningSeen({
      assignee, limit,
      where: (k) => [...conditions(k), after && sql`(${k.dueOn}, ${k.caseId}, ${k.id}) > ((${after[0]})::text::date, ${after[1]}, ${after[2]})`],
    }),
  });
};

/** Which of the clocks that run, how many of them, and of whose cases where not of all. */
interface Running {
  readonly where: (clock: Clocks) => readonly (SQL | undefined)[];
  readonly assignee: SQL | undefined;
  readonly limit: SQL;
}

/** The next clocks that run in the cases that the reader sees: rows of the table, in the order of their days. */
export function runningSeen({ where: conditions, assignee, limit }: Running): SQL {
  const k = named(clocks, 'k');
  const where = and(isRunning(k), ...conditions(k));
  const ordered = sql`order by k.due_on, k.case_id, k.id limit ${limit}`;
  if (assignee) {
    return sql`select k.* from (select distinct a.case_id from comity.assignments a where a.member_id = ${assignee} and a.until is null) a
      join ${clocks} k on k.case_id = a.case_id where ${where} ${ordered}`;
  }
  return sql`with opened as materialized (
      select distinct s.case_id from unnest(comity.viewers()) v (viewer) cross join lateral (
        select s.case_id from comity.sight s where s.viewer = v.viewer and statement_timestamp() < s.until
         order by s.received_at desc, s.case_id desc limit ${FEW} + 1) s limit ${FEW} + 1),
    few as materialized (select count(*) <= ${FEW} as is_true from opened)
    select * from (
      select k.* from opened o join ${clocks} k on k.case_id = o.case_id where (select f.is_true from few f) and ${where}
      union all
      (select k.* from ${clocks} k where (select not f.is_true from few f) and ${where} ${ordered})) k ${ordered}`;
}

interface Filter {
  readonly conditions: (clock: Clocks) => readonly (SQL | undefined)[];
  readonly assignee: SQL | undefined;
}

function filterOf({ planned, param }: Arguments): Filter {
  const given = (planned['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  const bound = (name: string, cast: string, read: (value: unknown) => string | null): SQL | undefined =>
    given[name] == null ? undefined : sql`${param((args) => read((args['filter'] as Readonly<Record<string, unknown>>)[name]))}::${sql.raw(cast)}`;
  const list = (value: unknown) => arrayText(value as string[]);
  const [kinds, stages] = (['kinds', 'stages'] as const).map((name) => bound(name, 'text[]', list));
  const [dueFrom, dueUntil] = (['dueFrom', 'dueUntil'] as const).map((name) => bound(name, 'text::date', daySought));
  const [lead, assignee] = (['lead', 'assignee'] as const).map((name) => bound(name, 'uuid', idOrNull));
  const ofCase = (k: Clocks, condition: SQL) => sql`exists (select 1 from comity.cases c where c.id = ${k.caseId} and ${condition})`;
  const isUnverified = (k: Clocks) => sql`(${warningsOf(k)} && '{UNATTESTED,LOW_CONFIDENCE,MEDIUM_CONFIDENCE,PERIOD_ASSUMED,PERIOD_UNVERIFIED,START_UNVERIFIED}'::text[])`;
  return {
    assignee,
    conditions: (k) => [
      kinds && sql`${k.kind} = any (${kinds})`,
      dueFrom && sql`${k.dueOn} >= ${dueFrom}`,
      dueUntil && sql`${k.dueOn} <= ${dueUntil}`,
      lead && ofCase(k, sql`c.lead_id = ${lead}`),
      stages && ofCase(k, sql`c.stage = any (${stages})`),
      given['unverified'] == null ? undefined : given['unverified'] === true ? isUnverified(k) : sql`not ${isUnverified(k)}`,
    ],
  };
}
