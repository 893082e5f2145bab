import { eq, sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import type { Statement } from '../database/statement.ts';
import { badInput, conflict, forbidden, notFound } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, LOCK_OWN_OFFICE, record, resight, type Moment } from '../trail/act.ts';
import { assignments } from './assignment.table.ts';
import { claimed, colleague, officeKnown, placeAdded, placeEnded, placesEnded, placeOpen, routed, unled, venueAdded } from './case.changes.ts';
import type { AssignCaseInput, ClaimCaseInput, ReleaseCaseInput, RouteCaseInput, UnassignCaseInput } from './case.inputs.ts';
import { cases } from './case.table.ts';
import { isTheMoment } from './lifecycle.ts';
import { handOver, refuseOwnConflict, refuseUnliftable, tellAgency } from './responsibility.ts';
import { caseHeld, caseSeen, changed, inTime, isLead, officeOf, within, type CaseSeen } from './subject.ts';

/** The case as the actor sees it when the act is done; null where it closed to them. */
export const caseShown = (caseId: string): Shown => new Shown(({ given }) => one('Case', cases, (subject) => eq(subject.id, sql`${given(0)}::uuid`)), [caseId]);

/**
 * Sends an unrouted case to an office. Throws NotFound where the actor does not see the case, BadInput for an unknown
 * office, Conflict where it is routed already or has changed.
 */
export const routeCase = act('case:route', async (moment, input: RouteCaseInput) => {
  const subject = await caseSeen(moment, input.caseId);
  inTime(subject, 'route', input.expectedVersion);
  const [office] = await rows(moment, officeKnown({ id: idOrNull(input.jurisdictionId) }));
  if (!office) throw badInput('jurisdictionId', 'No such office.', 'Take an id from the query jurisdictions.');
  const reason = sentence('reason', input.reason);
  // The venue comes first: once the case is routed, the administrators no longer see it.
  await moment.run(venueAdded({ case: subject.id, office: String(office['id']), county: subject.countyFips, reason }));
  await touchOne(moment, subject, routed({ case: subject.id, office: String(office['id']), version: input.expectedVersion }));
  return {
    payload: { case: caseShown(subject.id) },
    end: [record({ caseId: subject.id, act: 'ROUTED', body: { jurisdictionId: String(office['id']) }, expected: input.expectedVersion }), resight(subject.id)],
  };
});

/**
 * Takes the lead of an unclaimed case for the actor's office, which must be a venue candidate. Throws NotFound where the
 * actor does not see the case, Forbidden where the office has no venue, Conflict with the holder where another was first, or
 * where a declared conflict stands against the actor or the one who takes it to trial.
 */
export const claimCase = act('case:claim', async (moment, { caseId, expectedVersion, assignTo }: ClaimCaseInput) => {
  const office = officeOf(moment);
  const id = idOrNull(caseId);
  if (id === null) throw notFound();
  const attorney = assignTo ?? moment.actor.memberId;
  if (!(await isColleague(moment, attorney, office))) throw noColleague('assignTo');
  const [, , taken] = moment.opened;
  if (taken?.rows.length !== 1) throw await claimRefused(moment, id, expectedVersion);
  return {
    payload: { case: caseShown(id) },
    end: [
      // Of who joins the team, the team itself asks.
      ...(attorney === moment.actor.memberId ? [] : [refuseOwnConflict(id)]),
      placeAdded({ case: id, id: newId(), member: attorney, role: 'TRIAL', by: moment.actor.memberId, needs: FACETS.OFFICE }),
      record({ caseId: id, act: 'CLAIMED', body: { jurisdictionId: office, assignedTo: attorney }, expected: expectedVersion }),
      handOver(id), tellAgency(id, 'ACCEPTED'), resight(id),
    ],
  };
}, ({ caseId, expectedVersion }, enter) => {
  const id = idOrNull(caseId);
  return id === null ? [] : [LOCK_OWN_OFFICE, enter, claimed({ case: id, version: expectedVersion })];
});

/** Gives up the lead. Throws NotFound, Forbidden where the case is another office's or not one's own, Conflict where it has changed or a seal stands on it. */
export const releaseCase = act('case:release', async (moment, { caseId, expectedVersion }: ReleaseCaseInput) => {
  const office = officeOf(moment);
  const subject = await caseHeld(moment, caseId);
  within(moment, subject, 'case:release');
  inTime(subject, 'release', expectedVersion);
  await moment.run(refuseUnliftable(subject.id, null));
  await moment.run(placesEnded({ case: subject.id }));
  await touchOne(moment, subject, unled({ case: subject.id, version: expectedVersion }));
  return {
    payload: { case: caseShown(subject.id) },
    end: [record({ caseId: subject.id, act: 'RELEASED', body: { jurisdictionId: office }, expected: expectedVersion }), handOver(subject.id), resight(subject.id)],
  };
});

