import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { withProbes, withVenue } from './policies.world.ts';
import { asked, castPerson, given, keptTo, mutation, outcome, seat, unitOf, type Person } from './units.world.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let [supervisor, elected, hennepin] = [] as unknown as [Person, Person, Person];
/** An attorney of Dallas who is on no team, in no unit, and has not used break-glass before. */
let deputy: Person;
let subject: BuiltCase;
beforeAll(async () => {
  world = await openWorld();
  supervisor = castPerson(world, 'supervisorDallas');
  elected = castPerson(world, 'electedDallas');
  hennepin = castPerson(world, 'attorneyHennepin');
});
afterAll(() => world.close());
beforeEach(async () => {
  deputy = await seat(world, 'ATTORNEY');
  subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
});

const USE = 'use { id until since reviewDueAt overdue finding member { id } reviewedBy { id } }';
const breakGlass = (who: Person, { id }: { readonly id: string } = subject, more: object = {}, purpose: string | null = 'EMERGENCY') =>
  asked(world, who, mutation('breakGlass', `${USE} case { number persons { contact { phone } } }`), { input: { caseId: id, reason: 'Night duty: a call about the victim.', ...more } }, purpose);

/** Breaks the glass and answers with the use. */
async function broken(who: Person = deputy, of: { readonly id: string } = subject, more: object = {}): Promise<Record<string, any>> {
  const { data, errors } = await breakGlass(who, of, more);
  if (!data) throw new Error(JSON.stringify(errors));
  return data['breakGlass'].use;
}

const end = (who: Person, useId: string, { id }: { readonly id: string } = subject) => asked(world, who, mutation('endBreakGlass', `${USE} case { number }`), { input: { caseId: id, useId } });
const review = (who: Person, useId: string, more: object = {}, { id }: { readonly id: string } = subject) =>
  asked(world, who, mutation('reviewBreakGlass', USE), { input: { caseId: id, useId, finding: 'JUSTIFIED', remark: 'Seen with the duty log.', ...more } });

const USES = `query ($filter: BreakGlassUseFilter, $first: Int, $after: String) { breakGlassUses(filter: $filter, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { id reason overdue until reviewedAt finding remark member { id } case { id number report { narrative } } } } }`;
const uses = async (who: Person, variables: object = {}) => (await given(world, who, USES, { first: 100, ...variables }))['breakGlassUses'];

const DETAIL = 'query ($id: ID) { case(id: $id) { number report { narrative } persons { name contact { phone } } recordings { holder } events { nodes { act body actor { id } } } } }';
const seen = async (who: Person, { id }: { readonly id: string } = subject) => (await given(world, who, DETAIL, { id }))['case'];
const phoneOf = async (who: Person) => (await seen(who))?.persons[1]?.contact?.phone ?? null;
const probed = async (who: Person) => (await seen(who)).recordings.map(({ holder }: { holder: string }) => holder).filter((holder: string) => holder in FACETS).sort();

describe('the next midnight of an office', () => {
  test.each([
    // Chicago springs forward on 8 March 2026 and falls back on 1 November 2026, at two in the morning.
    ['America/Chicago', '2026-03-08T05:59:59.999999Z', '2026-03-08T06:00:00Z', 'the eve of the spring change, still standard time'],
    ['America/Chicago', '2026-03-08T06:00:00Z', '2026-03-09T05:00:00Z', 'midnight itself begins the day of 23 hours'],
    ['America/Chicago', '2026-03-08T12:00:00Z', '2026-03-09T05:00:00Z', 'after the change'],
    ['America/Chicago', '2026-07-01T04:59:59Z', '2026-07-01T05:00:00Z', 'summer'],
    ['America/Chicago', '2026-11-01T04:59:59Z', '2026-11-01T05:00:00Z', 'the eve of the autumn change'],
    ['America/Chicago', '2026-11-01T05:00:00Z', '2026-11-02T06:00:00Z', 'midnight itself begins the day of 25 hours'],
    ['America/Chicago', '2026-11-01T06:30:00Z', '2026-11-02T06:00:00Z', 'the hour that comes twice, the first time'],
    ['America/Chicago', '2026-11-01T07:30:00Z', '2026-11-02T06:00:00Z', 'and the second'],
    ['America/Chicago', '2026-12-31T23:00:00Z', '2027-01-01T06:00:00Z', 'the end of a year'],
    // Arizona does not change its clocks.
    ['America/Phoenix', '2026-03-08T06:59:59Z', '2026-03-08T07:00:00Z', 'while others change'],
    ['America/Phoenix', '2026-03-08T07:00:00Z', '2026-03-09T07:00:00Z', 'a day of 24 hours'],
    ['America/Phoenix', '2026-11-01T07:00:00Z', '2026-11-02T07:00:00Z', 'in autumn too'],
    ['America/New_York', '2024-02-28T23:00:00Z', '2024-02-29T05:00:00Z', 'a leap day'],
    // Clocks in Havana skip the hour from midnight to one: the day begins at one.
    ['America/Havana', '2026-03-07T12:00:00Z', '2026-03-08T05:00:00Z', 'a midnight that there is not'],
  ])('in %s after %s is %s: %s', async (zone, at, midnight) => {
    const [row] = await world.database.owner`select comity.next_midnight(${zone}, ${at}::timestamptz) = ${midnight}::timestamptz as right, comity.next_midnight(${zone}, ${at}::timestamptz)::text as found`;
    expect(row).toMatchObject({ right: true });
  });
});

