import { sql } from 'drizzle-orm';
import { reclockedBehind } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { statement, type Statement } from '../database/statement.ts';
import { badInput, conflict, notFound } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act } from '../trail/act.ts';
import type { AnswerReturnInput, DisputeReturnItemInput, RequestWithdrawalInput, ReturnAnswerInput, WithdrawReferralInput } from './answer.inputs.ts';
import { referrals } from './referral.table.ts';
import { itemShown } from './return.acts.ts';
import { ITEM_MOVES, OPEN_STATES, REFERRAL_MOVES, type EntryKind, type ItemMoves, type ReferralMoves } from './return.rules.ts';
import { itemSeen } from './return.store.ts';

const MOST_ANSWERS = 50;

/**
 * Answers what is asked of a referral: each answer closes its own item, the others stay. Throws NotFound for a referral
 * that is not the agency's, or an item that is not the referral's; Conflict where an item is no longer open: then none is answered.
 */
export const answerReturn = act('referral:answer', async (_moment, { referralId, answers }: AnswerReturnInput) => {
  const id = known(referralId);
  return { payload: { referral: referralShown(id) }, end: [appended({ referralId: id, event: 'ANSWERED', ...answersOf(answers, 'answers') })], after: reclockedBehind(id) };
});

/** Answers of which each closes its own item; `field` says where they stand in the input. Throws BadInput where they are none or too many, or two are of one item. */
export function answersOf(answers: readonly ReturnAnswerInput[], field: string): Pick<FromAgency, 'moves' | 'itemMoves' | 'items'> {
  if (answers.length < 1 || answers.length > MOST_ANSWERS) throw badInput(field, 'There are 1 to 50 answers at a time.', 'Send the rest in a further answer.');
  const items = answers.map(({ itemId, note }, at) => ({ itemId: known(itemId).toLowerCase(), note: sentence(`${field}.${at}.note`, note) }));
  const twice = items.findIndex(({ itemId }, at) => items.findIndex((each) => each.itemId === itemId) !== at);
  if (twice >= 0) throw badInput(`${field}.${twice}.itemId`, 'This item is answered twice.', 'Give one answer to each item.');
  return { moves: REFERRAL_MOVES.answer, itemMoves: ITEM_MOVES.answer, items: items.map(({ itemId, note }) => ({ id: itemId, entryId: newId(), note })) };
}

/** Says why an item is not owed. Throws NotFound for an item that is not the agency's, Conflict where it is not as it was asked. */
export const disputeReturnItem = act('referral:answer', async (moment, { itemId, reason }: DisputeReturnItemInput) => {
  const note = sentence('reason', reason);
  const item = await itemSeen(moment, itemId, null);
  return {
    payload: { referral: referralShown(item.referralId), item: itemShown(item.id) },
    end: [appended({
      referralId: item.referralId, event: 'DISPUTED', moves: REFERRAL_MOVES.dispute, itemMoves: ITEM_MOVES.dispute, items: [{ id: item.id, entryId: newId(), note }],
    })],
    after: reclockedBehind(item.referralId),
  };
});

/** Takes a referral back before it is accepted: its case closes unless another referral stands behind it. Throws NotFound, Conflict where it is accepted or over. */
export const withdrawReferral = act('referral:answer', async (moment, { referralId, reason }: WithdrawReferralInput) => {
  const id = known(referralId);
  const note = sentence('reason', reason);
  const [own] = (await moment.run(statement('select state from comity.referrals where id = $1::uuid and agency_id = comity.agency_id()', [id]))).rows;
  if (own?.['state'] === 'ACCEPTED') throw conflict('The referral is accepted: the case is the office’s.', { state: 'ACCEPTED', remedy: 'Ask the office with requestWithdrawal.' });
  return {
    payload: { referral: referralShown(id) },
    end: [appended({ referralId: id, event: 'REFERRAL_WITHDRAWN', moves: REFERRAL_MOVES.withdraw, entry: { id: newId(), kind: 'WITHDRAWN', note } })],
    after: reclockedBehind(id),
  };
});

/** Asks the lead to let an accepted referral go. Throws NotFound, Conflict where it is not accepted or a request waits already. */
export const requestWithdrawal = act('referral:answer', async (_moment, { referralId, reason }: RequestWithdrawalInput) => {
  const id = known(referralId);
  const note = sentence('reason', reason);
  return {
    payload: { referral: referralShown(id) },
    end: [appended({ referralId: id, event: 'WITHDRAWAL_REQUESTED', moves: REFERRAL_MOVES.requestWithdrawal, entry: { id: newId(), kind: 'WITHDRAWAL_REQUESTED', note } })],
  };
});

export function known(id: string): string {
  const known = idOrNull(id);
  if (known === null) throw notFound();
  return known;
}

/** What an agency adds to the thread of its own referral. */
interface FromAgency {
  readonly referralId: string;
  /** The event of the case's trail. */
  readonly event: string;
  readonly moves: ReferralMoves;
  readonly itemMoves?: ItemMoves;
  readonly items?: readonly { readonly id: string; readonly entryId: string; readonly note: string }[];
  readonly entry?: { readonly id: string; readonly kind: EntryKind; readonly note: string };
}

/** The agency never sees the case: what it adds, and where that brings the referral and its items, is written for it. */
const appended = ({ referralId, event, ...added }: FromAgency): Statement =>
  statement('select comity.append_from_agency($1::uuid, $2, $3::text::jsonb)', [referralId, event, JSON.stringify(addition(added))]);

/** What `comity.append_from_agency` takes. */
export const addition = ({ moves, itemMoves = {}, items = [], entry }: Omit<FromAgency, 'referralId' | 'event'>): object => ({ moves, itemMoves, items, entry: entry ?? null, open: OPEN_STATES });

export const referralShown = (id: string): Shown =>
  new Shown(({ given }) => one('Referral', referrals, (referral) => sql`${referral.id} = ${given(0)}::uuid and ${referral.agencyId} = (select comity.agency_id())`), [id]);
