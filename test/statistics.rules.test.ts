import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { arrayText } from '../src/database/statement.ts';
import { namedId, newId } from '../src/kernel/ids.ts';
import { countsOf } from '../src/statistics/count.store.ts';
import type { CaseCounts } from '../src/statistics/count.type.ts';
import { freshDatabase, type FreshDatabase } from './harness.ts';
import { alike, ANALYST, coalition, count, GUEST, OFFICES, UNROUTED } from './statistics.world.ts';

let database: FreshDatabase;
let app: postgres.Sql;

const ask = async (groupBy: readonly string[], filter: Record<string, unknown> = {}, { mode = 'read write' } = {}): Promise<CaseCounts> =>
  app.begin(mode, async (sql) => {
    await sql`select set_config('comity.member', ${ANALYST}, true), set_config('role', 'comity_analyst', true)`;
    const rows = await sql`select comity.case_counts(${arrayText(groupBy)}::text[], ${JSON.stringify(filter)}::text::jsonb) as counts`;
    return countsOf({ rows, command: 'SELECT', count: 1 });
  });
const shown = async (groupBy: readonly string[], filter: Record<string, unknown> = {}): Promise<string[]> =>
  (await ask(groupBy, filter)).cells.filter((cell) => !cell.withheld).map(({ withheld: _withheld, ...cell }) => Object.values(cell).filter((value) => value !== null).join(' ')).sort();
const offices = async (): Promise<string[]> => [...new Set((await ask(['JURISDICTION'])).cells.flatMap(({ jurisdiction }) => jurisdiction ?? []))].sort();

let versions = 0;
/** Puts a book into force for an office that has only this to say. */
async function inForce(office: string, rule: { readonly counted: boolean; readonly threshold?: number }, state = 'IN_FORCE'): Promise<void> {
  const book = newId();
  const jurisdiction = namedId('jurisdiction', office);
  await database.owner.begin(async (sql) => {
    if (state === 'IN_FORCE') await sql`update comity.rule_books set state = 'SUPERSEDED', ended_at = now() where jurisdiction_id = ${jurisdiction} and state = 'IN_FORCE'`;
    await sql`insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_at) values (${book}, ${jurisdiction}, ${(versions += 1)}, ${state}, 'Rules', now())`;
    await sql`insert into comity.statistics_rules (book_id, measure, counted, threshold, basis) values (${book}, 'CASES', ${rule.counted}, ${rule.threshold ?? 10}, 'By decision of the office.')`;
  });
}

beforeAll(async () => {
  database = await freshDatabase({ reference: false });
  app = postgres({ ...database.as('comity_app'), max: 1, onnotice: () => undefined });
  await coalition(database.owner);
});
beforeEach(async () => {
  await database.owner`delete from comity.statistics_rules`;
  await database.owner`delete from comity.rule_books`;
});
afterAll(async () => {
  await app.end();
  await database.close();
});

const MEMBERS = Object.keys(OFFICES).filter((office) => office !== GUEST).sort();

describe('which offices are counted', () => {
  const cases = [...alike(30), ...alike(20, { jurisdiction: 'tb-tx', agency: 'tb-tx-pd' }), ...alike(25, { jurisdiction: GUEST, agency: `${GUEST}-pd` }), ...alike(15, { jurisdiction: UNROUTED })];

  test('without a word in their books, members are and guests are not', async () => {
    await count(database.owner, cases);
    expect(await shown([])).toEqual(['65']);
    expect(await offices()).toEqual(MEMBERS);
  });

  test('an office that opts out is in no cell and no total, from the adoption of its book on', async () => {
    await count(database.owner, cases);
    expect(await shown(['JURISDICTION'])).toContain('tb-tx 20');
    await inForce('tb-tx', { counted: false });
    expect(await shown([])).toEqual(['45']);
    expect(await shown(['STATE'])).toEqual(['15', 'TX 30']);
    expect(await offices()).toEqual(MEMBERS.filter((office) => office !== 'tb-tx'));
    expect(await shown(['AGENCY'])).toEqual(['ta-tx ta-tx-pd 30', 'ta-tx-pd 15']);
    expect((await ask(['STAGE', 'MONTH'])).cells.some(({ count: n }) => n !== null && n > 45)).toBe(false);
    await expect(ask([], { jurisdiction: 'tb-tx' })).rejects.toMatchObject({ code: 'CM400', message: expect.stringMatching(/counted/) });
    const [kept] = await database.owner`select count(*)::int as n from comity.statistics_cells where jurisdiction = 'tb-tx'`;
    expect(kept).toEqual({ n: 0 });
  });

  test('a guest that opts in is counted', async () => {
    await count(database.owner, cases);
    await inForce(GUEST, { counted: true });
    expect(await shown([])).toEqual(['90']);
    expect(await offices()).toEqual([...MEMBERS, GUEST].sort());
    expect(await shown([], { state: 'IL' })).toEqual(['25']);
    expect(await shown([], { jurisdiction: GUEST })).toEqual(['25']);
  });

  test('a book that is only proposed, or was superseded, says nothing', async () => {
    await count(database.owner, cases);
    await inForce('tb-tx', { counted: false }, 'PROPOSED');
    expect(await shown([])).toEqual(['65']);
    await inForce('tb-tx', { counted: false });
    expect(await shown([])).toEqual(['45']);
    await inForce('tb-tx', { counted: true });
    expect(await shown([])).toEqual(['65']);
  });

  test('a release is made anew for new terms alone, not for every question', async () => {
    await count(database.owner, cases);
    const { asOf } = await ask([]);
    await inForce('ta-tx', { counted: true });
    expect((await ask([])).asOf).toBe(asOf);
    await inForce('ta-tx', { counted: false });
    expect((await ask([])).asOf).not.toBe(asOf);
  });
});

