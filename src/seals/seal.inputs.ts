import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Facets } from '../access/facet.type.ts';
import type { Facet } from '../access/facets.ts';
import { Case } from '../cases/case.type.ts';
import { DateTime } from '../kernel/scalars.ts';
import { Seal } from './seal.type.ts';

@InputType({ description: 'Who still sees what a seal closes: people, units and offices of the lead, or of offices that handle the case jointly. Nobody is in it unnamed, you neither.' })
export class SealAudienceInput {
  @Field(() => [ID], { nullable: true, description: 'Members.' })
  members?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Units: whoever belongs to them at the time.' })
  units?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Offices: whoever has a seat in them at the time.' })
  offices?: string[] | null;
}

@InputType({ description: 'What to seal, for whom it stays open, and by what order.' })
export class SealCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => [Facets], { nullable: true, description: 'What to close; the whole case, unless told. SUMMARY is the whole case. Compartments are closed already.' })
  facets?: Facet[] | null;

  @Field(() => SealAudienceInput, { description: 'Who still sees. At least two people of your office who may lift a seal, and who read what it closes, belong to it.' })
  audience!: SealAudienceInput;

  @Field(() => String, { description: 'The order: court, number, day.' })
  order!: string;

  @Field(() => DateTime, { nullable: true, description: 'When the seal ends of itself; never, unless told.' })
  until?: Date | string | null;
}

@InputType({ description: 'Which seal should be lifted, and why.' })
export class ProposeUnsealingInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The seal.' })
  sealId!: string;

  @Field(() => String, { description: 'Why, in a sentence: for instance the order that lifts it.' })
  reason!: string;
}

@InputType({ description: 'Which proposal to take back.' })
export class CancelUnsealingInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The seal.' })
  sealId!: string;
}

@InputType({ description: 'Which seal to lift.' })
export class UnsealInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The seal.' })
  sealId!: string;
}

@ObjectType({ description: 'What came of it.' })
export class SealCasePayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now; null where the seal closed it to you.' })
  case!: Case | null;

  @Field(() => Seal, { nullable: true, description: 'The seal; null where you are not in its audience.' })
  seal!: Seal | null;
}

@ObjectType({ description: 'What came of it.' })
export class ProposeUnsealingPayload {
  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;

  @Field(() => Seal, { nullable: true, description: 'The seal, with the proposal to lift it.' })
  seal!: Seal | null;
}

@ObjectType({ description: 'What came of it.' })
export class CancelUnsealingPayload {
  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;

  @Field(() => Seal, { nullable: true, description: 'The seal, as it stands.' })
  seal!: Seal | null;
}

@ObjectType({ description: 'What came of it.' })
export class UnsealPayload {
  @Field(() => Case, { nullable: true, description: 'The case, with what was sealed.' })
  case!: Case | null;

  @Field(() => Seal, { nullable: true, description: 'The seal, which closes nothing any more.' })
  seal!: Seal | null;
}
