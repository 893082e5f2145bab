import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { LIST, listed } from './cases.list.ts';
import { seedCases } from './cases.seed.ts';
import { openWorld, type CastMember, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await seedCases(world.database, { prefix: 'SOME', count: 3, office: 'dallas-tx', receivedAt: `timestamptz '2025-01-01 12:00:00.000001Z' + n * interval '1 day'` });
});
afterAll(() => world.close());

const { numbers, walk } = listed(() => world);

describe('pages', () => {
  test('a walk meets each case once and in order, though others arrive and many arrived at one instant', async () => {
    await seedCases(world.database, { prefix: 'PAGE', count: 30, office: 'philadelphia-pa', receivedAt: `timestamptz '2025-06-01 00:00:00Z' + n / 6 * interval '1 microsecond'` });
    await world.database.owner`update comity.members set office_id = (select id from comity.jurisdictions where slug = 'philadelphia-pa') where id = ${world.memberIds.recordsDallas}`;
    for (const [turn, orderBy] of ['NEWEST_FIRST', 'OLDEST_FIRST'].entries()) {
      const [{ before }] = await world.database.owner<[{ before: string[] }]>`select array_agg(number order by received_at desc, id desc) as before from comity.cases where number ~ '^(PAGE|NEW)'`;
      let arrived = 0;
      const met = await walk('recordsDallas', { orderBy, first: 4 }, async () => {
        arrived += 1;
        if (arrived < 4) await seedCases(world.database, { prefix: `NEW${turn}${arrived}`, count: 1, office: 'philadelphia-pa', receivedAt: `timestamptz '2025-06-02 00:00:0${turn}Z' + interval '${arrived} microseconds'` });
      });
      const news = ['1', '2', '3'].map((place) => `NEW${turn}${place}-000001`);
      expect(met).toEqual(orderBy === 'NEWEST_FIRST' ? before : [...before.toReversed(), ...news]);
    }
  });

  test('a filter that few cases pass is searched for to the end', async () => {
    await seedCases(world.database, { prefix: 'RARE', count: 700, office: 'pima-az', receivedAt: `timestamptz '2025-06-01 00:00:00Z' + n * interval '1 minute'`, kind: `case when n % 300 = 1 then 'SHOOTING' else 'FORCE' end`, searchable: false });
    await world.database.owner`update comity.members set office_id = (select id from comity.jurisdictions where slug = 'pima-az') where id = ${world.memberIds.conflictsDallas}`;
    const filter = { kinds: ['SHOOTING'] };
    expect(await numbers('conflictsDallas', { filter })).toEqual(['RARE-000601', 'RARE-000301', 'RARE-000001']);
    expect(await walk('conflictsDallas', { filter, first: 1, orderBy: 'OLDEST_FIRST' })).toEqual(['RARE-000001', 'RARE-000301', 'RARE-000601']);
    const { cases } = await world.as('conflictsDallas').get('query ($filter: CaseFilter) { cases(filter: $filter, first: 1) { totalCount totalCountCapped } }', { filter });
    expect(cases).toEqual({ totalCount: 3, totalCountCapped: false });
    // Those that a wall hides are passed over like those that a filter does.
    await world.database.owner`insert into comity.closings (case_id, subject, facets, cause, ref)
      select id, ${world.memberIds.conflictsDallas}, 2147483647, 'WALL', gen_random_uuid() from comity.cases where number like 'RARE-%' and number not in ('RARE-000690', 'RARE-000002')`;
    expect(await walk('conflictsDallas', { first: 1 })).toEqual(['RARE-000690', 'RARE-000002']);
  });

  test('a page holds one to a hundred', async () => {
    for (const first of [0, -1, 101, 2_147_483_647]) {
      const { errors, data } = await world.as('attorneyDallas').ask(LIST, { first });
      expect([errors?.[0]?.extensions['code'], data?.['cases'] ?? null]).toEqual([first === 2_147_483_647 ? expect.stringMatching(/BAD_USER_INPUT|QUERY_TOO_COMPLEX/) : 'BAD_USER_INPUT', null]);
      if (first < 1_000) expect(errors?.[0]?.extensions).toMatchObject({ field: 'first' });
    }
    expect(await numbers('attorneyDallas', { first: 1 })).toHaveLength(1);
  });

  test('a cursor that this list did not write is refused by name', async () => {
    const { cases } = await world.as('attorneyDallas').get(LIST, { first: 1 });
    const whole: string = cases.pageInfo.endCursor;
    const made = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const [type, at, id] = JSON.parse(Buffer.from(whole, 'base64url').toString()) as string[];
    expect(await numbers('attorneyDallas', { after: made(type, at, id) })).not.toHaveLength(0);
    const colleague = (await world.as('attorneyDallas').get('{ members(first: 1) { pageInfo { endCursor } } }')).members.pageInfo.endCursor;
    const referral = made('Referral', at, id);
    const bad = [
      '', ' ', 'x', 'null', whole.slice(0, -4), whole.slice(2), colleague, referral, made(), made(type), made(type, at), made(type, at, id, id), made(type, id, at), made(type, 1, id), made(type, at, null),
      made(type, 'infinity', id), made(type, '2025-02-30 00:00:00+00', id), made(type, '0000-01-01 00:00:00+00', id), made(type, '2025-01-01 24:00:00+00', id), made(type, '2025-01-01 00:00:60+00', id),
      made(type, '2025-01-01 00:00:00.1234567+00', id), made(type, '2025-01-01T00:00:00Z', id), made(type, at, `${id}'`), made(type, `${at}\n`, id), Buffer.from('{"0":1}').toString('base64url'), '9'.repeat(9_000),
    ];
    for (const after of bad) {
      const { errors } = await world.as('attorneyDallas').ask(LIST, { after });
      expect(errors?.[0]?.extensions, after.slice(0, 80)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
    }
    const { errors } = await world.as('attorneyDallas').ask('{ members(after: "WyJNZW1iZXIiLCJcdWQ4MDAiLCJ4Il0") { nodes { id } } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
  });
});

describe('one case', () => {
  const ONE = 'query ($id: ID, $number: String) { case(id: $id, number: $number) { id number persons { name } } }';

  test('answers the same bytes where it is hidden as where it is absent', async () => {
    const built = await world.buildCase();
    const bytes = async (who: CastMember, variables: Record<string, unknown>) => {
      const response = await fetch(`${world.server.url}/graphql`, {
        method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.as(who).token()}` }, body: JSON.stringify({ query: ONE, variables }),
      });
      return `${response.status} ${await response.text()}`;
    };
    for (const who of ['attorneyHennepin', 'attorneyCook', 'administrator'] as const) {
      const absent = await bytes(who, { id: newId() });
      expect(absent).toBe('200 {"data":{"case":null}}\n');
      for (const variables of [{ id: built.id }, { number: built.number }, { number: 'DAL-2026-999999' }, { id: 'no id at all' }, { id: '' }, { number: '' }, { id: "'; --" }]) {
        expect(await bytes(who, variables), JSON.stringify(variables)).toBe(absent);
      }
    }
    expect(await bytes('attorneyDallas', { number: built.number })).toBe(await bytes('attorneyDallas', { id: built.id.toUpperCase() }));
  });

  test('is asked for by its id or by its number, not by both or neither', async () => {
    const built = await world.buildCase();
    const { attorneyDallas } = { attorneyDallas: world.as('attorneyDallas') };
    for (const variables of [{}, { id: null }, { id: null, number: null }, { id: built.id, number: built.number }]) expect(await attorneyDallas.refused(ONE, variables)).toBe('BAD_USER_INPUT');
    expect(await attorneyDallas.refused('{ case { id } }')).toBe('BAD_USER_INPUT');
    expect((await attorneyDallas.get(ONE, { id: null, number: built.number })).case.id).toBe(built.id);
  });
});

test('no instant or day that GraphQL takes is a fault of ours', async () => {
  const instants = ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59Z', '9999-12-31T23:59:59-12:00', '2024-02-29T23:59:60Z', '1582-10-10T00:00:00Z'];
  const days = ['0000-01-01', '0001-01-01', '9999-12-31', '2024-02-29', '1900-02-29', '2025-04-31'];
  for (const name of ['receivedFrom', 'receivedBefore', 'incidentFrom', 'incidentUntil']) {
    for (const value of name.startsWith('received') ? instants : days) {
      const { errors } = await world.as('attorneyDallas').ask(LIST, { filter: { [name]: value } });
      expect(errors?.[0]?.extensions['code'] ?? 'BAD_USER_INPUT', `${name} ${value}`).toBe('BAD_USER_INPUT');
    }
  }
});
