import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Person } from '../cases/person.type.ts';
import { Recording } from '../cases/recording.type.ts';
import { Signature, SupervisorIdentification } from '../cases/report.type.ts';
import { Agency, Member } from '../coalition/coalition.type.ts';
import { DateTime } from '../kernel/scalars.ts';
import { ProblemType } from './referral.type.ts';

@ObjectType({ description: 'What your agency added to a sealed referral.' })
export class ReferralSupplement {
  @Field(() => ID, { description: 'The supplement.' })
  id!: string;

  @Field(() => Int, { description: 'Its place among the supplements of the referral, from 1.' })
  position!: number;

  @Field(() => String, { description: 'The sealed document: JSON with its keys in order.' })
  document!: string;

  @Field(() => String, { description: 'The hash it is chained to: that of the packet, or of the supplement before.' })
  previousSha256!: string;

  @Field(() => String, { description: 'SHA-256 of the previous hash, as hexadecimal text, with the document behind it.' })
  sha256!: string;

  @Field(() => [ProblemType], { description: 'What it lacked when it arrived.' })
  problems!: ProblemType[];

  @Field(() => DateTime, { description: 'When it arrived.' })
  submittedAt!: string;

  @Field(() => Member, { description: 'Who sent it.' })
  submittedBy!: Member;
}

@ObjectType({ description: 'What the agency added after its referral was sealed. The report stays as it was signed.' })
export class CaseSupplement {
  @Field(() => ID, { description: 'The supplement.' })
  id!: string;

  @Field(() => ID, { description: 'The referral that it is added to.' })
  referralId!: string;

  @Field(() => Agency, { description: 'The agency.' })
  agency!: Agency;

  @Field(() => String, { nullable: true, description: 'What else there is to tell, in the words of the agency.' })
  narrative!: string | null;

  @Field(() => SupervisorIdentification, { nullable: true, description: 'A later attempt to identify the supervisory officer who was on scene.' })
  supervisorIdentification!: SupervisorIdentification | null;

  @Field(() => Signature, { nullable: true, description: 'The signature; null where nobody signed the supplement.' })
  signature!: Signature | null;

  @Field(() => String, { description: 'Its hash, chained to that of the packet: the agency can compute it too.' })
  sha256!: string;

  @Field(() => DateTime, { description: 'When it arrived.' })
  submittedAt!: string;

  @Field(() => Member, { description: 'Who sent it.' })
  submittedBy!: Member;

  @Field(() => [Person], { description: 'The persons that came with it and that you may see.' })
  persons!: Person[];

  @Field(() => [Recording], { description: 'The recordings that came with it and that you may see.' })
  recordings!: Recording[];
}
