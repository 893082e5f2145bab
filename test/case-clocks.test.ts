import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refreshClocks } from '../src/clocks/refresh.ts';
import { commandClient } from '../src/database/migrate.ts';
import { chargedUnder, clockwork, incidentOn } from './case-clocks.world.ts';
import { bench, someoneOf, type Asker } from './decisions.world.ts';
import { loop } from './returns.world.ts';
import { adopted, opens } from './rulebooks.world.ts';
import { mutation } from './units.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let clock: ReturnType<typeof clockwork>;
let play: ReturnType<typeof bench>;
beforeAll(async () => {
  world = await openWorld();
  [clock, play] = [clockwork(world), bench(world)];
});
afterAll(() => world.close());

const ASSAULT = 'Tex. Penal Code 22.01';
const claimed = () => world.buildCase({ claimedBy: 'attorneyDallas' });
const only = async (who: Asker, subject: BuiltCase, kind: string) => {
  const [found, ...rest] = (await clock.ofCase(who, subject)).filter((each) => each['kind'] === kind);
  if (rest.length > 0) throw new Error(`several clocks of ${kind}`);
  return found;
};
const earlier = async (who: Asker, subject: BuiltCase, kind: string) =>
  (await clock.ofCase(who, subject, true)).filter((each) => each['kind'] === kind && each['supersededAt'] !== null).map((each) => [each['dueOn'], each['supersededBecause']]);

describe('a body-camera recording', () => {
  test('has the day on which its holder may destroy it, for those who may know of the recording', async () => {
    expect(await clock.ofCase('intakeDallas', await world.buildCase())).toEqual([]);
    const built = await claimed();
    const [first, ...rest] = await clock.ofCase('attorneyDallas', built);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      kind: 'CAMERA_RETENTION', aboutId: built.recordingIds[0], startedOn: '2026-03-14', dueOn: '2026-06-12', safeOn: '2026-06-11', state: 'PASSED', timeZone: 'America/Chicago', case: { id: built.id },
      rule: { citation: 'Tex. Code Crim. Proc. 2B.0106', confidence: 'HIGH', attestedBy: null },
    });
  });

  test('that was made after midnight in UTC was made on the day before in Dallas', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas', referral: { recordings: [{ kind: 'BODY_CAMERA', holder: 'Police', capturedFrom: '2026-03-15T04:30:00Z' }] } });
    expect(await only('attorneyDallas', built, 'CAMERA_RETENTION')).toMatchObject({ startedOn: '2026-03-14' });
  });

  test('of a case that no office is known for is never given a day too many', async () => {
    const built = await world.buildCase({ referral: { incident: incidentOn('48201', '2026-03-14'), recordings: [{ kind: 'BODY_CAMERA', holder: 'Police', capturedFrom: '2026-03-14T20:15:00-05:00' }] } });
    expect(await world.database.owner`select started_on::text as day, due_on::text as due from comity.clocks where case_id = ${built.id}`).toEqual([{ day: '2026-03-14', due: '2026-06-12' }]);
  });

  test('of which nobody says when it was made counts from the day of the incident; other recordings have no clock', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas', referral: { recordings: [{ kind: 'BODY_CAMERA', holder: 'Police' }, { kind: 'BYSTANDER', holder: 'A neighbour' }] } });
    expect(await only('attorneyDallas', built, 'CAMERA_RETENTION')).toMatchObject({ startedOn: '2026-03-14', aboutId: built.recordingIds[0] });
  });

  test('that is secured in time is kept; that it was is withdrawn, and the day is back', async () => {
    const built = await claimed();
    const { fact, case: after } = await clock.tell('attorneyDallas', 'recordClockFact', {
      caseId: built.id, kind: 'RECORDING_SECURED', aboutId: built.recordingIds[0], from: '2026-03-20', source: 'The copy came by courier.',
    });
    expect(after.clocks[0]).toMatchObject({ state: 'MET', metOn: '2026-03-20' });
    const { case: back } = await clock.tell('attorneyDallas', 'withdrawClockFact', { caseId: built.id, factId: fact.id, because: 'It was another recording.' });
    expect(back.clocks[0]).toMatchObject({ state: 'PASSED', metOn: null });
    expect((await clock.facts('attorneyDallas', built))[0]).toMatchObject({ kind: 'RECORDING_SECURED', withdrawnBy: { name: 'Ada Attwell' }, withdrawnBecause: 'It was another recording.' });
    expect(await earlier('attorneyDallas', built, 'CAMERA_RETENTION')).toEqual([['2026-06-12', 'FACTS'], ['2026-06-12', 'FACTS']]);
  });

  test('that its holder keeps no more counts for nothing: its day is on no list any more, and what it showed stays beside it', async () => {
    const built = await claimed();
    const due = async () => (await world.as('attorneyDallas').get('query ($until: Date) { clocks(first: 100, filter: { kinds: [CAMERA_RETENTION], dueUntil: $until }) { nodes { aboutId } } }', { until: '2030-01-01' })).clocks.nodes.filter(({ aboutId }: { aboutId: string }) => aboutId === built.recordingIds[0]);
    expect(await due()).toHaveLength(1);
    const { fact, case: gone } = await clock.tell('attorneyDallas', 'recordClockFact', { caseId: built.id, kind: 'RECORDING_GONE', aboutId: built.recordingIds[0], from: '2026-07-01', source: 'A letter of the records unit.' });
    expect(gone.clocks[0]).toMatchObject({ state: 'NOT_RUNNING', dueOn: null, metOn: null, trace: expect.arrayContaining([expect.objectContaining({ text: expect.stringContaining('2026-07-01') })]) });
    expect(await due()).toEqual([]);
    expect(await earlier('attorneyDallas', built, 'CAMERA_RETENTION')).toEqual([['2026-06-12', 'FACTS']]);
    expect(await clock.refusal('attorneyDallas', 'recordClockFact', { caseId: built.id, kind: 'RECORDING_GONE', aboutId: built.recordingIds[0], from: '2026-07-02', source: 'Again.' })).toMatchObject({ code: 'CONFLICT' });
    // A copy that was received before is there all the same.
    const { case: kept } = await clock.tell('attorneyDallas', 'recordClockFact', { caseId: built.id, kind: 'RECORDING_SECURED', aboutId: built.recordingIds[0], from: '2026-03-20', source: 'The copy came by courier.' });
    expect(kept.clocks[0]).toMatchObject({ state: 'MET', metOn: '2026-03-20' });
    await clock.tell('attorneyDallas', 'withdrawClockFact', { caseId: built.id, factId: fact.id, because: 'It was found.' });
  });

  test('that comes with a supplement has its clock too, and that of the referral stays as it was', async () => {
    const built = await claimed();
    const before = await only('attorneyDallas', built, 'CAMERA_RETENTION');
    await world.as('chiefDallasPolice').get('mutation ($input: SupplementReferralInput!) { supplementReferral(input: $input) { outcome problems { message } } }', { input: {
      idempotencyKey: `S-${built.number}`, referralId: built.referralId,
      supplement: { recordings: [{ kind: 'BODY_CAMERA', holder: 'Police', capturedFrom: '2026-03-16T20:00:00-05:00' }], signature: { signedBy: 'Sgt. Pia Dalles', badge: '4711', signedAt: '2026-03-17T09:00:00-05:00' } },
    } });
    const found = await clock.ofCase('attorneyDallas', built, true);
    expect(found.map((each) => each['startedOn'])).toEqual(['2026-03-14', '2026-03-16']);
    expect(found[0]).toEqual(before);
  });
});

