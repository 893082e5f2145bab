// Plain JavaScript and no loader, so that nothing but the built product is in this process.
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { pino } from 'pino';
import { developmentIssuer } from '../../dist/door/issuer.js';
import { keysHeld } from '../../dist/door/keys.js';
import { rates } from '../../dist/door/rates.js';
import { DEVELOPMENT_TOKEN_LIFETIME, tokenVerifier } from '../../dist/door/tokens.js';
import { startServer } from '../../dist/server.js';

// As main.js sets it.
setFlagsFromString('--heap-growing-percent=150');

const unlimited = { burst: 100_000_000, seconds: 1 };

/** Serves as `main.js` does, without rate limits, and mints a token for each of the subjects. */
async function serve({ database, subjects, leases }) {
  const issuer = await developmentIssuer();
  const server = await startServer({
    database: { database, size: leases },
    verify: tokenVerifier({ issuer: issuer.issuer, audience: issuer.audience, algorithms: issuer.algorithms, keys: keysHeld(issuer.jwks), lifetime: DEVELOPMENT_TOKEN_LIFETIME }),
    log: pino({ level: 'warn' }, pino.destination(2)),
    introspection: false,
    port: 0,
    rates: rates({ PERSON: unlimited, CLIENT: unlimited, ANALYSIS: unlimited }),
  });
  const tokens = Object.fromEntries(await Promise.all(subjects.map(async (subject) => [subject, await issuer.mint({ subject })])));
  process.on('message', (question) => {
    if (question !== 'usage') return;
    const { user, system } = process.cpuUsage();
    process.send({ cpuMs: (user + system) / 1000, rssMb: process.memoryUsage.rss() / 1_048_576 });
  });
  process.on('disconnect', () => process.exit());
  process.send({ url: server.url, tokens });
}

process.once('message', (start) => {
  serve(start).catch((fault) => {
    console.error(fault);
    process.exit(1);
  });
});
