import type { Confidence } from '../kernel/confidence.ts';
import { badInput, type Refusal } from '../kernel/errors.ts';
import { type Day, isDay, later, plusDays } from './calendar.ts';

/** What a clock counts towards. */
export const CLOCK_KINDS = [
  'LIMITATION', 'REMOVAL_WINDOW', 'CAMERA_RETENTION', 'RETURN_ITEM', 'EXTERNAL_DEMAND', 'VICTIM_NOTICE', 'SUPERSESSION_HEARING', 'SUPERSESSION_DECISION', 'RENDITION_HOLD',
] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];

/**
 * How a clock stands on a day. NOT_RUNNING: what sets it running has not happened, or what it would count for is gone. LAST_DAY: the due day itself, of which
 * it is not verified whether it is in time. MET and MET_LATE: done by the due day, or after it. NO_LIMIT: the law sets none.
 * UNVERIFIED: no period is on file, which is not the same as none.
 */
export const CLOCK_STATES = ['NOT_RUNNING', 'RUNNING', 'LAST_DAY', 'PASSED', 'MET', 'MET_LATE', 'NO_LIMIT', 'UNVERIFIED'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** The rule that a clock follows, and what it rests on. */
export interface ClockRule {
  /** As a sentence names it: `limitation of 720 ILCS 5/10-3`. */
  readonly name: string;
  /** A digest of what the rule said when the clock was computed; another text has another one. */
  readonly version: string;
  readonly citation: string | null;
  readonly confidence: Confidence;
  /** The counsel who confirmed it; null: nobody has. */
  readonly attestedBy: string | null;
}

/** A step of the calculation, in words. */
export interface TraceStep {
  readonly text: string;
  /** Where the law says so; null for a fact, or where no law is cited. */
  readonly citation: string | null;
  /** The day that the step led to, if it led to one. */
  readonly on: Day | null;
}

/** Time that a ground of law leaves out of the count, if it holds. */
export interface Exclusion {
  readonly ground: string;
  /** First day left out. */
  readonly from: Day;
  /** Last day left out; null: it has not ended. */
  readonly to: Day | null;
}

/** A later day that a named attorney asserts. It stands beside `dueOn` and never replaces it. */
export interface Asserted {
  /** Null while an exclusion that it rests on has not ended. */
  readonly dueOn: Day | null;
  readonly safeOn: Day | null;
  readonly attorney: string;
  readonly grounds: readonly string[];
  readonly reasoning: string;
}

/** What whoever relies on a clock must know. */
export const CLOCK_WARNINGS = [
  'UNATTESTED', 'MEDIUM_CONFIDENCE', 'LOW_CONFIDENCE', 'START_UNVERIFIED', 'OFFICER_REACH_NO', 'OFFICER_REACH_UNLIKELY', 'OFFICER_REACH_DISPUTED',
  'LIMITATION_DISPUTED', 'LEVEL_NOT_NAMED', 'DISCOVERY_NOT_ATTESTED', 'EXCLUSION_OPEN', 'EXCLUSION_NOT_ASSERTED', 'PERIOD_ASSUMED', 'PERIOD_UNVERIFIED',
] as const;
export type ClockWarning = (typeof CLOCK_WARNINGS)[number];

/** A clock as it stands on a day: a pure function of facts, the version of a rule, and the day. All days are the court's. */
export interface Clock {
  readonly kind: ClockKind;
  readonly rule: ClockRule;
  readonly startedOn: Day | null;
  /** The earliest day on which time may run out: no excluded time counted, not moved off a weekend. */
  readonly dueOn: Day | null;
  /** The day to plan on: the one before `dueOn`, since whether the last day itself is in time differs by state. */
  readonly safeOn: Day | null;
  /** What a rule on weekends and holidays would make of `dueOn`; null where none is on file. To be told, not relied on. */
  readonly rolledOn: Day | null;
  readonly asserted: Asserted | null;
  /** What was claimed to be left out of the count; `dueOn` counts none of it. */
  readonly tolling: readonly Exclusion[];
  readonly trace: readonly TraceStep[];
  readonly warnings: readonly ClockWarning[];
  readonly state: ClockState;
}

export const step = (text: string, citation: string | null = null, on: Day | null = null): TraceStep => ({ text, citation, on });

/** The day before, but not before the clock started. */
export const safeDay = (dueOn: Day, startedOn: Day): Day => later(plusDays(dueOn, -1), startedOn);

/** How a clock with a due day stands. */
export function standing(dueOn: Day, metOn: Day | null, asOf: Day): ClockState {
  if (metOn !== null) return metOn <= dueOn ? 'MET' : 'MET_LATE';
  if (asOf < dueOn) return 'RUNNING';
  return asOf === dueOn ? 'LAST_DAY' : 'PASSED';
}

/** A clock without a due day, as the base of all others. */
export const undated = (kind: ClockKind, rule: ClockRule, state: ClockState, trace: readonly TraceStep[], warnings: readonly ClockWarning[] = []): Clock => ({
  kind, rule, startedOn: null, dueOn: null, safeOn: null, rolledOn: null, asserted: null, tolling: [], trace, warnings: [...new Set(warnings)], state,
});

/** A fact that a rule cannot work with: the refusal names the rule and where it stands. */
export const unfit = ({ name, citation }: Pick<ClockRule, 'name' | 'citation'>, field: string, problem: string, remedy: string): Refusal =>
  badInput(field, `${problem} Rule: ${name}${citation === null ? '' : `, ${citation}`}.`, remedy);

/** Throws BadInput for a fact that is given and is no date of the calendar. */
export function days(rule: ClockRule, facts: Readonly<Record<string, Day | null | undefined>>): void {
  for (const [field, day] of Object.entries(facts)) {
    if (day != null && !isDay(day)) throw unfit(rule, field, 'This is no date.', 'Give a date of the calendar, as 2026-02-28.');
  }
}
