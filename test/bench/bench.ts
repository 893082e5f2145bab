import { parseArgs } from 'node:util';
import { countyLookups } from './counties.ts';
import { fire, send, type Length } from './load.ts';
import { emptySum, runSlot, startProcess, type Server } from './measure.ts';
import { openStore, type Store } from './store.ts';
import { details, machine, summary, type Line } from './table.ts';
import { SUBJECTS, seatViewers, TARGETS, workloads, type Target, type Workload } from './workloads.ts';

const LEASES = 10;

const WARM_UP = { connections: 8, reading: { ms: 4_000 }, submit: { requests: 4_000 } } as const;

const { values: chosen } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string', default: '1.5' },
    only: { type: 'string' },
    connections: { type: 'string', default: '1,16' },
    profile: { type: 'string' },
  },
});

/** `--profile <directory>`: Node writes there what the API's time went into. */
const profile = chosen.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${chosen.profile}`];

const say = (line: string) => console.log(line);

async function main(): Promise<void> {
  say(countyLookups());
  if (chosen.only === 'counties') return;
  const cases = Number(chosen.cases);
  if (!Number.isInteger(cases) || cases < 1000) throw new Error('--cases is a whole number from 1000.');
  const rounds = Number(chosen.rounds ?? (chosen.quick ? 1 : 4));
  const store = await openStore(cases, say);
  const servers: Server[] = [];
  try {
    await seatViewers(store);
    const api = await startProcess('api.process.mjs', { database: store.as('comity_app'), subjects: SUBJECTS, leases: LEASES }, profile);
    const guarded = await startProcess('bare.process.ts', { database: store.as('comity_app'), rowPolicies: true, leases: LEASES });
    const bare = await startProcess('bare.process.ts', { database: store.as('postgres'), rowPolicies: false, leases: LEASES });
    servers.push(api, guarded, bare);
    const byTarget = { API: api, 'bare with RLS': guarded, bare } satisfies Record<Target, Server>;

    const only = chosen.only?.split(',');
    const all = (await workloads(store, api.tokens)).filter(({ name, viewer }) => !only || only.some((wanted) => `${name} ${viewer}`.includes(wanted)));
    for (const workload of all) await compare(workload, byTarget);
    const lines: Line[] = [];
    if (!chosen.quick) await warmUp(all, byTarget);
    for (const connections of chosen.connections.split(',').map(Number)) {
      for (const workload of all) {
        say(`${workload.name}, ${workload.viewer}, ${connections} ${connections === 1 ? 'connection' : 'connections'}`);
        lines.push(await measured(workload, connections, rounds, byTarget, store));
      }
    }
    const [version] = await store.owner`select current_setting('server_version') as version`;
    say(`\n${machine(String(version?.['version']), cases)}\n\n${details(lines)}\n\n${summary(lines)}\n`);
    say(`Memory of the API process under load: ${Math.round(Math.max(...lines.map(({ sums }) => sums.API.rssMb)))} MB.`);
    say(EXPLAINED);
  } finally {
    for (const { child } of servers) child.disconnect();
    await store.close();
  }
}

const EXPLAINED = `
CPU is that of the server's process and of all PostgreSQL processes, a request. "bare" is one prepared, hand-written statement whose JSON text is the response, by
a superuser, past all row policies; "bare with RLS" the same under the policies: begin, the product's own context statement, the statement and commit in one flush.
Neither checks a token, parses a document or judges what comes in; the writing ones take rows that were made ready before and call the same functions.
Before anything is measured, all three are warmed up alike over ${WARM_UP.connections} connections: ${WARM_UP.reading.ms / 1000} s of each reading workload, ${WARM_UP.submit.requests.toLocaleString('en')} submissions.`;

/** A server runs for days: what V8 spends on its code in the first minute is no part of what a request costs. All targets are warmed up alike. */
async function warmUp(all: readonly Workload[], servers: Record<Target, Server>): Promise<void> {
  say(`warming up: ${WARM_UP.reading.ms / 1000} s of each reading workload, ${WARM_UP.submit.requests.toLocaleString('en')} submissions, for each server`);
  for (const workload of all.filter(({ name }) => name !== 'claim')) {
    for (const target of TARGETS) await fire(servers[target].url, WARM_UP.connections, workload.writes ? WARM_UP.submit : WARM_UP.reading, () => workload.next(target));
  }
}

/** Slots of all targets in turn, so that what disturbs the machine disturbs all of them. */
async function measured(workload: Workload, connections: number, rounds: number, servers: Record<Target, Server>, store: Store): Promise<Line> {
  const sums = { API: emptySum(), 'bare with RLS': emptySum(), bare: emptySum() } satisfies Record<Target, unknown>;
  const length: Length = chosen.quick ? { requests: 40 } : workload.writes ? { requests: workload.name === 'submit' ? 240 : 160 } : { ms: Number(chosen.seconds) * 1000 };
  const start: Length = { requests: chosen.quick ? 20 : workload.writes ? 60 : 300 };
  for (const target of TARGETS) await runSlot(emptySum(), workload, target, servers[target], store.server.pid, connections, start);
  for (let round = 0; round < rounds; round += 1) {
    for (const target of round % 2 === 0 ? TARGETS : [...TARGETS].reverse()) {
      await runSlot(sums[target], workload, target, servers[target], store.server.pid, connections, length);
    }
  }
  return { workload: workload.name, viewer: workload.viewer, connections, sums };
}

/** Throws where the targets do not answer a reading request alike. */
async function compare(workload: Workload, servers: Record<Target, Server>): Promise<void> {
  if (workload.writes) return;
  const answers = await Promise.all(TARGETS.map(async (target) => JSON.parse(await send(servers[target].url, undefined, workload.next(target))) as unknown));
  const [asked, guarded] = answers.map((answer) => JSON.stringify(alike(answer)));
  if (asked !== guarded) throw new Error(`${workload.name}: the API answers\n${asked}\nand the bare server\n${guarded}`);
}

/** Keys in order, instants in one spelling. */
function alike(value: unknown): unknown {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value).toISOString() : value;
  if (Array.isArray(value)) return value.map(alike);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, alike(each)]));
}

await main();
