import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const HARD_STOP_MS = 19_000;
const IDLE_CHECK_MS = 100;

/** Whether the process wants new requests. `main.ts` makes one; health and the application read it. */
export interface Readiness { isReady: boolean }

export interface Draining {
  readonly readiness: Readiness;
  readonly server: Server;
  /** What ends when the last request is answered, in this order: the GraphQL server, the leases, the database. */
  readonly closing: readonly (() => Promise<unknown>)[];
  /** Milliseconds between turning readiness off and closing the port, so that a balancer notices; none unless told. */
  readonly noticeMs?: number;
  /** Milliseconds after which all connections are cut; 19 s unless told. */
  readonly hardStopMs?: number;
}

/**
 * Stops without losing an acknowledged act: not ready, no new connections, what is under way is finished, then
 * everything is closed. Answers `clean`, or `forced` when the hard stop came first.
 */
export async function drain(draining: Draining): Promise<'clean' | 'forced'> {
  const { readiness, server, hardStopMs = HARD_STOP_MS } = draining;
  readiness.isReady = false;
  const abandon = new AbortController();
  const forced = wait(hardStopMs, 'forced' as const, { signal: abandon.signal }).catch(() => 'clean' as const);
  const outcome = await Promise.race([orderly(draining).then(() => 'clean' as const), forced]);
  abandon.abort();
  if (outcome === 'forced') server.closeAllConnections();
  return outcome;
}

async function orderly({ server, closing, noticeMs = 0 }: Draining): Promise<void> {
  if (noticeMs > 0) await wait(noticeMs);
  // Connections kept open become idle only when their last answer is out, so they are looked for again and again.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  try {
    await new Promise<void>((resolve, reject) => {
      server.close((error) => { if (error === undefined) resolve(); else reject(error); });
    });
  } finally {
    clearInterval(idle);
  }
  for (const close of closing) await close();
}
