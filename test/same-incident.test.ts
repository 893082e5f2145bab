import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { bench, CANDIDATES, code, days, FIND, LOOK, told, type Told } from './duplicates.world.ts';
import { castPerson, keptTo, mutation, unitOf } from './units.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof bench>;
beforeAll(async () => {
  world = await openWorld();
  play = bench(world);
});
afterAll(() => world.close());

const day = days();
let plates = 0;
const newPlate = () => `SAM ${String((plates += 1)).padStart(4, '0')}`;
const HOME = { dallas: { countyFips: '48113', lead: 'attorneyDallas', office: 'dallas-tx' }, hennepin: { countyFips: '27053', lead: 'attorneyHennepin', office: 'hennepin-mn' }, cook: { countyFips: '17031', lead: 'attorneyCook', office: 'cook-il' } } as const;
type Home = keyof typeof HOME;

/** A case of an office, led by it unless told otherwise, in which somebody drove a car with this plate. */
const seenBy = (home: Home, plate: string, about: Told, isLed = true) => world.buildCase({
  referral: told({ latitude: null, ...about, countyFips: HOME[home].countyFips, persons: [{ part: 'OFFICIAL', descriptors: 'Somebody', plate }] }), ...(isLed && { claimedBy: HOME[home].lead }),
});
/** One evening that Dallas and Hennepin each know of. */
async function evening(): Promise<{ dallas: BuiltCase; hennepin: BuiltCase; plate: string; on: string }> {
  const [plate, on] = [newPlate(), day()];
  return { dallas: await seenBy('dallas', plate, { day: on }), hennepin: await seenBy('hennepin', plate, { day: on, time: '22:00' }), plate, on };
}

/** The whole answer to a look, as text. */
const words = async (who: CastMember, { id }: { id: string }) => JSON.stringify(await world.as(who).ask(LOOK, { id }));

/** What closes a case: imposed on it as its office would. */
const CLOSED: Readonly<Record<string, (subject: BuiltCase, against: Home) => Promise<unknown>>> = {
  'a wall against the office': (subject, against) => wall(subject, 'OFFICE', world.officeIds[HOME[against].office]),
  'a wall against one of the office': (subject, against) => wall(subject, 'MEMBER', world.memberIds[against === 'dallas' ? 'recordsDallas' : 'supervisorHennepin']),
  'a wall against a unit of the office': async (subject, against) => {
    const unit = newId();
    await world.database.owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${unit}, ${world.officeIds[HOME[against].office]}, ${unit}, ${world.memberIds.supervisorDallas}, now())`;
    return wall(subject, 'UNIT', unit);
  },
  'a seal': async ({ id }) => {
    await world.database.owner`insert into comity.seals (case_id, id, needs, facets, audience, "order", sealed_by, sealed_at)
      select ${id}, ${newId()}, 516, 4, array[lead_id], 'Order 9', ${world.memberIds.supervisorDallas}, now() from comity.cases where id = ${id}`;
    return sighted(id);
  },
  'a unit that it is kept to': async ({ id }, against) => {
    const unit = newId();
    const office = world.officeIds[HOME[against === 'dallas' ? 'hennepin' : 'dallas'].office];
    await world.database.owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${unit}, ${office}, ${unit}, ${world.memberIds.supervisorDallas}, now())`;
    await world.database.owner`insert into comity.unit_members (unit_id, member_id, since, added_by) select ${unit}, m.id, now(), m.id from comity.members m where m.office_id = ${office}`;
    await world.database.owner`insert into comity.unit_restrictions (case_id, id, needs, unit_id, reason, restricted_by, restricted_at) values (${id}, ${newId()}, 512, ${unit}, 'Sensitive.', ${world.memberIds.supervisorDallas}, now())`;
    return sighted(id);
  },
  'a compartment': async (subject, against) => {
    const who = against === 'dallas' ? 'supervisorHennepin' : 'supervisorDallas';
    return world.as(who).get(mutation('placeInCompartment', 'case { id }'), {
      input: { caseId: subject.id, compartment: 'COMPELLED', basis: 'COMPELLED_STATEMENT', target: { kind: 'PERSON', id: subject.personIds[0] } },
    });
  },
};
const sighted = (id: string) => world.database.owner`select comity.compute_sight(${id})`;
async function wall({ id }: BuiltCase, kind: string, subjectId: string) {
  await world.database.owner`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
    values (${id}, ${newId()}, 512, ${kind}, ${subjectId}, 'OTHER', 'A reason.', '{CONFLICTS}', ${world.memberIds.supervisorDallas}, now())`;
  return sighted(id);
}

