import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STAGES } from '../src/cases/lifecycle.ts';
import { arrayText } from '../src/database/statement.ts';
import { countsOf } from '../src/statistics/count.store.ts';
import type { CaseCounts } from '../src/statistics/count.type.ts';
import { freshDatabase, type FreshDatabase } from './harness.ts';
import { bounds, Knowledge } from './statistics.attack.ts';
import { drawn, GROUPINGS, lattice, nameOf, truth, USED_MONTHS } from './statistics.lattice.ts';
import { alike, ANALYST, AUDITOR, coalition, count, GUEST, RETIRED, STATUTES, UNROUTED } from './statistics.world.ts';

let database: FreshDatabase;
let app: postgres.Sql;

/** Asks as the application does: in one transaction, under a member, in the analyst's role. */
const ask = async (groupBy: readonly string[], filter: Record<string, unknown> = {}, { member = ANALYST, role = 'comity_analyst' } = {}): Promise<CaseCounts> =>
  app.begin(async (sql) => {
    await sql`select set_config('comity.member', ${member}, true), set_config('role', ${role}, true)`;
    const rows = await sql`select comity.case_counts(${arrayText(groupBy)}::text[], ${JSON.stringify(filter)}::text::jsonb) as counts`;
    return countsOf({ rows, command: 'SELECT', count: 1 });
  });
const shown = async (groupBy: readonly string[], filter: Record<string, unknown> = {}) =>
  (await ask(groupBy, filter)).cells.filter((cell) => !cell.withheld).map(({ withheld: _withheld, ...cell }) => Object.values(cell).filter((value) => value !== null).join(' '));

beforeAll(async () => {
  database = await freshDatabase({ reference: false });
  app = postgres({ ...database.as('comity_app'), max: 1, onnotice: () => undefined });
  await coalition(database.owner);
});

afterAll(async () => {
  await app.end();
  await database.close();
});

describe('what an analyst is told', () => {
  test('cells of ten cases are counted, smaller ones and empty ones look alike', async () => {
    await count(database.owner, [
      ...alike(30, { month: '2025-01' }), ...alike(20, { month: '2025-02' }), ...alike(12, { month: '2025-03' }), ...alike(6, { month: '2025-04' }), ...alike(5, { month: '2025-06' }),
    ]);
    const { cells, withheldCells, threshold, definitions } = await ask(['STAGE']);
    expect(threshold).toBe(10);
    expect(definitions.length).toBeGreaterThan(0);
    expect(cells.map((cell) => cell.stage).sort()).toEqual([...STAGES].sort());
    expect(cells.filter((cell) => !cell.withheld)).toMatchObject([{ stage: 'UNCLAIMED', count: 73 }]);
    expect(withheldCells).toBe(STAGES.length - 1);
    expect((await ask([], { month: '2025-04' })).cells).toMatchObject([{ count: null, withheld: true }]);
    expect((await ask([], { month: '2025-05' })).cells).toMatchObject([{ count: null, withheld: true }]);
  });

  test('where one cell is small, another that would reveal it is withheld too, also when asked for alone', async () => {
    await count(database.owner, [...alike(40), ...alike(25, { stage: 'CLAIMED' }), ...alike(30, { stage: 'DECIDED' }), ...alike(4, { stage: 'CLOSED' })]);
    expect(await shown([])).toEqual(['99']);
    const visible = await shown(['STAGE']);
    expect(visible).toEqual(['UNCLAIMED 40']);
    for (const stage of STAGES) expect(await shown([], { stage })).toEqual(visible.filter((cell) => cell.startsWith(`${stage} `)).map((cell) => cell.split(' ')[1]));
  });

  test('an office that is alone in its state is withheld with its state', async () => {
    await count(database.owner, [...alike(30), ...alike(30, { jurisdiction: 'va-va', agency: 'va-va-pd' }), ...alike(7, { jurisdiction: 'ma-mn', agency: 'ma-mn-pd' })]);
    expect(await shown([], { jurisdiction: 'ma-mn' })).toEqual([]);
    expect(await shown([], { state: 'MN' })).toEqual([]);
    expect(await shown([])).toEqual(['67']);
  });

  test('guests are not counted, and unrouted cases count under no office', async () => {
    await count(database.owner, [...alike(30), ...alike(30, { jurisdiction: GUEST, agency: `${GUEST}-pd` }), ...alike(15, { jurisdiction: UNROUTED })]);
    expect(await shown([])).toEqual(['45']);
    expect((await shown(['JURISDICTION'])).sort()).toEqual(['15', 'ta-tx 30']);
    await expect(ask([], { jurisdiction: GUEST })).rejects.toMatchObject({ code: 'CM400' });
  });

  test('a case counts once under each of its statutes', async () => {
    const [first = '', second = ''] = Object.keys(STATUTES);
    await count(database.owner, [...alike(20, { stage: 'CLAIMED', statutes: [first, second] }), ...alike(30, { stage: 'CLAIMED', statutes: [second] }), ...alike(15)]);
    expect(await shown(['STATUTE'])).toEqual([`${first} 20`, `${second} 50`]);
  });

  test('a charge counts while it stands, proposed or filed; one that is withdrawn, or in a compartment, does not', async () => {
    const [first = ''] = Object.keys(STATUTES);
    await count(database.owner, [...alike(20, { stage: 'CLAIMED', statutes: [first] }), ...alike(15)]);
    const recounted = async () => {
      await database.owner`select comity.refresh_statistics()`;
      return shown(['STATUTE']);
    };
    expect(await recounted()).toEqual([`${first} 20`]);
    await database.owner`update comity.charges set state = 'FILED'`;
    expect(await recounted()).toEqual([`${first} 20`]);
    await database.owner`update comity.charges set needs = needs | 16384`;
    expect(await recounted()).toEqual([]);
    await database.owner`update comity.charges set needs = 1, state = 'WITHDRAWN'`;
    expect(await recounted()).toEqual([]);
  });

  test('an agency is counted within each jurisdiction apart', async () => {
    await count(database.owner, [...alike(30), ...alike(20, { jurisdiction: 'tb-tx' }), ...alike(25, { jurisdiction: 'tb-tx', agency: 'tb-tx-pd' })]);
    expect(await shown(['AGENCY'])).toEqual(['ta-tx ta-tx-pd 30', 'tb-tx ta-tx-pd 20', 'tb-tx tb-tx-pd 25']);
    expect(await shown([], { agency: 'ta-tx-pd' })).toEqual(['ta-tx 30', 'tb-tx 20']);
  });
});

