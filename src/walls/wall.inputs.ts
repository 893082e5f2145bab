import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Role } from '../access/seats.ts';
import { Case } from '../cases/case.type.ts';
import { Roles } from '../coalition/coalition.type.ts';
import type { Walled, WallGround } from './wall.table.ts';
import { Wall, WalledKinds, WallGrounds } from './wall.type.ts';

@InputType({ description: 'The case that you withdraw from.' })
export class RecuseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => WallGrounds, { nullable: true, description: 'The ground; RECUSAL unless told.' })
  ground?: WallGround | null;

  @Field(() => String, { description: 'The ground in a sentence, 1 to 2,000 characters; read by the lead office.' })
  note!: string;
}

@InputType({ description: 'Whom to exclude.' })
export class WallSubjectInput {
  @Field(() => WalledKinds, { description: 'A member, a unit or an office.' })
  kind!: Walled;

  @Field(() => ID, { description: 'Which, of whatever office.' })
  id!: string;
}

@InputType({ description: 'An exclusion from a case.' })
export class ImposeWallInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => WallSubjectInput, { description: 'Who is excluded.' })
  subject!: WallSubjectInput;

  @Field(() => WallGrounds, { description: 'The ground.' })
  ground!: WallGround;

  @Field(() => String, { description: 'The ground in a sentence, 1 to 2,000 characters; read by the lead office.' })
  note!: string;

  @Field(() => [Roles], {
    nullable: true,
    description: 'The roles of your office that may lift it, CONFLICTS and ELECTED unless told. Somebody who is not walled off must hold one of them.',
  })
  mayLift?: Role[] | null;
}

@InputType({ description: 'An exclusion that ends.' })
export class LiftWallInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The wall.' })
  wallId!: string;

  @Field(() => String, { description: 'Why, in a sentence, 1 to 2,000 characters.' })
  reason!: string;
}

@ObjectType({ description: 'What came of it.' })
export class RecusePayload {
  @Field(() => Case, { nullable: true, description: 'Null: the case is closed to you.' })
  case!: Case | null;

  @Field(() => [Roles], { description: 'The roles of the lead office that may lift the wall that you raised. You find it no more: ask one of them.' })
  mayLift!: Role[];
}

@ObjectType({ description: 'What came of it.' })
export class ImposeWallPayload {
  @Field(() => Wall, { nullable: true, description: 'The wall; null where it excludes you.' })
  wall!: Wall | null;

  @Field(() => Case, { nullable: true, description: 'The case; null where the wall excludes you.' })
  case!: Case | null;
}

@ObjectType({ description: 'What came of it.' })
export class LiftWallPayload {
  @Field(() => Wall, { nullable: true, description: 'The wall, lifted.' })
  wall!: Wall | null;

  @Field(() => Case, { nullable: true, description: 'The case. Places on its team that the wall ended stay ended.' })
  case!: Case | null;
}
