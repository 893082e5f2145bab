import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Agency, Member } from '../coalition/coalition.type.ts';
import { IncidentKinds } from '../cases/case.type.ts';
import type { IncidentKind } from '../cases/lifecycle.ts';
import { REFERRAL_STATES, type ReferralState } from '../cases/referral-link.table.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { SEVERITIES, type Severity } from '../law/directive.table.ts';

export const ReferralStates = enumOf(REFERRAL_STATES);
export const Severities = enumOf(SEVERITIES);
export const SUBMISSION_OUTCOMES = ['RECEIVED', 'REPLAYED', 'REFUSED'] as const;
export type SubmissionOutcomeName = (typeof SUBMISSION_OUTCOMES)[number];
export const SubmissionOutcomes = enumOf(SUBMISSION_OUTCOMES);

registerEnumType(ReferralStates, { name: 'ReferralState', description: 'What has become of a referral, as its agency may know it.' });
registerEnumType(Severities, { name: 'Severity', description: 'ERROR refuses a referral; WARN and INFO go with it.' });
registerEnumType(SubmissionOutcomes, {
  name: 'SubmissionOutcome',
  description: 'What came of a submission.',
  valuesConfig: {
    RECEIVED: { description: 'It has arrived and is kept.' },
    REPLAYED: { description: 'It had arrived before under this key: this is the first result.' },
    REFUSED: { description: 'Nothing of it is kept; its problems say why.' },
  },
});

@ObjectType('Problem', { description: 'Something that a referral lacks, and how to mend it.' })
export class ProblemType {
  @Field(() => String, { description: 'A word that stays the same.' })
  code!: string;

  @Field(() => Severities, { description: 'What it does to the referral.' })
  severity!: Severity;

  @Field(() => String, { description: 'Where in the referral.' })
  path!: string;

  @Field(() => String, { nullable: true, description: 'The requirement that asks for it: directive/key.' })
  requirement!: string | null;

  @Field(() => String, { description: 'What is wrong.' })
  message!: string;

  @Field(() => String, { description: 'What to do.' })
  remedy!: string;
}

@ObjectType({ description: 'A referral of your own agency.' })
export class Referral {
  @Field(() => ID, { description: 'The referral.' })
  id!: string;

  @Field(() => Agency, { description: 'Your agency.' })
  agency!: Agency;

  @Field(() => String, { description: 'Your report number.' })
  reportNumber!: string;

  @Field(() => String, { nullable: true, description: 'The station or bureau that sent it.' })
  unit!: string | null;

  @Field(() => ReferralStates, { description: 'What has become of it.' })
  state!: ReferralState;

  @Field(() => DateTime, { description: 'Since when.' })
  stateSince!: string;

  @Field(() => IncidentKinds, { description: 'What was referred.' })
  kind!: IncidentKind;

  @Field(() => GraphQLDate, { description: 'The day it happened.' })
  incidentOn!: string;

  @Field(() => String, { description: 'The county, five digits.' })
  countyFips!: string;

  @Field(() => DateTime, { description: 'When it arrived.' })
  submittedAt!: string;

  @Field(() => Member, { description: 'Who sent it.' })
  submittedBy!: Member;

  @Field(() => Boolean, { description: 'Whether it came by an import that one member attested, without an officer’s signature.' })
  attested!: boolean;

  @Field(() => String, { description: 'SHA-256 of the sealed packet, hexadecimal.' })
  packetSha256!: string;

  @Field(() => [ProblemType], { description: 'What it lacked when it arrived.' })
  problems!: ProblemType[];
}

export const ReferralConnection = connectionOf('Referral', () => Referral, 'A page of your agency’s referrals, newest first.');

@InputType({ description: 'Which referrals. All that is given must hold.' })
export class ReferralFilter {
  @Field(() => String, { nullable: true, description: 'With this report number.' })
  reportNumber?: string;

  @Field(() => [ReferralStates], { nullable: true, description: 'In one of these states.' })
  states?: ReferralState[];

  @Field(() => GraphQLDate, { nullable: true, description: 'The incident on this day or later.' })
  incidentFrom?: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'The incident on this day or earlier.' })
  incidentUntil?: string;

  @Field(() => DateTime, { nullable: true, description: 'Submitted at this instant or later.' })
  submittedFrom?: Date;

  @Field(() => DateTime, { nullable: true, description: 'Submitted before this instant.' })
  submittedBefore?: Date;
}

@ObjectType({ description: 'What a submission would meet with. Nothing is kept.' })
export class ValidateReferralPayload {
  @Field(() => Boolean, { description: 'Whether it would be received.' })
  acceptable!: boolean;

  @Field(() => [ProblemType], { description: 'What it lacks.' })
  problems!: ProblemType[];
}

@ObjectType({ description: 'What came of a submission.' })
export class SubmitReferralPayload {
  @Field(() => SubmissionOutcomes, { description: 'Whether it arrived.' })
  outcome!: SubmissionOutcomeName;

  @Field(() => Referral, { nullable: true, description: 'The referral as it is kept; null where it was refused.' })
  referral!: Referral | null;

  @Field(() => [ProblemType], { description: 'What it lacks.' })
  problems!: ProblemType[];
}

@ObjectType({ description: 'What came of one referral of a batch.' })
export class SubmissionItem {
  @Field(() => Int, { description: 'Its place in the batch, from 0.' })
  index!: number;

  @Field(() => String, { description: 'Its key.' })
  idempotencyKey!: string;

  @Field(() => SubmissionOutcomes, { description: 'Whether it arrived.' })
  outcome!: SubmissionOutcomeName;

  referralId!: string | null;

  @Field(() => [ProblemType], { description: 'What it lacks.' })
  problems!: ProblemType[];
}

@ObjectType({ description: 'What came of a batch, item by item.' })
export class SubmitReferralsPayload {
  @Field(() => [SubmissionItem], { description: 'In the order of the batch.' })
  items!: SubmissionItem[];

  @Field(() => Int, { description: 'How many arrived now.' })
  received!: number;

  @Field(() => Int, { description: 'How many had arrived before.' })
  replayed!: number;

  @Field(() => Int, { description: 'How many were refused.' })
  refused!: number;
}
