import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { referenceLoads } from '../src/database/reference.table.ts';
import { ReferenceRefused } from '../src/database/reference.ts';
import { upsert } from '../src/database/upsert.ts';
import { loadReference, referenceIsCurrent } from '../src/reference.ts';
import { type FreshDatabase, freshDatabase } from './harness.ts';

const SHIPPED = fileURLToPath(new URL('../drizzle/reference', import.meta.url));

/** As loose as files are that people edit. */
type Json = ReturnType<typeof JSON.parse>;

let database: FreshDatabase;
/** Loads as the role that migrates does: it does not see past policies. */
let sql: postgres.Sql;
let edited: string;

async function open() {
  database = await freshDatabase({ reference: false });
  sql = postgres({ ...database.as('comity_migrator'), max: 1, onnotice: () => undefined });
}

async function shut() {
  await sql.end();
  await database.close();
}

beforeEach(async () => {
  edited = await mkdtemp(join(tmpdir(), 'comity-reference-'));
  await cp(SHIPPED, edited, { recursive: true });
});

afterEach(() => rm(edited, { recursive: true, force: true }));

/** Changes one file of this test's copy. */
async function edit(file: string, change: (content: Json) => void) {
  const path = join(edited, file);
  const content: unknown = JSON.parse(await readFile(path, 'utf8'));
  change(content);
  await writeFile(path, JSON.stringify(content));
}

const office = (offices: Json[], slug: string): Json => offices.find((row) => row.slug === slug) ?? expect.fail(slug);
const offence = (offences: Json[], citation: string): Json => offences.find((row) => row.citation === citation) ?? expect.fail(citation);

const refused = async (directory = edited) => {
  const error: unknown = await loadReference(sql, directory).then(() => expect.fail('was loaded'), (reason: unknown) => reason);
  return error instanceof ReferenceRefused ? error : expect.fail(String(error));
};

const counted = async (table: string) => Number((await sql.unsafe(`select count(*) as n from comity.${table}`))[0]?.n);
const TABLES = ['jurisdictions', 'jurisdiction_counties', 'agencies', 'statutes', 'statute_versions', 'state_rules', 'directives', 'reference_loads'];
const nothingLoaded = async () => expect(await Promise.all(TABLES.map(counted))).toEqual(TABLES.map(() => 0));

