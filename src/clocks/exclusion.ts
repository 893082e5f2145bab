import type { LawRule } from '../law/rule.file.ts';
import { type Day, daysBetween, later, plusDays } from './calendar.ts';
import { type ClockRule, days, type Exclusion, step, type TraceStep, unfit } from './clock.ts';

/** A ground on which only time after a formal accusation is left out. */
const AFTER_ACCUSED = 'ABSENT_AFTER_ACCUSED';

/**
 * The exclusions by their first day. Throws BadInput for a ground that the state's law does not have, one that ends before
 * it starts, and two that overlap.
 */
export function exclusionsHeld(rule: ClockRule, law: LawRule<'LIMITATION'>, given: readonly Exclusion[]): Exclusion[] {
  given.forEach(({ ground, from, to }, index) => {
    const field = `exclusions.${index}`;
    days(rule, { [`${field}.from`]: from, [`${field}.to`]: to });
    const known = law.body.tolling.find((each) => each.ground === ground);
    if (known === undefined) {
      throw unfit({ name: `excluded time in ${law.state}`, citation: law.citation }, `${field}.ground`, `${ground} leaves out no time in ${law.state}, as the law is on file.`,
        `Take one of ${law.body.tolling.map((each) => each.ground).join(', ')}.`);
    }
    if (to !== null && to < from) {
      throw unfit({ name: `excluded time in ${law.state}, ${ground}`, citation: known.citation }, `${field}.to`, `This time ends on ${to}, before it starts on ${from}.`,
        'Correct the days, or leave the end open while it lasts.');
    }
  });
  // Of two that start on one day the one that was given first stands.
  const sorted = [...given].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  sorted.forEach((each, index) => {
    const before = sorted[index - 1];
    if (before !== undefined && (before.to === null || before.to >= each.from)) {
      throw unfit({ name: `excluded time in ${law.state}, ${each.ground}`, citation: citedIn(law, each.ground) }, `exclusions.${given.indexOf(each)}.from`,
        `This time overlaps that of ${before.ground}, from ${before.from} ${before.to === null ? 'on' : `to ${before.to}`}.`, 'Give each day once, under one ground.');
    }
  });
  return sorted;
}

/** Where the law has a ground. */
export const citedIn = (law: LawRule<'LIMITATION'>, ground: string): string | null => law.body.tolling.find((each) => each.ground === ground)?.citation ?? law.citation;

/** Has not ended on a day: nothing can be reckoned with it. */
export const isOpen = ({ to }: Exclusion, asOf: Day): boolean => to === null || to > asOf;

/** The part of an exclusion that can count: in Texas absence counts from the formal accusation on, and before one not at all. */
export function countable(exclusion: Exclusion, accusedOn: Day | null): Exclusion | undefined {
  if (exclusion.ground !== AFTER_ACCUSED) return exclusion;
  if (accusedOn === null || (exclusion.to !== null && exclusion.to < accusedOn)) return undefined;
  return { ...exclusion, from: later(exclusion.from, accusedOn) };
}

/** Each exclusion in words; none of them moves the earliest day. */
export const tollingTrace = (law: LawRule<'LIMITATION'>, exclusions: readonly Exclusion[], accusedOn: Day | null, asOf: Day): TraceStep[] =>
  exclusions.map((each) => {
    const counted = countable(each, accusedOn);
    const span = `${each.ground} from ${each.from} ${each.to === null ? 'on' : `to ${each.to}`}`;
    const fate = counted === undefined ? 'lies before any formal accusation and stops nothing'
      : isOpen(each, asOf) ? 'has not ended: nothing is reckoned with it' : 'moves no day unless an attorney asserts it';
    return step(`${span} ${fate}.`, citedIn(law, each.ground));
  });

/**
 * The day on which a period ends when excluded days are not counted; null where it stands still with no end in sight.
 * `exclusions` are sorted and do not overlap. The first day of a period is not counted in any case.
 */
export function dueWithout(startedOn: Day, dueOn: Day, exclusions: readonly Exclusion[], asOf: Day): Day | null {
  let due = dueOn;
  for (const each of exclusions) {
    const from = later(each.from, plusDays(startedOn, 1));
    if (from > due) break;
    if (each.to === null || isOpen(each, asOf)) return null;
    if (each.to >= from) due = plusDays(due, daysBetween(from, each.to) + 1);
  }
  return due;
}
