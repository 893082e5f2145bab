import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loop, withItem } from './returns.world.ts';
import { adopted } from './rulebooks.world.ts';
import { seated } from './seated.ts';
import { supplements } from './supplements.world.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof loop>;
let read: ReturnType<typeof supplements>;
beforeAll(async () => {
  world = await openWorld();
  play = loop(world);
  read = supplements(world);
});
afterAll(() => world.close());

const AGENCY = 'chiefDallasPolice';
const led = () => world.buildCase({ claimedBy: 'attorneyDallas' });
const outcome = async (built: BuiltCase) => (await read.ofReferral(AGENCY, built)).outcome;
const shows = (...agency: (string | { show: string; stages: string[] })[]) =>
  adopted(world, { sharing: [], agency: agency.map((each) => ({ ...(typeof each === 'string' ? { show: each } : each), basis: 'Agreed.' })) });
const refused = async (built: BuiltCase) => play.tell('supervisorDallas', 'refuseReferral', { caseId: built.id, reason: 'NO_OFFENCE', note: 'None is alleged.' });

describe('what came of a referral', () => {
  test('is told to its agency as the default book says: what is still asked, and neither stage nor ground', async () => {
    const built = await led();
    expect(await outcome(built)).toEqual({ stage: null, reason: null, note: null, openItems: 0 });
    await withItem(world, built);
    await withItem(world, built, { state: 'WAIVED' });
    expect(await outcome(built)).toEqual({ stage: null, reason: null, note: null, openItems: 1 });
    await refused(built);
    expect(await outcome(built)).toEqual({ stage: null, reason: null, note: null, openItems: 0 });
  });

  test('before anybody leads its case goes by the same', async () => {
    expect(await outcome(await world.buildCase())).toEqual({ stage: null, reason: null, note: null, openItems: 0 });
  });

  test.each([
    [[], null], [['STATUS'], null], [['ITEMS'], { stage: null, reason: null, note: null, openItems: 0 }], [['OUTCOME'], { stage: 'CLOSED', reason: null, note: null, openItems: null }],
    [['REASON'], { stage: null, reason: 'NO_OFFENCE', note: 'None is alleged.', openItems: null }], [['OUTCOME', 'REASON', 'ITEMS', 'STATUS'], { stage: 'CLOSED', reason: 'NO_OFFENCE', note: 'None is alleged.', openItems: 0 }],
  ])('follows each part of the lead’s book: %j', async (parts, told) => {
    await shows();
    const built = await led();
    await refused(built);
    await shows(...parts);
    expect(await outcome(built)).toEqual(told);
    const listed = (await world.as(AGENCY).get('{ referrals(first: 100) { nodes { id outcome { stage reason note openItems } } } }'))['referrals'].nodes;
    expect(listed.find(({ id }: { id: string }) => id === built.referralId).outcome).toEqual(told);
  });

  test('is shown in the stages that the book names, and in no other', async () => {
    await shows({ show: 'OUTCOME', stages: ['CLOSED'] });
    const built = await led();
    expect(await outcome(built)).toBeNull();
    await refused(built);
    expect(await outcome(built)).toEqual({ stage: 'CLOSED', reason: null, note: null, openItems: null });
  });

  test('that is kept from the agency shows in no filter and no count either', async () => {
    await shows();
    const built = await led();
    await refused(built);
    const { state } = await read.ofReferral(AGENCY, built);
    expect(state).not.toBe('REFUSED');
    const counted = async (filter: object) => (await world.as(AGENCY).get('query ($filter: ReferralFilter) { referrals(filter: $filter) { totalCount nodes { id } } }', { filter }))['referrals'];
    const { reportNumber } = (await world.as(AGENCY).get('query ($id: ID!) { referral(id: $id) { reportNumber } }', { id: built.referralId }))['referral'];
    expect(await counted({ reportNumber, states: ['REFUSED'] })).toEqual({ totalCount: 0, nodes: [] });
    expect(await counted({ reportNumber, states: [state] })).toMatchObject({ totalCount: 1 });
    await shows('STATUS', 'ITEMS');
  });

  test('is nobody else’s: another agency and an office are answered nothing by the function itself', async () => {
    const built = await led();
    const asked = (who: Parameters<World['as']>[0]) => seated(world.database, { as: world.memberIds[who] }, ({ rows }) => rows('select comity.referral_outcome($1::uuid) as told', [built.referralId]));
    for (const who of ['chiefChicagoPolice', 'attorneyDallas', 'supervisorHennepin', 'administrator', 'analyst'] as const) expect(await asked(who), who).toEqual([{ told: null }]);
    expect((await asked('officerDallasPolice'))[0]?.['told']).not.toBeNull();
  });
});
