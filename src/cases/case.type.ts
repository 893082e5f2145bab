import { GraphQLDate } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Agency, Jurisdiction, Member } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { OffenceLevels } from '../law/limitation.type.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import { TEAM_ROLES } from './assignment.table.ts';
import { INCIDENT_KINDS, STAGES, type IncidentKind, type Stage } from './lifecycle.ts';
import { PERSON_PARTS, type PersonPart } from './person.table.ts';
import { RECORDING_KINDS } from './recording.table.ts';
import { IDENTIFICATION_OUTCOMES, type IdentificationOutcome } from './report.table.ts';
import { VENUE_BASES } from './venue.table.ts';

export const Stages = enumOf(STAGES);
export const IncidentKinds = enumOf(INCIDENT_KINDS);
export const PersonParts = enumOf(PERSON_PARTS);
export const RecordingKinds = enumOf(RECORDING_KINDS);
export const VenueBases = enumOf(VENUE_BASES);
export const TeamRoles = enumOf(TEAM_ROLES);
export const IdentificationOutcomes = enumOf(IDENTIFICATION_OUTCOMES);

registerEnumType(Stages, { name: 'Stage', description: 'Where a case stands.' });
registerEnumType(IncidentKinds, { name: 'IncidentKind', description: 'What was referred, by its gravest part.' });
registerEnumType(PersonParts, {
  name: 'PersonPart',
  description: 'The part a person has in a case.',
  valuesConfig: {
    SUBJECT: { description: 'Whose conduct is referred.' },
    OFFICIAL: { description: 'A public officer who was present or gave information.' },
  },
});
registerEnumType(RecordingKinds, { name: 'RecordingKind', description: 'What made a recording.' });
registerEnumType(VenueBases, { name: 'VenueBasis', description: 'Why an office may prosecute a case.' });
registerEnumType(TeamRoles, { name: 'TeamRole', description: 'A place on the team of a case. TRIAL and FILTER exclude each other for ever on one case.' });
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

  @Field(() => Signature, { nullable: true, description: 'The signature; null where an import was attested instead.' })
  signature!: Signature | null;

  @Field(() => Attestation, { nullable: true, description: 'The attestation of an import.' })
  attestation!: Attestation | null;
}

@ObjectType({ description: 'How a person can be reached. Open to advocates and to the team of the case.' })
export class PersonContact {
  @Field(() => String, { nullable: true, description: 'Telephone.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'Address.' })
  address!: string | null;

  @Field(() => Boolean, { description: 'The person refused disclosure of these data.' })
  disclosureRefused!: boolean;
}

@ObjectType({ description: 'A person in a case: named, or unidentified and known by descriptors, badge or plate.' })
export class Person {
  @Field(() => ID, { description: 'For charges and annotations.' })
  id!: string;

  @Field(() => PersonParts, { description: 'The part in the case.' })
  part!: PersonPart;

  @Field(() => String, { nullable: true, description: 'The name; null while unidentified.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'What describes an unidentified person.' })
  descriptors!: string | null;

  @Field(() => String, { nullable: true, description: 'Badge number.' })
  badge!: string | null;

  @Field(() => String, { nullable: true, description: 'Plate of the vehicle.' })
  plate!: string | null;

  @Field(() => String, { nullable: true, description: 'Markings of an employing agency on clothing or vehicle.' })
  markings!: string | null;

  @Field(() => Boolean, { description: 'Whether the person was a minor at the incident.' })
  minorAtIncident!: boolean;

  @Field(() => Boolean, { description: 'Whether the person was injured.' })
  injured!: boolean;

  @Field(() => String, { nullable: true, description: 'The injury.' })
  injury!: string | null;

  @Field(() => PersonContact, { nullable: true, description: 'How to reach the person; null where there is nothing that you may see.' })
  contact!: PersonContact | null;
}

@ObjectType({ description: 'A recording that its holder keeps; the coalition keeps no media.' })
export class Recording {
  @Field(() => ID, { description: 'For annotations.' })
  id!: string;

  @Field(() => RecordingKinds, { description: 'What made it.' })
  kind!: string;

  @Field(() => String, { description: 'Who keeps it.' })
  holder!: string;

  @Field(() => String, { nullable: true, description: 'The device.' })
  device!: string | null;

  @Field(() => String, { nullable: true, description: 'Where its holder keeps it.' })
  uri!: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the file, hexadecimal; null where the holder gave none.' })
  sha256!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Begins.' })
  capturedFrom!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Ends.' })
  capturedTo!: string | null;

  @Field(() => String, { nullable: true, description: 'Remarks.' })
  note!: string | null;
}

@ObjectType({ description: 'An office that may prosecute a case, and why.' })
export class Venue {
  @Field(() => Jurisdiction, { description: 'The office.' })
  jurisdiction!: Jurisdiction;

  @Field(() => VenueBases, { description: 'The ground.' })
  basis!: string;

  @Field(() => String, { description: 'The county, five digits.' })
  countyFips!: string;

  @Field(() => String, { description: 'The ground in a sentence.' })
  reason!: string;
}

@ObjectType({ description: 'A place on the team of a case.' })
export class Assignment {
  @Field(() => ID, { description: 'To end or replace it.' })
  id!: string;

  @Field(() => Member, { description: 'Who.' })
  member!: Member;

  @Field(() => TeamRoles, { description: 'As what.' })
  role!: string;

  @Field(() => DateTime, { description: 'Since when.' })
  since!: string;

  @Field(() => Int, { description: 'Pass it as expectedVersion to end or replace this place.' })
  version!: number;
}

@ObjectType({ description: 'A case. A part that is closed to you is null, or an empty list.' })
export class Case {
  @Field(() => ID, { description: 'The case.' })
  id!: string;

  @Field(() => String, { description: 'Its number, for life.' })
  number!: string;

  @Field(() => String, { description: 'The state of the declared county, in two letters.' })
  state!: string;

  @Field(() => String, { description: 'The declared county, five digits.' })
  countyFips!: string;

  @Field(() => GraphQLDate, { description: 'The day it happened, where it happened.' })
  incidentOn!: string;

  @Field(() => IncidentKinds, { description: 'What was referred.' })
  kind!: IncidentKind;

  @Field(() => Stages, { description: 'Where it stands.' })
  stage!: Stage;

  @Field(() => Int, { description: 'Pass it as expectedVersion to an act that replaces what stands here.' })
  version!: number;

  @Field(() => DateTime, { description: 'When the referral arrived.' })
  receivedAt!: string;

  @Field(() => Agency, { description: 'The agency that referred it.' })
  agency!: Agency;

  @Field(() => Jurisdiction, { nullable: true, description: 'The office of the declared county; null: no office holds it.' })
  jurisdiction!: Jurisdiction | null;

  @Field(() => Jurisdiction, { nullable: true, description: 'The office that leads it; null while unclaimed.' })
  lead!: Jurisdiction | null;

  @Field(() => [Venue], { description: 'The offices that may prosecute it.' })
  venues!: Venue[];

  @Field(() => CaseReport, { nullable: true, description: 'The facts that the agency signed.' })
  report!: CaseReport | null;

  @Field(() => [Person], { description: 'The persons that you may see.' })
  persons!: Person[];

  @Field(() => [Recording], { description: 'The recordings that you may see.' })
  recordings!: Recording[];

  @Field(() => [Assignment], { description: 'Its team.' })
  team!: Assignment[];
}

export const CaseConnection = connectionOf('Case', () => Case, 'A page of cases.');
