import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { MIGRATIONS } from '../src/database/migrate.ts';
import { newId } from '../src/kernel/ids.ts';
import { loadReference } from '../src/reference.ts';
import { adopted, code, DRAFT, LIST, newcomer, opens, PROPOSE, proposed, READ, WITHDRAW, ADOPT, type Json } from './rulebooks.world.ts';
import { seated } from './seated.ts';
import { openWorld, type CastMember, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const draft = async (input: Json, by: CastMember = 'supervisorDallas') => (await world.as(by).get(DRAFT, { input: { title: 'Rules', ...input } })).draftRuleBook.ruleBook;
const read = async (who: CastMember, id: string) => (await world.as(who).get(READ, { id })).ruleBook;
const hennepin = () => world.officeIds['hennepin-mn'];

describe('a draft', () => {
  test('holds what it is given, in its order, as the next version of the office', async () => {
    const until = '2031-01-01T00:00:00.000Z';
    const book = await draft({
      title: '  Sharing with Hennepin ',
      sharing: [opens(hennepin(), ['REPORT'], { stages: ['IN_COURT', 'CLAIMED'], levels: ['FELONY'], tags: ['FIREARM'], until }), opens('COALITION', [])],
      limits: [{ action: 'case:release', ceiling: 'NONE', basis: 'Releases go through the head.' }],
      agency: [{ show: 'OUTCOME', stages: ['CLOSED'], basis: 'Asked for.' }],
      statistics: [{ measure: 'CASES', counted: true, threshold: 25, basis: 'Few cases.' }],
      tests: [{ memberId: world.memberIds.attorneyHennepin, facet: 'REPORT', stage: 'CLAIMED', level: 'FELONY', tags: ['FIREARM'], sees: true }],
    });
    expect(book).toMatchObject({
      version: 2, state: 'DRAFT', title: 'Sharing with Hennepin', revision: 1, draftedBy: { name: 'Sue Visser' }, proposedBy: null, adoptedAt: null, jurisdiction: { slug: 'dallas-tx' },
      sharing: [
        { audience: 'JURISDICTION', jurisdiction: { slug: 'hennepin-mn' }, facets: ['SUMMARY', 'REPORT'], stages: ['CLAIMED', 'IN_COURT'], levels: ['FELONY'], tags: ['FIREARM'], until, basis: 'Agreed.' },
        { audience: 'COALITION', jurisdiction: null, facets: ['SUMMARY'], stages: [], levels: [], tags: [], until: null },
      ],
      limits: [{ action: 'case:release', ceiling: 'NONE', basis: 'Releases go through the head.' }],
      agency: [{ show: 'OUTCOME', stages: ['CLOSED'] }],
      statistics: [{ measure: 'CASES', counted: true, threshold: 25 }],
      tests: [{ member: { name: 'Hanne Penn' }, facet: 'REPORT', stage: 'CLAIMED', level: 'FELONY', tags: ['FIREARM'], sees: true }],
    });
    expect(await read('recordsDallas', book.id)).toEqual(book);
  });

  test('tells agencies STATUS and ITEMS unless it says otherwise, and nothing else', async () => {
    expect(await draft({})).toMatchObject({ sharing: [], limits: [], statistics: [], tests: [], agency: [{ show: 'ITEMS', stages: [] }, { show: 'STATUS', stages: [] }] });
    expect((await draft({ agency: [] })).agency).toEqual([]);
  });

  test('is its own office’s alone: to all others it answers like one that is not there', async () => {
    const { id } = await draft({});
    const absent = newId();
    for (const who of ['supervisorHennepin', 'attorneyCook', 'administrator', 'auditor'] as const) {
      expect(await read(who, id)).toBeNull();
      const { ruleBooks } = await world.as(who).get(LIST, { filter: { jurisdiction: world.officeIds['dallas-tx'] }, first: 100 });
      expect(ruleBooks.nodes.filter(({ state }: { state: string }) => state === 'DRAFT')).toEqual([]);
    }
    for (const [document, rest] of [[PROPOSE, { expectedRevision: 1 }], [WITHDRAW, {}], [ADOPT, {}], [DRAFT, { expectedRevision: 1, title: 'Mine' }]] as const) {
      const answers = await Promise.all([id, absent].map(async (ruleBookId) => JSON.stringify(await world.as('supervisorHennepin').ask(document, { input: { ruleBookId, ...rest } }))));
      expect(answers[0]).toContain('NOT_FOUND');
      expect(answers[0]).toBe(answers[1]);
    }
    const based = await Promise.all([id, absent].map(async (basedOn) => JSON.stringify(await world.as('supervisorHennepin').ask(DRAFT, { input: { title: 'Mine', basedOn } }))));
    expect(based[0]).toContain('basedOn');
    expect(based[0]).toBe(based[1]);
  });

  test('is changed at the revision that was read: what is given replaces, what is not stays', async () => {
    const { id } = await draft({ sharing: [opens('COALITION', ['REPORT'])], limits: [{ action: 'case:claim', ceiling: 'NONE', basis: 'For now.' }] });
    const changed = await draft({ ruleBookId: id, expectedRevision: 1, title: 'Second', sharing: [opens(hennepin(), [])] }, 'electedDallas');
    expect(changed).toMatchObject({ id, title: 'Second', revision: 2, draftedBy: { name: 'Sue Visser' }, sharing: [{ jurisdiction: { slug: 'hennepin-mn' } }], limits: [{ action: 'case:claim' }] });
    const stale = await world.as('supervisorDallas').ask(DRAFT, { input: { ruleBookId: id, expectedRevision: 1, title: 'Third', sharing: [] } });
    expect(stale.errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', revision: 2, state: 'DRAFT', remedy: expect.stringContaining('expectedRevision') });
    expect(await read('supervisorDallas', id)).toEqual(changed);
    const alone = await world.as('supervisorDallas').ask(DRAFT, { input: { ruleBookId: id, title: 'Third' } });
    expect(alone.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'expectedRevision' });
  });

  test('changed at once by two heads keeps the words of one, whole', async () => {
    const { id } = await draft({});
    const words = { supervisorDallas: ['REPORT'], electedDallas: ['CHARGES'] } as const;
    const replies = await Promise.all((['supervisorDallas', 'electedDallas'] as const).map((who) =>
      world.as(who).ask(DRAFT, { input: { ruleBookId: id, expectedRevision: 1, title: who, sharing: [opens('COALITION', words[who])] } })));
    expect(replies.map(code).sort()).toEqual(['CONFLICT', 'OK']);
    const book = await read('supervisorDallas', id);
    expect(book).toMatchObject({ revision: 2, sharing: [{ facets: ['SUMMARY', ...words[book.title as keyof typeof words]] }] });
  });

  test('is begun by several at once, each in a version of its own', async () => {
    const books = await Promise.all(Array.from({ length: 6 }, (_, n) => draft({}, n % 2 ? 'supervisorDallas' : 'electedDallas')));
    expect(new Set(books.map(({ version }) => version)).size).toBe(6);
  });

  test('takes over the content of a book of its office, but for rules that have ended', async () => {
    const source = await draft({ sharing: [opens('COALITION', ['REPORT']), opens(hennepin(), ['PERSONS'], { until: '2031-01-01T00:00:00Z' })], limits: [{ action: 'case:tag', ceiling: 'OWN', basis: 'So.' }] });
    await world.database.owner`update comity.sharing_rules set until = now() - interval '1 day' where book_id = ${source.id} and position = 1`;
    const copy = await draft({ basedOn: source.id, agency: [] });
    expect(copy).toMatchObject({ sharing: [{ audience: 'COALITION', facets: ['SUMMARY', 'REPORT'] }], limits: [{ action: 'case:tag' }], agency: [] });
    expect(copy.version).toBeGreaterThan(source.version);
  });

  test('is not drafted by those who are no heads, nor for another office', async () => {
    for (const who of ['attorneyDallas', 'intakeDallas', 'conflictsDallas', 'administrator', 'auditor', 'analyst', 'chiefDallasPolice'] as const) {
      expect(await world.as(who).refused(DRAFT, { input: { title: 'Mine' } }), who).toBe('FORBIDDEN');
    }
    const id = await adopted(world, {});
    expect(await world.as('supervisorHennepin').refused(DRAFT, { input: { ruleBookId: id, expectedRevision: 1, title: 'Mine' } })).toBe('FORBIDDEN');
  });
});

describe('bad input', () => {
  const rule = (changes: Json) => ({ sharing: [opens('COALITION', ['REPORT']), opens('COALITION', [], { tags: ['PRESS'] }), { ...opens('COALITION', [], { tags: ['ENTRY'] }), ...changes }] });
  const limit = (changes: Json) => ({ limits: [{ action: 'case:release', ceiling: 'NONE', basis: 'So.', ...changes }] });
  const check = (changes: Json) => ({ tests: [{ memberId: world.memberIds.attorneyHennepin, facet: 'REPORT', stage: 'CLAIMED', level: 'FELONY', sees: true, ...changes }] });
  const statistics = (threshold: number) => ({ statistics: [{ measure: 'CASES', counted: true, threshold, basis: 'So.' }] });

  test.each<[string, () => Json, string, RegExp]>([
    ['an office that is not there', () => rule({ audience: 'JURISDICTION', jurisdictionId: newId() }), 'sharing.2.jurisdictionId', /no such office/],
    ['an office that is no id', () => rule({ audience: 'JURISDICTION', jurisdictionId: 'dallas' }), 'sharing.2.jurisdictionId', /no such office/],
    ['an audience without its office', () => rule({ audience: 'JURISDICTION' }), 'sharing.2.jurisdictionId', /no such office/],
    ['the coalition with an office', () => rule({ jurisdictionId: hennepin() }), 'sharing.2.jurisdictionId', /no one office/],
    ['one’s own office', () => rule({ audience: 'JURISDICTION', jurisdictionId: world.officeIds['dallas-tx'].toUpperCase() }), 'sharing.2.jurisdictionId', /Your own office/],
    ['a rule without SUMMARY', () => rule({ facets: ['REPORT'] }), 'sharing.2.facets', /without its SUMMARY/],
    ['a rule that opens nothing', () => rule({ facets: [] }), 'sharing.2.facets', /without its SUMMARY/],
    ['a compartment', () => rule({ facets: ['SUMMARY', 'GRAND_JURY'] }), 'sharing.2.facets', /^No rule opens a compartment\.$/],
    ['the other compartment', () => rule({ facets: ['COMPELLED'] }), 'sharing.2.facets', /^No rule opens a compartment\.$/],
    ['the team’s notes', () => rule({ facets: ['SUMMARY', 'TEAM'] }), 'sharing.2.facets', /TEAM/],
    ['the office’s notes', () => rule({ facets: ['SUMMARY', 'OFFICE'] }), 'sharing.2.facets', /OFFICE/],
    ['notes to joint offices', () => rule({ facets: ['SUMMARY', 'JOINT'] }), 'sharing.2.facets', /JOINT/],
    ['notes to the coalition', () => rule({ facets: ['SUMMARY', 'COALITION'] }), 'sharing.2.facets', /COALITION/],
    ['what is protected', () => rule({ facets: ['SUMMARY', 'PROTECTED'] }), 'sharing.2.facets', /PROTECTED/],
    ['what former leads keep', () => rule({ facets: ['SUMMARY', 'OWN'] }), 'sharing.2.facets', /OWN/],
    ['an end that has passed', () => rule({ until: '2020-01-01T00:00:00Z' }), 'sharing.2.until', /has passed/],
    ['no ground', () => rule({ basis: '   ' }), 'sharing.2.basis', /sentence/],
    ['two rules for one audience under the same conditions, in another order', () => ({ sharing: [
      opens(hennepin(), ['REPORT'], { stages: ['CLAIMED', 'DECIDED'], tags: ['PRESS'] }), opens(hennepin(), []), opens(hennepin(), ['CHARGES'], { stages: ['DECIDED', 'CLAIMED', 'DECIDED'], tags: ['PRESS'] }),
    ] }), 'sharing.2', /as sharing\.0/],
    ['two hundred and one rules', () => ({ sharing: Array.from({ length: 201 }, () => opens('COALITION', [])) }), 'sharing', /at most 200/],
    ['an act that is none', () => limit({ action: 'case:burn' }), 'limits.0.action', /no act that a rule book limits/],
    ['reading', () => limit({ action: 'case:read' }), 'limits.0.action', /no act that a rule book limits/],
    ['recusing oneself', () => limit({ action: 'wall:recuse' }), 'limits.0.action', /no act that a rule book limits/],
    ['adopting the next book', () => limit({ action: 'rulebook:adopt' }), 'limits.0.action', /no act that a rule book limits/],
    ['an act of agencies', () => limit({ action: 'referral:submit' }), 'limits.0.action', /no act that a rule book limits/],
    ['a limit that lowers nobody', () => limit({ ceiling: 'JOINT' }), 'limits.0.ceiling', /raises nothing/],
    ['a limit that lowers nobody, by a little', () => limit({ action: 'annotation:revise', ceiling: 'OWN' }), 'limits.0.ceiling', /raises nothing/],
    ['a limit to one’s own where there is nothing of one’s own yet', () => limit({ action: 'case:claim', ceiling: 'OWN' }), 'limits.0.ceiling', /nobody of the office is on the team/],
    ['two limits for one act', () => ({ limits: [{ action: 'case:tag', ceiling: 'OWN', basis: 'So.' }, { action: 'case:tag', ceiling: 'NONE', basis: 'So.' }] }), 'limits.1', /as limits\.0/],
    ['fifty-one limits', () => ({ limits: Array.from({ length: 51 }, () => ({ action: 'case:tag', ceiling: 'OWN', basis: 'So.' })) }), 'limits', /at most 50/],
    ['one view of agencies twice', () => ({ agency: [{ show: 'STATUS', basis: 'So.' }, { show: 'STATUS', stages: ['CLOSED'], basis: 'So.' }] }), 'agency.1', /as agency\.0/],
    ['a threshold below ten', () => statistics(9), 'statistics.0.threshold', /at least 10/],
    ['a threshold above a hundred', () => statistics(101), 'statistics.0.threshold', /at least 10/],
    ['one measure twice', () => ({ statistics: [...statistics(10).statistics, ...statistics(20).statistics] }), 'statistics.1', /as statistics\.0/],
    ['a test of nobody', () => check({ memberId: newId() }), 'tests.0.memberId', /no such member/],
    ['a test of no id', () => check({ memberId: 'Hanne' }), 'tests.0.memberId', /no such member/],
    ['a hundred and one tests', () => ({ tests: Array.from({ length: 101 }, () => check({}).tests[0]) }), 'tests', /at most 100/],
    ['no title', () => ({ title: ' ' }), 'title', /sentence/],
    ['a title without end', () => ({ title: 'x'.repeat(201) }), 'title', /sentence/],
  ])('%s is refused by its path, and nothing is stored', async (_what, content, field, words) => {
    const before = await stored();
    const { errors } = await world.as('supervisorDallas').ask(DRAFT, { input: { title: 'Rules', ...content() } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field, remedy: expect.stringMatching(/\w/) });
    expect(errors?.[0]?.message).toMatch(words);
    expect(await stored()).toEqual(before);
  });

  test.each([
    ['a facet', () => rule({ facets: ['SUMMARY', 'ATTIC'] })], ['a stage', () => rule({ stages: ['LOST'] })], ['a level', () => rule({ levels: ['PETTY'] })], ['a tag', () => rule({ tags: ['WEATHER'] })],
    ['a facet of a test', () => check({ facet: 'ATTIC' })], ['a reach', () => limit({ ceiling: 'EVERYWHERE' })], ['a view', () => ({ agency: [{ show: 'ALL', basis: 'So.' }] })],
  ])('an unknown word for %s is refused, and nothing is stored', async (_what, content) => {
    const before = await stored();
    expect(await world.as('supervisorDallas').refused(DRAFT, { input: { title: 'Rules', ...content() } })).toBe('BAD_USER_INPUT');
    expect(await stored()).toEqual(before);
  });

  test('what the state’s law closes to other offices is refused with its citation, and nowhere else', async () => {
    const { errors } = await world.as('supervisorHennepin').ask(DRAFT, { input: { title: 'Rules', sharing: [opens('COALITION', ['EVIDENCE'])] } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'sharing.0.facets' });
    expect(errors?.[0]?.message).toContain('Minn. Stat. 13.825 subd. 7-8');
    expect((await draft({ sharing: [opens('COALITION', ['EVIDENCE'])] })).sharing[0].facets).toEqual(['SUMMARY', 'EVIDENCE']);
  });

  test('in a change leaves the draft as it was', async () => {
    const before = await draft({ sharing: [opens('COALITION', ['REPORT'])] });
    const input = { ruleBookId: before.id, expectedRevision: 1, title: 'Other', sharing: [opens('COALITION', [])], tests: check({ memberId: newId() }).tests };
    expect(await world.as('supervisorDallas').refused(DRAFT, { input })).toBe('BAD_USER_INPUT');
    expect(await read('supervisorDallas', before.id)).toEqual(before);
  });

  const stored = async () => [
    ...await world.database.owner`select (select count(*) from comity.rule_books) as books, (select count(*) from comity.sharing_rules) as sharing, (select count(*) from comity.act_limits) as limits,
      (select count(*) from comity.agency_rules) as agency, (select count(*) from comity.rule_book_tests) as tests, (select array_agg(b.id order by b.id) from comity.rule_books b where b.state = 'IN_FORCE') as in_force`,
  ];
});

describe('a proposal', () => {
  test('is made at the revision that was read, once, and is fixed from then on', async () => {
    const { id } = await draft({});
    expect(await world.as('supervisorDallas').refused(PROPOSE, { input: { ruleBookId: id, expectedRevision: 2 } })).toBe('CONFLICT');
    const { proposeRuleBook } = await world.as('electedDallas').get(PROPOSE, { input: { ruleBookId: id, expectedRevision: 1 } });
    expect(proposeRuleBook.ruleBook).toMatchObject({ state: 'PROPOSED', proposedBy: { name: 'Ella Ectedson' }, draftedBy: { name: 'Sue Visser' } });
    expect(await world.as('supervisorDallas').refused(PROPOSE, { input: { ruleBookId: id, expectedRevision: 1 } })).toBe('CONFLICT');
    const late = await world.as('supervisorDallas').ask(DRAFT, { input: { ruleBookId: id, expectedRevision: 1, title: 'Late', sharing: [opens('COALITION', [])] } });
    expect(late.errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', state: 'PROPOSED', remedy: expect.stringContaining('withdraw') });
    expect(await read('supervisorHennepin', id)).toBeNull();
  });

  test('and a draft are given up by a head of their office, once; what is in force is not', async () => {
    for (const id of [(await draft({})).id, await proposed(world, {})]) {
      const { withdrawRuleBook } = await world.as('electedDallas').get(WITHDRAW, { input: { ruleBookId: id } });
      expect(withdrawRuleBook.ruleBook).toMatchObject({ state: 'WITHDRAWN', endedAt: expect.any(String) });
      expect(await world.as('supervisorDallas').refused(WITHDRAW, { input: { ruleBookId: id } })).toBe('CONFLICT');
      expect(await world.as('electedDallas').refused(ADOPT, { input: { ruleBookId: id } })).toBe('CONFLICT');
      expect(await read('administrator', id)).toBeNull();
    }
    const id = await adopted(world, {});
    const refused = await world.as('supervisorDallas').ask(WITHDRAW, { input: { ruleBookId: id } });
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', state: 'IN_FORCE' });
    expect(await world.as('supervisorHennepin').refused(WITHDRAW, { input: { ruleBookId: id } })).toBe('FORBIDDEN');
  });
});

interface Page {
  readonly nodes: readonly Json[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

describe('a book that is or was in force', () => {
  test('is read by every seat in an office, the administrator and the auditor, and reached by nobody else', async () => {
    const [before, now] = [await adopted(world, { title: 'First' }), await adopted(world, { title: 'Second' })];
    const edge = '{ jurisdictions { slug ruleBook { id title sharing { facets } } } }';
    const dallas = async (who: CastMember) => (await world.as(who).get(edge)).jurisdictions.find(({ slug }: { slug: string }) => slug === 'dallas-tx').ruleBook;
    for (const who of ['recordsDallas', 'attorneyHennepin', 'attorneyCook', 'administrator', 'auditor'] as const) {
      expect(await read(who, before)).toMatchObject({ title: 'First', state: 'SUPERSEDED' });
      expect(await dallas(who)).toMatchObject({ id: now, title: 'Second' });
    }
    for (const who of ['chiefDallasPolice', 'officerDallasPolice', 'machineDallasPolice', 'analyst'] as const) {
      expect(await world.as(who).refused(READ, { id: now })).toBe('FORBIDDEN');
      expect(await world.as(who).refused(LIST)).toBe('FORBIDDEN');
      expect(await dallas(who)).toBeNull();
    }
  });

  test('stands in a list by office and state, newest first, page by page, each book once', async () => {
    await adopted(world, { title: 'Third' });
    const filter = { jurisdiction: world.officeIds['dallas-tx'], states: ['IN_FORCE', 'SUPERSEDED'] };
    const whole = (await world.as('attorneyHennepin').get(LIST, { filter, first: 100 })).ruleBooks;
    expect(whole.nodes[0]).toMatchObject({ title: 'Third', state: 'IN_FORCE', jurisdiction: { slug: 'dallas-tx' } });
    expect(whole.totalCount).toBe(whole.nodes.length);
    expect(whole.nodes.length).toBeGreaterThan(2);
    const paged: unknown[] = [];
    let after: string | null = null;
    do {
      const found: Page = (await world.as('attorneyHennepin').get(LIST, { filter, first: 2, after })).ruleBooks;
      paged.push(...found.nodes);
      after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
    } while (after !== null);
    expect(paged).toEqual(whole.nodes);
    expect((await world.as('attorneyHennepin').get(LIST, { filter: { states: ['DRAFT', 'PROPOSED', 'WITHDRAWN'] } })).ruleBooks.nodes).toEqual([]);
    expect((await world.as('auditor').get(LIST, { filter: { states: ['IN_FORCE'] }, first: 100 })).ruleBooks.nodes).toHaveLength(10);
  });
});

test('by the policies alone, a head puts nothing into force, changes nothing that is fixed, and writes for no other office', async () => {
  const [fixed, open] = [await proposed(world, { sharing: [opens('COALITION', ['REPORT'])] }), (await draft({ sharing: [opens('COALITION', ['REPORT'])] })).id];
  const [me, other] = [world.memberIds.supervisorDallas, await newcomer(world, 'ELECTED', 'hennepin-mn')];
  const insert = `insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_by, drafted_at) values ($1::uuid, $2::uuid, 99, $3, 'Mine', $4::uuid, now())`;
  const added = `insert into comity.sharing_rules (book_id, position, audience_id, facets, basis) values ($1::uuid, 9, '${hennepin()}', 1, 'Mine.')`;
  await seated(world.database, { as: me }, async ({ refusal, touched }) => {
    expect(await refusal(insert, [newId(), hennepin(), 'DRAFT', me])).toBe('42501');
    expect(await refusal(insert, [newId(), world.officeIds['dallas-tx'], 'IN_FORCE', me])).toBe('42501');
    expect(await refusal(insert, [newId(), world.officeIds['dallas-tx'], 'DRAFT', other.id])).toBe('42501');
    expect(await refusal(`update comity.rule_books set state = 'IN_FORCE' where id = $1::uuid`, [fixed])).toBe('42501');
    expect(await refusal(`update comity.rule_books set adopted_by = $2::uuid where id = $1::uuid`, [fixed, other.id])).toBe('42501');
    expect(await refusal(added, [fixed])).toBe('42501');
    expect(await touched('delete from comity.sharing_rules where book_id = $1::uuid', [fixed])).toBe(0);
    expect(await refusal('select * from comity.rule_book_results($1::uuid)', [fixed])).toBe('42501');
    expect(await refusal('select comity.resight_law()')).toBe('42501');
    expect(await touched('delete from comity.sharing_rules where book_id = $1::uuid', [open])).toBe(1);
  });
  await seated(world.database, { as: other.id }, async ({ rows, refusal, touched }) => {
    expect(await rows('select 1 from comity.rule_books where id = any ($1::uuid[])', [`{${fixed},${open}}`])).toEqual([]);
    expect(await rows('select 1 from comity.sharing_rules where book_id = any ($1::uuid[])', [`{${fixed},${open}}`])).toEqual([]);
    expect(await touched(`update comity.rule_books set title = 'Mine' where id = $1::uuid`, [open])).toBe(0);
    expect(await refusal(added, [open])).toBe('42501');
    expect(await refusal('select comity.adopt_rule_book($1::uuid)', [fixed])).toBe('CM404');
  });
});

describe('a load of reference data', () => {
  /** Loads the reference data that ship, with the rules of law or the default book changed. */
  async function loaded(change: { rules?: (rules: Rules) => void; book?: (book: { title: string }) => void } = {}) {
    const folder = await mkdtemp(join(tmpdir(), 'comity-books-'));
    const sql = postgres({ ...world.database.as('comity_migrator'), max: 1, onnotice: () => undefined });
    try {
      await cp(join(MIGRATIONS, 'reference'), folder, { recursive: true });
      for (const [file, edit] of [['state-rules.json', change.rules], ['rule-book.json', change.book]] as const) {
        if (edit === undefined) continue;
        const content: unknown = JSON.parse(await readFile(join(folder, file), 'utf8'));
        edit(content as never);
        await writeFile(join(folder, file), JSON.stringify(content));
      }
      return (await loadReference(sql, folder)).kinds;
    } finally {
      await sql.end();
      await rm(folder, { recursive: true });
    }
  }
  interface Rules {
    restrictions: { state: string; facet?: string; when?: string; text: string; citation: string | null; confidence: string }[];
  }

  test('gives each office the coalition’s default book, in force, which shares nothing, tells agencies STATUS and ITEMS, and counts members', async () => {
    const { jurisdictions } = await world.as('attorneyHennepin').get(
      '{ jurisdictions { slug standing ruleBook { version title draftedBy { name } sharing { facets } limits { action } agency { show } statistics { measure counted threshold } tests { sees } } } }');
    expect(jurisdictions).toHaveLength(10);
    for (const { slug, standing, ruleBook } of jurisdictions) {
      if (slug === 'dallas-tx') continue;
      expect(ruleBook, slug).toEqual({
        version: 1, title: "The coalition's default", draftedBy: null, sharing: [], limits: [], agency: [{ show: 'ITEMS' }, { show: 'STATUS' }], tests: [],
        statistics: [{ measure: 'CASES', counted: standing === 'MEMBER', threshold: 10 }],
      });
    }
    expect(jurisdictions.filter(({ standing }: { standing: string }) => standing === 'GUEST')).toHaveLength(1);
  });

  test('leaves an office the book that it has, and gives one to an office without', async () => {
    const { owner } = world.database;
    const travis = owner`select id from comity.rule_books where jurisdiction_id = (select id from comity.jurisdictions where slug = 'travis-tx')`;
    await owner`delete from comity.agency_rules where book_id in (${travis})`;
    await owner`delete from comity.statistics_rules where book_id in (${travis})`;
    await owner`delete from comity.rule_books where id in (${travis})`;
    const kinds = await loaded({ book: (book) => { book.title = 'Another default'; } });
    expect(kinds.ruleBooks).toEqual({ inserted: 1, changed: 0, unchanged: 9, removed: 0 });
    const titles = await owner`select j.slug, b.title from comity.rule_books b join comity.jurisdictions j on j.id = b.jurisdiction_id where b.state = 'IN_FORCE' and b.title like '%default' order by b.title, j.slug`;
    expect(titles[0]).toEqual({ slug: 'travis-tx', title: 'Another default' });
    expect(titles.slice(1).map(({ title }) => title)).toEqual(Array.from({ length: 8 }, () => "The coalition's default"));
  });

  test('that changes what the law closes applies it to every case, at once', async () => {
    await adopted(world, { sharing: [opens(hennepin(), ['REPORT'])] });
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const unclaimed = await world.buildCase();
    const shown = async (who: CastMember) => (await world.as(who).get('query ($id: ID!) { case(id: $id) { number report { place } } }', { id: built.id })).case;
    const law = () => world.database.owner`select facets, unless from comity.closings where cause = 'LAW' and case_id = any (${[built.id, unclaimed.id]}) order by facets`;
    const before = [...await law()];
    expect(await shown('attorneyHennepin')).toMatchObject({ report: {} });
    const kinds = await loaded({ rules: ({ restrictions }) => restrictions.push({ state: 'TX', facet: 'REPORT', text: 'closed', citation: 'Tex. Invented Code 1', confidence: 'low' }) });
    expect(kinds.rules).toMatchObject({ inserted: 1 });
    expect(await shown('attorneyHennepin')).toEqual({ number: built.number, report: null });
    expect(await shown('attorneyDallas')).toMatchObject({ report: {} });
    expect([...await law()]).toContainEqual({ facets: FACETS.REPORT, unless: [world.officeIds['dallas-tx']] });
    const refused = await world.as('supervisorDallas').ask(DRAFT, { input: { title: 'Rules', sharing: [opens(hennepin(), ['REPORT'])] } });
    expect(refused.errors?.[0]?.message).toContain('Tex. Invented Code 1');
    expect((await loaded()).rules).toMatchObject({ removed: 1 });
    expect(await shown('attorneyHennepin')).toMatchObject({ report: {} });
    expect([...await law()]).toEqual(before);
  });

  test('alone changes the law: outside of one the function refuses whoever could call it', async () => {
    await seated(world.database, { as: null, user: 'comity_migrator' }, async ({ refusal }) => expect(await refusal('select comity.resight_law()')).toBe('CM403'));
    await seated(world.database, { as: world.memberIds.supervisorDallas, user: 'comity_migrator' }, async ({ refusal }) => expect(await refusal('select comity.resight_law()')).toBe('CM403'));
  });
});
