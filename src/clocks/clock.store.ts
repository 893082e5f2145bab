import { sql, type SQL } from 'drizzle-orm';
import { filtered } from '../cases/across.ts';
import { page, type Arguments, type Target } from '../database/shape.ts';
import { arrayText } from '../database/statement.ts';
import { badInput } from '../kernel/errors.ts';
import { daySought } from '../kernel/scalars.ts';
import { clocks } from './clock.table.ts';
import { runningSeen } from './running.ts';

type Clocks = typeof clocks;

/** As far ahead as anybody looks: ten years. */
const LONGEST = 3_650;

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

/** The clocks that run in all cases that the reader sees, by the day on which they are due. */
export const clocksSeen = (args: Arguments): Target => {
  const { conditions, lead, assignee } = filterOf(args);
  return page('Clock', clocks, {
    keys: (clock) => [{ column: sql`${clock.dueOn}`, kind: 'day' }, { column: sql`${clock.kind}`, kind: 'text' }, { column: sql`${clock.caseId}`, kind: 'uuid' }, { column: sql`${clock.id}`, kind: 'uuid' }],
    rows: ({ limit, after }) => runningSeen({
      lead, assignee, limit,
      where: (k) => [...conditions(k), after && sql`(${k.dueOn}, ${k.kind}, ${k.caseId}, ${k.id}) > (${after[0]}, ${after[1]}, ${after[2]}, ${after[3]})`],
    }),
  });
};

interface Filter {
  readonly conditions: (clock: Clocks) => readonly (SQL | undefined)[];
  readonly lead: SQL | undefined;
  readonly assignee: SQL | undefined;
}

/** A number of days to look ahead. Throws BAD_USER_INPUT where it is none. */
function daysAhead(value: unknown): number {
  if (typeof value !== 'number' || value < 1 || value > LONGEST) {
    throw badInput('filter.withinDays', `What is due is looked for 1 to ${LONGEST} days ahead.`, `Give withinDays between 1 and ${LONGEST}, or dueUntil.`);
  }
  return value;
}

/** Due so many days from today where the court is, or earlier; the day of the easternmost zone bounds what is read of the index. */
const isWithin = (k: Clocks, days: SQL): SQL => sql`(${k.dueOn} <= (statement_timestamp() at time zone 'Pacific/Kiritimati')::date + ${days}
  and ${k.dueOn} <= (statement_timestamp() at time zone ${k.timeZone})::date + ${days})`;

function filterOf(args: Arguments): Filter {
  const { given, bound, id } = filtered(args);
  const list = (value: unknown) => arrayText(value as string[]);
  const [kinds, stages] = (['kinds', 'stages'] as const).map((name) => bound(name, 'text[]', list));
  const [dueFrom, dueUntil] = (['dueFrom', 'dueUntil'] as const).map((name) => bound(name, 'text::date', daySought));
  const withinDays = bound('withinDays', 'integer', daysAhead);
  const isUnverified = (k: Clocks) => sql`(${warningsOf(k)} && '{UNATTESTED,LOW_CONFIDENCE,MEDIUM_CONFIDENCE,PERIOD_ASSUMED,PERIOD_UNVERIFIED,START_UNVERIFIED}'::text[])`;
  return {
    lead: id('lead'),
    assignee: id('assignee'),
    conditions: (k) => [
      kinds && sql`${k.kind} = any (${kinds})`,
      dueFrom && sql`${k.dueOn} >= ${dueFrom}`,
      dueUntil && sql`${k.dueOn} <= ${dueUntil}`,
      withinDays && isWithin(k, withinDays),
      stages && sql`(select c.stage from comity.cases c where c.id = ${k.caseId}) = any (${stages})`,
      given['unverified'] == null ? undefined : given['unverified'] === true ? isUnverified(k) : sql`not ${isUnverified(k)}`,
    ],
  };
}
