import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AFFILIATIONS, ANALYSIS_ACTS, ANALYSIS_MOVES, ANALYSIS_STATES, maybeFederal, type AnalysisMoves } from '../src/decisions/immunity.rules.ts';
import { newId } from '../src/kernel/ids.ts';
import { ANSWERED, bench } from './decisions.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof bench>;
beforeAll(async () => {
  world = await openWorld();
  play = bench(world);
});
afterAll(() => world.close());

async function charged(): Promise<{ subject: BuiltCase; chargeId: string; personId: string }> {
  const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
  return { subject, chargeId: await play.charged('attorneyDallas', subject), personId: String(subject.personIds[0]) };
}
const analyse = async (subject: BuiltCase, who: 'attorneyDallas' | 'supervisorDallas' = 'attorneyDallas', more: object = {}): Promise<string> =>
  (await play.tell(who, 'recordImmunityAnalysis', { caseId: subject.id, personId: subject.personIds[0], ...ANSWERED, ...more })).analysis.id;
const approval = async (subject: BuiltCase, decisionId: string) => ({ caseId: subject.id, decisionId, expectedVersion: await play.versionOf(subject) });

describe('a person who is or may be a federal officer', () => {
  test('is not charged before immunity is analysed and reviewed: refused with the rule, its citation and what to do', async () => {
    const { subject, chargeId, personId } = await charged();
    const decisionId = await play.decide('attorneyDallas', subject, chargeId, 'CHARGE');
    const refused = () => approval(subject, decisionId).then((input) => play.refusal('supervisorDallas', 'approveDecision', input));
    expect(await refused()).toMatchObject({
      code: 'CONFLICT', rule: 'IMMUNITY_ANALYSIS', citation: 'U.S. Const. art. VI, cl. 2; In re Neagle, 135 U.S. 1 (1890)', personId, affiliation: 'UNKNOWN', remedy: expect.stringContaining('recordImmunityAnalysis'),
    });
    const analysisId = await analyse(subject);
    expect(await refused()).toMatchObject({ code: 'CONFLICT', rule: 'IMMUNITY_ANALYSIS' });
    await play.tell('supervisorDallas', 'reviewImmunityAnalysis', { caseId: subject.id, analysisId, approve: true });
    expect((await play.approve('supervisorDallas', subject, decisionId)).case).toMatchObject({ outcome: 'CHARGE', stage: 'DECIDED' });
  });

  test.each(AFFILIATIONS)('is one who is recorded as %s, if that is federal or unknown; the newest word holds, the earlier stay in view', async (affiliation) => {
    const { subject, chargeId } = await charged();
    await play.cleared('attorneyDallas', subject, maybeFederal(affiliation) ? 'STATE' : 'FEDERAL');
    await play.cleared('attorneyDallas', subject, affiliation);
    const decisionId = await play.decide('attorneyDallas', subject, chargeId, 'CHARGE');
    expect(await play.ended('supervisorDallas', 'approveDecision', await approval(subject, decisionId))).toBe(maybeFederal(affiliation) ? 'CONFLICT' : 'OK');
    const [official] = (await play.seen('attorneyDallas', subject)).persons;
    expect(official.affiliations).toMatchObject([{ affiliation, basis: 'The roster of the department.' }, { affiliation: maybeFederal(affiliation) ? 'STATE' : 'FEDERAL' }]);
  });

  test.each(['HOLD', 'DECLINE', 'REFER_OUT', 'DIVERT'] as const)('needs no analysis for %s', async (outcome) => {
    const { subject, chargeId } = await charged();
    await play.settled(subject, chargeId, outcome);
  });

  test('is charged without by the word of the elected head, who proposes or approves it with a reason; a supervisor’s is not enough', async () => {
    const overrideReason = 'The period ends tomorrow.';
    const byHead = await charged();
    const proposed = await play.decide('electedDallas', byHead.subject, byHead.chargeId, 'CHARGE', { overrideReason });
    expect((await play.approve('supervisorDallas', byHead.subject, proposed)).decision).toMatchObject({ state: 'STANDING', overriddenBy: { name: 'Ella Ectedson' }, grounds: { overrideReason } });

    const toHead = await charged();
    const asked = await play.decide('attorneyDallas', toHead.subject, toHead.chargeId, 'CHARGE', { overrideReason });
    expect(await play.refusal('supervisorDallas', 'approveDecision', await approval(toHead.subject, asked))).toMatchObject({ code: 'CONFLICT', rule: 'IMMUNITY_ANALYSIS', remedy: expect.stringContaining('elected head') });
    const { decision, case: after } = await play.approve('electedDallas', toHead.subject, asked);
    expect(decision).toMatchObject({ overriddenBy: { name: 'Ella Ectedson' } });
    expect(after.events.nodes[0]).toMatchObject({ act: 'CHARGE_DECISION_APPROVED', body: { overrides: true } });

    const without = await charged();
    const silent = await play.decide('attorneyDallas', without.subject, without.chargeId, 'CHARGE');
    expect(await play.ended('electedDallas', 'approveDecision', await approval(without.subject, silent))).toBe('CONFLICT');
  });
});

