import { Field, InputType } from 'type-graphql';
import { IncidentKinds } from '../cases/case.type.ts';
import type { IncidentKind } from '../cases/lifecycle.ts';
import type { RecordingKind } from '../cases/recording.table.ts';
import { RecordingKinds } from '../cases/recording.type.ts';
import type { ElectedPart, IdentificationOutcome } from '../cases/report.table.ts';
import { ElectedParts, IdentificationOutcomes } from '../cases/report.type.ts';
import { DateTime } from '../kernel/scalars.ts';
import { OffenceLevels } from '../law/limitation.type.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import { IncidentInput } from './incident.inputs.ts';
import { PersonInput } from './person.inputs.ts';

@InputType({ description: 'The attempt to identify the supervisory officer on scene.' })
export class SupervisorIdentificationInput {
  @Field(() => IdentificationOutcomes, { description: 'What came of it.' })
  outcome!: IdentificationOutcome;

  @Field(() => String, { nullable: true, description: 'The name that was given.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'The badge number that was given.' })
  badge?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the check, or its refusal, was recorded on camera.' })
  recordedOnCamera?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Remarks.' })
  note?: string | null;
}

@InputType({ description: 'Emergency medical services.' })
export class EmergencyMedicalInput {
  @Field(() => Boolean, { description: 'Whether they were summoned.' })
  summoned!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When they were summoned.' })
  summonedAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When they arrived.' })
  arrivedAt?: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether aid was rendered.' })
  aidRendered?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Remarks.' })
  note?: string | null;
}

@InputType({ description: 'Who preserved the evidence.' })
export class PreservationInput {
  @Field(() => String, { description: 'The police supervisor.' })
  preservedBy!: string;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  preservedAt?: Date | null;
}

@InputType({ description: 'A recording that its holder keeps.' })
export class RecordingInput {
  @Field(() => RecordingKinds, { description: 'What made it.' })
  kind!: RecordingKind;

  @Field(() => String, { description: 'Who keeps it.' })
  holder!: string;

  @Field(() => String, { nullable: true, description: 'The device.' })
  device?: string | null;

  @Field(() => String, { nullable: true, description: 'Where its holder keeps it.' })
  uri?: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the file, 64 hexadecimal digits.' })
  sha256?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Begins.' })
  capturedFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Ends.' })
  capturedTo?: Date | null;

  @Field(() => String, { nullable: true, description: 'Remarks.' })
  note?: string | null;
}

@InputType({ description: 'How the referral came about.' })
export class ProvenanceInput {
  @Field(() => String, { description: 'Who decided to refer.' })
  decidedBy!: string;

  @Field(() => [String], { description: 'Who was consulted; empty: nobody.' })
  consulted!: string[];

  @Field(() => ElectedParts, { nullable: true, description: 'What part an elected official had in it. An office may refuse what one directed.' })
  electedOfficial?: ElectedPart | null;
}

@InputType({ description: "A sworn supervisor's signature under the facts." })
export class SignatureInput {
  @Field(() => String, { description: 'Name and rank.' })
  signedBy!: string;

  @Field(() => String, { nullable: true, description: 'Badge number.' })
  badge?: string | null;

  @Field(() => DateTime, { description: 'When.' })
  signedAt!: Date;
}

@InputType({ description: 'A referral as the agency sends it.' })
export class ReferralInput {
  @Field(() => String, { nullable: true, description: "The agency's ORI, to make sure. The referral is your own agency's in any case." })
  agencyOri?: string | null;

  @Field(() => String, { description: "The agency's report number." })
  reportNumber!: string;

  @Field(() => String, { nullable: true, description: 'The station or bureau that sends it, up to 80 characters and always in the same words: scorecards count by it.' })
  unit?: string | null;

  @Field(() => IncidentKinds, { description: 'What is referred, by its gravest part.' })
  kind!: IncidentKind;

  @Field(() => IncidentInput, { description: 'Where and when it happened.' })
  incident!: IncidentInput;

  @Field(() => String, { description: 'What happened.' })
  narrative!: string;

  @Field(() => [String], { nullable: true, description: 'Citations of the offences alleged, in everyday spelling.' })
  allegedOffences?: string[] | null;

  @Field(() => OffenceLevels, { nullable: true, description: 'How grave the agency takes it to be.' })
  allegedLevel?: OffenceLevel | null;

  @Field(() => Boolean, { description: 'Whether anyone was injured.' })
  anyoneInjured!: boolean;

  @Field(() => SupervisorIdentificationInput, { nullable: true, description: 'The attempt to identify the supervisory officer on scene.' })
  supervisorIdentification?: SupervisorIdentificationInput | null;

  @Field(() => EmergencyMedicalInput, { nullable: true, description: 'Emergency medical services.' })
  emergencyMedical?: EmergencyMedicalInput | null;

  @Field(() => PreservationInput, { nullable: true, description: 'Who preserved the evidence.' })
  preservation?: PreservationInput | null;

  @Field(() => [RecordingInput], { nullable: true, description: 'The recordings.' })
  recordings?: RecordingInput[] | null;

  @Field(() => [PersonInput], { nullable: true, description: 'The persons.' })
  persons?: PersonInput[] | null;

  @Field(() => ProvenanceInput, { nullable: true, description: 'How the referral came about.' })
  provenance?: ProvenanceInput | null;

  @Field(() => SignatureInput, { nullable: true, description: 'The signature.' })
  signature?: SignatureInput | null;
}