describe('a charge', () => {
  test('has a limitation with how it was computed; withdrawn it ends, and is kept as it was', async () => {
    const built = await claimed();
    const chargeId = await chargedUnder(world, 'attorneyDallas', built, ASSAULT);
    const found = await only('attorneyDallas', built, 'LIMITATION');
    expect(found).toMatchObject({ aboutId: chargeId, startedOn: '2026-03-14', dueOn: '2028-03-14', safeOn: '2028-03-13', state: 'RUNNING', metOn: null, asserted: null });
    expect(found?.['warnings']).toContain('UNATTESTED');
    expect(found?.['trace'].map((each: { on: string | null }) => each.on)).toContain('2028-03-14');
    await play.tell('attorneyDallas', 'withdrawCharge', { caseId: built.id, chargeId });
    expect(await only('attorneyDallas', built, 'LIMITATION')).toBeUndefined();
    expect(await earlier('attorneyDallas', built, 'LIMITATION')).toEqual([['2028-03-14', 'ENDED']]);
  });

  test('that an attorney of the state confirms the text of rests on it from then on, without being computed anew', async () => {
    const built = await claimed();
    await chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 30.05');
    const before = await only('attorneyDallas', built, 'LIMITATION');
    expect(before).toMatchObject({ warnings: expect.arrayContaining(['UNATTESTED']), rule: { attestedBy: null } });
    await world.database.owner`update comity.statute_versions v set attested_by = 'Ada Attwell, Dallas' from comity.statutes s where s.id = v.statute_id and s.citation = 'Tex. Penal Code 30.05'`;
    const after = await only('attorneyDallas', built, 'LIMITATION');
    expect(after).toMatchObject({ id: before?.['id'], rule: { attestedBy: 'Ada Attwell, Dallas' } });
    expect(after?.['warnings']).not.toContain('UNATTESTED');
  });

  test('that is filed has met its limitation; a victim is to be told within ten days of it (Tex. Code Crim. Proc. art. 56A.451)', async () => {
    const built = await claimed();
    await play.cleared('attorneyDallas', built);
    const chargeId = await chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 22.02');
    await play.settled(built, chargeId, 'CHARGE');
    const further = await chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 22.05');
    await play.settled(built, further, 'CHARGE');
    await play.tell('attorneyDallas', 'fileCharges', { caseId: built.id, chargeIds: [chargeId], instrument: 'INDICTMENT', court: 'A court', docketNumber: 'F26-1', filedOn: '2026-05-04', expectedVersion: await play.versionOf(built) });
    expect((await clock.ofCase('attorneyDallas', built)).find(({ kind, aboutId }) => kind === 'LIMITATION' && aboutId === chargeId)).toMatchObject({ state: 'MET', metOn: '2026-05-04' });
    expect(await only('attorneyDallas', built, 'VICTIM_NOTICE')).toMatchObject({ aboutId: built.personIds[1], startedOn: '2026-05-04', dueOn: '2026-05-14', state: 'PASSED', rule: { citation: 'Tex. Code Crim. Proc. art. 56A.451' } });
    await play.tell('advocateDallas', 'recordVictimNotice', { caseId: built.id, personId: built.personIds[1], kind: 'CHARGED', method: 'MAIL', sentOn: '2026-05-10' });
    expect(await only('attorneyDallas', built, 'VICTIM_NOTICE')).toMatchObject({ state: 'MET', metOn: '2026-05-10' });
    // Another charge, filed later, is another event to be told of.
    await play.tell('attorneyDallas', 'fileCharges', { caseId: built.id, chargeIds: [further], instrument: 'INDICTMENT', court: 'A court', docketNumber: 'F26-2', filedOn: '2026-08-04', expectedVersion: await play.versionOf(built) });
    expect((await clock.ofCase('attorneyDallas', built)).filter(({ kind }) => kind === 'VICTIM_NOTICE').map(({ startedOn, state }) => [startedOn, state])).toEqual([['2026-05-04', 'MET'], ['2026-08-04', 'PASSED']]);
  });

  test('in Arizona counts from the offence until a discovery is recorded and attested, and then from that (A.R.S. 13-107)', async () => {
    const attorney = await someoneOf(world, 'pima-az', 'ATTORNEY');
    const built = await world.buildCase({ referral: { incident: incidentOn('04019', '2026-01-01', '-07:00') } });
    await play.ask(attorney, 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { version } } }', { input: { caseId: built.id, expectedVersion: built.version } });
    const chargeId = await chargedUnder(world, attorney, built, 'A.R.S. 13-1203');
    expect(await only(attorney, built, 'LIMITATION')).toMatchObject({ startedOn: '2026-01-01', dueOn: '2027-01-01', timeZone: 'America/Phoenix', warnings: expect.arrayContaining(['DISCOVERY_NOT_ATTESTED']) });
    const { fact } = await clock.tell(attorney, 'recordClockFact', { caseId: built.id, kind: 'DISCOVERY', aboutId: chargeId, from: '2026-03-01', source: 'The complaint of that day.' });
    expect(await only(attorney, built, 'LIMITATION')).toMatchObject({ dueOn: '2027-01-01', warnings: expect.arrayContaining(['DISCOVERY_NOT_ATTESTED']) });
    await clock.tell(attorney, 'attestDiscovery', { caseId: built.id, factId: fact.id });
    expect(await only(attorney, built, 'LIMITATION')).toMatchObject({ startedOn: '2026-03-01', dueOn: '2027-03-01', trace: expect.arrayContaining([expect.objectContaining({ on: '2026-03-01' })]) });
    expect(await earlier(attorney, built, 'LIMITATION')).toEqual([['2027-01-01', 'FACTS'], ['2027-01-01', 'FACTS']]);
    expect(await clock.refusal(attorney, 'attestDiscovery', { caseId: built.id, factId: fact.id })).toMatchObject({ code: 'CONFLICT' });
  });

  test('in Illinois keeps its earliest day; an attorney asserts a later one beside it (720 ILCS 5/3-7, 720 ILCS 5/3-6(b))', async () => {
    const built = await world.buildCase({ by: 'chiefChicagoPolice', claimedBy: 'attorneyCook', referral: { incident: incidentOn('17031', '2025-10-01'), signature: { signedBy: 'Lt. Chi Kagoe', badge: '12', signedAt: '2025-10-02T09:00:00-05:00' } } });
    const chargeId = await chargedUnder(world, 'attorneyCook', built, '720 ILCS 5/10-3');
    const about = { caseId: built.id, kind: 'EXCLUSION', aboutId: built.personIds[0], ground: 'NOT_RESIDENT', source: 'A lease in another state.' };
    const asserted = { caseId: built.id, chargeId, grounds: ['NOT_RESIDENT'], reasoning: 'Usually resident elsewhere.' };
    expect(await clock.refusal('attorneyCook', 'assertLimitation', asserted)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'grounds', message: expect.stringContaining('720 ILCS 5/3-5') });
    const { fact } = await clock.tell('attorneyCook', 'recordClockFact', { ...about, from: '2025-12-01' });
    expect(await only('attorneyCook', built, 'LIMITATION')).toMatchObject({ dueOn: '2028-10-01', asserted: null, tolling: [{ ground: 'NOT_RESIDENT', from: '2025-12-01', to: null }], warnings: expect.arrayContaining(['EXCLUSION_OPEN', 'EXCLUSION_NOT_ASSERTED']) });
    const { fact: word } = await clock.tell('attorneyCook', 'assertLimitation', asserted);
    expect(await only('attorneyCook', built, 'LIMITATION')).toMatchObject({ dueOn: '2028-10-01', asserted: { dueOn: null, attorney: 'Coco Cookson', grounds: ['NOT_RESIDENT'], reasoning: 'Usually resident elsewhere.' } });
    await clock.tell('attorneyCook', 'endExclusion', { caseId: built.id, factId: fact.id, on: '2025-12-31' });
    expect(await only('attorneyCook', built, 'LIMITATION')).toMatchObject({ dueOn: '2028-10-01', asserted: { dueOn: '2028-11-01', safeOn: '2028-10-31' } });
    expect(await clock.refusal('attorneyCook', 'assertLimitation', asserted)).toMatchObject({ code: 'CONFLICT', factId: word.id });
    expect(await clock.refusal('attorneyCook', 'withdrawClockFact', { caseId: built.id, factId: word.id, because: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'because' });
    await clock.tell('attorneyCook', 'withdrawClockFact', { caseId: built.id, factId: word.id, because: 'Not enough.' });
    expect(await only('attorneyCook', built, 'LIMITATION')).toMatchObject({ dueOn: '2028-10-01', asserted: null });
    expect(await clock.refusal('attorneyCook', 'withdrawClockFact', { caseId: built.id, factId: word.id, because: 'Again.' })).toMatchObject({ code: 'CONFLICT' });
  });
});

