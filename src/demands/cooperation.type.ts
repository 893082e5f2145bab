import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Person } from '../cases/person.type.ts';
import { Recording } from '../cases/recording.type.ts';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { COOPERATION_KINDS, type CooperationKind } from './cooperation.table.ts';

export const CooperationKinds = enumOf(COOPERATION_KINDS);

registerEnumType(CooperationKinds, {
  name: 'CooperationKind', description: 'How a federal agency refused to work with those who investigate.',
  valuesConfig: {
    SCENE_ACCESS_DENIED: { description: 'It kept them from the scene.' },
    JOINT_INVESTIGATION_ENDED: { description: 'It ended a joint investigation.' },
    EVIDENCE_WITHHELD: { description: 'It kept evidence to itself.' },
    IDENTITY_WITHHELD: { description: 'It did not say who its officers were.' },
    CREDENTIALS_REFUSED: { description: 'Its officers did not show who they were.' },
    WARRANT_IGNORED: { description: 'It did not follow a warrant.' },
  },
});

@ObjectType({ description: 'That a federal agency refused to cooperate, as an event that may be evidence later.' })
export class CooperationEvent {
  @Field(() => ID, { description: 'The event.' })
  id!: string;

  @Field(() => CooperationKinds, { description: 'What was refused.' })
  kind!: CooperationKind;

  @Field(() => DateTime, { description: 'When it happened.' })
  happenedAt!: string;

  @Field(() => String, { description: 'The agency that refused.' })
  byAgency!: string;

  @Field(() => Person, { nullable: true, description: 'A person of the case who witnessed it.' })
  witness!: Person | null;

  @Field(() => Recording, { nullable: true, description: 'A recording of the case that shows it.' })
  recording!: Recording | null;

  @Field(() => Int, { nullable: true, description: 'Where in the recording, in seconds from its start.' })
  second!: number | null;

  @Field(() => String, { description: 'What happened.' })
  note!: string;

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who withdrew it; null while it stands.' })
  withdrawnBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  withdrawnAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  withdrawnBecause!: string | null;
}