describe('whoever decides to charge', () => {
  const MET = { authorised: { ...ANSWERED.authorised, finding: 'MET' }, necessary: { ...ANSWERED.necessary, finding: 'MET' } };
  const review = (subject: BuiltCase, analysisId: string, approve = true) => play.tell('supervisorDallas', 'reviewImmunityAnalysis', { caseId: subject.id, analysisId, approve, remark: 'Read.' });
  const codes = (decision: { warnings: readonly { code: string }[] }) => decision.warnings.map(({ code }) => code);
  const proposed = async (subject: BuiltCase, chargeId: string, outcome: 'CHARGE' | 'HOLD' = 'CHARGE') => (await play.tell('attorneyDallas', 'decideCharge', await play.decision(subject, chargeId, outcome))).decision;
  const standing = async (subject: BuiltCase) => (await play.seen('attorneyDallas', subject)).charges[0].decisions[0];

  test('is warned where the newest analysis finds the person likely immune, be it a draft; not by one that was returned, nor one that another took the place of', async () => {
    const { subject, chargeId } = await charged();
    const decision = await proposed(subject, chargeId);
    expect(decision.warnings).toEqual([]);
    const likely = await analyse(subject, 'attorneyDallas', MET);
    expect((await standing(subject)).warnings).toEqual([{ code: 'IMMUNITY_LIKELY', message: expect.stringContaining('In re Neagle, 135 U.S. 1 (1890)') }]);
    await review(subject, likely);
    const unlikely = await analyse(subject);
    // A draft takes no place of what was reviewed.
    expect(codes(await standing(subject))).toEqual(['IMMUNITY_LIKELY']);
    await review(subject, unlikely);
    expect(codes(await standing(subject))).toEqual([]);
    await review(subject, await analyse(subject, 'attorneyDallas', MET), false);
    expect(codes(await standing(subject))).toEqual([]);
    await analyse(subject, 'attorneyDallas', { ...MET, necessary: { ...MET.necessary, finding: 'UNCLEAR' } });
    expect(codes(await standing(subject))).toEqual([]);
  });

  test('reads the warning in the answer to the proposal and to the approval, which rests on the newest analysis that was reviewed; what comes later tells nothing of it', async () => {
    const { subject, chargeId } = await charged();
    await review(subject, await analyse(subject));
    const newest = await analyse(subject, 'attorneyDallas', MET);
    await review(subject, newest);
    await analyse(subject);
    const decision = await proposed(subject, chargeId);
    expect(codes(decision)).toEqual(['IMMUNITY_LIKELY']);
    expect(decision.grounds.immunityAnalysis).toBeNull();
    const approved = (await play.approve('supervisorDallas', subject, decision.id)).decision;
    expect(codes(approved)).toEqual(['IMMUNITY_LIKELY']);
    expect(approved.grounds.immunityAnalysis).toEqual({ id: newest });
    await review(subject, await analyse(subject));
    expect(await standing(subject)).toMatchObject({ warnings: [{ code: 'IMMUNITY_LIKELY' }], grounds: { immunityAnalysis: { id: newest } } });
  });

  test('is warned of CHARGE alone, and by nothing that is closed to them', async () => {
    const { subject, chargeId } = await charged();
    await analyse(subject, 'attorneyDallas', MET);
    expect(codes(await proposed(subject, chargeId, 'HOLD'))).toEqual([]);
    const { subject: other, chargeId: charge } = await charged();
    await analyse(other, 'attorneyDallas', MET);
    await proposed(other, charge);
    expect(codes(await standing(other))).toEqual(['IMMUNITY_LIKELY']);
    await world.database.owner`update comity.immunity_analyses set needs = needs | 32768 where case_id = ${other.id}`;
    expect(codes(await standing(other))).toEqual([]);
  });

  test('by the application’s own hand rests an approval on no other analysis, and once', async () => {
    const { subject, chargeId } = await charged();
    const [older, newest] = [await analyse(subject), await analyse(subject)];
    for (const id of [older, newest]) await review(subject, id);
    const decisionId = await play.decide('attorneyDallas', subject, chargeId, 'CHARGE');
    const resting = (id: string) => `update comity.decision_grounds set immunity_analysis_id = '${id}' where case_id = $1::uuid and decision_id = $2::uuid`;
    const ends = (id: string) => seated(world.database, { as: world.memberIds.supervisorDallas }, ({ refusal }) => refusal(resting(id), [subject.id, decisionId]));
    expect(await ends(newest)).toBe('42501');
    await world.database.owner`update comity.decisions set state = 'STANDING', answered_by = ${world.memberIds.supervisorDallas}, answered_at = now() where id = ${decisionId}`;
    expect([await ends(older), await ends(newest)]).toEqual(['42501', 'passed']);
    await world.database.owner`update comity.decision_grounds set immunity_analysis_id = ${newest} where decision_id = ${decisionId}`;
    expect(await ends(older)).toBe('42501');
  });
});