describe('the threshold', () => {
  const months = { january: { month: '2025-01' }, february: { month: '2025-02' }, march: { month: '2025-03' }, april: { month: '2025-04' } };
  const cases = [
    ...alike(60, months.january), ...alike(70, months.february), ...alike(24, months.march), ...alike(55, months.april),
    ...alike(60, { ...months.january, jurisdiction: 'va-va', agency: 'va-va-pd' }), ...alike(80, { ...months.february, jurisdiction: 'va-va', agency: 'va-va-pd' }),
    ...alike(90, { ...months.march, jurisdiction: 'va-va', agency: 'va-va-pd' }), ...alike(12, { ...months.april, jurisdiction: 'vb-va', agency: 'vb-va-pd' }),
    ...alike(40, { ...months.april, jurisdiction: 'vc-va', agency: 'vc-va-pd' }), ...alike(50, { ...months.april, jurisdiction: 'va-va', agency: 'va-va-pd' }),
  ];
  const counts = async (): Promise<number[]> => {
    const tables = [[], ['STATE'], ['JURISDICTION'], ['AGENCY'], ['MONTH'], ['STAGE'], ['STATE', 'MONTH'], ['JURISDICTION', 'MONTH'], ['AGENCY', 'MONTH']];
    const found: number[] = [];
    for (const groupBy of tables) for (const { count: n } of (await ask(groupBy)).cells) if (n !== null) found.push(n);
    return found;
  };

  test('that one counted office raises withholds cells of ten to one less of every office', async () => {
    await count(database.owner, cases);
    expect((await counts()).some((n) => n < 25)).toBe(true);
    await inForce('ta-tx', { counted: true, threshold: 25 });
    const answer = await ask([], { jurisdiction: 'vb-va' });
    expect(answer).toMatchObject({ threshold: 25, cells: [{ count: null, withheld: true }] });
    expect(answer.definitions.find(({ name }) => name === 'threshold')?.text).toMatch(/25/);
    const after = await counts();
    expect(after.length).toBeGreaterThan(3);
    expect(Math.min(...after)).toBeGreaterThanOrEqual(25);
    const [kept] = await database.owner`select min(count)::int as least from comity.statistics_cells`;
    expect(kept?.['least']).toBeGreaterThanOrEqual(25);
  });

  test('is the greatest of those of all counted offices', async () => {
    await count(database.owner, cases);
    await inForce('ta-tx', { counted: true, threshold: 25 });
    await inForce('vb-va', { counted: true, threshold: 40 });
    expect((await ask([])).threshold).toBe(40);
    await inForce('vb-va', { counted: true, threshold: 10 });
    expect((await ask([])).threshold).toBe(25);
  });

  test('of an office that is not counted binds nobody', async () => {
    await count(database.owner, cases);
    await inForce(GUEST, { counted: false, threshold: 100 });
    await inForce('vb-va', { counted: false, threshold: 100 });
    expect((await ask([])).threshold).toBe(10);
  });

  test('is never under ten, whatever a book might hold', async () => {
    await count(database.owner, cases);
    await expect(inForce('ta-tx', { counted: true, threshold: 9 })).rejects.toMatchObject({ code: '23514' });
    await database.owner`alter table comity.statistics_rules drop constraint statistics_rules_threshold`;
    await inForce('ta-tx', { counted: true, threshold: 1 });
    expect((await ask([])).threshold).toBe(10);
    expect(Math.min(...(await counts()))).toBeGreaterThanOrEqual(10);
    await database.owner`delete from comity.statistics_rules`;
    await database.owner`alter table comity.statistics_rules add constraint statistics_rules_threshold check (threshold between 10 and 100)`;
  });

  test('that the release was made under is told with it where no new one can be made', async () => {
    await count(database.owner, cases);
    await inForce('ta-tx', { counted: true, threshold: 25 });
    expect((await ask([], {}, { mode: 'read only' })).threshold).toBe(10);
    expect((await ask([])).threshold).toBe(25);
    expect((await ask([], {}, { mode: 'read only' })).threshold).toBe(25);
  });

  test('holds the same under every filter', async () => {
    await count(database.owner, cases);
    await inForce('va-va', { counted: true, threshold: 30 });
    const table = (await ask(['JURISDICTION', 'MONTH'])).cells;
    expect(table.some(({ withheld }) => !withheld)).toBe(true);
    for (const cell of table) {
      if (cell.jurisdiction === null || cell.month === null) continue;
      expect((await ask([], { jurisdiction: cell.jurisdiction, month: cell.month })).cells[0]?.count).toBe(cell.count);
    }
  });
});
