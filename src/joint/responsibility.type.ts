import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Facets } from '../access/facet.type.ts';
import type { Facet } from '../access/facets.ts';
import { Jurisdiction, Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { INVITATION_STATES, JOINT_ROLES, type InvitationState, type JointRole } from './responsibility.table.ts';

export const JointRoles = enumOf(JOINT_ROLES);
export const InvitationStates = enumOf(INVITATION_STATES);

registerEnumType(JointRoles, {
  name: 'JointRole',
  description: 'The part of an office in a case that another leads.',
  valuesConfig: {
    CO: { description: 'Handles it together with the lead: staffs its own part, writes remarks to all who handle it.' },
    SUPPORT: { description: 'Helps the lead: staffs its own part and writes remarks too, and sees less of it unless told.' },
    OBSERVER: { description: 'Reads.' },
  },
});
registerEnumType(InvitationStates, {
  name: 'InvitationState',
  description: 'Where an invitation to handle a case jointly stands.',
  valuesConfig: {
    INVITED: { description: 'The office has not answered.' },
    ACCEPTED: { description: 'The office has its part, until it ends.' },
    DECLINED: { description: 'The office does not want it.' },
    WITHDRAWN: { description: 'The lead took it back, or it lapsed.' },
    LEFT: { description: 'The office gave its part up, or became the lead.' },
  },
});

@ObjectType({ description: 'The part of an office in a case that another leads; known to the two of them alone.' })
export class Responsibility {
  @Field(() => ID, { description: 'To answer the invitation, or to withdraw it.' })
  id!: string;

  @Field(() => Jurisdiction, { description: 'The office.' })
  jurisdiction!: Jurisdiction;

  @Field(() => Jurisdiction, { description: 'The lead that invited it.' })
  invitedFor!: Jurisdiction;

  @Field(() => JointRoles, { description: 'As what.' })
  role!: JointRole;

  @Field(() => [Facets], { description: 'What of the case is opened to the office, as far as the law lets it.' })
  facets!: Facet[];

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; null: not.' })
  until!: string | null;

  @Field(() => InvitationStates, { description: 'Where it stands.' })
  state!: InvitationState;

  @Field(() => String, { description: 'Why, in a sentence.' })
  reason!: string;

  @Field(() => Member, { description: 'Who invited.' })
  invitedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  invitedAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who answered last, or ended it.' })
  answeredBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  answeredAt!: string | null;
}
