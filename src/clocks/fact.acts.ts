import { sql } from 'drizzle-orm';
import type { Action } from '../access/acts.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict, Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, type Done, type Moment, type TrailEvent } from '../trail/act.ts';
import { PUBLIC_OFFICE } from './assertion.ts';
import type { Day } from './calendar.ts';
import type { AssertLimitationInput, AttestDiscoveryInput, EndExclusionInput, RecordClockFactInput, WithdrawClockFactInput } from './fact.inputs.ts';
import { FACT_SUBJECTS, SINGLE, type ClockFactKind } from './fact.rules.ts';
import { aboutSeen, discoveryAttested, exclusionEnded, factHolding, factRecorded, factSeen, factWithdrawn, type FactSeen, type NewFact, type SubjectSeen } from './fact.store.ts';
import { clockFacts } from './fact.table.ts';
import { reclocked } from './reclock.ts';

/**
 * Records a fact on which clocks depend, and computes them anew. Throws NotFound where the actor does not see the case or what the
 * fact is about, Forbidden where the case is not the actor's, Conflict at the wrong stage or where one of the kind holds already;
 * BadInput, naming rule and citation, for what the law of the state does not know or days that contradict each other.
 */
export const recordClockFact = act('clock:record', async (moment, input: RecordClockFactInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const about = await aboutSeen(moment, subject, input.kind, input.aboutId);
  within(moment, subject, 'clock:record');
  inTime(subject, 'prepare');
  fits(input.kind, about);
  if (input.kind === 'ASSERTION') throw badInput('kind', 'What an attorney asserts is not recorded as a fact.', 'Use assertLimitation.');
  const isExclusion = input.kind === 'EXCLUSION';
  if (isExclusion !== (input.ground != null)) throw badInput('ground', 'A ground of law stands beside EXCLUSION, and beside nothing else.', 'Name one of the grounds that the rule of the state has; leave it away otherwise.');
  if (!isExclusion && input.to != null) throw badInput('to', 'Only an EXCLUSION has a last day.', 'Leave it away.');
  const fromOn = past('from', input.from);
  const toOn = input.to == null ? null : past('to', input.to);
  if (toOn !== null && toOn < fromOn) throw badInput('to', `This time ends on ${toOn}, before it starts on ${fromOn}.`, 'Correct the days, or leave the end open while it lasts.');
  await refuseSecond(moment, subject, input.kind, about);
  const fact = factOf(subject, about, { kind: input.kind, fromOn, toOn, grounds: input.ground == null ? [] : [input.ground], source: sentence('source', input.source) });
  await moment.run(factRecorded(fact));
  return done(subject, fact, { act: 'CLOCK_FACT_RECORDED', body: { factId: fact.id, kind: fact.kind, aboutId: fact.aboutId } });
});

/** Says when an exclusion ended that was open. Throws as `recordClockFact` does; Conflict where it has an end or is withdrawn. */
export const endExclusion = act('clock:record', async (moment, input: EndExclusionInput) => {
  const { subject, fact } = await held(moment, input, 'clock:record');
  if (fact.kind !== 'EXCLUSION') throw badInput('factId', 'Only an EXCLUSION has a last day.', 'Take the id of a fact of the case whose kind is EXCLUSION.');
  const toOn = past('on', input.on);
  if (fact.fromOn !== null && toOn < fact.fromOn) throw badInput('on', `This time ends on ${toOn}, before it starts on ${fact.fromOn}.`, 'Correct the day.');
  if ((await moment.run(exclusionEnded(subject.id, fact.id, toOn))).rows.length !== 1) throw conflict('This exclusion has ended, or was withdrawn.', { factId: fact.id, remedy: 'Withdraw it, and record it anew with other days.' });
  return done(subject, fact, { act: 'EXCLUSION_ENDED', body: { factId: fact.id } });
});

/** Answers as an attorney for the day of a discovery: only then may time run from it. Throws as `recordClockFact` does; Conflict where it is attested or withdrawn. */
export const attestDiscovery = act('clock:assert', async (moment, input: AttestDiscoveryInput) => {
  const { subject, fact } = await held(moment, input, 'clock:assert');
  if (fact.kind !== 'DISCOVERY') throw badInput('factId', 'Only a DISCOVERY is attested.', 'Take the id of a fact of the case whose kind is DISCOVERY.');
  if ((await moment.run(discoveryAttested(subject.id, fact.id))).rows.length !== 1) throw conflict('This discovery is attested, or was withdrawn.', { factId: fact.id, attestedBy: fact.attestedBy });
  return done(subject, fact, { act: 'DISCOVERY_ATTESTED', body: { factId: fact.id } });
});

/**
 * Asserts as an attorney that time runs out later than the earliest day, on grounds that are recorded; the earliest day stays
 * where it is, and the asserted one stands beside it. Throws as `recordClockFact` does; Conflict where another assertion stands.
 */
