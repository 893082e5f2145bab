import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NOT_SOUGHT, REMOVAL_ACTS, REMOVAL_CITATIONS, REMOVAL_MOVES, REMOVAL_STATES, REVERSALS } from '../src/federal/removal.rules.ts';
import { after } from '../src/federal/machine.ts';
import { newId } from '../src/kernel/ids.ts';
import { docket, movesKept, movesOf, REMOVAL_DETAILS, withRemoval } from './federal.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof docket>;
let bound: { subject: BuiltCase; personId: string };
beforeAll(async () => {
  world = await openWorld();
  play = docket(world);
  bound = await play.inCourt();
  await play.arraign(bound.subject);
});
afterAll(() => world.close());

const PLACES = [NOT_SOUGHT, ...REMOVAL_STATES] as const;
const BARRED = ['NOTICE_FILED', 'HEARING_SET', 'REMOVED', 'APPEAL_PENDING', 'CLOSED'];
const rowOf = async (id: string) => (await world.database.owner`select state from comity.removals where id = ${id}`)[0]?.['state'];

describe('a removal that stands at', () => {
  const ALL = PLACES.flatMap((place) => REMOVAL_ACTS.map((act) => [place, act] as const));
  test.each(ALL)('%s: %s is done where the one table says so, and a CONFLICT with the rule elsewhere', async (place, act) => {
    const { subject, personId } = bound;
    const to = after(REMOVAL_MOVES, act, place);
    let removalId: string | undefined;
    if (place === NOT_SOUGHT) {
      await world.database.owner`delete from comity.removal_steps where case_id = ${subject.id}`;
      await world.database.owner`delete from comity.removals where case_id = ${subject.id}`;
    }
    else removalId = await withRemoval(world, subject, place);
    // The window closed on 1 July.
    const on = act === 'FILE_NOTICE' ? '2026-06-15' : '2026-08-10';
    const input = { caseId: subject.id, ...(removalId === undefined ? { personId } : { removalId }), act, on, ...REMOVAL_DETAILS[act] };
    if (to === undefined) {
      expect(await play.refusal('attorneyDallas', 'recordRemoval', input)).toMatchObject({ code: 'CONFLICT', rule: 'REMOVAL', citation: REMOVAL_CITATIONS[act], state: place, remedy: expect.any(String) });
      if (removalId !== undefined) expect(await rowOf(removalId)).toBe(place);
    } else {
      expect((await play.tell('attorneyDallas', 'recordRemoval', input)).removal).toMatchObject({ state: to, person: { id: personId }, movedBy: { name: 'Ada Attwell' } });
      // Done once, it is not done again.
      if (act !== 'CLOSE_WINDOW' && act !== 'SET_HEARING' && removalId !== undefined) expect(await play.ended('attorneyDallas', 'recordRemoval', input)).toBe('CONFLICT');
    }
  });

  test.each(REMOVAL_STATES)('%s bars a judgment from notice to remand, and not otherwise', async (state) => {
    await withRemoval(world, bound.subject, state);
    const [removal] = (await play.seen('attorneyDallas', bound.subject)).removals;
    expect(removal.judgmentBarred).toBe(BARRED.includes(state));
  });

  test.each([
    ['REMOVED', 'AFFIRM', 'CLOSED', 'REMOVED', true], ['REMOVED', 'REVERSE', 'REMANDED', 'REMANDED', false],
    ['REMANDED', 'AFFIRM', 'CLOSED', 'REMANDED', false], ['REMANDED', 'REVERSE', 'REMOVED', 'REMOVED', true],
    // What was remanded on its face is heard after all.
    ['SUMMARY_REMAND', 'AFFIRM', 'CLOSED', 'REMANDED', false], ['SUMMARY_REMAND', 'REVERSE', 'NOTICE_FILED', null, true],
  ] as const)('APPEAL_PENDING of %s bars a judgment as that left it; %s leads to %s', async (appealed, act, state, ruling, barred) => {
    const before = appealed === 'REMOVED' ? 'REMOVED' : 'REMANDED';
    const removalId = await withRemoval(world, bound.subject, 'APPEAL_PENDING', { ruling: before, appealed });
    expect((await play.seen('attorneyDallas', bound.subject)).removals[0]).toMatchObject({ judgmentBarred: before === 'REMOVED', appealed });
    const { removal } = await play.remove(bound.subject, act, '2026-09-01', { removalId });
    expect(removal).toMatchObject({ state, ruling, judgmentBarred: barred, appealed: null, closedOn: act === 'AFFIRM' ? '2026-09-01' : null, ruledOn: act === 'AFFIRM' ? '2026-08-05' : ruling === null ? null : '2026-09-01' });
    expect(removal.steps.at(-1)).toMatchObject({ act, day: '2026-09-01', state, ruling });
  });
});

