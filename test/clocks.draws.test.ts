import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayIn, daysBetween, plusDays, plusMonths, plusWorkingDays, rolled } from '../src/clocks/calendar.ts';
import type { Exclusion } from '../src/clocks/clock.ts';
import { dueWithout } from '../src/clocks/exclusion.ts';
import { limitation } from '../src/clocks/limitation.ts';
import { citations, lawOf } from './clocks.world.ts';

/** A calendar of its own: the proleptic Gregorian one, in whole numbers. */
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lengthOf = (year: number, month: number) => (month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
const parts = (day: string) => day.split('-').map(Number) as [number, number, number];
const text = (year: number, month: number, day: number) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Days since the first of the year 1, counted year by year and month by month. */
function ordinal(day: string): number {
  const [year, month, date] = parts(day);
  const before = year - 1;
  let count = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  for (let each = 1; each < month; each += 1) count += lengthOf(year, each);
  return count + date;
}

function monthsOn(day: string, months: number): string {
  let [year, month] = parts(day);
  for (let left = months; left > 0; left -= 1) {
    month += 1;
    if (month === 13) [year, month] = [year + 1, 1];
  }
  return text(year, month, Math.min(parts(day)[2], lengthOf(year, month)));
}

function next(day: string): string {
  const [year, month, date] = parts(day);
  if (date < lengthOf(year, month)) return text(year, month, date + 1);
  return month === 12 ? text(year + 1, 1, 1) : text(year, month + 1, 1);
}

const aDay = fc.record({ year: fc.integer({ min: 1996, max: 2060 }), month: fc.integer({ min: 1, max: 12 }), seed: fc.integer({ min: 0, max: 30 }) })
  .map(({ year, month, seed }) => text(year, month, (seed % lengthOf(year, month)) + 1));
/** Ends of months and leap days are where arithmetic goes wrong. */
const anEdge = fc.record({ year: fc.integer({ min: 1996, max: 2060 }), month: fc.integer({ min: 1, max: 12 }), back: fc.integer({ min: 0, max: 3 }) })
  .map(({ year, month, back }) => text(year, month, lengthOf(year, month) - back));
const someDay = fc.oneof(aDay, anEdge, fc.constantFrom('2024-02-29', '2000-02-29', '2028-02-29'));

describe('days and months agree with a calendar counted by hand', () => {
  test('months later, ends of months and leap days among them', () => {
    let shortened = 0;
    fc.assert(fc.property(someDay, fc.integer({ min: 0, max: 240 }), (day, months) => {
      const expected = monthsOn(day, months);
      if (expected.slice(8) !== day.slice(8)) shortened += 1;
      expect(plusMonths(day, months)).toBe(expected);
    }), { numRuns: 5000 });
    expect(shortened).toBeGreaterThan(100);
  });

  test('days later and between', () => {
    fc.assert(fc.property(someDay, fc.integer({ min: -800, max: 4000 }), (day, days) => {
      const reached = plusDays(day, days);
      expect(ordinal(reached) - ordinal(day)).toBe(days);
      expect(daysBetween(day, reached)).toBe(days);
    }), { numRuns: 3000 });
  });

  test('working days and days moved off a weekend', () => {
    // The first of January of the year 1 was a Monday.
    const isWeekend = (day: string) => (ordinal(day) - 1) % 7 >= 5;
    fc.assert(fc.property(someDay, fc.integer({ min: 0, max: 40 }), fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }), (day, count, offs) => {
      const holidays = new Set(offs.map((off) => plusDays(day, off)));
      const isOff = (each: string) => isWeekend(each) || holidays.has(each);
      let walked = day;
      for (let left = count; left > 0; ) {
        walked = next(walked);
        if (!isOff(walked)) left -= 1;
      }
      expect(plusWorkingDays(day, count, holidays)).toBe(walked);
      let moved = day;
      while (isOff(moved)) moved = next(moved);
      expect(rolled(day, holidays)).toBe(moved);
    }), { numRuns: 1000 });
  });
});

