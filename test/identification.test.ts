import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { charging } from './charging.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type Reply, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof charging>;
beforeAll(async () => {
  world = await openWorld();
  play = charging(world);
});
afterAll(() => world.close());

const PERSON = `id name descriptors badge plate markings agency
  identifications { id name badge agency source confidence before { descriptors badge plate markings } state identifiedBy { name } withdrawnBy { name } withdrawnAt withdrawnBecause }`;
const PAYLOAD = `person { ${PERSON} } identification { id state } case { version persons { id name } }`;
const VIEW = `query ($id: ID) { case(id: $id) { version persons { ${PERSON} } charges { id person { id name } warnings { code } } annotations { nodes { body } } events(first: 100) { nodes { act body } } } }`;
const FOUND = 'query ($text: String) { cases(first: 100, filter: { text: $text }) { nodes { id } } }';
const DECLARE = 'mutation ($input: DeclareConflictInput!) { declareConflict(input: $input) { declaration { id } } }';

const finding = ({ id, personIds }: BuiltCase, more: object = {}) =>
  ({ caseId: id, personId: personIds[0], name: 'Off Eyser', badge: 'F-77', agency: 'Invented Federal Service', source: 'The roster that the service sent.', confidence: 'MEDIUM', ...more });
const identify = (who: CastMember, built: BuiltCase, more?: object) => play.tell(who, 'identifyPerson', finding(built, more), `${PAYLOAD} conflicted { name }`);
const refused = (who: CastMember, built: BuiltCase, more?: object) => play.refusal(who, 'identifyPerson', finding(built, more), 'person { id }');
const withdraw = (who: CastMember, { id }: BuiltCase, identificationId: string, reason = 'Another officer wore this badge that day.') =>
  play.tell(who, 'withdrawIdentification', { caseId: id, identificationId, reason }, PAYLOAD);
const withdrawal = (who: CastMember, { id }: BuiltCase, identificationId: string, reason = 'x') => play.refusal(who, 'withdrawIdentification', { caseId: id, identificationId, reason }, 'person { id }');
const view = async (who: CastMember, built: BuiltCase) => (await world.as(who).get(VIEW, { id: built.id }))['case'];
const official = async (built: BuiltCase) => (await view('attorneyDallas', built)).persons[0];
const findable = async (who: CastMember, built: BuiltCase, text: string) => (await world.as(who).get(FOUND, { text }))['cases'].nodes.some(({ id }: { id: string }) => id === built.id);
const BEFORE = { descriptors: 'Tall, grey jacket, face covered', badge: null, plate: 'INV 0001', markings: 'POLICE' };

/** Runs with a declaration that is gone afterwards. */
async function withDeclaration<T>(who: CastMember, party: string, work: () => Promise<T>): Promise<T> {
  const { declareConflict } = await world.as(who).get(DECLARE, { input: { party, relation: 'FAMILY' } });
  try {
    return await work();
  } finally {
    await world.database.owner`delete from comity.conflict_declarations where id = ${declareConflict.declaration.id}`;
  }
}

