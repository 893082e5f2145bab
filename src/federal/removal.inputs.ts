import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import type { RemovalAct, RemovalGround, RemovalScope } from './removal.rules.ts';
import { Removal, RemovalActs, RemovalGrounds, RemovalScopes } from './removal.type.ts';

@InputType({ description: 'What happened to the removal of a person.' })
export class RecordRemovalInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'The removal; leave it away where it begins: with FILE_NOTICE, CLOSE_WINDOW or SEEK_LATE_LEAVE.' })
  removalId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Where it begins: the person.' })
  personId?: string | null;

  @Field(() => RemovalScopes, { nullable: true, description: 'Where it begins: what is removed; WHOLE_CASE, unless told.' })
  scope?: RemovalScope | null;

  @Field(() => RemovalActs, { description: 'What happened.' })
  act!: RemovalAct;

  @Field(() => GraphQLDate, { description: 'The day that it happened, in the zone of the court.' })
  on!: string;

  @Field(() => [RemovalGrounds], { nullable: true, description: 'With FILE_NOTICE and SEEK_LATE_LEAVE: all grounds. They go in one notice.' })
  grounds?: RemovalGround[] | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'Of a second notice: the day that its grounds arose, after the first notice.' })
  groundsAroseOn?: string | null;

  @Field(() => String, { nullable: true, description: 'With FILE_NOTICE and SEEK_LATE_LEAVE: the federal court.' })
  federalCourt?: string | null;

  @Field(() => String, { nullable: true, description: 'With FILE_NOTICE and SEEK_LATE_LEAVE: the number that it gave.' })
  docketNumber?: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'With SET_HEARING: the day of the hearing.' })
  hearingOn?: string | null;

  @Field(() => String, { nullable: true, description: 'With REMAND_SUMMARILY, REMOVE and REMAND: the order.' })
  order?: string | null;

  @Field(() => String, { nullable: true, description: 'With ENTER_IN_ERROR: what was recorded wrongly, in a sentence.' })
  reason?: string | null;

  @Field(() => String, { nullable: true, description: 'With APPEAL: its number.' })
  appealDocket?: string | null;
}

@ObjectType({ description: 'What came of it.' })
export class RemovalPayload {
  @Field(() => Removal, { nullable: true, description: 'The removal as it stands now.' })
  removal!: Removal | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
