import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { Referral } from '../referrals/referral.type.ts';
import { DISPUTE_ANSWERS, type DisputeAnswer } from './dispute.rules.ts';

export const DisputeAnswers = enumOf(DISPUTE_ANSWERS);

registerEnumType(DisputeAnswers, {
  name: 'DeclinationDisputeAnswer', description: 'What an office answers to the dispute of a declination.',
  valuesConfig: { UPHOLD: { description: 'The declination holds.' }, REOPEN: { description: 'The case is taken up again.' } },
});

@InputType({ description: 'Why a declination is disputed.' })
export class DisputeDeclinationInput {
  @Field(() => ID, { description: 'The referral. It is disputed once.' })
  referralId!: string;

  @Field(() => String, { description: 'Why, in a sentence; shown to the office.' })
  statement!: string;

  @Field(() => String, { description: 'What is new, and where it is to be found.' })
  newMaterial!: string;
}

@InputType({ description: 'The answer to an agency’s dispute.' })
export class AnswerDeclinationDisputeInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'The referral, where the case has several.' })
  referralId?: string | null;

  @Field(() => DisputeAnswers, { description: 'The answer.' })
  answer!: DisputeAnswer;

  @Field(() => String, { description: 'Why, in a sentence; shown to the agency.' })
  note!: string;

  @Field(() => Int, { description: 'The version of the case that you read.' })
  expectedVersion!: number;
}

@ObjectType({ description: 'What came of it.' })
export class DisputeDeclinationPayload {
  @Field(() => Referral, { nullable: true, description: 'Your referral as it stands now.' })
  referral!: Referral | null;
}

@ObjectType({ description: 'What came of it.' })
export class AnswerDeclinationDisputePayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now.' })
  case!: Case | null;
}
