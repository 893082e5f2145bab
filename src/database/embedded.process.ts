import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { conflict } from '../kernel/errors.ts';

/** The user id this process runs as; undefined where there are none (Windows). */
export const ownUser = (): number | undefined => process.getuid?.();

const has = (fault: unknown, code: string) => fault instanceof Error && 'code' in fault && fault.code === code;

/** Sends a signal, or with 0 only asks; false when there is no such process. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (fault) {
    return !has(fault, 'ESRCH');
  }
}

const ps = async (pid: number, column: string) =>
  (await promisify(execFile)('ps', ['-o', `${column}=`, '-p', String(pid)]).catch(() => ({ stdout: '' }))).stdout.trim();

/**
 * What tells a process from a later one that was given the same id (ids repeat quickly in containers); undefined when it
 * has ended, the empty text where the system does not say.
 */
export async function birthOf(pid: number): Promise<string | undefined> {
  if (!signal(pid, 0)) return undefined;
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  if (stat === undefined) return signal(pid, 0) ? ps(pid, 'lstart') : undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A container without an init process never buries its orphans: they answer signals for ever, yet have ended.
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => '');
  return `${boot.trim()}:${fields[19] ?? ''}`;
}

/** The command line of a process as its arguments (one text where the system does not part them); empty when unknown. */
export async function commandOf(pid: number): Promise<string[]> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return line === '' ? [await ps(pid, 'args')].filter((text) => text !== '') : line.split('\0').slice(0, -1);
}

/** Asks every few milliseconds until the answer is true; false when it was not in time. */
export async function within(milliseconds: number, answer: () => boolean | Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    if (await answer()) return true;
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/**
 * Takes a lock file for this process and gives its release. The lock of a process that has ended is taken over. Throws a
 * CONFLICT that names the living holder.
 */
export async function takeLock(file: string): Promise<() => Promise<void>> {
  const own = `${process.pid}\n${(await birthOf(process.pid)) ?? ''}\n${randomBytes(8).toString('hex')}\n`;
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  // Written aside and linked into place: nobody ever reads half a lock, and of two starters one link fails.
  await writeFile(draft, own, { flag: 'wx', mode: 0o644 });
  try {
    while (!(await linked(draft, file))) await clearStale(file);
  } finally {
    await rm(draft, { force: true });
  }
  return async () => {
    if ((await textOf(file)) === own) await rm(file, { force: true });
  };
}

async function clearStale(file: string): Promise<void> {
  const held = await textOf(file);
  if (held === undefined) return;
  const [pid = '', birth = ''] = held.split('\n');
  const now = /^[1-9]\d*$/.test(pid) ? await birthOf(Number(pid)) : undefined;
  if (now !== undefined && (now === birth || now === '' || birth === '')) {
    throw conflict(
      `The embedded database is in use by process ${pid}. Stop that process first, or work through it; two cannot own one database directory.`,
      { pid: Number(pid), lock: file },
    );
  }
  // Two may find the same stale lock, and the slower must not throw away what the faster has just taken.
  const aside = `${file}.${randomBytes(8).toString('hex')}`;
  await rename(file, aside).catch(ignoring('ENOENT'));
  const moved = await textOf(aside);
  if (moved !== undefined && moved !== held) await linked(aside, file);
  await rm(aside, { force: true });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (fault) {
    if (has(fault, 'EEXIST')) return false;
    throw fault;
  }
}

/** For a `catch`: lets the named system error pass as undefined and throws every other. */
export const ignoring = (code: string) => (fault: unknown): undefined => {
  if (!has(fault, code)) throw fault;
};

/** A file as text; undefined when there is none. */
export const textOf = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(ignoring('ENOENT'));
