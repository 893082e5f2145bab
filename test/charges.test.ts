import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bits } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { completeReferral, openWorld, type BuiltCase, type CastMember, type Reply, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const CHARGE = `id counts offenceOn state proposedAt proposedBy { name } person { id part } statute { citation }
  version { id validFrom validTo confidence } warnings { code message }`;
const PROPOSE = `mutation ($input: ProposeChargeInput!) { proposeCharge(input: $input) { charge { ${CHARGE} } case { version charges { id } } } }`;
const WITHDRAW = `mutation ($input: WithdrawChargeInput!) { withdrawCharge(input: $input) { charge { ${CHARGE} } } }`;
const VIEW = `query ($id: ID) { case(id: $id) { version charges { ${CHARGE} } events(first: 100) { nodes { act body } } } }`;

const claimed = (referral: Record<string, unknown> = {}) => world.buildCase({ claimedBy: 'attorneyDallas', referral });
const bytes = ({ errors }: Reply) => ({ message: errors?.[0]?.message, ...errors?.[0]?.extensions });
const statute = async (citation: string): Promise<string> => String((await world.database.owner`select id from comity.statutes where citation = ${citation}`)[0]?.['id']);
const input = async (built: BuiltCase, changes: Record<string, unknown> = {}) =>
  ({ input: { caseId: built.id, personId: built.personIds[0], statuteId: await statute('Tex. Penal Code 22.01'), counts: 1, ...changes } });
const propose = async (who: CastMember, built: BuiltCase, changes?: Record<string, unknown>) => (await world.as(who).get(PROPOSE, await input(built, changes)))['proposeCharge'].charge;
const refusal = async (who: CastMember, built: BuiltCase, changes?: Record<string, unknown>) => bytes(await world.as(who).ask(PROPOSE, await input(built, changes)));
const withdraw = (who: CastMember, built: BuiltCase, chargeId: string) => world.as(who).ask(WITHDRAW, { input: { caseId: built.id, chargeId } });
const view = async (who: CastMember, built: BuiltCase) => (await world.as(who).get(VIEW, { id: built.id }))['case'];
const codes = (charge: { warnings: { code: string }[] }) => charge.warnings.map(({ code }) => code);

/** A statute of Texas that nobody enacted, with a text for each period. */
async function invented(section: string, periods: readonly (readonly [from: string | null, to: string | null])[]): Promise<{ statuteId: string; versionIds: string[] }> {
  const { owner } = world.database;
  const statuteId = newId();
  await owner`insert into comity.statutes (id, state, code, citation, title, tags, keywords) values (${statuteId}, 'TX', 'TEX_PENAL', ${`Tex. Penal Code ${section}`}, 'Invented', '{}', '')`;
  const versionIds: string[] = [];
  for (const [from, to] of periods) {
    versionIds.push(newId());
    await owner`insert into comity.statute_versions (id, statute_id, valid_from, valid_to, class, level, elements, limitation, max_penalty, nibrs, applies_to_federal_officer, source, confidence)
      values (${versionIds.at(-1) as string}, ${statuteId}, ${from}, ${to}, 'Class', 'FELONY', '[]', '{}', '', '', 'UNLIKELY', '', 'LOW')`;
  }
  return { statuteId, versionIds };
}

describe('the law of the day', () => {
  test('a charge of assault in Texas pins its text, whose start nobody verified', async () => {
    const built = await claimed();
    const charge = await propose('attorneyDallas', built, { counts: 2 });
    expect(charge).toMatchObject({
      counts: 2, offenceOn: '2026-03-14', state: 'PROPOSED', proposedBy: { name: 'Ada Attwell' }, person: { id: built.personIds[0], part: 'OFFICIAL' },
      statute: { citation: 'Tex. Penal Code 22.01' }, version: { validFrom: null, validTo: null, confidence: 'HIGH' },
    });
    expect(charge.warnings).toEqual([
      { code: 'START_UNVERIFIED', message: expect.stringContaining('not verified since when') }, { code: 'UNATTESTED', message: expect.stringContaining('No counsel') },
    ]);
    const { charges, events, version } = await view('attorneyDallas', built);
    expect(charges).toEqual([charge]);
    expect(version).toBe(built.version);
    expect(events.nodes[0]).toEqual({ act: 'CHARGE_PROPOSED', body: { chargeId: charge.id, personId: built.personIds[0], statuteId: await statute('Tex. Penal Code 22.01'), statuteVersionId: charge.version.id, counts: 2 } });
  });

  test('an offence that does not reach a federal officer warns in the words of the statute, and does not block', async () => {
    const charge = await propose('attorneyDallas', await claimed(), { statuteId: await statute('Tex. Penal Code 39.03') });
    expect(codes(charge)).toEqual(['START_UNVERIFIED', 'UNATTESTED', 'OFFICER_REACH_NO']);
    expect(charge.warnings[2].message).toMatch(/does not reach a federal officer\. On officers: Penal Code 1\.07/);
  });

  test('a text that rests on less than full confidence says so, and one without doubt says nothing', async () => {
    const built = await claimed();
    expect(codes(await propose('attorneyDallas', built, { statuteId: await statute('Tex. Penal Code 37.11') }))).toEqual(['UNATTESTED', 'MEDIUM_CONFIDENCE']);
    const burglary = await statute('Tex. Penal Code 30.02');
    await world.database.owner`update comity.statute_versions set attested_by = 'Counsel, invented' where statute_id = ${burglary}`;
    expect((await propose('attorneyDallas', built, { statuteId: burglary })).warnings).toEqual([]);
    const { statuteId } = await invented('99.01', [[null, null]]);
    expect(codes(await propose('attorneyDallas', built, { statuteId }))).toEqual(['START_UNVERIFIED', 'UNATTESTED', 'LOW_CONFIDENCE', 'OFFICER_REACH_UNLIKELY']);
  });

  test('of several texts the one in force on the day is pinned, first and last day included', async () => {
    const built = await claimed();
    const { statuteId, versionIds: [old, amended, current] } = await invented('99.02', [[null, '2009-12-31'], ['2010-01-01', '2019-12-31'], ['2021-01-01', null]]);
    for (const [offenceOn, version] of [['1980-01-01', old], ['2009-12-31', old], ['2010-01-01', amended], ['2019-12-31', amended], ['2021-01-01', current], [undefined, current]]) {
      expect((await propose('attorneyDallas', built, { statuteId, offenceOn })).version.id).toBe(version);
    }
    expect(await refusal('attorneyDallas', built, { statuteId, offenceOn: '2020-06-15' })).toMatchObject({
      code: 'BAD_USER_INPUT', field: 'statuteId', remedy: expect.any(String), rule: 'LAW_OF_THE_DAY', citation: expect.stringContaining('Calder v. Bull'), statute: 'Tex. Penal Code 99.02',
      message: 'Tex. Penal Code 99.02 is not in force on 2020-06-15. It is in force until 2009-12-31, and from 2010-01-01 until 2019-12-31, and from 2021-01-01.',
    });
  });

  test('before its first day a statute is refused, with the day', async () => {
    const built = await claimed();
    const statuteId = await statute('Tex. Penal Code 20.03');
    expect(await refusal('attorneyDallas', built, { statuteId, offenceOn: '1994-08-31' })).toMatchObject({
      code: 'BAD_USER_INPUT', message: expect.stringMatching(/^No text of Tex\. Penal Code 20\.03 for 1994-08-31 is on file\..*from 1994-09-01/), remedy: expect.stringContaining('comity law load'),
    });
    expect(codes(await propose('attorneyDallas', built, { statuteId, offenceOn: '1994-09-01' }))).toEqual(['UNATTESTED']);
    expect(await refusal('attorneyDallas', built, { statuteId: (await invented('99.03', [])).statuteId })).toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringContaining('No text') });
  });

  test('a charge keeps its text when the law changes', async () => {
    const built = await claimed();
    const { statuteId, versionIds: [first] } = await invented('99.04', [['2000-01-01', null]]);
    await propose('attorneyDallas', built, { statuteId });
    await world.database.owner`update comity.statute_versions set valid_to = '2025-12-31' where id = ${first as string}`;
    const [{ warnings }] = (await view('attorneyDallas', built)).charges;
    expect((await view('attorneyDallas', built)).charges).toMatchObject([{ version: { id: first } }]);
    expect(warnings[0]).toEqual({ code: 'NOT_IN_FORCE', message: 'As the law is on file now, this text is not in force on all days of the offence.' });
  });

  test('and says today what is on file of it today: where it ended and what took its place, whom it reaches, how sure it is', async () => {
    const { owner } = world.database;
    const told = async (built: BuiltCase) => (await view('attorneyDallas', built)).charges[0].warnings.map(({ code, message }: { code: string; message: string }) => [code, message]);
    const built = await claimed();
    const { statuteId, versionIds: [first = ''] } = await invented('99.05', [['2000-01-01', null]]);
    expect(codes(await propose('attorneyDallas', built, { statuteId, offenceOn: '2026-03-01', offenceUntil: '2026-03-14' }))).toEqual(['UNATTESTED', 'LOW_CONFIDENCE', 'OFFICER_REACH_UNLIKELY']);
    await owner`update comity.statute_versions set applies_to_federal_officer = 'NO', officer_clause = 'None is reached', confidence = 'MEDIUM', valid_from = null where id = ${first}`;
    expect((await told(built)).map(([code = '']: string[]) => code)).toEqual(['START_UNVERIFIED', 'UNATTESTED', 'MEDIUM_CONFIDENCE', 'OFFICER_REACH_NO']);
    expect((await told(built)).at(-1)?.[1]).toMatch(/On officers: None is reached\.$/);
    await owner`update comity.statute_versions set valid_to = '2026-03-10' where id = ${first}`;
    expect((await told(built))[0]).toEqual(['NOT_IN_FORCE', 'As the law is on file now, this text is not in force on all days of the offence.']);
    await owner`update comity.statute_versions set valid_to = '2026-02-01' where id = ${first}`;
    await owner`insert into comity.statute_versions (id, statute_id, valid_from, class, level, elements, limitation, max_penalty, nibrs, applies_to_federal_officer, source, confidence)
      select gen_random_uuid(), statute_id, '2026-02-02', class, level, elements, limitation, max_penalty, nibrs, applies_to_federal_officer, source, confidence from comity.statute_versions where id = ${first}`;
    expect((await told(built))[0]?.[1]).toMatch(/In force on the first of them is its text from 2026-02-02\.$/);
  });
});

