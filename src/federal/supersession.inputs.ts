import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import type { SupersessionAct, SupersessionBasis } from './supersession.rules.ts';
import { Supersession, SupersessionActs, SupersessionBases } from './supersession.type.ts';

@InputType({ description: 'What happened to a supersession.' })
export class RecordSupersessionInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'The supersession; leave it away where it begins: with DECLARE_CONFLICT or PETITION.' })
  supersessionId?: string | null;

  @Field(() => SupersessionActs, { description: 'What happened.' })
  act!: SupersessionAct;

  @Field(() => GraphQLDate, { description: 'The day that it happened, in the zone of the court.' })
  on!: string;

  @Field(() => SupersessionBases, { nullable: true, description: 'Where it begins: why.' })
  basis?: SupersessionBasis | null;

  @Field(() => String, { nullable: true, description: 'Where it begins: who asks for it, or declares the conflict.' })
  petitioner?: string | null;

  @Field(() => String, { nullable: true, description: 'With TRANSFER: who was appointed.' })
  appointee?: string | null;

  @Field(() => String, { nullable: true, description: 'With TRANSFER and RETAIN: the order.' })
  order?: string | null;
}

@ObjectType({ description: 'What came of it.' })
export class SupersessionPayload {
  @Field(() => Supersession, { nullable: true, description: 'The supersession as it stands now.' })
  supersession!: Supersession | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
