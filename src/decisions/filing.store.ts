import { FACETS } from '../access/facets.ts';
import type { CaseSeen } from '../cases/subject.ts';
import type { ChargeState } from '../charges/charge.table.ts';
import type { ChargingInstrument } from '../coalition/jurisdiction.table.ts';
import { arrayText, statement, type Statement } from '../database/statement.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import type { Moment } from '../trail/act.ts';
import type { Outcome } from './decision.rules.ts';
import type { ChargeInTime, FilingWarning, InstrumentRule } from './filing.rules.ts';

/** A charge as a filing sees it. */
export interface ChargeToFile extends ChargeInTime {
  readonly id: string;
  readonly needs: number;
  readonly state: ChargeState;
  readonly personId: string;
  /** The last day on which it was, or may have been, committed. */
  readonly lastDay: string;
  /** As the charge names it, else as the law grades it. */
  readonly level: OffenceLevel;
  /** What is decided on it; null while nothing stands. */
  readonly outcome: Outcome | null;
  /** The elected head who answers for deciding so without an analysis of immunity. */
  readonly overriddenBy: string | null;
  /** How it was filed, where it was. */
  readonly instrument: ChargingInstrument | null;
  readonly court: string;
  readonly docketNumber: string;
  readonly filedOn: string;
  readonly waiver: string | null;
}

const CHARGES = `select h.id, h.needs, h.state, h.person_id as "personId", d.outcome, d.overridden_by as "overriddenBy", coalesce(h.level, v.level) as level,
  x.last_day::text as "lastDay", h.offence_on >= coalesce(v.valid_from, '-infinity') and x.last_day <= coalesce(v.valid_to, 'infinity') as "isInForce",
  (select k.due_on::text from comity.clocks k where k.case_id = h.case_id and k.kind = 'LIMITATION' and k.about_id = h.id and k.superseded_at is null) as "dueOn",
  f.instrument, f.court, f.docket_number as "docketNumber", f.filed_on::text as "filedOn", f.waiver
  from comity.charges h join comity.statute_versions v on v.id = h.statute_version_id
    cross join lateral (select greatest(h.offence_on, h.offence_until, h.offence_days[cardinality(h.offence_days)]) as last_day) x
    left join comity.filings f on f.case_id = h.case_id and f.charge_id = h.id
    left join comity.decisions d on d.case_id = h.case_id and d.charge_id = h.id and d.state = 'STANDING'
 where h.case_id = $1::uuid and h.id = any ($2::text::uuid[])`;

/** Those of the charges named that are the case's, and that the actor sees. */
export const chargesToFile = async (moment: Moment, { id }: CaseSeen, chargeIds: readonly string[]): Promise<readonly ChargeToFile[]> =>
  (await moment.run(statement(CHARGES, [id, arrayText(chargeIds)]))).rows as unknown as ChargeToFile[];

const RULE = `select r.body::text as body, r.citation, r.confidence from comity.state_rules r where r.kind = 'CHARGING_INSTRUMENT' and r.state = $1 order by r.position limit 1`;

/** What the law of a state says starts a felony, where it is on file. */
export async function instrumentRule(moment: Moment, state: string): Promise<InstrumentRule | undefined> {
  const [row] = (await moment.run(statement(RULE, [state]))).rows;
  if (row === undefined) return undefined;
  const { felony, onWaiver = [] } = JSON.parse(String(row['body'])) as { felony: readonly ChargingInstrument[]; onWaiver?: readonly ChargingInstrument[] };
  return { felony, onWaiver, citation: row['citation'] as string | null, confidence: row['confidence'] as InstrumentRule['confidence'] };
}

/** How charges are filed. */
export interface NewFiling {
  readonly instrument: ChargingInstrument;
  readonly court: string;
  readonly docketNumber: string;
  readonly filedOn: string;
  readonly waiver: string | null;
}

