import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import type { Confidence } from '../kernel/confidence.ts';
import { Confidences } from '../law/statute.type.ts';
import { Case } from './case.type.ts';
import { PersonIdentification } from './identification.type.ts';
import { Person } from './person.type.ts';

@InputType({ description: 'Who an unidentified person of a case is.' })
export class IdentifyPersonInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'A person of it who bears no name.' })
  personId!: string;

  @Field(() => String, { description: 'The name, 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The badge number, up to 60 characters; what was recorded stays, unless told.' })
  badge?: string | null;

  @Field(() => String, { nullable: true, description: 'The agency that employs the person, up to 200 characters. For whom the person acted is recorded with recordAffiliation.' })
  agency?: string | null;

  @Field(() => String, { description: 'What it is known from, in a sentence.' })
  source!: string;

  @Field(() => Confidences, { description: 'How sure that is.' })
  confidence!: Confidence;
}

@InputType({ description: 'An identification that was a mistake.' })
export class WithdrawIdentificationInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The identification.' })
  identificationId!: string;

  @Field(() => String, { description: 'Why, 1 to 2,000 characters.' })
  reason!: string;
}

@ObjectType({ description: 'What came of it.' })
export class IdentifyPersonPayload {
  @Field(() => Person, { nullable: true, description: 'The person, who keeps the id and all that hangs on it.' })
  person!: Person | null;

  @Field(() => PersonIdentification, { nullable: true, description: 'The identification.' })
  identification!: PersonIdentification | null;

  @Field(() => [Member], { description: 'Those of your office on the team who once declared a relation to somebody of this case: they stay on it until they recuse themselves or are walled off. Of whom they declared it is not said.' })
  conflicted!: Member[];

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}

@ObjectType({ description: 'What came of it.' })
export class WithdrawIdentificationPayload {
  @Field(() => Person, { nullable: true, description: 'The person, as it was before.' })
  person!: Person | null;

  @Field(() => PersonIdentification, { nullable: true, description: 'The identification, withdrawn.' })
  identification!: PersonIdentification | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
