import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const CASE = '{ number stage version lead { slug } team { id version role member { name } } persons { name part contact { phone } } report { narrative } events(first: 50) { nodes { act actor { name } body } } }';
const CLAIM = `mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case ${CASE} } }`;
const RELEASE = `mutation ($input: ReleaseCaseInput!) { releaseCase(input: $input) { case ${CASE} } }`;
const ASSIGN = `mutation ($input: AssignCaseInput!) { assignCase(input: $input) { assignment { id role version member { name } } case ${CASE} } }`;
const UNASSIGN = `mutation ($input: UnassignCaseInput!) { unassignCase(input: $input) { case ${CASE} } }`;
const FIND = `query ($id: ID) { case(id: $id) ${CASE} }`;

const seen = async (who: CastMember, id: string) => (await world.as(who).get(FIND, { id }))['case'];
const claim = (who: CastMember, { id, version }: BuiltCase, more: object = {}) => world.as(who).ask(CLAIM, { input: { caseId: id, expectedVersion: version, ...more } });

/** Makes Hennepin a second venue candidate of a Dallas case, as a later rule of venue will. */
async function addVenue(caseId: string): Promise<void> {
  const { owner } = world.database;
  await owner`insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since) values (${caseId}, ${world.officeIds['hennepin-mn']}, 1, 'ROUTED', '27053', 'Test', now())`;
  await owner`select comity.compute_sight(${caseId}::uuid)`;
}

