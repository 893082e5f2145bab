import process from 'node:process';
import type { JSONWebKeySet } from 'jose';
import pino from 'pino';
import type { Database } from '../src/database/address.ts';
import { keysHeld } from '../src/door/keys.ts';
import { rates } from '../src/door/rates.ts';
import { DEVELOPMENT_TOKEN_LIFETIME, tokenVerifier } from '../src/door/tokens.ts';
import { startServer } from '../src/server.ts';

/** What the test tells the process it starts. */
export interface Order {
  readonly database: Database;
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly jwks: JSONWebKeySet;
}

/** A server in a process of its own, which stops as the product does: in order on SIGTERM. Says its address in one line. */
async function serve({ database, issuer, audience, algorithms, jwks }: Order): Promise<void> {
  const plenty = { burst: 1_000_000, seconds: 1 };
  const server = await startServer({
    database: { database },
    verify: tokenVerifier({ issuer, audience, algorithms, keys: keysHeld(jwks), lifetime: DEVELOPMENT_TOKEN_LIFETIME }),
    log: pino({ level: 'error' }, pino.destination({ dest: 2, sync: true })),
    introspection: false,
    port: 0,
    rates: rates({ PERSON: plenty, CLIENT: plenty }),
  });
  process.on('SIGTERM', () => {
    void server.stop().then((outcome) => process.exit(outcome === 'clean' ? 0 : 1));
  });
  process.stdout.write(`${server.url}\n`);
}

await serve(JSON.parse(process.env['COMITY_TEST_ORDER'] ?? '{}') as Order);
