import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Stages } from '../cases/case.type.ts';
import type { Stage } from '../cases/lifecycle.ts';
import { enumOf } from '../kernel/enums.ts';

/** What cases can be counted by. */
export const CASE_DIMENSIONS = ['JURISDICTION', 'STATE', 'AGENCY', 'STAGE', 'MONTH', 'STATUTE'] as const;
export type CaseDimension = (typeof CASE_DIMENSIONS)[number];
export const CaseDimensions = enumOf(CASE_DIMENSIONS);

registerEnumType(CaseDimensions, {
  name: 'CaseDimension',
  description: 'What cases can be counted by.',
  valuesConfig: {
    JURISDICTION: { description: 'The office that leads the case; before a claim, the one it was received for.' },
    STATE: { description: 'The state of that office.' },
    AGENCY: { description: 'The police agency that referred the case, within a jurisdiction.' },
    STAGE: { description: 'Where the case stands now.' },
    MONTH: { description: 'The month in which the case was received, in UTC.' },
    STATUTE: { description: 'A statute that some person of the case is proposed to be charged under.' },
  },
});

@InputType({ description: 'One value of each dimension to count under; what is left out is not filtered by.' })
export class CaseCountsFilter {
  @Field(() => String, { nullable: true, description: 'The slug of an office that is counted, for instance dallas-tx.' })
  jurisdiction?: string | null;

  @Field(() => String, { nullable: true, description: 'A state, in two letters.' })
  state?: string | null;

  @Field(() => String, { nullable: true, description: 'The slug or the ORI of an agency.' })
  agency?: string | null;

  @Field(() => Stages, { nullable: true, description: 'A stage.' })
  stage?: Stage | null;

  @Field(() => String, { nullable: true, description: 'A month in UTC, as YYYY-MM.' })
  month?: string | null;

  @Field(() => String, { nullable: true, description: 'A statute, by its canonical citation.' })
  statute?: string | null;
}

@InputType({ description: 'What to count by and under; together at most three dimensions, where jurisdiction, state and agency are one.' })
export class CaseCountsInput {
  @Field(() => [CaseDimensions], { description: 'A cell for each combination of these; none: one cell in all.' })
  groupBy!: CaseDimension[];

  @Field(() => CaseCountsFilter, { nullable: true, description: 'Which cases to count; none: those of all offices that are counted.' })
  filter?: CaseCountsFilter | null;
}

@ObjectType({ description: 'A cell of the table. A dimension that the table is not grouped by is null.' })
export class CaseCountCell {
  @Field(() => String, { nullable: true, description: 'The slug of the office; null also for unrouted cases. Named wherever an agency is asked for.' })
  jurisdiction!: string | null;

  @Field(() => String, { nullable: true, description: 'The state of the office, in two letters; null also for unrouted cases.' })
  state!: string | null;

  @Field(() => String, { nullable: true, description: 'The slug of the agency.' })
  agency!: string | null;

  @Field(() => Stages, { nullable: true, description: 'The stage.' })
  stage!: Stage | null;

  @Field(() => String, { nullable: true, description: 'The month in UTC, as YYYY-MM.' })
  month!: string | null;

  @Field(() => String, { nullable: true, description: 'The canonical citation of the statute.' })
  statute!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many cases; null where that is withheld.' })
  count!: number | null;

  @Field(() => Boolean, { description: 'Whether the count is withheld: there are fewer cases than the threshold, perhaps none, or the count would reveal one that is withheld.' })
  withheld!: boolean;
}

@ObjectType({ description: 'What a word of a table means.' })
export class Definition {
  @Field(() => String, { description: 'The word.' })
  name!: string;

  @Field(() => String, { description: 'What it means here.' })
  text!: string;
}

@ObjectType({ description: 'How many cases there are, by dimensions.' })
export class CaseCounts {
  @Field(() => String, { description: 'When the cases were counted, an instant in UTC.' })
  asOf!: string;

  @Field(() => Int, { description: 'No cell of fewer cases is published, of whatever office: the greatest of 10 and of what the rule books of the counted offices ask, so that no office’s cases are published under its own threshold.' })
  threshold!: number;

  @Field(() => [CaseCountCell], { description: 'The cells, in the order of their dimensions.' })
  cells!: CaseCountCell[];

  @Field(() => Int, { description: 'How many of the cells are withheld.' })
  withheldCells!: number;

  @Field(() => [Definition], { description: 'What the words of this table mean.' })
  definitions!: Definition[];
}
