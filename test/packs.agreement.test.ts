import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { adopted, asked, BATCH, colleagueOf, DRAFT as DRAFT_PACK, got, ofOrder, PREVIEW, SUBMIT, VALIDATE, type Json } from './packs.world.ts';
import { adopted as adoptedBook } from './rulebooks.world.ts';
import { completeReferral, openWorld, type World } from './world.ts';

/** The same draw in every run; give another seed in COMITY_SEED to draw anew. */
const SEED = Number(process.env['COMITY_SEED'] ?? 20260314);
const DRAWN = 150;
const TAKEN = 'TAKEN-BEFORE';

const HASH = 'a'.repeat(64);
/** A word of these, or nothing. */
const among = <T>(...words: T[]) => fc.constantFrom(...words);

const time = (day: string) => among<string | null>(`${day}T18:00:00Z`, `${day}T18:00:00Z`, `${day}T18:00:00Z`, null, '2020-05-05T10:00:00Z', '0000-01-01T00:00:00Z');
const incident = among('2026-03-10', '2026-03-10', '2026-02-10', '2026-01-28', '2026-01-27', '2019-06-01', '2999-01-01', '0001-01-01').chain((day) => fc.record({
  occurredOn: fc.constant(day), occurredAt: time(day), countyFips: among('48113', '48113', '48113', '17031', '27053', '48001', '99999'), place: among('1 Example Street', '1 Example Street', ' '),
  coordinates: among<readonly (number | null)[]>([null, null], [32.78, -96.8], [44.97, -93.26], [44.97, null], [91, -181]),
  furtherPlaces: among<Json[] | null>(null, [], [{ role: 'RESULT', place: 'A hospital', countyFips: '48439' }], [{ role: 'CONDUCT', place: 'Nowhere' }]),
}).map(({ coordinates: [latitude, longitude], ...rest }) => ({ ...rest, latitude, longitude })));
const recording = fc.record({
  kind: among('BODY_CAMERA', 'AUDIO'), holder: among('Dallas Police Department', 'Dallas Police Department', ''), device: among<string | null>('BWC-1', null), sha256: among<string | null>(HASH, null, 'none'),
  capturedFrom: among<string | null>('2026-03-10T18:00:00Z', '2026-03-10T18:00:00Z', null, '0000-01-01T00:00:00Z', '9999-12-31T23:59:59-12:00'), capturedTo: among<string | null>('2026-03-10T19:00:00Z', null, '2026-03-10T17:00:00Z'),
});
const person = fc.record({
  part: among('VICTIM', 'WITNESS', 'OFFICIAL'), name: among<string | null>('Wit Nessler', null), descriptors: among<string | null>('Tall', 'Tall', null), minorAtIncident: among<boolean | null>(true, false, null),
  contact: among<Json | null>(null, { phone: '555-0100' }, { email: ' ', disclosureRefused: true }),
});
const referral = fc.record({
  kind: among('FORCE', 'DETENTION', 'DEATH'), incident, narrative: among('He was held.', 'He was held.', '', ' \t', 'x'.repeat(100_001)),
  allegedOffences: among<string[] | null>(null, [], [], ['Tex. Penal Code § 22.01'], ['no citation', ' ']), allegedLevel: among<string | null>(null, 'FELONY', 'FELONY', 'MISDEMEANOR'), anyoneInjured: fc.boolean(),
  supervisorIdentification: fc.option(fc.record({ outcome: among('VERIFIED', 'NAME_ONLY', 'REFUSED', 'NOT_PRESENT', 'NOT_SAFE', 'NOT_ATTEMPTED'), recordedOnCamera: among<boolean | null>(true, false, null), note: among<string | null>(null, 'y'.repeat(5_001)) })),
  emergencyMedical: fc.option(fc.record({ summoned: fc.boolean(), aidRendered: among<boolean | null>(true, false, null) })), preservation: fc.option(fc.record({ preservedBy: among('Sgt. Pia Dalles', ' ') })),
  recordings: fc.option(fc.array(recording, { maxLength: 2 })), persons: fc.option(fc.array(person, { maxLength: 2 })),
  provenance: fc.option(fc.record({ decidedBy: fc.constant('Sgt. Pia Dalles'), consulted: fc.constant([]), electedOfficial: among<string | null>(null, 'NONE', 'CONSULTED', 'DIRECTED') }), { freq: 6 }),
  signature: fc.option(fc.record({ signedBy: among('Sgt. Pia Dalles', 'Sgt. Pia Dalles', 'Sgt. Pia Dalles', ''), signedAt: among('2026-03-11T09:00:00Z', '2026-03-11T09:00:00Z', '2010-01-01T00:00:00Z') }), { freq: 6 }),
  agencyOri: among<string | null>(null, null, 'TXDPD0000', 'ILCPD0000'), reportNumber: among('fresh', 'fresh', 'fresh', 'fresh', TAKEN, ' '),
});
/** One part at a time drawn anew, and the rest as it should be: most defects stand alone. */
const nearlyGood = referral.chain((drawn) => fc.subarray(Object.keys(drawn), { maxLength: 3 }).map((parts) => ({
  ...completeReferral('fresh'), ...on('2026-03-10'), allegedLevel: drawn.allegedLevel, ...Object.fromEntries(parts.map((part) => [part, (drawn as Json)[part]])),
})));
const on = (day: string) => ({ incident: { ...completeReferral('x').incident, occurredOn: day, occurredAt: `${day}T18:00:00Z` }, signature: { signedBy: 'Sgt. Pia Dalles', signedAt: `${day}T20:00:00Z` } });