describe('an official whom nobody knew is identified', () => {
  test('and keeps its id, with the charge and the remark that hang on it; what was known before stays in view', async () => {
    const built = await play.claimed();
    const personId = built.personIds[0];
    const charge = await play.propose('attorneyDallas', built, { statuteId: await play.statute('Tex. Penal Code 39.03') });
    await play.tell('attorneyDallas', 'annotateCase', { caseId: built.id, target: { kind: 'PERSON', id: personId }, kind: 'NOTE', audience: 'OFFICE', body: 'Left-handed.' }, 'annotation { id }');
    const { person, identification, case: after, conflicted } = await identify('attorneyDallas', built);
    expect(person).toMatchObject({
      id: personId, name: 'Off Eyser', badge: 'F-77', agency: 'Invented Federal Service', descriptors: BEFORE.descriptors, plate: BEFORE.plate, markings: BEFORE.markings,
      identifications: [{
        id: identification.id, name: 'Off Eyser', badge: 'F-77', agency: 'Invented Federal Service', source: 'The roster that the service sent.', confidence: 'MEDIUM', before: BEFORE,
        state: 'STANDING', identifiedBy: { name: 'Ada Attwell' }, withdrawnBy: null, withdrawnAt: null, withdrawnBecause: null,
      }],
    });
    expect([conflicted, after.version]).toEqual([[], built.version]);
    const seen = await view('supervisorDallas', built);
    expect(seen.charges).toMatchObject([{ id: charge.id, person: { id: personId, name: 'Off Eyser' } }]);
    expect(seen.annotations.nodes).toEqual([{ body: 'Left-handed.' }]);
    expect(seen.persons.slice(1).flatMap(({ identifications }: { identifications: unknown[] }) => identifications)).toEqual([]);
  });

  test('without a badge or an agency: what was recorded of these stays', async () => {
    const built = await play.claimed({ persons: [{ part: 'OFFICIAL', descriptors: 'Tall', badge: 'K-1' }] });
    const { person } = await identify('supervisorDallas', built, { badge: undefined, agency: undefined });
    expect(person).toMatchObject({ name: 'Off Eyser', badge: 'K-1', agency: null, identifications: [{ badge: null, agency: null, before: { descriptors: 'Tall', badge: 'K-1' } }] });
  });

  test('in the trail by ids and a digest that the words can be held against, and by no word', async () => {
    const built = await play.claimed();
    const { identification: { id } } = await identify('attorneyDallas', built);
    await withdraw('attorneyDallas', built, id);
    const { events } = await view('attorneyDallas', built);
    const sha256 = createHash('sha256').update(JSON.stringify([id, 'Off Eyser', 'F-77', 'Invented Federal Service', 'The roster that the service sent.', 'MEDIUM'])).digest('hex');
    expect(events.nodes.slice(0, 2)).toEqual([
      { act: 'PERSON_IDENTIFICATION_WITHDRAWN', body: { personId: built.personIds[0], identificationId: id } }, { act: 'PERSON_IDENTIFIED', body: { personId: built.personIds[0], identificationId: id, sha256 } },
    ]);
  });

  test('as a federal officer later: a charge that does not reach one goes on saying so, and immunity is asked for', async () => {
    const built = await play.claimed();
    await play.propose('attorneyDallas', built, { statuteId: await play.statute('Tex. Penal Code 39.03') });
    await play.tell('attorneyDallas', 'recordAffiliation', { caseId: built.id, personId: built.personIds[0], affiliation: 'LOCAL', basis: 'A guess.' }, 'person { id }');
    await identify('attorneyDallas', built);
    await play.tell('attorneyDallas', 'recordAffiliation', { caseId: built.id, personId: built.personIds[0], affiliation: 'FEDERAL', basis: 'The roster.' }, 'person { id }');
    const { charges: [charge] } = await view('attorneyDallas', built);
    expect(charge.warnings.map(({ code }: { code: string }) => code)).toContain('OFFICER_REACH_NO');
    const { decision } = await play.tell('attorneyDallas', 'decideCharge', {
      caseId: built.id, chargeId: charge.id, outcome: 'CHARGE', evidential: 'x', publicInterest: 'x', reasonCodes: ['EVIDENCE_SUFFICIENT'], expectedVersion: built.version,
    }, 'decision { id }');
    expect(await play.refusal('supervisorDallas', 'approveDecision', { caseId: built.id, decisionId: decision.id, expectedVersion: built.version }, 'decision { id }')).toMatchObject({ code: 'CONFLICT', rule: 'IMMUNITY_ANALYSIS', affiliation: 'FEDERAL' });
  });

  test('while the sealed packet of the agency, and what the agency reads, stay as they were', async () => {
    const built = await play.claimed();
    const packet = async () => (await world.as('chiefDallasPolice').get('query ($id: ID!) { referral(id: $id) { packet } }', { id: built.referralId }))['referral'].packet;
    const before = await packet();
    await identify('attorneyDallas', built);
    expect(await packet()).toBe(before);
    expect(before).not.toContain('Off Eyser');
  });
});