/**
 * Puts a colleague on the team; an office that shares in a case staffs its own part. Throws NotFound, Forbidden where the
 * case is not the actor's to staff, BadInput for someone who is no colleague, Conflict for someone who is on the team, or was on the other side of the wall between TRIAL and FILTER.
 */
export const assignCase = act('case:assign', async (moment, { caseId, memberId, role, replaces }: AssignCaseInput) => {
  const subject = await caseHeld(moment, caseId);
  within(moment, subject, 'case:assign');
  inTime(subject, 'assign');
  if (role === 'FILTER' && !isLead(moment, subject)) throw forbidden('Only the office that leads the case has a filter team.');
  const [chosen] = await rows(moment, colleague({ member: idOrNull(memberId), office: officeOf(moment) }));
  if (!chosen) throw noColleague('memberId');
  const ended = replaces ? await endPlace(moment, subject, replaces.assignmentId, replaces.expectedVersion) : undefined;
  const open = await rows(moment, placeOpen({ case: subject.id, member: memberId }));
  if (open.length > 0) throw conflict('This member is on the team already.');
  const [id, needs] = [newId(), staffing(moment, subject)];
  return {
    payload: { case: caseShown(subject.id), assignment: assignmentShown(subject.id, id) },
    end: [
      placeAdded({ case: subject.id, id, member: memberId, role, by: moment.actor.memberId, needs }),
      record({ caseId: subject.id, act: 'ASSIGNED', body: { memberId, role, inPlaceOf: ended ?? null }, needs }), resight(subject.id),
    ],
  };
});

/** Ends a place on the team. Throws as `assignCase` does. */
export const unassignCase = act('case:assign', async (moment, { caseId, assignmentId, expectedVersion }: UnassignCaseInput) => {
  const subject = await caseHeld(moment, caseId);
  within(moment, subject, 'case:assign');
  inTime(subject, 'assign');
  const memberId = await endPlace(moment, subject, assignmentId, expectedVersion);
  return {
    payload: { case: caseShown(subject.id) },
    end: [record({ caseId: subject.id, act: 'UNASSIGNED', body: { memberId }, needs: staffing(moment, subject) }), resight(subject.id)],
  };
});

/** Who may know of a place: the lead's staffing is its own, that of an office that shares in the case is known to all of them. */
const staffing = (moment: Moment, subject: CaseSeen): number => (isLead(moment, subject) ? FACETS.OFFICE : FACETS.JOINT);

const assignmentShown = (caseId: string, id: string): Shown =>
  new Shown(({ given }) => one('Assignment', assignments, (place) => sql`${place.caseId} = ${given(0)}::uuid and ${place.id} = ${given(1)}::uuid`), [caseId, id]);

async function endPlace(moment: Moment, subject: CaseSeen, assignmentId: string, version: number): Promise<string> {
  const id = idOrNull(assignmentId);
  const [ended] = id === null ? [] : await rows(moment, placeEnded({ case: subject.id, id, version }));
  if (!ended) throw conflict('This place has ended or has changed since you read it.', { remedy: 'Read the team of the case again.' });
  return String(ended['memberId'] ?? ended['member_id']);
}

/** Whether a member can be put on a team of the office. Of the actor the seat has told it. */
export const isColleague = async (moment: Moment, memberId: string, office: string): Promise<boolean> =>
  memberId === moment.actor.memberId ? moment.actor.kind === 'PERSON' : (await rows(moment, colleague({ member: idOrNull(memberId), office }))).length === 1;

/** Why a claim touched no row: said only as far as the actor sees. */
async function claimRefused(moment: Moment, id: string, expectedVersion: number): Promise<Error> {
  const subject = await caseSeen(moment, id);
  if (subject.leadId === null && isTheMoment('claim', subject.stage) && subject.version === expectedVersion) {
    return subject.hasVenue ? conflict('Another claim is under way.') : forbidden('Your office is not a venue candidate of this case.');
  }
  return changed(subject);
}

async function touchOne(moment: Moment, subject: CaseSeen, change: Statement): Promise<void> {
  if ((await rows(moment, change)).length !== 1) throw changed(await caseSeen(moment, subject.id));
}

const rows = async (moment: Moment, asked: Statement) => (await moment.run(asked)).rows;

/** The refusal of somebody who cannot be put on a team. */
export const noColleague = (field: string) => badInput(field, 'This is no active person of your office.', 'Take an id from the query members.');
