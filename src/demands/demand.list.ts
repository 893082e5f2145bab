import { and, sql, type SQL } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { OWN_OFFICE } from '../cases/across.ts';
import { words } from '../database/checks.ts';
import { named, page, type Arguments, type Target } from '../database/shape.ts';
import { arrayText } from '../database/statement.ts';
import { idOrNull } from '../kernel/ids.ts';
import { daySought } from '../kernel/scalars.ts';
import { UNANSWERED_STATES } from './demand.rules.ts';
import { externalDemands } from './demand.table.ts';

type Demand = typeof externalDemands;

/** The day that it names; what names none comes last. */
const due = (d: Demand): SQL => sql`coalesce(${d.respondBy}, date '9999-12-31')`;

/** True for a demand whose day has passed where the office is, and of which something that the reader sees is not answered; a preservation letter is answered once it is acknowledged. */
export const isUnanswered = (d: Demand): SQL => sql`(${d.state} in ${words(UNANSWERED_STATES)} and ${d.liftedOn} is null and ${d.respondBy} is not null
  and case ${d.regime} when 'PRESERVATION_LETTER' then ${d.answeredOn} is null
    else exists (select 1 from comity.demand_items i where i.case_id = ${d.caseId} and i.demand_id = ${d.id} and i.state = 'ASKED' offset 0) end
  and ${d.respondBy} < (select (statement_timestamp() at time zone coalesce(j.time_zone, 'UTC'))::date from comity.jurisdictions j where j.id = ${d.officeId}))`;

/**
 * The demands that the reader sees and that a filter lets through, by the day they name: those of the reader's own office in that
 * order, and those of cases that others lead, found from what opens these to the reader. Nobody pays for what others alone see.
 */
export const demandsSeen = (args: Arguments): Target =>
  page('ExternalDemand', externalDemands, {
    // A day as an instant, so that a cursor's part is known to be one.
    keys: (d) => [{ column: sql`((${due(d)})::timestamp at time zone 'UTC')`, kind: 'instant' }, { column: sql`${d.id}`, kind: 'uuid' }],
    rows: ({ limit, after }) => {
      const d = named(externalDemands, 'd');
      const behind = after && sql`(${due(d)}, ${d.id}) > ((${after[0]} at time zone 'UTC')::date, ${after[1]})`;
      const where = and(...conditions(args, d), behind) ?? sql`true`;
      const order = sql`order by ${due(d)}, ${d.id} limit ${limit}`;
      return sql`select d.* from (
        (select d.* from ${externalDemands} d where ${d.officeId} = ${OWN_OFFICE} and ${where} ${order})
        union all
        (select d.* from (
            select distinct s.case_id from unnest(comity.viewers()) v (viewer) cross join lateral (
              select s.case_id from comity.sight s
               where s.viewer = v.viewer and s.cause <> 'SEAT' and s.facets & ${sql.raw(String(FACETS.PROCEEDINGS))} <> 0 and statement_timestamp() < s.until offset 0) s) o
          cross join lateral (select d.* from ${externalDemands} d where d.case_id = o.case_id and d.office_id is distinct from ${OWN_OFFICE} and ${where} offset 0) d
          ${order})) d ${order}`;
    },
  });

function conditions({ planned, param }: Arguments, d: Demand): SQL[] {
  const given = (planned['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  const bound = (name: string, cast: string, read: (value: unknown) => string | null): SQL | undefined =>
    given[name] == null ? undefined : sql`${param((args) => read((args['filter'] as Readonly<Record<string, unknown>>)[name]))}::${sql.raw(cast)}`;
  const list = (value: unknown) => arrayText(value as string[]);
  const [states, regimes, dueBefore, lead] = [bound('states', 'text[]', list), bound('regimes', 'text[]', list), bound('dueBefore', 'text::date', daySought), bound('lead', 'uuid', idOrNull)];
  return [
    states && sql`${d.state} = any (${states})`,
    regimes && sql`${d.regime} = any (${regimes})`,
    given['noResponse'] == null ? undefined : given['noResponse'] === true ? isUnanswered(d) : sql`not ${isUnanswered(d)}`,
    given['undated'] == null ? undefined : sql`(${d.respondBy} is null and ${d.waitsSince} is not null) = ${sql.raw(given['undated'] === true ? 'true' : 'false')}`,
    dueBefore && sql`${d.respondBy} is not null and ${due(d)} < ${dueBefore}`,
    lead && sql`${d.officeId} = ${lead}`,
  ].filter((condition) => condition !== undefined);
}
