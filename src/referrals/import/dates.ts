import { DateTime } from 'luxon';
import type { Mapping } from './mapping.ts';
import { Unfit } from './unfit.ts';

type Clock = Pick<Mapping, 'zone' | 'repeatedHour'>;

const read = (text: string, format: string, zone: string): DateTime => DateTime.fromFormat(text, format, { zone, locale: 'en-US', setZone: true });

/** A date as `2019-12-01`. Throws Unfit. */
export function dateOf(text: string, format: string): string {
  const date = read(text, format, 'UTC');
  if (!date.isValid) throw new Unfit('DATE_INVALID', `"${shown(text)}" is no date of the form ${format}.`, 'Correct the date, or its format in the mapping.');
  return date.toISODate() ?? '';
}

/**
 * An instant with its offset from UTC, from a date and a time of day in the mapping's zone. An hour that the clock skips
 * is refused; one that it shows twice is read as the mapping says. Throws Unfit.
 */
export function instantOf(text: string, format: string, clock: Clock): string {
  const instant = read(text, format, clock.zone);
  if (!instant.isValid) throw new Unfit('TIME_INVALID', `"${shown(text)}" is no date and time of the form ${format}.`, 'Correct them, or their format in the mapping.');
  // Read in UTC, where every hour exists: a clock that was set forward shows another time than the text.
  const wall = read(text, format, 'UTC');
  if (instant.zoneName === clock.zone && instant.toFormat(WALL) !== wall.toFormat(WALL)) {
    throw new Unfit('TIME_SKIPPED', `"${shown(text)}" never was in ${clock.zone}: the clock was set forward over it.`, 'Correct the time.');
  }
  const possible = instant.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
  if (possible.length > 1 && clock.repeatedHour === 'refuse') {
    throw new Unfit('TIME_TWICE', `"${shown(text)}" was twice in ${clock.zone}: the clock was set back over it.`, 'Give the offset from UTC in the file, or say in the mapping which is meant ("repeatedHour").');
  }
  const meant = (clock.repeatedHour === 'later' ? possible.at(-1) : possible[0]) ?? instant;
  return meant.toISO({ suppressMilliseconds: true }) ?? '';
}

const WALL = 'yyyy-MM-dd HH:mm:ss.SSS';

const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
