import type { LawRule } from '../law/rule.file.ts';
import { type Day, plusDays } from './calendar.ts';
import { type Clock, type ClockKind, type ClockRule, days, safeDay, standing, step, undated, unfit } from './clock.ts';
import { clockRule, restsOn } from './rule.ts';

/** What a petition to supersede a prosecutor depends on. */
export interface SupersessionFacts {
  readonly judgeAssignedOn: Day | null;
  readonly heardOn?: Day | null;
  readonly decidedOn?: Day | null;
}

/** By when a petition to supersede must be heard, and by when it must be decided (71 P.S. 732-205). Throws BadInput where days contradict each other. */
export function supersession(law: LawRule<'SUPERSESSION'>, { judgeAssignedOn, heardOn = null, decidedOn = null }: SupersessionFacts, asOf: Day): { hearing: Clock; decision: Clock } {
  const rule = clockRule(`supersession in ${law.state}`, law);
  days(rule, { judgeAssignedOn, heardOn, decidedOn });
  if (heardOn !== null && (judgeAssignedOn === null || heardOn < judgeAssignedOn)) {
    throw unfit(rule, 'heardOn', `The hearing of ${heardOn} is before a judge was assigned${judgeAssignedOn === null ? '' : `, on ${judgeAssignedOn}`}.`, 'Correct the days.');
  }
  if (decidedOn !== null && (heardOn === null || decidedOn < heardOn)) {
    throw unfit(rule, 'decidedOn', `The decision of ${decidedOn} is before the hearing${heardOn === null ? '' : `, on ${heardOn}`}.`, 'Correct the days.');
  }
  return {
    hearing: counted('SUPERSESSION_HEARING', rule, 'the assignment of the judge', judgeAssignedOn, law.body.hearingDays, heardOn, asOf),
    decision: counted('SUPERSESSION_DECISION', rule, 'the hearing', heardOn, law.body.decisionDays, decidedOn, asOf),
  };
}

function counted(kind: ClockKind, rule: ClockRule, event: string, since: Day | null, count: number, metOn: Day | null, asOf: Day): Clock {
  if (since === null) return undated(kind, rule, 'NOT_RUNNING', [step(`It runs from ${event}, which has not happened.`, rule.citation)], restsOn(rule));
  const dueOn = plusDays(since, count);
  const done = metOn === null ? [] : [step(`Done on ${metOn}.`, null, metOn)];
  return {
    ...undated(kind, rule, standing(dueOn, metOn, asOf), [step(`${count} days from ${event} on ${since}.`, rule.citation, dueOn), ...done], restsOn(rule)),
    startedOn: since, dueOn, safeOn: safeDay(dueOn, since),
  };
}