test('the tables judge by the same moves as the acts', async () => {
  const reversed = Object.values(REVERSALS).map((to) => ({ APPEAL_PENDING: to }));
  expect(await movesKept(world, 'removals')).toEqual(movesOf({ ...REMOVAL_MOVES, ...Object.fromEntries(reversed.entries()) }, NOT_SOUGHT));
});

describe('a notice of removal', () => {
  test('is of a person against whom a charge is filed, and who is of the case', async () => {
    const { subject } = await play.inCourt();
    const input = { caseId: subject.id, act: 'FILE_NOTICE', on: '2026-06-15', ...REMOVAL_DETAILS['FILE_NOTICE'] };
    expect(await play.refusal('attorneyDallas', 'recordRemoval', { ...input, personId: subject.personIds[1] })).toMatchObject({ code: 'CONFLICT', personId: subject.personIds[1], remedy: expect.stringContaining('fileCharges') });
    const refused = await play.refusal('attorneyDallas', 'recordRemoval', { ...input, personId: newId() });
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', field: 'personId' });
    for (const personId of [bound.personId, 'no id']) expect(await play.refusal('attorneyDallas', 'recordRemoval', { ...input, personId })).toEqual(refused);
    expect(await play.refusal('attorneyDallas', 'recordRemoval', input)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'personId' });
    const unfiled = await world.buildCase({ claimedBy: 'attorneyDallas' });
    expect(await play.ended('attorneyDallas', 'recordRemoval', { ...input, caseId: unfiled.id, personId: unfiled.personIds[0] })).toBe('CONFLICT');
  });

  test('of a subpoena alone needs no charge, is of a witness too, and bars no judgment (28 U.S.C. 1442(d)(1))', async () => {
    const { subject, chargeIds } = await play.inCourt();
    const { removal } = await play.tell('attorneyDallas', 'recordRemoval', { caseId: subject.id, personId: subject.personIds[1], scope: 'SUBPOENA_ONLY', act: 'FILE_NOTICE', on: '2026-06-15', ...REMOVAL_DETAILS['FILE_NOTICE'] });
    expect(removal).toMatchObject({ scope: 'SUBPOENA_ONLY', state: 'NOTICE_FILED', judgmentBarred: false });
    await play.remove(subject, 'FILE_NOTICE', '2026-06-15', { scope: 'SUBPOENA_ONLY' });
    expect(await play.ended('attorneyDallas', 'recordDisposition', await play.dispose(subject, String(chargeIds[0]), 'CONVICTED'))).toBe('OK');
    const early = { caseId: subject.id, personId: subject.personIds[2], scope: 'SUBPOENA_ONLY', act: 'SEEK_LATE_LEAVE', on: '2026-06-15', ...REMOVAL_DETAILS['FILE_NOTICE'] };
    expect(await play.refusal('attorneyDallas', 'recordRemoval', early)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'act' });
  });

  test.each([
    ['arraigned on 1 June with no trial set', null, '2026-07-01'],
    ['arraigned on 1 June with trial on 20 June', '2026-06-20', '2026-06-20'],
    ['arraigned on 1 June with trial in August', '2026-08-20', '2026-07-01'],
  ])('%s comes in the window of 28 U.S.C. 1455(b)(1), or with leave', async (_, trial, dueOn) => {
    const { subject, personId } = await play.inCourt();
    await play.arraign(subject);
    if (trial !== null) await play.tell('attorneyDallas', 'setTrial', { caseId: subject.id, personId, startsOn: trial });
    const input = { caseId: subject.id, personId, ...REMOVAL_DETAILS['FILE_NOTICE'] };
    const next = new Date(Date.parse(dueOn) + 86_400_000).toISOString().slice(0, 10);
    expect(await play.refusal('attorneyDallas', 'recordRemoval', { ...input, act: 'FILE_NOTICE', on: next })).toMatchObject({
      code: 'CONFLICT', rule: 'REMOVAL_WINDOW', citation: '28 U.S.C. 1455(b)(1)', dueOn, remedy: expect.stringContaining('SEEK_LATE_LEAVE'),
    });
    for (const act of ['SEEK_LATE_LEAVE', 'CLOSE_WINDOW']) {
      const { grounds, federalCourt, docketNumber } = REMOVAL_DETAILS['FILE_NOTICE'] as Record<string, unknown>;
      expect(await play.refusal('attorneyDallas', 'recordRemoval', { caseId: subject.id, personId, act, on: dueOn, ...(act === 'SEEK_LATE_LEAVE' && { grounds, federalCourt, docketNumber }) })).toMatchObject({ code: 'CONFLICT', rule: 'REMOVAL_WINDOW', dueOn });
    }
    expect((await play.remove(subject, 'FILE_NOTICE', dueOn)).removal).toMatchObject({ state: 'NOTICE_FILED', noticeFiledOn: dueOn, windowClosedOn: null });
  });

  test('comes before an arraignment too; no window is closed before one', async () => {
    const { subject, personId } = await play.inCourt();
    expect(await play.refusal('attorneyDallas', 'recordRemoval', { caseId: subject.id, personId, act: 'CLOSE_WINDOW', on: '2026-08-01' })).toMatchObject({ code: 'CONFLICT', rule: 'REMOVAL_WINDOW', dueOn: null, remedy: expect.stringContaining('recordArraignment') });
    expect((await play.remove(subject, 'FILE_NOTICE', '2026-05-20')).removal.state).toBe('NOTICE_FILED');
  });

  test('follows a window that was taken to have closed, where its days are corrected', async () => {
    const { subject, personId } = await play.inCourt();
    await play.arraign(subject);
    const { removal: { id: removalId } } = await play.remove(subject, 'CLOSE_WINDOW', '2026-07-02');
    const late = { caseId: subject.id, removalId, act: 'FILE_NOTICE', on: '2026-07-10', ...REMOVAL_DETAILS['FILE_NOTICE'] };
    expect(await play.refusal('attorneyDallas', 'recordRemoval', late)).toMatchObject({ code: 'CONFLICT', rule: 'REMOVAL_WINDOW', dueOn: '2026-07-01' });
    const [{ id: supersedes }] = (await play.seen('attorneyDallas', subject)).persons[0].courtDates;
    await play.tell('attorneyDallas', 'recordArraignment', { caseId: subject.id, personId, arraignedOn: '2026-06-15', supersedes });
    const { removal } = await play.tell('attorneyDallas', 'recordRemoval', late);
    expect(removal).toMatchObject({ state: 'NOTICE_FILED', windowClosedOn: null, judgmentBarred: true, noticeFiledOn: '2026-07-10', steps: [{ act: 'CLOSE_WINDOW', state: 'WINDOW_CLOSED' }, { act: 'FILE_NOTICE', grounds: ['FEDERAL_OFFICER'] }] });
    // Nor does the notice wait for the day on which the window was said to have closed.
    const other = await play.inCourt();
    await play.arraign(other.subject);
    const closed = await play.remove(other.subject, 'CLOSE_WINDOW', '2026-07-02');
    expect(await play.ended('attorneyDallas', 'recordRemoval', { ...late, caseId: other.subject.id, removalId: closed.removal.id, on: '2026-06-28' })).toBe('OK');
    expect(await play.refusal('attorneyDallas', 'recordDisposition', await play.dispose(other.subject, String(other.chargeIds[0]), 'CONVICTED'))).toMatchObject({ code: 'CONFLICT', rule: 'JUDGMENT_BARRED' });
  });

  test('that is late goes by leave: refused the window stays closed, granted it bars the judgment', async () => {
    const { subject } = await play.inCourt();
    await play.arraign(subject);
    const { removal: { id: removalId } } = await play.remove(subject, 'CLOSE_WINDOW', '2026-07-02');
    const { removal: sought } = await play.remove(subject, 'SEEK_LATE_LEAVE', '2026-07-10', { removalId });
    expect(sought).toMatchObject({ state: 'LATE_LEAVE_SOUGHT', judgmentBarred: false, windowClosedOn: '2026-07-01', leaveSoughtOn: '2026-07-10' });
    expect((await play.remove(subject, 'REFUSE_LEAVE', '2026-07-12', { removalId })).removal).toMatchObject({ state: 'WINDOW_CLOSED', leaveDecidedOn: '2026-07-12', noticeFiledOn: null });
    await play.remove(subject, 'SEEK_LATE_LEAVE', '2026-07-20', { removalId });
    expect((await play.remove(subject, 'GRANT_LEAVE', '2026-07-22', { removalId })).removal).toMatchObject({ state: 'NOTICE_FILED', judgmentBarred: true, noticeFiledOn: '2026-07-22' });
  });

  test('is followed by a second only on grounds that did not exist before (28 U.S.C. 1455(b)(2))', async () => {
    const { subject, personId } = await play.inCourt();
    const { removal: { id: removalId } } = await play.remove(subject, 'FILE_NOTICE', '2026-06-10');
    const again = { caseId: subject.id, personId, act: 'FILE_NOTICE', on: '2026-07-20', federalCourt: 'N.D. Tex.', docketNumber: '3:26-cr-00002', grounds: ['ARMED_FORCES'], groundsAroseOn: '2026-07-15' };
    const refused = (more: object = {}) => play.refusal('attorneyDallas', 'recordRemoval', { ...again, ...more });
    expect(await refused()).toMatchObject({ code: 'CONFLICT', rule: 'ONE_NOTICE', citation: '28 U.S.C. 1455(b)(2)', removalId, state: 'NOTICE_FILED' });
    await play.remove(subject, 'REMAND_SUMMARILY', '2026-06-20', { removalId });
    expect(await refused({ grounds: ['FEDERAL_OFFICER', 'ARMED_FORCES'] })).toMatchObject({ code: 'CONFLICT', rule: 'ONE_NOTICE', repeated: ['FEDERAL_OFFICER'] });
    for (const groundsAroseOn of [null, '2026-06-10', '2026-05-01']) expect(await refused({ groundsAroseOn })).toMatchObject({ code: 'CONFLICT', rule: 'ONE_NOTICE', noticeFiledOn: '2026-06-10' });
    expect(await refused({ groundsAroseOn: '2026-07-21' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'groundsAroseOn' });
    expect(await refused({ act: 'CLOSE_WINDOW', grounds: null, federalCourt: null, docketNumber: null })).toMatchObject({ code: 'CONFLICT', rule: 'ONE_NOTICE' });
    const { case: after } = await play.tell('attorneyDallas', 'recordRemoval', again);
    expect(after.removals).toMatchObject([{ state: 'SUMMARY_REMAND', judgmentBarred: false }, { state: 'NOTICE_FILED', judgmentBarred: true, groundsAroseOn: '2026-07-15' }]);
    // The first cannot be reopened by its appeal while the second stands.
    await play.remove(subject, 'APPEAL', '2026-07-25', { removalId });
    expect(await play.refusal('attorneyDallas', 'recordRemoval', { caseId: subject.id, removalId, act: 'REVERSE', on: '2026-07-26' })).toMatchObject({ code: 'CONFLICT', rule: 'ONE_NOTICE' });
  });

  test('that came before a conviction is put on record after it, and names what was entered despite it', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    const { charge: { disposition } } = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'CONVICTED', { disposedOn: '2026-07-01' }));
    const { removal: { id: removalId, dispositionsDespite } } = await play.remove(subject, 'FILE_NOTICE', '2026-06-10');
    expect(dispositionsDespite).toEqual([{ id: disposition.id, kind: 'CONVICTED', forum: 'STATE', disposedOn: '2026-07-01' }]);
    // Set aside, it is despite nothing; the charge waits again, and the case with it.
    const vacated = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'VACATED', { disposedOn: '2026-07-05', supersedes: disposition.id }));
    expect(vacated.case).toMatchObject({ stage: 'IN_COURT', removals: [{ dispositionsDespite: [] }] });
    await play.remove(subject, 'REMAND_SUMMARILY', '2026-07-10', { removalId });
    const again = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'CONVICTED', { disposedOn: '2026-07-10', supersedes: vacated.charge.disposition.id }));
    expect(again.case).toMatchObject({ stage: 'CLOSED', removals: [{ dispositionsDespite: [] }] });
  });

  test('whose removal is reversed names what the federal court had entered', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    const { removal: { id: removalId } } = await play.remove(subject, 'FILE_NOTICE', '2026-06-10');
    await play.remove(subject, 'SET_HEARING', '2026-06-12', { removalId, hearingOn: '2026-06-20' });
    await play.remove(subject, 'REMOVE', '2026-06-25', { removalId });
    await play.remove(subject, 'APPEAL', '2026-06-26', { removalId });
    const { case: tried } = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'CONVICTED', { forum: 'FEDERAL', court: 'N.D. Tex.', disposedOn: '2026-08-01' }));
    expect(tried).toMatchObject({ stage: 'CLOSED', removals: [{ dispositionsDespite: [] }] });
    const { removal } = await play.remove(subject, 'REVERSE', '2026-09-01', { removalId });
    expect(removal).toMatchObject({ state: 'REMANDED', dispositionsDespite: [{ kind: 'CONVICTED', forum: 'FEDERAL', disposedOn: '2026-08-01' }] });
  });

  test('is not of a person whose every charge is disposed of', async () => {
    const { subject, chargeIds, personId } = await play.inCourt();
    await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, String(chargeIds[0]), 'ACQUITTED'));
    expect(await play.ended('attorneyDallas', 'recordRemoval', { caseId: subject.id, personId, act: 'FILE_NOTICE', on: '2026-09-15', ...REMOVAL_DETAILS['FILE_NOTICE'] })).toBe('CONFLICT');
  });

  test('leaves the case with the office that leads it, which goes on prosecuting', async () => {
    const { subject } = await play.inCourt();
    const { removal: { id: removalId } } = await play.remove(subject, 'FILE_NOTICE', '2026-06-10');
    await play.remove(subject, 'SET_HEARING', '2026-06-12', { removalId, hearingOn: '2026-06-20' });
    const { case: after } = await play.remove(subject, 'REMOVE', '2026-06-25', { removalId });
    expect(after).toMatchObject({ stage: 'IN_COURT', lead: { slug: 'dallas-tx' }, removals: [{ state: 'REMOVED', ruling: 'REMOVED', ruledOn: '2026-06-25', order: 'Granted.' }] });
  });
});

