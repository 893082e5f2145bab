import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fire, type Length } from './load.ts';
import { postgresCpu, usageOf } from './usage.ts';
import type { Target, Workload } from './workloads.ts';

/** A server under test, in a process of its own. */
export interface Server {
  readonly child: ChildProcess;
  readonly url: string;
  readonly tokens: Readonly<Record<string, string>>;
}

/** Starts one of the bench's processes, with further flags of Node, and waits until it listens. */
export async function startProcess(file: string, start: object, flags: readonly string[] = []): Promise<Server> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv: [...(file.endsWith('.ts') ? ['--import', 'tsx'] : []), ...flags], env: { ...process.env, NODE_ENV: 'production' } });
  child.send(start);
  return new Promise((resolve, reject) => {
    child.once('message', (ready: { url: string; tokens?: Record<string, string> }) => resolve({ child, url: ready.url, tokens: ready.tokens ?? {} }));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
}

/** What the slots of one workload, target and number of connections came to. */
export interface Sum {
  requests: number;
  seconds: number;
  serverMs: number;
  /** Undefined where PostgreSQL's CPU cannot be read. */
  postgresMs: number | undefined;
  rssMb: number;
  readonly latencies: number[];
}

export const emptySum = (): Sum => ({ requests: 0, seconds: 0, serverMs: 0, postgresMs: 0, rssMb: 0, latencies: [] });

/** Runs one slot and adds it to the sum. */
export async function runSlot(sum: Sum, workload: Workload, target: Target, server: Server, postmaster: number, connections: number, length: Length): Promise<void> {
  const [usedBefore, postgresBefore] = [await usageOf(server.child), await postgresCpu(postmaster)];
  const began = performance.now();
  const latencies = await fire(server.url, connections, length, () => workload.next(target));
  sum.seconds += (performance.now() - began) / 1000;
  const [usedAfter, postgresAfter] = [await usageOf(server.child), await postgresCpu(postmaster)];
  sum.requests += latencies.length;
  sum.serverMs += usedAfter.cpuMs - usedBefore.cpuMs;
  sum.postgresMs = sum.postgresMs === undefined || postgresBefore === undefined || postgresAfter === undefined ? undefined : sum.postgresMs + postgresAfter - postgresBefore;
  sum.rssMb = Math.max(sum.rssMb, usedAfter.rssMb);
  sum.latencies.push(...latencies);
}