describe('what cannot be charged is refused by name', () => {
  test('who: a subject or official of this case, and nobody else', async () => {
    const [built, other] = [await claimed(), await claimed()];
    const refused = await refusal('attorneyDallas', built, { personId: built.personIds[1] });
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', field: 'personId', remedy: expect.stringContaining('SUBJECT or OFFICIAL') });
    for (const personId of [built.personIds[2], other.personIds[0], newId(), 'no id']) expect(await refusal('attorneyDallas', built, { personId })).toEqual(refused);
  });

  test('under what: a statute on file, of the state of the case', async () => {
    const built = await claimed();
    for (const statuteId of [newId(), 'no id']) expect(await refusal('attorneyDallas', built, { statuteId })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'statuteId', remedy: expect.any(String) });
    expect(await refusal('attorneyDallas', built, { statuteId: await statute('720 ILCS 5/12-3') })).toMatchObject({
      code: 'BAD_USER_INPUT', field: 'statuteId', message: '720 ILCS 5/12-3 is a statute of IL; the case lies in TX.', remedy: expect.stringContaining('TX'),
      rule: 'LAW_OF_THE_STATE', citation: expect.stringContaining('Huntington v. Attrill'), statute: '720 ILCS 5/12-3',
    });
  });

  test('how often and when: 1 to 999 counts, and not in the future', async () => {
    const built = await claimed();
    for (const counts of [0, -1, 1000]) expect(await refusal('attorneyDallas', built, { counts })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'counts', remedy: expect.any(String) });
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    expect(await refusal('attorneyDallas', built, { offenceOn: tomorrow })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'offenceOn', remedy: expect.any(String) });
    expect((await propose('attorneyDallas', built, { counts: 999, offenceOn: '2026-03-13' })).offenceOn).toBe('2026-03-13');
    expect((await view('attorneyDallas', built)).charges).toHaveLength(1);
  });
});

