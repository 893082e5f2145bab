import { GraphQLDate } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../kernel/scalars.ts';
import type { Severity } from '../law/directive.table.ts';
import { ReadinessRequirement } from './pack.type.ts';
import { Severities } from './referral.type.ts';

@ObjectType({ description: 'A requirement as it judges incidents of a day.' })
export class RequirementInForce {
  readonly packId!: string;

  @Field(() => ReadinessRequirement, { description: 'What is asked.' })
  requirement!: ReadinessRequirement;

  @Field(() => Severities, { description: 'What a gap does to a referral of that day: before the first pack errors are warnings, but for place, time and signature.' })
  severity!: Severity;
}

@ObjectType({ description: 'What a referral of an agency must show, of an incident on a day.' })
export class Readiness {
  @Field(() => GraphQLDate, { description: 'The day.' })
  incidentOn!: string;

  @Field(() => Boolean, { description: 'Whether the day lies before the first pack.' })
  beforeFirstPack!: boolean;

  @Field(() => [RequirementInForce], { description: 'All that is asked, pack by pack.' })
  requirements!: RequirementInForce[];
}

@ObjectType({ description: 'How many referrals would fare otherwise by one requirement.' })
export class PreviewedRequirement {
  @Field(() => String, { description: 'The requirement: directive/key.' })
  requirement!: string;

  @Field(() => Int, { description: 'How many it refuses as things stand.' })
  refusedBefore!: number;

  @Field(() => Int, { description: 'How many it would refuse.' })
  refusedAfter!: number;

  @Field(() => Int, { description: 'How many it warns of, or remarks on, as things stand.' })
  warnedBefore!: number;

  @Field(() => Int, { description: 'How many it would warn of, or remark on.' })
  warnedAfter!: number;
}

@ObjectType({ description: 'How your agency’s referrals of the last 90 days would have fared, if this pack had been in force beside the others. What was received stays received.' })
export class ReadinessPackPreview {
  readonly newlyRefusedIds!: readonly string[];
  readonly newlyWarnedIds!: readonly string[];
  readonly noLongerRefusedIds!: readonly string[];

  @Field(() => DateTime, { description: 'Of referrals that were submitted since.' })
  since!: string;

  @Field(() => Int, { description: 'How many referrals were judged: as they were sealed, each on the day of its incident.' })
  judged!: number;

  @Field(() => Boolean, { description: 'True where there were more: then the newest thousand were judged.' })
  judgedCapped!: boolean;

  @Field(() => Int, { description: 'How many of them the packs in force would refuse today.' })
  refusedBefore!: number;

  @Field(() => Int, { description: 'How many would be refused.' })
  refusedAfter!: number;

  @Field(() => [PreviewedRequirement], { description: 'By requirement, where there is a gap at all, before or after; by name.' })
  requirements!: PreviewedRequirement[];
}
