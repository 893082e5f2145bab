import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { furnishedCase, incidentIn, withVenue } from './policies.world.ts';
import { seated } from './seated.ts';
import { tablesOf, type Table } from './tables.ts';
import { openWorld, type BuiltCase, type CastMember, type Reply, type World } from './world.ts';

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
  subject = await furnishedCase(world, { claimedBy: 'attorneyDallas' });
  await withVenue(world, subject, 'cook-il');
  await withVenue(world, subject, 'hennepin-mn');
});

const WALLS = 'walls { id subject { kind id name } ground note mayLift imposedBy { name } imposedAt liftedBy { name } liftedAt liftedBecause }';
const RECUSE = 'mutation ($input: RecuseInput!) { recuse(input: $input) { case { id } } }';
const IMPOSE = `mutation ($input: ImposeWallInput!) { imposeWall(input: $input) { wall { id subject { name } mayLift } case { ${WALLS} team { member { name } } } } }`;
const LIFT = `mutation ($input: LiftWallInput!) { liftWall(input: $input) { wall { id liftedBecause liftedBy { name } } case { ${WALLS} team { member { name } } } } }`;
const CLAIM = 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id } } }';
const ASSIGN = 'mutation ($input: AssignCaseInput!) { assignCase(input: $input) { case { id team { member { name } } } } }';
const ANNOTATE = 'mutation ($input: AnnotateCaseInput!) { annotateCase(input: $input) { annotation { id } } }';
const LIST = 'query ($text: String) { cases(first: 100) { totalCount nodes { id } edges { cursor } } found: cases(first: 100, filter: { text: $text }) { totalCount nodes { id } } }';
const DETAIL = `query ($id: ID, $number: String) {
  byId: case(id: $id) { number report { narrative } persons { name } recordings { id } team { id } venues { reason } annotations { nodes { body } } events { totalCount nodes { act } } ${WALLS} }
  byNumber: case(number: $number) { id } }`;

const idOf = (who: CastMember) => world.memberIds[who];
const note = 'They were partners once.';
const impose = (who: CastMember, whom: object, more: object = {}, of = subject): Promise<Reply> =>
  world.as(who).ask(IMPOSE, { input: { caseId: of.id, subject: whom, ground: 'PERSONAL_INTEREST', note, ...more } });
const member = (who: CastMember) => ({ kind: 'MEMBER', id: idOf(who) });
const office = (slug: keyof World['officeIds']) => ({ kind: 'OFFICE', id: world.officeIds[slug] });

/** Raises a wall and answers with its id. */
async function walled(whom: object, more: object = {}, of = subject): Promise<string> {
  const { errors } = await impose('electedDallas', whom, more, of);
  expect(errors).toBeUndefined();
  const [wall] = await world.database.owner`select id from comity.walls where case_id = ${of.id} and lifted_at is null order by imposed_at desc limit 1`;
  return String(wall?.['id']);
}

const refused = ({ errors }: Reply): Readonly<Record<string, unknown>> => ({ ...errors?.[0]?.extensions, message: errors?.[0]?.message });

/** Whether somebody meets the case anywhere: each table in SQL, then by id, by number, in the list, in its counts and cursors, in search, and in acts. */
async function meets(who: CastMember, of = subject): Promise<Record<string, unknown>> {
  const voice = world.as(who);
  const inSql = await seated(world.database, { as: idOf(who) }, async ({ rows }) => {
    let found = 0;
    for (const { name, key } of tables) found += (await rows(`select 1 from comity.${name} where ${key} = $1::uuid`, [of.id])).length;
    return found > 0;
  });
  const { byId, byNumber } = await voice.get(DETAIL, { id: of.id, number: of.number });
  const { cases, found } = await voice.get(LIST, { text: of.number });
  const listed = (page: { nodes: { id: string }[] }) => page.nodes.some(({ id }) => id === of.id);
  expect(cases.totalCount).toBe(cases.nodes.length);
  const inCursor = cases.edges.some(({ cursor }: { cursor: string }) => Buffer.from(cursor, 'base64url').toString().includes(of.id));
  return {
    inSql, byId: byId !== null, byNumber: byNumber !== null, inList: listed(cases), inCursor, inSearch: listed(found), inCountOfSearch: found.totalCount > 0,
    inEvents: (byId?.events.totalCount ?? 0) > 0, claim: await voice.refused(CLAIM, { input: { caseId: of.id, expectedVersion: of.version } }),
  };
}

