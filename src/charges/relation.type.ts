import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { Charge } from './charge.type.ts';
import { CHARGE_RELATIONS, type ChargeRelationKind, type ChargeRelationRow } from './relation.table.ts';

export const ChargeRelationKinds = enumOf(CHARGE_RELATIONS);

registerEnumType(ChargeRelationKinds, {
  name: 'ChargeRelationKind', description: 'How a charge stands to another one of the same person.',
  valuesConfig: { LESSER_OF: { description: 'It is a lesser included offence of the other.' }, ALTERNATIVE_TO: { description: 'It is put in the place of the other, should that fail.' } },
});

@ObjectType({ description: 'That a charge is a lesser included one of another, or its alternative. It blocks nothing, and outlasts the withdrawal of either.' })
export class ChargeRelation implements Pick<ChargeRelationRow, 'id' | 'relation' | 'reason' | 'relatedAt' | 'endedAt' | 'endedBecause'> {
  @Field(() => ID, { description: 'The relation.' })
  id!: string;

  @Field(() => ChargeRelationKinds, { description: 'How the charge stands to the other.' })
  relation!: ChargeRelationKind;

  @Field(() => Charge, { description: 'The other charge.' })
  other!: Charge;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => Member, { description: 'Who said so.' })
  relatedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  relatedAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who took it back; null while it stands.' })
  endedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When; null while it stands.' })
  endedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why; null while it stands.' })
  endedBecause!: string | null;
}

@InputType({ description: 'How a charge stands to another one of the same person: exactly one of lesserOf and alternativeTo.' })
export class RelateChargeInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The charge.' })
  chargeId!: string;

  @Field(() => ID, { nullable: true, description: 'The greater charge that it is included in.' })
  lesserOf?: string | null;

  @Field(() => ID, { nullable: true, description: 'The charge in whose place it is put, should that fail.' })
  alternativeTo?: string | null;

  @Field(() => String, { description: 'Why, 1 to 2,000 characters.' })
  reason!: string;
}

@InputType({ description: 'Which relation does not hold: exactly one of lesserOf and alternativeTo.' })
export class UnrelateChargeInput extends RelateChargeInput {}

@ObjectType({ description: 'What came of it.' })
export class RelateChargePayload {
  @Field(() => Charge, { nullable: true, description: 'The charge as it stands now.' })
  charge!: Charge | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}

@ObjectType({ description: 'What came of it.' })
export class UnrelateChargePayload {
  @Field(() => Charge, { nullable: true, description: 'The charge as it stands now.' })
  charge!: Charge | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
