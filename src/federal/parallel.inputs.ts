import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import type { ParallelAct, ParallelAgainst, ParallelForum } from './parallel.rules.ts';
import { ParallelActs, ParallelAgainsts, ParallelForums, ParallelProceeding } from './parallel.type.ts';

@InputType({ description: 'What happened to a proceeding beside the case.' })
export class RecordParallelProceedingInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'The proceeding; leave it away with OPEN.' })
  proceedingId?: string | null;

  @Field(() => ParallelActs, { description: 'What happened.' })
  act!: ParallelAct;

  @Field(() => GraphQLDate, { description: 'The day that it happened.' })
  on!: string;

  @Field(() => ParallelForums, { nullable: true, description: 'With OPEN: before whom it is pending.' })
  forum?: ParallelForum | null;

  @Field(() => String, { nullable: true, description: 'With OPEN: the court or body.' })
  court?: string | null;

  @Field(() => String, { nullable: true, description: 'With OPEN: the number that it gave.' })
  docketNumber?: string | null;

  @Field(() => ParallelAgainsts, { nullable: true, description: 'With OPEN: whom it is about.' })
  against?: ParallelAgainst | null;

  @Field(() => ID, { nullable: true, description: 'With OPEN, where it is one: the person of the case that it is about.' })
  personId?: string | null;
}

@ObjectType({ description: 'What came of it.' })
export class ParallelProceedingPayload {
  @Field(() => ParallelProceeding, { nullable: true, description: 'The proceeding as it stands now.' })
  proceeding!: ParallelProceeding | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
