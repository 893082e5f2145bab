import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FACETS, bits } from '../src/access/facets.ts';
import { COALITION_VIEWER } from '../src/access/seats.ts';
import { newId } from '../src/kernel/ids.ts';
import { furnishedCase, withVenue } from './policies.world.ts';
import { seated } from './seated.ts';
import { tablesOf, type Table } from './tables.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let tables: readonly Table[];
let subject: BuiltCase;
beforeAll(async () => {
  world = await openWorld();
  tables = await tablesOf(world.database);
  // Each reader has another case too, so that a list is never empty for want of cases.
  for (const office of ['cook-il', 'hennepin-mn'] as const) await withVenue(world, await world.buildCase(), office);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.owner`delete from comity.closings`;
  subject = await furnishedCase(world, { claimedBy: 'attorneyDallas' });
  await withVenue(world, subject, 'cook-il');
  await withVenue(world, subject, 'hennepin-mn');
});

/** On the team and in the lead office; in the lead office; candidates of venue in a member office and in a guest's. */
const READERS = ['attorneyDallas', 'supervisorDallas', 'attorneyHennepin', 'attorneyCook'] as const;
type Reader = (typeof READERS)[number];

interface Closing {
  readonly subject: string | null;
  readonly facets?: number;
  readonly unless?: readonly string[];
  readonly until?: 'past' | 'future';
}

const EVERYTHING = (1 << 16) - 1;
const COMPARTMENTS = bits('GRAND_JURY', 'COMPELLED');

const close = ({ subject: whom, facets = EVERYTHING, unless = [], until }: Closing, cause = 'WALL', of = subject.id) =>
  world.database.owner`insert into comity.closings (case_id, subject, facets, unless, cause, ref, until)
    values (${of}, ${whom}, ${facets}, ${[...unless]}::uuid[], ${cause}, ${newId()},
      ${until === 'past' ? world.database.owner`now() - interval '1 second'` : until === 'future' ? world.database.owner`now() + interval '1 hour'` : world.database.owner`'infinity'`})`;

const LIST = `query ($text: String) { cases(first: 100) { totalCount nodes { id } edges { cursor } } found: cases(first: 100, filter: { text: $text }) { totalCount nodes { id } } }`;
const DETAIL = `query ($id: ID, $number: String) {
  byId: case(id: $id) { number report { narrative } persons { name contact { phone } } recordings { id } team { id } venues { reason } annotations { nodes { body } } events { totalCount nodes { act } } }
  byNumber: case(number: $number) { id } }`;
const CLAIM = 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id } } }';

/** Whether a reader meets the case anywhere: each table in SQL, then by id, by number, in the list, in its count, in search, and in an act. */
async function meets(who: Reader): Promise<Record<string, unknown>> {
  const voice = world.as(who);
  const inSql = await seated(world.database, { as: world.memberIds[who] }, async ({ rows }) => {
    let found = 0;
    for (const { name, key } of tables) found += (await rows(`select 1 from comity.${name} where ${key} = $1::uuid`, [subject.id])).length;
    return found > 0;
  });
  const { byId, byNumber } = await voice.get(DETAIL, { id: subject.id, number: subject.number });
  const { cases, found } = await voice.get(LIST, { text: subject.number });
  const listed = (page: { nodes: { id: string }[] }) => page.nodes.some(({ id }) => id === subject.id);
  expect(cases.totalCount).toBe(cases.nodes.length);
  expect(cases.edges).toHaveLength(cases.nodes.length);
  return {
    inSql, byId: byId !== null, byNumber: byNumber !== null, inList: listed(cases), inSearch: listed(found), inCountOfSearch: found.totalCount > 0,
    claim: await voice.refused(CLAIM, { input: { caseId: subject.id, expectedVersion: subject.version } }),
  };
}

const SEEN = { inSql: true, byId: true, byNumber: true, inList: true, inSearch: true, inCountOfSearch: true, claim: 'CONFLICT' };
const GONE = { inSql: false, byId: false, byNumber: false, inList: false, inSearch: false, inCountOfSearch: false, claim: 'NOT_FOUND' };

async function expectGoneFor(...walled: readonly Reader[]): Promise<void> {
  for (const who of READERS) expect(await meets(who), who).toEqual(walled.includes(who) ? GONE : SEEN);
}

const idOf = (who: CastMember) => world.memberIds[who];

