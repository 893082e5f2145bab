import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DISPUTE_ACTS, DISPUTE_MOVES, DISPUTE_STATES, type DisputeMoves } from '../src/decisions/dispute.rules.ts';
import { newId } from '../src/kernel/ids.ts';
import { bench } from './decisions.world.ts';
import { adopted } from './rulebooks.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof bench>;
beforeAll(async () => {
  world = await openWorld();
  play = bench(world);
  await shows('STATUS', 'ITEMS', 'OUTCOME');
});
afterAll(() => world.close());

/** What agencies are shown of the cases of Dallas from now on. */
const shows = (...views: string[]) => adopted(world, { agency: views.map((show) => ({ show, basis: 'Agreed.' })) });

const MATERIAL = { statement: 'The second recording was not looked at.', newMaterial: 'BWC-2, uploaded on 2 May.' };
const told = async (who: CastMember, { referralId }: BuiltCase) =>
  (await world.as(who).get('query ($id: ID!) { referral(id: $id) { state declinationReasons thread { kind note by { name } } } }', { id: referralId }))['referral'];

async function declined(shareableReason?: string): Promise<BuiltCase> {
  const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await play.settled(subject, await play.charged('attorneyDallas', subject), 'DECLINE', shareableReason === undefined ? {} : { shareableReason });
  return subject;
}
const answer = async (subject: BuiltCase, reply: 'UPHOLD' | 'REOPEN', more: object = {}) =>
  ({ caseId: subject.id, answer: reply, note: 'Both were seen.', expectedVersion: await play.versionOf(subject), ...more });

describe('an agency that was told that its referral was declined', () => {
  test('disputes it once with what is new; the office keeps it, and both read it on the thread', async () => {
    const subject = await declined();
    const { referral } = await play.tell('chiefDallasPolice', 'disputeDeclination', { referralId: subject.referralId, ...MATERIAL });
    expect(referral).toMatchObject({ state: 'ACCEPTED', thread: [{ kind: 'DECLINATION_DISPUTED', note: MATERIAL.statement }, { kind: 'NEW_MATERIAL', note: MATERIAL.newMaterial }] });
    expect(await play.seen('attorneyDallas', subject)).toMatchObject({ stage: 'DECLINED', referrals: [{ thread: [{ kind: 'DECLINATION_DISPUTED' }, { kind: 'NEW_MATERIAL' }] }] });
    const { case: after } = await play.tell('supervisorDallas', 'answerDeclinationDispute', await answer(subject, 'UPHOLD'));
    expect(after).toMatchObject({ stage: 'DECLINED', outcome: 'DECLINE' });
    expect((await told('chiefDallasPolice', subject)).thread.at(-1)).toEqual({ kind: 'DECLINATION_UPHELD', note: 'Both were seen.', by: null });
    expect(await play.refusal('chiefDallasPolice', 'disputeDeclination', { referralId: subject.referralId, ...MATERIAL })).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('once') });
  });

  test('may have it reopened: the case is charged upon again', async () => {
    const subject = await declined();
    await play.tell('machineDallasPolice', 'disputeDeclination', { referralId: subject.referralId, ...MATERIAL });
    const version = await play.versionOf(subject);
    const { case: after } = await play.tell('supervisorDallas', 'answerDeclinationDispute', await answer(subject, 'REOPEN'));
    expect(after).toMatchObject({ stage: 'REOPENED', version: version + 1 });
    expect(after.events.nodes[0]).toMatchObject({ act: 'CASE_REOPENED', body: { referralId: subject.referralId } });
    expect((await told('chiefDallasPolice', subject)).thread.map(({ kind }: { kind: string }) => kind)).toEqual(['DECLINATION_DISPUTED', 'NEW_MATERIAL', 'CASE_REOPENED']);
    await play.charged('attorneyDallas', subject);
    // Once a referral, also where it is declined again.
    await world.database.owner`update comity.cases set stage = 'DECLINED' where id = ${subject.id}`;
    expect(await play.ended('chiefDallasPolice', 'disputeDeclination', { referralId: subject.referralId, ...MATERIAL })).toBe('CONFLICT');
  });

  test('says why and what is new, in its own name, about its own referral', async () => {
    const subject = await declined();
    for (const field of ['statement', 'newMaterial']) {
      expect(await play.refusal('chiefDallasPolice', 'disputeDeclination', { referralId: subject.referralId, ...MATERIAL, [field]: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field });
    }
    const absent = await play.refusal('chiefDallasPolice', 'disputeDeclination', { referralId: newId(), ...MATERIAL });
    expect(absent).toMatchObject({ code: 'NOT_FOUND' });
    for (const referralId of ['no id', subject.id]) expect(await play.refusal('chiefDallasPolice', 'disputeDeclination', { referralId, ...MATERIAL })).toEqual(absent);
    expect(await play.refusal('chiefChicagoPolice', 'disputeDeclination', { referralId: subject.referralId, ...MATERIAL })).toEqual(absent);
    for (const who of ['officerDallasPolice', 'attorneyDallas', 'supervisorDallas'] as const) expect(await play.ended(who, 'disputeDeclination', { referralId: subject.referralId, ...MATERIAL }), who).toBe('FORBIDDEN');
  });

  test('of several disputes at once one is kept', async () => {
    const subject = await declined();
    const ends = await Promise.all(Array.from({ length: 4 }, () => play.ended('chiefDallasPolice', 'disputeDeclination', { referralId: subject.referralId, ...MATERIAL })));
    expect(ends.sort()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'OK']);
  });
});

