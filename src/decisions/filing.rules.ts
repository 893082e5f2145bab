import type { ChargingInstrument } from '../coalition/jurisdiction.table.ts';
import type { Confidence } from '../kernel/confidence.ts';
import type { OffenceLevel } from '../law/statute.table.ts';

/** What whoever relies on a filing must know. A warning never blocks. */
export const FILING_WARNINGS = {
  NO_RULE: 'No rule on charging instruments is on file for this state.',
  NOT_LISTED: 'The rule on file does not name this instrument for a felony; it is not confirmed, and so it does not block.',
  WAIVED: 'The rule on file does not name this instrument for a felony; it is filed on a waiver, for which the rule knows it.',
  LEVEL_OPEN: 'The rule on file does not name this instrument for a felony, and this offence may be one.',
  NOT_IN_FORCE: 'As the law was on file then, the text that is charged was not in force on all days of the offence.',
  LIMITATION_PASSED: 'The earliest day of the limitation had passed on the day of the filing: what tolls or asserts a later one is for counsel to show.',
} as const;
export type FilingWarning = keyof typeof FILING_WARNINGS;
export const FILING_WARNING_CODES = Object.keys(FILING_WARNINGS) as FilingWarning[];

/** What the law of a state says starts a felony. */
export interface InstrumentRule {
  readonly felony: readonly ChargingInstrument[];
  /** What starts one where the accused waived the others. */
  readonly onWaiver: readonly ChargingInstrument[];
  readonly citation: string | null;
  readonly confidence: Confidence;
}

/** A charge in time, as a filing judges it. */
export interface ChargeInTime {
  /** Whether its text is in force on all its days, as the law is on file. */
  readonly isInForce: boolean;
  /** The earliest day on which its limitation ends; null where none is known. */
  readonly dueOn: string | null;
}

/** What a filing on a day must say of the time of its charge. */
export const timeJudged = ({ isInForce, dueOn }: ChargeInTime, filedOn: string): FilingWarning[] =>
  [...(isInForce ? [] : (['NOT_IN_FORCE'] as const)), ...(dueOn !== null && dueOn < filedOn ? (['LIMITATION_PASSED'] as const) : [])];

/** Whether a charge may be filed so: a warning, or REFUSED where a rule of full confidence names other instruments; null where nothing is to be said. */
export function instrumentJudged(rule: InstrumentRule | undefined, level: OffenceLevel, instrument: ChargingInstrument, waived: boolean): FilingWarning | 'REFUSED' | null {
  if (level !== 'FELONY' && level !== 'EITHER') return null;
  if (rule === undefined) return 'NO_RULE';
  if (rule.felony.includes(instrument)) return null;
  if (waived && rule.onWaiver.includes(instrument)) return 'WAIVED';
  if (level === 'EITHER') return 'LEVEL_OPEN';
  return rule.confidence === 'HIGH' ? 'REFUSED' : 'NOT_LISTED';
}
