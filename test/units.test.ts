import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { furnishedCase, statuteOf, withProbes } from './policies.world.ts';
import { seated } from './seated.ts';
import { tablesOf } from './tables.ts';
import { asked, castPerson, given, keptTo, mutation, outcome, seat, unitOf, type Person } from './units.world.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let [supervisor, elected, conflicts, second, onTeam] = [] as unknown as [Person, Person, Person, Person, Person];
beforeAll(async () => {
  world = await openWorld();
  supervisor = castPerson(world, 'supervisorDallas');
  elected = castPerson(world, 'electedDallas');
  conflicts = castPerson(world, 'conflictsDallas');
  second = castPerson(world, 'secondDallas');
  onTeam = castPerson(world, 'attorneyDallas');
});
afterAll(() => world.close());

const act = async (who: Person, field: string, input: object, selection = 'unit { id name members { id } }') => asked(world, who, mutation(field, selection), { input });
const RESTRICTED = 'case { number report { narrative } restrictedTo { unit { id } reason since by { name } } }';
const restrict = (who: Person, input: object) => act(who, 'restrictToUnit', input, RESTRICTED);
const UNITS = '{ units(first: 100) { nodes { id name members { id name } } } }';

describe('a unit', () => {
  test('is made and named by a head, and read by its own office alone', async () => {
    const made = await act(supervisor, 'createUnit', { name: '  Public   integrity ' });
    expect(made.data?.['createUnit'].unit).toMatchObject({ name: 'Public integrity', members: [] });
    const id = String(made.data?.['createUnit'].unit.id);
    expect((await act(elected, 'renameUnit', { unitId: id, name: 'Conduct' })).data?.['renameUnit'].unit.name).toBe('Conduct');
    expect((await given(world, second, UNITS))['units'].nodes).toEqual([{ id, name: 'Conduct', members: [] }]);
    expect((await given(world, castPerson(world, 'attorneyHennepin'), UNITS))['units'].nodes).toEqual([]);
    const [row] = await world.database.owner`select created_by from comity.units where id = ${id}`;
    expect(row?.['created_by']).toBe(supervisor.id);
  });

  test('has a name of its own', async () => {
    await act(supervisor, 'createUnit', { name: 'Appeals' });
    const other = (await act(supervisor, 'createUnit', { name: 'Trials' })).data?.['createUnit'].unit.id;
    expect((await act(elected, 'createUnit', { name: 'Appeals' })).errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', remedy: expect.any(String) });
    expect(outcome(await act(elected, 'renameUnit', { unitId: other, name: 'Appeals' }))).toBe('CONFLICT');
    expect(outcome(await act(elected, 'renameUnit', { unitId: other, name: 'Trials' }))).toBe('served');
    for (const name of ['', '   ', 'x'.repeat(101)]) expect((await act(elected, 'createUnit', { name })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'name' });
    expect(outcome(await act(castPerson(world, 'supervisorHennepin'), 'createUnit', { name: 'Appeals' }))).toBe('served');
  });

  test('of another office is no unit at all', async () => {
    const unitId = await unitOf(world);
    const head = castPerson(world, 'supervisorHennepin');
    const [hidden, absent] = await Promise.all([unitId, newId()].map((id) => act(head, 'renameUnit', { unitId: id, name: 'Ours' })));
    expect(hidden).toEqual(absent);
    for (const [field, input] of [['renameUnit', { name: 'Ours' }], ['addToUnit', { memberId: world.memberIds.attorneyHennepin }], ['removeFromUnit', { memberId: second.id }]] as const) {
      expect(outcome(await act(head, field, { unitId, ...input })), field).toBe('NOT_FOUND');
    }
  });

  test('takes in colleagues, each once, and keeps who took them in', async () => {
    const unitId = await unitOf(world);
    expect((await act(supervisor, 'addToUnit', { unitId, memberId: second.id })).data?.['addToUnit'].unit.members).toEqual([{ id: second.id }]);
    expect(outcome(await act(supervisor, 'addToUnit', { unitId, memberId: second.id }))).toBe('CONFLICT');
    const gone = await seat(world, 'ATTORNEY');
    await world.database.owner`update comity.members set active = false where id = ${gone.id}`;
    for (const memberId of [world.memberIds.attorneyHennepin, world.memberIds.chiefDallasPolice, gone.id, newId(), 'nobody']) {
      expect((await act(supervisor, 'addToUnit', { unitId, memberId })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'memberId' });
    }
    expect((await act(elected, 'removeFromUnit', { unitId, memberId: second.id })).data?.['removeFromUnit'].unit.members).toEqual([]);
    expect(outcome(await act(elected, 'removeFromUnit', { unitId, memberId: second.id }))).toBe('CONFLICT');
    expect(outcome(await act(elected, 'removeFromUnit', { unitId, memberId: 'nobody' }))).toBe('CONFLICT');
    const rows = await world.database.owner`select added_by, removed_by, until < now() as over from comity.unit_members where unit_id = ${unitId}`;
    expect([...rows]).toEqual([{ added_by: supervisor.id, removed_by: elected.id, over: true }]);
  });

  test('takes in a colleague once where two heads do it at the same moment', async () => {
    const unitId = await unitOf(world);
    const outcomes = (await Promise.all([supervisor, elected, supervisor, elected].map((head) => act(head, 'addToUnit', { unitId, memberId: second.id })))).map(outcome);
    expect(outcomes.sort()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'served']);
    const [open] = await world.database.owner`select count(*)::int as n from comity.unit_members where unit_id = ${unitId} and until = 'infinity'`;
    expect(open?.['n']).toBe(1);
  });

  test('that is walled off a case keeps it from those who leave the unit', async () => {
    const member = await seat(world, 'ATTORNEY');
    const unitId = await unitOf(world);
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await world.database.owner`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
      values (${subject.id}, ${newId()}, ${FACETS.OFFICE}, 'UNIT', ${unitId}, 'FAMILY', 'Related.', '{CONFLICTS}', ${conflicts.id}, now())`;
    await world.database.owner`select comity.compute_sight(${subject.id})`;
    await act(supervisor, 'addToUnit', { unitId, memberId: member.id });
    const found = async () => (await given(world, member, 'query ($id: ID) { case(id: $id) { id } }', { id: subject.id }))['case'];
    expect(await found()).toBeNull();
    await act(supervisor, 'removeFromUnit', { unitId, memberId: member.id });
    expect(await found()).toBeNull();
  });
});

