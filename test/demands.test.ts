import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BY_ITEMS, BY_ITEMS_STATES, DEMAND_ACTS, DEMAND_MOVES, DEMAND_STATES, standsAs, type DemandAct, type DemandState } from '../src/demands/demand.rules.ts';
import { newId } from '../src/kernel/ids.ts';
import { CONTENTS, demanding, draft, item, served, withDemand, type DemandField, type Placed, type Regime } from './demands.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof demanding>;
let subject: BuiltCase;
beforeAll(async () => {
  world = await openWorld();
  play = demanding(world);
  subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
});
afterAll(() => world.close());

const of = ({ id }: { readonly id: string }, more: object = {}) => ({ caseId: subject.id, demandId: id, ...more });

/** By which field each act is done, and with what, so that only the state can stand in its way. */
const DOING = {
  revise: ['reviseDemand', () => ({ purpose: 'Anew.' })],
  serve: ['serveDemand', () => served('PRESERVATION_LETTER')],
  acknowledge: ['acknowledgeDemand', () => ({ acknowledgedOn: '2026-03-25', acknowledgedBy: 'A clerk' })],
  extend: ['extendDemand', () => ({ until: '2999-01-01', reason: 'They asked for time.' })],
  answer: ['answerDemand', ({ itemId }) => ({ answeredOn: '2026-04-01', answers: [{ itemId, state: 'WITHHELD', ground: 'CLASSIFIED' }] })],
  receive: ['receiveProduction', ({ itemId }) => ({ receivedOn: '2026-05-25', items: [{ itemId, reference: 'A-0001' }] })],
  sue: ['fileSuit', () => ({ court: 'District Court', docketNumber: '26-cv-1', filedOn: '2026-05-01' })],
  order: ['decideSuit', () => ({ outcome: 'ORDERED', decidedOn: '2026-05-20', order: 'To be produced.' })],
  dismiss: ['decideSuit', () => ({ outcome: 'DISMISSED', decidedOn: '2026-05-20', order: 'No waiver.' })],
  withdraw: ['withdrawDemand', () => ({ reason: 'Not needed.' })],
  lift: ['liftPreservation', () => ({ liftedOn: '2026-05-01', reason: 'Let go.' })],
} as const satisfies Record<DemandAct, readonly [DemandField, (placed: Placed) => object]>;

/** Its one item is withheld, or arrives: of what was ordered before that, too; or is ordered, and has not come. */
const byItems = (act: DemandAct, state: DemandState): DemandState => (act === 'receive' ? 'PRODUCTION_RECEIVED' : act === 'order' || state === 'ORDERED' ? 'ORDERED' : 'DENIED');

const EVERY = DEMAND_STATES.flatMap((state) => DEMAND_ACTS.map((act) => [state, act] as const));

