import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Charge } from '../charges/charge.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { approveDecision, decideCharge, rejectDecision, withdrawDecision } from './decision.acts.ts';
import { ApproveDecisionInput, DecideChargeInput, DecisionPayload, RejectDecisionInput, WithdrawDecisionInput } from './decision.inputs.ts';
import { CaseOutcomes, Decision } from './decision.type.ts';

@Resolver(() => Case)
export class OutcomeResolver {
  @FieldResolver(() => CaseOutcomes, { nullable: true, description: 'What is decided on its live charges that you may see; null while one of them is undecided, or there is none.' })
  outcome(): object {
    return planned();
  }
}

@Resolver(() => Charge)
export class DecisionResolver {
  @FieldResolver(() => [Decision], { description: 'What was proposed to do about it, in the order it was proposed: superseded, rejected and withdrawn decisions too.' })
  decisions(): object {
    return planned();
  }

  @FieldResolver(() => Decision, { nullable: true, description: 'The decision that stands; null while it is undecided.' })
  decision(): object {
    return planned();
  }

  @Mutation(() => DecisionPayload, { description: 'Proposes what to do about a charge. It stands once another person approves it.' })
  decideCharge(@Arg('input', () => DecideChargeInput) input: DecideChargeInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(decideCharge, input, info);
  }

  @Mutation(() => DecisionPayload, { description: 'Approves a decision that another person proposed. The stage of the case follows what is decided on its live charges.' })
  approveDecision(@Arg('input', () => ApproveDecisionInput) input: ApproveDecisionInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(approveDecision, input, info);
  }

  @Mutation(() => DecisionPayload, { description: 'Rejects a decision that another person proposed.' })
  rejectDecision(@Arg('input', () => RejectDecisionInput) input: RejectDecisionInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(rejectDecision, input, info);
  }

  @Mutation(() => DecisionPayload, { description: 'Takes back a decision that you proposed.' })
  withdrawDecision(@Arg('input', () => WithdrawDecisionInput) input: WithdrawDecisionInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawDecision, input, info);
  }
}