const SEEN = { inSql: true, byId: true, byNumber: true, inList: true, inCursor: true, inSearch: true, inCountOfSearch: true, claim: 'CONFLICT' };
const GONE = { inSql: false, byId: false, byNumber: false, inList: false, inCursor: false, inSearch: false, inCountOfSearch: false, inEvents: false, claim: 'NOT_FOUND' };
/** On the team and in the lead office; in the lead office; candidates of venue in a member office and in a guest's. */
const READERS = ['attorneyDallas', 'supervisorDallas', 'attorneyHennepin', 'attorneyCook'] as const;

async function expectGoneFor(...gone: readonly CastMember[]): Promise<void> {
  for (const who of READERS) expect(await meets(who), who).toMatchObject(gone.includes(who) ? GONE : SEEN);
}

const caseOf = async (who: CastMember) => (await world.as(who).get(DETAIL, { id: subject.id, number: subject.number }))['byId'];
const eventsOf = async (who: CastMember): Promise<string[]> => (await caseOf(who)).events.nodes.map(({ act }: { act: string }) => act);

/** Makes Hennepin a joint office of the case, with its attorney on the team. */
async function withJointTeam(): Promise<void> {
  const { owner } = world.database;
  await owner`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at, answered_by, answered_at)
    values (${subject.id}, ${newId()}, ${FACETS.SUMMARY}, ${world.officeIds['hennepin-mn']}, ${world.officeIds['dallas-tx']}, 'CO', 255, 'ACCEPTED', 'Both have venue.', ${idOf('supervisorDallas')}, now(), ${idOf('supervisorHennepin')}, now())`;
  await owner`insert into comity.assignments (case_id, id, needs, member_id, role, since, assigned_by) values (${subject.id}, ${newId()}, ${FACETS.JOINT}, ${idOf('attorneyHennepin')}, 'TRIAL', now(), ${idOf('supervisorHennepin')})`;
  await owner`select comity.compute_sight(${subject.id})`;
}

/** A unit of Dallas with these members. */
async function unitOf(...people: readonly CastMember[]): Promise<string> {
  const { createUnit } = await world.as('electedDallas').get('mutation ($input: CreateUnitInput!) { createUnit(input: $input) { unit { id } } }', { input: { name: `Unit ${newId()}` } });
  for (const each of people) await inUnit('addToUnit', createUnit.unit.id, each);
  return createUnit.unit.id;
}

const inUnit = (act: 'addToUnit' | 'removeFromUnit', unitId: string, who: CastMember) =>
  world.as('electedDallas').get(`mutation ($input: ${act === 'addToUnit' ? 'AddToUnit' : 'RemoveFromUnit'}Input!) { ${act}(input: $input) { unit { id } } }`, { input: { unitId, memberId: idOf(who) } });

const openPlaces = async (who: CastMember): Promise<number> =>
  (await world.database.owner`select 1 from comity.assignments where case_id = ${subject.id} and member_id = ${idOf(who)} and until is null`).length;

