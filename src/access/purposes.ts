import type { LoggedRequest } from '../database/binding.ts';
import { badInput } from '../kernel/errors.ts';

/** What a request may be for, as the header `x-purpose` names it. */
export const PURPOSES = [
  'CASE_PREPARATION', 'CHARGING_REVIEW', 'VICTIM_SUPPORT', 'DISCLOSURE_REVIEW', 'FILTER_REVIEW', 'CONFLICT_CHECK', 'SUPERVISION', 'AUDIT', 'COURT_ORDER', 'EMERGENCY',
] as const;

export type Purpose = (typeof PURPOSES)[number];

/** A request as the log of access names it: its id, and what it is for. */
export interface Errand extends LoggedRequest {
  readonly requestId: string;
  readonly purpose: Purpose | null;
}

const REMEDY = `Send the header x-purpose with one of ${PURPOSES.join(', ')}.`;

/** The purpose that a request names, or null where it names none. Throws BAD_USER_INPUT for one that is not on the list. */
export function purposeOf(named: string | undefined): Purpose | null {
  if (named === undefined) return null;
  const found = PURPOSES.find((purpose) => purpose === named);
  if (found === undefined) throw badInput('x-purpose', 'This is no purpose that is known here.', REMEDY);
  return found;
}

/** The refusal of what may not be read, or done, without saying what for. */
export const purposeMissing = () => badInput('x-purpose', 'This needs a purpose: it is kept who read it and what for.', REMEDY);