describe('a mistake is withdrawn', () => {
  test('for a reason: the person is as it was, and both stay in view; then it is identified anew', async () => {
    const built = await play.claimed({ persons: [{ part: 'OFFICIAL', descriptors: 'Tall', badge: 'K-1' }] });
    const { identification: { id } } = await identify('attorneyDallas', built);
    const { person } = await withdraw('supervisorDallas', built, id);
    expect(person).toMatchObject({
      name: null, badge: 'K-1', agency: null, descriptors: 'Tall',
      identifications: [{ id, name: 'Off Eyser', state: 'WITHDRAWN', withdrawnBy: { name: 'Sue Visser' }, withdrawnAt: expect.any(String), withdrawnBecause: 'Another officer wore this badge that day.' }],
    });
    await identify('attorneyDallas', built, { name: 'Other Person', badge: null });
    expect(await official(built)).toMatchObject({
      name: 'Other Person', badge: 'K-1', identifications: [{ name: 'Other Person', state: 'STANDING', before: { badge: 'K-1' } }, { id, state: 'WITHDRAWN', before: { badge: 'K-1' } }],
    });
  });

  test('once, and with a reason', async () => {
    const built = await play.claimed();
    const { identification: { id } } = await identify('attorneyDallas', built);
    expect(await withdrawal('attorneyDallas', built, id, ' ')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    await withdraw('attorneyDallas', built, id);
    expect(await withdrawal('attorneyDallas', built, id)).toMatchObject({ code: 'CONFLICT', identificationId: id, state: 'WITHDRAWN' });
  });
});

describe('what is found by a name', () => {
  test('is found by the new one while it holds, by what described the person before and after, and no longer by a mistaken one', async () => {
    const built = await play.claimed({ persons: [{ part: 'OFFICIAL', descriptors: 'Zebraic scarf' }] });
    expect([await findable('supervisorDallas', built, 'quillfeather'), await findable('supervisorDallas', built, 'zebraic')]).toEqual([false, true]);
    const { identification: { id } } = await identify('attorneyDallas', built, { name: 'Ansel Quillfeather' });
    expect([await findable('supervisorDallas', built, 'quillfeather'), await findable('supervisorDallas', built, 'zebraic')]).toEqual([true, true]);
    expect([await findable('recordsDallas', built, 'quillfeather'), await findable('attorneyHennepin', built, 'quillfeather')]).toEqual([false, false]);
    await withdraw('attorneyDallas', built, id);
    expect([await findable('supervisorDallas', built, 'quillfeather'), await findable('supervisorDallas', built, 'zebraic')]).toEqual([false, true]);
  });

  test('finds a case about the same incident by name and badge, until that is withdrawn', async () => {
    const place = (latitude: number, placed: string) => ({ occurredOn: '2026-03-14', occurredAt: '2026-03-14T20:15:00-05:00', countyFips: '48113', place: placed, latitude, longitude: -96.8 });
    const here = await play.claimed({ incident: place(32.61, '9 Quiet Road'), persons: [{ part: 'OFFICIAL', descriptors: 'Stout' }] });
    const there = await play.claimed({ incident: place(32.95, '7 Far Lane'), persons: [{ part: 'OFFICIAL', name: 'Ulla Quince', badge: 'Q-4242' }] });
    const offered = async () => (await world.as('attorneyDallas').get('query ($id: ID) { case(id: $id) { duplicateCandidates(first: 50) { nodes { case { id } matchedBy } } } }', { id: here.id }))['case'].duplicateCandidates.nodes
      .find(({ case: { id } }: { case: { id: string } }) => id === there.id)?.matchedBy;
    expect(await offered()).toBeUndefined();
    const { identification: { id } } = await identify('attorneyDallas', here, { name: 'QUINCE, Ulla', badge: 'q4242' });
    expect(await offered()).toEqual(['BADGE', 'NAME']);
    await withdraw('attorneyDallas', here, id);
    expect(await offered()).toBeUndefined();
  });
});

describe('a declared conflict is asked of the new name as at a claim', () => {
  test('who declared a relation to the person does not identify it: nothing is kept, and a colleague does', async () => {
    const built = await play.claimed();
    await withDeclaration('attorneyDallas', 'Eyser, Off', async () => {
      expect(await refused('attorneyDallas', built)).toEqual({ code: 'CONFLICT', message: 'A declared conflict excludes you from this case. Recuse yourself from it.' });
      expect(await official(built)).toMatchObject({ name: null, identifications: [] });
      const { conflicted } = await identify('supervisorDallas', built);
      expect(conflicted).toEqual([{ name: 'Ada Attwell' }]);
    });
  });

  test('and afterwards keeps the member off the team of the case, as any other name does', async () => {
    const built = await play.claimed();
    const assign = () => play.refusal('supervisorDallas', 'assignCase', { caseId: built.id, memberId: world.memberIds.investigatorDallas, role: 'SUPPORT' }, 'case { id }');
    await withDeclaration('investigatorDallas', 'Ona Tverre', async () => {
      const { identification: { id } } = await identify('attorneyDallas', built, { name: 'Ona Tverre' });
      expect(await assign()).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('A declared conflict') });
      await withdraw('attorneyDallas', built, id);
      expect((await assign())['code']).toBeUndefined();
    });
  });
});

