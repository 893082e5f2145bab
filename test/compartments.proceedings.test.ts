import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { demanding, item, served, type DemandField } from './demands.world.ts';
import { docket } from './federal.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof docket>;
let asking: ReturnType<typeof demanding>;
beforeAll(async () => {
  world = await openWorld();
  play = docket(world);
  asking = demanding(world);
});
afterAll(() => world.close());

const mutation = (field: string, selection: string) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;
const target = (subject: BuiltCase, kind: string, id: string) => ({ caseId: subject.id, compartment: 'GRAND_JURY', target: { kind, id } });
const placing = (subject: BuiltCase, kind: string, id: string, who: CastMember = 'attorneyDallas') =>
  world.as(who).ask(mutation('placeInCompartment', 'case { id }'), { input: { ...target(subject, kind, id), basis: 'GRAND_JURY_SUBPOENA' } });
const releasing = (subject: BuiltCase, kind: string, id: string, who: CastMember = 'attorneyDallas') =>
  world.as(who).ask(mutation('releaseFromCompartment', 'case { id }'), { input: { ...target(subject, kind, id), finding: 'PLACED_IN_ERROR' } });
const code = ({ errors }: { errors?: readonly { extensions: Readonly<Record<string, unknown>> }[] | undefined }) => String(errors?.[0]?.extensions['code'] ?? 'OK');

const seen = async (who: CastMember, { id }: { readonly id: string }) => (await world.as(who).get(`query ($id: ID) { case(id: $id) {
  demands { id items { id } } removals { id state dispositionsDespite { kind } } clocks { kind } recordings { id } cooperationEvents { id } events(first: 100) { nodes { act } } } }`, { id }))['case'];
/** All of a case that tells of its demands, and of where it stands. */
const whole = async (who: CastMember, { id }: { readonly id: string }) => world.as(who).get(`query ($id: ID) { case(id: $id) { stage version demands { id } clocks { id kind } events(first: 100) { nodes { id act } } }
  demands(first: 100) { nodes { id } } waiting(first: 100) { nodes { id } } clocks(first: 100) { nodes { id } } }`, { id });
const acts = (found: { events: { nodes: readonly { act: string }[] } }) => found.events.nodes.map(({ act }) => act);

