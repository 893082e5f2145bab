import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANSWERED, bench } from '../decisions.world.ts';
import { openWorld, type BuiltCase, type World } from '../world.ts';

let world: World;
let play: ReturnType<typeof bench>;
let subject: BuiltCase;
const ids = { assault: '', restraint: '', analysis: '', toCharge: '', toHold: '' };
const CLAIM = 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { version stage outcome } } }';
beforeAll(async () => {
  world = await openWorld();
  play = bench(world);
  subject = await world.buildCase();
});
afterAll(() => world.close());

const now = async () => ({ caseId: subject.id, expectedVersion: await play.versionOf(subject) });

describe('Ada Attwell and Sue Visser bring a case from its claim to court', () => {
  test('Ada claims it and proposes two charges against the man in the grey jacket; nothing is decided', async () => {
    expect((await world.as('attorneyDallas').get(CLAIM, { input: { caseId: subject.id, expectedVersion: subject.version } }))['claimCase'].case).toMatchObject({ stage: 'CLAIMED', outcome: null });
    ids.assault = await play.charged('attorneyDallas', subject, 'FELONY');
    ids.restraint = await play.charged('attorneyDallas', subject, 'MISDEMEANOR');
    await play.cleared('attorneyDallas', subject, 'UNKNOWN');
  });

  test('she proposes to charge; Sue cannot approve that yet, for the man may be a federal officer and nobody has asked whether he is immune', async () => {
    ids.toCharge = await play.decide('attorneyDallas', subject, ids.assault, 'CHARGE', { reasonCodes: ['EVIDENCE_SUFFICIENT', 'IN_PUBLIC_INTEREST'] });
    expect(await play.refusal('supervisorDallas', 'approveDecision', { ...await now(), decisionId: ids.toCharge })).toMatchObject({ code: 'CONFLICT', rule: 'IMMUNITY_ANALYSIS', affiliation: 'UNKNOWN', citation: expect.stringContaining('art. VI') });
  });

  test('Ada answers the two questions, Sue sends the answer back, and approves the better one', async () => {
    const about = { caseId: subject.id, personId: subject.personIds[0] };
    const { analysis: first } = await play.tell('attorneyDallas', 'recordImmunityAnalysis', { ...about, ...ANSWERED });
    await play.tell('supervisorDallas', 'reviewImmunityAnalysis', { caseId: subject.id, analysisId: first.id, approve: false, remark: 'Did he carry a warrant?' });
    ids.analysis = (await play.tell('attorneyDallas', 'recordImmunityAnalysis', { ...about, ...ANSWERED, reliedOn: 'An administrative form, no judge’s warrant.' })).analysis.id;
    expect(await play.ended('attorneyDallas', 'reviewImmunityAnalysis', { caseId: subject.id, analysisId: ids.analysis, approve: true })).toBe('FORBIDDEN');
    expect((await play.tell('supervisorDallas', 'reviewImmunityAnalysis', { caseId: subject.id, analysisId: ids.analysis, approve: true })).analysis).toMatchObject({ state: 'REVIEWED', reviewedBy: { name: 'Sue Visser' } });
  });

  test('now Sue approves the charge, and Ada’s wish to wait with the other: the case stays under review', async () => {
    expect((await play.approve('supervisorDallas', subject, ids.toCharge)).case).toMatchObject({ stage: 'UNDER_REVIEW', outcome: null });
    ids.toHold = await play.decide('attorneyDallas', subject, ids.restraint, 'HOLD');
    expect((await play.approve('supervisorDallas', subject, ids.toHold)).case).toMatchObject({ stage: 'UNDER_REVIEW', outcome: 'MIXED' });
  });

  test('the hospital writes, and the second charge falls: Sue proposes it, so Ella Ectedson approves; the case is decided', async () => {
    const decisionId = await play.decide('supervisorDallas', subject, ids.restraint, 'DECLINE', { supersedes: ids.toHold, reasonCodes: ['ELEMENT_NOT_PROVABLE'], shareableReason: 'Nobody can show that he could not leave.' });
    expect(await play.ended('supervisorDallas', 'approveDecision', { ...await now(), decisionId })).toBe('FORBIDDEN');
    const { case: after } = await play.approve('electedDallas', subject, decisionId);
    expect(after).toMatchObject({ stage: 'DECIDED', outcome: 'MIXED' });
    expect(after.charges.map(({ decisions }: { decisions: { state: string }[] }) => decisions.map(({ state }) => state))).toEqual([['STANDING'], ['SUPERSEDED', 'STANDING']]);
  });

  test('the grand jury indicts, and Ada puts the filing on record: not without its instrument, and not the charge that fell', async () => {
    const filing = { chargeIds: [ids.assault], court: 'Criminal District Court No. 7', docketNumber: 'F26-00123', filedOn: '2026-05-04' };
    expect(await play.refusal('attorneyDallas', 'fileCharges', { ...await now(), ...filing })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'instrument', message: expect.stringContaining('Tex. Const. art. I') });
    expect(await play.ended('attorneyDallas', 'fileCharges', { ...await now(), ...filing, instrument: 'INDICTMENT', chargeIds: [ids.assault, ids.restraint] })).toBe('CONFLICT');
    const { case: after } = await play.tell('attorneyDallas', 'fileCharges', { ...await now(), ...filing, instrument: 'INDICTMENT' });
    expect(after).toMatchObject({ stage: 'IN_COURT', outcome: 'MIXED', charges: [{ state: 'FILED', filing: { docketNumber: 'F26-00123', warnings: [] } }, { state: 'PROPOSED', filing: null }] });
    await play.tell('advocateDallas', 'recordVictimNotice', { caseId: subject.id, personId: subject.personIds[1], kind: 'CHARGED', method: 'IN_PERSON', sentOn: '2026-05-05' });
  });

  test('the whole of it is in the trail, unbroken, with both names', async () => {
    expect((await play.seen('attorneyDallas', subject)).events.nodes.map(({ act }: { act: string }) => act).reverse()).toEqual([
      'RECEIVED', 'CLAIMED', 'CHARGE_PROPOSED', 'CHARGE_PROPOSED', 'AFFILIATION_RECORDED', 'CHARGE_DECISION_PROPOSED', 'IMMUNITY_ANALYSED', 'IMMUNITY_REVIEWED', 'IMMUNITY_ANALYSED', 'IMMUNITY_REVIEWED',
      'CHARGE_DECISION_APPROVED', 'CHARGE_DECISION_PROPOSED', 'CHARGE_DECISION_APPROVED', 'CHARGE_DECISION_PROPOSED', 'CHARGE_DECISION_APPROVED', 'CHARGE_FILED', 'IN_COURT', 'VICTIM_NOTICE_RECORDED',
    ]);
    expect((await world.as('auditor').get('{ verifyTrail { intact } }'))['verifyTrail'].intact).toBe(true);
  });
});
