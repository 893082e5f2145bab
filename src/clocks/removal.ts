import type { LawRule } from '../law/rule.file.ts';
import { type Day, plusDays } from './calendar.ts';
import { type Clock, type ClockRule, days, safeDay, standing, step, undated, unfit } from './clock.ts';
import { clockRule, restsOn } from './rule.ts';

/** What a removal window depends on. */
export interface RemovalFacts {
  /** Null until it happens: the window has not opened. */
  readonly arraignedOn: Day | null;
  readonly trialStartsOn?: Day | null;
  /** When the accused gave notice of removal. */
  readonly noticeFiledOn?: Day | null;
}

/** Until when the accused may give notice of removal to the federal court (28 U.S.C. 1455(b)). Throws BadInput where days contradict each other. */
export function removalWindow(law: LawRule<'FEDERAL_REMOVAL'>, { arraignedOn, trialStartsOn = null, noticeFiledOn = null }: RemovalFacts, asOf: Day): Clock {
  const rule = clockRule('removal to the federal court', law);
  days(rule, { arraignedOn, trialStartsOn, noticeFiledOn });
  if (arraignedOn === null) {
    return undated('REMOVAL_WINDOW', rule, noticeFiledOn === null ? 'NOT_RUNNING' : 'MET', [step('There was no arraignment yet: the window has not opened.', law.citation)], restsOn(rule));
  }
  if (trialStartsOn !== null && trialStartsOn < arraignedOn) throw contradicts(rule, 'trialStartsOn', trialStartsOn, arraignedOn);
  const byPeriod = plusDays(arraignedOn, law.body.windowDays);
  const trialFirst = trialStartsOn !== null && trialStartsOn < byPeriod;
  const dueOn = trialFirst ? trialStartsOn : byPeriod;
  return {
    ...undated('REMOVAL_WINDOW', rule, standing(dueOn, noticeFiledOn, asOf), [
      step(`Arraigned on ${arraignedOn}; ${law.body.windowDays} days later is ${byPeriod}.`, law.citation, byPeriod),
      ...(trialStartsOn === null ? [] : [step(`Trial starts on ${trialStartsOn}, ${trialFirst ? 'which is earlier and closes the window' : 'which is no earlier'}.`, law.citation, trialStartsOn)]),
      step('The court may give leave to file later, for good cause.', law.citation),
      ...(noticeFiledOn === null ? [] : [step(`Notice was given on ${noticeFiledOn}: ${law.body.effect}.`, law.citation, noticeFiledOn)]),
    ], restsOn(rule)),
    startedOn: arraignedOn, dueOn, safeOn: safeDay(dueOn, arraignedOn),
  };
}

const contradicts = (rule: ClockRule, field: string, day: Day, arraignedOn: Day) =>
  unfit(rule, field, `The trial of ${day} is before the arraignment on ${arraignedOn}.`, 'Correct the days.');
