import { statement, type Answer, type Statement } from '../database/statement.ts';
import type { Moment } from '../trail/act.ts';
import { type CaseClock, clocksOf, type Unfit } from './case-clocks.ts';
import type { CaseFacts } from './case-facts.ts';
import { digest } from './rule.ts';

const FACTS = 'select facts::text as facts from comity.clock_facts($1::text::uuid[], $2::uuid)';
const PUT = 'select comity.put_clocks($1::uuid, $2::text::jsonb)';

/**
 * What an act ends with that changes a fact on which a clock depends: when its changes are made, all clocks of the cases are
 * computed anew; a result that differs is kept beside the one before. Facts that a rule cannot work with are told by the
 * clock, unless REFUSED: then they refuse the act.
 */
export const reclocked = (caseIds: readonly string[], unfit: Unfit = 'TOLD') => async (moment: Moment): Promise<readonly Statement[]> =>
  (await moment.run(statement(FACTS, [`{${caseIds.join(',')}}`, null]))).rows.map((row) => putting(row, PUT, unfit));

/** The same for an agency, which knows its referral and never the case. */
export const reclockedBehind = (referralId: string) => async (moment: Moment): Promise<readonly Statement[]> =>
  (await moment.run(statement(FACTS, ['{}', referralId]))).rows.map((row) => putting(row, PUT, 'TOLD'));

/** The statement that keeps the clocks of a case whose facts the database gave. */
export function putting({ facts }: Answer['rows'][number], put: string, unfit: Unfit): Statement {
  const found = JSON.parse(String(facts)) as CaseFacts;
  return statement(put, [found.caseId, JSON.stringify(clocksOf(found, new Date(), unfit).map((each) => clockRow(each, found.timeZone)))]);
}

/** A clock as its row, in the names of its columns. How it stands on a day is not of it. */
export function clockRow({ kind, aboutId, aspect, needs, versionId, metOn, clock }: CaseClock, timeZone: string): object {
  const { state, rule: { attestedBy: _, ...rule }, startedOn, dueOn, safeOn, rolledOn, asserted, tolling, trace, warnings } = clock;
  const row = {
    kind, about_id: aboutId, aspect, needs, time_zone: timeZone, started_on: startedOn, due_on: dueOn, safe_on: safeOn, rolled_on: rolledOn, met_on: metOn,
    undated: dueOn === null ? state : null, asserted, tolling, trace, warnings, rule, version_id: versionId,
  };
  return { ...row, digest: digest(row) };
}