describe('who is told', () => {
  test('only an active analyst is answered', async () => {
    for (const member of [AUDITOR, RETIRED, '00000000-0000-7000-8000-000000000000', '']) await expect(ask([], {}, { member })).rejects.toMatchObject({ code: 'CM403' });
  });

  test('the application outside the analyst’s role cannot call the function', async () => {
    await expect(ask([], {}, { role: 'comity_app' })).rejects.toMatchObject({ code: '42501' });
  });

  test('the analyst’s role reads no table and calls nothing else of ours', async () => {
    const [{ tables, functions } = {}] = await database.owner`select
      (select array_agg(c.relname::text) from pg_class c where c.relnamespace = 'comity'::regnamespace and c.relkind in ('r', 'v', 'm', 'S', 'p')
        and (has_table_privilege('comity_analyst', c.oid, 'select, insert, update, delete, truncate') or has_any_column_privilege('comity_analyst', c.oid, 'select'))) as tables,
      (select array_agg(p.proname::text) from pg_proc p join pg_roles o on o.oid = p.proowner where p.pronamespace = 'comity'::regnamespace
        and o.rolname in ('comity_owner', 'comity_definer') and has_function_privilege('comity_analyst', p.oid, 'execute')) as functions`;
    expect(tables).toBeNull();
    expect(functions).toEqual(['case_counts']);
  });

  test('the application reads none of the tables behind the counts', async () => {
    for (const table of ['statistics_cells', 'statistics_releases', 'statistics_work', 'statistics_places'])
      await expect(app`select from ${app(`comity.${table}`)}`).rejects.toMatchObject({ code: '42501' });
  });

  test('nothing of a small cell is kept', async () => {
    await count(database.owner, [...alike(30), ...alike(3, { month: '2025-04' })]);
    const [kept] = await database.owner`select (select count(*)::int from comity.statistics_work) + (select count(*)::int from comity.statistics_cells where count < 10) as small`;
    expect(kept).toEqual({ small: 0 });
  });
});

describe('what is refused', () => {
  test.each([
    [['RACE'], {}, /groupBy.*Use JURISDICTION/],
    [['STAGE', 'MONTH', 'STATUTE'], { state: 'TX' }, /three dimensions/],
    [['STAGE'], { race: 'x' }, /filter/],
    [['STAGE'], { month: '2025-13' }, /filter\.month.*YYYY-MM/],
    [['STAGE'], { month: '2025-03-04' }, /filter\.month/],
    [['STAGE'], { stage: 'OPEN' }, /filter\.stage.*UNCLAIMED/],
    [['STAGE'], { jurisdiction: 'nowhere' }, /filter\.jurisdiction/],
    [['STAGE'], { statute: { any: 1 } }, /filter/],
    [[], { agency: 'nowhere' }, /filter\.agency/],
  ])('%j under %j', async (groupBy, filter, words) => {
    await expect(ask(groupBy, filter)).rejects.toMatchObject({ code: 'CM400', message: expect.stringMatching(words) });
  });

  test('a jurisdiction within its state is one dimension', async () => {
    await expect(ask(['JURISDICTION', 'STATE', 'AGENCY', 'STAGE', 'MONTH'])).resolves.toBeDefined();
  });
});

