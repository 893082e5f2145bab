import type { OffenceLevel } from '../law/statute.table.ts';
import { asserted, type Assertion, assertionHeld, extensionTrigger, isAsserted } from './assertion.ts';
import { type Day, plusMonths, rolled } from './calendar.ts';
import { type Clock, type ClockRule, type ClockWarning, days, type Exclusion, safeDay, standing, step, type TraceStep, undated, unfit } from './clock.ts';
import { exclusionsHeld, isOpen, tollingTrace } from './exclusion.ts';
import { type LimitationLaw, limitationRule, periodOf } from './limitation.law.ts';
import { restsOn } from './rule.ts';

/** The facts that a limitation depends on. */
export interface LimitationFacts {
  /** The state in which the case lies. */
  readonly state: string;
  /** The day of the offence; of a span of days the first, which governs. */
  readonly offenceOn: Day | null;
  readonly offenceTo?: Day | null;
  /** The level that the charge names; null or EITHER while it names none. */
  readonly level?: OffenceLevel | null;
  /** When the state discovered the offence; counts only once an attorney attests it. */
  readonly discovery?: { readonly on: Day; readonly attestedBy: string | null } | null;
  readonly exclusions?: readonly Exclusion[];
  /** The day of the formal accusation. */
  readonly accusedOn?: Day | null;
  /** The last day on which the accused is known to have been in public office. */
  readonly lastInOfficeOn?: Day | null;
  /** The day on which the prosecution was begun. */
  readonly commencedOn?: Day | null;
  readonly assertion?: Assertion | null;
}

/**
 * By when a prosecution must be begun. `dueOn` counts no excluded time and no extension; a later day stands in `asserted`,
 * by a named attorney. Throws BadInput, naming rule and citation, for a statute of another state or not in force on the
 * day, a day of the offence that is unknown, and facts that contradict each other.
 */
export function limitation(law: LimitationLaw, facts: LimitationFacts, asOf: Day): Clock {
  const { version, rule: state, statute } = law;
  const rule = limitationRule(law);
  const offenceOn = offenceHeld(rule, law, facts);
  const exclusions = exclusionsHeld(rule, state, facts.exclusions ?? []);
  const { assertion } = facts;
  if (assertion != null) assertionHeld(rule, assertion, exclusions);
  const period = periodOf(rule, version, facts.level ?? null);
  const warnings: ClockWarning[] = [
    ...restsOn(rule), ...(version.validFrom === null ? (['START_UNVERIFIED'] as const) : []),
    ...(version.appliesToFederalOfficer === 'YES' ? [] : [`OFFICER_REACH_${version.appliesToFederalOfficer}` as const]), ...period.warnings,
  ];
  if (period.months === null) return { ...undated('LIMITATION', rule, 'NO_LIMIT', period.trace, warnings), startedOn: offenceOn, tolling: exclusions };

  const start = startOf(law, offenceOn, facts);
  const dueOn = plusMonths(start.on, period.months);
  const accusedOn = facts.accusedOn ?? null;
  const later = assertion == null ? undefined : asserted(rule, state, version.limitation, assertion, {
    startedOn: start.on, dueOn, offenceOn, exclusions, accusedOn, discovery: facts.discovery ?? null, lastInOfficeOn: facts.lastInOfficeOn ?? null,
  }, asOf);
  const { lastDay } = state.body;
  const rolledOn = lastDay?.rollWeekendAndHoliday === true ? rolled(dueOn, law.holidays ?? new Set()) : null;
  const unasserted = exclusions.some((each) => assertion == null || !isAsserted(assertion, each));
  return {
    kind: 'LIMITATION', rule, startedOn: start.on, dueOn, safeOn: safeDay(dueOn, start.on), rolledOn, asserted: later?.asserted ?? null, tolling: exclusions,
    trace: [
      ...start.trace, ...withoutEffect(law, facts), ...period.trace, step(`Without any excluded time it runs out on ${dueOn}.`, version.limitation.citation, dueOn),
      step('Whether the last day itself is in time is not verified: plan on the day before.', null, safeDay(dueOn, start.on)),
      ...(rolledOn === null ? [] : [step(rolledOn === dueOn ? 'The last day falls on no weekend; holidays are not looked up.' : `The last day falls on a weekend or holiday; a rule would move it to ${rolledOn}.`, lastDay?.citation ?? null, rolledOn)]),
      ...tollingTrace(state, exclusions, accusedOn, asOf), ...(later?.trace ?? []),
      ...(facts.commencedOn == null ? [] : [step(`The prosecution was begun on ${facts.commencedOn}.${state.body.stops === undefined ? '' : ` What stops the time: ${state.body.stops}.`}`, statute.citation, facts.commencedOn)]),
    ],
    warnings: [...new Set([
      ...warnings, ...start.warnings, ...(exclusions.some((each) => isOpen(each, asOf)) ? (['EXCLUSION_OPEN'] as const) : []),
      ...(unasserted ? (['EXCLUSION_NOT_ASSERTED'] as const) : []),
    ])],
    state: standing(dueOn, facts.commencedOn ?? null, asOf),
  };
}

