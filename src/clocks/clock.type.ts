import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { connectionOf } from '../database/page.type.ts';
import type { Confidence } from '../kernel/confidence.ts';
import { DateTime } from '../kernel/scalars.ts';
import { Confidences } from '../law/statute.type.ts';
import { ClockKinds, ClockStates, ClockSupersessions, ClockWarnings } from './clock.enums.ts';
import type { ClockKind, ClockState, ClockWarning } from './clock.ts';
import type { Superseded } from './clock.table.ts';

@ObjectType({ description: 'The rule that a clock follows.' })
export class ClockRuleUsed {
  @Field(() => String, { description: 'As a sentence names it.' })
  name!: string;

  @Field(() => String, { description: 'What the rule said when the clock was computed: another text has another one.' })
  version!: string;

  @Field(() => String, { nullable: true, description: 'Where the law says so; null where no law does, or none is verified.' })
  citation!: string | null;

  @Field(() => Confidences, { description: 'How sure it is.' })
  confidence!: Confidence;

  @Field(() => String, { nullable: true, description: 'The attorney who confirms the text as it stands today, of an earlier result too; null: nobody does.' })
  attestedBy!: string | null;
}

@ObjectType({ description: 'A step of a calculation.' })
export class ClockStep {
  @Field(() => String, { description: 'In words.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'Where the law says so.' })
  citation!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day that it led to.' })
  on!: string | null;
}

@ObjectType({ description: 'Time that may be left out of the count; the due day counts none of it.' })
export class ClockExclusion {
  @Field(() => String, { description: 'The ground of law.' })
  ground!: string;

  @Field(() => GraphQLDate, { description: 'First day.' })
  from!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'Last day; null while it lasts.' })
  to!: string | null;
}

@ObjectType({ description: 'A later day that an attorney asserts. It stands beside the due day and never replaces it.' })
export class AssertedClock {
  @Field(() => GraphQLDate, { nullable: true, description: 'Null while time that it rests on has not ended.' })
  dueOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day before.' })
  safeOn!: string | null;

  @Field(() => String, { description: 'Who asserts it.' })
  attorney!: string;

  @Field(() => [String], { description: 'On which grounds.' })
  grounds!: string[];

  @Field(() => String, { description: 'Why they hold.' })
  reasoning!: string;
}

@ObjectType({ description: 'A deadline, with how it was computed. All days are days where the court is.' })
export class Clock {
  @Field(() => ID, { description: 'Of this result: another one has another id.' })
  id!: string;

  @Field(() => ClockKinds, { description: 'What it counts towards.' })
  kind!: ClockKind;

  @Field(() => ID, { description: 'What it counts for: a charge, a recording, an item, a person.' })
  aboutId!: string;

  @Field(() => Case, { description: 'The case.' })
  case!: Case;

  @Field(() => ClockStates, { description: 'How it stands today.' })
  state!: ClockState;

  @Field(() => GraphQLDate, { nullable: true, description: 'From when it runs.' })
  startedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The earliest day on which time may run out: no excluded time counted, not moved off a weekend. Null where none is known.' })
  dueOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day to plan on: the one before, since whether the last day itself is in time differs by state.' })
  safeOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'What a rule on weekends would make of the due day. To be told, not relied on.' })
  rolledOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When what it counts towards was done.' })
  metOn!: string | null;

  @Field(() => AssertedClock, { nullable: true, description: 'A later day that an attorney asserts.' })
  asserted!: AssertedClock | null;

  @Field(() => [ClockExclusion], { description: 'Time that may be left out; the due day counts none of it.' })
  tolling!: ClockExclusion[];

  @Field(() => [ClockStep], { description: 'How it was computed, step by step.' })
  trace!: ClockStep[];

  @Field(() => [ClockWarnings], { description: 'What whoever relies on it must know.' })
  warnings!: ClockWarning[];

  @Field(() => ClockRuleUsed, { description: 'The rule that it follows.' })
  rule!: ClockRuleUsed;

  @Field(() => String, { description: 'The time zone of the court.' })
  timeZone!: string;

  @Field(() => DateTime, { description: 'When it was computed.' })
  computedAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When another result took its place, or it ended; null for the current one.' })
  supersededAt!: string | null;

  @Field(() => ClockSupersessions, { nullable: true, description: 'Why.' })
  supersededBecause!: Superseded | null;
}

export const ClockConnection = connectionOf('Clock', () => Clock, 'Clocks by the day that they are due.');
