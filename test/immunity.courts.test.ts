import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DISMISSED_BECAUSE, VACATED_BECAUSE } from '../src/federal/immunity-proceeding.rules.ts';
import { newId } from '../src/kernel/ids.ts';
import { ANSWERED, bench } from './decisions.world.ts';
import { docket } from './federal.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

type Json = Readonly<Record<string, unknown>>;

let world: World;
let play: ReturnType<typeof docket>;
let deciding: ReturnType<typeof bench>;
beforeAll(async () => {
  world = await openWorld();
  [play, deciding] = [docket(world), bench(world)];
});
afterAll(() => world.close());

const COURT = { forum: 'STATE', court: 'Criminal District Court No. 7' };
const GRANTED = { decision: 'Order 3.', authorised: 'MET', necessary: 'MET' };
const DENIED = { decision: 'Order 4.', authorised: 'MET', necessary: 'NOT_MET' };
const told = (subject: BuiltCase, act: string, on: string, more: Json = {}) => ({ caseId: subject.id, act, on, ...more });
const step = (subject: BuiltCase, act: string, on: string, more: Json = {}, who: CastMember = 'attorneyDallas') => play.tell(who, 'recordImmunityProceeding', told(subject, act, on, more));
const refused = (subject: BuiltCase, act: string, on: string, more: Json = {}) => play.refusal('attorneyDallas', 'recordImmunityProceeding', told(subject, act, on, more));
const raised = async (subject: BuiltCase, more: Json = COURT): Promise<string> => (await step(subject, 'RAISE', '2026-06-01', { personId: subject.personIds[0], ...more })).proceeding.id;
const kinds = (seen: { charges: readonly { disposition: { kind: string } | null }[] }) => seen.charges.map(({ disposition }) => disposition?.kind ?? null);

async function reviewed(subject: BuiltCase): Promise<string> {
  const { analysis } = await deciding.tell('attorneyDallas', 'recordImmunityAnalysis', { caseId: subject.id, personId: subject.personIds[0], ...ANSWERED });
  await deciding.tell('supervisorDallas', 'reviewImmunityAnalysis', { caseId: subject.id, analysisId: analysis.id, approve: true });
  return analysis.id;
}

