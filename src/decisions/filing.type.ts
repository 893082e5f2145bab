import { GraphQLDate } from 'graphql-scalars';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { CHARGING_INSTRUMENTS, type ChargingInstrument } from '../coalition/jurisdiction.table.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { FILING_WARNING_CODES, FILING_WARNINGS, type FilingWarning as FilingWarningCode } from './filing.rules.ts';

export const ChargingInstruments = enumOf(CHARGING_INSTRUMENTS);
export const FilingWarningCodes = enumOf(FILING_WARNING_CODES);

registerEnumType(ChargingInstruments, { name: 'ChargingInstrument', description: 'By what a prosecution begins.' });
registerEnumType(FilingWarningCodes, {
  name: 'FilingWarningCode', description: 'What whoever relies on a filing must know of its instrument.',
  valuesConfig: Object.fromEntries(Object.entries(FILING_WARNINGS).map(([code, description]) => [code, { description }])),
});

@ObjectType({ description: 'That a charge was filed.' })
export class Filing {
  @Field(() => ChargingInstruments, { description: 'By what.' })
  instrument!: ChargingInstrument;

  @Field(() => String, { description: 'In which court.' })
  court!: string;

  @Field(() => String, { description: 'The number that the court gave.' })
  docketNumber!: string;

  @Field(() => GraphQLDate, { description: 'On which day.' })
  filedOn!: string;

  @Field(() => String, { nullable: true, description: 'The waiver that the instrument rests on.' })
  waiver!: string | null;

  @Field(() => [FilingWarningCodes], { description: 'What whoever relies on it must know.' })
  warnings!: FilingWarningCode[];

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;

  @Field(() => String, { nullable: true, description: 'What was wrong with what was told before it; null of what was told first.' })
  correctedBecause!: string | null;
}

@ObjectType({ description: 'What was told of a filing before it was corrected, or withdrawn because none was made.' })
export class FilingEntry extends Filing {
  @Field(() => Member, { nullable: true, description: 'Who withdrew it; null of what was corrected.' })
  withdrawnBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  withdrawnAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  withdrawnBecause!: string | null;
}