describe('one who recuses herself', () => {
  test('no longer meets the case anywhere, and nobody else misses it', async () => {
    await expectGoneFor();
    expect((await world.as('attorneyDallas').get(RECUSE, { input: { caseId: subject.id, note } }))['recuse']).toEqual({ case: null });
    await expectGoneFor('attorneyDallas');
    expect(await openPlaces('attorneyDallas')).toBe(0);
    const seen = await caseOf('supervisorDallas');
    expect(seen.walls.at(-1)).toMatchObject({
      subject: { kind: 'MEMBER', id: idOf('attorneyDallas'), name: 'Ada Attwell' }, ground: 'RECUSAL', note, mayLift: ['CONFLICTS', 'ELECTED'], imposedBy: { name: 'Ada Attwell' }, liftedAt: null,
    });
    expect(seen.events.nodes[0].act).toBe('RECUSED');
    const [event] = await world.database.owner`select body, needs from comity.trail_events where case_id = ${subject.id} and act = 'RECUSED'`;
    expect(JSON.parse(event?.['body'])).toEqual({ wallId: seen.walls.at(-1).id, ground: 'RECUSAL' });
    expect(event?.['needs']).toBe(FACETS.HISTORY | FACETS.OFFICE);
  });

  test('and was the only attorney leaves the case to her office, which puts another on it and not her', async () => {
    await world.as('attorneyDallas').get(RECUSE, { input: { caseId: subject.id, ground: 'FAMILY', note } });
    expect(await caseOf('supervisorDallas')).toMatchObject({ number: subject.number, team: [] });
    const assign = (who: CastMember) => world.as('supervisorDallas').ask(ASSIGN, { input: { caseId: subject.id, memberId: idOf(who), role: 'TRIAL' } });
    expect(refused(await assign('attorneyDallas'))).toMatchObject({ code: 'CONFLICT' });
    expect((await assign('secondDallas')).data?.['assignCase'].case.team).toEqual([{ member: { name: 'Sol Secondo' } }]);
  });

  test('does so once: after it, and twice at once, there is no such case', async () => {
    const recuse = () => world.as('attorneyDallas').ask(RECUSE, { input: { caseId: subject.id, note } });
    const replies = await Promise.all([recuse(), recuse(), recuse()]);
    expect(replies.map(({ errors }) => errors?.[0]?.extensions['code'] ?? 'done').sort()).toEqual(['NOT_FOUND', 'NOT_FOUND', 'done']);
    const absent = await world.as('attorneyDallas').ask(RECUSE, { input: { caseId: newId(), note } });
    expect(await recuse()).toEqual(absent);
    const [raised] = await world.database.owner`select count(*)::int as n from comity.walls where case_id = ${subject.id} and subject_id = ${idOf('attorneyDallas')}`;
    expect(raised?.['n']).toBe(1);
  });

  test('may hold any seat of an office that sees the case', async () => {
    for (const who of ['intakeDallas', 'investigatorDallas', 'advocateDallas', 'conflictsDallas', 'disclosureDallas', 'recordsDallas', 'electedDallas', 'attorneyHennepin', 'attorneyCook'] as const) {
      expect((await world.as(who).get(RECUSE, { input: { caseId: subject.id, note } }))['recuse'], who).toEqual({ case: null });
      expect((await meets(who))['byId'], who).toBe(false);
    }
    expect(await meets('supervisorDallas')).toMatchObject(SEEN);
    const elsewhere = await world.buildCase({ referral: incidentIn('27053') });
    expect(await world.as('attorneyDallas').refused(RECUSE, { input: { caseId: elsewhere.id, note } })).toBe('NOT_FOUND');
  });

  test('gives a ground in words', async () => {
    for (const empty of ['', '   ', 'x'.repeat(2001)]) {
      expect(refused(await world.as('attorneyDallas').ask(RECUSE, { input: { caseId: subject.id, note: empty } }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'note' });
    }
    expect(await meets('attorneyDallas')).toMatchObject(SEEN);
  });

  test('of a candidate office cannot claim, nor be claimed for; a colleague can, and reads of it then', async () => {
    const unclaimed = await world.buildCase();
    await world.as('attorneyDallas').get(RECUSE, { input: { caseId: unclaimed.id, note } });
    const claim = (who: CastMember, more: object = {}) => world.as(who).ask(CLAIM, { input: { caseId: unclaimed.id, expectedVersion: 1, ...more } });
    expect(refused(await claim('attorneyDallas'))['code']).toBe('NOT_FOUND');
    expect((await world.as('secondDallas').get(DETAIL, { id: unclaimed.id, number: 'DAL-0' }))['byId'].walls).toEqual([]);
    expect(refused(await claim('secondDallas', { assignTo: idOf('attorneyDallas') }))['code']).toBe('CONFLICT');
    expect((await claim('secondDallas')).errors).toBeUndefined();
    expect((await world.as('secondDallas').get(DETAIL, { id: unclaimed.id, number: 'DAL-0' }))['byId'].walls).toMatchObject([{ subject: { name: 'Ada Attwell' }, ground: 'RECUSAL' }]);
    expect(await meets('attorneyDallas', unclaimed)).toMatchObject(GONE);
  });

  test('of an office that shares in the case leaves the team too, though she cannot read of the wall', async () => {
    await withJointTeam();
    expect(await openPlaces('attorneyHennepin')).toBe(1);
    await world.as('attorneyHennepin').get(RECUSE, { input: { caseId: subject.id, note } });
    expect(await openPlaces('attorneyHennepin')).toBe(0);
    await expectGoneFor('attorneyHennepin');
    expect((await caseOf('supervisorHennepin')).walls).toEqual([]);
    expect((await caseOf('supervisorDallas')).walls.at(-1)).toMatchObject({ subject: { name: 'Hanne Penn' } });
  });
});

describe('a wall', () => {
  test('against a member closes the case to that member alone, and ends the place on the team', async () => {
    const { data } = await impose('conflictsDallas', member('attorneyDallas'), { mayLift: ['ELECTED'] });
    expect(data?.['imposeWall']).toMatchObject({ wall: { subject: { name: 'Ada Attwell' }, mayLift: ['ELECTED'] }, case: { team: [] } });
    await expectGoneFor('attorneyDallas');
    expect(await eventsOf('supervisorDallas')).toEqual(['WALLED_OFF', 'CLAIMED', 'RECEIVED']);
  });

  test('against an office closes the case to all of it, and to no other', async () => {
    await withJointTeam();
    await walled(office('hennepin-mn'));
    await expectGoneFor('attorneyHennepin');
    expect(await meets('supervisorHennepin')).toMatchObject(GONE);
    expect(await openPlaces('attorneyHennepin')).toBe(0);
    expect(await openPlaces('attorneyDallas')).toBe(1);
  });

  test('against a unit closes the case to who is in it, and ends their places', async () => {
    const unit = await unitOf('attorneyDallas', 'secondDallas');
    await walled({ kind: 'UNIT', id: unit });
    await expectGoneFor('attorneyDallas');
    expect(await meets('secondDallas')).toMatchObject(GONE);
    expect(await openPlaces('attorneyDallas')).toBe(0);
    expect((await caseOf('supervisorDallas')).walls.at(-1).subject).toEqual({ kind: 'UNIT', id: unit, name: expect.stringContaining('Unit ') });
  });

  test('against a unit closes the case to who joins it later, and stays closed to who leaves it', async () => {
    const unit = await unitOf('secondDallas', 'recordsDallas');
    await inUnit('removeFromUnit', unit, 'recordsDallas');
    const wall = await walled({ kind: 'UNIT', id: unit });
    expect((await meets('recordsDallas'))['byId']).toBe(true);
    await inUnit('addToUnit', unit, 'attorneyDallas');
    await expectGoneFor('attorneyDallas');
    await inUnit('removeFromUnit', unit, 'attorneyDallas');
    await inUnit('removeFromUnit', unit, 'secondDallas');
    await expectGoneFor('attorneyDallas');
    // Whatever computes the case anew keeps it so.
    await world.database.owner`select comity.compute_sight(${subject.id})`;
    await expectGoneFor('attorneyDallas');
    expect(await meets('secondDallas')).toMatchObject(GONE);
    await world.as('electedDallas').get(LIFT, { input: { caseId: subject.id, wallId: wall, reason: 'The matter is over.' } });
    await expectGoneFor();
    expect(await meets('secondDallas')).toMatchObject(SEEN);
  });

  test('beats all that opens a case together: venue, joint handling, a team, rule books and break-glass', async () => {
    await withJointTeam();
    const { owner } = world.database;
    const [lead, head, book] = [world.officeIds['dallas-tx'], idOf('supervisorDallas'), newId()];
    await owner`update comity.rule_books set state = 'SUPERSEDED', ended_at = now() where jurisdiction_id = ${lead} and state = 'IN_FORCE'`;
    await owner`insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_by, drafted_at, proposed_by, proposed_at, adopted_by, adopted_at)
      values (${book}, ${lead}, 1000 + (select count(*) from comity.rule_books), 'IN_FORCE', 'All is open', ${head}, now(), ${head}, now(), ${idOf('electedDallas')}, now())`;
    await owner`insert into comity.sharing_rules (book_id, position, audience_id, facets, basis) values (${book}, 0, ${world.officeIds['hennepin-mn']}, 255, 'Test'), (${book}, 1, ${world.officeIds['cook-il']}, 255, 'Test')`;
    await owner`insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at)
      values (${subject.id}, ${newId()}, ${FACETS.SUMMARY}, ${idOf('secondDallas')}, ${lead}, 'Night duty.', now(), now() + interval '1 hour', now() + interval '3 days')`;
    await owner`select comity.compute_sight(${subject.id})`;
    const causes = await owner`select distinct cause from comity.sight where case_id = ${subject.id}`;
    expect(causes.map(({ cause }) => cause).sort()).toEqual(['BREAK_GLASS', 'JOINT', 'RULE', 'SEAT', 'TEAM', 'VENUE']);
    await expectGoneFor();
    for (const whom of [member('attorneyHennepin'), member('attorneyDallas'), member('secondDallas'), office('cook-il')]) await walled(whom);
    await expectGoneFor('attorneyDallas', 'attorneyHennepin', 'attorneyCook');
    expect(await meets('secondDallas')).toMatchObject(GONE);
    // Nor does what is granted after it.
    await owner`insert into comity.assignments (case_id, id, needs, member_id, role, since, assigned_by) values (${subject.id}, ${newId()}, ${FACETS.OFFICE}, ${idOf('attorneyDallas')}, 'TRIAL', now(), ${head})`;
    await owner`select comity.compute_sight(${subject.id})`;
    await expectGoneFor('attorneyDallas', 'attorneyHennepin', 'attorneyCook');
    await owner`delete from comity.sharing_rules where book_id = ${book}`;
    await owner`select comity.compute_sight(c.id) from comity.cases c where c.lead_id = ${lead}`;
  });

  test('against the whole lead office is a conflict that says how it is done', async () => {
    expect(refused(await impose('electedDallas', office('dallas-tx')))).toMatchObject({ code: 'CONFLICT', remedy: expect.stringContaining('wallFormerLead') });
    await expectGoneFor();
  });

  test('stands once against the same subject, and again after it was lifted', async () => {
    const wall = await walled(member('attorneyDallas'));
    expect(refused(await impose('supervisorDallas', member('attorneyDallas')))['code']).toBe('CONFLICT');
    await world.as('conflictsDallas').get(LIFT, { input: { caseId: subject.id, wallId: wall, reason: 'An error.' } });
    const replies = await Promise.all(['supervisorDallas', 'electedDallas', 'conflictsDallas'].map((who) => impose(who as CastMember, member('attorneyDallas'))));
    expect(replies.map(({ errors }) => errors?.[0]?.extensions['code'] ?? 'done').sort()).toEqual(['CONFLICT', 'CONFLICT', 'done']);
  });

  test('excludes a member, a unit or an office that there is, of the kind that is named', async () => {
    const unit = await unitOf();
    const nobody = [
      member('chiefDallasPolice'), member('administrator'), { kind: 'MEMBER', id: newId() }, { kind: 'MEMBER', id: 'nobody' }, { kind: 'MEMBER', id: unit }, { kind: 'UNIT', id: idOf('attorneyDallas') },
      { kind: 'OFFICE', id: unit }, { kind: 'OFFICE', id: newId() },
    ];
    for (const each of nobody) expect(refused(await impose('supervisorDallas', each)), JSON.stringify(each)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'subject.id' });
    const id = newId();
    await world.database.owner`insert into comity.members (id, subject, name, kind, role, office_id, active) values (${id}, ${id}, 'Re Tired', 'PERSON', 'ATTORNEY', ${world.officeIds['cook-il']}, false)`;
    expect((await impose('supervisorDallas', { kind: 'MEMBER', id })).errors).toBeUndefined();
  });

  test('is raised by the lead alone', async () => {
    await withJointTeam();
    expect(refused(await impose('supervisorHennepin', member('attorneyDallas')))['code']).toBe('FORBIDDEN');
    const elsewhere = await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' });
    const absent = await impose('supervisorDallas', member('attorneyDallas'), {}, { ...elsewhere, id: newId() });
    expect(refused(absent)['code']).toBe('NOT_FOUND');
    expect(await impose('supervisorDallas', member('attorneyDallas'), {}, elsewhere)).toEqual(absent);
  });

  test('names who may lift it: roles that lift walls, held by somebody who is not walled off', async () => {
    const unit = await unitOf('conflictsDallas', 'supervisorDallas');
    const bad: readonly (readonly [object, readonly string[]])[] = [
      [member('attorneyDallas'), []], [member('attorneyDallas'), ['ATTORNEY']], [member('attorneyDallas'), ['ELECTED', 'ANALYST']], [member('conflictsDallas'), ['CONFLICTS']],
      [{ kind: 'UNIT', id: unit }, ['CONFLICTS', 'SUPERVISOR']],
    ];
    for (const [whom, mayLift] of bad) expect(refused(await impose('electedDallas', whom, { mayLift })), mayLift.join()).toMatchObject({ code: 'BAD_USER_INPUT', field: 'mayLift' });
    const ofHennepin = await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' });
    expect(refused(await impose('supervisorHennepin', member('attorneyHennepin'), {}, ofHennepin))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'mayLift' });
    expect((await impose('supervisorHennepin', member('attorneyHennepin'), { mayLift: ['SUPERVISOR'] }, ofHennepin)).errors).toBeUndefined();
    // Nor by one whom another wall excludes.
    await walled(member('conflictsDallas'));
    expect(refused(await impose('electedDallas', member('attorneyDallas'), { mayLift: ['CONFLICTS'] }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'mayLift' });
    await expectGoneFor();
  });

  test('against oneself answers with nothing: the case is closed by then', async () => {
    const { data } = await impose('supervisorDallas', member('supervisorDallas'));
    expect(data?.['imposeWall']).toEqual({ wall: null, case: null });
    await expectGoneFor('supervisorDallas');
  });

  test('is read by the lead office alone', async () => {
    await withJointTeam();
    await walled(member('recordsDallas'));
    for (const who of ['attorneyHennepin', 'attorneyCook', 'supervisorHennepin'] as const) {
      expect((await caseOf(who)).walls, who).toEqual([]);
      expect(await eventsOf(who), who).not.toContain('WALLED_OFF');
    }
    expect((await caseOf('attorneyDallas')).walls).toHaveLength(2);
  });
});

