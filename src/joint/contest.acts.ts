import { sql } from 'drizzle-orm';
import type { Action } from '../access/acts.ts';
import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { refuseUnliftable } from '../cases/responsibility.ts';
import { caseHeld, changed, inTime, isLead, officeOf, within, type CaseSeen } from '../cases/subject.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict, forbidden } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, resight, type Moment } from '../trail/act.ts';
import type { AnswerContestInput, ContestClaimInput, RecordVenueDecisionInput, WithdrawContestInput } from './contest.inputs.ts';
import { answerLeads, decisionLeads, isWithdrawable, type ContestSide, type Move } from './contest.rules.ts';
import { contested, contestMoved, contestSeen, contestStanding, TODAY, type ContestSeen, type Decision, type Said } from './contest.store.ts';
import { venueContests } from './contest.table.ts';
import { otherOffice } from './responsibility.store.ts';
import { proposed, transferOpen } from './transfer.store.ts';
import type { Residual } from './transfer.table.ts';

/**
 * Claims, as a venue candidate, a case that another office leads. Throws NotFound where the actor does not see the case,
 * Forbidden for the lead and for an office that is no candidate, BadInput without a ground, Conflict where nobody leads it, the
 * case has changed, the office contests it already, or venue is settled between the two.
 */
export const contestClaim = act('venue:contest', async (moment, input: ContestClaimInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const office = officeOf(moment);
  if (isLead(moment, subject)) throw forbidden('Your office leads this case.');
  if (!subject.hasVenue) throw forbidden('Your office is not a venue candidate of this case.');
  inTime(subject, 'transfer', input.expectedVersion);
  const [grounds, reason] = [[...new Set(input.grounds)], sentence('reason', input.reason)];
  if (grounds.length === 0) throw badInput('grounds', 'A contest rests on a ground of law.', 'Give at least one.');
  const standing = await contestStanding(moment, subject, office);
  if (standing !== undefined) throw inTheWay(standing);
  const id = newId();
  return {
    payload: shown(subject, id),
    end: [contested(subject, id, office, grounds, reason), record({ caseId: subject.id, act: 'VENUE_CONTESTED', needs: FACETS.JOINT, body: { contestId: id, jurisdictionId: office } })],
  };
});

/**
 * Says to the other side of a contest that it is right, or is not. Where the lead agrees, it offers the contestant the lead.
 * Throws NotFound where the actor does not see the case or the contest, Forbidden for an actor who may not speak for either
 * side, BadInput for a residual where nothing is given away, Conflict where this side is not asked, the case has changed, or
 * the lead cannot be offered.
 */
export const answerContest = act('venue:answer', async (moment, input: AnswerContestInput) => {
  const { subject, contest, side } = await contestOf(moment, input, 'venue:answer');
  inTime(subject, 'transfer', input.expectedVersion);
  const because = sentence('reason', input.reason);
  const move = answerLeads(contest, side, input.answer);
  if (move === undefined) throw notAsked(contest);
  return moved(moment, subject, contest, { move, said: { because }, residual: input.residual, reason: because, event: 'CONTEST_ANSWERED' });
});

/**
 * Records a court's decision on venue. Against the actor's own office it counts at once, and where it is the lead's it offers
 * the contestant the lead; in its favour it waits for the other side. Throws as `answerContest` does, and BadInput for a date
 * that lies ahead or a hash that is none.
 */
export const recordVenueDecision = act('venue:decide', async (moment, input: RecordVenueDecisionInput) => {
  const { subject, contest, side } = await contestOf(moment, input, 'venue:decide');
  inTime(subject, 'transfer', input.expectedVersion);
  const decision = await decisionGiven(moment, input);
  const move = decisionLeads(contest, side, decision.decidedFor);
  if (move === undefined) throw notAsked(contest);
  return moved(moment, subject, contest, {
    move, said: { decision }, residual: input.residual, reason: `${decision.court}, ${decision.docketNumber}`, event: 'VENUE_DECISION_RECORDED',
    about: { decidedFor: decision.decidedFor, documentSha256: decision.documentSha256 },
  });
});

/** Takes a contest back. Throws NotFound, Forbidden for all but the contestant, Conflict where it has ended or the lead is offered. */
export const withdrawContest = act('venue:contest', async (moment, input: WithdrawContestInput) => {
  const { subject, contest, side } = await contestOf(moment, input, 'venue:contest');
  if (side !== 'CONTESTANT') throw forbidden('Only the office that contests withdraws it.');
  if (!isWithdrawable(contest)) throw notAsked(contest);
  return moved(moment, subject, contest, { move: { to: 'WITHDRAWN' }, said: {}, event: 'CONTEST_WITHDRAWN' });
});

