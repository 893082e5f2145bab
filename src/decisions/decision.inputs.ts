import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Charge } from '../charges/charge.type.ts';
import type { Outcome, ReasonCode } from './decision.rules.ts';
import { Decision, Outcomes, ReasonCodes } from './decision.type.ts';

@InputType({ description: 'What is to be done about a charge, and why.' })
export class DecideChargeInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The charge: a person and a statute.' })
  chargeId!: string;

  @Field(() => Outcomes, { description: 'What is to be done.' })
  outcome!: Outcome;

  @Field(() => String, { description: 'Why, by the evidence. For the offices that handle the case alone.' })
  evidential!: string;

  @Field(() => String, { description: 'Why, by the public interest. For the offices that handle the case alone.' })
  publicInterest!: string;

  @Field(() => [ReasonCodes], { description: 'The reasons in words of a closed list, at least one, each of them one for this outcome.' })
  reasonCodes!: ReasonCode[];

  @Field(() => String, { nullable: true, description: 'The reason as it may be told outside: to the agency that referred the case, where the rule book shows REASON.' })
  shareableReason?: string | null;

  @Field(() => String, { nullable: true, description: 'Why a person who is or may be a federal officer is charged without an immunity analysis. The elected head proposes or approves such a decision.' })
  overrideReason?: string | null;

  @Field(() => ID, { nullable: true, description: 'The decision that stands on the charge and is to be superseded; leave it away where none stands.' })
  supersedes?: string | null;

  @Field(() => Int, { description: 'The version of the case that you read.' })
  expectedVersion!: number;
}

@InputType({ description: 'Which decision is approved.' })
export class ApproveDecisionInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The decision, which another person proposed.' })
  decisionId!: string;

  @Field(() => Int, { description: 'The version of the case that you read.' })
  expectedVersion!: number;
}

@InputType({ description: 'Which decision is rejected, and why.' })
export class RejectDecisionInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The decision, which another person proposed.' })
  decisionId!: string;

  @Field(() => String, { description: 'Why, in a sentence. For the offices that handle the case alone.' })
  reason!: string;
}

@InputType({ description: 'Which decision is taken back.' })
export class WithdrawDecisionInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The decision, which you proposed.' })
  decisionId!: string;
}

@ObjectType({ description: 'What came of it.' })
export class DecisionPayload {
  @Field(() => Decision, { nullable: true, description: 'The decision as it is now.' })
  decision!: Decision | null;

  @Field(() => Charge, { nullable: true, description: 'The charge.' })
  charge!: Charge | null;

  @Field(() => Case, { nullable: true, description: 'The case as you may see it now.' })
  case!: Case | null;
}
