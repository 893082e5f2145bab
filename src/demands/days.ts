import { unfit as unfitClock } from '../clocks/clock.ts';
import { badInput, type Refusal } from '../kernel/errors.ts';
import type { DemandSeen, RegimeRule } from './demand.store.ts';

/** What a regime's rule does not allow: the refusal names the rule, and where it stands or how sure it is. */
export const unfit = (rule: RegimeRule, field: string, problem: string, remedy: string): Refusal =>
  unfitClock({ name: rule.name, citation: rule.citation ?? `no citation on file, confidence ${rule.confidence}` }, field, problem, remedy);

/** The day, unless it is ahead where the office is: then throws BadInput. */
export function notAhead(field: string, day: string, { today }: DemandSeen): string {
  if (day > today) throw badInput(field, `This day has not come: it is ${today}.`, 'Record it once it has happened.');
  return day;
}

/** The day, unless it lies before another: then throws BadInput with the rule. */
export function notBefore(field: string, day: string, servedOn: string, rule: RegimeRule): string {
  if (day < servedOn) throw unfit(rule, field, `${day} is before the service on ${servedOn}.`, 'Correct the days.');
  return day;
}

/** A day on which something became of a served demand: not ahead, and not before its service. Throws BadInput. */
export function dayAfterService(field: string, day: string, demand: DemandSeen): string {
  if (demand.servedOn !== null && day < demand.servedOn) throw badInput(field, `This day is before the service on ${demand.servedOn}.`, 'Correct the day.');
  return notAhead(field, day, demand);
}
