import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { cancelUnsealing, proposeUnsealing, sealCase, unseal } from './seal.acts.ts';
import {
  CancelUnsealingInput, CancelUnsealingPayload, ProposeUnsealingInput, ProposeUnsealingPayload, SealCaseInput, SealCasePayload, UnsealInput, UnsealPayload,
} from './seal.inputs.ts';
import { Seal } from './seal.type.ts';

@Resolver(() => Case)
export class SealResolver {
  @FieldResolver(() => [Seal], { description: 'The seals that you are in the audience of, and those that were lifted or have ended, oldest first. One that fewer than two of its audience could still lift is shown to the elected head of the lead too, who may lift it with another.' })
  seals(): object {
    return planned();
  }

  @Mutation(() => SealCasePayload, { description: 'Seals a case that your office leads, or facets of it, by order of a court: closed at once to all but the audience.' })
  sealCase(@Arg('input', () => SealCaseInput) input: SealCaseInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(sealCase, input, info);
  }

  @Mutation(() => ProposeUnsealingPayload, { description: 'Proposes to lift a seal; another person lifts it.' })
  proposeUnsealing(@Arg('input', () => ProposeUnsealingInput) input: ProposeUnsealingInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(proposeUnsealing, input, info);
  }

  @Mutation(() => CancelUnsealingPayload, { description: 'Takes a proposal to lift a seal back.' })
  cancelUnsealing(@Arg('input', () => CancelUnsealingInput) input: CancelUnsealingInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(cancelUnsealing, input, info);
  }

  @Mutation(() => UnsealPayload, { description: 'Lifts a seal that another person proposed to lift.' })
  unseal(@Arg('input', () => UnsealInput) input: UnsealInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(unseal, input, info);
  }
}