describe('an analyst who gathers every table', () => {
  test.each([[1, 60], [2, 200], [3, 500], [4, 1000], [5, 1600], [6, 2500], [7, 4000], [8, 6000]])('cannot work out a withheld cell (draw %i, %i cases)', async (seed, times) => {
    const cases = drawn(seed, times);
    await count(database.owner, cases);
    const told = new Map<string, Map<string, number>>();
    for (const groups of GROUPINGS) {
      const level = groups.includes('AGENCY') ? 3 : groups.includes('JURISDICTION') ? 2 : groups.includes('STATE') ? 1 : 0;
      for (const cell of (await ask(groups)).cells) {
        if (cell.count === null) continue;
        const place = [cell.state ?? UNROUTED, cell.jurisdiction ?? UNROUTED, cell.agency].slice(0, level).join('/');
        const statute = cell.statute ?? '';
        told.set(statute, (told.get(statute) ?? new Map<string, number>()).set(nameOf(place, cell.stage ?? '', cell.month ?? ''), cell.count));
      }
    }

    let small = 0;
    for (const statute of ['', ...Object.keys(STATUTES)]) {
      const { cells, lines, unknowns } = lattice(statute);
      const known = told.get(statute) ?? new Map<string, number>();
      const held = truth(cases, statute);
      const knowledge = new Knowledge(unknowns);
      for (const [name, value] of known) {
        expect(value).toBe(held.get(name));
        expect(value).toBeGreaterThanOrEqual(10);
        knowledge.learn(cells.get(name) ?? []);
      }
      const bounded = bounds(cells.keys(), known, lines);
      for (const [name, parts] of cells) {
        if (known.has(name)) continue;
        // That a cell is empty may be told: the other cells of a line can add up to its total.
        const holds = held.get(name) ?? 0;
        if (holds === 0) continue;
        expect(knowledge.determines(parts), `${statute} ${name} follows from what was published`).toBe(false);
        if (holds >= 10) continue;
        small += 1;
        const [low, high] = bounded.get(name) ?? [holds, holds];
        expect(high, `${statute} ${name} is shown to be small`).toBeGreaterThanOrEqual(10);
        expect(high - low, `${statute} ${name} is bounded narrowly`).toBeGreaterThanOrEqual(10);
      }
    }
    expect(small).toBeGreaterThan(20);
    if (times >= 1000) expect(told.get('')?.size).toBeGreaterThan(20);
  });

  test('learns nothing from a filter that the table without it does not show', async () => {
    await count(database.owner, drawn(9, 1500));
    const table = (await ask(['JURISDICTION', 'STAGE', 'MONTH'])).cells;
    for (const month of USED_MONTHS) {
      const slice = (await ask(['JURISDICTION', 'STAGE'], { month })).cells;
      expect(slice.map((cell) => ({ ...cell, month }))).toEqual(table.filter((cell) => cell.month === month));
      for (const stage of ['CLAIMED', 'CLOSED']) for (const jurisdiction of ['ta-tx', 'va-va']) {
        const [alone] = (await ask([], { jurisdiction, stage, month })).cells;
        expect(alone?.count).toBe(table.find((cell) => cell.jurisdiction === jurisdiction && cell.stage === stage && cell.month === month)?.count);
      }
    }
  });
});

test('the SQL knows the stages', async () => {
  const [row] = await database.owner`select comity.statistics_stages() as stages`;
  expect(row?.['stages']).toEqual([...STAGES]);
});

test('the knowledge that the attacks are made with is knowledge', () => {
  const knowledge = new Knowledge(4);
  for (const sum of [[0, 1], [2, 3], [0, 2]]) knowledge.learn(sum);
  expect(knowledge.determines([1, 3])).toBe(true);
  expect(knowledge.determines([1])).toBe(false);
  expect(bounds(['t', 'a', 'b'], new Map([['t', 12], ['b', 9]]), [{ total: 't', parts: ['a', 'b'] }]).get('a')).toEqual([3, 3]);
});
