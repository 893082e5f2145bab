import type { ChargingInstrument } from '../coalition/jurisdiction.table.ts';
import type { Confidence } from '../kernel/confidence.ts';
import type { OffenceLevel } from '../law/statute.table.ts';

/** What whoever relies on a filing must know of its instrument. A warning never blocks. */
export const FILING_WARNINGS = {
  NO_RULE: 'No rule on charging instruments is on file for this state.',
  NOT_LISTED: 'The rule on file does not name this instrument for a felony; it is not confirmed, and so it does not block.',
  WAIVED: 'The rule on file does not name this instrument for a felony; it is filed on a waiver, for which the rule knows it.',
  LEVEL_OPEN: 'The rule on file does not name this instrument for a felony, and this offence may be one.',
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

/** Whether a charge may be filed so: a warning, or REFUSED where a rule of full confidence names other instruments; null where nothing is to be said. */
export function instrumentJudged(rule: InstrumentRule | undefined, level: OffenceLevel, instrument: ChargingInstrument, waived: boolean): FilingWarning | 'REFUSED' | null {
  if (level !== 'FELONY' && level !== 'EITHER') return null;
  if (rule === undefined) return 'NO_RULE';
  if (rule.felony.includes(instrument)) return null;
  if (waived && rule.onWaiver.includes(instrument)) return 'WAIVED';
  if (level === 'EITHER') return 'LEVEL_OPEN';
  return rule.confidence === 'HIGH' ? 'REFUSED' : 'NOT_LISTED';
}
