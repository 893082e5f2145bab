import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Referral } from './referral.type.ts';
import { ReturnItem } from './return.type.ts';

@InputType({ description: 'The answer to one item.' })
export class ReturnAnswerInput {
  @Field(() => ID, { description: 'The item, which it closes.' })
  itemId!: string;

  @Field(() => String, { description: 'The answer: what is sent, and where it is to be found.' })
  note!: string;
}

@InputType({ description: 'Answers to what was asked of one referral. All are taken, or none.' })
export class AnswerReturnInput {
  @Field(() => ID, { description: 'The referral.' })
  referralId!: string;

  @Field(() => [ReturnAnswerInput], { description: '1 to 50 answers, one an item.' })
  answers!: ReturnAnswerInput[];
}

@InputType({ description: 'Which item is disputed, and why.' })
export class DisputeReturnItemInput {
  @Field(() => ID, { description: 'The item.' })
  itemId!: string;

  @Field(() => String, { description: 'Why it is not owed.' })
  reason!: string;
}

@InputType({ description: 'Which referral is taken back.' })
export class WithdrawReferralInput {
  @Field(() => ID, { description: 'The referral.' })
  referralId!: string;

  @Field(() => String, { description: 'Why, in a sentence; shown to the offices.' })
  reason!: string;
}

@InputType({ description: 'Which accepted referral the office is asked to let go.' })
export class RequestWithdrawalInput {
  @Field(() => ID, { description: 'The referral.' })
  referralId!: string;

  @Field(() => String, { description: 'Why, in a sentence; shown to the office.' })
  reason!: string;
}

@ObjectType({ description: 'What came of it.' })
export class AgencyActPayload {
  @Field(() => Referral, { nullable: true, description: 'Your referral as it stands now.' })
  referral!: Referral | null;
}

@ObjectType({ description: 'What came of an item.' })
export class DisputePayload {
  @Field(() => Referral, { nullable: true, description: 'Your referral as it stands now.' })
  referral!: Referral | null;

  @Field(() => ReturnItem, { nullable: true, description: 'The item as it stands now.' })
  item!: ReturnItem | null;
}
