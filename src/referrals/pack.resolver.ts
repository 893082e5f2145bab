import { eq } from 'drizzle-orm';
import { GraphQLDate } from 'graphql-scalars';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { each } from '../database/shape.ts';
import { notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import type { Session } from '../trail/session.ts';
import { adoptReadinessPack, draftReadinessPack, proposeReadinessPack, withdrawReadinessPack } from './pack.acts.ts';
import {
  AdoptReadinessPackInput, AdoptReadinessPackPayload, DraftReadinessPackInput, DraftReadinessPackPayload, ProposeReadinessPackInput, ProposeReadinessPackPayload,
  ReadinessPackFilter, WithdrawReadinessPackInput, WithdrawReadinessPackPayload,
} from './pack.inputs.ts';
import { PATIENTLY, previewed, previewOf } from './pack.preview.ts';
import { readinessOf, readinessPacksFound } from './pack.store.ts';
import { readinessPacks } from './pack.table.ts';
import { ReadinessPack, ReadinessPackConnection } from './pack.type.ts';
import { Readiness, ReadinessPackPreview, RequirementInForce } from './readiness.type.ts';
import { referrals } from './referral.table.ts';
import { Referral } from './referral.type.ts';

@Resolver()
export class PackResolver {
  @Query(() => Readiness, { nullable: true, description: 'What a referral of an agency must show, of an incident on a day. Null where there is no such agency, or you are of another one.' })
  readinessPack(
    @Arg('agency', () => ID, { nullable: true, description: 'The agency; your own, unless told.' }) agency: string | null,
    @Arg('incidentOn', () => GraphQLDate, { description: 'The day of the incident.' }) incidentOn: string,
    @Ctx('session') session: Session,
  ): Promise<Readiness | null> {
    return readinessOf(session, agency, dayText(incidentOn));
  }

  @Query(() => ReadinessPackConnection, { description: 'The readiness packs that you may see, newest first: what is or was in force, and all of your own agency; for administrators, all of the coalition.' })
  readinessPacks(
    @Arg('filter', () => ReadinessPackFilter, { nullable: true, description: 'Which.' }) _filter: ReadinessPackFilter | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Session,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, readinessPacksFound);
  }

  @Query(() => ReadinessPackPreview, {
    description: 'How your own agency’s referrals of the last 90 days would have fared under a pack: a draft of yours, one that is proposed, or one in force. Ten times a minute.',
  })
  async previewReadinessPack(@Arg('packId', () => ID, { description: 'The pack.' }) packId: string, @Ctx('session') session: Session): Promise<ReadinessPackPreview> {
    const id = idOrNull(packId);
    if (id === null) throw notFound();
    await session.spend('ANALYSIS');
    return previewOf(await session.askAs(PATIENTLY, previewed(id)));
  }

  @Mutation(() => DraftReadinessPackPayload, { description: 'Drafts a readiness pack of your agency, or as an administrator one of the coalition, or changes a draft of it.' })
  draftReadinessPack(@Arg('input', () => DraftReadinessPackInput) input: DraftReadinessPackInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(draftReadinessPack, input, info);
  }

  @Mutation(() => ProposeReadinessPackPayload, { description: 'Proposes a draft for adoption; from now on it is fixed.' })
  proposeReadinessPack(@Arg('input', () => ProposeReadinessPackInput) input: ProposeReadinessPackInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(proposeReadinessPack, input, info);
  }

  @Mutation(() => AdoptReadinessPackPayload, { description: 'Puts a pack that another person proposed into force. It judges what is submitted from this moment on, and nothing that was received.' })
  adoptReadinessPack(@Arg('input', () => AdoptReadinessPackInput) input: AdoptReadinessPackInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(adoptReadinessPack, input, info);
  }

  @Mutation(() => WithdrawReadinessPackPayload, { description: 'Gives up a draft or a proposal.' })
  withdrawReadinessPack(@Arg('input', () => WithdrawReadinessPackInput) input: WithdrawReadinessPackInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawReadinessPack, input, info);
  }
}

@Resolver(() => RequirementInForce)
export class RequirementInForceResolver {
  @FieldResolver(() => ReadinessPack, { nullable: true, description: 'The pack that asks it.' })
  pack(@Root() { packId }: RequirementInForce, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return session.load(info, (ids) => each('ReadinessPack', readinessPacks, ids, (pack, id) => eq(pack.id, id)), packId);
  }
}

@Resolver(() => ReadinessPackPreview)
export class PackPreviewResolver {
  @FieldResolver(() => [Referral], { description: 'Up to five referrals that would be refused and are not, newest first.' })
  newlyRefused(@Root() { newlyRefusedIds }: ReadinessPackPreview, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo): Promise<unknown[]> {
    return samples(session, info, newlyRefusedIds);
  }

  @FieldResolver(() => [Referral], { description: 'Up to five referrals that would still be received, with a remark that they do not meet today.' })
  newlyWarned(@Root() { newlyWarnedIds }: ReadinessPackPreview, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo): Promise<unknown[]> {
    return samples(session, info, newlyWarnedIds);
  }

  @FieldResolver(() => [Referral], { description: 'Up to five referrals that would be refused today and no longer.' })
  noLongerRefused(@Root() { noLongerRefusedIds }: ReadinessPackPreview, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo): Promise<unknown[]> {
    return samples(session, info, noLongerRefusedIds);
  }
}

async function samples(session: Session, info: GraphQLResolveInfo, referralIds: readonly string[]): Promise<unknown[]> {
  const loaded = await Promise.all(referralIds.map((referralId) => session.load(info, (ids) => each('Referral', referrals, ids, (referral, id) => eq(referral.id, id)), referralId)));
  return loaded.filter((referral) => referral !== null);
}
