import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { enumOf } from '../kernel/enums.ts';

const SUIT_OUTCOMES = ['ORDERED', 'DISMISSED'] as const;
export const SuitOutcomes = enumOf(SUIT_OUTCOMES);

registerEnumType(SuitOutcomes, { name: 'SuitOutcome', description: 'How a court decided on a demand.', valuesConfig: { ORDERED: { description: 'It is to be answered.' }, DISMISSED: { description: 'It is not.' } } });

@InputType({ description: 'That a court was asked to compel an answer.' })
export class FileSuitInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The demand.' })
  demandId!: string;

  @Field(() => String, { description: 'The court.' })
  court!: string;

  @Field(() => String, { description: 'The number that it gave.' })
  docketNumber!: string;

  @Field(() => GraphQLDate, { description: 'The day.' })
  filedOn!: string;
}

@InputType({ description: 'How the court decided.' })
export class DecideSuitInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The demand.' })
  demandId!: string;

  @Field(() => SuitOutcomes, { description: 'How.' })
  outcome!: (typeof SUIT_OUTCOMES)[number];

  @Field(() => GraphQLDate, { description: 'The day.' })
  decidedOn!: string;

  @Field(() => String, { description: 'What was ordered, and where that is found.' })
  order!: string;
}

@InputType({ description: 'That a preservation holds no more.' })
export class LiftPreservationInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The demand, a PRESERVATION_LETTER.' })
  demandId!: string;

  @Field(() => GraphQLDate, { description: 'The day since which it does not hold.' })
  liftedOn!: string;

  @Field(() => String, { description: 'Why: that it was let go, or by which order of a court.' })
  reason!: string;
}
