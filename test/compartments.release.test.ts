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

describe('an immunity before the courts', () => {
  const immunity = (who: CastMember, subject: BuiltCase, more: object) => play.refusal(who, 'recordImmunityProceeding', { caseId: subject.id, ...more });
  const told = async (who: CastMember, subject: BuiltCase) => (await play.seen(who, subject)).immunityProceedings.map(({ state, ruling }: { state: string; ruling: string | null }) => [state, ruling]);
  const raise = { act: 'RAISE', on: '2026-06-02', forum: 'STATE', court: 'A court' };

  test('goes where the last charge goes, and blocks nobody who is not to know of it', async () => {
    const { subject, chargeIds: [id = ''], personId } = await play.inCourt();
    await play.tell('attorneyDallas', 'recordImmunityProceeding', { caseId: subject.id, personId, ...raise });
    await place(subject, id);
    expect([await told('supervisorDallas', subject), await told('attorneyDallas', subject)]).toEqual([[], [['RAISED', null]]]);
    await play.tell('supervisorDallas', 'recordImmunityProceeding', { caseId: subject.id, personId, act: 'ANTICIPATE', on: '2026-06-03' });
    expect(await told('supervisorDallas', subject)).toEqual([['ANTICIPATED', null]]);
    expect(refusal(await releasing(subject, id))).toBeUndefined();
    expect((await told('supervisorDallas', subject)).sort()).toEqual([['ANTICIPATED', null], ['RAISED', null]]);
    const { immunityProceedings } = await play.seen('supervisorDallas', subject);
    const expected = immunityProceedings.find(({ state }: { state: string }) => state === 'ANTICIPATED').id;
    expect(await immunity('attorneyDallas', subject, { proceedingId: expected, ...raise })).toMatchObject({ code: 'CONFLICT', rule: 'IMMUNITY' });
  });

  test('that is raised of what is filed in a compartment begins there, and what was expected stays in view', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const [personId] = subject.personIds;
    const { proceeding } = await play.tell('attorneyDallas', 'recordImmunityProceeding', { caseId: subject.id, personId, act: 'ANTICIPATE', on: '2026-04-01' });
    await play.filedCharge(subject, { needs: 16 | 16384 });
    expect(await immunity('attorneyDallas', subject, { proceedingId: proceeding.id, ...raise })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'proceedingId', remedy: expect.stringContaining('person') });
    await play.tell('attorneyDallas', 'recordImmunityProceeding', { caseId: subject.id, personId, ...raise });
    expect([await told('supervisorDallas', subject), await told('attorneyDallas', subject)]).toEqual([[['ANTICIPATED', null]], expect.arrayContaining([['ANTICIPATED', null], ['RAISED', null]])]);
    expect(await immunity('attorneyDallas', subject, { personId, ...raise })).toMatchObject({ code: 'CONFLICT' });
  });

  test('is reversed by who does not see all that it had dismissed', async () => {
    const { subject, chargeIds: [open = '', hidden = ''], personId } = await play.inCourt(2);
    const { proceeding: { id: proceedingId } } = await play.tell('attorneyDallas', 'recordImmunityProceeding', { caseId: subject.id, personId, ...raise });
    const both = { decision: 'Op. 1', authorised: 'MET', necessary: 'MET' };
    await play.tell('attorneyDallas', 'recordImmunityProceeding', { caseId: subject.id, proceedingId, act: 'GRANT', on: '2026-06-20', ...both });
    await play.tell('attorneyDallas', 'recordImmunityProceeding', { caseId: subject.id, proceedingId, act: 'APPEAL', on: '2026-06-25', appealDocket: '26-1' });
    await place(subject, hidden);
    const { case: after } = await play.tell('supervisorDallas', 'recordImmunityProceeding', { caseId: subject.id, proceedingId, act: 'REVERSE', on: '2026-08-01', decision: 'Op. 2', authorised: 'MET', necessary: 'NOT_MET' });
    expect(after.charges.map((charge: { id: string; disposition: { kind: string } }) => [charge.id, charge.disposition.kind])).toEqual([[open, 'VACATED']]);
    const { charges } = await play.seen('attorneyDallas', subject);
    expect(charges.find(({ id }: { id: string }) => id === hidden).disposition.kind).toBe('DISMISSED');
    expect(await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, hidden, 'VACATED', { supersedes: charges.find(({ id }: { id: string }) => id === hidden).disposition.id, disposedOn: '2026-08-01' }))).toBeTruthy();
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
