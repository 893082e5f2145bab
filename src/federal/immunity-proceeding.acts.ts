import { sql } from 'drizzle-orm';
import { COMPARTMENT_BITS, FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { personSeen } from '../charges/charge.store.ts';
import type { Day } from '../clocks/calendar.ts';
import { reclocked } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, type Moment } from '../trail/act.ts';
import { chargedPerson } from './charged.ts';
import { dayCome, notBefore } from './days.ts';
import { dismissed, reinstated, type Ruled } from './immunity-dismissal.ts';
import { answered, placed, refuseBeside, refuseUntold } from './immunity-proceeding.guards.ts';
import type { RecordImmunityProceedingInput } from './immunity-proceeding.inputs.ts';
import { IMMUNITY_LAW, IMMUNITY_MOVES, IMMUNITY_REVERSALS, NOT_RAISED, rulingAt, type ImmunityAct, type ImmunityPlace, type ImmunityState } from './immunity-proceeding.rules.ts';
import { immunityBegun, immunityMoved, immunitySeen, type ImmunityKept } from './immunity-proceeding.store.ts';
import { immunityProceedings } from './immunity-proceeding.table.ts';
import { moved } from './machine.ts';
import { stepped } from './proceeding-step.store.ts';

/**
 * Records what happened to the immunity of an accused before the courts. A grant dismisses the charges that it concerns on this ground, and its reversal
 * sets those dismissals aside. Throws NotFound where the actor does not see the case or the proceeding, Forbidden where it is another's, Conflict, with the
 * rule, at the wrong moment, where nothing is filed against the person or waits for the court, another is on record, or a removal has the case before
 * another court; BadInput for days that contradict each other, a ruling that does not follow from its answers, and for what an act lacks or does not take.
 */
export const recordImmunityProceeding = act('immunity:record', async (moment, input: RecordImmunityProceedingInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const known = input.proceedingId == null ? null : await immunitySeen(moment, subject, input.proceedingId);
  within(moment, subject, 'immunity:record');
  inTime(subject, 'follow');
  const { to, end } = known === null ? { to: await begun(moment, subject, input), end: [] } : await gone(moment, subject, known, input);
  const reference = input.decision ?? input.appealDocket ?? null;
  return {
    payload: {
      case: caseShown(subject.id),
      proceeding: new Shown(({ given }) => one('ImmunityProceeding', immunityProceedings, (each) => sql`${each.caseId} = ${given(0)}::uuid and ${each.id} = ${given(1)}::uuid`), [subject.id, to.id]),
    },
    end: [
      (known === null ? immunityBegun : immunityMoved)(subject, to),
      stepped(subject, { kind: 'IMMUNITY', aboutId: to.id, needs: to.needs, act: input.act, day: dayText(input.on), state: to.state, reference: reference === null ? null : reference.trim() }),
      record({ caseId: subject.id, act: 'IMMUNITY_RECORDED', needs: to.needs, body: { proceedingId: to.id, personId: to.personId, act: input.act, state: to.state } }),
      ...end,
    ],
    after: reclocked([subject.id]),
  };
});

const NOTHING = {
  forum: null, circuit: null, court: null, analysisId: null, anticipatedOn: null, raisedOn: null, hearingOn: null, ruledOn: null, ruling: null, authorised: null, necessary: null, decision: null,
  appealedOn: null, appealDocket: null, appealDecidedOn: null, appealDecision: null, finalOn: null, chargeIds: [], lastAct: null, lastOn: null,
} as const;

async function begun(moment: Moment, subject: CaseSeen, input: RecordImmunityProceedingInput): Promise<ImmunityKept> {
  const state = stateAfter(input, NOT_RAISED);
  refuseUntold(input);
  if (input.personId == null) throw badInput('personId', 'The immunity of whom?', 'Name the person; or, of a proceeding that is on record, its proceedingId.');
  const person = await aboutPerson(moment, subject, input.act, input.personId);
  const on = dayCome('on', input.on);
  notBefore('on', on, ['the incident', subject.incidentOn], ['the filing', person.filedOn]);
  const nothing: ImmunityKept = { ...NOTHING, id: newId(), needs: person.needs, personId: person.id, state };
  await refuseBeside(moment, subject, nothing);
  return { ...nothing, ...(await placed(moment, subject, nothing, input)), ...(input.act === 'RAISE' ? { raisedOn: on } : { anticipatedOn: on }) };
}

