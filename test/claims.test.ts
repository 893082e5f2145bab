import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const CLAIM = 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { number stage version lead { slug } team { role member { name } } persons { name part contact { phone } } report { narrative } } } }';

test('an attorney of the venue claims a case, and the claim opens what a team sees', async () => {
  const built = await world.buildCase();
  expect(built.number).toMatch(/^DAL-2026-\d{6}$/);
  const before = await world.as('attorneyDallas').get('query ($id: ID) { case(id: $id) { stage report { narrative } persons { name } lead { slug } venues { reason jurisdiction { slug } } } }', { id: built.id });
  expect(before['case']).toMatchObject({ stage: 'UNCLAIMED', lead: null, persons: [], venues: [{ jurisdiction: { slug: 'dallas-tx' } }] });
  const { claimCase } = await world.as('attorneyDallas').get(CLAIM, { input: { caseId: built.id, expectedVersion: 1 } });
  expect(claimCase.case).toMatchObject({
    stage: 'CLAIMED', version: 2, lead: { slug: 'dallas-tx' }, team: [{ role: 'TRIAL', member: { name: 'Ada Attwell' } }],
    persons: [{ part: 'OFFICIAL', contact: null }, { name: 'Vic Timson', contact: { phone: '555-0100' } }, { name: 'Wit Nessler' }],
  });
});
