import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIST, listed } from './cases.list.ts';
import { seedCases } from './cases.seed.ts';
import { openWorld, type CastMember, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await seedCases(world.database, { prefix: 'WORD', count: 3, office: 'hennepin-mn', led: false, receivedAt: `timestamptz '2025-09-01 00:00:00Z' + n * interval '1 day'`,
    narrative: `(array['A lantern fell into the river.', 'The river took the lantern.', 'A lantern, unlit, on the bridge.'])[n]` });
  await seedCases(world.database, { prefix: 'LEDWORD', count: 2, office: 'hennepin-mn', receivedAt: `timestamptz '2025-08-01 00:00:00Z' + n * interval '1 day'`, narrative: `'Another lantern ' || n` });
});
afterAll(() => world.close());

const { numbers, walk } = listed(() => world);

test('reads words, phrases, or and -not, newest first', async () => {
  const found = (text: string) => numbers('attorneyHennepin', { filter: { text } });
  const [one, two, three] = ['WORD-000001', 'WORD-000002', 'WORD-000003'];
  expect(await found('lantern')).toEqual([three, two, one, 'LEDWORD-000002', 'LEDWORD-000001']);
  expect(await found('LANTERNS river')).toEqual([two, one]);
  expect(await found('"the river took"')).toEqual([two]);
  expect(await found('lantern -river -another')).toEqual([three]);
  expect(await found('bridge or "fell into the river"')).toEqual([three, one]);
  expect(await found('WORD-000002')).toEqual([two]);
  expect(await walk('attorneyHennepin', { first: 1, filter: { text: 'lantern' } })).toEqual([three, two, one, 'LEDWORD-000002', 'LEDWORD-000001']);
  expect(await numbers('attorneyHennepin', { filter: { text: 'lantern', stages: ['CLAIMED'] } })).toEqual(['LEDWORD-000002', 'LEDWORD-000001']);
  expect(await numbers('attorneyHennepin', { filter: { text: 'lantern', lead: world.officeIds['hennepin-mn'] } })).toEqual(['LEDWORD-000002', 'LEDWORD-000001']);
  expect(await numbers('attorneyHennepin', { filter: { text: 'lantern', assignee: world.memberIds.attorneyHennepin } })).toEqual([]);
  expect(await world.as('attorneyHennepin').refused(LIST, { filter: { text: 'lantern' }, orderBy: 'OLDEST_FIRST' })).toBe('BAD_USER_INPUT');
});

test('a candidate finds an unclaimed case by its narrative, and only who sees the persons finds it by a name', async () => {
  const built = await world.buildCase();
  const by = async (who: CastMember, text: string) => (await numbers(who, { filter: { text } })).includes(built.number);
  expect(await by('attorneyDallas', 'bystander')).toBe(true);
  expect(await by('attorneyDallas', 'Timson')).toBe(false);
  expect(await by('attorneyHennepin', 'bystander')).toBe(false);
  await world.as('attorneyDallas').get('mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id } } }', { input: { caseId: built.id, expectedVersion: 1 } });
  expect(await by('attorneyDallas', 'Timson')).toBe(true);
  expect(await by('supervisorDallas', '"vic timson"')).toBe(true);
  await world.database.owner`insert into comity.closings (case_id, subject, facets, cause, ref) values (${built.id}, ${world.memberIds.supervisorDallas}, 4, 'SEAL', gen_random_uuid())`;
  expect(await by('supervisorDallas', 'Timson')).toBe(false);
  expect(await by('supervisorDallas', 'bystander')).toBe(true);
  expect(await numbers('supervisorDallas', { filter: { text: 'bystander', assignee: world.memberIds.attorneyDallas } })).toContain(built.number);
  expect(await numbers('supervisorDallas', { filter: { text: 'lantern', assignee: world.memberIds.attorneyDallas } })).toEqual([]);
});

test('a case that says a word in many places hides no older one', async () => {
  const { owner } = world.database;
  await owner`insert into comity.persons (case_id, id, needs, part, position, descriptors, minor_at_incident, injured)
    select c.id, gen_random_uuid(), 4, 'WITNESS', n, 'With a lantern', false, false from comity.cases c cross join generate_series(1, 60) n where c.number = 'LEDWORD-000002'`;
  await owner`select comity.compute_sight(id) from comity.cases where number = 'LEDWORD-000002'`;
  expect(await walk('attorneyHennepin', { first: 2, filter: { text: 'lantern' } })).toEqual(['WORD-000003', 'WORD-000002', 'WORD-000001', 'LEDWORD-000002', 'LEDWORD-000001']);
});

test('no words are a fault of ours', async () => {
  const odd = ['', ' ', '"', '"""', '-', '- -', 'or', 'or or', '(((', '&|!<->:*', "';--", '%_\\', '\u{1F3F4}\u{E0067}', '\u202E\u0301', 'the of and', '-the', 'a'.repeat(500), '\u{10FFFF}'.repeat(250), '"'.repeat(499), '- '.repeat(20), '-a'.repeat(20), 'a-'.repeat(250), '-""'.repeat(20), 'or '.repeat(160), 'a or -b '.repeat(19), 'x:*', "l'été <b>", '\\0'];
  for (const text of odd) {
    const { errors } = await world.as('attorneyDallas').ask(LIST, { filter: { text } });
    expect(errors, text.slice(0, 40)).toBeUndefined();
  }
  for (const text of ['a'.repeat(501), '-'.repeat(40), '- '.repeat(40), '-""'.repeat(40), '-a '.repeat(40)]) {
    const { errors } = await world.as('attorneyDallas').ask(LIST, { filter: { text } });
    expect(errors?.[0]?.extensions, text.slice(0, 40)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filter.text' });
  }
});
