import { GraphQLDate } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { DateTime } from '../kernel/scalars.ts';
import type { RemovalAct, RemovalGround, RemovalState, Ruling } from './removal.rules.ts';
import { RemovalActs, RemovalGrounds, RemovalStates, Rulings } from './removal.type.ts';

@ObjectType({ description: 'What happened to a removal, as it was recorded.' })
export class RemovalStep {
  @Field(() => RemovalActs, { description: 'What happened.' })
  act!: RemovalAct;

  @Field(() => GraphQLDate, { description: 'The day, in the zone of the court.' })
  day!: string;

  @Field(() => RemovalStates, { description: 'Where the removal stood after it.' })
  state!: RemovalState;

  @Field(() => Rulings, { nullable: true, description: 'What was ruled by then; null while nothing was.' })
  ruling!: Ruling | null;

  @Field(() => [RemovalGrounds], { description: 'The grounds that were stated with it.' })
  grounds!: RemovalGround[];

  @Field(() => String, { nullable: true, description: 'The federal court, where it was named with it.' })
  federalCourt!: string | null;

  @Field(() => String, { nullable: true, description: 'The number that it gave.' })
  docketNumber!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day for which a hearing was set.' })
  hearingOn!: string | null;

  @Field(() => String, { nullable: true, description: 'The order.' })
  order!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was entered in error.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'The number of an appeal.' })
  appealDocket!: string | null;

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;
}
