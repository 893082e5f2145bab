import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Statute } from '../law/statute.type.ts';

@InputType({ description: 'Which text of law is confirmed, as it was read.' })
export class AttestStatuteInput {
  @Field(() => ID, { description: 'A text of a statute of your own state.' })
  versionId!: string;

  @Field(() => Int, { description: 'The revision that you read: what the text says at another one is not confirmed.' })
  expectedRevision!: number;
}

@ObjectType({ description: 'What came of it.' })
export class AttestStatutePayload {
  @Field(() => Statute, { nullable: true, description: 'The statute.' })
  statute!: Statute | null;
}
