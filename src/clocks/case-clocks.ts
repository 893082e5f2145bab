import { Refusal } from '../kernel/errors.ts';
import { returnItem } from './answers.ts';
import { type Day, dayIn } from './calendar.ts';
import { type CaseFacts, type ChargeFacts, type ItemFacts, recordedOf, type RecordingFacts, ruleIn, rulesIn, type VictimFacts } from './case-facts.ts';
import { type Clock, type ClockKind, type ClockRule, step, undated } from './clock.ts';
import { limitation } from './limitation.ts';
import { victimNotice } from './notice.ts';
import { cameraRetention } from './retention.ts';
import { digest } from './rule.ts';

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
  return [
    ...facts.charges.map((charge) => ofCharge(facts, charge, asOf, unfit)),
    ...facts.recordings.flatMap((recording) => ofRecording(facts, recording, asOf, unfit)),
    ...facts.items.map((item) => ofItem(facts, item, asOf)),
    ...facts.victims.flatMap((victim) => ofVictim(facts, victim, asOf, unfit)),
  ];
}

function ofCharge(facts: CaseFacts, charge: ChargeFacts, asOf: Day, unfit: Unfit): CaseClock {
  const { statute, version, filedOn, offenceOn } = charge;
  const rule = ruleIn(facts, 'LIMITATION');
  const [discovery] = recordedOf(facts, 'DISCOVERY', charge.id);
  const [service] = recordedOf(facts, 'PUBLIC_OFFICE', charge.personId);
  const [assertion] = recordedOf(facts, 'ASSERTION', charge.id);
  const kept = { kind: 'LIMITATION', aboutId: charge.id, aspect: '', needs: charge.needs, versionId: charge.versionId, metOn: filedOn } as const;
  if (rule === undefined) return { ...kept, clock: untold('LIMITATION', `limitation of ${statute.citation}`, `No rule on limitation is on file for ${facts.state}.`) };
  return { ...kept, clock: told('LIMITATION', `limitation of ${statute.citation}`, unfit, () => limitation({ statute, version: { ...version, attestedBy: null }, rule }, {
    state: facts.state, offenceOn, accusedOn: filedOn, commencedOn: filedOn, lastInOfficeOn: service?.fromOn ?? null,
    discovery: discovery?.fromOn == null ? null : { on: discovery.fromOn, attestedBy: discovery.attestedBy },
    exclusions: recordedOf(facts, 'EXCLUSION', charge.personId).flatMap(({ grounds: [ground], fromOn, toOn }) => (ground === undefined || fromOn === null ? [] : [{ ground, from: fromOn, to: toOn }])),
    assertion: assertion === undefined ? null : { attorney: assertion.recordedBy, grounds: assertion.grounds, reasoning: assertion.source },
  }, asOf)) };
}

/** Where nobody said when it was made, it was made on the day of the incident. */
function ofRecording(facts: CaseFacts, { id, needs, capturedFrom }: RecordingFacts, asOf: Day, unfit: Unfit): CaseClock[] {
  const assumption = ruleIn(facts, 'BODY_CAMERA_RETENTION', '*');
  if (assumption === undefined) return [];
  const law = { rule: ruleIn(facts, 'BODY_CAMERA_RETENTION') ?? assumption, assumption };
  const recordedOn = capturedFrom === null ? facts.incidentOn : dayIn(facts.timeZone, new Date(capturedFrom));
  const on = (kind: 'RECORDING_FLAGGED' | 'RECORDING_REQUESTED' | 'RECORDING_SECURED') => recordedOf(facts, kind, id)[0]?.fromOn ?? null;
  const securedOn = on('RECORDING_SECURED');
  const clock = told('CAMERA_RETENTION', `retention of body-camera recordings in ${facts.state}`, unfit,
    () => cameraRetention(law, { recordedOn, flagConfirmedOn: on('RECORDING_FLAGGED'), requestConfirmedOn: on('RECORDING_REQUESTED'), securedOn }, asOf));
  return [{ kind: 'CAMERA_RETENTION', aboutId: id, aspect: '', needs, versionId: null, metOn: securedOn, clock }];
}

function ofItem({ timeZone }: CaseFacts, { id, needs, askedAt, dueOn, receivedAt }: ItemFacts, asOf: Day): CaseClock {
  const asked = dayIn(timeZone, new Date(askedAt));
  const metOn = receivedAt === null ? null : dayIn(timeZone, new Date(receivedAt));
  // An office may lie in another zone than the court, where the day of asking is later already.
  const clock = returnItem({ askedOn: asked < dueOn ? asked : dueOn, dueOn, answeredOn: metOn }, asOf);
  return { kind: 'RETURN_ITEM', aboutId: id, aspect: '', needs, versionId: null, metOn, clock };
}

/** The notices whose event a case records: that a charge was filed. */
function ofVictim(facts: CaseFacts, { id, needs, told: notices }: VictimFacts, asOf: Day, unfit: Unfit): CaseClock[] {
  const [filedOn] = facts.charges.flatMap((charge) => (charge.filedOn === null ? [] : [charge.filedOn])).sort();
  if (filedOn === undefined) return [];
  return rulesIn(facts, 'VICTIM_NOTICE').filter(({ body }) => body.kind === 'CHARGED').map((rule) => {
    const [sentOn] = notices.filter((notice) => notice.kind === 'CHARGED' && notice.sentOn >= filedOn).map((notice) => notice.sentOn).sort();
    const clock = told('VICTIM_NOTICE', `notice to victims in ${facts.state}`, unfit, () => victimNotice(rule, { happenedOn: filedOn, sentOn: sentOn ?? null }, asOf));
    return { kind: 'VICTIM_NOTICE', aboutId: id, aspect: 'CHARGED', needs, versionId: null, metOn: sentOn ?? null, clock };
  });
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
