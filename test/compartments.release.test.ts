import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bench, withAffiliation } from './decisions.world.ts';
import { docket } from './federal.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof docket>;
let judging: ReturnType<typeof bench>;
beforeAll(async () => {
  world = await openWorld();
  play = docket(world);
  judging = bench(world);
});
afterAll(() => world.close());

const mutation = (field: string, selection: string) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;
const target = (subject: BuiltCase, kind: string, id: string) => ({ caseId: subject.id, compartment: 'GRAND_JURY', target: { kind, id } });
const place = (subject: BuiltCase, id: string, kind = 'CHARGE') => world.as('attorneyDallas').get(mutation('placeInCompartment', 'case { id }'), { input: { ...target(subject, kind, id), basis: 'GRAND_JURY_TESTIMONY' } });
const releasing = (subject: BuiltCase, id: string, kind = 'CHARGE') => world.as('attorneyDallas').ask(mutation('releaseFromCompartment', 'case { stage }'), { input: { ...target(subject, kind, id), finding: 'COURT_ORDER' } });
const refusal = ({ errors }: { errors?: readonly { message: string; extensions: Readonly<Record<string, unknown>> }[] | undefined }) => errors?.[0] && [errors[0].extensions['code'], errors[0].message];
const read = async (who: CastMember, { id }: { readonly id: string }) => (await world.as(who).get(`query ($id: ID) { case(id: $id) { stage persons { id arraignedOn trialStartsOn }
  charges { id state filing { docketNumber } disposition { kind } } clocks { kind } renditions { state steps { act } } immunityProceedings { state ruling steps { act } } victimNotices { kind decisionId }
  clockFacts { kind } proofLinks: events(first: 100) { nodes { act body } } } }`, { id }))['case'];
const kinds = (seen: { clocks: { kind: string }[] }) => seen.clocks.map(({ kind }) => kind);

describe('what was entered of a charge in a compartment', () => {
  test('comes out with it: a sealed indictment that is opened is filed for the whole office, with its days in court and its window', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await withAffiliation(world, subject, 'UNKNOWN');
    const id = await judging.charged('attorneyDallas', subject, 'FELONY');
    await place(subject, id);
    await world.as('attorneyDallas').get(mutation('assignCase', 'case { id }'), { input: { caseId: subject.id, memberId: world.memberIds.electedDallas, role: 'SUPPORT' } });
    await judging.approve('electedDallas', subject, await judging.decide('attorneyDallas', subject, id, 'CHARGE', { overrideReason: 'The period ends.' }));
    await judging.tell('attorneyDallas', 'fileCharges', { caseId: subject.id, chargeIds: [id], instrument: 'INDICTMENT', court: 'A court', docketNumber: 'F26-7', filedOn: '2026-05-04', expectedVersion: await judging.versionOf(subject) });
    await play.tell('attorneyDallas', 'recordArraignment', { caseId: subject.id, personId: subject.personIds[0], arraignedOn: '2026-06-01' });
    await play.tell('attorneyDallas', 'setTrial', { caseId: subject.id, personId: subject.personIds[0], startsOn: '2026-12-20' });
    const hidden = await read('supervisorDallas', subject);
    expect([hidden.charges, hidden.persons[0].arraignedOn, kinds(hidden)]).toEqual([[], null, expect.not.arrayContaining(['REMOVAL_WINDOW', 'VICTIM_NOTICE'])]);
    expect(refusal(await releasing(subject, id))).toBeUndefined();
    const open = await read('supervisorDallas', subject);
    expect(open).toMatchObject({ stage: 'IN_COURT', charges: [{ id, state: 'FILED', filing: { docketNumber: 'F26-7' } }] });
    expect(open.persons[0]).toMatchObject({ arraignedOn: '2026-06-01', trialStartsOn: '2026-12-20' });
    expect(kinds(open)).toEqual(expect.arrayContaining(['REMOVAL_WINDOW', 'VICTIM_NOTICE']));
    await play.tell('supervisorDallas', 'setTrial', { caseId: subject.id, personId: subject.personIds[0], startsOn: '2027-01-10' });
  });

  test('stays with what a court held of immunity and of another state, whose steps come too', async () => {
    const { subject, chargeIds: [id = ''], personId } = await play.inCourt();
    await place(subject, id);
    await world.database.owner`update comity.charges set needs = needs | 16384 where case_id = ${subject.id}`;
    await play.tell('attorneyDallas', 'recordRendition', { caseId: subject.id, personId, act: 'ENTER_WARRANT', asylumState: 'VA', on: '2026-05-20' });
    expect((await read('supervisorDallas', subject)).renditions).toEqual([]);
    expect(refusal(await releasing(subject, id))).toBeUndefined();
    expect((await read('supervisorDallas', subject)).renditions).toMatchObject([{ state: 'WARRANT_ACTIVE', steps: [{ act: 'ENTER_WARRANT' }] }]);
  });
});

