import { Socket } from 'node:net';
import { isObjectType, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shielded } from '../src/door/shield.ts';
import { PERMISSIONS } from '../src/permissions.ts';
import { openSchema, SHAPES } from '../src/schema.ts';
import { seedCases } from './cases.seed.ts';
import { openWorld, type CastMember, type World } from './world.ts';

/** Statements in the order they went out, flush by flush. */
const flushes: string[][] = [];
let world: World;
beforeAll(async () => {
  world = await openWorld({ observe: ({ kind, text }) => void (kind === 'flush' ? flushes.push([]) : flushes.at(-1)?.push(text)) });
});
afterAll(() => world.close());

/** What goes to the database for one request. */
async function sent(who: CastMember, document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<string[][]> {
  flushes.length = 0;
  await world.as(who).get(document, variables);
  return flushes.map((flush) => [...flush]);
}

const DETAIL = `query ($id: ID) { case(id: $id) { id number stage version agency { name } lead { name } venues { reason jurisdiction { slug } } report { narrative place }
  persons { id name contact { phone } } recordings { holder } team { role member { name } } charges { counts statute { citation } }
  annotations(first: 10) { nodes { body author { name } } } events(first: 10) { nodes { act at actor { name } } pageInfo { hasNextPage endCursor } } } }`;
const LIST = `query ($first: Int, $filter: CaseFilter) { cases(first: $first, filter: $filter) { nodes { id number stage receivedAt agency { name } lead { name } report { narrative } persons { name }
  charges { counts statute { citation } } events(first: 1) { nodes { act at } } } pageInfo { hasNextPage endCursor } } }`;
const CLAIM = 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { number stage version report { narrative } persons { name contact { phone } } team { member { name } } } } }';

