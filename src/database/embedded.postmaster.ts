import { createConnection } from 'node:net';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Refusal } from '../kernel/errors.ts';
import { birthOf, commandOf, signal, textOf, within } from './embedded.process.ts';

/** What a running server says of itself in `postmaster.pid`. */
export interface Postmaster {
  pid: number;
  birth: string;
  port: number;
  /** Empty where it listens on 127.0.0.1 instead. */
  socketDirectory: string;
  status: string;
}

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const PATIENCE = 60_000;

/** The file a server keeps in its data directory while it runs. */
const pidFile = (data: string) => join(data, 'postmaster.pid');

/** The living process that the data directory names as its server; undefined when there is none. */
export async function postmasterOf(data: string): Promise<Postmaster | undefined> {
  const lines = (await textOf(pidFile(data)))?.split('\n').map((line) => line.trim()) ?? [];
  const [pid = '', , , port = '', socketDirectory = '', , , status = ''] = lines;
  if (!/^[1-9]\d*$/.test(pid)) return undefined;
  const birth = await birthOf(Number(pid));
  if (birth === undefined) return undefined;
  return { pid: Number(pid), birth, port: Number(port), socketDirectory, status };
}

/** True when a PostgreSQL answers there. It needs no role: a server answers the request for encryption before it asks who. */
export function answers(at: { path: string } | { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(at);
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2_000, () => settle(false));
    socket.on('error', () => settle(false));
    socket.on('close', () => settle(false));
    socket.on('connect', () => socket.write(SSL_REQUEST));
    socket.on('data', (bytes) => settle(bytes[0] === 0x4e || bytes[0] === 0x53));
  });
}

/**
 * The server that an earlier process left running on this data directory, once it answers. One that does not answer is
 * stopped; a `postmaster.pid` whose number has gone to another program is removed. Throws where neither can be told.
 */
export async function orphanOf(data: string, run: string, flags: readonly string[]): Promise<Postmaster | undefined> {
  const found = await postmasterOf(data);
  if (found === undefined) return undefined;
  const command = await commandOf(found.pid);
  const postgres = command.length === 1 ? /\bpostgres\b/.test(command[0] ?? '') : basename(command[0] ?? '').startsWith('postgres');
  const ours = (postgres && command.some((argument) => argument === data || argument.includes(`${data} `))) || (await answersAt(found, run));
  if (!ours) {
    // An id is soon given again, in containers at once; PostgreSQL itself then refuses to start.
    if (command.length > 0 && !postgres) {
      await rm(pidFile(data), { force: true });
      return undefined;
    }
    throw new Refusal(
      'UNAVAILABLE',
      `Process ${found.pid} may be a database server on ${data}, but cannot be asked. Stop it, or if it is another program delete ${pidFile(data)}.`,
    );
  }
  const settled = await settledOf(data, found, run);
  // One started with other settings, above all one that does not write safely, must not pass for the one asked for.
  const same = command.join(' ').endsWith(flags.join(' '));
  if (settled !== undefined && same) return settled;
  await stopPostmaster(data, found);
  return undefined;
}

const answersAt = ({ port, socketDirectory }: Postmaster, run: string) =>
  answers(socketDirectory === '' ? { host: '127.0.0.1', port } : { path: join(run, `.s.PGSQL.${port}`) });

/** Waits for a server that is recovering, or is on its way out, to be the one or the other. */
async function settledOf(data: string, { pid }: Postmaster, run: string): Promise<Postmaster | undefined> {
  let last: Postmaster | undefined;
  await within(PATIENCE, async () => {
    last = await postmasterOf(data);
    return last?.pid !== pid || last.status === 'ready' || !(last.status === 'starting' || last.status === 'stopping');
  });
  return last?.pid === pid && last.status === 'ready' && (await answersAt(last, run)) ? last : undefined;
}

/** The server of this data directory if it is ready and answers this user. */
export async function readyPostmaster(data: string, run: string): Promise<Postmaster | undefined> {
  const found = await postmasterOf(data);
  return found?.status === 'ready' && (await answersAt(found, run)) ? found : undefined;
}

/** Ends a server and waits for its end: politely, then at once (it recovers at the next start), then by force. */
export async function stopPostmaster(data: string, { pid, birth }: Pick<Postmaster, 'pid' | 'birth'>): Promise<void> {
  const ended = async () => (await birthOf(pid)) !== birth;
  for (const [name, patience] of [['SIGINT', 20_000], ['SIGQUIT', 10_000], ['SIGKILL', 10_000]] as const) {
    if (await ended()) return;
    signal(pid, name);
    if (await within(patience, ended)) return;
  }
  throw new Refusal('UNAVAILABLE', `The database server (process ${pid}) on ${data} does not stop. End it by hand.`);
}