describe('a wall is lifted', () => {
  const lift = (who: CastMember, wallId: string, caseId = subject.id): Promise<Reply> => world.as(who).ask(LIFT, { input: { caseId, wallId, reason: 'The ground is gone.' } });

  test('by a role that it names; the case is seen again, and the place on the team stays ended', async () => {
    const wall = await walled(member('attorneyDallas'));
    expect(refused(await lift('supervisorDallas', wall))).toMatchObject({ code: 'FORBIDDEN', message: 'This wall is lifted by ELECTED, CONFLICTS.' });
    const { data } = await lift('conflictsDallas', wall);
    expect(data?.['liftWall']).toMatchObject({ wall: { id: wall, liftedBecause: 'The ground is gone.', liftedBy: { name: 'Con Flict' } }, case: { team: [] } });
    await expectGoneFor();
    expect(await openPlaces('attorneyDallas')).toBe(0);
    expect((await eventsOf('attorneyDallas')).slice(0, 2)).toEqual(['WALL_LIFTED', 'WALLED_OFF']);
  });

  test('once, and by one of two who do it at once', async () => {
    const wall = await walled(member('attorneyDallas'));
    const replies = await Promise.all([lift('conflictsDallas', wall), lift('electedDallas', wall)]);
    expect(replies.map(({ errors }) => errors?.[0]?.extensions['code'] ?? 'done').sort()).toEqual(['CONFLICT', 'done']);
    expect(refused(await lift('conflictsDallas', wall))['code']).toBe('CONFLICT');
  });

  test('never by whom it excludes, who finds neither wall nor case', async () => {
    const unit = await unitOf('conflictsDallas');
    const byName = await walled(member('electedDallas'));
    expect(refused(await lift('electedDallas', byName))['code']).toBe('NOT_FOUND');
    const { data } = await impose('supervisorDallas', { kind: 'UNIT', id: unit }, { mayLift: ['CONFLICTS', 'SUPERVISOR'] });
    const byUnit: string = data?.['imposeWall'].wall.id;
    expect(await lift('conflictsDallas', byUnit)).toEqual(await lift('conflictsDallas', newId(), newId()));
    await world.as('supervisorDallas').get(RECUSE, { input: { caseId: subject.id, note: 'I know the witness.' } });
    const [own] = await world.database.owner`select id from comity.walls where case_id = ${subject.id} and subject_id = ${world.memberIds.supervisorDallas} and lifted_at is null`;
    expect(await lift('supervisorDallas', String(own?.['id'])), 'a wall on oneself').toEqual(await lift('supervisorDallas', newId(), newId()));
    await world.database.owner`update comity.walls set lifted_at = now(), lifted_by = ${world.memberIds.conflictsDallas} where id = ${String(own?.['id'])}`;
    await world.database.owner`select comity.compute_sight(${subject.id})`;
    expect((await lift('supervisorDallas', byUnit)).errors).toBeUndefined();
    expect((await lift('conflictsDallas', byName)).errors).toBeUndefined();
  });

  test('by the elected head where all whom it names have gone or are walled off, unless she is too', async () => {
    const wall = await walled(member('attorneyDallas'), { mayLift: ['CONFLICTS'] });
    expect(refused(await lift('electedDallas', wall))).toMatchObject({ code: 'FORBIDDEN', message: 'This wall is lifted by CONFLICTS.' });
    const { recuse } = await world.as('conflictsDallas').get('mutation ($input: RecuseInput!) { recuse(input: $input) { case { id } mayLift } }', { input: { caseId: subject.id, note } });
    expect(recuse).toEqual({ case: null, mayLift: ['CONFLICTS', 'ELECTED'] });
    for (const who of ['supervisorDallas', 'supervisorHennepin'] as const) expect(refused(await lift(who, wall))['code'], who).toBe('FORBIDDEN');
    expect((await lift('electedDallas', wall)).errors).toBeUndefined();
    const second = await walled(member('attorneyDallas'), { mayLift: ['SUPERVISOR'] });
    await walled(member('electedDallas'), { mayLift: ['SUPERVISOR'] });
    expect(refused(await lift('electedDallas', second))['code']).toBe('NOT_FOUND');
  });

  test('on the case that it stands on, with a reason', async () => {
    const [wall, other] = [await walled(member('attorneyDallas')), await world.buildCase({ claimedBy: 'secondDallas' })];
    expect(await lift('electedDallas', wall, other.id)).toEqual(await lift('electedDallas', newId(), other.id));
    expect(refused(await lift('electedDallas', wall, other.id))['code']).toBe('NOT_FOUND');
    expect(refused(await world.as('electedDallas').ask(LIFT, { input: { caseId: subject.id, wallId: wall, reason: ' ' } }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    expect(refused(await lift('supervisorHennepin', wall))['code']).toBe('FORBIDDEN');
    await expectGoneFor('attorneyDallas');
  });
});

describe('the database by itself', () => {
  const INSERT = `insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
    values ($1::uuid, $2::uuid, 512, 'MEMBER', $3::uuid, 'OTHER', 'x', '{ELECTED}', $4::uuid, now())`;

  test('lets nobody but the lead wall off another, and nobody in another’s name', async () => {
    const tried = (who: CastMember, whom: CastMember, by: CastMember = who) => seated(world.database, { as: idOf(who) }, ({ refusal }) => refusal(INSERT, [subject.id, newId(), idOf(whom), idOf(by)]));
    expect(await tried('attorneyHennepin', 'attorneyDallas')).toBe('42501');
    expect(await tried('attorneyDallas', 'secondDallas', 'supervisorDallas')).toBe('42501');
    expect(await tried('attorneyHennepin', 'attorneyHennepin')).toBe('passed');
    expect(await tried('machineDallasPolice', 'machineDallasPolice')).toBe('42501');
  });

  test('lifts a wall by its own function alone, for a role that the wall names and who is not walled off', async () => {
    const wall = await walled(member('attorneyDallas'), { mayLift: ['SUPERVISOR', 'CONFLICTS'] });
    await walled(member('conflictsDallas'));
    const tried = (who: CastMember) => seated(world.database, { as: idOf(who) }, async ({ refusal, rows }) => {
      expect(await refusal('update comity.walls set lifted_at = now() where case_id = $1::uuid', [subject.id]), who).toBe('42501');
      const said = await refusal('select comity.lift_wall($1::uuid, $2::uuid, $3)', [subject.id, wall, 'x']);
      return said === 'passed' ? (await rows('select comity.lift_wall($1::uuid, $2::uuid, $3) as lifted', [subject.id, wall, 'x']))[0]?.['lifted'] : said;
    });
    expect(await tried('attorneyDallas')).toBe('CM404');
    expect(await tried('conflictsDallas')).toBe('CM404');
    expect(await tried('supervisorHennepin')).toBe('CM404');
    expect(await tried('electedDallas')).toBe(false);
    expect(await tried('supervisorDallas')).toBe(true);
  });

  test('closes walled cases to who left a unit for the heads of that unit’s office alone', async () => {
    const unit = await unitOf('attorneyDallas');
    const tried = (who: CastMember) => seated(world.database, { as: idOf(who) }, ({ refusal }) => refusal('select comity.resight_walled_unit($1::uuid)', [unit]));
    for (const who of ['attorneyDallas', 'conflictsDallas', 'supervisorHennepin', 'auditor', 'chiefDallasPolice'] as const) expect(await tried(who), who).toBe('CM403');
    expect(await tried('supervisorDallas')).toBe('passed');
  });
});

test('one who reads and writes in a loop while a wall is raised is shown nothing, and writes nothing, after its answer', async () => {
  const shown: unknown[] = [];
  const counts = { before: 0, after: 0, written: 0 };
  for (let round = 0; round < 5; round += 1) {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const wall = { raised: false, over: false };
    const loop = async (ask: () => Promise<Reply>, isShown: (reply: Reply) => boolean) => {
      while (!wall.over) {
        const sentAfter = wall.raised;
        const reply = await ask();
        counts[sentAfter ? 'after' : 'before'] += 1;
        if (isShown(reply) && sentAfter) shown.push(reply);
      }
    };
    const voice = world.as('attorneyDallas');
    const loops = [
      loop(() => voice.ask('query ($id: ID) { case(id: $id) { number events { nodes { act } } } }', { id: built.id }), ({ data }) => data?.['case'] != null),
      loop(() => voice.ask(LIST, { text: built.number }), ({ data }) => JSON.stringify(data).includes(built.id)),
      loop(async () => {
        const reply = await voice.ask(ANNOTATE, { input: { caseId: built.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'Written in haste.' } });
        if (reply.errors) expect(reply.errors[0]?.extensions['code']).toBe('NOT_FOUND');
        else counts.written += 1;
        return reply;
      }, ({ errors }) => errors === undefined),
    ];
    while (counts.written < 3 * (round + 1)) await new Promise((resolve) => setTimeout(resolve, 5));
    await walled(member('attorneyDallas'), {}, built);
    wall.raised = true;
    const enough = counts.after + 12;
    while (counts.after < enough) await new Promise((resolve) => setTimeout(resolve, 5));
    wall.over = true;
    await Promise.all(loops);
    const late = await world.database.owner`select act from comity.trail_events where case_id = ${built.id} and actor_id = ${idOf('attorneyDallas')}
      and seq > (select seq from comity.trail_events where case_id = ${built.id} and act = 'WALLED_OFF')`;
    expect([...late]).toEqual([]);
  }
  expect(shown).toEqual([]);
  expect(counts.written).toBeGreaterThan(14);
});
