import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { seated } from './seated.ts';
import { openWorld, type CastMember, type World } from './world.ts';

let world: World;
beforeAll(async () => { world = await openWorld(); });
afterAll(() => world.close());

const SUBMIT = 'mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { outcome problems { code path remedy } referral { id packetSha256 original { mediaType sha256 size } } } }';
const BATCH = 'mutation ($input: SubmitReferralsInput!) { submitReferrals(input: $input) { received replayed refused items { outcome problems { code } referral { id original { mediaType sha256 } } } } }';
const CASE = 'query ($id: ID) { case(id: $id) { referrals { referralId originalSha256 } } }';
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const submit = async (input: object, by: CastMember = 'machineDallasPolice') => (await world.as(by).get(SUBMIT, { input: { idempotencyKey: newId(), ...input } }))['submitReferral'];
const bytesOf = async (referralId: string, by: CastMember = 'officerDallasPolice'): Promise<Buffer | null> => {
  const { referralOriginal } = await world.as(by).get('query ($id: ID!) { referralOriginal(referralId: $id) }', { id: referralId });
  return referralOriginal === null ? null : Buffer.from(referralOriginal, 'base64');
};

test('what an agency sent along is kept byte for byte, for the agency alone', async () => {
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from('R-1;Caf\u0065\u0301\r\n', 'utf8'), 0x00, 0xff]);
  const { referral } = await submit({ referral: world.referral(), original: { mediaType: 'Text/CSV', base64: bytes.toString('base64') } });
  expect(referral.original).toEqual({ mediaType: 'text/csv', sha256: sha256(bytes), size: bytes.length });
  expect(await bytesOf(referral.id)).toEqual(bytes);
  expect(await bytesOf(referral.id, 'chiefChicagoPolice')).toBeNull();
  expect(await world.as('attorneyDallas').refused('query ($id: ID!) { referralOriginal(referralId: $id) }', { id: referral.id })).toBe('FORBIDDEN');
  await seated(world.database, { as: world.memberIds.supervisorDallas }, async ({ rows }) => expect(await rows('select 1 from comity.referral_originals')).toEqual([]));
  await seated(world.database, { as: world.memberIds.chiefDallasPolice }, async ({ refusal }) => {
    expect(await refusal(`insert into comity.referral_originals select referral_id, agency_id, media_type, sha256, bytes from comity.referral_originals limit 1`)).toBe('42501');
    expect(await refusal(`update comity.referral_originals set bytes = 'x'`)).toBe('42501');
  });
});

test('a referral without a record of its own keeps its JSON as it was sent, before any of it was read', async () => {
  const referral = { ...world.referral(), narrative: 'Cafe\u0301', allegedLevel: null };
  const { referral: kept } = await submit({ referral });
  expect(JSON.parse(String(await bytesOf(kept.id)))).toEqual(referral);
  expect(String(await bytesOf(kept.id))).toBe(JSON.stringify(referral));
  // Written into the document instead: the variables hold the rest.
  const { reportNumber, incident, ...rest } = world.referral();
  const parts = Object.entries(rest).map(([name]) => `${name}: $${name}`).join(', ');
  const types: Record<string, string> = {
    kind: 'IncidentKind!', narrative: 'String!', allegedOffences: '[String!]', allegedLevel: 'OffenceLevel', anyoneInjured: 'Boolean!', supervisorIdentification: 'SupervisorIdentificationInput',
    emergencyMedical: 'EmergencyMedicalInput', preservation: 'PreservationInput', recordings: '[RecordingInput!]', persons: '[PersonInput!]', provenance: 'ProvenanceInput', signature: 'SignatureInput',
  };
  const document = `mutation (${Object.keys(rest).map((name) => `$${name}: ${types[name]}`).join(', ')}) { submitReferral(input: { idempotencyKey: "k-${String(reportNumber)}",
    referral: { reportNumber: "${String(reportNumber)}", incident: { occurredOn: "2026-03-14", occurredAt: "2026-03-14T20:15:00-05:00", countyFips: "48113", place: "1 Example Street" }, ${parts} } }) { outcome referral { id } } }`;
  const { submitReferral } = await world.as('machineDallasPolice').get(document, rest);
  expect(incident).toBeDefined();
  expect(JSON.parse(String(await bytesOf(submitReferral.referral.id)))).toMatchObject({ ...rest, reportNumber, incident: { occurredAt: '2026-03-14T20:15:00-05:00' } });
});

test('the office that sees the report has the hash of the agency’s record, and nobody else has', async () => {
  const built = await world.buildCase();
  const bytes = await bytesOf(built.referralId);
  const { case: seen } = await world.as('intakeDallas').get(CASE, { id: built.id });
  expect(seen.referrals).toEqual([{ referralId: built.referralId, originalSha256: sha256(bytes as Buffer) }]);
  for (const who of ['attorneyHennepin', 'chiefDallasPolice'] as const) {
    await seated(world.database, { as: world.memberIds[who] }, async ({ rows }) => expect(await rows('select comity.original_sha256($1::uuid, $2::uuid) as hash', [built.id, built.referralId])).toEqual([{ hash: null }]));
  }
});

test('sent again under its key, a referral keeps the first record', async () => {
  const input = { idempotencyKey: newId(), referral: world.referral() };
  const first = await submit({ ...input, original: { mediaType: 'text/plain', base64: Buffer.from('first').toString('base64') } });
  const again = await submit({ ...input, original: { mediaType: 'text/plain', base64: Buffer.from('second').toString('base64') } });
  expect([first.outcome, again.outcome, again.referral.original]).toEqual(['RECEIVED', 'REPLAYED', first.referral.original]);
  expect(String(await bytesOf(first.referral.id))).toBe('first');
});

