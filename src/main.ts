import { randomBytes } from 'node:crypto';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import pino from 'pino';
import { demonstrate, isPeopled, PERSONAS } from './cli/demonstration.ts';
import { TABS } from './cli/explorer.tabs.ts';
import { bringUpToDate, installationOf, migratorOf, whatIsMissing, type Installation } from './cli/installation.ts';
import { screen } from './cli/screen.ts';
import { countiesOnDemand } from './coalition/county.geometry.ts';
import { configFrom, type Config } from './config.ts';
import { explorer } from './door/explorer.ts';
import { developmentIssuer, refuseOutsideDevelopment } from './door/issuer.ts';
import { keysHeld, keysOfIssuer } from './door/keys.ts';
import { secretIn } from './door/secret.file.ts';
import { DEVELOPMENT_TOKEN_LIFETIME, tokenVerifier } from './door/tokens.ts';
import { startServer, type RunningServer, type ServerParts } from './server.ts';

type Counties = NonNullable<ServerParts['counties']>;

// By itself V8 collects only when four times as much is held as lives, which under load is 100 MB of nothing. It looks at this flag at each collection.
setFlagsFromString('--heap-growing-percent=150');

/** Starts what the configuration asks for and stops it in order on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = configFrom(process.env, { serving: true });
  const log = logOf(config);
  const counties = countiesOnDemand(config.counties);
  // A file that was named is read before anything is served, so that what is wrong with it is said at once.
  if (config.counties !== undefined) log.info({ counties: counties().version }, 'outlines of counties');
  const installation = await installationOf(config, { notice: (what) => log.warn({ database: what }, 'the embedded database') });
  let server: RunningServer | undefined;
  try {
    server = await (config.databaseUrl === undefined ? startDevelopment(config, installation, counties) : startProduction(config, installation, counties));
  } finally {
    if (server === undefined) await installation.close();
  }
  const stop = once(async (running: RunningServer) => {
    const outcome = await running.stop();
    await installation.close();
    process.exit(outcome === 'clean' ? 0 : 1);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(server));
}

/** The embedded database with its demonstration, the development issuer and the explorer. */
async function startDevelopment(config: Config, installation: Installation, counties: Counties): Promise<RunningServer> {
  refuseOutsideDevelopment({ embeddedDatabase: true, production: config.production });
  await bringUpToDate(installation);
  const migrator = migratorOf(installation);
  if (!(await isPeopled(migrator))) await demonstrate({ app: installation.app, migrator });
  const issuer = await developmentIssuer(join(config.directory, 'keys'));
  const tokens = new Map(await Promise.all(PERSONAS.map(async ({ subject }) => [subject, await issuer.mint({ subject })] as const)));
  const server = await startServer({
    ...partsOf(config, installation),
    counties,
    feedKey: config.feedKey ?? (await secretIn(join(config.directory, 'keys'), 'feed-key', async () => randomBytes(32).toString('base64'))),
    verify: tokenVerifier({ issuer: issuer.issuer, audience: issuer.audience, algorithms: issuer.algorithms, keys: keysHeld(issuer.jwks), lifetime: DEVELOPMENT_TOKEN_LIFETIME }),
    introspection: true,
    routes: [explorer({ personas: PERSONAS.map(({ subject }) => ({ name: subject, token: tokens.get(subject) ?? '' })), tabs: TABS })],
  });
  process.stdout.write(screen(server.url, tokens, homeOf(config, installation)));
  return server;
}

/** Where the data are: in the directory that was named, or where it had to be moved to be reached by the database's own user. */
function homeOf({ directory }: Config, { embedded }: Installation): string {
  const run = embedded?.superuser.host ?? '';
  return isAbsolute(run) && !dirname(run).startsWith(resolve(directory)) ? `${directory} and ${dirname(run)}` : directory;
}

/** An operator's database: nothing is migrated, nothing invented, and it must be current. */
async function startProduction(config: Config, installation: Installation, counties: Counties): Promise<RunningServer> {
  const missing = await whatIsMissing(installation.app);
  if (missing.length > 0) throw new Error(missing.join('\n'));
  if (config.oidc === undefined) throw new Error('OIDC_ISSUER and OIDC_AUDIENCE are needed.');
  const { issuer } = config.oidc;
  const parts = partsOf(config, installation);
  const server = await startServer({
    ...parts,
    counties,
    verify: tokenVerifier({ ...config.oidc, keys: keysOfIssuer(issuer) }),
    introspection: false,
  });
  parts.log.info({ url: server.url }, 'serving');
  return server;
}

const logOf = (config: Config) => pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: false }));

const partsOf = (config: Config, { app }: Installation): Omit<ServerParts, 'verify' | 'introspection'> => ({
  database: { database: app, size: config.leases, prepare: config.prepare },
  log: logOf(config),
  port: config.port,
  trustedProxies: config.trustedProxies,
  ...(config.feedKey !== undefined && { feedKey: config.feedKey }),
  ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
});

function once<A>(work: (argument: A) => Promise<void>): (argument: A) => Promise<void> {
  let running: Promise<void> | undefined;
  return (argument) => (running ??= work(argument));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
