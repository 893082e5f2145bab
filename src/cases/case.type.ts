import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Agency, Jurisdiction, Member } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import type { VenueGround } from '../law/venue.ts';
import { VenueGrounds } from '../law/venue.type.ts';
import { TEAM_ROLES } from './assignment.table.ts';
import { INCIDENT_KINDS, STAGES, type IncidentKind, type Stage } from './lifecycle.ts';
import { Person } from './person.type.ts';
import { Recording } from './recording.type.ts';
import { CaseReport } from './report.type.ts';
import { VENUE_BASES } from './venue.table.ts';

export const Stages = enumOf(STAGES);
export const IncidentKinds = enumOf(INCIDENT_KINDS);
export const VenueBases = enumOf(VENUE_BASES);
export const TeamRoles = enumOf(TEAM_ROLES);

registerEnumType(Stages, { name: 'Stage', description: 'Where a case stands.' });
registerEnumType(IncidentKinds, { name: 'IncidentKind', description: 'What was referred, by its gravest part.' });
registerEnumType(VenueBases, { name: 'VenueBasis', description: 'How an office came to be a venue candidate of a case: by the declared county, found from the places of the incident, confirmed by a person, or sent there.' });
registerEnumType(TeamRoles, { name: 'TeamRole', description: 'A place on the team of a case. TRIAL and FILTER exclude each other for ever on one case.' });

@ObjectType({ description: 'An office that may prosecute a case, and why.' })
export class Venue {
  @Field(() => Jurisdiction, { description: 'The office.' })
  jurisdiction!: Jurisdiction;

  @Field(() => VenueBases, { description: 'How it came to be one.' })
  basis!: string;

  @Field(() => [VenueGrounds], { description: 'The grounds of law; none where an administrator sent the case there.' })
  grounds!: VenueGround[];

  @Field(() => [String], { description: 'The rules that they rest on; empty where none is verified.' })
  citations!: string[];

  @Field(() => String, { nullable: true, description: 'Name and hash of the outlines of counties that it was found with; null where none were asked.' })
  geometry!: string | null;

  @Field(() => String, { description: 'The county, five digits.' })
  countyFips!: string;

  @Field(() => String, { description: 'Why, in a sentence.' })
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