export const assertLimitation = act('clock:assert', async (moment, input: AssertLimitationInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const about = await aboutSeen(moment, subject, 'ASSERTION', input.chargeId, 'chargeId');
  within(moment, subject, 'clock:assert');
  inTime(subject, 'prepare');
  fits('ASSERTION', about);
  const grounds = [...new Set(input.grounds)];
  if (grounds.length === 0 || grounds.length > 10) throw badInput('grounds', 'A later day needs its grounds.', `Name 1 to 10 grounds of recorded exclusions, or ${PUBLIC_OFFICE}.`);
  await refuseSecond(moment, subject, 'ASSERTION', about);
  const fact = factOf(subject, about, { kind: 'ASSERTION', fromOn: null, toOn: null, grounds, source: sentence('reasoning', input.reasoning) });
  await moment.run(factRecorded(fact));
  return done(subject, fact, { act: 'LIMITATION_ASSERTED', body: { factId: fact.id, chargeId: about.id } });
});

/** Takes a fact or an assertion back; it stays in view as withdrawn. Throws as `recordClockFact` does; Conflict where it was withdrawn. */
export const withdrawClockFact = act('clock:record', async (moment, input: WithdrawClockFactInput) => {
  const { subject, fact } = await held(moment, input, 'clock:record');
  if (fact.kind === 'ASSERTION') within(moment, subject, 'clock:assert');
  const because = sentence('because', input.because);
  if ((await moment.run(factWithdrawn(subject.id, fact.id, because))).rows.length !== 1) throw conflict('This was withdrawn before.', { factId: fact.id });
  return done(subject, fact, { act: 'CLOCK_FACT_WITHDRAWN', body: { factId: fact.id, kind: fact.kind } }, 'TOLD');
});

async function held(moment: Moment, { caseId, factId }: { readonly caseId: string; readonly factId: string }, action: Action): Promise<{ subject: CaseSeen; fact: FactSeen }> {
  const subject = await caseHeld(moment, caseId);
  const fact = await factSeen(moment, subject, factId);
  within(moment, subject, action);
  inTime(subject, 'prepare');
  return { subject, fact };
}

/** Time is left out for one who can be accused; a charge that is withdrawn has no time to count. */
function fits(kind: ClockFactKind, { word }: SubjectSeen): void {
  const of = FACT_SUBJECTS[kind];
  if (of === 'PERSON' && word !== 'SUBJECT' && word !== 'OFFICIAL') throw badInput('aboutId', 'This is no subject or official of the case.', 'Take the id of a person of the case whose part is SUBJECT or OFFICIAL.');
  if (of === 'CHARGE' && word === 'WITHDRAWN') throw badInput(kind === 'ASSERTION' ? 'chargeId' : 'aboutId', 'This charge is withdrawn.', 'Take the id of a charge that is not.');
  if (of === 'RECORDING' && word !== 'BODY_CAMERA') throw badInput('aboutId', 'This is no body-camera recording.', 'Take the id of a recording of the case whose kind is BODY_CAMERA.');
}

function past(field: string, given: Date): Day {
  const day = dayText(given);
  // No state's day is ahead of the day in UTC.
  if (day > new Date().toISOString().slice(0, 10)) throw badInput(field, 'This day has not come.', field === 'to' ? 'Leave the end open while it lasts.' : 'Record what has happened.');
  if (day < '1900-01-01') throw badInput(field, 'This day lies too far back to be right.', 'Correct the year.');
  return day;
}

async function refuseSecond(moment: Moment, subject: CaseSeen, kind: ClockFactKind, about: SubjectSeen): Promise<void> {
  if (!SINGLE.includes(kind)) return;
  const standing = await factHolding(moment, subject, kind, about.id);
  if (standing !== undefined) throw conflict('This is recorded already.', { factId: standing, kind, remedy: 'Withdraw it first, to record something else in its place.' });
}

const factOf = (subject: CaseSeen, about: SubjectSeen, fact: Pick<NewFact, 'kind' | 'fromOn' | 'toOn' | 'grounds' | 'source'>): NewFact => ({
  caseId: subject.id, id: newId(), needs: about.needs, aboutId: about.id, ...fact,
});

const done = (subject: CaseSeen, { id, needs }: Pick<FactSeen, 'id' | 'needs'>, event: Pick<TrailEvent, 'act' | 'body'>, unfit: 'REFUSED' | 'TOLD' = 'REFUSED'): Done => ({
  payload: {
    case: caseShown(subject.id),
    fact: new Shown(({ given }) => one('ClockFact', clockFacts, (fact) => sql`${fact.caseId} = ${given(0)}::uuid and ${fact.id} = ${given(1)}::uuid`), [subject.id, id]),
  },
  end: [record({ caseId: subject.id, needs, ...event })],
  after: async (moment) => {
    try {
      return await reclocked([subject.id], unfit)(moment);
    } catch (fault) {
      throw fault instanceof Refusal ? asSent(fault) : fault;
    }
  },
});

/** A refusal of the law under the name that the field has in the input. */
function asSent({ code, message, details }: Refusal): Refusal {
  const field = String(details['field']);
  const sent = /^(?:assertion|exclusions\.\d+)\.(\w+)$/.exec(field)?.[1] ?? (/On$|\.on$/.test(field) ? 'from' : field);
  return new Refusal(code, message, { ...details, field: sent });
}
