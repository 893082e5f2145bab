import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Case, CaseConnection } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { offersOpen, offersSent } from './offers.ts';
import { acceptInvitation, declineInvitation, inviteJurisdiction, leaveCase, withdrawInvitation } from './responsibility.acts.ts';
import {
  AcceptInvitationInput, DeclineInvitationInput, InviteJurisdictionInput, LeaveCaseInput, ResponsibilityPayload, WithdrawInvitationInput,
} from './responsibility.inputs.ts';
import { Responsibility } from './responsibility.type.ts';

@Resolver(() => Case)
export class ResponsibilityResolver {
  @FieldResolver(() => [Responsibility], { description: 'The parts that other offices have or had in it, or are offered: all of them for the lead, for another office its own.' })
  responsibilities(): object {
    return planned();
  }

  @Query(() => CaseConnection, { description: 'The cases on which an invitation or a transfer waits for the answer of your office, by the time their referral arrived, newest first.' })
  offers(
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Session,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, offersOpen);
  }

  @Query(() => CaseConnection, { description: 'The cases on which an invitation or a transfer of your office waits for the answer of another, by the time their referral arrived, newest first.' })
  offersSent(
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Session,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, offersSent);
  }

  @Mutation(() => ResponsibilityPayload, { description: 'Offers another office a part in a case that your office leads. It sees the SUMMARY until it answers.' })
  inviteJurisdiction(@Arg('input', () => InviteJurisdictionInput) input: InviteJurisdictionInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(inviteJurisdiction, input, info);
  }

  @Mutation(() => ResponsibilityPayload, { description: 'Takes up the part that your office is offered.' })
  acceptInvitation(@Arg('input', () => AcceptInvitationInput) input: AcceptInvitationInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(acceptInvitation, input, info);
  }

  @Mutation(() => ResponsibilityPayload, { description: 'Declines the part that your office is offered.' })
  declineInvitation(@Arg('input', () => DeclineInvitationInput) input: DeclineInvitationInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(declineInvitation, input, info);
  }

  @Mutation(() => ResponsibilityPayload, { description: 'Takes an invitation back, and with it the part that came of it.' })
  withdrawInvitation(@Arg('input', () => WithdrawInvitationInput) input: WithdrawInvitationInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawInvitation, input, info);
  }

  @Mutation(() => ResponsibilityPayload, { description: 'Gives up the part of your office in a case that another leads: the places of its people end, and what the part opened closes.' })
  leaveCase(@Arg('input', () => LeaveCaseInput) input: LeaveCaseInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(leaveCase, input, info);
  }
}
