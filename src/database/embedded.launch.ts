import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Account, cannotRun, privateFolder } from './embedded.home.ts';
import { type Postmaster, postmasterOf, stopPostmaster } from './embedded.postmaster.ts';
import { birthOf, ignoring, textOf, within } from './embedded.process.ts';

/** The folders of one embedded database and the user its server runs as. */
export interface Place {
  home: string;
  account: Account | undefined;
  data: string;
  run: string;
}

const PORT = 5432;
/** The system's own limit is 104 bytes on macOS and 108 on Linux, cut off without an error by some. */
const LONGEST_SOCKET_PATH = 100;
const PATIENCE = 120_000;

/** Nothing of this process's own environment: a PGDATA, PGPORT or locale of the operator's shell must not steer the server. */
const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' };

/** Starts a server on the place, on fresh data where there is none, and waits until it is ready. Throws where it cannot run. */
export async function launched(place: Place, native: string, flags: readonly string[], durable: boolean): Promise<Postmaster> {
  const { home, account, data, run } = place;
  if (((await readdir(data).catch(ignoring('ENOENT'))) ?? []).length === 0) await initialise(place, native, durable);
  await rm(run, { recursive: true, force: true });
  await privateFolder(run, account);
  // Begun anew at each start, so that it stays small, also where an earlier start by root has left one that is not ours.
  await rm(join(home, 'log'), { force: true });
  const log = await open(join(home, 'log'), 'w', 0o600);
  let ended: string | undefined;
  try {
    const child = spawn(join(native, 'bin', 'postgres'), ['-D', data, ...(await listening(run)), ...flags], {
      ...account, cwd: home, env: ENVIRONMENT, windowsHide: true, stdio: ['ignore', log.fd, log.fd],
      // A session of its own: Ctrl-C on the terminal must reach this process alone, which then stops the server in order.
      detached: true,
    });
    child.on('error', (fault) => (ended = fault.message));
    child.on('exit', (code, name) => (ended ??= `it ended with ${name ?? code}`));
    child.unref();
    let found: Postmaster | undefined;
    const inTime = await within(PATIENCE, async () => {
      found = await postmasterOf(data);
      return ended !== undefined || (found?.pid === child.pid && found?.status === 'ready');
    });
    if (inTime && ended === undefined && found !== undefined) return found;
    const birth = child.pid === undefined ? undefined : await birthOf(child.pid);
    if (child.pid !== undefined && birth !== undefined) await stopPostmaster(data, { pid: child.pid, birth });
  } catch (fault) {
    // Some failures of a start are thrown at once, others come as an event.
    ended = fault instanceof Error ? fault.message : String(fault);
  } finally {
    await log.close();
  }
  const tail = (await textOf(join(home, 'log')))?.trim().split('\n').slice(-3).join(' | ');
  throw cannotRun(`postgres did not start (${ended ?? 'not ready in time'}) ${tail ?? ''}`.trim());
}

async function listening(run: string): Promise<string[]> {
  const bySocket = platform() !== 'win32' && Buffer.byteLength(join(run, `.s.PGSQL.${PORT}`)) <= LONGEST_SOCKET_PATH;
  return bySocket
    ? ['-p', String(PORT), '-c', 'listen_addresses=', '-c', `unix_socket_directories="${run.replaceAll('"', '""')}"`]
    : ['-p', String(await freePort()), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : PORT;
}

/** Makes the data beside its place and moves it there when it is whole, so that a crash never leaves half a database. */
async function initialise({ home, account, data }: Place, native: string, durable: boolean): Promise<void> {
  for (const name of await readdir(home)) {
    if (/^pg\d+\.new-/.test(name)) await rm(join(home, name), { recursive: true, force: true, maxRetries: 3 });
  }
  const draft = `${data}.new-${randomBytes(4).toString('hex')}`;
  await privateFolder(draft, account);
  const password = join(home, 'password');
  await rm(password, { force: true });
  await writeFile(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  if (account !== undefined) await chown(password, account.uid, account.gid);
  try {
    await promisify(execFile)(join(native, 'bin', 'initdb'), [
      `--pgdata=${draft}`, '--username=postgres', `--pwfile=${password}`, '--data-checksums',
      '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--auth-host=scram-sha-256',
      // Whoever comes by the socket is believed, because its directory lets in nobody but the server's own user and root.
      '--auth-local=trust',
      ...(durable ? [] : ['--no-sync']),
    ], { ...account, cwd: home, env: ENVIRONMENT, windowsHide: true });
  } catch (fault) {
    await rm(draft, { recursive: true, force: true, maxRetries: 3 });
    const { stderr = '', message = '' } = fault as { stderr?: string; message?: string };
    const lines = stderr.trim().split('\n');
    throw cannotRun(`initdb failed (${(lines.find((line) => line.includes('error')) ?? lines[0]) || message.split('\n')[0]})`);
  }
  await rename(draft, data);
}
