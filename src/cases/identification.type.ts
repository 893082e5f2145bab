import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import type { Confidence } from '../kernel/confidence.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { Confidences } from '../law/statute.type.ts';
import { IDENTIFICATION_STATES, type IdentificationState, type PersonIdentificationRow } from './identification.table.ts';

export const IdentificationStates = enumOf(IDENTIFICATION_STATES);

registerEnumType(IdentificationStates, {
  name: 'IdentificationState', description: 'Whether an identification holds.',
  valuesConfig: { STANDING: { description: 'It holds: the person bears the name.' }, WITHDRAWN: { description: 'It was a mistake: the person is as it was before.' } },
});

@ObjectType({ description: 'What was known of a person before it was identified, as first recorded.' })
export class PersonBefore {
  @Field(() => String, { nullable: true, description: 'What described the person.' })
  descriptors!: string | null;

  @Field(() => String, { nullable: true, description: 'Badge number.' })
  badge!: string | null;

  @Field(() => String, { nullable: true, description: 'Plate of the vehicle.' })
  plate!: string | null;

  @Field(() => String, { nullable: true, description: 'Markings of an employing agency on clothing or vehicle.' })
  markings!: string | null;
}

@ObjectType({ description: 'Who an unidentified person was found to be.' })
export class PersonIdentification
  implements Pick<PersonIdentificationRow, 'id' | 'name' | 'badge' | 'agency' | 'source' | 'confidence' | 'before' | 'state' | 'identifiedAt' | 'withdrawnAt' | 'withdrawnBecause'> {
  @Field(() => ID, { description: 'To withdraw it.' })
  id!: string;

  @Field(() => String, { description: 'The name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The badge number that was found out; null: none was.' })
  badge!: string | null;

  @Field(() => String, { nullable: true, description: 'The agency that employs the person; null: none was found out.' })
  agency!: string | null;

  @Field(() => String, { description: 'What it is known from.' })
  source!: string;

  @Field(() => Confidences, { description: 'How sure that is.' })
  confidence!: Confidence;

  @Field(() => PersonBefore, { description: 'What was known before, as first recorded.' })
  before!: PersonBefore;

  @Field(() => IdentificationStates, { description: 'Whether it holds.' })
  state!: IdentificationState;

  @Field(() => Member, { description: 'Who found it out.' })
  identifiedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  identifiedAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who withdrew it; null while it holds.' })
  withdrawnBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When; null while it holds.' })
  withdrawnAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why; null while it holds.' })
  withdrawnBecause!: string | null;
}
