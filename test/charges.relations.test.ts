import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { charging } from './charging.world.ts';
import { withAffiliation } from './decisions.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof charging>;
const statutes: string[] = [];
beforeAll(async () => {
  world = await openWorld();
  play = charging(world);
  for (let at = 0; at < 5; at += 1) statutes.push((await play.invented(`96.0${at}`, [['2000-01-01', null]])).statuteId);
});
afterAll(() => world.close());

/** A case with so many charges against its official. */
async function charged(count: number): Promise<[BuiltCase, ...string[]]> {
  const built = await play.claimed();
  const ids: string[] = [];
  for (const statuteId of statutes.slice(0, count)) ids.push((await play.propose('attorneyDallas', built, { statuteId })).id);
  return [built, ...ids];
}
const lesser = ({ id }: BuiltCase, chargeId: string, lesserOf: string, reason = 'All its elements are in the other.') => ({ caseId: id, chargeId, lesserOf, reason });
const instead = ({ id }: BuiltCase, chargeId: string, alternativeTo: string, reason = 'Should intent not be proven.') => ({ caseId: id, chargeId, alternativeTo, reason });
const chargesOf = async (built: BuiltCase) => Object.fromEntries((await play.view('attorneyDallas', built)).charges.map((charge: { id: string }) => [charge.id, charge]));

describe('a lesser included charge', () => {
  test('shows the greater one and is shown by it, with the reason and who said so; case, stage and decisions stay as they are', async () => {
    const [built, greater = '', one = '', two = ''] = await charged(3);
    expect(await play.tell('attorneyDallas', 'relateCharge', lesser(built, one, greater))).toMatchObject({
      charge: {
        id: one, lesserOf: { id: greater, state: 'PROPOSED' }, alternativeTo: null, lessers: [],
        relations: [{ relation: 'LESSER_OF', other: { id: greater }, reason: 'All its elements are in the other.', relatedBy: { name: 'Ada Attwell' }, endedBy: null, endedAt: null, endedBecause: null }],
      },
      case: { version: built.version },
    });
    await play.tell('supervisorDallas', 'relateCharge', lesser(built, two, greater));
    expect((await chargesOf(built))[greater]).toMatchObject({ lesserOf: null, relations: [], lessers: [{ id: one, state: 'PROPOSED' }, { id: two, state: 'PROPOSED' }] });
    const { events } = await play.view('attorneyDallas', built);
    expect(events.nodes[1]).toEqual({ act: 'CHARGE_RELATED', body: { chargeId: one, relation: 'LESSER_OF', otherId: greater } });
  });

  test('has one greater charge at most, which may have a greater one itself; a circle is refused', async () => {
    const [built, a = '', b = '', c = ''] = await charged(3);
    await play.tell('attorneyDallas', 'relateCharge', lesser(built, b, a));
    await play.tell('attorneyDallas', 'relateCharge', lesser(built, c, b));
    for (const [one, other] of [[b, c], [b, a]] as const) {
      expect(await play.refusal('attorneyDallas', 'relateCharge', lesser(built, one, other))).toMatchObject({ code: 'CONFLICT', chargeId: a, relation: 'LESSER_OF', remedy: expect.stringContaining('unrelateCharge') });
    }
    for (const refused of [lesser(built, a, c), instead(built, a, c), lesser(built, a, b)]) {
      expect(await play.refusal('attorneyDallas', 'relateCharge', refused)).toMatchObject({ code: 'CONFLICT', message: 'These charges would stand in a circle.', remedy: expect.any(String) });
    }
    // Of the two that stand in one relation no other is said.
    expect(await play.refusal('attorneyDallas', 'relateCharge', instead(built, b, a))).toMatchObject({ code: 'CONFLICT', relation: 'LESSER_OF' });
  });

  test('keeps standing when the greater one is withdrawn, and shows that it is; nobody relates another charge to that one', async () => {
    const [built, greater = '', one = '', two = ''] = await charged(3);
    await play.tell('attorneyDallas', 'relateCharge', lesser(built, one, greater));
    await play.tell('attorneyDallas', 'withdrawCharge', { caseId: built.id, chargeId: greater });
    expect((await chargesOf(built))[one]).toMatchObject({ state: 'PROPOSED', lesserOf: { id: greater, state: 'WITHDRAWN' } });
    for (const refused of [lesser(built, two, greater), lesser(built, greater, two)]) {
      expect(await play.refusal('attorneyDallas', 'relateCharge', refused)).toMatchObject({ code: 'CONFLICT', chargeId: greater, state: 'WITHDRAWN', remedy: expect.any(String) });
    }
  });

  test('is filed beside the greater one, which nothing blocks, and both go on showing each other', async () => {
    const [built, greater = '', one = ''] = await charged(2);
    await withAffiliation(world, built);
    await play.tell('attorneyDallas', 'relateCharge', lesser(built, one, greater));
    for (const id of [greater, one]) {
      await world.database.owner`insert into comity.decisions (case_id, id, needs, charge_id, outcome, reason_codes, state, proposed_by, proposed_at)
        values (${built.id}, ${newId()}, 16, ${id}, 'CHARGE', '{EVIDENCE_SUFFICIENT}', 'STANDING', ${world.memberIds.attorneyDallas}, now())`;
    }
    const { case: after } = await play.tell('attorneyDallas', 'fileCharges', {
      caseId: built.id, chargeIds: [one, greater], instrument: 'INDICTMENT', court: 'District Court', docketNumber: 'F-2', filedOn: '2026-05-04', expectedVersion: built.version,
    }, 'case { stage charges { id lesserOf { id } lessers { id } filing { docketNumber } } }');
    expect(after).toEqual({ stage: 'IN_COURT', charges: [
      { id: greater, lesserOf: null, lessers: [{ id: one }], filing: { docketNumber: 'F-2' } }, { id: one, lesserOf: { id: greater }, lessers: [], filing: { docketNumber: 'F-2' } },
    ] });
    expect(await play.refusal('attorneyDallas', 'unrelateCharge', lesser(built, one, greater))).toMatchObject({ code: 'CONFLICT', state: 'FILED' });
  });
});

