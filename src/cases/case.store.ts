import { and, eq, sql, type SQL } from 'drizzle-orm';
import { searchText } from '../database/search.ts';
import { named, one, page, type Arguments, type Target } from '../database/shape.ts';
import { arrayText } from '../database/statement.ts';
import { badInput } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import { daySought, instantSought } from '../kernel/scalars.ts';
import { cases } from './case.table.ts';

/** One case by its id or its number; null where there is none that the reader sees. */
export const caseFound = ({ planned, param }: Arguments): Target => {
  const byId = planned['id'] != null;
  if (byId === (planned['number'] != null)) {
    throw badInput('id', 'A case is asked for by its id or by its number.', 'Give exactly one of id and number.');
  }
  return one('Case', cases, (subject) =>
    byId ? eq(subject.id, param((args) => idOrNull(args['id']))) : eq(subject.number, param((args) => String(args['number']))),
  );
};

/** How many candidates are looked at together where a filter may pass over most of them. */
const WINDOW = sql.raw('200');

/** The cases that the reader sees and that a filter lets through, by the time they were received. */
export const casesSeen = (args: Arguments): Target => {
  const filter = filterOf(args);
  const descending = args.planned['orderBy'] !== 'OLDEST_FIRST';
  if (filter.text && !descending) {
    throw badInput('orderBy', 'Search by text answers newest first.', 'Leave orderBy away, or text.');
  }
  const order = (row: typeof cases) => sql`${row.receivedAt} ${direction(descending)}, ${row.id} ${direction(descending)}`;
  return page('Case', cases, {
    keys: (subject) => [{ column: sql`${subject.receivedAt}`, kind: 'instant' }, { column: sql`${subject.id}`, kind: 'uuid' }],
    descending,
    rows: ({ limit, after }) => {
      const t = named(cases, 'c');
      const where = and(...filter.conditions(t));
      const behind = after && sql`(${t.receivedAt}, ${t.id}) ${descending ? sql`<` : sql`>`} (${after[0]}, ${after[1]})`;
      if (filter.text) return windows({ candidates: found(filter.text), where, limit, after, descending });
      if (filter.assignee) {
        // A member's own places are few: they are read whole and put in order.
        return sql`select c.* from comity.assignments a join ${cases} c on c.id = a.case_id
          where a.member_id = ${filter.assignee} and a.until is null and ${and(where, behind) ?? sql`true`} order by ${order(t)} limit ${limit}`;
      }
      if (filter.lead) return sql`select c.* from ${cases} c where ${and(where, behind)} order by ${order(t)} limit ${limit}`;
      return windows({ candidates: seen(descending), where, limit, after, descending });
    },
  });
};

interface Filter {
  readonly conditions: (row: typeof cases) => readonly SQL[];
  readonly lead: SQL | undefined;
  readonly assignee: SQL | undefined;
  readonly text: SQL | undefined;
}

