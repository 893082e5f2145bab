import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Session } from '../trail/session.ts';
import { createCalendarFeed, revokeCalendarFeed } from './feed.acts.ts';
import type { FeedAddresses } from './feed.address.ts';
import { feedsSeen } from './feed.store.ts';
import { CalendarFeedConnection, CreateCalendarFeedInput, CreateCalendarFeedPayload, RevokeCalendarFeedInput, RevokeCalendarFeedPayload } from './feed.type.ts';

@Resolver()
export class FeedResolver {
  @Query(() => CalendarFeedConnection, { description: 'Your calendar feeds; for the heads of your office, those of all its members. Newest first, revoked ones too. No address is told again.' })
  calendarFeeds(
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Session,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, feedsSeen);
  }

  @Mutation(() => CreateCalendarFeedPayload, {
    description: 'Makes a calendar (iCalendar) of what is due in the cases that you see, for a calendar program to read by a signed address. It holds case numbers, days and rules, and no names.',
  })
  createCalendarFeed(
    @Arg('input', () => CreateCalendarFeedInput) input: CreateCalendarFeedInput,
    @Ctx('session') session: Session, @Ctx('feeds') feeds: FeedAddresses | undefined, @Info() info: GraphQLResolveInfo,
  ) {
    return session.perform(createCalendarFeed(feeds), input, info);
  }

  @Mutation(() => RevokeCalendarFeedPayload, { description: 'Ends a calendar feed at once: your own, or as a head of the office one of its members.' })
  revokeCalendarFeed(@Arg('input', () => RevokeCalendarFeedInput) input: RevokeCalendarFeedInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(revokeCalendarFeed, input, info);
  }
}