describe('an analysis', () => {
  test('is reviewed by another person; returned it needs a reason, and does not count', async () => {
    const { subject, chargeId } = await charged();
    const analysisId = await analyse(subject, 'supervisorDallas', { reliedOn: 'A form without a judge’s name.' });
    const review = { caseId: subject.id, analysisId, approve: false };
    expect(await play.refusal('supervisorDallas', 'reviewImmunityAnalysis', { ...review, approve: true })).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('another person') });
    expect(await play.refusal('electedDallas', 'reviewImmunityAnalysis', review)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'remark' });
    expect((await play.tell('electedDallas', 'reviewImmunityAnalysis', { ...review, remark: 'What order?' })).analysis).toMatchObject({ state: 'RETURNED', remark: 'What order?', reviewedBy: { name: 'Ella Ectedson' } });
    const decisionId = await play.decide('attorneyDallas', subject, chargeId, 'CHARGE');
    expect(await play.ended('supervisorDallas', 'approveDecision', await approval(subject, decisionId))).toBe('CONFLICT');
  });

  test.each(ANALYSIS_ACTS.flatMap((act) => ANALYSIS_STATES.map((state) => [act, state] as const)))('%s of what is %s is done where the one table says so, and a CONFLICT elsewhere', async (act, state) => {
    const to = (ANALYSIS_MOVES[act] as AnalysisMoves)[state];
    const { subject } = await charged();
    const analysisId = await analyse(subject);
    await world.database.owner`update comity.immunity_analyses set state = ${state} where id = ${analysisId}`;
    const done = act === 'withdraw' ? play.ended('supervisorDallas', 'withdrawImmunityAnalysis', { caseId: subject.id, analysisId, reason: 'Read.' })
      : play.ended('supervisorDallas', 'reviewImmunityAnalysis', { caseId: subject.id, analysisId, approve: act === 'approve', remark: 'Read.' });
    expect(await done).toBe(to === undefined ? 'CONFLICT' : 'OK');
    expect((await world.database.owner`select state from comity.immunity_analyses where id = ${analysisId}`)[0]?.['state']).toBe(to ?? state);
  });

  test('is about a subject or official of this case, and its answers are said', async () => {
    const [{ subject }, other] = [await charged(), await charged()];
    const input = { caseId: subject.id, personId: subject.personIds[0], ...ANSWERED };
    const refused = await play.refusal('attorneyDallas', 'recordImmunityAnalysis', { ...input, personId: subject.personIds[1] });
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', field: 'personId' });
    for (const personId of [other.personId, newId(), 'no id']) expect(await play.refusal('attorneyDallas', 'recordImmunityAnalysis', { ...input, personId })).toEqual(refused);
    expect(await play.refusal('attorneyDallas', 'recordImmunityAnalysis', { ...input, necessary: { ...ANSWERED.necessary, objective: '' } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'necessary.objective' });
    expect(await play.refusal('attorneyDallas', 'recordAffiliation', { caseId: subject.id, personId: subject.personIds[0], affiliation: 'LOCAL', basis: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'basis' });
    expect(await play.ended('secondDallas', 'recordImmunityAnalysis', input)).toBe('FORBIDDEN');
    expect(await play.ended('secondDallas', 'recordAffiliation', { caseId: subject.id, personId: subject.personIds[0], affiliation: 'LOCAL', basis: 'A guess.' })).toBe('FORBIDDEN');
  });

  test('by the application’s own hand it is drafted in one’s own name and reviewed by another head', async () => {
    const { subject } = await charged();
    const analysisId = await analyse(subject, 'supervisorDallas');
    const review = `update comity.immunity_analyses set state = 'REVIEWED', reviewed_by = comity.member(), reviewed_at = now() where case_id = $1::uuid and id = $2::uuid`;
    for (const [who, ends] of [['supervisorDallas', '42501'], ['attorneyDallas', '42501'], ['electedDallas', 'passed']] as const) {
      await seated(world.database, { as: world.memberIds[who] }, async ({ refusal }) => {
        expect(await refusal(review, [subject.id, analysisId]), who).toBe(ends);
        expect(await refusal(`insert into comity.affiliations (case_id, id, needs, person_id, affiliation, basis, recorded_by, recorded_at) values ($1::uuid, $2::uuid, 4, $3::uuid, 'LOCAL', 'x', $4::uuid, now())`,
          [subject.id, newId(), subject.personIds[0] ?? null, world.memberIds.recordsDallas]), who).toBe('42501');
      });
    }
  });
});
