import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from './harness.ts';

/** The product is started as an operator starts it: a process of its own, told by its environment. */
interface Run {
  readonly code: number | null;
  readonly output: string;
}

// Built by the test command before the suite.
const BUILT = fileURLToPath(new URL('../dist/', import.meta.url));

function launch(file: string, args: readonly string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, [`${BUILT}${file.replace(/ts$/, 'js')}`, ...args], { env: { PATH: process.env['PATH'] ?? '', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'close').then(([code]): Run => ({ code: code as number | null, output }));
  return { child, ended, output: () => output };
}
const run = (file: string, args: readonly string[], environment: Record<string, string>): Promise<Run> => launch(file, args, environment).ended;

let database: FreshDatabase;
let issuer: { server: Server; url: string; key: CryptoKey };
let operator: Record<string, string>;
const urlOf = ({ host, user, database: name }: { host: string; user: string; database: string }) => `postgres:///${name}?host=${encodeURIComponent(host)}&user=${user}`;

beforeAll(async () => {
  database = await freshDatabase({ reference: false });
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => {
    const url = `http://localhost:${(server.address() as AddressInfo).port}`;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/jwks' ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/jwks` }));
  });
  server.listen(0);
  await once(server, 'listening');
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  issuer = { server, url, key: privateKey };
  operator = { DATABASE_URL: urlOf(database.as('comity_app')), DATABASE_OWNER_URL: urlOf(database.as('comity_migrator')), OIDC_ISSUER: url, OIDC_AUDIENCE: 'comity', PORT: '0' };
}, 60_000);
afterAll(async () => {
  issuer.server.close();
  await database.close();
});