describe('the same charge', () => {
  test('is not proposed twice while it is open; on another day, or withdrawn, it is', async () => {
    const built = await claimed();
    const first = await propose('attorneyDallas', built);
    expect(await refusal('attorneyDallas', built, { counts: 3 })).toMatchObject({ code: 'CONFLICT', chargeId: first.id, remedy: expect.any(String) });
    await propose('attorneyDallas', built, { offenceOn: '2026-03-13' });
    await withdraw('attorneyDallas', built, first.id);
    const again = await propose('attorneyDallas', built, { counts: 3 });
    expect((await view('attorneyDallas', built)).charges.map(({ id, state }: { id: string; state: string }) => [id === first.id || id === again.id, state])).toEqual([[true, 'WITHDRAWN'], [false, 'PROPOSED'], [true, 'PROPOSED']]);
  });

  test('of proposals at once one is kept', async () => {
    const built = await claimed();
    const replies = await Promise.all(Array.from({ length: 8 }, async () => world.as('attorneyDallas').ask(PROPOSE, await input(built))));
    expect(replies.filter(({ errors }) => !errors)).toHaveLength(1);
    for (const reply of replies.filter(({ errors }) => errors)) expect(bytes(reply)).toMatchObject({ code: 'CONFLICT' });
    expect((await view('attorneyDallas', built)).charges).toHaveLength(1);
  });
});