describe('what is recorded for a limitation', () => {
  const inCook = async () => {
    const built = await world.buildCase({ by: 'chiefChicagoPolice', claimedBy: 'attorneyCook', referral: { incident: incidentOn('17031', '2025-10-01'), signature: { signedBy: 'Lt. Chi Kagoe', badge: '12', signedAt: '2025-10-02T09:00:00-05:00' } } });
    return { built, about: { caseId: built.id, kind: 'EXCLUSION', aboutId: built.personIds[0], ground: 'NOT_RESIDENT', source: 'A lease.' } };
  };

  test('never takes the earliest day away: what an assertion rested on is withdrawn, and the day stands', async () => {
    const { built, about } = await inCook();
    const chargeId = await chargedUnder(world, 'attorneyCook', built, '720 ILCS 5/10-3');
    const { fact } = await clock.tell('attorneyCook', 'recordClockFact', { ...about, from: '2025-12-01', to: '2025-12-31' });
    await clock.tell('attorneyCook', 'assertLimitation', { caseId: built.id, chargeId, grounds: ['NOT_RESIDENT'], reasoning: 'Usually resident elsewhere.' });
    expect(await only('attorneyCook', built, 'LIMITATION')).toMatchObject({ dueOn: '2028-10-01', asserted: { dueOn: '2028-11-01' } });
    // What is recorded afterwards is not in the attorney's word.
    const { fact: further } = await clock.tell('attorneyCook', 'recordClockFact', { ...about, from: '2026-01-02', to: '2026-04-30' });
    expect(await only('attorneyCook', built, 'LIMITATION')).toMatchObject({ asserted: { dueOn: '2028-11-01', grounds: ['NOT_RESIDENT'], reasoning: 'Usually resident elsewhere.' }, warnings: expect.arrayContaining(['EXCLUSION_NOT_ASSERTED']) });
    await clock.tell('attorneyCook', 'withdrawClockFact', { caseId: built.id, factId: further.id, because: 'Not sure.' });
    await clock.tell('attorneyCook', 'withdrawClockFact', { caseId: built.id, factId: fact.id, because: 'It was another lease.' });
    const left = await only('attorneyCook', built, 'LIMITATION');
    expect(left).toMatchObject({ dueOn: '2028-10-01', safeOn: '2028-09-30', state: 'RUNNING', asserted: null, tolling: [] });
    expect(left?.['trace'].at(-1).text).toMatch(/^Left out of the count: Nothing is recorded of NOT_RESIDENT/);
    expect((await clock.listed('attorneyCook', { kinds: ['LIMITATION'] })).map(({ id }) => id)).toContain(left?.['id']);
  });

  test('must fit the law of the state before anybody is charged, too (720 ILCS 5/3-7)', async () => {
    const { built, about } = await inCook();
    expect(await clock.refusal('attorneyCook', 'recordClockFact', { ...about, ground: 'FOO_BAR', from: '2025-12-01' })).toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringContaining('leaves out no time in IL') });
    await clock.tell('attorneyCook', 'recordClockFact', { ...about, from: '2025-12-01' });
    expect(await clock.refusal('attorneyCook', 'recordClockFact', { ...about, from: '2026-01-01' })).toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringContaining('overlaps') });
    expect(await clock.facts('attorneyCook', built)).toHaveLength(1);
  });

  test('of a person is told to those alone who may know of the person', async () => {
    const built = await claimed();
    await chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 22.01');
    await adopted(world, { sharing: [opens(world.officeIds['cook-il'], ['SUMMARY', 'CHARGES'])] });
    expect(await only('attorneyCook', built, 'LIMITATION')).toMatchObject({ tolling: [] });
    await clock.tell('attorneyDallas', 'recordClockFact', { caseId: built.id, kind: 'EXCLUSION', aboutId: built.personIds[0], ground: 'ABSENT_AFTER_ACCUSED', from: '2026-04-01', to: '2026-04-20', source: 'A passport.' });
    expect(await only('attorneyDallas', built, 'LIMITATION')).toMatchObject({ tolling: [{ ground: 'ABSENT_AFTER_ACCUSED' }] });
    expect(await only('attorneyCook', built, 'LIMITATION')).toBeUndefined();
    await adopted(world, {});
  });

  test('a cursor whose day is none is refused as no cursor of the list', async () => {
    await claimed();
    const { clocks } = await world.as('attorneyDallas').get('{ clocks(first: 1) { pageInfo { endCursor } } }');
    const [type, , ...rest] = JSON.parse(Buffer.from(clocks.pageInfo.endCursor, 'base64url').toString('utf8')) as string[];
    for (const day of ['nonsense', '2026-02-31', '']) {
      const after = Buffer.from(JSON.stringify([type, day, ...rest])).toString('base64url');
      expect((await world.as('attorneyDallas').ask('query ($after: String) { clocks(first: 1, after: $after) { totalCount } }', { after })).errors?.[0]?.extensions, day).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
    }
  });
});

