import type { Actor } from '../access/seats.ts';
import { statement, type Answer, type Statement } from '../database/statement.ts';
import { badInput } from '../kernel/errors.ts';
import { dayText } from '../kernel/scalars.ts';
import type { ScorecardRow } from './scorecard.type.ts';

const MOST_MONTHS = 36;
const MOST_ROWS = 2_000;

/** Which referrals are counted. */
export interface ScorecardAsked {
  /** Null: the asker's own. */
  readonly agency: string | null;
  /** Days in the time zone of the agency, both counted. */
  readonly from: string;
  readonly to: string;
  readonly unit: string | null;
}

/** The parts that both sides have in common: a referral that arrived on one of these days, of this unit if one is told. */
const arrived = (at: string, unit: string): string => `(${at} at time zone z.name)::date between $2::text::date and $3::text::date
  and ${at} >= $2::text::date - 2 and ${at} < $3::text::date + 3 and ($4::text is null or ${unit} = $4)`;
const month = (at: string): string => `to_char(${at} at time zone z.name, 'YYYY-MM') as month`;

/** An agency counts by its own rows, an office by its own cases: what either sees of them the row policies say. */
const REFERRED = {
  AGENCY: `select r.id, null::uuid as case_id, r.unit, ${month('r.submitted_at')} from comity.referrals r join zone z on z.id = r.agency_id
    where r.agency_id = (select comity.agency_id()) and ${arrived('r.submitted_at', 'r.unit')}`,
  OFFICE: `select l.referral_id as id, l.case_id, l.unit, ${month('l.received_at')} from comity.case_referrals l join zone z on z.id = l.agency_id join comity.cases c on c.id = l.case_id
    where coalesce(c.lead_id, c.jurisdiction_id) = (select nullif(current_setting('comity.office', true), '')::uuid) and ${arrived('l.received_at', 'l.unit')}`,
} as const;

const scorecard = (referred: string): string => `with zone as (
  select a.id, coalesce(j.time_zone, (select min(o.time_zone) from comity.jurisdictions o where o.state = a.state), 'UTC') as name
    from comity.agencies a left join comity.jurisdictions j on j.id = a.jurisdiction_id where a.id = $1::uuid
), referred as (${referred}), rows as (
  select r.month, r.unit, count(distinct r.id) as referrals, count(distinct i.referral_id) as returned,
      round(count(distinct coalesce(i.return_id, i.id))::numeric / count(distinct r.id), 2)::float8 as "returnsPerReferral",
      count(i.id) as "itemsAsked", count(*) filter (where i.state = 'RECEIVED') as "itemsAnswered",
      count(*) filter (where ((case when i.state = 'RECEIVED' then i.state_since when i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED') then statement_timestamp() end)
        at time zone o.time_zone)::date > i.due_on) as "itemsLate",
      coalesce(sum(e.disputed), 0) as "disputesRaised", coalesce(sum(e.upheld), 0) as "disputesUpheld", coalesce(sum(e.overruled), 0) as "disputesOverruled",
      round((percentile_cont(0.5) within group (order by extract(epoch from i.state_since - i.asked_at) / 86400) filter (where i.state = 'RECEIVED'))::numeric, 2)::float8 as "medianDaysToAnswer"
    from referred r
    left join comity.return_items i on i.referral_id = r.id and (r.case_id is null or i.case_id = r.case_id)
    left join comity.jurisdictions o on o.id = i.office_id
    left join lateral (
      select count(*) filter (where t.kind = 'DISPUTED') as disputed, count(*) filter (where t.kind = 'UPHELD') as upheld, count(*) filter (where t.kind = 'OVERRULED') as overruled
        from comity.return_entries t where t.item_id = i.id and t.case_id = i.case_id and t.kind in ('DISPUTED', 'UPHELD', 'OVERRULED')) e on i.id is not null
   group by r.month, r.unit order by r.month, r.unit nulls first limit ${MOST_ROWS + 1}
)
select coalesce(json_agg(rows order by month, unit nulls first), '[]')::text as rows from rows`;

const SCORECARDS = { AGENCY: scorecard(REFERRED.AGENCY), OFFICE: scorecard(REFERRED.OFFICE) } as const;

/** Counts the work of an agency on its referrals. Throws BadInput for days that cannot be, and where an office names no agency. */
export function scorecardOf({ body, agencyId }: Actor, { agency, from, to, unit }: ScorecardAsked): Statement {
  const [first, last] = [dayText(from), dayText(to)];
  if (first < '1900-01-01' || first > last) throw badInput('from', 'These days are none.', 'Give a first day from 1900 on, and a last day that is not before it.');
  if (monthsOf(first, last) > MOST_MONTHS) throw badInput('to', 'These are too many months.', `Ask for at most ${MOST_MONTHS} months at once.`);
  const of = agency ?? agencyId;
  if (of === null) throw badInput('agency', 'An office asks about one agency.', 'Take an id from the query agencies.');
  return statement(SCORECARDS[body === 'AGENCY' ? 'AGENCY' : 'OFFICE'], [of, first, last, unit]);
}

const monthsOf = (first: string, last: string): number =>
  (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(last.slice(5, 7)) - Number(first.slice(5, 7)) + 1;

/** The rows that were counted. Throws BadInput where they are too many for one answer. */
export function scorecardRows({ rows: [found] }: Answer): ScorecardRow[] {
  const rows = JSON.parse(String(found?.['rows'])) as ScorecardRow[];
  if (rows.length > MOST_ROWS) throw badInput('to', 'These are too many units and months for one answer.', 'Ask for fewer months, or for one unit.');
  return rows;
}
