import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, lstat, mkdir, mkdtemp, readFile, readdir, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { heal, installedBinaries, readyBinaries } from '../src/database/embedded.binaries.ts';
import { birthOf } from '../src/database/embedded.process.ts';
import { attachEmbedded, type Connection, type EmbeddedServer, startEmbedded } from '../src/database/embedded.ts';

const NOBODY = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;
const launcher = new URL('../src/database/embedded.ts', import.meta.url).href;
const removed: string[] = [];
const started: EmbeddedServer[] = [];
let home: string;

const folder = async () => {
  const made = await mkdtemp(join(tmpdir(), 'comity-test-'));
  removed.push(made);
  return made;
};

async function start(directory: string, options: { settings?: Record<string, string>; durable?: boolean } = {}) {
  const server = await startEmbedded({ directory, durable: false, ...options });
  started.push(server);
  return server;
}

async function ask(connection: Connection, statement: string): Promise<unknown[]> {
  const sql = postgres({ ...connection, max: 1, onnotice: () => undefined });
  try {
    return (await sql.unsafe(statement)).map((row) => Object.values(row)[0]);
  } finally {
    await sql.end();
  }
}

/** Another Node process that starts the server and then lives on, or is killed without warning. */
async function elsewhere(directory: string) {
  const script = `import { startEmbedded } from '${launcher}';
    const server = await startEmbedded({ directory: ${JSON.stringify(directory)}, durable: false });
    console.log(server.pid); setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [first] = await once(child.stdout, 'data');
  return {
    node: child.pid,
    server: Number(String(first)),
    kill: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** False for a dead child that nobody has buried yet: in a container that may be never. */
const lives = async (pid: number) => (await birthOf(pid)) !== undefined;

beforeAll(async () => {
  home = await folder();
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});

afterAll(async () => {
  for (const made of removed) await rm(made, { recursive: true, force: true });
});

test('what was written is there after a stop and a second start', async () => {
  const first = await start(home);
  expect(first.adopted).toBe(false);
  await ask(first.superuser, 'create table kept (word text); insert into kept values (\'still here\')');
  await first.stop();
  await first.stop();
  expect(await lives(first.pid)).toBe(false);
  expect((await readdir(home)).sort()).toEqual(['log', 'password', 'pg18', 'run']);

  const second = await start(home);
  expect(await ask(second.superuser, 'select word from kept')).toEqual(['still here']);
});

test('the database is what the schema counts on: UTF-8, builtin collation, checksums, UTC, no network', async () => {
  const { superuser } = await start(home);
  const told = await ask(superuser, `select concat_ws(' ', current_setting('server_encoding'), datlocprovider, datlocale, current_setting('data_checksums'),
    current_setting('timezone'), '[' || current_setting('listen_addresses') || ']', current_setting('max_connections'), current_setting('fsync'))
    from pg_database where datname = 'postgres'`);
  expect(told).toEqual(['UTF8 b C.UTF-8 on UTC [] 100 off']);
  expect((await stat(superuser.host)).mode & 0o777).toBe(0o700);
});

test('another role and database are reached on the same server', async () => {
  const server = await start(home);
  await ask(server.superuser, 'create role clerk login');
  await ask(server.superuser, 'create database registry');
  expect(await ask(server.as('clerk', 'registry'), "select current_user || '@' || current_database()")).toEqual(['clerk@registry']);
});

test('the log keeps no values of failed statements', async () => {
  const server = await start(home);
  await expect(ask(server.superuser, "select 'a secret name'::uuid")).rejects.toThrow('invalid input syntax');
  expect(await readFile(join(home, 'log'), 'utf8')).not.toContain('secret');
});

test('a second starter is refused with the process it must stop', async () => {
  await start(home);
  await expect(startEmbedded({ directory: home })).rejects.toMatchObject({
    code: 'CONFLICT', message: expect.stringMatching(new RegExp(`process ${process.pid}\\. Stop that process`)),
  });
  expect(await readdir(home)).toContain('lock');
});

test('of two that start at once one is refused and the other serves', async () => {
  const answers = await Promise.allSettled([start(home), start(home)]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [server] = started;
  expect(server && (await ask(server.superuser, 'select 1'))).toEqual([1]);
});

test('a tool beside a running server uses it and cannot stop it', async () => {
  expect(await attachEmbedded(home)).toBeUndefined();
  expect(await attachEmbedded(join(home, 'nowhere'))).toBeUndefined();
  const server = await start(home);
  const beside = await attachEmbedded(home);
  expect(beside?.pid).toBe(server.pid);
  await beside?.stop();
  expect(beside && (await ask(beside.superuser, 'select 1'))).toEqual([1]);
});

test('a server that outlived its killed process is adopted, refused while that process lives', async () => {
  const other = await elsewhere(home);
  await expect(startEmbedded({ directory: home, durable: false })).rejects.toThrow(`process ${other.node}`);
  await other.kill();
  expect(await lives(other.server)).toBe(true);

  const server = await start(home);
  expect(server).toMatchObject({ adopted: true, pid: other.server });
  expect(await ask(server.superuser, 'select 1')).toEqual([1]);
  await server.stop();
  expect(await lives(other.server)).toBe(false);
});

test('an orphan that does not write safely is not adopted by one who asks for safety', async () => {
  const other = await elsewhere(home);
  await other.kill();
  const server = await start(home, { durable: true });
  expect(server.adopted).toBe(false);
  expect(await lives(other.server)).toBe(false);
  expect(await ask(server.superuser, 'show fsync')).toEqual(['on']);
});

test('the loss of the server does not crash this process, and the next start recovers', async () => {
  const server = await start(home);
  process.kill(server.pid, 'SIGKILL');
  await server.stop();
  const next = await start(home);
  expect(await ask(next.superuser, 'select word from kept')).toEqual(['still here']);
});

test('a lock is taken over from a process that has ended, and from one whose number another bears now', async () => {
  const ended = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
  for (const stale of [`${ended}\nborn:1\n`, `${process.pid}\nborn:1\n`, 'nonsense']) {
    await writeFile(join(home, 'lock'), stale);
    const server = await start(home);
    expect(await readFile(join(home, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid}\n`));
    await server.stop();
  }
});

