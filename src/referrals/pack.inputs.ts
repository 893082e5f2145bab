import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { IncidentKinds } from '../cases/case.type.ts';
import type { IncidentKind } from '../cases/lifecycle.ts';
import type { Severity } from '../law/directive.table.ts';
import { OffenceLevels } from '../law/limitation.type.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import type { PackState, ReadinessCheck } from './pack.table.ts';
import { ReadinessChecks, ReadinessPack, ReadinessPackStates } from './pack.type.ts';
import { Severities } from './referral.type.ts';

@InputType({ description: 'Which readiness packs. All that is given must hold.' })
export class ReadinessPackFilter {
  @Field(() => ID, { nullable: true, description: 'This one.' })
  id?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this agency.' })
  agency?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: the coalition’s, for every agency. False: those of single agencies.' })
  coalition?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Under this directive.' })
  slug?: string | null;

  @Field(() => [ReadinessPackStates], { nullable: true, description: 'In one of these states.' })
  states?: PackState[] | null;
}

@InputType({ description: 'One thing that a referral must show. A condition that is left away, or empty, means any.' })
export class ReadinessRequirementInput {
  @Field(() => String, { description: 'Its name in camel case, for instance bodyCameraPreserved.' })
  key!: string;

  @Field(() => ReadinessChecks, { description: 'What is looked for.' })
  looksFor!: ReadinessCheck;

  @Field(() => String, { description: 'What is asked, in words for the officer.' })
  asks!: string;

  @Field(() => String, { description: 'What the officer is to do where it is wanting.' })
  remedy!: string;

  @Field(() => Severities, { description: 'What a gap does to the referral.' })
  severity!: Severity;

  @Field(() => [IncidentKinds], { nullable: true, description: 'Ask it of these kinds.' })
  kinds?: IncidentKind[] | null;

  @Field(() => [OffenceLevels], { nullable: true, description: 'Ask it where one of these levels is alleged.' })
  levels?: OffenceLevel[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Ask it where anyone was injured, or where nobody was.' })
  anyoneInjured?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Ask it where a person was a minor, or where nobody was.' })
  minorInvolved?: boolean | null;

  @Field(() => String, { description: 'Its legal ground.' })
  basis!: string;
}

@InputType({ description: 'A draft. Requirements that are not given are taken from the pack it is based on, else stay as the draft has them.' })
export class DraftReadinessPackInput {
  @Field(() => ID, { nullable: true, description: 'The draft to change; a new one, unless told.' })
  packId?: string | null;

  @Field(() => Int, { nullable: true, description: 'The revision you read, where a draft is changed.' })
  expectedRevision?: number | null;

  @Field(() => ID, { nullable: true, description: 'A pack that you see, whose requirements are taken over.' })
  basedOn?: string | null;

  @Field(() => String, { description: 'What obliges: small letters, digits and hyphens. A new version bears the slug of the one it is to follow; a draft keeps its own.' })
  slug!: string;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => String, { description: 'Who issued what it rests on.' })
  issuedBy!: string;

  @Field(() => String, { description: 'Its ground in a sentence.' })
  basis!: string;

  @Field(() => GraphQLDate, { description: 'The first incident date it is to judge. From that day on it replaces the earlier versions.' })
  validFrom!: string;

  @Field(() => [ReadinessRequirementInput], { nullable: true, description: 'What it asks, 50 at the most; empty: nothing any more.' })
  requirements?: ReadinessRequirementInput[] | null;
}

@InputType({ description: 'Which draft to propose.' })
export class ProposeReadinessPackInput {
  @Field(() => ID, { description: 'The draft.' })
  packId!: string;

  @Field(() => Int, { description: 'The revision you read.' })
  expectedRevision!: number;
}

@InputType({ description: 'Which proposed pack to adopt.' })
export class AdoptReadinessPackInput {
  @Field(() => ID, { description: 'The pack.' })
  packId!: string;
}

@InputType({ description: 'Which draft or proposal to give up.' })
export class WithdrawReadinessPackInput {
  @Field(() => ID, { description: 'The pack.' })
  packId!: string;
}

@ObjectType({ description: 'What came of it.' })
export class DraftReadinessPackPayload {
  @Field(() => ReadinessPack, { nullable: true, description: 'The draft.' })
  pack!: ReadinessPack | null;
}

@ObjectType({ description: 'What came of it.' })
export class ProposeReadinessPackPayload {
  @Field(() => ReadinessPack, { nullable: true, description: 'The pack as it is proposed.' })
  pack!: ReadinessPack | null;
}

@ObjectType({ description: 'What came of it.' })
export class AdoptReadinessPackPayload {
  @Field(() => ReadinessPack, { nullable: true, description: 'The pack in force.' })
  pack!: ReadinessPack | null;
}

@ObjectType({ description: 'What came of it.' })
export class WithdrawReadinessPackPayload {
  @Field(() => ReadinessPack, { nullable: true, description: 'The pack that was given up.' })
  pack!: ReadinessPack | null;
}