describe('an alternative charge', () => {
  test('shows in whose place it is put; it may be a lesser one of a third', async () => {
    const [built, a = '', b = '', c = ''] = await charged(3);
    await play.tell('attorneyDallas', 'relateCharge', instead(built, b, a));
    const { charge } = await play.tell('attorneyDallas', 'relateCharge', lesser(built, b, c));
    expect(charge).toMatchObject({ alternativeTo: { id: a }, lesserOf: { id: c }, relations: [{ relation: 'ALTERNATIVE_TO' }, { relation: 'LESSER_OF' }] });
    expect((await chargesOf(built))[a]).toMatchObject({ alternatives: [{ id: b }], lessers: [] });
  });
});

describe('a relation that does not hold', () => {
  test('is taken back for a reason and stays in view as ended; then another may be said', async () => {
    const [built, a = '', b = '', c = ''] = await charged(3);
    await play.tell('attorneyDallas', 'relateCharge', lesser(built, b, a));
    const { charge } = await play.tell('supervisorDallas', 'unrelateCharge', lesser(built, b, a, 'It has an element of its own.'));
    expect(charge).toMatchObject({ lesserOf: null, relations: [{ relation: 'LESSER_OF', other: { id: a }, endedBy: { name: 'Sue Visser' }, endedAt: expect.any(String), endedBecause: 'It has an element of its own.' }] });
    expect(await play.refusal('attorneyDallas', 'unrelateCharge', lesser(built, b, a))).toMatchObject({ code: 'CONFLICT', chargeId: b, remedy: expect.any(String) });
    await play.tell('attorneyDallas', 'relateCharge', lesser(built, b, c));
    await play.tell('attorneyDallas', 'relateCharge', instead(built, a, b));
    const all = await chargesOf(built);
    expect([all[b].lesserOf, all[b].alternatives, all[a].lessers]).toEqual([{ id: c, state: 'PROPOSED' }, [{ id: a }], []]);
    expect(await play.refusal('attorneyDallas', 'unrelateCharge', instead(built, b, c))).toMatchObject({ code: 'CONFLICT' });
  });
});

