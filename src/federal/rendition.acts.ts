import { sql } from 'drizzle-orm';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import type { Day } from '../clocks/calendar.ts';
import { isState } from '../coalition/state.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, type Moment } from '../trail/act.ts';
import { chargedPerson } from './charged.ts';
import { dayCome, notBefore } from './days.ts';
import { refuseIncomplete } from './details.ts';
import { moved } from './machine.ts';
import type { RecordRenditionInput } from './rendition.inputs.ts';
import { NOT_REQUESTED, RENDITION_LAW, RENDITION_MOVES, type RenditionAct, type RenditionPlace, type RenditionState } from './rendition.rules.ts';
import { renditionBegun, renditionMoved, renditionOpen, renditionSeen, type RenditionKept } from './rendition.store.ts';
import { renditions } from './rendition.table.ts';

const REQUEST = ['personId', 'asylumState'] as const;
const ALL = [...REQUEST, 'reason'] as const;

/** What each act is recorded with, and nothing else. */
const RECORDED_WITH = {
  REQUEST, ISSUE_WARRANT: [], ARREST: [], WAIVE: [], HEAR: [], DELIVER: [], REFUSE: ['reason'], WITHDRAW: ['reason'],
} as const satisfies Record<RenditionAct, readonly (typeof ALL)[number][]>;

/**
 * Records what happened to the rendition of an accused from another state. Throws NotFound where the actor does not see the case or the
 * rendition, Forbidden where it is another's, Conflict at the wrong moment, where nothing is filed against the person, or another request
 * is under way; BadInput for a state that is none or one's own, days that contradict each other, and for what an act lacks or does not take.
 */
export const recordRendition = act('rendition:record', async (moment, input: RecordRenditionInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const known = input.renditionId == null ? null : await renditionSeen(moment, subject, input.renditionId);
  within(moment, subject, 'rendition:record');
  inTime(subject, 'follow');
  const rendition = known === null ? await begun(moment, subject, input) : gone(known, input);
  return {
    payload: {
      case: caseShown(subject.id),
      rendition: new Shown(({ given }) => one('Rendition', renditions, (each) => sql`${each.caseId} = ${given(0)}::uuid and ${each.id} = ${given(1)}::uuid`), [subject.id, rendition.id]),
    },
    end: [
      (known === null ? renditionBegun : renditionMoved)(subject, rendition),
      record({ caseId: subject.id, act: 'RENDITION_RECORDED', needs: rendition.needs, body: { renditionId: rendition.id, personId: rendition.personId, act: input.act, state: rendition.state } }),
    ],
  };
});

async function begun(moment: Moment, subject: CaseSeen, input: RecordRenditionInput): Promise<RenditionKept> {
  const state = stateAfter(input, NOT_REQUESTED);
  refuseUntold(input);
  const charged = await chargedPerson(moment, subject, input.personId ?? '');
  const asylumState = (input.asylumState ?? '').trim().toUpperCase();
  if (!isState(asylumState)) throw badInput('asylumState', 'This is no state.', 'Give its two letters.');
  if (asylumState === subject.state) throw badInput('asylumState', 'This is the state that prosecutes.', 'Nobody is asked to deliver who is here.');
  const requestedOn = dayCome('on', input.on);
  notBefore('on', requestedOn, ['the filing', charged.filedOn]);
  const open = await renditionOpen(moment, subject, charged.personId);
  if (open) throw conflict('A rendition of this person is under way.', { ...RENDITION_LAW, renditionId: open.id, state: open.state, remedy: 'Record what happens to it, with its id as renditionId.' });
  return {
    id: newId(), needs: charged.needs, personId: charged.personId, asylumState, state, requestedOn,
    warrantOn: null, arrestedOn: null, waivedOn: null, heardOn: null, deliveredOn: null, endedOn: null, reason: null,
  };
}

function gone(known: RenditionKept, input: RecordRenditionInput): RenditionKept {
  const state = stateAfter(input, known.state);
  refuseUntold(input);
  const on = dayCome('on', input.on);
  notBefore('on', on, ['the request', known.requestedOn], ['the warrant', known.warrantOn], ['the arrest', known.arrestedOn], ['the waiver', known.waivedOn], ['the hearing', known.heardOn]);
  return { ...known, state, ...told(input, on) };
}

/** What an act says of a rendition. */
function told({ act, reason }: RecordRenditionInput, on: Day): Partial<RenditionKept> {
  switch (act) {
    case 'REQUEST':
      return {};
    case 'ISSUE_WARRANT':
      return { warrantOn: on };
    case 'ARREST':
      return { arrestedOn: on };
    case 'WAIVE':
      return { waivedOn: on };
    case 'HEAR':
      return { heardOn: on };
    case 'DELIVER':
      return { deliveredOn: on };
    case 'REFUSE':
    case 'WITHDRAW':
      return { endedOn: on, reason: sentence('reason', reason ?? '') };
  }
}

const refuseUntold = (input: RecordRenditionInput): void => refuseIncomplete(input.act, RENDITION_LAW.citation, input, { all: ALL, needed: RECORDED_WITH[input.act] });

const stateAfter = ({ act }: RecordRenditionInput, state: RenditionPlace): RenditionState => moved<RenditionAct, RenditionState, typeof NOT_REQUESTED>(RENDITION_MOVES, act, state, RENDITION_LAW);
