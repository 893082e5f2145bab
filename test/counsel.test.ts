import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReferenceRefused } from '../src/database/reference.ts';
import { applyCounsel, told, type TextChange } from '../src/law/counsel.ts';
import { counselFile } from '../src/law/counsel.file.ts';
import { loadReference } from '../src/reference.ts';
import { type FreshDatabase, freshDatabase } from './harness.ts';

const SHIPPED = fileURLToPath(new URL('../drizzle/reference', import.meta.url));

let database: FreshDatabase;
let sql: postgres.Sql;
let folder: string;
beforeAll(async () => {
  database = await freshDatabase();
  sql = postgres({ ...database.as('comity_migrator'), max: 1, onnotice: () => undefined });
  folder = await mkdtemp(join(tmpdir(), 'comity-counsel-'));
});
afterAll(async () => {
  await sql.end();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

const HEADER = 'state,citation,title,class,level,elements,limitation_citation,limitation_months,source,effective_from,effective_to,superseded_by,limitation_by_level';
const line = (changes: Partial<Record<string, string>> = {}) => {
  const cells: Record<string, string> = {
    state: 'TX', citation: 'Tex. Penal Code 22.02', title: 'Aggravated assault', class: 'Second degree felony', level: 'felony', elements: '"assaults another | uses a weapon, or causes serious injury"',
    limitation_citation: 'Tex. Code Crim. Proc. art. 12.01', limitation_months: '60', source: '"Session law, invented"', effective_from: '2027-09-01', ...changes,
  };
  return HEADER.split(',').map((name) => cells[name] ?? '').join(',');
};
const csv = (...lines: string[]) => file('counsel.csv', `\uFEFF${[HEADER, ...lines].join('\r\n')}\r\n`);
const apply = async (path: string, keep: boolean): Promise<TextChange[]> => {
  const file = await counselFile(path);
  if (file.of !== 'STATUTES') throw new Error('these are no statutes');
  return applyCounsel(sql, file, { keep });
};
const faultsOf = async (path: string) => {
  const error: unknown = await counselFile(path).then(() => expect.fail('was read'), (reason: unknown) => reason);
  return error instanceof ReferenceRefused ? error.faults.map(({ index, path: where, problem }) => `${index ?? '-'} ${where}: ${problem}`) : expect.fail(String(error));
};
const texts = async (citation: string) => [...await sql`select v.valid_from::text as from, v.valid_to::text as to, (v.limitation ->> 'months')::int as months, v.attested_by as by, s.origin
  from comity.statute_versions v join comity.statutes s on s.id = v.statute_id where s.citation = ${citation} order by v.valid_from nulls first`];

describe('a file of counsel', () => {
  test('is compared before it is loaded: what it would change is said, and nothing is changed', async () => {
    const before = await texts('Tex. Penal Code 22.02');
    const report = await apply(await csv(line()), false);
    expect(report).toEqual([
      { citation: 'Tex. Penal Code 22.02', validFrom: null, change: 'CLOSED', attestationLost: null, charges: 0, clocks: 0, links: 0, assessments: 0, earlier: 0, outside: 0, fields: expect.arrayContaining([{ field: 'valid_to', before: null, after: '2027-08-31' }]) },
      { citation: 'Tex. Penal Code 22.02', validFrom: '2027-09-01', change: 'ADDED', attestationLost: null, charges: 0, clocks: 0, links: 0, assessments: 0, earlier: 0, outside: 0, fields: [] },
    ]);
    expect(told(report)).toContain('valid_to: null -> 2027-08-31');
    expect(await texts('Tex. Penal Code 22.02')).toEqual(before);
  });

  test('is loaded as it was compared, and loading it again changes nothing', async () => {
    const path = await csv(line());
    const report = await apply(path, false);
    expect(await apply(path, true)).toEqual(report);
    expect(await texts('Tex. Penal Code 22.02')).toEqual([
      { from: null, to: '2027-08-31', months: 24, by: null, origin: 'COUNSEL' }, { from: '2027-09-01', to: null, months: 60, by: null, origin: 'COUNSEL' },
    ]);
    expect((await apply(path, true)).map(({ change }) => change)).toEqual(['UNCHANGED']);
  });

  test('stays when a release loads its own files again', async () => {
    const before = await texts('Tex. Penal Code 22.02');
    expect(before).toHaveLength(2);
    const { kinds } = await loadReference(sql, SHIPPED);
    expect(kinds.statutes).toMatchObject({ inserted: 0, changed: 0, unchanged: 110 });
    expect(await texts('Tex. Penal Code 22.02')).toEqual(before);
  });

  test('that changes a confirmed text says whose word is lost', async () => {
    const shipped: { citation: string; maxPenalty: string }[] = JSON.parse(await readFile(join(SHIPPED, 'statutes.json'), 'utf8'));
    const theft = shipped.find(({ citation }) => citation === 'Tex. Penal Code 37.11');
    await database.owner`update comity.statute_versions set attested_by = 'Cora Unsel' where statute_id = (select id from comity.statutes where citation = 'Tex. Penal Code 37.11')`;
    const path = await file('counsel.json', JSON.stringify([{ ...theft, maxPenalty: 'Twelve years, invented' }]));
    const [change] = await apply(path, false);
    expect(change).toMatchObject({ change: 'CHANGED', attestationLost: 'Cora Unsel', fields: [{ field: 'max_penalty', before: theft?.maxPenalty, after: 'Twelve years, invented' }] });
    expect((await texts('Tex. Penal Code 37.11'))[0]?.['by']).toBe('Cora Unsel');
    await apply(path, true);
    expect((await texts('Tex. Penal Code 37.11'))[0]?.['by']).toBeNull();
  });

  test('says where the law went on under another citation', async () => {
    const old = line({ citation: 'Tex. Code Crim. Proc. art. 13.998', effective_from: '', effective_to: '2024-12-31', superseded_by: 'Tex. Code Crim. Proc. art. 13A.998' });
    const report = await apply(await csv(old, line({ citation: 'Tex. Code Crim. Proc. art. 13A.998', effective_from: '2025-01-01' })), true);
    expect(report.map(({ citation, change }) => [citation, change])).toEqual([['Tex. Code Crim. Proc. art. 13.998', 'ADDED'], ['Tex. Code Crim. Proc. art. 13A.998', 'ADDED']]);
    expect(await sql`select later.citation from comity.statute_versions v join comity.statutes s on s.id = v.statute_id join comity.statutes later on later.id = v.superseded_by where s.citation = 'Tex. Code Crim. Proc. art. 13.998'`)
      .toEqual([{ citation: 'Tex. Code Crim. Proc. art. 13A.998' }]);
  });

  test('says nothing of what it has no column for: that stays as it stands, where an empty cell takes it away', async () => {
    const told = async () => (await sql`select s.tags, s.keywords, v.limitation, v.nibrs, v.max_penalty, v.applies_to_federal_officer as reach, v.officer_clause as clause, v.confidence, v.valid_from::text as start, v.valid_to::text as last
      from comity.statute_versions v join comity.statutes s on s.id = v.statute_id where s.citation = 'Tex. Penal Code 98.11'`)[0];
    const first = 'state,citation,title,class,level,elements,limitation_citation,limitation_months,source';
    const cells = 'TX,Tex. Penal Code 98.11,Invented,Third degree felony,felony,does it,Tex. Code Crim. Proc. art. 12.01';
    const more = 'limitation_starts,limitation_note,limitation_extension,max_penalty,nibrs,federal_officer,officer_clause,tags,effective_from,confidence';
    const extension = '"{""trigger"":""public_officer_or_employee_in_connection_with_office"",""addYears"":3,""capYearsBeyondBase"":8,""citation"":""Invented 1""}"';
    await apply(await file('whole.csv', `${first},${more}\n${cells},36,S,discovery,Of its own,${extension},Ten years,13A,no,None is reached,force arrest,2020-01-01,high\n`), true);
    const whole = await told();
    expect(whole).toMatchObject({ tags: ['force', 'arrest'], nibrs: '13A', max_penalty: 'Ten years', reach: 'NO', clause: 'None is reached', confidence: 'HIGH', start: '2020-01-01', limitation: { months: 36, startsAt: 'DISCOVERY', note: 'Of its own', extension: { trigger: 'PUBLIC_OFFICE' } } });
    const [change] = await apply(await file('nine.csv', `${first}\n${cells},60,S\n`), true);
    expect(change).toMatchObject({ change: 'CHANGED', validFrom: '2020-01-01', fields: [{ field: 'limitation' }] });
    expect(await told()).toEqual({ ...whole, limitation: { ...whole?.['limitation'], months: 60 } });
    await apply(await file('none.csv', `${first}\n${cells},none,S\n`), true);
    expect((await told())?.['limitation']).toMatchObject({ kind: 'NONE', months: null, startsAt: null });
    await apply(await file('empty.csv', `${first},${more}\n${cells},36,S,,,,,,,,,2020-01-01,\n`), true);
    expect(await told()).toMatchObject({ tags: [], nibrs: '90Z', max_penalty: 'not given', reach: 'DISPUTED', clause: null, confidence: 'MEDIUM', limitation: { startsAt: 'COMMISSION', note: 'as given by counsel' } });
    expect((await told())?.['limitation'].extension).toBeUndefined();
  });

  test('keeps the levels of a graded offence, and is refused where it changes its period without a word of them', async () => {
    await apply(await csv(line({ citation: 'Tex. Penal Code 98.10', level: 'either', limitation_months: '24', limitation_by_level: 'felony=36;misdemeanor=24' })), true);
    const without = async (months: string) => {
      const named = HEADER.split(',').filter((name) => name !== 'limitation_by_level');
      const cells = line({ citation: 'Tex. Penal Code 98.10', level: 'either', limitation_months: months, title: 'Renamed' }).split(',');
      return apply(await file('ungraded.csv', `${named.join(',')}\n${cells.slice(0, -1).join(',')}\n`), true);
    };
    for (const months of ['60', 'none']) await expect(without(months)).rejects.toThrow(/ungraded\.csv.*limitation_by_level.*grades this offence/);
    await without('24');
    const [row] = await sql`select v.limitation -> 'byLevel' as levels from comity.statute_versions v join comity.statutes s on s.id = v.statute_id where s.citation = 'Tex. Penal Code 98.10'`;
    expect(row?.['levels']).toEqual([{ level: 'FELONY', kind: 'FIXED', months: 36 }, { level: 'MISDEMEANOR', kind: 'FIXED', months: 24 }]);
  });
});

describe('a file of counsel with faults is refused whole, each fault by name', () => {
  test('cells that do not hold', async () => {
    expect(await faultsOf(await csv(line({ level: 'grave' }), line({ limitation_months: '' }), line({ citation: 'the assault one' }), line({ state: 'MN' }), line({ elements: '' })))).toEqual([
      expect.stringMatching(/^0 level: "grave"/), expect.stringMatching(/^1 limitation\.months: /), expect.stringMatching(/^2 citation: .*can be read/),
      expect.stringMatching(/^3 citation: belongs to TX/), expect.stringMatching(/^4 elements: /),
    ]);
  });

  test('columns that are missing, unknown or twice', async () => {
    expect(await faultsOf(await file('columns.csv', 'state,citation,citation,colour\nTX,x,y,z\n'))).toEqual(expect.arrayContaining([
      '- colour: is no column of a table of statutes.', '- title: is missing.', '- citation: stands twice in the first line.',
    ]));
  });

  test('what is neither CSV nor JSON, and what is not there', async () => {
    expect(await faultsOf(await file('broken.csv', 'state,citation\n"TX'))).toEqual([expect.stringMatching(/is not CSV/)]);
    expect(await faultsOf(await file('broken.json', '[{'))).toEqual([expect.stringMatching(/is not JSON/)]);
    const latin = join(folder, 'latin.csv');
    await writeFile(latin, Buffer.from(`${HEADER}\n${line({ title: 'Entrée' })}\n`, 'latin1'));
    expect(await faultsOf(latin)).toEqual([expect.stringMatching(/is not in UTF-8/)]);
    expect(await faultsOf(await file('text.json', '"statutes"'))).toEqual([expect.stringMatching(/is not a list/)]);
    expect(await faultsOf(join(folder, 'absent.csv'))).toEqual([expect.stringMatching(/cannot be read/)]);
  });

  test('a text that stands twice, and a successor that is nowhere', async () => {
    expect(await faultsOf(await csv(line(), line()))).toEqual([expect.stringMatching(/stands already in row 0/)]);
    expect(await faultsOf(await csv(line({ effective_to: '2028-01-01', superseded_by: 'Tex. Penal Code 99.99' })))).toEqual([expect.stringMatching(/^0 supersededBy: "Tex\. Penal Code 99\.99" is no other citation/)]);
    expect(await faultsOf(await csv(line({ superseded_by: 'Tex. Penal Code 99.99' })))).toEqual([expect.stringMatching(/^0 supersededBy: /)]);
  });

  test('texts that overlap leave everything as it was', async () => {
    const before = await texts('Tex. Penal Code 22.01');
    const path = await csv(line({ citation: 'Tex. Penal Code 22.01', level: 'misdemeanor', effective_from: '2027-01-01', effective_to: '2028-01-01' }), line({ citation: 'Tex. Penal Code 22.01', level: 'misdemeanor', effective_from: '2027-06-01' }));
    await expect(apply(path, true)).rejects.toThrow(/counsel\.csv.*overlaps/);
    expect(await texts('Tex. Penal Code 22.01')).toEqual(before);
  });
});
