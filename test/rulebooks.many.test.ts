import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedCases } from './cases.seed.ts';
import { ADOPT, adopted, amiss, code, opens, proposed } from './rulebooks.world.ts';
import { mutation } from './units.world.ts';
import { openWorld, type Reply, type World } from './world.ts';

/** Cases that nobody touches, and those that are worked on meanwhile. */
const [STILL, BUSY] = [1_900, 100];

let world: World;
let busy: readonly string[] = [];
beforeAll(async () => {
  world = await openWorld();
  const { owner } = world.database;
  const at = `timestamptz '2026-01-01 12:00:00Z' + n * interval '1 minute'`;
  await seedCases(world.database, { prefix: 'STILL', count: STILL, office: 'dallas-tx', receivedAt: at, kind: `'FORCE'` });
  await seedCases(world.database, { prefix: 'BUSY', count: BUSY, office: 'dallas-tx', receivedAt: at, kind: `'ENTRY'` });
  await owner`insert into comity.case_tags (case_id, tag, needs, tagged_by, tagged_at)
    select id, 'FIREARM', 2, ${world.memberIds.supervisorDallas}, now() from comity.cases where number like 'STILL-%' and substring(number from '\\d+$')::integer % 2 = 0`;
  busy = (await owner`select id from comity.cases where number like 'BUSY-%' order by number`).map(({ id }) => String(id));
}, 120_000);
afterAll(() => world.close());

const COUNT = 'query { cases(filter: { kinds: [FORCE] }, first: 1) { totalCount } }';

test('adopting a book over two thousand cases holds up no reader, shows all of them or none, and leaves no act with sight of its own', async () => {
  const shared = STILL / 2;
  const count = async () => (await world.as('attorneyHennepin').get(COUNT))['cases'].totalCount as number;
  const over = new AbortController();
  const ended = new Map<string, number>();
  let adopting = false;
  let waited = 0;
  const seen: { from: number; total: number; during: boolean }[] = [];
  const act = async (work: () => Promise<Reply>) => {
    const began = adopting;
    const reply = await work();
    ended.set(String(code(reply)), (ended.get(String(code(reply))) ?? 0) + 1);
    if (began) waited += 1;
  };
  const each = async (work: (id: string, turn: number) => Promise<unknown>, offset: number) => {
    for (let turn = 0; !over.signal.aborted; turn += 1) await work(busy[(turn * 7 + offset) % BUSY] as string, turn);
  };
  const workers = [
    each((caseId, turn) => act(() => world.as('supervisorDallas').ask(mutation('tagCase', 'case { id }'), { input: { caseId, [turn % 2 === 0 ? 'add' : 'remove']: ['FIREARM'] } })), 0),
    each((caseId) => act(() => world.as('supervisorDallas').ask(mutation('inviteJurisdiction', 'case { id }'), { input: { caseId, jurisdictionId: world.officeIds['cook-il'], role: 'OBSERVER', reason: 'A neighbour.' } })), 31),
    each((caseId) => act(() => world.as('electedDallas').ask(mutation('annotateCase', 'case { id }'), { input: { caseId, target: { kind: 'CASE' }, kind: 'NOTE', body: 'Seen.' } })), 62),
    (async () => {
      while (!over.signal.aborted) {
        const [from, during] = [performance.now(), adopting];
        seen.push({ from, total: await count(), during: during && adopting });
        await pause(5);
      }
    })(),
  ];
  let done = 0;
  let right = 0;
  try {
    for (let round = 0; round < 6; round += 1) {
      const opening = round % 2 === 0;
      const id = await proposed(world, opening ? { sharing: [opens(world.officeIds['hennepin-mn'], ['REPORT'], { tags: ['FIREARM'] })] } : {});
      adopting = true;
      const reply = await world.as('electedDallas').ask(ADOPT, { input: { ruleBookId: id } });
      adopting = false;
      expect(['OK', 'CONFLICT']).toContain(code(reply));
      if (code(reply) === 'OK') {
        done += 1;
        right = opening ? shared : 0;
      }
      const from = performance.now();
      // One statement sees one moment: each act that is committed has left its sight as the book wants it.
      expect(await amiss(world)).toEqual([]);
      await pause(100);
      expect(seen.filter((read) => read.from > from).map(({ total }) => total).filter((total) => total !== right)).toEqual([]);
      expect(await count()).toBe(right);
    }
  } finally {
    over.abort();
    await Promise.all(workers);
  }
  expect(done).toBeGreaterThan(2);
  expect([...ended.keys()].filter((each) => each !== 'OK' && each !== 'CONFLICT')).toEqual([]);
  expect(ended.get('OK')).toBeGreaterThan(20);
  expect(waited, 'acts that began while a book was being adopted').toBeGreaterThan(2);
  expect(seen.filter(({ during }) => during).length, 'reads that were answered while a book was being adopted').toBeGreaterThan(2);
  expect([...new Set(seen.map(({ total }) => total))].sort((a, b) => a - b)).toEqual([0, shared]);
  expect(await amiss(world)).toEqual([]);
  await adopted(world, {});
}, 120_000);
