import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import type { AnnotationKind, Audience, Privilege, TargetKind } from './annotation.table.ts';
import { Annotation, AnnotationKinds, Audiences, Privileges, TargetKinds } from './annotation.type.ts';

@InputType({ description: 'What a remark is about.' })
export class AnnotationTargetInput {
  @Field(() => TargetKinds, { description: 'A part of the case, or the whole.' })
  kind!: TargetKind;

  @Field(() => ID, { nullable: true, description: 'Which person, recording or charge of this case; left away for the case and its report.' })
  id?: string | null;
}

@InputType({ description: 'A passage by its words.' })
export class TextQuoteInput {
  @Field(() => String, { description: 'The words, 1 to 5,000 characters.' })
  exact!: string;

  @Field(() => String, { nullable: true, description: 'What stands before them, to tell one place from another.' })
  prefix?: string | null;

  @Field(() => String, { nullable: true, description: 'What stands behind them.' })
  suffix?: string | null;
}

@InputType({ description: 'A passage by its place, in Unicode code points.' })
export class TextPositionInput {
  @Field(() => Int, { description: 'Its first character; the narrative begins at 0.' })
  start!: number;

  @Field(() => Int, { description: 'The first character behind it.' })
  end!: number;
}

@InputType({ description: 'A part of a recording in time.' })
export class MediaFragmentInput {
  @Field(() => Float, { description: 'Its first second, from the beginning of the recording.' })
  from!: number;

  @Field(() => Float, { description: 'The second it ends at.' })
  to!: number;
}

@InputType({ description: 'The part of its target that a remark is about, as the Web Annotation model has it. Exactly one field is given.' })
export class AnnotationSelectorInput {
  @Field(() => TextQuoteInput, { nullable: true, description: "A passage of the report's narrative by its words, which must stand there." })
  quote?: TextQuoteInput | null;

  @Field(() => TextPositionInput, { nullable: true, description: "A passage of the report's narrative by its place, which must lie within it." })
  position?: TextPositionInput | null;

  @Field(() => MediaFragmentInput, { nullable: true, description: 'A part of a recording.' })
  fragment?: MediaFragmentInput | null;
}

@InputType({ description: 'A remark.' })
export class AnnotateCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => AnnotationTargetInput, { description: 'What it is about.' })
  target!: AnnotationTargetInput;

  @Field(() => AnnotationSelectorInput, { nullable: true, description: 'Which part of the target; the whole, unless told.' })
  selector?: AnnotationSelectorInput | null;

  @Field(() => AnnotationKinds, { description: 'What sort of remark.' })
  kind!: AnnotationKind;

  @Field(() => String, { description: 'The words, 1 to 20,000 characters.' })
  body!: string;

  @Field(() => Audiences, { nullable: true, description: 'Who reads it; unless told, the team where you are on it, else the office, and of an office that has a part in a case of another, all that handle it.' })
  audience?: Audience | null;

  @Field(() => Privileges, { nullable: true, description: 'The privilege that you claim; none, unless told.' })
  privilege?: Privilege | null;

  @Field(() => Boolean, { nullable: true, description: 'You hold that it helps the defence.' })
  favourableToDefence?: boolean | null;
}

@InputType({ description: 'A new revision of your own remark: other words, a deletion, or another view of whom it helps.' })
export class ReviseAnnotationInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The remark.' })
  annotationId!: string;

  @Field(() => Int, { description: 'The revision you read.' })
  expectedRevision!: number;

  @Field(() => String, { nullable: true, description: 'The new words, 1 to 20,000 characters. They bring a deleted remark back.' })
  body?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True deletes it: a revision without words, given alone. What stood before is kept.' })
  delete?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether you hold that it helps the defence. A deletion does not take that back.' })
  favourableToDefence?: boolean | null;
}

@ObjectType({ description: 'What came of it.' })
export class AnnotateCasePayload {
  @Field(() => Annotation, { nullable: true, description: 'The remark.' })
  annotation!: Annotation | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}

@ObjectType({ description: 'What came of it.' })
export class ReviseAnnotationPayload {
  @Field(() => Annotation, { nullable: true, description: 'The remark as it stands now.' })
  annotation!: Annotation | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