describe('who identifies', () => {
  test('attorneys and investigators on the team, and the heads; nobody else of the office, no other office', async () => {
    const built = await play.claimed();
    for (const who of ['secondDallas', 'investigatorDallas', 'intakeDallas', 'advocateDallas', 'conflictsDallas', 'recordsDallas'] as const) expect(await refused(who, built), who).toMatchObject({ code: 'FORBIDDEN' });
    await play.tell('supervisorDallas', 'assignCase', { caseId: built.id, memberId: world.memberIds.investigatorDallas, role: 'SUPPORT' }, 'case { id }');
    const { identification: { id } } = await identify('investigatorDallas', built);
    for (const who of ['secondDallas', 'intakeDallas'] as const) expect(await withdrawal(who, built, id), who).toMatchObject({ code: 'FORBIDDEN' });
    await withdraw('investigatorDallas', built, id);
    await withdraw('electedDallas', built, (await identify('electedDallas', built)).identification.id);
  });

  test('nobody before the case is led, and nobody once it is closed', async () => {
    expect(await refused('supervisorDallas', await world.buildCase())).toMatchObject({ code: 'FORBIDDEN' });
    const built = await play.claimed();
    const { identification: { id } } = await identify('attorneyDallas', built);
    await world.database.owner`update comity.cases set stage = 'MERGED' where id = ${built.id}`;
    for (const said of [await refused('attorneyDallas', built), await withdrawal('attorneyDallas', built, id)]) expect(said).toMatchObject({ code: 'CONFLICT', stage: 'MERGED', version: built.version });
  });

  test('what is hidden, absent or of another case answers the same bytes', async () => {
    const [built, other] = [await play.claimed(), await play.claimed()];
    const { identification: { id } } = await identify('attorneyDallas', other);
    const hidden = await refused('attorneyHennepin', built);
    expect(hidden).toMatchObject({ code: 'NOT_FOUND' });
    for (const personId of [newId(), 'no id', other.personIds[0]]) expect(await refused('attorneyDallas', built, { personId })).toEqual({ ...hidden, field: 'personId', remedy: expect.any(String) });
    for (const identificationId of [newId(), 'no id', id]) expect(await withdrawal('attorneyDallas', built, identificationId)).toEqual({ ...hidden, field: 'identificationId', remedy: expect.any(String) });
    expect(await withdrawal('attorneyHennepin', other, id)).toEqual(hidden);
  });
});

