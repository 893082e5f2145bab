import { Field, ID, ObjectType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';

@ObjectType({ description: 'A part of an office. A case can be kept to it, and walled off from it.' })
export class Unit {
  @Field(() => ID, { description: 'The unit.' })
  id!: string;

  @Field(() => String, { description: 'Its name; no two units of an office have the same.' })
  name!: string;

  @Field(() => [Member], { description: 'Who belongs to it now, by name.' })
  members!: Member[];
}

export const UnitConnection = connectionOf('Unit', () => Unit, 'A page of the units of your office, by name.');
