import { FACETS } from '../access/facets.ts';
import type { CaseSeen } from '../cases/subject.ts';
import type { ChargeState } from '../charges/charge.table.ts';
import type { ChargingInstrument } from '../coalition/jurisdiction.table.ts';
import { arrayText, statement, type Statement } from '../database/statement.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import type { Moment } from '../trail/act.ts';
import type { Outcome } from './decision.rules.ts';
import type { FilingWarning, InstrumentRule } from './filing.rules.ts';

/** A charge as a filing sees it. */
export interface ChargeToFile {
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
}

const CHARGES = `select h.id, h.needs, h.state, h.person_id as "personId", d.outcome, d.overridden_by as "overriddenBy", coalesce(h.level, v.level) as level,
  greatest(h.offence_on, h.offence_until, h.offence_days[cardinality(h.offence_days)])::text as "lastDay"
  from comity.charges h join comity.statute_versions v on v.id = h.statute_version_id
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
