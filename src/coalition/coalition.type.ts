import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { AGENCY_ROLES, COALITION_ROLES, OFFICE_ROLES, type Role } from '../access/seats.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { AGENCY_KINDS, type AgencyKind, type AgencyRow } from './agency.table.ts';
import { type JurisdictionRow, type Standing, STANDINGS } from './jurisdiction.table.ts';
import { MEMBER_KINDS, type MemberKind, type MemberRow } from './member.table.ts';

export const Standings = enumOf(STANDINGS);
export const AgencyKinds = enumOf(AGENCY_KINDS);
export const MemberKinds = enumOf(MEMBER_KINDS);
export const Roles = enumOf([...new Set<Role>([...OFFICE_ROLES, ...AGENCY_ROLES, ...COALITION_ROLES])]);

registerEnumType(Standings, {
  name: 'Standing',
  description: 'How an office stands to the coalition.',
  valuesConfig: {
    MEMBER: { description: 'A member: shares as its rules say, and is counted.' },
    GUEST: { description: 'Receives referrals, shares nothing unless its rules say so, and is not counted.' },
  },
});
registerEnumType(AgencyKinds, { name: 'AgencyKind', description: 'The sort of police agency.' });
registerEnumType(MemberKinds, { name: 'MemberKind', description: 'Whether a human being or a program signs in.' });
registerEnumType(Roles, { name: 'Role', description: 'The role of a seat, in an office, an agency or the coalition.' });

type PublishedJurisdiction = Pick<JurisdictionRow, 'id' | 'slug' | 'name' | 'prefix' | 'state' | 'standing' | 'officeTitle' | 'timeZone' | 'trialCourt' | 'federalDistrict'>;

@ObjectType({ description: 'A prosecuting office and its territory.' })
export class Jurisdiction implements PublishedJurisdiction {
  @Field(() => ID, { description: 'The same in every installation.' })
  id!: string;

  @Field(() => String, { description: 'A short name for addresses and filters, for instance dallas-tx.' })
  slug!: string;

  @Field(() => String, { description: 'The name of the office.' })
  name!: string;

  @Field(() => String, { description: 'Begins the numbers of its cases.' })
  prefix!: string;

  @Field(() => String, { description: 'The state, in two letters.' })
  state!: string;

  @Field(() => Standings, { description: 'Member or guest.' })
  standing!: Standing;

  @Field(() => String, { description: 'What the state calls its prosecutor.' })
  officeTitle!: string;

  @Field(() => String, { description: 'The zone of its courts, an IANA name.' })
  timeZone!: string;

  @Field(() => String, { description: 'The court that tries its felonies.' })
  trialCourt!: string;

  @Field(() => String, { description: 'The federal district it lies in.' })
  federalDistrict!: string;

  @Field(() => [String], { description: 'Its counties, five digits each.' })
  counties!: string[];
}

@ObjectType({ description: 'A police agency.' })
export class Agency implements Pick<AgencyRow, 'id' | 'ori' | 'slug' | 'name' | 'kind' | 'state'> {
  @Field(() => ID, { description: 'The same in every installation.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Originating agency identifier; some agencies have none on file.' })
  ori!: string | null;

  @Field(() => String, { description: 'A short name for addresses and filters.' })
  slug!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => AgencyKinds, { description: 'Its sort.' })
  kind!: AgencyKind;

  @Field(() => String, { description: 'The state, in two letters.' })
  state!: string;
}

@ObjectType({ description: 'A person or a program with one seat.' })
export class Member implements Pick<MemberRow, 'id' | 'name' | 'kind' | 'role' | 'active'> {
  @Field(() => ID, { description: 'For assignments and filters.' })
  id!: string;

  @Field(() => String, { description: 'The name.' })
  name!: string;

  @Field(() => MemberKinds, { description: 'Person or machine.' })
  kind!: MemberKind;

  @Field(() => Roles, { description: 'The role of the seat.' })
  role!: Role;

  @Field(() => Boolean, { description: 'Whether the account may sign in.' })
  active!: boolean;

  @Field(() => Jurisdiction, { nullable: true, description: 'The office, for a seat in one.' })
  office!: Jurisdiction | null;

  @Field(() => Agency, { nullable: true, description: 'The agency, for a seat in one.' })
  agency!: Agency | null;
}

export const AgencyConnection = connectionOf('Agency', () => Agency, 'A page of police agencies, by name.');
export const MemberConnection = connectionOf('Member', () => Member, 'A page of members, by name.');
