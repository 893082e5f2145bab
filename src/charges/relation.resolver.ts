import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { Charge } from './charge.type.ts';
import { relateCharge, unrelateCharge } from './relation.acts.ts';
import { ChargeRelation, RelateChargeInput, RelateChargePayload, UnrelateChargeInput, UnrelateChargePayload } from './relation.type.ts';

@Resolver(() => Charge)
export class ChargeRelationResolver {
  @FieldResolver(() => Charge, { nullable: true, description: 'The greater charge that it is included in, withdrawn or not; null where there is none that you may see.' })
  lesserOf(): object {
    return planned();
  }

  @FieldResolver(() => Charge, { nullable: true, description: 'The charge in whose place it is put, should that fail; null where there is none that you may see.' })
  alternativeTo(): object {
    return planned();
  }

  @FieldResolver(() => [Charge], { description: 'The charges that are included in it, in the order they were proposed.' })
  lessers(): object {
    return planned();
  }

  @FieldResolver(() => [Charge], { description: 'The charges that are put in its place, should it fail, in the order they were proposed.' })
  alternatives(): object {
    return planned();
  }

  @FieldResolver(() => [ChargeRelation], { description: 'What it was said to be to other charges, ended ones too, oldest first.' })
  relations(): object {
    return planned();
  }

  @Mutation(() => RelateChargePayload, { description: 'Says that a charge is a lesser included one of another of the same person, or its alternative. It blocks nothing.' })
  relateCharge(@Arg('input', () => RelateChargeInput) input: RelateChargeInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(relateCharge, input, info);
  }

  @Mutation(() => UnrelateChargePayload, { description: 'Takes back that a charge is a lesser included one of another, or its alternative.' })
  unrelateCharge(@Arg('input', () => UnrelateChargeInput) input: UnrelateChargeInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(unrelateCharge, input, info);
  }
}
