import { sql } from 'drizzle-orm';
import { bits, FACETS, SHAREABLE_FACETS, type Facet } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { handOver } from '../cases/responsibility.ts';
import { caseHeld, inTime, isLead, officeOf, within, type CaseSeen } from '../cases/subject.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict, forbidden } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { instantSought } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, resight, type Moment } from '../trail/act.ts';
import type { AcceptInvitationInput, DeclineInvitationInput, InviteJurisdictionInput, LeaveCaseInput, WithdrawInvitationInput } from './responsibility.inputs.ts';
import { invitationSeen, invited, moved, openPart, otherOffice, refuseSealedOff, type ResponsibilitySeen } from './responsibility.store.ts';
import { responsibilities, type InvitationState, type JointRole } from './responsibility.table.ts';

/** What each part opens of a case, unless the invitation says otherwise. */
const OPENED = {
  CO: SHAREABLE_FACETS & ~FACETS.VICTIM_CONTACT,
  SUPPORT: bits('SUMMARY', 'REPORT', 'PERSONS', 'EVIDENCE'),
  OBSERVER: bits('SUMMARY', 'REPORT'),
} as const satisfies Record<JointRole, number>;

/**
 * Offers another office a part in a case. Throws NotFound where the actor does not see the case, Forbidden where it is
 * not the actor's to share, BadInput for an office, a facet or an end that cannot be, Conflict where the stage does not
 * allow it, the office has a part or an invitation already, or a seal closes the case to it.
 */
export const inviteJurisdiction = act('joint:invite', async (moment, input: InviteJurisdictionInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'joint:invite');
  inTime(subject, 'invite');
  const [facets, until, reason] = [facetsOf(input), endOf(input), sentence('reason', input.reason)];
  const jurisdictionId = await otherOffice(moment, subject, input.jurisdictionId);
  await moment.run(refuseSealedOff(subject.id, jurisdictionId));
  const open = await openPart(moment, subject, jurisdictionId);
  if (open !== undefined && !open.isOver) throw conflict('This office has a part in the case, or an invitation to it, already.', { invitationId: open.id, remedy: 'Withdraw that first, to invite it on other terms.' });
  const id = newId();
  const lapsed = open === undefined ? [] : [moved(subject.id, open, 'WITHDRAWN'), handOver(subject.id)];
  return {
    payload: shown(subject, id),
    end: [
      ...lapsed, invited({ caseId: subject.id, id, jurisdictionId, invitedFor: officeOf(moment), role: input.role, facets, until, reason }),
      record({ caseId: subject.id, act: 'INVITED', needs: FACETS.OFFICE, body: { invitationId: id, jurisdictionId, role: input.role } }), resight(subject.id),
    ],
  };
});

/** Takes up the part that one's office is offered. Throws NotFound, Forbidden for any other office, Conflict where it was answered, withdrawn, or is over. */
export const acceptInvitation = act('joint:answer', async (moment, input: AcceptInvitationInput) => {
  const { subject, invitation } = await answerable(moment, input);
  inTime(subject, 'invite');
  return answered(moment, subject, invitation, 'ACCEPTED', 'JOINED');
});

/** Declines the part that one's office is offered. Throws as `acceptInvitation` does. */
export const declineInvitation = act('joint:answer', async (moment, input: DeclineInvitationInput) => {
  const { subject, invitation } = await answerable(moment, input);
  return answered(moment, subject, invitation, 'DECLINED', 'INVITATION_DECLINED');
});

/** Takes an invitation back, and with it the part that came of it. Throws NotFound, Forbidden, Conflict where there is nothing left to take back. */
export const withdrawInvitation = act('joint:invite', async (moment, input: WithdrawInvitationInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'joint:invite');
  const invitation = await invitationSeen(moment, subject, input.invitationId);
  if (invitation.state !== 'INVITED' && invitation.state !== 'ACCEPTED') throw notOpen(invitation);
  await touchOne(moment, subject, invitation, 'WITHDRAWN');
  const needs = invitation.state === 'ACCEPTED' ? FACETS.JOINT : FACETS.OFFICE;
  return {
    payload: shown(subject, invitation.id),
    end: [record({ caseId: subject.id, act: 'INVITATION_WITHDRAWN', needs, body: about(invitation) }), handOver(subject.id), resight(subject.id)],
  };
});

