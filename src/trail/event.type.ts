import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { DateTime } from '../kernel/scalars.ts';

@ObjectType({ description: 'Something that was done on a case.' })
export class TrailEvent {
  @Field(() => ID, { description: 'The event.' })
  id!: string;

  @Field(() => DateTime, { description: 'When it was recorded.' })
  at!: string;

  @Field(() => String, { description: 'What was done, for instance CLAIMED.' })
  act!: string;

  @Field(() => String, { description: 'How it ended.' })
  outcome!: string;

  @Field(() => Member, { description: 'Who did it.' })
  actor!: Member;

  @Field(() => GraphQLJSONObject, { description: 'Ids and values that say more; never the text of anything.' })
  body!: Record<string, unknown>;
}

export const TrailEventConnection = connectionOf('TrailEvent', () => TrailEvent, 'A page of the history of a case, newest first.');
