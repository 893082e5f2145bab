import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Assignment, Case, TeamRoles } from './case.type.ts';
import type { TeamRole } from './assignment.table.ts';

@InputType({ description: 'Which case goes where, and why.' })
export class RouteCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The office.' })
  jurisdictionId!: string;

  @Field(() => String, { description: 'Why, in a sentence; shown to the office.' })
  reason!: string;

  @Field(() => Int, { description: 'The version you read.' })
  expectedVersion!: number;
}

@InputType({ description: 'Which case to claim.' })
export class ClaimCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => Int, { description: 'The version you read.' })
  expectedVersion!: number;

  @Field(() => ID, { nullable: true, description: 'The member of your office who takes it to trial; you, unless told.' })
  assignTo?: string;
}

@InputType({ description: 'Which case to release.' })
export class ReleaseCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => Int, { description: 'The version you read.' })
  expectedVersion!: number;
}

@InputType({ description: 'A place on a team that another takes over.' })
export class ReplacedAssignment {
  @Field(() => ID, { description: 'The place.' })
  assignmentId!: string;

  @Field(() => Int, { description: 'Its version as you read it.' })
  expectedVersion!: number;
}

@InputType({ description: 'Whom to put on the team.' })
export class AssignCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'A member of your office.' })
  memberId!: string;

  @Field(() => TeamRoles, { description: 'As what.' })
  role!: TeamRole;

  @Field(() => ReplacedAssignment, { nullable: true, description: 'The place that ends with it.' })
  replaces?: ReplacedAssignment;
}

@InputType({ description: 'Which place on the team ends.' })
export class UnassignCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The place.' })
  assignmentId!: string;

  @Field(() => Int, { description: 'Its version as you read it.' })
  expectedVersion!: number;
}

@ObjectType({ description: 'What came of it.' })
export class RouteCasePayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now; null where the act closed it to you.' })
  case!: Case | null;
}

@ObjectType({ description: 'What came of it.' })
export class ClaimCasePayload {
  @Field(() => Case, { nullable: true, description: 'The case, with all that the claim opened to you.' })
  case!: Case | null;
}

@ObjectType({ description: 'What came of it.' })
export class ReleaseCasePayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now.' })
  case!: Case | null;
}

@ObjectType({ description: 'What came of it.' })
export class AssignCasePayload {
  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;

  @Field(() => Assignment, { nullable: true, description: 'The new place.' })
  assignment!: Assignment | null;
}

@ObjectType({ description: 'What came of it.' })
export class UnassignCasePayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now.' })
  case!: Case | null;
}