describe('a case is gone, from every list and act, for', () => {
  test('nobody, before anything closes it', () => expectGoneFor());

  test('the one member who is walled off it', async () => {
    await close({ subject: idOf('attorneyDallas') });
    await expectGoneFor('attorneyDallas');
  });

  test('the whole office that is walled off it, though it leads the case', async () => {
    await close({ subject: world.officeIds['dallas-tx'] });
    await expectGoneFor('attorneyDallas', 'supervisorDallas');
  });

  test('every member office where it is closed to the coalition, and not for a guest', async () => {
    await close({ subject: COALITION_VIEWER });
    await expectGoneFor('attorneyDallas', 'supervisorDallas', 'attorneyHennepin');
  });

  test('everybody, where it is sealed', async () => {
    await close({ subject: null }, 'SEAL');
    await expectGoneFor(...READERS);
  });

  test('everybody but the member whom the seal names', async () => {
    await close({ subject: null, unless: [idOf('supervisorDallas'), newId()] }, 'SEAL');
    await expectGoneFor('attorneyDallas', 'attorneyHennepin', 'attorneyCook');
  });

  test('everybody but the office that the seal names', async () => {
    await close({ subject: null, unless: [world.officeIds['dallas-tx']] }, 'SEAL');
    await expectGoneFor('attorneyHennepin', 'attorneyCook');
  });

  test('a walled member of an office that a seal names: one closing does not open what another closes', async () => {
    await close({ subject: null, unless: [world.officeIds['dallas-tx']] }, 'SEAL');
    await close({ subject: idOf('attorneyDallas') });
    await expectGoneFor('attorneyDallas', 'attorneyHennepin', 'attorneyCook');
  });

  test('those it is closed to for a time, until that time', async () => {
    await close({ subject: idOf('attorneyDallas'), until: 'future' });
    await close({ subject: idOf('attorneyCook'), until: 'past' });
    await expectGoneFor('attorneyDallas');
  });

  test('one whom every cause of sight would open it to', async () => {
    for (const cause of ['SEAT', 'VENUE', 'OFFER', 'JOINT', 'TEAM', 'RULE', 'RESIDUAL', 'BREAK_GLASS']) {
      const most = cause === 'TEAM' ? EVERYTHING : cause === 'SEAT' ? EVERYTHING & ~COMPARTMENTS : EVERYTHING & ~COMPARTMENTS & ~FACETS.PROTECTED;
      await world.database.owner`insert into comity.sight (case_id, viewer, cause, ref, facets, received_at) select id, ${idOf('attorneyDallas')}, ${cause}, ${newId()}, ${most}, received_at from comity.cases where id = ${subject.id}`;
    }
    await expectGoneFor();
    await close({ subject: idOf('attorneyDallas') });
    await expectGoneFor('attorneyDallas');
  });
});

