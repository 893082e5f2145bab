import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { OffenceLevels } from '../law/limitation.type.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import { ELECTED_PARTS, type ElectedPart, IDENTIFICATION_OUTCOMES, type IdentificationOutcome } from './report.table.ts';

export const IdentificationOutcomes = enumOf(IDENTIFICATION_OUTCOMES);
export const ElectedParts = enumOf(ELECTED_PARTS);

registerEnumType(ElectedParts, {
  name: 'ElectedOfficialPart',
  description: 'What part an elected official had in the decision to refer.',
  valuesConfig: {
    NONE: { description: 'None.' },
    CONSULTED: { description: 'An elected official was asked, or gave advice; the agency decided.' },
    DIRECTED: { description: 'An elected official decided that it be referred, or ordered it.' },
  },
});

registerEnumType(IdentificationOutcomes, {
  name: 'IdentificationOutcome',
  description: 'What came of the attempt to identify the supervisory officer on scene. A documented attempt without success is complete; NOT_ATTEMPTED is not.',
});

@ObjectType({ description: 'The attempt to identify the supervisory officer on scene. A name or badge that was given stands among the persons.' })
export class SupervisorIdentification {
  @Field(() => IdentificationOutcomes, { description: 'What came of it.' })
  outcome!: IdentificationOutcome;

  @Field(() => Boolean, { nullable: true, description: 'Whether the check, or its refusal, was recorded on camera.' })
  recordedOnCamera!: boolean | null;

  @Field(() => String, { nullable: true, description: 'Remarks.' })
  note!: string | null;
}

@ObjectType({ description: 'Emergency medical services.' })
export class EmergencyMedical {
  @Field(() => Boolean, { description: 'Whether they were summoned.' })
  summoned!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When they were summoned.' })
  summonedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When they arrived.' })
  arrivedAt!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether aid was rendered.' })
  aidRendered!: boolean | null;

  @Field(() => String, { nullable: true, description: 'Remarks.' })
  note!: string | null;
}

@ObjectType({ description: 'Who preserved the evidence.' })
export class Preservation {
  @Field(() => String, { description: 'The police supervisor.' })
  preservedBy!: string;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  preservedAt!: string | null;
}

@ObjectType({ description: 'How a referral came about.' })
export class Provenance {
  @Field(() => String, { description: 'Who decided to refer.' })
  decidedBy!: string;

  @Field(() => [String], { description: 'Who was consulted; empty: nobody.' })
  consulted!: string[];

  @Field(() => ElectedParts, { nullable: true, description: 'What part an elected official had in it; null: the agency does not say.' })
  electedOfficial!: ElectedPart | null;
}

@ObjectType({ description: "A police supervisor's signature under the facts." })
export class Signature {
  @Field(() => String, { description: 'Name and rank.' })
  signedBy!: string;

  @Field(() => String, { nullable: true, description: 'Badge number.' })
  badge!: string | null;

  @Field(() => DateTime, { description: 'When.' })
  signedAt!: string;
}

@ObjectType({ description: "One member answers for an import. It is no officer's signature." })
export class Attestation {
  @Field(() => String, { description: 'Who attested.' })
  attestedBy!: string;

  @Field(() => DateTime, { description: 'When.' })
  attestedAt!: string;

  @Field(() => String, { description: 'What was attested.' })
  statement!: string;

  @Field(() => String, { description: 'The file that was imported.' })
  source!: string;
}

@ObjectType({ description: 'The facts that the agency signed.' })
export class CaseReport {
  @Field(() => String, { description: "The agency's report number." })
  reportNumber!: string;

  @Field(() => String, { description: 'What happened, in the words of the agency.' })
  narrative!: string;

  @Field(() => String, { description: 'The exact place.' })
  place!: string;

  @Field(() => Float, { nullable: true, description: 'Degrees north, WGS 84.' })
  latitude!: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east, WGS 84.' })
  longitude!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it happened; null where the agency knows the day alone.' })
  occurredAt!: string | null;

  @Field(() => Boolean, { description: 'Whether anyone was injured.' })
  anyoneInjured!: boolean;

  @Field(() => [String], { description: 'The offences that the agency alleges, in its own spelling.' })
  allegedOffences!: string[];

  @Field(() => OffenceLevels, { nullable: true, description: 'How grave the agency takes it to be.' })
  allegedLevel!: OffenceLevel | null;

  @Field(() => SupervisorIdentification, { nullable: true, description: 'The attempt to identify the supervisory officer on scene.' })
  supervisorIdentification!: SupervisorIdentification | null;

  @Field(() => EmergencyMedical, { nullable: true, description: 'Emergency medical services.' })
  emergencyMedical!: EmergencyMedical | null;

  @Field(() => Preservation, { nullable: true, description: 'Who preserved the evidence.' })
  preservation!: Preservation | null;

  @Field(() => Provenance, { nullable: true, description: 'How the referral came about.' })
  provenance!: Provenance | null;

  @Field(() => ElectedParts, { nullable: true, description: 'The part of an elected official for which the admission rule of the declared county’s office flags it; null: it is not flagged.' })
  flaggedFor!: ElectedPart | null;

  @Field(() => Signature, { nullable: true, description: 'The signature; null where an import was attested instead.' })
  signature!: Signature | null;

  @Field(() => Attestation, { nullable: true, description: 'The attestation of an import.' })
  attestation!: Attestation | null;
}
