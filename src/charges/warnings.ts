import { sql, type SQL } from 'drizzle-orm';
import type { Confidence } from '../kernel/confidence.ts';
import { statutes, statuteVersions, type OfficerReach } from '../law/statute.table.ts';
import type { charges } from './charge.table.ts';

type Charges = typeof charges;

/** What whoever relies on a charge must know of the law it rests on. A warning never blocks. */
export const WARNINGS = {
  NOT_IN_FORCE: 'As the law is on file now, this text is not in force on all days of the offence.',
  START_UNVERIFIED: 'It is not verified since when this text is in force; it is taken as in force on the day of the offence.',
  UNATTESTED: 'No counsel has confirmed this entry of the statute.',
  MEDIUM_CONFIDENCE: 'This entry of the statute rests on one secondary source.',
  LOW_CONFIDENCE: 'This entry of the statute is not confirmed by any source.',
  OFFICER_REACH_NO: 'This offence does not reach a federal officer.',
  OFFICER_REACH_UNLIKELY: 'This offence is unlikely to reach a federal officer.',
  OFFICER_REACH_DISPUTED: 'It is disputed whether this offence reaches a federal officer.',
} as const;

export type WarningCode = keyof typeof WARNINGS;

const MESSAGES = JSON.stringify(WARNINGS);

const OF_CONFIDENCE = { HIGH: [], MEDIUM: ['MEDIUM_CONFIDENCE'], LOW: ['LOW_CONFIDENCE'] } as const satisfies Record<Confidence, readonly WarningCode[]>;

const OF_REACH = {
  YES: [], NO: ['OFFICER_REACH_NO'], UNLIKELY: ['OFFICER_REACH_UNLIKELY'], DISPUTED: ['OFFICER_REACH_DISPUTED'],
} as const satisfies Record<OfficerReach, readonly WarningCode[]>;

/** What a warning rests on in a version of a statute. */
export interface Warned {
  readonly validFrom: string | null;
  readonly attestedBy: string | null;
  readonly confidence: Confidence;
  readonly appliesToFederalOfficer: OfficerReach;
}

/** The warnings of a charge under this version, which is in force on its days. The officer's reach is always told: who is charged may turn out to be a federal officer. */
export const warningsOf = ({ validFrom, attestedBy, confidence, appliesToFederalOfficer }: Warned): WarningCode[] => [
  ...(validFrom === null ? (['START_UNVERIFIED'] as const) : []),
  ...(attestedBy === null ? (['UNATTESTED'] as const) : []),
  ...OF_CONFIDENCE[confidence],
  ...OF_REACH[appliesToFederalOfficer],
];

const cases = (of: Readonly<Record<string, readonly WarningCode[]>>): SQL =>
  sql.raw(Object.entries(of).flatMap(([value, [code]]) => (code === undefined ? [] : [`when '${value}' then '${code}'`])).join(' '));

/** The same as one value of SQL, as the text that a charge pins stands today: codes in order, each with its message. */
export const warningsToday = (charge: Charges): SQL => {
  const lastOn = sql`greatest(${charge.offenceOn}, ${charge.offenceUntil}, ${charge.offenceDays}[cardinality(${charge.offenceDays})])`;
  return sql`(select coalesce(json_agg(json_build_object('code', w.code, 'message', concat_ws(' ', ${MESSAGES}::text::json ->> w.code, w.more)) order by w.place), '[]'::json)
    from ${statuteVersions} v cross join lateral (values
      (1, case when ${charge.offenceOn} < v.valid_from or ${lastOn} > v.valid_to then 'NOT_IN_FORCE' end, coalesce(
        (select 'In force on the first of them is its text from ' || coalesce(t.valid_from::text, 'an unknown day') || '.' from ${statuteVersions} t
          where t.statute_id = v.statute_id and t.id <> v.id and coalesce(t.valid_from, '-infinity') <= ${charge.offenceOn} and ${charge.offenceOn} <= coalesce(t.valid_to, 'infinity') limit 1),
        (select 'It went on as ' || s.citation || '.' from ${statutes} s where s.id = v.superseded_by))),
      (2, case when v.valid_from is null then 'START_UNVERIFIED' end, null),
      (3, case when v.attested_by is null then 'UNATTESTED' end, null),
      (4, case v.confidence ${cases(OF_CONFIDENCE)} end, null),
      (5, case v.applies_to_federal_officer ${cases(OF_REACH)} end, 'On officers: ' || v.officer_clause || '.')) w (place, code, more)
   where v.id = ${charge.statuteVersionId} and w.code is not null)`;
};