describe('what cannot be related is refused by name', () => {
  test('a charge to itself, two persons, two relations at once or none, and no reason', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas', referral: { persons: [{ part: 'OFFICIAL', descriptors: 'Tall' }, { part: 'OFFICIAL', descriptors: 'Short' }] } });
    const [statuteId = '', second = ''] = statutes;
    const [{ id: a }, { id: b }, { id: other }] = [
      await play.propose('attorneyDallas', built, { statuteId }), await play.propose('attorneyDallas', built, { statuteId: second }), await play.propose('attorneyDallas', built, { statuteId, personId: built.personIds[1] }),
    ];
    const refusals = [
      [lesser(built, a, a), { field: 'lesserOf' }], [instead(built, a, other), { field: 'alternativeTo', message: 'These are charges against two persons.' }],
      [{ ...lesser(built, a, b), alternativeTo: b }, { field: 'lesserOf', remedy: expect.stringContaining('exactly one') }], [{ caseId: built.id, chargeId: a, reason: 'x' }, { field: 'lesserOf', remedy: expect.stringContaining('exactly one') }],
      [lesser(built, a, b, ' '), { field: 'reason' }],
    ] as const;
    for (const [input, refused] of refusals) expect(await play.refusal('attorneyDallas', 'relateCharge', input)).toMatchObject({ code: 'BAD_USER_INPUT', ...refused });
    expect((await play.view('attorneyDallas', built)).charges.flatMap(({ relations }: { relations: unknown[] }) => relations)).toEqual([]);
  });

  test('a charge that is hidden, absent or of another case answers the same bytes, whichever of the two it is', async () => {
    const [built, a = '', b = ''] = await charged(2);
    const [elsewhere, theirs = ''] = await charged(1);
    const hidden = await play.refusal('attorneyHennepin', 'relateCharge', lesser(built, a, b));
    expect(hidden).toMatchObject({ code: 'NOT_FOUND' });
    for (const absent of [newId(), 'no id', theirs]) {
      for (const field of ['relateCharge', 'unrelateCharge'] as const) {
        for (const [named, input] of [['lesserOf', lesser(built, a, absent)], ['chargeId', lesser(built, absent, a)], ['alternativeTo', instead(built, a, absent)]] as const) {
          expect(await play.refusal('attorneyDallas', field, input)).toEqual({ ...hidden, field: named, remedy: expect.any(String) });
        }
      }
    }
    expect(elsewhere.id).not.toBe(built.id);
  });

  test('by who may not charge: a colleague off the team, an investigator', async () => {
    const [built, a = '', b = ''] = await charged(2);
    for (const who of ['secondDallas', 'investigatorDallas'] as const) {
      for (const field of ['relateCharge', 'unrelateCharge']) expect(await play.refusal(who, field, lesser(built, a, b))).toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

test('of relations said at once, both ways, one is kept', async () => {
  const [built, a = '', b = ''] = await charged(2);
  const replies = await Promise.all(Array.from({ length: 8 }, (_, at) => play.ask('attorneyDallas', 'relateCharge', at % 2 === 0 ? lesser(built, a, b) : lesser(built, b, a))));
  expect(replies.filter(({ errors }) => !errors)).toHaveLength(1);
  for (const { errors } of replies.filter((reply) => reply.errors)) expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT' });
});

test('what stands in a compartment is shown by no relation, and not by its trail, to who does not read the compartment', async () => {
  const [built, greater = '', one = ''] = await charged(2);
  await play.tell('attorneyDallas', 'relateCharge', lesser(built, one, greater));
  await world.as('attorneyDallas').get('mutation ($input: PlaceInCompartmentInput!) { placeInCompartment(input: $input) { case { id } } }', {
    input: { caseId: built.id, compartment: 'GRAND_JURY', target: { kind: 'CHARGE', id: greater }, basis: 'GRAND_JURY_TESTIMONY' },
  });
  const seen = await play.view('supervisorDallas', built);
  expect(seen.charges).toMatchObject([{ id: one, lesserOf: null, relations: [] }]);
  expect(JSON.stringify(seen)).not.toContain(greater);
  // The team goes on seeing both.
  expect((await chargesOf(built))[one]).toMatchObject({ lesserOf: { id: greater } });
  await seated(world.database, { as: world.memberIds.supervisorDallas }, async ({ rows }) => expect(await rows('select 1 from comity.charge_relations where case_id = $1::uuid', [built.id])).toEqual([]));
});

test('by their own hand nobody relates charges in another’s name, of two persons or of another office’s case, and nobody rewrites what was said', async () => {
  const [built, a = '', b = ''] = await charged(2);
  const insert = (more: { by?: string; needs?: number; other?: string } = {}) => `insert into comity.charge_relations (case_id, id, needs, charge_id, relation, other_id, reason, related_by, related_at)
    values ($1::uuid, $2::uuid, ${more.needs ?? FACETS.CHARGES}, '${a}', 'LESSER_OF', '${more.other ?? b}', 'x', ${more.by ?? 'comity.member()'}, now())`;
  const given = () => [built.id, newId()];
  await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal, rows, touched }) => {
    expect(await refusal(insert({ by: `'${newId()}'` }), given())).toBe('42501');
    expect(await refusal(insert({ needs: FACETS.SUMMARY }), given())).toBe('42501');
    for (const other of [newId(), a]) expect(await refusal(insert({ other }), given())).toBe('42501');
    await rows(insert(), given());
    expect(await refusal(`update comity.charge_relations set reason = 'y' where case_id = $1::uuid`, [built.id])).toBe('42501');
    expect(await refusal(`update comity.charge_relations set ended_by = '${newId()}', ended_at = statement_timestamp(), ended_because = 'x' where case_id = $1::uuid`, [built.id])).toBe('42501');
    const end = `update comity.charge_relations set ended_by = comity.member(), ended_at = statement_timestamp(), ended_because = 'x' where case_id = $1::uuid`;
    expect(await touched(end, [built.id])).toBe(1);
    expect(await refusal(end, [built.id])).toBe('42501');
  });
  await seated(world.database, { as: world.memberIds.attorneyHennepin }, async ({ refusal }) => expect(await refusal(insert(), given())).toBe('42501'));
});
