import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { answerContest, contestClaim, recordVenueDecision, withdrawContest } from './contest.acts.ts';
import { AnswerContestInput, ContestClaimInput, RecordVenueDecisionInput, WithdrawContestInput } from './contest.inputs.ts';
import { ContestPayload, VenueContest } from './contest.type.ts';

@Resolver(() => Case)
export class ContestResolver {
  @FieldResolver(() => [VenueContest], { description: 'The contests of its venue that your office opened, or that were opened against its lead.' })
  contests(): object {
    return planned();
  }

  @Mutation(() => ContestPayload, { description: 'Claims, as a venue candidate, a case that another office leads. The lead stays until the two agree or a court decides.' })
  contestClaim(@Arg('input', () => ContestClaimInput) input: ContestClaimInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(contestClaim, input, info);
  }

  @Mutation(() => ContestPayload, { description: 'Agrees or objects to what the other side of a contest says. Where the lead agrees, it offers the contestant the lead.' })
  answerContest(@Arg('input', () => AnswerContestInput) input: AnswerContestInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(answerContest, input, info);
  }

  @Mutation(() => ContestPayload, { description: 'Records a court’s decision on a contest, by either side and shown to both. In one’s own favour it waits until the other agrees.' })
  recordVenueDecision(@Arg('input', () => RecordVenueDecisionInput) input: RecordVenueDecisionInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordVenueDecision, input, info);
  }

  @Mutation(() => ContestPayload, { description: 'Takes a contest back.' })
  withdrawContest(@Arg('input', () => WithdrawContestInput) input: WithdrawContestInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawContest, input, info);
  }
}
