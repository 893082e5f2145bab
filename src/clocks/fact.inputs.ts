import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import type { ClockFactKind } from './fact.rules.ts';
import { ClockFact, ClockFactKinds } from './fact.type.ts';

@InputType({ description: 'A fact on which clocks depend.' })
export class RecordClockFactInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ClockFactKinds, { description: 'What kind of fact.' })
  kind!: ClockFactKind;

  @Field(() => ID, { description: 'Whom or what it is about, as the kind has it: a person, a charge or a recording of the case.' })
  aboutId!: string;

  @Field(() => GraphQLDate, { description: 'The day, or the first day of an exclusion, where the court is.' })
  from!: Date;

  @Field(() => GraphQLDate, { nullable: true, description: 'The last day of an exclusion; left away while it lasts.' })
  to?: Date | null;

  @Field(() => String, { nullable: true, description: 'The ground of law of an exclusion, as the rule of the state names it, for instance NOT_RESIDENT.' })
  ground?: string | null;

  @Field(() => String, { description: 'How your office knows, in a sentence.' })
  source!: string;
}

@InputType({ description: 'When an exclusion ended.' })
export class EndExclusionInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The exclusion.' })
  factId!: string;

  @Field(() => GraphQLDate, { description: 'Its last day.' })
  on!: Date;
}

@InputType({ description: 'Which discovery you attest.' })
export class AttestDiscoveryInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The discovery.' })
  factId!: string;
}

@InputType({ description: 'Why time runs out later than the earliest day.' })
export class AssertLimitationInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The charge.' })
  chargeId!: string;

  @Field(() => [String], { description: 'Grounds of exclusions that are recorded of the accused; PUBLIC_OFFICE for the extension of public officers.' })
  grounds!: string[];

  @Field(() => String, { description: 'Why they hold, in a sentence.' })
  reasoning!: string;
}

@InputType({ description: 'What is taken back.' })
export class WithdrawClockFactInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The fact or assertion.' })
  factId!: string;

  @Field(() => String, { description: 'Why, in a sentence.' })
  because!: string;
}

@ObjectType({ description: 'What came of it.' })
export class ClockFactPayload {
  @Field(() => ClockFact, { nullable: true, description: 'The fact as it stands now.' })
  fact!: ClockFact | null;

  @Field(() => Case, { nullable: true, description: 'The case, with its clocks computed anew.' })
  case!: Case | null;
}
