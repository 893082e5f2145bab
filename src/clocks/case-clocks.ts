import { COMPARTMENT_BITS, FACETS } from '../access/facets.ts';
import { Refusal } from '../kernel/errors.ts';
import type { LawRule } from '../law/rule.file.ts';
import { externalDemand, returnItem } from './answers.ts';
import { type Day, dayIn } from './calendar.ts';
import { type AccusedFacts, type CaseFacts, type ChargeFacts, type DemandServed, type HeldFacts, type ItemFacts, type PetitionFacts, recordedOf, type RecordingFacts, ruleIn, rulesIn, type VictimFacts } from './case-facts.ts';
import { type Clock, type ClockKind, type ClockRule, type Exclusion, step, undated } from './clock.ts';
import { exclusionsHeld } from './exclusion.ts';
import { limitation, type LimitationFacts } from './limitation.ts';
import { noticeMetOn, optedOutOn, victimNotice } from './notice.ts';
import { removalWindow } from './removal.ts';
import { renditionHold } from './rendition.ts';
import { cameraRetention } from './retention.ts';
import { clockRule, digest } from './rule.ts';
import { supersession } from './supersession.ts';


/** A clock of a case, as it is kept. */
export interface CaseClock {
  readonly kind: ClockKind;
  readonly aboutId: string;
  readonly aspect: string;
  readonly needs: number;
  readonly versionId: string | null;
  readonly metOn: Day | null;
  readonly clock: Clock;
}

/** How facts are met that a rule cannot work with: REFUSED, or told by a clock that says so. */
export type Unfit = 'REFUSED' | 'TOLD';

/** All clocks of a case on a day. Who attests a statute is not part of them: that stands with the statute. Throws BadInput where facts are unfit and that is REFUSED. */
export function clocksOf(facts: CaseFacts, at: Date, unfit: Unfit): CaseClock[] {
  const asOf = dayIn(facts.timeZone, at);
  if (unfit === 'REFUSED') exclusionsFit(facts);
  return [
    ...facts.charges.map((charge) => ofCharge(facts, charge, asOf, unfit)),
    ...facts.recordings.flatMap((recording) => ofRecording(facts, recording, asOf, unfit)),
    ...facts.items.map((item) => ofItem(facts, item, asOf)),
    ...facts.victims.flatMap((victim) => ofVictim(facts, victim, asOf, unfit)),
    ...facts.accused.flatMap((accused) => ofAccused(facts, accused, asOf, unfit)),
    ...facts.petitions.flatMap((petition) => ofPetition(facts, petition, asOf, unfit)),
    ...facts.demands.flatMap((demand) => ofDemand(facts, demand, asOf, unfit)),
    ...facts.held.flatMap((held) => ofHeld(facts, held, asOf, unfit)),
  ];
}

/** Throws BadInput where an exclusion does not fit the law of the state, be anybody charged yet or not. */
function exclusionsFit(facts: CaseFacts): void {
  const rule = ruleIn(facts, 'LIMITATION');
  if (rule === undefined) return;
  const persons = new Set(facts.recorded.flatMap(({ kind, aboutId }) => (kind === 'EXCLUSION' ? [aboutId] : [])));
  for (const person of persons) exclusionsHeld(clockRule(`excluded time in ${facts.state}`, rule), rule, exclusionsOf(facts, person).map(({ exclusion }) => exclusion));
}

/** The exclusions of a person, each with its place among what is recorded, the latest first. */
const exclusionsOf = (facts: CaseFacts, personId: string): { readonly place: number; readonly exclusion: Exclusion }[] =>
  facts.recorded.flatMap(({ kind, aboutId, grounds: [ground], fromOn, toOn }, place) =>
    kind !== 'EXCLUSION' || aboutId !== personId || ground === undefined || fromOn === null ? [] : [{ place, exclusion: { ground, from: fromOn, to: toOn } }]);

function ofCharge(facts: CaseFacts, charge: ChargeFacts, asOf: Day, unfit: Unfit): CaseClock {
  const { statute, version, filedOn, offenceOn, offenceUntil, level } = charge;
  const rule = ruleIn(facts, 'LIMITATION');
  const [discovery] = recordedOf(facts, 'DISCOVERY', charge.id);
  const [service] = recordedOf(facts, 'PUBLIC_OFFICE', charge.personId);
  const [assertion] = recordedOf(facts, 'ASSERTION', charge.id);
  const kept = { kind: 'LIMITATION', aboutId: charge.id, aspect: '', versionId: charge.versionId, metOn: filedOn } as const;
  if (rule === undefined) return { ...kept, needs: charge.needs, clock: untold('LIMITATION', `limitation of ${statute.citation}`, `No rule on limitation is on file for ${facts.state}.`) };
  const recorded = exclusionsOf(facts, charge.personId);
  const exclusions = recorded.map(({ exclusion }) => exclusion);
  const bare = { state: facts.state, offenceOn, offenceTo: offenceUntil, level, accusedOn: filedOn, commencedOn: filedOn };
  const all = {
    ...bare, lastInOfficeOn: service?.fromOn ?? null, discovery: discovery?.fromOn == null ? null : { on: discovery.fromOn, attestedBy: discovery.attestedBy }, exclusions,
    assertion: assertion === undefined ? null : { attorney: assertion.recordedBy, grounds: assertion.grounds, reasoning: assertion.source, beyond: recorded.filter(({ place }) => place < facts.recorded.indexOf(assertion)).map(({ exclusion }) => exclusion) },
  };
  const counted = (given: LimitationFacts) => limitation({ statute, version: { ...version, attestedBy: null }, rule }, given, asOf);
  // What is recorded of a person is told to those alone who may know of the person.
  const needs = exclusions.length > 0 || service !== undefined ? charge.needs | FACETS.PERSONS : charge.needs;
  return { ...kept, needs, clock: told('LIMITATION', `limitation of ${statute.citation}`, unfit, () => (unfit === 'REFUSED' ? counted(all) : inAnyCase(counted, [all, { ...all, assertion: null }, { ...all, assertion: null, exclusions: [] }, bare]))) };
}