describe('the life of a demand', () => {
  test.each(EVERY)('%s: %s', async (state, act) => {
    const placed = await withDemand(world, subject, { state, regime: 'PRESERVATION_LETTER', ...(act === 'receive' && { itemState: 'PARTIAL' }) });
    const [field, input] = DOING[act];
    const move = (DEMAND_MOVES[act] as Partial<Record<DemandState, string>>)[state];
    const answer = await play.ask('attorneyDallas', field, of(placed, input(placed)));
    if (move === undefined) expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', state });
    else expect(answer.data?.[field]?.demand).toMatchObject({ state: move === BY_ITEMS ? byItems(act, state) : move });
    const [kept] = await world.database.owner`select state from comity.external_demands where id = ${placed.id}`;
    expect(kept?.['state']).toBe(move === undefined ? state : move === BY_ITEMS ? byItems(act, state) : move);
  });

  test('by the application’s own hand it moves between the same states, and no others', async () => {
    const reached = new Set(Object.values(DEMAND_MOVES).flatMap((moves) => Object.entries(moves).flatMap(([from, to]) => (to === BY_ITEMS ? (from === 'ORDERED' || from === 'SUIT_FILED' ? ['ORDERED', 'PRODUCTION_RECEIVED'] : BY_ITEMS_STATES) : [to]).map((each) => `${from}>${each}`))));
    for (const from of DEMAND_STATES) {
      const { id } = await withDemand(world, subject, { state: from });
      await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
        for (const to of DEMAND_STATES) {
          const refused = await refusal(`update comity.external_demands set state = '${to}'${from === 'DRAFT' && to === 'SERVED' ? ", served_on = '2026-03-20', service_method = 'MAIL', proof_of_service = 'x', confirmed = '{}'" : ''} where id = '${id}'`);
          // What the state alone cannot say: a day of service may be missing, a stranger's state may stay as it is.
          expect(`${from}>${to}: ${refused === '42501'}`).toBe(`${from}>${to}: ${!reached.has(`${from}>${to}`)}`);
        }
      });
    }
  });

  test('is drafted, written anew, served, acknowledged, given time, answered, and its pages arrive', async () => {
    const { built, chargeId } = await charged();
    const { id, rule, draftedBy, state, office } = await play.drafted('attorneyDallas', built, { items: [item(), item('The policy on force.', { category: 'POLICY', chargeId, element: 1 })] });
    expect({ rule, draftedBy, state, office }).toEqual({
      draftedBy: { name: 'Ada Attwell' }, state: 'DRAFT', office: { slug: 'dallas-tx' },
      rule: { addressee: 'Office of the General Counsel only', mustContain: CONTENTS.DHS_TOUHY, answerDeadline: null, citation: '6 CFR 5.41-5.49', confidence: 'HIGH' },
    });
    const ofIt = (more: object) => ({ caseId: built.id, demandId: id, ...more });
    const { demand: anew } = await play.tell('supervisorDallas', 'reviseDemand', ofIt({ component: 'Another agency', items: [item('A list of names.', { category: 'IDENTITY' }), item('The policy on force.', { category: 'POLICY', chargeId, element: 1 })] }));
    expect(anew).toMatchObject({ component: 'Another agency', purpose: 'What happened at the scene.', items: [{ position: 1, description: 'A list of names.', charge: null }, { position: 2, charge: { id: chargeId }, element: 1, state: 'ASKED' }] });
    const { demand: out } = await play.tell('attorneyDallas', 'serveDemand', ofIt(served()));
    expect(out).toMatchObject({ state: 'SERVED', servedOn: '2026-03-20', serviceMethod: 'CERTIFIED_MAIL', respondBy: '2026-04-20', confirmed: CONTENTS.DHS_TOUHY, noResponse: true });
    await play.tell('attorneyDallas', 'acknowledgeDemand', ofIt({ acknowledgedOn: '2026-03-25', acknowledgedBy: 'A clerk' }));
    await play.tell('attorneyDallas', 'extendDemand', ofIt({ until: '2026-04-30', reason: 'They asked for time.' }));
    const { demand: later } = await play.tell('attorneyDallas', 'extendDemand', ofIt({ until: '2999-04-30', reason: 'And again.' }));
    expect(later).toMatchObject({
      state: 'ACKNOWLEDGED', acknowledgedBy: 'A clerk', noResponse: false, answeredOn: null, respondBy: '2999-04-30',
      extensions: [{ dueBefore: '2026-04-20', respondBy: '2026-04-30', reason: 'They asked for time.', extendedBy: { name: 'Ada Attwell' } }, { dueBefore: '2026-04-30', respondBy: '2999-04-30' }],
    });
    const [names, policy] = anew.items.map((each: { id: string }) => each.id);
    const { demand: part } = await play.tell('attorneyDallas', 'answerDemand', ofIt({ answeredOn: '2026-05-02', answers: [{ itemId: names, state: 'WITHHELD', ground: 'OPEN_INVESTIGATION', reference: 'Letter of 2 May' }] }));
    expect(part).toMatchObject({ state: 'PARTIAL', answeredOn: '2026-05-02', items: [{ state: 'WITHHELD', ground: 'OPEN_INVESTIGATION', groundCitation: '6 CFR 5.48(b)', groundReference: 'Letter of 2 May' }, { state: 'ASKED' }] });
    await play.tell('attorneyDallas', 'answerDemand', ofIt({ answeredOn: '2026-05-10', answers: [{ itemId: policy, state: 'PRODUCED' }] }));
    const { demand: arrived } = await play.tell('attorneyDallas', 'receiveProduction', ofIt({ receivedOn: '2026-05-11', items: [{ itemId: policy, reference: 'A-0001 to A-0090' }] }));
    expect(arrived).toMatchObject({ state: 'PRODUCTION_RECEIVED', answeredOn: '2026-05-02', items: [{}, { state: 'PRODUCED', receivedOn: '2026-05-11', productionReference: 'A-0001 to A-0090' }] });
    expect(arrived.entries).toMatchObject([
      { kind: 'ANSWERED', item: { id: names }, day: '2026-05-02', answer: 'WITHHELD', ground: 'OPEN_INVESTIGATION', reference: 'Letter of 2 May', recordedBy: { name: 'Ada Attwell' } },
      { kind: 'ANSWERED', item: { id: policy }, day: '2026-05-10', answer: 'PRODUCED' }, { kind: 'RECEIVED', item: { id: policy }, day: '2026-05-11', reference: 'A-0001 to A-0090' },
    ]);
    const { demands, events } = await play.seen('attorneyDallas', built);
    expect(demands).toEqual([arrived]);
    expect(events.nodes.map(({ act }: { act: string }) => act).filter((act: string) => /DEMAND|PRODUCTION/.test(act)).reverse()).toEqual([
      'DEMAND_DRAFTED', 'DEMAND_REVISED', 'DEMAND_SERVED', 'DEMAND_ACKNOWLEDGED', 'DEMAND_EXTENDED', 'DEMAND_EXTENDED', 'DEMAND_ITEM_ANSWERED', 'DEMAND_ANSWERED', 'DEMAND_ITEM_ANSWERED', 'DEMAND_ANSWERED', 'DEMAND_ITEM_RECEIVED', 'PRODUCTION_RECEIVED',
    ]);
    expect(JSON.stringify(events.nodes)).not.toMatch(/clerk|agency|names|Letter/);
  });

  test('is answered and arrives part by part, for as long as something is to come; each answer and each production is kept', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { id, items: [one, two, three] } = await play.drafted('attorneyDallas', built, { items: [item('The first camera.'), item('The second camera.'), item('The third camera.')] });
    const ofIt = (more: object) => ({ caseId: built.id, demandId: id, ...more });
    const answer = async (itemId: string, answeredOn: string, more: object = { state: 'PRODUCED' }) => (await play.tell('attorneyDallas', 'answerDemand', ofIt({ answeredOn, answers: [{ itemId, ...more }] }))).demand;
    const arrives = async (itemId: string, receivedOn: string, reference: string) => (await play.tell('attorneyDallas', 'receiveProduction', ofIt({ receivedOn, items: [{ itemId, reference }] }))).demand;
    await play.tell('attorneyDallas', 'serveDemand', ofIt(served('DHS_TOUHY', { awaits: true })));
    await answer(one.id, '2026-04-10');
    expect(await arrives(one.id, '2026-04-11', 'A-1')).toMatchObject({ state: 'PARTIAL', noResponse: true });
    const waits = async () => (await world.as('attorneyDallas').get('query { waiting(first: 100, filter: { kinds: [DEMAND] }) { nodes { id } } }', {}))['waiting'].nodes.map((node: { id: string }) => node.id);
    expect(await waits()).toContain(id);
    expect((await play.seen('attorneyDallas', built)).stage).toBe('AWAITING_EXTERNAL');
    // Time is given for the rest; what was withheld is answered again, and not earlier than before.
    await play.tell('attorneyDallas', 'extendDemand', ofIt({ until: '2999-01-01', reason: 'For the rest.' }));
    await answer(two.id, '2026-05-01', { state: 'WITHHELD', ground: 'CLASSIFIED', reference: 'Letter 1' });
    expect(await play.refusal('attorneyDallas', 'answerDemand', ofIt({ answeredOn: '2026-04-30', answers: [{ itemId: two.id, state: 'PRODUCED' }] }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'answeredOn' });
    await answer(three.id, '2026-05-02');
    expect(await arrives(three.id, '2026-05-03', 'A-2')).toMatchObject({ state: 'PRODUCTION_RECEIVED', noResponse: false });
    expect([await waits(), (await play.seen('attorneyDallas', built)).stage]).toEqual([expect.not.arrayContaining([id]), 'CLAIMED']);
    expect(await answer(two.id, '2026-06-01')).toMatchObject({ state: 'GRANTED' });
    expect(await play.refusal('attorneyDallas', 'receiveProduction', ofIt({ receivedOn: '2026-05-02', items: [{ itemId: three.id, reference: 'A-3' }] }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'receivedOn' });
    await arrives(three.id, '2026-06-02', 'A-3');
    // Of a part the rest may come, once it is answered as produced: the part that arrived is not the whole.
    const part = await play.drafted('attorneyDallas', built, { items: [item('The log.')] });
    const ofPart = (more: object) => ({ caseId: built.id, demandId: part.id, ...more });
    await play.tell('attorneyDallas', 'serveDemand', ofPart(served()));
    await play.tell('attorneyDallas', 'answerDemand', ofPart({ answeredOn: '2026-05-01', answers: [{ itemId: part.items[0].id, state: 'PARTIAL', ground: 'CLASSIFIED' }] }));
    expect((await play.tell('attorneyDallas', 'receiveProduction', ofPart({ receivedOn: '2026-05-02', items: [{ itemId: part.items[0].id, reference: 'P-1' }] }))).demand.state).toBe('PRODUCTION_RECEIVED');
    expect((await play.tell('attorneyDallas', 'answerDemand', ofPart({ answeredOn: '2026-06-01', answers: [{ itemId: part.items[0].id, state: 'PRODUCED' }] }))).demand.state).toBe('GRANTED');
    expect((await play.tell('attorneyDallas', 'receiveProduction', ofPart({ receivedOn: '2026-06-02', items: [{ itemId: part.items[0].id, reference: 'P-2' }] }))).demand.state).toBe('PRODUCTION_RECEIVED');
    const { state, entries, items } = await arrives(two.id, '2026-06-03', 'B-1');
    expect([state, items[2].productionReference]).toEqual(['PRODUCTION_RECEIVED', 'A-3']);
    expect(entries.filter((entry: { item: { id: string } }) => entry.item.id !== one.id).map((entry: Record<string, any>) => [entry['kind'], entry['day'], entry['answer'] ?? entry['reference'], entry['ground']])).toEqual([
      ['ANSWERED', '2026-05-01', 'WITHHELD', 'CLASSIFIED'], ['ANSWERED', '2026-05-02', 'PRODUCED', null], ['RECEIVED', '2026-05-03', 'A-2', null],
      ['ANSWERED', '2026-06-01', 'PRODUCED', null], ['RECEIVED', '2026-06-02', 'A-3', null], ['RECEIVED', '2026-06-03', 'B-1', null],
    ]);
  });

  test('goes to court once the day has passed, and what is withheld is produced by order', async () => {
    const waiting = await withDemand(world, subject, { respondBy: '2999-01-01' });
    const suit = { court: 'District Court', docketNumber: '26-cv-2', filedOn: '2026-05-01' };
    expect(await play.refusal('attorneyDallas', 'fileSuit', of(waiting, suit))).toMatchObject({ code: 'CONFLICT', responseRequestedBy: '2999-01-01' });
    // Not today counts, but the day of the suit.
    const later = await withDemand(world, subject, { respondBy: '2026-05-02' });
    expect(await play.refusal('attorneyDallas', 'fileSuit', of(later, suit))).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('2026-05-01'), responseRequestedBy: '2026-05-02' });
    for (const respondBy of [null, '2026-04-20']) expect(await play.ended('attorneyDallas', 'fileSuit', of(await withDemand(world, subject, { respondBy }), suit))).toBe('OK');
    const denied = await withDemand(world, subject, { state: 'DENIED' });
    await play.tell('attorneyDallas', 'fileSuit', of(denied, suit));
    expect(await play.refusal('attorneyDallas', 'decideSuit', of(denied, { outcome: 'ORDERED', decidedOn: '2026-04-30', order: 'x' }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'decidedOn' });
    await play.tell('attorneyDallas', 'decideSuit', of(denied, { outcome: 'ORDERED', decidedOn: '2026-05-20', order: 'To be produced.' }));
    const { demand } = await play.tell('attorneyDallas', 'answerDemand', of(denied, { answeredOn: '2026-05-25', answers: [{ itemId: denied.itemId, state: 'PRODUCED' }] }));
    expect(demand).toMatchObject({ state: 'ORDERED', suitCourt: 'District Court', suitDocket: '26-cv-2', suitDecidedOn: '2026-05-20', suitOrder: 'To be produced.', items: [{ state: 'PRODUCED', ground: null, groundCitation: null }] });
    expect((await play.tell('attorneyDallas', 'receiveProduction', of(denied, { receivedOn: '2026-05-26', items: [{ itemId: denied.itemId, reference: 'B-1' }] }))).demand).toMatchObject({
      state: 'PRODUCTION_RECEIVED',
      entries: [{ kind: 'SUIT_FILED', day: '2026-05-01', court: 'District Court', reference: '26-cv-2' }, { kind: 'SUIT_DECIDED', day: '2026-05-20', order: 'To be produced.' }, { kind: 'ANSWERED', answer: 'PRODUCED' }, { kind: 'RECEIVED', reference: 'B-1' }],
    });
    expect(await play.refusal('attorneyDallas', 'fileSuit', of(denied, { ...suit, filedOn: '2026-05-19' }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filedOn' });
  });

  const [asked, produced, part, withheld] = ['ASKED', 'PRODUCED', 'PARTIAL', 'WITHHELD'] as const;
  const stands = (state: typeof asked | typeof produced | typeof part | typeof withheld, isReceived = false, isApart = false) =>
    ({ state, isReceived, receivedOn: isReceived ? '2026-05-02' : null, answeredOn: state === asked ? null : '2026-05-01', isApart });
  // An order of a month later wants of what was withheld more than what was answered before it; one of a month before had its answer.
  test.each([
    [[stands(produced), stands(produced)], 'GRANTED', 'ORDERED'], [[stands(withheld), stands(withheld)], 'DENIED', 'ORDERED'], [[stands(produced), stands(withheld)], 'PARTIAL', 'ORDERED'], [[stands(part), stands(part)], 'PARTIAL', 'ORDERED'],
    [[stands(asked), stands(produced)], 'PARTIAL', 'ORDERED'], [[stands(asked), stands(withheld)], 'PARTIAL', 'ORDERED'], [[stands(produced, true), stands(produced)], 'GRANTED', 'ORDERED'], [[stands(produced, true), stands(asked)], 'PARTIAL', 'ORDERED'],
    [[stands(produced, true), stands(part)], 'PARTIAL', 'ORDERED'], [[stands(produced, true), stands(produced, true)], 'PRODUCTION_RECEIVED', 'PRODUCTION_RECEIVED'], [[stands(produced, true), stands(part, true)], 'PRODUCTION_RECEIVED', 'ORDERED'],
    [[stands(part, true), stands(withheld)], 'PRODUCTION_RECEIVED', 'ORDERED'],
    // Of what is withheld by now a part arrived before.
    [[{ ...stands(withheld), receivedOn: '2026-04-20' }], 'PRODUCTION_RECEIVED', 'ORDERED'],
    // What lies apart does not count, but where all of it does.
    [[stands(produced), stands(withheld, false, true)], 'GRANTED', 'ORDERED'], [[stands(produced, true), stands(asked, false, true)], 'PRODUCTION_RECEIVED', 'PRODUCTION_RECEIVED'], [[stands(withheld, false, true)], 'DENIED', 'ORDERED'],
  ] as const)('of which the items are %j is %s', (items, state, ordered) => {
    expect(standsAs(items, null)).toBe(state);
    expect(standsAs(items, '2026-06-01')).toBe(ordered);
    expect(standsAs(items, '2026-04-01')).toBe(state === 'PRODUCTION_RECEIVED' ? 'PRODUCTION_RECEIVED' : 'ORDERED');
  });

  test('is ordered in court though a part had come, over where all had, and given up where it is not obeyed', async () => {
    const suit = { court: 'District Court', docketNumber: '26-cv-3', filedOn: '2026-05-01' };
    const decided = async (answers: readonly object[], placed: Placed) => {
      await play.tell('attorneyDallas', 'fileSuit', of(placed, suit));
      for (const [index, answer] of answers.entries()) {
        await play.tell('attorneyDallas', 'answerDemand', of(placed, { answeredOn: `2026-05-0${index + 2}`, answers: [{ itemId: placed.itemId, ...answer }] }));
        expect((await play.tell('attorneyDallas', 'receiveProduction', of(placed, { receivedOn: `2026-05-0${index + 2}`, items: [{ itemId: placed.itemId, reference: `C-${index + 1}` }] }))).demand.state).toBe('SUIT_FILED');
      }
      return (await play.tell('attorneyDallas', 'decideSuit', of(placed, { outcome: 'ORDERED', decidedOn: '2026-05-20', order: 'To be produced.' }))).demand;
    };
    const [part, whole] = [{ state: 'PARTIAL', ground: 'CLASSIFIED' }, { state: 'PRODUCED' }];
    const given = await withDemand(world, subject, { state: 'DENIED' });
    expect(await decided([part], given)).toMatchObject({ state: 'ORDERED', suitDecidedOn: '2026-05-20' });
    expect(await decided([part, whole], await withDemand(world, subject, { state: 'DENIED' }))).toMatchObject({ state: 'PRODUCTION_RECEIVED', suitOrder: 'To be produced.' });
    expect((await play.tell('attorneyDallas', 'withdrawDemand', of(given, { reason: 'It came from elsewhere.' }))).demand).toMatchObject({ state: 'WITHDRAWN', suitOrder: 'To be produced.' });
  });

  test('was answered first on the first day, in whichever order the answers are recorded; a suit before that waits for the day that it names', async () => {
    const { id, items: [one, two] } = await play.drafted('attorneyDallas', subject, { items: [item('A first thing.'), item('A second thing.')] });
    const answer = async (itemId: string, answeredOn: string) => (await play.tell('attorneyDallas', 'answerDemand', of({ id }, { answeredOn, answers: [{ itemId, state: 'WITHHELD', ground: 'CLASSIFIED' }] }))).demand.answeredOn;
    await play.tell('attorneyDallas', 'serveDemand', of({ id }, served('DHS_TOUHY', { responseRequestedBy: '2026-06-01' })));
    expect([await answer(one.id, '2026-05-10'), await answer(two.id, '2026-05-04')]).toEqual(['2026-05-10', '2026-05-04']);
    const suit = (filedOn: string) => play.refusal('attorneyDallas', 'fileSuit', of({ id }, { court: 'District Court', docketNumber: '26-cv-4', filedOn }));
    expect(await suit('2026-05-03')).toMatchObject({ code: 'CONFLICT', responseRequestedBy: '2026-06-01' });
    expect(await suit('2026-05-04')).toMatchObject({ message: undefined });
  });
});

/** A case of Dallas with a charge. */
async function charged(): Promise<{ built: BuiltCase; chargeId: string }> {
  const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
  const [statute] = await world.database.owner`select id from comity.statutes where citation = 'Tex. Penal Code 22.02'`;
  const { proposeCharge } = await world.as('attorneyDallas').get('mutation ($input: ProposeChargeInput!) { proposeCharge(input: $input) { charge { id } } }', {
    input: { caseId: built.id, personId: built.personIds[0], statuteId: statute?.['id'], counts: 1 },
  });
  return { built, chargeId: proposeCharge.charge.id };
}

describe('that nothing was answered', () => {
  const inZone = async (zone: string) => (await world.database.owner`select (now() at time zone ${zone})::date::text as day`)[0]?.['day'] as string;
  const unanswered = async (id: string) => (await play.seen('attorneyDallas', subject)).demands.find((each: { id: string }) => each.id === id).noResponse;
  const zoned = (zone: string) => world.database.owner`update comity.jurisdictions set time_zone = ${zone} where slug = 'dallas-tx'`;

  test('is told by the day where the office’s courts are, on both sides of their midnight', async () => {
    const last = await inZone('Etc/GMT+12');
    const { id } = await withDemand(world, subject, { respondBy: last });
    try {
      // There it is still the last day; further east that day is over.
      await zoned('Etc/GMT+12');
      expect([await unanswered(id), (await play.listed('attorneyDallas', { noResponse: true })).includes(id), (await play.listed('attorneyDallas', { noResponse: false })).includes(id)]).toEqual([false, false, true]);
      await zoned('Pacific/Kiritimati');
      expect([await unanswered(id), (await play.listed('attorneyDallas', { noResponse: true })).includes(id), (await play.listed('attorneyDallas', { noResponse: false })).includes(id)]).toEqual([true, true, false]);
    } finally {
      await zoned('America/Chicago');
    }
  });

  test.each(DEMAND_STATES)('is said of none but what was served, is not over, and has something that is not answered: %s', async (state) => {
    const isOpen = ['SERVED', 'ACKNOWLEDGED', 'PARTIAL', 'SUIT_FILED', 'ORDERED'].includes(state);
    for (const [itemState, isUnanswered] of [['ASKED', isOpen], ['WITHHELD', false]] as const) {
      const { id } = await withDemand(world, subject, { state, respondBy: '2026-04-20', itemState });
      expect([await unanswered(id), (await play.listed('attorneyDallas', { noResponse: true })).includes(id)], itemState).toEqual([isUnanswered, isUnanswered]);
    }
    expect(await unanswered((await withDemand(world, subject, { state, respondBy: null })).id)).toBe(false);
  });

  test('is not said of a preservation letter that was acknowledged, or lifted', async () => {
    const [letter, lifted] = [await withDemand(world, subject, { regime: 'PRESERVATION_LETTER' }), await withDemand(world, subject, { regime: 'PRESERVATION_LETTER' })];
    expect(await unanswered(letter.id)).toBe(true);
    const { demand } = await play.tell('attorneyDallas', 'acknowledgeDemand', of(letter, { acknowledgedOn: '2026-05-01', acknowledgedBy: 'A clerk' }));
    expect(demand).toMatchObject({ state: 'ACKNOWLEDGED', acknowledgedOn: '2026-05-01', acknowledgedBy: 'A clerk', answeredOn: '2026-05-01', noResponse: false });
    const { demand: over } = await play.tell('attorneyDallas', 'liftPreservation', of(lifted, { liftedOn: '2026-05-01', reason: 'The order was lifted.' }));
    expect(over).toMatchObject({ state: 'SERVED', liftedOn: '2026-05-01', liftedBecause: 'The order was lifted.', noResponse: false });
    expect(await play.refusal('attorneyDallas', 'liftPreservation', of(lifted, { liftedOn: '2026-05-01', reason: 'Again.' }))).toMatchObject({ code: 'CONFLICT', liftedOn: '2026-05-01' });
  });
});

describe('a case', () => {
  test('awaits what is served where it is told to, and goes back when nothing is awaited any more', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await world.database.owner`update comity.cases set stage = 'UNDER_REVIEW' where id = ${built.id}`;
    const [one, two, three] = [await play.drafted('attorneyDallas', built), await play.drafted('attorneyDallas', built), await play.drafted('attorneyDallas', built)];
    const serve = (demandId: string, awaits: boolean) => play.tell('attorneyDallas', 'serveDemand', { caseId: built.id, demandId, ...served('DHS_TOUHY', { awaits }) });
    expect((await serve(three.id, false)).case).toMatchObject({ stage: 'UNDER_REVIEW', version: 2 });
    expect((await serve(one.id, true)).case).toMatchObject({ stage: 'AWAITING_EXTERNAL', version: 3 });
    expect((await serve(two.id, true)).case).toMatchObject({ stage: 'AWAITING_EXTERNAL', version: 3 });
    const answer = (demand: { id: string; items: { id: string }[] }) =>
      play.tell('attorneyDallas', 'answerDemand', { caseId: built.id, demandId: demand.id, answeredOn: '2026-05-01', answers: [{ itemId: demand.items[0]?.id, state: 'WITHHELD', ground: 'STATUTE' }] });
    expect((await answer(one)).case.stage).toBe('AWAITING_EXTERNAL');
    expect((await play.tell('attorneyDallas', 'withdrawDemand', { caseId: built.id, demandId: two.id, reason: 'Not needed.' })).case).toMatchObject({ stage: 'UNDER_REVIEW', version: 4 });
    expect((await answer(three)).case).toMatchObject({ stage: 'UNDER_REVIEW', version: 4 });
  });

  test('awaits a preservation letter until it is acknowledged', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { id: demandId } = await play.drafted('attorneyDallas', built, { regime: 'PRESERVATION_LETTER' });
    const { case: awaiting } = await play.tell('attorneyDallas', 'serveDemand', { caseId: built.id, demandId, ...served('PRESERVATION_LETTER', { awaits: true }) });
    const { case: back } = await play.tell('attorneyDallas', 'acknowledgeDemand', { caseId: built.id, demandId, acknowledgedOn: '2026-03-25', acknowledgedBy: 'A clerk' });
    expect([awaiting.stage, back.stage]).toEqual(['AWAITING_EXTERNAL', 'CLAIMED']);
  });

  test('that is decided awaits nothing', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { id: demandId } = await play.drafted('attorneyDallas', built);
    await world.database.owner`update comity.cases set stage = 'DECIDED' where id = ${built.id}`;
    expect(await play.refusal('attorneyDallas', 'serveDemand', { caseId: built.id, demandId, ...served('DHS_TOUHY', { awaits: true }) })).toMatchObject({ code: 'CONFLICT', stage: 'DECIDED' });
    expect(await play.ended('attorneyDallas', 'serveDemand', { caseId: built.id, demandId, ...served() })).toBe('OK');
  });

  test('shows what is demanded for an element, and at a gap that something is', async () => {
    const { built, chargeId } = await charged();
    const ELEMENT = `query ($id: ID!) { proofMatrix(caseId: $id) { charges { elements { position demandItems { description state } } } gaps { position isDemanded isAsked } } }`;
    await world.as('attorneyDallas').get('mutation ($input: AssessElementInput!) { assessElement(input: $input) { assessment { verdict } } }', { input: { caseId: built.id, chargeId, element: 1, verdict: 'DOUBTFUL', reasoning: 'Too dark.' } });
    const { id: demandId } = await play.drafted('attorneyDallas', built, { items: [item('Another camera.', { chargeId, element: 1 })] });
    const gap = async () => (await world.as('attorneyDallas').get(ELEMENT, { id: built.id }))['proofMatrix'].gaps.find(({ position }: { position: number }) => position === 1);
    expect(await gap()).toEqual({ position: 1, isDemanded: false, isAsked: false });
    await play.tell('attorneyDallas', 'serveDemand', { caseId: built.id, demandId, ...served() });
    expect(await gap()).toEqual({ position: 1, isDemanded: true, isAsked: false });
    const { charges } = (await world.as('attorneyDallas').get(ELEMENT, { id: built.id }))['proofMatrix'];
    expect(charges[0].elements.map(({ demandItems }: { demandItems: object[] }) => demandItems)).toMatchObject([[{ description: 'Another camera.', state: 'ASKED' }], ...charges[0].elements.slice(1).map(() => [])]);
  });
});