test('a postmaster.pid whose number has gone to another program does not stop the start', async () => {
  await writeFile(join(home, 'pg18', 'postmaster.pid'), `${process.pid}\n${join(home, 'pg18')}\n1\n5432\n${join(home, 'run')}\n\n0 0\nready\n`);
  const server = await start(home);
  expect(server.adopted).toBe(false);
});

test('data of another major version is refused with the way out, and left alone', async () => {
  const old = await folder();
  await mkdir(join(old, 'pg17'));
  await writeFile(join(old, 'pg17', 'PG_VERSION'), '17\n');
  await expect(startEmbedded({ directory: old })).rejects.toThrow(/holds data of PostgreSQL 17.*Export it/);
  expect(await readdir(old)).toEqual(['pg17']);
});

test('a half-made database is thrown away and made anew', async () => {
  const half = await folder();
  await mkdir(join(half, 'pg18.new-0badcafe', 'base'), { recursive: true });
  await writeFile(join(half, 'pg18.new-0badcafe', 'PG_VERSION'), '18\n');
  await start(half);
  expect((await readdir(half)).filter((name) => name.startsWith('pg18'))).toEqual(['pg18']);
});

test('where the path is too long for a socket the server listens on this machine alone and asks for the password', async () => {
  const long = join(await folder(), 'a'.repeat(90));
  if (isRoot) await chmod(dirname(long), 0o711);
  const server = await start(long);
  expect(server.superuser.host).toBe('127.0.0.1');
  expect(await ask(server.superuser, 'show listen_addresses')).toEqual(['127.0.0.1']);
  await expect(ask({ ...server.superuser, password: 'guess' }, 'select 1')).rejects.toThrow('password authentication failed');
  expect((await stat(join(long, 'password'))).mode & 0o777).toBe(0o600);
  expect(await ask((await attachEmbedded(long))?.superuser ?? server.as('nobody', 'none'), 'select 1')).toEqual([1]);
});

test('a checkout that others may not enter works as well', async () => {
  const closed = join(await folder(), '.comity');
  const server = await start(closed);
  expect(await ask(server.superuser, 'create table kept as select 1 as one; select one from kept')).toBeDefined();
  await server.stop();
  if (isRoot) {
    const [moved = ''] = (await readFile(join(closed, 'moved-to'), 'utf8')).split('\n');
    expect(moved).toMatch(/^\/var\/lib\/comity\/db-/);
    removed.push(moved);
  }
  expect(await ask((await start(closed)).superuser, 'select one from kept')).toEqual([1]);
  expect((await attachEmbedded(closed))?.adopted).toBe(true);
});

test('an install without scripts is healed: libraries linked, programs made to run', async () => {
  const native = join(await folder(), 'native');
  await cp((await installedBinaries()).native, native, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
  for (const { target } of links) await rm(join(dirname(native), target));
  await chmod(join(native, 'bin', 'initdb'), 0o644);
  const initdb = () => execFileSync(join(native, 'bin', 'initdb'), ['--version'], { encoding: 'utf8', stdio: 'pipe' });
  expect(initdb).toThrow();

  await heal(native);
  await heal(native);
  for (const { target } of links) expect((await lstat(join(dirname(native), target))).isSymbolicLink()).toBe(true);
  expect(initdb()).toContain('18.');
});

test.runIf(isRoot)('binaries out of reach of the server\'s user are copied once to where it can run them', async () => {
  const closed = join(await folder(), 'anything');
  const installed = await installedBinaries();
  await cp(installed.native, closed, { recursive: true, verbatimSymlinks: true });
  const open = await folder();
  await chmod(open, 0o711);
  const copy = await readyBinaries({ ...installed, native: closed }, open, NOBODY);
  expect(dirname(copy)).toBe(open);
  const asNobody = (program: string, ...words: string[]) => execFileSync(program, words, { ...NOBODY, cwd: '/', encoding: 'utf8' });
  expect(asNobody(join(copy, 'bin', 'postgres'), '--version')).toContain('18.');
  expect(asNobody('head', '-c', '9', join(copy, 'share', 'postgresql', 'postgres.bki'))).toContain('#');
  expect(await readlink(join(copy, 'lib', 'libicuuc.so.60'))).toBe('libicuuc.so.60.2');
  expect(await readyBinaries({ ...installed, native: closed }, open, NOBODY)).toBe(copy);
});