describe('what goes to the database', () => {
  test('a query is one flush: begin, context, a statement for each root field, commit', async () => {
    const document = '{ me { name office { name } } cases(first: 5) { nodes { number report { narrative } venues { reason } team { role } } } again: cases(first: 2) { totalCount } jurisdictions { slug counties } members { nodes { name } } }';
    await sent('attorneyDallas', document);
    const [flush, ...more] = await sent('attorneyDallas', document);
    expect(more).toEqual([]);
    expect(flush).toHaveLength(8);
    expect([flush?.[0], flush?.at(-1)]).toEqual(['begin read only', 'commit']);
    expect(flush?.[1]).toContain("set_config('comity.viewers'");
    expect(flush?.slice(2, -1).every((text) => text.startsWith('select ('))).toBe(true);
  });

  test('what may be sensitive goes through the log of access in the same flush, and nothing else of the request does', async () => {
    const document = '{ me { name } cases(first: 5) { nodes { number persons { name } } } again: cases(first: 2) { totalCount } }';
    await sent('attorneyDallas', document);
    const [flush, ...more] = await sent('attorneyDallas', document);
    expect(more).toEqual([]);
    expect([flush?.[0], flush?.at(-1)]).toEqual(['begin', 'commit']);
    expect(flush?.slice(2, -1)).toEqual([expect.stringMatching(/^select \(/), expect.stringMatching(/^select comity\.logged\(\(/), expect.stringMatching(/^select \(/)]);
  });

  test('a list of fifty with all its parts is one statement', async () => {
    await seedCases(world.database, { prefix: 'FIFTY', count: 60, office: 'dallas-tx', receivedAt: `timestamptz '2025-01-01Z' + n * interval '1 hour'` });
    await sent('attorneyDallas', LIST, { first: 50 });
    const [flush, ...more] = await sent('attorneyDallas', LIST, { first: 50 });
    expect(more).toEqual([]);
    expect(flush).toHaveLength(4);
    expect((await world.as('attorneyDallas').get(LIST, { first: 50 })).cases.nodes).toHaveLength(50);
  });

  test('other values of the variables send the same statement', async () => {
    const texts = new Set<string>();
    for (const [first, kind] of [[5, 'FORCE'], [50, 'DEATH'], [1, 'OTHER']]) {
      texts.add((await sent('attorneyDallas', LIST, { first, filter: { kinds: [kind] } })).flat().find((text) => text.includes('comity"."cases')) ?? '');
    }
    expect(texts.size).toBe(1);
  });

  test('a claim is two flushes, its payload read in the last of them', async () => {
    const claim = async () => {
      const built = await world.buildCase();
      return sent('attorneyDallas', CLAIM, { input: { caseId: built.id, expectedVersion: 1 } });
    };
    await claim();
    const flushed = await claim();
    expect(flushed.map((flush) => flush.length)).toEqual([5, 8]);
    expect(flushed[0]?.[0]).toBe('begin');
    expect(flushed[1]?.slice(-3)).toEqual([expect.stringMatching(/^select comity\.logged\(\(/), expect.stringContaining('same_unit'), 'commit']);
  });
});

test('after warm-up every statement is prepared already, under a name', async () => {
  const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
  const round = async () => {
    await world.as('attorneyDallas').get(DETAIL, { id: built.id });
    await world.as('attorneyDallas').get(LIST, { first: 20, filter: null });
    await world.as('supervisorDallas').get(LIST, { first: 50, filter: { text: 'official' } });
    await world.as('attorneyDallas').get('mutation ($input: AnnotateCaseInput!) { annotateCase(input: $input) { annotation { id favourableToDefence } } }',
      { input: { caseId: built.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'Seen.', favourableToDefence: true } });
    const fresh = await world.buildCase();
    await world.as('attorneyDallas').get(CLAIM, { input: { caseId: fresh.id, expectedVersion: 1 } });
  };
  const first = await parses(round);
  expect(first.length).toBeGreaterThan(3);
  expect(first.filter(({ name }) => name === '')).toEqual([]);
  expect(await parses(round)).toEqual([]);
  const [{ backends }] = await world.database.owner<[{ backends: number }]>`select count(*)::integer as backends from pg_stat_activity where usename = 'comity_app' and datname = current_database()`;
  expect(backends).toBe(1);
});

test('who varies a document without end does not fill the memory of the database: a connection is replaced in time', async () => {
  const backend = async () => (await world.database.owner<{ pid: number }[]>`select pid from pg_stat_activity where usename = 'comity_app' and datname = current_database()`).map(({ pid }) => pid);
  const before = await backend();
  for (let turn = 0; turn < 210; turn += 1) {
    expect(await world.as('attorneyDallas').get(`{ me { varied${turn}: name } }`)).toEqual({ me: { [`varied${turn}`]: 'Ada Attwell' } });
  }
  const after = await backend();
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);
});

/** The Parse messages that our own statements cause on the wire while something is done. */
async function parses(work: () => Promise<void>): Promise<{ name: string; text: string }[]> {
  const found: { name: string; text: string }[] = [];
  flushes.length = 0;
  const write = Socket.prototype.write;
  Socket.prototype.write = function (this: Socket, ...sent: Parameters<typeof write>) {
    if (Buffer.isBuffer(sent[0])) found.push(...parsesIn(sent[0]));
    return write.apply(this, sent);
  } as typeof write;
  try {
    await work();
  } finally {
    Socket.prototype.write = write;
  }
  const ours = new Set(flushes.flat());
  return found.filter(({ text }) => ours.has(text));
}

function* parsesIn(bytes: Buffer): Generator<{ name: string; text: string }> {
  for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readUInt32BE(at + 1)) {
    if (bytes[at] !== 'P'.charCodeAt(0)) continue;
    const [name = '', text = ''] = bytes.toString('utf8', at + 5, at + 1 + bytes.readUInt32BE(at + 1)).split('\0');
    yield { name, text };
  }
}

describe('the served schema', () => {
  const open = openSchema();
  const resolversOf = (schema: GraphQLSchema) =>
    Object.values(schema.getTypeMap()).flatMap((type) => (isObjectType(type) && !type.name.startsWith('__') ? Object.values(type.getFields()).map((field) => ({ type: type.name, field: field.name, resolve: field.resolve })) : []));
  const before = resolversOf(open);
  const served = resolversOf(shielded(open, PERMISSIONS));

  test('has no function on a field that look-ahead reads', () => {
    const read = served.filter(({ type }) => type in SHAPES || /(Connection|Edge|Payload)$|^PageInfo$/.test(type));
    expect(new Set(read.map(({ type }) => type)).size).toBeGreaterThan(20);
    expect(read.filter(({ resolve }) => resolve !== undefined)).toEqual([]);
  });

  test('has the shield at its door and nowhere else', () => {
    const wrapped = served.filter(({ type, field, resolve }) => resolve !== before.find((each) => each.type === type && each.field === field)?.resolve);
    expect(new Set(wrapped.map(({ type }) => type))).toEqual(new Set(['Query', 'Mutation']));
    expect(wrapped).toHaveLength(served.filter(({ type }) => type === 'Query' || type === 'Mutation').length);
  });
});
