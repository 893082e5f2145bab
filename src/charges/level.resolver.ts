import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { Charge } from './charge.type.ts';
import { nameChargeLevel } from './level.acts.ts';
import { ChargeLevelNaming, NameChargeLevelInput, NameChargeLevelPayload } from './level.type.ts';

@Resolver(() => Charge)
export class ChargeLevelResolver {
  @FieldResolver(() => [ChargeLevelNaming], { description: 'The levels that were named after it was proposed, latest first: the first holds.' })
  levelNamings(): object {
    return planned();
  }

  @Mutation(() => NameChargeLevelPayload, { description: 'Names the level of a proposed charge under a statute that grades the offence by its facts. It counts as the level of the case, too.' })
  nameChargeLevel(@Arg('input', () => NameChargeLevelInput) input: NameChargeLevelInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(nameChargeLevel, input, info);
  }
}