const DETAIL = `query ($id: ID, $words: String) {
  case(id: $id) { number stage lead { slug } report { narrative } persons { name } recordings { holder } team { role } charges { counts } restrictedTo { unit { id } reason since by { id } }
    annotations { totalCount nodes { body } } events { totalCount nodes { act body } } }
  cases(first: 100, filter: { text: $words }) { totalCount nodes { id } } }`;

describe('a case that is kept to a unit', () => {
  let [inside, headInside] = [] as unknown as [Person, Person];
  let unitId: string;
  let subject: BuiltCase;
  beforeEach(async () => {
    inside = await seat(world, 'ATTORNEY');
    headInside = await seat(world, 'SUPERVISOR');
    unitId = await unitOf(world, inside, headInside);
    subject = await furnishedCase(world, { claimedBy: 'attorneyDallas' });
    await withProbes(world, subject);
    expect(outcome(await restrict(supervisor, { caseId: subject.id, unitId, reason: 'Sensitive.', expectedVersion: subject.version }))).toBe('served');
  });

  const seen = async (who: Person, words = 'bystander') => {
    const { case: found, cases } = await given(world, who, DETAIL, { id: subject.id, words });
    return { ...found, found: cases.nodes.some(({ id }: { id: string }) => id === subject.id), counted: cases.totalCount === cases.nodes.length };
  };

  test('is whole to the unit, with who restricted it and why', async () => {
    expect(await seen(inside)).toMatchObject({
      report: { narrative: expect.any(String) }, team: [{ role: 'TRIAL' }], charges: [{ counts: 1 }], found: true,
      restrictedTo: { unit: { id: unitId }, reason: 'Sensitive.', by: { id: supervisor.id }, since: expect.stringContaining('T') },
    });
    expect((await seen(inside)).events.nodes[0]).toEqual({ act: 'RESTRICTED_TO_UNIT', body: { unitId, inPlaceOf: null } });
  });

  test('is a summary to the rest of the office, in every part, count and search', async () => {
    for (const who of [second, supervisor, elected, conflicts]) {
      expect(await seen(who), who.subject).toEqual({
        number: subject.number, stage: 'CLAIMED', lead: { slug: 'dallas-tx' }, report: null, persons: [], recordings: [{ holder: 'SUMMARY' }], team: [], charges: [], restrictedTo: null,
        annotations: { totalCount: 0, nodes: [] }, events: { totalCount: 0, nodes: [] }, found: false, counted: true,
      });
      expect((await seen(who, subject.number)).found, 'by its number').toBe(true);
    }
  });

  test('shows the rest of the office no row beyond its summary in SQL either', async () => {
    for (const { name, key } of await tablesOf(world.database)) {
      for (const [who, most] of [[second, FACETS.SUMMARY], [inside, -1]] as const) {
        const rows = await seated(world.database, { as: who.id }, (sql) => sql.rows(`select needs from comity.${name} where ${key} = $1::uuid`, [subject.id]));
        expect(rows.filter(({ needs }) => (needs & ~most) !== 0), name).toEqual([]);
      }
    }
  });

  test('leaves to its team what a team sees', async () => {
    expect(await seen(onTeam)).toMatchObject({ report: { narrative: expect.any(String) }, restrictedTo: { unit: { id: unitId } }, found: true });
    expect(outcome(await asked(world, onTeam, mutation('annotateCase', 'annotation { id }'), { input: { caseId: subject.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'A remark.' } }))).toBe('served');
  });

  test('is acted on by nobody outside the unit: a head outside it puts neither others nor herself in', async () => {
    const tries = {
      annotateCase: { target: { kind: 'CASE' }, kind: 'NOTE', body: 'A remark.' },
      assignCase: { memberId: supervisor.id, role: 'SUPPORT' },
      releaseCase: { expectedVersion: subject.version },
      proposeCharge: { personId: subject.personIds[0], statuteId: await statuteOf(world, subject), counts: 1 },
      restrictToUnit: { unitId: null, reason: 'No longer.' },
    };
    for (const [field, input] of Object.entries(tries)) {
      expect(outcome(await asked(world, supervisor, mutation(field, 'case { id }'), { input: { caseId: subject.id, ...input } })), field).toBe('FORBIDDEN');
    }
    expect(outcome(await act(supervisor, 'addToUnit', { unitId, memberId: supervisor.id }))).toBe('FORBIDDEN');
    expect((await seen(supervisor)).report).toBeNull();
    expect(outcome(await asked(world, headInside, mutation('assignCase', 'case { id }'), { input: { caseId: subject.id, memberId: second.id, role: 'SUPPORT' } }))).toBe('served');
    expect((await seen(second)).report).not.toBeNull();
  });

  test('opens to who joins the unit, and closes to who leaves it, at once', async () => {
    await act(supervisor, 'addToUnit', { unitId, memberId: second.id });
    expect((await seen(second)).report).not.toBeNull();
    await act(supervisor, 'removeFromUnit', { unitId, memberId: second.id });
    expect(await seen(second)).toMatchObject({ report: null, found: false });
  });

  test('is let go by a head in the unit, the elected head or a conflicts officer, and by no other', async () => {
    const teamHead = await seat(world, 'SUPERVISOR');
    await asked(world, headInside, mutation('assignCase', 'case { id }'), { input: { caseId: subject.id, memberId: teamHead.id, role: 'SUPPORT' } });
    for (const who of [supervisor, teamHead]) expect(outcome(await restrict(who, { caseId: subject.id, unitId: null, reason: 'No longer.' })), who.subject).toBe('FORBIDDEN');
    for (const who of [inside, second]) expect(outcome(await restrict(who, { caseId: subject.id, unitId: null, reason: 'No longer.' })), who.subject).toBe('FORBIDDEN');
    for (const who of [headInside, elected, conflicts]) {
      expect((await restrict(who, { caseId: subject.id, unitId: null, reason: 'No longer.' })).data?.['restrictToUnit'].case, who.subject).toMatchObject({ report: { narrative: expect.any(String) }, restrictedTo: null });
      expect((await seen(second)).report).not.toBeNull();
      expect((await seen(inside)).events.nodes[0]).toEqual({ act: 'UNIT_RESTRICTION_LIFTED', body: { unitId } });
      expect(outcome(await restrict(who, { caseId: subject.id, unitId: null, reason: 'No longer.' })), 'again').toBe('CONFLICT');
      expect(outcome(await restrict(supervisor, { caseId: subject.id, unitId, reason: 'Sensitive.' }))).toBe('served');
    }
  });

  test('goes to another unit by the hand of one who sees no more of it than its summary', async () => {
    const stranger = await seat(world, 'INVESTIGATOR');
    const other = await unitOf(world, stranger);
    expect(outcome(await restrict(supervisor, { caseId: subject.id, unitId: other, reason: 'Moved.' }))).toBe('FORBIDDEN');
    const { data } = await restrict(elected, { caseId: subject.id, unitId: other, reason: 'Moved.' });
    expect(data?.['restrictToUnit'].case).toEqual({ number: subject.number, report: null, restrictedTo: null });
    expect((await seen(inside)).report).toBeNull();
    expect(await seen(stranger)).toMatchObject({ report: { narrative: expect.any(String) }, restrictedTo: { unit: { id: other }, reason: 'Moved.', by: { id: elected.id } } });
    expect((await seen(stranger)).events.nodes[0]).toEqual({ act: 'RESTRICTED_TO_UNIT', body: { unitId: other, inPlaceOf: unitId } });
  });

  test('needs a unit of the lead that somebody is in, a reason, and a change', async () => {
    const left = await seat(world, 'ATTORNEY');
    const leftAlone = await unitOf(world, left);
    await world.database.owner`update comity.members set active = false where id = ${left.id}`;
    const foreign = (await act(castPerson(world, 'supervisorHennepin'), 'createUnit', { name: `Unit ${newId()}` })).data?.['createUnit'].unit.id;
    const unclear = { caseId: subject.id, reason: 'Sensitive.' };
    for (const wrong of [await unitOf(world), leftAlone, foreign, newId(), 'nothing']) {
      expect((await restrict(headInside, { ...unclear, unitId: wrong })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'unitId', remedy: expect.any(String) });
    }
    expect((await restrict(headInside, unclear)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'unitId' });
    const other = await unitOf(world, second);
    for (const reason of [undefined, '  ']) expect((await restrict(headInside, { caseId: subject.id, unitId: other, reason })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    expect(outcome(await restrict(headInside, { ...unclear, unitId }))).toBe('CONFLICT');
    expect((await restrict(headInside, { ...unclear, unitId: other, expectedVersion: 99 })).errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', version: subject.version });
    expect(await seen(inside)).toMatchObject({ restrictedTo: { unit: { id: unitId } } });
  });

  test('keeps who let it go, when and why, and so does one that is replaced', async () => {
    const HISTORY = 'query ($id: ID) { case(id: $id) { unitRestrictions { unit { id } reason by { id } liftedBy { id } liftedAt liftedBecause } } }';
    const history = async (who: Person) => (await given(world, who, HISTORY, { id: subject.id }))['case'].unitRestrictions.filter(({ reason }: { reason: string }) => reason !== 'Over.');
    const other = await unitOf(world, second);
    const standing = { unit: { id: unitId }, reason: 'Sensitive.', by: { id: supervisor.id }, liftedBy: null, liftedAt: null, liftedBecause: null };
    expect(await history(inside)).toEqual([standing]);
    for (const reason of [undefined, null, ' ', 'x'.repeat(2001)]) {
      expect((await restrict(headInside, { caseId: subject.id, unitId: null, reason })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    }
    expect(await history(inside)).toEqual([standing]);
    expect(outcome(await restrict(elected, { caseId: subject.id, unitId: other, reason: ' They know the officer. ' }))).toBe('served');
    expect(await history(second)).toMatchObject([{ liftedBy: { id: elected.id } }, { unit: { id: other }, liftedBy: null }]);
    expect(outcome(await restrict(conflicts, { caseId: subject.id, unitId: null, reason: 'The trial is over.' }))).toBe('served');
    const instant = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(await history(second)).toEqual([
      { ...standing, liftedBy: { id: elected.id }, liftedAt: instant, liftedBecause: 'They know the officer.' },
      { unit: { id: other }, reason: 'They know the officer.', by: { id: elected.id }, liftedBy: { id: conflicts.id }, liftedAt: instant, liftedBecause: 'The trial is over.' },
    ]);
    expect((await restrict(elected, { caseId: subject.id, unitId: null })).errors?.[0]?.extensions['code'], 'nothing to lift').toBe('CONFLICT');
  });

  test('is found by its unit by those in it, and by nobody outside', async () => {
    const found = async (who: Person) => (await given(world, who, 'query ($unit: ID) { cases(filter: { unit: $unit }) { totalCount nodes { id } } }', { unit: unitId }))['cases'];
    expect(await found(inside)).toEqual({ totalCount: 1, nodes: [{ id: subject.id }] });
    for (const who of [supervisor, elected, second, castPerson(world, 'attorneyHennepin')]) expect(await found(who), who.subject).toEqual({ totalCount: 0, nodes: [] });
  });

  test('is hidden like an absent one from an office that does not see it', async () => {
    const head = castPerson(world, 'supervisorHennepin');
    const [hidden, absent] = await Promise.all([subject.id, newId()].map((caseId) => restrict(head, { caseId, unitId: null, reason: 'No longer.' })));
    expect(hidden).toEqual(absent);
    expect(hidden && outcome(hidden)).toBe('NOT_FOUND');
  });

  test('is kept to one unit at a time, whoever is first', async () => {
    await restrict(elected, { caseId: subject.id, unitId: null, reason: 'No longer.' });
    const others = await Promise.all([1, 2, 3].map(async () => unitOf(world, await seat(world, 'ATTORNEY'))));
    await Promise.all([elected, conflicts, supervisor].map((who, index) => restrict(who, { caseId: subject.id, unitId: others[index], reason: 'At once.' })));
    const [open] = await world.database.owner`select count(*)::int as n from comity.unit_restrictions where case_id = ${subject.id} and lifted_at is null`;
    expect(open?.['n']).toBe(1);
    await expectSightAsWanted(subject.id);
  });

  test('is the office’s again when it is claimed anew after a release', async () => {
    expect(outcome(await asked(world, headInside, mutation('releaseCase', 'case { id }'), { input: { caseId: subject.id, expectedVersion: subject.version } }))).toBe('served');
    await given(world, second, mutation('claimCase', 'case { id }'), { input: { caseId: subject.id, expectedVersion: subject.version + 1 } });
    expect(await seen(supervisor)).toMatchObject({ report: { narrative: expect.any(String) }, restrictedTo: null });
    await expectSightAsWanted(subject.id);
  });
});

test('a restriction is not lifted in SQL by one who may not do it by an act', async () => {
  const inside = await seat(world, 'ATTORNEY');
  const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await keptTo(world, subject, await unitOf(world, inside));
  for (const [who, code] of [[supervisor, 'CM403'], [inside, 'CM403'], [second, 'CM403'], [castPerson(world, 'supervisorHennepin'), 'CM404'], [elected, 'passed']] as const) {
    const refusal = await seated(world.database, { as: who.id }, (sql) => sql.refusal(`select comity.lift_restriction($1::uuid, 'No longer.')`, [subject.id]));
    expect(refusal, who.subject).toBe(code);
  }
});

async function expectSightAsWanted(caseId: string): Promise<void> {
  const { owner } = world.database;
  const [held, wanted] = await Promise.all([
    owner`select viewer, cause, ref, facets from comity.sight where case_id = ${caseId} and until > now() order by 1, 2, 3`,
    owner`select viewer, cause, ref, facets from comity.wanted_sight where case_id = ${caseId} order by 1, 2, 3`,
  ]);
  expect([...held]).toEqual([...wanted]);
}