/** What is on record and moves nothing, for the law on file gives it no effect on this offence. */
function withoutEffect({ rule, version: { limitation: text }, statute }: LimitationLaw, { discovery, lastInOfficeOn }: LimitationFacts): TraceStep[] {
  const trigger = extensionTrigger(rule, text);
  return [
    ...(discovery == null || text.startsAt === 'DISCOVERY' || trigger === 'DISCOVERY' ? [] : [step(`A discovery on ${discovery.on} is on record: the law on file gives it no effect here.`, text.citation, discovery.on)]),
    ...(lastInOfficeOn == null || trigger === 'LEAVES_OFFICE' ? [] : [step(`The last day in public office, ${lastInOfficeOn}, is on record: the law on file of ${statute.state} gives it no effect here.`, rule.citation, lastInOfficeOn)]),
  ];
}

/** The day of the offence, which governs text and period. */
function offenceHeld(rule: ClockRule, { statute, version, rule: state }: LimitationLaw, facts: LimitationFacts): Day {
  const { offenceOn, offenceTo, accusedOn, commencedOn, lastInOfficeOn, discovery } = facts;
  if (facts.state !== statute.state || state.state !== statute.state) {
    throw unfit(rule, 'statute', `This is a statute of ${statute.state}; the case lies in ${facts.state}.`, `Take a statute and a rule of ${facts.state}.`);
  }
  if (offenceOn === null) throw unfit(rule, 'offenceOn', 'The day of the offence is unknown: no time can be counted.', 'Give the day, or the first and last day between which it was; the first governs.');
  days(rule, { offenceOn, offenceTo, accusedOn, commencedOn, lastInOfficeOn, 'discovery.on': discovery?.on });
  if (offenceTo != null && offenceTo < offenceOn) throw unfit(rule, 'offenceTo', `The offence ends on ${offenceTo}, before it starts on ${offenceOn}.`, 'Correct the days.');
  if ((version.validFrom !== null && offenceOn < version.validFrom) || (version.validTo !== null && offenceOn > version.validTo)) {
    throw unfit(rule, 'offenceOn', `This text is in force ${[version.validFrom && `from ${version.validFrom}`, version.validTo && `until ${version.validTo}`].filter(Boolean).join(' ')}, not on ${offenceOn}.`,
      'Take the text that was in force on the day of the offence.');
  }
  for (const [field, day] of Object.entries({ accusedOn, commencedOn, 'discovery.on': discovery?.on })) {
    if (day != null && day < offenceOn) throw unfit(rule, field, `${day} is before the offence on ${offenceOn}.`, 'Correct the days.');
  }
  return offenceOn;
}

function startOf({ version: { limitation: text } }: LimitationLaw, offenceOn: Day, { offenceTo, discovery }: LimitationFacts): { on: Day; trace: TraceStep[]; warnings: ClockWarning[] } {
  const offence = offenceTo == null || offenceTo === offenceOn ? `The offence was on ${offenceOn}.` : `The offence was between ${offenceOn} and ${offenceTo}; the first day governs.`;
  if (text.startsAt !== 'DISCOVERY') return { on: offenceOn, trace: [step(`${offence} Time runs from it.`, text.citation, offenceOn)], warnings: [] };
  if (discovery?.attestedBy != null) {
    return { on: discovery.on, trace: [step(`${offence} Time runs from its discovery on ${discovery.on}, attested by ${discovery.attestedBy}.`, text.citation, discovery.on)], warnings: [] };
  }
  const why = discovery == null ? 'none is recorded' : `that of ${discovery.on} is attested by nobody`;
  return { on: offenceOn, trace: [step(`${offence} Time runs from discovery, and ${why}: the day of the offence governs.`, text.citation, offenceOn)], warnings: ['DISCOVERY_NOT_ATTESTED'] };
}