describe('an agency that was not told', () => {
  test('cannot tell a declined referral from one that goes on', async () => {
    const [over, open] = [await declined(), await world.buildCase({ claimedBy: 'attorneyDallas' })];
    const refused = (subject: BuiltCase) => play.refusal('chiefDallasPolice', 'disputeDeclination', { referralId: subject.referralId, ...MATERIAL });
    await shows('STATUS', 'ITEMS');
    expect(await refused(over)).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('told of no declination') });
    expect(await refused(over)).toEqual(await refused(open));
    await shows('STATUS', 'ITEMS', 'OUTCOME');
    expect(await refused(open)).toMatchObject({ code: 'CONFLICT' });
    expect(await play.ended('chiefDallasPolice', 'disputeDeclination', { referralId: over.referralId, ...MATERIAL })).toBe('OK');
  });
});

describe('the reason of a declination', () => {
  test('is told in the words that are shared, where the rule book shows REASON, while it is declined; never the office’s own words', async () => {
    const subject = await declined('The recordings show too little.');
    expect((await told('chiefDallasPolice', subject)).declinationReasons).toEqual([]);
    await shows('STATUS', 'ITEMS', 'OUTCOME', 'REASON');
    const read = await told('chiefDallasPolice', subject);
    expect(read.declinationReasons).toEqual(['The recordings show too little.']);
    expect(JSON.stringify(read)).not.toContain('Two recordings and a witness');
    expect((await told('chiefDallasPolice', await declined())).declinationReasons).toEqual([]);
    await world.database.owner`update comity.charges set needs = needs | 16384 where case_id = ${subject.id}`;
    expect((await told('chiefDallasPolice', subject)).declinationReasons).toEqual([]);
    await world.database.owner`update comity.charges set needs = needs & ~16384 where case_id = ${subject.id}`;
    await world.database.owner`update comity.cases set stage = 'REOPENED' where id = ${subject.id}`;
    expect((await told('chiefDallasPolice', subject)).declinationReasons).toEqual([]);
  });
});

describe('the lifecycle of a dispute', () => {
  const KIND = { DISPUTED: 'DECLINATION_DISPUTED', UPHELD: 'DECLINATION_UPHELD', REOPENED: 'CASE_REOPENED' } as const;
  test.each(DISPUTE_ACTS.flatMap((act) => DISPUTE_STATES.map((state) => [act, state] as const)))('%s of what is %s is done where the one table says so, and a CONFLICT elsewhere', async (act, state) => {
    const to = (DISPUTE_MOVES[act] as DisputeMoves)[state];
    const subject = await declined();
    const { owner } = world.database;
    for (const each of state === 'NONE' ? [] : state === 'DISPUTED' ? (['DISPUTED'] as const) : (['DISPUTED', state] as const)) {
      await owner`insert into comity.return_entries (case_id, id, needs, referral_id, agency_id, kind, note, shown_by, by_id, at)
        select ${subject.id}, ${newId()}, 2, r.id, r.agency_id, ${KIND[each]}, 'Said so.', 'STATUS', ${world.memberIds.chiefDallasPolice}, clock_timestamp() from comity.referrals r where r.id = ${subject.referralId}`;
    }
    const end = act === 'dispute'
      ? await play.ended('chiefDallasPolice', 'disputeDeclination', { referralId: subject.referralId, ...MATERIAL })
      : await play.ended('supervisorDallas', 'answerDeclinationDispute', await answer(subject, act === 'uphold' ? 'UPHOLD' : 'REOPEN'));
    expect(end).toBe(to === undefined ? 'CONFLICT' : 'OK');
    const kinds = (await told('chiefDallasPolice', subject)).thread.map(({ kind }: { kind: string }) => kind).filter((kind: string) => kind !== 'NEW_MATERIAL');
    expect(kinds.at(-1)).toBe(to ? KIND[to as keyof typeof KIND] : state === 'NONE' ? undefined : KIND[state]);
  });

  test('its answer is a head’s of the lead, on the case as it was read', async () => {
    const subject = await declined();
    await play.tell('chiefDallasPolice', 'disputeDeclination', { referralId: subject.referralId, ...MATERIAL });
    const input = await answer(subject, 'UPHOLD');
    expect(await play.ended('attorneyDallas', 'answerDeclinationDispute', input)).toBe('FORBIDDEN');
    expect(await play.ended('supervisorHennepin', 'answerDeclinationDispute', input)).toBe('NOT_FOUND');
    expect(await play.ended('supervisorDallas', 'answerDeclinationDispute', { ...input, expectedVersion: 1 })).toBe('CONFLICT');
    expect(await play.refusal('supervisorDallas', 'answerDeclinationDispute', { ...input, note: '' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'note' });
    expect(await play.ended('supervisorDallas', 'answerDeclinationDispute', { ...input, referralId: newId() })).toBe('NOT_FOUND');
  });
});