describe('the reference data that ships', () => {
  beforeEach(open);
  afterEach(shut);

  it('is ten offices, 272 agencies and 110 offences, and Cook County is a guest', async () => {
    const { files, kinds } = await loadReference(sql, SHIPPED);
    expect(kinds).toMatchObject({
      jurisdictions: { inserted: 10 }, counties: { inserted: 12 }, agencies: { inserted: 272 }, statutes: { inserted: 110 },
      statuteVersions: { inserted: 110 }, rules: { inserted: 55 }, directives: { inserted: 2 }, packs: { inserted: 2 }, requirements: { inserted: 14 },
      ruleBooks: { inserted: 10 },
    });
    expect(files.map(({ file, rows }) => `${file} ${rows}`)).toEqual(
      ['jurisdictions.json 10', 'prefixes.json 10', 'statutes.json 110', 'state-rules.json 55', 'directives.json 2', 'rule-book.json 1']);
    expect(await sql`select slug from comity.jurisdictions where standing = 'GUEST'`).toEqual([{ slug: 'cook-il' }]);
    expect(await sql`select prefix, state, array_to_string(handles_levels, ' ') as levels from comity.jurisdictions where slug = 'dallas-tx'`)
      .toEqual([{ prefix: 'DAL', state: 'TX', levels: 'FELONY MISDEMEANOR' }]);
    expect(await sql`select kind, ori from comity.agencies where name = 'Norfolk Sheriff''s Office'`).toEqual([{ kind: 'SHERIFF', ori: null }]);
  });

  it('is current only once it is loaded, and no longer when a file has changed', async () => {
    expect(await referenceIsCurrent(sql, SHIPPED)).toBe(false);
    await loadReference(sql, SHIPPED);
    expect(await referenceIsCurrent(sql, SHIPPED)).toBe(true);
    await edit('statutes.json', (offences) => { offences[0].title = 'Murder'; });
    expect(await referenceIsCurrent(sql, edited)).toBe(false);
  });

  it('loaded a second time changes nothing, not even a row version', async () => {
    await loadReference(sql, SHIPPED);
    const before = await sql`select id, xmin::text from comity.statute_versions order by id`;
    const { kinds } = await loadReference(sql, SHIPPED);
    for (const tally of Object.values(kinds)) expect(tally).toMatchObject({ inserted: 0, changed: 0, removed: 0 });
    expect(kinds.agencies.unchanged).toBe(272);
    expect(await sql`select id, xmin::text from comity.statute_versions order by id`).toEqual(before);
  });

  it('keeps what the law says of limitation: a felony of two years in Texas, none in Virginia, each level of a graded offence', async () => {
    await loadReference(sql, SHIPPED);
    const limitation = async (citation: string) => (await sql`
      select v.limitation ->> 'kind' as kind, (v.limitation ->> 'months')::int as months, v.limitation -> 'byLevel' -> 0 ->> 'kind' as graded
      from comity.statute_versions v join comity.statutes s on s.id = v.statute_id where s.citation = ${citation}`)[0];
    expect(await limitation('Tex. Penal Code 22.02')).toEqual({ kind: 'FIXED', months: 24, graded: null });
    expect(await limitation('Va. Code 18.2-47')).toEqual({ kind: 'NONE', months: null, graded: null });
    expect(await limitation('18 Pa.C.S. 4911')).toEqual({ kind: 'FIXED', months: 60, graded: 'FIXED' });
  });

  it('is found by the words of its title, by its tags and by its section number', async () => {
    await loadReference(sql, SHIPPED);
    const found = async (words: string) =>
      (await sql<{ citation: string }[]>`select citation from comity.statutes where tsv @@ websearch_to_tsquery('english', ${words})`).map((row) => row.citation);
    expect(await found('batteries')).toContain('720 ILCS 5/12-3');
    expect(await found('homicide')).toContain('Va. Code 18.2-32');
    expect(await found('22.02')).toEqual(['Tex. Penal Code 22.02']);
    expect(await found('12-3.05')).toEqual(['720 ILCS 5/12-3.05']);
    expect(await found('13-1204')).toEqual(['A.R.S. 13-1204']);
  });
});