describe('on an operator’s database', () => {
  test('nothing starts while the configuration is wrong, and all faults are told together', async () => {
    const { code, output } = await run('main.ts', [], { DATABASE_URL: 'mysql://x', PORT: 'many', OIDC_ISSUER: issuer.url });
    expect(code).toBe(1);
    expect(output).toMatch(/DATABASE_URL[\s\S]*|PORT[\s\S]*/);
    for (const name of ['PORT', 'DATABASE_URL', 'OIDC_AUDIENCE']) expect(output).toContain(name);
    expect((await run('main.ts', [], { DATABASE_URL: operator['DATABASE_URL'] ?? '' })).output).toContain('OIDC_ISSUER');
    expect((await run('main.ts', [], { NODE_ENV: 'production' })).output).toContain('DATABASE_URL');
  });

  test('nothing starts with a file of counties that cannot be used, and what is wrong with it is said', async () => {
    expect(await run('main.ts', [], { ...operator, COMITY_COUNTIES: 'nowhere/counties.json' })).toEqual({ code: 1, output: expect.stringMatching(/outlines of counties in nowhere\/counties\.json cannot be used: it is not there/) });
    expect((await run('main.ts', [], { ...operator, COMITY_COUNTIES: 'package.json' })).output).toContain('neither a GeoJSON FeatureCollection nor a TopoJSON file');
  });

  test('nothing starts while migrations or reference data are missing, and what to run is said', async () => {
    const root = database.owner;
    await root.unsafe('create database empty_for_start');
    const emptyUrl = urlOf({ ...database.as('comity_app'), database: 'empty_for_start' });
    try {
      const { code, output } = await run('main.ts', [], { ...operator, DATABASE_URL: emptyUrl });
      expect([code, output]).toEqual([1, expect.stringContaining('comity migrate')]);
    } finally {
      await root.unsafe('drop database empty_for_start with (force)');
    }
    expect((await run('main.ts', [], operator)).output).toContain('comity reference load');
  });

  test('comity migrate, reference load and demo make it ready; demo fills only an empty one; tokens are its own issuer’s', async () => {
    expect(await run('cli/comity.ts', ['migrate'], operator)).toEqual({ code: 0, output: expect.stringContaining('applied') });
    expect((await run('cli/comity.ts', ['migrate', '--print-roles'], {})).output).toContain('create role');
    expect(await run('cli/comity.ts', ['reference', 'load'], operator)).toMatchObject({ code: 0, output: expect.stringMatching(/272/) });
    expect(await run('cli/comity.ts', ['demo'], operator)).toMatchObject({ code: 0, output: expect.stringContaining('96 referrals') });
    expect(await run('cli/comity.ts', ['demo'], operator)).toMatchObject({ code: 1, output: expect.stringContaining('members already') });
    expect(await run('cli/comity.ts', ['token', '--as', 'dallas.attorney'], operator)).toMatchObject({ code: 1, output: expect.stringContaining('OIDC_ISSUER') });
    const rules = fileURLToPath(new URL('../drizzle/reference/state-rules.json', import.meta.url));
    expect(await run('cli/comity.ts', ['law', 'diff', rules], operator)).toMatchObject({ code: 0, output: expect.stringMatching(/^(\d+) rules, \1 of them unchanged\.\nNothing was changed\.\n$/) });
    expect((await run('cli/comity.ts', ['verify-trail'], operator)).output).toMatch(/\b0 faults/);
    expect(await run('cli/comity.ts', ['member', 'add', '--subject', 'x', '--name', 'X', '--role', 'ATTORNEY'], operator)).toMatchObject({ code: 1, output: expect.stringContaining('--office') });
    expect(await run('cli/comity.ts', ['member', 'add', '--subject', 'new.attorney', '--name', 'Neu Attwell', '--role', 'ATTORNEY', '--office', 'dallas-tx'], operator)).toMatchObject({ code: 0 });
    expect((await run('cli/comity.ts', ['member', 'list'], operator)).output).toContain('new.attorney');
  }, 60_000);

  test('it serves tokens of the configured issuer, without introspection, explorer or development tokens, and ends on SIGTERM', async () => {
    const key = 'of an operator, and told to nobody else';
    const server = launch('main.ts', [], { ...operator, COMITY_FEED_KEY: key, COMITY_URL: 'https://comity.example.invalid', LOG_LEVEL: 'debug' });
    try {
      await expect.poll(server.output, { timeout: 20_000 }).toContain('serving');
      const url = String(/"url":"([^"]+)"/.exec(server.output())?.[1]);
      const mint = (claims: object = {}) =>
        new SignJWT({ amr: ['mfa'], ...claims }).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'one' }).setIssuer(issuer.url).setAudience('comity').setSubject('new.attorney').setIssuedAt().setExpirationTime('10m').sign(issuer.key);
      const ask = async (token: string, query: string) =>
        (await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query }) })).json() as Promise<any>;
      expect(await ask(await mint(), '{ me { name office { slug } } }')).toEqual({ data: { me: { name: 'Neu Attwell', office: { slug: 'dallas-tx' } } } });
      expect((await ask(await mint({ amr: ['pwd'] }), '{ me { name } }')).errors[0].extensions.code).toBe('UNAUTHENTICATED');
      expect((await ask(await mint(), '{ __schema { types { name } } }')).errors[0].extensions.code).toBe('BAD_USER_INPUT');
      expect((await fetch(`${url}/`)).status).toBe(404);
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      const made = await ask(await mint(), 'mutation { createCalendarFeed(input: {}) { url } }');
      const feed: string = made.data.createCalendarFeed.url;
      expect(feed).toMatch(/^https:\/\/comity\.example\.invalid\/calendar\//);
      const read = () => fetch(feed.replace('https://comity.example.invalid', url));
      expect((await read()).headers.get('content-type')).toBe('text/calendar; charset=utf-8');
      await run('cli/comity.ts', ['member', 'disable', 'new.attorney'], operator);
      expect((await ask(await mint(), '{ me { name } }')).errors[0].extensions.code).toBe('UNAUTHENTICATED');
      expect((await read()).status).toBe(404);
      for (const secret of [key, String(new URL(feed).searchParams.get('signature'))]) expect(server.output()).not.toContain(secret);
    } finally {
      server.child.kill('SIGTERM');
    }
    expect((await server.ended).code).toBe(0);
  }, 60_000);
});

test('the harness’s cluster is reached by socket, as these addresses expect', () => {
  expect(inject('cluster').host).toMatch(/^\//);
});
