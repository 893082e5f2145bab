import { eq } from 'drizzle-orm';
import { members } from '../coalition/member.table.ts';
import { one, shape, type Shapes } from '../database/shape.ts';
import { calendarFeeds } from './feed.table.ts';

/** Whose a calendar feed is. */
export const feedShapes: Shapes = {
  CalendarFeed: shape(calendarFeeds, { member: (feed) => one('Member', members, (member) => eq(member.id, feed.memberId)) }),
};
