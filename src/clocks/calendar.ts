import { DateTime } from 'luxon';

/** A date in the zone of the court, as `2026-02-28`; days are compared as text. */
export type Day = string;

const noon = (day: Day): DateTime => DateTime.fromISO(day, { zone: 'utc' });
const dayOf = (at: DateTime): Day => at.toFormat('yyyy-MM-dd');

/** True for a date of the calendar, from the year 1900 on. */
export const isDay = (text: string): boolean => /^(19|[2-9]\d)\d\d-\d\d-\d\d$/.test(text) && noon(text).isValid;

/** The date at an instant in a zone of the IANA list. Throws RangeError for a zone that is none. */
export function dayIn(zone: string, at: Date): Day {
  const there = DateTime.fromJSDate(at, { zone });
  if (!there.isValid) throw new RangeError(`${zone} is no time zone, or the instant is none`);
  return dayOf(there);
}

/** So many days later, or with a negative number earlier. */
export const plusDays = (day: Day, days: number): Day => dayOf(noon(day).plus({ days }));

/** So many months later on the same date, or on the last day of a month that has no such date. */
export const plusMonths = (day: Day, months: number): Day => dayOf(noon(day).plus({ months }));

/** Days from one date to another; negative where the other is earlier. */
export const daysBetween = (from: Day, to: Day): number => Math.round(noon(to).diff(noon(from), 'days').days);

/** True from Monday to Friday, except on the holidays given. */
export const isWorkingDay = (day: Day, holidays: ReadonlySet<Day>): boolean => noon(day).weekday <= 5 && !holidays.has(day);

/** So many working days later; the day itself does not count. */
export function plusWorkingDays(day: Day, days: number, holidays: ReadonlySet<Day>): Day {
  let reached = day;
  for (let left = days; left > 0; ) {
    reached = plusDays(reached, 1);
    if (isWorkingDay(reached, holidays)) left -= 1;
  }
  return reached;
}

/** The day itself, or the next that is neither of a weekend nor a holiday. */
export function rolled(day: Day, holidays: ReadonlySet<Day>): Day {
  let reached = day;
  while (!isWorkingDay(reached, holidays)) reached = plusDays(reached, 1);
  return reached;
}

export const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
export const later = (a: Day, b: Day): Day => (a > b ? a : b);