describe('an immunity before the courts', () => {
  test('is expected before anything is filed, raised, heard, denied, and final once an appeal affirms: each step with its day', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const analysisId = await reviewed(subject);
    const { proceeding: { id: proceedingId } } = await step(subject, 'ANTICIPATE', '2026-04-20', { personId: subject.personIds[0], analysisId });
    expect(await refused(subject, 'RAISE', '2026-06-01', { proceedingId, ...COURT })).toMatchObject({ code: 'CONFLICT', remedy: expect.stringContaining('fileCharges') });
    await play.filedCharge(subject);
    expect(await refused(subject, 'RAISE', '2026-05-03', { proceedingId, ...COURT })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on', message: expect.stringContaining('the filing') });
    await step(subject, 'RAISE', '2026-06-01', { proceedingId, ...COURT });
    expect(await refused(subject, 'SET_HEARING', '2026-06-02', { proceedingId, hearingOn: '2026-06-01' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'hearingOn' });
    for (const hearingOn of ['2026-06-10', '2026-06-20']) await step(subject, 'SET_HEARING', '2026-06-02', { proceedingId, hearingOn });
    expect(await refused(subject, 'DENY', '2026-06-19', { proceedingId, ...DENIED })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on', message: expect.stringContaining('the hearing') });
    await step(subject, 'DENY', '2026-06-25', { proceedingId, ...DENIED });
    await step(subject, 'APPEAL', '2026-07-01', { proceedingId, appealDocket: '05-26-1' });
    const { proceeding, case: after } = await step(subject, 'AFFIRM', '2026-08-01', { proceedingId, decision: 'Op. 12.' });
    expect(proceeding).toMatchObject({
      state: 'FINAL', person: { id: subject.personIds[0] }, forum: 'STATE', circuit: null, court: COURT.court, analysis: { id: analysisId }, anticipatedOn: '2026-04-20', raisedOn: '2026-06-01', hearingOn: '2026-06-20', ruledOn: '2026-06-25', ruling: 'DENIED', authorised: 'MET',
      necessary: 'NOT_MET', decision: 'Order 4.', appealedOn: '2026-07-01', appealDocket: '05-26-1', appealDecidedOn: '2026-08-01', appealDecision: 'Op. 12.', finalOn: '2026-08-01', charges: [], confidence: 'MEDIUM', verified: false, citation: expect.stringContaining('Neagle'),
      steps: [{ act: 'ANTICIPATE', day: '2026-04-20' }, { act: 'RAISE', day: '2026-06-01' }, { act: 'SET_HEARING' }, { act: 'SET_HEARING' }, { act: 'DENY', day: '2026-06-25', reference: 'Order 4.' }, { act: 'APPEAL', reference: '05-26-1' }, { act: 'AFFIRM', state: 'FINAL', reference: 'Op. 12.' }],
    });
    expect(kinds(after)).toEqual([null]);
    // Where there is cause, another is begun.
    expect(await play.ended('attorneyDallas', 'recordImmunityProceeding', told(subject, 'RAISE', '2026-09-01', { personId: subject.personIds[0], ...COURT }))).toBe('OK');
  });

  test('that is granted dismisses the charges on this ground, and closes the case; reversed on the state’s appeal they wait again, and the case is in court', async () => {
    const { subject, chargeIds } = await play.inCourt(2);
    const proceedingId = await raised(subject);
    const { proceeding, case: granted } = await step(subject, 'GRANT', '2026-06-25', { proceedingId, ...GRANTED });
    expect(proceeding.charges.map(({ id }: { id: string }) => id).sort()).toEqual([...chargeIds].sort());
    expect(granted).toMatchObject({ stage: 'CLOSED', charges: [0, 1].map(() => ({ disposition: { kind: 'DISMISSED', disposedOn: '2026-06-25', forum: 'STATE', court: COURT.court, reason: DISMISSED_BECAUSE, recordedBy: { name: 'Ada Attwell' } } })) });
    expect(granted.events.nodes.map(({ act }: { act: string }) => act)).toEqual(expect.arrayContaining(['IMMUNITY_RECORDED', 'DISPOSITION_RECORDED', 'CLOSED']));
    // While it stands nobody is convicted of what it concerns.
    const convicting = async () => play.dispose(subject, String(chargeIds[0]), 'CONVICTED', { supersedes: (await play.seen('attorneyDallas', subject)).charges.find(({ id }: { id: string }) => id === chargeIds[0]).disposition.id });
    expect(await play.refusal('attorneyDallas', 'recordDisposition', await convicting())).toMatchObject({ code: 'CONFLICT', rule: 'IMMUNITY', remedy: expect.stringContaining('recordImmunityProceeding') });
    const { supersedes } = await convicting();
    const raw = (kind: string) => `insert into comity.dispositions (case_id, id, needs, charge_id, kind, disposed_on, forum, court, supersedes, recorded_by, recorded_at)
      values ($1::uuid, '${newId()}', 80, $2::uuid, '${kind}', '2026-09-01', 'STATE', 'x', '${String(supersedes)}', comity.member(), now())`;
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
      for (const [kind, ends] of [['CONVICTED', '42501'], ['PLEADED', '42501'], ['ACQUITTED', 'passed']] as const) expect(await refusal(raw(kind), [subject.id, chargeIds[0] ?? null]), kind).toBe(ends);
    });
    await step(subject, 'APPEAL', '2026-07-01', { proceedingId, appealDocket: '05-26-1' });
    expect(await play.refusal('attorneyDallas', 'recordDisposition', await convicting())).toMatchObject({ code: 'CONFLICT', rule: 'IMMUNITY' });
    const { proceeding: reversed, case: after } = await step(subject, 'REVERSE', '2026-08-01', { proceedingId, decision: 'Op. 12.', authorised: 'MET', necessary: 'UNCLEAR' });
    expect(reversed).toMatchObject({ state: 'DENIED', ruling: 'DENIED', necessary: 'UNCLEAR', ruledOn: '2026-06-25', decision: 'Order 3.', appealDecidedOn: '2026-08-01', appealDecision: 'Op. 12.', finalOn: null });
    expect(after).toMatchObject({ stage: 'IN_COURT', charges: [0, 1].map(() => ({ disposition: { kind: 'VACATED', disposedOn: '2026-08-01', reason: VACATED_BECAUSE }, dispositions: [{ kind: 'DISMISSED' }, { kind: 'VACATED' }] })) });
    expect(await play.ended('attorneyDallas', 'recordDisposition', await convicting())).toBe('OK');
    // A higher court may be asked; else it is final.
    expect((await step(subject, 'CONCLUDE', '2026-09-15', { proceedingId })).proceeding).toMatchObject({ state: 'FINAL', ruling: 'DENIED', finalOn: '2026-09-15' });
  });

  test('that is denied and granted on appeal dismisses them then; affirmed or out of time, a grant is final', async () => {
    const { subject } = await play.inCourt();
    const proceedingId = await raised(subject);
    await step(subject, 'DENY', '2026-06-25', { proceedingId, ...DENIED });
    await step(subject, 'APPEAL', '2026-07-01', { proceedingId, appealDocket: '05-26-1' });
    const { proceeding, case: after } = await step(subject, 'REVERSE', '2026-08-01', { proceedingId, ...GRANTED, decision: 'Op. 12.' });
    expect([proceeding.state, proceeding.ruling, kinds(after), after.stage]).toEqual(['GRANTED', 'GRANTED', ['DISMISSED'], 'CLOSED']);
    await step(subject, 'APPEAL', '2026-08-10', { proceedingId, appealDocket: 'PD-1' });
    const { proceeding: final, case: still } = await step(subject, 'AFFIRM', '2026-10-01', { proceedingId, decision: 'Op. 13.' });
    expect([final.state, final.ruling, kinds(still)]).toEqual(['FINAL', 'GRANTED', ['DISMISSED']]);
    expect(final.steps.map(({ reference }: { reference: string | null }) => reference)).toEqual([null, 'Order 4.', '05-26-1', 'Op. 12.', 'PD-1', 'Op. 13.']);
  });

  test('concerns the charges that are named, which are filed against the person and wait for the court', async () => {
    const { subject, chargeIds: [first = '', second = ''] } = await play.inCourt(2);
    const proceedingId = await raised(subject);
    const other = await play.filedCharge(subject, { person: 2 });
    const { chargeIds: [foreign = ''] } = await play.inCourt();
    for (const id of [other, foreign, newId(), 'no id']) expect(await refused(subject, 'GRANT', '2026-06-25', { proceedingId, ...GRANTED, chargeIds: [first, id] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'chargeIds' });
    const { proceeding, case: after } = await step(subject, 'GRANT', '2026-06-25', { proceedingId, ...GRANTED, chargeIds: [first.toUpperCase(), first] });
    expect(proceeding.charges).toEqual([{ id: first }]);
    expect(after).toMatchObject({ stage: 'IN_COURT' });
    expect(after.charges.find(({ id }: { id: string }) => id === second)).toMatchObject({ disposition: null });
    // What became of a charge since, otherwise, a reversal leaves.
    const { disposition } = after.charges.find(({ id }: { id: string }) => id === first);
    await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, first, 'ACQUITTED', { supersedes: disposition.id }));
    await step(subject, 'APPEAL', '2026-07-01', { proceedingId, appealDocket: '05-26-1' });
    const { case: reversed } = await step(subject, 'REVERSE', '2026-09-10', { proceedingId, ...DENIED });
    expect(reversed.charges.find(({ id }: { id: string }) => id === first)).toMatchObject({ disposition: { kind: 'ACQUITTED' } });
  });

  test('is not granted where no charge waits, and each conviction is set aside first', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    const proceedingId = await raised(subject);
    await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'CONVICTED', { disposedOn: '2026-06-20' }));
    expect(await refused(subject, 'GRANT', '2026-06-25', { proceedingId, ...GRANTED })).toMatchObject({ code: 'CONFLICT', rule: 'IMMUNITY', remedy: expect.stringContaining('VACATED') });
    expect((await play.seen('attorneyDallas', subject)).immunityProceedings).toMatchObject([{ state: 'RAISED', ruling: null, steps: [{}] }]);
  });

  test('is ruled on by the court that has the case: a federal one names its circuit, and has it by a removal', async () => {
    const { subject } = await play.inCourt();
    expect(await refused(subject, 'RAISE', '2026-06-01', { personId: subject.personIds[0], ...COURT, forum: 'FEDERAL' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'circuit' });
    const proceedingId = await raised(subject);
    const federal = { forum: 'FEDERAL', court: 'N.D. Tex.', circuit: 'FIFTH' };
    expect(await refused(subject, 'GRANT', '2026-07-10', { proceedingId, ...GRANTED, ...federal })).toMatchObject({ code: 'CONFLICT', rule: 'REMOVAL' });
    const { removal: { id: removalId } } = await play.remove(subject, 'FILE_NOTICE', '2026-06-10');
    await play.remove(subject, 'SET_HEARING', '2026-06-12', { removalId, hearingOn: '2026-06-20' });
    await play.remove(subject, 'REMOVE', '2026-06-25', { removalId });
    expect(await refused(subject, 'GRANT', '2026-07-10', { proceedingId, ...GRANTED })).toMatchObject({ code: 'CONFLICT', rule: 'REMOVAL' });
    const { proceeding, case: after } = await step(subject, 'GRANT', '2026-07-10', { proceedingId, ...GRANTED, ...federal });
    expect(proceeding).toMatchObject({ state: 'GRANTED', forum: 'FEDERAL', circuit: 'FIFTH', court: 'N.D. Tex.' });
    expect(after).toMatchObject({ charges: [{ disposition: { kind: 'DISMISSED', forum: 'FEDERAL', court: 'N.D. Tex.' } }] });
  });

  test('takes both questions, and not more than one ruling at a time', async () => {
    const { subject } = await play.inCourt();
    const proceedingId = await raised(subject);
    const grant = (more: Json) => refused(subject, 'GRANT', '2026-06-25', { proceedingId, ...GRANTED, ...more });
    expect(await grant({ authorised: 'UNCLEAR' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'authorised', message: expect.stringContaining('Neagle') });
    expect(await grant({ necessary: 'NOT_MET' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'necessary' });
    for (const lacking of ['decision', 'authorised', 'necessary']) expect(await grant({ [lacking]: null })).toMatchObject({ code: 'BAD_USER_INPUT', field: lacking });
    expect(await refused(subject, 'DENY', '2026-06-25', { proceedingId, ...DENIED, necessary: 'MET' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'necessary' });
    expect(await refused(subject, 'DENY', '2026-06-25', { proceedingId, ...DENIED, chargeIds: [newId()] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'chargeIds' });
    expect(await grant({ personId: subject.personIds[0] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'personId' });
    const ends = await Promise.all(['GRANT', 'DENY', 'GRANT', 'DENY'].map((act) => play.ended('supervisorDallas', 'recordImmunityProceeding', told(subject, act, '2026-06-25', { proceedingId, ...(act === 'GRANT' ? GRANTED : DENIED) }))));
    expect(ends.sort()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'OK']);
  });

  test('is of a subject or official of the case, and answered with an analysis of that person which another reviewed', async () => {
    const [{ subject }, { subject: other }] = [await play.inCourt(), await play.inCourt()];
    const begin = (more: Json) => refused(subject, 'ANTICIPATE', '2026-06-01', { personId: subject.personIds[0], ...more });
    const refusedPerson = await begin({ personId: subject.personIds[1] });
    expect(refusedPerson).toMatchObject({ code: 'BAD_USER_INPUT', field: 'personId' });
    for (const personId of [other.personIds[0], newId(), 'no id']) expect(await begin({ personId })).toEqual(refusedPerson);
    const { analysis: draft } = await deciding.tell('attorneyDallas', 'recordImmunityAnalysis', { caseId: subject.id, personId: subject.personIds[0], ...ANSWERED });
    const none = await begin({ analysisId: newId() });
    expect(none).toMatchObject({ code: 'BAD_USER_INPUT', field: 'analysisId' });
    for (const analysisId of [draft.id, await reviewed(other), 'no id']) expect(await begin({ analysisId })).toEqual(none);
    expect(await begin({ on: '2026-01-01' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on' });
    expect(await begin({ on: '2999-01-01' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on' });
    const { proceeding } = await step(subject, 'ANTICIPATE', '2026-06-01', { personId: subject.personIds[0] });
    expect(await begin({})).toMatchObject({ code: 'CONFLICT', rule: 'IMMUNITY', proceedingId: proceeding.id });
  });

  test('goes with the charge into a compartment, and its trail; expected alone, it tells of no charge', async () => {
    const { subject } = await play.inCourt();
    await step(subject, 'ANTICIPATE', '2026-06-01', { personId: subject.personIds[0] });
    const seen = async (who: CastMember) => {
      const found = await play.seen(who, subject);
      return [found.immunityProceedings.length, found.events.nodes.filter(({ act }: { act: string }) => act === 'IMMUNITY_RECORDED').length];
    };
    await world.database.owner`update comity.charges set needs = needs | 16384 where case_id = ${subject.id}`;
    expect(await seen('supervisorDallas')).toEqual([1, 1]);
    const { proceeding: { id: proceedingId } } = await step(subject, 'RAISE', '2026-06-02', { personId: subject.personIds[0], ...COURT });
    expect(await seen('supervisorDallas')).toEqual([1, 1]);
    expect(await seen('attorneyDallas')).toEqual([2, 2]);
    expect(await play.refusal('supervisorDallas', 'recordImmunityProceeding', told(subject, 'CONCLUDE', '2026-06-03', { proceedingId }))).toEqual(
      await play.refusal('supervisorDallas', 'recordImmunityProceeding', told(subject, 'CONCLUDE', '2026-06-03', { proceedingId: newId() })));
  });

  test('by the application’s own hand tells no ruling that does not follow from its answers, and no step that was not taken', async () => {
    const { subject } = await play.inCourt();
    const proceedingId = await raised(subject);
    const ruling = (words: string) => `update comity.immunity_proceedings set state = 'GRANTED', ruling = 'GRANTED', ruled_on = '2026-06-25', ${words}, moved_by = comity.member() where case_id = $1::uuid and id = $2::uuid`;
    const stepping = (position: number, state: string) => `insert into comity.proceeding_steps (case_id, kind, about_id, position, needs, act, day, state, recorded_by, recorded_at)
      select case_id, 'IMMUNITY', id, ${position}, needs, 'RAISE', '2026-06-01', '${state}', comity.member(), now() from comity.immunity_proceedings where case_id = $1::uuid and id = $2::uuid`;
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
      expect(await refusal(ruling(`authorised = 'MET', necessary = 'NOT_MET'`), [subject.id, proceedingId])).toBe('23514');
      for (const [position, state] of [[1, 'RAISED'], [3, 'RAISED'], [2, 'GRANTED']] as const) expect(await refusal(stepping(position, state), [subject.id, proceedingId]), `${position} ${state}`).toBe('42501');
      expect(await refusal(stepping(2, 'RAISED'), [subject.id, proceedingId])).toBe('passed');
      for (const words of ['update comity.proceeding_steps set day = day', 'delete from comity.proceeding_steps', 'delete from comity.immunity_proceedings', 'update comity.immunity_proceedings set needs = 4']) {
        expect(await refusal(`${words} where case_id = $1::uuid`, [subject.id]), words).toBe('42501');
      }
    });
  });
});
