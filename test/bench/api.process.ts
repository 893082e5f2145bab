import process from 'node:process';
import { pino } from 'pino';
import type { Connection } from '../../src/database/embedded.ts';
import { answerUsage } from './usage.ts';

/** How the API is started: its database, and for whom it mints tokens. */
export interface ApiStart {
  readonly database: Connection;
  readonly subjects: readonly string[];
  readonly leases: number;
}

/** The built product is what is measured, so that nothing of the bench's loader stands between. */
const built = (file: string): Promise<unknown> => import(new URL(`../../dist/${file}`, import.meta.url).href);

async function serve({ database, subjects, leases }: ApiStart): Promise<void> {
  const { startServer } = (await built('server.js')) as typeof import('../../src/server.ts');
  const { developmentIssuer } = (await built('door/issuer.js')) as typeof import('../../src/door/issuer.ts');
  const { keysHeld } = (await built('door/keys.js')) as typeof import('../../src/door/keys.ts');
  const { rates } = (await built('door/rates.js')) as typeof import('../../src/door/rates.ts');
  const { DEVELOPMENT_TOKEN_LIFETIME, tokenVerifier } = (await built('door/tokens.js')) as typeof import('../../src/door/tokens.ts');
  const issuer = await developmentIssuer();
  const unlimited = { burst: 100_000_000, seconds: 1 };
  const server = await startServer({
    database: { database, size: leases },
    verify: tokenVerifier({ issuer: issuer.issuer, audience: issuer.audience, algorithms: issuer.algorithms, keys: keysHeld(issuer.jwks), lifetime: DEVELOPMENT_TOKEN_LIFETIME }),
    log: pino({ level: 'warn' }, pino.destination(2)),
    introspection: false,
    port: 0,
    rates: rates({ PERSON: unlimited, CLIENT: unlimited, ANALYSIS: unlimited }),
  });
  const tokens = Object.fromEntries(await Promise.all(subjects.map(async (subject) => [subject, await issuer.mint({ subject })] as const)));
  answerUsage();
  process.send?.({ url: server.url, tokens });
}

process.once('message', (start: ApiStart) => {
  serve(start).catch((fault: unknown) => {
    console.error(fault);
    process.exit(1);
  });
});
