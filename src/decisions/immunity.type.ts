import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { AFFILIATIONS, ANALYSIS_STATES, FINDINGS, type Affiliation as AffiliationWord, type AnalysisState, type Finding } from './immunity.rules.ts';

export const Affiliations = enumOf(AFFILIATIONS);
export const Findings = enumOf(FINDINGS);
export const AnalysisStates = enumOf(ANALYSIS_STATES);

registerEnumType(Affiliations, {
  name: 'OfficerAffiliation', description: 'For whom a person acted.',
  valuesConfig: { NONE: { description: 'The person is no public officer.' }, UNKNOWN: { description: 'Nobody has found out: it counts as FEDERAL.' } },
});
registerEnumType(Findings, { name: 'ImmunityFinding', description: 'Whether what immunity asks for is given.' });
registerEnumType(AnalysisStates, {
  name: 'ImmunityAnalysisState', description: 'Where an analysis stands.',
  valuesConfig: { DRAFTED: { description: 'It waits for another person.' }, REVIEWED: { description: 'Another person approved it.' }, RETURNED: { description: 'Another person did not: it is written anew.' }, WITHDRAWN: { description: 'It waits for nobody: it was taken back before a review.' } },
});

@ObjectType({ description: 'For whom a person acted, as the office found out.' })
export class Affiliation {
  @Field(() => ID, { description: 'The entry.' })
  id!: string;

  @Field(() => Affiliations, { description: 'For whom.' })
  affiliation!: AffiliationWord;

  @Field(() => String, { description: 'What it is known from.' })
  basis!: string;

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;
}

@ObjectType({ description: 'Whether a person is immune from state prosecution under the Supremacy Clause: both questions must be MET for that. Open to the offices that handle the case.' })
export class ImmunityAnalysis {
  @Field(() => ID, { description: 'To review it.' })
  id!: string;

  @Field(() => Findings, { description: 'Was the act authorised by federal law?' })
  authorised!: Finding;

  @Field(() => String, { description: 'The facts of that.' })
  authorisedFacts!: string;

  @Field(() => Findings, { description: 'Did the officer do no more than was necessary and proper?' })
  necessary!: Finding;

  @Field(() => String, { description: 'What the officer believed.' })
  necessarySubjective!: string;

  @Field(() => String, { description: 'Whether that was reasonable.' })
  necessaryObjective!: string;

  @Field(() => String, { nullable: true, description: 'The warrant or order that the officer relied on.' })
  reliedOn!: string | null;

  @Field(() => AnalysisStates, { description: 'Where it stands.' })
  state!: AnalysisState;

  @Field(() => Member, { description: 'Who drafted it.' })
  draftedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  draftedAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who reviewed it, or took it back; null while it waits.' })
  reviewedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  reviewedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'What the reviewer said, or why it was taken back.' })
  remark!: string | null;
}
