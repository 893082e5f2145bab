import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
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

const TYPES = ['application/json', 'application/graphql-response+json'];

/** Which of our content types the sender of a request likes best; undefined where it takes none of them. */
export function typeAccepted(request: IncomingMessage): string | undefined {
  const { accept } = request.headers;
  if (accept === undefined || accept === '*/*') return TYPES[0];
  const found: unknown = Reflect.apply(express.request.accepts, request, [TYPES]);
  return typeof found === 'string' ? found : undefined;
}

/**
 * Answers a request with nothing but the refusal that an error stands for, and tells its code. Where the sender hung up
 * there is nobody to answer and nothing to log.
 */
export function answerError(request: IncomingMessage, response: ServerResponse, error: unknown, refusalOf: (error: unknown) => Refusal): ErrorCode | 'ABANDONED' {
  if (request.destroyed && !request.complete) {
    response.destroy();
    return 'ABANDONED';
  }
  const refusal = refusalOf(error);
  if (response.headersSent) response.destroy();
  else answerRefusal(request, response, refusal);
  return refusal.code;
}

/** Answers in the shape of a GraphQL response. */
function answerRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const extensions = extensionsOf(refusal);
  response.writeHead(refusal instanceof HttpRefusal ? refusal.status : statusOf(refusal.code), {
    ...headersOf(extensions), ...(refusal instanceof HttpRefusal && refusal.headers), 'Content-Type': `${typeAccepted(request) ?? 'application/json'}; charset=utf-8`,
  });
  response.end(JSON.stringify({ errors: [{ message: refusal.message, extensions }] }));
  // Whatever is left of the body is thrown away, else the sender never comes to read the answer; requestTimeout bounds it.
  request.resume();
}