/** The first of several counts, each with less than the one before, that its facts fit: what was left out never takes the earliest day away. Throws what the last throws. */
function inAnyCase(counted: (given: LimitationFacts) => Clock, [all, ...fewer]: readonly [LimitationFacts, ...LimitationFacts[]]): Clock {
  try {
    return counted(all);
  } catch (refusal) {
    const [next, ...rest] = fewer;
    if (!(refusal instanceof Refusal) || next === undefined) throw refusal;
    const clock = inAnyCase(counted, [next, ...rest]);
    return { ...clock, trace: [...clock.trace, step(`Left out of the count: ${refusal.message}`)] };
  }
}

/** The zone of a case that no office is known for yet; there a day is taken as in the westernmost state, so that it is never too late. */
const UNKNOWN_ZONE = 'UTC';
const WESTERNMOST_ZONE = 'Pacific/Honolulu';

/** Where nobody said when it was made, it was made on the day of the incident. */
function ofRecording(facts: CaseFacts, { id, needs, capturedFrom }: RecordingFacts, asOf: Day, unfit: Unfit): CaseClock[] {
  const assumption = ruleIn(facts, 'BODY_CAMERA_RETENTION', '*');
  if (assumption === undefined) return [];
  const law = { rule: ruleIn(facts, 'BODY_CAMERA_RETENTION') ?? assumption, assumption };
  const recordedOn = capturedFrom === null ? facts.incidentOn : dayIn(facts.timeZone === UNKNOWN_ZONE ? WESTERNMOST_ZONE : facts.timeZone, new Date(capturedFrom));
  const on = (kind: 'RECORDING_FLAGGED' | 'RECORDING_REQUESTED' | 'RECORDING_SECURED' | 'RECORDING_GONE') => recordedOf(facts, kind, id)[0]?.fromOn ?? null;
  const securedOn = on('RECORDING_SECURED');
  const clock = told('CAMERA_RETENTION', `retention of body-camera recordings in ${facts.state}`, unfit,
    () => cameraRetention(law, { recordedOn, flagConfirmedOn: on('RECORDING_FLAGGED'), requestConfirmedOn: on('RECORDING_REQUESTED'), securedOn, goneOn: on('RECORDING_GONE') }, asOf));
  return [{ kind: 'CAMERA_RETENTION', aboutId: id, aspect: '', needs, versionId: null, metOn: securedOn, clock }];
}

function ofItem({ timeZone }: CaseFacts, { id, needs, askedAt, dueOn, receivedAt }: ItemFacts, asOf: Day): CaseClock {
  const asked = dayIn(timeZone, new Date(askedAt));
  const metOn = receivedAt === null ? null : dayIn(timeZone, new Date(receivedAt));
  // An office may lie in another zone than the court, where the day of asking is later already.
  const clock = returnItem({ askedOn: asked < dueOn ? asked : dueOn, dueOn, answeredOn: metOn }, asOf);
  return { kind: 'RETURN_ITEM', aboutId: id, aspect: '', needs, versionId: null, metOn, clock };
}

/** An event that nothing records: a notice that follows a request has no day before one. */
const ASKED_FOR = /\brequest\b/;

/** What a notice to a victim follows: which of its kind, when it was, and what whoever learns of it learns. */
interface NoticeEvent {
  readonly kind: 'CHARGED' | 'DISPOSITION';
  readonly aspect: string;
  readonly on: Day;
  readonly needs: number;
}

/** The filings and the dispositions of a case, one for each day, what lies in a compartment, or is of a minor, apart. */
const noticeEvents = ({ charges, disposed }: CaseFacts): NoticeEvent[] => [
  ...eventsOf('CHARGED', FACETS.CHARGES, charges.flatMap(({ filedOn, needs }) => (filedOn === null ? [] : [{ on: filedOn, apart: needs & (COMPARTMENT_BITS | FACETS.PROTECTED) }]))),
  ...eventsOf('DISPOSITION', FACETS.CHARGES | FACETS.PROCEEDINGS, disposed),
];

