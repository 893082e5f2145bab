import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import type { Order } from './shutdown.child.ts';
import { openWorld, type CastMember, type Reply, type World } from './world.ts';

let world: World;
const started = new Set<ChildProcess>();

beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
});
afterAll(() => world.close());

interface Child {
  readonly url: string;
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  /** What it wrote to its log. */
  log(): string;
}

/** Starts a server in a process of its own on the world's database. */
async function start(): Promise<Child> {
  const { issuer, audience, algorithms, jwks } = world.issuer;
  const order: Order = { database: world.database.as('comity_app'), issuer, audience, algorithms, jwks };
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('shutdown.child.ts', import.meta.url))], {
    env: { PATH: process.env['PATH'], COMITY_TEST_ORDER: JSON.stringify(order) }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code: code as number | null, signal: signal as string | null }));
  const [line] = await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), ended.then(() => { throw new Error(`the server did not start: ${log}`); })]);
  return { url: String(line).trim(), process: child, ended, log: () => log };
}

const SUBMIT = 'mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { outcome referral { id } } }';

interface Load {
  /** All that was sent, by report number. */
  readonly sent: Map<string, { readonly by: CastMember; readonly input: object }>;
  /** The ids of those that were acknowledged. */
  readonly acknowledged: Map<string, string>;
  /** Codes of the refusals. */
  readonly codes: Set<string>;
  readonly over: Promise<unknown>;
}

/** Members of an agency who submit until no answer comes any more. */
function load({ url }: Child, tag: string): Load {
  const [sent, acknowledged, codes]: [Load['sent'], Load['acknowledged'], Load['codes']] = [new Map(), new Map(), new Set()];
  const submits = async (by: CastMember) => {
    for (;;) {
      const reportNumber = `${tag}-${sent.size + 1}`;
      const input = { idempotencyKey: newId(), referral: world.referral({ reportNumber }) };
      sent.set(reportNumber, { by, input });
      const reply = await ask(url, by, SUBMIT, { input }).catch(() => undefined);
      if (reply === undefined) return;
      for (const { extensions } of reply.errors ?? []) codes.add(String(extensions['code']));
      const answer = reply.data?.['submitReferral'];
      if (answer?.outcome === 'RECEIVED') acknowledged.set(reportNumber, answer.referral.id);
    }
  };
  const over = Promise.all(Array.from({ length: 6 }, (_, index) => submits(index % 2 === 0 ? 'chiefDallasPolice' : 'machineDallasPolice')));
  return { sent, acknowledged, codes, over };
}

async function ask(url: string, who: CastMember, query: string, variables: object): Promise<Reply> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.as(who).token()}` }, body: JSON.stringify({ query, variables }),
  });
  return (await answer.json()) as Reply;
}

/** The referrals of a load that are there, each with its case. */
async function kept(tag: string): Promise<[string, string][]> {
  const rows = await world.database.owner`
    select r.report_number, r.id from comity.referrals r join comity.case_referrals l on l.referral_id = r.id join comity.cases c on c.id = l.case_id where r.report_number like ${`${tag}-%`}`;
  return rows.map((row) => [String(row['report_number']), String(row['id'])]);
}

async function expectAllKept({ acknowledged }: Load, tag: string): Promise<void> {
  const found = new Map(await kept(tag));
  for (const [reportNumber, id] of acknowledged) expect(found.get(reportNumber), reportNumber).toBe(id);
}

test('told to stop under load, the server finishes what is under way, takes nothing new, and leaves in order', async () => {
  const child = await start();
  const storm = load(child, 'TERM');
  await expect.poll(() => storm.acknowledged.size, { timeout: 15_000 }).toBeGreaterThan(40);

  // A request whose body is still on its way, and one that waits for a lock, are under way.
  const slow = await halfSent(child.url);
  const built = await world.buildCase();
  const holder = await world.database.owner.reserve();
  await holder`begin`;
  await holder`select 1 from comity.cases where id = ${built.id} for update`;
  const claimed = ask(child.url, 'attorneyDallas', 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { stage } } }', { input: { caseId: built.id, expectedVersion: built.version } });
  await wait(300);

  const told = Date.now();
  child.process.kill('SIGTERM');
  await expect.poll(() => fetch(`${child.url}/healthz`, { headers: { connection: 'close' } }).then(() => 'taken', () => 'refused'), { timeout: 5_000 }).toBe('refused');
  await holder`rollback`;
  holder.release();
  expect((await claimed).data?.['claimCase'].case.stage).toBe('CLAIMED');
  const answered = await slow.finish();
  expect(answered.data?.['me'].name).toBe('Ada Attwell');

  expect(await child.ended).toEqual({ code: 0, signal: null });
  expect(Date.now() - told).toBeLessThan(20_000);
  await storm.over;
  expect([...storm.codes]).toEqual([]);
  expect(child.log()).toBe('');
  await expectAllKept(storm, 'TERM');
  console.info(JSON.stringify({ stopped: 'SIGTERM', sent: storm.sent.size, acknowledged: storm.acknowledged.size, kept: (await kept('TERM')).length }));
}, 60_000);

test('killed under load, the server loses nothing that it has acknowledged, and what was not comes once when sent again', async () => {
  const child = await start();
  const storm = load(child, 'KILL');
  await expect.poll(() => storm.acknowledged.size, { timeout: 15_000 }).toBeGreaterThan(40);
  child.process.kill('SIGKILL');
  await child.ended;
  await storm.over;
  expect([...storm.codes]).toEqual([]);
  await expectAllKept(storm, 'KILL');
  // The server processes of the killed one notice, and end what they had begun.
  await expect.poll(async () => (await world.database.owner`select 1 from pg_stat_activity where usename = 'comity_app' and datname = current_database() and state <> 'idle'`).length, { timeout: 10_000 }).toBe(0);
  const { verifyTrail } = await world.as('auditor').get('{ verifyTrail { intact faults { kind } } }');
  expect(verifyTrail).toEqual({ intact: true, faults: [] });
  const found = await kept('KILL');
  const open = [...storm.sent].filter(([reportNumber]) => !storm.acknowledged.has(reportNumber));
  expect(open.length).toBeGreaterThan(0);
  for (const [, { by, input }] of open) {
    const { submitReferral } = await world.as(by).get(SUBMIT, { input });
    expect(['RECEIVED', 'REPLAYED']).toContain(submitReferral.outcome);
  }
  expect((await kept('KILL')).map(([reportNumber]) => reportNumber).sort()).toEqual([...storm.sent.keys()].sort());
  console.info(JSON.stringify({ stopped: 'SIGKILL', sent: storm.sent.size, acknowledged: storm.acknowledged.size, kept: found.length }));
}, 60_000);

/** Sends all of a request but its last byte. */
async function halfSent(url: string): Promise<{ finish(): Promise<Reply> }> {
  const body = JSON.stringify({ query: '{ me { name } }' });
  const sending = request(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': body.length, authorization: `Bearer ${await world.as('attorneyDallas').token()}` } });
  const answer = once(sending, 'response');
  answer.catch(() => undefined);
  sending.write(body.slice(0, -1));
  await wait(200);
  return {
    async finish() {
      sending.end(body.slice(-1));
      const [response] = await answer;
      let text = '';
      for await (const chunk of response) text += String(chunk);
      return JSON.parse(text) as Reply;
    },
  };
}