describe('a claim', () => {
  test('opens to the claimant what a team sees, and is in the history', async () => {
    const built = await world.buildCase();
    expect(await seen('attorneyDallas', built.id)).toMatchObject({ stage: 'UNCLAIMED', lead: null, persons: [], team: [], report: { narrative: expect.any(String) } });
    const { data } = await claim('attorneyDallas', built);
    expect(data?.['claimCase'].case).toMatchObject({
      stage: 'CLAIMED', version: 2, lead: { slug: 'dallas-tx' }, team: [{ role: 'TRIAL', member: { name: 'Ada Attwell' } }],
      persons: [{ part: 'OFFICIAL', contact: null }, { name: 'Vic Timson', contact: { phone: '555-0100' } }, { name: 'Wit Nessler' }],
      events: { nodes: [{ act: 'CLAIMED', actor: { name: 'Ada Attwell' } }, { act: 'RECEIVED', actor: { name: 'Sgt. Pia Dalles' } }] },
    });
  });

  test('of thirty at once by two offices is won by exactly one; the others learn the holder, and the other office keeps the SUMMARY', async () => {
    const built = await world.buildCase();
    await addVenue(built.id);
    const contenders: CastMember[] = ['attorneyDallas', 'attorneyHennepin', 'secondDallas', 'supervisorHennepin', 'supervisorDallas'];
    const replies = await Promise.all(Array.from({ length: 30 }, (_, index) => claim(contenders[index % contenders.length] ?? 'attorneyDallas', built)));
    const won = replies.filter(({ errors }) => errors === undefined);
    expect(won).toHaveLength(1);
    const lead = won[0]?.data?.['claimCase'].case.lead.slug as 'dallas-tx' | 'hennepin-mn';
    for (const { errors } of replies.filter((reply) => reply !== won[0])) {
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', version: 2, stage: 'CLAIMED', lead: { id: world.officeIds[lead] } });
    }
    const loser = lead === 'dallas-tx' ? 'attorneyHennepin' : 'attorneyDallas';
    expect(await seen(loser, built.id)).toMatchObject({ number: built.number, stage: 'CLAIMED', lead: { slug: lead }, report: null, persons: [], team: [], events: { nodes: [] } });
    const [events] = await world.database.owner`select count(*)::int as n from comity.trail_events where case_id = ${built.id} and act = 'CLAIMED'`;
    expect(events?.['n']).toBe(1);
  });

  test('needs venue: an office that does not see the case finds none', async () => {
    const built = await world.buildCase();
    expect((await claim('attorneyHennepin', built)).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });

  test('of an old version, or of a case that is claimed, is a conflict that says how the case stands', async () => {
    const built = await world.buildCase();
    expect((await claim('attorneyDallas', { ...built, version: 9 })).errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', version: 1, stage: 'UNCLAIMED' });
    await claim('attorneyDallas', built);
    expect((await claim('secondDallas', { ...built, version: 2 })).errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', version: 2, stage: 'CLAIMED' });
  });

  test('can be made for a colleague, and for nobody else', async () => {
    const built = await world.buildCase();
    for (const stranger of [world.memberIds.attorneyHennepin, world.memberIds.chiefDallasPolice, newId(), 'nobody']) {
      expect((await claim('supervisorDallas', built, { assignTo: stranger })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'assignTo' });
    }
    const { data } = await claim('supervisorDallas', built, { assignTo: world.memberIds.secondDallas });
    // The supervisor is not on the team, and so reads no contact.
    expect(data?.['claimCase'].case).toMatchObject({ team: [{ member: { name: 'Sol Secondo' } }], persons: [{}, { name: 'Vic Timson', contact: null }, {}] });
  });
});

describe('a release', () => {
  test('makes the case unclaimed again, ends the team, and lets a candidate claim it', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { releaseCase } = await world.as('attorneyDallas').get(RELEASE, { input: { caseId: built.id, expectedVersion: built.version } });
    expect(releaseCase.case).toMatchObject({ stage: 'UNCLAIMED', version: 3, lead: null, team: [], persons: [] });
    expect((await claim('secondDallas', { ...built, version: 3 })).errors).toBeUndefined();
    expect((await seen('secondDallas', built.id)).events.nodes.map((event: { act: string }) => event.act)).toEqual(['CLAIMED', 'RELEASED', 'CLAIMED', 'RECEIVED']);
  });

  test('is the team’s or a supervisor’s to make, at the right version', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const input = { caseId: built.id, expectedVersion: built.version };
    expect(await world.as('secondDallas').refused(RELEASE, { input })).toBe('FORBIDDEN');
    expect(await world.as('attorneyHennepin').refused(RELEASE, { input })).toBe('NOT_FOUND');
    expect(await world.as('supervisorDallas').refused(RELEASE, { input: { ...input, expectedVersion: 1 } })).toBe('CONFLICT');
    await world.as('supervisorDallas').get(RELEASE, { input });
    expect(await world.as('supervisorDallas').refused(RELEASE, { input: { ...input, expectedVersion: 3 } })).toBe('FORBIDDEN');
  });
});

describe('the team', () => {
  test('grows by a colleague, who then reads what the team reads', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    expect((await seen('secondDallas', built.id)).persons[1].contact).toBeNull();
    const { assignCase } = await world.as('attorneyDallas').get(ASSIGN, { input: { caseId: built.id, memberId: world.memberIds.secondDallas, role: 'SUPPORT' } });
    expect(assignCase).toMatchObject({ assignment: { role: 'SUPPORT', version: 1, member: { name: 'Sol Secondo' } }, case: { version: 2 } });
    expect((await seen('secondDallas', built.id)).persons[1].contact.phone).toBe('555-0100');
    expect(await world.as('attorneyDallas').refused(ASSIGN, { input: { caseId: built.id, memberId: world.memberIds.secondDallas, role: 'TRIAL' } })).toBe('CONFLICT');
    expect(await world.as('attorneyDallas').refused(ASSIGN, { input: { caseId: built.id, memberId: world.memberIds.attorneyHennepin, role: 'TRIAL' } })).toBe('BAD_USER_INPUT');
    expect(await world.as('investigatorDallas').refused(ASSIGN, { input: { caseId: built.id, memberId: world.memberIds.investigatorDallas, role: 'TRIAL' } })).toBe('FORBIDDEN');
  });

  test('loses a member at that place’s version, and the member what the place opened', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const [place] = (await seen('supervisorDallas', built.id)).team;
    const input = { caseId: built.id, assignmentId: place.id };
    expect(await world.as('supervisorDallas').refused(UNASSIGN, { input: { ...input, expectedVersion: 5 } })).toBe('CONFLICT');
    const { unassignCase } = await world.as('supervisorDallas').get(UNASSIGN, { input: { ...input, expectedVersion: 1 } });
    expect(unassignCase.case.team).toEqual([]);
    expect((await seen('attorneyDallas', built.id)).persons[1].contact).toBeNull();
    expect(await world.as('supervisorDallas').refused(UNASSIGN, { input: { ...input, expectedVersion: 2 } })).toBe('CONFLICT');
  });

  test('takes one in the place of another', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const [place] = (await seen('supervisorDallas', built.id)).team;
    const { assignCase } = await world.as('supervisorDallas').get(ASSIGN, {
      input: { caseId: built.id, memberId: world.memberIds.secondDallas, role: 'TRIAL', replaces: { assignmentId: place.id, expectedVersion: place.version } },
    });
    expect(assignCase.case.team).toMatchObject([{ member: { name: 'Sol Secondo' } }]);
  });

  test('of the trial and the filter exclude each other for ever on one case', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const [place] = (await seen('supervisorDallas', built.id)).team;
    await world.as('supervisorDallas').get(UNASSIGN, { input: { caseId: built.id, assignmentId: place.id, expectedVersion: 1 } });
    expect(await world.as('supervisorDallas').refused(ASSIGN, { input: { caseId: built.id, memberId: world.memberIds.attorneyDallas, role: 'FILTER' } })).toBe('CONFLICT');
    await world.as('supervisorDallas').get(ASSIGN, { input: { caseId: built.id, memberId: world.memberIds.attorneyDallas, role: 'SUPPORT' } });
  });

  test('excludes them through a release and a claim too, made by oneself or for one', async () => {
    const built = await world.buildCase({ claimedBy: 'supervisorDallas' });
    await world.as('supervisorDallas').get(ASSIGN, { input: { caseId: built.id, memberId: world.memberIds.attorneyDallas, role: 'FILTER' } });
    await world.as('supervisorDallas').get(RELEASE, { input: { caseId: built.id, expectedVersion: 2 } });
    expect((await claim('attorneyDallas', { ...built, version: 3 })).errors?.[0]?.extensions['code']).toBe('CONFLICT');
    expect((await claim('supervisorDallas', { ...built, version: 3 }, { assignTo: world.memberIds.attorneyDallas })).errors?.[0]?.extensions['code']).toBe('CONFLICT');
    expect((await claim('secondDallas', { ...built, version: 3 })).errors).toBeUndefined();
  });

  test('assigned at once by two supervisors gets one place for one member', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const input = { caseId: built.id, memberId: world.memberIds.secondDallas, role: 'SUPPORT' };
    const replies = await Promise.all(['supervisorDallas', 'electedDallas', 'attorneyDallas'].map((who) => world.as(who as CastMember).ask(ASSIGN, { input })));
    expect(replies.filter(({ errors }) => !errors)).toHaveLength(1);
    expect(replies.flatMap(({ errors }) => errors ?? []).map(({ extensions }) => extensions['code'])).toEqual(['CONFLICT', 'CONFLICT']);
  });
});