describe('where only some facets are closed', () => {
  const read = async (who: Reader) => (await world.as(who).get(DETAIL, { id: subject.id, number: subject.number }))['byId'];
  const foundBy = async (who: Reader, text: string) => (await world.as(who).get(LIST, { text }))['found'].nodes.some(({ id }: { id: string }) => id === subject.id);

  test('the others stay, and words of a closed one find nothing', async () => {
    expect(await foundBy('attorneyDallas', `bystander "Example Street"`)).toBe(true);
    await close({ subject: null, facets: bits('REPORT', 'VICTIM_CONTACT') }, 'LAW');
    expect(await read('attorneyDallas')).toMatchObject({ number: subject.number, report: null, persons: [{ name: 'Young Vic', contact: null }, { contact: null }, { contact: null }], recordings: [expect.anything()] });
    expect(await foundBy('attorneyDallas', `bystander "Example Street"`)).toBe(false);
    expect(await foundBy('attorneyDallas', 'Timson')).toBe(true);
    expect(await foundBy('attorneyDallas', subject.number)).toBe(true);
  });

  test('a closed HISTORY leaves no trace of an event, not in the count either', async () => {
    expect((await read('attorneyDallas')).events.totalCount).toBeGreaterThan(1);
    await close({ subject: idOf('attorneyDallas'), facets: FACETS.HISTORY });
    expect((await read('attorneyDallas')).events).toEqual({ totalCount: 0, nodes: [] });
    expect((await read('supervisorDallas')).events.totalCount).toBeGreaterThan(1);
  });

  test('PROTECTED closes the minor’s row and the refused contact, and nothing else', async () => {
    await close({ subject: null, facets: FACETS.PROTECTED }, 'LAW');
    expect((await read('attorneyDallas')).persons).toEqual([{ name: 'Vic Timson', contact: null }, { name: 'Wit Nessler', contact: { phone: '555-0103' } }]);
  });

  test('closed notes to the team are gone from the notes of the team alone', async () => {
    await close({ subject: idOf('attorneyDallas'), facets: FACETS.TEAM });
    expect((await read('attorneyDallas')).annotations.nodes).toEqual([{ body: 'A remark to OFFICE.' }]);
  });

  test('a venue candidate finds a case by the words that are open to it, and by no others', async () => {
    const unclaimed = await furnishedCase(world);
    await withVenue(world, unclaimed, 'hennepin-mn');
    const finds = async (text: string) => (await world.as('attorneyHennepin').get(LIST, { text }))['found'].nodes.map(({ id }: { id: string }) => id);
    for (const [text, open, claimed] of [[unclaimed.number, true, false], [subject.number, false, true], ['bystander', true, false], ['Timson', false, false], ['remark', false, false]] as const) {
      const found = await finds(text);
      expect([text, found.includes(unclaimed.id), found.includes(subject.id)]).toEqual([text, open, claimed]);
    }
  });

  test('a closed SUMMARY takes the case with it, whatever else is open', async () => {
    await close({ subject: idOf('attorneyDallas'), facets: FACETS.SUMMARY });
    expect(await read('attorneyDallas')).toBeNull();
    expect(await foundBy('attorneyDallas', 'Timson')).toBe(false);
  });
});

describe('a closing holds from its commit on', () => {
  const count = 'select id from comity.cases where id = $1::uuid';

  test('for a transaction that began before it', async () => {
    await seated(world.database, { as: idOf('attorneyDallas') }, async ({ rows }) => {
      expect(await rows(count, [subject.id])).toHaveLength(1);
      await close({ subject: idOf('attorneyDallas') });
      expect(await rows(count, [subject.id])).toEqual([]);
    });
  });

  test('and an opening that ends, ends for a transaction that is older than its end', async () => {
    await seated(world.database, { as: idOf('attorneyHennepin') }, async ({ rows }) => {
      expect(await rows(count, [subject.id])).toHaveLength(1);
      await world.database.owner`update comity.sight set until = clock_timestamp() where case_id = ${subject.id} and viewer = ${world.officeIds['hennepin-mn']}`;
      expect(await rows(count, [subject.id])).toEqual([]);
      expect(await rows('select comity.sees($1::uuid, 1) as sees', [subject.id])).toEqual([{ sees: false }]);
      expect(await rows(`select 1 from comity.search_cases($1, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 10)`, [subject.number])).toEqual([]);
    });
  });

  test('for an act that read the case before the wall and records after it', async () => {
    await seated(world.database, { as: idOf('attorneyDallas') }, async ({ rows, refusal }) => {
      expect(await rows(count, [subject.id])).toHaveLength(1);
      await close({ subject: idOf('attorneyDallas') });
      expect(await refusal(`select comity.record($1::uuid, 'CASE', null, 'ANNOTATED', 128, '{}')`, [subject.id])).toBe('CM404');
    });
  });
});

test('a walled member pages through a list as if the case had never been, cursor by cursor', async () => {
  const other = await world.buildCase({ claimedBy: 'attorneyDallas' });
  const page = async (after: string | null): Promise<{ nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }> =>
    (await world.as('attorneyDallas').get('query ($after: String) { cases(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }', { after }))['cases'];
  const all = async () => {
    const ids: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { nodes, pageInfo }: Awaited<ReturnType<typeof page>> = await page(after);
      expect(nodes).toHaveLength(1);
      ids.push(...nodes.map(({ id }) => id));
      if (!pageInfo.hasNextPage) return ids;
      after = pageInfo.endCursor;
    }
  };
  const before = await all();
  await close({ subject: idOf('attorneyDallas') });
  expect(await all()).toEqual(before.filter((id) => id !== subject.id));
  await close({ subject: idOf('attorneyDallas') }, 'WALL', other.id);
  expect(await all()).toEqual(before.filter((id) => id !== subject.id && id !== other.id));
});
