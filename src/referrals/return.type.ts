import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import type { ReferralState } from '../cases/referral-link.table.ts';
import { Agency, Jurisdiction, Member } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { Referral, ReferralStates } from './referral.type.ts';
import {
  DISPUTE_OUTCOMES, ENTRY_KINDS, ITEM_STATES, REFUSAL_REASONS, RETURN_CATEGORIES, type EntryKind, type ItemState, type RefusalReason, type ReturnCategory,
} from './return.rules.ts';

export const ReturnCategories = enumOf(RETURN_CATEGORIES);
export const ItemStates = enumOf(ITEM_STATES);
export const DisputeOutcomes = enumOf(DISPUTE_OUTCOMES);
export const RefusalReasons = enumOf(REFUSAL_REASONS);
export const EntryKinds = enumOf(ENTRY_KINDS);

registerEnumType(ReturnCategories, { name: 'ReturnCategory', description: 'What kind of thing is asked of an agency.' });
registerEnumType(ItemStates, {
  name: 'ReturnItemState',
  description: 'Where something that was asked of an agency stands.',
  valuesConfig: {
    REQUESTED: { description: 'It is due.' },
    RECEIVED: { description: 'The agency has answered.' },
    WAIVED: { description: 'The office does without it.' },
    CANCELLED: { description: 'The office took it back, or the referral is over.' },
    DISPUTED: { description: 'The agency says that it does not owe it; the office decides.' },
    UPHELD: { description: 'The agency was right: it is not owed.' },
    OVERRULED: { description: 'It is due again.' },
  },
});
registerEnumType(DisputeOutcomes, {
  name: 'DisputeOutcome',
  description: 'How a dispute is decided.',
  valuesConfig: { UPHELD: { description: 'The agency is right: the item ends.' }, OVERRULED: { description: 'The item is due again.' } },
});
registerEnumType(RefusalReasons, { name: 'RefusalReason', description: 'Why a referral is refused.' });
registerEnumType(EntryKinds, { name: 'ReturnEntryKind', description: 'What an entry of the thread tells of.' });

@ObjectType({ description: 'An entry of the thread between offices and agency.' })
export class ReturnEntry {
  @Field(() => ID, { description: 'The entry.' })
  id!: string;

  @Field(() => EntryKinds, { description: 'What was done.' })
  kind!: EntryKind;

  @Field(() => RefusalReasons, { nullable: true, description: 'The ground of a refusal.' })
  reason!: RefusalReason | null;

  @Field(() => String, { nullable: true, description: 'What was said.' })
  note!: string | null;

  @Field(() => Member, { nullable: true, description: 'Who; an agency is not told who it was at an office.' })
  by!: Member | null;

  @Field(() => DateTime, { description: 'When.' })
  at!: string;
}

@ObjectType({ description: 'One thing that an office asks of the agency that sent a referral. Both sides read it.' })
export class ReturnItem {
  @Field(() => ID, { description: 'The item.' })
  id!: string;

  @Field(() => ID, { description: 'The referral that it is about.' })
  referralId!: string;

  @Field(() => Referral, { nullable: true, description: 'The referral, for its agency; null for an office.' })
  referral!: Referral | null;

  @Field(() => Case, { nullable: true, description: 'The case, for an office; null for the agency.' })
  case!: Case | null;

  @Field(() => Agency, { description: 'Of whom it is asked.' })
  agency!: Agency;

  @Field(() => Jurisdiction, { description: 'To whom it is owed: the office that asked, and while it is open the lead.' })
  office!: Jurisdiction;

  @Field(() => ReturnCategories, { description: 'What kind of thing.' })
  category!: ReturnCategory;

  @Field(() => String, { description: 'What it is.' })
  description!: string;

  @Field(() => GraphQLDate, { description: 'The last day for it, where the office is.' })
  dueOn!: string;

  @Field(() => Boolean, { description: 'Whether it is still asked for: REQUESTED, DISPUTED or OVERRULED.' })
  open!: boolean;

  @Field(() => Boolean, { description: 'Whether it is open and its last day has passed.' })
  overdue!: boolean;

  @Field(() => ItemStates, { description: 'Where it stands.' })
  state!: ItemState;

  @Field(() => DateTime, { description: 'Since when.' })
  stateSince!: string;

  @Field(() => DateTime, { description: 'When it was asked.' })
  askedAt!: string;

  @Field(() => [ReturnEntry], { description: 'What was said about it, oldest first.' })
  thread!: ReturnEntry[];
}

@ObjectType({ description: 'A referral behind a case, as offices see it.' })
export class CaseReferral {
  @Field(() => ID, { description: 'The referral.' })
  referralId!: string;

  @Field(() => Agency, { nullable: true, description: 'The agency that sent it.' })
  agency!: Agency | null;

  @Field(() => String, { nullable: true, description: 'Its station or bureau, where it named one.' })
  unit!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it arrived.' })
  receivedAt!: string | null;

  @Field(() => ReferralStates, { description: 'Where it stands; its agency is told as far as the rule book of the lead says.' })
  state!: ReferralState;

  @Field(() => DateTime, { description: 'Since when.' })
  stateSince!: string;

  @Field(() => DateTime, { nullable: true, description: 'Since when the agency’s request to withdraw it waits for an answer.' })
  withdrawalAskedAt!: string | null;

  @Field(() => [ReturnEntry], { description: 'What was said about the referral as a whole, oldest first.' })
  thread!: ReturnEntry[];
}

export const ReturnItemConnection = connectionOf('ReturnItem', () => ReturnItem, 'A page of what is asked of agencies, by the day it is due.');

@InputType({ description: 'Which items. All that is given must hold.' })
export class ReturnItemFilter {
  @Field(() => Boolean, { nullable: true, description: 'Still asked for, or not.' })
  open?: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Open with their last day passed, or not.' })
  overdue?: boolean;
}
