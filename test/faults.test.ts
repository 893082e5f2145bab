import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { frailCluster, type FrailCluster } from './frail.cluster.ts';
import { agencyReads, agencySubmits, Ledger, officeWorks, send, strangerReads, type Ask, type Weather } from './storm.ts';
import { openWorld, type World } from './world.ts';

let cluster: FrailCluster;
let world: World;
const escaped: unknown[] = [];
const note = (fault: unknown) => escaped.push(fault);
process.on('unhandledRejection', note).on('uncaughtException', note);

beforeAll(async () => {
  cluster = await frailCluster();
  world = await openWorld({ database: cluster.database });
}, 120_000);
afterAll(async () => {
  await world.close();
  process.off('unhandledRejection', note).off('uncaughtException', note);
  expect(escaped).toEqual([]);
});

/** Asks, and when told to come back waits a little, as a client does. */
const ask: Ask = async (who, document, variables) => {
  const reply = await world.as(who).ask(document, variables).catch(() => undefined);
  if (reply?.errors?.[0]?.extensions['code'] === 'UNAVAILABLE') await wait(100);
  return reply;
};
const status = async (path: string) => (await fetch(`${world.server.url}${path}`)).status;
const serves = () => expect.poll(() => status('/readyz'), { timeout: 15_000, interval: 100 }).toBe(200);

test('while the database is down every request is told when to come back, and afterwards all is as before', async () => {
  const built = await world.buildCase({ referral: { reportNumber: 'DALLAS-first', narrative: '[DALLAS] A referral from before the storms.' } });
  const question = async () => {
    const answer = await fetch(`${world.server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.as('attorneyDallas').token()}` },
      body: JSON.stringify({ query: 'query ($id: ID) { case(id: $id) { number } }', variables: { id: built.id } }),
    });
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: (await answer.json()) as { data?: object; errors?: { extensions: object }[] } };
  };
  const unknownSeat = () => world.as('advocateDallas').refused('{ me { name } }');
  expect(await status('/readyz')).toBe(200);
  expect((await question()).body).toEqual({ data: { case: { number: built.number } } });
  await cluster.crash();
  try {
    for (const _ of [1, 2]) {
      const down = await question();
      expect(down).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^\d+$/), body: { errors: [{ extensions: { code: 'UNAVAILABLE' } }] } });
    }
    expect(await unknownSeat()).toBe('UNAVAILABLE');
    expect(await world.as('attorneyDallas').refused('mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id } } }', { input: { caseId: built.id, expectedVersion: 1 } })).toBe('UNAVAILABLE');
    expect(await status('/readyz')).toBe(503);
    expect(await status('/healthz')).toBe(200);
  } finally {
    await cluster.revive();
  }
  await serves();
  expect(await question()).toMatchObject({ status: 200, body: { data: { case: { number: built.number } } } });
}, 60_000);

const ROUNDS = 30;

/** Waits until some twenty-five more requests were served, so that a slow machine, too, has something to lose; two seconds at the most. */
async function work(ledger: Ledger): Promise<void> {
  const served = () => ledger.codes.get('OK') ?? 0;
  const before = served();
  for (let turn = 0; turn < 40 && served() < before + 25; turn += 1) await wait(50);
}