describe('what an agency was asked for', () => {
  test('is due on the day that the office set, is met when it comes, and ends when it is waived', async () => {
    const { returned, tell } = loop(world);
    const built = await claimed();
    const [clip = '', audio = ''] = await returned('attorneyDallas', built, 'The clip.', 'The audio.');
    const items = async () => (await clock.ofCase('attorneyDallas', built)).filter((each) => each['kind'] === 'RETURN_ITEM');
    expect((await items()).map((each) => [each['aboutId'], each['dueOn'], each['state']]).sort()).toEqual([[clip, '2999-06-01', 'RUNNING'], [audio, '2999-06-01', 'RUNNING']].sort());
    await tell('chiefDallasPolice', 'answerReturn', { referralId: built.referralId, answers: [{ itemId: clip, note: 'Here it is.' }] });
    await tell('attorneyDallas', 'waiveReturnItem', { caseId: built.id, itemId: audio });
    expect((await items()).map((each) => [each['aboutId'], each['state']])).toEqual([[clip, 'MET']]);
    expect((await earlier('attorneyDallas', built, 'RETURN_ITEM')).map(([, because]) => because).sort()).toEqual(['ENDED', 'FACTS']);
  });

  test('ends with the referral that the agency takes back, as all that counted for the case', async () => {
    const built = await world.buildCase();
    const [item] = await loop(world).returned('intakeDallas', built, 'The clip.');
    expect(await only('intakeDallas', built, 'RETURN_ITEM')).toMatchObject({ aboutId: item });
    await loop(world).tell('chiefDallasPolice', 'withdrawReferral', { referralId: built.referralId, reason: 'Sent in error.' });
    const left = await world.database.owner`select kind from comity.clocks where case_id = ${built.id} and superseded_at is null`;
    expect(left).toEqual([]);
  });
});

