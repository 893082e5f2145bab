import { Router } from 'express';
import type { Metrics } from './metrics.ts';

const PROBE_TIMEOUT_MS = 2_000;

export interface Health {
  /** Whether the process wants new requests; false while it drains. */
  ready(): boolean;
  /** Resolves when the database answers and its migrations are current. */
  probe(): Promise<void>;
  readonly metrics: Metrics;
}

/**
 * `/healthz` (the process is alive), `/readyz` (it can serve: 200, else 503) and `/metrics`. They tell nothing of why,
 * and need no token: let the proxy keep `/metrics` inside.
 */
export function health({ ready, probe, metrics }: Health): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => { response.type('text/plain').send('alive\n'); });
  router.get('/readyz', async (_request, response) => {
    const serves = ready() && await answersInTime(probe);
    response.status(serves ? 200 : 503).type('text/plain').send(serves ? 'ready\n' : 'not ready\n');
  });
  router.get('/metrics', async (_request, response) => { response.set('Content-Type', metrics.contentType).send(await metrics.text()); });
  return router;
}

async function answersInTime(probe: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => { timer = setTimeout(resolve, PROBE_TIMEOUT_MS, false); });
  try {
    return await Promise.race([probe().then(() => true, () => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
