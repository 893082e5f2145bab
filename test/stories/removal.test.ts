import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docket } from '../federal.world.ts';
import { openWorld, type BuiltCase, type World } from '../world.ts';

let world: World;
let play: ReturnType<typeof docket>;
let subject: BuiltCase;
const ids = { assault: '', restraint: '', removal: '' };
beforeAll(async () => {
  world = await openWorld();
  play = docket(world);
  const built = await play.inCourt(2);
  subject = built.subject;
  [ids.assault = '', ids.restraint = ''] = built.chargeIds;
});
afterAll(() => world.close());

const step = (act: string, on: string, more: object = {}) => play.remove(subject, act, on, { removalId: ids.removal, ...more });

describe('Ada Attwell prosecutes a man who goes to the federal court, and comes back', () => {
  test('he is arraigned on the first of June, and his trial is set for the twenty-first of September', async () => {
    await play.arraign(subject);
    const { person } = await play.tell('attorneyDallas', 'setTrial', { caseId: subject.id, personId: subject.personIds[0], startsOn: '2026-09-21' });
    expect(person).toMatchObject({ arraignedOn: '2026-06-01', trialStartsOn: '2026-09-21' });
  });

  test('his lawyer gives notice of removal within the thirty days; the county goes on, but no court of Texas may convict him now', async () => {
    const { removal } = await play.remove(subject, 'FILE_NOTICE', '2026-06-24', { grounds: ['FEDERAL_OFFICER', 'IMMEDIATE_ASSISTANCE'] });
    expect(removal).toMatchObject({ state: 'NOTICE_FILED', judgmentBarred: true, noticeFiledOn: '2026-06-24', grounds: ['FEDERAL_OFFICER', 'IMMEDIATE_ASSISTANCE'] });
    ids.removal = removal.id;
    const refused = await play.refusal('attorneyDallas', 'recordDisposition', await play.dispose(subject, ids.assault, 'PLEADED'));
    expect(refused).toMatchObject({ code: 'CONFLICT', rule: 'JUDGMENT_BARRED', citation: '28 U.S.C. 1455(b)(3)' });
  });

  test('the federal judge hears him and sends the case back; he appeals, and is sent back again', async () => {
    await step('SET_HEARING', '2026-06-30', { hearingOn: '2026-07-14' });
    expect((await step('REMAND', '2026-07-20')).removal).toMatchObject({ state: 'REMANDED', ruling: 'REMANDED', judgmentBarred: false });
    await step('APPEAL', '2026-07-27');
    expect((await step('AFFIRM', '2026-09-10')).removal).toMatchObject({ state: 'CLOSED', ruling: 'REMANDED', judgmentBarred: false, closedOn: '2026-09-10' });
  });

  test('a second notice on the same grounds is turned down', async () => {
    expect(await play.refusal('attorneyDallas', 'recordRemoval', {
      caseId: subject.id, personId: subject.personIds[0], act: 'FILE_NOTICE', on: '2026-09-15', federalCourt: 'N.D. Tex.', docketNumber: '3:26-cr-00077', grounds: ['FEDERAL_OFFICER'], groundsAroseOn: '2026-09-12',
    })).toMatchObject({ code: 'CONFLICT', rule: 'ONE_NOTICE', citation: '28 U.S.C. 1455(b)(2)' });
  });

  test('the jury convicts him of the one, the other is dismissed, and the case is closed', async () => {
    const first = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, ids.assault, 'CONVICTED', { disposedOn: '2026-09-25', sentence: 'Three years.' }));
    expect(first.case.stage).toBe('IN_COURT');
    const { case: seen } = await play.tell('supervisorDallas', 'recordDisposition', await play.dispose(subject, ids.restraint, 'DISMISSED', { disposedOn: '2026-09-28', reason: 'The sentence on the other is enough.' }));
    expect(seen).toMatchObject({ stage: 'CLOSED', lead: { slug: 'dallas-tx' }, charges: [{ disposition: { kind: 'CONVICTED', sentence: 'Three years.' } }, { disposition: { kind: 'DISMISSED' } }] });
    expect(seen.events.nodes.map(({ act }: { act: string }) => act).reverse()).toEqual([
      'RECEIVED', 'CLAIMED', 'ARRAIGNED', 'TRIAL_SET', 'REMOVAL_RECORDED', 'REMOVAL_RECORDED', 'REMOVAL_RECORDED', 'REMOVAL_RECORDED', 'REMOVAL_RECORDED', 'DISPOSITION_RECORDED', 'DISPOSITION_RECORDED', 'CLOSED',
    ]);
    expect((await world.as('auditor').get('{ verifyTrail { intact } }'))['verifyTrail'].intact).toBe(true);
  });
});
