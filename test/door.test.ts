import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { getIntrospectionQuery } from 'graphql';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressKey, rates } from '../src/door/rates.ts';
import { unavailable } from '../src/kernel/errors.ts';
import { leakingError, toy, type Toy } from './door.server.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: { data?: Record<string, unknown>; errors?: { message: string; path?: string[]; extensions: Record<string, unknown> }[] };
}

const post = async (door: Toy, body: unknown, headers: Record<string, string> = {}, method = 'POST'): Promise<Answer> => {
  const answer = await fetch(`${door.url}/graphql`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method !== 'GET' && method !== 'HEAD' && { body: typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: text.startsWith('{') ? JSON.parse(text) : {} };
};

let door: Toy;
let bearer: { authorization: string };
const ask = (query: string, variables?: object, extra: object = {}): Promise<Answer> => post(door, { query, variables, ...extra }, bearer);
const codeOf = (answer: Answer): unknown => answer.body.errors?.[0]?.extensions['code'];
const bearerOf = async (subject: string, at: Toy = door) => ({ authorization: `Bearer ${await at.issuer.mint({ subject })}` });

beforeAll(async () => {
  door = await toy();
  bearer = await bearerOf('ana');
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
    const agency = await bearerOf('agency');
    expect(await streamed(900_000, agency)).toBe(200);
    expect(await streamed(1_100_000, agency)).toBe(413);
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

describe('a document', () => {
  const nested = (depth: number): string => (depth === 1 ? '{ id }' : `{ next ${nested(depth - 1)} }`);
  const refused: Record<string, readonly [query: string, words: string]> = {
    'nested too deeply': [`{ shelf ${nested(10)} }`, 'nested deeper than 10 levels'],
    'nested too deeply through fragments': [`{ shelf { ...A } } fragment A on Shelf ${nested(6).replace('{ id }', '{ next { ...B } }')} fragment B on Shelf ${nested(5)}`, 'nested deeper than 10 levels'],
    'with too many aliases': [`{ ${Array.from({ length: 16 }, (_, n) => `a${n}: me`).join(' ')} }`, 'more than 15 aliases'],
    'with too many aliases through fragments': [`{ shelf { ...A next { ...A next { ...A } } } } fragment A on Shelf { a: id b: id c: id d: id e: id f: id }`, 'more than 15 aliases'],
    'with too many root fields': [`{ ${'me '.repeat(21)} }`, 'more than 20 root fields'],
    'with too many directives': [`{ shelf { ${'id @skip(if: false) '.repeat(11)} } }`, 'more than 10 directives'],
    'with too many mutations': [`mutation { ${'put(input: {books: []}) { title } '.repeat(4)} }`, 'more than 3 mutations'],
    'with too many fields': [`{ ${Array.from({ length: 9 }, (_, n) => `shelf { next { next { ...A${n % 3} } } }`).join(' ')} } ${[0, 1, 2].map((n) => `fragment A${n} on Shelf { ${'id '.repeat(9)} next { ${'id '.repeat(9)} next { ${'id '.repeat(9)} } } }`).join(' ')}`, 'more than 250 fields'],
    'with one response key too often': [`{ shelf { ${'id '.repeat(31)} } }`, 'one response key more than 30 times'],
    'longer than 10,000 characters': [`{ me } #${'x'.repeat(10_000)}`, 'longer than 10,000 characters'],
    'with more than 1,000 tokens': [`{ shelf { ${'id '.repeat(1_000)} } }`, 'more than 1,000 tokens'],
    'spreading fragments within fragments': [`{ shelf { ...A } } ${'ABCDEFGH'.split('').map((name, n) => `fragment ${name} on Shelf { ${`...${'BCDEFGHI'[n]} `.repeat(8)} }`).join(' ')} fragment I on Shelf { id }`, ''],
  };
  for (const [what, [query, words]] of Object.entries(refused)) {
    test(`${what} is refused as too complex, naming limit and remedy`, async () => {
      const answer = await ask(query);
      const error = answer.body.errors?.find(({ extensions }) => extensions['code'] === 'QUERY_TOO_COMPLEX');
      expect([answer.status, error?.extensions['code']]).toEqual([400, 'QUERY_TOO_COMPLEX']);
      expect(answer.body.errors?.map(({ message }) => message).join(' ')).toContain(words);
      expect(error?.extensions['remedy']).toBeTypeOf('string');
    });
  }

  test('just within the limits is answered', async () => {
    for (const query of [
      `{ shelf ${nested(9)} }`, `{ ${Array.from({ length: 15 }, (_, n) => `a${n}: me`).join(' ')} }`, `{ ${'me '.repeat(20)} }`,
      `{ shelf { ${'id @skip(if: false) '.repeat(10)} } }`, `mutation { ${'put(input: {books: []}) { title } '.repeat(3)} }`, `{ shelf { ${'id '.repeat(30)} } }`,
    ]) {
      expect((await ask(query)).body).not.toHaveProperty('errors');
    }
  });

  test('asking for too many objects is refused, with variables and page sizes left out filled in', async () => {
    const pages = 'query ($a: Int, $b: Int = 100, $no: Boolean = false) { shelves(first: $a) { nodes { books(first: $b) @skip(if: $no) { title } } } }';
    expect((await ask(pages, { a: 49 })).status).toBe(200);
    const tooMany = await ask(pages, { a: 50 });
    expect([tooMany.status, codeOf(tooMany)]).toEqual([400, 'QUERY_TOO_COMPLEX']);
    expect(tooMany.body.errors?.[0]?.message).toContain('5,050 objects');
    expect((await ask(pages, { a: 50, no: true })).status).toBe(200);
    expect((await ask(pages, { a: 50, b: 99 })).status).toBe(200);
    const unsaid = '{ shelves { nodes { books { marks } } } }';
    expect((await ask(unsaid)).body.errors?.[0]?.message).toContain('8,420 objects');
    expect((await ask('{ shelves { nodes { books { ...B } } } } fragment B on Book { marks }')).body.errors?.[0]?.message).toContain('8,420 objects');
    const put = 'mutation ($books: [BookInput!]!) { put(input: { books: $books }) { marks(first: 49) } }';
    const books = (count: number) => ({ books: Array.from({ length: count }, () => ({ title: 'x' })) });
    expect((await ask(put, books(100))).status).toBe(200);
    expect(codeOf(await ask(put, books(101)))).toBe('QUERY_TOO_COMPLEX');
  });

  test('that GraphQL refuses is bad input, without hints at the schema', async () => {
    const bad = ['{ me', '{ mee }', '{ shelf { id(of: 1) } }', '{ me } query B { me }', '{ __schema { types { name } } }', 'subscription { me }', '{ shelf }'];
    for (const query of bad) {
      const answer = await ask(query);
      expect([query, answer.status, codeOf(answer)]).toEqual([query, 400, 'BAD_USER_INPUT']);
      expect(answer.text).not.toContain('Did you mean');
      expect(answer.body).not.toHaveProperty('data');
    }
    const wrongName = await ask('query A { me } query B { me }', undefined, { operationName: 'C' });
    expect([wrongName.status, codeOf(wrongName)]).toEqual([400, 'BAD_USER_INPUT']);
    const persisted = await post(door, { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }, bearer);
    expect([persisted.status, codeOf(persisted)]).toEqual([400, 'BAD_USER_INPUT']);
  });

  test('with a bad value names the value by its path and does not repeat it', async () => {
    const put = 'mutation ($input: PutInput!) { put(input: $input) { title } }';
    const secret = 'Jane Roe of 12 Elm Street'.repeat(10);
    const bad: readonly (readonly [object, string, string])[] = [
      [{ input: { books: [{ title: 'x' }, { title: 'y', pages: secret }] } }, 'input.books[1].pages', 'Int cannot represent non-integer value.'],
      [{ input: { books: [{ pages: 1, [secret]: 2 }] } }, 'input.books[0]', 'Field "title" of required type "String!" was not provided.'],
      [{ input: { books: [{ title: 'x', kind: 'LAWW' }] } }, 'input.books[0].kind', 'Value "LAWW" does not exist in "Kind" enum.'],
      [{ input: secret }, 'input', 'PutInput!'],
      [{ input: ` at "input.x"; ${secret}` }, 'input', 'PutInput!'],
    ];
    for (const [variables, field, words] of bad) {
      const answer = await ask(put, variables);
      expect([answer.status, codeOf(answer), answer.body.errors?.[0]?.extensions['field']]).toEqual([400, 'BAD_USER_INPUT', field]);
      expect(answer.body.errors?.[0]?.message).toContain(words);
      expect(answer.text).not.toContain(secret.slice(0, 80));
    }
    expect((await ask(put, {})).body.errors?.[0]?.message).toContain('"$input" of required type "PutInput!" was not provided');
    expect((await ask(`{ number(of: "${secret}") }`)).text).not.toContain(secret.slice(0, 80));
    const emptied = await ask('query ($of: Int = 1) { number(of: $of) }', { of: null });
    expect([emptied.status, codeOf(emptied), emptied.body.data]).toEqual([200, 'BAD_USER_INPUT', { number: null }]);
  });
});

describe('an error', () => {
  test('that is a refusal passes with its code, words and details, beside what could be answered', async () => {
    const answer = await ask('{ me refuse hidden }');
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({ me: 'ana', refuse: null, hidden: null });
    expect(answer.body.errors?.map(({ message, path, extensions }) => ({ message, path, extensions }))).toEqual([
      { message: 'The case has changed.', path: ['refuse'], extensions: { code: 'CONFLICT', version: 4 } },
      { message: 'There is no such thing here.', path: ['hidden'], extensions: { code: 'NOT_FOUND' } },
    ]);
  });

  test('of ours is an id to the client; the log has class, code and frames, and nobody has statement or values', async () => {
    const answer = await ask('{ leak }');
    const [error] = answer.body.errors ?? [];
    expect([answer.status, error?.extensions['code'], Object.keys(error?.extensions ?? {}).sort()]).toEqual([200, 'INTERNAL', ['code', 'id']]);
    const line = door.log.find((entry) => (entry as { id?: unknown }).id === error?.extensions['id']) as Record<string, unknown>;
    expect(line).toMatchObject({ code: '23502', error: 'GraphQLError < Error < Error' });
    expect((line['stack'] as string[]).some((frame) => frame.includes('leakingError'))).toBe(true);
    for (const told of [answer.text, JSON.stringify(door.log)]) {
      for (const secret of ['Jane', 'victims', 'insert', 'duplicate']) expect(told).not.toContain(secret);
    }
  });

  test('of the database says what the client should do', async () => {
    let thrown: Error = leakingError();
    const failing = await toy({ thrown: () => thrown });
    try {
      const token = await bearerOf('ana', failing);
      const told = async (code: string, message = 'deadlock on row Jane Roe') => {
        thrown = Object.assign(new Error('Failed query: select'), { cause: Object.assign(new Error(message), { code }) });
        const answer = await post(failing, { query: '{ leak }' }, token);
        expect(answer.text).not.toContain('Jane');
        return codeOf(answer);
      };
      for (const state of ['55P03', '40001', '40P01']) expect(await told(state)).toBe('CONFLICT');
      for (const state of ['57014', '57P01', '57P03', '53300', '08006', 'CONNECTION_CLOSED', 'CONNECT_TIMEOUT', 'ECONNREFUSED', 'ENOENT']) expect(await told(state)).toBe('UNAVAILABLE');
      expect(await told('CM404', 'There is no such case.')).toBe('NOT_FOUND');
      expect(await told('CM403', 'Not yours.')).toBe('FORBIDDEN');
      expect(await told('CM409', 'Claimed already.')).toBe('CONFLICT');
      expect(await told('CM401')).toBe('UNAUTHENTICATED');
      for (const state of ['23502', '42P01', '22P02', 'constructor']) expect(await told(state)).toBe('INTERNAL');
    } finally { await failing.stop(); }
  });
});

describe('the server', () => {
  test('keeps every MUST of GraphQL over HTTP, and every SHOULD but the status 200 for documents it refuses', async () => {
    const open = await toy({ introspection: true });
    try {
      const token = await bearerOf('ana', open);
      const audits = serverAudits({
        url: `${open.url}/graphql`, fetchFn: (url: string, options: RequestInit = {}) => fetch(url, { ...options, headers: { ...options.headers, ...token } }),
      });
      const results = await Promise.all(audits.map((audit) => audit.fn()));
      const failed = results.filter(({ status }) => status !== 'ok');
      expect(results.filter(({ name }) => name.startsWith('MUST')).length).toBeGreaterThan(10);
      expect(failed.filter(({ name }) => name.startsWith('MUST'))).toEqual([]);
      expect(failed.filter(({ name }) => name.startsWith('SHOULD')).map(({ id }) => id).sort()).toEqual(['572B', '7B9B', 'FDE2']);
    } finally { await open.stop(); }
  });

  test('answers an explorer\'s introspection where that is on, yet no deep question beside it', async () => {
    const open = await toy({ introspection: true });
    try {
      const token = await bearerOf('ana', open);
      const whole = getIntrospectionQuery({ descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true });
      const answer = await post(open, { query: whole, operationName: 'IntrospectionQuery' }, token);
      expect([answer.status, answer.body.errors]).toEqual([200, undefined]);
      const beside = await post(open, { query: `{ __schema { types { name } } shelf ${nestedShelf(10)} }` }, token);
      expect(codeOf(beside)).toBe('QUERY_TOO_COMPLEX');
      expect((await post(open, { query: '{ mee }' }, token)).text).toContain('Did you mean');
    } finally { await open.stop(); }
  });

  test('tells that it lives, whether it is ready, and what it has counted', async () => {
    await ask('{ me }');
    await ask('{ refuse }');
    await post(door, { query: '{ me }' });
    expect((await fetch(`${door.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${door.url}/readyz`)).status).toBe(200);
    const text = await (await fetch(`${door.url}/metrics`)).text();
    for (const outcome of ['OK', 'CONFLICT', 'UNAUTHENTICATED']) expect(text).toMatch(new RegExp(`comity_requests_total\\{outcome="${outcome}"\\} [1-9]`));
    expect(text).toContain('comity_leases_in_use 3');
    expect(text).toMatch(/comity_requests_in_flight 0/);
  });

  test('on its way out finishes what is under way, takes nothing new, and says that it is not ready', async () => {
    const leaving = await toy();
    const token = await bearerOf('ana', leaving);
    const underWay = post(leaving, { query: '{ slow }' }, token);
    while (leaving.runs.slow === 0) await wait(5);
    leaving.readiness.isReady = false;
    expect((await fetch(`${leaving.url}/readyz`)).status).toBe(503);
    const stopped = leaving.stop();
    await wait(50);
    await expect(fetch(`${leaving.url}/healthz`)).rejects.toThrow();
    leaving.releaseSlow();
    expect((await underWay).body).toEqual({ data: { slow: 'done' } });
    expect(await stopped).toBe('clean');
  });

  test('cuts what does not end in time', async () => {
    const stuck = await toy();
    const underWay = post(stuck, { query: '{ slow }' }, await bearerOf('ana', stuck));
    while (stuck.runs.slow === 0) await wait(5);
    const cut = expect(underWay).rejects.toThrow();
    expect(await stuck.stop()).toBe('forced');
    await cut;
    stuck.releaseSlow();
  });

  test('serves an explorer that asks no other host, with its tabs and personas', async () => {
    const shown = await toy({ explorer: async () => ({ personas: [{ name: '</script><b>', token: 'abc' }], tabs: [{ name: 'Who am I', query: 'query Me { me }' }] }) });
    try {
      const page = await fetch(`${shown.url}/`);
      const html = await page.text();
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(html).not.toMatch(/https?:|<\/script><b>/);
      for (const [, path] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) expect((await fetch(`${shown.url}${path}`)).status).toBe(200);
    } finally { await shown.stop(); }
  });
});

const nestedShelf = (depth: number): string => (depth === 1 ? '{ id }' : `{ next ${nestedShelf(depth - 1)} }`);

test('senders within one IPv6 network are one address, others are not', () => {
  expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe(addressKey('2001:db8:1:2::9'));
  expect(addressKey('2001:db8:1:2::9')).not.toBe(addressKey('2001:db8:1:3::9'));
  expect(addressKey('192.0.2.1')).not.toBe(addressKey('192.0.2.2'));
  expect(addressKey('::ffff:192.0.2.1')).not.toBe(addressKey('::ffff:192.0.2.2'));
});
