import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import type { ChargingInstrument } from '../coalition/jurisdiction.table.ts';
import { ChargingInstruments } from './filing.type.ts';

@InputType({ description: 'Which charges were filed, and how.' })
export class FileChargesInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => [ID], { description: '1 to 100 charges on which CHARGE stands.' })
  chargeIds!: string[];

  @Field(() => ChargingInstruments, { nullable: true, description: 'The instrument. There is no filing without one: what the law of the state asks for is told where it is missing.' })
  instrument?: ChargingInstrument | null;

  @Field(() => String, { description: 'The court.' })
  court!: string;

  @Field(() => String, { description: 'The number that the court gave.' })
  docketNumber!: string;

  @Field(() => GraphQLDate, { description: 'The day of the filing.' })
  filedOn!: string;

  @Field(() => String, { nullable: true, description: 'The waiver that the instrument rests on, where it does, in a sentence.' })
  waiver?: string | null;

  @Field(() => Int, { description: 'The version of the case that you read.' })
  expectedVersion!: number;
}

@InputType({ description: 'What is on record of a filing and is to be corrected; what is left away stays.' })
export class CorrectFilingInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => [ID], { description: '1 to 100 filed charges.' })
  chargeIds!: string[];

  @Field(() => ChargingInstruments, { nullable: true, description: 'The instrument.' })
  instrument?: ChargingInstrument | null;

  @Field(() => String, { nullable: true, description: 'The court.' })
  court?: string | null;

  @Field(() => String, { nullable: true, description: 'The number that the court gave.' })
  docketNumber?: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day of the filing.' })
  filedOn?: string | null;

  @Field(() => String, { nullable: true, description: 'The waiver that the instrument rests on; null: it rests on none.' })
  waiver?: string | null;

  @Field(() => String, { description: 'What is wrong with what is on record, in a sentence.' })
  reason!: string;
}

@InputType({ description: 'Of which charges no filing was made.' })
export class WithdrawFilingInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => [ID], { description: '1 to 100 charges that are on record as filed.' })
  chargeIds!: string[];

  @Field(() => String, { description: 'How it came to be recorded, in a sentence.' })
  reason!: string;

  @Field(() => Int, { description: 'The version of the case that you read.' })
  expectedVersion!: number;
}

@ObjectType({ description: 'What came of it.' })
export class FileChargesPayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now.' })
  case!: Case | null;
}
