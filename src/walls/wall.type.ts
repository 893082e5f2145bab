import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { OfficeRole } from '../access/seats.ts';
import { Member, Roles } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { WALL_GROUNDS, WALLED, type Walled, type WallGround } from './wall.table.ts';

export const WalledKinds = enumOf(WALLED);
export const WallGrounds = enumOf(WALL_GROUNDS);

registerEnumType(WalledKinds, {
  name: 'WalledKind',
  description: 'Whom a wall excludes.',
  valuesConfig: {
    MEMBER: { description: 'One person, or one program.' },
    UNIT: { description: 'All who are in a unit while the wall stands; leaving the unit does not bring the case back.' },
    OFFICE: { description: 'A whole office.' },
  },
});
registerEnumType(WallGrounds, { name: 'WallGround', description: 'Why somebody is excluded from a case.' });

@ObjectType({ description: 'Whom a wall excludes.' })
export class WallSubject {
  @Field(() => WalledKinds, { description: 'A member, a unit or an office.' })
  kind!: Walled;

  @Field(() => ID, { description: 'Which.' })
  id!: string;

  @Field(() => String, { description: 'The name.' })
  name!: string;
}

@ObjectType({ description: 'An exclusion from a case. While it stands, nothing opens the case to whom it excludes.' })
export class Wall {
  @Field(() => ID, { description: 'To lift it.' })
  id!: string;

  @Field(() => WallSubject, { description: 'Who is excluded.' })
  subject!: WallSubject;

  @Field(() => WallGrounds, { description: 'The ground.' })
  ground!: WallGround;

  @Field(() => String, { description: 'The ground in a sentence.' })
  note!: string;

  @Field(() => [Roles], { description: 'The roles of the lead office that may lift it; whoever is walled off never may.' })
  mayLift!: OfficeRole[];

  @Field(() => Member, { description: 'Who raised it; the one excluded, where it is a recusal.' })
  imposedBy!: Member;

  @Field(() => DateTime, { description: 'When it was raised.' })
  imposedAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who lifted it; null while it stands.' })
  liftedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was lifted; null while it stands.' })
  liftedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was lifted.' })
  liftedBecause!: string | null;
}
