import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../kernel/errors.ts';

/** A budget: at most `burst` at once, refilled when `seconds` have passed, so `burst / seconds` a second in the long run. */
interface Allowance { readonly burst: number; readonly seconds: number }

const ALLOWANCES = {
  /** 50 requests a second, 500 at once. */
  PERSON: { burst: 500, seconds: 10 },
  /** A machine account of an agency: 20 requests a second, 200 at once. */
  CLIENT: { burst: 200, seconds: 10 },
  /** An analyst's aggregate queries: 10 a minute. */
  ANALYSIS: { burst: 10, seconds: 60 },
  /** Reads of one calendar: 30 a minute. */
  FEED: { burst: 30, seconds: 60 },
  /** Failed authentications from one address: 5 a second. */
  ANONYMOUS: { burst: 5, seconds: 1 },
} as const satisfies Record<string, Allowance>;

export type Budget = keyof typeof ALLOWANCES;

export interface Rates {
  /** Spends one of the budget's points for this key (a member's id, an address). Throws RATE_LIMITED with the seconds to wait. */
  spend(budget: Budget, key: string): Promise<void>;
}

/**
 * The rate limits of this process, kept in its memory: a fleet of n processes allows up to n times as much, and a
 * restart forgets. A proxy in front is the place for limits of the whole fleet.
 */
export function rates(changes: Partial<Record<Budget, Allowance>> = {}): Rates {
  const limiter = (budget: Budget) => {
    const { burst, seconds } = changes[budget] ?? ALLOWANCES[budget];
    return new RateLimiterMemory({ keyPrefix: budget, points: burst, duration: seconds });
  };
  const limiters = {
    PERSON: limiter('PERSON'), CLIENT: limiter('CLIENT'), ANALYSIS: limiter('ANALYSIS'), FEED: limiter('FEED'), ANONYMOUS: limiter('ANONYMOUS'),
  } satisfies Record<Budget, RateLimiterMemory>;
  return {
    async spend(budget, key) {
      try {
        await limiters[budget].consume(key);
      } catch (spent) {
        if (!(spent instanceof RateLimiterRes)) throw spent;
        throw tooMany(Math.max(1, Math.ceil(spent.msBeforeNext / 1000)));
      }
    },
  };
}

/** The key of an address: an IPv6 sender owns a /64 at least, so its last four groups do not make it another sender. */
export const addressKey = (address: string): string => {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const known = tail === undefined ? groups : [...groups, ...Array<string>(Math.max(0, 4 - groups.length)).fill('0')];
  return known.slice(0, 4).join(':');
};

const tooMany = (seconds: number) => new Refusal(
  'RATE_LIMITED',
  `Too many requests. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'} and send them more slowly.`,
  { retryAfterSeconds: seconds },
);
