import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let built: BuiltCase;
beforeAll(async () => {
  world = await openWorld();
  built = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await world.as('attorneyDallas').get('mutation ($input: AssignCaseInput!) { assignCase(input: $input) { assignment { id } } }', {
    input: { caseId: built.id, memberId: world.memberIds.secondDallas, role: 'SUPPORT' },
  });
  await world.buildCase();
});
afterAll(() => world.close());

const VERIFY = 'query ($id: ID) { verifyTrail(caseId: $id) { intact events cases faults { caseId eventId kind } } }';
const verify = async (id: string | null = null) => (await world.as('auditor').get(VERIFY, { id }))['verifyTrail'];

test('the trail of an untouched coalition is intact, for one case and for all', async () => {
  expect(await verify()).toEqual({ intact: true, events: 4, cases: 2, faults: [] });
  expect(await verify(built.id)).toEqual({ intact: true, events: 3, cases: 1, faults: [] });
});

/** What a tamperer with the database’s keys might do; each is undone by its transaction. */
const tamperings: [string, string, string][] = [
  ['a changed act', 'CHANGED', `update comity.trail_events set act = 'RELEASED' where case_id = $1::uuid and act = 'CLAIMED'`],
  ['a changed actor', 'CHANGED', `update comity.trail_events set actor_id = gen_random_uuid() where case_id = $1::uuid and seq = 2`],
  ['a changed time', 'CHANGED', `update comity.trail_events set at = at - interval '1 microsecond' where case_id = $1::uuid and seq = 1`],
  ['a changed body', 'CHANGED', `update comity.trail_events set body = replace(body, 'a', 'b') where case_id = $1::uuid and seq = 1`],
  ['lowered needs', 'CHANGED', `update comity.trail_events set needs = 1 where case_id = $1::uuid and seq = 3`],
  ['an event cut out', 'REMOVED', `delete from comity.trail_events where case_id = $1::uuid and seq = 2`],
  ['the first event cut off', 'REMOVED', `delete from comity.trail_events where case_id = $1::uuid and seq = 1`],
  ['two events swapped', 'CHANGED', `update comity.trail_events set seq = case seq when 2 then 3 else 2 end + 10 where case_id = $1::uuid and seq in (2, 3)`],
  ['the end cut off', 'TRUNCATED', `delete from comity.trail_events where case_id = $1::uuid and seq = 3`],
  ['all events cut off', 'TRUNCATED', `delete from comity.trail_events where case_id = $1::uuid`],
  ['the head cut off', 'TRUNCATED', `delete from comity.trail_heads where case_id = $1::uuid`],
  ['the whole trail with its head cut off', 'TRUNCATED', `with gone as (delete from comity.trail_events where case_id = $1::uuid) delete from comity.trail_heads where case_id = $1::uuid`],
];

test.each(tamperings)('%s is named', async (_name, kind, tampering) => {
  const { owner } = world.database;
  // Kept by the database itself: on the way through a JavaScript Date the microseconds would be lost.
  // The trigger that keeps the trail append-only goes first: what a tamperer with an owner's keys would do.
  await owner.unsafe('alter table comity.trail_events disable trigger trail_events_append_only');
  await owner.unsafe(`drop table if exists kept_events, kept_heads; create table kept_events as select * from comity.trail_events; create table kept_heads as select * from comity.trail_heads`);
  try {
    await owner.unsafe(tampering, [built.id]);
    const { intact, faults } = await verify();
    expect(intact).toBe(false);
    expect(faults.map((fault: { kind: string }) => fault.kind)).toContain(kind);
    expect(new Set(faults.map((fault: { caseId: string }) => fault.caseId))).toEqual(new Set([built.id]));
  } finally {
    await owner.unsafe(`delete from comity.trail_events; insert into comity.trail_events select * from kept_events; delete from comity.trail_heads; insert into comity.trail_heads select * from kept_heads`);
    await owner.unsafe('alter table comity.trail_events enable trigger trail_events_append_only');
  }
  expect((await verify()).intact).toBe(true);
});

test('not even a superuser changes the trail without taking its guard away', async () => {
  for (const change of [`update comity.trail_events set act = 'X'`, 'delete from comity.trail_events', 'truncate comity.trail_events']) {
    await expect(world.database.owner.unsafe(change)).rejects.toMatchObject({ code: '42501' });
  }
});

test('a supervisor verifies a case of the office, and finds no other; an attorney does not verify', async () => {
  expect((await world.as('supervisorDallas').get(VERIFY, { id: built.id }))['verifyTrail'].intact).toBe(true);
  expect(await world.as('supervisorDallas').refused(VERIFY, { id: null })).toBe('FORBIDDEN');
  expect(await world.as('supervisorHennepin').refused(VERIFY, { id: built.id })).toBe('NOT_FOUND');
  expect(await world.as('auditor').refused(VERIFY, { id: '00000000-0000-7000-8000-000000000000' })).toBe('NOT_FOUND');
  expect(await world.as('attorneyDallas').refused(VERIFY, { id: built.id })).toBe('FORBIDDEN');
});

test('events page newest first under opaque cursors, and no number of an event is told', async () => {
  const asked = 'query ($id: ID, $after: String) { case(id: $id) { events(first: 2, after: $after) { totalCount edges { cursor node { act } } pageInfo { hasNextPage endCursor } } } }';
  const first = (await world.as('attorneyDallas').get(asked, { id: built.id }))['case'].events;
  expect(first).toMatchObject({ totalCount: 3, edges: [{ node: { act: 'ASSIGNED' } }, { node: { act: 'CLAIMED' } }], pageInfo: { hasNextPage: true } });
  const second = (await world.as('attorneyDallas').get(asked, { id: built.id, after: first.pageInfo.endCursor }))['case'].events;
  expect(second).toMatchObject({ edges: [{ node: { act: 'RECEIVED' } }], pageInfo: { hasNextPage: false } });
  // RECORDS reads HISTORY; an advocate does not; whoever staffs a case is the office's alone.
  expect((await world.as('recordsDallas').get(asked, { id: built.id }))['case'].events.totalCount).toBe(3);
  expect((await world.as('advocateDallas').get(asked, { id: built.id }))['case'].events.totalCount).toBe(0);
});

test('the body of an event holds ids and closed words, never text', async () => {
  const rows = await world.database.owner`select body from comity.trail_events`;
  for (const { body } of rows) for (const value of Object.values(JSON.parse(String(body)))) expect(String(value)).toMatch(/^([0-9a-f-]{36}|[0-9a-f]{64}|[A-Z_]+|true|false|null|\d+)$/);
});
