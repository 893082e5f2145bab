import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { ReturnAnswerInput } from './answer.inputs.ts';
import { PersonInput } from './person.inputs.ts';
import { ProblemType, Referral, SubmissionOutcomes, type SubmissionOutcomeName } from './referral.type.ts';
import { RecordingInput, SignatureInput, SupervisorIdentificationInput } from './referral.inputs.ts';
import type { Appended } from './seal.ts';
import { ReferralSupplement } from './supplement.type.ts';

@InputType({ description: 'What is added to a sealed referral. The rest of it cannot be changed: say in the narrative what is to be corrected.' })
export class SupplementInput implements Appended {
  @Field(() => String, { nullable: true, description: 'What else there is to tell.' })
  narrative?: string | null;

  @Field(() => SupervisorIdentificationInput, { nullable: true, description: 'A later attempt to identify the supervisory officer who was on scene.' })
  supervisorIdentification?: SupervisorIdentificationInput | null;

  @Field(() => [RecordingInput], { nullable: true, description: 'Further recordings, and documents that their holder keeps.' })
  recordings?: RecordingInput[] | null;

  @Field(() => [PersonInput], { nullable: true, description: 'Further persons.' })
  persons?: PersonInput[] | null;

  @Field(() => [ReturnAnswerInput], { nullable: true, description: 'What it answers of what is asked, up to 50 items: each is closed by it, or nothing of the supplement is kept.' })
  answers?: ReturnAnswerInput[] | null;

  @Field(() => SignatureInput, { nullable: true, description: 'The signature under the supplement.' })
  signature?: SignatureInput | null;
}

@InputType({ description: 'A supplement to a referral of your agency.' })
export class SupplementReferralInput {
  @Field(() => String, { description: 'A key of your own, up to 200 characters, that no submission came under: sent again with the same content it answers the first result.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The referral.' })
  referralId!: string;

  @Field(() => SupplementInput, { description: 'What is added.' })
  supplement!: SupplementInput;
}

@ObjectType({ description: 'What came of a supplement.' })
export class SupplementReferralPayload {
  @Field(() => SubmissionOutcomes, { description: 'Whether it arrived.' })
  outcome!: SubmissionOutcomeName;

  @Field(() => ReferralSupplement, { nullable: true, description: 'The supplement as it is kept; null where it was refused.' })
  supplement!: ReferralSupplement | null;

  @Field(() => Referral, { nullable: true, description: 'Your referral as it stands now.' })
  referral!: Referral | null;

  @Field(() => [ProblemType], { description: 'What it lacks.' })
  problems!: ProblemType[];
}
