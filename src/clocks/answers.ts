import type { LawRule } from '../law/rule.file.ts';
import type { Day } from './calendar.ts';
import { type Clock, type ClockRule, days, safeDay, standing, step, undated, unfit } from './clock.ts';
import { clockRule, digest, restsOn } from './rule.ts';

/** What an office asked of a police agency. */
export interface ReturnItemFacts {
  readonly askedOn: Day;
  readonly dueOn: Day;
  readonly answeredOn?: Day | null;
}

/** No law sets the day: the office that asked did. */
export const OF_THE_OFFICE: ClockRule = { name: 'items returned to an agency', version: digest('the office that asked sets the day'), citation: null, confidence: 'HIGH', attestedBy: null };

/** By when an agency owes what it was asked for. Throws BadInput for a day before it was asked. */
export function returnItem({ askedOn, dueOn, answeredOn = null }: ReturnItemFacts, asOf: Day): Clock {
  days(OF_THE_OFFICE, { askedOn, dueOn, answeredOn });
  if (dueOn < askedOn) throw unfit(OF_THE_OFFICE, 'dueOn', `It is due on ${dueOn}, before it was asked on ${askedOn}.`, 'Correct the days.');
  return {
    ...undated('RETURN_ITEM', OF_THE_OFFICE, standing(dueOn, answeredOn, asOf), [step(`Asked on ${askedOn}; the office set ${dueOn}.`, null, dueOn), ...answered(answeredOn)]),
    startedOn: askedOn, dueOn, safeOn: safeDay(dueOn, askedOn),
  };
}

/** What was demanded of a federal agency or another holder. */
export interface DemandFacts {
  readonly servedOn: Day | null;
  /** The return date of a subpoena, or the day by which a letter asks for an answer. */
  readonly returnOn?: Day | null;
  readonly answeredOn?: Day | null;
}

/** By when a demand is to be answered. Where its regime sets no period, the day that the demand itself names. Throws BadInput for a subpoena without a return date. */
export function externalDemand(law: LawRule<'EXTERNAL_DEMAND_REGIME'>, { servedOn, returnOn = null, answeredOn = null }: DemandFacts, asOf: Day): Clock {
  const rule = clockRule(`demand under ${law.body.regime}`, law);
  days(rule, { servedOn, returnOn, answeredOn });
  const warnings = restsOn(rule);
  if (law.body.answerDeadline === 'return date' && returnOn === null) throw unfit(rule, 'returnOn', 'This demand is answered by its return date, and none is given.', 'Give the return date.');
  if (servedOn === null) return undated('EXTERNAL_DEMAND', rule, 'NOT_RUNNING', [step('It was not served yet.', law.citation)], warnings);
  if (returnOn !== null && returnOn < servedOn) throw unfit(rule, 'returnOn', `The return date ${returnOn} is before the service on ${servedOn}.`, 'Correct the days.');
  const served = step(`Served on ${servedOn} on the ${law.body.addressee}.`, law.citation, servedOn);
  if (returnOn === null) {
    return { ...undated('EXTERNAL_DEMAND', rule, answeredOn === null ? 'UNVERIFIED' : 'MET', [
      served, step('This regime sets no period for an answer, and the demand names no day.', law.citation), ...answered(answeredOn),
    ], [...warnings, 'PERIOD_UNVERIFIED']), startedOn: servedOn };
  }
  return {
    ...undated('EXTERNAL_DEMAND', rule, standing(returnOn, answeredOn, asOf), [served, step(`The demand names ${returnOn}.`, law.citation, returnOn), ...answered(answeredOn)], warnings),
    startedOn: servedOn, dueOn: returnOn, safeOn: safeDay(returnOn, servedOn),
  };
}

const answered = (on: Day | null) => (on === null ? [] : [step(`Answered on ${on}.`, null, on)]);
