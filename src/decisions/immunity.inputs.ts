import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Person } from '../cases/person.type.ts';
import type { Affiliation, Finding } from './immunity.rules.ts';
import { Affiliations, Findings, ImmunityAnalysis } from './immunity.type.ts';

@InputType({ description: 'For whom a person acted.' })
export class RecordAffiliationInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'A person of the case whose part is SUBJECT or OFFICIAL.' })
  personId!: string;

  @Field(() => Affiliations, { description: 'For whom.' })
  affiliation!: Affiliation;

  @Field(() => String, { description: 'What it is known from, in a sentence.' })
  basis!: string;
}

@InputType({ description: 'Was the act authorised by federal law?' })
export class AuthorisedInput {
  @Field(() => Findings, { description: 'The answer.' })
  finding!: Finding;

  @Field(() => String, { description: 'The facts.' })
  facts!: string;
}

@InputType({ description: 'Did the officer do no more than was necessary and proper?' })
export class NecessaryInput {
  @Field(() => Findings, { description: 'The answer.' })
  finding!: Finding;

  @Field(() => String, { description: 'What the officer believed.' })
  subjective!: string;

  @Field(() => String, { description: 'Whether that was reasonable.' })
  objective!: string;
}

@InputType({ description: 'The two questions of Supremacy Clause immunity, answered for one person.' })
export class RecordImmunityAnalysisInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'A person of the case whose part is SUBJECT or OFFICIAL.' })
  personId!: string;

  @Field(() => AuthorisedInput, { description: 'The first question.' })
  authorised!: AuthorisedInput;

  @Field(() => NecessaryInput, { description: 'The second question.' })
  necessary!: NecessaryInput;

  @Field(() => String, { nullable: true, description: 'The warrant or order that the officer relied on.' })
  reliedOn?: string | null;
}

@InputType({ description: 'What another person says to an analysis.' })
export class ReviewImmunityAnalysisInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The analysis, which another person drafted.' })
  analysisId!: string;

  @Field(() => Boolean, { description: 'Whether it holds; else it is returned.' })
  approve!: boolean;

  @Field(() => String, { nullable: true, description: 'What there is to say; needed where it is returned.' })
  remark?: string | null;
}

@InputType({ description: 'Which draft is taken back.' })
export class WithdrawImmunityAnalysisInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'An analysis that waits for its review.' })
  analysisId!: string;

  @Field(() => String, { description: 'Why, in a sentence.' })
  reason!: string;
}

@ObjectType({ description: 'What came of it.' })
export class AffiliationPayload {
  @Field(() => Person, { nullable: true, description: 'The person.' })
  person!: Person | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}

@ObjectType({ description: 'What came of it.' })
export class ImmunityPayload {
  @Field(() => ImmunityAnalysis, { nullable: true, description: 'The analysis as it is now.' })
  analysis!: ImmunityAnalysis | null;

  @Field(() => Person, { nullable: true, description: 'The person.' })
  person!: Person | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