describe('who may charge', () => {
  test('an attorney on the team and a supervisor do; other attorneys, other roles and other offices do not', async () => {
    const built = await claimed();
    expect(await refusal('secondDallas', built)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('investigatorDallas', built)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('attorneyHennepin', built)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal('attorneyDallas', await world.buildCase())).toMatchObject({ code: 'FORBIDDEN' });
    const { id } = await propose('supervisorDallas', built);
    expect(bytes(await withdraw('secondDallas', built, id))).toMatchObject({ code: 'FORBIDDEN' });
    expect((await withdraw('attorneyDallas', built, id)).errors).toBeUndefined();
  });

  test('not once the case is declined, which a decision reopens: it is a conflict that says how the case stands', async () => {
    const built = await claimed();
    const { id } = await propose('attorneyDallas', built);
    await world.database.owner`update comity.cases set stage = 'DECLINED' where id = ${built.id}`;
    const standing = { code: 'CONFLICT', stage: 'DECLINED', version: built.version };
    expect(await refusal('attorneyDallas', built, { counts: 2 })).toMatchObject(standing);
    expect(bytes(await withdraw('attorneyDallas', built, id))).toMatchObject(standing);
  });

  test('a charge that waited while the office lost the case is refused and not kept', async () => {
    const built = await claimed();
    let asked: Promise<Reply> | undefined;
    await world.database.owner.begin(async (tx) => {
      await tx`select 1 from comity.trail_heads where case_id = ${built.id} for update`;
      asked = world.as('attorneyDallas').ask(PROPOSE, await input(built));
      await pause(400);
      await tx`update comity.cases set lead_id = null, stage = 'UNCLAIMED' where id = ${built.id}`;
      await tx`select comity.compute_sight(${built.id})`;
    });
    expect(bytes((await asked) as Reply)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await world.database.owner`select 1 from comity.charges where case_id = ${built.id}`).toHaveLength(0);
  });
});

