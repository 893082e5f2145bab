import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../kernel/enums.ts';
import { PERSON_PARTS, type PersonPart } from './person.table.ts';

export const PersonParts = enumOf(PERSON_PARTS);

registerEnumType(PersonParts, {
  name: 'PersonPart',
  description: 'The part a person has in a case.',
  valuesConfig: {
    SUBJECT: { description: 'Whose conduct is referred.' },
    OFFICIAL: { description: 'A public officer who was present or gave information.' },
  },
});

@ObjectType({ description: 'How a person can be reached. Open to advocates and to the team of the case.' })
export class PersonContact {
  @Field(() => String, { nullable: true, description: 'Telephone.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'Address.' })
  address!: string | null;

  @Field(() => Boolean, { description: 'The person refused disclosure of these data.' })
  disclosureRefused!: boolean;
}

@ObjectType({ description: 'A person in a case: named, or unidentified and known by descriptors, badge or plate.' })
export class Person {
  @Field(() => ID, { description: 'For charges and annotations.' })
  id!: string;

  @Field(() => PersonParts, { description: 'The part in the case.' })
  part!: PersonPart;

  @Field(() => String, { nullable: true, description: 'The name; null while unidentified.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'What describes an unidentified person.' })
  descriptors!: string | null;

  @Field(() => String, { nullable: true, description: 'Badge number.' })
  badge!: string | null;

  @Field(() => String, { nullable: true, description: 'Plate of the vehicle.' })
  plate!: string | null;

  @Field(() => String, { nullable: true, description: 'Markings of an employing agency on clothing or vehicle.' })
  markings!: string | null;

  @Field(() => Boolean, { description: 'Whether the person was a minor at the incident.' })
  minorAtIncident!: boolean;

  @Field(() => Boolean, { description: 'Whether the person was injured.' })
  injured!: boolean;

  @Field(() => String, { nullable: true, description: 'The injury.' })
  injury!: string | null;

  @Field(() => PersonContact, { nullable: true, description: 'How to reach the person; null where there is nothing that you may see.' })
  contact!: PersonContact | null;
}