const FILED = `insert into comity.filings (case_id, charge_id, needs, instrument, court, docket_number, filed_on, waiver, warnings, recorded_by, recorded_at)
  values ($1::uuid, $2::uuid, $3::integer, $4, $5, $6, $7::text::date, $8, $9::text::text[], comity.member(), statement_timestamp())`;

/** Files a charge. What a filing is of its charge says: it goes with it, into a compartment and out of it. */
export const filed = ({ id: caseId }: CaseSeen, charge: ChargeToFile, { instrument, court, docketNumber, filedOn, waiver }: NewFiling, warnings: readonly FilingWarning[]): Statement[] => [
  statement(FILED, [caseId, charge.id, charge.needs & (FACETS.CHARGES | FACETS.PROTECTED), instrument, court, docketNumber, filedOn, waiver, arrayText(warnings)]),
  statement(`update comity.charges set state = 'FILED' where case_id = $1::uuid and id = $2::uuid and state = 'PROPOSED'`, [caseId, charge.id]),
];

const CORRECTED = `update comity.filings set instrument = $3, court = $4, docket_number = $5, filed_on = $6::text::date, waiver = $7, warnings = $8::text::text[], corrected_because = $9,
    recorded_by = comity.member(), recorded_at = clock_timestamp()
  where case_id = $1::uuid and charge_id = $2::uuid`;

/** Corrects what is on record of a filing; what was told before is kept beside it. */
export const corrected = ({ id: caseId }: CaseSeen, charge: ChargeToFile, { instrument, court, docketNumber, filedOn, waiver }: NewFiling, warnings: readonly FilingWarning[], reason: string): Statement =>
  statement(CORRECTED, [caseId, charge.id, instrument, court, docketNumber, filedOn, waiver, arrayText(warnings), reason]);

const FOLLOWING = `select x.what, x.day::text as day from (
    select 'a disposition' as what, d.disposed_on as day, $4::text::date as filed_on from comity.dispositions d
     where d.case_id = $1::uuid and d.charge_id = any ($2::text::uuid[]) and d.kind <> 'ENTERED_IN_ERROR' and not exists (select 1 from comity.dispositions l where l.case_id = d.case_id and l.supersedes = d.id)
    union all
    select e.what, e.day, least($4::text::date, (select min(f.filed_on) from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
        where f.case_id = $1::uuid and h.person_id = e.person_id and f.charge_id <> all ($2::text::uuid[])))
      from (select 'the arraignment' as what, c.person_id, c.day from comity.court_dates c where c.case_id = $1::uuid and c.kind = 'ARRAIGNMENT'
          and not exists (select 1 from comity.court_dates l where l.case_id = c.case_id and l.supersedes = c.id)
        union all select 'the notice of removal', r.person_id, r.notice_filed_on from comity.removals r where r.case_id = $1::uuid and r.scope = 'WHOLE_CASE' and r.notice_filed_on is not null) e
     where e.person_id = any ($3::text::uuid[])) x
 where x.day < x.filed_on order by x.day limit 1`;

/** What is on record of the charges in court that a filing on this day would come after; undefined where nothing is. */
export async function cameBefore(moment: Moment, { id }: CaseSeen, charges: readonly ChargeToFile[], filedOn: string): Promise<{ readonly what: string; readonly day: string } | undefined> {
  const persons = [...new Set(charges.map(({ personId }) => personId))];
  return (await moment.run(statement(FOLLOWING, [id, arrayText(charges.map((each) => each.id)), arrayText(persons), filedOn]))).rows[0] as unknown as { what: string; day: string } | undefined;
}

/** Takes the filings of charges from the record, all or none, and keeps what was told of them. */
export const unfiled = ({ id }: CaseSeen, charges: readonly ChargeToFile[], reason: string): Statement =>
  statement('select comity.withdraw_filing($1::uuid, $2::text::uuid[], $3)', [id, arrayText(charges.map((each) => each.id)), reason]);
