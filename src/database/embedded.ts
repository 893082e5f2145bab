import { join } from 'node:path';
import { Refusal } from '../kernel/errors.ts';
import { installedBinaries, readyBinaries } from './embedded.binaries.ts';
import { type Account, homeOf, refuseOtherMajor, settle } from './embedded.home.ts';
import { launched, type Place } from './embedded.launch.ts';
import { orphanOf, type Postmaster, readyPostmaster, stopPostmaster } from './embedded.postmaster.ts';
import { takeLock, textOf } from './embedded.process.ts';

export interface EmbeddedOptions {
  /** Holds everything of the database; see `settle` for the one case in which it only points there. */
  directory: string;
  /** False gives up all safety of the data for speed: for tests alone. */
  durable?: boolean;
  /** Further settings of PostgreSQL, by name. */
  settings?: Record<string, string>;
}

/** What postgres.js takes. `host` is the socket's directory, or 127.0.0.1 where sockets do not serve. */
export interface Connection {
  host: string;
  port: number;
  user: string;
  password?: string;
  database: string;
}

export interface EmbeddedServer {
  superuser: Connection;
  /** The same server for another role and database. A password is asked only where `host` is not a socket's directory. */
  as(user: string, database: string, password?: string): Connection;
  pid: number;
  /** True when it was already running. */
  adopted: boolean;
  /** Ends the server, waits for its end and frees the directory. May be called again, and after the server has died. */
  stop(): Promise<void>;
}

const SETTINGS: Record<string, string> = {
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '100',
  shared_buffers: '128MB',
  // Failed statements carry the values of rows; the log keeps only what the server has to say of itself.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

const UNSAFE: Record<string, string> = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

const placeIn = (home: string, major: number, account?: Account): Place => ({ home, account, data: join(home, `pg${major}`), run: join(home, 'run') });

/**
 * Starts the PostgreSQL that comes with the npm packages, on data kept in the directory, making the data at the first
 * start. A server that a killed process left running there is adopted. The server outlives a crash of this process and
 * never keeps it alive; call `stop` before leaving.
 *
 * Throws a Refusal in one sentence for the operator: CONFLICT where another process owns the directory, UNAVAILABLE
 * where the data is another version's or another user's, or where these binaries cannot run.
 */
export async function startEmbedded({ directory, durable = true, settings = {} }: EmbeddedOptions): Promise<EmbeddedServer> {
  const binaries = await installedBinaries();
  const { path, account } = await settle(directory, `pg${binaries.major}`).catch(explained(directory));
  await refuseOtherMajor(path, binaries.major);
  const release = await takeLock(join(path, 'lock')).catch(explained(directory));
  try {
    const place = placeIn(path, binaries.major, account);
    const flags = Object.entries({ ...SETTINGS, ...(durable ? {} : UNSAFE), ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const orphan = await orphanOf(place.data, place.run, flags);
    const postmaster = orphan ?? (await launched(place, await readyBinaries(binaries, path, account), flags, durable));
    const stop = async (): Promise<void> => {
      try {
        await stopPostmaster(place.data, postmaster);
      } finally {
        await release();
      }
    };
    let stopping: Promise<void> | undefined;
    return await serverOf(place, postmaster, orphan !== undefined, () => (stopping ??= stop()));
  } catch (fault) {
    await release();
    throw fault;
  }
}

/**
 * The server that another process runs on this directory, for use beside it; undefined when none answers. Takes no lock,
 * and its `stop` does nothing.
 */
export async function attachEmbedded(directory: string): Promise<EmbeddedServer | undefined> {
  const { major } = await installedBinaries();
  const home = await homeOf(directory).catch(explained(directory));
  if (home === undefined) return undefined;
  const place = placeIn(home, major);
  const running = await readyPostmaster(place.data, place.run).catch(explained(directory));
  return running && serverOf(place, running, true, () => Promise.resolve());
}

async function serverOf({ home, run }: Place, { pid, port, socketDirectory }: Postmaster, adopted: boolean, stop: () => Promise<void>): Promise<EmbeddedServer> {
  const bySocket = socketDirectory !== '';
  const as = (user: string, database: string, password?: string): Connection => ({
    host: bySocket ? run : '127.0.0.1', port, user, database, ...(password === undefined ? {} : { password }),
  });
  const password = bySocket ? undefined : (await textOf(join(home, 'password')))?.trim();
  return { superuser: as('postgres', 'postgres', password), as, pid, adopted, stop };
}

/** For a `catch`: says in words that the directory is not this user's to use. */
const explained = (directory: string) => (fault: unknown): never => {
  if (fault instanceof Error && 'code' in fault && (fault.code === 'EACCES' || fault.code === 'EPERM' || fault.code === 'EROFS')) {
    throw new Refusal('UNAVAILABLE', `The database directory ${directory} is not open to this user (${fault.code}). Run as its owner, or choose a directory that can be written.`);
  }
  throw fault;
};
