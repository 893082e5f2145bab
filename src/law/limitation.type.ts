import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../kernel/enums.ts';
import {
  LIMITATION_KINDS, LIMITATION_STARTS, type Limitation as LimitationValue, type LimitationExtension as LimitationExtensionValue,
  type LimitationKind, type LimitationStart, OFFENCE_LEVELS, type OffenceLevel,
} from './statute.table.ts';

export const OffenceLevels = enumOf(OFFENCE_LEVELS);
export const LimitationKinds = enumOf(LIMITATION_KINDS);
export const LimitationStarts = enumOf(LIMITATION_STARTS);
export const LimitationTriggers = enumOf(['DISCOVERY', 'PUBLIC_OFFICE']);

registerEnumType(OffenceLevels, {
  name: 'OffenceLevel',
  description: 'How grave the law calls an offence.',
  valuesConfig: { EITHER: { description: 'Felony or misdemeanor by its facts: the charge names the level.' } },
});
registerEnumType(LimitationKinds, {
  name: 'LimitationKind',
  description: 'Whether time runs against a prosecution.',
  valuesConfig: {
    NONE: { description: 'It may be begun at any time.' },
    FIXED: { description: 'It must be begun within the period.' },
    DISPUTED: { description: 'Whether a limit applies is disputed: plan on the period given.' },
  },
});
registerEnumType(LimitationStarts, { name: 'LimitationStart', description: 'What sets the limitation period running.' });
registerEnumType(LimitationTriggers, { name: 'LimitationTrigger', description: 'What lengthens a limitation period.' });

@ObjectType({ description: 'The limitation period of one level of a graded offence.' })
export class LimitationOfLevel {
  @Field(() => OffenceLevels, { description: 'The level it holds for.' })
  level!: OffenceLevel;

  @Field(() => LimitationKinds, { description: 'Whether time runs.' })
  kind!: LimitationKind;

  @Field(() => Int, { nullable: true, description: 'Months; null where there is no limit.' })
  months!: number | null;
}

@ObjectType({ description: 'What lengthens a limitation period for some accused.' })
export class LimitationExtension implements LimitationExtensionValue {
  @Field(() => LimitationTriggers, { description: 'What it depends on.' })
  trigger!: 'DISCOVERY' | 'PUBLIC_OFFICE';

  @Field(() => Int, { nullable: true, description: 'Years added.' })
  addYears?: number;

  @Field(() => Int, { nullable: true, description: 'Runs until so many years after the accused left the office.' })
  untilYearsAfterLeavingOffice?: number;

  @Field(() => Int, { description: 'At most so many years beyond the base period.' })
  capYearsBeyondBase!: number;

  @Field(() => String, { description: 'Where the law says so.' })
  citation!: string;
}

@ObjectType({ description: 'The limitation period of an offence, before any excluded time.' })
export class Limitation implements LimitationValue {
  @Field(() => LimitationKinds, { description: 'Whether time runs.' })
  kind!: LimitationKind;

  @Field(() => LimitationStarts, { nullable: true, description: 'What sets it running; null where there is no limit.' })
  startsAt!: LimitationStart | null;

  @Field(() => Int, { nullable: true, description: 'Months; null where there is no limit. Of a graded offence: see byLevel.' })
  months!: number | null;

  @Field(() => String, { description: 'Where the law says so.' })
  citation!: string;

  @Field(() => String, { description: 'Traps, extensions and excluded time in words.' })
  note!: string;

  @Field(() => [LimitationOfLevel], { nullable: true, description: 'Of a graded offence, the period of each level; until a charge names its level the shortest governs.' })
  byLevel?: LimitationOfLevel[];

  @Field(() => LimitationExtension, { nullable: true, description: 'What lengthens it for some accused.' })
  extension?: LimitationExtension;
}