test('through thirty rounds of ended connections and killed servers nothing acknowledged is lost, doubled or shown to another', async () => {
  const ledger = new Ledger();
  let over = false;
  const weather: Weather = { ask, ledger, blows: () => !over };
  const { secondDallas } = world.memberIds;
  const actors = [
    agencySubmits(weather, 'chiefDallasPolice', 1, 250), agencySubmits(weather, 'machineDallasPolice', 1_001, 250), agencySubmits(weather, 'chiefChicagoPolice', 1, 250),
    agencyReads(weather, 'chiefDallasPolice', 200), agencyReads(weather, 'chiefChicagoPolice', 200),
    officeWorks(weather, 'attorneyDallas', secondDallas, 300), officeWorks(weather, 'secondDallas', undefined, 300),
    officeWorks(weather, 'supervisorDallas', secondDallas, 300), officeWorks(weather, 'attorneyCook', undefined, 300),
    strangerReads(weather, 'attorneyHennepin', 200),
  ];

  const rounds = { terminated: 0, killed: 0, crashed: 0, connections: 0 };
  for (let round = 1; round <= ROUNDS; round += 1) {
    await work(ledger);
    await wait(Math.random() * 500);
    if (round % 6 === 0) {
      await cluster.crash();
      await wait(Math.random() * 300);
      await cluster.revive();
      rounds.crashed += 1;
    } else if (round % 10 === 5) {
      if (await cluster.killOne().catch(() => false)) rounds.killed += 1;
    } else {
      // A server that is still recovering has no connections to end.
      const ended = await cluster.terminateAll().catch(() => 0);
      if (ended > 0) rounds.terminated += 1;
      rounds.connections += ended;
    }
  }
  over = true;
  await Promise.all(actors);
  await serves();

  // Whoever was not told sends the same again, and is.
  for (const sent of ledger.sent) if (sent.acknowledged.length === 0) await expect.poll(() => send(ask, ledger, sent), { timeout: 10_000 }).toBe(true);
  const once = ledger.sent.filter(({ unknown, acknowledged }) => unknown > 0 && acknowledged.length === 1).length;
  const figures = {
    rounds, requests: ledger.answered, codes: Object.fromEntries(ledger.codes), rowsLookedAt: ledger.rows,
    referrals: { sent: ledger.sent.length, resent: once }, acts: { acknowledged: ledger.acted.filter(({ version }) => version !== undefined).length, unknown: ledger.acted.filter(({ version }) => version === undefined).length },
  };
  console.info(JSON.stringify(figures));

  expect(ledger.trespasses).toEqual([]);
  expect([...ledger.codes.keys()].filter((code) => !['OK', 'UNAVAILABLE', 'CONFLICT', 'FORBIDDEN'].includes(code))).toEqual([]);
  expect(rounds.terminated + rounds.killed + rounds.crashed).toBeGreaterThan(ROUNDS / 2);
  expect(figures.acts.acknowledged).toBeGreaterThan(10);
  expect(ledger.codes.get('UNAVAILABLE') ?? 0).toBeGreaterThan(10);

  const { owner } = cluster.database;
  const kept = new Map((await owner`
    select r.report_number, array_agg(distinct r.id::text) as referrals, count(l.case_id)::integer as cases
      from comity.referrals r left join comity.case_referrals l on l.referral_id = r.id
     where r.report_number ~ '^(DALLAS|CHICAGO)-[0-9]+$' group by 1`).map((row) => [String(row['report_number']), { referrals: row['referrals'] as string[], cases: Number(row['cases']) }]));
  for (const { referral, acknowledged } of ledger.sent) expect(kept.get(referral.reportNumber), referral.reportNumber).toEqual({ referrals: [...new Set(acknowledged)], cases: 1 });
  expect(kept.size).toBe(ledger.sent.length);

  const events = await owner`select e.case_id, e.act, m.subject, count(*)::integer as times from comity.trail_events e join comity.members m on m.id = e.actor_id group by 1, 2, 3`;
  const happened = new Map(events.map((row) => [`${row['case_id']} ${row['act']} ${row['subject']}`, Number(row['times'])]));
  const keys = new Set(ledger.acted.map(({ caseId, act, by }) => `${caseId} ${act} ${by}`));
  for (const key of keys) {
    const told = ledger.acted.filter(({ caseId, act, by }) => `${caseId} ${act} ${by}` === key);
    const sure = told.filter(({ version }) => version !== undefined).length;
    expect(happened.get(key) ?? 0, `lost: ${key}`).toBeGreaterThanOrEqual(sure);
    expect(happened.get(key) ?? 0, `doubled: ${key}`).toBeLessThanOrEqual(told.length);
  }
  const reached = ledger.acted.filter(({ act, version }) => act !== 'ASSIGNED' && version !== undefined).map(({ caseId, version }) => `${caseId} ${version}`);
  expect(new Set(reached).size, 'a version was given twice').toBe(reached.length);

  // Every act is whole: version, lead, team and trail say the same.
  const halves = await owner`
    select c.number from comity.cases c cross join lateral (
      select count(*) filter (where e.act in ('CLAIMED', 'RELEASED')) as moves, count(*) filter (where e.act in ('CLAIMED', 'ASSIGNED')) as places, count(*) filter (where e.act = 'RECEIVED') as arrivals,
        (array_agg(e.act order by e.seq desc) filter (where e.act in ('CLAIMED', 'RELEASED')))[1] as latest
        from comity.trail_events e where e.case_id = c.id) t
     where c.version <> 1 + t.moves or t.arrivals <> 1 or (c.lead_id is not null) <> (coalesce(t.latest, '') = 'CLAIMED') or (c.stage = 'CLAIMED') <> (c.lead_id is not null)
        or t.places <> (select count(*) from comity.assignments a where a.case_id = c.id)
        or not exists (select from comity.case_reports r where r.case_id = c.id) or not exists (select from comity.case_referrals l where l.case_id = c.id)`;
  expect(halves).toEqual([]);
  const { verifyTrail } = await world.as('auditor').get('{ verifyTrail { intact cases events faults { caseId kind } } }');
  expect(verifyTrail).toMatchObject({ intact: true, faults: [] });
  expect(verifyTrail.cases).toBeGreaterThanOrEqual(ledger.sent.length);
  expect(escaped).toEqual([]);
}, 180_000);