describe('a rule that says something else', () => {
  test('leads to another result; the one before stays beside it, and nothing else is written', async () => {
    const [built, other] = [await claimed(), await claimed()];
    await chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 37.08');
    await chargedUnder(world, 'attorneyDallas', other, 'Tex. Penal Code 22.05');
    const before = await only('attorneyDallas', built, 'LIMITATION');
    const kept = await clock.ofCase('attorneyDallas', other, true);
    await world.database.owner`update comity.statute_versions v set limitation = jsonb_set(v.limitation, '{months}', '36') from comity.statutes s where s.id = v.statute_id and s.citation = 'Tex. Penal Code 37.08'`;
    expect(await only('attorneyDallas', built, 'LIMITATION')).toEqual(before);
    const sql = commandClient(world.database.as('comity_migrator'));
    try {
      const looked: number[] = [];
      expect(await refreshClocks(sql, (cases) => looked.push(cases))).toBeGreaterThan(0);
      expect(looked.length).toBeGreaterThan(0);
    } finally {
      await sql.end();
    }
    expect(before?.['dueOn']).toBe('2028-03-14');
    expect(await only('attorneyDallas', built, 'LIMITATION')).toMatchObject({ dueOn: '2029-03-14' });
    expect(await earlier('attorneyDallas', built, 'LIMITATION')).toEqual([['2028-03-14', 'RULE']]);
    expect(await clock.ofCase('attorneyDallas', other, true)).toEqual(kept);
  });

  test('finds cases that had no clocks yet, and a second time nothing', async () => {
    const built = await claimed();
    await chargedUnder(world, 'attorneyDallas', built, ASSAULT);
    const before = await clock.ofCase('attorneyDallas', built);
    await world.database.owner`delete from comity.clocks where case_id = ${built.id}`;
    const sql = commandClient(world.database.as('comity_migrator'));
    try {
      expect(await refreshClocks(sql)).toBe(1);
      expect(await refreshClocks(sql)).toBe(0);
    } finally {
      await sql.end();
    }
    const bare = (found: readonly Record<string, any>[]) => found.map(({ id: _id, computedAt: _at, ...rest }) => rest);
    expect(bare(await clock.ofCase('attorneyDallas', built))).toEqual(bare(before));
  });
});

