import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { keptEmbedded } from '../src/database/embedded.keeper.ts';

test('a server that is killed runs again on the same data and at the same address, and ends when it is told to', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'comity-kept-'));
  const notices: string[] = [];
  const server = await keptEmbedded({ directory }, (what) => notices.push(what), 50);
  const ask = async (text: string) => {
    const sql = postgres({ ...server.superuser, max: 1, connect_timeout: 2, onnotice: () => undefined });
    try {
      return await sql.unsafe(text);
    } finally {
      await sql.end({ timeout: 0 });
    }
  };
  try {
    await ask('create table kept (word text)');
    await ask(`insert into kept values ('still here')`);
    process.kill(server.pid, 'SIGKILL');
    await expect.poll(() => notices, { timeout: 20_000 }).toEqual(['ended', 'running']);
    expect(await ask('select word from kept')).toMatchObject([{ word: 'still here' }]);
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
  await expect(ask('select 1')).rejects.toThrow();
  expect(notices).toEqual(['ended', 'running']);
});
