import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { charging } from './charging.world.ts';
import { withAffiliation } from './decisions.world.ts';
import { adopted, opens } from './rulebooks.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof charging>;
/** Deadly conduct: Class A misdemeanor, or a felony of the third degree. */
let graded: string;
beforeAll(async () => {
  world = await openWorld();
  play = charging(world);
  graded = await play.statute('Tex. Penal Code 22.05');
});
afterAll(() => world.close());

const NO_SUCH = { code: 'BAD_USER_INPUT', field: 'level', rule: 'LEVEL_OF_STATUTE', citation: 'Tex. Penal Code 22.05', remedy: expect.stringContaining('FELONY, MISDEMEANOR') };
const naming = (built: BuiltCase, chargeId: string, level: string, reason = 'A firearm was discharged.') => ({ caseId: built.id, chargeId, level, reason });

describe('a charge under a statute that is graded by its facts', () => {
  test('names its level when it is proposed, and the case takes it over in the place of EITHER', async () => {
    const built = await play.claimed();
    const { charge, case: after } = await play.tell('attorneyDallas', 'proposeCharge', await play.proposal(built, { statuteId: graded, level: 'MISDEMEANOR' }));
    expect(charge).toMatchObject({ level: 'MISDEMEANOR', version: { level: 'EITHER' }, levelNamings: [] });
    expect(after).toEqual({ version: built.version, level: 'MISDEMEANOR' });
    expect((await play.view('supervisorDallas', built)).events.nodes[0]).toMatchObject({ act: 'CHARGE_PROPOSED', body: { chargeId: charge.id, level: 'MISDEMEANOR' } });
  });

  test('names it later, for a reason; what was named before stays in view', async () => {
    const built = await play.claimed();
    const { id: chargeId, level } = await play.propose('attorneyDallas', built, { statuteId: graded });
    expect([level, (await play.view('attorneyDallas', built)).level]).toEqual([null, 'EITHER']);
    const first = await play.tell('attorneyDallas', 'nameChargeLevel', naming(built, chargeId, 'MISDEMEANOR', 'Nobody was shot at.'));
    expect(first).toMatchObject({ charge: { level: 'MISDEMEANOR' }, case: { level: 'MISDEMEANOR' } });
    const second = await play.tell('supervisorDallas', 'nameChargeLevel', naming(built, chargeId, 'FELONY'));
    expect(second).toMatchObject({
      charge: { level: 'FELONY', levelNamings: [
        { level: 'FELONY', reason: 'A firearm was discharged.', namedBy: { name: 'Sue Visser' } }, { level: 'MISDEMEANOR', reason: 'Nobody was shot at.', namedBy: { name: 'Ada Attwell' } },
      ] },
      case: { level: 'FELONY', version: built.version },
    });
    const { events } = await play.view('attorneyDallas', built);
    expect(events.nodes.slice(0, 2)).toEqual([
      { act: 'CHARGE_LEVEL_NAMED', body: { chargeId, level: 'FELONY', before: 'MISDEMEANOR' } }, { act: 'CHARGE_LEVEL_NAMED', body: { chargeId, level: 'MISDEMEANOR', before: null } },
    ]);
  });

  test('names none that the statute has not, and EITHER is none; told with the citation, when it is proposed and later', async () => {
    const built = await play.claimed();
    for (const level of ['GROSS_MISDEMEANOR', 'EITHER']) expect(await play.refusal('attorneyDallas', 'proposeCharge', await play.proposal(built, { statuteId: graded, level }))).toMatchObject(NO_SUCH);
    const { id } = await play.propose('attorneyDallas', built, { statuteId: graded });
    for (const level of ['GROSS_MISDEMEANOR', 'EITHER']) expect(await play.refusal('attorneyDallas', 'nameChargeLevel', naming(built, id, level))).toMatchObject(NO_SUCH);
    expect((await play.view('attorneyDallas', built)).charges).toMatchObject([{ level: null, levelNamings: [] }]);
  });

  test('of which no levels are told apart takes any; one that is not graded takes its own alone', async () => {
    const built = await play.claimed();
    const { statuteId } = await play.invented('97.01', [[null, null]], { level: 'EITHER' });
    expect((await play.propose('attorneyDallas', built, { statuteId, level: 'GROSS_MISDEMEANOR' })).level).toBe('GROSS_MISDEMEANOR');
    const { statuteId: felony } = await play.invented('97.02', [[null, null]]);
    expect(await play.refusal('attorneyDallas', 'proposeCharge', await play.proposal(built, { statuteId: felony, level: 'MISDEMEANOR' }))).toMatchObject({ ...NO_SUCH, citation: 'Tex. Penal Code 97.02', remedy: expect.stringContaining('(FELONY)') });
    expect((await play.propose('attorneyDallas', built, { statuteId: felony, level: 'FELONY' })).level).toBe('FELONY');
  });

  test('is not the same as one of another level: each may be proposed, and neither becomes the other', async () => {
    const built = await play.claimed();
    const felony = await play.propose('attorneyDallas', built, { statuteId: graded, level: 'FELONY' });
    const lesser = await play.propose('attorneyDallas', built, { statuteId: graded, level: 'MISDEMEANOR' });
    for (const level of ['FELONY', undefined]) expect(await play.refusal('attorneyDallas', 'proposeCharge', await play.proposal(built, { statuteId: graded, level }))).toMatchObject({ code: 'CONFLICT', chargeId: expect.any(String) });
    expect(await play.refusal('attorneyDallas', 'nameChargeLevel', naming(built, lesser.id, 'FELONY'))).toMatchObject({ code: 'CONFLICT', chargeId: felony.id, remedy: expect.any(String) });
    expect((await play.view('attorneyDallas', built)).charges.map(({ level }: { level: string }) => level)).toEqual(['FELONY', 'MISDEMEANOR']);
  });
});

