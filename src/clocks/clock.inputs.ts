import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { Stages } from '../cases/case.type.ts';
import type { Stage } from '../cases/lifecycle.ts';
import { ClockKinds } from './clock.enums.ts';
import type { ClockKind } from './clock.ts';

@InputType({ description: 'Which clocks; all of it must hold.' })
export class ClockFilter {
  @Field(() => [ClockKinds], { nullable: true, description: 'Of these kinds.' })
  kinds?: ClockKind[] | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'Due on this day or later.' })
  dueFrom?: Date | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'Due on this day or earlier.' })
  dueUntil?: Date | null;

  @Field(() => Int, { nullable: true, description: 'Due so many days from today, where the court is, or earlier: 1 to 3650. What has passed and was not met is among them; dueFrom leaves it out.' })
  withinDays?: number | null;

  @Field(() => ID, { nullable: true, description: 'Of cases that this office leads.' })
  lead?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of cases on whose team this member is.' })
  assignee?: string | null;

  @Field(() => [Stages], { nullable: true, description: 'Of cases in these stages.' })
  stages?: Stage[] | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only what rests on law that no attorney has confirmed, or that is not verified. False: only what does not.' })
  unverified?: boolean | null;
}