describe('a release is refused', () => {
  test('where the same charge was proposed outside meanwhile, until one of the two is withdrawn', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const id = await judging.charged('attorneyDallas', subject, 'FELONY');
    await place(subject, id);
    const [{ statute } = {}] = await world.database.owner`select statute_id as statute from comity.charges where id = ${id}`;
    const { charge } = await judging.tell('supervisorDallas', 'proposeCharge', { caseId: subject.id, personId: subject.personIds[0], statuteId: statute, counts: 1 });
    expect(refusal(await releasing(subject, id))).toEqual(['CONFLICT', 'The same charge is open outside of the compartment. One of the two is withdrawn first.']);
    expect((await read('supervisorDallas', subject)).charges).toMatchObject([{ id: charge.id }]);
    await judging.tell('supervisorDallas', 'withdrawCharge', { caseId: subject.id, chargeId: charge.id });
    expect(refusal(await releasing(subject, id))).toBeUndefined();
  });

  test('where charges would be lesser ones of themselves', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const [a, b, c] = [await judging.charged('attorneyDallas', subject), await judging.charged('attorneyDallas', subject), await judging.charged('attorneyDallas', subject)];
    const lesser = (who: CastMember, chargeId: string, lesserOf: string) => world.as(who).get(mutation('relateCharge', 'charge { id }'), { input: { caseId: subject.id, chargeId, lesserOf, reason: 'It is in the other.' } });
    await lesser('attorneyDallas', a, b);
    await lesser('attorneyDallas', b, c);
    await place(subject, b);
    await lesser('supervisorDallas', c, a);
    expect(refusal(await releasing(subject, b))).toEqual(['CONFLICT', expect.stringContaining('One of the relations is taken back first.')]);
  });
});

