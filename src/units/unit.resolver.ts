import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Session } from '../trail/session.ts';
import { addToUnit, createUnit, removeFromUnit, renameUnit } from './unit.acts.ts';
import {
  AddToUnitInput, AddToUnitPayload, CreateUnitInput, CreateUnitPayload, RemoveFromUnitInput, RemoveFromUnitPayload, RenameUnitInput, RenameUnitPayload,
} from './unit.inputs.ts';
import { unitsOfOffice } from './unit.store.ts';
import { UnitConnection } from './unit.type.ts';

@Resolver()
export class UnitResolver {
  @Query(() => UnitConnection, { description: 'The units of your own office, by name.' })
  units(
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Session,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, unitsOfOffice);
  }

  @Mutation(() => CreateUnitPayload, { description: 'Makes a unit of your office.' })
  createUnit(@Arg('input', () => CreateUnitInput) input: CreateUnitInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(createUnit, input, info);
  }

  @Mutation(() => RenameUnitPayload, { description: 'Gives a unit of your office another name.' })
  renameUnit(@Arg('input', () => RenameUnitInput) input: RenameUnitInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(renameUnit, input, info);
  }

  @Mutation(() => AddToUnitPayload, { description: 'Puts a colleague into a unit of your office; nobody puts themselves into one. What is kept to the unit opens to the colleague at once.' })
  addToUnit(@Arg('input', () => AddToUnitInput) input: AddToUnitInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(addToUnit, input, info);
  }

  @Mutation(() => RemoveFromUnitPayload, { description: 'Takes a member out of a unit of your office. What the unit is walled off stays closed to the member.' })
  removeFromUnit(@Arg('input', () => RemoveFromUnitInput) input: RemoveFromUnitInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(removeFromUnit, input, info);
  }
}
