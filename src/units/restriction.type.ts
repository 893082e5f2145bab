import { Field, ObjectType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { DateTime } from '../kernel/scalars.ts';
import { Unit } from './unit.type.ts';

@ObjectType({ description: 'That a case is kept to one unit of its lead: the rest of the office keeps its summary, and the team what a team sees.' })
export class UnitRestriction {
  @Field(() => Unit, { description: 'The unit.' })
  unit!: Unit;

  @Field(() => String, { description: 'Why, in a sentence.' })
  reason!: string;

  @Field(() => DateTime, { description: 'Since when.' })
  since!: string;

  @Field(() => Member, { description: 'Who decided it.' })
  by!: Member;
}
