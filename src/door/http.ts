import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal, unauthenticated, unavailable } from '../kernel/errors.ts';
import { answerError } from './answers.ts';
import { BODY_LIMIT, inspectHeaders, inspectLength, readBody } from './body.ts';
import type { ErrorBoundary } from './errors.ts';
import type { RequestMetrics } from './metrics.ts';
import { addressKey, type Budget, type Rates } from './rates.ts';
import type { Reply, Visit } from './visit.ts';

/** Requests that may be under way at once in one process; the next is told to come back. */
const MOST_IN_FLIGHT = 1_200;

export interface Door<Actor> {
  readonly boundary: ErrorBoundary;
  /** Who bears this token. Throws UNAUTHENTICATED or UNAVAILABLE. */
  authenticate(token: string): Promise<Actor>;
  /** Which rate limit the actor's requests are counted under, by which key. */
  budgetOf(actor: Actor): { readonly budget: Budget; readonly key: string };
  /** Bytes that the actor's body may have; 256 kB unless told. Never more than 1 MB. */
  bodyLimitFor?(actor: Actor): number;
  /** What stands behind the door. `accept` is the header of that name. */
  answer(visit: Visit<Actor>, body: Record<string, unknown>, accept: string | undefined): Promise<Reply>;
  readonly rates: Rates;
  readonly metrics?: RequestMetrics;
  readonly mostInFlight?: number;
}

/** Answers one request, whatever comes; `addressOf` tells where it is from. */
export type Api = (request: IncomingMessage, response: ServerResponse, addressOf: () => string) => Promise<void>;

/**
 * What stands before the operation, in this order: bytes, token, rate, parse. Nothing of a body is read before its
 * sender is known.
 */
export function graphqlDoor<Actor>(door: Door<Actor>): Api {
  let inFlight = 0;

  const letIn = async (request: IncomingMessage, addressOf: () => string): Promise<Actor> => {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
    try {
      if (token === undefined) throw unauthenticated();
      return await door.authenticate(token);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'UNAUTHENTICATED') await door.rates.spend('ANONYMOUS', addressKey(addressOf()));
      throw error;
    }
  };

  const takeIn = async (request: IncomingMessage, actor: Actor): Promise<Record<string, unknown>> => {
    const { budget, key } = door.budgetOf(actor);
    await door.rates.spend(budget, key);
    const limit = door.bodyLimitFor?.(actor) ?? BODY_LIMIT;
    inspectLength(request, limit);
    return readBody(request, limit);
  };

  return async (request, response, addressOf) => {
    const id = randomUUID();
    const started = performance.now();
    let outcome = 'OK';
    inFlight += 1;
    door.metrics?.began();
    response.once('close', () => {
      inFlight -= 1;
      door.metrics?.ended(response.writableFinished ? outcome : 'ABANDONED', (performance.now() - started) / 1000);
    });
    try {
      if (inFlight > (door.mostInFlight ?? MOST_IN_FLIGHT)) throw unavailable();
      response.setHeader('X-Request-Id', id);
      inspectHeaders(request);
      const actor = await letIn(request, addressOf);
      const reply = await door.answer({ id, actor, purpose: request.headers['x-purpose']?.toString() }, await takeIn(request, actor), request.headers.accept);
      outcome = reply.outcome;
      response.statusCode = reply.status;
      for (const [name, value] of reply.headers) response.setHeader(name, value);
      response.end(reply.text);
    } catch (error) {
      outcome = answerError(request, response, error, door.boundary.refusal);
    }
  };
}
