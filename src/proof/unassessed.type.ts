import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Charge } from '../charges/charge.type.ts';
import { connectionOf } from '../database/page.type.ts';

@ObjectType({ description: 'An element of a live charge that nobody of your office has assessed, or you have not.' })
export class UnassessedElement {
  @Field(() => Charge, { description: 'The charge.' })
  charge!: Charge;

  @Field(() => Int, { description: 'Its place in the statute, from 1.' })
  position!: number;

  @Field(() => String, { description: 'What must be proven.' })
  text!: string;

  @Field(() => Case, { description: 'The case.' })
  case!: Case;
}

export const UnassessedElementConnection = connectionOf('UnassessedElement', () => UnassessedElement, 'Elements by the time their charge was proposed, newest charge first, each in the order of its statute.');

@InputType({ description: 'Which elements; all of it must hold.' })
export class UnassessedElementFilter {
  @Field(() => Boolean, { nullable: true, description: 'True: those that you have not assessed yourself, whoever else has. Else those that nobody of your office has.' })
  byMe?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Of cases that this office leads.' })
  lead?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of cases on whose team this member is.' })
  assignee?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of charges under this statute.' })
  statute?: string | null;
}