describe('a reference file with faults', () => {
  // One database for all: nothing may arrive in it.
  beforeAll(open);
  afterAll(shut);

  it('is refused with every fault of every file named, and nothing is loaded', async () => {
    await edit('statutes.json', (offences) => {
      offences[3].level = 'felonious';
      offences[5].limitation.months = null;
      offences[7].citation = '720 ILCS § 5/24-1.5';
      offences[9].citation = 'Ohio Rev. Code 2903.11';
    });
    await edit('jurisdictions.json', (offices) => {
      office(offices, 'dallas-tx').agencies[0].ori = 'TX1';
      office(offices, 'pima-az').timeZone = 'America/Tucson';
      office(offices, 'norfolk-va').countyFips = ['51999'];
    });
    await edit('directives.json', (directives) => { directives[0].requirements[0].severity = 'FATAL'; });
    await edit('state-rules.json', (rules) => { rules.restrictions[0].compartment = 'ATTIC'; });
    const { faults, message } = await refused();
    expect(faults.map(({ file, index, name, path }) => `${file} ${index} ${name} ${path}`)).toEqual([
      'jurisdictions.json 4 dallas-tx agencies.0.ori',
      'jurisdictions.json 5 pima-az timeZone',
      'jurisdictions.json 9 norfolk-va countyFips.0',
      'statutes.json 3 720 ILCS 5/12-3.05 level',
      'statutes.json 5 720 ILCS 5/12-2 limitation',
      'statutes.json 7 720 ILCS § 5/24-1.5 citation',
      'statutes.json 9 Ohio Rev. Code 2903.11 citation',
      'state-rules.json restrictions 0 Garrity v. New Jersey (1967); Kastigar v. United States (1972) compartment',
      'directives.json 0 chicago-eo-2026-01 requirements.0.severity',
    ]);
    expect(message).toContain('statutes.json row 3 (720 ILCS 5/12-3.05), level: "felonious" is not one of felony, gross_misdemeanor, misdemeanor, either.');
    for (const { remedy } of faults) expect(remedy).not.toBe('');
    await nothingLoaded();
  });

  it.each<[string, string, (content: Json) => void, RegExp]>([
    ['a county in two jurisdictions', 'jurisdictions.json', (rows) => { office(rows, 'fairfax-va').countyFips.push('51013'); }, /"51013" stands already in row 6 \(fairfax-va\)/],
    ['one ORI for two agencies', 'jurisdictions.json', (rows) => { rows[1].agencies[0].ori = 'ILCPD0000'; }, /"ILCPD0000" stands already in row 0/],
    ['one agency twice', 'jurisdictions.json', (rows) => { rows[8].agencies.push(rows[8].agencies.at(-1)); }, /stands already in row 8/],
    ['an office without a prefix', 'prefixes.json', (rows) => { rows.pop(); }, /norfolk-va.*has no prefix/],
    ['the prefix of unrouted cases', 'prefixes.json', (rows) => { rows[0].prefix = 'UNR'; }, /other than UNR/],
    ['one citation twice', 'statutes.json', (rows) => { rows.push(rows[0]); }, /720 ILCS 5\/9-1 from an unknown day" stands already/],
    ['a misspelled key', 'statutes.json', (rows) => { rows[0].atestedBy = 'counsel'; }, /atestedBy/],
    ['a lost section', 'state-rules.json', (rules) => { delete rules.limitation; }, /limitation: is missing/],
    ['a control character', 'directives.json', (rows) => { rows[0].title = 'Order\u0000'; }, /title: holds a control character/],
    ['no list of rows', 'statutes.json', (rows) => { rows.length = 0; rows.push('x'); }, /row 0/],
  ])('%s is refused', async (_what, file, change, fault) => {
    await edit(file, change);
    expect((await refused()).message).toMatch(fault);
    await nothingLoaded();
  });

  it('is refused when it is absent or no JSON', async () => {
    await writeFile(join(edited, 'statutes.json'), '[{');
    expect((await refused()).message).toContain('statutes.json: is not JSON.');
    await rm(join(edited, 'statutes.json'));
    expect((await refused()).message).toContain('statutes.json: cannot be read.');
  });
});

describe('reference data that is loaded again', () => {
  beforeEach(async () => {
    await open();
    await loadReference(sql, SHIPPED);
  });
  afterEach(shut);

  it('changes the corrected row alone', async () => {
    await edit('statutes.json', (offences) => { offence(offences, 'A.R.S. 13-1204').confidence = 'medium'; });
    const { kinds } = await loadReference(sql, edited);
    expect(kinds.statuteVersions).toEqual({ inserted: 0, changed: 1, unchanged: 109, removed: 0 });
    expect(kinds.statutes).toMatchObject({ changed: 0 });
  });

  it('keeps the old text of an amended law, up to the day before, and the attestation of counsel', async () => {
    await sql`update comity.statute_versions set attested_by = 'counsel' where statute_id = (select id from comity.statutes where citation = 'Va. Code 18.2-51')`;
    await edit('statutes.json', (offences) => {
      Object.assign(offence(offences, 'Va. Code 18.2-51'), { effectiveFrom: '2026-07-01', elements: ['as amended'] });
    });
    const { kinds } = await loadReference(sql, edited);
    expect(kinds.statuteVersions).toEqual({ inserted: 1, changed: 1, unchanged: 109, removed: 0 });
    const versions = () => sql`
      select valid_from::text, valid_to::text, attested_by from comity.statute_versions
      where statute_id = (select id from comity.statutes where citation = 'Va. Code 18.2-51') order by valid_from nulls first`;
    const expected = [{ valid_from: null, valid_to: '2026-06-30', attested_by: 'counsel' }, { valid_from: '2026-07-01', valid_to: null, attested_by: null }];
    expect(await versions()).toEqual(expected);
    expect((await loadReference(sql, edited)).kinds.statuteVersions).toMatchObject({ inserted: 0, changed: 0 });
    expect(await versions()).toEqual(expected);
  });

  it('refuses two texts in force on one day, and changes nothing', async () => {
    await edit('statutes.json', (offences) => {
      const row = offence(offences, 'Va. Code 18.2-51');
      offences.push({ ...row, effectiveFrom: '2026-07-01' });
      offences[0].title = 'Murder';
    });
    expect((await refused()).message).toContain('Va. Code 18.2-51: the version from an unknown day overlaps the one from 2026-07-01.');
    expect(await counted('statute_versions')).toBe(110);
    expect(await sql`select title from comity.statutes where citation = '720 ILCS 5/9-1'`).toEqual([{ title: 'First degree murder' }]);
    await edit('statutes.json', (offences) => { offence(offences, 'Va. Code 18.2-51').effectiveTo = '2026-06-30'; });
    expect((await loadReference(sql, edited)).kinds.statuteVersions).toMatchObject({ inserted: 1, changed: 1 });
  });

  it('refuses to renumber an office', async () => {
    await edit('prefixes.json', (prefixes) => { office(prefixes, 'dallas-tx').prefix = 'DLS'; });
    expect((await refused()).message).toContain('dallas-tx has numbered its cases DAL so far.');
  });

  it('lets an agency keep its id when it is renamed, and when its ORI becomes known', async () => {
    const ids = () => sql`select id from comity.agencies where name like 'Chicago P%' or name like 'Norfolk Sheriff%' order by state`;
    const before = await ids();
    await edit('jurisdictions.json', (offices) => {
      office(offices, 'cook-il').agencies[0].name = 'Chicago Police';
      Object.assign(office(offices, 'norfolk-va').agencies.find((agency: Json) => agency.name === "Norfolk Sheriff's Office"), { ori: 'VA1170200' });
    });
    expect((await loadReference(sql, edited)).kinds.agencies).toMatchObject({ inserted: 0, changed: 2 });
    expect(before).toHaveLength(2);
    expect(await ids()).toEqual(before);
  });

  it('leaves an agency that is no longer listed, moves a county, and drops a rule and a requirement that were taken out', async () => {
    await edit('jurisdictions.json', (offices) => {
      office(offices, 'dallas-tx').agencies.pop();
      office(offices, 'fairfax-va').countyFips = ['51059'];
      office(offices, 'arlington-falls-church-va').countyFips = ['51013', '51600'];
    });
    await edit('state-rules.json', (rules) => { rules.restrictions.pop(); });
    await edit('directives.json', (directives) => { directives[0].requirements.pop(); });
    const { kinds } = await loadReference(sql, edited);
    expect(kinds.agencies).toEqual({ inserted: 0, changed: 0, unchanged: 271, removed: 0 });
    expect(kinds.counties).toEqual({ inserted: 0, changed: 1, unchanged: 10, removed: 1 });
    expect(kinds.rules).toMatchObject({ removed: 1 });
    expect(kinds.requirements).toMatchObject({ removed: 1 });
    expect(await counted('agencies')).toBe(272);
  });
});

describe('a load whose connection dies', () => {
  beforeEach(open);
  afterEach(shut);

  it('leaves nothing behind, and can be done again', async () => {
    // Ends the session half way: the coalition is written by then, the law is not.
    await database.owner`create function comity.die() returns trigger language plpgsql as 'begin perform pg_terminate_backend(pg_backend_pid()); return null; end'`;
    await database.owner`create trigger die after insert on comity.statutes for each statement execute function comity.die()`;
    await expect(loadReference(sql, SHIPPED)).rejects.toThrow();
    await nothingLoaded();
    await database.owner`drop trigger die on comity.statutes`;
    expect((await loadReference(sql, SHIPPED)).kinds.statutes.inserted).toBe(110);
  });

  it('writes nothing on the connection that replaces it, outside the transaction', async () => {
    const row = { file: 'statutes.json', sha256: 'x', rows: 1 };
    expect(await upsert(sql, referenceLoads, ['file'], [row])).toMatchObject({ inserted: 0 });
    await nothingLoaded();
  });
});
