import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import type { RenditionAct } from './rendition.rules.ts';
import { Rendition, RenditionActs } from './rendition.type.ts';

@InputType({ description: 'What happened to the rendition of an accused.' })
export class RecordRenditionInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'The rendition; leave it away with ENTER_WARRANT.' })
  renditionId?: string | null;

  @Field(() => RenditionActs, { description: 'What happened.' })
  act!: RenditionAct;

  @Field(() => GraphQLDate, { description: 'The day that it happened.' })
  on!: string;

  @Field(() => ID, { nullable: true, description: 'With ENTER_WARRANT: a person against whom a charge is filed.' })
  personId?: string | null;

  @Field(() => String, { nullable: true, description: 'With ENTER_WARRANT, where the warrant says it: how far the accused is fetched from (NIEM j:WarrantExtraditionLimitationText).' })
  extraditionLimitation?: string | null;

  @Field(() => String, { nullable: true, description: 'With ARREST: the state where the accused is, in two letters. With SEND_GOVERNOR_REQUEST, where nobody is arrested yet: the state that is asked. With ENTER_WARRANT, where it is known.' })
  asylumState?: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'With EXTEND_HOLD: the last day of the hold as it is extended.' })
  extensionUntil?: string | null;

  @Field(() => String, { nullable: true, description: 'With EXTEND_HOLD, DENY_HABEAS and GRANT_HABEAS: the order of the court, by its number or day.' })
  order?: string | null;

  @Field(() => String, { nullable: true, description: 'With SEND_GOVERNOR_REQUEST: who is to fetch the accused for the state that prosecutes. With RETURN, where that is not on record, or another did.' })
  agentOfState?: string | null;

  @Field(() => String, { nullable: true, description: 'With REFUSE, RELEASE and WITHDRAW: why.' })
  reason?: string | null;
}

@ObjectType({ description: 'What came of it.' })
export class RenditionPayload {
  @Field(() => Rendition, { nullable: true, description: 'The rendition as it stands now.' })
  rendition!: Rendition | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
