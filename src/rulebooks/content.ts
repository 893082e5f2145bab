import { FACETS, SHAREABLE_FACETS, bits, type Facet } from '../access/facets.ts';
import { COALITION_VIEWER } from '../access/seats.ts';
import { badInput } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import { instantSought } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import type { DraftRuleBookInput } from './book.inputs.ts';
import { isCeiling, isLimitable, lowers } from './limits.ts';
import type { ActLimitInput, AdmissionRuleInput, AgencyRuleInput, RuleBookTestInput, SharingRuleInput, StatisticsRuleInput } from './rule.inputs.ts';

/** The lists of rules that a book holds. */
export const LISTS = ['sharing', 'limits', 'agency', 'admission', 'statistics', 'tests'] as const;
export type List = (typeof LISTS)[number];

/** The lists that are given, as rows by the names of their columns; a list that is not given is absent. */
export type Content = Partial<Record<List, readonly Readonly<Record<string, unknown>>[]>>;

/** What the content of a book is held against. */
export interface Known {
  readonly office: string;
  readonly offices: ReadonlySet<string>;
  readonly members: ReadonlySet<string>;
  /** Facets that the law of the office's state closes to other offices whatever the case, and where it says so. */
  readonly closed: readonly { readonly facet: Facet; readonly citation: string | null }[];
  readonly now: Date;
}

const MOST = { sharing: 200, limits: 50, agency: 20, admission: 2, statistics: 20, tests: 100 } as const satisfies Record<List, number>;
const COMPARTMENTS = bits('GRAND_JURY', 'COMPELLED');
const SHAREABLE = (Object.keys(FACETS) as Facet[]).filter((facet) => (FACETS[facet] & SHAREABLE_FACETS) !== 0);

/** The content of a book as it is stored. Throws BadInput with the path of the first part that cannot be taken. */
export function contentOf(input: Pick<DraftRuleBookInput, List>, known: Known): Content {
  for (const list of LISTS) {
    if ((input[list]?.length ?? 0) > MOST[list]) throw badInput(list, `A book holds at most ${MOST[list]} of these.`, 'Join what belongs together, and leave out what nothing depends on.');
  }
  return {
    ...(input.sharing && { sharing: distinct('sharing', input.sharing.map((rule, at) => sharingRow(rule, at, known)), audienceAndConditions, 'opens to the same audience under the same conditions', 'Put their facets into one rule.') }),
    ...(input.limits && { limits: distinct('limits', input.limits.map(limitRow), ({ action }) => action, 'limits the same act', 'Keep the lower one.') }),
    ...(input.agency && { agency: distinct('agency', input.agency.map(agencyRow), ({ show }) => show, 'shows the same', 'Put their stages into one rule.') }),
    ...(input.admission && { admission: distinct('admission', input.admission.map(admissionRow), ({ part }) => part, 'is of the same part', 'Keep one.') }),
    ...(input.statistics && { statistics: distinct('statistics', input.statistics.map(statisticsRow), ({ measure }) => measure, 'is of the same measure', 'Keep one.') }),
    ...(input.tests && { tests: input.tests.map((test, at) => testRow(test, at, known)) }),
  };
}

function sharingRow(rule: SharingRuleInput, at: number, known: Known) {
  const path = (field: string) => `sharing.${at}.${field}`;
  return {
    position: at,
    audience_id: audienceOf(rule, path('jurisdictionId'), known),
    facets: facetsOf(rule.facets, path('facets'), known),
    stages: words(rule.stages),
    levels: words(rule.levels),
    tags: words(rule.tags),
    until: rule.until ? later(rule.until, path('until'), known) : 'infinity',
    basis: sentence(path('basis'), rule.basis),
  };
}

function audienceOf({ audience, jurisdictionId }: SharingRuleInput, path: string, { office, offices }: Known): string {
  if (audience === 'COALITION') {
    if (jurisdictionId != null) throw badInput(path, 'The coalition is no one office.', 'Leave jurisdictionId away, or make the audience JURISDICTION.');
    return COALITION_VIEWER;
  }
  const id = idOrNull(jurisdictionId)?.toLowerCase() ?? '';
  if (!offices.has(id)) throw badInput(path, 'There is no such office.', 'Take an id from the query jurisdictions.');
  if (id === office) throw badInput(path, 'Your own office sees its cases by its seat.', 'Name another office, or the coalition.');
  return id;
}

