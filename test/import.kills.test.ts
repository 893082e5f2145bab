import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { niemFile, niemReferral } from './niem.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let home: string;
beforeAll(async () => {
  world = await openWorld();
  home = await mkdtemp(join(tmpdir(), 'comity-import-test-'));
});
afterAll(async () => {
  await world.close();
  await rm(home, { recursive: true, force: true });
});

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

test('three thousand records, killed at random moments with several batches under way, arrive without twins or gaps', async () => {
  const records = 3000;
  const faulty = (index: number) => index % 250 === 7;
  const texts = Array.from({ length: records }, (_, index) => niemReferral(`K-${index}`, faulty(index) ? { kind: 'PARTY' } : {}));
  const file = join(home, 'killed.xml');
  await writeFile(file, niemFile(...texts));
  const [rejects, checkpoint] = [`${file}.rejects.csv`, `${file}.rejects.csv.checkpoint`];
  const token = await world.as('machineDallasPolice').token();
  const start = () => spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('import.process.ts', import.meta.url)), file, '--url', world.server.url, '--attested-by', 'chiefDallasPolice', '--batch', '50', '--parallel', '3', '--quiet'],
    { env: { ...process.env, COMITY_TOKEN: token }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let [cut, gone] = [0, ''];
  for (let round = 0; round < 4; round += 1) {
    const before = await readFile(checkpoint, 'utf8').catch(() => '');
    const child = start();
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    while (child.exitCode === null && (await readFile(checkpoint, 'utf8').catch(() => '')) === before) await pause(2);
    await pause(Math.random() * 500);
    child.kill('SIGKILL');
    if ((await ended) === 'SIGKILL') cut += 1;
    const after = await readFile(checkpoint, 'utf8').catch(() => '');
    if (after !== before) gone = after;
  }
  expect(cut).toBeGreaterThan(1);
  expect(gone).not.toBe('');

  const last = start();
  let said = '';
  last.stdout.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  expect(await new Promise((resolve) => last.once('exit', resolve))).toBe(2);
  expect(said).toMatch(/gone on from/);
  const wanted = texts.flatMap((text, index) => (faulty(index) ? [] : [{ report: `K-${index}`, text }]));
  const kept = await world.database.owner`
    select r.report_number as report, convert_from(o.bytes, 'UTF8') as text, (select count(*)::int from comity.case_referrals l where l.referral_id = r.id) as cases
      from comity.referrals r join comity.referral_originals o on o.referral_id = r.id where r.report_number like 'K-%' order by substr(r.report_number, 3)::int`;
  expect(kept.map(({ report, text }) => ({ report, text }))).toEqual(wanted);
  expect(kept.every(({ cases }) => cases === 1)).toBe(true);
  const [numbers] = await world.database.owner`select count(*)::int as cases, count(distinct number)::int as numbers from comity.cases`;
  expect(numbers).toEqual({ cases: wanted.length, numbers: wanted.length });
  const named = (await readFile(rejects, 'utf8')).split('\r\n').slice(1, -1).map((line) => line.split(',')[1]);
  expect(named).toEqual(texts.flatMap((_, index) => (faulty(index) ? [`"K-${index}"`] : [])));
  expect(await exists(checkpoint)).toBe(false);
}, 120_000);
