import { sql } from 'drizzle-orm';
import { enter } from '../access/context.ts';
import { watch } from '../access/watch.ts';
import { statementOf } from '../database/binding.ts';
import type { LeasePool } from '../database/lease.ts';
import { named, shape } from '../database/shape.ts';
import { resultOf, type Statement, statement } from '../database/statement.ts';
import { read } from '../database/unit.ts';
import { Refusal } from '../kernel/errors.ts';
import { warningsOf } from './clock.store.ts';
import { clocks } from './clock.table.ts';
import { calendarOf, type Deadline } from './feed.calendar.ts';
import { runningSeen } from './running.ts';

/** Entries of one calendar: the next ones. */
const MOST = sql.raw('1000');
const READER = 'select member_id as "memberId", kinds::text as kinds, only_mine as "onlyMine" from comity.feed_reader($1::uuid)';

/** What the log of access knows a clock by. */
const MARK = watch(shape(clocks)).mark;

/** A feed that stands, and whose member holds the seat for which it was made. */
interface Reader {
  readonly memberId: string;
  /** As PostgreSQL writes an array. */
  readonly kinds: string | null;
  readonly onlyMine: boolean;
}

/**
 * Reads the calendar of a feed with the eyes that its member has at that moment; undefined where there is no such feed, it has ended,
 * was revoked, or its member is gone. What of it is sensitive is kept in the log of access. A program that comes by itself says
 * no purpose: so it is shown nothing of a compartment, and nothing of a case that break-glass has open.
 */
export const feedReading = (pool: LeasePool) => async (feedId: string, requestId: string): Promise<string | undefined> => {
  const [reader] = (await pool.use((lease) => lease.run(statement(READER, [feedId])))).rows as unknown as Reader[];
  if (reader === undefined) return undefined;
  try {
    const [answer] = await read(pool, { enter: (mark) => enter(reader.memberId, mark, { purpose: null, underGlass: true }) }, [deadlinesOf(feedId, reader, requestId)]);
    const found = resultOf(answer) as { readonly deadlines: readonly Deadline[] } | null;
    return found === null ? undefined : calendarOf(found.deadlines);
  } catch (fault) {
    // The member was let go in between.
    if (fault instanceof Refusal && fault.code === 'UNAUTHENTICATED') return undefined;
    throw fault;
  }
};

/** The next clocks of a feed that still stands, in one statement, which notes that it was read. */
function deadlinesOf(feedId: string, { kinds, onlyMine }: Reader, requestId: string): Statement {
  const k = named(clocks, 'k');
  const seen = runningSeen({
    assignee: onlyMine ? sql`(select comity.member())` : undefined,
    limit: MOST,
    where: (clock) => [
      // From today on, where the court is; the first of the two is what an index is read by.
      sql`${clock.dueOn} >= (statement_timestamp() at time zone 'UTC')::date - 1`,
      sql`${clock.dueOn} >= (statement_timestamp() at time zone ${clock.timeZone})::date`,
      kinds === null ? undefined : sql`${clock.kind} = any (${kinds}::text[])`,
      sql`${clock.caseId} <> all ((select comity.glass_cases())::uuid[])`,
    ],
  });
  return {
    ...statementOf(sql`with feed as (
        update comity.calendar_feeds set last_read_at = statement_timestamp()
         where id = ${feedId}::uuid and member_id = comity.member() and revoked_at is null and statement_timestamp() < until returning id)
      select comity.logged(json_build_object('deadlines', coalesce(json_agg(json_build_object('#', ${MARK?.(k as never, false) ?? sql`null`}, 'kind', ${k.kind}, 'caseId', ${k.caseId},
          'aboutId', ${k.aboutId}, 'aspect', ${k.aspect}, 'number', c.number, 'dueOn', ${k.dueOn}, 'safeOn', ${k.safeOn}, 'rule', ${k.rule},
          'isUnattested', 'UNATTESTED' = any (${warningsOf(k)}), 'computedAt', ${k.computedAt}) order by ${k.dueOn}, ${k.caseId}, ${k.id}), '[]'))::text,
        null, ${requestId}::uuid, 'calendar') as result
      from (${seen}) k join comity.cases c on c.id = k.case_id having exists (select 1 from feed)`),
    logs: true,
  };
}
