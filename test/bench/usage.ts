import type { ChildProcess } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import process from 'node:process';

/** What a process of the bench has used so far. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** In the child: answers the bench whenever it asks. */
export function answerUsage(): void {
  process.on('message', (question) => {
    if (question !== 'usage') return;
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1000, rssMb: process.memoryUsage.rss() / 1_048_576 } satisfies Usage);
  });
  process.on('disconnect', () => process.exit());
}

/** In the bench: asks a child. */
export const usageOf = (child: ChildProcess): Promise<Usage> =>
  new Promise((resolve) => {
    child.once('message', (usage: Usage) => resolve(usage));
    child.send('usage');
  });

/** Ticks of `/proc/<pid>/stat` are hundredths of a second on every Linux that Node runs on. */
const TICK_MS = 10;

/**
 * CPU milliseconds of a postmaster and all its processes, those that have ended too; undefined where there is no /proc. What
 * vacuums and writes in the background counts, for the load causes it.
 */
export async function postgresCpu(postmaster: number): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  const processes = await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(statOf));
  return processes.reduce((sum, stat) => {
    if (stat?.pid === postmaster) return sum + (stat.own + stat.ended) * TICK_MS;
    return stat?.parent === postmaster ? sum + stat.own * TICK_MS : sum;
  }, 0);
}

async function statOf(pid: string): Promise<{ pid: number; parent: number; own: number; ended: number } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in parentheses may hold anything, blanks too.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
  const [, parent = 0] = fields;
  return text === '' ? undefined : { pid: Number(pid), parent, own: (fields[11] ?? 0) + (fields[12] ?? 0), ended: (fields[13] ?? 0) + (fields[14] ?? 0) };
}
