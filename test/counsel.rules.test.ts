import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refreshClocks } from '../src/clocks/refresh.ts';
import { commandClient } from '../src/database/migrate.ts';
import { ReferenceRefused } from '../src/database/reference.ts';
import { applyCounsel, told } from '../src/law/counsel.ts';
import { counselFile } from '../src/law/counsel.file.ts';
import { applyRules, type RuleChange, toldRules } from '../src/law/counsel.rules.ts';
import { loadReference } from '../src/reference.ts';
import { chargedUnder, clockwork } from './case-clocks.world.ts';
import { incidentIn } from './policies.world.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

const SHIPPED = fileURLToPath(new URL('../drizzle/reference', import.meta.url));
type Section = readonly Readonly<Record<string, any>>[];
const shipped: Readonly<Record<string, Section>> = JSON.parse(await readFile(join(SHIPPED, 'state-rules.json'), 'utf8'));
const ofState = (section: string, state: string) => (shipped[section] ?? []).filter((row) => row['state'] === state);

let world: World;
let sql: postgres.Sql;
let folder: string;
/** One of three of Texas, of whose charges one was withdrawn; and one of Minnesota. */
let texan: BuiltCase;
let minnesotan: BuiltCase;
beforeAll(async () => {
  world = await openWorld();
  sql = commandClient(world.database.as('comity_migrator'));
  folder = await mkdtemp(join(tmpdir(), 'comity-rules-'));
  texan = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await chargedUnder(world, 'attorneyDallas', texan, 'Tex. Penal Code 22.01');
  await chargedUnder(world, 'attorneyDallas', await world.buildCase({ claimedBy: 'attorneyDallas' }), 'Tex. Penal Code 22.01');
  const over = await world.buildCase({ claimedBy: 'attorneyDallas' });
  const chargeId = await chargedUnder(world, 'attorneyDallas', over, 'Tex. Penal Code 22.01');
  await world.as('attorneyDallas').get('mutation ($input: WithdrawChargeInput!) { withdrawCharge(input: $input) { case { id } } }', { input: { caseId: over.id, chargeId } });
  minnesotan = await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' });
  await chargedUnder(world, 'attorneyHennepin', minnesotan, 'Minn. Stat. 609.224');
});
afterAll(async () => {
  await sql.end();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

async function file(content: unknown): Promise<string> {
  await writeFile(join(folder, 'counsel.json'), JSON.stringify(content));
  return join(folder, 'counsel.json');
}
async function apply(content: unknown, keep: boolean): Promise<RuleChange[]> {
  const read = await counselFile(await file(content));
  return read.of === 'RULES' ? applyRules(sql, read.rules, { keep }) : expect.fail('these are no rules');
}
const faultsOf = async (content: unknown) => {
  const error: unknown = await counselFile(await file(content)).then(() => expect.fail('was read'), (reason: unknown) => reason);
  return error instanceof ReferenceRefused ? error.faults.map(({ index, path, problem }) => `${index ?? '-'} ${path}: ${problem}`) : expect.fail(String(error));
};
const rules = async () => [...await sql`select kind, state, position, body, citation, source, confidence, origin from comity.state_rules order by kind, state, position`];
const dueOn = async (who: 'attorneyDallas' | 'attorneyHennepin', { id }: BuiltCase) => (await clockwork(world).ofCase(who, { id })).find(({ kind }) => kind === 'CAMERA_RETENTION')?.['dueOn'];

const camera = { ...ofState('bodyCameraRetention', 'TX')[0], unflaggedDays: 120, confidence: 'medium', source: 'A session law, invented.' };

describe('a file of counsel with rules of a state', () => {
  test('is compared before it is loaded, field by field, with what rests on each rule, and nothing is changed', async () => {
    const before = await rules();
    const report = await apply({ bodyCameraRetention: [camera] }, false);
    expect(report).toEqual([{
      kind: 'BODY_CAMERA_RETENTION', state: 'TX', position: 0, citation: 'Tex. Code Crim. Proc. 2B.0106', change: 'CHANGED', charges: 0, clocks: 3,
      fields: [{ field: 'confidence', before: 'HIGH', after: 'MEDIUM' }, { field: 'source', before: null, after: 'A session law, invented.' }, { field: 'unflaggedDays', before: 90, after: 120 }],
    }]);
    const words = toldRules(report);
    expect(words).toContain('CHANGED  BODY_CAMERA_RETENTION in TX, rule 1 (Tex. Code Crim. Proc. 2B.0106)');
    expect(words).toContain('unflaggedDays: 90 -> 120');
    expect(words).toContain('0 charges and 3 clocks rest on it');
    expect(await rules()).toEqual(before);
  });

  test('is loaded as it was compared; clocks are then what it says, and loading it again changes nothing', async () => {
    const report = await apply({ bodyCameraRetention: [camera] }, false);
    expect(await dueOn('attorneyDallas', texan)).toBe('2026-06-12');
    const others = await dueOn('attorneyHennepin', minnesotan);
    expect(await apply({ note: 'Of counsel.', bodyCameraRetention: [camera] }, true)).toEqual(report);
    expect(await refreshClocks(sql)).toBe(3);
    expect(await dueOn('attorneyDallas', texan)).toBe('2026-07-12');
    expect(await dueOn('attorneyHennepin', minnesotan)).toBe(others);
    // What arrives from then on, too, though the server has rules in mind.
    expect(await dueOn('attorneyDallas', await world.buildCase({ claimedBy: 'attorneyDallas' }))).toBe('2026-07-12');
    expect((await apply({ bodyCameraRetention: [camera] }, true)).map(({ change }) => change)).toEqual(['UNCHANGED']);
  });

  test('stays when a release loads its own files again; the rules of others are the release’s', async () => {
    await apply({ bodyCameraRetention: [camera] }, true);
    await sql`update comity.state_rules set source = 'Spoilt' where kind = 'BODY_CAMERA_RETENTION' and state = 'MN'`;
    const { kinds } = await loadReference(sql, SHIPPED);
    expect(kinds.rules).toMatchObject({ inserted: 0, changed: 1, removed: 0 });
    expect(kinds.rules.unchanged + kinds.rules.changed).toBe((await rules()).length);
    const kept = (await rules()).filter(({ kind, state }) => kind === 'BODY_CAMERA_RETENTION' && ['TX', 'MN'].includes(String(state)));
    expect(kept.map(({ state, origin, body }) => [state, origin, (body as { unflaggedDays: number | null }).unflaggedDays])).toEqual([['MN', 'SHIPPED', ofState('bodyCameraRetention', 'MN')[0]?.['unflaggedDays']], ['TX', 'COUNSEL', 120]]);
  });

  test('takes the place of all rules of their kind and state: one more is added, one fewer removed, and stays so', async () => {
    const notices = ofState('victimNotice', 'TX');
    expect(notices.length).toBeGreaterThan(1);
    const further = { ...notices[0], dueDays: 3, citation: 'Tex. Invented Code 1' };
    const more = await apply({ victimNotice: [...notices, further] }, true);
    expect(more.map(({ change }) => change)).toEqual([...notices.map(() => 'UNCHANGED'), 'ADDED']);
    await loadReference(sql, SHIPPED);
    expect((await rules()).filter(({ kind, state }) => kind === 'VICTIM_NOTICE' && state === 'TX')).toHaveLength(notices.length + 1);
    const fewer = await apply({ victimNotice: [further] }, true);
    expect(fewer.map(({ change }) => change)).toEqual(['CHANGED', ...notices.map(() => 'REMOVED')]);
    expect(toldRules(fewer)).toMatch(/REMOVED {2}VICTIM_NOTICE in TX, rule 2/);
    await loadReference(sql, SHIPPED);
    expect((await rules()).filter(({ kind, state }) => kind === 'VICTIM_NOTICE' && state === 'TX').map(({ citation, origin }) => [citation, origin])).toEqual([['Tex. Invented Code 1', 'COUNSEL']]);
    expect((await rules()).filter(({ kind, state }) => kind === 'VICTIM_NOTICE' && state === 'MN').length).toBe(ofState('victimNotice', 'MN').length);
  });

  test('says how many charges stand on a limitation, without those of other states or withdrawn', async () => {
    const texas = { ...ofState('limitation', 'TX')[0], source: 'Another reading.' };
    const [report] = await apply({ limitation: [texas] }, false);
    expect(report).toMatchObject({ change: 'CHANGED', charges: 2, clocks: 2, fields: [{ field: 'source' }] });
    expect((await apply({ limitation: [{ ...ofState('limitation', 'MN')[0], source: 'Another reading.' }] }, false))[0]).toMatchObject({ charges: 1, clocks: 1 });
    await world.database.owner`update comity.cases set stage = 'CLOSED' where id = ${minnesotan.id}`;
    expect((await apply({ limitation: [{ ...ofState('limitation', 'MN')[0], source: 'Another reading.' }] }, false))[0]).toMatchObject({ charges: 0, clocks: 0 });
    await world.database.owner`update comity.cases set stage = 'CLAIMED' where id = ${minnesotan.id}`;
  });

  test('that closes a part of cases to other offices is applied to the cases that stand', async () => {
    const closings = async () => Number((await world.database.owner`select count(*) from comity.closings where case_id = ${texan.id} and cause = 'LAW'`)[0]?.['count']);
    const before = await closings();
    const report = await apply({ restrictions: [{ state: 'TX', facet: 'EVIDENCE', text: 'Evidence is kept, invented.', citation: 'Tex. Invented Code 2', confidence: 'low' }] }, true);
    expect(report.some(({ kind, change }) => kind === 'RESTRICTION' && change === 'ADDED')).toBe(true);
    expect(await closings()).not.toBe(before);
  });
});

test('a file of statutes says how many charges and clocks rest on each text', async () => {
  const statutes: Section = JSON.parse(await readFile(join(SHIPPED, 'statutes.json'), 'utf8'));
  const assault = statutes.filter(({ citation }) => citation === 'Tex. Penal Code 22.01');
  const read = await counselFile(await file(assault.map((row) => ({ ...row, maxPenalty: 'Another, invented' }))));
  if (read.of !== 'STATUTES') throw new Error('these are no statutes');
  const report = await applyCounsel(sql, read, { keep: false });
  expect(report).toMatchObject([{ change: 'CHANGED', charges: 2, clocks: 2 }]);
  expect(told(report)).toContain('2 charges and 2 clocks rest on it');
  expect(told(report)).not.toContain('not in force');
  // A text that ends, or whose successor begins, before the days of those charges leaves them behind.
  for (const period of [{ effectiveTo: '2026-01-31' }, { effectiveFrom: '2026-02-01' }]) {
    const other = await counselFile(await file(assault.map((row) => ({ ...row, ...period }))));
    if (other.of !== 'STATUTES') throw new Error('these are no statutes');
    expect(told(await applyCounsel(sql, other, { keep: false }))).toContain('2 of these charges are of a day on which it is not in force');
  }
});

describe('a file of rules with faults is refused whole, each fault by name', () => {
  test.each([
    ['no section', {}, [/holds no rule of law/]],
    ['a section that is none', { bodyCameraRetention: [camera], parole: [] }, [/^- parole: is no section/]],
    ['an empty one', { limitation: [] }, [/holds no rule of law/]],
    ['a rule that does not hold', { bodyCameraRetention: [{ ...camera, unflaggedDays: -1 }, { ...camera, colour: 'blue' }] }, [/^0 unflaggedDays: /, /^1 : .*colour/i]],
    ['a state that is none', { supersession: [{ state: 'Texas', hearingDays: 1, decisionDays: 1, text: 'x', citation: null, confidence: 'low' }] }, [/^0 state: /]],
  ])('%s', async (_what, content, faults) => {
    const before = await rules();
    expect(await faultsOf(content)).toEqual(faults.map((pattern) => expect.stringMatching(pattern)));
    expect(await rules()).toEqual(before);
  });
});
