import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTS } from '../src/access/acts.ts';
import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import type { DemandState } from '../src/demands/demand.rules.ts';
import { ANSWERED_BY, WAITING_KINDS } from '../src/waiting/waiting.rules.ts';
import { chargedUnder, clockwork } from './case-clocks.world.ts';
import { ANSWERED, bench } from './decisions.world.ts';
import { withDemand } from './demands.world.ts';
import { joined, transferred, walled } from './explain.world.ts';
import { incidentIn } from './policies.world.ts';
import { loop, standing, withItem } from './returns.world.ts';
import { adopted } from './rulebooks.world.ts';
import { castPerson, keptTo, mutation, unitOf } from './units.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof bench>;
let thread: ReturnType<typeof loop>;
let built: BuiltCase;
beforeAll(async () => {
  world = await openWorld();
  play = bench(world);
  thread = loop(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  built = await world.buildCase({ claimedBy: 'attorneyDallas' });
});

/** All pages of a list, of which those of one case; and whether the count agrees. */
async function listed(who: CastMember, list: string, selection: string, filter: object = {}, first = 100): Promise<Record<string, any>[]> {
  const type = `${list.charAt(0).toUpperCase()}${list.slice(1).replace(/s$/, '')}Filter`;
  const all: Record<string, any>[] = [];
  for (let after: string | null = null; ;) {
    const { [list]: page }: Record<string, any> = await world.as(who).get(
      `query ($filter: ${type}, $first: Int, $after: String) { ${list}(filter: $filter, first: $first, after: $after) { totalCount nodes { ${selection} case { id } } pageInfo { hasNextPage endCursor } } }`, { filter, first, after });
    all.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) {
      expect(page.totalCount).toBe(all.length);
      return all;
    }
    after = page.pageInfo.endCursor;
  }
}
const ofCase = (rows: readonly Record<string, any>[], { id }: BuiltCase = built) => rows.filter((row) => row['case'].id === id).map((row): Record<string, any> => Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'case')));
const WAITING = 'kind id since dueOn waitsFor office { slug } agency { name }';
const waiting = async (who: CastMember, filter: object = {}, subject = built) => ofCase(await listed(who, 'waiting', WAITING, filter), subject);
const kinds = async (who: CastMember, filter: object = {}, subject = built) => (await waiting(who, filter, subject)).map(({ kind }) => kind);
const charged = () => chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 22.01');

const DALLAS = { slug: 'dallas-tx' };
const POLICE = { name: 'Dallas Police Department' };

