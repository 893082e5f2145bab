import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { DateTime } from '../kernel/scalars.ts';
import { Statute } from '../law/statute.type.ts';

@InputType({ description: 'Which text of law is confirmed, as it was read.' })
export class AttestStatuteInput {
  @Field(() => ID, { description: 'A text of a statute of your own state.' })
  versionId!: string;

  @Field(() => Int, { description: 'The revision that you read: what the text says at another one is not confirmed.' })
  expectedRevision!: number;
}

@InputType({ description: 'Which text of law is no longer confirmed.' })
export class WithdrawAttestationInput {
  @Field(() => ID, { description: 'A text of a statute of your own state.' })
  versionId!: string;

  @Field(() => String, { description: 'What is doubtful about the text, or about its confirmation, in a sentence. Every seat reads it.' })
  reason!: string;
}

@ObjectType({ description: 'What came of it.' })
export class AttestStatutePayload {
  @Field(() => Statute, { nullable: true, description: 'The statute.' })
  statute!: Statute | null;
}

@ObjectType({ description: 'That an attorney of the state confirmed a text of law, in the wording of a revision.' })
export class StatuteAttestation {
  @Field(() => String, { description: 'Who: the name and the office of that day.' })
  attestedBy!: string;

  @Field(() => Member, { description: 'The same as a member, with the seat of today.' })
  member!: Member;

  @Field(() => DateTime, { description: 'When.' })
  at!: string;

  @Field(() => Int, { description: 'The revision of the text that was confirmed.' })
  revision!: number;

  @Field(() => Boolean, { description: 'Whether it holds: the text still says what was confirmed, and nobody took that back.' })
  current!: boolean;

  @Field(() => Member, { nullable: true, description: 'Who took it back; null while nobody did.' })
  withdrawnBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  withdrawnAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  withdrawnBecause!: string | null;
}
