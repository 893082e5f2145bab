/** One request of somebody who has been let in. */
export interface Visit<Actor> {
  /** The request's id, sent back as X-Request-Id. */
  readonly id: string;
  readonly actor: Actor;
  /** What the sender says that it is for: the header X-Purpose as it came. */
  readonly purpose: string | undefined;
}

/** What is answered to a visit. */
export interface Reply {
  readonly status: number;
  readonly headers: Iterable<readonly [name: string, value: string]>;
  readonly text: string;
  /** How it ended: `OK`, or the code of the first error. */
  readonly outcome: string;
}
