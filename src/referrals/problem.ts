import type { Severity } from '../law/directive.table.ts';

/** What stands between a referral and its acceptance, as data. ERROR refuses it; WARN and INFO go with it. */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  /** Where in the referral, for instance `incident.countyFips`. */
  readonly path: string;
  /** The requirement that asks for it, `directive/key`; null for what every referral must satisfy. */
  readonly requirement: string | null;
  readonly message: string;
  readonly remedy: string;
}

/** A problem of every referral, whatever its directive. */
export const problem = (code: string, path: string, message: string, remedy: string, severity: Severity = 'ERROR'): Problem => ({
  code, severity, path, requirement: null, message, remedy,
});

/** Whether any of these refuses the referral. */
export const refuses = (problems: readonly Problem[]): boolean => problems.some(({ severity }) => severity === 'ERROR');
