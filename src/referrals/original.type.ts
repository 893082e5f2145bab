import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType('ReferralOriginal', { description: 'The record that your agency sent a referral as. Its bytes are `referralOriginal`.' })
export class OriginalType {
  @Field(() => String, { description: 'Its media type.' })
  mediaType!: string;

  @Field(() => String, { description: 'SHA-256 of its bytes, hexadecimal.' })
  sha256!: string;

  @Field(() => Int, { description: 'Its size in bytes.' })
  size!: number;
}