/** The contest of an act and the side that the actor speaks for. */
async function contestOf(moment: Moment, { caseId, contestId }: WithdrawContestInput, action: Action) {
  const subject = await caseHeld(moment, caseId);
  const contest = await contestSeen(moment, subject, contestId);
  const side: ContestSide = contest.contestantId === officeOf(moment) ? 'CONTESTANT' : 'LEAD';
  // An office that led then and leads no longer still sees the contest; it is told that it has ended.
  if (side === 'LEAD' && (contest.leadId !== officeOf(moment) || isLead(moment, subject))) within(moment, subject, action);
  return { subject, contest, side };
}

interface Moving {
  readonly move: Move;
  readonly said: Said;
  readonly event: string;
  readonly residual?: Residual | null | undefined;
  readonly reason?: string;
  readonly about?: Readonly<Record<string, string>>;
}

async function moved(moment: Moment, subject: CaseSeen, contest: ContestSeen, { move, said, event, residual, reason = '', about = {} }: Moving) {
  const isOffer = move.to === 'OFFERED';
  if (residual != null && !isOffer) throw badInput('residual', 'Nothing is given away by this.', 'Leave residual away.');
  const transferId = isOffer ? newId() : null;
  if (transferId !== null) {
    await offerable(moment, subject, contest);
    await moment.run(proposed({ caseId: subject.id, id: transferId, from: contest.leadId, to: contest.contestantId, residual: residual ?? 'READ', wallGround: null, reason }));
  }
  if ((await moment.run(contestMoved(subject.id, contest, move, transferId, said))).rows.length !== 1) throw changed(subject);
  const body = { contestId: contest.id, state: move.to, ...about };
  return {
    payload: shown(subject, contest.id),
    end: [
      record({ caseId: subject.id, act: event, needs: FACETS.JOINT, body }),
      ...(transferId === null ? [] : [
        record({ caseId: subject.id, act: 'TRANSFER_PROPOSED', needs: FACETS.OFFICE, body: { transferId, jurisdictionId: contest.contestantId } }), resight(subject.id),
      ]),
    ],
  };
}

/** Throws Conflict where the lead cannot be offered to the contestant now. */
async function offerable(moment: Moment, subject: CaseSeen, { contestantId }: ContestSeen): Promise<void> {
  await otherOffice(moment, subject, contestantId);
  const open = await transferOpen(moment, subject);
  if (open !== undefined) throw conflict('Another transfer of this case waits for its answer.', { transferId: open.id, remedy: 'Revoke that first.' });
  await moment.run(refuseUnliftable(subject.id, contestantId));
}

async function decisionGiven(moment: Moment, input: RecordVenueDecisionInput): Promise<Decision> {
  const orderedOn = dayText(input.orderedOn);
  const today = String((await moment.run(TODAY)).rows[0]?.['today']);
  if (orderedOn > today) throw badInput('orderedOn', 'This day lies ahead.', `Give ${today} or an earlier day.`);
  const documentSha256 = input.documentSha256.toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(documentSha256)) throw badInput('documentSha256', 'This is no SHA-256.', 'Give the 64 hexadecimal digits of the order’s hash.');
  return {
    orderedOn, documentSha256, decidedFor: input.decidedFor, court: sentence('court', input.court, 200), docketNumber: sentence('docketNumber', input.docketNumber, 100),
    document: sentence('document', input.document),
  };
}

const shown = ({ id: caseId }: CaseSeen, id: string) => ({
  case: caseShown(caseId),
  contest: new Shown(({ given }) => one('VenueContest', venueContests, (contest) => sql`${contest.caseId} = ${given(0)}::uuid and ${contest.id} = ${given(1)}::uuid`), [caseId, id]),
});

const inTheWay = ({ id, state }: ContestSeen) =>
  ['OPEN', 'DENIED', 'DECISION_RECORDED', 'OFFERED'].includes(state)
    ? conflict('Your office contests this case already.', { contestId: id, state, remedy: 'Go on with that contest, or withdraw it first.' })
    : conflict('Venue is settled between your office and the lead.', { contestId: id, state, remedy: 'Ask the lead to offer you the case with proposeTransfer.' });

const notAsked = ({ state }: ContestSeen) => conflict('This contest does not wait for that from your office.', { state, remedy: 'Read the contests of the case again.' });
