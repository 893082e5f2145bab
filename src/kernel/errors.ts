/**
 * The closed list of error codes. Every refusal that reaches a client carries exactly one of them as
 * `extensions.code`.
 */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'IDEMPOTENCY_KEY_REUSED',
  'RATE_LIMITED',
  'QUERY_TOO_COMPLEX',
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** A refusal that may be told to the client as it stands: its message names what to do, and no value of a hidden row. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  /** What the client may know beside the message, for instance `field` and `remedy`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

/** Nobody, or a token that does not hold. Always the same words, so that nothing is learned from them. */
export const unauthenticated = () => new Refusal('UNAUTHENTICATED', 'A valid access token is required.');

/** The actor sees the thing but may not do this to it; `details` may say by what rule, and who may. */
export const forbidden = (message = 'Your seat does not permit this act.', details: Readonly<Record<string, unknown>> = {}) => new Refusal('FORBIDDEN', message, details);

/** Two people answer for it, and the actor is the first of them. A rule of the coalition's, not of law: no citation. */
export const sameAuthor = (message: string) => forbidden(message, { rule: 'TWO_PEOPLE', citation: null, remedy: 'Have another person of your office do it.' });

/** The thing is absent, or hidden from the actor: the two answer the same bytes. */
export const notFound = (message = 'There is no such thing here.') => new Refusal('NOT_FOUND', message);

/** The same of a part of what the actor does see; `field` is the path of the id. */
export const partNotFound = (field: string) => new Refusal('NOT_FOUND', 'There is no such thing here.', { field, remedy: 'Take an id as an answer of this case gave it.' });

/** Input that cannot be taken; `field` is its path, `remedy` what the sender should do, `law` the rule that it goes against and its citation. */
export const badInput = (field: string, message: string, remedy: string, law: Readonly<Record<string, unknown>> = {}) =>
  new Refusal('BAD_USER_INPUT', message, { field, remedy, ...law });

/** The moment is wrong: the thing has changed, or its state does not allow the act. */
export const conflict = (message: string, details: Readonly<Record<string, unknown>> = {}) =>
  new Refusal('CONFLICT', message, details);

/** The service cannot serve now; the client may come back. */
export const unavailable = (message = 'The service is busy or its database is out of reach. Try again shortly.') =>
  new Refusal('UNAVAILABLE', message, { retryAfterSeconds: 2 });

/** Narrows an array that must hold exactly one row. */
export function only<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined || rows.length !== 1) throw new Error(`expected one row, found ${rows.length}`);
  return row;
}