describe('what is recorded of a removal', () => {
  test('does not lie ahead, nor before what came first', async () => {
    const { subject, personId } = await play.inCourt();
    const notice = { caseId: subject.id, personId, act: 'FILE_NOTICE', ...REMOVAL_DETAILS['FILE_NOTICE'] };
    for (const on of ['2999-01-01', '2026-05-03', '2026-01-01']) expect(await play.refusal('attorneyDallas', 'recordRemoval', { ...notice, on })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on' });
    const { removal: { id: removalId } } = await play.remove(subject, 'FILE_NOTICE', '2026-06-10');
    const refused = (act: string, on: string, more: object = {}) => play.refusal('attorneyDallas', 'recordRemoval', { caseId: subject.id, removalId, act, on, ...REMOVAL_DETAILS[act], ...more });
    expect(await refused('REMAND_SUMMARILY', '2026-06-09')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on', message: expect.stringContaining('before FILE_NOTICE, on 2026-06-10') });
    expect(await refused('SET_HEARING', '2026-06-12', { hearingOn: '2026-06-11' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'hearingOn' });
    await play.remove(subject, 'SET_HEARING', '2026-06-12', { removalId, hearingOn: '2026-06-20' });
    // A hearing is moved, and what was said of it stays on record; the court may rule before the day that it was set for.
    await play.remove(subject, 'SET_HEARING', '2026-06-14', { removalId, hearingOn: '2026-06-30' });
    expect(await refused('REMOVE', '2026-06-13')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on', message: expect.stringContaining('before SET_HEARING, on 2026-06-14') });
    const { removal } = await play.remove(subject, 'REMOVE', '2026-06-25', { removalId });
    expect(removal).toMatchObject({ hearingOn: '2026-06-30', steps: [{ act: 'FILE_NOTICE', grounds: ['FEDERAL_OFFICER'] }, { act: 'SET_HEARING', hearingOn: '2026-06-20' }, { act: 'SET_HEARING', hearingOn: '2026-06-30' }, { act: 'REMOVE', order: 'Granted.', day: '2026-06-25' }] });
    expect(await refused('APPEAL', '2026-06-24')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on', message: expect.stringContaining('on 2026-06-25') });
  });

  test('is complete, and takes nothing that belongs to another act', async () => {
    const { subject, personId } = await play.inCourt();
    const refused = (more: object) => play.refusal('attorneyDallas', 'recordRemoval', { caseId: subject.id, personId, act: 'FILE_NOTICE', on: '2026-06-10', ...REMOVAL_DETAILS['FILE_NOTICE'], ...more });
    expect(await refused({ grounds: [] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'grounds', message: expect.stringContaining('1455') });
    expect(await refused({ federalCourt: null })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'federalCourt' });
    expect(await refused({ docketNumber: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'docketNumber' });
    expect(await refused({ order: 'Denied.' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'order' });
    expect(await refused({ groundsAroseOn: '2026-06-01' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'groundsAroseOn' });
    const { removal: { id: removalId } } = await play.remove(subject, 'FILE_NOTICE', '2026-06-10');
    expect(await play.refusal('attorneyDallas', 'recordRemoval', { caseId: subject.id, removalId, personId, act: 'REMAND_SUMMARILY', on: '2026-06-11', order: 'x' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'personId' });
    expect((await play.seen('attorneyDallas', subject)).removals).toHaveLength(1);
  });

  test('is recorded by the team and the heads of the lead, once when asked at once, and hidden as what is absent', async () => {
    const { subject, personId } = await play.inCourt();
    const notice = { caseId: subject.id, personId, act: 'FILE_NOTICE', on: '2026-06-10', ...REMOVAL_DETAILS['FILE_NOTICE'] };
    expect(await play.ended('secondDallas', 'recordRemoval', notice)).toBe('FORBIDDEN');
    expect(await play.ended('investigatorDallas', 'recordRemoval', notice)).toBe('FORBIDDEN');
    expect(await play.ended('supervisorHennepin', 'recordRemoval', notice)).toBe('NOT_FOUND');
    const ends = await Promise.all(Array.from({ length: 4 }, () => play.ended('supervisorDallas', 'recordRemoval', notice)));
    expect(ends.sort()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'OK']);
    const foreign = await withRemoval(world, bound.subject, 'NOTICE_FILED');
    const step = { caseId: subject.id, act: 'REMAND_SUMMARILY', on: '2026-06-11', order: 'x' };
    expect(await play.refusal('attorneyDallas', 'recordRemoval', { ...step, removalId: foreign })).toEqual(await play.refusal('attorneyDallas', 'recordRemoval', { ...step, removalId: newId() }));
  });

  test('goes with the charge into a compartment, out of sight of who is not let in', async () => {
    const { subject } = await play.inCourt();
    await play.arraign(subject);
    await play.remove(subject, 'FILE_NOTICE', '2026-06-10');
    expect((await play.seen('secondDallas', subject)).removals).toHaveLength(1);
    await world.database.owner`update comity.charges set needs = needs | 16384 where case_id = ${subject.id}`;
    const [hidden, seen] = [await play.seen('secondDallas', subject), await play.seen('attorneyDallas', subject)];
    expect(hidden).toMatchObject({ removals: [], charges: [] });
    expect(hidden.persons[0]).toMatchObject({ arraignedOn: null, courtDates: [] });
    expect(seen).toMatchObject({ removals: [{ state: 'NOTICE_FILED' }] });
    // What is written of it from now on stands in the compartment too.
    await play.tell('attorneyDallas', 'setTrial', { caseId: subject.id, personId: subject.personIds[0], startsOn: '2026-10-01' });
    expect((await play.seen('secondDallas', subject)).events.nodes.map(({ act }: { act: string }) => act)).not.toContain('TRIAL_SET');
  });

  test('holds ids and words of closed lists alone in the trail', async () => {
    const { subject } = await play.inCourt();
    const { case: after, removal } = await play.remove(subject, 'FILE_NOTICE', '2026-06-10');
    expect(after.events.nodes[0]).toEqual({ act: 'REMOVAL_RECORDED', body: { removalId: removal.id, personId: subject.personIds[0], scope: 'WHOLE_CASE', act: 'FILE_NOTICE', state: 'NOTICE_FILED' } });
  });
});

test('by the application’s own hand a removal begins and goes on by its moves, by the lead and in one’s own name', async () => {
  const { subject } = bound;
  const removalId = await withRemoval(world, subject, 'NOTICE_FILED');
  const move = (state: string, more = '') => `update comity.removals set state = '${state}', moved_by = comity.member() ${more} where case_id = $1::uuid and id = $2::uuid`;
  await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
    expect(await refusal(move('HEARING_SET'), [subject.id, removalId])).toBe('passed');
    expect(await refusal(move('SUMMARY_REMAND', `, ruling = 'REMANDED'`), [subject.id, removalId])).toBe('passed');
    expect(await refusal(move('REMOVED', `, ruling = 'REMOVED'`), [subject.id, removalId])).toBe('42501');
    expect(await refusal(`update comity.removals set state = 'HEARING_SET', moved_by = $3::uuid where case_id = $1::uuid and id = $2::uuid`, [subject.id, removalId, world.memberIds.electedDallas])).toBe('42501');
    expect(await refusal(`update comity.removals set judgment_barred = false where case_id = $1::uuid and id = $2::uuid`, [subject.id, removalId])).not.toBe('passed');
    expect(await refusal('delete from comity.removals where case_id = $1::uuid and id = $2::uuid', [subject.id, removalId])).toBe('42501');
  });
});
