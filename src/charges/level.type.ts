import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Member } from '../coalition/coalition.type.ts';
import { DateTime } from '../kernel/scalars.ts';
import { OffenceLevels } from '../law/limitation.type.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import { Charge } from './charge.type.ts';
import type { NamedLevel } from './level.rules.ts';
import type { ChargeLevelRow } from './level.table.ts';

@ObjectType({ description: 'That a charge was said to be of a level, after it was proposed.' })
export class ChargeLevelNaming implements Pick<ChargeLevelRow, 'id' | 'level' | 'reason' | 'namedAt'> {
  @Field(() => ID, { description: 'The entry.' })
  id!: string;

  @Field(() => OffenceLevels, { description: 'Which.' })
  level!: NamedLevel;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => Member, { description: 'By whom.' })
  namedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  namedAt!: string;
}

@InputType({ description: 'The level of a charge under a graded statute.' })
export class NameChargeLevelInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The charge.' })
  chargeId!: string;

  @Field(() => OffenceLevels, { description: 'One of the levels of the statute.' })
  level!: OffenceLevel;

  @Field(() => String, { description: 'Why, 1 to 2,000 characters.' })
  reason!: string;
}

@ObjectType({ description: 'What came of it.' })
export class NameChargeLevelPayload {
  @Field(() => Charge, { nullable: true, description: 'The charge as it stands now.' })
  charge!: Charge | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
