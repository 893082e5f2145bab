import { hash } from 'node:crypto';

/** How long a token that held is taken from memory: so long may a key still work that its issuer has withdrawn. Seats are read anew in any case. */
const KEPT_MS = 60_000;
/** Tokens in memory; the oldest makes room. */
const MOST = 10_000;

/**
 * A verifier that checks a signature once a minute, not once a request: it costs more than all else at the door. What did not
 * hold is never kept, what holds never beyond its expiry, and of a token nothing but its hash.
 */
export function remembering<T extends { readonly expiresAt: Date }>(verify: (token: string) => Promise<T>, now: () => number = Date.now): (token: string) => Promise<T> {
  const known = new Map<string, { readonly verified: T; readonly until: number }>();
  return async (token) => {
    const key = hash('sha256', token, 'base64');
    const kept = known.get(key);
    if (kept !== undefined && now() < kept.until) return kept.verified;
    known.delete(key);
    const verified = await verify(token);
    if (known.size >= MOST) for (const oldest of known.keys()) { known.delete(oldest); break; }
    known.set(key, { verified, until: Math.min(now() + KEPT_MS, verified.expiresAt.getTime()) });
    return verified;
  };
}
