import type { Confidence } from '../kernel/confidence.ts';
import type { OfficerReach } from '../law/statute.table.ts';

/** What whoever relies on a charge must know of the law it rests on. A warning never blocks. */
export const WARNINGS = {
  START_UNVERIFIED: 'It is not verified since when this text is in force; it is taken as in force on the day of the offence.',
  UNATTESTED: 'No counsel has confirmed this entry of the statute.',
  MEDIUM_CONFIDENCE: 'This entry of the statute rests on one secondary source.',
  LOW_CONFIDENCE: 'This entry of the statute is not confirmed by any source.',
  OFFICER_REACH_NO: 'This offence does not reach a federal officer.',
  OFFICER_REACH_UNLIKELY: 'This offence is unlikely to reach a federal officer.',
  OFFICER_REACH_DISPUTED: 'It is disputed whether this offence reaches a federal officer.',
} as const;

export type WarningCode = keyof typeof WARNINGS;

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

/** The warnings of a charge under this version. The officer's reach is always told: who is charged may turn out to be a federal officer. */
export const warningsOf = ({ validFrom, attestedBy, confidence, appliesToFederalOfficer }: Warned): WarningCode[] => [
  ...(validFrom === null ? (['START_UNVERIFIED'] as const) : []),
  ...(attestedBy === null ? (['UNATTESTED'] as const) : []),
  ...OF_CONFIDENCE[confidence],
  ...OF_REACH[appliesToFederalOfficer],
];
