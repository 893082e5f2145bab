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

  @Field(() => Member, { nullable: true, description: 'Who lifted it, or ended it with the lead; null while it stands.' })
  liftedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  liftedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why, in a sentence; null while it stands, and where it ended because the lead went elsewhere.' })
  liftedBecause!: string | null;
}
