import { Field, Float, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'How the referrals went that one unit of an agency sent in one month, and what was asked of them until today.' })
export class ScorecardRow {
  @Field(() => String, { description: 'The month in which they arrived, as YYYY-MM, in the time zone of the agency.' })
  month!: string;

  @Field(() => String, { nullable: true, description: 'The station or bureau; null: the referrals name none.' })
  unit!: string | null;

  @Field(() => Int, { description: 'How many referrals arrived.' })
  referrals!: number;

  @Field(() => Int, { description: 'How many of them were returned at least once.' })
  returned!: number;

  @Field(() => Float, { description: 'Returns for each referral, to two decimals: what is asked at once is one return.' })
  returnsPerReferral!: number;

  @Field(() => Int, { description: 'How many things were asked.' })
  itemsAsked!: number;

  @Field(() => Int, { description: 'How many of them were answered.' })
  itemsAnswered!: number;

  @Field(() => Int, { description: 'How many were answered after their last day, or are open after it, by the day of the office.' })
  itemsLate!: number;

  @Field(() => Int, { description: 'How many the agency disputed.' })
  disputesRaised!: number;

  @Field(() => Int, { description: 'How many disputes the agency won.' })
  disputesUpheld!: number;

  @Field(() => Int, { description: 'How many disputes the agency lost.' })
  disputesOverruled!: number;

  @Field(() => Float, { nullable: true, description: 'The median of the days from asking to answer, to two decimals; null where nothing was answered.' })
  medianDaysToAnswer!: number | null;
}

@ObjectType({ description: 'The work of an agency on its referrals: for the agency with all offices, for an office on the cases that it leads or that are its to claim, as far as the asker sees them.' })
export class AgencyScorecard {
  @Field(() => ID, { description: 'The agency.' })
  agencyId!: string;

  @Field(() => [ScorecardRow], { description: 'Month by month, and within a month by unit; nothing for a unit that sent nothing.' })
  rows!: ScorecardRow[];
}
