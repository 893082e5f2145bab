import { purposeMissing } from '../access/purposes.ts';
import { badInput, conflict, forbidden, notFound, Refusal, unauthenticated, unavailable } from '../kernel/errors.ts';

const AGAIN = 'Somebody else was changing the same thing at this moment. Try again.';

/** What PostgreSQL and our own SQL functions (class CM) say, as a refusal. Only the words of our own functions pass. */
const BY_STATE: Readonly<Record<string, (words: string) => Refusal>> = {
  '40001': () => conflict(AGAIN),
  '40P01': () => conflict(AGAIN),
  '55P03': () => conflict(AGAIN),
  // Two did the same at one moment, and the other was first.
  '23505': () => conflict(AGAIN),
  // A row policy refused what was written. Acts refuse what their actor may not do before they write: what is left is
  // a case that was closed to the actor in between, and it answers like an absent one.
  '42501': () => notFound(),
  '57014': () => unavailable('The question took too long to answer. Narrow it, or try again shortly.'),
  // The database has become one that only reads, as after a failover.
  '25006': () => unavailable(),
  // It ended a transaction that stood idle, or took too long.
  '25P03': () => unavailable(),
  '25P04': () => unavailable(),
  CM400: (words) => words.startsWith('x-purpose:') ? purposeMissing() : badInput(words.split(':', 1)[0] ?? '', words, 'Ask as the message says.'),
  CM401: () => unauthenticated(),
  CM403: (words) => forbidden(words),
  CM404: (words) => notFound(words),
  CM409: (words) => conflict(words),
  // The driver lost the transaction: nothing was committed.
  CM500: () => unavailable(),
};

/** Codes of the driver and of the operating system for a database that is out of reach. */
const OUT_OF_REACH = new Set([
  'CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'CONNECTION_ENDED', 'CONNECTION_CONNECT_TIMEOUT', 'CONNECT_TIMEOUT',
  'ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ENOENT', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN',
  'EADDRNOTAVAIL', 'EAI_AGAIN', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END',
]);

/** SQLSTATE classes of a connection that failed, of resources that ran out, and of a server on its way down or up. */
const CLASS_OUT_OF_REACH = /^(08[0-9A-Z]{3}|53[0-9A-Z]{3}|57P0[1-5])$/;

const LONGEST_CHAIN = 5;

/** An error and what caused it, outermost first: GraphQL and the query builder wrap the driver's error. */
export function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let link = error; link instanceof Error && !chain.includes(link) && chain.length < LONGEST_CHAIN;) {
    chain.push(link);
    link = ('originalError' in link && link.originalError) || link.cause;
  }
  return chain;
}

/** The SQLSTATE or driver code of an error, if it has one that is only a code. */
export const codeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{2,40}$/.test(error.code) ? error.code : undefined;

/** The refusal that an error stands for: itself, the one it wraps, or what its SQLSTATE means; undefined where it is our fault. */
export function refusalOf(error: unknown): Refusal | undefined {
  for (const link of chainOf(error)) {
    if (link instanceof Refusal) return link;
    const code = codeOf(link);
    if (code === undefined) continue;
    if (Object.hasOwn(BY_STATE, code)) return BY_STATE[code]?.(link.message);
    if (OUT_OF_REACH.has(code) || CLASS_OUT_OF_REACH.test(code)) return unavailable();
  }
  return undefined;
}
