import { sql } from 'drizzle-orm';
import { reachOf, type Action } from '../access/acts.ts';
import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import type { StagedAct } from '../cases/lifecycle.ts';
import type { ReferralState } from '../cases/referral-link.table.ts';
import { caseHeld, inTime, isLead, officeOf, within, type CaseSeen } from '../cases/subject.ts';
import { reclocked } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import type { Statement } from '../database/statement.ts';
import { badInput, conflict, forbidden } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, resight, type Done, type Moment, type TrailEvent } from '../trail/act.ts';
import type {
  AcceptReferralInput, AnswerWithdrawalRequestInput, CancelReturnItemInput, RefuseReferralInput, ResolveDisputeInput, ReturnItemInput, ReturnReferralInput, WaiveReturnItemInput,
} from './return.inputs.ts';
import { isOver, ITEM_MOVES, referralAfter, stageAwaiting, type ItemAct, type ItemMoves, type ReferralAct } from './return.rules.ts';
import { asked, entered, itemMoved, itemsCancelled, itemSeen, staged, standingOf, standingTold, withdrawalAnswered, type NewItem, type Standing } from './return.store.ts';
import { returnItems } from './return.table.ts';

const MOST_ITEMS = 50;

/**
 * Takes a referral as it is: nothing is asked of its agency any more. Throws NotFound where the actor does not see the
 * case or the referral, Forbidden where it is not the actor's to screen, Conflict where its state does not allow it or something is still asked.
 */
export const acceptReferral = act('referral:screen', async (moment, { caseId, referralId }: AcceptReferralInput) => {
  const subject = await screened(moment, caseId);
  const standing = await standingOf(moment, subject, referralId);
  const to = moved(standing, 'accept', standing.open);
  if (standing.open > 0) throw conflict('Something is still asked of the agency.', { open: standing.open, remedy: 'Wait for the answers, or waive or cancel what is open.' });
  return done(subject, standing, { to, openNow: 0, changes: [], event: { act: 'REFERRAL_ACCEPTED', body: { referralId: standing.referralId } } });
});

/** Refuses a referral; its case closes unless another referral stands behind it. Throws as `acceptReferral` does, Forbidden to all but the lead. */
export const refuseReferral = act('referral:refuse', async (moment, { caseId, referralId, reason, note }: RefuseReferralInput) => {
  const subject = await screened(moment, caseId, 'referral:refuse', 'refuse');
  const standing = await standingOf(moment, subject, referralId);
  const to = moved(standing, 'refuse', standing.open);
  const changes = [itemsCancelled(subject.id, standing.referralId), entered(subject.id, standing, { kind: 'REFUSED', reason, note: sentence('note', note), shownBy: 'REASON' })];
  return done(subject, standing, { to, openNow: 0, changes, event: { act: 'REFERRAL_REFUSED', body: { referralId: standing.referralId, reason } } });
});

/**
 * Asks the agency for 1 to 50 things, each with a day on which it is due. Throws as `acceptReferral` does, BadInput for
 * an item that cannot be, Conflict where the lead's rule book shows agencies no items.
 */
export const returnReferral = act('referral:screen', async (moment, input: ReturnReferralInput) => (await askedOf(moment, input)).done);

/** The same for an act that asks and does something more: what it did, what it asked, and of which case. */
export async function askedOf(moment: Moment, { caseId, referralId, items }: ReturnReferralInput): Promise<{ readonly done: Done; readonly itemIds: readonly string[]; readonly subject: CaseSeen }> {
  const subject = await screened(moment, caseId);
  const standing = await standingOf(moment, subject, referralId);
  const wanted = wellAsked(items, standing.today).map((item) => ({ id: newId(), item }));
  const to = moved(standing, 'return', standing.open + wanted.length);
  if (!standing.itemsShown) throw conflict('Your office’s rule book shows agencies no items of this case.', { remedy: 'Adopt a rule book whose AgencyRule shows ITEMS in this stage.' });
  const askedIn = subject.stage === 'AWAITING_AGENCY' ? (standing.askedIn ?? 'CLAIMED') : subject.stage;
  const owedTo = subject.leadId ?? officeOf(moment);
  const changes = wanted.flatMap(({ id, item }) => [
    asked(subject.id, id, standing, owedTo, item, askedIn), entered(subject.id, standing, { kind: 'REQUESTED', itemId: id, note: null, shownBy: 'ITEMS' }),
  ]);
  const itemIds = wanted.map(({ id }) => id);
  const event = { act: 'RETURNED', body: { referralId: standing.referralId, itemIds: itemIds.join(' ') } };
  return { subject, itemIds, done: done(subject, standing, { to, openNow: standing.open + wanted.length, changes, askedIn, event }) };
}

