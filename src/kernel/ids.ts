import { v5, v7, validate } from 'uuid';

/** Random bytes are drawn for many ids at once: each draw is a call into the operating system's generator. */
const drawn = new Uint8Array(16 * 256);
let used = drawn.length;

function random(): Uint8Array {
  if (used === drawn.length) {
    crypto.getRandomValues(drawn);
    used = 0;
  }
  used += 16;
  return drawn.subarray(used - 16, used);
}

/** A fresh UUID version 7: ordered by time (in no order within a millisecond), made in the application so that any PostgreSQL from 15 on serves. */
export const newId = (): string => v7({ random: random() });

/** The namespace of ids that are derived from a name, so that every installation gives one office the same id. */
const NAMESPACE = '8a0f3c52-7a53-4f0e-9d0a-0b8a5f2f6c11';

/** The id of a reference row, derived from its kind and its name. */
export const namedId = (kind: string, name: string): string => v5(`${kind}:${name}`, NAMESPACE);

/** True for text that is a UUID of any version. */
export const isId = (text: string): boolean => validate(text);

/** A UUID that a client sent, or null for anything else: what cannot be an id is nobody's id. */
export const idOrNull = (text: unknown): string | null => (typeof text === 'string' && isId(text) ? text : null);
