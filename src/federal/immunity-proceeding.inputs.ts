import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import type { Finding } from '../decisions/immunity.rules.ts';
import { Findings } from '../decisions/immunity.type.ts';
import type { Circuit, ImmunityAct, ImmunityForum } from './immunity-proceeding.rules.ts';
import { Circuits, ImmunityActs, ImmunityForums, ImmunityProceeding } from './immunity-proceeding.type.ts';

@InputType({ description: 'What happened to the immunity of an accused before the courts.' })
export class RecordImmunityProceedingInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'The proceeding; leave it away where it begins: with ANTICIPATE, or with RAISE where it was not anticipated.' })
  proceedingId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Where it begins: a person of the case whose part is SUBJECT or OFFICIAL; to raise it, one against whom a charge is filed.' })
  personId?: string | null;

  @Field(() => ImmunityActs, { description: 'What happened.' })
  act!: ImmunityAct;

  @Field(() => GraphQLDate, { description: 'The day that it happened, in the zone of the court.' })
  on!: string;

  @Field(() => ImmunityForums, { nullable: true, description: 'With RAISE: which court. With SET_HEARING, GRANT and DENY, where another has it by now.' })
  forum?: ImmunityForum | null;

  @Field(() => String, { nullable: true, description: 'Its name, likewise.' })
  court?: string | null;

  @Field(() => Circuits, { nullable: true, description: 'The federal circuit whose law counts; needed with FEDERAL.' })
  circuit?: Circuit | null;

  @Field(() => ID, { nullable: true, description: 'Until it is ruled on: the analysis that the office answers with, which another person has reviewed.' })
  analysisId?: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'With SET_HEARING: the day of the hearing.' })
  hearingOn?: string | null;

  @Field(() => String, { nullable: true, description: 'With GRANT, DENY, AFFIRM and REVERSE: the decision, by its number or day.' })
  decision?: string | null;

  @Field(() => Findings, { nullable: true, description: 'With GRANT, DENY and REVERSE: the court’s answer to whether the act was authorised by federal law.' })
  authorised?: Finding | null;

  @Field(() => Findings, { nullable: true, description: 'With GRANT, DENY and REVERSE: its answer to whether the officer did no more than was necessary and proper.' })
  necessary?: Finding | null;

  @Field(() => [ID], { nullable: true, description: 'With GRANT, and with REVERSE of a denial: the charges that are dismissed on this ground; all that wait for the court, unless told.' })
  chargeIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'With APPEAL: its number.' })
  appealDocket?: string | null;
}

@ObjectType({ description: 'What came of it.' })
export class ImmunityProceedingPayload {
  @Field(() => ImmunityProceeding, { nullable: true, description: 'The proceeding as it stands now.' })
  proceeding!: ImmunityProceeding | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