describe('the level that is named', () => {
  test('is a conflict where the charge names it already, is withdrawn, or the case is declined; of several at once one is kept', async () => {
    const built = await play.claimed();
    const { id } = await play.propose('attorneyDallas', built, { statuteId: graded });
    const replies = await Promise.all(Array.from({ length: 6 }, () => play.ask('attorneyDallas', 'nameChargeLevel', naming(built, id, 'FELONY'))));
    expect(replies.filter(({ errors }) => !errors)).toHaveLength(1);
    for (const { errors } of replies.filter((reply) => reply.errors)) expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', level: 'FELONY' });
    expect(await play.refusal('attorneyDallas', 'nameChargeLevel', naming(built, id, 'MISDEMEANOR', ' '))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    await play.tell('attorneyDallas', 'withdrawCharge', { caseId: built.id, chargeId: id });
    expect(await play.refusal('attorneyDallas', 'nameChargeLevel', naming(built, id, 'MISDEMEANOR'))).toMatchObject({ code: 'CONFLICT', state: 'WITHDRAWN', remedy: expect.any(String) });
    await world.database.owner`update comity.cases set stage = 'DECLINED' where id = ${built.id}`;
    expect(await play.refusal('attorneyDallas', 'nameChargeLevel', naming(built, id, 'MISDEMEANOR'))).toMatchObject({ code: 'CONFLICT', stage: 'DECLINED' });
  });

  test('is named by who charges the case: not by a colleague, an investigator or another office; hidden answers as absent', async () => {
    const built = await play.claimed();
    const { id } = await play.propose('attorneyDallas', built, { statuteId: graded });
    for (const who of ['secondDallas', 'investigatorDallas'] as const) expect(await play.refusal(who, 'nameChargeLevel', naming(built, id, 'FELONY'))).toMatchObject({ code: 'FORBIDDEN' });
    const hidden = await play.refusal('attorneyHennepin', 'nameChargeLevel', naming(built, id, 'FELONY'));
    expect(hidden).toMatchObject({ code: 'NOT_FOUND' });
    for (const absent of [newId(), 'no id']) expect(await play.refusal('attorneyDallas', 'nameChargeLevel', naming(built, absent, 'FELONY'))).toEqual({ ...hidden, field: 'chargeId', remedy: expect.any(String) });
  });

  test('opens and closes what a rule book makes depend on the level, is what cases are filtered by, and what a venue is judged by', async () => {
    await adopted(world, { sharing: [opens(world.officeIds['hennepin-mn'], ['REPORT'], { levels: ['FELONY'] })] });
    const built = await play.claimed();
    const { id } = await play.propose('attorneyDallas', built, { statuteId: graded });
    const found = async (level: string) => (await world.as('supervisorDallas').get('query ($levels: [OffenceLevel!]) { cases(first: 100, filter: { levels: $levels, stages: [CLAIMED] }) { nodes { id } } }', { levels: [level] }))['cases'].nodes.some((each: { id: string }) => each.id === built.id);
    const seen = async () => (await world.as('attorneyHennepin').get('query ($id: ID) { case(id: $id) { id } }', { id: built.id }))['case'] !== null;
    const judged = async () => (await world.as('attorneyDallas').get('query ($id: ID) { case(id: $id) { venues { level { level } } } }', { id: built.id }))['case'].venues;
    expect([await found('EITHER'), await found('FELONY'), await seen()]).toEqual([true, false, false]);
    await play.tell('attorneyDallas', 'nameChargeLevel', naming(built, id, 'FELONY'));
    expect([await found('EITHER'), await found('FELONY'), await seen(), await judged()]).toEqual([false, true, true, [{ level: { level: 'FELONY' } }]]);
    await play.tell('attorneyDallas', 'nameChargeLevel', naming(built, id, 'MISDEMEANOR'));
    expect([await found('MISDEMEANOR'), await found('FELONY'), await seen()]).toEqual([true, false, false]);
  });

  test('decides which instrument begins the case: a felony is not begun as a misdemeanor is', async () => {
    const built = await play.claimed();
    await withAffiliation(world, built);
    const { id } = await play.propose('attorneyDallas', built, { statuteId: graded, level: 'MISDEMEANOR' });
    await world.database.owner`insert into comity.decisions (case_id, id, needs, charge_id, outcome, reason_codes, state, proposed_by, proposed_at)
      values (${built.id}, ${newId()}, 16, ${id}, 'CHARGE', '{EVIDENCE_SUFFICIENT}', 'STANDING', ${world.memberIds.attorneyDallas}, now())`;
    const { case: filed } = await play.tell('attorneyDallas', 'fileCharges', {
      caseId: built.id, chargeIds: [id], instrument: 'INFORMATION_MISDEMEANOR', court: 'County Court', docketNumber: 'M-1', filedOn: '2026-05-04', expectedVersion: built.version,
    }, 'case { charges { filing { warnings } } }');
    expect(filed.charges).toEqual([{ filing: { warnings: [] } }]);
    expect(await play.refusal('attorneyDallas', 'nameChargeLevel', naming(built, id, 'FELONY'))).toMatchObject({ code: 'CONFLICT', state: 'FILED' });
  });
});

test('by their own hand nobody names a level that the text has not, in another’s name, or of a charge that is over', async () => {
  const built = await play.claimed();
  const { id } = await play.propose('attorneyDallas', built, { statuteId: graded });
  const write = (level: string, by = 'comity.member()', needs: number = FACETS.CHARGES) =>
    `insert into comity.charge_levels (case_id, id, needs, charge_id, level, reason, named_by, named_at) values ($1::uuid, $2::uuid, ${needs}, $3::uuid, '${level}', 'x', ${by}, clock_timestamp())`;
  const copy = (level: string) => `insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, level, state, warnings, proposed_by, proposed_at)
    select case_id, $2::uuid, needs, person_id, statute_id, statute_version_id, 1, '2026-01-01', '${level}', 'PROPOSED', '{}', comity.member(), now() from comity.charges where case_id = $1::uuid and id = $3::uuid`;
  await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
    const given = () => [built.id, newId(), id];
    expect(await refusal(write('FELONY'), given())).toBe('passed');
    expect(await refusal(write('GROSS_MISDEMEANOR'), given())).toBe('42501');
    expect(await refusal(write('FELONY', `'${newId()}'`), given())).toBe('42501');
    expect(await refusal(write('FELONY', 'comity.member()', FACETS.SUMMARY), given())).toBe('42501');
    expect(await refusal(copy('MISDEMEANOR'), given())).toBe('passed');
    expect(await refusal(copy('GROSS_MISDEMEANOR'), given())).toBe('42501');
    expect(await refusal(`update comity.charges set level = 'FELONY' where case_id = $1::uuid and id = $3::uuid and $2::uuid is not null`, given())).toBe('42501');
  });
  await seated(world.database, { as: world.memberIds.attorneyHennepin }, async ({ refusal }) => expect(await refusal(write('FELONY'), [built.id, newId(), id])).toBe('42501'));
});
