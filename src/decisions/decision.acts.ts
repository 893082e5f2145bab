import { sql } from 'drizzle-orm';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { charges } from '../charges/charge.table.ts';
import { movesCase, settling } from '../charges/rollup.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict, forbidden, sameAuthor } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, resight, type Moment } from '../trail/act.ts';
import type { ApproveDecisionInput, DecideChargeInput, RejectDecisionInput, WithdrawDecisionInput } from './decision.inputs.ts';
import { decisionAfter, isReasonFor, type DecisionAct, type Outcome, type ReasonCode } from './decision.rules.ts';
import { approvalRested, chargeToDecide, decisionAdded, decisionAnswered, decisionSeen, decisionSuperseded, rejectionGrounded, type ChargeToDecide, type DecisionSeen } from './decision.store.ts';
import { decisions } from './decision.table.ts';
import { refuseUnanalysed } from './immunity.gate.ts';
import { refuseUnnotified } from './notice.gate.ts';

/** How long the reasons of a decision may be. */
const LONGEST = 10_000;

/**
 * Proposes what to do about a charge; another person approves it. Throws NotFound where the actor does not see the case or the
 * charge, Forbidden where it is not the actor's to decide, Conflict where the case has changed, its stage does not allow it,
 * the charge is withdrawn or filed, another proposal waits, or the decision that stands is not the one to be superseded;
 * BadInput for reasons that do not fit the outcome.
 */
export const decideCharge = act('decision:propose', async (moment, input: DecideChargeInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const charge = await chargeToDecide(moment, subject, input.chargeId);
  within(moment, subject, 'decision:propose');
  inTime(subject, 'decide', input.expectedVersion);
  decidable(charge);
  const { outcome } = input;
  const reasonCodes = reasonsFor(outcome, input.reasonCodes);
  const [evidential, publicInterest] = [sentence('evidential', input.evidential, LONGEST), sentence('publicInterest', input.publicInterest, LONGEST)];
  const shareableReason = input.shareableReason == null ? null : sentence('shareableReason', input.shareableReason);
  const overrideReason = input.overrideReason == null ? null : sentence('overrideReason', input.overrideReason);
  if (overrideReason !== null && outcome !== 'CHARGE') throw badInput('overrideReason', 'There is nothing to override: only CHARGE needs an immunity analysis.', 'Leave overrideReason away.');
  if (charge.waiting !== null) throw conflict('A decision on this charge waits for an approval.', { decisionId: charge.waiting, remedy: 'Have it approved, rejected or withdrawn first.' });
  if ((input.supersedes?.toLowerCase() ?? null) !== charge.standing) throw notThatWhichStands(charge);
  const id = newId();
  return {
    payload: shown(subject, charge.id, id),
    end: [
      ...decisionAdded({ caseId: subject.id, id, charge, outcome, reasonCodes, shareableReason, evidential, publicInterest, overrideReason, overrides: overrideReason !== null && moment.actor.role === 'ELECTED' }),
      record({ caseId: subject.id, act: 'CHARGE_DECISION_PROPOSED', needs: charge.needs, body: { chargeId: charge.id, decisionId: id, outcome, supersedes: charge.standing } }),
    ],
  };
});

/**
 * Approves a decision that another person proposed: it stands, in the place of the one that it supersedes, and the case goes
 * where its decisions lead it. Throws NotFound, Forbidden where it is not the actor's to approve or the actor proposed it,
 * Conflict where it does not wait, the case or its charge has changed, CHARGE lacks an immunity analysis, or DECLINE a victim's notice.
 */
export const approveDecision = act('decision:approve', async (moment, input: ApproveDecisionInput) => {
  const { subject, decision, charge } = await answerable(moment, input);
  inTime(subject, 'decide', input.expectedVersion);
  const state = moved('approve', decision);
  decidable(charge);
  if (decision.supersedes !== charge.standing) throw notThatWhichStands(charge);
  const overrides = decision.overrideReason !== null && decision.overriddenBy === null && moment.actor.role === 'ELECTED';
  const analysisId = decision.outcome === 'CHARGE' ? await refuseUnanalysed(moment, subject, charge, decision, overrides) : null;
  if (decision.outcome === 'DECLINE') await refuseUnnotified(moment, subject, decision);
  if (decision.supersedes !== null) await moment.run(decisionSuperseded(subject.id, decision.supersedes));
  if ((await moment.run(decisionAnswered(subject.id, decision.id, state, overrides))).rows.length !== 1) throw notWaiting(decision);
  const moves = await settling(moment, subject, charge);
  return {
    payload: shown(subject, charge.id, decision.id),
    end: [
      ...moves,
      ...(analysisId === null ? [] : [approvalRested(subject.id, decision.id, analysisId)]),
      record({
        caseId: subject.id, act: 'CHARGE_DECISION_APPROVED', needs: charge.needs, ...(movesCase(charge) && { expected: subject.version }),
        body: { chargeId: charge.id, decisionId: decision.id, outcome: decision.outcome, supersedes: decision.supersedes, overrides: overrides || decision.overriddenBy !== null },
      }),
      // A rule book may depend on the stage of a case.
      resight(subject.id),
    ],
  };
});

