import { Field, ID, InputType } from 'type-graphql';
import { ReferralInput } from './referral.inputs.ts';

@InputType({ description: 'A referral to be checked.' })
export class ValidateReferralInput {
  @Field(() => ReferralInput, { description: 'The referral.' })
  referral!: ReferralInput;

  @Field(() => ID, { nullable: true, description: 'Judge it as one of an import that this supervisor of your agency attests: id or subject.' })
  attestedBy?: string | null;
}

@InputType({ description: 'The document that a referral was made from, byte for byte.' })
export class OriginalInput {
  @Field(() => String, { description: 'Its media type, for instance text/csv or application/xml.' })
  mediaType!: string;

  @Field(() => String, { description: 'Its bytes in base 64, at most 256 kB of them.' })
  base64!: string;
}

@InputType({ description: 'A referral to be submitted.' })
export class SubmitReferralInput {
  @Field(() => String, { description: 'A key of your own, up to 200 characters: sent again with the same content it answers the first result.' })
  idempotencyKey!: string;

  @Field(() => ReferralInput, { description: 'The referral.' })
  referral!: ReferralInput;

  @Field(() => OriginalInput, { nullable: true, description: 'The record that it was made from, kept as it is for your agency; the JSON of the referral unless given. Sent again under the same key, the first stays.' })
  original?: OriginalInput | null;
}

@InputType({ description: "One member answers for the whole import, in place of signatures." })
export class AttestationInput {
  @Field(() => ID, { description: 'The member who attests, a supervisor of your agency: id or subject.' })
  attestedBy!: string;

  @Field(() => String, { description: 'What is attested.' })
  statement!: string;

  @Field(() => String, { description: 'The name of the file that is imported.' })
  source!: string;

  @Field(() => String, { description: 'SHA-256 of the file, 64 hexadecimal digits.' })
  sha256!: string;
}

@InputType({ description: 'Up to a hundred referrals, each with an outcome of its own.' })
export class SubmitReferralsInput {
  @Field(() => [SubmitReferralInput], { description: '1 to 100 referrals.' })
  referrals!: SubmitReferralInput[];

  @Field(() => AttestationInput, { nullable: true, description: 'For an import of records that no supervisor signed.' })
  attestation?: AttestationInput | null;
}
