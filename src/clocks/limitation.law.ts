import type { Confidence } from '../kernel/confidence.ts';
import type { LawRule } from '../law/rule.file.ts';
import type { Limitation, LimitationKind, OffenceLevel, StatuteRow, StatuteVersionRow } from '../law/statute.table.ts';
import type { Day } from './calendar.ts';
import { type ClockRule, type ClockWarning, step, type TraceStep, unfit } from './clock.ts';
import { digest } from './rule.ts';

/** The law that a limitation follows: the text of the statute that a charge pins, and its state's rule on limitation. */
export interface LimitationLaw {
  readonly statute: Pick<StatuteRow, 'state' | 'citation'>;
  readonly version: Pick<
    StatuteVersionRow, 'validFrom' | 'validTo' | 'level' | 'limitation' | 'appliesToFederalOfficer' | 'confidence' | 'attestedBy'
  >;
  readonly rule: LawRule<'LIMITATION'>;
  /** On which the courts are closed, beside weekends; empty where the list is not on file. */
  readonly holidays?: ReadonlySet<Day>;
}

const LOWEST: readonly Confidence[] = ['LOW', 'MEDIUM', 'HIGH'];

/** The rule as the clock names it: no surer than the less sure of statute and state's rule. */
export const limitationRule = ({ statute, version, rule }: LimitationLaw): ClockRule => ({
  name: `limitation of ${statute.citation}`,
  version: digest({ limitation: version.limitation, level: version.level, from: version.validFrom, to: version.validTo, confidence: version.confidence, reach: version.appliesToFederalOfficer, rule: rule.body, citation: rule.citation, sure: rule.confidence }),
  citation: version.limitation.citation,
  confidence: LOWEST.find((each) => each === version.confidence || each === rule.confidence) ?? 'LOW',
  attestedBy: version.attestedBy,
});

/** The period that governs; `months` null: there is no limit. */
export interface Period {
  readonly kind: LimitationKind;
  readonly months: number | null;
  readonly trace: readonly TraceStep[];
  readonly warnings: readonly ClockWarning[];
}

/**
 * The period of the level that a charge names; where an offence is graded and the charge names none, the shortest of its
 * levels. Throws BadInput for a level that the statute does not have.
 */
export function periodOf(rule: ClockRule, { level: graded, limitation }: LimitationLaw['version'], level: OffenceLevel | null): Period {
  const named = level === null || level === 'EITHER' ? null : level;
  if (limitation.byLevel === undefined) {
    if (named !== null && graded !== 'EITHER' && named !== graded) throw noSuchLevel(rule, named, [graded]);
    return { ...said(limitation, words(limitation.months)), warnings: limitation.kind === 'DISPUTED' ? ['LIMITATION_DISPUTED'] : [] };
  }
  const levels = named === null ? limitation.byLevel : limitation.byLevel.filter((each) => each.level === named);
  const [first, ...rest] = levels;
  if (first === undefined) throw noSuchLevel(rule, named ?? 'EITHER', limitation.byLevel.map((each) => each.level));
  const shortest = rest.reduce((short, each) => (lasts(each) < lasts(short) ? each : short), first);
  const why = named === null
    ? `${words(shortest.months)}, the shortest of its levels (${levels.map((each) => `${spoken(each.level)}: ${words(each.months)}`).join(', ')}), until the charge names one`
    : `${words(shortest.months)} as a ${spoken(named)}`;
  return {
    ...said({ ...limitation, kind: shortest.kind, months: shortest.months }, why),
    warnings: [...(named === null ? (['LEVEL_NOT_NAMED'] as const) : []), ...(shortest.kind === 'DISPUTED' ? (['LIMITATION_DISPUTED'] as const) : [])],
  };
}

const lasts = ({ months }: { months: number | null }): number => months ?? Number.POSITIVE_INFINITY;
const spoken = (level: OffenceLevel): string => level.toLowerCase().replace('_', ' ');

const words = (months: number | null): string =>
  months === null ? 'no limit' : months % 12 === 0 ? `${months / 12} year${months === 12 ? '' : 's'}` : `${months} months`;

const said = ({ kind, months, citation, note }: Limitation, why: string): Omit<Period, 'warnings'> => ({
  kind, months,
  trace: [
    step(months === null ? `A prosecution may be begun at any time: ${why}.` : `The period is ${why}.`, citation),
    ...(kind === 'DISPUTED' ? [step(`Whether a limit applies is disputed; this one is planned on. ${note}`, citation)] : []),
  ],
});

const noSuchLevel = (rule: ClockRule, level: OffenceLevel, known: readonly OffenceLevel[]) =>
  unfit(rule, 'level', `This offence is no ${spoken(level)}.`, `Name one of its levels (${known.join(', ')}), or none.`);
