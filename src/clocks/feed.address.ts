import { createHmac, timingSafeEqual } from 'node:crypto';

/** The path below which feeds are read. */
export const FEED_PATH = '/calendar';

/** What the address of a feed says: which feed, until when (seconds since 1970), and the signature of both. */
export interface FeedAddress {
  readonly id: string;
  readonly until: string;
  readonly signature: string;
}

/** Makes addresses of feeds, and knows its own. */
export interface FeedAddresses {
  /** The whole address of a feed that is answered until then, in seconds since 1970. */
  addressOf(id: string, until: string): string;
  /** Whether an address was made here. Takes as long for one that was not. */
  isOurs(address: FeedAddress): boolean;
}

/** Addresses signed with a key (HMAC-SHA256) and kept nowhere: another key makes all of them void. `origin` is where this server is reached from outside. */
export function feedAddresses(key: string, origin: () => string): FeedAddresses {
  const signature = (id: string, until: string) => createHmac('sha256', key).update(`calendar feed ${id} until ${until}`).digest('base64url');
  return {
    addressOf: (id, until) => `${origin()}${FEED_PATH}/${id}.ics?until=${until}&signature=${signature(id, until)}`,
    isOurs(address) {
      const [given, ours] = [Buffer.from(address.signature), Buffer.from(signature(address.id, address.until))];
      return timingSafeEqual(given.length === ours.length ? given : Buffer.alloc(ours.length), ours);
    },
  };
}
