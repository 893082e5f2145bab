import { eq } from 'drizzle-orm';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { each } from '../database/shape.ts';
import type { Session } from '../trail/session.ts';
import { sentAsInput } from './original.ts';
import { submitReferral, submitReferrals, validateReferral } from './referral.acts.ts';
import { referralFound, referralsOwn } from './referral.store.ts';
import { referrals } from './referral.table.ts';
import { Referral, ReferralConnection, ReferralFilter, SubmissionItem, SubmitReferralPayload, SubmitReferralsPayload, ValidateReferralPayload } from './referral.type.ts';
import { SubmitReferralInput, SubmitReferralsInput, ValidateReferralInput } from './submission.inputs.ts';

@Resolver()
export class ReferralResolver {
  @Query(() => Referral, { nullable: true, description: 'One referral of your agency; null where it has none with this id.' })
  referral(@Arg('id', () => ID, { description: 'The referral.' }) _id: string, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return session.look(info, referralFound);
  }

  @Query(() => ReferralConnection, { description: 'The referrals of your agency, newest first.' })
  referrals(
    @Arg('filter', () => ReferralFilter, { nullable: true, description: 'Which.' }) _filter: ReferralFilter | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Session,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, referralsOwn);
  }

  @Mutation(() => ValidateReferralPayload, { description: 'Says what a submission would meet with, by the same rules. Nothing is kept.' })
  validateReferral(@Arg('input', () => ValidateReferralInput) input: ValidateReferralInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(validateReferral, input, info);
  }

  @Mutation(() => SubmitReferralPayload, { description: 'Submits a referral, which a police agency signed. It arrives as a case with the office of its county. What a member of the public tells (a tip) is no referral: nothing here takes one.' })
  submitReferral(@Arg('input', () => SubmitReferralInput) input: SubmitReferralInput, @Ctx('session') session: Session, @Ctx('received') received: unknown, @Info() info: GraphQLResolveInfo) {
    return session.perform(submitReferral, { input, sent: sentAsInput(info, received) }, info);
  }

  @Mutation(() => SubmitReferralsPayload, { description: 'Submits 1 to 100 referrals of police agencies, each with an outcome of its own, kept by one commit. Tips of the public are none.' })
  submitReferrals(@Arg('input', () => SubmitReferralsInput) input: SubmitReferralsInput, @Ctx('session') session: Session, @Ctx('received') received: unknown, @Info() info: GraphQLResolveInfo) {
    return session.perform(submitReferrals, { input, sent: sentAsInput(info, received) }, info);
  }
}

@Resolver(() => SubmissionItem)
export class SubmissionItemResolver {
  @FieldResolver(() => Referral, { nullable: true, description: 'The referral as it is kept; null where it was refused.' })
  referral(@Root() item: SubmissionItem, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo): Promise<unknown> | null {
    return item.referralId === null ? null : session.load(info, (ids) => each('Referral', referrals, ids, (referral, id) => eq(referral.id, id)), item.referralId);
  }
}
