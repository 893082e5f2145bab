import { sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { personSeen } from '../charges/charge.store.ts';
import type { Day } from '../clocks/calendar.ts';
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
import { refuseBeside, refuseOutOfWindow, refuseSecond, refuseUntold } from './removal.guards.ts';
import type { RecordRemovalInput } from './removal.inputs.ts';
import { NOT_SOUGHT, REMOVAL_CITATIONS, REMOVAL_MOVES, rulingAfter, type RemovalAct, type RemovalPlace, type RemovalState } from './removal.rules.ts';
import { removalBegun, removalMoved, removalsBefore, removalSeen, type RemovalKept } from './removal.store.ts';
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
  const removal = known === null ? await begun(moment, subject, input) : await gone(moment, subject, known, input);
  return {
    payload: {
      case: caseShown(subject.id),
      removal: new Shown(({ given }) => one('Removal', removals, (each) => sql`${each.caseId} = ${given(0)}::uuid and ${each.id} = ${given(1)}::uuid`), [subject.id, removal.id]),
    },
    end: [
      (known === null ? removalBegun : removalMoved)(subject, removal),
      record({ caseId: subject.id, act: 'REMOVAL_RECORDED', needs: removal.needs, body: { removalId: removal.id, personId: removal.personId, scope: removal.scope, act: input.act, state: removal.state } }),
    ],
    after: reclocked([subject.id]),
  };
});

const NOTHING = {
  grounds: [], groundsAroseOn: null, federalCourt: null, docketNumber: null, windowClosedOn: null, leaveSoughtOn: null, leaveDecidedOn: null, noticeFiledOn: null, hearingOn: null,
  ruledOn: null, ruling: null, order: null, appealedOn: null, appealDocket: null, closedOn: null,
} as const;

async function begun(moment: Moment, subject: CaseSeen, input: RecordRemovalInput): Promise<RemovalKept> {
  const { act, personId } = input;
  const scope = input.scope ?? 'WHOLE_CASE';
  if (personId == null) throw badInput('personId', 'The removal of whom?', 'Name the person; or, of a removal that is on record, its removalId.');
  const charged = scope === 'WHOLE_CASE' ? await chargedPerson(moment, subject, personId) : undefined;
  const person = charged ?? (await personSeen(moment, subject, personId));
  if (person === undefined) throw badInput('personId', 'This is no person of the case.', 'Take the id of a person of the case.');
  const [id, about] = 'personId' in person ? [person.personId, person.needs] : [person.id, person.needs | FACETS.PROCEEDINGS];
  const state = stateAfter(input, NOT_SOUGHT);
  if (charged === undefined && act !== 'FILE_NOTICE') throw badInput('act', 'No window is on file for a subpoena alone.', 'Record FILE_NOTICE; or leave scope away.');
  refuseUntold(input);
  const on = dayCome('on', input.on);
  notBefore('on', on, ['the incident', subject.incidentOn], ['the filing', charged?.filedOn ?? null]);
  const aroseOn = input.groundsAroseOn == null ? null : dayText(input.groundsAroseOn);
  const earlier = await removalsBefore(moment, subject, id, scope);
  refuseSecond(input, aroseOn, on, earlier);
  if (charged?.open === 0) throw conflict('Every charge against this person is disposed of: there is nothing to remove.', { rule: 'REMOVAL', citation: REMOVAL_CITATIONS.FILE_NOTICE, personId: id });
  const dueOn = charged !== undefined && earlier.length === 0 ? await refuseOutOfWindow(moment, act, charged, on) : null;
  return { ...NOTHING, id: newId(), needs: about, personId: id, scope, state, groundsAroseOn: aroseOn, windowClosedOn: act === 'FILE_NOTICE' ? null : dueOn, ...told(input, on) };
}

async function gone(moment: Moment, subject: CaseSeen, known: RemovalKept, input: RecordRemovalInput): Promise<RemovalKept> {
  for (const field of ['personId', 'scope', 'groundsAroseOn'] as const) if (input[field] != null) throw badInput(field, 'This is said where a removal begins.', 'Leave it away.');
  const state = stateAfter(input, known.state);
  refuseUntold(input);
  const on = dayCome('on', input.on);
  const ruled = input.act === 'REMOVE' || input.act === 'REMAND';
  notBefore('on', on, ['the notice', known.noticeFiledOn], ['the end of the window', known.windowClosedOn], ['the wish for leave', known.leaveSoughtOn], ['the answer to it', known.leaveDecidedOn],
    ['the hearing', ruled ? known.hearingOn : null], ['the ruling', known.ruledOn], ['the appeal', known.appealedOn]);
  const ruling = rulingAfter(input.act, known.ruling);
  if (known.ruling === 'REMANDED' && ruling !== 'REMANDED') refuseBeside(await removalsBefore(moment, subject, known.personId, known.scope));
  return { ...known, state, ruling, ...told(input, on) };
}

const stateAfter = ({ act }: RecordRemovalInput, state: RemovalPlace): RemovalState => moved<RemovalAct, RemovalState, typeof NOT_SOUGHT>(REMOVAL_MOVES, act, state, { rule: 'REMOVAL', citation: REMOVAL_CITATIONS[act] });

/** What an act says of a removal, with its day. */
function told(input: RecordRemovalInput, on: Day): Partial<RemovalKept> {
  const notice = () => ({
    grounds: [...new Set(input.grounds)], federalCourt: sentence('federalCourt', input.federalCourt ?? '', 200), docketNumber: sentence('docketNumber', input.docketNumber ?? '', 100),
  });
  switch (input.act) {
    case 'FILE_NOTICE':
      return { ...notice(), noticeFiledOn: on };
    case 'SEEK_LATE_LEAVE':
      return { ...notice(), leaveSoughtOn: on, leaveDecidedOn: null };
    case 'GRANT_LEAVE':
      return { leaveDecidedOn: on, noticeFiledOn: on };
    case 'REFUSE_LEAVE':
      return { leaveDecidedOn: on };
    case 'SET_HEARING': {
      const hearingOn = dayText(input.hearingOn);
      notBefore('hearingOn', hearingOn, ['the day it was set', on]);
      return { hearingOn };
    }
    case 'REMAND_SUMMARILY':
    case 'REMOVE':
    case 'REMAND':
      return { ruledOn: on, order: sentence('order', input.order ?? '') };
    case 'APPEAL':
      return { appealedOn: on, appealDocket: sentence('appealDocket', input.appealDocket ?? '', 100) };
    case 'AFFIRM':
    case 'REVERSE':
    case 'CLOSE':
      return { closedOn: on };
    case 'CLOSE_WINDOW':
      return {};
  }
}
