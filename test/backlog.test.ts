import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => { world = await openWorld(); });
afterAll(() => world.close());

const SUBMIT = 'mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { outcome referral { id } } }';
const BATCH = 'mutation ($input: SubmitReferralsInput!) { submitReferrals(input: $input) { items { outcome problems { code } referral { id } } } }';
const batch = async (referrals: readonly object[]): Promise<{ outcome: string; problems: { code: string }[]; referral: { id: string } | null }[]> =>
  (await world.as('machineDallasPolice').get(BATCH, { input: { referrals } }))['submitReferrals'].items;
const keyed = (referral: object, key: string = newId()) => ({ idempotencyKey: key, referral });
const outcomes = (items: Awaited<ReturnType<typeof batch>>) => items.map(({ outcome, problems }) => [outcome, ...problems.map(({ code }) => code)].join(' '));

const incidentIn = (countyFips: string) => ({ occurredOn: '2026-03-14', occurredAt: '2026-03-14T20:15:00-05:00', countyFips, place: '12 Example Street' });

/** Everything that a case holds on its arrival, without what tells two cases apart. */
const TABLES = ['case_reports', 'persons', 'person_contacts', 'recordings', 'case_referrals', 'venue_findings', 'venue_candidates', 'venues', 'trail_events', 'trail_heads', 'sight', 'closings', 'search_docs', 'case_marks'];
const OWN = ['id', 'case_id', 'person_id', 'referral_id', 'report_number', 'number', 'received_at', 'since', 'state_since', 'computed_at', 'at', 'hash', 'prev_hash', 'body', 'tsv', 'attestation'];

async function contentOf(referralId: string): Promise<unknown> {
  const { owner } = world.database;
  const [link] = await owner`select case_id from comity.case_referrals where referral_id = ${referralId}`;
  const caseId = String(link?.['case_id']);
  const found = await Promise.all(TABLES.map(async (table) => {
    const rows = await owner.unsafe(`select to_jsonb(t) - $2::text[] as row from comity.${table} t where case_id = $1::text::uuid`, [caseId, OWN]);
    const texts = rows.map(({ row }) => {
      const { value, source, ...rest } = row as Record<string, unknown>;
      // A mark of the report number, and what a search finds by the row of a person, name what is their own.
      return JSON.stringify({ ...rest, source: String(source ?? '').replace(/:.*/, ''), value: rest['kind'] === 'REPORT_NUMBER' ? '' : value });
    });
    return [table, texts.sort()] as const;
  }));
  return Object.fromEntries(found);
}

test('a batch reads no table whole that grows with arrivals, though all were small when its statements were planned', async () => {
  const { owner } = world.database;
  await owner`analyze`;
  const GROWING = [...TABLES, 'cases', 'referrals', 'referral_packets', 'referral_originals', 'idempotency_keys'];
  const read = async () => new Map((await owner`select relname as name, seq_tup_read::int as rows from pg_stat_user_tables where schemaname = 'comity' and relname = any (${GROWING})`).map(({ name, rows }) => [String(name), Number(rows)]));
  // A connection tells what it read with the first statement that it ends a second later.
  const told = async () => { await new Promise((resolve) => setTimeout(resolve, 1_200)); await send([keyed(world.referral())]); await owner`select pg_stat_force_next_flush()`; };
  const send = (referrals: readonly object[]) => world.as('machineDallasPolice').get('mutation ($input: SubmitReferralsInput!) { submitReferrals(input: $input) { received } }', { input: { referrals } });
  await told();
  const before = await read();
  for (let count = 0; count < 12; count += 1) await send(Array.from({ length: 5 }, () => keyed(world.referral())));
  await told();
  const after = await read();
  expect(before.size).toBe(GROWING.length);
  expect([...after].filter(([name, rows]) => rows > (before.get(name) ?? 0)).map(([name]) => name)).toEqual([]);
});

test('what arrives in a batch is row for row what arrives by itself, in its county, in several and in none that an office holds', async () => {
  const referrals = [
    {}, { incident: incidentIn('17031') }, { incident: incidentIn('48001') }, { incident: { ...incidentIn('27053'), latitude: 32.78, longitude: -96.8 } },
    { persons: [{ part: 'VICTIM', name: 'Minna Young', minorAtIncident: true, contact: { phone: '555-0101' } }, { part: 'SUBJECT', name: 'Sub Jecker', badge: '0077', contact: { disclosureRefused: true } }], recordings: [] },
  ];
  const alone: string[] = [];
  for (const changes of referrals) {
    const { submitReferral } = await world.as('machineDallasPolice').get(SUBMIT, { input: keyed(world.referral(changes)) });
    expect(submitReferral.outcome).toBe('RECEIVED');
    alone.push(submitReferral.referral.id);
  }
  const together = (await batch(referrals.map((changes) => keyed(world.referral(changes))))).map(({ referral }) => referral?.id ?? '');
  for (const [index, id] of alone.entries()) {
    const [one, other] = [await contentOf(id), await contentOf(together[index] ?? '')];
    expect(other, String(index)).toEqual(one);
    expect((one as { case_marks: string[] }).case_marks.length).toBeGreaterThan(1);
  }
});

test('the chain of each case of a batch begins with its arrival, and holds', async () => {
  const items = await batch([keyed(world.referral()), keyed(world.referral()), keyed(world.referral())]);
  for (const { referral } of items) {
    const events = await world.database.owner`select e.seq, e.act, e.body::jsonb ->> 'referralId' as referral, e.hash = h.hash and h.seq = 1 and e.prev_hash = sha256(convert_to(e.case_id::text || 'CASE', 'UTF8'))
        and e.hash = comity.trail_link(e.prev_hash, e.case_id, e.chain, e.seq, e.id, e.at, e.actor_id, e.acting_for, e.act, e.outcome, e.needs, e.body) as holds
      from comity.case_referrals l join comity.trail_events e on e.case_id = l.case_id join comity.trail_heads h on h.case_id = l.case_id where l.referral_id = ${referral?.id ?? ''}`;
    expect([...events]).toEqual([{ seq: 1, act: 'RECEIVED', referral: referral?.id, holds: true }]);
  }
});

test('in a batch, a key whose report number was taken is free again for the next', async () => {
  const [taken, free] = [world.referral(), world.referral()];
  await batch([keyed(taken)]);
  const key = newId();
  const items = await batch([keyed({ ...taken, narrative: 'Another.' }, key), keyed(free, key), keyed(free, key), keyed({ ...free, narrative: 'Another.' }, key)]);
  expect(outcomes(items)).toEqual(['REFUSED REPORT_NUMBER_TAKEN', 'RECEIVED', 'REPLAYED', 'REFUSED IDEMPOTENCY_KEY_REUSED']);
});

test('the same records sent from four sides at once, each in another order, arrive once each', async () => {
  const records = Array.from({ length: 40 }, () => keyed(world.referral()));
  const turned = (by: number) => [...records.slice(by), ...records.slice(0, by)];
  const answers = await Promise.all([records, records.toReversed(), turned(13), turned(27).toReversed()].map(batch));
  const all = answers.flat().map(({ outcome }) => outcome);
  expect([all.filter((outcome) => outcome === 'RECEIVED').length, all.filter((outcome) => outcome === 'REPLAYED').length]).toEqual([40, 120]);
});
