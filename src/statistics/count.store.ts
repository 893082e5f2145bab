import { z } from 'zod';
import { STAGES } from '../cases/lifecycle.ts';
import { arrayText, statement, type Answer, type Statement } from '../database/statement.ts';
import { only } from '../kernel/errors.ts';
import { THRESHOLD } from './cell.table.ts';
import type { CaseCounts, CaseCountsInput, Definition } from './count.type.ts';

/** Takes the analyst's role, in which nothing but the statistics functions can be reached; a first release may take its time. */
export const ENTER_ANALYST: readonly Statement[] = [
  statement(`select set_config('statement_timeout', '60s', true), set_config('role', 'comity_analyst', true)`),
];

/** Gives the analyst's role back, before the unit's last word. */
export const LEAVE_ANALYST: readonly Statement[] = [statement(`select set_config('role', 'none', true)`)];

/** Asks for counts; to be run in the analyst's role, in a transaction that may write. */
export const caseCounts = ({ groupBy, filter }: CaseCountsInput): Statement =>
  statement('select comity.case_counts($1::text[], $2::text::jsonb) as counts', [arrayText(groupBy), JSON.stringify(filter ?? {})]);

const dimension = z.string().nullable().default(null);
const Counts = z.object({
  asOf: z.string(),
  threshold: z.int(),
  withheldCells: z.int(),
  cells: z.array(z.object({
    jurisdiction: dimension,
    state: dimension,
    agency: dimension,
    stage: z.enum(STAGES).nullable().default(null),
    month: dimension,
    statute: dimension,
    count: z.int().nullable().default(null),
    withheld: z.boolean(),
  })),
});

/** What `caseCounts` answered, with the definitions of its words. */
export function countsOf(answer: Answer): CaseCounts {
  const { counts } = only(answer.rows);
  const parsed = Counts.parse(typeof counts === 'string' ? JSON.parse(counts) : counts);
  return { ...parsed, definitions: definitions(parsed.threshold) };
}

const definitions = (threshold: number): Definition[] => [
  { name: 'count', text: 'Cases received, each once, whatever has become of them since. The cases of a member office are counted and those of a guest are not, unless the rule book of the office says otherwise.' },
  { name: 'threshold', text: `No cell of fewer than ${threshold} cases is published: the greatest of ${THRESHOLD} and what the rule books of the counted offices ask, the same for all cells.` },
  { name: 'withheld', text: `Fewer than ${threshold} cases, perhaps none; or a count from which such a cell could be worked out. What is withheld is decided once for all tables and filters.` },
  { name: 'jurisdiction', text: 'The office that leads the case; before a claim, the one that holds the declared county or that the case was routed to. Unrouted cases are under none.' },
  { name: 'state', text: 'The state of the jurisdiction; unrouted cases are under none.' },
  { name: 'agency', text: 'The police agency that referred the case, counted within each jurisdiction apart.' },
  { name: 'stage', text: 'Where the case stood at the time of the count.' },
  { name: 'month', text: 'The calendar month, in UTC, in which the case was received.' },
  { name: 'statute', text: 'A case counts once under each statute that any person in it is proposed to be charged under, so that these counts do not add up to the cases.' },
];
