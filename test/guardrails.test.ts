import { isObjectType, type GraphQLObjectType } from 'graphql';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enter } from '../src/access/context.ts';
import { servedSchema, SHAPES } from '../src/schema.ts';
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
    const document = '{ me { name office { name } } cases(first: 5) { nodes { number persons { name } } } again: cases(first: 2) { totalCount } jurisdictions { slug counties } members { nodes { name } } }';
    await sent('attorneyDallas', document);
    const [flush, ...more] = await sent('attorneyDallas', document);
    expect(more).toEqual([]);
    expect(flush).toHaveLength(8);
    expect([flush?.[0], flush?.at(-1)]).toEqual(['begin read only', 'commit']);
    expect(flush?.[1]).toContain("set_config('comity.viewers'");
    expect(flush?.slice(2, -1).every((text) => text.startsWith('select ('))).toBe(true);
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

  test('a claim is three flushes, its payload read in the last of them', async () => {
    const claim = async () => {
      const built = await world.buildCase();
      return sent('attorneyDallas', CLAIM, { input: { caseId: built.id, expectedVersion: 1 } });
    };
    await claim();
    const flushed = await claim();
    expect(flushed.map((flush) => flush.length)).toEqual([2, 3, 9]);
    expect(flushed[0]?.[0]).toBe('begin');
    expect(flushed[2]?.slice(-3)).toEqual([expect.stringMatching(/^select \(/), expect.stringContaining('same_unit'), 'commit']);
  });
});

test('after warm-up every statement is prepared already, under a name', async () => {
  const { owner } = world.database;
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
  await round();
  await round();
  // With every statement logged, the log of the server would show; the server's own counts show it as well.
  const [before] = await owner`select pg_current_logfile() as file, (select count(*)::int from pg_stat_activity where usename = 'comity_app' and datname = current_database()) as backends`;
  expect(Number(before?.['backends'])).toBe(1);
  const tap = await parses(round);
  expect(tap.statements).toBeGreaterThan(20);
  expect(tap.flushes).toBeLessThan(tap.statements / 2);
});

/** Flushes and statements of what is done: a statement that the connection has not prepared goes out alone, and waits. */
async function parses(work: () => Promise<void>): Promise<{ statements: number; flushes: number }> {
  flushes.length = 0;
  await work();
  return { statements: flushes.flat().length, flushes: flushes.length };
}

describe('the served schema', () => {
  const schema = servedSchema();
  const objects = Object.values(schema.getTypeMap()).filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'));

  test('has no function on a field that look-ahead reads', () => {
    const read = objects.filter((type) => type.name in SHAPES || /(Connection|Edge|Payload)$|^PageInfo$/.test(type.name));
    expect(read.length).toBeGreaterThan(20);
    expect(read.flatMap((type) => Object.values(type.getFields()).filter((field) => field.resolve !== undefined).map((field) => `${type.name}.${field.name}`))).toEqual([]);
  });

  test('has the shield at its door and nowhere else', () => {
    const shielded = objects.filter((type) => Object.values(type.getFields()).some((field) => /middleware|resolverWithContext|rule/i.test(String(field.resolve)))).map(({ name }) => name);
    expect(shielded.toSorted()).toEqual(['Mutation', 'Query']);
  });
});
