import { sql } from 'drizzle-orm';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { type Day } from '../clocks/calendar.ts';
import { reclocked } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, type Moment } from '../trail/act.ts';
import { chargedPerson } from './charged.ts';
import { dayCome, notBefore } from './days.ts';
import { moved } from './machine.ts';
import { stepped } from './proceeding-step.store.ts';
import { extended, refuseAtLarge, refuseUntold, stateAsked } from './rendition.guards.ts';
import type { RecordRenditionInput } from './rendition.inputs.ts';
import { NO_WARRANT, RENDITION_ENDS, RENDITION_LAW, RENDITION_MOVES, type RenditionAct, type RenditionPlace, type RenditionState } from './rendition.rules.ts';
import { renditionBegun, renditionMoved, renditionOpen, renditionSeen, type RenditionKept } from './rendition.store.ts';
import { renditions } from './rendition.table.ts';

/**
 * Records what happened to the rendition of an accused from another state. As a rule the accused is arrested there on the warrant first; a Governor
 * may be asked for one who is at large, too, and the arrest is recorded when it comes. Throws NotFound where the actor does not see the case or the
 * rendition, Forbidden where it is another's, Conflict at the wrong moment, where nothing is filed against the person, nobody is arrested yet, or
 * another rendition is under way; BadInput for a state that is none or one's own, for days that contradict each other, an extension beyond what the
 * rule on file allows, and for what an act lacks or does not take.
 */
export const recordRendition = act('rendition:record', async (moment, input: RecordRenditionInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const known = input.renditionId == null ? null : await renditionSeen(moment, subject, input.renditionId);
  within(moment, subject, 'rendition:record');
  inTime(subject, 'follow');
  const rendition = known === null ? await begun(moment, subject, input) : await gone(moment, subject, known, input);
  const day = dayCome('on', input.on);
  return {
    payload: {
      case: caseShown(subject.id),
      rendition: new Shown(({ given }) => one('Rendition', renditions, (each) => sql`${each.caseId} = ${given(0)}::uuid and ${each.id} = ${given(1)}::uuid`), [subject.id, rendition.id]),
    },
    end: [
      (known === null ? renditionBegun : renditionMoved)(subject, rendition),
      stepped(subject, { kind: 'RENDITION', aboutId: rendition.id, needs: rendition.needs, act: input.act, day, state: rendition.state, reference: orderIn(input) }),
      record({ caseId: subject.id, act: 'RENDITION_RECORDED', needs: rendition.needs, body: { renditionId: rendition.id, personId: rendition.personId, act: input.act, state: rendition.state } }),
    ],
    after: reclocked([subject.id]),
  };
});

const NOTHING = {
  arrestOn: null, extensionUntil: null, extendedOn: null, extensionOrder: null, waivedOn: null, governorRequestOn: null, agentOfState: null, governorWarrantOn: null, refusedOn: null, habeasOn: null, habeasDecidedOn: null,
  returnedOn: null, releasedOn: null, withdrawnOn: null, reason: null, lastAct: null, lastOn: null,
} as const;

async function begun(moment: Moment, subject: CaseSeen, input: RecordRenditionInput): Promise<RenditionKept> {
  const state = stateAfter(input, NO_WARRANT);
  refuseUntold(input);
  const charged = await chargedPerson(moment, subject, input.personId ?? '');
  const asylumState = stateAsked(subject, input, null);
  const warrantActiveOn = dayCome('on', input.on);
  notBefore('on', warrantActiveOn, ['the filing', charged.filedOn]);
  await refuseBeside(moment, subject, charged.personId);
  const extraditionLimitation = input.extraditionLimitation == null ? null : sentence('extraditionLimitation', input.extraditionLimitation, 200);
  return { ...NOTHING, id: newId(), needs: charged.needs, personId: charged.personId, state, warrantActiveOn, extraditionLimitation, asylumState };
}

async function gone(moment: Moment, subject: CaseSeen, known: RenditionKept, input: RecordRenditionInput): Promise<RenditionKept> {
  const state = stateAfter(input, known.state);
  refuseUntold(input);
  refuseAtLarge(input.act, known);
  const on = dayCome('on', input.on);
  notBefore('on', on, ['the warrant', known.warrantActiveOn], ['the arrest', known.arrestOn], ['the extension of the hold', known.extendedOn], ['the waiver', known.waivedOn], ['the request', known.governorRequestOn],
    ['the refusal', known.refusedOn], ['the Governor’s warrant', known.governorWarrantOn], ['the challenge', known.habeasOn], ['the answer to it', known.habeasDecidedOn], [`${known.lastAct ?? 'what happened last'},`, known.lastOn]);
  if (isEnd(known.state)) await refuseBeside(moment, subject, known.personId);
  return { ...known, state, ...(await told(moment, subject, known, input, on)) };
}

/** What an act says of a rendition. */
async function told(moment: Moment, subject: CaseSeen, known: RenditionKept, input: RecordRenditionInput, on: Day): Promise<Partial<RenditionKept>> {
  const reason = () => sentence('reason', input.reason ?? '');
  switch (input.act) {
    case 'ENTER_WARRANT':
      return {};
    case 'ARREST':
      return { arrestOn: on, asylumState: stateAsked(subject, input, known) };
    case 'EXTEND_HOLD':
      return extended(moment, known, input, on);
    case 'WAIVE':
      return { waivedOn: on };
    case 'SEND_GOVERNOR_REQUEST':
      return { governorRequestOn: on, asylumState: stateAsked(subject, input, known), agentOfState: sentence('agentOfState', input.agentOfState ?? '', 200) };
    case 'SERVE_GOVERNOR_WARRANT':
      return { governorWarrantOn: on };
    case 'REFUSE':
      return { refusedOn: on, reason: reason() };
    case 'CHALLENGE':
      return { habeasOn: on, habeasDecidedOn: null };
    case 'DENY_HABEAS':
      return { habeasDecidedOn: on };
    case 'GRANT_HABEAS':
      return { habeasDecidedOn: on, releasedOn: on, reason: sentence('order', input.order ?? '') };
    case 'RETURN':
      if (input.agentOfState == null && known.agentOfState === null) throw badInput('agentOfState', `Nobody is on record who fetched the accused (${RENDITION_LAW.citation}).`, 'Name who did.');
      return { returnedOn: on, ...(input.agentOfState != null && { agentOfState: sentence('agentOfState', input.agentOfState, 200) }) };
    case 'RELEASE':
      return { releasedOn: on, reason: reason() };
    case 'WITHDRAW':
      return { withdrawnOn: on, reason: reason() };
  }
}

/** Throws Conflict where a rendition of the person is under way. */
async function refuseBeside(moment: Moment, subject: CaseSeen, personId: string): Promise<void> {
  const open = await renditionOpen(moment, subject, personId);
  if (open) throw conflict('A rendition of this person is under way.', { ...RENDITION_LAW, renditionId: open.id, state: open.state, remedy: 'Record what happens to it, with its id as renditionId.' });
}

const isEnd = (state: RenditionState): boolean => (RENDITION_ENDS as readonly RenditionState[]).includes(state);

const orderIn = ({ order }: RecordRenditionInput): string | null => (order == null ? null : sentence('order', order));

const stateAfter = ({ act }: RecordRenditionInput, state: RenditionPlace): RenditionState => moved<RenditionAct, RenditionState, typeof NO_WARRANT>(RENDITION_MOVES, act, state, RENDITION_LAW);
