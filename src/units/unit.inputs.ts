import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Unit } from './unit.type.ts';

@InputType({ description: 'A unit to make.' })
export class CreateUnitInput {
  @Field(() => String, { description: 'Its name, up to 100 characters.' })
  name!: string;
}

@InputType({ description: 'A new name for a unit.' })
export class RenameUnitInput {
  @Field(() => ID, { description: 'The unit.' })
  unitId!: string;

  @Field(() => String, { description: 'The name, up to 100 characters.' })
  name!: string;
}

@InputType({ description: 'Who joins which unit.' })
export class AddToUnitInput {
  @Field(() => ID, { description: 'The unit.' })
  unitId!: string;

  @Field(() => ID, { description: 'A member of your office; not yourself.' })
  memberId!: string;
}

@InputType({ description: 'Who leaves which unit.' })
export class RemoveFromUnitInput {
  @Field(() => ID, { description: 'The unit.' })
  unitId!: string;

  @Field(() => ID, { description: 'One of its members.' })
  memberId!: string;
}

@ObjectType({ description: 'What came of it.' })
export class CreateUnitPayload {
  @Field(() => Unit, { description: 'The unit, as yet without members.' })
  unit!: Unit;
}

@ObjectType({ description: 'What came of it.' })
export class RenameUnitPayload {
  @Field(() => Unit, { description: 'The unit.' })
  unit!: Unit;
}

@ObjectType({ description: 'What came of it.' })
export class AddToUnitPayload {
  @Field(() => Unit, { description: 'The unit.' })
  unit!: Unit;
}

@ObjectType({ description: 'What came of it.' })
export class RemoveFromUnitPayload {
  @Field(() => Unit, { description: 'The unit.' })
  unit!: Unit;
}
