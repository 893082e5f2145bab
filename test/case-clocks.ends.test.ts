import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refreshClocks } from '../src/clocks/refresh.ts';
import { commandClient } from '../src/database/migrate.ts';
import { clockwork } from './case-clocks.world.ts';
import { demanding, draft, item, served } from './demands.world.ts';
import { docket } from './federal.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let clock: ReturnType<typeof clockwork>;
let play: ReturnType<typeof docket>;
let asking: ReturnType<typeof demanding>;
beforeAll(async () => {
  world = await openWorld();
  [clock, play, asking] = [clockwork(world), docket(world), demanding(world)];
});
afterAll(() => world.close());

const of = async (kind: string, subject: { readonly id: string }, who: CastMember = 'attorneyDallas') => (await clock.ofCase(who, subject)).filter((each) => each['kind'] === kind);
const arraigned = async () => {
  const bound = await play.inCourt();
  await play.arraign(bound.subject);
  return bound;
};

describe('the window for removal is of nobody’s concern any more', () => {
  test.each(['ACQUITTED', 'DISMISSED', 'CONVICTED'])('once every charge is %s; set aside, it is back', async (kind) => {
    const { subject, chargeIds: [chargeId = ''] } = await arraigned();
    expect(await of('REMOVAL_WINDOW', subject)).toMatchObject([{ dueOn: '2026-07-01' }]);
    const { charge } = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, kind));
    expect(await of('REMOVAL_WINDOW', subject)).toEqual([]);
    expect((await clock.listed('attorneyDallas', { kinds: ['REMOVAL_WINDOW'] })).filter((each) => each['case'].id === subject.id)).toEqual([]);
    await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'ENTERED_IN_ERROR', { supersedes: charge.disposition.id }));
    expect(await of('REMOVAL_WINDOW', subject)).toMatchObject([{ dueOn: '2026-07-01' }]);
  });

  test('while another charge waits it stays; that it closed is on record, and it is gone', async () => {
    const { subject, chargeIds: [first = ''] } = await arraigned();
    await play.filedCharge(subject);
    await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, first, 'DISMISSED'));
    expect(await of('REMOVAL_WINDOW', subject)).toHaveLength(1);
    await play.remove(subject, 'CLOSE_WINDOW', '2026-07-02');
    expect(await of('REMOVAL_WINDOW', subject)).toEqual([]);
  });

  test('and tells nobody of an arraignment in a compartment', async () => {
    const { subject } = await play.inCourt();
    await world.database.owner`update comity.charges set needs = needs | 16384 where case_id = ${subject.id}`;
    await play.arraign(subject, '2026-06-01');
    expect(await of('REMOVAL_WINDOW', subject)).toMatchObject([{ dueOn: '2026-07-01' }]);
    await play.filedCharge(subject);
    await play.tell('supervisorDallas', 'setTrial', { caseId: subject.id, personId: subject.personIds[0], startsOn: '2026-10-01' });
    for (const who of ['supervisorDallas', 'attorneyDallas'] as const) expect(await of('REMOVAL_WINDOW', subject, who)).toMatchObject([{ startedOn: null, dueOn: null }]);
  });
});

