import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const STATUTES = `query ($filter: StatuteFilter, $first: Int, $after: String) {
  statutes(filter: $filter, first: $first, after: $after) {
    nodes { id state code citation title tags versions { validFrom validTo level confidence attestedBy appliesToFederalOfficer officerClause elements limitation { kind months byLevel { level months } } } }
    pageInfo { hasNextPage endCursor } totalCount
  }
}`;

const found = async (filter: Record<string, unknown> | null, page: Record<string, unknown> = {}) => (await world.as('attorneyDallas').get(STATUTES, { filter, ...page }))['statutes'];
const citations = async (filter: Record<string, unknown>) => (await found(filter, { first: 100 })).nodes.map((node: { citation: string }) => node.citation);

describe('a statute is found by its citation in everyday spelling', () => {
  test.each([
    ['Texas Penal Code § 22.01', ['Tex. Penal Code 22.01']],
    ['penal code 22.01(a)(1)', ['Tex. Penal Code 22.01']],
    ['720 I.L.C.S. 5/9-1', ['720 ILCS 5/9-1']],
    ['18 Pa.C.S.A. § 2702(a)', ['18 Pa.C.S. 2702']],
    ['Code of Virginia § 18.2-51', ['Va. Code 18.2-51']],
    ['Tex. Penal Code § 99.99', []],
  ])('%s', async (citation, expected) => {
    expect(await citations({ citation })).toEqual(expected);
    expect(await citations({ text: citation })).toEqual(expected);
  });

  test('a section leads to its subsections and subdivisions, and not to sections that merely begin alike', async () => {
    for (const [place, citation] of ['Minn. Stat. 609.999', 'Minn. Stat. 609.999, subd. 1', 'Minn. Stat. 609.999, subd. 1(a)', 'Minn. Stat. 609.9991'].entries()) {
      await world.database.owner`insert into comity.statutes (id, state, code, citation, title, tags, keywords)
        values (gen_random_uuid(), 'MN', 'MINN_STAT', ${citation}, ${`Invented ${place}`}, '{}', '')`;
    }
    expect(await citations({ citation: 'Minn. Stat. § 609.999' })).toEqual(['Minn. Stat. 609.999', 'Minn. Stat. 609.999, subd. 1', 'Minn. Stat. 609.999, subd. 1(a)']);
    expect(await citations({ text: 'under Minn. Stat. § 609.999, subd. 1(b)' })).toEqual(['Minn. Stat. 609.999', 'Minn. Stat. 609.999, subd. 1']);
    await world.database.owner`delete from comity.statutes where citation like 'Minn. Stat. 609.999%'`;
  });

  test('what is no citation is refused with field and remedy, as a literal and as a variable', async () => {
    const { errors } = await world.as('attorneyDallas').ask(STATUTES, { filter: { citation: 'the usual assault one' } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filter.citation', remedy: expect.stringContaining('720 ILCS 5/12-3') });
    expect(await world.as('attorneyDallas').refused('{ statutes(filter: { citation: "assault" }) { nodes { id } } }')).toBe('BAD_USER_INPUT');
  });
});

test('words are searched in titles and tags, with the operators of a web search', async () => {
  expect(await citations({ text: 'official oppression', state: 'TX' })).toEqual(['Tex. Penal Code 39.03']);
  const assaults = await citations({ text: 'assault', state: 'TX' });
  expect(assaults).toContain('Tex. Penal Code 22.01');
  expect(await citations({ text: 'assault -aggravated', state: 'TX' })).toEqual(assaults.filter((citation: string) => citation !== 'Tex. Penal Code 22.02'));
  expect(await citations({ text: '" & ! (:* or' })).toEqual([]);
});

test('state, level, tag and id narrow together', async () => {
  const felonies = (await found({ state: 'tx', level: 'FELONY', tag: 'homicide' }, { first: 100 })).nodes;
  expect(felonies.length).toBeGreaterThan(1);
  for (const node of felonies) expect(node).toMatchObject({ state: 'TX', versions: [{ level: 'FELONY' }], tags: expect.arrayContaining(['homicide']) });
  expect(await citations({ id: felonies[0].id })).toEqual([felonies[0].citation]);
  expect(await citations({ id: felonies[0].id, state: 'MN' })).toEqual([]);
  expect(await citations({ id: newId() })).toEqual([]);
});

test('a day asks for a text in force; an unknown start is taken as in force', async () => {
  const kidnapping = { citation: 'Tex. Penal Code 20.03' };
  expect(await citations({ ...kidnapping, inForceOn: '1994-08-31' })).toEqual([]);
  expect(await citations({ ...kidnapping, inForceOn: '1994-09-01' })).toEqual(['Tex. Penal Code 20.03']);
  expect(await citations({ citation: 'Tex. Penal Code 22.01', inForceOn: '1950-01-01' })).toEqual(['Tex. Penal Code 22.01']);
});

test('level and day must be those of one text', async () => {
  const [{ id }] = await world.database.owner`insert into comity.statutes (id, state, code, citation, title, tags, keywords)
    values (gen_random_uuid(), 'TX', 'TEX_PENAL', 'Tex. Penal Code 98.01', 'Invented', '{}', '') returning id` as unknown as [{ id: string }];
  for (const [from, to, level] of [['2000-01-01', '2009-12-31', 'MISDEMEANOR'], ['2010-01-01', null, 'FELONY']] as const) {
    await world.database.owner`insert into comity.statute_versions (id, statute_id, valid_from, valid_to, class, level, elements, limitation, max_penalty, nibrs, applies_to_federal_officer, source, confidence)
      values (gen_random_uuid(), ${id}, ${from}, ${to}, 'Class', ${level}, '[]', '{"kind": "NONE", "startsAt": null, "months": null, "citation": "", "note": ""}', '', '', 'YES', '', 'HIGH')`;
  }
  expect(await citations({ id, level: 'FELONY', inForceOn: '2009-12-31' })).toEqual([]);
  expect(await citations({ id, level: 'MISDEMEANOR', inForceOn: '2009-12-31' })).toHaveLength(1);
  expect((await found({ id })).nodes[0].versions.map((version: { validFrom: string }) => version.validFrom)).toEqual(['2000-01-01', '2010-01-01']);
  await world.database.owner`delete from comity.statute_versions where statute_id = ${id}`;
  await world.database.owner`delete from comity.statutes where id = ${id}`;
});

test('a text shows how sure it is, who confirmed it, and what it says of officers', async () => {
  const [oppression] = (await found({ citation: 'Tex. Penal Code 39.03' })).nodes;
  expect(oppression.versions).toMatchObject([{ validFrom: null, confidence: 'HIGH', attestedBy: null, appliesToFederalOfficer: 'NO', officerClause: expect.stringContaining('1.07') }]);
});

test('the pages of all statutes follow each other by citation, none twice and none left out', async () => {
  const seen: string[] = [];
  let after: string | null = null;
  let total = 0;
  do {
    const { nodes, pageInfo, totalCount } = await found(null, { first: 40, after });
    seen.push(...nodes.map((node: { citation: string }) => node.citation));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    total = totalCount;
  } while (after !== null);
  expect(seen).toHaveLength(110);
  expect(new Set(seen).size).toBe(total);
});

test('law is open to every seat', async () => {
  for (const who of ['officerDallasPolice', 'analyst', 'auditor', 'recordsDallas'] as const) {
    expect((await world.as(who).get('{ statutes { totalCount } }'))['statutes'].totalCount).toBe(110);
  }
});
