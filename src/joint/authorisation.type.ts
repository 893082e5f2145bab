import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Jurisdiction, Member } from '../coalition/coalition.type.ts';
import { DateTime } from '../kernel/scalars.ts';

@ObjectType({ description: 'A written authorisation under which an office receives what the law of the state otherwise keeps from it; known to the two offices alone.' })
export class Authorisation {
  @Field(() => ID, { description: 'To revoke it.' })
  id!: string;

  @Field(() => Jurisdiction, { description: 'The office that may receive.' })
  jurisdiction!: Jurisdiction;

  @Field(() => Jurisdiction, { description: 'The office that authorised.' })
  givenFor!: Jurisdiction;

  @Field(() => String, { description: 'The law-enforcement purpose, in a sentence.' })
  purpose!: string;

  @Field(() => String, { description: 'Where the document is kept.' })
  document!: string;

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who revoked it, or by what act it lapsed with the lead; null while it stands.' })
  revokedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When; null while it stands.' })
  revokedAt!: string | null;
}

@InputType({ description: 'Which office is authorised, and for what.' })
export class RecordAuthorisationInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The office that may receive.' })
  jurisdictionId!: string;

  @Field(() => String, { description: 'The law-enforcement purpose, in a sentence.' })
  purpose!: string;

  @Field(() => String, { description: 'Where the signed document is kept, in a sentence.' })
  document!: string;
}

@InputType({ description: 'Which authorisation is revoked.' })
export class RevokeAuthorisationInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The authorisation.' })
  authorisationId!: string;
}

@ObjectType({ description: 'What came of it.' })
export class AuthorisationPayload {
  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;

  @Field(() => Authorisation, { nullable: true, description: 'The authorisation.' })
  authorisation!: Authorisation | null;
}
