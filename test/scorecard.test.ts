import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { incidentIn, withVenue } from './policies.world.ts';
import { loop, withItem } from './returns.world.ts';
import { adopted } from './rulebooks.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof loop>;
/** Dallas police, by the reference data. */
let dallas: string;
let chicago: string;
beforeAll(async () => {
  world = await openWorld();
  play = loop(world);
  const agencies = await world.database.owner`select m.subject, m.agency_id::text as id from comity.members m where m.agency_id is not null`;
  dallas = agencies.find(({ subject }) => subject === 'chiefDallasPolice')?.['id'];
  chicago = agencies.find(({ subject }) => subject === 'chiefChicagoPolice')?.['id'];
});
afterAll(() => world.close());

const AGENCY = 'chiefDallasPolice';
const SCORECARD = `query ($agency: ID, $from: Date!, $to: Date!, $unit: String) { agencyScorecard(agency: $agency, from: $from, to: $to, unit: $unit) { agencyId rows {
  month unit referrals returned returnsPerReferral itemsAsked itemsAnswered itemsLate disputesRaised disputesUpheld disputesOverruled medianDaysToAnswer } } }`;
const card = async (who: CastMember, asked: { agency?: string; from?: string; to?: string; unit?: string } = {}) =>
  (await world.as(who).get(SCORECARD, { from: '2024-01-01', to: '2025-12-31', ...asked }))['agencyScorecard'];
const NONE = { returned: 0, returnsPerReferral: 0, itemsAsked: 0, itemsAnswered: 0, itemsLate: 0, disputesRaised: 0, disputesUpheld: 0, disputesOverruled: 0, medianDaysToAnswer: null };

/** A referral of a unit that arrived at an instant, claimed by Dallas unless told. */
async function arrived(at: string, { unit, by = AGENCY, claimedBy = 'attorneyDallas', referral = {} }: { unit?: string; by?: CastMember; claimedBy?: CastMember | null; referral?: object } = {}): Promise<BuiltCase> {
  const built = await world.buildCase({ by, ...(claimedBy && { claimedBy }), referral: { ...(unit !== undefined && { unit }), ...referral } });
  await world.database.owner`update comity.referrals set submitted_at = ${at} where id = ${built.referralId}`;
  await world.database.owner`update comity.case_referrals set received_at = ${at} where case_id = ${built.id}`;
  return built;
}

/** How long ago something was asked and answered. */
const took = (itemId: string, askedAt: string, answeredAt: string, dueOn: string) =>
  world.database.owner`update comity.return_items set asked_at = ${askedAt}, state_since = ${answeredAt}, due_on = ${dueOn} where id = ${itemId}`;

