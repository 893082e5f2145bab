import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { COURT_DATE_KINDS, type CourtDateKind } from './court.rules.ts';

export const CourtDateKinds = enumOf(COURT_DATE_KINDS);

registerEnumType(CourtDateKinds, {
  name: 'CourtDateKind', description: 'What happens on a day in court.',
  valuesConfig: { ARRAIGNMENT: { description: 'The window for removal opens (28 U.S.C. 1455(b)(1)).' }, TRIAL: { description: 'The day that the trial starts, as it is set.' } },
});

@ObjectType({ description: 'A day in court of a person against whom a charge is filed. The newest of a kind holds; the earlier stay in view.' })
export class CourtDate {
  @Field(() => ID, { description: 'The entry, to be corrected by another.' })
  id!: string;

  @Field(() => CourtDateKinds, { description: 'What happens then.' })
  kind!: CourtDateKind;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day, in the zone of the court; null: the trial that was set is off.' })
  day!: string | null;

  @Field(() => String, { nullable: true, description: 'The court, where it was named.' })
  court!: string | null;

  @Field(() => ID, { nullable: true, description: 'The entry that it replaces; null: the first.' })
  supersedes!: string | null;

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;
}