describe('break-glass', () => {
  test('opens to a deputy off the team what the ceiling of the role kept closed', async () => {
    expect(await phoneOf(deputy)).toBeNull();
    const { data } = await breakGlass(deputy);
    expect(data?.['breakGlass'].case.persons[1].contact.phone).toBe('555-0100');
    expect(await phoneOf(deputy)).toBe('555-0100');
    expect(await phoneOf(castPerson(world, 'secondDallas')), 'and to nobody else').toBeNull();
    expect(await seen(deputy)).toMatchObject({ events: { nodes: [{ act: 'BROKE_GLASS', actor: { id: deputy.id }, body: { useId: data?.['breakGlass'].use.id, hours: null, purpose: 'EMERGENCY' } }, {}, {}] } });
  });

  test('ends at the next midnight of the office, or sooner if told so, and is to be reviewed three days after it began', async () => {
    for (const [hours, most] of [[undefined, 26], [1, 1], [24, 24]] as const) {
      const who = await seat(world, 'ATTORNEY');
      const { id } = await broken(who, subject, { hours });
      const [row] = await world.database.owner`select until = least(comity.next_midnight('America/Chicago', since), since + ${most} * interval '1 hour') as right,
        review_due_at = since + interval '72 hours' as due, since > now() - interval '1 minute' as now from comity.glass_uses where id = ${id}`;
      expect(row).toEqual({ right: true, due: true, now: true });
    }
  });

  test('opens a case that is kept to a unit, but for acts: they stay the unit’s', async () => {
    await keptTo(world, subject, await unitOf(world, await seat(world, 'ATTORNEY')));
    await withProbes(world, subject);
    for (const who of [deputy, await seat(world, 'SUPERVISOR')]) {
      expect(await seen(who)).toMatchObject({ report: null, persons: [] });
      await broken(who);
      expect(await seen(who)).toMatchObject({ number: subject.number, report: { narrative: expect.any(String) } });
      expect(await phoneOf(who)).toBe('555-0100');
      expect(await probed(who)).toEqual(['CHARGES', 'COALITION', 'EVIDENCE', 'HISTORY', 'JOINT', 'OFFICE', 'PERSONS', 'PROCEEDINGS', 'REPORT', 'SUMMARY', 'VICTIM_CONTACT']);
      for (const [field, input] of [
        ['annotateCase', { target: { kind: 'CASE' }, kind: 'NOTE', body: 'A remark.' }], ['assignCase', { memberId: who.id, role: 'SUPPORT' }], ['releaseCase', { expectedVersion: subject.version }],
        ['restrictToUnit', { unitId: null }],
      ] as const) {
        expect(outcome(await asked(world, who, mutation(field, 'case { id }'), { input: { caseId: subject.id, ...input } })), field).toBe('FORBIDDEN');
      }
    }
  });

  test('never opens a compartment or the notes of the team', async () => {
    await withProbes(world, subject);
    await broken();
    for (const facet of ['GRAND_JURY', 'COMPELLED', 'TEAM', 'OWN']) expect(await probed(deputy)).not.toContain(facet);
    expect(await probed(deputy)).toContain('VICTIM_CONTACT');
  });

  test('is for the office that leads: another that sees the summary is told so, and one that does not finds nothing', async () => {
    const [hidden, absent] = await Promise.all([subject.id, newId()].map((id) => breakGlass(hennepin, { id })));
    expect(hidden).toEqual(absent);
    expect(hidden && outcome(hidden)).toBe('NOT_FOUND');
    await withVenue(world, subject, 'hennepin-mn');
    expect(outcome(await breakGlass(hennepin))).toBe('FORBIDDEN');
    expect(outcome(await breakGlass(deputy, await world.buildCase())), 'nobody leads it').toBe('FORBIDDEN');
  });

  test('does not reach through a wall, raised before or while it lasts', async () => {
    const wall = async (caseId: string) => {
      await world.database.owner`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
        values (${caseId}, ${newId()}, ${FACETS.OFFICE}, 'MEMBER', ${deputy.id}, 'FAMILY', 'Related.', '{CONFLICTS}', ${supervisor.id}, now())`;
      await world.database.owner`select comity.compute_sight(${caseId})`;
    };
    const walled = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await wall(walled.id);
    expect(await breakGlass(deputy, walled)).toEqual(await breakGlass(deputy, { id: newId() }));
    expect(outcome(await breakGlass(deputy, walled))).toBe('NOT_FOUND');
    const { id } = await broken();
    await wall(subject.id);
    expect(await seen(deputy)).toBeNull();
    expect((await uses(deputy)).nodes).toEqual([]);
    expect(outcome(await end(deputy, id))).toBe('NOT_FOUND');
  });

  test('does not reach through a seal, and answers as if there were none', async () => {
    await world.database.owner`insert into comity.seals (case_id, id, needs, facets, audience, "order", sealed_by, sealed_at)
      values (${subject.id}, ${newId()}, ${FACETS.OFFICE | FACETS.VICTIM_CONTACT}, ${FACETS.VICTIM_CONTACT}, ${[elected.id]}::uuid[], 'Order 1', ${elected.id}, now())`;
    await world.database.owner`select comity.compute_sight(${subject.id})`;
    expect(outcome(await breakGlass(deputy))).toBe('served');
    expect(await phoneOf(deputy)).toBeNull();
    await world.database.owner`insert into comity.seals (case_id, id, needs, facets, audience, "order", sealed_by, sealed_at)
      values (${subject.id}, ${newId()}, ${FACETS.OFFICE}, 65535, ${[elected.id]}::uuid[], 'Order 2', ${elected.id}, now())`;
    await world.database.owner`select comity.compute_sight(${subject.id})`;
    expect(outcome(await breakGlass(await seat(world, 'ATTORNEY')))).toBe('NOT_FOUND');
  });

  test('is refused where it would open nothing: to the team', async () => {
    const reply = await breakGlass(castPerson(world, 'attorneyDallas'));
    expect(outcome(reply)).toBe('CONFLICT');
    expect(reply.errors?.[0]?.message).toContain('open to you already');
  });

  test('needs a purpose, a reason and a time of a day at the most', async () => {
    expect((await breakGlass(deputy, subject, {}, null)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'x-purpose', remedy: expect.any(String) });
    for (const hours of [0, -1, 25]) expect((await breakGlass(deputy, subject, { hours })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'hours' });
    expect((await breakGlass(deputy, subject, { reason: ' ' })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    expect((await uses(deputy)).totalCount).toBe(0);
  });

  test('opens nothing any more when its time is over, without any act', async () => {
    const { id } = await broken();
    const { owner } = world.database;
    await owner`update comity.glass_uses set until = clock_timestamp() where id = ${id}`;
    await owner`update comity.sight set until = clock_timestamp() where ref = ${id}`;
    expect(await phoneOf(deputy)).toBeNull();
    expect((await uses(deputy)).nodes, 'what was used stays known').toMatchObject([{ id }]);
    await owner`select comity.compute_sight(${subject.id})`;
    expect(await phoneOf(deputy)).toBeNull();
  });

  test('ends when the office gives up the case', async () => {
    await broken();
    await given(world, supervisor, mutation('releaseCase', 'case { id }'), { input: { caseId: subject.id, expectedVersion: subject.version } });
    await given(world, castPerson(world, 'secondDallas'), mutation('claimCase', 'case { id }'), { input: { caseId: subject.id, expectedVersion: subject.version + 1 } });
    expect(await phoneOf(deputy)).toBeNull();
    const [row] = await world.database.owner`select count(*)::int as n from comity.sight where case_id = ${subject.id} and cause = 'BREAK_GLASS'`;
    expect(row?.['n']).toBe(0);
  });
});

describe('a use of break-glass', () => {
  test('is ended by who made it, once, and by nobody else', async () => {
    const { id } = await broken();
    const [colleague, head, absent] = [await end(await seat(world, 'ATTORNEY'), id), await end(supervisor, id), await end(deputy, newId())];
    expect([colleague, head, absent].map(outcome)).toEqual(['NOT_FOUND', 'FORBIDDEN', 'NOT_FOUND']);
    expect(colleague).toEqual(absent);
    expect(outcome(await end(deputy, id))).toBe('served');
    expect(await phoneOf(deputy)).toBeNull();
    expect(outcome(await end(deputy, id))).toBe('CONFLICT');
  });

  test('is not followed by a second, on whichever case and ended or not, before it was reviewed', async () => {
    const other = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { id } = await broken();
    for (const of of [subject, other]) expect((await breakGlass(deputy, of)).errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', remedy: expect.stringContaining('review') });
    await end(deputy, id);
    expect(outcome(await breakGlass(deputy, other))).toBe('CONFLICT');
    expect(outcome(await review(supervisor, id))).toBe('served');
    expect(outcome(await breakGlass(deputy, other))).toBe('served');
  });

  test('is one, where several are tried at the same moment', async () => {
    const others = await Promise.all([1, 2, 3, 4].map(() => world.buildCase({ claimedBy: 'attorneyDallas' })));
    const outcomes = (await Promise.all(others.map((of) => breakGlass(deputy, of)))).map(outcome);
    expect(outcomes.sort()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'served']);
    expect((await uses(deputy)).totalCount).toBe(1);
  });

  test('is reviewed by another head of the office, once', async () => {
    const head = await seat(world, 'SUPERVISOR');
    const { id } = await broken(head);
    expect(outcome(await review(head, id)), 'oneself').toBe('FORBIDDEN');
    expect(outcome(await review(deputy, id)), 'no head').toBe('FORBIDDEN');
    expect(outcome(await review(castPerson(world, 'supervisorHennepin'), id)), 'another office').toBe('NOT_FOUND');
    expect((await review(elected, id, { remark: '' })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'remark' });
    const { data } = await review(elected, id);
    expect(data?.['reviewBreakGlass'].use).toMatchObject({ id, finding: 'JUSTIFIED', reviewedBy: { id: elected.id }, overdue: false });
    expect(outcome(await review(supervisor, id))).toBe('CONFLICT');
    expect(await phoneOf(head), 'it lasts as it was begun').toBe('555-0100');
  });

  test('ends with a review that finds no cause for it', async () => {
    const { id } = await broken();
    expect(outcome(await review(supervisor, id, { finding: 'NOT_JUSTIFIED' }))).toBe('served');
    expect(await phoneOf(deputy)).toBeNull();
    expect(outcome(await end(deputy, id))).toBe('CONFLICT');
  });

  const leaving: [string, () => Promise<void>][] = [
    ['to another that takes the lead', async () => {
      await world.database.owner`delete from comity.venues where case_id = ${subject.id}`;
      const { proposeTransfer } = await given(world, supervisor, mutation('proposeTransfer', 'transfer { id }'), {
        input: { caseId: subject.id, jurisdictionId: world.officeIds['hennepin-mn'], reason: 'It began there.', expectedVersion: subject.version },
      });
      await given(world, castPerson(world, 'supervisorHennepin'), mutation('acceptTransfer', 'case { id }'), {
        input: { caseId: subject.id, transferId: proposeTransfer.transfer.id, expectedVersion: subject.version },
      });
    }],
    ['by a release', async () => {
      await world.database.owner`delete from comity.venues where case_id = ${subject.id}`;
      await given(world, supervisor, mutation('releaseCase', 'case { id }'), { input: { caseId: subject.id, expectedVersion: subject.version } });
    }],
    ['by a wall against the whole of it', async () => {
      const { owner } = world.database;
      await owner`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
        values (${subject.id}, ${newId()}, 512, 'OFFICE', ${world.officeIds['dallas-tx']}, 'FORMER_CLIENT', 'x', '{CONFLICTS}', ${world.memberIds.supervisorDallas}, now())`;
      await owner`select comity.compute_sight(${subject.id}::uuid)`;
    }],
  ];

  test.each(leaving)('whose case has left the office, %s, is known there still, without the case, and is reviewed', async (_way, leave) => {
    const { id } = await broken();
    const recused = await seat(world, 'SUPERVISOR');
    await given(world, recused, mutation('recuse', 'case { id }'), { input: { caseId: subject.id, note: 'Kin.' } });
    await leave();
    const listed = async (who: Person) => (await uses(who)).nodes.find((use: { id: string }) => use.id === id);
    for (const who of [supervisor, elected, deputy]) expect(await listed(who)).toMatchObject({ id, case: null, reviewedAt: null });
    for (const who of [recused, hennepin, castPerson(world, 'supervisorHennepin')]) {
      expect(await listed(who)).toBeUndefined();
      expect((await review(who, id)).errors?.[0]?.extensions['code'], who.subject).toBe(who === hennepin ? 'FORBIDDEN' : 'NOT_FOUND');
    }
    expect(outcome(await review(deputy, id)), 'oneself, and no head').toBe('FORBIDDEN');
    expect((await review(supervisor, id, { remark: ' ' })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'remark' });
    expect((await Promise.all([review(supervisor, id), review(elected, id)])).map(outcome).sort()).toEqual(['CONFLICT', 'served']);
    expect(await listed(elected)).toMatchObject({ case: null, finding: 'JUSTIFIED' });
    const [event] = await world.database.owner`select body::jsonb as body, acting_for from comity.trail_events where case_id = ${subject.id} order by seq desc limit 1`;
    expect(event).toEqual({ body: { useId: id, memberId: deputy.id, finding: 'JUSTIFIED' }, acting_for: world.officeIds['dallas-tx'] });
    expect(outcome(await breakGlass(deputy, await world.buildCase({ claimedBy: 'attorneyDallas' })))).toBe('served');
  });

  test('is shown to the heads of the office, in whichever unit, and to who made it', async () => {
    await keptTo(world, subject, await unitOf(world, await seat(world, 'ATTORNEY')));
    const { id } = await broken();
    const filter = { memberId: deputy.id };
    for (const head of [supervisor, elected]) {
      expect((await uses(head, { filter })).nodes, head.subject).toEqual([{
        id, reason: 'Night duty: a call about the victim.', overdue: false, until: expect.any(String), reviewedAt: null, finding: null, remark: null,
        member: { id: deputy.id }, case: { id: subject.id, number: subject.number, report: null },
      }]);
    }
    expect((await uses(deputy)).nodes).toMatchObject([{ id, case: { report: { narrative: expect.any(String) } } }]);
    for (const who of ['secondDallas', 'advocateDallas', 'supervisorHennepin'] as const) expect((await uses(castPerson(world, who), { filter })).totalCount, who).toBe(0);
    expect((await seen(supervisor)).events.nodes).toEqual([]);
    expect((await seen(castPerson(world, 'attorneyDallas'))).events.nodes[0].act, 'the team reads it in the history').toBe('BROKE_GLASS');
  });

  test('is overdue when three days have passed without a review, and listed as awaiting one until then', async () => {
    const first = await broken();
    await world.database.owner`update comity.glass_uses set since = since - interval '4 days', review_due_at = review_due_at - interval '4 days' where id = ${first['id']}`;
    const memberId = deputy.id;
    expect((await uses(supervisor, { filter: { memberId, awaitingReview: true } })).nodes).toMatchObject([{ id: first['id'], overdue: true }]);
    await review(supervisor, first['id']);
    expect((await uses(supervisor, { filter: { memberId, awaitingReview: true } })).nodes).toEqual([]);
    const second = await broken();
    expect((await uses(supervisor, { filter: { memberId, awaitingReview: false } })).nodes).toMatchObject([{ id: first['id'], overdue: false, finding: 'JUSTIFIED', remark: 'Seen with the duty log.' }]);
    const page = await uses(supervisor, { filter: { memberId }, first: 1 });
    expect(page).toMatchObject({ totalCount: 2, nodes: [{ id: second['id'] }], pageInfo: { hasNextPage: true } });
    expect((await uses(supervisor, { filter: { memberId }, first: 1, after: page.pageInfo.endCursor })).nodes).toMatchObject([{ id: first['id'] }]);
  });
});

describe('while break-glass has a case open', () => {
  const READ = 'query ($id: ID) { case(id: $id) { number report { narrative } recordings { id } } }';
  /** What was logged of the case, by whom and what for. */
  const logged = async () => [...await world.database.owner`select field, purpose, facets, objects from comity.access_log where case_id = ${subject.id} and decision = 'READ' and actor_id = ${deputy.id} order by at, id`];
  beforeEach(async () => {
    await keptTo(world, subject, await unitOf(world, castPerson(world, 'attorneyDallas')));
  });

  test('nothing is read or done without a purpose', async () => {
    const { id } = await broken();
    const before = await logged();
    for (const document of [READ, '{ cases { totalCount } }', '{ me { name } cases { totalCount } }']) {
      const { data, errors } = await asked(world, deputy, document, document === READ ? { id: subject.id } : {}, null);
      expect(Object.values(data ?? {}).filter((value) => value !== null), document).toEqual([]);
      expect(errors?.[0]?.extensions, document).toMatchObject({ code: 'BAD_USER_INPUT', field: 'x-purpose', remedy: expect.any(String) });
    }
    const note = { caseId: subject.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'Seen.' };
    const annotate = mutation('annotateCase', 'annotation { id }');
    expect(outcome(await asked(world, deputy, annotate, { input: note }, null))).toBe('BAD_USER_INPUT');
    expect(outcome(await asked(world, deputy, 'query ($id: ID) { verifyTrail(caseId: $id) { intact } }', { id: subject.id }, null)), 'a denial is one with and without').toBe('FORBIDDEN');
    expect(await logged()).toEqual(before);
    await end(deputy, id);
    expect(outcome(await asked(world, deputy, READ, { id: subject.id }, null))).toBe('served');
  });

  test('all that is shown of it is logged, with what for, and nothing of others is', async () => {
    const other = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await broken();
    const breaking = await logged();
    expect(breaking.some(({ objects }) => objects.includes(subject.id)), 'what the act itself shows').toBe(true);
    expect(breaking.every(({ field, purpose }) => field === 'breakGlass' && purpose === 'EMERGENCY')).toBe(true);
    const reads = async (document: string, variables: Readonly<Record<string, unknown>>) => {
      const from = (await logged()).length;
      const reply = await asked(world, deputy, document, variables);
      expect(outcome(reply)).toBe('served');
      expect(JSON.stringify(reply)).not.toContain('"#"');
      return (await logged()).slice(from);
    };
    expect(await reads(READ, { id: subject.id })).toEqual([{ field: 'case', purpose: 'EMERGENCY', facets: FACETS.SUMMARY | FACETS.REPORT | FACETS.EVIDENCE, objects: expect.arrayContaining([subject.id, ...subject.recordingIds]) }]);
    expect(await reads('{ cases { nodes { number } } }', {})).toEqual([{ field: 'cases', purpose: 'EMERGENCY', facets: FACETS.SUMMARY, objects: [subject.id] }]);
    expect(await reads('query ($id: ID) { me { name } case(id: $id) { number } }', { id: subject.id })).toMatchObject([{ field: 'case', facets: FACETS.SUMMARY }]);
    expect(await reads(READ, { id: other.id })).toEqual([]);
    expect(await world.database.owner`select 1 from comity.access_log where case_id = ${other.id} and actor_id = ${deputy.id}`).toHaveLength(0);
  });

  test('what is opened at the same moment as it is read is read without it, or logged', async () => {
    const reads = Promise.all(Array.from({ length: 12 }, () => asked(world, deputy, READ, { id: subject.id })));
    await broken();
    const shown = (await reads).filter(({ data }) => data?.['case'].report !== null).length;
    expect((await logged()).filter(({ field, facets }) => field === 'case' && facets & FACETS.REPORT)).toHaveLength(shown);
  });
});
