import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { BreakGlassUse, Findings } from './glass.type.ts';
import type { Finding } from './glass.table.ts';

@InputType({ description: 'Which case to open, why, and for how long.' })
export class BreakGlassInput {
  @Field(() => ID, { description: 'A case that your office leads.' })
  caseId!: string;

  @Field(() => String, { description: 'Why, in a sentence; the heads of your office read it.' })
  reason!: string;

  @Field(() => Int, { nullable: true, description: 'For how many hours, 1 to 24; it ends at the next midnight of your office at the latest.' })
  hours?: number | null;
}

@InputType({ description: 'Which use to end.' })
export class EndBreakGlassInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'Your use.' })
  useId!: string;
}

@InputType({ description: 'What a review finds.' })
export class ReviewBreakGlassInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The use; not your own.' })
  useId!: string;

  @Field(() => Findings, { description: 'What you find.' })
  finding!: Finding;

  @Field(() => String, { description: 'Why, in a sentence.' })
  remark!: string;
}

@InputType({ description: 'Which uses of break-glass.' })
export class BreakGlassUseFilter {
  @Field(() => Boolean, { nullable: true, description: 'True: those that await their review; false: those that were reviewed.' })
  awaitingReview?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Those of one member.' })
  memberId?: string | null;
}

@ObjectType({ description: 'What came of it.' })
export class BreakGlassPayload {
  @Field(() => BreakGlassUse, { description: 'The use.' })
  use!: BreakGlassUse;

  @Field(() => Case, { nullable: true, description: 'The case, with what it opened to you.' })
  case!: Case | null;
}

@ObjectType({ description: 'What came of it.' })
export class EndBreakGlassPayload {
  @Field(() => BreakGlassUse, { description: 'The use.' })
  use!: BreakGlassUse;

  @Field(() => Case, { nullable: true, description: 'The case as you may see it now.' })
  case!: Case | null;
}

@ObjectType({ description: 'What came of it.' })
export class ReviewBreakGlassPayload {
  @Field(() => BreakGlassUse, { description: 'The use.' })
  use!: BreakGlassUse;
}
