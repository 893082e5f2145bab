import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import type { RenditionAct } from './rendition.rules.ts';
import { Rendition, RenditionActs } from './rendition.type.ts';

@InputType({ description: 'What happened to the rendition of an accused.' })
export class RecordRenditionInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'The rendition; leave it away with REQUEST.' })
  renditionId?: string | null;

  @Field(() => RenditionActs, { description: 'What happened.' })
  act!: RenditionAct;

  @Field(() => GraphQLDate, { description: 'The day that it happened.' })
  on!: string;

  @Field(() => ID, { nullable: true, description: 'With REQUEST: a person against whom a charge is filed.' })
  personId?: string | null;

  @Field(() => String, { nullable: true, description: 'With REQUEST: the state where the accused is, in two letters.' })
  asylumState?: string | null;

  @Field(() => String, { nullable: true, description: 'With REFUSE and WITHDRAW: why.' })
  reason?: string | null;
}

@ObjectType({ description: 'What came of it.' })
export class RenditionPayload {
  @Field(() => Rendition, { nullable: true, description: 'The rendition as it stands now.' })
  rendition!: Rendition | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
