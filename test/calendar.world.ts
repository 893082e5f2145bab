import type { CastMember, World } from './world.ts';

export const CREATE = 'mutation ($input: CreateCalendarFeedInput!) { createCalendarFeed(input: $input) { url feed { id member { name } kinds onlyMine createdAt until revokedAt lastReadAt } } }';
export const REVOKE = 'mutation ($input: RevokeCalendarFeedInput!) { revokeCalendarFeed(input: $input) { feed { id revokedAt } } }';
export const FEEDS = 'query ($first: Int, $after: String) { calendarFeeds(first: $first, after: $after) { totalCount nodes { id member { name } kinds until revokedAt lastReadAt } pageInfo { hasNextPage endCursor } } }';

/** A feed as its member was given it. */
export interface Feed {
  readonly url: string;
  readonly id: string;
  readonly feed: Record<string, any>;
}

export async function feedOf(world: World, who: CastMember, input: object = {}): Promise<Feed> {
  const { createCalendarFeed: made } = await world.as(who).get(CREATE, { input });
  return { url: made.url, id: made.feed.id, feed: made.feed };
}

/** A calendar as a program reads it: its own lines, and its events by the names of their lines, parameters among them. */
export interface Calendar {
  readonly lines: Readonly<Record<string, string>>;
  readonly events: readonly Readonly<Record<string, string>>[];
}

/** Reads the lines of RFC 5545: unfolds them, takes the escapes off texts, and throws for what stands in no order. */
export function calendarIn(text: string): Calendar {
  for (const line of text.split('\r\n')) if (Buffer.byteLength(line) > 75 || /[\r\n]/.test(line)) throw new Error(`no line of a calendar: ${line}`);
  const stack: { name: string; lines: Record<string, string> }[] = [];
  const events: Record<string, string>[] = [];
  let calendar: Record<string, string> | undefined;
  for (const line of text.replace(/\r\n[ \t]/g, '').split('\r\n').filter((each) => each !== '')) {
    const [, name = '', value = ''] = /^([A-Z0-9-]+(?:;[^:]*)?):(.*)$/.exec(line) ?? [];
    if (name === 'BEGIN') stack.push({ name: value, lines: {} });
    else if (name === 'END') {
      const ended = stack.pop();
      if (ended?.name !== value) throw new Error(`${value} ends what is not begun`);
      if (value === 'VEVENT') events.push(ended.lines);
      if (value === 'VCALENDAR') calendar = ended.lines;
    } else {
      const lines = stack.at(-1)?.lines;
      if (name === '' || lines === undefined || name in lines) throw new Error(`no line of a calendar: ${line}`);
      lines[name] = value.replace(/\\([\\;,n])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
    }
  }
  if (calendar === undefined || stack.length > 0) throw new Error('a calendar that does not end');
  return { lines: calendar, events };
}
