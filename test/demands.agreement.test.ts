import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMAND_STATES, isAwaited, type DemandState } from '../src/demands/demand.rules.ts';
import { demanding, withDemand, type Placed } from './demands.world.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof demanding>;
let subject: BuiltCase;

const IN_COURT: readonly DemandState[] = ['SUIT_FILED', 'ORDERED'];
const OVER: readonly DemandState[] = ['DRAFT', 'DISMISSED', 'WITHDRAWN'];

/** Every demand whose day has passed: in each state that its one item allows, answered or not, and lifted where it preserves. */
const EVERY = DEMAND_STATES.flatMap((state) =>
  (['DHS_TOUHY', 'PRESERVATION_LETTER'] as const).flatMap((regime) =>
    ([null, '2026-05-01'] as const).filter((liftedOn) => liftedOn === null || (regime === 'PRESERVATION_LETTER' && !OVER.includes(state))).flatMap((liftedOn) =>
      [false, true].filter((isAnswered) => (isAnswered ? state !== 'DRAFT' : !['GRANTED', 'DENIED', 'PRODUCTION_RECEIVED'].includes(state)))
        // Of what is answered in part something is not.
        .map((isAnswered) => ({ state, regime, liftedOn, isAnswered, answeredOn: isAnswered || state === 'PARTIAL' ? '2026-04-01' : null })))));
const placed = new Map<(typeof EVERY)[number], Placed>();

interface Found {
  readonly demands: readonly { id: string; noResponse: boolean }[];
  readonly clocks: readonly { kind: string; aboutId: string; state: string; dueOn: string }[];
}
let found: Found;
let listed: readonly string[];
let waiting: readonly { id: string; dueOn: string | null }[];

beforeAll(async () => {
  world = await openWorld();
  play = demanding(world);
  subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
  for (const each of EVERY) {
    const { id, itemId } = await withDemand(world, subject, { state: each.state, regime: each.regime, itemState: !each.isAnswered ? 'ASKED' : each.state === 'GRANTED' ? 'PRODUCED' : 'WITHHELD' });
    await world.database.owner`update comity.external_demands set answered_on = ${each.answeredOn}, lifted_on = ${each.liftedOn}, lifted_because = ${each.liftedOn === null ? null : 'Let go.'} where id = ${id}`;
    placed.set(each, { id, itemId });
  }
  // What the clocks rest on is read anew with the next act.
  await play.tell('attorneyDallas', 'withdrawDemand', { caseId: subject.id, demandId: (await withDemand(world, subject)).id, reason: 'Not needed.' });
  const deputy = world.as('attorneyDallas');
  found = (await deputy.get('query ($id: ID) { case(id: $id) { demands { id noResponse } clocks { kind aboutId state dueOn } } }', { id: subject.id }))['case'];
  listed = await play.listed('attorneyDallas', { noResponse: true });
  waiting = (await deputy.get('query { waiting(first: 100, filter: { kinds: [DEMAND] }) { nodes { id dueOn } } }', {}))['waiting'].nodes;
});
afterAll(() => world.close());

describe('a demand whose day has passed is told of alike by what lists it, what waits, and its clock:', () => {
  test.each(EVERY.map((each) => [`${each.state}, ${each.regime}, ${each.isAnswered ? 'answered' : 'not answered'}${each.liftedOn === null ? '' : ', lifted'}`, each] as const))('%s', (_, each) => {
    const { id } = placed.get(each) ?? { id: '' };
    const isUnanswered = (each.regime === 'PRESERVATION_LETTER' ? each.answeredOn === null : !each.isAnswered) && each.liftedOn === null && !OVER.includes(each.state);
    const clock = found.clocks.find(({ kind, aboutId }) => kind === 'EXTERNAL_DEMAND' && aboutId === id);
    const waits = waiting.find((row) => row.id === id);
    expect(found.demands.find((row) => row.id === id)?.noResponse).toBe(isUnanswered);
    expect(listed.includes(id)).toBe(isUnanswered);
    expect(clock?.state === 'PASSED' ? clock.dueOn : null).toBe(isUnanswered ? '2026-04-20' : null);
    // Whoever is awaited is told; the day is the holder's, not a court's, and an order has its own.
    expect(waits !== undefined).toBe(isAwaited(each));
    expect(waits?.dueOn ?? null).toBe(isUnanswered && !IN_COURT.includes(each.state) ? '2026-04-20' : null);
  });

  test('enough of both were tried', () => {
    expect(listed).toHaveLength(9);
    expect(waiting.length).toBeGreaterThan(10);
    expect(EVERY.length - waiting.length).toBeGreaterThan(10);
  });
});
