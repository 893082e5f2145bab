import type { LawRule } from '../law/rule.file.ts';
import { type Day, plusDays, plusWorkingDays } from './calendar.ts';
import { type Clock, days, safeDay, standing, step, undated, unfit } from './clock.ts';
import { clockRule, restsOn } from './rule.ts';

/** What a notice to a victim depends on. */
export interface NoticeFacts {
  /** The event that it follows: the charge, the first contact, the disposition. */
  readonly happenedOn?: Day | null;
  /** The event that it must go before: the declination becomes final, a release, a plea. */
  readonly beforeOn?: Day | null;
  readonly sentOn?: Day | null;
  /** Since when the victim wants no notices; null while they want them. */
  readonly optedOutOn?: Day | null;
}

/** The day the duty was met: the notice, or, of a victim who wants none, their word or the event, whichever came later. */
export const noticeMetOn = ({ happenedOn = null, sentOn = null, optedOutOn = null }: NoticeFacts): Day | null =>
  sentOn ?? (optedOutOn !== null && happenedOn !== null && optedOutOn < happenedOn ? happenedOn : optedOutOn);

/** Since when a victim wants no notices: each word against them is followed by one for them, or stands. */
export function optedOutOn(notices: readonly { readonly kind: string; readonly sentOn: Day }[]): Day | null {
  const [against, again] = [notices.filter(({ kind }) => kind === 'OPT_OUT'), notices.filter(({ kind }) => kind === 'OPT_IN')];
  return against.length > again.length ? (against.map(({ sentOn }) => sentOn).sort().at(-1) ?? null) : null;
}

/**
 * By when a victim must be told. Working days leave out weekends and the holidays given: without their list the day comes
 * out too early, never too late. Throws BadInput for an event before the rule came into force, and for days that contradict each other.
 */
export function victimNotice(law: LawRule<'VICTIM_NOTICE'>, facts: NoticeFacts, asOf: Day, holidays: ReadonlySet<Day> = new Set()): Clock {
  const { kind, from, before, dueDays = null, dayType = 'CALENDAR', effectiveFrom, condition, text } = law.body;
  const { happenedOn = null, beforeOn = null, sentOn = null, optedOutOn = null } = facts;
  const metOn = noticeMetOn(facts);
  const rule = clockRule(`notice to victims in ${law.state}, ${kind}`, law);
  days(rule, { happenedOn, beforeOn, sentOn, optedOutOn });
  const event = before === undefined ? happenedOn : beforeOn;
  const named = before === undefined ? (from ?? 'the event') : before;
  if (event !== null && effectiveFrom !== undefined && event < effectiveFrom) {
    throw unfit(rule, before === undefined ? 'happenedOn' : 'beforeOn', `This rule is in force from ${effectiveFrom}, not on ${event}.`, 'Correct the day, or take the rule of that day.');
  }
  const words = [condition === undefined ? undefined : `Condition: ${condition}.`, text === undefined ? undefined : `On file: ${text}.`].flatMap((each) => (each === undefined ? [] : [step(each, law.citation)]));
  const sent = [
    ...(sentOn === null ? [] : [step(`Told on ${sentOn}.`, null, sentOn)]),
    ...(optedOutOn === null ? [] : [step(`Wants no notices, as said on ${optedOutOn}.`, null, optedOutOn)]),
  ];
  const warnings = restsOn(rule);
  if (event === null) {
    const waits = before === undefined ? `Nothing happened yet that it follows: ${named}.` : `It must be given before: ${named}.`;
    return undated('VICTIM_NOTICE', rule, metOn === null ? 'NOT_RUNNING' : 'MET', [step(waits, law.citation), ...words, ...sent], warnings);
  }
  if (before === undefined && sentOn !== null && sentOn < event) throw unfit(rule, 'sentOn', `The notice of ${sentOn} is before ${named} on ${event}.`, 'Correct the days.');
  if (before === undefined && dueDays === null) {
    const unverified = step(`${event}: ${named}. No number of days is on file.`, law.citation);
    return { ...undated('VICTIM_NOTICE', rule, metOn === null ? 'UNVERIFIED' : 'MET', [unverified, ...words, ...sent], [...warnings, 'PERIOD_UNVERIFIED']), startedOn: event };
  }
  const count = dueDays ?? 0;
  const dueOn = before !== undefined ? plusDays(event, -count) : dayType === 'WORKING' ? plusWorkingDays(event, count, holidays) : plusDays(event, count);
  const counted = before !== undefined ? `It must be given ${count === 0 ? '' : `${count} days `}before ${event}: ${named}.`
    : `${event}: ${named}. ${count} ${dayType === 'WORKING' ? 'working ' : ''}days later is ${dueOn}.`;
  return {
    ...undated('VICTIM_NOTICE', rule, standing(dueOn, metOn, asOf), [step(counted, law.citation, dueOn), ...words, ...sent], warnings),
    startedOn: before === undefined ? event : null, dueOn, safeOn: before === undefined ? safeDay(dueOn, event) : plusDays(dueOn, -1),
  };
}