describe('a scorecard', () => {
  test('counts by unit and by month of arrival where the agency is, and what is asked at once is one return', async () => {
    // Late in the evening of 31 January in Dallas, and an hour later.
    const first = await arrived('2025-02-01T05:30:00Z', { unit: 'Central' });
    await arrived('2025-02-01T06:30:00Z', { unit: 'Central' });
    await arrived('2025-02-10T12:00:00Z', { unit: 'Northeast' });
    await arrived('2025-02-11T12:00:00Z');
    const [clip = '', call = ''] = await play.returned('attorneyDallas', first, 'The clip.', 'The call.');
    const [manual = '', log = ''] = await play.returned('attorneyDallas', first, 'The manual.', 'The log.');
    await play.tell(AGENCY, 'answerReturn', { referralId: first.referralId, answers: [{ itemId: clip, note: 'Here.' }, { itemId: call, note: 'Here.' }] });
    await play.tell(AGENCY, 'disputeReturnItem', { itemId: manual, reason: 'Not ours.' });
    await play.tell('supervisorDallas', 'resolveDispute', { caseId: first.id, itemId: manual, outcome: 'UPHELD', note: 'Indeed.' });
    await play.tell(AGENCY, 'disputeReturnItem', { itemId: log, reason: 'Not ours.' });
    await play.tell('supervisorDallas', 'resolveDispute', { caseId: first.id, itemId: log, outcome: 'OVERRULED', note: 'It is.' });
    await took(clip, '2025-03-01T12:00:00Z', '2025-03-02T12:00:00Z', '2025-03-02');
    // The evening of 10 March in Dallas is the last day; in UTC it is the 11th.
    await took(call, '2025-03-01T12:00:00Z', '2025-03-11T03:00:00Z', '2025-03-10');
    await world.database.owner`update comity.return_items set due_on = '2025-03-05' where id = ${log}`;
    const asked = { ...NONE, referrals: 1, returned: 1, returnsPerReferral: 2, itemsAsked: 4, itemsAnswered: 2, itemsLate: 1, disputesRaised: 2, disputesUpheld: 1, disputesOverruled: 1, medianDaysToAnswer: 5.31 };
    const rows = [
      { month: '2025-01', unit: 'Central', ...asked }, { month: '2025-02', unit: null, ...NONE, referrals: 1 }, { month: '2025-02', unit: 'Central', ...NONE, referrals: 1 }, { month: '2025-02', unit: 'Northeast', ...NONE, referrals: 1 },
    ];
    expect(await card(AGENCY)).toEqual({ agencyId: dallas, rows });
    expect(await card('officerDallasPolice', { agency: dallas })).toEqual({ agencyId: dallas, rows });
    expect(await card('supervisorDallas', { agency: dallas })).toEqual({ agencyId: dallas, rows });
    expect((await card(AGENCY, { unit: 'Northeast' })).rows).toEqual([rows[3]]);
    expect((await card(AGENCY, { unit: 'northeast' })).rows).toEqual([]);
    // The days are the agency's too.
    expect((await card(AGENCY, { from: '2025-02-01', to: '2025-02-10' })).rows.map(({ month, unit }: { month: string; unit: string }) => [month, unit])).toEqual([['2025-02', 'Central'], ['2025-02', 'Northeast']]);
    expect((await card('supervisorDallas', { agency: dallas, from: '2025-01-31', to: '2025-01-31' })).rows).toEqual([rows[0]]);
    await took(call, '2025-03-01T12:00:00Z', '2025-03-11T06:00:00Z', '2025-03-10');
    expect((await card(AGENCY, { to: '2025-01-31' })).rows[0]).toMatchObject({ itemsLate: 2 });
  });

  test('of an office holds the cases that it leads or that are its to claim, and what is an agency’s own holds all offices', async () => {
    const days = { from: '2024-05-01', to: '2024-05-31' };
    await arrived('2024-05-02T12:00:00Z');
    await withVenue(world, await arrived('2024-05-03T12:00:00Z', { claimedBy: null }), 'hennepin-mn');
    await arrived('2024-05-04T12:00:00Z', { claimedBy: 'attorneyHennepin', referral: incidentIn('27053') });
    await arrived('2024-05-05T12:00:00Z', { by: 'chiefChicagoPolice' });
    const counted = async (who: CastMember, agency: string) => (await card(who, { agency, ...days })).rows.map(({ referrals }: { referrals: number }) => referrals);
    expect(await counted(AGENCY, dallas)).toEqual([3]);
    expect(await counted('supervisorDallas', dallas)).toEqual([2]);
    expect(await counted('attorneyHennepin', dallas)).toEqual([1]);
    expect(await counted('attorneyCook', dallas)).toEqual([]);
    expect(await counted('supervisorDallas', chicago)).toEqual([1]);
    expect(await counted(AGENCY, chicago)).toEqual([]);
    expect(await counted('chiefChicagoPolice', dallas)).toEqual([]);
    expect(await counted('chiefChicagoPolice', chicago)).toEqual([1]);
  });

  test('does not count, for one who is walled off, what the wall hides', async () => {
    const days = { agency: dallas, from: '2024-07-01', to: '2024-07-31' };
    const built = await arrived('2024-07-02T12:00:00Z');
    await withItem(world, built);
    const before = (await card('secondDallas', days)).rows;
    expect(before).toMatchObject([{ referrals: 1, itemsAsked: 1 }]);
    await world.as('secondDallas').get('mutation ($input: RecuseInput!) { recuse(input: $input) { case { id } } }', { input: { caseId: built.id, note: 'Kin.' } });
    expect((await card('secondDallas', days)).rows).toEqual([]);
    expect((await card('supervisorDallas', days)).rows).toEqual(before);
  });

  test('tells an agency no item that the book of the lead keeps from it', async () => {
    const days = { from: '2024-08-01', to: '2024-08-31' };
    const built = await arrived('2024-08-02T12:00:00Z');
    await withItem(world, built);
    await adopted(world, { sharing: [], agency: [{ show: 'STATUS', basis: 'Agreed.' }] });
    expect((await card(AGENCY, days)).rows).toEqual([{ month: '2024-08', unit: null, ...NONE, referrals: 1 }]);
    expect((await card('supervisorDallas', { agency: dallas, ...days })).rows).toMatchObject([{ returned: 1, itemsAsked: 1 }]);
    await adopted(world, { sharing: [], agency: [{ show: 'STATUS', basis: 'Agreed.' }, { show: 'ITEMS', basis: 'Agreed.' }] });
    expect((await card(AGENCY, days)).rows).toMatchObject([{ returned: 1, itemsAsked: 1 }]);
  });

  test.each([
    ['days the wrong way round', AGENCY, { from: '2025-02-01', to: '2025-01-31' }, 'from'], ['more than three years', AGENCY, { from: '2021-01-01', to: '2024-01-01' }, 'to'],
    ['a year before there were any', AGENCY, { from: '0000-01-01', to: '0000-02-01' }, 'from'], ['an office that names no agency', 'supervisorDallas', {}, 'agency'],
  ] as const)('refuses %s', async (_, who, asked, field) => {
    const { errors } = await world.as(who).ask(SCORECARD, { from: '2025-01-01', to: '2025-12-31', ...asked });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field, remedy: expect.any(String) });
  });

  test('is nobody’s of the coalition', async () => {
    for (const who of ['administrator', 'analyst', 'auditor'] as const) expect(await world.as(who).refused(SCORECARD, { agency: dallas, from: '2025-01-01', to: '2025-12-31' }), who).toBe('FORBIDDEN');
  });
});

describe('the unit of a referral', () => {
  test('is shown to both sides, with the agency and the day of arrival', async () => {
    const built = await arrived('2024-11-02T12:00:00Z', { unit: 'Traffic' });
    const { case: found } = await world.as('attorneyDallas').get('query ($id: ID) { case(id: $id) { referrals { unit receivedAt agency { name } } } }', { id: built.id });
    expect(found.referrals).toEqual([{ unit: 'Traffic', receivedAt: '2024-11-02T12:00:00.000Z', agency: { name: 'Dallas Police Department' } }]);
    expect((await world.as(AGENCY).get('query ($id: ID!) { referral(id: $id) { unit } }', { id: built.referralId }))['referral']).toEqual({ unit: 'Traffic' });
  });

  test.each([['  '], ['x'.repeat(81)]])('is refused as %j', async (unit) => {
    const { validateReferral } = await world.as(AGENCY).get('mutation ($input: ValidateReferralInput!) { validateReferral(input: $input) { acceptable problems { code path } } }', { input: { referral: world.referral({ unit }) } });
    expect(validateReferral).toEqual({ acceptable: false, problems: [{ code: 'UNIT_INVALID', path: 'unit' }] });
  });
});