function facetsOf(facets: readonly Facet[], path: string, { closed }: Known): number {
  const asked = bits(...facets);
  if ((asked & COMPARTMENTS) !== 0) throw badInput(path, 'No rule opens a compartment.', 'Leave GRAND_JURY and COMPELLED away.');
  const barred = facets.filter((facet) => (FACETS[facet] & SHAREABLE_FACETS) === 0);
  if (barred.length > 0) throw badInput(path, `${barred.join(', ')}: no rule opens this to another office.`, `Choose among ${SHAREABLE.join(', ')}.`);
  const law = closed.find(({ facet }) => facets.includes(facet));
  if (law) throw badInput(path, `The law closes ${law.facet} to other offices${law.citation === null ? '' : ` (${law.citation})`}.`, `Leave ${law.facet} away; where the law allows it for one case, record the authorisation there.`);
  if ((asked & FACETS.SUMMARY) === 0) throw badInput(path, 'Nothing of a case is seen without its SUMMARY.', 'Add SUMMARY.');
  return asked;
}

function later(until: Date, path: string, { now }: Known): string {
  if (until <= now) throw badInput(path, 'This has passed.', 'Give an instant to come, or leave the rule away.');
  return String(instantSought(until));
}

function limitRow({ action, ceiling, basis }: ActLimitInput, at: number) {
  if (!isLimitable(action)) throw badInput(`limits.${at}.action`, 'This is no act that a rule book limits.', 'Name an act of an office on its cases as the page of permissions does, for instance case:release.');
  if (!isCeiling(action, ceiling)) throw badInput(`limits.${at}.ceiling`, 'When this act is done nobody of the office is on the team of the case yet: there is nothing of one’s own.', 'Limit it to NONE, or leave the limit away.');
  if (!lowers(action, ceiling)) throw badInput(`limits.${at}.ceiling`, `No role reaches further than ${ceiling} with this act: a limit lowers, and raises nothing.`, 'Name a lower reach, or leave the limit away.');
  return { action, ceiling, basis: sentence(`limits.${at}.basis`, basis) };
}

const agencyRow = ({ show, stages, basis }: AgencyRuleInput, at: number) => ({ show, stages: words(stages), basis: sentence(`agency.${at}.basis`, basis) });

function admissionRow({ part, answer, basis }: AdmissionRuleInput, at: number) {
  if (part === 'NONE') throw badInput(`admission.${at}.part`, 'Where no elected official had a part there is nothing to admit or refuse.', 'Name CONSULTED or DIRECTED.');
  return { part, answer, basis: sentence(`admission.${at}.basis`, basis, 500) };
}

function statisticsRow({ measure, counted, threshold, basis }: StatisticsRuleInput, at: number) {
  if (threshold < 10 || threshold > 100) throw badInput(`statistics.${at}.threshold`, 'A published cell holds at least 10.', 'Give a number from 10 to 100.');
  return { measure, counted, threshold, basis: sentence(`statistics.${at}.basis`, basis) };
}

function testRow({ memberId, facet, stage, level, tags, sees }: RuleBookTestInput, at: number, { members }: Known) {
  const id = idOrNull(memberId)?.toLowerCase() ?? '';
  if (!members.has(id)) throw badInput(`tests.${at}.memberId`, 'There is no such member.', 'Take the id of a member.');
  return { position: at, member_id: id, facet: FACETS[facet], stage, level, tags: words(tags), sees };
}

/** A set of words in one order, so that two sets of the same words are alike. */
const words = (given: readonly string[] | null | undefined): string[] => [...new Set(given)].sort();

const audienceAndConditions = ({ audience_id, stages, levels, tags }: ReturnType<typeof sharingRow>) => JSON.stringify([audience_id, stages, levels, tags]);

function distinct<R>(list: List, rows: readonly R[], keyOf: (row: R) => string, same: string, remedy: string): readonly R[] {
  const first = new Map<string, number>();
  rows.forEach((row, at) => {
    const earlier = first.get(keyOf(row));
    if (earlier !== undefined) throw badInput(`${list}.${at}`, `This ${same} as ${list}.${earlier}.`, remedy);
    first.set(keyOf(row), at);
  });
  return rows;
}
