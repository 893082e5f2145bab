import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearerOf, codeOf, post, type Answer } from './door.client.ts';
import { leakingError, toy, type Toy } from './door.server.ts';

let door: Toy;
let bearer: { authorization: string };
const ask = (query: string, variables?: object, extra: object = {}): Promise<Answer> => post(door, { query, variables, ...extra }, bearer);

beforeAll(async () => {
  door = await toy();
  bearer = await bearerOf('ana', door);
});
afterAll(async () => { await door.stop(); });

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
