import { sql } from 'drizzle-orm';
import { reachOf } from '../access/acts.ts';
import { FACETS } from '../access/facets.ts';
import type { StagedAct } from '../cases/lifecycle.ts';
import { caseHeld, inTime, officeOf, within, type CaseSeen } from '../cases/subject.ts';
import { chargeShown } from '../charges/charge.acts.ts';
import type { ChargeSeen } from '../charges/charge.store.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { conflict, forbidden } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { askedOf, itemShown } from '../referrals/return.acts.ts';
import { act, record, type Moment } from '../trail/act.ts';
import type { AskForElementInput, AssessElementInput, LinkProofInput, WithdrawProofLinkInput } from './proof.inputs.ts';
import { askedBefore, assessed, elementOf, linked, linkSeen, linkWithdrawn, onlyOne, sourceSeen, type ElementMeant, type NewLink } from './proof.store.ts';
import { elementAssessments, proofLinks } from './proof.table.ts';

/**
 * Links a fact, a remark or a request to an element of a charge. Throws NotFound where the actor does not see the case, the
 * charge or what the link leans on, Forbidden where it is not the actor's to prove, Conflict where the stage does not allow
 * it, the charge is withdrawn, the element reads otherwise than was said or the same is linked already, BadInput for an element that is none.
 */
export const linkProof = act('proof:link', async (moment, input: LinkProofInput) => {
  const { subject, charge, officeId } = await proving(moment, input);
  const source = await sourceSeen(moment, subject, input.sourceKind, input.sourceId);
  const link: NewLink = {
    caseId: subject.id, id: newId(), needs: neededFor(charge) | source.needs, officeId, chargeId: charge.id, element: input.element,
    sourceKind: input.sourceKind, sourceId: source.id, polarity: input.polarity, reasoning: sentence('reasoning', input.reasoning),
  };
  await onlyOne(moment, link);
  const [, kept] = await moment.flush([linkedInTrail(link, charge.wording), linked(link)]);
  if (kept?.rows.length !== 1) throw forbidden();
  return { payload: { link: linkShown(subject.id, link.id), charge: chargeShown(subject.id, charge.id) } };
});

/** Withdraws a link; it stays in view as withdrawn. Throws as `linkProof` does, Conflict where that was done before. */
export const withdrawProofLink = act('proof:link', async (moment, { caseId, linkId }: WithdrawProofLinkInput) => {
  const subject = await caseHeld(moment, caseId);
  within(moment, subject, 'proof:link');
  inTime(subject, 'prove');
  const link = await linkSeen(moment, subject, linkId);
  const [, kept] = await moment.flush([
    record({ caseId: subject.id, act: 'PROOF_WITHDRAWN', needs: link.needs, body: { linkId: link.id, chargeId: link.chargeId } }), linkWithdrawn(subject, link),
  ]);
  if (kept?.rows.length !== 1) throw conflict('This link is withdrawn already.', { linkId: link.id });
  return { payload: { link: linkShown(subject.id, link.id), charge: chargeShown(subject.id, link.chargeId) } };
});

/** Says what the actor holds of an element; what was held before is kept, and so is what others hold. Throws as `linkProof` does. */
export const assessElement = act('proof:assess', async (moment, input: AssessElementInput) => {
  const { subject, charge, officeId } = await proving(moment, input, 'proof:assess');
  const [id, needs, reasoning] = [newId(), neededFor(charge), sentence('reasoning', input.reasoning)];
  const { chargeId, element, verdict } = { ...input, chargeId: charge.id };
  const [, kept] = await moment.flush([
    record({ caseId: subject.id, act: 'ELEMENT_ASSESSED', needs, body: { assessmentId: id, chargeId, element, wording: charge.wording, verdict } }),
    assessed({ caseId: subject.id, id, needs, officeId, chargeId, element, verdict, reasoning }),
  ]);
  if (kept?.rows.length !== 1) throw forbidden();
  return {
    payload: {
      assessment: new Shown(({ given }) => one('ElementAssessment', elementAssessments, (held) => sql`${held.caseId} = ${given(0)}::uuid and ${held.id} = ${given(1)}::uuid`), [subject.id, id]),
      charge: chargeShown(subject.id, chargeId),
    },
  };
});

/** Asks the agency for what an element lacks, and keeps for which element it was asked. Throws as `linkProof` and `returnReferral` do, Conflict where the same waits for the agency. */
export const askForElement = act('proof:assess', async (moment, input: AskForElementInput) => {
  if (reachOf(moment.actor, 'referral:screen') === 'NONE') throw forbidden();
  const { caseId, element, referralId, category, description, dueOn } = input;
  await proving(moment, input, 'proof:assess', 'screen');
  const { done, itemIds: [itemId = null], subject } = await askedOf(moment, { caseId, referralId: referralId ?? null, items: [{ category, description, dueOn }] });
  const officeId = officeOf(moment);
  const charge = await elementOf(moment, subject, input);
  const asked = await askedBefore(moment, subject, charge, input);
  if (asked !== undefined) throw conflict('This is asked for this element already, and waits for the agency.', { itemId: asked, remedy: 'Read Case.referrals.items; or say in the description what else is wanted.' });
  const link: NewLink = {
    caseId: subject.id, id: newId(), needs: neededFor(charge) | FACETS.REPORT, officeId, chargeId: charge.id, element,
    sourceKind: 'RETURN_ITEM', sourceId: itemId, polarity: 'NEUTRAL', reasoning: sentence('description', description),
  };
  return { ...done, payload: { ...done.payload, item: itemId && itemShown(itemId), link: linkShown(subject.id, link.id) }, end: [...(done.end ?? []), linkedInTrail(link, charge.wording), linked(link)] };
});

/** Work on proof is the office's own, and no wider than the charge that it is about. */
const neededFor = (charge: ChargeSeen): number => FACETS.OFFICE | charge.needs;

async function proving(moment: Moment, meant: ElementMeant & { readonly caseId: string }, action: 'proof:link' | 'proof:assess' = 'proof:link', when: StagedAct = 'prove'): Promise<{ subject: CaseSeen; charge: ChargeSeen & { readonly wording: string }; officeId: string }> {
  const officeId = officeOf(moment);
  const subject = await caseHeld(moment, meant.caseId);
  within(moment, subject, action);
  inTime(subject, when);
  return { subject, officeId, charge: await elementOf(moment, subject, meant) };
}

const linkedInTrail = ({ caseId, id, needs, chargeId, element, sourceKind, sourceId, polarity }: NewLink, wording: string) =>
  record({ caseId, act: 'PROOF_LINKED', needs, body: { linkId: id, chargeId, element, wording, sourceKind, sourceId, polarity } });

const linkShown = (caseId: string, id: string): Shown =>
  new Shown(({ given }) => one('ProofLink', proofLinks, (link) => sql`${link.caseId} = ${given(0)}::uuid and ${link.id} = ${given(1)}::uuid`), [caseId, id]);
