import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Refusal, unauthenticated, unavailable } from '../kernel/errors.ts';
import { BODY_LIMIT, inspectHeaders, inspectLength, readBody } from './body.ts';
import type { RequestMetrics } from './metrics.ts';
import { addressKey, type Budget, type Rates } from './rates.ts';
import { admit, begin, type Visit } from './visit.ts';

/** Requests that may be under way at once in one process; the next is told to come back. */
const MOST_IN_FLIGHT = 1_200;

export interface Door<Actor> {
  /** Who bears this token. Throws UNAUTHENTICATED or UNAVAILABLE. */
  authenticate(token: string): Promise<Actor>;
  /** Which rate limit the actor's requests are counted under, by which key. */
  budgetOf(actor: Actor): { readonly budget: Budget; readonly key: string };
  /** Bytes that the actor's body may have; 256 kB unless told. Never more than 1 MB. */
  bodyLimitFor?(actor: Actor): number;
  readonly rates: Rates;
  readonly metrics?: RequestMetrics;
  readonly mostInFlight?: number;
}

/**
 * What stands before the operation, in this order: bytes, token, rate, parse. Nothing of a body is read before its
 * sender is known. Sets `request.body` and the visit (`visitOf(response)`); throws refusals to the error handler.
 */
export function graphqlDoor<Actor>(door: Door<Actor>): RequestHandler[] {
  let inFlight = 0;

  const count: RequestHandler = (request, response, next) => {
    const visit = begin(response);
    const started = performance.now();
    inFlight += 1;
    door.metrics?.began();
    response.once('close', () => {
      inFlight -= 1;
      const { outcome } = response.locals['visit'] as Visit<unknown>;
      door.metrics?.ended(response.writableFinished ? outcome : 'ABANDONED', (performance.now() - started) / 1000);
    });
    if (inFlight > (door.mostInFlight ?? MOST_IN_FLIGHT)) throw unavailable();
    response.set('X-Request-Id', visit.id);
    inspectHeaders(request);
    next();
  };

  const know = async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(request.get('authorization') ?? '')?.[1];
    try {
      if (token === undefined) throw unauthenticated();
      admit(response, await door.authenticate(token));
    } catch (error) {
      if (error instanceof Refusal && error.code === 'UNAUTHENTICATED') await door.rates.spend('ANONYMOUS', addressKey(request.ip ?? 'unknown'));
      throw error;
    }
    next();
  };

  const takeIn = async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const { actor } = response.locals['visit'] as Visit<Actor>;
    const { budget, key } = door.budgetOf(actor);
    await door.rates.spend(budget, key);
    const limit = door.bodyLimitFor?.(actor) ?? BODY_LIMIT;
    inspectLength(request, limit);
    request.body = await readBody(request, limit);
    next();
  };

  return [count, know, takeIn];
}

