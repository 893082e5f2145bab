import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { chargedUnder, clockwork, incidentOn } from './case-clocks.world.ts';
import { bench } from './decisions.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let clock: ReturnType<typeof clockwork>;
let built: BuiltCase;
let chargeId: string;
beforeAll(async () => {
  world = await openWorld();
  clock = clockwork(world);
  built = await world.buildCase({ claimedBy: 'attorneyDallas' });
  chargeId = await chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 22.01');
});
afterAll(() => world.close());

const TEXAS_TOLLING = 'Tex. Code Crim. Proc.';
const fact = (more: object) => ({ caseId: built.id, kind: 'EXCLUSION', aboutId: built.personIds[0], from: '2026-04-01', ground: 'ABSENT_AFTER_ACCUSED', source: 'A lease.', ...more });
const kept = async () => [...await world.database.owner`select id from comity.clock_facts where case_id = ${built.id} order by id`, ...await world.database.owner`select id from comity.clocks where case_id = ${built.id} order by id`];

describe('a fact that cannot be is refused, and nothing is kept of it:', () => {
  test.each([
    ['a ground that the law of the state does not have', { ground: 'NOT_RESIDENT' }, 'ground', TEXAS_TOLLING],
    ['time that ends before it starts', { to: '2026-03-01' }, 'to', 'before it starts'],
    ['an end that has not come', { to: '2999-01-01' }, 'to', 'has not come'],
    ['a start that has not come', { from: '2999-01-01' }, 'from', 'has not come'],
    ['a start long before', { from: '1880-01-01' }, 'from', 'too far back'],
    ['an exclusion without a ground', { ground: null }, 'ground', 'beside EXCLUSION'],
    ['a ground beside another kind', { kind: 'PUBLIC_OFFICE' }, 'ground', 'beside EXCLUSION'],
    ['an end beside another kind', { kind: 'PUBLIC_OFFICE', ground: null, to: '2026-05-01' }, 'to', 'Only an EXCLUSION'],
    ['no source', { source: ' ' }, 'source', 'sentence'],
    ['an assertion as a fact', () => ({ kind: 'ASSERTION', aboutId: chargeId, ground: null }), 'kind', 'assert'],
    ['an exclusion of a victim', () => ({ aboutId: built.personIds[1] }), 'aboutId', 'subject or official'],
    ['a discovery before the offence', () => ({ kind: 'DISCOVERY', aboutId: chargeId, ground: null, from: '2026-01-01' }), 'from', 'before the offence'],
    ['a recording that was secured before it was made', () => ({ kind: 'RECORDING_SECURED', aboutId: built.recordingIds[0], ground: null, from: '2026-01-01' }), 'from', 'before the recording'],
  ])('%s', async (_what, more, field, told) => {
    const before = await kept();
    expect(await clock.refusal('attorneyDallas', 'recordClockFact', fact(typeof more === 'function' ? more() : more))).toMatchObject({ code: 'BAD_USER_INPUT', field, remedy: expect.any(String), message: expect.stringContaining(told) });
    expect(await kept()).toEqual(before);
  });

  test('time that overlaps other time of the same person names the rule and its citation', async () => {
    const { fact: first } = await clock.tell('attorneyDallas', 'recordClockFact', fact({}));
    expect(await clock.refusal('attorneyDallas', 'recordClockFact', fact({ from: '2026-04-15' }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'from', message: expect.stringContaining(TEXAS_TOLLING) });
    expect(await clock.refusal('attorneyDallas', 'endExclusion', { caseId: built.id, factId: first.id, on: '2026-03-01' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on' });
    await clock.tell('attorneyDallas', 'endExclusion', { caseId: built.id, factId: first.id, on: '2026-04-10' });
    expect(await clock.refusal('attorneyDallas', 'endExclusion', { caseId: built.id, factId: first.id, on: '2026-04-11' })).toMatchObject({ code: 'CONFLICT', remedy: expect.any(String) });
    await clock.tell('attorneyDallas', 'recordClockFact', fact({ from: '2026-04-15' }));
  });

  test('what is no exclusion does not end, what is no discovery is not attested, and a second of its kind is a conflict', async () => {
    const { fact: service } = await clock.tell('investigatorDallas', 'recordClockFact', fact({ kind: 'PUBLIC_OFFICE', ground: null }));
    expect(await clock.refusal('attorneyDallas', 'endExclusion', { caseId: built.id, factId: service.id, on: '2026-05-01' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'factId' });
    expect(await clock.refusal('attorneyDallas', 'attestDiscovery', { caseId: built.id, factId: service.id })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'factId' });
    expect(await clock.refusal('attorneyDallas', 'recordClockFact', fact({ kind: 'PUBLIC_OFFICE', ground: null, from: '2026-04-02' }))).toMatchObject({ code: 'CONFLICT', factId: service.id });
  });

  test.each([
    ['no ground', { grounds: [] }, 'grounds'], ['too many', { grounds: Array.from({ length: 11 }, (_, at) => `G${at}`) }, 'grounds'], ['a ground of which nothing is recorded', { grounds: ['PROSECUTION_PENDING'] }, 'grounds'],
    ['the extension of officers where the state has none', { grounds: ['PUBLIC_OFFICE'] }, 'grounds'], ['no reasoning', { reasoning: '  ' }, 'reasoning'],
  ])('an assertion with %s', async (_what, more, field) => {
    const before = await kept();
    expect(await clock.refusal('attorneyDallas', 'assertLimitation', { caseId: built.id, chargeId, grounds: ['ABSENT_AFTER_ACCUSED'], reasoning: 'Away.', ...more })).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect(await kept()).toEqual(before);
  });
});

describe('at the wrong moment', () => {
  test('nothing is recorded of a case that is merged, and what is withdrawn takes no facts', async () => {
    const other = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const gone = await chargedUnder(world, 'attorneyDallas', other, 'Tex. Penal Code 22.01');
    await bench(world).tell('attorneyDallas', 'withdrawCharge', { caseId: other.id, chargeId: gone });
    expect(await clock.refusal('attorneyDallas', 'recordClockFact', { ...fact({}), caseId: other.id, kind: 'DISCOVERY', aboutId: gone, ground: null })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'aboutId' });
    expect(await clock.refusal('attorneyDallas', 'assertLimitation', { caseId: other.id, chargeId: gone, grounds: ['PUBLIC_OFFICE'], reasoning: 'x' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'chargeId' });
    await world.database.owner`update comity.cases set stage = 'MERGED' where id = ${other.id}`;
    expect(await clock.refusal('attorneyDallas', 'recordClockFact', { ...fact({}), caseId: other.id, aboutId: other.personIds[0] })).toMatchObject({ code: 'CONFLICT', stage: 'MERGED' });
  });
});

describe('the list of clocks', () => {
  const ids = (found: readonly Record<string, any>[]) => found.map((each) => each['id']);

  test('is by the day, whole by pages of any size, and holds what runs alone', async () => {
    for (const day of ['2026-03-10', '2026-03-20', '2026-02-01']) {
      const each = await world.buildCase({ claimedBy: 'attorneyDallas', referral: { incident: incidentOn('48113', day), recordings: [{ kind: 'BODY_CAMERA', holder: 'Police' }], signature: { signedBy: 'Sgt. Pia Dalles', badge: '4711', signedAt: '2026-03-25T09:00:00-05:00' } } });
      await chargedUnder(world, 'attorneyDallas', each, 'Tex. Penal Code 22.01', day);
    }
    const all = await clock.listed('attorneyDallas');
    expect(all.map((each) => each['dueOn'])).toEqual(all.map((each) => each['dueOn']).toSorted());
    expect(all.length).toBeGreaterThan(7);
    expect(new Set(ids(all)).size).toBe(all.length);
    for (const each of all) expect(each).toMatchObject({ metOn: null, supersededAt: null, dueOn: expect.any(String) });
    for (const first of [1, 2, 3, 100]) expect(ids(await clock.listed('attorneyDallas', {}, first)), String(first)).toEqual(ids(all));
  });

  test('is narrowed by kind, day, lead, assignee, stage and what it rests on', async () => {
    const all = await clock.listed('attorneyDallas');
    const day = '2026-06-10';
    const like = (holds: (each: Record<string, any>) => boolean) => ids(all.filter(holds));
    const weak = ['UNATTESTED', 'LOW_CONFIDENCE', 'MEDIUM_CONFIDENCE', 'PERIOD_ASSUMED', 'PERIOD_UNVERIFIED', 'START_UNVERIFIED'];
    expect(ids(await clock.listed('attorneyDallas', { kinds: ['LIMITATION'] }))).toEqual(like(({ kind }) => kind === 'LIMITATION'));
    expect(ids(await clock.listed('attorneyDallas', { dueUntil: day }))).toEqual(like(({ dueOn }) => dueOn <= day));
    expect(ids(await clock.listed('attorneyDallas', { dueFrom: day, kinds: ['CAMERA_RETENTION'] }))).toEqual(like(({ dueOn, kind }) => dueOn >= day && kind === 'CAMERA_RETENTION'));
    expect(ids(await clock.listed('attorneyDallas', { unverified: true }))).toEqual(like(({ warnings }) => warnings.some((each: string) => weak.includes(each))));
    expect(ids(await clock.listed('attorneyDallas', { unverified: false }))).toEqual(like(({ warnings }) => !warnings.some((each: string) => weak.includes(each))));
    expect(like(({ dueOn }) => dueOn <= day)).not.toEqual([]);
    expect(ids(await clock.listed('attorneyDallas', { lead: world.officeIds['dallas-tx'] }))).toEqual(ids(all));
    expect(await clock.listed('attorneyDallas', { lead: world.officeIds['cook-il'] })).toEqual([]);
    expect(ids(await clock.listed('attorneyDallas', { assignee: world.memberIds.attorneyDallas }))).toEqual(ids(all));
    expect(await clock.listed('attorneyDallas', { assignee: world.memberIds.secondDallas })).toEqual([]);
    expect(await clock.listed('attorneyDallas', { stages: ['IN_COURT'] })).toEqual([]);
    expect(ids(await clock.listed('attorneyDallas', { stages: ['CLAIMED', 'UNDER_REVIEW', 'MERGED'] }))).toEqual(ids(all));
  });

  test('shows nobody what they may not see: another office, a walled member, a role without the facet', async () => {
    const mine = async (who: 'attorneyHennepin' | 'secondDallas' | 'recordsDallas' | 'electedDallas') => (await clock.listed(who)).filter((each) => each['case'].id === built.id);
    expect(await mine('attorneyHennepin')).toEqual([]);
    expect((await mine('electedDallas')).length).toBeGreaterThan(1);
    expect((await mine('secondDallas')).length).toBeGreaterThan(1);
    await world.database.owner`insert into comity.closings (case_id, subject, facets, cause, ref) values (${built.id}, ${world.memberIds.secondDallas}, 65535, 'WALL', ${newId()})`;
    expect(await mine('secondDallas')).toEqual([]);
    await world.database.owner`insert into comity.closings (case_id, facets, cause, ref) values (${built.id}, ${FACETS.CHARGES}, 'SEAL', ${newId()})`;
    expect((await mine('electedDallas')).map(({ kind }) => kind)).not.toContain('LIMITATION');
    await world.database.owner`delete from comity.closings where case_id = ${built.id}`;
  });

  test('goes with a charge into a compartment', async () => {
    const secret = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const id = await chargedUnder(world, 'attorneyDallas', secret, 'Tex. Penal Code 22.01');
    const seen = async () => (await clock.ofCase('electedDallas', secret)).map(({ kind }) => kind);
    expect(await seen()).toContain('LIMITATION');
    await world.database.owner`update comity.charges set needs = needs | ${FACETS.GRAND_JURY} where case_id = ${secret.id} and id = ${id}`;
    expect(await seen()).toEqual(['CAMERA_RETENTION']);
  });

  test.each([[0, 'first'], [101, 'first']])('is asked for 1 to 100 at a time, not %i', async (first, field) => {
    const { errors } = await world.as('attorneyDallas').ask('query ($first: Int) { clocks(first: $first) { nodes { id } } }', { first });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  test('is the same for one who sees thousands of cases as for one who sees few', async () => {
    const few = ids(await clock.listed('electedDallas'));
    await world.database.owner`insert into comity.sight (case_id, viewer, cause, ref, facets, since, until, received_at)
      select gen_random_uuid(), ${world.officeIds['dallas-tx']}, 'SEAT', gen_random_uuid(), 1, now(), 'infinity', now() from generate_series(1, 2500)`;
    expect(ids(await clock.listed('electedDallas', {}, 3))).toEqual(few);
    await world.database.owner`delete from comity.sight s where not exists (select 1 from comity.cases c where c.id = s.case_id)`;
  });
});

describe('by the tables alone', () => {
  test('a fact is recorded in one’s own name by the office that leads, ended, attested and withdrawn once, and never changed', async () => {
    const insert = (by: string, more = '') => [`insert into comity.clock_facts (case_id, id, needs, kind, about_id, from_on, grounds, source, recorded_by, recorded_at${more && ', withdrawn_by, withdrawn_at, withdrawn_because'})
      values ($1::uuid, $2::uuid, 16, 'DISCOVERY', $3::uuid, '2026-04-01', '{}', 'x', $4::uuid, statement_timestamp()${more})`, [built.id, newId(), chargeId, by]] as const;
    const me = world.memberIds.attorneyDallas;
    await seated(world.database, { as: me }, async ({ refusal }) => {
      expect(await refusal(...insert(me))).toBe('passed');
      expect(await refusal(...insert(world.memberIds.electedDallas)), 'in another’s name').toBe('42501');
      expect(await refusal(...insert(me, ', comity.member(), now(), $5').slice(0, 1) as [string], [...insert(me)[1], 'x']), 'withdrawn from the start').toBe('42501');
      expect(await refusal(`update comity.clock_facts set source = 'y' where case_id = $1::uuid`, [built.id])).toBe('42501');
      expect(await refusal(`insert into comity.clocks select * from comity.clocks where case_id = $1::uuid`, [built.id])).toBe('42501');
      expect(await refusal(`update comity.clocks set due_on = '2999-01-01' where case_id = $1::uuid`, [built.id])).toBe('42501');
    });
    for (const who of ['attorneyHennepin', 'chiefDallasPolice', 'administrator'] as const) {
      await seated(world.database, { as: world.memberIds[who] }, async ({ refusal }) => expect(await refusal(...insert(world.memberIds[who])), who).toBe('42501'));
    }
    await seated(world.database, { as: world.memberIds.investigatorDallas }, async ({ refusal }) => {
      const [text, values] = insert(world.memberIds.investigatorDallas);
      expect(await refusal(text.replace('DISCOVERY', 'ASSERTION').replace(`'2026-04-01', '{}'`, `null, '{X}'`), [...values]), 'asserted by no attorney').toBe('42501');
    });
  });

  test('whoever does not see a case learns nothing of what its clocks depend on, and keeps none of its clocks', async () => {
    for (const who of ['attorneyHennepin', 'chiefChicagoPolice', 'analyst', 'auditor', 'administrator'] as const) {
      await seated(world.database, { as: world.memberIds[who] }, async ({ rows, refusal }) => {
        expect(await rows('select facts from comity.clock_facts($1::uuid[], $2::uuid)', [`{${built.id}}`, built.referralId]), who).toEqual([]);
        expect(await refusal(`select comity.put_clocks($1::uuid, '[]')`, [built.id]), who).toBe('CM404');
        for (const inner of [`comity.put_clocks_of($1::uuid, '[]')`, `comity.clock_facts_of(array[$1::uuid])`]) expect(await refusal(`select ${inner}`, [built.id]), who).toBe('42501');
      });
    }
    expect((await clock.ofCase('attorneyDallas', built)).length).toBeGreaterThan(1);
  });
});
