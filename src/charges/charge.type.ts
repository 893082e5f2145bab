import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Person } from '../cases/person.type.ts';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { OffenceLevels } from '../law/limitation.type.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import { Statute, StatuteVersion } from '../law/statute.type.ts';
import { CHARGE_STATES, type ChargeRow, type ChargeState } from './charge.table.ts';
import type { NamedLevel } from './level.rules.ts';
import { WARNINGS, type WarningCode } from './warnings.ts';

export const ChargeStates = enumOf(CHARGE_STATES);
export const WarningCodes = enumOf(Object.keys(WARNINGS) as WarningCode[]);

registerEnumType(ChargeStates, {
  name: 'ChargeState', description: 'Where a charge stands.',
  valuesConfig: { PROPOSED: { description: 'The office considers it, or has decided on it.' }, WITHDRAWN: { description: 'The office took it back.' }, FILED: { description: 'It is before a court.' } },
});
registerEnumType(WarningCodes, {
  name: 'ChargeWarningCode',
  description: 'What whoever relies on a charge must know of the law it rests on. A warning never blocks.',
  valuesConfig: Object.fromEntries(Object.entries(WARNINGS).map(([code, description]) => [code, { description }])),
});

@ObjectType({ description: 'What whoever relies on a charge must know.' })
export class ChargeWarning {
  @Field(() => WarningCodes, { description: 'For machines.' })
  code!: WarningCode;

  @Field(() => String, { description: 'For people, with what the statute itself says of officers.' })
  message!: string;
}

@ObjectType({ description: 'A charge that an office considers: a person, a statute as it stood on the day of the offence, and how many counts.' })
export class Charge implements Pick<ChargeRow, 'id' | 'counts' | 'offenceOn' | 'offenceUntil' | 'offenceDays' | 'level' | 'state' | 'proposedAt'> {
  @Field(() => ID, { description: 'To withdraw it, and for annotations.' })
  id!: string;

  @Field(() => Case, { description: 'The case.' })
  case!: Case;

  @Field(() => Person, { nullable: true, description: 'Who is charged; null where the persons of the case are closed to you.' })
  person!: Person | null;

  @Field(() => Statute, { description: 'The offence.' })
  statute!: Statute;

  @Field(() => StatuteVersion, { description: 'Its text in force on the day of the offence, pinned when the charge was proposed.' })
  version!: StatuteVersion;

  @Field(() => Int, { description: 'How many counts.' })
  counts!: number;

  @Field(() => GraphQLDate, { description: 'The day of the offence; of a range the first, of several days the earliest.' })
  offenceOn!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'The last day of the range in which it happened; null where it is one day.' })
  offenceUntil!: string | null;

  @Field(() => [GraphQLDate], { description: 'The days of further counts, in order.' })
  offenceDays!: string[];

  @Field(() => OffenceLevels, { nullable: true, description: 'The level that the charge names, where the law grades the offence; null while it names none.' })
  level!: NamedLevel | null;

  @Field(() => ChargeStates, { description: 'Where it stands.' })
  state!: ChargeState;

  @Field(() => [ChargeWarning], { description: 'What whoever relies on it must know, as the text of the law stands on file today.' })
  warnings!: ChargeWarning[];

  @Field(() => Member, { description: 'Who proposed it.' })
  proposedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  proposedAt!: string;
}

@InputType({ description: 'Who is to be charged with what.' })
export class ProposeChargeInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'A person of the case whose part is SUBJECT or OFFICIAL.' })
  personId!: string;

  @Field(() => ID, { description: "A statute of the case's state." })
  statuteId!: string;

  @Field(() => Int, { description: 'How many counts, 1 to 999.' })
  counts!: number;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day of the offence, or the first day of a range; that of the incident, unless told. Null says that the day is not known: then a range is needed.' })
  offenceOn?: Date | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The last day of a range, from offenceOn, within which it happened. The text of the law must be the same on all of it.' })
  offenceUntil?: Date | null;

  @Field(() => [GraphQLDate], { nullable: true, description: 'The days of further counts, up to 100, each later than offenceOn: the earliest day governs which text of the law is pinned.' })
  offenceDays?: Date[] | null;

  @Field(() => OffenceLevels, { nullable: true, description: 'The level that the charge names, where the law grades the offence; it can be named later.' })
  level?: OffenceLevel | null;
}

@InputType({ description: 'Which charge is pinned anew.' })
export class RepinChargeInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'A proposed charge.' })
  chargeId!: string;
}

@InputType({ description: 'Which charge is withdrawn.' })
export class WithdrawChargeInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The charge.' })
  chargeId!: string;
}

@ObjectType({ description: 'What came of it.' })
export class ProposeChargePayload {
  @Field(() => Charge, { nullable: true, description: 'The charge.' })
  charge!: Charge | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}

@ObjectType({ description: 'What came of it.' })
export class WithdrawChargePayload {
  @Field(() => Charge, { nullable: true, description: 'The charge as it stands now.' })
  charge!: Charge | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