describe('what waits for whom:', () => {
  test('nothing, where nothing does, and for who has no seat in the case', async () => {
    expect(await waiting('attorneyDallas')).toEqual([]);
    await withItem(world, built);
    expect(await kinds('attorneyDallas')).toEqual(['RETURN_ITEM']);
    for (const stranger of ['attorneyHennepin', 'attorneyCook', 'administrator'] as const) expect(await waiting(stranger), stranger).toEqual([]);
    expect(await world.as('chiefDallasPolice').refused('{ waiting { totalCount } }')).toBe('FORBIDDEN');
  });

  test('an item for its agency; disputed, for the office; overruled, for the agency again; received, for nobody', async () => {
    await adopted(world, { agency: ['STATUS', 'ITEMS', 'OUTCOME'].map((show) => ({ show, basis: 'Agreed.' })) });
    const [itemId] = await thread.returned('attorneyDallas', built, 'The second recording.');
    expect(await waiting('secondDallas')).toEqual([{ kind: 'RETURN_ITEM', id: itemId, since: expect.any(String), dueOn: '2999-06-01', waitsFor: 'AGENCY', office: null, agency: POLICE }]);
    await thread.tell('chiefDallasPolice', 'disputeReturnItem', { itemId, reason: 'We hold none.' });
    expect(await waiting('secondDallas')).toMatchObject([{ kind: 'RETURN_DISPUTE', id: itemId, waitsFor: 'OWN_OFFICE', office: DALLAS, agency: POLICE }]);
    await thread.tell('supervisorDallas', 'resolveDispute', { caseId: built.id, itemId, outcome: 'OVERRULED', note: 'The log names it.', dueOn: '2999-06-01' });
    expect(await kinds('secondDallas')).toEqual(['RETURN_ITEM']);
    await thread.tell('chiefDallasPolice', 'answerReturn', { referralId: built.referralId, answers: [{ itemId, note: 'Here it is.' }] });
    expect(await waiting('secondDallas')).toEqual([]);
  });

  test('a request to withdraw, until it is answered', async () => {
    await thread.tell('chiefDallasPolice', 'requestWithdrawal', { referralId: built.referralId, reason: 'Sent to the wrong office.' });
    expect(await waiting('attorneyDallas')).toMatchObject([{ kind: 'WITHDRAWAL_REQUEST', id: built.referralId, waitsFor: 'OWN_OFFICE', office: DALLAS, agency: POLICE }]);
    await thread.tell('supervisorDallas', 'answerWithdrawalRequest', { caseId: built.id, grant: false, note: 'It stays.' });
    expect(await waiting('attorneyDallas')).toEqual([]);
  });

  test('a decision and an analysis for another head than the author, until they are answered; then a dispute of what was declined', async () => {
    await adopted(world, { agency: ['STATUS', 'ITEMS', 'OUTCOME'].map((show) => ({ show, basis: 'Agreed.' })) });
    const chargeId = await charged();
    const decisionId = await play.decide('supervisorDallas', built, chargeId, 'DECLINE');
    const { analysis } = await play.tell('attorneyDallas', 'recordImmunityAnalysis', { caseId: built.id, personId: built.personIds[0], ...ANSWERED });
    expect(await waiting('attorneyDallas')).toMatchObject([{ kind: 'DECISION', id: decisionId, waitsFor: 'OWN_OFFICE', office: DALLAS, agency: null }, { kind: 'IMMUNITY_ANALYSIS', id: analysis.id, waitsFor: 'OWN_OFFICE' }]);
    // Who wrote it does not answer it, and an attorney answers neither.
    expect(await kinds('attorneyDallas', { member: world.memberIds.supervisorDallas })).toEqual(['IMMUNITY_ANALYSIS']);
    expect(await kinds('attorneyDallas', { member: world.memberIds.electedDallas })).toEqual(['DECISION', 'IMMUNITY_ANALYSIS']);
    expect(await kinds('attorneyDallas', { member: world.memberIds.attorneyDallas })).toEqual([]);
    await play.tell('electedDallas', 'reviewImmunityAnalysis', { caseId: built.id, analysisId: analysis.id, approve: true, remark: 'Agreed.' });
    await play.approve('electedDallas', built, decisionId);
    expect(await waiting('attorneyDallas')).toEqual([]);
    await play.tell('chiefDallasPolice', 'disputeDeclination', { referralId: built.referralId, statement: 'A recording was not seen.', newMaterial: 'It is uploaded.' });
    expect(await waiting('attorneyDallas')).toMatchObject([{ kind: 'DECLINATION_DISPUTE', id: built.referralId, waitsFor: 'OWN_OFFICE', office: DALLAS, agency: POLICE }]);
    await play.tell('supervisorDallas', 'answerDeclinationDispute', { caseId: built.id, answer: 'UPHOLD', note: 'It was.', expectedVersion: await play.versionOf(built) });
    expect(await waiting('attorneyDallas')).toEqual([]);
  });

  test('an offer and an invitation for the other office: each side reads whose turn it is', async () => {
    await transferred(world, built, ['dallas-tx', 'hennepin-mn'], 'NONE', 'PROPOSED');
    await joined(world, built, 'cook-il', ['SUMMARY'], 'INVITED');
    for (const kind of ['TRANSFER', 'INVITATION']) expect(await waiting('attorneyDallas', { kinds: [kind] })).toMatchObject([{ kind, waitsFor: 'OTHER_OFFICE', office: { slug: kind === 'TRANSFER' ? 'hennepin-mn' : 'cook-il' } }]);
    expect(await waiting('supervisorHennepin')).toMatchObject([{ kind: 'TRANSFER', waitsFor: 'OWN_OFFICE' }]);
    expect(await kinds('supervisorHennepin', { member: world.memberIds.supervisorHennepin })).toEqual(['TRANSFER']);
    expect(await kinds('supervisorHennepin', { member: world.memberIds.attorneyHennepin })).toEqual([]);
    expect(await waiting('attorneyCook')).toMatchObject([{ kind: 'INVITATION', waitsFor: 'OWN_OFFICE' }]);
    await world.database.owner`update comity.responsibilities set until = now() where case_id = ${built.id}`;
    expect(await waiting('attorneyCook')).toEqual([]);
  });

  test.each([
    ['OPEN', null, 'OWN_OFFICE', DALLAS], ['DENIED', null, 'COURT', null], ['DENIED', 'CONTESTANT', 'COURT', null], ['DECISION_RECORDED', 'CONTESTANT', 'OWN_OFFICE', DALLAS],
    ['DECISION_RECORDED', 'LEAD', 'OTHER_OFFICE', { slug: 'hennepin-mn' }], ['OFFERED', 'CONTESTANT', undefined, null], ['LAPSED', null, undefined, null],
  ] as const)('a contest of venue that is %s, decided for %s, waits for %s', async (state, decidedFor, waitsFor, office) => {
    const { owner } = world.database;
    const [decided, over] = [decidedFor !== null, state === 'LAPSED'];
    const given = (value: string) => (decided ? value : null);
    if (state === 'OFFERED') await transferred(world, built, ['dallas-tx', 'hennepin-mn'], 'NONE', 'PROPOSED');
    await owner`insert into comity.venue_contests (case_id, id, needs, contestant_id, lead_id, grounds, reason, state, contested_by, contested_at, court, docket_number, ordered_on, decided_for, document, document_sha256,
        recorded_by, recorded_at, transfer_id, settles, ended_at)
      select ${built.id}, ${newId()}, ${FACETS.SUMMARY}, ${world.officeIds['hennepin-mn']}, ${world.officeIds['dallas-tx']}, '{ELEMENT}', 'It began there.', ${state}, ${world.memberIds.supervisorHennepin}, now(),
        ${given('Invented Court')}, ${given('1')}, ${given('2026-04-01')}, ${decidedFor}, ${given('File 2')}, ${given('ab'.repeat(32))}, ${given(world.memberIds.supervisorHennepin)}, ${given('2026-04-02T00:00:00Z')},
        (select t.id from comity.transfers t where t.case_id = ${built.id}), ${state === 'OFFERED' ? 'DECIDED_BY_COURT' : null}, ${over ? owner`now()` : null}`;
    expect(await waiting('attorneyDallas', { kinds: ['VENUE_CONTEST'] })).toMatchObject(waitsFor === undefined ? [] : [{ waitsFor, office }]);
  });

  test('a use of break-glass for a head who is not the user: others of the office read it no more than in the list of uses', async () => {
    const { owner } = world.database;
    await owner`insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at)
      values (${built.id}, ${newId()}, ${FACETS.SUMMARY}, ${world.memberIds.supervisorDallas}, ${world.officeIds['dallas-tx']}, 'Night duty.', '2026-07-01T03:00Z', '2026-07-01T05:00Z', '2026-07-04T03:00Z')`;
    // In Dallas it is still the third.
    for (const who of ['supervisorDallas', 'electedDallas'] as const) expect(await waiting(who), who).toMatchObject([{ kind: 'BREAK_GLASS', dueOn: '2026-07-03', waitsFor: 'OWN_OFFICE', office: DALLAS }]);
    for (const who of ['attorneyDallas', 'secondDallas'] as const) expect(await waiting(who), who).toEqual([]);
    expect(await kinds('electedDallas', { member: world.memberIds.supervisorDallas })).toEqual([]);
    expect(await kinds('electedDallas', { member: world.memberIds.electedDallas })).toEqual(['BREAK_GLASS']);
    await owner`update comity.glass_uses set reviewed_by = ${world.memberIds.electedDallas}, reviewed_at = now(), finding = 'JUSTIFIED', remark = 'So it was.' where case_id = ${built.id}`;
    expect(await waiting('electedDallas')).toEqual([]);
  });

  test('a use of break-glass whose case has left the office waits for its heads still, who are not shown the case', async () => {
    const { owner } = world.database;
    await owner`insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at)
      values (${built.id}, ${newId()}, ${FACETS.SUMMARY}, ${world.memberIds.investigatorDallas}, ${world.officeIds['dallas-tx']}, 'Night duty.', '2026-07-02T03:00Z', '2026-07-02T05:00Z', '2026-07-05T03:00Z')`;
    await owner`delete from comity.venues where case_id = ${built.id}`;
    await transferred(world, built, ['dallas-tx', 'hennepin-mn'], 'NONE', 'ACCEPTED');
    const left = async (who: CastMember, filter: object = {}) =>
      (await world.as(who).get('query ($filter: WaitingFilter) { waiting(filter: $filter) { nodes { dueOn waitsFor case { id } } } }', { filter: { kinds: ['BREAK_GLASS'], ...filter } }))['waiting'].nodes;
    const use = { dueOn: '2026-07-04', waitsFor: 'OWN_OFFICE', case: null };
    for (const who of ['electedDallas', 'supervisorDallas', 'investigatorDallas'] as const) expect(await left(who), who).toEqual([use]);
    for (const who of ['attorneyDallas', 'supervisorHennepin'] as const) expect(await left(who), who).toEqual([]);
    expect(await left('electedDallas', { member: world.memberIds.supervisorDallas })).toEqual([use]);
    await walled(world, built, 'supervisorDallas');
    expect([await left('electedDallas', { member: world.memberIds.supervisorDallas }), await left('supervisorDallas')]).toEqual([[], []]);
    await owner`update comity.glass_uses set reviewed_by = ${world.memberIds.electedDallas}, reviewed_at = now(), finding = 'JUSTIFIED', remark = 'So it was.' where case_id = ${built.id}`;
    expect(await left('electedDallas')).toEqual([]);
  });

  test('what an attorney answers on own cases alone is the attorney’s while on the team', async () => {
    await withItem(world, built, { state: 'DISPUTED' });
    await standing(world, built, 'ACCEPTED', true);
    expect(new Set(await kinds('secondDallas', { member: world.memberIds.attorneyDallas }))).toEqual(new Set(['RETURN_DISPUTE', 'WITHDRAWAL_REQUEST']));
    expect(await kinds('secondDallas', { member: world.memberIds.secondDallas })).toEqual([]);
    expect(await kinds('secondDallas', { member: world.memberIds.intakeDallas })).toEqual(['RETURN_DISPUTE']);
  });

  // Days begin in Dallas at five o'clock in UTC.
  test.each([
    ['DRAFT', undefined], ['SERVED', ['HOLDER', '2026-03-20T05:00:00.000Z', '2026-04-20']], ['ACKNOWLEDGED', ['HOLDER', '2026-03-20T05:00:00.000Z', '2026-04-20']], ['GRANTED', ['HOLDER', '2026-04-01T05:00:00.000Z', null]],
    ['PARTIAL', ['HOLDER', '2026-03-20T05:00:00.000Z', null]], ['DENIED', undefined], ['PRODUCTION_RECEIVED', undefined], ['SUIT_FILED', ['COURT', '2026-05-01T05:00:00.000Z', null]],
    ['ORDERED', ['HOLDER', '2026-05-20T05:00:00.000Z', null]], ['DISMISSED', undefined], ['WITHDRAWN', undefined],
  ] as const satisfies readonly (readonly [DemandState, unknown])[])('a demand that is %s waits for %j', async (state, expected) => {
    await withDemand(world, built, { state });
    const found = await listed('attorneyDallas', 'waiting', `${WAITING} holder`, { kinds: ['DEMAND'] });
    expect(ofCase(found)).toEqual(expected === undefined ? [] : [{ kind: 'DEMAND', id: expect.any(String), waitsFor: expected[0], since: expected[1], dueOn: expected[2], office: null, agency: null, holder: 'A federal agency' }]);
    if (state === 'PARTIAL') {
      // Half of it answered, its day stands for the rest.
      await world.database.owner`update comity.demand_items i set state = 'ASKED', answered_on = null, ground = null from comity.external_demands d where d.id = i.demand_id and d.case_id = ${built.id}`;
      expect((await waiting('attorneyDallas', { kinds: ['DEMAND'] })).map(({ dueOn }) => dueOn)).toEqual(['2026-04-20']);
    }
    for (const stranger of ['recordsDallas', 'attorneyHennepin'] as const) expect(await kinds(stranger), stranger).toEqual([]);
  });

  test('a demand from its service to its production, with a suit; a preservation until it is acknowledged, or lifted', async () => {
    const tell = async (field: string, input: object): Promise<{ id: string; items: { id: string }[] }> =>
      (await world.as('attorneyDallas').get(mutation(field, 'demand { id items { id } }'), { input: { caseId: built.id, ...input } }))[field].demand;
    const items = [{ category: 'MEDICAL_RECORD', description: 'The chart.', relevance: 'It shows the injury.' }];
    const { id: demandId, items: [item] } = await tell('draftDemand', { regime: 'SUBPOENA', component: 'A hospital', purpose: 'The record of that night.', items });
    const seen = async () => (await waiting('attorneyDallas', { kinds: ['DEMAND'] })).map(({ waitsFor, since, dueOn }) => [waitsFor, since, dueOn]);
    expect(await seen()).toEqual([]);
    await tell('serveDemand', { demandId, servedOn: '2026-04-05', method: 'PERSONAL', proofOfService: 'An affidavit.', responseRequestedBy: '2026-04-20', confirms: [] });
    expect(await seen()).toEqual([['HOLDER', '2026-04-05T05:00:00.000Z', '2026-04-20']]);
    await tell('extendDemand', { demandId, until: '2026-05-20', reason: 'They asked.' });
    expect(await seen()).toEqual([['HOLDER', '2026-04-05T05:00:00.000Z', '2026-05-20']]);
    await tell('fileSuit', { demandId, court: 'District Court', docketNumber: '26-cv-2', filedOn: '2026-06-02' });
    expect(await seen()).toEqual([['COURT', '2026-06-02T05:00:00.000Z', null]]);
    await tell('decideSuit', { demandId, decidedOn: '2026-11-05', outcome: 'ORDERED', order: 'It is produced within a month.' });
    // In winter a day begins at six.
    expect(await seen()).toEqual([['HOLDER', '2026-11-05T06:00:00.000Z', null]]);
    await tell('answerDemand', { demandId, answeredOn: '2026-11-08', answers: [{ itemId: item?.id, state: 'PRODUCED' }] });
    expect(await seen()).toEqual([['HOLDER', '2026-11-05T06:00:00.000Z', null]]);
    await tell('receiveProduction', { demandId, receivedOn: '2026-11-10', items: [{ itemId: item?.id, reference: 'Pages 1 to 9' }] });
    expect(await seen()).toEqual([]);

    for (const end of [{ answered_on: '2026-03-25', state: 'ACKNOWLEDGED' }, { lifted_on: '2026-03-25', lifted_because: 'It was kept.' }]) {
      const { id } = await withDemand(world, built, { regime: 'PRESERVATION_LETTER' });
      expect(await seen()).toEqual([['HOLDER', '2026-03-20T05:00:00.000Z', '2026-04-20']]);
      await world.database.owner`update comity.external_demands set ${world.database.owner(end)} where id = ${id}`;
      expect(await seen()).toEqual([]);
    }
  });

  test('longest first, page by page, by lead, by kind and by whom it waits for', async () => {
    const all = await listed('attorneyDallas', 'waiting', WAITING, {}, 2);
    expect(all.length).toBeGreaterThan(5);
    expect(all.map(({ since }) => since)).toEqual(all.map(({ since }) => since).toSorted());
    expect(new Set(all.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(all.length);
    expect(await listed('attorneyDallas', 'waiting', WAITING)).toEqual(all);
    expect(await listed('attorneyDallas', 'waiting', WAITING, { lead: world.officeIds['dallas-tx'] })).toEqual(all);
    expect(await listed('attorneyDallas', 'waiting', WAITING, { lead: world.officeIds['cook-il'] })).toEqual([]);
    for (const whom of ['AGENCY', 'OWN_OFFICE', 'OTHER_OFFICE', 'COURT', 'HOLDER']) expect(await listed('attorneyDallas', 'waiting', WAITING, { for: [whom] }, 3)).toEqual(all.filter(({ waitsFor }) => waitsFor === whom));
    expect(await listed('attorneyDallas', 'waiting', WAITING, { kinds: ['RETURN_DISPUTE', 'TRANSFER'] })).toEqual(all.filter(({ kind }) => ['RETURN_DISPUTE', 'TRANSFER'].includes(kind)));
  });

  test('each kind that waits for an office is answered by an act that somebody of an office may do', async () => {
    const [{ definition }] = await world.database.owner<[{ definition: string }]>`select pg_get_viewdef('comity.waiting'::regclass) as definition`;
    for (const kind of WAITING_KINDS) expect(definition).toContain(`'${kind}'::text`);
    // One part holds the two kinds of return items.
    expect(definition.split('UNION ALL')).toHaveLength(WAITING_KINDS.length - 1);
    for (const action of Object.values(ANSWERED_BY)) if (action !== null) expect(Object.keys(ACTS[action].office).length, action).toBeGreaterThan(0);
  });
});

const ELEMENT = 'position text charge { id }';
const elements = async (who: CastMember, filter: object = {}, first = 100) => ofCase(await listed(who, 'unassessedElements', ELEMENT, filter, first)).map(({ position }) => position);

describe('unassessed elements:', () => {
  const assess = (who: CastMember, chargeId: string, element: number) => world.as(who).get('mutation ($input: AssessElementInput!) { assessElement(input: $input) { assessment { id } } }', { input: { caseId: built.id, chargeId, element, verdict: 'MET', reasoning: 'It is seen.' } });

  test('those that nobody of the office has assessed; and those that the reader has not, whoever else has', async () => {
    expect(await elements('attorneyDallas')).toEqual([]);
    const chargeId = await chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 22.02');
    const whole = (await world.as('attorneyDallas').get('query ($id: ID!) { proofMatrix(caseId: $id) { charges { elements { position } } } }', { id: built.id }))['proofMatrix'].charges[0].elements.map(({ position }: { position: number }) => position);
    expect(whole.length).toBeGreaterThan(1);
    expect(await elements('attorneyDallas')).toEqual(whole);
    await assess('attorneyDallas', chargeId, 1);
    for (const who of ['attorneyDallas', 'supervisorDallas'] as const) expect(await elements(who), who).toEqual(whole.slice(1));
    expect(await elements('attorneyDallas', { byMe: true })).toEqual(whole.slice(1));
    expect(await elements('supervisorDallas', { byMe: true })).toEqual(whole);
    expect(await elements('supervisorDallas', { byMe: false })).toEqual(whole.slice(1));
    expect(await elements('attorneyHennepin')).toEqual([]);
    await world.as('attorneyDallas').get('mutation ($input: WithdrawChargeInput!) { withdrawCharge(input: $input) { charge { state } } }', { input: { caseId: built.id, chargeId } });
    expect(await elements('attorneyDallas')).toEqual([]);
  });

  test('newest charge first and in the order of its statute, page by page; by lead, by team and by statute', async () => {
    const chargeId = await charged();
    const other = await chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 22.02');
    const all = await listed('attorneyDallas', 'unassessedElements', ELEMENT, {}, 1);
    const mine = ofCase(all);
    expect(mine.map(({ charge, position }) => [charge.id, position])).toEqual([other, chargeId].flatMap((id) => mine.filter(({ charge }) => charge.id === id).map((_, at) => [id, at + 1])));
    expect(await listed('attorneyDallas', 'unassessedElements', ELEMENT)).toEqual(all);
    expect(await listed('attorneyDallas', 'unassessedElements', ELEMENT, { lead: world.officeIds['dallas-tx'], assignee: world.memberIds.attorneyDallas })).toEqual(all);
    expect(await elements('attorneyDallas', { lead: world.officeIds['cook-il'] })).toEqual([]);
    expect(await elements('attorneyDallas', { assignee: world.memberIds.secondDallas })).toEqual([]);
    const [statute] = await world.database.owner`select statute_id as id from comity.charges where id = ${other}`;
    expect(ofCase(await listed('attorneyDallas', 'unassessedElements', ELEMENT, { statute: statute?.['id'] }))).toEqual(mine.filter(({ charge }) => charge.id === other));
  });
});

test('nothing waits for a member whom a wall, or a unit, keeps from the case', async () => {
  const chargeId = await charged();
  await play.decide('attorneyDallas', built, chargeId, 'HOLD');
  const waits = () => kinds('attorneyDallas', { member: world.memberIds.supervisorDallas });
  expect(await waits()).toEqual(['DECISION']);
  const { imposeWall } = await world.as('electedDallas').get('mutation ($input: ImposeWallInput!) { imposeWall(input: $input) { wall { id } } }', { input: { caseId: built.id, subject: { kind: 'MEMBER', id: world.memberIds.supervisorDallas }, ground: 'FAMILY', note: 'Kin.' } });
  expect(await waits()).toEqual([]);
  expect(await kinds('attorneyDallas', { member: world.memberIds.electedDallas })).toEqual(['DECISION']);
  await world.as('electedDallas').get('mutation ($input: LiftWallInput!) { liftWall(input: $input) { case { id } } }', { input: { caseId: built.id, wallId: imposeWall.wall.id, reason: 'It was another.' } });
  expect(await waits()).toEqual(['DECISION']);
  await keptTo(world, built, await unitOf(world, castPerson(world, 'electedDallas'), castPerson(world, 'attorneyDallas')));
  expect([await waits(), await kinds('attorneyDallas', { member: world.memberIds.electedDallas })]).toEqual([[], ['DECISION']]);
});

describe('what is over is on no list of the morning:', () => {
  const decidedAs = async (chargeId: string, outcome: 'DECLINE' | 'HOLD' | 'CHARGE') => play.approve('electedDallas', built, await play.decide('attorneyDallas', built, chargeId, outcome, outcome === 'CHARGE' ? { overrideReason: 'The period ends.' } : {}));
  const of = async (chargeId: string) => [(await elements('attorneyDallas')).length > 0, (await charges('attorneyDallas', { unattested: true })).includes(chargeId)];

  test('what is held is, what is declined is not to be proven any more', async () => {
    const chargeId = await charged();
    await decidedAs(chargeId, 'HOLD');
    expect(await of(chargeId)).toEqual([true, true]);
    await play.approve('electedDallas', built, await play.decide('attorneyDallas', built, chargeId, 'DECLINE', { supersedes: (await play.seen('attorneyDallas', built)).charges[0].decision.id }));
    expect(await of(chargeId)).toEqual([false, true]);
  });

  test.each([['CONVICTED', true], ['ACQUITTED', false], ['DISMISSED', false]] as const)('what is %s is not to be proven any more; and the law of what was acquitted of or dismissed is of no concern', async (kind, concerns) => {
    const chargeId = await charged();
    await decidedAs(chargeId, 'CHARGE');
    await play.tell('attorneyDallas', 'fileCharges', { caseId: built.id, chargeIds: [chargeId], instrument: 'INDICTMENT', court: 'A court', docketNumber: 'F26-1', filedOn: '2026-05-04', expectedVersion: await play.versionOf(built) });
    expect(await of(chargeId)).toEqual([true, true]);
    const input = { caseId: built.id, chargeId, kind, disposedOn: '2026-09-01', court: 'A court', ...(kind === 'DISMISSED' && { reason: 'No witness.' }), expectedVersion: await play.versionOf(built) };
    await world.as('attorneyDallas').get('mutation ($input: RecordDispositionInput!) { recordDisposition(input: $input) { case { stage } } }', { input });
    expect(await of(chargeId)).toEqual([false, concerns]);
    expect(await charges('attorneyDallas', { unattested: true, states: ['FILED'] })).toEqual([chargeId]);
  });

  test('and what is withdrawn is on none, unless it is asked for', async () => {
    const chargeId = await charged();
    await world.as('attorneyDallas').get('mutation ($input: WithdrawChargeInput!) { withdrawCharge(input: $input) { charge { state } } }', { input: { caseId: built.id, chargeId } });
    expect(await of(chargeId)).toEqual([false, false]);
    expect(await charges('attorneyDallas', { unattested: true, states: ['WITHDRAWN'] })).toEqual([chargeId]);
  });
});

const charges = async (who: CastMember, filter: object = {}, first = 100) => ofCase(await listed(who, 'charges', 'id state warnings { code }', filter, first)).map(({ id }) => id);

describe('charges across all cases:', () => {
  test('by whether counsel has confirmed what they rest on', async () => {
    const [open, sure] = [await charged(), await chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 22.02')];
    const [version] = await world.database.owner`select v.id, v.revision from comity.charges h join comity.statute_versions v on v.id = h.statute_version_id where h.id = ${sure}`;
    expect(await charges('attorneyDallas', { unattested: true })).toEqual([sure, open]);
    expect(await charges('attorneyDallas', { unattested: false })).toEqual([]);
    await world.as('attorneyDallas').get('mutation ($input: AttestStatuteInput!) { attestStatute(input: $input) { statute { id } } }', { input: { versionId: version?.['id'], expectedRevision: version?.['revision'] } });
    expect(await charges('attorneyDallas', { unattested: true })).toEqual([open]);
    expect(await charges('attorneyDallas', { unattested: false })).toEqual([sure]);
    expect(await charges('attorneyDallas')).toEqual([sure, open]);
  });

  test('by state, by statute, by lead, and by whether a decision stands', async () => {
    const [first, second] = [await charged(), await chargedUnder(world, 'attorneyDallas', built, 'Tex. Penal Code 22.02')];
    await world.as('attorneyDallas').get('mutation ($input: WithdrawChargeInput!) { withdrawCharge(input: $input) { charge { state } } }', { input: { caseId: built.id, chargeId: second } });
    expect(await charges('attorneyDallas', { states: ['PROPOSED', 'FILED'] })).toEqual([first]);
    expect(await charges('attorneyDallas', { states: ['WITHDRAWN'] })).toEqual([second]);
    const decision = await play.decide('attorneyDallas', built, first, 'HOLD');
    expect(await charges('attorneyDallas', { decided: true })).toEqual([]);
    await play.approve('supervisorDallas', built, decision);
    expect(await charges('attorneyDallas', { decided: true })).toEqual([first]);
    expect(await charges('attorneyDallas', { decided: false })).toEqual([second]);
    const [statute] = await world.database.owner`select statute_id as id from comity.charges where id = ${second}`;
    expect(await charges('attorneyDallas', { statute: statute?.['id'], lead: world.officeIds['dallas-tx'] })).toEqual([second]);
    expect(await charges('attorneyDallas', { lead: world.officeIds['hennepin-mn'] })).toEqual([]);
    for (const stranger of ['attorneyHennepin', 'administrator'] as const) expect(await charges(stranger), stranger).toEqual([]);
  });

  test('newest first, page by page', async () => {
    await charged();
    const all = await listed('attorneyDallas', 'charges', 'id proposedAt', {}, 2);
    expect(all.length).toBeGreaterThan(4);
    expect(all.map(({ proposedAt }) => proposedAt)).toEqual(all.map(({ proposedAt }) => proposedAt).toSorted().toReversed());
    expect(await listed('attorneyDallas', 'charges', 'id proposedAt')).toEqual(all);
  });
});

describe('what is due within so many days', () => {
  test('is counted from today where the court is, to the day, with what has passed; and is bounded', async () => {
    const clock = clockwork(world);
    const { owner } = world.database;
    const minneapolis = await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' });
    const due = async (zone: string, days: number) => {
      const id = newId();
      await owner`insert into comity.clocks (case_id, id, needs, kind, about_id, aspect, time_zone, due_on, tolling, trace, warnings, rule, digest, computed_at)
        select ${minneapolis.id}, ${id}, 20, 'VICTIM_NOTICE', ${minneapolis.personIds[1] ?? null}, ${id}, ${zone}, (now() at time zone ${zone})::date + ${days}::integer, '[]', '[]', '{}', '{"name": "x", "version": "1", "confidence": "HIGH"}', 'd', now()`;
      return id;
    };
    // Two zones between which it is never the same day at all hours, and seldom at none.
    const wanted = new Set([await due('Pacific/Kiritimati', 30), await due('Pacific/Pago_Pago', 30), await due('Pacific/Pago_Pago', -400), await due('America/Chicago', 0)]);
    const late = [await due('Pacific/Kiritimati', 31), await due('Pacific/Pago_Pago', 31)];
    const found = (await clock.listed('attorneyHennepin', { kinds: ['VICTIM_NOTICE'], withinDays: 30 }, 1)).map(({ id }) => id);
    expect(new Set(found)).toEqual(wanted);
    expect((await clock.listed('attorneyHennepin', { kinds: ['VICTIM_NOTICE'], withinDays: 31 })).map(({ id }) => id)).toEqual(expect.arrayContaining(late));
    for (const withinDays of [0, -1, 3651]) {
      const { errors } = await world.as('attorneyHennepin').ask('query ($filter: ClockFilter) { clocks(filter: $filter) { totalCount } }', { filter: { withinDays } });
      expect(errors?.[0]?.extensions, String(withinDays)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filter.withinDays', remedy: expect.any(String) });
    }
  });
});

test('a page of each list holds one to a hundred, and a cursor of another list is none', async () => {
  const { cases } = await world.as('attorneyDallas').get('{ cases(first: 1) { edges { cursor } } }');
  for (const list of ['waiting', 'charges', 'unassessedElements']) {
    for (const asked of ['first: 0', 'first: 101', `after: "${cases.edges[0].cursor}"`, 'after: "x"']) expect(await world.as('attorneyDallas').refused(`{ ${list}(${asked}) { totalCount } }`), `${list}(${asked})`).toBe('BAD_USER_INPUT');
  }
});
