import { Field, InputType } from 'type-graphql';
import type { PersonPart } from '../cases/person.table.ts';
import { PersonParts } from '../cases/person.type.ts';

@InputType({ description: 'How a person can be reached. Kept apart from all else.' })
export class ContactInput {
  @Field(() => String, { nullable: true, description: 'Telephone.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Address.' })
  address?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'The person refuses disclosure of these data.' })
  disclosureRefused?: boolean | null;
}

@InputType({ description: 'A person: named, or unidentified and known by descriptors, badge, plate or markings.' })
export class PersonInput {
  @Field(() => PersonParts, { description: 'The part in the incident.' })
  part!: PersonPart;

  @Field(() => String, { nullable: true, description: 'The name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What describes an unidentified person.' })
  descriptors?: string | null;

  @Field(() => String, { nullable: true, description: 'Badge number.' })
  badge?: string | null;

  @Field(() => String, { nullable: true, description: 'Plate of the vehicle.' })
  plate?: string | null;

  @Field(() => String, { nullable: true, description: 'Markings of an employing agency on clothing or vehicle.' })
  markings?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the person was a minor at the incident.' })
  minorAtIncident?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the person was injured.' })
  injured?: boolean | null;

  @Field(() => String, { nullable: true, description: 'The injury.' })
  injury?: string | null;

  @Field(() => ContactInput, { nullable: true, description: 'How to reach the person.' })
  contact?: ContactInput | null;
}
