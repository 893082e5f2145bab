import { ImportStop } from './stop.ts';

/** Posts a body to the API as the importing member. Rejects where no answer came. */
export type Post = (body: string) => Promise<Posted>;

export interface Posted {
  readonly status: number;
  /** The header of this name, in seconds or as a date. */
  readonly retryAfter: string | null;
  readonly text: string;
}

export interface WireParts {
  readonly post: Post;
  /** Waits so many milliseconds; rejects when the import is called off. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Told of each wait, before it begins. */
  readonly waiting?: (why: string, milliseconds: number) => void;
  /** Fetches another token where the server does not take this one any more. */
  readonly renew?: () => Promise<void>;
}

/** The API refused this request for what is in it. */
export class Declined extends Error {
  readonly code: string;
  readonly field: string;
  readonly remedy: string;

  constructor({ code, message, field, remedy, id }: { code: string; message: string; field?: string | undefined; remedy?: string | undefined; id?: string | undefined }) {
    super(id === undefined ? message : `${message} (${id})`);
    [this.name, this.code, this.field, this.remedy] = ['Declined', code, field ?? '', remedy ?? ''];
  }
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** Tries of one request, and the longest wait between two that we choose ourselves, in milliseconds. */
const TRIES = 10;
const LONGEST_WAIT = 30_000;
/** The longest that the server may have us wait. */
const PATIENCE = 10 * 60_000;

/**
 * Asks the API, and asks again while it is busy or out of reach: acts carry idempotency keys, so a second time does no
 * harm. Throws Declined, or ImportStop where it cannot go on.
 */
export const asker = ({ post, pause, waiting, renew }: WireParts) => async (query: string, variables: object): Promise<Readonly<Record<string, unknown>>> => {
  const body = JSON.stringify({ query, variables });
  let renewed = false;
  for (let attempt = 1; ; attempt += 1) {
    const reply = await tried(post, body);
    if ('data' in reply) return reply.data;
    if (reply.code === 'UNAUTHENTICATED' && renew !== undefined && !renewed) {
      renewed = true;
      await renew();
      continue;
    }
    if (reply.code === 'UNAUTHENTICATED') throw new ImportStop('The server does not take the token: it is wrong, or has expired.', 'Run the same command with a fresh token; it goes on where it stopped.');
    if (reply.code === 'FORBIDDEN') throw new ImportStop(`The server refuses: ${reply.message}`, 'Import as a supervisor or a machine of the police agency.');
    if (!AGAIN.has(reply.code)) throw new Declined(reply);
    if (attempt === TRIES) throw new ImportStop(`The server could not be had in ${TRIES} tries: ${reply.message}`, 'Run the same command when it is back; it goes on where it stopped.');
    const wait = Math.min(PATIENCE, reply.wait ?? Math.min(LONGEST_WAIT, 500 * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2));
    waiting?.(reply.message, wait);
    await pause(wait);
  }
};

const AGAIN = new Set(['UNAVAILABLE', 'RATE_LIMITED', 'CONFLICT']);

type Reply = { readonly data: Readonly<Record<string, unknown>> } | { readonly code: string; readonly message: string; readonly field?: string | undefined; readonly remedy?: string | undefined; readonly id?: string | undefined; readonly wait?: number | undefined };

async function tried(post: Post, body: string): Promise<Reply> {
  let posted: Posted;
  try {
    posted = await post(body);
  } catch (error) {
    return { code: 'UNAVAILABLE', message: `no answer (${causeOf(error)})` };
  }
  const answer = parsed(posted.text);
  const [error] = answer?.errors ?? [];
  if (error === undefined && answer?.data) return { data: answer.data };
  const { code, field, remedy, id, retryAfterSeconds } = error?.extensions ?? {};
  const wait = waitOf(posted.retryAfter) ?? (typeof retryAfterSeconds === 'number' ? retryAfterSeconds * 1000 : undefined);
  if (error !== undefined && typeof code === 'string') return { code, message: error.message, field: text(field), remedy: text(remedy), id: text(id), wait };
  // Not our server's words: something stands before it.
  if (posted.status === 429 || posted.status >= 500) return { code: 'UNAVAILABLE', message: `HTTP ${posted.status}`, wait };
  throw new ImportStop(`This is no answer of the API (HTTP ${posted.status}).`, 'Check --url: it names the server without /graphql.');
}

function parsed(body: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Milliseconds of a Retry-After. */
function waitOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const milliseconds = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

const causeOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? ('code' in cause && typeof cause.code === 'string' ? cause.code : cause.message) : 'unknown';
};
