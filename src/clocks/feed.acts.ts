import { eq, sql } from 'drizzle-orm';
import type { Role } from '../access/seats.ts';
import { officeOf } from '../cases/subject.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict, notFound, Refusal } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import { act } from '../trail/act.ts';
import type { FeedAddresses } from './feed.address.ts';
import { feedFound, feedMade, feedRevoked, MOST_FEEDS } from './feed.store.ts';
import { calendarFeeds } from './feed.table.ts';
import type { CreateCalendarFeedInput, RevokeCalendarFeedInput } from './feed.type.ts';

/** Who sees the feeds of a whole office. */
const HEADS: ReadonlySet<Role> = new Set(['SUPERVISOR', 'ELECTED']);
/** Days that a feed is answered: unless told, and at the most. */
const [USUAL, LONGEST] = [180, 366];

/**
 * Makes a calendar of what is due, and its address, which is kept nowhere. Throws Unavailable where the server has no key to sign
 * with, BadInput for a lifetime that is none or kinds that are none, Conflict where the actor has too many.
 */
export const createCalendarFeed = (addresses: FeedAddresses | undefined) => act('clock:feed', async (moment, input: CreateCalendarFeedInput) => {
  if (addresses === undefined) throw new Refusal('UNAVAILABLE', 'This server gives out no calendars.', { remedy: 'Its operator sets COMITY_FEED_KEY and COMITY_URL.' });
  const lifetimeDays = input.lifetimeDays ?? USUAL;
  if (lifetimeDays < 1 || lifetimeDays > LONGEST) throw badInput('lifetimeDays', 'A calendar is not answered for so long.', `Give 1 to ${LONGEST} days.`);
  const kinds = input.kinds == null ? null : [...new Set(input.kinds)];
  if (kinds?.length === 0) throw badInput('kinds', 'A calendar of no kind of clock would be empty.', 'Name one kind or more, or leave this away for all.');
  const id = newId();
  const [made] = (await moment.run(feedMade({ id, officeId: officeOf(moment), kinds, onlyMine: input.onlyMine ?? false, lifetimeDays }))).rows;
  if (made === undefined) throw conflict(`You have ${MOST_FEEDS} calendars already.`, { remedy: 'Revoke one that is not read any more: calendarFeeds says when each was last read.' });
  return { payload: { feed: feedShown(id), url: addresses.addressOf(id, String(made['until'])) } };
});

/** Ends a feed at once: one's own, or for the heads of the office one of the office. Throws NotFound where the actor does not see it, Conflict where it is revoked already. */
export const revokeCalendarFeed = act('clock:feed', async (moment, { feedId }: RevokeCalendarFeedInput) => {
  const id = idOrNull(feedId);
  const [found] = id === null ? [] : (await moment.run(feedFound(id))).rows;
  const { memberId, role } = moment.actor;
  if (id === null || found === undefined || (found['memberId'] !== memberId && !HEADS.has(role))) throw notFound();
  if ((await moment.run(feedRevoked(id))).rows.length !== 1) throw conflict('This calendar is revoked already.', { remedy: 'Read calendarFeeds again.' });
  return { payload: { feed: feedShown(id) } };
});

const feedShown = (id: string): Shown => new Shown(({ given }) => one('CalendarFeed', calendarFeeds, (feed) => eq(feed.id, sql`${given(0)}::uuid`)), [id]);
