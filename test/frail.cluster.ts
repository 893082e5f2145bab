import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { startEmbedded, type EmbeddedServer } from '../src/database/embedded.ts';
import { migrate, MIGRATIONS, rolesSql } from '../src/database/migrate.ts';
import { loadReference } from '../src/reference.ts';
import type { FreshDatabase } from './harness.ts';

/** A PostgreSQL of a test's own, which writes safely and may be hurt without disturbing the others. */
export interface FrailCluster {
  /** Migrated and with reference data; closing it ends the cluster. */
  readonly database: FreshDatabase;
  /** Ends all connections of the application, and says how many they were. */
  terminateAll(): Promise<number>;
  /** Kills one server process of the application, after which PostgreSQL ends all and recovers by itself; false where there was none. */
  killOne(): Promise<boolean>;
  /** Kills the whole server without a word, and leaves it down. */
  crash(): Promise<void>;
  /** Starts it again. */
  revive(): Promise<void>;
}

const NAME = 'comity';

export async function frailCluster(): Promise<FrailCluster> {
  const directory = await mkdtemp(join(tmpdir(), 'comity-frail-'));
  const start = () => startEmbedded({ directory, settings: { shared_buffers: '64MB' } });
  let server: EmbeddedServer = await start();
  await briefly(server, 'postgres', 'postgres', (sql) => sql.unsafe(`create database ${NAME}`));
  await briefly(server, 'postgres', NAME, async (sql) => sql.unsafe(await rolesSql()));
  await migrate(server.as('comity_migrator', NAME));
  await briefly(server, 'comity_migrator', NAME, (sql) => loadReference(sql, join(MIGRATIONS, 'reference')));
  const owner = postgres({ ...server.as('postgres', NAME), max: 2, connect_timeout: 5, onnotice: () => undefined });

  const ofApplication = async () =>
    (await briefly(server, 'postgres', 'postgres', (sql) => sql`select pid from pg_stat_activity where usename = 'comity_app'`)).map((row) => Number(row['pid']));
  return {
    database: {
      owner,
      as: (user) => server.as(user, NAME),
      async close() {
        await owner.end({ timeout: 1 });
        await server.stop();
        await rm(directory, { recursive: true, force: true });
      },
    },
    async terminateAll() {
      const ended = await briefly(server, 'postgres', 'postgres', (sql) => sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'comity_app'`);
      return ended.length;
    },
    async killOne() {
      const [pid] = await ofApplication();
      return pid !== undefined && kill(pid);
    },
    async crash() {
      const children = await childrenOf(server.pid);
      for (const pid of [server.pid, ...children]) kill(pid);
      await server.stop();
    },
    async revive() {
      for (let attempt = 1; ; attempt += 1) {
        try {
          server = await start();
          return;
        } catch (fault) {
          // Its children may hold the shared memory a moment longer.
          if (attempt === 20) throw fault;
          await wait(100);
        }
      }
    },
  };
}

async function briefly<T>(server: EmbeddedServer, user: string, database: string, work: (sql: postgres.Sql) => PromiseLike<T>): Promise<T> {
  const sql = postgres({ ...server.as(user, database), max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  const listed = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(async () =>
    (await promisify(execFile)('pgrep', ['-P', String(pid)]).catch(() => ({ stdout: '' }))).stdout);
  return listed.split(/\s+/).filter((each) => each !== '').map(Number);
}