function eventsOf(kind: NoticeEvent['kind'], needs: number, days: readonly { readonly on: Day; readonly apart: number }[]): NoticeEvent[] {
  const inOrder = days.toSorted((a, b) => a.apart - b.apart || (a.on < b.on ? -1 : 1));
  const each = inOrder.filter(({ on, apart }, index) => inOrder.findIndex((other) => other.on === on && other.apart === apart) === index);
  return each.map(({ on, apart }, index) => ({ kind, aspect: index === 0 ? kind : `${kind} ${on} ${apart}`, on, needs: needs | apart }));
}

/** The notices that follow what a case records. Whoever learns of a notice learns of that. */
const ofVictim = (facts: CaseFacts, { id, needs, told: notices }: VictimFacts, asOf: Day, unfit: Unfit): CaseClock[] =>
  noticeEvents(facts).flatMap((event) => rulesIn(facts, 'VICTIM_NOTICE').filter(({ body }) => body.kind === event.kind).map((rule, index) => {
    const happenedOn = ASKED_FOR.test(rule.body.from ?? '') ? null : event.on;
    const [sentOn] = notices.filter((notice) => notice.kind === event.kind && notice.sentOn >= event.on).map((notice) => notice.sentOn).sort();
    const days = { happenedOn, sentOn: sentOn ?? null, optedOutOn: optedOutOn(notices) };
    const clock = told('VICTIM_NOTICE', `notice to victims in ${facts.state}`, unfit, () => victimNotice(rule, days, asOf));
    return { kind: 'VICTIM_NOTICE', aboutId: id, aspect: index === 0 ? event.aspect : `${event.aspect} ${index + 1}`, needs: needs | event.needs, versionId: null, metOn: noticeMetOn({ ...days, happenedOn: event.on }), clock };
  }));

/** A federal officer may give notice of removal in any state. */
function ofAccused(facts: CaseFacts, { id, needs, ...days }: AccusedFacts, asOf: Day, unfit: Unfit): CaseClock[] {
  const rule = ruleIn(facts, 'FEDERAL_REMOVAL', '*');
  if (rule === undefined) return [];
  return [{ kind: 'REMOVAL_WINDOW', aboutId: id, aspect: '', needs, versionId: null, metOn: days.noticeFiledOn, clock: told('REMOVAL_WINDOW', 'removal to the federal court', unfit, () => removalWindow(rule, days, asOf)) }];
}

function ofDemand({ rules }: CaseFacts, { id, needs, regime, ...days }: DemandServed, asOf: Day, unfit: Unfit): CaseClock[] {
  const rule = rules.find((each): each is LawRule<'EXTERNAL_DEMAND_REGIME'> => each.kind === 'EXTERNAL_DEMAND_REGIME' && 'regime' in each.body && each.body.regime === regime);
  if (rule === undefined) return [];
  return [{ kind: 'EXTERNAL_DEMAND', aboutId: id, aspect: '', needs, versionId: null, metOn: days.answeredOn, clock: told('EXTERNAL_DEMAND', `demand under ${regime}`, unfit, () => externalDemand(rule, days, asOf)) }];
}

function ofPetition(facts: CaseFacts, { id, needs, ...days }: PetitionFacts, asOf: Day, unfit: Unfit): CaseClock[] {
  const rule = ruleIn(facts, 'SUPERSESSION');
  if (rule === undefined) return [];
  const name = `supersession in ${facts.state}`;
  const kept = { aboutId: id, aspect: '', needs, versionId: null } as const;
  return [
    { ...kept, kind: 'SUPERSESSION_HEARING', metOn: days.heardOn, clock: told('SUPERSESSION_HEARING', name, unfit, () => supersession(rule, days, asOf).hearing) },
    { ...kept, kind: 'SUPERSESSION_DECISION', metOn: days.decidedOn, clock: told('SUPERSESSION_DECISION', name, unfit, () => supersession(rule, days, asOf).decision) },
  ];
}

/** Whoever is held is held by the law of the state where they are. */
function ofHeld(facts: CaseFacts, { id, needs, asylumState, ...days }: HeldFacts, asOf: Day, unfit: Unfit): CaseClock[] {
  const rule = ruleIn(facts, 'RENDITION', asylumState) ?? ruleIn(facts, 'RENDITION', '*');
  if (rule === undefined) return [];
  return [{ kind: 'RENDITION_HOLD', aboutId: id, aspect: '', needs, versionId: null, metOn: days.endedOn, clock: told('RENDITION_HOLD', `hold in ${asylumState}`, unfit, () => renditionHold(rule, days, asOf)) }];
}

/** A clock, or one that says why none can be computed. */
function told(kind: ClockKind, name: string, unfit: Unfit, compute: () => Clock): Clock {
  try {
    return compute();
  } catch (fault) {
    if (unfit === 'REFUSED' || !(fault instanceof Refusal)) throw fault;
    return untold(kind, name, fault.message);
  }
}

function untold(kind: ClockKind, name: string, why: string): Clock {
  const rule: ClockRule = { name, version: digest(why), citation: null, confidence: 'LOW', attestedBy: null };
  return undated(kind, rule, 'UNVERIFIED', [step(`No day can be computed. ${why}`)], ['PERIOD_UNVERIFIED']);
}
