import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { enumOf } from '../kernel/enums.ts';

export const COMPARTMENTS = ['GRAND_JURY', 'COMPELLED'] as const;
export const PLACED_KINDS = ['RECORDING', 'PERSON', 'ANNOTATION', 'CHARGE', 'DEMAND', 'REMOVAL'] as const;
export const PLACING_BASES = ['GRAND_JURY_TESTIMONY', 'GRAND_JURY_SUBPOENA', 'COMPELLED_STATEMENT', 'DERIVED'] as const;
export const RELEASE_FINDINGS = ['INDEPENDENT_SOURCE', 'COURT_ORDER', 'PLACED_IN_ERROR'] as const;

export type Compartment = (typeof COMPARTMENTS)[number];
export type PlacedKind = (typeof PLACED_KINDS)[number];
export type PlacingBasis = (typeof PLACING_BASES)[number];
export type ReleaseFinding = (typeof RELEASE_FINDINGS)[number];

export const Compartments = enumOf(COMPARTMENTS);
export const PlacedKinds = enumOf(PLACED_KINDS);
export const PlacingBases = enumOf(PLACING_BASES);
export const ReleaseFindings = enumOf(RELEASE_FINDINGS);

registerEnumType(Compartments, {
  name: 'Compartment',
  description: 'What no rule, joint role, transfer or emergency opens.',
  valuesConfig: {
    GRAND_JURY: { description: 'Matters occurring before a grand jury: the trial and support team of the lead alone (Va. Code 19.2-192 and its like).' },
    COMPELLED: { description: 'What a public officer was compelled to say, and what derives from it: the filter team alone (Garrity v. New Jersey, 1967; Kastigar v. United States, 1972).' },
  },
});
registerEnumType(PlacedKinds, { name: 'CompartmentTargetKind', description: 'What can be placed in a compartment.' });
registerEnumType(PlacingBases, {
  name: 'CompartmentBasis',
  description: 'Why something belongs in a compartment.',
  valuesConfig: {
    GRAND_JURY_TESTIMONY: { description: 'Said before a grand jury.' },
    GRAND_JURY_SUBPOENA: { description: 'Brought before a grand jury by its subpoena.' },
    COMPELLED_STATEMENT: { description: 'Said by a public officer under threat of losing office.' },
    DERIVED: { description: 'Learned from what is in the compartment.' },
  },
});
registerEnumType(ReleaseFindings, {
  name: 'CompartmentFinding',
  description: 'Why something may leave a compartment.',
  valuesConfig: {
    INDEPENDENT_SOURCE: { description: 'It is shown to come from a legitimate source wholly independent of the compartment (Kastigar v. United States).' },
    COURT_ORDER: { description: 'A court ordered or allowed its disclosure.' },
    PLACED_IN_ERROR: { description: 'It never belonged there.' },
  },
});

@InputType({ description: 'A recording, a person, a remark, a charge, a demand or a removal of the case.' })
export class CompartmentTargetInput {
  @Field(() => PlacedKinds, { description: 'What it is.' })
  kind!: PlacedKind;

  @Field(() => ID, { description: 'Which.' })
  id!: string;
}

@InputType({ description: 'What to place in a compartment, and why.' })
export class PlaceInCompartmentInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => Compartments, { description: 'Which compartment.' })
  compartment!: Compartment;

  @Field(() => CompartmentTargetInput, { description: 'What; with it goes what derives from it: of a person how to reach them and the charges against them, of a demand what it asks for, of a removal what happened to it, of anything the remarks about it.' })
  target!: CompartmentTargetInput;

  @Field(() => PlacingBases, { description: 'Why.' })
  basis!: PlacingBasis;
}

@InputType({ description: 'What to release from a compartment, and by what finding.' })
export class ReleaseFromCompartmentInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => Compartments, { description: 'Which compartment.' })
  compartment!: Compartment;

  @Field(() => CompartmentTargetInput, { description: 'What; with it goes what came in with it, but nothing that was placed for itself or written since.' })
  target!: CompartmentTargetInput;

  @Field(() => ReleaseFindings, { description: 'By what finding.' })
  finding!: ReleaseFinding;
}

@ObjectType({ description: 'What came of it.' })
export class PlaceInCompartmentPayload {
  @Field(() => Case, { nullable: true, description: 'The case, without what is closed to you now.' })
  case!: Case | null;
}

@ObjectType({ description: 'What came of it.' })
export class ReleaseFromCompartmentPayload {
  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
