import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { item, served, withDemand, withEvent, type Placed } from './demands.world.ts';
import { ANSWERED, withDecision, withNotice } from './decisions.world.ts';
import { incidentIn, statuteOf, withVenue } from './policies.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type Reply, type World } from './world.ts';

const mutation = (field: string) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { case { id } } }`;

const refusal = async (world: World, who: CastMember, field: string, input: Readonly<Record<string, unknown>>): Promise<Reply['errors']> => {
  const { errors } = await world.as(who).ask(mutation(field), { input });
  return errors;
};

describe('with every row policy off, so that everybody sees every row, the acts still refuse', () => {
  let world: World;
  let claimed: BuiltCase;
  let placeId: string;
  let statuteId: string;
  let chargeId: string;
  let factId: string;
  const contestId = newId();
  let decisionId: string;
  let analysisId: string;
  let noticeId: string;
  let demands: Record<'draft' | 'served' | 'granted' | 'sued', Placed> & { readonly event: string };
  let identificationId: string;
  beforeAll(async () => {
    world = await openWorld();
    claimed = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { owner } = world.database;
    const [place] = await owner`select id from comity.assignments where case_id = ${claimed.id}`;
    placeId = String(place?.['id']);
    statuteId = await statuteOf(world, claimed);
    const { proposeCharge } = await world.as('attorneyDallas').get('mutation ($input: ProposeChargeInput!) { proposeCharge(input: $input) { charge { id } } }', {
      input: { caseId: claimed.id, personId: claimed.personIds[0], statuteId, counts: 1 },
    });
    chargeId = proposeCharge.charge.id;
    await owner`insert into comity.venue_contests (case_id, id, needs, contestant_id, lead_id, grounds, reason, state, contested_by, contested_at)
      values (${claimed.id}, ${contestId}, 1, ${world.officeIds['cook-il']}, ${world.officeIds['dallas-tx']}, '{ELEMENT}', 'Asked once.', 'OPEN', ${world.memberIds.attorneyCook}, now())`;
    decisionId = await withDecision(world, claimed, chargeId, { outcome: 'HOLD', by: world.memberIds.electedDallas });
    factId = newId();
    await world.database.owner`insert into comity.clock_facts (case_id, id, needs, kind, about_id, from_on, grounds, source, recorded_by, recorded_at)
      values (${claimed.id}, ${factId}, 16, 'DISCOVERY', ${chargeId}, '2026-04-01', '{}', 'x', ${world.memberIds.attorneyDallas}, now())`;
    const { recordImmunityAnalysis } = await world.as('attorneyDallas').get('mutation ($input: RecordImmunityAnalysisInput!) { recordImmunityAnalysis(input: $input) { analysis { id } } }', {
      input: { caseId: claimed.id, personId: claimed.personIds[0], ...ANSWERED },
    });
    analysisId = recordImmunityAnalysis.analysis.id;
    noticeId = await withNotice(world, claimed);
    demands = {
      draft: await withDemand(world, claimed, { state: 'DRAFT' }), served: await withDemand(world, claimed, { regime: 'PRESERVATION_LETTER' }),
      granted: await withDemand(world, claimed, { state: 'GRANTED' }), sued: await withDemand(world, claimed, { state: 'SUIT_FILED' }), event: await withEvent(world, claimed),
    };
    const { identifyPerson } = await world.as('attorneyDallas').get('mutation ($input: IdentifyPersonInput!) { identifyPerson(input: $input) { identification { id } } }', {
      input: { caseId: claimed.id, personId: claimed.personIds[0], name: 'Off Eyser', source: 'The roster.', confidence: 'LOW' },
    });
    identificationId = identifyPerson.identification.id;
    const guarded = await owner`select oid::regclass::text as name from pg_class where relnamespace = 'comity'::regnamespace and relrowsecurity`;
    for (const { name } of guarded) await owner.unsafe(`alter table ${name} disable row level security`);
    expect((await world.as('attorneyHennepin').get('query ($id: ID) { case(id: $id) { id persons { name } } }', { id: claimed.id }))['case'].persons.length).toBeGreaterThan(0);
  });
  afterAll(() => world.close());

  const code = async (who: CastMember, field: string, input: Readonly<Record<string, unknown>>) => (await refusal(world, who, field, input))?.[0]?.extensions;

  test('a claim by an office that has no venue', async () => {
    const unclaimed = await world.buildCase();
    for (const who of ['attorneyHennepin', 'attorneyCook'] as const) {
      expect(await code(who, 'claimCase', { caseId: unclaimed.id, expectedVersion: unclaimed.version })).toEqual({ code: 'FORBIDDEN' });
    }
    expect((await world.database.owner`select lead_id from comity.cases where id = ${unclaimed.id}`)[0]).toEqual({ lead_id: null });
  });

  test('a verdict on cases that another office leads, a merger of them, and its undoing', async () => {
    const other = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const input = { caseId: claimed.id, otherId: other.id, verdict: 'DUPLICATE', reason: 'Sent twice.', expectedVersion: claimed.version };
    for (const who of ['supervisorHennepin', 'attorneyHennepin', 'secondDallas'] as const) {
      expect(await code(who, 'judgeDuplicate', input), who).toMatchObject({ code: 'FORBIDDEN' });
      expect(await code(who, 'judgeDuplicate', { ...input, verdict: 'LINK' }), who).toMatchObject({ code: 'FORBIDDEN' });
      expect(await code(who, 'undoDuplicate', { caseId: claimed.id, otherId: other.id, expectedVersion: claimed.version }), who).toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  const onAnothersCase: readonly [string, () => Readonly<Record<string, unknown>>][] = [
    ['releaseCase', () => ({ expectedVersion: claimed.version })],
    ['assignCase', () => ({ memberId: world.memberIds.attorneyHennepin, role: 'TRIAL' })],
    ['unassignCase', () => ({ assignmentId: placeId, expectedVersion: 1 })],
    ['contestClaim', () => ({ grounds: ['ELEMENT'], reason: 'To try.', expectedVersion: claimed.version })],
    ['answerContest', () => ({ contestId, answer: 'AGREE', reason: 'To try.', expectedVersion: claimed.version })],
    ['recordVenueDecision', () => ({
      contestId, court: 'A court', docketNumber: '1', orderedOn: '2026-04-01', decidedFor: 'CONTESTANT', document: 'File 1', documentSha256: 'ab'.repeat(32), expectedVersion: claimed.version,
    })],
    ['withdrawContest', () => ({ contestId })],
    ['proposeCharge', () => ({ personId: claimed.personIds[0], statuteId, counts: 1 })],
    ['withdrawCharge', () => ({ chargeId })],
    ['nameChargeLevel', () => ({ chargeId, level: 'FELONY', reason: 'x' })],
    ['relateCharge', () => ({ chargeId, lesserOf: chargeId, reason: 'x' })],
    ['unrelateCharge', () => ({ chargeId, lesserOf: chargeId, reason: 'x' })],
    ['identifyPerson', () => ({ personId: claimed.personIds[0], name: 'Off Eyser', source: 'x', confidence: 'LOW' })],
    ['withdrawIdentification', () => ({ identificationId, reason: 'x' })],
    ['decideCharge', () => ({ chargeId, outcome: 'HOLD', evidential: 'x', publicInterest: 'x', reasonCodes: ['OTHER'], expectedVersion: claimed.version })],
    ['withdrawDecision', () => ({ decisionId })],
    ['recordClockFact', () => ({ kind: 'PUBLIC_OFFICE', aboutId: claimed.personIds[0], from: '2026-04-01', source: 'x' })],
    ['endExclusion', () => ({ factId, on: '2026-04-02' })],
    ['withdrawClockFact', () => ({ factId, because: 'x' })],
    ['attestDiscovery', () => ({ factId })],
    ['assertLimitation', () => ({ chargeId, grounds: ['PUBLIC_OFFICE'], reasoning: 'x' })],
    ['recordAffiliation', () => ({ personId: claimed.personIds[0], affiliation: 'LOCAL', basis: 'x' })],
    ['recordImmunityAnalysis', () => ({ personId: claimed.personIds[0], ...ANSWERED })],
    ['recordVictimNotice', () => ({ personId: claimed.personIds[1], kind: 'CHARGED', method: 'MAIL', sentOn: '2026-05-05' })],
    ['withdrawVictimNotice', () => ({ noticeId, reason: 'x' })], ['withdrawImmunityAnalysis', () => ({ analysisId, reason: 'x' })], ['correctFiling', () => ({ chargeIds: [chargeId], docketNumber: 'x', reason: 'x' })], ['repinCharge', () => ({ chargeId })], ['withdrawFiling', () => ({ chargeIds: [chargeId], reason: 'x', expectedVersion: claimed.version })],
    ['fileCharges', () => ({ chargeIds: [chargeId], instrument: 'INDICTMENT', court: 'x', docketNumber: 'x', filedOn: '2026-05-05', expectedVersion: claimed.version })],
    ['recordArraignment', () => ({ personId: claimed.personIds[0], arraignedOn: '2026-06-01' })],
    ['setTrial', () => ({ personId: claimed.personIds[0], startsOn: '2026-09-01' })],
    ['recordDisposition', () => ({ chargeId, kind: 'ACQUITTED', disposedOn: '2026-09-01', court: 'x', expectedVersion: claimed.version })],
    ['recordRemoval', () => ({ personId: claimed.personIds[0], act: 'FILE_NOTICE', on: '2026-06-10', grounds: ['FEDERAL_OFFICER'], federalCourt: 'x', docketNumber: 'x' })],
    ['recordSupersession', () => ({ act: 'PETITION', on: '2026-06-10', basis: 'OTHER', petitioner: 'x' })],
    ['recordParallelProceeding', () => ({ act: 'OPEN', on: '2026-06-10', forum: 'OTHER', court: 'x', docketNumber: 'x', against: 'SUSPECT' })],
    ['recordRendition', () => ({ act: 'ENTER_WARRANT', on: '2026-06-10', personId: claimed.personIds[0], asylumState: 'VA' })],
    ['recordImmunityProceeding', () => ({ act: 'ANTICIPATE', on: '2026-06-10', personId: claimed.personIds[0] })],
    ['draftDemand', () => ({ regime: 'SUBPOENA', component: 'x', purpose: 'x', items: [item()] })],
    ['reviseDemand', () => ({ demandId: demands.draft.id, purpose: 'x' })], ['serveDemand', () => ({ demandId: demands.draft.id, ...served() })],
    ['acknowledgeDemand', () => ({ demandId: demands.served.id, acknowledgedOn: '2026-04-01', acknowledgedBy: 'x' })], ['extendDemand', () => ({ demandId: demands.served.id, until: '2999-01-01', reason: 'x' })],
    ['answerDemand', () => ({ demandId: demands.served.id, answeredOn: '2026-04-01', answers: [{ itemId: demands.served.itemId, state: 'PRODUCED' }] })],
    ['receiveProduction', () => ({ demandId: demands.granted.id, receivedOn: '2026-04-01', items: [{ itemId: demands.granted.itemId, reference: 'x' }] })],
    ['fileSuit', () => ({ demandId: demands.granted.id, court: 'x', docketNumber: 'x', filedOn: '2026-05-01' })], ['decideSuit', () => ({ demandId: demands.sued.id, outcome: 'ORDERED', decidedOn: '2026-05-20', order: 'x' })],
    ['withdrawDemand', () => ({ demandId: demands.served.id, reason: 'x' })], ['liftPreservation', () => ({ demandId: demands.served.id, liftedOn: '2026-04-01', reason: 'x' })],
    ['recordCooperationEvent', () => ({ kind: 'WARRANT_IGNORED', happenedAt: '2026-03-15T02:00:00Z', byAgency: 'x', note: 'x' })], ['withdrawCooperationEvent', () => ({ eventId: demands.event, reason: 'x' })],
    ['annotateCase', () => ({ target: { kind: 'CASE' }, kind: 'NOTE', body: 'A remark.' })],
    ['annotateCase', () => ({ target: { kind: 'REPORT' }, kind: 'NOTE', body: 'A remark.', audience: 'TEAM' })],
  ];
  test.each(onAnothersCase)('%s on a case that another office leads', async (field, input) => {
    const trail = () => world.database.owner`select count(*) as n from comity.trail_events where case_id = ${claimed.id}`;
    const before = await trail();
    for (const who of ['supervisorHennepin', 'attorneyHennepin'] as const) {
      expect(await code(who, field, { caseId: claimed.id, ...input() }), who).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect([...await trail()]).toEqual([...before]);
  });

  test.each(onAnothersCase.filter(([field]) => field !== 'annotateCase'))('%s by an attorney of the lead office who is not on the team', async (field, input) => {
    expect(await code('secondDallas', field, { caseId: claimed.id, ...input(), ...(field === 'assignCase' && { memberId: world.memberIds.secondDallas }) })).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('an approval, a review and the answer to an agency on a case that another office leads', async () => {
    for (const [field, input] of [
      ['approveDecision', { decisionId, expectedVersion: claimed.version }], ['rejectDecision', { decisionId, reason: 'x' }], ['reviewImmunityAnalysis', { analysisId, approve: true }],
      ['answerDeclinationDispute', { answer: 'REOPEN', note: 'x', expectedVersion: claimed.version }],
    ] as const) {
      expect(await code('supervisorHennepin', field, { caseId: claimed.id, ...input }), field).toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  test('an approval by who proposed it, and a dispute by an agency of another’s referral', async () => {
    expect(await code('electedDallas', 'approveDecision', { caseId: claimed.id, decisionId, expectedVersion: claimed.version })).toMatchObject({ code: 'FORBIDDEN' });
    const { errors } = await world.as('chiefChicagoPolice').ask('mutation ($input: DisputeDeclinationInput!) { disputeDeclination(input: $input) { referral { id } } }', { input: { referralId: claimed.referralId, statement: 'x', newMaterial: 'x' } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a note to the team by a colleague who is not on it', async () => {
    expect(await code('secondDallas', 'annotateCase', { caseId: claimed.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'A remark.', audience: 'TEAM' })).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('a revision of another’s note', async () => {
    const { annotateCase } = await world.as('attorneyDallas').get('mutation ($input: AnnotateCaseInput!) { annotateCase(input: $input) { annotation { id } } }', {
      input: { caseId: claimed.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'A remark.' },
    });
    const input = { caseId: claimed.id, annotationId: annotateCase.annotation.id, expectedRevision: 1, body: 'Another.' };
    for (const who of ['supervisorDallas', 'secondDallas', 'attorneyHennepin'] as const) expect(await code(who, 'reviseAnnotation', input), who).toMatchObject({ code: 'FORBIDDEN' });
    expect(await code('attorneyDallas', 'reviseAnnotation', { ...input, expectedRevision: 7 })).toMatchObject({ code: 'CONFLICT', revision: 1 });
  });

  test('a colleague of another office on the team', async () => {
    for (const memberId of [world.memberIds.attorneyHennepin, world.memberIds.machineDallasPolice, world.memberIds.analyst]) {
      expect(await code('supervisorDallas', 'assignCase', { caseId: claimed.id, memberId, role: 'TRIAL' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'memberId' });
    }
  });

  test('a claim of a case that is led, with its holder, stage and version', async () => {
    expect(await code('supervisorDallas', 'claimCase', { caseId: claimed.id, expectedVersion: claimed.version })).toMatchObject({
      code: 'CONFLICT', version: claimed.version, stage: 'CLAIMED', lead: { id: world.officeIds['dallas-tx'] },
    });
  });

  test.each([
    ['releaseCase', 'IN_COURT', () => ({ expectedVersion: claimed.version })],
    ['proposeCharge', 'DECLINED', () => ({ personId: claimed.personIds[0], statuteId, counts: 2 })],
    ['withdrawCharge', 'DECLINED', () => ({ chargeId })],
    ['assignCase', 'CLOSED', () => ({ memberId: world.memberIds.secondDallas, role: 'TRIAL' })],
  ] as const)('%s at the wrong moment, with the stage', async (field, stage, input) => {
    const { owner } = world.database;
    await owner`update comity.cases set stage = ${stage} where id = ${claimed.id}`;
    expect(await code('supervisorDallas', field, { caseId: claimed.id, ...input() })).toMatchObject({ code: 'CONFLICT', stage, version: claimed.version });
    await owner`update comity.cases set stage = 'CLAIMED' where id = ${claimed.id}`;
  });

  test('an act on a version that is not the case’s, with the one that is', async () => {
    const unclaimed = await world.buildCase();
    expect(await code('attorneyDallas', 'claimCase', { caseId: unclaimed.id, expectedVersion: 9 })).toMatchObject({ code: 'CONFLICT', version: 1 });
    expect(await code('attorneyDallas', 'releaseCase', { caseId: claimed.id, expectedVersion: 9 })).toMatchObject({ code: 'CONFLICT', version: claimed.version });
    expect(await code('attorneyDallas', 'unassignCase', { caseId: claimed.id, assignmentId: placeId, expectedVersion: 9 })).toMatchObject({ code: 'CONFLICT' });
  });

  test('routing a case that is routed already', async () => {
    const routed = await world.buildCase();
    const unrouted = await world.buildCase({ referral: incidentIn('48001') });
    const to = { jurisdictionId: world.officeIds['hennepin-mn'], reason: 'Nearest office.', expectedVersion: 1 };
    expect(await code('administrator', 'routeCase', { caseId: routed.id, ...to })).toMatchObject({ code: 'CONFLICT' });
    expect(await code('administrator', 'routeCase', { caseId: unrouted.id, ...to, expectedVersion: 2 })).toMatchObject({ code: 'CONFLICT', version: 1 });
  });
});

describe('a definer function that is called by SQL', () => {
  let world: World;
  let claimed: BuiltCase;
  beforeAll(async () => {
    world = await openWorld();
    claimed = await world.buildCase({ claimedBy: 'attorneyDallas' });
  });
  afterAll(() => world.close());

  const CALLS = {
    record: `select comity.record($1::uuid, 'CASE', null, 'ANNOTATED', 128, '{}')`,
    'record with a version': `select comity.record($1::uuid, 'CASE', 2, 'RELEASED', 128, '{}')`,
    resight: 'select comity.resight($1::uuid)',
    tell_agency: `select comity.tell_agency($1::uuid, 'REFUSED')`,
    tell_referral: `select comity.tell_referral($1::uuid, (select l.referral_id from comity.case_referrals l where l.case_id = $1::uuid), 'REFUSED')`,
    hand_over: 'select comity.hand_over($1::uuid)',
    verify_trail: 'select comity.verify_trail($1::uuid)',
  } as const;

  const STRANGERS = ['attorneyHennepin', 'supervisorHennepin', 'chiefDallasPolice', 'machineDallasPolice', 'chiefChicagoPolice', 'administrator', 'analyst', null] as const;

  const called = (who: CastMember | null, call: string, caseId = claimed.id) =>
    seated(world.database, { as: who && world.memberIds[who] }, ({ refusal: refused }) => refused(call, [caseId]));

  test.each(Object.entries(CALLS))('%s answers whoever does not see the case as if there were none', async (_name, call) => {
    for (const who of STRANGERS) {
      expect(await called(who, call), `${who}, hidden`).toBe('CM404');
      expect(await called(who, call, newId()), `${who}, absent`).toBe('CM404');
    }
    expect(await called('auditor', call)).toBe(call === CALLS.verify_trail ? 'passed' : 'CM404');
    expect(await called('supervisorDallas', call)).toBe('passed');
  });

  test('tell_agency is the lead’s alone, not that of a venue candidate who sees the SUMMARY', async () => {
    await withVenue(world, claimed, 'cook-il');
    expect(await called('attorneyCook', 'select comity.resight($1::uuid)')).toBe('passed');
    expect(await called('attorneyCook', CALLS.tell_agency)).toBe('CM403');
  });

  test('hand_over gives a venue candidate no note: it follows the lead, whoever calls it', async () => {
    await world.as('attorneyDallas').get(mutation('annotateCase'), { input: { caseId: claimed.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'A remark.' } });
    await seated(world.database, { as: world.memberIds.attorneyCook }, async ({ rows }) => {
      await rows(CALLS.hand_over, [claimed.id]);
      expect(await rows('select 1 from comity.annotations where case_id = $1::uuid', [claimed.id])).toEqual([]);
    });
  });

  test('verify_trail of all cases is the auditor’s alone', async () => {
    for (const who of [...STRANGERS, 'supervisorDallas', 'electedDallas'] as const) expect(await called(who, 'select comity.verify_trail(null) where $1::uuid is not null'), String(who)).toBe('CM403');
    expect(await called('auditor', 'select comity.verify_trail(null) where $1::uuid is not null')).toBe('passed');
  });

  test('receive_referral is a sender’s of an agency alone', async () => {
    const receive = `select comity.receive_referral(jsonb_build_object('key', 'k', 'case_id', $1::uuid))`;
    for (const who of ['attorneyDallas', 'supervisorDallas', 'officerDallasPolice', 'administrator', 'analyst', 'auditor', null] as const) expect(await called(who, receive), String(who)).toBe('CM403');
    expect(await called('chiefDallasPolice', receive)).not.toBe('CM403');
  });

  test('supplement_referral is a sender’s of the agency whose referral it is, and referral_outcome that agency’s', async () => {
    const supplement = `select comity.supplement_referral(l.referral_id, '{"refused": true}') from comity.case_referrals l where l.case_id = $1::uuid union all select comity.supplement_referral($1::uuid, '{"refused": true}')`;
    for (const who of ['attorneyDallas', 'supervisorDallas', 'officerDallasPolice', 'administrator', 'analyst', 'auditor', null] as const) expect(await called(who, supplement), String(who)).toBe('CM403');
    for (const who of ['chiefDallasPolice', 'machineDallasPolice', 'chiefChicagoPolice'] as const) {
      expect(await called(who, `select comity.supplement_referral($1::uuid, '{"refused": true}')`, who === 'chiefChicagoPolice' ? claimed.referralId : newId()), who).toBe('CM404');
    }
    for (const who of ['chiefDallasPolice', 'machineDallasPolice'] as const) expect(await called(who, `select comity.supplement_referral($1::uuid, '{"refused": true}')`, claimed.referralId), who).toBe('passed');
  });

  test('receive_referrals is a sender’s of an agency alone, and where referrals stand is told to an agency alone', async () => {
    const receive = `select comity.receive_referrals(jsonb_build_array(jsonb_build_object('key', 'k', 'refused', false, 'case_id', $1::uuid)))`;
    for (const who of ['attorneyDallas', 'supervisorDallas', 'officerDallasPolice', 'administrator', 'analyst', 'auditor', null] as const) expect(await called(who, receive), String(who)).toBe('CM403');
    expect(await called('chiefDallasPolice', receive)).not.toBe('CM403');
    const standings = `select comity.referral_standings(array[$1::text], array[null])`;
    for (const who of ['attorneyDallas', 'supervisorDallas', 'administrator', 'analyst', 'auditor', null] as const) expect(await called(who, standings), String(who)).toBe('CM403');
    expect(await called('officerDallasPolice', standings)).toBe('passed');
  });

  test('receive_referral takes no other agency’s word: a context that names another agency is refused', async () => {
    await seated(world.database, { as: world.memberIds.chiefDallasPolice }, async ({ rows, refusal: refused }) => {
      await rows(`select set_config('comity.agency', (select agency_id::text from comity.members where id = $1::uuid), true)`, [world.memberIds.chiefChicagoPolice]);
      expect(await refused(`select comity.receive_referral('{"key": "k"}')`)).toBe('CM403');
    });
  });

  test('that others call for it is nobody’s: sight, the trail and its links are not computed on request', async () => {
    for (const call of ['compute_sight($1::uuid)', `append_event($1::uuid, 'CASE', 'X', 'DONE', 128, '{}')`, 'first_sight(array[$1::uuid])', `take_in(jsonb_build_array(jsonb_build_object('case_id', $1::uuid)))`, `begin_chains(array[$1::uuid], 'X', 128, array['{}'::jsonb])`]) {
      expect(await called('supervisorDallas', `select comity.${call}`), call).toBe('42501');
    }
  });

  test('record raises the version by one, and refuses another than the one expected', async () => {
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ rows, refusal: refused }) => {
      expect(await refused(`select comity.record($1::uuid, 'CASE', 1, 'RELEASED', 128, '{}')`, [claimed.id])).toBe('CM409');
      expect(await rows(`select comity.record($1::uuid, 'CASE', 2, 'RELEASED', 128, '{}') as version`, [claimed.id])).toEqual([{ version: 3 }]);
    });
  });
});
