import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Person } from '../cases/person.type.ts';
import { Member } from '../coalition/coalition.type.ts';
import type { Confidence } from '../kernel/confidence.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { Confidences } from '../law/statute.type.ts';
import { RENDITION_ACTS, RENDITION_STATES, type RenditionState } from './rendition.rules.ts';

export const RenditionStates = enumOf(RENDITION_STATES);
export const RenditionActs = enumOf(RENDITION_ACTS);

registerEnumType(RenditionStates, { name: 'RenditionState', description: 'Where a rendition stands.', valuesConfig: { WAIVED: { description: 'The accused does not contest it.' } } });
registerEnumType(RenditionActs, { name: 'RenditionAct', description: 'What happened.' });

@ObjectType({ description: 'That another state is asked to deliver an accused who is there.' })
export class Rendition {
  @Field(() => ID, { description: 'To record what happens to it.' })
  id!: string;

  @Field(() => Person, { nullable: true, description: 'The accused.' })
  person!: Person | null;

  @Field(() => String, { description: 'The state where the accused is, in two letters.' })
  asylumState!: string;

  @Field(() => RenditionStates, { description: 'Where it stands.' })
  state!: RenditionState;

  @Field(() => String, { description: 'The rule that it rests on.' })
  citation!: string;

  @Field(() => Confidences, { description: 'How sure that rule is.' })
  confidence!: Confidence;

  @Field(() => Boolean, { description: 'Whether counsel has verified that rule: nobody has.' })
  verified!: boolean;

  @Field(() => GraphQLDate, { description: 'When it was asked for.' })
  requestedOn!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the governor of the other state issued a warrant.' })
  warrantOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the accused was arrested there.' })
  arrestedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the accused waived a hearing.' })
  waivedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When it was heard there.' })
  heardOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the accused was delivered.' })
  deliveredOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When it was refused or withdrawn.' })
  endedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused or withdrawn.' })
  reason!: string | null;

  @Field(() => Member, { description: 'Who began this record.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;

  @Field(() => Member, { description: 'Who recorded what happened last.' })
  movedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  movedAt!: string;
}
