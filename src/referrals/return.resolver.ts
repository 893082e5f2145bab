import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { answerReturn, disputeReturnItem, requestWithdrawal, withdrawReferral } from './answer.acts.ts';
import { AgencyActPayload, AnswerReturnInput, DisputePayload, DisputeReturnItemInput, RequestWithdrawalInput, WithdrawReferralInput } from './answer.inputs.ts';
import { Referral } from './referral.type.ts';
import { acceptReferral, answerWithdrawalRequest, cancelReturnItem, refuseReferral, resolveDispute, returnReferral, waiveReturnItem } from './return.acts.ts';
import {
  AcceptReferralInput, AnswerWithdrawalRequestInput, CancelReturnItemInput, RefuseReferralInput, ResolveDisputeInput, ReturnItemPayload, ReturnReferralInput, ScreeningPayload,
  WaiveReturnItemInput,
} from './return.inputs.ts';
import { itemsOwn } from './return.store.ts';
import { CaseReferral, ReturnEntry, ReturnItem, ReturnItemConnection, ReturnItemFilter } from './return.type.ts';

@Resolver(() => Case)
export class ReturnResolver {
  @FieldResolver(() => [CaseReferral], { description: 'The referrals behind it, and where they stand.' })
  referrals(): object {
    return planned();
  }

  @FieldResolver(() => [ReturnItem], { description: 'What was asked of the agencies that sent its referrals, by the day it is due.' })
  returnItems(): object {
    return planned();
  }

  @Mutation(() => ScreeningPayload, { description: 'Takes a referral as it is. By the lead; until there is one, by intake or a supervisor of any venue candidate.' })
  acceptReferral(@Arg('input', () => AcceptReferralInput) input: AcceptReferralInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(acceptReferral, input, info);
  }

  @Mutation(() => ScreeningPayload, { description: 'Refuses a referral of a case that your office leads; the case closes unless another referral stands behind it.' })
  refuseReferral(@Arg('input', () => RefuseReferralInput) input: RefuseReferralInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(refuseReferral, input, info);
  }

  @Mutation(() => ScreeningPayload, { description: 'Asks the agency for what a referral lacks, item by item. By whoever may accept it.' })
  returnReferral(@Arg('input', () => ReturnReferralInput) input: ReturnReferralInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(returnReferral, input, info);
  }

  @Mutation(() => ReturnItemPayload, { description: 'Does without something that your office asked for, or that is owed to it as the lead.' })
  waiveReturnItem(@Arg('input', () => WaiveReturnItemInput) input: WaiveReturnItemInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(waiveReturnItem, input, info);
  }

  @Mutation(() => ReturnItemPayload, { description: 'Takes back what should not have been asked.' })
  cancelReturnItem(@Arg('input', () => CancelReturnItemInput) input: CancelReturnItemInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(cancelReturnItem, input, info);
  }

  @Mutation(() => ReturnItemPayload, { description: 'Decides what the agency disputes: UPHELD ends the item, OVERRULED makes it due again.' })
  resolveDispute(@Arg('input', () => ResolveDisputeInput) input: ResolveDisputeInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(resolveDispute, input, info);
  }

  @Mutation(() => ScreeningPayload, { description: 'Grants or denies the agency’s request to withdraw an accepted referral of a case that your office leads.' })
  answerWithdrawalRequest(@Arg('input', () => AnswerWithdrawalRequestInput) input: AnswerWithdrawalRequestInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(answerWithdrawalRequest, input, info);
  }
}

@Resolver(() => Referral)
export class AnswerResolver {
  @FieldResolver(() => [ReturnItem], { description: 'What offices ask of your agency about it, by the day it is due.' })
  items(): object {
    return planned();
  }

  @FieldResolver(() => [ReturnEntry], { description: 'What was said about it as a whole, as far as you are told, oldest first.' })
  thread(): object {
    return planned();
  }

  @Query(() => ReturnItemConnection, { description: 'What is asked of your agency, or owed to your office, by the day it is due.' })
  returnItems(
    @Arg('filter', () => ReturnItemFilter, { nullable: true, description: 'Which.' }) _filter: ReturnItemFilter | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Session,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, itemsOwn);
  }

  @Mutation(() => AgencyActPayload, { description: 'Answers what is asked of your agency’s referral: each answer closes its own item, the others stay.' })
  answerReturn(@Arg('input', () => AnswerReturnInput) input: AnswerReturnInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(answerReturn, input, info);
  }

  @Mutation(() => DisputePayload, { description: 'Says why your agency does not owe what is asked; the office decides.' })
  disputeReturnItem(@Arg('input', () => DisputeReturnItemInput) input: DisputeReturnItemInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(disputeReturnItem, input, info);
  }

  @Mutation(() => AgencyActPayload, { description: 'Takes a referral of your agency back before it is accepted.' })
  withdrawReferral(@Arg('input', () => WithdrawReferralInput) input: WithdrawReferralInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawReferral, input, info);
  }

  @Mutation(() => AgencyActPayload, { description: 'Asks the office that leads the case to let an accepted referral of your agency go.' })
  requestWithdrawal(@Arg('input', () => RequestWithdrawalInput) input: RequestWithdrawalInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(requestWithdrawal, input, info);
  }
}