describe('the limitation of every offence that ships', () => {
  test('is the period of its text from the day of the offence, the shortest of its levels, or none', () => {
    let none = 0;
    fc.assert(fc.property(fc.constantFrom(...citations), someDay, (citation, offenceOn) => {
      const law = lawOf(citation, { validFrom: null, validTo: null });
      const { limitation: said } = law.version;
      const months = (said.byLevel ?? [said]).flatMap((each) => (each.months === null ? [] : [each.months]));
      const clock = limitation(law, { state: law.statute.state, offenceOn }, '2026-01-01');
      if (months.length === 0) {
        none += 1;
        expect(clock).toMatchObject({ dueOn: null, safeOn: null, asserted: null, state: 'NO_LIMIT' });
      } else {
        const due = monthsOn(offenceOn, Math.min(...months));
        expect(clock.dueOn).toBe(due);
        expect(ordinal(due) - ordinal(clock.safeOn as string)).toBe(1);
      }
    }), { numRuns: 2000 });
    expect(none).toBeGreaterThan(100);
  });

  test('never moves its earliest day for what is claimed, asserted or open', () => {
    fc.assert(fc.property(fc.constantFrom('720 ILCS 5/10-3', 'Minn. Stat. 609.222', '18 Pa.C.S. 2701', 'A.R.S. 13-1204'), someDay, fc.integer({ min: -400, max: 1500 }), fc.option(fc.integer({ min: 0, max: 900 })), (citation, offenceOn, after, lasts) => {
      const law = lawOf(citation, { validFrom: null });
      const ground = law.rule.body.tolling[0]?.ground as string;
      const from = plusDays(offenceOn, after);
      const exclusions = [{ ground, from, to: lasts === null ? null : plusDays(from, lasts) }];
      const facts = { state: law.statute.state, offenceOn, exclusions, assertion: { attorney: 'Cora Unsel', grounds: [ground], reasoning: 'As recorded.' } };
      const [bare, claimed] = [limitation(law, { state: facts.state, offenceOn }, '2070-01-01'), limitation(law, facts, '2070-01-01')];
      expect([claimed.dueOn, claimed.safeOn, claimed.state]).toEqual([bare.dueOn, bare.safeOn, bare.state]);
      expect(claimed.asserted?.dueOn ?? '9999').toSatisfy((day: string) => day >= (bare.dueOn as string));
    }), { numRuns: 1000 });
  });
});

test('a period with excluded days ends where a walk from day to day ends that counts the others', () => {
  const seen = { moved: 0, open: 0 };
  const spans = fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 120 })), { maxLength: 5 });
  fc.assert(fc.property(someDay, fc.integer({ min: 1, max: 700 }), fc.integer({ min: -300, max: 200 }), spans, fc.boolean(), (start, length, first, gaps, endsOpen) => {
    let at = plusDays(start, first);
    const exclusions: Exclusion[] = gaps.map(([gap, lasts], index) => {
      const from = plusDays(at, gap);
      at = plusDays(from, lasts + 1);
      return { ground: 'ABSENT', from, to: endsOpen && index === gaps.length - 1 ? null : plusDays(from, lasts) };
    });
    const due = plusDays(start, length);
    let walked: string | null = start;
    for (let left = length; left > 0 && walked !== null; ) {
      walked = next(walked);
      const on: string = walked;
      if (exclusions.some(({ from, to }) => from <= on && to === null)) walked = null;
      else if (!exclusions.some(({ from, to }) => from <= on && on <= (to as string))) left -= 1;
    }
    if (walked === null) seen.open += 1;
    else if (walked !== due) seen.moved += 1;
    expect(dueWithout(start, due, exclusions, '2099-01-01')).toBe(walked);
  }), { numRuns: 3000 });
  expect(seen.moved).toBeGreaterThan(300);
  expect(seen.open).toBeGreaterThan(100);
});

