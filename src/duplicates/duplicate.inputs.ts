import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Verdicts } from './duplicate.type.ts';
import type { Verdict } from './matcher.ts';

@InputType({ description: 'What you say of two cases.' })
export class JudgeDuplicateInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The other one.' })
  otherId!: string;

  @Field(() => Verdicts, { description: 'How they stand to each other.' })
  verdict!: Verdict;

  @Field(() => String, { description: 'Why, in a sentence; shown to whoever reads the reports of both.' })
  reason!: string;

  @Field(() => Int, { description: 'The version of the case that you read.' })
  expectedVersion!: number;
}

@InputType({ description: 'Which merger is undone.' })
export class UndoDuplicateInput {
  @Field(() => ID, { description: 'One of the two cases.' })
  caseId!: string;

  @Field(() => ID, { description: 'The other one.' })
  otherId!: string;

  @Field(() => Int, { description: 'The version of the case that you read.' })
  expectedVersion!: number;
}

@ObjectType({ description: 'What came of it.' })
export class JudgeDuplicatePayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now.' })
  case!: Case | null;

  @Field(() => Case, { nullable: true, description: 'The other one as you may see it now.' })
  other!: Case | null;
}

@ObjectType({ description: 'What came of it.' })
export class UndoDuplicatePayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now.' })
  case!: Case | null;

  @Field(() => Case, { nullable: true, description: 'The other one as you may see it now.' })
  other!: Case | null;
}
