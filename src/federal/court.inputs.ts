import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Person } from '../cases/person.type.ts';

@InputType({ description: 'That a person was arraigned.' })
export class RecordArraignmentInput {
  @Field(() => ID, { description: 'The case, which is in court.' })
  caseId!: string;

  @Field(() => ID, { description: 'A person against whom a charge is filed.' })
  personId!: string;

  @Field(() => GraphQLDate, { description: 'The day of the arraignment, in the zone of the court.' })
  arraignedOn!: string;

  @Field(() => String, { nullable: true, description: 'The court, where it is not that of the filing.' })
  court?: string | null;

  @Field(() => ID, { nullable: true, description: 'To correct a day: the entry that holds. Leave it away where none is on record.' })
  supersedes?: string | null;
}

@InputType({ description: 'The day on which a trial starts.' })
export class SetTrialInput {
  @Field(() => ID, { description: 'The case, which is in court.' })
  caseId!: string;

  @Field(() => ID, { description: 'A person against whom a charge is filed.' })
  personId!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day, in the zone of the court; null: the trial that was set is off.' })
  startsOn?: string | null;

  @Field(() => String, { nullable: true, description: 'The court, where it is not that of the filing.' })
  court?: string | null;
}

@ObjectType({ description: 'What came of it.' })
export class CourtDatePayload {
  @Field(() => Person, { nullable: true, description: 'The person.' })
  person!: Person | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