describe('victims are told', () => {
  /** A rule of a state that is new, as the first of its kind on file with another body. */
  const ruleAdded = (kind: string, state: string, body = 'body') => world.database.owner.unsafe(`insert into comity.state_rules (id, kind, state, position, body, citation, source, confidence)
    select gen_random_uuid(), kind, '${state}', 90, ${body}, citation, source, confidence from comity.state_rules where kind = '${kind}' order by state = '${state}' desc limit 1`);
  test('of each day on which a charge is disposed of, and of no other', async () => {
    await ruleAdded('VICTIM_NOTICE', 'TX', `body || '{"kind": "DISPOSITION", "from": "the disposition"}'`);
    const { subject, chargeIds: [first = '', second = '', third = ''] } = await play.inCourt(3);
    await play.arraign(subject);
    const started = async () => (await of('VICTIM_NOTICE', subject)).map((each) => each['startedOn']).filter((on) => on !== '2026-05-04').sort();
    for (const [chargeId, disposedOn] of [[first, '2026-08-01'], [second, '2026-08-20'], [third, '2026-08-20']] as const) await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'ACQUITTED', { disposedOn }));
    const days = await started();
    expect([...new Set(days)]).toEqual(['2026-08-01', '2026-08-20']);
    expect(days.filter((day) => day === '2026-08-20')).toHaveLength(days.filter((day) => day === '2026-08-01').length);
  });

  test('by a rule that is new, of what stands already: a refresh finds the cases, closed ones too, and a second one nothing', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await arraigned();
    await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'ACQUITTED', { disposedOn: '2026-08-01' }));
    const open = await arraigned();
    await play.tell('attorneyDallas', 'recordSupersession', { caseId: open.subject.id, act: 'PETITION', on: '2026-06-01', basis: 'ABSENCE', petitioner: 'The judge' });
    const before = await clock.ofCase('attorneyDallas', open.subject);
    await world.database.owner`delete from comity.clocks where kind in ('VICTIM_NOTICE', 'REMOVAL_WINDOW') and case_id in (${subject.id}, ${open.subject.id})`;
    expect((await of('VICTIM_NOTICE', subject)).length + (await of('REMOVAL_WINDOW', open.subject)).length).toBe(0);
    await ruleAdded('SUPERSESSION', 'TX');
    const sql = commandClient(world.database.as('comity_migrator'));
    try {
      expect(await refreshClocks(sql)).toBeGreaterThanOrEqual(2);
      expect(await refreshClocks(sql)).toBe(0);
    } finally {
      await sql.end();
    }
    expect((await of('VICTIM_NOTICE', subject)).length).toBeGreaterThan(0);
    const bare = (found: readonly Record<string, any>[]) => found.map(({ kind, dueOn }) => [kind, dueOn]).sort();
    expect(bare((await clock.ofCase('attorneyDallas', open.subject)).filter(({ kind }) => !String(kind).startsWith('SUPERSESSION')))).toEqual(bare(before));
    expect(await of('SUPERSESSION_HEARING', open.subject)).toMatchObject([{ state: 'NOT_RUNNING' }]);
  });
});

describe('a demand’s day', () => {
  const demanded = async (): Promise<{ subject: BuiltCase; id: string; items: { id: string }[] }> => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { demand: { id, items } } = await asking.tell('attorneyDallas', 'draftDemand', draft(subject, { items: [item('One.'), item('Two.')] }));
    await asking.tell('attorneyDallas', 'serveDemand', { caseId: subject.id, demandId: id, ...served() });
    return { subject, id, items };
  };

  test('is met once all of it is answered, on the day of the last answer', async () => {
    const { subject, id, items } = await demanded();
    const answer = (index: number, answeredOn: string, state = 'PRODUCED') => asking.tell('attorneyDallas', 'answerDemand', { caseId: subject.id, demandId: id, answeredOn, answers: [{ itemId: items[index]?.id, state, ...(state === 'WITHHELD' && { ground: 'CLASSIFIED' }) }] });
    await answer(0, '2026-04-10', 'WITHHELD');
    expect(await of('EXTERNAL_DEMAND', subject)).toMatchObject([{ state: 'PASSED', metOn: null }]);
    await answer(1, '2026-04-15');
    expect(await of('EXTERNAL_DEMAND', subject)).toMatchObject([{ state: 'MET', metOn: '2026-04-15' }]);
    // Answered again, it was answered then all the same.
    await answer(0, '2026-06-01');
    expect(await of('EXTERNAL_DEMAND', subject)).toMatchObject([{ state: 'MET', metOn: '2026-04-15' }]);
  });

  test('ends where a court dismisses it', async () => {
    const { subject, id } = await demanded();
    const about = { caseId: subject.id, demandId: id };
    await asking.tell('attorneyDallas', 'fileSuit', { ...about, court: 'District Court', docketNumber: '26-cv-1', filedOn: '2026-05-01' });
    expect(await of('EXTERNAL_DEMAND', subject)).toHaveLength(1);
    await asking.tell('attorneyDallas', 'decideSuit', { ...about, outcome: 'DISMISSED', decidedOn: '2026-06-01', order: 'No waiver.' });
    expect(await of('EXTERNAL_DEMAND', subject)).toEqual([]);
  });
});
