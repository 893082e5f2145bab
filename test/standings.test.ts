import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { incidentIn } from './policies.world.ts';
import { withItem } from './returns.world.ts';
import { adopted } from './rulebooks.world.ts';
import { openWorld, type CastMember, type World } from './world.ts';

let world: World;
const statements: string[] = [];
beforeAll(async () => { world = await openWorld({ observe: ({ kind, text }) => { if (kind === 'statement') statements.push(text); } }); });
afterAll(() => world.close());

const STATUS = 'query ($keys: [ReferralKeyInput!]!) { referralStatus(keys: $keys) { standing idempotencyKey reportNumber referralId state since openItems outcome } }';
const ask = async (keys: object[], by: CastMember = 'machineDallasPolice') => (await world.as(by).get(STATUS, { keys }))['referralStatus'];
const submitted = async (by: CastMember = 'chiefDallasPolice', changes: object = {}) => {
  const [idempotencyKey, referral] = [newId(), world.referral({ ...changes })];
  const { submitReferral } = await world.as(by).get('mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { referral { id } } }', { input: { idempotencyKey, referral } });
  return { idempotencyKey, reportNumber: String(referral['reportNumber']), id: String(submitReferral.referral.id) };
};
const NOT_KNOWN = { standing: 'NOT_KNOWN', referralId: null, state: null, since: null, openItems: null, outcome: null };

test('a records system asks by key, by report number or by both, and is answered in its order', async () => {
  const [one, two] = [await submitted(), await submitted()];
  const answers = await ask([{ reportNumber: two.reportNumber }, { idempotencyKey: one.idempotencyKey }, { reportNumber: 'R-NEVER' }, { idempotencyKey: two.idempotencyKey, reportNumber: two.reportNumber }, { reportNumber: two.reportNumber }]);
  expect(answers.map((answer: { referralId: string | null }) => answer.referralId)).toEqual([two.id, one.id, null, two.id, two.id]);
  expect(answers[1]).toEqual({ standing: 'KNOWN', idempotencyKey: one.idempotencyKey, reportNumber: one.reportNumber, referralId: one.id, state: 'SUBMITTED', since: expect.stringMatching(/Z$/), openItems: 0, outcome: null });
});

test('a referral of another agency is answered as one that never was', async () => {
  const theirs = await submitted('chiefChicagoPolice', incidentIn('17031'));
  const own = await submitted();
  const answers = await ask([{ reportNumber: theirs.reportNumber }, { idempotencyKey: theirs.idempotencyKey }, { reportNumber: 'R-NEVER' }, { idempotencyKey: own.idempotencyKey, reportNumber: theirs.reportNumber }]);
  expect(answers).toEqual([
    { ...NOT_KNOWN, idempotencyKey: null, reportNumber: theirs.reportNumber }, { ...NOT_KNOWN, idempotencyKey: theirs.idempotencyKey, reportNumber: null },
    { ...NOT_KNOWN, idempotencyKey: null, reportNumber: 'R-NEVER' }, { ...NOT_KNOWN, idempotencyKey: own.idempotencyKey, reportNumber: theirs.reportNumber },
  ]);
});

test('a hundred are asked about in one statement, more or none or nobody are refused', async () => {
  const keys = Array.from({ length: 100 }, (_, index) => ({ reportNumber: `R-NEVER-${index}`, idempotencyKey: index % 2 ? null : `"k{,}\\${index}` }));
  statements.length = 0;
  expect(await ask(keys)).toHaveLength(100);
  expect(statements.filter((text) => text.includes('referral_standings'))).toHaveLength(1);
  for (const wrong of [[], [...keys, { reportNumber: 'R-1' }], [{ reportNumber: 'R-1' }, {}]]) expect(await world.as('machineDallasPolice').refused(STATUS, { keys: wrong }), String(wrong.length)).toBe('BAD_USER_INPUT');
  expect(await world.as('attorneyDallas').refused(STATUS, { keys: [{ reportNumber: 'R-1' }] })).toBe('FORBIDDEN');
});

test('items and outcome are told as far as the rule book of the lead shows them', async () => {
  const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await withItem(world, built);
  const key = [{ reportNumber: (await world.database.owner`select report_number from comity.referrals where id = ${built.referralId}`)[0]?.['report_number'] }];
  expect(await ask(key)).toMatchObject([{ standing: 'KNOWN', openItems: 1, outcome: null }]);
  await world.database.owner`update comity.cases set stage = 'DECLINED' where id = ${built.id}`;
  // Without a rule of the lead agencies learn status and items, never the outcome.
  expect(await ask(key)).toMatchObject([{ openItems: 1, outcome: null }]);
  await adopted(world, { agency: [{ show: 'OUTCOME', basis: 'Asked for.' }] });
  expect(await ask(key)).toMatchObject([{ openItems: null, outcome: 'DECLINED' }]);
  // Of a sealed case no outcome is told.
  await world.database.owner`insert into comity.closings (case_id, subject, facets, unless, until, cause, ref) values (${built.id}, null, 1, '{}', 'infinity', 'SEAL', ${newId()})`;
  expect(await ask(key)).toMatchObject([{ standing: 'KNOWN', outcome: null }]);
});
