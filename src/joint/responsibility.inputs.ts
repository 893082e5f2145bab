import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Facets } from '../access/facet.type.ts';
import type { Facet } from '../access/facets.ts';
import { Case } from '../cases/case.type.ts';
import { DateTime } from '../kernel/scalars.ts';
import type { JointRole } from './responsibility.table.ts';
import { JointRoles, Responsibility } from './responsibility.type.ts';

@InputType({ description: 'Which office is to have a part in the case.' })
export class InviteJurisdictionInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'Another office, member or guest.' })
  jurisdictionId!: string;

  @Field(() => JointRoles, { description: 'As what.' })
  role!: JointRole;

  @Field(() => [Facets], {
    nullable: true,
    description: 'What of the case is opened to it, SUMMARY among it. Unless told: to CO all but VICTIM_CONTACT; to SUPPORT SUMMARY, REPORT, PERSONS and EVIDENCE; to OBSERVER SUMMARY and REPORT.',
  })
  facets?: readonly Facet[] | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; not, unless told.' })
  until?: Date | null;

  @Field(() => String, { description: 'Why, in a sentence; shown to the office.' })
  reason!: string;
}

@InputType({ description: 'Which invitation is accepted.' })
export class AcceptInvitationInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The invitation.' })
  invitationId!: string;
}

@InputType({ description: 'Which invitation is declined.' })
export class DeclineInvitationInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The invitation.' })
  invitationId!: string;
}

@InputType({ description: 'Which invitation is withdrawn, answered or not.' })
export class WithdrawInvitationInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The invitation.' })
  invitationId!: string;
}

@InputType({ description: 'Which case your office leaves.' })
export class LeaveCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;
}

@ObjectType({ description: 'What came of it.' })
export class ResponsibilityPayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now; null where the act closed it to you.' })
  case!: Case | null;

  @Field(() => Responsibility, { nullable: true, description: "The office's part as it stands now; null where the case is closed to you." })
  responsibility!: Responsibility | null;
}