const GOOD = { ...completeReferral('fresh'), ...on('2026-03-10') };
/** What each draw is to meet at least once. */
const FIXED = [
  { ...GOOD, allegedLevel: 'FELONY', allegedOffences: [] }, { ...GOOD, incident: { ...GOOD.incident, latitude: 44.97, longitude: -93.26 } }, { ...GOOD, agencyOri: 'ILCPD0000' },
  { ...GOOD, provenance: { decidedBy: 'Mayor of a town', consulted: [], electedOfficial: 'DIRECTED' }, reportNumber: TAKEN }, { ...GOOD, persons: [{ part: 'VICTIM', name: 'Young Vic', minorAtIncident: true }] },
  { ...GOOD, anyoneInjured: false }, { ...GOOD, recordings: [{ kind: 'AUDIO', holder: 'Dallas Police Department', capturedFrom: '0000-01-01T00:00:00Z' }] },
  { ...GOOD, ...on('2019-06-01'), provenance: null, narrative: '' }, { ...GOOD, recordings: null },
];

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const deputy = await colleagueOf(world, 'chiefDallasPolice');
  const requirements = [
    asked('witness', 'WITNESS', { kinds: ['FORCE', 'DEATH'] }), asked('contact', 'VICTIM_CONTACT', { severity: 'WARN', minorInvolved: true }), asked('offence', 'OFFENCE_CITED', { levels: ['FELONY'] }),
    asked('official', 'ELECTED_OFFICIAL', { severity: 'INFO' }), asked('stairs', 'BY_HAND', { severity: 'INFO', anyoneInjured: false }),
  ];
  await adopted(world, ofOrder(requirements), 'chiefDallasPolice', deputy);
  await adoptedBook(world, { admission: [{ part: 'DIRECTED', answer: 'REFUSE', basis: 'Policy 3.' }, { part: 'CONSULTED', answer: 'FLAG', basis: 'Policy 3.' }] });
  await world.buildCase({ referral: { reportNumber: TAKEN } });
});
afterAll(() => world.close());

test('the dry run, the submission and the batch say the same of whatever is drawn, word for word', async () => {
  const seen = { received: 0, refused: 0, codes: new Set<string>() };
  const drawn = [...FIXED, ...fc.sample(nearlyGood, { seed: SEED, numRuns: DRAWN }), ...fc.sample(referral, { seed: SEED, numRuns: DRAWN / 5 })];
  for (const [index, each] of drawn.entries()) {
    const as = (way: string) => ({ ...each, reportNumber: each.reportNumber === 'fresh' ? `${way}-${index}` : each.reportNumber });
    const dry = (await got(world, 'chiefDallasPolice', VALIDATE, { input: { referral: as('D') } }))['validateReferral'];
    const sent = (await got(world, 'chiefDallasPolice', SUBMIT, { input: { idempotencyKey: newId(), referral: as('S') } }))['submitReferral'];
    const [item] = (await got(world, 'machineDallasPolice', BATCH, { input: { referrals: [{ idempotencyKey: newId(), referral: as('B') }] } }))['submitReferrals'].items;
    const shown = `draw ${index}: ${JSON.stringify({ ...each, narrative: each.narrative.slice(0, 9) })}`;
    expect(sent.problems, shown).toEqual(dry.problems);
    expect(item.problems, shown).toEqual(dry.problems);
    expect([sent.outcome, item.outcome], shown).toEqual(dry.acceptable ? ['RECEIVED', 'RECEIVED'] : ['REFUSED', 'REFUSED']);
    expect(dry.acceptable, shown).toBe(!dry.problems.some(({ severity }: { severity: string }) => severity === 'ERROR'));
    if (sent.referral) expect(sent.referral.problems, shown).toEqual(dry.problems);
    seen[dry.acceptable ? 'received' : 'refused'] += 1;
    for (const { code } of dry.problems) seen.codes.add(code);
  }
  expect(seen.received).toBeGreaterThan(20);
  expect(seen.refused).toBeGreaterThan(50);
  expect([...seen.codes]).toEqual(expect.arrayContaining(['REFUSED_IMPROPER_DIRECTION', 'REPORT_NUMBER_TAKEN', 'WITNESS_MISSING', 'OFFENCE_MISSING', 'CONTACT_MISSING', 'STAIRS_MISSING', 'TIMES_INVALID', 'VENUE_MISMATCH', 'AGENCY_NOT_YOURS']));
  expect(seen.codes).not.toContain('NOT_KEPT');
}, 120_000);

test('the preview of what is in force finds in the sealed packets what stood when they were received', async () => {
  const { pack } = (await got(world, 'chiefDallasPolice', DRAFT_PACK, { input: ofOrder([]) }))['draftReadinessPack'];
  const { judged, requirements, refusedBefore } = (await got(world, 'chiefDallasPolice', PREVIEW, { id: pack.id }))['previewReadinessPack'];
  const [stored] = await world.database.owner<{ n: number; counts: Record<string, number> }[]>`
    with own as (select r.* from comity.referrals r join comity.agencies a on a.id = r.agency_id where a.name = 'Dallas Police Department')
    select (select count(*)::int from own) as n, (select json_object_agg(requirement, n) from (
      select x ->> 'requirement' as requirement, count(*)::int as n from own, jsonb_array_elements(own.problems) x where x ->> 'requirement' is not null group by 1) c) as counts`;
  expect(judged).toBe(stored?.n);
  expect(refusedBefore).toBe(0);
  const found = Object.fromEntries(requirements.filter(({ warnedBefore }: { warnedBefore: number }) => warnedBefore > 0).map(({ requirement, warnedBefore }: { requirement: string; warnedBefore: number }) => [requirement, warnedBefore]));
  expect(found).toEqual(stored?.counts);
  expect(Object.keys(found).length).toBeGreaterThan(3);
});