test.each([
  ['ORIGINAL_INVALID', 'original.base64', { mediaType: 'text/csv', base64: 'no base 64!' }],
  ['ORIGINAL_INVALID', 'original.base64', { mediaType: 'text/csv', base64: '' }],
  ['ORIGINAL_TYPE_INVALID', 'original.mediaType', { mediaType: 'text/csv; charset=utf-8', base64: 'eA==' }],
  ['ORIGINAL_TOO_LARGE', 'original.base64', { mediaType: 'text/csv', base64: Buffer.alloc(256 * 1024 + 1).toString('base64') }],
])('a record that is none is refused: %s', async (code, path, original) => {
  const referral = world.referral();
  const refused = await submit({ referral, original });
  expect(refused).toMatchObject({ outcome: 'REFUSED', referral: null });
  expect(refused.problems).toContainEqual(expect.objectContaining({ code, path }));
  expect(await submit({ referral })).toMatchObject({ outcome: 'RECEIVED' });
});

test('of a batch one that cannot be kept leaves the others alone, and each of them has its record', async () => {
  const sound = [world.referral(), world.referral()];
  // Nothing that is judged before finds fault with it: the tables do.
  await world.database.owner`alter table comity.persons add constraint persons_unkeepable check (name <> 'Un Keepable')`;
  const unkeepable = world.referral({ persons: [{ part: 'WITNESS', name: 'Un Keepable' }] });
  const taken = { ...world.referral(), reportNumber: sound[0]?.['reportNumber'], narrative: 'Another.' };
  const referrals = [...sound, unkeepable, taken, world.referral()].map((referral) => ({ idempotencyKey: newId(), referral }));
  const { submitReferrals } = await world.as('machineDallasPolice').get(BATCH, { input: { referrals } });
  expect(submitReferrals.items.map(({ outcome, problems }: { outcome: string; problems: { code: string }[] }) => [outcome, ...problems.map(({ code }) => code)])).toEqual([
    ['RECEIVED'], ['RECEIVED'], ['REFUSED', 'NOT_KEPT'], ['REFUSED', 'REPORT_NUMBER_TAKEN'], ['RECEIVED'],
  ]);
  for (const [index, { referral }] of submitReferrals.items.entries()) {
    if (referral) expect(referral.original.sha256).toBe(sha256(Buffer.from(JSON.stringify(referrals[index]?.referral), 'utf8')));
  }
  expect(await submit({ referral: unkeepable })).toMatchObject({ outcome: 'REFUSED', problems: [{ code: 'NOT_KEPT' }] });
  await world.database.owner`alter table comity.persons drop constraint persons_unkeepable`;
});

test('what an arrival computes of who sees it is what is computed anew of it', async () => {
  const referrals = ['48113', '27053', '17031', '48001'].map((countyFips) => ({ idempotencyKey: newId(), referral: world.referral({ incident: { occurredOn: '2026-03-14', occurredAt: '2026-03-14T20:15:00-05:00', countyFips, place: 'x' } }) }));
  const { submitReferrals } = await world.as('machineDallasPolice').get(BATCH, { input: { referrals } });
  const ids = submitReferrals.items.map(({ referral }: { referral: { id: string } }) => referral.id);
  const { owner } = world.database;
  const all = () => owner`select l.case_id, (select json_agg(s order by s.viewer, s.cause, s.ref) from comity.sight s where s.case_id = l.case_id) as sight,
    (select json_agg(k order by k.cause, k.ref) from comity.closings k where k.case_id = l.case_id) as closings, (select json_agg(d order by d.source) from comity.search_docs d where d.case_id = l.case_id) as docs
    from comity.case_referrals l where l.referral_id = any (${ids}) order by l.case_id`;
  const arrived = await all();
  expect(arrived.map((row) => row['sight'].length)).toEqual([1, 1, 1, 1]);
  for (const row of arrived) await owner`select comity.compute_sight(${row['case_id']})`;
  expect([...(await all())]).toEqual([...arrived]);
});

test('batches for the same offices at the same time all arrive, each case with a number of its own', async () => {
  const county = ['48113', '27053', '17031'];
  const batch = () => Array.from({ length: 30 }, (_, index) => ({ idempotencyKey: newId(), referral: world.referral({ incident: { occurredOn: '2026-03-14', occurredAt: '2026-03-14T20:15:00-05:00', countyFips: county[index % 3], place: 'x' } }) }));
  const sent = [batch(), batch().reverse(), batch(), batch().reverse()];
  const answers = await Promise.all(sent.map((referrals) => world.as('machineDallasPolice').get(BATCH, { input: { referrals } })));
  expect(answers.map(({ submitReferrals }) => submitReferrals.received)).toEqual([30, 30, 30, 30]);
  const keys = sent.flat().map(({ idempotencyKey }) => idempotencyKey);
  const [found] = await world.database.owner`select count(*)::int as cases, count(distinct c.number)::int as numbers from comity.idempotency_keys i join comity.case_referrals l on l.referral_id = i.referral_id join comity.cases c on c.id = l.case_id where i.key = any (${keys})`;
  expect(found).toEqual({ cases: 120, numbers: 120 });
});