describe('in the compartment of a grand jury', () => {
  test('a demand is its team’s alone, with what it asks for, its clock, its place among what waits, and what the trail told of it', async () => {
    const { subject } = await play.inCourt();
    const demand = await asking.drafted('attorneyDallas', subject);
    await asking.tell('attorneyDallas', 'serveDemand', { caseId: subject.id, demandId: demand.id, ...served() });
    expect((await seen('supervisorDallas', subject)).clocks.filter(({ kind }: { kind: string }) => kind === 'EXTERNAL_DEMAND')).toHaveLength(1);
    expect((await seen('supervisorDallas', subject)).demands).toHaveLength(1);
    expect(code(await placing(subject, 'DEMAND', demand.id))).toBe('OK');
    const [hidden, shown] = [await seen('supervisorDallas', subject), await seen('attorneyDallas', subject)];
    expect(hidden.demands).toEqual([]);
    expect(hidden.clocks.filter(({ kind }: { kind: string }) => kind === 'EXTERNAL_DEMAND')).toEqual([]);
    expect(acts(hidden).filter((act) => act.startsWith('DEMAND_'))).toEqual([]);
    expect(shown.demands).toMatchObject([{ id: demand.id, items: [expect.anything()] }]);
    expect(acts(shown)).toContain('DEMAND_DRAFTED');
    for (const query of ['query { demands(first: 100) { nodes { id } } }', 'query { waiting(first: 100) { nodes { id } } }']) {
      expect(JSON.stringify(await world.as('supervisorDallas').ask(query, {})), query).not.toContain(demand.id);
    }
    // A hidden demand is an absent one.
    const withdrawal = (demandId: string) => world.as('supervisorDallas').ask(mutation('withdrawDemand', 'demand { id }'), { input: { caseId: subject.id, demandId, reason: 'x' } });
    expect(JSON.stringify(await withdrawal(demand.id))).toBe(JSON.stringify(await withdrawal(newId())));
    expect(code(await placing(subject, 'DEMAND', demand.id, 'supervisorDallas'))).toBe('NOT_FOUND');
    expect(code(await placing(subject, 'DEMAND', demand.id))).toBe('CONFLICT');
    expect(code(await releasing(subject, 'DEMAND', demand.id))).toBe('OK');
    const again = await seen('supervisorDallas', subject);
    expect(again.demands).toMatchObject([{ id: demand.id, items: [expect.anything()] }]);
    expect(acts(again)).toContain('DEMAND_DRAFTED');
  });

  test('a demand is worked on there as elsewhere, tells nobody else of it, and comes out with all that was kept of it', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    const tell = (field: DemandField, input: object, who: CastMember = 'attorneyDallas') => asking.tell(who, field, { caseId: subject.id, ...input });
    const { id: demandId } = await asking.drafted('attorneyDallas', subject);
    expect(code(await placing(subject, 'DEMAND', demandId))).toBe('OK');
    // It may tell of what lies there too, and where the case stands tells of neither.
    expect(code(await placing(subject, 'CHARGE', chargeId))).toBe('OK');
    const { demand: { items: [one, two] } } = await tell('reviseDemand', { demandId, items: [item(), item('What the clerk wrote.', { chargeId, element: 1 })] });
    expect(await asking.refusal('attorneyDallas', 'serveDemand', { caseId: subject.id, demandId, ...served('DHS_TOUHY', { awaits: true }) })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'awaits' });
    const before = await whole('supervisorDallas', subject);
    await tell('serveDemand', { demandId, ...served() });
    await tell('acknowledgeDemand', { demandId, acknowledgedOn: '2026-03-25', acknowledgedBy: 'A clerk' });
    await tell('extendDemand', { demandId, until: '2026-04-30', reason: 'They asked.' });
    await tell('answerDemand', { demandId, answeredOn: '2026-05-01', answers: [{ itemId: one.id, state: 'PARTIAL', ground: 'CLASSIFIED' }] });
    // All who see it see both, so both count.
    expect((await tell('receiveProduction', { demandId, receivedOn: '2026-05-02', items: [{ itemId: one.id, reference: 'A-1' }] })).demand).toMatchObject({ state: 'PARTIAL', noResponse: true });
    await tell('answerDemand', { demandId, answeredOn: '2026-05-03', answers: [{ itemId: two.id, state: 'WITHHELD', ground: 'STATUTE' }] });
    await tell('fileSuit', { demandId, court: 'District Court', docketNumber: '26-cv-1', filedOn: '2026-05-04' });
    expect(await whole('supervisorDallas', subject)).toEqual(before);
    const mine = await asking.seen('attorneyDallas', subject);
    expect(code(await releasing(subject, 'DEMAND', demandId))).toBe('OK');
    const kept = (demand: { entries: { kind: string; item: { id: string } | null }[] }) => demand.entries.map((entry) => [entry.kind, entry.item?.id ?? null]);
    const [its] = (await asking.seen('supervisorDallas', subject)).demands;
    expect(kept(mine.demands[0])).toEqual([['ANSWERED', one.id], ['RECEIVED', one.id], ['ANSWERED', two.id], ['SUIT_FILED', null]]);
    // What is asked for the sake of the charge stays where the charge is.
    expect([kept(its), its.items.length, its.extensions.length]).toEqual([[['ANSWERED', one.id], ['RECEIVED', one.id], ['SUIT_FILED', null]], 1, 1]);
    // What the trail told there is not told elsewhere since.
    expect(acts(await seen('supervisorDallas', subject)).filter((act) => act.startsWith('DEMAND_'))).toEqual(['DEMAND_DRAFTED']);
    expect(code(await releasing(subject, 'CHARGE', chargeId))).toBe('OK');
    const [open] = (await asking.seen('supervisorDallas', subject)).demands;
    expect(kept(open)).toEqual(kept(mine.demands[0]));
  });

  test('what is answered and produced of an item for a charge that lies there moves no demand outside, and leaves no gap in it', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    const { id: demandId, items: [, hidden, last] } = await asking.drafted('attorneyDallas', subject, { items: [item(), item('Another camera.', { chargeId, element: 1 }), item('A log.')] });
    const tell = (field: DemandField, input: object) => asking.tell('attorneyDallas', field, { caseId: subject.id, demandId, ...input });
    await tell('serveDemand', served());
    expect(code(await placing(subject, 'CHARGE', chargeId))).toBe('OK');
    const theirs = async () => [await whole('supervisorDallas', subject), await asking.seen('supervisorDallas', subject)];
    const before = await theirs();
    expect(before[1].demands[0].items.map(({ position }: { position: number }) => position)).toEqual([1, 2]);
    await tell('answerDemand', { answeredOn: '2026-05-01', answers: [{ itemId: hidden.id, state: 'PRODUCED' }] });
    await tell('receiveProduction', { receivedOn: '2026-05-02', items: [{ itemId: hidden.id, reference: 'B-1' }] });
    expect(await theirs()).toEqual(before);
    const { demands: [mine] } = await asking.seen('attorneyDallas', subject);
    expect([mine.state, mine.answeredOn, mine.items[1].state, mine.items.map(({ position }: { position: number }) => position)]).toEqual(['SERVED', null, 'PRODUCED', [1, 2, 3]]);
    expect((await tell('answerDemand', { answeredOn: '2026-05-03', answers: [{ itemId: last.id, state: 'PRODUCED' }] })).demand).toMatchObject({ state: 'PARTIAL', answeredOn: '2026-05-03' });
  });

  test('a charge takes along what the trail told of an item that would prove it', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    const { id: demandId, items } = await asking.drafted('attorneyDallas', subject, { items: [item(), item('Another camera.', { chargeId, element: 1 })] });
    await asking.tell('attorneyDallas', 'serveDemand', { caseId: subject.id, demandId, ...served() });
    for (const { id: itemId } of items) await asking.tell('attorneyDallas', 'answerDemand', { caseId: subject.id, demandId, answeredOn: '2026-05-01', answers: [{ itemId, state: 'PRODUCED' }] });
    const answered = async (who: CastMember) => acts(await seen(who, subject)).filter((act) => act === 'DEMAND_ITEM_ANSWERED').length;
    expect([await answered('attorneyDallas'), await answered('supervisorDallas')]).toEqual([2, 2]);
    expect(code(await placing(subject, 'CHARGE', chargeId))).toBe('OK');
    expect([await answered('attorneyDallas'), await answered('supervisorDallas')]).toEqual([2, 1]);
  });

  test('a removal is its team’s alone: it neither takes the place of another nor bars what those outside record, and names what they recorded', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    const { removal: { id: removalId } } = await play.remove(subject, 'FILE_NOTICE', '2026-06-10');
    expect(code(await placing(subject, 'REMOVAL', removalId))).toBe('OK');
    const hidden = await seen('supervisorDallas', subject);
    expect(hidden.removals).toEqual([]);
    expect(acts(hidden)).not.toContain('REMOVAL_RECORDED');
    // Who is not let in convicts as if there were none; who is let in reads what that was despite.
    expect(await play.ended('supervisorDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'CONVICTED', { disposedOn: '2026-06-20' }))).toBe('OK');
    expect((await seen('attorneyDallas', subject)).removals).toMatchObject([{ id: removalId, dispositionsDespite: [{ kind: 'CONVICTED' }] }]);
    const notice = { caseId: subject.id, personId: subject.personIds[0], act: 'FILE_NOTICE', on: '2026-06-12', grounds: ['FEDERAL_OFFICER'], federalCourt: 'N.D. Tex.', docketNumber: '3:26-cr-00002' };
    expect(await play.refusal('attorneyDallas', 'recordRemoval', notice)).toMatchObject({ code: 'CONFLICT', rule: 'ONE_NOTICE' });
    const { removal: { id: other } } = await play.tell('supervisorDallas', 'recordRemoval', notice);
    expect((await seen('supervisorDallas', subject)).removals).toMatchObject([{ id: other }]);
    expect((await seen('attorneyDallas', subject)).removals).toHaveLength(2);
    // There cannot be two for everybody.
    expect(code(await releasing(subject, 'REMOVAL', removalId))).toBe('CONFLICT');
    await play.tell('supervisorDallas', 'recordRemoval', { caseId: subject.id, removalId: other, act: 'REMAND_SUMMARILY', on: '2026-06-14', order: 'On its face.' });
    expect(code(await releasing(subject, 'REMOVAL', removalId))).toBe('OK');
    expect((await seen('supervisorDallas', subject)).removals).toHaveLength(2);
  });

  test('a recording takes along what the trail told of a refusal that it shows', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const recordingId = String(subject.recordingIds[0]);
    const refusal = { caseId: subject.id, kind: 'SCENE_ACCESS_DENIED', happenedAt: '2026-06-01T12:00:00Z', byAgency: 'A federal agency', recordingId, note: 'Turned away at the tape.' };
    const recorded = () => world.as('attorneyDallas').get(mutation('recordCooperationEvent', 'event { id }'), { input: refusal });
    await recorded();
    expect(acts(await seen('supervisorDallas', subject))).toContain('COOPERATION_REFUSED');
    expect(code(await placing(subject, 'RECORDING', recordingId))).toBe('OK');
    await recorded();
    const [hidden, shown] = [await seen('supervisorDallas', subject), await seen('attorneyDallas', subject)];
    expect([hidden.cooperationEvents, acts(hidden).filter((act) => act.startsWith('COOPERATION_'))]).toEqual([[], []]);
    expect([shown.cooperationEvents.length, acts(shown).filter((act) => act.startsWith('COOPERATION_')).length]).toEqual([2, 2]);
  });

  test('an arraignment is the first for its team; who is not let in records the first that they see', async () => {
    const { subject, personId } = await play.inCourt();
    await world.database.owner`update comity.charges set needs = needs | 16384 where case_id = ${subject.id}`;
    await play.arraign(subject, '2026-06-01');
    await play.filedCharge(subject);
    const input = { caseId: subject.id, personId, arraignedOn: '2026-06-05' };
    expect(await play.refusal('attorneyDallas', 'recordArraignment', input)).toMatchObject({ code: 'CONFLICT', rule: 'REMOVAL_WINDOW' });
    expect((await play.seen('supervisorDallas', subject)).persons[0]).toMatchObject({ arraignedOn: null, courtDates: [] });
    expect(await play.ended('supervisorDallas', 'recordArraignment', input)).toBe('OK');
    expect((await play.seen('supervisorDallas', subject)).persons[0]).toMatchObject({ arraignedOn: '2026-06-05' });
    expect(await play.ended('supervisorDallas', 'recordArraignment', input)).toBe('CONFLICT');
  });
});
