import { sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { caseShown, isColleague, noColleague } from '../cases/case.acts.ts';
import { handOver, refuseOwnConflict, refuseUnliftable } from '../cases/responsibility.ts';
import { caseHeld, changed, inTime, officeOf, within, type CaseSeen } from '../cases/subject.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict, forbidden } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, resight, type Moment } from '../trail/act.ts';
import { otherOffice } from './responsibility.store.ts';
import { answered, leadMoved, lesserPlaceEnded, officeWalled, placeAtTrial, proposed, transferOpen, transferSeen, type TransferSeen } from './transfer.store.ts';
import { transfers, type TransferState } from './transfer.table.ts';
import type { AcceptTransferInput, ProposeTransferInput, RejectTransferInput, RevokeTransferInput } from './transfer.type.ts';

/**
 * Offers the lead to another office, which sees SUMMARY and REPORT until it answers. Throws NotFound where the actor does
 * not see the case, Forbidden where it is not the actor's to give away, BadInput for an office that cannot be or terms that
 * contradict each other, Conflict where the case has changed, its stage does not allow it, another offer waits, or two of the
 * new lead could not lift a seal that stands.
 */
export const proposeTransfer = act('transfer:propose', async (moment, input: ProposeTransferInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'transfer:propose');
  inTime(subject, 'transfer', input.expectedVersion);
  const [residual, wallGround, reason] = [input.residual ?? 'NONE', input.wallFormerLead ?? null, sentence('reason', input.reason)];
  if (wallGround !== null && residual !== 'NONE') throw badInput('residual', 'An office that is walled off keeps nothing.', 'Take NONE, or leave wallFormerLead away.');
  const to = await otherOffice(moment, subject, input.jurisdictionId);
  const open = await transferOpen(moment, subject);
  if (open !== undefined) throw conflict('Another transfer of this case waits for its answer.', { transferId: open.id, remedy: 'Revoke that first.' });
  await moment.run(refuseUnliftable(subject.id, to));
  const id = newId();
  return {
    payload: shown(subject, id),
    end: [
      proposed({ caseId: subject.id, id, from: officeOf(moment), to, residual, wallGround, reason }),
      record({ caseId: subject.id, act: 'TRANSFER_PROPOSED', needs: FACETS.OFFICE, body: { transferId: id, jurisdictionId: to } }), resight(subject.id),
    ],
  };
});

/**
 * Takes the lead that one's office is offered, with all that goes with it, in one transaction. Throws NotFound where the
 * actor does not see the case, Forbidden for any other office, BadInput for somebody who is no colleague, Conflict where
 * the offer was answered or taken back, the case has changed, or two of the new lead could not lift a seal that stands.
 */
export const acceptTransfer = act('transfer:answer', async (moment, input: AcceptTransferInput) => {
  const office = officeOf(moment);
  const { subject, transfer } = await answerable(moment, input);
  inTime(subject, 'transfer', input.expectedVersion);
  const attorney = input.assignTo?.toLowerCase() ?? moment.actor.memberId;
  if (!(await isColleague(moment, attorney, office))) throw noColleague('assignTo');
  const { id: caseId } = subject;
  await moment.run(refuseUnliftable(caseId, office));
  // What a part of the new lead that is over has left open ends first: its people come anew.
  const [, lead, answer] = await moment.flush([
    handOver(caseId), leadMoved(caseId, transfer, input.expectedVersion), answered(caseId, transfer.id, 'ACCEPTED'),
    lesserPlaceEnded(caseId, attorney), placeAtTrial(caseId, newId(), attorney, FACETS.OFFICE),
  ]);
  if (lead?.rows.length !== 1 || answer?.rows.length !== 1) throw changed(subject);
  const wallId = newId();
  const walled = transfer.wallGround === null ? [] : [
    officeWalled(caseId, transfer, wallId, FACETS.OFFICE),
    record({ caseId, act: 'WALLED_OFF', needs: FACETS.OFFICE, body: { wallId, subjectKind: 'OFFICE', subjectId: transfer.fromId, ground: transfer.wallGround } }),
  ];
  return {
    payload: shown(subject, transfer.id),
    end: [
      ...(attorney === moment.actor.memberId ? [] : [refuseOwnConflict(caseId)]),
      record({ caseId, act: 'TRANSFERRED', body: { ...about(transfer), assignedTo: attorney }, expected: input.expectedVersion }),
      ...walled, handOver(caseId), resight(caseId),
    ],
  };
});

/** Does not take the lead that one's office is offered. Throws as `acceptTransfer` does. */
export const rejectTransfer = act('transfer:answer', async (moment, input: RejectTransferInput) => {
  const { subject, transfer } = await answerable(moment, input);
  // The lead learns of it; an event of OFFICE would stay with the office that rejected.
  return ended(moment, subject, transfer, { state: 'REJECTED', event: 'TRANSFER_REJECTED', needs: FACETS.JOINT });
});

/** Takes an offer of the lead back. Throws NotFound, Forbidden, Conflict where it was answered. */
export const revokeTransfer = act('transfer:propose', async (moment, input: RevokeTransferInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const transfer = await transferSeen(moment, subject, input.transferId);
  if (transfer.state === 'ACCEPTED' && transfer.fromId === moment.actor.officeId) throw notOpen(transfer);
  within(moment, subject, 'transfer:propose');
  return ended(moment, subject, transfer, { state: 'REVOKED', event: 'TRANSFER_REVOKED', needs: FACETS.OFFICE });
});

/** The case and the transfer that the actor's office may answer now. */
async function answerable(moment: Moment, { caseId, transferId }: RejectTransferInput) {
  const subject = await caseHeld(moment, caseId, [officeOf(moment)]);
  const transfer = await transferSeen(moment, subject, transferId);
  if (transfer.toId !== officeOf(moment)) throw forbidden('Only the office that it is offered to answers.');
  if (transfer.state !== 'PROPOSED') throw notOpen(transfer);
  return { subject, transfer };
}

async function ended(moment: Moment, subject: CaseSeen, transfer: TransferSeen, { state, event, needs }: { state: TransferState; event: string; needs: number }) {
  if ((await moment.run(answered(subject.id, transfer.id, state))).rows.length !== 1) throw notOpen(transfer);
  return {
    payload: shown(subject, transfer.id),
    end: [record({ caseId: subject.id, act: event, needs, body: about(transfer) }), resight(subject.id)],
  };
}

const about = ({ id, fromId, toId }: TransferSeen) => ({ transferId: id, fromId, toId });

const shown = ({ id: caseId }: CaseSeen, id: string) => ({
  case: caseShown(caseId),
  transfer: new Shown(({ given }) => one('Transfer', transfers, (transfer) => sql`${transfer.caseId} = ${given(0)}::uuid and ${transfer.id} = ${given(1)}::uuid`), [caseId, id]),
});

const notOpen = ({ state }: TransferSeen) => conflict('This transfer does not wait for an answer.', { state, remedy: 'Read the transfers of the case again.' });
