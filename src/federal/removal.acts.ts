import { sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { personSeen } from '../charges/charge.store.ts';
import { reclocked } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, type Moment } from '../trail/act.ts';
import { chargedPerson } from './charged.ts';
import { dayCome, notBefore } from './days.ts';
import { moved } from './machine.ts';
import { refuseBeside, refuseOutOfWindow, refuseSecond, refuseTried, refuseUntold } from './removal.guards.ts';
import type { RecordRemovalInput } from './removal.inputs.ts';
import { NOT_SOUGHT, REMOVAL_CITATIONS, REMOVAL_MOVES, REVERSALS, rulingAt, type Appealable, type RemovalAct, type RemovalPlace, type RemovalState } from './removal.rules.ts';
import { removalBegun, removalMoved, removalsBefore, removalSeen, removalStepped, type RemovalKept, type RemovalStepped } from './removal.store.ts';
import { removals } from './removal.table.ts';

/**
 * Records what happened to the removal of a person to the federal court. Throws NotFound where the actor does not see the case or
 * the removal, Forbidden where it is another's, Conflict, with the rule, at the wrong moment: the state does not allow the act,
 * nothing is filed against the person, the window has closed or is open, or a second notice states what existed at the first;
 * BadInput for days that contradict each other, and for what an act lacks or does not take.
 */
export const recordRemoval = act('removal:record', async (moment, input: RecordRemovalInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const known = input.removalId == null ? null : await removalSeen(moment, subject, input.removalId);
  within(moment, subject, 'removal:record');
  inTime(subject, 'follow');
  refuseUntold(input);
  const told = toldIn(input);
  const removal = known === null ? await begun(moment, subject, input, told) : await gone(moment, subject, known, input, told);
  return {
    payload: {
      case: caseShown(subject.id),
      removal: new Shown(({ given }) => one('Removal', removals, (each) => sql`${each.caseId} = ${given(0)}::uuid and ${each.id} = ${given(1)}::uuid`), [subject.id, removal.id]),
    },
    end: [
      (known === null ? removalBegun : removalMoved)(subject, removal),
      removalStepped(subject, removal, told),
      record({ caseId: subject.id, act: 'REMOVAL_RECORDED', needs: removal.needs, body: { removalId: removal.id, personId: removal.personId, scope: removal.scope, act: input.act, state: removal.state } }),
    ],
    after: reclocked([subject.id]),
  };
});

/** What is left of the days of a removal that never was: none. What was said of it stands in its steps. */
const NEVER_SO = { windowClosedOn: null, leaveSoughtOn: null, leaveDecidedOn: null, noticeFiledOn: null, hearingOn: null, ruledOn: null, ruling: null, order: null, appealed: null, appealedOn: null, appealDocket: null, closedOn: null } as const;

const NOTHING = {
  ...NEVER_SO, grounds: [], groundsAroseOn: null, federalCourt: null, docketNumber: null, lastAct: null, lastOn: null, steps: 0,
} as const;

async function begun(moment: Moment, subject: CaseSeen, input: RecordRemovalInput, told: RemovalStepped): Promise<RemovalKept> {
  const { act, personId } = input;
  const scope = input.scope ?? 'WHOLE_CASE';
  if (personId == null) throw badInput('personId', 'The removal of whom?', 'Name the person; or, of a removal that is on record, its removalId.');
  const charged = scope === 'WHOLE_CASE' ? await chargedPerson(moment, subject, personId) : undefined;
  const person = charged ?? (await personSeen(moment, subject, personId));
  if (person === undefined) throw badInput('personId', 'This is no person of the case.', 'Take the id of a person of the case.');
  const [id, about] = 'personId' in person ? [person.personId, person.needs] : [person.id, person.needs | FACETS.PROCEEDINGS];
  const state = stateAfter(input, NOT_SOUGHT);
  if (charged === undefined && act !== 'FILE_NOTICE') throw badInput('act', 'No window is on file for a subpoena alone.', 'Record FILE_NOTICE; or leave scope away.');
  notBefore('on', told.day, ['the incident', subject.incidentOn], ['the filing', charged?.filedOn ?? null]);
  const aroseOn = input.groundsAroseOn == null ? null : dayText(input.groundsAroseOn);
  const earlier = await removalsBefore(moment, subject, id, scope);
  refuseSecond(input, aroseOn, told.day, earlier);
  // What was disposed of after the notice came was disposed of despite it: the removal names that.
  if (charged != null && charged.disposedOn !== null && charged.disposedOn < told.day) {
    throw conflict('Every charge against this person was disposed of by then: there was nothing to remove.', { rule: 'REMOVAL', citation: REMOVAL_CITATIONS.FILE_NOTICE, personId: id, disposedOn: charged.disposedOn, remedy: 'Correct the day.' });
  }
  const dueOn = charged !== undefined && earlier.length === 0 ? await refuseOutOfWindow(moment, act, charged, told.day) : null;
  const nothing: RemovalKept = { ...NOTHING, id: newId(), needs: about, personId: id, scope, state, groundsAroseOn: aroseOn };
  return { ...nothing, ...after(nothing, state, told), windowClosedOn: act === 'FILE_NOTICE' ? null : dueOn };
}

