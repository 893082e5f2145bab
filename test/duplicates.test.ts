import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MATCHERS } from '../src/duplicates/matcher.ts';
import { bench, CANDIDATES, code, days, told, type Told } from './duplicates.world.ts';
import { loop, wanted } from './returns.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof bench>;
beforeAll(async () => {
  world = await openWorld();
  play = bench(world);
});
afterAll(() => world.close());

const day = days();
const built = (about: Told, claimedBy?: CastMember) => world.buildCase({ referral: told(about), ...(claimedBy && { claimedBy }) });
/** Two cases about one evening, the second referred later. */
async function pair(claimedBy?: CastMember): Promise<[BuiltCase, BuiltCase]> {
  const on = day();
  return [await built({ day: on }, claimedBy), await built({ day: on, time: '20:15' }, claimedBy)];
}
const plated = (plate: string) => [{ part: 'OFFICIAL', descriptors: 'Somebody', plate }];

describe('two cases are offered as one', () => {
  type Row = Partial<Told> & { readonly after?: number };
  const rows: readonly [string, Row, Row, readonly string[], readonly string[]][] = [
    ['200 m and 15 min apart', {}, { latitude: 32.7818, time: '20:15' }, ['AT_ONCE'], ['200 m and 15 min apart']],
    ['310 m and 2 h apart', {}, { latitude: 32.78279, time: '22:00' }, ['NEAR'], ['310 m and 2 h apart']],
    ['480 m apart over midnight', { time: '23:30' }, { latitude: 32.78432, after: 1, time: '00:10' }, ['NEAR'], ['480 m and 40 min apart']],
    ['across the line of two squares', { latitude: 32.7799, longitude: -96.8001 }, { latitude: 32.7801, longitude: -96.7999 }, ['AT_ONCE'], ['30 m and 0 min apart']],
    ['the same place in other words, without coordinates', { latitude: null }, { latitude: null, place: '100 EXAMPLE ST.' }, ['PLACE'], ['same place in words and 0 min apart']],
    ['one plate, spelled twice, far apart', { persons: plated('INV 0001') }, { latitude: 32.9, persons: plated('inv-oooi') }, ['PLATE'], ['same plate']],
    ['plate and place', { persons: plated('ABC 1234') }, { persons: plated('abc1234') }, ['AT_ONCE', 'PLATE'], ['0 m and 0 min apart', 'same plate']],
    ['one badge and one name, far apart', { persons: [{ part: 'OFFICIAL', name: 'Nam Eson', badge: 'B-0815' }] }, { latitude: 32.9, persons: [{ part: 'WITNESS', name: 'ESON, Nam', badge: 'b0815' }] }, ['BADGE', 'NAME'], ['same badge', 'same name']],
    ['the same report number, written otherwise, months later', { reportNumber: '24-001234' }, { reportNumber: '24 001234', after: 141 }, ['REPORT_NUMBER'], ['same report number of the same agency']],
    ['near, and somebody described alike', { persons: [{ part: 'OFFICIAL', descriptors: 'Tall, grey jacket, face covered' }] }, { latitude: 32.78279, persons: [{ part: 'OFFICIAL', descriptors: 'tall man in grey jacket with face covered' }] }, ['NEAR', 'DESCRIPTORS'], ['310 m and 0 min apart', 'similar description of a person']],
  ];
  test.each(rows)('by %s', async (_, one, other, matchedBy, reasons) => {
    const mine = await offeredOf(one, other);
    expect(mine).toEqual([{ score: matchedBy.reduce((sum, kind) => sum + MATCHERS[kind as keyof typeof MATCHERS].weight, 0), matchedBy, reasons }]);
  });

  const strangers: readonly [string, Row, Row][] = [
    ['700 m apart', {}, { latitude: 32.7863 }], ['13 hours apart', { time: '08:00' }, { time: '21:00' }], ['a day apart to the hour', {}, { after: 1 }],
    ['another place in words', { latitude: null }, { latitude: null, place: '100 Other Avenue, Irving' }], ['a plate of two signs', { latitude: 32.9, persons: plated('A1') }, { persons: plated('A1') }],
    ['a plate, half a year later', { persons: plated('LAT 3333') }, { after: 191, persons: plated('LAT 3333') }], ['one name alone, far apart', { persons: [{ part: 'WITNESS', name: 'Com Mon' }] }, { latitude: 33, persons: [{ part: 'WITNESS', name: 'Com Mon' }] }],
    ['a description alone, far apart', { persons: [{ part: 'OFFICIAL', descriptors: 'Tall, grey jacket, face covered' }] }, { latitude: 33, persons: [{ part: 'OFFICIAL', descriptors: 'Tall, grey jacket, face covered' }] }],
  ];
  test.each(strangers)('but not by %s', async (_, one, other) => {
    expect(await offeredOf(one, other)).toEqual([]);
  });

  test('by the day alone, where an import knows no hour', async () => {
    const [one, other] = await pair('attorneyDallas');
    await world.database.owner`update comity.case_reports set occurred_at = null where case_id = ${other.id}`;
    for (const [each, its] of [[one, other], [other, one]] as const) expect(await play.candidates('attorneyDallas', each)).toMatchObject([{ case: { id: its.id }, reasons: ['0 m and on the same day'] }]);
  });

  test('in order of what speaks for them, page by page, each once', async () => {
    const on2 = day();
    const first = await built({ day: on2, persons: plated('PAG 1111') }, 'attorneyDallas');
    const near = await built({ day: on2, latitude: 32.78279 }, 'attorneyDallas');
    const same = await built({ day: on2, persons: plated('PAG 1111') }, 'attorneyDallas');
    const third = await built({ day: on2 }, 'attorneyDallas');
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const { case: found }: Record<string, any> = await world.as('attorneyDallas').get(CANDIDATES, { id: first.id, first: 1, after });
      expect(found.duplicateCandidates.totalCount).toBe(3);
      seen.push(...found.duplicateCandidates.nodes.map((each: { case: { id: string } }) => each.case.id));
      if (!found.duplicateCandidates.pageInfo.hasNextPage) break;
      after = found.duplicateCandidates.pageInfo.endCursor;
    }
    expect(seen).toEqual([same.id, third.id, near.id]);
  });

  test('not by a minor, whose name is no mark, nor by what was put into a compartment since; taken out of it, it counts again', async () => {
    const on2 = day();
    const minor = { part: 'WITNESS', name: 'Young Person', badge: '90210', minorAtIncident: true };
    const [one, other] = [await built({ day: on2, persons: [minor] }, 'supervisorDallas'), await built({ day: on2, latitude: 33, persons: [minor, ...plated('CMP 7777')] }, 'supervisorDallas')];
    expect(await play.offered('supervisorDallas', one)).toEqual([]);
    const third = await built({ day: on2, latitude: 33.2, persons: plated('CMP 7777') }, 'supervisorDallas');
    expect(await play.offered('supervisorDallas', third)).toEqual([other.id]);
    const target = { caseId: other.id, compartment: 'GRAND_JURY', target: { kind: 'PERSON', id: other.personIds[2] } };
    await world.as('supervisorDallas').get('mutation ($input: PlaceInCompartmentInput!) { placeInCompartment(input: $input) { case { id } } }', { input: { ...target, basis: 'GRAND_JURY_SUBPOENA' } });
    expect(await play.offered('supervisorDallas', third)).toEqual([]);
    await world.as('supervisorDallas').get('mutation ($input: ReleaseFromCompartmentInput!) { releaseFromCompartment(input: $input) { case { id } } }', { input: { ...target, finding: 'COURT_ORDER' } });
    expect(await play.offered('supervisorDallas', third)).toEqual([other.id]);
  });

  test('only to who reads of both what makes them alike: a candidate of venue reads reports and no person', async () => {
    const on2 = day();
    const one = await built({ day: on2, persons: plated('VEN 1111') });
    const byPlate = await built({ day: on2, latitude: 33, persons: plated('VEN 1111') });
    const byPlace = await built({ day: on2, persons: plated('VEN 1111') });
    expect(await play.candidates('intakeDallas', one)).toMatchObject([{ case: { id: byPlace.id }, matchedBy: ['AT_ONCE'] }]);
    for (const each of [one, byPlate, byPlace]) await world.as('attorneyDallas').get('mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id } } }', { input: { caseId: each.id, expectedVersion: 1 } });
    expect(await play.candidates('attorneyDallas', one)).toMatchObject([{ case: { id: byPlace.id }, matchedBy: ['AT_ONCE', 'PLATE'] }, { case: { id: byPlate.id }, matchedBy: ['PLATE'] }]);
  });
});

