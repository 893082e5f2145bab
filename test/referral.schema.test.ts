import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../src/kernel/ids.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => { world = await openWorld(); });
afterAll(() => world.close());

const published = JSON.parse(await readFile(new URL('../schema/referral.schema.json', import.meta.url), 'utf8'));
const schema = z.fromJSONSchema(published);
const SUBMIT = 'mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { outcome } }';
const incident = (changes: object) => ({ incident: { ...(world.referral()['incident'] as object), ...changes } });

/** Takes away, or replaces, parts of a referral; each of them with what the JSON Schema says of it. */
const CHANGES: readonly (readonly [name: string, fits: boolean, changes: () => object])[] = [
  ['as it is', true, () => ({})],
  ['with nothing where nothing may stand', true, () => ({ persons: null, recordings: null, allegedOffences: null, allegedLevel: null })],
  ['with further places', true, () => incident({ furtherPlaces: [{ role: 'RESULT', place: 'A hospital', countyFips: '48113' }] })],
  ['without a narrative', false, () => ({ narrative: undefined })],
  ['with a narrative of null', false, () => ({ narrative: null })],
  ['with too long a narrative', false, () => ({ narrative: 'x'.repeat(100_001) })],
  ['with an empty report number', false, () => ({ reportNumber: '' })],
  ['with a number for a report number', false, () => ({ reportNumber: 7 })],
  ['of an unknown kind', false, () => ({ kind: 'TIP' })],
  ['with a field too many', false, () => ({ immigrationStatus: 'x' })],
  ['with a day that never was', false, () => incident({ occurredOn: '2026-02-30' })],
  ['with a county in words', false, () => incident({ countyFips: 'Dallas' })],
  ['with a latitude beyond the pole', false, () => incident({ latitude: 91 })],
  ['with a hash that is none', false, () => ({ recordings: [{ kind: 'OTHER', holder: 'x', sha256: 'abc' }] })],
  ['with a person without a part', false, () => ({ persons: [{ name: 'Vic Timson' }] })],
  ['with too many persons', false, () => ({ persons: Array.from({ length: 101 }, () => ({ part: 'WITNESS', name: 'x' })) })],
];

test.each(CHANGES)('a referral %s is taken by the API as its JSON Schema says', async (_name, fits, changes) => {
  const referral = JSON.parse(JSON.stringify({ ...world.referral(), ...changes() }));
  expect(schema.safeParse(referral).success).toBe(fits);
  const { data, errors } = await world.as('machineDallasPolice').ask(SUBMIT, { input: { idempotencyKey: newId(), referral } });
  if (fits) expect(data?.['submitReferral'].outcome).toBe('RECEIVED');
  else expect(errors?.[0]?.extensions['code'] ?? data?.['submitReferral'].outcome).toMatch(/^(BAD_USER_INPUT|REFUSED)$/);
});

test('every field of the schema says what it is, and a tip is said to be none', () => {
  const objects = [published, ...Object.values(published.$defs)] as { properties: Record<string, { description?: string }> }[];
  for (const { properties } of objects) for (const [name, { description }] of Object.entries(properties)) expect(description, name).toBeTruthy();
  expect(published.description).toContain('a member of the public tells is no referral');
});
