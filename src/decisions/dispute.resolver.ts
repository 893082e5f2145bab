import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { planned } from '../database/lookahead.ts';
import { Referral } from '../referrals/referral.type.ts';
import type { Session } from '../trail/session.ts';
import { answerDeclinationDispute, disputeDeclination } from './dispute.acts.ts';
import { AnswerDeclinationDisputeInput, AnswerDeclinationDisputePayload, DisputeDeclinationInput, DisputeDeclinationPayload } from './dispute.inputs.ts';

@Resolver(() => Referral)
export class DisputeResolver {
  @FieldResolver(() => [String], { description: 'Why it was declined, in the words that the office shares; none while it is not, or where the office’s rule book does not show REASON.' })
  declinationReasons(): object {
    return planned();
  }

  @Mutation(() => DisputeDeclinationPayload, { description: 'Disputes that your referral was declined, with what is new. Once a referral, where you were told of it.' })
  disputeDeclination(@Arg('input', () => DisputeDeclinationInput) input: DisputeDeclinationInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(disputeDeclination, input, info);
  }

  @Mutation(() => AnswerDeclinationDisputePayload, { description: 'Answers an agency’s dispute of a declination: it holds, or the case is reopened.' })
  answerDeclinationDispute(@Arg('input', () => AnswerDeclinationDisputeInput) input: AnswerDeclinationDisputeInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(answerDeclinationDispute, input, info);
  }
}