describe('the day of an instant is that of the court', () => {
  /** The day of a weekday in a month, counted from the first: daylight time runs from the second Sunday of March to the first of November. */
  const sunday = (year: number, month: number, nth: number) => {
    let found = text(year, month, 1);
    while ((ordinal(found) - 1) % 7 !== 6) found = next(found);
    for (let each = 1; each < nth; each += 1) found = plusDays(found, 7);
    return found;
  };
  const ZONES = { 'America/Chicago': { hours: 6, changes: true }, 'America/New_York': { hours: 5, changes: true }, 'America/Phoenix': { hours: 7, changes: false } } as const;

  /** By hand, since 2007: hours behind UTC, one less while daylight time runs. */
  function dayByHand(zone: keyof typeof ZONES, at: Date): string {
    const { hours, changes } = ZONES[zone];
    const year = at.getUTCFullYear();
    const begins = Date.parse(`${sunday(year, 3, 2)}T0${hours + 2}:00:00Z`);
    const ends = Date.parse(`${sunday(year, 11, 1)}T0${hours + 1}:00:00Z`);
    const isDaylight = changes && at.getTime() >= begins && at.getTime() < ends;
    return new Date(at.getTime() - (hours - (isDaylight ? 1 : 0)) * 3_600_000).toISOString().slice(0, 10);
  }

  test.each(Object.keys(ZONES) as (keyof typeof ZONES)[])('%s, at any instant', (zone) => {
    const instants = fc.date({ min: new Date('2008-01-01T00:00:00Z'), max: new Date('2036-12-31T00:00:00Z'), noInvalidDate: true });
    fc.assert(fc.property(instants, (at) => {
      expect(dayIn(zone, at)).toBe(dayByHand(zone, at));
    }), { numRuns: 1500 });
  });

  test('on both sides of midnight, in winter and in summer, and Arizona keeps its time', () => {
    const at = (zone: string, ...instants: string[]) => instants.map((instant) => dayIn(zone, new Date(instant)));
    expect(at('America/Chicago', '2026-01-15T05:59:59Z', '2026-01-15T06:00:00Z')).toEqual(['2026-01-14', '2026-01-15']);
    expect(at('America/Chicago', '2026-07-15T04:59:59Z', '2026-07-15T05:00:00Z')).toEqual(['2026-07-14', '2026-07-15']);
    expect(at('America/Phoenix', '2026-01-15T06:59:59Z', '2026-01-15T07:00:00Z')).toEqual(['2026-01-14', '2026-01-15']);
    expect(at('America/Phoenix', '2026-07-15T06:59:59Z', '2026-07-15T07:00:00Z')).toEqual(['2026-07-14', '2026-07-15']);
  });

  test('through the night in which the clock changes', () => {
    const at = (zone: string, ...instants: string[]) => instants.map((instant) => dayIn(zone, new Date(instant)));
    expect(at('America/Chicago', '2026-03-08T05:59:59Z', '2026-03-08T06:00:00Z', '2026-03-09T04:59:59Z', '2026-03-09T05:00:00Z')).toEqual(['2026-03-07', '2026-03-08', '2026-03-08', '2026-03-09']);
    expect(at('America/Chicago', '2026-11-01T04:59:59Z', '2026-11-01T05:00:00Z', '2026-11-02T05:59:59Z', '2026-11-02T06:00:00Z')).toEqual(['2026-10-31', '2026-11-01', '2026-11-01', '2026-11-02']);
    expect(at('America/Phoenix', '2026-03-08T06:59:59Z', '2026-03-09T06:59:59Z', '2026-11-02T06:59:59Z')).toEqual(['2026-03-07', '2026-03-08', '2026-11-01']);
  });

  test('so that a limitation passes at midnight of the court, not of Greenwich (Va. Code 19.2-8)', () => {
    const law = lawOf('Va. Code 18.2-119');
    const stands = (instant: string) => limitation(law, { state: 'VA', offenceOn: '2026-02-01' }, dayIn('America/New_York', new Date(instant))).state;
    expect([stands('2027-02-01T04:59:59Z'), stands('2027-02-01T05:00:00Z'), stands('2027-02-02T04:59:59Z'), stands('2027-02-02T05:00:00Z')]).toEqual(['RUNNING', 'LAST_DAY', 'LAST_DAY', 'PASSED']);
  });

  test('a zone that is none is refused', () => {
    expect(() => dayIn('America/Tucson', new Date())).toThrow(RangeError);
  });
});
