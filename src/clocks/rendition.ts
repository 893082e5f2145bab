import type { LawRule } from '../law/rule.file.ts';
import { type Day, later, plusDays } from './calendar.ts';
import { type Clock, days, safeDay, standing, step, undated, unfit } from './clock.ts';
import { clockRule, restsOn } from './rule.ts';

/** What the hold of an accused in another state depends on. */
export interface HoldFacts {
  readonly arrestOn: Day;
  /** Until when a court extended it. */
  readonly extensionUntil?: Day | null;
  /** When it ended: by a Governor's warrant that was served, a waiver, a return or a release. */
  readonly endedOn?: Day | null;
}

/**
 * Until when an accused who was arrested in another state is held there without a Governor's warrant (Uniform Criminal Extradition Act 15, 17). What
 * a court extended counts as it did, whatever the rule says by now. Throws BadInput where days contradict each other.
 */
export function renditionHold(law: LawRule<'RENDITION'>, { arrestOn, extensionUntil = null, endedOn = null }: HoldFacts, asOf: Day): Clock {
  const rule = clockRule('hold of an accused in another state', law);
  days(rule, { arrestOn, extensionUntil, endedOn });
  for (const [field, day] of [['extensionUntil', extensionUntil], ['endedOn', endedOn]] as const) {
    if (day !== null && day < arrestOn) throw unfit(rule, field, `${day} is before the arrest on ${arrestOn}.`, 'Correct the days.');
  }
  const expiresOn = plusDays(arrestOn, law.body.holdDays);
  const dueOn = extensionUntil === null ? expiresOn : later(expiresOn, extensionUntil);
  return {
    ...undated('RENDITION_HOLD', rule, standing(dueOn, endedOn, asOf), [
      step(`Arrested on ${arrestOn}; ${law.body.holdDays} days later is ${expiresOn}.`, law.citation, expiresOn),
      ...(extensionUntil === null ? [step(`A court may extend that by ${law.body.extensionDays} days at most.`, law.citation)] : [step(`A court extended it to ${extensionUntil}.`, law.citation, extensionUntil)]),
      ...(endedOn === null ? [] : [step(`It ended on ${endedOn}.`, null, endedOn)]),
    ], restsOn(rule)),
    startedOn: arrestOn, dueOn, safeOn: safeDay(dueOn, arrestOn),
  };
}
