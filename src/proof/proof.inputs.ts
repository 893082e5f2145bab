import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Charge } from '../charges/charge.type.ts';
import type { ReturnCategory } from '../referrals/return.rules.ts';
import { ReturnCategories, ReturnItem } from '../referrals/return.type.ts';
import type { Polarity, ProofSource, Verdict } from './proof.table.ts';
import { ElementAssessment, Polarities, ProofLink, ProofSources, Verdicts } from './proof.type.ts';

@InputType({ description: 'What speaks for or against an element of a charge.' })
export class LinkProofInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The charge.' })
  chargeId!: string;

  @Field(() => Int, { description: 'The element, from 1.' })
  element!: number;

  @Field(() => String, { nullable: true, description: 'The element as you read it. Where its text was corrected since, nothing is said of another: a CONFLICT.' })
  wording?: string | null;

  @Field(() => ProofSources, { description: 'What it leans on.' })
  sourceKind!: ProofSource;

  @Field(() => ID, { nullable: true, description: 'Which; leave it away for the report.' })
  sourceId?: string | null;

  @Field(() => Polarities, { description: 'For or against.' })
  polarity!: Polarity;

  @Field(() => String, { description: 'Why, in a sentence or two.' })
  reasoning!: string;
}

@InputType({ description: 'Which link counts no more.' })
export class WithdrawProofLinkInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The link.' })
  linkId!: string;
}

@InputType({ description: 'What you hold of an element of a charge.' })
export class AssessElementInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The charge.' })
  chargeId!: string;

  @Field(() => Int, { description: 'The element, from 1.' })
  element!: number;

  @Field(() => String, { nullable: true, description: 'The element as you read it. Where its text was corrected since, nothing is said of another: a CONFLICT.' })
  wording?: string | null;

  @Field(() => Verdicts, { description: 'Whether it can be proven.' })
  verdict!: Verdict;

  @Field(() => String, { description: 'Why, in a sentence or two.' })
  reasoning!: string;
}

@InputType({ description: 'What is asked of the agency for an element.' })
export class AskForElementInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The charge.' })
  chargeId!: string;

  @Field(() => Int, { description: 'The element, from 1.' })
  element!: number;

  @Field(() => String, { nullable: true, description: 'The element as you read it. Where its text was corrected since, nothing is said of another: a CONFLICT.' })
  wording?: string | null;

  @Field(() => ID, { nullable: true, description: 'The referral, where the case has several.' })
  referralId?: string | null;

  @Field(() => ReturnCategories, { description: 'What kind of thing.' })
  category!: ReturnCategory;

  @Field(() => String, { description: 'What it is, in a sentence that the agency can act on. The agency is not told of charge or element.' })
  description!: string;

  @Field(() => GraphQLDate, { description: 'The last day for it, where your office is.' })
  dueOn!: string;
}

@ObjectType({ description: 'What came of it.' })
export class ProofLinkPayload {
  @Field(() => ProofLink, { nullable: true, description: 'The link as it stands now.' })
  link!: ProofLink | null;

  @Field(() => Charge, { nullable: true, description: 'The charge.' })
  charge!: Charge | null;
}

@ObjectType({ description: 'What came of it.' })
export class AssessElementPayload {
  @Field(() => ElementAssessment, { nullable: true, description: 'What you hold of it now.' })
  assessment!: ElementAssessment | null;

  @Field(() => Charge, { nullable: true, description: 'The charge.' })
  charge!: Charge | null;
}

@ObjectType({ description: 'What came of it.' })
export class AskForElementPayload {
  @Field(() => ReturnItem, { nullable: true, description: 'What is asked.' })
  item!: ReturnItem | null;

  @Field(() => ProofLink, { nullable: true, description: 'The link that keeps for which element it was asked.' })
  link!: ProofLink | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
