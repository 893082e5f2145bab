import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';

@InputType({ description: 'Which case is kept to which unit.' })
export class RestrictToUnitInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'A unit of your office with an active member; null, said and not left away, lifts the restriction.' })
  unitId?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, in a sentence, kept with the restriction, and with the one that it ends or replaces. Needed.' })
  reason?: string | null;

  @Field(() => Int, { nullable: true, description: 'The version you read, if the case must still be as you read it.' })
  expectedVersion?: number | null;
}

@ObjectType({ description: 'What came of it.' })
export class RestrictToUnitPayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now.' })
  case!: Case | null;
}
