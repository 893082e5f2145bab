import { badInput } from '../kernel/errors.ts';
import { dayText } from '../kernel/scalars.ts';

/** The text of the day of the offence governs, and no later one. */
export const LAW_OF_THE_DAY = { rule: 'LAW_OF_THE_DAY', citation: 'U.S. Const. art. I, § 10, cl. 1; Calder v. Bull, 3 U.S. 386 (1798)' } as const;
/** A state punishes what its own law forbids. */
export const LAW_OF_THE_STATE = { rule: 'LAW_OF_THE_STATE', citation: 'Huntington v. Attrill, 146 U.S. 657 (1892)' } as const;

const MOST_DAYS = 100;

/** When an offence was committed, as a client tells it. */
export interface DaysTold {
  readonly offenceOn?: unknown;
  readonly offenceUntil?: unknown;
  readonly offenceDays?: readonly unknown[] | null;
  readonly counts: number;
}

/** When an offence was committed, the earliest day first. */
export interface Days {
  readonly offenceOn: string;
  /** The last day of a range; null: it is one day. */
  readonly offenceUntil: string | null;
  /** The days of further counts, in order. */
  readonly offenceDays: readonly string[];
}

/**
 * The days of an offence; that of the incident, unless told. Throws BadInput for a day that is told to be unknown, is yet to
 * come or too far back, a range that ends before it starts, and further days that are too many, twice the same or before the first.
 */
export function daysOf(told: DaysTold, incidentOn: string): Days {
  if (told.offenceOn === null) throw badInput('offenceOn', 'A charge rests on the law of a day, and this one is not known.', RANGE, LAW_OF_THE_DAY);
  if (told.offenceOn === undefined && told.offenceUntil != null) throw badInput('offenceOn', 'A range has a first day; the earliest day governs which text of the law is pinned.', RANGE, LAW_OF_THE_DAY);
  const offenceOn = told.offenceOn === undefined ? incidentOn : dayText(told.offenceOn);
  past('offenceOn', offenceOn);
  const offenceUntil = told.offenceUntil == null ? null : dayText(told.offenceUntil);
  if (offenceUntil !== null) {
    past('offenceUntil', offenceUntil);
    if (offenceUntil < offenceOn) throw badInput('offenceUntil', 'This range ends before it starts.', 'Give its last day, or leave it away for a single day.', LAW_OF_THE_DAY);
  }
  const offenceDays = (told.offenceDays ?? []).map(dayText).sort();
  if (offenceDays.length > MOST_DAYS) throw badInput('offenceDays', 'These are more days than a charge takes.', 'Give at most 100 further days, or split the charge.');
  for (const day of offenceDays) past('offenceDays', day);
  if (offenceDays.some((day) => day <= offenceOn)) throw badInput('offenceDays', 'A further day lies behind the first; the earliest day governs which text of the law is pinned.', 'Give the earliest day as offenceOn.', LAW_OF_THE_DAY);
  if (new Set(offenceDays).size < offenceDays.length) throw badInput('offenceDays', 'A day is given twice.', 'Give each day once; counts says how many counts there are.');
  if (offenceDays.length >= told.counts && offenceDays.length > 0) throw badInput('offenceDays', 'These are more days than counts.', `Each day has a count of its own: give at least ${offenceDays.length + 1} counts, or fewer days.`);
  return { offenceOn, offenceUntil, offenceDays };
}

const RANGE = 'Give a range, offenceOn and offenceUntil: the first and the last day on which it may have happened.';

function past(field: string, day: string): void {
  // No state's day is ahead of the day in UTC.
  if (day > new Date().toISOString().slice(0, 10)) throw badInput(field, 'The offence lies in the future.', 'Give the day it happened, or leave it away for the day of the incident.');
  if (day < '1900-01-01') throw badInput(field, 'The offence lies too far back to be right.', 'Correct the year.');
}