describe('how a clock stands', () => {
  test.each([['Pacific/Kiritimati', 0, 'LAST_DAY'], ['Pacific/Pago_Pago', 0, 'LAST_DAY'], ['America/Phoenix', 1, 'RUNNING'], ['America/Chicago', -1, 'PASSED']])('in %s, %i days from the day there: %s', async (zone, days, state) => {
    const built = await claimed();
    await world.database.owner`update comity.clocks set time_zone = ${zone}, due_on = (now() at time zone ${zone})::date + ${days}::integer where case_id = ${built.id}`;
    expect(await only('attorneyDallas', built, 'CAMERA_RETENTION')).toMatchObject({ state, timeZone: zone });
  });
});

describe('beside the charge and in court', () => {
  async function inCourt(): Promise<{ built: BuiltCase; chargeId: string }> {
    const built = await claimed();
    const chargeId = await chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 22.02');
    await play.approve('electedDallas', built, await play.decide('attorneyDallas', built, chargeId, 'CHARGE', { overrideReason: 'The period ends.' }));
    await play.tell('attorneyDallas', 'fileCharges', { caseId: built.id, chargeIds: [chargeId], instrument: 'INDICTMENT', court: 'A court', docketNumber: 'F26-1', filedOn: '2026-05-04', expectedVersion: await play.versionOf(built) });
    return { built, chargeId };
  }
  const tell = async (field: string, input: object) => world.as('attorneyDallas').get(`mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { case { id } } }`, { input });

  test('who may be a federal officer may give notice of removal until thirty days after arraignment or the trial, whichever is earlier (28 U.S.C. 1455(b)(1))', async () => {
    const { built } = await inCourt();
    const about = { caseId: built.id, personId: built.personIds[0] };
    expect(await only('attorneyDallas', built, 'REMOVAL_WINDOW')).toMatchObject({ aboutId: built.personIds[0], state: 'NOT_RUNNING', dueOn: null, rule: { citation: '28 U.S.C. 1442, 1455' } });
    await tell('recordArraignment', { ...about, arraignedOn: '2026-06-01' });
    expect(await only('attorneyDallas', built, 'REMOVAL_WINDOW')).toMatchObject({ startedOn: '2026-06-01', dueOn: '2026-07-01' });
    await tell('setTrial', { ...about, startsOn: '2026-06-20' });
    expect(await only('attorneyDallas', built, 'REMOVAL_WINDOW')).toMatchObject({ dueOn: '2026-06-20', state: 'PASSED' });
    await tell('recordRemoval', { ...about, act: 'FILE_NOTICE', on: '2026-06-10', grounds: ['FEDERAL_OFFICER'], federalCourt: 'N.D. Tex.', docketNumber: '3:26-cr-1' });
    expect(await only('attorneyDallas', built, 'REMOVAL_WINDOW')).toMatchObject({ metOn: '2026-06-10', state: 'MET' });
    expect((await earlier('attorneyDallas', built, 'REMOVAL_WINDOW')).map(([due]) => due).sort()).toEqual(['2026-06-20', '2026-07-01', null].sort());
    await play.cleared('attorneyDallas', built);
    expect(await only('attorneyDallas', built, 'REMOVAL_WINDOW')).toBeUndefined();
  });

  test('a notice to a victim tells nobody of a charge in a compartment', async () => {
    const built = await claimed();
    const chargeId = await chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 22.02');
    await play.approve('electedDallas', built, await play.decide('attorneyDallas', built, chargeId, 'CHARGE', { overrideReason: 'The period ends.' }));
    await play.tell('attorneyDallas', 'fileCharges', { caseId: built.id, chargeIds: [chargeId], instrument: 'INDICTMENT', court: 'A court', docketNumber: 'F26-9', filedOn: '2026-05-04', expectedVersion: await play.versionOf(built) });
    expect(await only('advocateDallas', built, 'VICTIM_NOTICE')).toMatchObject({ startedOn: '2026-05-04' });
    expect(await only('intakeDallas', built, 'VICTIM_NOTICE')).toBeUndefined();
    await world.as('attorneyDallas').get(mutation('placeInCompartment', 'case { id }'), { input: { caseId: built.id, compartment: 'GRAND_JURY', basis: 'GRAND_JURY_SUBPOENA', target: { kind: 'CHARGE', id: chargeId } } });
    for (const who of ['advocateDallas', 'intakeDallas', 'electedDallas'] as const) expect(await clock.ofCase(who, built), who).not.toContainEqual(expect.objectContaining({ kind: 'VICTIM_NOTICE', supersededAt: null }));
    const [kept] = await world.database.owner`select needs & 16384 <> 0 as apart, due_on::text as due from comity.clocks where case_id = ${built.id} and kind = 'VICTIM_NOTICE' and superseded_at is null`;
    expect(kept).toEqual({ apart: true, due: '2026-05-14' });
  });

  test('a demand is due on the day that it names, later where it is extended, and met by its answer', async () => {
    const built = await claimed();
    const mine = async (field: string, input: object) => (await world.as('attorneyDallas').get(`mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { demand { id items { id } } } }`, { input }))[field].demand;
    const demand = await mine('draftDemand', { caseId: built.id, regime: 'SUBPOENA', component: 'A hospital', purpose: 'The record of that night.', items: [{ category: 'MEDICAL_RECORD', description: 'The chart.', relevance: 'It shows the injury.' }] });
    expect(await only('attorneyDallas', built, 'EXTERNAL_DEMAND')).toBeUndefined();
    await mine('serveDemand', { caseId: built.id, demandId: demand.id, servedOn: '2026-05-01', method: 'PERSONAL', proofOfService: 'An affidavit.', responseRequestedBy: '2026-05-20', confirms: [] });
    expect(await only('attorneyDallas', built, 'EXTERNAL_DEMAND')).toMatchObject({ aboutId: demand.id, startedOn: '2026-05-01', dueOn: '2026-05-20', state: 'PASSED' });
    await mine('extendDemand', { caseId: built.id, demandId: demand.id, until: '2999-01-01', reason: 'They asked.' });
    expect(await only('attorneyDallas', built, 'EXTERNAL_DEMAND')).toMatchObject({ dueOn: '2999-01-01', state: 'RUNNING' });
    await mine('answerDemand', { caseId: built.id, demandId: demand.id, answeredOn: '2026-05-19', answers: [{ itemId: demand.items[0].id, state: 'PRODUCED' }] });
    expect(await only('attorneyDallas', built, 'EXTERNAL_DEMAND')).toMatchObject({ metOn: '2026-05-19', state: 'MET' });
  });
});