describe('nobody learns from what stands beside a charge', () => {
  test('of its decision by a notice to a victim, nor of a filing in a compartment; whoever reads no charges reads no notice of one', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const id = await judging.charged('attorneyDallas', subject);
    const decisionId = await judging.decide('attorneyDallas', subject, id, 'DECLINE');
    const notice = (kind: string, more: object = {}) => judging.tell('attorneyDallas', 'recordVictimNotice', { caseId: subject.id, personId: subject.personIds[1], kind, method: 'MAIL', sentOn: '2026-05-05', ...more });
    await notice('DECLINED', { decisionId });
    await notice('OPT_OUT', { method: 'TELEPHONE' });
    const told = async (who: CastMember) => {
      const seen = await read(who, subject);
      return [seen.victimNotices.map(({ kind }: { kind: string }) => kind), seen.proofLinks.nodes.filter(({ act }: { act: string }) => act === 'VICTIM_NOTICE_RECORDED').length];
    };
    expect([await told('advocateDallas'), await told('secondDallas'), (await told('intakeDallas'))[0]]).toEqual([[['DECLINED', 'OPT_OUT'], 0], [['DECLINED', 'OPT_OUT'], 2], ['OPT_OUT']]);
    await place(subject, id);
    expect([await told('attorneyDallas'), await told('secondDallas'), (await told('advocateDallas'))[0]]).toEqual([[['DECLINED', 'OPT_OUT'], 2], [['OPT_OUT'], 1], ['OPT_OUT']]);
    await notice('DECLINED');
    expect(await told('secondDallas')).toEqual([['OPT_OUT'], 1]);
    expect(refusal(await releasing(subject, id))).toBeUndefined();
    expect((await told('secondDallas'))[0]).toEqual(['DECLINED', 'OPT_OUT', 'DECLINED']);
  });

  test('by the trail of facts and of proof', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const id = await judging.charged('attorneyDallas', subject);
    const recording = subject.recordingIds[0] ?? '';
    await world.as('attorneyDallas').get(mutation('linkProof', 'link { id }'), { input: { caseId: subject.id, chargeId: id, element: 1, sourceKind: 'RECORDING', sourceId: recording, polarity: 'SUPPORTS', reasoning: 'It shows it.' } });
    await world.as('attorneyDallas').get(mutation('recordClockFact', 'fact { id }'), { input: { caseId: subject.id, kind: 'DISCOVERY', aboutId: id, from: '2026-04-01', source: 'A letter.' } });
    const acts = async () => (await read('secondDallas', subject)).proofLinks.nodes.map(({ act }: { act: string }) => act).filter((act: string) => act === 'PROOF_LINKED' || act === 'CLOCK_FACT_RECORDED').sort();
    expect(await acts()).toEqual(['CLOCK_FACT_RECORDED', 'PROOF_LINKED']);
    await place(subject, recording, 'RECORDING');
    expect(await acts()).toEqual(['CLOCK_FACT_RECORDED']);
    await place(subject, id);
    expect(await acts()).toEqual([]);
  });

  test('by its clock: not without a purpose, not of a minor, not by a window that only it keeps open', async () => {
    const { subject, chargeIds: [id = ''], personId } = await play.inCourt();
    await play.arraign(subject);
    await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, id, 'ACQUITTED'));
    expect(kinds(await read('supervisorDallas', subject))).not.toContain('REMOVAL_WINDOW');
    const hidden = await play.filedCharge(subject, { needs: 16 | 16384 });
    await play.tell('attorneyDallas', 'setTrial', { caseId: subject.id, personId, startsOn: '2027-01-10' });
    expect(kinds(await read('supervisorDallas', subject))).not.toContain('REMOVAL_WINDOW');
    expect(hidden).toEqual(expect.any(String));
    const alone = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await play.filedCharge(alone, { needs: 16 | 16384 });
    await judging.cleared('attorneyDallas', alone);
    const clocks = 'query ($id: ID) { case(id: $id) { clocks { kind } } }';
    expect(kinds((await world.as('attorneyDallas').get(clocks, { id: alone.id }))['case'])).toContain('VICTIM_NOTICE');
    expect(kinds((await world.as('attorneyDallas', { purpose: null }).get(clocks, { id: alone.id }))['case'])).not.toContain('VICTIM_NOTICE');
  });

  test('by what waits for whom: what lies there waits for nobody outside', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const id = await judging.charged('attorneyDallas', subject);
    const decisionId = await judging.decide('attorneyDallas', subject, id, 'HOLD');
    const waits = async (member: CastMember) => (await world.as('attorneyDallas').get('query ($member: ID!) { waiting(first: 100, filter: { member: $member }) { nodes { id } } }', { member: world.memberIds[member] }))['waiting'].nodes.map(({ id: each }: { id: string }) => each);
    expect(await waits('supervisorDallas')).toContain(decisionId);
    await place(subject, id);
    expect(await waits('supervisorDallas')).not.toContain(decisionId);
  });
});