describe('a look across offices', () => {
  test('tells each of the other: an office, whom to ask there and by what, and no word of the case', async () => {
    const { dallas, hennepin, plate, on } = await evening();
    expect(await play.hits('attorneyDallas', dallas)).toMatchObject([{ contactRole: 'SUPERVISOR', matchedBy: ['PLATE'], officeName: expect.stringContaining('Hennepin') }]);
    expect(await play.hits('attorneyHennepin', hennepin)).toMatchObject([{ contactRole: 'INTAKE', matchedBy: ['PLATE'], officeName: expect.stringContaining('Dallas') }]);
    for (const [who, own, other] of [['attorneyDallas', dallas, hennepin], ['attorneyHennepin', hennepin, dallas]] as const) {
      const answer = await words(who, own);
      for (const secret of [other.id, other.number, other.referralId, plate, on, 'CLAIMED', '#', ...other.personIds]) expect(answer).not.toContain(secret);
      expect((await world.as(who).get(CANDIDATES, { id: own.id }))['case'].duplicateCandidates.totalCount).toBe(0);
    }
  });

  test('names an office once, however many of its cases are hit, and by all that hits: the report number too', async () => {
    const [plate, on] = [newPlate(), day()];
    const dallas = await seenBy('dallas', plate, { day: on, reportNumber: '77-0001' });
    for (const time of ['20:10', '20:20', '20:30']) await seenBy('hennepin', plate, { day: on, time });
    await seenBy('hennepin', newPlate(), { day: '2019-05-05', reportNumber: '77 0001' });
    expect(await play.hits('attorneyDallas', dallas)).toMatchObject([{ matchedBy: ['PLATE', 'REPORT_NUMBER'] }]);
  });

  test('finds a case that nobody leads with the office of its county, by its number: a person of it is nobody’s to read yet', async () => {
    const [plate, on] = [newPlate(), day()];
    const dallas = await seenBy('dallas', plate, { day: on, reportNumber: '88-0001' });
    const unclaimed = await seenBy('hennepin', plate, { day: on }, false);
    expect(await play.hits('attorneyDallas', dallas)).toEqual([]);
    expect(await play.hits('supervisorHennepin', unclaimed)).toEqual([]);
    const numbered = await seenBy('hennepin', newPlate(), { day: on, reportNumber: '880001' }, false);
    expect(await play.hits('attorneyDallas', dallas)).toMatchObject([{ matchedBy: ['REPORT_NUMBER'] }]);
    expect(await play.hits('supervisorHennepin', numbered)).toMatchObject([{ matchedBy: ['REPORT_NUMBER'] }]);
  });

  test('finds no car that was seen a day and an hour later', async () => {
    const [plate, on] = [newPlate(), day()];
    const dallas = await seenBy('dallas', plate, { day: on, time: '01:00' });
    await seenBy('hennepin', plate, { day: new Date(Date.parse(`${on}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10), time: '02:00' });
    expect(await play.hits('attorneyDallas', dallas)).toEqual([]);
    await seenBy('hennepin', plate, { day: new Date(Date.parse(`${on}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10), time: '00:59' });
    expect(await play.hits('attorneyDallas', dallas)).toHaveLength(1);
  });

  test('of a case that the asker sees is none: it is offered instead', async () => {
    const { dallas, hennepin } = await evening();
    await world.database.owner`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at)
      values (${hennepin.id}, ${newId()}, 1, ${world.officeIds['dallas-tx']}, ${world.officeIds['hennepin-mn']}, 'CO', 7, 'ACCEPTED', 'Together.', ${world.memberIds.supervisorHennepin}, now())`;
    await sighted(hennepin.id);
    expect(await play.hits('attorneyDallas', dallas)).toEqual([]);
    expect(await play.candidates('attorneyDallas', dallas)).toMatchObject([{ case: { id: hennepin.id }, matchedBy: ['PLATE', 'PLACE'] }]);
  });

  describe.each(['hennepin', 'dallas'] as const)('where the case of %s is closed by', (closed) => {
    test.each(Object.keys(CLOSED))('%s is, from both sides, what it is where there is none', async (what) => {
      const alone = { dallas: await seenBy('dallas', newPlate(), { day: day() }), hennepin: await seenBy('hennepin', newPlate(), { day: day() }) };
      const found = await evening();
      expect(await play.hits('attorneyDallas', found.dallas)).toHaveLength(1);
      await CLOSED[what]?.(found[closed], closed === 'dallas' ? 'hennepin' : 'dallas');
      expect(await words('attorneyDallas', found.dallas)).toBe(await words('attorneyDallas', alone.dallas));
      expect(await words('attorneyHennepin', found.hennepin)).toBe(await words('attorneyHennepin', alone.hennepin));
      expect(await words('attorneyDallas', alone.dallas)).toBe('{"data":{"sameIncident":{"hits":[]}}}');
    });
  });

  test('finds no case of a guest, and a guest finds none; an unrouted one is nobody’s', async () => {
    const [plate, on] = [newPlate(), day()];
    const [dallas, cook] = [await seenBy('dallas', plate, { day: on }), await seenBy('cook', plate, { day: on })];
    await world.buildCase({ referral: told({ day: on, latitude: null, countyFips: '48001', persons: [{ part: 'OFFICIAL', descriptors: 'x', plate }] }) });
    expect(await play.hits('attorneyDallas', dallas)).toEqual([]);
    expect(await play.hits('attorneyCook', cook)).toEqual([]);
  });

  test('is for the people of the office that the case is with, in roles that work on it; for who does not see the case there is none', async () => {
    const { dallas, hennepin } = await evening();
    const answer = async (who: CastMember, { id }: BuiltCase) => {
      const reply = await world.as(who).ask(LOOK, { id });
      return reply.errors ? code(reply) : reply.data?.['sameIncident'];
    };
    for (const who of ['attorneyDallas', 'secondDallas', 'supervisorDallas', 'electedDallas', 'intakeDallas', 'investigatorDallas'] as const) expect(await answer(who, dallas), who).toMatchObject({ hits: [expect.anything()] });
    for (const who of ['advocateDallas', 'recordsDallas', 'conflictsDallas', 'disclosureDallas', 'chiefDallasPolice', 'machineDallasPolice', 'administrator', 'analyst', 'auditor'] as const) expect(await answer(who, dallas), who).toBe('FORBIDDEN');
    expect(await words('attorneyDallas', hennepin)).toBe(await words('attorneyDallas', { id: newId() }));
    expect(await answer('attorneyDallas', hennepin)).toBeNull();
    await world.database.owner`insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since) values (${hennepin.id}, ${world.officeIds['dallas-tx']}, 1, 'ROUTED', '48113', 'It began there.', now())`;
    await sighted(hennepin.id);
    expect(await answer('attorneyDallas', hennepin)).toBe('FORBIDDEN');
  });

  test('is logged each time with the case that was asked about, and at a hit with the one that was hit, for its heads to read', async () => {
    const { dallas, hennepin } = await evening();
    const logs = async ({ id }: BuiltCase) => (await world.database.owner`select field, purpose, decision, actor_id as actor, acting_for as office, facets from comity.access_log where case_id = ${id}`).map((each) => ({ ...each }));
    const alone = await seenBy('dallas', newPlate(), { day: day() });
    await play.hits('investigatorDallas', alone);
    const entry = { field: 'sameIncident', purpose: 'CASE_PREPARATION', decision: 'READ', actor: world.memberIds.investigatorDallas, office: world.officeIds['dallas-tx'] };
    expect(await logs(alone)).toMatchObject([entry]);
    await world.as('investigatorDallas').get('query ($id: ID!) { sameIncident(caseId: $id) { __typename } }', { id: alone.id });
    expect(await logs(alone)).toHaveLength(2);
    await play.hits('investigatorDallas', dallas);
    expect(await logs(dallas)).toMatchObject([entry]);
    expect(await logs(hennepin)).toMatchObject([{ ...entry, facets: 4 }]);
    const { accessLog } = await world.as('supervisorHennepin').get('query ($id: ID) { accessLog(caseId: $id) { nodes { field member { name office { slug } } } } }', { id: hennepin.id });
    expect(accessLog.nodes).toMatchObject([{ field: 'sameIncident', member: { name: 'Inez Vesti', office: { slug: 'dallas-tx' } } }]);
  });
});

describe('nothing merges', () => {
  const pair = async () => {
    const on = day();
    const about = { day: on, latitude: 32.78 };
    return [await seenBy('dallas', newPlate(), about), await seenBy('dallas', newPlate(), about)] as const;
  };
  const HOW = Object.entries(CLOSED).flatMap(([what, close]) => [[what, 'first', close], [what, 'second', close]] as const);

  test.each(HOW)('across %s on the %s case, and the words are the same as for all that stands between two cases', async (_what, which, close) => {
    const cases = await pair();
    await close(cases[which === 'first' ? 0 : 1], 'hennepin');
    const { errors } = await play.judge('electedDallas', 'DUPLICATE', ...cases);
    expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(/^The two cases are not open and closed to the same people/), extensions: { code: 'CONFLICT' } });
    expect(Object.keys(errors?.[0]?.extensions ?? {})).toEqual(Object.keys((await invited()).extensions));
    expect((await play.find('electedDallas', cases[0])).duplicateVerdicts).toEqual([]);
    expect(code(await play.judge('electedDallas', 'LINK', ...cases))).toBe('OK');
  });

  /** What is said where an invitation waits: nothing that closes. */
  async function invited() {
    const cases = await pair();
    await world.database.owner`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at)
      values (${cases[0].id}, ${newId()}, 1, ${world.officeIds['hennepin-mn']}, ${world.officeIds['dallas-tx']}, 'CO', 7, 'INVITED', 'Come.', ${world.memberIds.supervisorDallas}, now())`;
    const { errors } = await play.judge('electedDallas', 'DUPLICATE', ...cases);
    if (!errors?.[0]) throw new Error('it was merged');
    expect(errors[0].message).toMatch(/^The two cases are not open and closed to the same people/);
    return errors[0];
  }

  test('but what is closed alike: the same wall, and the same unit, on both', async () => {
    const walled = await pair();
    for (const each of walled) await wall(each, 'OFFICE', world.officeIds['hennepin-mn']);
    expect(code(await play.judge('electedDallas', 'DUPLICATE', ...walled))).toBe('OK');
    const kept = await pair();
    const unit = await unitOf(world, castPerson(world, 'electedDallas'), castPerson(world, 'attorneyDallas'));
    for (const each of kept) await keptTo(world, each, unit);
    expect(code(await play.judge('supervisorDallas', 'DUPLICATE', ...kept))).toBe('FORBIDDEN');
    expect(code(await play.judge('attorneyDallas', 'DUPLICATE', ...kept))).toBe('OK');
  });

  test('and a wall that is raised on the case that stays closes what was merged into it, at once and after the two are apart again', async () => {
    const [early, late] = await pair();
    expect(code(await play.judge('attorneyDallas', 'DUPLICATE', early, late))).toBe('OK');
    expect(await play.find('secondDallas', late)).not.toBeNull();
    await world.as('supervisorDallas').get(mutation('imposeWall', 'case { id }'), { input: { caseId: early.id, subject: { kind: 'MEMBER', id: world.memberIds.secondDallas }, ground: 'FAMILY', note: 'Kin.' } });
    for (const each of [early, late]) expect(await play.find('secondDallas', each)).toBeNull();
    expect(code(await play.undo('attorneyDallas', late, early))).toBe('OK');
    for (const each of [early, late]) expect(await play.find('secondDallas', each)).toBeNull();
    expect(code(await play.judge('secondDallas', 'LINK', early, late))).toBe('NOT_FOUND');
  });

  test('for who does not see one of the two: a hidden case is an absent one, in judging, undoing and looking', async () => {
    const [early, late] = await pair();
    await play.judge('attorneyDallas', 'DUPLICATE', early, late);
    await wall(late, 'MEMBER', world.memberIds.supervisorDallas);
    const version = await play.versionOf(early.id);
    const bytes = async (field: 'judge' | 'undo', other: { id: string }) =>
      JSON.stringify(field === 'judge' ? await play.judge('supervisorDallas', 'LINK', early, other as BuiltCase, { expectedVersion: version }) : await play.undo('supervisorDallas', early, other as BuiltCase, { expectedVersion: version }));
    for (const field of ['judge', 'undo'] as const) expect(await bytes(field, late)).toBe(await bytes(field, { id: newId() }));
    const { case: shown } = await world.as('supervisorDallas').get(FIND, { id: early.id });
    expect(shown.duplicateVerdicts).toEqual([]);
    expect(JSON.stringify(shown)).not.toContain(late.id);
  });
});

