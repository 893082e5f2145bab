import type { LawRule } from '../law/rule.file.ts';
import type { Limitation } from '../law/statute.table.ts';
import { type Day, earlier, later, plusMonths } from './calendar.ts';
import { type Asserted, type ClockRule, type Exclusion, safeDay, step, type TraceStep, unfit } from './clock.ts';
import { citedIn, countable, dueWithout } from './exclusion.ts';

/** The ground that stands for a state's extension for public officers. */
export const PUBLIC_OFFICE = 'PUBLIC_OFFICE';

/** An attorney's word that time runs out later than the earliest day. */
export interface Assertion {
  readonly attorney: string;
  /** Grounds of recorded exclusions, and PUBLIC_OFFICE for the extension of officers. */
  readonly grounds: readonly string[];
  readonly reasoning: string;
  /** Exclusions that were recorded after it: what the attorney did not know, the attorney did not assert. */
  readonly beyond?: readonly Exclusion[];
}

/** True of an exclusion that an assertion rests on. */
export const isAsserted = ({ grounds, beyond = [] }: Assertion, each: Exclusion): boolean => grounds.includes(each.ground) && !beyond.includes(each);

/** What an assertion rests on. */
export interface AssertedFacts {
  readonly startedOn: Day;
  readonly dueOn: Day;
  readonly offenceOn: Day;
  readonly exclusions: readonly Exclusion[];
  readonly accusedOn: Day | null;
  readonly discovery: { readonly on: Day; readonly attestedBy: string | null } | null;
  /** The last day on which the accused is known to have been in public office. */
  readonly lastInOfficeOn: Day | null;
}

/** Throws BadInput where an assertion names no attorney, no grounds, or a ground of which nothing is recorded. */
export function assertionHeld(rule: ClockRule, assertion: Assertion, recorded: readonly Exclusion[]): void {
  if (assertion.attorney.trim() === '') throw unfit(rule, 'assertion.attorney', 'A later day needs the attorney who asserts it.', 'Name the attorney.');
  if (assertion.grounds.length === 0 || assertion.reasoning.trim() === '') {
    throw unfit(rule, 'assertion.grounds', 'A later day needs its grounds.', 'Name the grounds, and say in a sentence why they hold.');
  }
  for (const ground of assertion.grounds) {
    if (ground !== PUBLIC_OFFICE && !recorded.some((each) => each.ground === ground && isAsserted(assertion, each))) {
      throw unfit(rule, 'assertion.grounds', `Nothing is recorded of ${ground}.`, 'Record from when to when it held first, or leave the ground out.');
    }
  }
}

/** The day that an assertion leads to, and how. Exclusions and the officers' extension are not added together: the later of the two holds. */
export function asserted(rule: ClockRule, law: LawRule<'LIMITATION'>, limitation: Limitation, assertion: Assertion, facts: AssertedFacts, asOf: Day): { asserted: Asserted; trace: TraceStep[] } {
  const { startedOn, dueOn, exclusions, accusedOn } = facts;
  const relied = exclusions.filter((each) => isAsserted(assertion, each)).flatMap((each) => countable(each, accusedOn) ?? []);
  const tolled = dueWithout(startedOn, dueOn, relied, asOf);
  const extended = assertion.grounds.includes(PUBLIC_OFFICE) ? extension(rule, law, limitation, facts) : undefined;
  const until = tolled === null ? null : extended === undefined ? tolled : later(tolled, extended.on ?? tolled);
  const by = `${assertion.attorney} asserts`;
  return {
    asserted: { dueOn: until, safeOn: until === null ? null : safeDay(until, startedOn), attorney: assertion.attorney, grounds: assertion.grounds, reasoning: assertion.reasoning },
    trace: [
      ...relied.map(({ ground, from, to }) => step(`${by} that ${ground} leaves out the time from ${from} ${to === null ? 'on' : `to ${to}`}.`, citedIn(law, ground))),
      ...(extended === undefined ? [] : [{ ...extended, text: `${by}: ${extended.text}` }]),
      until === null
        ? step('What is asserted has not ended: it leads to no day, and the earliest day stands.', rule.citation)
        : step(`Asserted: ${until}. The earliest day, ${dueOn}, stands beside it.`, rule.citation, until),
    ],
  };
}

interface OfficerRule {
  readonly trigger: 'DISCOVERY' | 'COMMISSION' | 'LEAVES_OFFICE';
  readonly years: number;
  readonly cap: number | null;
  readonly citation: string;
}

/** From what an extension for public officers runs, under the statute or its state's rule; undefined where the law on file knows none. */
export const extensionTrigger = (law: LawRule<'LIMITATION'>, limitation: Limitation): OfficerRule['trigger'] | undefined => officerRule(law, limitation)?.trigger;

/** What the statute itself says of officers goes before its state's rule. */
function officerRule(law: LawRule<'LIMITATION'>, { extension: own }: Limitation): OfficerRule | undefined {
  if (own !== undefined) {
    const trigger = own.trigger === 'DISCOVERY' ? 'DISCOVERY' : 'LEAVES_OFFICE';
    return { trigger, years: own.addYears ?? own.untilYearsAfterLeavingOffice ?? 0, cap: own.capYearsBeyondBase, citation: own.citation };
  }
  const state = law.body.publicOfficer;
  return state === null ? undefined : { trigger: state.trigger, years: state.addYears, cap: state.capYearsBeyondBase ?? null, citation: state.citation };
}

const FROM = { DISCOVERY: 'discovery', COMMISSION: 'the offence', LEAVES_OFFICE: 'the last day in office' } as const;

function extension(rule: ClockRule, law: LawRule<'LIMITATION'>, limitation: Limitation, facts: AssertedFacts): TraceStep {
  const officer = officerRule(law, limitation);
  if (officer === undefined) throw unfit(rule, 'assertion.grounds', `${law.state} has no extension for public officers on file.`, 'Leave the ground PUBLIC_OFFICE out.');
  const since = sinceWhen(rule, officer, facts);
  const full = plusMonths(since, officer.years * 12);
  const on = officer.cap === null ? full : earlier(full, plusMonths(facts.dueOn, officer.cap * 12));
  const cap = officer.cap === null ? '' : `, at most ${officer.cap} years beyond ${facts.dueOn}`;
  return step(`for a public officer it runs until ${officer.years} years after ${FROM[officer.trigger]}, ${since}${cap}.`, officer.citation, on);
}

function sinceWhen(rule: ClockRule, { trigger, citation }: OfficerRule, { offenceOn, discovery, lastInOfficeOn }: AssertedFacts): Day {
  if (trigger === 'COMMISSION') return offenceOn;
  if (trigger === 'DISCOVERY') {
    if (discovery?.attestedBy == null) throw unfit({ ...rule, citation }, 'discovery', 'The extension runs from discovery, and none is recorded and attested.', 'Record the day of discovery and the attorney who attests it.');
    return discovery.on;
  }
  if (lastInOfficeOn === null) throw unfit({ ...rule, citation }, 'lastInOfficeOn', 'The extension runs from the last day in office, and none is recorded.', 'Record the last day on which the accused is known to have been in office.');
  return lastInOfficeOn;
}
