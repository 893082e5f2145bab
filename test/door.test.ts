import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rates } from '../src/door/rates.ts';
import { unavailable } from '../src/kernel/errors.ts';
import { bearerOf, codeOf, post, type Answer } from './door.client.ts';
import { toy, type Toy } from './door.server.ts';

let door: Toy;
let bearer: { authorization: string };
const ask = (query: string, variables?: object, extra: object = {}): Promise<Answer> => post(door, { query, variables, ...extra }, bearer);

beforeAll(async () => {
  door = await toy();
  bearer = await bearerOf('ana', door);
});
afterAll(async () => { await door.stop(); });

describe('who comes without a valid token', () => {
  test('is told the same, whatever is wrong with it', async () => {
    const query = { query: '{ me }' };
    const answers = [
      await post(door, query), await post(door, query, { authorization: 'Basic YTpi' }), await post(door, query, { authorization: 'Bearer nonsense' }),
      await post(door, query, { authorization: `Bearer ${await door.issuer.mint({ subject: 'ana', expiresInSeconds: -60 })}` }),
      await post(door, '{ not json', {}),
    ];
    for (const { status, headers, body } of answers) {
      expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(body).toEqual({ errors: [{ message: 'A valid access token is required.', extensions: { code: 'UNAUTHENTICATED' } }] });
    }
  });

  test('is slowed down by address', async () => {
    const strict = await toy({ rates: rates() });
    try {
      const statuses = [];
      for (let n = 0; n < 7; n += 1) statuses.push((await post(strict, { query: '{ me }' })).status);
      expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
      expect(statuses).toContain(429);
      expect((await post(strict, { query: '{ me }' }, await bearerOf('ana', strict))).status).toBe(200);
    } finally { await strict.stop(); }
  });

  test('is told to come back while the identity provider is out of reach', async () => {
    const cut = await toy({ verifier: async () => { throw unavailable(); } });
    try {
      const answer = await post(cut, { query: '{ me }' }, bearer);
      expect([answer.status, codeOf(answer), answer.headers.get('retry-after')]).toEqual([503, 'UNAVAILABLE', '2']);
    } finally { await cut.stop(); }
  });
});

