import type { Request, Response } from 'express';
import { Refusal, type ErrorCode } from '../kernel/errors.ts';

/** The HTTP status of a request that was refused as a whole. Errors of single fields leave the status at 200. */
const STATUS = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  IDEMPOTENCY_KEY_REUSED: 409,
  RATE_LIMITED: 429,
  QUERY_TOO_COMPLEX: 400,
  UNAVAILABLE: 503,
  INTERNAL: 500,
} as const satisfies Record<ErrorCode, number>;

/** A refusal whose fault lies in the HTTP of the request, with the status that HTTP has for it. */
export class HttpRefusal extends Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, remedy: string, headers: Readonly<Record<string, string>> = {}) {
    super('BAD_USER_INPUT', message, { remedy });
    this.status = status;
    this.headers = headers;
  }
}

/** The `extensions` of a refusal: its code beside its details (`field`, `remedy`, `id`, `retryAfterSeconds` and the like). */
export const extensionsOf = (refusal: Refusal): { readonly [detail: string]: unknown; readonly code: ErrorCode } =>
  ({ ...refusal.details, code: refusal.code });

/** The status of an answer that is nothing but this error. */
export const statusOf = (code: unknown): number =>
  typeof code === 'string' && code in STATUS ? STATUS[code as ErrorCode] : STATUS.INTERNAL;

/** The headers that go with such an answer: when to come back, and how to authenticate. */
export function headersOf(extensions: Readonly<Record<string, unknown>>): Record<string, string> {
  const wait = extensions['retryAfterSeconds'];
  return {
    ...(typeof wait === 'number' && { 'Retry-After': String(wait) }),
    ...(extensions['code'] === 'UNAUTHENTICATED' && { 'WWW-Authenticate': 'Bearer' }),
  };
}

/** Answers a request with nothing but a refusal, in the shape of a GraphQL response. */
export function answerRefusal(request: Request, response: Response, refusal: Refusal): void {
  const extensions = extensionsOf(refusal);
  response.status(refusal instanceof HttpRefusal ? refusal.status : statusOf(refusal.code));
  response.set(headersOf(extensions));
  if (refusal instanceof HttpRefusal) response.set(refusal.headers);
  const type = request.accepts(['application/json', 'application/graphql-response+json']) || 'application/json';
  response.set('Content-Type', `${type}; charset=utf-8`);
  response.end(JSON.stringify({ errors: [{ message: refusal.message, extensions }] }));
  // Whatever is left of the body is thrown away, else the sender never comes to read the answer; requestTimeout bounds it.
  request.resume();
}
