import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Jurisdiction, Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { RESIDUALS, TRANSFER_STATES, type Residual, type TransferState } from './transfer.table.ts';

/** Why a whole office leaves a case and is walled off it: those grounds of a wall that can concern an office. */
export const DEPARTURE_GROUNDS = ['PERSONAL_INTEREST', 'FORMER_CLIENT', 'FAMILY', 'WITNESS', 'TAINT', 'COURT_ORDER', 'OTHER'] as const;
export type DepartureGround = (typeof DEPARTURE_GROUNDS)[number];

export const Residuals = enumOf(RESIDUALS);
export const TransferStates = enumOf(TRANSFER_STATES);
export const DepartureGrounds = enumOf(DEPARTURE_GROUNDS);

registerEnumType(Residuals, {
  name: 'Residual',
  description: 'What a former lead keeps of a case.',
  valuesConfig: {
    NONE: { description: 'Nothing that another rule does not open.' },
    AUTHOR_OWN: { description: 'The SUMMARY, and each author the remarks they wrote.' },
    READ: { description: 'The case to read but for contacts, and each author the remarks they wrote.' },
  },
});
registerEnumType(TransferStates, {
  name: 'TransferState',
  description: 'Where an offer of the lead stands.',
  valuesConfig: {
    PROPOSED: { description: 'The other office has not answered.' },
    ACCEPTED: { description: 'The lead moved.' },
    REJECTED: { description: 'The other office does not take it.' },
    REVOKED: { description: 'The lead took it back, or no longer leads.' },
  },
});
registerEnumType(DepartureGrounds, { name: 'DepartureGround', description: 'Why the whole former lead is walled off the case that it transfers.' });

@ObjectType({ description: 'An offer of the lead to another office; known to the two of them alone.' })
export class Transfer {
  @Field(() => ID, { description: 'To answer it, or to revoke it.' })
  id!: string;

  @Field(() => Jurisdiction, { description: 'The office that leads, or led.' })
  from!: Jurisdiction;

  @Field(() => Jurisdiction, { description: 'The office that is to lead.' })
  to!: Jurisdiction;

  @Field(() => Residuals, { description: 'What the former lead keeps.' })
  residual!: Residual;

  @Field(() => DepartureGrounds, { nullable: true, description: 'The former lead is walled off the case as a whole, on this ground; null: it is not.' })
  wallFormerLead!: DepartureGround | null;

  @Field(() => String, { description: 'Why, in a sentence.' })
  reason!: string;

  @Field(() => TransferStates, { description: 'Where it stands.' })
  state!: TransferState;

  @Field(() => Member, { description: 'Who proposed it.' })
  proposedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  proposedAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who answered it, or took it back.' })
  answeredBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  answeredAt!: string | null;
}

@InputType({ description: 'To whom the lead is offered.' })
export class ProposeTransferInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'Another office.' })
  jurisdictionId!: string;

  @Field(() => Residuals, { nullable: true, description: 'What your office keeps; NONE, unless told.' })
  residual?: Residual | null;

  @Field(() => String, { description: 'Why, in a sentence; shown to the office, and kept with the wall where there is one.' })
  reason!: string;

  @Field(() => DepartureGrounds, { nullable: true, description: 'Walls your whole office off the case in the moment that the other takes it, on this ground.' })
  wallFormerLead?: DepartureGround | null;

  @Field(() => Int, { description: 'The version you read.' })
  expectedVersion!: number;
}

@InputType({ description: 'Which transfer is accepted.' })
export class AcceptTransferInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The transfer.' })
  transferId!: string;

  @Field(() => Int, { description: 'The version you read.' })
  expectedVersion!: number;

  @Field(() => ID, { nullable: true, description: 'The member of your office who takes it to trial; you, unless told.' })
  assignTo?: string | null;
}

@InputType({ description: 'Which transfer is rejected.' })
export class RejectTransferInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The transfer.' })
  transferId!: string;
}

@InputType({ description: 'Which transfer is taken back.' })
export class RevokeTransferInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The transfer.' })
  transferId!: string;
}

@ObjectType({ description: 'What came of it.' })
export class TransferPayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now; null where the act closed it to you.' })
  case!: Case | null;

  @Field(() => Transfer, { nullable: true, description: 'The transfer as it stands now; null where the case is closed to you.' })
  transfer!: Transfer | null;
}