test('a place that is filled while the case is given up leaves no place open on a case without a lead', async () => {
  for (let round = 0; round < 8; round += 1) {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const [released, assigned] = await Promise.all([
      world.as('supervisorDallas').ask(RELEASE, { input: { caseId: built.id, expectedVersion: built.version } }),
      world.as('electedDallas').ask(ASSIGN, { input: { caseId: built.id, memberId: world.memberIds.secondDallas, role: 'SUPPORT' } }),
    ]);
    expect(released.errors).toBeUndefined();
    if (assigned.errors) expect(assigned.errors[0]?.extensions['code']).toBe('FORBIDDEN');
    const [open] = await world.database.owner`select count(*)::int as n from comity.assignments where case_id = ${built.id} and until is null`;
    expect(open?.['n']).toBe(0);
  }
});

test('a guest office receives and claims its cases, and no member office sees them', async () => {
  const built = await world.buildCase({ by: 'chiefChicagoPolice', referral: { incident: { occurredOn: '2026-03-14', occurredAt: '2026-03-14T20:15:00-05:00', countyFips: '17031', place: '1 Invented Street, Chicago' } } });
  expect(built.number).toMatch(/^COO-/);
  for (const who of ['attorneyDallas', 'attorneyHennepin', 'administrator'] as const) expect(await seen(who, built.id)).toBeNull();
  expect((await claim('attorneyCook', built)).data?.['claimCase'].case.lead.slug).toBe('cook-il');
});