/** A text of a statute, as far as its time goes. */
export interface TextInTime {
  readonly citation: string;
  readonly versionId: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** Under what the law went on after this text; null where it did under the same citation, or not at all. */
  readonly wentOnAs: string | null;
}

/** The text in force on a day, of texts in order, latest start first; an unknown start is taken as in force. */
export const textOn = <T extends TextInTime>(texts: readonly T[], day: string): T | undefined =>
  texts.find(({ versionId, validFrom, validTo }) => versionId !== null && (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo));

/**
 * The text that governs an offence: that of its earliest day. Throws BadInput where none is in force then, and where another
 * one, or none, is in force on a later of its days; `named` is the field that the refusal names, where it is not one that tells the statute or the day.
 */
export function textPinned<T extends TextInTime>(texts: readonly T[], { offenceOn, offenceUntil, offenceDays }: Days, named?: string): T & { readonly versionId: string } {
  const text = textOn(texts, offenceOn);
  if (text === undefined || text.versionId === null) {
    throw isBefore(texts, offenceOn)
      ? badInput(named ?? 'statuteId', `No text of ${texts[0]?.citation ?? 'this statute'} for ${offenceOn} is on file. ${periods(texts)} Whether it stood before is not known here.`, 'Have counsel load its earlier text with comity law load, or take the statute that it stood under on that day, from statutes(filter: {inForceOn}).', law(texts))
      : badInput(named ?? 'statuteId', `${texts[0]?.citation ?? 'This statute'} is not in force on ${offenceOn}. ${periods(texts)}`, 'Correct the day of the offence, or take a statute from statutes(filter: {inForceOn}).', law(texts));
  }
  const changes = offenceUntil === null ? [] : texts.flatMap(({ validFrom }) => (validFrom !== null && offenceOn < validFrom && validFrom <= offenceUntil ? [validFrom] : []));
  const ends = offenceUntil === null ? [] : [...changes.sort(), offenceUntil];
  const field = (day: string) => named ?? (ends.includes(day) ? 'offenceUntil' : 'offenceDays');
  const otherwise = [...ends, ...offenceDays].find((day) => textOn(texts, day) !== text);
  if (otherwise !== undefined) throw changed(field(otherwise), text, textOn(texts, otherwise), texts);
  return { ...text, versionId: text.versionId };
}

/** True of a day before the first text on file: that a text has a start says nothing of what stood before it. */
const isBefore = (texts: readonly TextInTime[], day: string): boolean =>
  texts.some(({ versionId }) => versionId !== null) && texts.every(({ versionId, validFrom }) => versionId === null || (validFrom !== null && day < validFrom));

function changed(field: string, text: TextInTime, later: TextInTime | undefined, texts: readonly TextInTime[]): Error {
  const next = later === undefined ? (text.wentOnAs ?? 'no text of it') : spelled(later);
  return badInput(
    field, `The law changed between the days of this charge: on the first ${spelled(text)} is in force, on a later one ${next}. One charge rests on one text; the earliest day governs.`,
    'Split the charge: one for the days under each text.', law(texts),
  );
}

const law = ([text]: readonly TextInTime[]) => ({ ...LAW_OF_THE_DAY, ...(text && { statute: text.citation }) });

const span = ({ validFrom, validTo }: TextInTime): string => [validFrom && `from ${validFrom}`, validTo && `until ${validTo}`].filter(Boolean).join(' ');
const spelled = (text: TextInTime): string => `${text.citation} as in force ${span(text) || 'since a day that is not verified'}`;

/** When a statute is in force, in a sentence, earliest first. */
function periods(texts: readonly TextInTime[]): string {
  const spans = texts.filter(({ versionId }) => versionId !== null).reverse().map(span);
  const wentOnAs = texts[0]?.wentOnAs ?? null;
  return spans.length === 0 ? 'No text of it is on file.' : `It is in force ${spans.join(', and ')}.${wentOnAs === null ? '' : ` It went on as ${wentOnAs}.`}`;
}
