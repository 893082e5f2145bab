import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import type { DisputeOutcome, RefusalReason, ReturnCategory } from './return.rules.ts';
import { DisputeOutcomes, RefusalReasons, ReturnCategories, ReturnItem } from './return.type.ts';

@InputType({ description: 'Which referral is accepted.' })
export class AcceptReferralInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'The referral, where the case has several.' })
  referralId?: string | null;
}

@InputType({ description: 'Which referral is refused, and why.' })
export class RefuseReferralInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'The referral, where the case has several.' })
  referralId?: string | null;

  @Field(() => RefusalReasons, { description: 'The ground.' })
  reason!: RefusalReason;

  @Field(() => String, { description: 'The ground in a sentence.' })
  note!: string;
}

@InputType({ description: 'One thing that is asked.' })
export class ReturnItemInput {
  @Field(() => ReturnCategories, { description: 'What kind of thing.' })
  category!: ReturnCategory;

  @Field(() => String, { description: 'What it is, in a sentence that the agency can act on.' })
  description!: string;

  @Field(() => GraphQLDate, { description: 'The last day for it, where your office is.' })
  dueOn!: string;
}

@InputType({ description: 'What is asked of the agency.' })
export class ReturnReferralInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'The referral, where the case has several.' })
  referralId?: string | null;

  @Field(() => [ReturnItemInput], { description: '1 to 50 things.' })
  items!: ReturnItemInput[];
}

@InputType({ description: 'Which item the office does without.' })
export class WaiveReturnItemInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The item.' })
  itemId!: string;

  @Field(() => String, { nullable: true, description: 'Why, in a sentence; shown to the agency.' })
  note?: string | null;
}

@InputType({ description: 'Which item is taken back.' })
export class CancelReturnItemInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The item.' })
  itemId!: string;

  @Field(() => String, { nullable: true, description: 'Why, in a sentence; shown to the agency.' })
  note?: string | null;
}

@InputType({ description: 'How a dispute is decided.' })
export class ResolveDisputeInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The item.' })
  itemId!: string;

  @Field(() => DisputeOutcomes, { description: 'Who is right.' })
  outcome!: DisputeOutcome;

  @Field(() => String, { description: 'Why, in a sentence; shown to the agency.' })
  note!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'Another last day for what is due again.' })
  dueOn?: string | null;
}

@InputType({ description: 'The answer to a request to withdraw an accepted referral.' })
export class AnswerWithdrawalRequestInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'The referral, where the case has several.' })
  referralId?: string | null;

  @Field(() => Boolean, { description: 'Whether it is withdrawn; its case closes then, unless another referral stands behind it.' })
  grant!: boolean;

  @Field(() => String, { description: 'Why, in a sentence; shown to the agency.' })
  note!: string;
}

@ObjectType({ description: 'What came of it.' })
export class ScreeningPayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now; null where the act closed it to you.' })
  case!: Case | null;
}

@ObjectType({ description: 'What came of an item.' })
export class ReturnItemPayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now; null where the act closed it to you.' })
  case!: Case | null;

  @Field(() => ReturnItem, { nullable: true, description: 'The item as it stands now.' })
  item!: ReturnItem | null;
}