describe('a charge under a graded statute', () => {
  test('has the shortest period until it names its level, and the earliest day of a range governs', async () => {
    const built = await claimed();
    const [statute] = await world.database.owner`select id from comity.statutes where citation = 'Tex. Penal Code 37.10'`;
    const { proposeCharge } = await world.as('attorneyDallas').get('mutation ($input: ProposeChargeInput!) { proposeCharge(input: $input) { charge { id } } }', {
      input: { caseId: built.id, personId: built.personIds[0], statuteId: statute?.['id'], counts: 1, offenceOn: '2026-02-01', offenceUntil: '2026-02-20' },
    });
    const found = await only('attorneyDallas', built, 'LIMITATION');
    expect(found).toMatchObject({ startedOn: '2026-02-01', dueOn: '2028-02-01', warnings: expect.arrayContaining(['LEVEL_NOT_NAMED']) });
    expect(found?.['trace'][0].text).toBe('The offence was between 2026-02-01 and 2026-02-20; the first day governs. Time runs from it.');
    await world.as('attorneyDallas').get('mutation ($input: NameChargeLevelInput!) { nameChargeLevel(input: $input) { charge { id } } }', {
      input: { caseId: built.id, chargeId: proposeCharge.charge.id, level: 'FELONY', reason: 'The intent was to harm.' },
    });
    const named = await only('attorneyDallas', built, 'LIMITATION');
    expect(named).toMatchObject({ startedOn: '2026-02-01', dueOn: '2029-02-01' });
    expect(named?.['warnings']).not.toContain('LEVEL_NOT_NAMED');
    expect(await earlier('attorneyDallas', built, 'LIMITATION')).toEqual([['2028-02-01', 'FACTS']]);
  });
});

