import { eq, sql } from 'drizzle-orm';
import { page, type Target } from '../database/shape.ts';
import { arrayText, statement, type Statement } from '../database/statement.ts';
import type { ClockKind } from './clock.ts';
import { calendarFeeds } from './feed.table.ts';

/** Feeds that one member may have at once. */
export const MOST_FEEDS = 20;

/** The feeds of the reader's office, newest first: the row policies show one's own, or the office's. */
export const feedsSeen = (): Target =>
  page('CalendarFeed', calendarFeeds, {
    where: (feed) => eq(feed.officeId, sql`nullif(current_setting('comity.office', true), '')::uuid`),
    keys: (feed) => [{ column: sql`${feed.createdAt}`, kind: 'instant' }, { column: sql`${feed.id}`, kind: 'uuid' }],
    descending: true,
  });

const MADE = `insert into comity.calendar_feeds (id, office_id, member_id, kinds, only_mine, created_at, until)
  select $1::uuid, $2::uuid, comity.member(), $3::text::text[], $4::boolean, statement_timestamp(), date_trunc('second', statement_timestamp()) + $5::integer * interval '24 hours'
   where (select count(*) from comity.calendar_feeds f where f.member_id = comity.member() and f.revoked_at is null and statement_timestamp() < f.until) < ${MOST_FEEDS}
  returning extract(epoch from until)::bigint::text as until`;

/** A feed of the actor. */
export interface NewFeed {
  readonly id: string;
  readonly officeId: string;
  readonly kinds: readonly ClockKind[] | null;
  readonly onlyMine: boolean;
  readonly lifetimeDays: number;
}

/** Makes it and answers until when, in seconds since 1970; makes none where the actor has as many as one may have. */
export const feedMade = ({ id, officeId, kinds, onlyMine, lifetimeDays }: NewFeed): Statement =>
  statement(MADE, [id, officeId, kinds === null ? null : arrayText(kinds), onlyMine, lifetimeDays]);

const FOUND = `select member_id as "memberId" from comity.calendar_feeds where id = $1::uuid and office_id = nullif(current_setting('comity.office', true), '')::uuid`;
const REVOKED = `update comity.calendar_feeds set revoked_by = comity.member(), revoked_at = statement_timestamp() where id = $1::uuid and revoked_at is null returning id`;

/** Whose a feed of the actor's office is. */
export const feedFound = (id: string): Statement => statement(FOUND, [id]);

/** Revokes it; touches no row where it is revoked. */
export const feedRevoked = (id: string): Statement => statement(REVOKED, [id]);
