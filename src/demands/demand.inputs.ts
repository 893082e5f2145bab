import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { DemandCategories } from './demand-item.type.ts';
import type { DemandCategory, DemandRegime, DemandState, ServiceMethod } from './demand.rules.ts';
import { DemandRegimes, DemandStates, ExternalDemand, ServiceMethods } from './demand.type.ts';

@InputType({ description: 'One thing that is demanded.' })
export class DemandItemInput {
  @Field(() => DemandCategories, { description: 'What kind of thing.' })
  category!: DemandCategory;

  @Field(() => String, { description: 'What it is, as specifically as possible.' })
  description!: string;

  @Field(() => String, { description: 'Why it matters.' })
  relevance!: string;

  @Field(() => ID, { nullable: true, description: 'The charge that it would help to prove, with element. Whom it is demanded of is not told.' })
  chargeId?: string | null;

  @Field(() => Int, { nullable: true, description: 'The element of that charge, from 1.' })
  element?: number | null;

  @Field(() => String, { nullable: true, description: 'The element as you read it. Where its text was corrected since, nothing is said of another: a CONFLICT.' })
  wording?: string | null;
}

@InputType({ description: 'What is demanded, of whom, and under which rules.' })
export class DraftDemandInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => DemandRegimes, { description: 'Under which rules.' })
  regime!: DemandRegime;

  @Field(() => String, { description: 'The agency or component that it is addressed to.' })
  component!: string;

  @Field(() => String, { description: 'What it is for.' })
  purpose!: string;

  @Field(() => [DemandItemInput], { description: '1 to 50 things.' })
  items!: DemandItemInput[];
}

@InputType({ description: 'How a draft reads now. What is left away stays.' })
export class ReviseDemandInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The demand.' })
  demandId!: string;

  @Field(() => String, { nullable: true, description: 'The agency or component that it is addressed to.' })
  component?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  purpose?: string | null;

  @Field(() => [DemandItemInput], { nullable: true, description: '1 to 50 things, in the place of all that were there.' })
  items?: DemandItemInput[] | null;
}

@InputType({ description: 'That a demand was served.' })
export class ServeDemandInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The demand.' })
  demandId!: string;

  @Field(() => GraphQLDate, { description: 'The day of service.' })
  servedOn!: string;

  @Field(() => ServiceMethods, { description: 'How.' })
  method!: ServiceMethod;

  @Field(() => String, { description: 'What proves it, for instance the number of a receipt.' })
  proofOfService!: string;

  @Field(() => [String], { description: 'The lines of ExternalDemand.rule.mustContain: you confirm that the demand contains each of them.' })
  confirms!: string[];

  @Field(() => GraphQLDate, { nullable: true, description: 'The day by which it asks for an answer. A subpoena has one, its return date; the Touhy rules set no period, so without it no response is ever late.' })
  responseRequestedBy?: string | null;

  @Field(() => String, { nullable: true, description: 'The order of a court that a preservation rests on; of a PRESERVATION_LETTER alone.' })
  courtOrder?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the case awaits it: it goes to AWAITING_EXTERNAL, and back once nothing is awaited any more. From CLAIMED, UNDER_REVIEW or REOPENED; not of what lies in a compartment; not, unless told.' })
  awaits?: boolean | null;
}

@InputType({ description: 'Which demand is taken back, and why.' })
export class WithdrawDemandInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The demand.' })
  demandId!: string;

  @Field(() => String, { description: 'Why, in a sentence.' })
  reason!: string;
}

@InputType({ description: 'Which demands. What is not given does not narrow; all that is given must hold.' })
export class DemandFilter {
  @Field(() => [DemandStates], { nullable: true, description: 'In one of these states.' })
  states?: DemandState[];

  @Field(() => [DemandRegimes], { nullable: true, description: 'Under one of these regimes.' })
  regimes?: DemandRegime[];

  @Field(() => Boolean, { nullable: true, description: 'Whether the day that they name has passed and nothing was answered.' })
  noResponse?: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Whether they are awaited and name no day for an answer, so that none is ever late: extendDemand names one.' })
  undated?: boolean;

  @Field(() => GraphQLDate, { nullable: true, description: 'Naming a day before this one.' })
  dueBefore?: string;

  @Field(() => ID, { nullable: true, description: 'Of cases that this office leads.' })
  lead?: string;
}

@ObjectType({ description: 'What came of it.' })
export class DemandPayload {
  @Field(() => ExternalDemand, { nullable: true, description: 'The demand as it stands now.' })
  demand!: ExternalDemand | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