/** Gives up one's office's part in a case: its people's places end, and all that the part opened closes. Throws NotFound, Forbidden where the office has none. */
export const leaveCase = act('joint:answer', async (moment, { caseId }: LeaveCaseInput) => {
  const subject = await caseHeld(moment, caseId);
  if (isLead(moment, subject)) throw forbidden('Your office leads this case: release it, or transfer it.');
  const part = await openPart(moment, subject, officeOf(moment));
  if (part === undefined || part.state !== 'ACCEPTED' || part.isOver) throw forbidden('Your office has no part in this case.');
  await touchOne(moment, subject, part, 'LEFT');
  return {
    payload: shown(subject, part.id),
    end: [record({ caseId: subject.id, act: 'LEFT', needs: FACETS.JOINT, body: about(part) }), handOver(subject.id), resight(subject.id)],
  };
});

/** The case and the invitation that the actor's office may answer now. */
async function answerable(moment: Moment, { caseId, invitationId }: AcceptInvitationInput) {
  const subject = await caseHeld(moment, caseId);
  const invitation = await invitationSeen(moment, subject, invitationId);
  if (invitation.jurisdictionId !== officeOf(moment)) throw forbidden('Only the office that is invited answers.');
  if (invitation.state !== 'INVITED' || invitation.isOver) throw notOpen(invitation);
  return { subject, invitation };
}

async function answered(moment: Moment, subject: CaseSeen, invitation: ResponsibilitySeen, state: InvitationState, event: string) {
  await touchOne(moment, subject, invitation, state);
  return {
    payload: shown(subject, invitation.id),
    end: [record({ caseId: subject.id, act: event, needs: FACETS.JOINT, body: about(invitation) }), resight(subject.id)],
  };
}

async function touchOne(moment: Moment, { id: caseId }: CaseSeen, part: ResponsibilitySeen, to: InvitationState): Promise<void> {
  if ((await moment.run(moved(caseId, part, to))).rows.length !== 1) throw notOpen(part);
}

const about = ({ id, jurisdictionId }: ResponsibilitySeen) => ({ invitationId: id, jurisdictionId });

const shown = ({ id: caseId }: CaseSeen, id: string) => ({
  case: caseShown(caseId),
  responsibility: new Shown(({ given }) => one('Responsibility', responsibilities, (part) => sql`${part.caseId} = ${given(0)}::uuid and ${part.id} = ${given(1)}::uuid`), [caseId, id]),
});

function facetsOf({ role, facets }: InviteJurisdictionInput): number {
  if (facets == null) return OPENED[role];
  const closed = facets.find((facet) => (FACETS[facet] & SHAREABLE_FACETS) === 0);
  if (closed !== undefined) throw badInput('facets', isCompartment(closed) ? 'Nothing opens a compartment.' : `${closed} is not opened to another office by an invitation.`, `Leave ${closed} away.`);
  if (!facets.includes('SUMMARY')) throw badInput('facets', 'An office that does not see the SUMMARY sees nothing.', 'Add SUMMARY.');
  return bits(...facets);
}

const isCompartment = (facet: Facet): boolean => facet === 'GRAND_JURY' || facet === 'COMPELLED';

function endOf({ until }: InviteJurisdictionInput): string | null {
  if (until != null && until.getTime() <= Date.now()) throw badInput('until', 'The end lies in the past.', 'Give an instant in the future, or leave it away.');
  return until == null ? null : instantSought(until);
}

const notOpen = ({ state, isOver }: ResponsibilitySeen) =>
  conflict(isOver ? 'The end of this part has come.' : 'This invitation does not stand as you read it.', { state, remedy: 'Read the responsibilities of the case again.' });