describe('what runs in all cases that a reader sees', () => {
  const READERS = ['attorneyDallas', 'secondDallas', 'intakeDallas', 'recordsDallas', 'advocateDallas', 'supervisorHennepin', 'attorneyHennepin', 'attorneyCook'] as const satisfies readonly CastMember[];
  const ids = (found: readonly Record<string, any>[]) => found.map(({ id }) => String(id)).sort();

  /** The same, as the cases themselves show it. */
  async function ofCases(who: CastMember): Promise<string[]> {
    const { cases } = await world.as(who).get('{ cases(first: 100) { nodes { clocks { id dueOn metOn } } pageInfo { hasNextPage } } }');
    if (cases.pageInfo.hasNextPage) throw new Error('there are more cases than a page holds');
    return ids(cases.nodes.flatMap((each: { clocks: { dueOn: string | null; metOn: string | null }[] }) => each.clocks.filter(({ dueOn, metOn }) => dueOn !== null && metOn === null)));
  }

  test('follows what opens the cases: the venue, the lead, a part, a place on the team, a rule, what a former lead keeps', async () => {
    const kindsOf = async (who: CastMember, { id }: BuiltCase) => (await clock.listed(who)).filter((each) => each['case'].id === id).map(({ kind }) => String(kind)).sort();
    const agree = async () => {
      for (const who of READERS) expect(ids(await clock.listed(who, {}, 7)), who).toEqual(await ofCases(who));
    };
    const tell = (who: CastMember, field: string, input: object, selection = 'case { id }') => world.as(who).get(mutation(field, selection), { input });
    const built = await world.buildCase();
    await loop(world).returned('intakeDallas', built, 'The clip.');
    for (const who of ['intakeDallas', 'attorneyDallas', 'recordsDallas'] as const) expect(await kindsOf(who, built), who).toEqual(['RETURN_ITEM']);
    expect(await kindsOf('attorneyCook', built)).toEqual([]);
    await agree();

    await tell('attorneyDallas', 'claimCase', { caseId: built.id, expectedVersion: await play.versionOf(built) });
    await chargedUnder(world, 'attorneyDallas', built, ASSAULT);
    expect(await kindsOf('attorneyDallas', built)).toEqual(['CAMERA_RETENTION', 'LIMITATION', 'RETURN_ITEM']);
    expect(await kindsOf('recordsDallas', built)).toEqual(['RETURN_ITEM']);
    expect(await kindsOf('advocateDallas', built)).toEqual(['LIMITATION', 'RETURN_ITEM']);
    await tell('supervisorDallas', 'assignCase', { caseId: built.id, memberId: world.memberIds.recordsDallas, role: 'SUPPORT' });
    expect(await kindsOf('recordsDallas', built)).toEqual(['CAMERA_RETENTION', 'LIMITATION', 'RETURN_ITEM']);
    await agree();

    const { inviteJurisdiction } = await tell('supervisorDallas', 'inviteJurisdiction', { caseId: built.id, jurisdictionId: world.officeIds['hennepin-mn'], role: 'CO', reason: 'One incident.' }, 'responsibility { id }');
    expect(await kindsOf('attorneyHennepin', built)).toEqual([]);
    await tell('supervisorHennepin', 'acceptInvitation', { caseId: built.id, invitationId: inviteJurisdiction.responsibility.id });
    expect(await kindsOf('attorneyHennepin', built)).toEqual(['CAMERA_RETENTION', 'LIMITATION', 'RETURN_ITEM']);
    await agree();

    await adopted(world, { sharing: [opens(world.officeIds['cook-il'], ['SUMMARY', 'CHARGES'])] });
    expect(await kindsOf('attorneyCook', built)).toEqual(['LIMITATION']);
    await agree();
    await adopted(world, {});
    expect(await kindsOf('attorneyCook', built)).toEqual([]);

    const { proposeTransfer } = await tell('supervisorDallas', 'proposeTransfer', { caseId: built.id, jurisdictionId: world.officeIds['hennepin-mn'], residual: 'READ', reason: 'It began there.', expectedVersion: await play.versionOf(built) }, 'transfer { id }');
    await tell('supervisorHennepin', 'acceptTransfer', { caseId: built.id, transferId: proposeTransfer.transfer.id, expectedVersion: await play.versionOf(built) });
    for (const who of ['attorneyHennepin', 'attorneyDallas'] as const) expect(await kindsOf(who, built), who).toContain('LIMITATION');
    expect((await clock.listed('attorneyDallas', { lead: world.officeIds['hennepin-mn'] })).map((each) => each['case'].id)).toContain(built.id);
    expect((await clock.listed('attorneyDallas', { lead: world.officeIds['dallas-tx'] })).map((each) => each['case'].id)).not.toContain(built.id);
    await agree();

    await tell('supervisorHennepin', 'releaseCase', { caseId: built.id, expectedVersion: await play.versionOf(built) });
    expect(await world.database.owner`select distinct lead_id from comity.clocks where case_id = ${built.id}`).toEqual([{ lead_id: null }]);
    await agree();
  });
});
