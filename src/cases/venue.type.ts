import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Jurisdiction, Member } from '../coalition/coalition.type.ts';
import { DateTime } from '../kernel/scalars.ts';
import type { VenueAnswer, VenueGround } from '../law/venue.ts';
import { VenueAnswers, VenueGrounds } from '../law/venue.type.ts';
import { Case } from './case.type.ts';

@ObjectType({ description: 'A county whose office may prosecute a case.' })
export class VenueCandidate {
  @Field(() => String, { description: 'The county, five digits.' })
  countyFips!: string;

  @Field(() => String, { nullable: true, description: 'Its name.' })
  countyName!: string | null;

  @Field(() => [VenueGrounds], { description: 'The grounds of law.' })
  grounds!: VenueGround[];

  @Field(() => [String], { description: 'The rules that they rest on; empty where none is verified.' })
  citations!: string[];

  @Field(() => Float, { nullable: true, description: 'Metres from the place to the county’s boundary, from within or without; null where no coordinates were given.' })
  distanceM!: number | null;

  @Field(() => Jurisdiction, { nullable: true, description: 'The office that serves it; null: none on file.' })
  jurisdiction!: Jurisdiction | null;
}

@ObjectType({ description: 'Where a case may be prosecuted, as it was found when the referral arrived and as a person confirmed it.' })
export class VenueFinding {
  @Field(() => VenueAnswers, { description: 'How certain the county was.' })
  answer!: VenueAnswer;

  @Field(() => [VenueCandidate], { description: 'The counties in question; empty where the report is closed to you.' })
  candidates!: VenueCandidate[];

  @Field(() => String, { nullable: true, description: 'Name and hash of the outlines that it was found with; null where no coordinates were given.' })
  geometry!: string | null;

  @Field(() => DateTime, { description: 'When it was found.' })
  computedAt!: string;

  @Field(() => String, { nullable: true, description: 'The county that a person confirmed, five digits.' })
  confirmedCounty!: string | null;

  @Field(() => Member, { nullable: true, description: 'Who confirmed it.' })
  confirmedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  confirmedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why, in a sentence.' })
  confirmedBecause!: string | null;
}

@InputType({ description: 'In which county it happened.' })
export class ConfirmVenueInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => String, { description: 'The county, five digits: a candidate, or another of the same state.' })
  countyFips!: string;

  @Field(() => String, { description: 'Why, in a sentence; shown to the offices in question.' })
  reason!: string;

  @Field(() => Int, { description: 'The version you read.' })
  expectedVersion!: number;
}

@ObjectType({ description: 'What came of it.' })
export class ConfirmVenuePayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now; null where the act closed it to you.' })
  case!: Case | null;
}
