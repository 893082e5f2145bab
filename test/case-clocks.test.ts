import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bench, type Asker } from './decisions.world.ts';
import { chargedUnder, clockwork } from './case-clocks.world.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let clock: ReturnType<typeof clockwork>;
let play: ReturnType<typeof bench>;
beforeAll(async () => {
  world = await openWorld();
  [clock, play] = [clockwork(world), bench(world)];
});
afterAll(() => world.close());

const ASSAULT = 'Tex. Penal Code 22.01';
const claimed = () => world.buildCase({ claimedBy: 'attorneyDallas' });

describe('a referral with a body-camera recording', () => {
  test('brings a clock: the day on which its holder may destroy it, for those who may know of the recording', async () => {
    expect(await clock.ofCase('intakeDallas', await world.buildCase())).toEqual([]);
    const built = await claimed();
    const [only, ...rest] = await clock.ofCase('attorneyDallas', built);
    expect(rest).toEqual([]);
    expect(only).toMatchObject({
      kind: 'CAMERA_RETENTION', aboutId: built.recordingIds[0], startedOn: '2026-03-14', dueOn: '2026-06-12', safeOn: '2026-06-11', state: 'PASSED', timeZone: 'America/Chicago',
      rule: { citation: 'Tex. Code Crim. Proc. 2B.0106', confidence: 'HIGH', attestedBy: null },
    });
  });
});

describe('a charge', () => {
  test('has a limitation', async () => {
    const built = await claimed();
    const chargeId = await chargedUnder(world, 'attorneyDallas', built, ASSAULT);
    const found = (await clock.ofCase('attorneyDallas', built)).find(({ kind }) => kind === 'LIMITATION');
    expect(found).toMatchObject({ aboutId: chargeId, startedOn: '2026-03-14', dueOn: '2028-03-14', safeOn: '2028-03-13', state: 'RUNNING' });
    expect((await clock.listed('attorneyDallas')).map(({ kind }) => kind)).toContain('LIMITATION');
  });
});