describe('withdrawal', () => {
  test('leaves the charge in view as withdrawn, once', async () => {
    const built = await claimed();
    const { id } = await propose('attorneyDallas', built);
    expect((await withdraw('supervisorDallas', built, id)).data?.['withdrawCharge'].charge).toMatchObject({ id, state: 'WITHDRAWN', statute: { citation: 'Tex. Penal Code 22.01' } });
    expect(bytes(await withdraw('attorneyDallas', built, id))).toMatchObject({ code: 'CONFLICT', state: 'WITHDRAWN' });
    expect((await view('attorneyDallas', built)).events.nodes[0]).toEqual({ act: 'CHARGE_WITHDRAWN', body: { chargeId: id } });
  });

  test('of a charge that is hidden, absent or of another case answers the same bytes', async () => {
    const [built, other] = [await claimed(), await claimed()];
    const { id } = await propose('attorneyDallas', built);
    const hidden = bytes(await withdraw('attorneyHennepin', built, id));
    expect(hidden).toMatchObject({ code: 'NOT_FOUND' });
    for (const [where, which] of [[built, newId()], [built, 'no id'], [other, id]] as const) expect(bytes(await withdraw('attorneyDallas', where, which))).toEqual({ ...(hidden as object), field: 'chargeId', remedy: expect.any(String) });
  });
});

describe('who sees a charge', () => {
  test('a role whose ceiling closes CHARGES sees none, nor its event, nor finds the case by it, nor may annotate it', async () => {
    const built = await claimed();
    const { id } = await propose('attorneyDallas', built);
    const seen = await view('intakeDallas', built);
    expect(seen.charges).toEqual([]);
    expect(seen.events.nodes.map((event: { act: string }) => event.act)).not.toContain('CHARGE_PROPOSED');
    const [byStatute, filter] = ['query ($filter: CaseFilter) { cases(filter: $filter) { nodes { id } } }', { statute: await statute('Tex. Penal Code 22.01'), lead: world.officeIds['dallas-tx'] }];
    expect((await world.as('intakeDallas').get(byStatute, { filter }))['cases'].nodes).toEqual([]);
    expect((await world.as('secondDallas').get(byStatute, { filter }))['cases'].nodes).toContainEqual({ id: built.id });
    const annotate = 'mutation ($input: AnnotateCaseInput!) { annotateCase(input: $input) { annotation { id target { kind id } } } }';
    const note = (target: string) => ({ input: { caseId: built.id, kind: 'NOTE', body: 'On this count.', target: { kind: 'CHARGE', id: target } } });
    const hidden = bytes(await world.as('intakeDallas').ask(annotate, note(id)));
    expect(hidden).toMatchObject({ code: 'NOT_FOUND' });
    expect(bytes(await world.as('intakeDallas').ask(annotate, note(newId())))).toEqual(hidden);
    const { annotateCase: { annotation } } = await world.as('attorneyDallas').get(annotate, note(id));
    expect(annotation.target).toEqual({ kind: 'CHARGE', id });
    expect((await world.database.owner`select needs from comity.annotations where id = ${annotation.id}`)[0]?.['needs']).toBe(bits('CHARGES', 'TEAM'));
  });

  test('a charge against one who was a minor needs PROTECTED too', async () => {
    const built = await claimed({ persons: completeReferral('').persons.map((person) => ({ ...person, minorAtIncident: true })) });
    const { id } = await propose('attorneyDallas', built);
    const [row] = await world.database.owner`select c.needs, e.needs as event from comity.charges c join comity.trail_events e on e.case_id = c.case_id and e.act = 'CHARGE_PROPOSED' where c.id = ${id}`;
    expect(row).toEqual({ needs: bits('CHARGES', 'PROTECTED'), event: bits('CHARGES', 'PROTECTED', 'HISTORY') });
  });
});