describe('bad input', () => {
  let waiting: Placed;
  beforeAll(async () => {
    waiting = await withDemand(world, subject, { state: 'DRAFT' });
  });
  const refused = async (field: DemandField, input: object) => {
    const before = await world.database.owner`select (select count(*) from comity.external_demands)::text || (select md5(string_agg(d::text, '' order by d.id)) from comity.external_demands d) || (select md5(string_agg(i::text, '' order by i.id)) from comity.demand_items i) as all`;
    const answer = await play.refusal('attorneyDallas', field, { caseId: subject.id, ...input });
    expect([...(await world.database.owner`select (select count(*) from comity.external_demands)::text || (select md5(string_agg(d::text, '' order by d.id)) from comity.external_demands d) || (select md5(string_agg(i::text, '' order by i.id)) from comity.demand_items i) as all`)]).toEqual([...before]);
    return answer;
  };

  test.each([
    ['no items', { items: [] }, 'items'], ['fifty-one items', { items: Array.from({ length: 51 }, () => item()) }, 'items'], ['a blank purpose', { purpose: ' ' }, 'purpose'], ['a blank addressee', { component: '' }, 'component'],
    ['an item without relevance', { items: [item(), item('x', { relevance: ' ' })] }, 'items.1.relevance'], ['an element of no charge', { items: [item('x', { element: 1 })] }, 'items.0.element'],
  ])('a draft with %s', async (_, more, field) => {
    expect(await refused('draftDemand', draft(subject, more))).toMatchObject({ code: 'BAD_USER_INPUT', field, remedy: expect.any(String) });
  });

  test('a draft with an element that the charge does not have, or a charge in a compartment', async () => {
    const { built, chargeId } = await charged();
    expect(await refused('draftDemand', draft(built, { items: [item('x', { chargeId, element: 99 })] }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'element', message: expect.stringContaining('elements 1 to') });
    await world.database.owner`update comity.charges set needs = needs | 16384 where id = ${chargeId}`;
    expect(await refused('draftDemand', draft(built, { items: [item('x', { chargeId, element: 1 })] }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'items.0.chargeId' });
  });

  test.each([
    ['without all that it must contain (6 CFR 5.41-5.49)', { confirms: ['relevance'] }, 'confirms', /nature of the information sought.*6 CFR 5\.41-5\.49/],
    ['with an answer asked for before its service (6 CFR 5.41-5.49)', { responseRequestedBy: '2026-03-19' }, 'responseRequestedBy', /before the service on 2026-03-20.*6 CFR 5\.41-5\.49/],
    ['on a day to come', { servedOn: '2999-01-01' }, 'servedOn', /has not come/], ['before the incident', { servedOn: '2026-03-01' }, 'servedOn', /before the incident/],
    ['without proof of it', { proofOfService: ' ' }, 'proofOfService', /./], ['on the order of a court, where nothing is preserved', { courtOrder: 'Order 1' }, 'courtOrder', /PRESERVATION_LETTER|DHS_TOUHY/],
  ])('a service %s', async (_, more, field, message) => {
    expect(await refused('serveDemand', { demandId: waiting.id, ...served('DHS_TOUHY', more) })).toMatchObject({ code: 'BAD_USER_INPUT', field, message: expect.stringMatching(message) });
  });

  test('a demand of another agency, under its own rule (Touhy v. Ragen)', async () => {
    const { demand } = await play.tell('attorneyDallas', 'draftDemand', draft(subject, { regime: 'OTHER_TOUHY', purpose: 'Who was on the scene (31 CFR 1.11).' }));
    expect(demand.rule).toMatchObject({ citation: expect.stringContaining('Touhy v. Ragen'), confidence: 'MEDIUM', mustContain: CONTENTS.OTHER_TOUHY });
    expect(await refused('serveDemand', { demandId: demand.id, ...served('OTHER_TOUHY', { confirms: [] }) })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'confirms', message: expect.stringContaining('5 U.S.C. 301') });
    // Its rules name no closed list of grounds here: none is refused.
    await play.tell('attorneyDallas', 'serveDemand', { caseId: subject.id, demandId: demand.id, ...served('OTHER_TOUHY') });
    expect((await play.tell('attorneyDallas', 'answerDemand', { caseId: subject.id, demandId: demand.id, answeredOn: '2026-04-01', answers: [{ itemId: demand.items[0].id, state: 'WITHHELD', ground: 'CLASSIFIED' }] })).demand.state).toBe('DENIED');
  });

  test('an act at the wrong moment is told where the demand stands, and what is possible there', async () => {
    const { id: demandId } = await withDemand(world, subject, { state: 'DRAFT' });
    expect(await refused('acknowledgeDemand', { demandId, acknowledgedOn: '2026-04-01', acknowledgedBy: 'x' })).toMatchObject({ code: 'CONFLICT', state: 'DRAFT', possible: ['reviseDemand', 'serveDemand', 'withdrawDemand'], remedy: 'Possible now: reviseDemand, serveDemand, withdrawDemand.' });
    const { id: over } = await withDemand(world, subject, { state: 'DISMISSED' });
    expect(await refused('withdrawDemand', { demandId: over, reason: 'x' })).toMatchObject({ code: 'CONFLICT', possible: [], remedy: expect.stringContaining('another') });
  });

  test('a subpoena without a return date', async () => {
    const { id: demandId } = await withDemand(world, subject, { state: 'DRAFT', regime: 'SUBPOENA' });
    const { responseRequestedBy: _, ...undated } = served('SUBPOENA');
    expect(await refused('serveDemand', { demandId, ...undated })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'responseRequestedBy', message: expect.stringMatching(/return date.*demand under SUBPOENA/) });
    expect(await play.ended('attorneyDallas', 'serveDemand', { caseId: subject.id, demandId, ...served('SUBPOENA') })).toBe('OK');
  });

  test.each(['DOJ_TOUHY', 'PRESERVATION_LETTER'] as const)('a %s may be served without a day', async (regime: Regime) => {
    const { id: demandId } = await withDemand(world, subject, { state: 'DRAFT', regime });
    const { responseRequestedBy: _, ...undated } = served(regime, regime === 'PRESERVATION_LETTER' ? { courtOrder: 'Order 1' } : {});
    expect((await play.tell('attorneyDallas', 'serveDemand', { caseId: subject.id, demandId, ...undated })).demand).toMatchObject({ state: 'SERVED', respondBy: null, noResponse: false, courtOrder: regime === 'PRESERVATION_LETTER' ? 'Order 1' : null });
  });

  test.each([
    ['a ground that 28 CFR 16.26 does not name', { state: 'WITHHELD', ground: 'EXECUTIVE_ORDER' }, 'answers.0.ground', /28 CFR 16\.26 does not name EXECUTIVE_ORDER/],
    ['no ground (28 CFR 16.26, 6 CFR 5.48)', { state: 'WITHHELD' }, 'answers.0.ground', /28 CFR 16\.26, 6 CFR 5\.48/], ['no ground for the part that is withheld', { state: 'PARTIAL' }, 'answers.0.ground', /ground/],
    ['a ground for what is produced', { state: 'PRODUCED', ground: 'STATUTE' }, 'answers.0.ground', /produced in full/], ['another ground that is not said', { state: 'WITHHELD', ground: 'OTHER' }, 'answers.0.reference', /OTHER/],
  ])('an answer with %s', async (_, answer, field, message) => {
    const { id: demandId, itemId } = await withDemand(world, subject, { regime: 'DOJ_TOUHY' });
    expect(await refused('answerDemand', { demandId, answeredOn: '2026-05-01', answers: [{ itemId, ...answer }] })).toMatchObject({ code: 'BAD_USER_INPUT', field, message: expect.stringMatching(message) });
  });

  test('an answer to nothing, to something twice, to another demand’s item, to what was produced, or on a day that cannot be', async () => {
    const [{ id: demandId, itemId }, other] = [await withDemand(world, subject), await withDemand(world, subject)];
    const withheld = { itemId, state: 'WITHHELD', ground: 'EXECUTIVE_ORDER' };
    const answer = (answers: object[], answeredOn = '2026-05-01') => refused('answerDemand', { demandId, answeredOn, answers });
    expect(await answer([])).toMatchObject({ code: 'BAD_USER_INPUT', field: 'answers' });
    expect(await answer([withheld, withheld])).toMatchObject({ code: 'BAD_USER_INPUT', field: 'answers.1.itemId' });
    for (const itemIdOfOther of [other.itemId, newId(), 'no id']) expect(await answer([{ ...withheld, itemId: itemIdOfOther }])).toMatchObject({ code: 'NOT_FOUND' });
    expect(await answer([withheld], '2026-03-19')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'answeredOn' });
    expect(await answer([withheld], '2999-03-19')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'answeredOn' });
    expect((await play.tell('attorneyDallas', 'answerDemand', { caseId: subject.id, demandId, answeredOn: '2026-05-01', answers: [withheld] })).demand.items).toMatchObject([{ ground: 'EXECUTIVE_ORDER', groundCitation: '6 CFR 5.48(b)' }]);
    const produced = await withDemand(world, subject, { state: 'PARTIAL', itemState: 'PRODUCED' });
    expect(await refused('answerDemand', { demandId: produced.id, answeredOn: '2026-05-01', answers: [{ itemId: produced.itemId, state: 'PRODUCED' }] })).toMatchObject({ code: 'CONFLICT', itemId: produced.itemId });
    const asked = await withDemand(world, subject, { state: 'PARTIAL', itemState: 'ASKED' });
    expect(await refused('receiveProduction', { demandId: asked.id, receivedOn: '2026-05-01', items: [{ itemId: asked.itemId, reference: 'A-1' }] })).toMatchObject({ code: 'CONFLICT', itemId: asked.itemId });
  });

  test('another day that is no later, and lifting what preserves nothing', async () => {
    const { id: demandId } = await withDemand(world, subject);
    for (const until of ['2026-04-20', '2026-04-01']) expect(await refused('extendDemand', { demandId, until, reason: 'x' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'until', message: 'It is due on 2026-04-20 already.' });
    expect(await refused('extendDemand', { demandId, until: '2026-03-01', reason: 'x' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'until', message: expect.stringContaining('6 CFR 5.41-5.49') });
    expect(await refused('liftPreservation', { demandId, liftedOn: '2026-05-01', reason: 'x' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'demandId' });
  });
});

describe('not for everybody:', () => {
  test('a demand is the team’s and the heads’ to work on; others who see it may not', async () => {
    const input = draft(subject);
    for (const who of ['secondDallas', 'investigatorDallas'] as const satisfies readonly CastMember[]) expect(await play.ended(who, 'draftDemand', input), who).toBe('FORBIDDEN');
    for (const who of ['intakeDallas', 'advocateDallas', 'recordsDallas', 'conflictsDallas', 'chiefDallasPolice', 'administrator'] as const) expect(await play.ended(who, 'draftDemand', input), who).toBe('FORBIDDEN');
    for (const who of ['attorneyDallas', 'supervisorDallas', 'electedDallas'] as const) expect(await play.ended(who, 'draftDemand', input), who).toBe('OK');
    const { id: demandId } = await withDemand(world, subject);
    for (const [who, code] of [['supervisorHennepin', 'NOT_FOUND'], ['secondDallas', 'FORBIDDEN']] as const) expect(await play.ended(who, 'withdrawDemand', { caseId: subject.id, demandId, reason: 'x' }), who).toBe(code);
  });

  test('an item goes where its charge goes', async () => {
    const { built, chargeId } = await charged();
    const placed = await withDemand(world, built, { chargeId });
    const items = async (who: CastMember) => (await play.seen(who, built)).demands[0].items.length;
    expect([await items('attorneyDallas'), await items('supervisorDallas')]).toEqual([1, 1]);
    await world.database.owner`update comity.charges set needs = needs | 16384 where id = ${chargeId}`;
    expect([await items('attorneyDallas'), await items('supervisorDallas')]).toEqual([1, 0]);
    // To who does not see it, it is as if it were not.
    expect(await play.refusal('supervisorDallas', 'answerDemand', { caseId: built.id, demandId: placed.id, answeredOn: '2026-05-01', answers: [{ itemId: placed.itemId, state: 'PRODUCED' }] })).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('what was answered to an item in a compartment does not show in where its demand stands', async () => {
    const { built, chargeId } = await charged();
    const { id: demandId, items } = await play.drafted('attorneyDallas', built, { items: [item(), item('Another camera.', { chargeId, element: 1 })] });
    await play.tell('attorneyDallas', 'serveDemand', { caseId: built.id, demandId, ...served() });
    await world.database.owner`update comity.charges set needs = needs | 16384 where id = ${chargeId}`;
    const { demand } = await play.tell('attorneyDallas', 'answerDemand', { caseId: built.id, demandId, answeredOn: '2026-05-01', answers: [{ itemId: items[0].id, state: 'PRODUCED' }, { itemId: items[1].id, state: 'WITHHELD', ground: 'CLASSIFIED' }] });
    expect(demand.state).toBe('GRANTED');
  });
});

describe('of two at once', () => {
  test('one serves a draft, and the other learns that it is served', async () => {
    const { id: demandId } = await withDemand(world, subject, { state: 'DRAFT' });
    const both = await Promise.all((['attorneyDallas', 'supervisorDallas'] as const).map((who) => play.ended(who, 'serveDemand', { caseId: subject.id, demandId, ...served() })));
    expect(both.sort()).toEqual(['CONFLICT', 'OK']);
  });
});

test('demands go with the lead', async () => {
  const { id } = await withDemand(world, subject);
  expect(await play.listed('supervisorHennepin')).not.toContain(id);
  await world.database.owner`update comity.cases set lead_id = ${world.officeIds['hennepin-mn']} where id = ${subject.id}`;
  await world.database.owner`select comity.compute_sight(${subject.id})`;
  expect(await play.listed('supervisorHennepin')).toContain(id);
  expect(await play.listed('supervisorDallas')).not.toContain(id);
});
