import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { bench } from './decisions.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof bench>;
beforeAll(async () => {
  world = await openWorld();
  play = bench(world);
});
afterAll(() => world.close());

const word = (subject: BuiltCase, kind: string, sentOn: string, more: object = {}) => ({ caseId: subject.id, personId: subject.personIds[1], kind, method: 'TELEPHONE', sentOn, ...more });
const says = (subject: BuiltCase, kind: string, sentOn: string) => play.tell('advocateDallas', 'recordVictimNotice', word(subject, kind, sentOn));
const refusal = (subject: BuiltCase, kind: string, sentOn: string, more: object = {}) => play.refusal('advocateDallas', 'recordVictimNotice', word(subject, kind, sentOn, more));
const duty = async (subject: BuiltCase) => {
  const { clocks } = (await world.as('attorneyDallas').get('query ($id: ID) { case(id: $id) { clocks { kind state dueOn metOn trace { text on } } } }', { id: subject.id }))['case'];
  return clocks.find(({ kind }: { kind: string }) => kind === 'VICTIM_NOTICE');
};

/** A case of Texas with a charge that was filed on 4 May 2026: its victim is to be told by the 14th. */
async function filed(): Promise<BuiltCase> {
  const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await play.cleared('attorneyDallas', subject);
  const chargeId = await play.charged('attorneyDallas', subject);
  await play.settled(subject, chargeId, 'CHARGE');
  await play.tell('attorneyDallas', 'fileCharges', { caseId: subject.id, chargeIds: [chargeId], instrument: 'INDICTMENT', court: 'A court', docketNumber: 'F26-1', filedOn: '2026-05-04', expectedVersion: await play.versionOf(subject) });
  return subject;
}

describe('a victim who wants no notices', () => {
  test('is on record with the day and how it was said, and the duty to tell them is met from that day', async () => {
    const subject = await filed();
    expect(await duty(subject)).toMatchObject({ state: 'PASSED', dueOn: '2026-05-14', metOn: null });
    const { notice } = await says(subject, 'OPT_OUT', '2026-05-06');
    expect(notice).toMatchObject({ kind: 'OPT_OUT', method: 'TELEPHONE', sentOn: '2026-05-06', ground: null });
    expect(await duty(subject)).toMatchObject({ state: 'MET', dueOn: '2026-05-14', metOn: '2026-05-06', trace: expect.arrayContaining([{ text: 'Wants no notices, as said on 2026-05-06.', on: '2026-05-06' }]) });
  });

  test('before the event was never to be told of it: the duty is met on its day', async () => {
    const subject = await filed();
    await says(subject, 'OPT_OUT', '2026-04-20');
    expect(await duty(subject)).toMatchObject({ state: 'MET', metOn: '2026-05-04' });
  });

  test('and wants them again is to be told again; and may want none again', async () => {
    const subject = await filed();
    await says(subject, 'OPT_OUT', '2026-05-06');
    await says(subject, 'OPT_IN', '2026-05-06');
    expect(await duty(subject)).toMatchObject({ state: 'PASSED', metOn: null });
    await says(subject, 'OPT_OUT', '2026-05-08');
    expect(await duty(subject)).toMatchObject({ state: 'MET', metOn: '2026-05-08' });
    await says(subject, 'OPT_IN', '2026-05-09');
    await says(subject, 'CHARGED', '2026-05-10');
    expect(await duty(subject)).toMatchObject({ state: 'MET', metOn: '2026-05-10' });
  });

  test('says so once, and again only after the contrary, in the order of days', async () => {
    const subject = await filed();
    expect(await refusal(subject, 'OPT_IN', '2026-05-06')).toMatchObject({ code: 'CONFLICT', remedy: expect.any(String) });
    await says(subject, 'OPT_OUT', '2026-05-06');
    expect(await refusal(subject, 'OPT_OUT', '2026-05-07')).toMatchObject({ code: 'CONFLICT', remedy: expect.stringContaining('OPT_IN') });
    expect(await refusal(subject, 'OPT_IN', '2026-05-05')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'sentOn' });
    expect(await refusal(subject, 'OPT_IN', '2026-05-07', { method: 'NOT_REACHED', ground: 'x' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'method' });
    const [decision] = await world.database.owner`select id from comity.decisions where case_id = ${subject.id}`;
    expect(await refusal(subject, 'OPT_IN', '2026-05-07', { decisionId: decision?.['id'] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'decisionId' });
    expect(await duty(subject)).toMatchObject({ state: 'MET' });
  });

  test('speaks for no other victim', async () => {
    const subject = await filed();
    await world.database.owner`update comity.persons set part = 'VICTIM' where case_id = ${subject.id} and id = ${subject.personIds[2] ?? ''}`;
    await says(subject, 'OPT_OUT', '2026-05-06');
    expect(await refusal(subject, 'OPT_IN', '2026-05-06', { personId: subject.personIds[2] })).toMatchObject({ code: 'CONFLICT' });
    expect((await play.tell('advocateDallas', 'recordVictimNotice', word(subject, 'OPT_OUT', '2026-05-07', { personId: subject.personIds[2] }))).notice).toMatchObject({ kind: 'OPT_OUT' });
  });

  test('has said so of all notices, was reached, and said the contrary before, by the table too', async () => {
    const subject = await filed();
    const me = world.memberIds.attorneyDallas;
    const text = `insert into comity.victim_notices (case_id, id, needs, person_id, kind, method, sent_on, ground, recorded_by, recorded_at)
      select p.case_id, $2::uuid, p.needs | 2048, p.id, $6, $3, '2026-05-06', $4, $5::uuid, clock_timestamp() from comity.persons p where p.case_id = $1::uuid and p.part = 'VICTIM' limit 1`;
    await seated(world.database, { as: me }, async ({ refusal: ended }) => {
      expect(await ended(text, [subject.id, newId(), 'NOT_REACHED', 'x', me, 'OPT_OUT'])).toBe('23514');
      expect(await ended(text, [subject.id, newId(), 'MAIL', null, me, 'OPT_IN'])).toBe('42501');
      expect(await ended(text, [subject.id, newId(), 'MAIL', null, me, 'OPT_OUT'])).toBe('passed');
    });
  });
});
