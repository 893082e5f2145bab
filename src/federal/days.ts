import type { Day } from '../clocks/calendar.ts';
import { badInput } from '../kernel/errors.ts';
import { dayText } from '../kernel/scalars.ts';

/** Today in UTC: no state's day is ahead of it. */
export const today = (): Day => new Date().toISOString().slice(0, 10);

/** A day that has come. Throws BadInput. */
export function dayCome(field: string, value: unknown): Day {
  const day = dayText(value);
  if (day > today()) throw badInput(field, 'This day has not come.', 'Record it once it has happened.');
  return day;
}

/** Throws BadInput where a day lies before what must have come first; what has no day says nothing. */
export function notBefore(field: string, day: Day, ...earlier: readonly (readonly [what: string, on: Day | null])[]): void {
  const first = earlier.find(([, on]) => on !== null && day < on);
  if (first) throw badInput(field, `${day} lies before ${first[0]} on ${first[1]}.`, 'Correct the day.');
}