test('whatever is drawn, a look hits where two members’ cases lie open, alike and unseen, tells the same to both, and names nothing of the case', async () => {
  const drawn = fc.record({
    home: fc.constantFrom<Home>('hennepin', 'hennepin', 'hennepin', 'cook'), isLed: fc.boolean(), isSame: fc.integer({ min: 0, max: 4 }).map((n) => n > 0), hours: fc.constantFrom('00:30', '12:00', '23:30'), daysLater: fc.constantFrom(0, 0, 1),
    closedThere: fc.option(fc.constantFrom(...Object.keys(CLOSED)), { freq: 2 }), closedHere: fc.option(fc.constantFrom(...Object.keys(CLOSED)), { freq: 1, nil: null }),
  });
  // Whatever is drawn seldom hits: half of the draws are led by a member, alike and open there.
  const alike = drawn.map((each) => ({ ...each, home: 'hennepin' as const, isLed: true, isSame: true, closedThere: null }));
  const seen = { hit: 0, none: 0 };
  await fc.assert(fc.asyncProperty(fc.oneof(alike, drawn), async ({ home, isLed, isSame, hours, daysLater, closedThere, closedHere }) => {
    const [plate, on] = [newPlate(), day()];
    const later = new Date(Date.parse(`${on}T00:00:00Z`) + daysLater * 86_400_000).toISOString().slice(0, 10);
    const mine = await seenBy('dallas', plate, { day: on, time: '12:00' });
    const leads = isLed || closedThere !== null || home === 'cook';
    const theirs = await seenBy(home, isSame ? plate : newPlate(), { day: later, time: hours }, leads);
    const isCompartmentOfGuest = home === 'cook' && closedThere === 'a compartment';
    if (closedThere !== null && !isCompartmentOfGuest) await CLOSED[closedThere]?.(theirs, 'dallas');
    const isHereClosed = closedHere !== null && plates % 3 === 0;
    if (isHereClosed) await CLOSED[closedHere]?.(mine, 'hennepin');
    const apart = Math.abs(Date.parse(`${later}T${hours}:00Z`) - Date.parse(`${on}T12:00:00Z`)) / 3_600_000;
    const expected = home === 'hennepin' && leads && isSame && apart <= 24 && closedThere === null && !isHereClosed;
    const answer = await words('attorneyDallas', mine);
    expect(JSON.parse(answer).data.sameIncident.hits).toHaveLength(expected ? 1 : 0);
    for (const secret of [theirs.id, theirs.number, theirs.referralId, ...theirs.personIds, plate, later]) expect(answer).not.toContain(secret);
    if (home === 'hennepin') expect((await play.hits('supervisorHennepin', theirs))?.length).toBe(expected ? 1 : 0);
    seen[expected ? 'hit' : 'none'] += 1;
  }), { numRuns: 40 });
  expect(Math.min(seen.hit, seen.none)).toBeGreaterThan(3);
}, 120_000);
