import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT, type JSONWebKeySet, type JWTPayload } from 'jose';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { developmentIssuer, refuseOutsideDevelopment, type DevelopmentIssuer } from '../src/door/issuer.ts';
import { keysAt, keysHeld, keysOfIssuer } from '../src/door/keys.ts';
import { tokenVerifier, type TokenVerifier } from '../src/door/tokens.ts';

const ISSUER = 'https://identity.example/realm';
const now = () => Math.floor(Date.now() / 1000);
const claims = (changes: JWTPayload = {}): JWTPayload => ({ iss: ISSUER, aud: 'comity', sub: 'ana', iat: now(), exp: now() + 600, amr: ['pwd', 'mfa'], ...changes });

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let jwks: JSONWebKeySet;
let verify: TokenVerifier;

beforeAll(async () => {
  keys = await generateKeyPair('ES256', { extractable: true });
  jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one' }] };
  verify = tokenVerifier({ issuer: ISSUER, audience: 'comity', algorithms: ['ES256'], keys: keysHeld(jwks), secondFactorClasses: ['gold'] });
});

const signed = (changes: JWTPayload = {}, header: { typ?: string; kid?: string } = {}) =>
  new SignJWT(claims(changes)).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'one', ...header }).sign(keys.privateKey);

describe('an access token', () => {
  test('tells its subject, its second factor and its end', async () => {
    const token = await verify(await signed({ exp: now() + 900 }));
    expect(token).toMatchObject({ subject: 'ana', secondFactor: true });
    expect(token.expiresAt.getTime() / 1000).toBeCloseTo(now() + 900, -1);
    expect((await verify(await signed({ amr: ['pwd'] }))).secondFactor).toBe(false);
    expect((await verify(await signed({ amr: ['pwd'], acr: 'gold' }))).secondFactor).toBe(true);
    expect((await verify(await signed({ amr: 'mfa' }))).secondFactor).toBe(false);
  });

  const bad: Record<string, () => Promise<string> | string> = {
    'has expired': () => signed({ iat: now() - 700, exp: now() - 60 }),
    'never expires': () => new SignJWT({ iss: ISSUER, aud: 'comity', sub: 'ana', iat: now() }).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' }).sign(keys.privateKey),
    'lives longer than 15 minutes': () => signed({ exp: now() + 901 }),
    'was issued in the future': () => signed({ iat: now() + 3_600, exp: now() + 4_000 }),
    'is for another audience': () => signed({ aud: 'elsewhere' }),
    'comes from another issuer': () => signed({ iss: 'https://identity.example/other' }),
    'is an identity token, not an access token': () => signed({}, { typ: 'JWT' }),
    'names nobody': () => signed({ sub: '' }),
    'names an unknown key': () => signed({}, { kid: 'two' }),
    'is unsigned': async () => (await signed()).replace(/[^.]+$/, ''),
    'says that its algorithm is none': () => new UnsecuredJWT(claims()).encode(),
    'is signed by somebody else': async () =>
      new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'one' }).sign((await generateKeyPair('ES256')).privateKey),
    'is signed with the public key as an HS256 secret': async () =>
      new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'one' }).sign(new TextEncoder().encode(await exportSPKI(keys.publicKey))),
    'was changed after signing': async () => {
      const [head, , signature] = (await signed()).split('.');
      return [head, Buffer.from(JSON.stringify(claims({ sub: 'eve' }))).toString('base64url'), signature].join('.');
    },
    'is no token': () => 'hello',
    'is very long': () => `${'a'.repeat(9_000)}.b.c`,
  };
  for (const [what, token] of Object.entries(bad)) {
    test(`that ${what} is refused in the same words as any other`, async () => {
      await expect(verify(await token())).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'A valid access token is required.', details: {} });
    });
  }

  test('is never verified by a shared secret or not at all', () => {
    for (const algorithm of ['HS256', 'none', '']) {
      expect(() => tokenVerifier({ issuer: ISSUER, audience: 'comity', algorithms: [algorithm], keys: keysHeld(jwks) })).toThrow('asymmetric');
    }
  });
});

