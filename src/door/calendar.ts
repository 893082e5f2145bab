import { createHash, randomUUID } from 'node:crypto';
import { Router } from 'express';
import { FEED_PATH, type FeedAddress, type FeedAddresses } from '../clocks/feed.address.ts';
import { notFound } from '../kernel/errors.ts';
import { isId } from '../kernel/ids.ts';
import { addressKey, type Rates } from './rates.ts';

export interface CalendarDoor {
  readonly feeds: FeedAddresses;
  /** The calendar of a feed, as its member sees it now; undefined where the feed is not answered. */
  read(feedId: string, requestId: string): Promise<string | undefined>;
  readonly rates: Rates;
}

/**
 * Feeds, by their signed addresses. Whatever is wrong with one, be it the signature, the day, the feed or its member, the
 * answer is the same 404; the database is asked of none that was not signed here. A feed is read 30 times a minute at the most, and who
 * asks for what is not answered has as much patience as who comes without a token.
 */
export function calendar({ feeds, read, rates }: CalendarDoor): Router {
  const router = Router();
  router.get(`${FEED_PATH}/:file`, async (request, response) => {
    const requestId = randomUUID();
    response.setHeader('X-Request-Id', requestId);
    const address = addressOf(request.params['file'], request.query);
    const text = address !== undefined && feeds.isOurs(address) && Date.now() < Number(address.until) * 1000 ? await answered(address) : undefined;
    if (text === undefined) {
      await rates.spend('ANONYMOUS', addressKey(request.ip ?? 'unknown'));
      throw notFound();
    }
    const tag = `"${createHash('sha256').update(text).digest('base64url')}"`;
    response.set({ 'Content-Type': 'text/calendar; charset=utf-8', 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'no-referrer', ETag: tag });
    if (isHeld(tag, request.headers['if-none-match'])) response.status(304).end();
    else response.send(text);

    async function answered({ id }: FeedAddress): Promise<string | undefined> {
      await rates.spend('FEED', id);
      return read(id, requestId);
    }
  });
  return router;
}

/** Whether the sender says that it has these bytes already. */
const isHeld = (tag: string, held: string | undefined): boolean => (held ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === tag);

/** What an address says, if it is written as ours are. */
function addressOf(file: string, query: Readonly<Record<string, unknown>>): FeedAddress | undefined {
  const id = /^(.{36})\.ics$/.exec(file)?.[1];
  const { until, signature } = query;
  if (id === undefined || !isId(id) || typeof until !== 'string' || !/^\d{1,12}$/.test(until) || typeof signature !== 'string') return undefined;
  return { id, until, signature };
}
