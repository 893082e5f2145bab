import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { Confidence } from '../kernel/confidence.ts';
import { enumOf } from '../kernel/enums.ts';
import { LEVEL_ANSWERS, type LevelAnswer } from '../law/level.ts';
import { OffenceLevels } from '../law/limitation.type.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import { Confidences } from '../law/statute.type.ts';

export const LevelAnswers = enumOf(LEVEL_ANSWERS);

registerEnumType(LevelAnswers, {
  name: 'LevelAnswer',
  description: 'Whether an office prosecutes an offence of this level.',
  valuesConfig: {
    WITHIN: { description: 'It does.' },
    DISCRETIONARY: { description: 'It may, and need not.' },
    DEPENDS: { description: 'It depends on the place within the county, or on the offence.' },
    OUTSIDE: { description: 'As a rule another prosecutor of the county does, who may not be on file. The office stays a candidate.' },
    UNKNOWN: { description: 'No level is alleged or charged that you may see.' },
  },
});

@ObjectType({ description: 'Whether a venue candidate prosecutes what is alleged or charged: in some states felonies and lesser offences have different prosecutors.' })
export class VenueLevel {
  @Field(() => LevelAnswers, { description: 'The answer; it takes no candidate away.' })
  answer!: LevelAnswer;

  @Field(() => OffenceLevels, { nullable: true, description: 'The level it is given for: of the live charges that you may see, else as alleged.' })
  level!: OffenceLevel | null;

  @Field(() => String, { nullable: true, description: 'What is on file of the state’s rule.' })
  rule!: string | null;

  @Field(() => String, { nullable: true, description: 'Its citation; null: not verified.' })
  citation!: string | null;

  @Field(() => Confidences, { nullable: true, description: 'How sure that is.' })
  confidence!: Confidence | null;
}