describe('the issuer\'s keys', () => {
  let provider: Server | undefined;
  afterEach(() => { provider?.close(); provider = undefined; });
  const provide = async (answer: (path: string, origin: string) => object | undefined): Promise<string> => {
    const server = createServer((request, response) => {
      const content = answer(request.url ?? '', `http://${request.headers.host}`);
      response.writeHead(content === undefined ? 500 : 200, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(content));
    });
    provider = server;
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  test('are fetched, and while that fails the service is unavailable', async () => {
    let works = false;
    const origin = await provide(() => (works ? jwks : undefined));
    const remote = tokenVerifier({ issuer: ISSUER, audience: 'comity', algorithms: ['ES256'], keys: keysAt(new URL(`${origin}/keys`)) });
    await expect(remote(await signed())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    works = true;
    expect((await remote(await signed())).subject).toBe('ana');
    await expect(remote(await signed({}, { kid: 'two' }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('are found by discovery, unless the document is another issuer\'s', async () => {
    let named = 'https://identity.example/other';
    const origin = await provide((path, at) => (path === '/keys' ? jwks : { issuer: named, jwks_uri: `${at}/keys` }));
    const found = tokenVerifier({ issuer: origin, audience: 'comity', algorithms: ['ES256'], keys: keysOfIssuer(origin) });
    await expect(found(await signed({ iss: origin }))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    named = origin;
    expect((await found(await signed({ iss: origin }))).subject).toBe('ana');
  });

  test('are never fetched in the clear from another machine', () => {
    expect(() => keysAt(new URL('http://identity.example/keys'))).toThrow('https');
    expect(() => keysOfIssuer('http://identity.example')).toThrow('https');
  });
});

describe('the development issuer', () => {
  const verifierOf = (issuer: DevelopmentIssuer) =>
    tokenVerifier({ issuer: issuer.issuer, audience: issuer.audience, algorithms: issuer.algorithms, keys: keysHeld(issuer.jwks), lifetime: 12 * 3600 });

  test('keeps one key in its directory, readable by its owner alone, also when two processes start at once', async () => {
    const directory = join(await mkdtemp(join(tmpdir(), 'comity-door-')), 'keys');
    try {
      const issuers = await Promise.all([developmentIssuer(directory), developmentIssuer(directory), developmentIssuer(directory)]);
      const later = await developmentIssuer(directory);
      for (const issuer of issuers) expect(issuer.jwks).toEqual(later.jwks);
      expect((await stat(join(directory, 'development-key.json'))).mode & 0o777).toBe(0o600);
      expect((await stat(directory)).mode & 0o777).toBe(0o700);
      expect((await verifierOf(later)(await issuers[0].mint({ subject: 'ana' }))).subject).toBe('ana');
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test('publishes no private key, and mints wrong tokens when asked', async () => {
    const issuer = await developmentIssuer();
    expect(Object.keys(issuer.jwks.keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    await expect(importJWK(issuer.jwks.keys[0] ?? {}, 'ES256')).resolves.toMatchObject({ type: 'public' });
    const check = verifierOf(issuer);
    expect((await check(await issuer.mint({ subject: 'ana', secondFactor: false }))).secondFactor).toBe(false);
    await expect(check(await issuer.mint({ subject: 'ana', expiresInSeconds: -10 }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(check(await issuer.mint({ subject: 'ana', audience: 'elsewhere' }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('is refused beside any but the embedded database', () => {
    expect(() => refuseOutsideDevelopment({ embeddedDatabase: false, production: false })).toThrow('OIDC_ISSUER');
    expect(() => refuseOutsideDevelopment({ embeddedDatabase: true, production: true })).toThrow('OIDC_ISSUER');
    expect(() => refuseOutsideDevelopment({ embeddedDatabase: true, production: false })).not.toThrow();
  });
});