/** Rejects a decision that another person proposed; it stays in view. Throws as `approveDecision` does, but for what only an approval needs. */
export const rejectDecision = act('decision:approve', async (moment, input: RejectDecisionInput) => {
  const { subject, decision, charge } = await answerable(moment, input);
  inTime(subject, 'decide');
  const state = moved('reject', decision);
  const reason = sentence('reason', input.reason);
  if ((await moment.run(decisionAnswered(subject.id, decision.id, state))).rows.length !== 1) throw notWaiting(decision);
  return {
    payload: shown(subject, charge.id, decision.id),
    end: [
      rejectionGrounded(subject.id, decision.id, reason),
      record({ caseId: subject.id, act: 'CHARGE_DECISION_REJECTED', needs: charge.needs, body: { chargeId: charge.id, decisionId: decision.id } }),
    ],
  };
});

/** Takes back a decision that one proposed oneself. Throws NotFound, Forbidden for anybody else's, Conflict where it does not wait. */
export const withdrawDecision = act('decision:propose', async (moment, input: WithdrawDecisionInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const decision = await decisionSeen(moment, subject, input.decisionId);
  within(moment, subject, 'decision:propose');
  if (decision.proposedBy !== moment.actor.memberId) throw forbidden('A decision is withdrawn by the person who proposed it. A supervisor may reject it.');
  inTime(subject, 'decide');
  const state = moved('withdraw', decision);
  const { needs } = await chargeToDecide(moment, subject, decision.chargeId);
  if ((await moment.run(decisionAnswered(subject.id, decision.id, state))).rows.length !== 1) throw notWaiting(decision);
  return {
    payload: shown(subject, decision.chargeId, decision.id),
    end: [record({ caseId: subject.id, act: 'CHARGE_DECISION_WITHDRAWN', needs, body: { chargeId: decision.chargeId, decisionId: decision.id } })],
  };
});

/** The decision that the actor may answer, as another person than the one who proposed it. */
async function answerable(moment: Moment, { caseId, decisionId }: { readonly caseId: string; readonly decisionId: string }) {
  const subject = await caseHeld(moment, caseId);
  const decision = await decisionSeen(moment, subject, decisionId);
  within(moment, subject, 'decision:approve');
  if (decision.proposedBy === moment.actor.memberId) throw sameAuthor('Two people decide: a decision is approved or rejected by another person than the one who proposed it.');
  return { subject, decision, charge: await chargeToDecide(moment, subject, decision.chargeId) };
}

const shown = ({ id: caseId }: CaseSeen, chargeId: string, id: string) => ({
  case: caseShown(caseId),
  charge: new Shown(({ given }) => one('Charge', charges, (charge) => sql`${charge.caseId} = ${given(0)}::uuid and ${charge.id} = ${given(1)}::uuid`), [caseId, chargeId]),
  decision: new Shown(({ given }) => one('Decision', decisions, (decision) => sql`${decision.caseId} = ${given(0)}::uuid and ${decision.id} = ${given(1)}::uuid`), [caseId, id]),
});

function reasonsFor(outcome: Outcome, codes: readonly ReasonCode[]): ReasonCode[] {
  const given = [...new Set(codes)];
  if (given.length === 0) throw badInput('reasonCodes', 'A decision has a reason.', 'Give at least one reason code.');
  const wrong = given.find((code) => !isReasonFor(code, outcome));
  if (wrong !== undefined) throw badInput('reasonCodes', `${wrong} is no reason for ${outcome}.`, 'Take reason codes that the description of DecisionReasonCode names for this outcome.');
  return given;
}

/** Throws Conflict for a charge that nothing is to be decided on any more. */
function decidable({ id, state }: ChargeToDecide): void {
  if (state === 'WITHDRAWN') throw conflict('This charge is withdrawn.', { chargeId: id, state, remedy: 'Propose it anew to decide on it.' });
  if (state === 'FILED') throw conflict('This charge is filed: the court disposes of it.', { chargeId: id, state });
}

function moved(what: DecisionAct, decision: DecisionSeen) {
  const to = decisionAfter(what, decision.state);
  if (to === undefined) throw notWaiting(decision);
  return to;
}

const notWaiting = ({ id, state }: DecisionSeen) => conflict('This decision does not wait for an answer.', { decisionId: id, state, remedy: 'Read the decisions on the charge again.' });

const notThatWhichStands = ({ standing }: ChargeToDecide) =>
  standing === null
    ? conflict('No decision stands on this charge.', { standing, remedy: 'Leave supersedes away.' })
    : conflict('Another decision stands on this charge.', { standing, remedy: 'Read it, and propose yours with its id as supersedes.' });