function filterOf({ planned, param }: Arguments): Filter {
  const given = (planned['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  const bound = (name: string, cast: string, read: (value: unknown) => string | null = String): SQL | undefined =>
    given[name] == null ? undefined : sql`${param((args) => read((args['filter'] as Readonly<Record<string, unknown>>)[name]))}::${sql.raw(cast)}`;
  const list = (value: unknown) => arrayText(value as string[]);
  const [stages, kinds, tags, levels] = (['stages', 'kinds', 'tags', 'levels'] as const).map((name) => bound(name, 'text[]', list));
  const [lead, agency, statute, assignee, unit] = (['lead', 'agency', 'statute', 'assignee', 'unit'] as const).map((name) => bound(name, 'uuid', idOrNull));
  const [state, county, text] = [bound('state', 'text', (value) => String(value).toUpperCase()), bound('county', 'text'), bound('text', 'text', (value) => searchText('filter.text', value))];
  const [receivedFrom, receivedBefore] = [bound('receivedFrom', 'text::timestamptz', instantSought), bound('receivedBefore', 'text::timestamptz', instantSought)];
  const [incidentFrom, incidentUntil] = [bound('incidentFrom', 'text::date', daySought), bound('incidentUntil', 'text::date', daySought)];
  return {
    conditions: (c) =>
      [
        stages && sql`${c.stage} = any (${stages})`,
        kinds && sql`${c.kind} = any (${kinds})`,
        tags && sql`exists (select 1 from comity.case_tags x where x.case_id = ${c.id} and x.tag = any (${tags}))`,
        levels && sql`${levelRead(c)} = any (${levels})`,
        unit && sql`exists (select 1 from comity.unit_restrictions x where x.case_id = ${c.id} and x.unit_id = ${unit} and x.lifted_at is null)`,
        lead && sql`${c.leadId} = ${lead}`,
        agency && sql`${c.agencyId} = ${agency}`,
        state && sql`${c.state} = ${state}`,
        county && sql`${c.countyFips} = ${county}`,
        statute && sql`exists (select 1 from comity.charges x where x.case_id = ${c.id} and x.statute_id = ${statute})`,
        given['flagged'] != null && sql`exists (select 1 from comity.case_reports x where x.case_id = ${c.id} and x.flagged_for is ${sql.raw(given['flagged'] === true ? 'not null' : 'null')})`,
        // Without words to search for, the list begins at the member's places.
        assignee && text && sql`exists (select 1 from comity.assignments x where x.case_id = ${c.id} and x.member_id = ${assignee} and x.until is null)`,
        receivedFrom && sql`${c.receivedAt} >= ${receivedFrom}`,
        receivedBefore && sql`${c.receivedAt} < ${receivedBefore}`,
        incidentFrom && sql`${c.incidentOn} >= ${incidentFrom}`,
        incidentUntil && sql`${c.incidentOn} <= ${incidentUntil}`,
      ].filter((condition) => condition !== undefined && condition !== false),
    lead,
    assignee,
    text,
  };
}

/** As `Case.level` has it: the highest of the live charges, else as alleged, of what the reader may read. */
const levelRead = (c: typeof cases): SQL => sql`coalesce(
  (select coalesce(h.level, v.level) from comity.charges h join comity.statute_versions v on v.id = h.statute_version_id where h.case_id = ${c.id} and h.state <> 'WITHDRAWN'
    order by array_position(array['FELONY', 'EITHER', 'GROSS_MISDEMEANOR', 'MISDEMEANOR'], coalesce(h.level, v.level)) limit 1),
  (select r.alleged_level from comity.case_reports r where r.case_id = ${c.id}))`;

const direction = (descending: boolean): SQL => (descending ? sql`desc` : sql`asc`);

/** Up to `window` candidates behind a place, in order: `case_id, received_at`, each case once. */
type Candidates = (place: { at: SQL; id: SQL; window: SQL }) => SQL;

/**
 * What is open to the reader, newest first for each of its viewers: a reader of forty old cases does not pay for a
 * million newer ones. Each viewer gives its first `window`, so the first `window` of all of them are complete.
 */
const seen =
  (descending: boolean): Candidates =>
  ({ at, id, window }) => sql`
    select distinct s.received_at, s.case_id from unnest(comity.viewers()) v (viewer)
      cross join lateral (
        select distinct s.received_at, s.case_id from comity.sight s
         where s.viewer = v.viewer and (s.received_at, s.case_id) ${descending ? sql`<` : sql`>`} (${at}, ${id}) and statement_timestamp() < s.until
         order by s.received_at ${direction(descending)}, s.case_id ${direction(descending)} limit ${window}) s
     order by s.received_at ${direction(descending)}, s.case_id ${direction(descending)} limit ${window}`;

const found =
  (text: SQL): Candidates =>
  ({ at, id, window }) => sql`select s.received_at, s.case_id from comity.search_cases(${text}, ${at}, ${id}, (${window})::integer) s`;

/** Candidates window by window until the page is full or none are left; each case is judged by its row policy once. */
function windows({ candidates, where, limit, after, descending }: {
  candidates: Candidates; where: SQL | undefined; limit: SQL; after: readonly SQL[] | undefined; descending: boolean;
}): SQL {
  const start = after ?? [descending ? sql`'infinity'::timestamptz` : sql`'-infinity'::timestamptz`, descending ? sql`'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid` : sql`'00000000-0000-0000-0000-000000000000'::uuid`];
  const window = where ? sql`greatest(${limit}, ${WINDOW})` : limit;
  return sql`
    with recursive pages (found, rows, at, id, more) as (
      select 0::bigint, '{}'::comity.cases[], ${start[0]}, ${start[1]}, true
      union all
      select p.found + n.found, n.rows, n.at, n.id, n.looked_at >= ${window}
        from pages p cross join lateral (
          select count(c.id) as found, array_agg(c.row) filter (where c.id is not null) as rows, count(*) as looked_at,
            (array_agg(s.received_at order by s.received_at ${direction(!descending)}, s.case_id ${direction(!descending)}))[1] as at,
            (array_agg(s.case_id order by s.received_at ${direction(!descending)}, s.case_id ${direction(!descending)}))[1] as id
            from (${candidates({ at: sql`p.at`, id: sql`p.id`, window })}) s
            left join lateral (select c.id, c as row from ${cases} c where c.id = s.case_id and ${where ?? sql`true`}) c on true) n
       where p.more and p.found < ${limit})
    select c.* from pages p cross join lateral unnest(p.rows) c
     order by c.received_at ${direction(descending)}, c.id ${direction(descending)} limit ${limit}`;
}
