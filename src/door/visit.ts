import { randomUUID } from 'node:crypto';
import type { Response } from 'express';

/** One request on its way through the door; the actor is known once it has been let in. */
export interface Visit<Actor> {
  /** The request's id, sent back as X-Request-Id. */
  readonly id: string;
  readonly actor: Actor;
  /** How it ended: `OK`, or the code of the first error. */
  outcome: string;
}

/** Begins the visit of a request, before anything is known of its sender. */
export function begin(response: Response): Visit<undefined> {
  const visit: Visit<undefined> = { id: randomUUID(), actor: undefined, outcome: 'OK' };
  response.locals['visit'] = visit;
  return visit;
}

/** Notes who the visitor is. */
export function admit<Actor>(response: Response, actor: Actor): void {
  response.locals['visit'] = { ...(response.locals['visit'] as Visit<undefined>), actor };
}

/** Notes how the visit ended, if it ever began. */
export function conclude(response: Response, outcome: string): void {
  const visit = response.locals['visit'] as Visit<unknown> | undefined;
  if (visit !== undefined) visit.outcome = outcome;
}

/** The visit that a response belongs to. Throws an Error where the door was not passed. */
export function visitOf<Actor>(response: Response): Visit<Actor> {
  const visit = response.locals['visit'] as Visit<Actor> | undefined;
  if (visit?.actor === undefined) throw new Error('nobody has been let in here');
  return visit;
}