/** The candidates of a case told one way, where another was told another way so many days after, each without its id: the same from both sides. */
async function offeredOf(one: Partial<Told>, { after = 0, ...other }: Partial<Told> & { readonly after?: number }) {
  const on = day();
  const later = new Date(Date.parse(`${on}T00:00:00Z`) + after * 86_400_000).toISOString().slice(0, 10);
  const [first, second] = [await built({ day: on, ...one }, 'attorneyDallas'), await built({ day: later, ...other }, 'attorneyDallas')];
  const found = await Promise.all([first, second].map(async (each) => (await play.candidates('attorneyDallas', each)).map(({ score, matchedBy, reasons }) => ({ score, matchedBy, reasons }))));
  expect(found[1]).toEqual(found[0]);
  return found[0];
}

describe('a verdict', () => {
  test('of a LINK stands on both, is remembered and not asked again; it can become another one, and the trail of both knows', async () => {
    const [one, other] = await pair('attorneyDallas');
    const { data } = await play.judge('attorneyDallas', 'LINK', one, other);
    const stands = { verdict: 'LINK', reason: 'Both tell of one evening.', into: null, judgedBy: { name: 'Ada Attwell' }, judgedFor: { slug: 'dallas-tx' } };
    expect(data?.['judgeDuplicate']).toMatchObject({ case: { version: 3, stage: 'CLAIMED', duplicateVerdicts: [{ ...stands, other: { id: other.id } }] }, other: { duplicateVerdicts: [{ ...stands, other: { id: one.id } }] } });
    for (const [each, its] of [[one, other], [other, one]] as const) expect(await play.offered('attorneyDallas', each)).not.toContain(its.id);
    expect(code(await play.judge('attorneyDallas', 'LINK', other, one))).toBe('CONFLICT');
    expect(code(await play.judge('attorneyDallas', 'NOT_RELATED', other, one, { reason: 'Another evening.' }))).toBe('OK');
    for (const each of [one, other]) {
      const found = await play.find('attorneyDallas', each);
      expect(found.duplicateVerdicts).toMatchObject([{ verdict: 'NOT_RELATED', reason: 'Another evening.' }]);
      expect(found.events.nodes.slice(0, 2)).toMatchObject([{ act: 'DUPLICATE_JUDGED', body: { verdict: 'NOT_RELATED' } }, { act: 'DUPLICATE_JUDGED', body: { verdict: 'LINK' } }]);
      expect(found.events.nodes[0].body.pair).toMatch(/^[0-9a-f]{64}$/);
      expect(JSON.stringify(found.events)).not.toContain(each === one ? other.id : one.id);
    }
  });

  test('is told by the office of the case, not by one that only sees it, nor by an attorney who is not on the team', async () => {
    const [one, other] = await pair('attorneyDallas');
    expect(code(await play.judge('secondDallas', 'LINK', one, other))).toBe('FORBIDDEN');
    expect(code(await play.judge('recordsDallas', 'LINK', one, other))).toBe('FORBIDDEN');
    for (const who of ['attorneyHennepin', 'supervisorHennepin'] as const) expect(code(await play.judge(who, 'LINK', one, other))).toBe('NOT_FOUND');
    for (const who of ['chiefDallasPolice', 'administrator', 'auditor', 'analyst'] as const) expect(code(await play.judge(who, 'LINK', one, other))).toBe('FORBIDDEN');
    const [unclaimed, also] = await pair();
    expect(code(await play.judge('attorneyDallas', 'LINK', unclaimed, also))).toBe('FORBIDDEN');
    expect(code(await play.judge('intakeDallas', 'LINK', unclaimed, also))).toBe('OK');
    expect((await play.find('intakeDallas', unclaimed)).duplicateVerdicts).toMatchObject([{ verdict: 'LINK' }]);
  });

  test('without words, of a case and itself, or of what is no case is refused, and nothing is kept', async () => {
    const [one, other] = await pair('attorneyDallas');
    const refusal = async (input: object) => (await play.judge('attorneyDallas', 'LINK', one, other, input)).errors?.[0]?.extensions;
    expect(await refusal({ reason: '  ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    expect(await refusal({ reason: 'x'.repeat(2001) })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    expect(await refusal({ otherId: one.id })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'otherId', remedy: expect.any(String) });
    expect(await refusal({ otherId: one.id.toUpperCase() })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'otherId' });
    expect(await refusal({ otherId: 'no id' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal({ expectedVersion: 1 })).toMatchObject({ code: 'CONFLICT', version: 2 });
    expect((await play.find('attorneyDallas', one)).duplicateVerdicts).toEqual([]);
  });

  test('is read by who reads the reports of both, and is absent for who is walled off one of them', async () => {
    const [one, other] = await pair('attorneyDallas');
    await play.judge('attorneyDallas', 'LINK', one, other);
    expect((await play.find('secondDallas', one)).duplicateVerdicts).toHaveLength(1);
    await world.as('supervisorDallas').get('mutation ($input: ImposeWallInput!) { imposeWall(input: $input) { case { id } } }', {
      input: { caseId: other.id, subject: { kind: 'MEMBER', id: world.memberIds.secondDallas }, ground: 'FAMILY', note: 'Kin.' },
    });
    expect((await play.find('secondDallas', one)).duplicateVerdicts).toEqual([]);
    expect((await play.find('attorneyDallas', one)).duplicateVerdicts).toHaveLength(1);
  });

  test('of two people at once is kept once: the other learns that the case has changed', async () => {
    const [one, other] = await pair('attorneyDallas');
    const version = await play.versionOf(one.id);
    const outcomes = await Promise.all([
      play.judge('attorneyDallas', 'LINK', one, other, { expectedVersion: version }), play.judge('supervisorDallas', 'NOT_RELATED', other, one, { expectedVersion: version }),
      play.judge('intakeDallas', 'DUPLICATE', one, other, { expectedVersion: version }),
    ]);
    expect(outcomes.map(code).sort()).toEqual(['CONFLICT', 'CONFLICT', 'OK']);
    expect((await play.find('attorneyDallas', one)).duplicateVerdicts).toHaveLength(1);
  });
});

describe('a duplicate', () => {
  const AGENCY = 'chiefDallasPolice';

  test('goes to the case that came first, whichever of them is named, and its own case is MERGED; undone, all is as it was', async () => {
    const [early, late] = await pair('attorneyDallas');
    const before = await Promise.all([early, late].map((each) => play.find('attorneyDallas', each)));
    const { data } = await play.judge('attorneyDallas', 'DUPLICATE', early, late);
    expect(data?.['judgeDuplicate']).toMatchObject({
      case: { id: early.id, stage: 'CLAIMED', referrals: [early.referralId, late.referralId].sort().map((referralId) => ({ referralId, state: 'ACCEPTED' })), duplicateVerdicts: [{ verdict: 'DUPLICATE', into: { id: early.id } }] },
      other: { id: late.id, stage: 'MERGED', referrals: [], report: { reportNumber: expect.any(String) }, duplicateVerdicts: [{ verdict: 'DUPLICATE', into: { id: early.id } }] },
    });
    expect(code(await play.judge('attorneyDallas', 'LINK', early, late))).toBe('CONFLICT');
    expect(await play.offered('attorneyDallas', early)).not.toContain(late.id);
    const { data: undone } = await play.undo('attorneyDallas', late, early);
    const plain = ({ version: _v, events: _e, ...rest }: Record<string, unknown>) => rest;
    expect([undone?.['undoDuplicate'].other, undone?.['undoDuplicate'].case].map(plain)).toEqual(before.map(plain));
    expect(code(await play.undo('attorneyDallas', late, early))).toBe('CONFLICT');
    expect(await play.offered('attorneyDallas', early)).toContain(late.id);
    const { verifyTrail } = await world.as('auditor').get('{ verifyTrail { intact } }');
    expect(verifyTrail.intact).toBe(true);
  });

  test('keeps its loop with the agency: what is asked is asked there, answered there, and goes back with it', async () => {
    const returns = loop(world);
    const [early, late] = await pair('attorneyDallas');
    const { case: asked } = await returns.tell('attorneyDallas', 'returnReferral', { caseId: late.id, referralId: late.referralId, items: wanted('The clip.', 'The call.') });
    const [one, two] = asked.returnItems.map(({ id }: { id: string }) => id);
    expect(asked.stage).toBe('AWAITING_AGENCY');
    expect(code(await play.judge('attorneyDallas', 'DUPLICATE', late, early))).toBe('OK');
    expect(await returns.ofCase('attorneyDallas', early)).toMatchObject({ stage: 'AWAITING_AGENCY', returnItems: [{ case: { id: early.id } }, { case: { id: early.id } }] });
    await returns.tell(AGENCY, 'answerReturn', { referralId: late.referralId, answers: [{ itemId: one, note: 'Here it is.' }] });
    expect((await returns.ofReferral(AGENCY, late)).items).toHaveLength(2);
    expect(await play.find('attorneyDallas', early)).toMatchObject({ stage: 'AWAITING_AGENCY' });
    expect(code(await play.undo('attorneyDallas', early, late))).toBe('OK');
    expect(await play.find('attorneyDallas', early)).toMatchObject({ stage: 'CLAIMED', returnItems: [] });
    expect(await play.find('attorneyDallas', late)).toMatchObject({ stage: 'AWAITING_AGENCY', referrals: [{ state: 'ACCEPTED' }] });
    await returns.tell(AGENCY, 'answerReturn', { referralId: late.referralId, answers: [{ itemId: two, note: 'And this.' }] });
    expect(await play.find('attorneyDallas', late)).toMatchObject({ stage: 'CLAIMED', referrals: [{ state: 'ACCEPTED' }] });
  });

  test('answered whole while merged brings the case that stays back to where it was, and its own case too when it is undone', async () => {
    const returns = loop(world);
    const [early, late] = await pair('attorneyDallas');
    const { case: asked } = await returns.tell('attorneyDallas', 'returnReferral', { caseId: late.id, referralId: late.referralId, items: wanted('The clip.') });
    await world.database.owner`update comity.cases set stage = 'UNDER_REVIEW' where id = ${early.id}`;
    await play.judge('attorneyDallas', 'DUPLICATE', late, early);
    await returns.tell(AGENCY, 'answerReturn', { referralId: late.referralId, answers: [{ itemId: asked.returnItems[0].id, note: 'Here.' }] });
    expect(await play.find('attorneyDallas', early)).toMatchObject({ stage: 'UNDER_REVIEW' });
    await play.undo('attorneyDallas', late, early);
    expect(await play.find('attorneyDallas', late)).toMatchObject({ stage: 'CLAIMED' });
    expect(await play.find('attorneyDallas', early)).toMatchObject({ stage: 'UNDER_REVIEW' });
  });

  test('that its agency withdraws leaves the case with the referral that is left; undone, its own case is closed', async () => {
    const returns = loop(world);
    const [early, late] = await pair();
    expect(code(await play.judge('intakeDallas', 'DUPLICATE', late, early))).toBe('OK');
    await returns.tell(AGENCY, 'withdrawReferral', { referralId: late.referralId, reason: 'Sent twice.' });
    expect(await play.find('intakeDallas', early)).toMatchObject({ stage: 'UNCLAIMED' });
    expect(code(await play.undo('intakeDallas', early, late))).toBe('OK');
    expect(await play.find('intakeDallas', late)).toMatchObject({ stage: 'CLOSED', referrals: [{ state: 'WITHDRAWN' }] });
  });

  test('of a duplicate is taken apart from its end', async () => {
    const on = day();
    const [a, b, c] = [await built({ day: on }, 'attorneyDallas'), await built({ day: on }, 'attorneyDallas'), await built({ day: on }, 'attorneyDallas')];
    await play.judge('attorneyDallas', 'DUPLICATE', b, c);
    await play.judge('attorneyDallas', 'DUPLICATE', a, b);
    expect((await play.find('attorneyDallas', a)).referrals).toHaveLength(3);
    expect(code(await play.undo('attorneyDallas', b, c))).toBe('CONFLICT');
    expect(code(await play.judge('attorneyDallas', 'LINK', a, c))).toBe('CONFLICT');
    expect(code(await play.undo('attorneyDallas', a, b))).toBe('OK');
    expect((await play.find('attorneyDallas', b)).referrals).toHaveLength(2);
    expect(code(await play.undo('attorneyDallas', b, c))).toBe('OK');
    expect((await play.find('attorneyDallas', c)).referrals).toMatchObject([{ referralId: c.referralId }]);
  });

  test('while both are unclaimed goes only where the same offices have venue; claimed by one, they stay two', async () => {
    const [one, other] = await pair();
    await world.database.owner`insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since) values (${other.id}, ${world.officeIds['cook-il']}, 1, 'ROUTED', '17031', 'It reached there.', now())`;
    expect(code(await play.judge('intakeDallas', 'DUPLICATE', one, other))).toBe('CONFLICT');
    const [early, late] = await pair();
    await world.as('attorneyDallas').get('mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id } } }', { input: { caseId: early.id, expectedVersion: 1 } });
    expect(code(await play.judge('supervisorDallas', 'DUPLICATE', early, late))).toBe('CONFLICT');
    await world.as('attorneyDallas').get('mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id } } }', { input: { caseId: late.id, expectedVersion: 1 } });
    expect(code(await play.judge('supervisorDallas', 'DUPLICATE', early, late))).toBe('OK');
  });

  test('that is merged is claimed by nobody; who claims at the same moment goes first or finds it gone', async () => {
    for (let round = 0; round < 6; round += 1) {
      const [early, late] = await pair();
      const claimed = world.as('attorneyDallas').ask('mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id } } }', { input: { caseId: (round % 2 ? early : late).id, expectedVersion: 1 } });
      const [claim, merge] = (await Promise.all([claimed, play.judge('intakeDallas', 'DUPLICATE', early, late, { expectedVersion: 1 })])).map(code);
      const [stage] = await world.database.owner`select (select stage from comity.cases where id = ${late.id}) as late, (select lead_id from comity.cases where id = ${late.id}) as lead`;
      expect(merge === 'OK' ? stage?.['late'] : 'two').toBe(merge === 'OK' ? 'MERGED' : 'two');
      // Whoever claims the case that stays may come after the merger: its version is the one before, so it is refused too.
      expect([claim, merge].filter((each) => each === 'OK')).toHaveLength(1);
      expect(merge === 'OK' && stage?.['lead'] !== null).toBe(false);
    }
  });

  test('of a case that another office leads stays its own: nothing merges across leads', async () => {
    const [one, other] = await pair('attorneyDallas');
    await world.database.owner`update comity.cases set lead_id = ${world.officeIds['hennepin-mn']} where id = ${other.id}`;
    await world.database.owner`select comity.compute_sight(${other.id})`;
    expect(code(await play.judge('supervisorDallas', 'DUPLICATE', one, other))).toBe('FORBIDDEN');
    expect(await world.database.owner`select 1 from comity.case_verdicts where case_id = ${one.id}`).toHaveLength(0);
  });
});