/** Does without something that was asked. Throws as `acceptReferral` does, Forbidden where another office asked, Conflict where the item is not open. */
export const waiveReturnItem = act('referral:screen', (moment, { caseId, itemId, note }: WaiveReturnItemInput) => settle(moment, { caseId, itemId, how: 'waive', note }));

/** Takes back what should not have been asked. Throws as `waiveReturnItem` does. */
export const cancelReturnItem = act('referral:screen', (moment, { caseId, itemId, note }: CancelReturnItemInput) => settle(moment, { caseId, itemId, how: 'cancel', note }));

/**
 * Decides a dispute: UPHELD ends the item, OVERRULED makes it due again, on another day where one is told. Throws as
 * `waiveReturnItem` does, Conflict where the item is not disputed.
 */
export const resolveDispute = act('referral:screen', (moment, { caseId, itemId, outcome, note, dueOn }: ResolveDisputeInput) =>
  settle(moment, { caseId, itemId, how: outcome === 'UPHELD' ? 'uphold' : 'overrule', note, dueOn: dueOn == null ? null : dayText(dueOn) }));

/** Grants or denies the agency's request to withdraw what is accepted. Throws as `refuseReferral` does, Conflict where no request waits. */
export const answerWithdrawalRequest = act('referral:refuse', async (moment, { caseId, referralId, grant, note }: AnswerWithdrawalRequestInput) => {
  const subject = await screened(moment, caseId, 'referral:refuse', grant ? 'refuse' : 'screen');
  if (!isLead(moment, subject)) throw onlyLead();
  const standing = await standingOf(moment, subject, referralId);
  if (!standing.withdrawalAsked) throw conflict('The agency has not asked to withdraw it, or was answered.', { state: standing.state });
  const to = moved(standing, grant ? 'grantWithdrawal' : 'denyWithdrawal', standing.open);
  const changes = [
    withdrawalAnswered(subject.id, standing.referralId), ...(grant ? [itemsCancelled(subject.id, standing.referralId)] : []),
    entered(subject.id, standing, { kind: grant ? 'WITHDRAWAL_GRANTED' : 'WITHDRAWAL_DENIED', note: sentence('note', note), shownBy: 'STATUS' }),
  ];
  return done(subject, standing, { to, openNow: grant ? 0 : standing.open, changes, event: { act: grant ? 'WITHDRAWAL_GRANTED' : 'WITHDRAWAL_DENIED', body: { referralId: standing.referralId } } });
});

/** The case of an act on its referral: the lead's, within its reach; while nobody leads it, that of any venue candidate whose role reaches its office. */
async function screened(moment: Moment, caseId: string, action: Action = 'referral:screen', when: StagedAct = 'screen'): Promise<CaseSeen> {
  const subject = await caseHeld(moment, caseId);
  if (subject.leadId !== null) within(moment, subject, action);
  else if (when === 'refuse') throw onlyLead();
  else if (!subject.hasVenue) throw forbidden('Your office is not a venue candidate of this case.');
  else if (reachOf(moment.actor, action) === 'OWN') throw forbidden('Until an office leads this case, intake or a supervisor does this.');
  inTime(subject, when);
  return subject;
}

const onlyLead = () => forbidden('Only the office that leads the case does this.');

/** The state that the act leads to. Throws Conflict where it is not the moment. */
function moved({ state }: Standing, what: ReferralAct, open: number): ReferralState {
  const to = referralAfter(what, state, open);
  if (to === undefined) throw conflict('The referral is not in a state for this.', { state, remedy: 'Read the referrals of the case again.' });
  return to;
}