describe('what cannot be is refused by name', () => {
  test.each([
    ['no name', { name: '  ' }, 'name'], ['a name without letters', { name: '4711' }, 'name'], ['a name without end', { name: 'x'.repeat(201) }, 'name'], ['a badge without end', { badge: '1'.repeat(61) }, 'badge'],
    ['an agency without end', { agency: 'x'.repeat(201) }, 'agency'], ['no source', { source: ' ' }, 'source'],
  ])('%s', async (_name, more, field) => {
    const built = await play.claimed();
    expect(await refused('attorneyDallas', built, more)).toMatchObject({ code: 'BAD_USER_INPUT', field, remedy: expect.any(String) });
    expect((await official(built)).identifications).toEqual([]);
  });

  test('a person who bears a name: by the agency’s word, or by an identification that is named', async () => {
    const built = await play.claimed();
    expect(await refused('attorneyDallas', built, { personId: built.personIds[1] })).toMatchObject({ code: 'CONFLICT', personId: built.personIds[1], remedy: expect.stringContaining('remark') });
    const { identification: { id } } = await identify('attorneyDallas', built);
    expect(await refused('attorneyDallas', built, { name: 'Somebody Else' })).toMatchObject({ code: 'CONFLICT', identificationId: id, remedy: expect.stringContaining('Withdraw') });
  });

  test('of identifications at once one is kept', async () => {
    const built = await play.claimed();
    const replies = await Promise.all(Array.from({ length: 6 }, (_, at) => play.ask('attorneyDallas', 'identifyPerson', finding(built, { name: `Somebody ${at}` }), 'person { name }')));
    expect(replies.filter(({ errors }) => !errors)).toHaveLength(1);
    for (const { errors } of replies.filter((reply) => reply.errors)) expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT' });
    expect((await official(built)).identifications).toHaveLength(1);
  });

  test('an identification that waited while the office lost the case is refused and not kept', async () => {
    const built = await play.claimed();
    let asked: Promise<Reply> | undefined;
    await world.database.owner.begin(async (tx) => {
      await tx`select 1 from comity.cases where id = ${built.id} for update`;
      asked = play.ask('attorneyDallas', 'identifyPerson', finding(built), 'person { id }');
      await pause(400);
      await tx`update comity.cases set lead_id = null, stage = 'UNCLAIMED' where id = ${built.id}`;
      await tx`select comity.compute_sight(${built.id})`;
    });
    expect((await asked)?.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect(await world.database.owner`select 1 from comity.persons where case_id = ${built.id} and name = 'Off Eyser'`).toHaveLength(0);
  });
});

describe('a person in a compartment', () => {
  const inside = (field: string, who: CastMember, built: BuiltCase, more: object) =>
    play.ask(who, field, { caseId: built.id, compartment: 'GRAND_JURY', target: { kind: 'PERSON', id: built.personIds[0] }, ...more }, 'case { id }');
  const place = (built: BuiltCase) => inside('placeInCompartment', 'attorneyDallas', built, { basis: 'GRAND_JURY_TESTIMONY' });
  const release = (built: BuiltCase) => inside('releaseFromCompartment', 'attorneyDallas', built, { finding: 'INDEPENDENT_SOURCE' });

  test('takes its history along: who does not read the compartment sees neither it nor its trail, nor finds the case by it', async () => {
    const built = await play.claimed();
    const { identification: { id } } = await identify('attorneyDallas', built, { name: 'Ibo Sarkand' });
    expect((await place(built)).errors).toBeUndefined();
    const seen = await view('supervisorDallas', built);
    expect(JSON.stringify(seen)).not.toMatch(new RegExp(`Sarkand|${id}`));
    expect(await findable('supervisorDallas', built, 'sarkand')).toBe(false);
    expect(await withdrawal('supervisorDallas', built, id)).toMatchObject({ code: 'NOT_FOUND' });
    expect((await release(built)).errors).toBeUndefined();
    expect((await view('supervisorDallas', built)).persons[0]).toMatchObject({ name: 'Ibo Sarkand', identifications: [{ id }] });
  });

  test('does not leave it with a name that was found out within: that is withdrawn first, and stays within', async () => {
    const built = await play.claimed();
    await place(built);
    const { identification: { id } } = await identify('attorneyDallas', built, { name: 'Ibo Sarkand' });
    expect((await release(built)).errors?.[0]).toMatchObject({ message: expect.stringContaining('Withdraw that identification first'), extensions: { code: 'CONFLICT' } });
    await withdraw('attorneyDallas', built, id);
    expect((await release(built)).errors).toBeUndefined();
    const seen = await view('supervisorDallas', built);
    expect(seen.persons[0]).toMatchObject({ id: built.personIds[0], name: null, identifications: [] });
    expect(JSON.stringify(seen)).not.toMatch(new RegExp(`Sarkand|${id}`));
  });
});

test('by their own hand nobody writes a name or a history; the functions ask who calls them', async () => {
  const built = await play.claimed();
  const { identification: { id } } = await identify('attorneyDallas', built);
  const other = await play.claimed();
  const IDENTIFY = `select comity.identify_person($1::uuid, $2::uuid, '${newId()}', 'Some Body', null, null, 'x', 'LOW')`;
  const WITHDRAW = `select comity.withdraw_identification($1::uuid, $2::uuid, 'x')`;
  await seated(world.database, { as: world.memberIds.supervisorDallas }, async ({ refusal }) => {
    for (const write of [`update comity.persons set name = 'x' where case_id = $1::uuid`, `update comity.person_identifications set name = 'x' where case_id = $1::uuid`, 'delete from comity.person_identifications where case_id = $1::uuid']) {
      expect(await refusal(write, [built.id]), write).toBe('42501');
    }
    expect(await refusal(IDENTIFY, [other.id, other.personIds[0] ?? ''])).toBe('passed');
    expect(await refusal(IDENTIFY, [built.id, built.personIds[0] ?? ''])).toBe('CM409');
    expect(await refusal(IDENTIFY, [built.id, other.personIds[0] ?? ''])).toBe('CM404');
    expect(await refusal(WITHDRAW, [built.id, id])).toBe('passed');
    expect(await refusal(WITHDRAW, [other.id, id])).toBe('CM404');
  });
  for (const who of ['secondDallas', 'investigatorDallas', 'intakeDallas'] as const) {
    await seated(world.database, { as: world.memberIds[who] }, async ({ refusal }) => {
      expect(await refusal(IDENTIFY, [other.id, other.personIds[0] ?? '']), who).toBe('CM403');
      expect(await refusal(WITHDRAW, [built.id, id]), who).toBe('CM403');
    });
  }
  for (const who of ['attorneyHennepin', 'chiefDallasPolice', 'administrator', 'analyst', 'auditor', 'recordsDallas'] as const) {
    await seated(world.database, { as: world.memberIds[who] }, async ({ refusal }) => {
      expect(await refusal(IDENTIFY, [other.id, other.personIds[0] ?? '']), who).toBe('CM404');
      expect(await refusal(WITHDRAW, [built.id, id]), who).toBe('CM404');
    });
  }
});