describe('a request', () => {
  test('is answered to whom it may concern, and kept nowhere', async () => {
    const answer = await ask('{ me }');
    expect(answer.body).toEqual({ data: { me: 'ana' } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    for (const name of ['x-powered-by', 'etag', 'access-control-allow-origin']) expect(answer.headers.has(name)).toBe(false);
  });

  test('over a member\'s rate is refused with the time to wait', async () => {
    const narrow = await toy({ rates: rates({ PERSON: { burst: 2, seconds: 30 } }) });
    try {
      const token = await bearerOf('ana', narrow);
      for (let n = 0; n < 2; n += 1) expect((await post(narrow, { query: '{ me }' }, token)).status).toBe(200);
      const refused = await post(narrow, { query: '{ me }' }, token);
      expect([refused.status, codeOf(refused)]).toEqual([429, 'RATE_LIMITED']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(20);
      expect((await post(narrow, { query: '{ me }' }, await bearerOf('ben', narrow))).status).toBe(200);
    } finally { await narrow.stop(); }
  });

  test('by another method, type, encoding or for another answer is refused by its own status', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await post(door, '{}', bearer, method);
      expect([answer.status, answer.headers.get('allow'), codeOf(answer)]).toEqual([405, 'POST', 'BAD_USER_INPUT']);
    }
    const query = { query: '{ me }' };
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16']) {
      const answer = await post(door, query, { ...bearer, 'content-type': type });
      expect([answer.status, codeOf(answer)]).toEqual([415, 'BAD_USER_INPUT']);
    }
    expect((await post(door, query, { ...bearer, 'content-encoding': 'gzip' })).status).toBe(415);
    const before = door.runs.put;
    expect((await post(door, { query: 'mutation { put(input: {books: []}) { title } }' }, { ...bearer, accept: 'text/html' })).status).toBe(406);
    expect(door.runs.put).toBe(before);
    expect((await fetch(`${door.url}/elsewhere`)).status).toBe(404);
  });

  test('that is no JSON object in UTF-8 is refused', async () => {
    const bodies = ['{ "query": ', '[]', '[{"query":"{ me }"}]', '"text"', 'null', '', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])];
    for (const body of bodies) {
      const answer = await post(door, body, bearer);
      expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_USER_INPUT']);
      expect(answer.body.errors?.[0]?.extensions['remedy']).toBeTypeOf('string');
    }
    for (const body of [{}, { query: 7 }, { query: '{ me }', variables: [] }, { query: '' }]) {
      expect([codeOf(await post(door, body, bearer)), (await post(door, body, bearer)).status]).toEqual(['BAD_USER_INPUT', 400]);
    }
  });

  test('of 10 MB is refused, by its announced length as by its bytes', async () => {
    const answer = await post(door, `{"query":"{ me }","x":"${'x'.repeat(10_000_000)}"}`, bearer);
    expect([answer.status, codeOf(answer)]).toEqual([413, 'BAD_USER_INPUT']);
    expect(await streamed(10_000_000, bearer)).toBe(413);
    expect(await streamed(200_000, bearer)).toBe(200);
    expect(await streamed(300_000, bearer)).toBe(413);
    expect((await post(door, { query: '{ me }', x: 'x'.repeat(300_000) }, bearer)).status).toBe(413);
    const agency = await bearerOf('agency', door);
    expect(await streamed(900_000, agency)).toBe(200);
    expect(await streamed(1_100_000, agency)).toBe(413);
  });

  test('is served at its address in any spelling that Express takes', async () => {
    for (const path of ['/graphql?from=here', '/GraphQL', '/graphql/']) {
      const asked = (authorization: Record<string, string>) => fetch(`${door.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...authorization }, body: '{"query":"{ me }"}' });
      expect(await (await asked(bearer)).json()).toEqual({ data: { me: 'ana' } });
      expect((await asked({})).status).toBe(401);
    }
  });

  test('whose sender hangs up is counted, and is no fault of ours', async () => {
    const abandoned = async () => Number(/comity_requests_total\{outcome="ABANDONED"\} (\d+)/.exec(await (await fetch(`${door.url}/metrics`)).text())?.[1] ?? 0);
    const [before, lines] = [await abandoned(), door.log.length];
    const sending = request(`${door.url}/graphql`, { method: 'POST', headers: { ...bearer, 'content-type': 'application/json', 'content-length': '1000' } });
    sending.once('error', () => undefined);
    sending.write('{"query":"');
    await wait(50);
    sending.destroy();
    await expect.poll(abandoned).toBe(before + 1);
    expect(door.log.slice(lines)).toEqual([]);
  });

  test('beyond those that may be under way is told to come back', async () => {
    const narrow = await toy({ mostInFlight: 1 });
    try {
      const token = await bearerOf('ana', narrow);
      const first = post(narrow, { query: '{ slow }' }, token);
      while (narrow.runs.slow === 0) await wait(5);
      const second = await post(narrow, { query: '{ me }' }, token);
      expect([second.status, codeOf(second), second.headers.get('retry-after')]).toEqual([503, 'UNAVAILABLE', '2']);
      narrow.releaseSlow();
      expect((await first).status).toBe(200);
      expect((await post(narrow, { query: '{ me }' }, token)).status).toBe(200);
    } finally { await narrow.stop(); }
  });
});

/** Sends a body of about that many bytes in chunks, without a length. */
const streamed = (bytes: number, headers: Record<string, string>) => new Promise<number | undefined>((resolve, reject) => {
  const sending = request(`${door.url}/graphql`, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } });
  sending.once('response', (answer) => { answer.resume(); resolve(answer.statusCode); });
  sending.once('error', reject);
  sending.write('{"query":"{ me }","x":"');
  const chunk = 'x'.repeat(50_000);
  for (let sent = 0; sent < bytes; sent += chunk.length) sending.write(chunk);
  sending.end('"}');
});
