import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';
import { ItemAnswers, WithheldGrounds } from './demand-item.type.ts';
import type { ItemAnswer } from './demand.rules.ts';
import type { WithheldGround } from './ground.rules.ts';

@InputType({ description: 'That a demand was acknowledged.' })
export class AcknowledgeDemandInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The demand.' })
  demandId!: string;

  @Field(() => GraphQLDate, { description: 'The day.' })
  acknowledgedOn!: string;

  @Field(() => String, { description: 'Who acknowledged it, on the other side.' })
  acknowledgedBy!: string;
}

@InputType({ description: 'Another day for a demand to be answered by.' })
export class ExtendDemandInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The demand.' })
  demandId!: string;

  @Field(() => GraphQLDate, { description: 'The day, later than the one before.' })
  until!: string;

  @Field(() => String, { description: 'Why, in a sentence.' })
  reason!: string;
}

@InputType({ description: 'What was answered to one thing that is demanded.' })
export class DemandAnswerInput {
  @Field(() => ID, { description: 'The item.' })
  itemId!: string;

  @Field(() => ItemAnswers, { description: 'The answer.' })
  state!: ItemAnswer;

  @Field(() => WithheldGrounds, { nullable: true, description: 'On what ground it, or a part of it, is withheld: with WITHHELD and PARTIAL.' })
  ground?: WithheldGround | null;

  @Field(() => String, { nullable: true, description: 'What was cited for that. With OTHER it must stand.' })
  reference?: string | null;
}

@InputType({ description: 'What was answered to a demand. What is left away is not answered yet.' })
export class AnswerDemandInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The demand.' })
  demandId!: string;

  @Field(() => GraphQLDate, { description: 'The day of the answer.' })
  answeredOn!: string;

  @Field(() => [DemandAnswerInput], { description: 'At least one item. What was withheld, or produced in part, may be answered again.' })
  answers!: DemandAnswerInput[];
}

@InputType({ description: 'One thing that arrived.' })
export class ReceivedItemInput {
  @Field(() => ID, { description: 'The item, answered as PRODUCED or PARTIAL.' })
  itemId!: string;

  @Field(() => String, { description: 'How what arrived is called, for instance by its first and last page number.' })
  reference!: string;
}

@InputType({ description: 'That something demanded arrived.' })
export class ReceiveProductionInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The demand.' })
  demandId!: string;

  @Field(() => GraphQLDate, { description: 'The day.' })
  receivedOn!: string;

  @Field(() => [ReceivedItemInput], { description: 'At least one item.' })
  items!: ReceivedItemInput[];
}