interface Settling {
  readonly caseId: string;
  readonly itemId: string;
  readonly how: Exclude<ItemAct, 'answer' | 'dispute'>;
  readonly note: string | null | undefined;
  readonly dueOn?: string | null;
}

const EVENTS = { waive: 'ITEM_WAIVED', cancel: 'ITEM_CANCELLED', uphold: 'DISPUTE_UPHELD', overrule: 'DISPUTE_OVERRULED' } as const;

/** An office's word on one item. */
async function settle(moment: Moment, { caseId, itemId, how, note, dueOn = null }: Settling): Promise<Done> {
  const subject = await screened(moment, caseId);
  const item = await itemSeen(moment, itemId, subject.id);
  const standing = await standingOf(moment, subject, item.referralId);
  if (subject.leadId === null && item.officeId !== officeOf(moment)) throw forbidden('Another office asked for this: until one leads the case, that office settles it.');
  const to = (ITEM_MOVES[how] as ItemMoves)[item.state];
  if (to === undefined) throw conflict('The item is not in a state for this.', { state: item.state, remedy: 'Read the items again.' });
  if (dueOn !== null && how !== 'overrule') throw badInput('dueOn', 'What is upheld is not due any more.', 'Leave dueOn away.');
  if (dueOn !== null) notPast('dueOn', dueOn, standing.today);
  const said = note == null ? null : sentence('note', note);
  const openNow = how === 'overrule' ? standing.open : standing.open - 1;
  const state = moved(standing, how, openNow);
  const { rows } = await moment.run(itemMoved(subject.id, item, to, dueOn));
  if (rows.length !== 1) throw conflict('The item is not as you read it.', { remedy: 'Read the items again.' });
  const changes = [entered(subject.id, standing, { kind: to, itemId: item.id, note: said, shownBy: 'ITEMS' })];
  const { payload, ...rest } = done(subject, standing, { to: state, openNow, changes, event: { act: EVENTS[how], body: { referralId: standing.referralId, itemId: item.id } } });
  return { ...rest, payload: { ...payload, item: itemShown(item.id) } };
}

interface Outcome {
  readonly to: ReferralState;
  /** How many items of the referral are open when the act is done. */
  readonly openNow: number;
  readonly changes: readonly Statement[];
  readonly askedIn?: Standing['askedIn'];
  readonly event: Pick<TrailEvent, 'act' | 'body'>;
}

/** What ends an act of an office: its changes, the stage, the trail, and word to the agency. */
function done(subject: CaseSeen, standing: Standing, { to, openNow, changes, askedIn = standing.askedIn, event }: Outcome): Done {
  const closes = isOver(to) && !standing.hasOther;
  const stage = closes ? 'CLOSED' : stageAwaiting(subject.stage, standing.openOfCase - standing.open + openNow, askedIn);
  const isMoved = stage !== subject.stage;
  return {
    payload: { case: caseShown(subject.id) },
    end: [
      ...changes, ...(isMoved ? [staged(subject, stage)] : []),
      record({ caseId: subject.id, needs: FACETS.REPORT, ...event, ...(isMoved && { expected: subject.version }) }),
      standingTold(subject.id, standing.referralId, to), ...(isMoved ? [resight(subject.id)] : []),
    ],
    after: reclocked([subject.id]),
  };
}

export const itemShown = (id: string): Shown => new Shown(({ given }) => one('ReturnItem', returnItems, (item) => sql`${item.id} = ${given(0)}::uuid`), [id]);

function wellAsked(items: readonly ReturnItemInput[], today: string): NewItem[] {
  if (items.length < 1 || items.length > MOST_ITEMS) throw badInput('items', 'A return asks for 1 to 50 things.', 'Ask for the rest in a further return.');
  const returnId = newId();
  return items.map(({ category, description, dueOn }, index) => {
    const day = dayText(dueOn);
    notPast(`items.${index}.dueOn`, day, today);
    return { returnId, category, description: sentence(`items.${index}.description`, description), dueOn: day };
  });
}

/** Throws BadInput for a day that has passed where the office is. */
function notPast(field: string, day: string, today: string): void {
  if (day < today) throw badInput(field, 'This day has passed.', `Give ${today} or a later day.`);
}