async function gone(moment: Moment, subject: CaseSeen, known: RemovalKept, input: RecordRemovalInput, told: RemovalStepped): Promise<RemovalKept> {
  for (const field of ['personId', 'scope', 'groundsAroseOn'] as const) if (input[field] != null) throw badInput(field, 'This is said where a removal begins.', 'Leave it away.');
  const moved = stateAfter(input, known.state);
  const state = input.act === 'REVERSE' && known.appealed !== null ? REVERSALS[known.appealed] : moved;
  // A window that was taken to have closed is no event: the notice may lie before the day on which that was said.
  const isNotice = input.act === 'FILE_NOTICE';
  notBefore('on', told.day, [`${known.lastAct ?? 'it began'},`, isNotice && known.leaveSoughtOn === null ? null : known.lastOn], ['the end of the window', isNotice ? null : known.windowClosedOn]);
  if (isNotice) await refuseOutOfWindow(moment, input.act, await chargedPerson(moment, subject, known.personId), told.day);
  if (input.act === 'ENTER_IN_ERROR') await refuseTried(moment, subject, known);
  const next = { ...known, state, ...after(known, state, told) };
  if (known.ruling === 'REMANDED' && next.ruling !== 'REMANDED') refuseBeside(await removalsBefore(moment, subject, known.personId, known.scope));
  return next;
}

const stateAfter = ({ act }: RecordRemovalInput, state: RemovalPlace): RemovalState => moved<RemovalAct, RemovalState, typeof NOT_SOUGHT>(REMOVAL_MOVES, act, state, { rule: 'REMOVAL', citation: REMOVAL_CITATIONS[act] });

/** What is told of a removal, read as it is kept. */
function toldIn(input: RecordRemovalInput): RemovalStepped {
  const { act } = input;
  const day = dayCome('on', input.on);
  const hearingOn = input.hearingOn == null ? null : dayText(input.hearingOn);
  if (hearingOn !== null) notBefore('hearingOn', hearingOn, ['the day it was set', day]);
  return {
    act, day, hearingOn, grounds: [...new Set(input.grounds)],
    federalCourt: input.federalCourt == null ? null : sentence('federalCourt', input.federalCourt, 200), docketNumber: input.docketNumber == null ? null : sentence('docketNumber', input.docketNumber, 100),
    order: input.order == null ? null : sentence('order', input.order), reason: input.reason == null ? null : sentence('reason', input.reason), appealDocket: input.appealDocket == null ? null : sentence('appealDocket', input.appealDocket, 100),
  };
}

/** What becomes of a removal by what happened to it. */
function after(known: RemovalKept, state: RemovalState, { act, day, grounds = [], federalCourt = null, docketNumber = null, hearingOn = null, order = null, appealDocket = null }: RemovalStepped): Partial<RemovalKept> {
  switch (act) {
    case 'FILE_NOTICE':
      return { grounds, federalCourt, docketNumber, noticeFiledOn: day, windowClosedOn: null };
    case 'SEEK_LATE_LEAVE':
      return { grounds, federalCourt, docketNumber, leaveSoughtOn: day, leaveDecidedOn: null };
    case 'GRANT_LEAVE':
      return { leaveDecidedOn: day, noticeFiledOn: day };
    case 'REFUSE_LEAVE':
      return { leaveDecidedOn: day };
    case 'SET_HEARING':
      return { hearingOn };
    case 'REMAND_SUMMARILY':
    case 'REMOVE':
    case 'REMAND':
      return { ruledOn: day, order, ruling: rulingAt(state, known.ruling) };
    case 'APPEAL':
      return { appealed: known.state as Appealable, appealedOn: day, appealDocket };
    case 'REVERSE': {
      const ruling = rulingAt(state, known.ruling);
      return { appealed: null, ruling, ruledOn: ruling === null ? null : day, order: null };
    }
    case 'AFFIRM':
      return { appealed: null, closedOn: day };
    case 'CLOSE':
      return { closedOn: day };
    case 'CLOSE_WINDOW':
      return {};
    case 'ENTER_IN_ERROR':
      return NEVER_SO;
  }
}
