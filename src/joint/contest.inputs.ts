import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { VenueGround } from '../law/venue.ts';
import { VenueGrounds } from '../law/venue.type.ts';
import type { ContestAnswer, ContestSide } from './contest.rules.ts';
import { ContestAnswers, ContestSides } from './contest.type.ts';
import type { Residual } from './transfer.table.ts';
import { Residuals } from './transfer.type.ts';

@InputType({ description: 'Why a case is your office’s and not its lead’s.' })
export class ContestClaimInput {
  @Field(() => ID, { description: 'The case: led by another office, yours a venue candidate of it.' })
  caseId!: string;

  @Field(() => [VenueGrounds], { description: 'The grounds of law on which your office may prosecute; at least one.' })
  grounds!: VenueGround[];

  @Field(() => String, { description: 'Why, in a sentence; shown to the lead.' })
  reason!: string;

  @Field(() => Int, { description: 'The version you read.' })
  expectedVersion!: number;
}

@InputType({ description: 'What your office says to a contest, to its denial, or to a decision that the other side recorded.' })
export class AnswerContestInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The contest.' })
  contestId!: string;

  @Field(() => ContestAnswers, { description: 'Whether the other side is right.' })
  answer!: ContestAnswer;

  @Field(() => String, { description: 'Why, in a sentence; shown to the other side.' })
  reason!: string;

  @Field(() => Residuals, { nullable: true, description: 'What your office keeps of a case that it gives away by this; READ, unless told.' })
  residual?: Residual | null;

  @Field(() => Int, { description: 'The version you read.' })
  expectedVersion!: number;
}

@InputType({ description: 'A court’s decision on venue.' })
export class RecordVenueDecisionInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The contest.' })
  contestId!: string;

  @Field(() => String, { description: 'The court.' })
  court!: string;

  @Field(() => String, { description: 'Its docket number.' })
  docketNumber!: string;

  @Field(() => GraphQLDate, { description: 'The date of the order.' })
  orderedOn!: Date;

  @Field(() => ContestSides, { description: 'For whom it decided. Against your own office it counts at once; else it waits for the other’s word.' })
  decidedFor!: ContestSide;

  @Field(() => String, { description: 'Where the order is found: a link or a file number.' })
  document!: string;

  @Field(() => String, { description: 'SHA-256 of the order, 64 hexadecimal digits.' })
  documentSha256!: string;

  @Field(() => Residuals, { nullable: true, description: 'What your office keeps of a case that it gives away by this; READ, unless told.' })
  residual?: Residual | null;

  @Field(() => Int, { description: 'The version you read.' })
  expectedVersion!: number;
}

@InputType({ description: 'Which contest is withdrawn.' })
export class WithdrawContestInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The contest.' })
  contestId!: string;
}
