import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import {
  ANNOTATION_KINDS, AUDIENCES, PRIVILEGES, TARGET_KINDS,
  type AnnotationKind, type AnnotationRevisionRow, type AnnotationRow, type Audience, type Privilege, type TargetKind,
} from './annotation.table.ts';

export const AnnotationKinds = enumOf(ANNOTATION_KINDS);
export const Audiences = enumOf(AUDIENCES);
export const Privileges = enumOf(PRIVILEGES);
export const TargetKinds = enumOf(TARGET_KINDS);

registerEnumType(AnnotationKinds, { name: 'AnnotationKind', description: 'What sort of remark.' });
registerEnumType(Audiences, {
  name: 'Audience',
  description: 'Who reads a remark.',
  valuesConfig: {
    TEAM: { description: 'The trial team of the case; nobody else in the office.' },
    OFFICE: { description: 'Whoever in the office may read what the remark is about.' },
    JOINT: { description: 'The lead and all offices that have a part in the case, as far as they may read what the remark is about.' },
    COALITION: { description: 'All members of the coalition to whom the case, and what the remark is about, is open.' },
  },
});
registerEnumType(Privileges, { name: 'Privilege', description: 'The privilege that its author claims for a remark.' });
registerEnumType(TargetKinds, { name: 'TargetKind', description: 'What a remark is about.' });

@ObjectType({ description: 'What a remark is about.' })
export class AnnotationTarget {
  @Field(() => TargetKinds, { description: 'A part of the case, or the whole.' })
  kind!: TargetKind;

  @Field(() => ID, { nullable: true, description: 'Which person, recording or charge; null for the case and its report.' })
  id!: string | null;
}

@ObjectType({ description: 'A TextQuoteSelector of the Web Annotation model: a passage by its words.' })
export class TextQuote {
  @Field(() => String, { description: 'The words.' })
  exact!: string;

  @Field(() => String, { nullable: true, description: 'What stands before them.' })
  prefix!: string | null;

  @Field(() => String, { nullable: true, description: 'What stands behind them.' })
  suffix!: string | null;
}

@ObjectType({ description: 'A TextPositionSelector of the Web Annotation model: a passage by its place, in Unicode code points.' })
export class TextPosition {
  @Field(() => Int, { description: 'Its first character; the text begins at 0.' })
  start!: number;

  @Field(() => Int, { description: 'The first character behind it.' })
  end!: number;
}

@ObjectType({ description: 'A FragmentSelector of the Web Annotation model: a part of a recording in time.' })
export class MediaFragment {
  @Field(() => String, { description: 'As in t=10,20.' })
  value!: string;

  @Field(() => String, { description: 'The specification that the value follows.' })
  conformsTo!: string;

  @Field(() => Float, { description: 'Its first second, from the beginning of the recording.' })
  from!: number;

  @Field(() => Float, { description: 'The second it ends at.' })
  to!: number;
}

@ObjectType({ description: 'The part of its target that a remark is about. Exactly one field is set.' })
export class AnnotationSelector {
  @Field(() => TextQuote, { nullable: true, description: 'A passage by its words.' })
  quote?: TextQuote;

  @Field(() => TextPosition, { nullable: true, description: 'A passage by its place.' })
  position?: TextPosition;

  @Field(() => MediaFragment, { nullable: true, description: 'A part in time.' })
  fragment?: MediaFragment;
}

@ObjectType({ description: 'The words of a remark as they stood. Never changed.' })
export class AnnotationRevision implements Pick<AnnotationRevisionRow, 'revision' | 'body' | 'revisedAt'> {
  @Field(() => Int, { description: 'From 1.' })
  revision!: number;

  @Field(() => String, { description: 'The words; empty where this revision deleted them.' })
  body!: string;

  @Field(() => Member, { description: 'Who wrote them.' })
  revisedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  revisedAt!: string;
}

@ObjectType({ description: 'A remark anchored to a case or a part of it.' })
export class Annotation
  implements Pick<AnnotationRow, 'id' | 'kind' | 'audience' | 'privilege' | 'favourableToDefence' | 'revision' | 'createdAt' | 'revisedAt' | 'deleted'>
{
  @Field(() => ID, { description: 'To revise it.' })
  id!: string;

  @Field(() => AnnotationKinds, { description: 'What sort of remark.' })
  kind!: AnnotationKind;

  @Field(() => Audiences, { description: 'Who reads it, as far as they may read what it is about.' })
  audience!: Audience;

  @Field(() => Privileges, { description: 'The privilege that its author claims.' })
  privilege!: Privilege;

  @Field(() => AnnotationTarget, { description: 'What it is about.' })
  target!: AnnotationTarget;

  @Field(() => AnnotationSelector, { nullable: true, description: 'Which part of its target; null: the whole.' })
  selector!: AnnotationSelector | null;

  @Field(() => Boolean, { description: 'The author holds that it helps the defence.' })
  favourableToDefence!: boolean;

  @Field(() => Member, { description: 'Who wrote it.' })
  author!: Member;

  @Field(() => String, { description: 'The words of its newest revision; empty while deleted.' })
  body!: string;

  @Field(() => Int, { description: 'Pass it as expectedRevision to revise it.' })
  revision!: number;

  @Field(() => DateTime, { description: 'When it was written.' })
  createdAt!: string;

  @Field(() => DateTime, { description: 'When its newest revision was written.' })
  revisedAt!: string;

  @Field(() => Boolean, { description: 'Whether its newest revision deleted it.' })
  deleted!: boolean;

  @Field(() => [AnnotationRevision], { description: 'All its revisions, oldest first.' })
  revisions!: AnnotationRevision[];
}

export const AnnotationConnection = connectionOf('Annotation', () => Annotation, 'A page of the remarks on a case, newest first.');
