import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHARGE, charging } from './charging.world.ts';
import { withAffiliation } from './decisions.world.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof charging>;
beforeAll(async () => {
  world = await openWorld();
  play = charging(world);
});
afterAll(() => world.close());

const LAW = { code: 'BAD_USER_INPUT', rule: 'LAW_OF_THE_DAY', citation: expect.stringContaining('Calder v. Bull'), remedy: expect.any(String) };
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

describe('a charge of an offence that took several days', () => {
  test('shows its range and the days of further counts in order, and pins the text of the earliest day', async () => {
    const built = await play.claimed();
    const { statuteId, versionIds } = await play.invented('98.01', [['2010-01-01', '2025-12-31'], ['2026-01-01', null]]);
    const told = { statuteId, counts: 3, offenceOn: '2026-02-01', offenceUntil: '2026-02-20', offenceDays: ['2026-03-03', '2026-02-28'] };
    const charge = await play.propose('attorneyDallas', built, told);
    expect(charge).toMatchObject({ counts: 3, offenceOn: '2026-02-01', offenceUntil: '2026-02-20', offenceDays: ['2026-02-28', '2026-03-03'], version: { id: versionIds[1] } });
    expect((await play.view('supervisorDallas', built)).charges).toEqual([charge]);
    const earlier = await play.propose('attorneyDallas', built, { statuteId, counts: 1, offenceOn: '2025-01-01', offenceUntil: '2025-12-31' });
    expect(earlier).toMatchObject({ offenceDays: [], version: { id: versionIds[0] } });
  });

  test('of one day says so: no range, no further days', async () => {
    expect(await play.propose('attorneyDallas', await play.claimed(), { counts: 5 })).toMatchObject({ offenceOn: '2026-03-14', offenceUntil: null, offenceDays: [] });
  });

  test('takes a hundred further days and no more', async () => {
    const built = await play.claimed();
    const days = Array.from({ length: 101 }, (_, at) => new Date(Date.UTC(2025, 0, 2 + at)).toISOString().slice(0, 10));
    const told = { offenceOn: '2025-01-01', counts: 500 };
    expect(await play.refusal('attorneyDallas', 'proposeCharge', await play.proposal(built, { ...told, offenceDays: days }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'offenceDays', remedy: expect.stringContaining('100') });
    expect((await play.propose('attorneyDallas', built, { ...told, offenceDays: days.slice(1) })).offenceDays).toHaveLength(100);
  });
});

describe('days that cannot be are refused, with the rule and its citation, and nothing is kept:', () => {
  test.each([
    ['a day that is not known', { offenceOn: null }, { ...LAW, field: 'offenceOn', message: expect.stringContaining('not known'), remedy: expect.stringContaining('Give a range') }],
    ['a range whose first day is not told', { offenceUntil: '2026-03-14' }, { ...LAW, field: 'offenceOn', remedy: expect.stringContaining('Give a range') }],
    ['a range that ends before it starts', { offenceOn: '2026-03-02', offenceUntil: '2026-03-01' }, { ...LAW, field: 'offenceUntil', message: 'This range ends before it starts.' }],
    ['a range into the future', { offenceOn: '2026-03-02', offenceUntil: tomorrow() }, { code: 'BAD_USER_INPUT', field: 'offenceUntil', message: 'The offence lies in the future.' }],
    ['a range of another century', { offenceOn: '1899-12-31', offenceUntil: '2026-01-01' }, { code: 'BAD_USER_INPUT', field: 'offenceOn' }],
    ['a further day in the future', { offenceDays: [tomorrow()], counts: 2 }, { code: 'BAD_USER_INPUT', field: 'offenceDays' }],
    ['a further day before the first', { offenceDays: ['2026-03-13'], counts: 2 }, { ...LAW, field: 'offenceDays', remedy: 'Give the earliest day as offenceOn.' }],
    ['the first day once more', { offenceDays: ['2026-03-14'], counts: 2 }, { ...LAW, field: 'offenceDays' }],
    ['a day twice', { offenceDays: ['2026-03-15', '2026-03-15'], counts: 5 }, { code: 'BAD_USER_INPUT', field: 'offenceDays', message: 'A day is given twice.' }],
    ['more days than counts', { offenceDays: ['2026-03-15', '2026-03-16'], counts: 2 }, { code: 'BAD_USER_INPUT', field: 'offenceDays', message: 'These are more days than counts.', remedy: expect.stringContaining('at least 3 counts') }],
  ])('%s', async (_name, told, refused) => {
    const built = await play.claimed();
    expect(await play.refusal('attorneyDallas', 'proposeCharge', await play.proposal(built, told))).toMatchObject(refused);
    expect((await play.view('attorneyDallas', built)).charges).toEqual([]);
  });

  test('days between which the law changed, naming both texts and telling to split the charge', async () => {
    const built = await play.claimed();
    const { statuteId } = await play.invented('98.02', [['2010-01-01', '2026-02-28'], ['2026-03-01', null]]);
    const refused = {
      ...LAW, statute: 'Tex. Penal Code 98.02', remedy: expect.stringContaining('Split the charge'),
      message: expect.stringContaining('on the first Tex. Penal Code 98.02 as in force from 2010-01-01 until 2026-02-28 is in force, on a later one Tex. Penal Code 98.02 as in force from 2026-03-01.'),
    };
    const told = { statuteId, offenceOn: '2026-02-01', counts: 2 };
    expect(await play.refusal('attorneyDallas', 'proposeCharge', await play.proposal(built, { ...told, offenceUntil: '2026-03-01' }))).toMatchObject({ ...refused, field: 'offenceUntil' });
    expect(await play.refusal('attorneyDallas', 'proposeCharge', await play.proposal(built, { ...told, offenceDays: ['2026-03-14'] }))).toMatchObject({ ...refused, field: 'offenceDays' });
    expect(await play.propose('attorneyDallas', built, { ...told, offenceUntil: '2026-02-28' })).toMatchObject({ offenceUntil: '2026-02-28' });
    expect(await play.propose('attorneyDallas', built, { ...told, offenceOn: '2026-03-01', offenceUntil: '2026-03-14' })).toMatchObject({ offenceOn: '2026-03-01' });
  });

  test('days of which some lie in a gap between two texts, or in a text that came and went', async () => {
    const built = await play.claimed();
    const { statuteId: gap } = await play.invented('98.03', [[null, '2025-12-31'], ['2026-03-01', null]]);
    const over = { offenceOn: '2025-12-01', offenceUntil: '2026-01-15' };
    expect(await play.refusal('attorneyDallas', 'proposeCharge', await play.proposal(built, { statuteId: gap, ...over }))).toMatchObject({ ...LAW, message: expect.stringContaining('on a later one no text of it') });
    const { statuteId: brief } = await play.invented('98.04', [['2020-01-01', null], ['2026-01-05', '2026-01-06']]);
    expect(await play.refusal('attorneyDallas', 'proposeCharge', await play.proposal(built, { statuteId: brief, ...over }))).toMatchObject({ ...LAW, message: expect.stringContaining('from 2026-01-05 until 2026-01-06') });
  });

  test('days on which the law stood under another citation, named too', async () => {
    const built = await play.claimed();
    const [{ statuteId, versionIds: [text] }, later] = [await play.invented('98.05', [['2010-01-01', '2024-12-31']]), await play.invented('98.06', [['2025-01-01', null]])];
    await world.database.owner`update comity.statute_versions set superseded_by = ${later.statuteId} where id = ${text ?? ''}`;
    expect(await play.refusal('attorneyDallas', 'proposeCharge', await play.proposal(built, { statuteId, offenceOn: '2024-12-30', offenceUntil: '2025-01-02' }))).toMatchObject({ ...LAW, message: expect.stringContaining('on a later one Tex. Penal Code 98.06') });
    expect(await play.refusal('attorneyDallas', 'proposeCharge', await play.proposal(built, { statuteId }))).toMatchObject({ ...LAW, field: 'statuteId', message: expect.stringContaining('It went on as Tex. Penal Code 98.06.') });
  });
});

test('a charge is filed after the last of its days, not after the first alone', async () => {
  const built = await play.claimed();
  await withAffiliation(world, built);
  const filed = async (chargeId: string, filedOn: string) => play.refusal('attorneyDallas', 'fileCharges', {
    caseId: built.id, chargeIds: [chargeId], instrument: 'INDICTMENT', court: 'District Court', docketNumber: 'F-1', filedOn, expectedVersion: built.version,
  }, 'case { id }');
  for (const told of [{ offenceUntil: '2026-03-20' }, { offenceDays: ['2026-03-20'], counts: 2 }]) {
    const { id } = await play.propose('attorneyDallas', built, { offenceOn: '2026-03-01', ...told });
    await world.database.owner`insert into comity.decisions (case_id, id, needs, charge_id, outcome, reason_codes, state, proposed_by, proposed_at)
      values (${built.id}, gen_random_uuid(), 16, ${id}, 'CHARGE', '{EVIDENCE_SUFFICIENT}', 'STANDING', ${world.memberIds.attorneyDallas}, now())`;
    expect(await filed(id, '2026-03-19')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filedOn' });
    await world.database.owner`update comity.decisions set state = 'SUPERSEDED' where case_id = ${built.id}`;
    await play.tell('attorneyDallas', 'withdrawCharge', { caseId: built.id, chargeId: id }, `charge { ${CHARGE} }`);
  }
});

test('the tables take no range that ends before it starts, no further day before the first, and no more than a hundred', async () => {
  const built = await play.claimed();
  const { id } = await play.propose('attorneyDallas', built);
  const { owner } = world.database;
  const days = Array.from({ length: 101 }, (_, at) => `2026-04-${String((at % 28) + 1).padStart(2, '0')}`);
  await expect(owner`update comity.charges set offence_until = offence_on - 1 where case_id = ${built.id} and id = ${id}`).rejects.toMatchObject({ code: '23514' });
  await expect(owner`update comity.charges set offence_days = array[offence_on] where case_id = ${built.id} and id = ${id}`).rejects.toMatchObject({ code: '23514' });
  await expect(owner`update comity.charges set offence_days = ${`{${days.join(',')}}`}::text::date[] where case_id = ${built.id} and id = ${id}`).rejects.toMatchObject({ code: '23514' });
});
