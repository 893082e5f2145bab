import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Person } from '../cases/person.type.ts';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { PARALLEL_ACTS, PARALLEL_AGAINST_CODES, PARALLEL_FORUMS, PARALLEL_STATES, type ParallelAct, type ParallelAgainst, type ParallelForum, type ParallelState } from './parallel.rules.ts';

export const ParallelForums = enumOf(PARALLEL_FORUMS);
export const ParallelAgainsts = enumOf(PARALLEL_AGAINST_CODES);
export const ParallelStates = enumOf(PARALLEL_STATES);
export const ParallelActs = enumOf(PARALLEL_ACTS);

registerEnumType(ParallelForums, { name: 'ParallelForum', description: 'Before whom it is pending.' });
registerEnumType(ParallelAgainsts, { name: 'ParallelAgainst', description: 'Whom of the case it is about.', valuesConfig: { SUSPECT: { description: 'A person whose part is SUBJECT or OFFICIAL.' } } });
registerEnumType(ParallelStates, { name: 'ParallelState', description: 'Where it stands.' });
registerEnumType(ParallelActs, { name: 'ParallelAct', description: 'What happened.' });

@ObjectType({ description: 'A proceeding of somebody else beside the case, for instance a federal inquiry into the same facts.' })
export class ParallelProceeding {
  @Field(() => ID, { description: 'To record what happens to it.' })
  id!: string;

  @Field(() => ParallelForums, { description: 'Before whom it is pending.' })
  forum!: ParallelForum;

  @Field(() => String, { description: 'The court or body.' })
  court!: string;

  @Field(() => String, { description: 'The number that it gave.' })
  docketNumber!: string;

  @Field(() => ParallelAgainsts, { description: 'Whom it is about.' })
  against!: ParallelAgainst;

  @Field(() => Person, { nullable: true, description: 'Who that is, where it is a person of the case.' })
  person!: Person | null;

  @Field(() => ParallelStates, { description: 'Where it stands.' })
  state!: ParallelState;

  @Field(() => GraphQLDate, { description: 'When it was opened.' })
  openedOn!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'When it was stayed last.' })
  stayedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When that stay was lifted.' })
  resumedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When it was concluded or dismissed.' })
  endedOn!: string | null;

  @Field(() => Member, { description: 'Who began this record.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;

  @Field(() => Member, { description: 'Who recorded what happened last.' })
  movedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  movedAt!: string;
}

@ObjectType({ description: 'What happened to a proceeding beside the case, as it was recorded.' })
export class ParallelProceedingStep {
  @Field(() => ParallelActs, { description: 'What happened.' })
  act!: ParallelAct;

  @Field(() => GraphQLDate, { description: 'The day, in the zone of the court.' })
  day!: string;

  @Field(() => ParallelStates, { description: 'Where it stood after it.' })
  state!: ParallelState;

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;
}