/** Who can be immune: a subject or official of the case; to raise it, one against whom a charge is filed. Its words are for the offices that handle the case, whatever a rule book opens. */
async function aboutPerson(moment: Moment, subject: CaseSeen, act: ImmunityAct, personId: string): Promise<{ readonly id: string; readonly needs: number; readonly filedOn: Day | null }> {
  const person = await personSeen(moment, subject, personId);
  if (person === undefined || (person.part !== 'SUBJECT' && person.part !== 'OFFICIAL')) throw badInput('personId', 'This is no subject or official of the case.', 'Take the id of a person of the case whose part is SUBJECT or OFFICIAL.');
  const charged = act === 'ANTICIPATE' ? undefined : await chargedPerson(moment, subject, person.id);
  return { id: person.id, needs: (charged?.needs ?? (person.needs | FACETS.CHARGES | FACETS.PROCEEDINGS)) | FACETS.JOINT, filedOn: charged?.filedOn ?? null };
}

async function gone(moment: Moment, subject: CaseSeen, known: ImmunityKept, input: RecordImmunityProceedingInput): Promise<{ readonly to: ImmunityKept; readonly end: Ruled['end'] }> {
  if (input.personId != null) throw badInput('personId', 'This is said where it begins.', 'Leave it away.');
  const moved = stateAfter(input, known.state);
  const state = input.act === 'REVERSE' && known.ruling !== null ? IMMUNITY_REVERSALS[known.ruling] : moved;
  refuseUntold(input);
  const on = dayCome('on', input.on);
  const charged = input.act === 'RAISE' ? await chargedPerson(moment, subject, known.personId) : undefined;
  if (charged !== undefined && (charged.needs & ~known.needs & COMPARTMENT_BITS) !== 0) {
    throw badInput('proceedingId', 'What is filed lies in a compartment, and this proceeding does not: what becomes of it would be told to who is not to know of that.', 'Name the person in its place: then it begins where the charge lies.');
  }
  if (charged !== undefined) await refuseBeside(moment, subject, known);
  notBefore('on', on, ['the filing', charged?.filedOn ?? null], ['it was anticipated', known.anticipatedOn], ['it was raised', known.raisedOn], ['the ruling', known.ruledOn], ['the appeal', known.appealedOn], ['the hearing', input.act === 'GRANT' || input.act === 'DENY' ? known.hearingOn : null], [`${known.lastAct ?? 'what happened last'},`, known.lastOn]);
  const to: ImmunityKept = { ...known, state, ruling: rulingAt(state, known.ruling), ...(await placed(moment, subject, known, input)), ...told(known, state, input, on) };
  if (state === known.state || state !== 'GRANTED' && !(input.act === 'REVERSE')) return { to, end: [] };
  const { chargeIds, end } = state === 'GRANTED' ? await dismissed(moment, subject, to, input.chargeIds ?? null, on) : await reinstated(moment, subject, to, on);
  return { to: { ...to, chargeIds }, end };
}

/** What an act says of it. */
function told(known: ImmunityKept, state: ImmunityState, input: RecordImmunityProceedingInput, on: Day): Partial<ImmunityKept> {
  const decision = () => sentence('decision', input.decision ?? '');
  switch (input.act) {
    case 'ANTICIPATE':
      return {};
    case 'RAISE':
      return { raisedOn: on };
    case 'SET_HEARING': {
      const hearingOn = dayText(input.hearingOn);
      notBefore('hearingOn', hearingOn, ['the day it was set', on]);
      return { hearingOn };
    }
    case 'GRANT':
    case 'DENY':
      return { ruledOn: on, decision: decision(), ...answered(input.act === 'GRANT' ? 'GRANTED' : 'DENIED', input) };
    case 'APPEAL':
      return { appealedOn: on, appealDocket: sentence('appealDocket', input.appealDocket ?? '', 100), appealDecidedOn: null, appealDecision: null };
    case 'AFFIRM':
      return { appealDecidedOn: on, appealDecision: decision(), finalOn: on };
    case 'REVERSE':
      if (state === 'DENIED' && input.chargeIds != null) throw badInput('chargeIds', 'The charges that were dismissed wait for the court again.', 'Leave it away.');
      return { appealDecidedOn: on, appealDecision: decision(), ...answered(known.ruling === 'GRANTED' ? 'DENIED' : 'GRANTED', input) };
    case 'CONCLUDE':
      return { finalOn: on };
  }
}

const stateAfter = ({ act }: RecordImmunityProceedingInput, state: ImmunityPlace): ImmunityState => moved<ImmunityAct, ImmunityState, typeof NOT_RAISED>(IMMUNITY_MOVES, act, state, IMMUNITY_LAW);
