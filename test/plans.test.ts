import { setTimeout as pause } from 'node:timers/promises';
import { execute, parse, type DocumentNode, type GraphQLResolveInfo } from 'graphql';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actorOf, enter } from '../src/access/context.ts';
import { FACETS } from '../src/access/facets.ts';
import type { Actor } from '../src/access/seats.ts';
import { LookAhead } from '../src/database/lookahead.ts';
import type { Arguments, Target } from '../src/database/shape.ts';
import type { Statement } from '../src/database/statement.ts';
import { servedSchema, SHAPES } from '../src/schema.ts';
import { seedCases } from './cases.seed.ts';
import { withMornings } from './morning.seed.ts';
import { REFERENCE } from './tables.ts';
import { openWorld, type CastMember, type World } from './world.ts';

const DETAIL = `query ($id: ID) { case(id: $id) { id number stage version agency { name } lead { name } venues { reason jurisdiction { slug } } report { narrative place }
  persons { id name contact { phone } } recordings { holder } team { role member { name } } charges { counts statute { citation } }
  annotations(first: 10) { nodes { body author { name } } } events(first: 10) { nodes { act at actor { name } } pageInfo { hasNextPage endCursor } } } }`;
const LIST = `query ($first: Int, $filter: CaseFilter) { cases(first: $first, filter: $filter) { nodes { id number stage receivedAt agency { name } lead { name } report { narrative } persons { name }
  charges { counts statute { citation } } events(first: 1) { nodes { act at } } } pageInfo { hasNextPage endCursor } } }`;
const schema = servedSchema();
const lookAhead = new LookAhead(SHAPES);
let world: World;
let sql: postgres.Sql;

beforeAll(async () => {
  world = await openWorld();
  const { owner } = world.database;
  const at = (day: string) => `timestamptz '${day}' + n * interval '1 minute'`;
  await seedCases(world.database, { prefix: 'DENSE', count: 20_000, office: 'dallas-tx', receivedAt: at('2025-01-01Z'), searchable: false });
  await seedCases(world.database, { prefix: 'SPARSE', count: 40, office: 'pima-az', receivedAt: at('2020-01-01Z'), searchable: false });
  await owner`update comity.members set office_id = (select id from comity.jurisdictions where slug = 'pima-az'), role = 'SUPERVISOR' where id = ${world.memberIds.recordsDallas}`;
  // What rules of others open: to one office all of the many, to another a few of them, and what was given to it one by one.
  const opened = (office: string, cause: string, facets: number, which: string) => owner`insert into comity.sight (case_id, viewer, cause, ref, facets, received_at)
    select c.id, j.id, ${cause}, c.lead_id, ${facets}, c.received_at from comity.cases c, comity.jurisdictions j where j.slug = ${office} and c.number like 'DENSE-%' and c.number <= ${which}`;
  await opened('hennepin-mn', 'RULE', FACETS.SUMMARY | FACETS.PERSONS | FACETS.CHARGES, 'DENSE-999999');
  await opened('travis-tx', 'RULE', FACETS.SUMMARY | FACETS.PERSONS | FACETS.CHARGES, 'DENSE-000200');
  await opened('travis-tx', 'JOINT', FACETS.SUMMARY | FACETS.PERSONS | FACETS.CHARGES | FACETS.REPORT, 'DENSE-000010');
  await owner`update comity.members set office_id = (select id from comity.jurisdictions where slug = 'travis-tx'), role = 'ATTORNEY' where id = ${world.memberIds.intakeDallas}`;
  // Where there were none, the planner would rightly read the empty table.
  await owner`insert into comity.closings (case_id, subject, facets, cause, ref)
    select id, gen_random_uuid(), 2147483647, 'WALL', gen_random_uuid() from comity.cases where number like 'DENSE-%' and number < 'DENSE-004000'`;
  await owner`insert into comity.clocks (case_id, id, needs, kind, about_id, aspect, time_zone, due_on, tolling, trace, warnings, rule, digest, computed_at)
    select p.case_id, gen_random_uuid(), p.needs | ${FACETS.CHARGES}, 'VICTIM_NOTICE', p.id, 'CHARGED', 'UTC', date '2026-01-01' + (hashtext(p.case_id::text) % 1000), '[]', '[]', '{}', '{"name": "notice", "version": "1", "confidence": "HIGH"}', 'd', now()
      from comity.persons p join comity.cases c on c.id = p.case_id where c.number like 'DENSE-%' or c.number like 'SPARSE-%'`;
  // Items that were asked for before a claim, in a county that no reader here is of.
  await seedCases(world.database, { prefix: 'FREE', count: 3_000, office: 'philadelphia-pa', led: false, receivedAt: at('2025-01-01Z'), searchable: false });
  await owner`insert into comity.clocks (case_id, id, needs, kind, about_id, aspect, time_zone, due_on, tolling, trace, warnings, rule, digest, computed_at)
    select c.id, gen_random_uuid(), ${FACETS.REPORT}, 'RETURN_ITEM', gen_random_uuid(), '', 'UTC', date '2020-01-01', '[]', '[]', '{}', '{"name": "items", "version": "1", "confidence": "HIGH"}', 'd', now() from comity.cases c where c.number like 'FREE-%'`;
  await withMornings(world);
  for (const table of ['sight', 'closings', 'cases', 'case_reports', 'persons', 'venues', 'case_marks', 'clocks', 'charges', 'element_assessments', 'return_items', 'decisions', 'external_demands']) await settled(table);
  sql = postgres({ ...world.database.as('comity_app'), max: 1, onnotice: () => undefined });
});
/** Vacuums a table until all of it counts as visible: a statement that somebody else began before, autovacuum's analyze too, holds that up. */
async function settled(table: string): Promise<void> {
  const { owner } = world.database;
  for (let tries = 0; tries < 80; tries += 1) {
    await owner.unsafe(`vacuum analyze comity.${table}`);
    const [row] = await owner`select relallvisible >= relpages as whole from pg_class where oid = ${`comity.${table}`}::regclass`;
    if (row?.['whole'] === true) return;
    await pause(250);
  }
  throw new Error(`${table} is never visible as a whole`);
}
afterAll(async () => {
  await sql.end();
  await world.close();
});

let timesPlanned = 0;

/** The statements of a document's root fields. */
async function planned(actor: Actor, document: DocumentNode, variables: Readonly<Record<string, unknown>>): Promise<Statement[]> {
  const found: Statement[] = [];
  const look = async (info: GraphQLResolveInfo, target: (args: Arguments) => Target) => void found.push(lookAhead.statement(info, (args) => {
    timesPlanned += 1;
    return target(args);
  }));
  await execute({ schema, document, variableValues: variables, contextValue: { session: { actor, look } } });
  return found;
}

/** The same of fields that are read apart. */
async function plannedApart(actor: Actor, document: DocumentNode, variables: Readonly<Record<string, unknown>>): Promise<Statement[]> {
  const found: Statement[] = [];
  const look = async (info: GraphQLResolveInfo, target: (args: Arguments) => Target) => void found.push(lookAhead.statement(info, target, [], { requestId: '00000000-0000-4000-8000-000000000000', purpose: null }));
  await execute({ schema, document, variableValues: variables, contextValue: { session: { actor, look, lookApart: look } } });
  return found;
}

interface Node { 'Node Type': string; 'Index Name'?: string; 'Relation Name'?: string; 'Shared Hit Blocks'?: number; 'Shared Read Blocks'?: number; 'Actual Loops'?: number; 'Heap Fetches'?: number; Plans?: Node[] }
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The plan that PostgreSQL takes for the statement of a request, and the pages it touches. */
async function planOf(who: CastMember, document: string, variables: Readonly<Record<string, unknown>>) {
  await sql.unsafe('begin');
  const entered = enter(world.memberIds[who], '');
  const [seat] = await sql.unsafe(entered.text, [...entered.values] as string[]);
  const [found] = await planned(actorOf(seat ?? {}), parse(document), variables);
  if (!found) throw new Error('nothing was planned');
  const [row] = (await sql.unsafe(`explain (analyze, buffers, format json) ${found.text}`, [...found.values] as string[], { prepare: true })) as unknown as [{ 'QUERY PLAN': [{ Plan: Node }] }];
  const root = row['QUERY PLAN'][0].Plan;
  const [{ result }] = (await sql.unsafe(found.text, [...found.values] as string[])) as unknown as [{ result: string }];
  await sql.unsafe('rollback');
  const nodes = nodesOf(root).filter((node) => (node['Actual Loops'] ?? 0) > 0);
  return {
    tables: new Set(nodesOf(root).flatMap((node) => node['Relation Name'] ?? [])),
    rows: (JSON.parse(result) as { nodes?: unknown[] }).nodes?.length,
    pages: (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0),
    // Law and the coalition's directory do not grow with cases: a hundred rows may be read whole.
    scanned: nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'] ?? '').filter((name) => !(REFERENCE as readonly string[]).includes(name)),
    indexes: new Set(nodes.flatMap((node) => (node['Index Name'] ? [`${node['Node Type']} ${node['Index Name']}`] : []))),
  };
}

const EVERY_CASE = { sight: 'Index Only Scan sight_once', closings: 'Index Only Scan closings_of_case' };

test('one case is found by its key, and its parts by their case', async () => {
  const [{ id }] = await world.database.owner<[{ id: string }]>`select id from comity.cases where number = 'DENSE-010000'`;
  const { pages, scanned, indexes } = await planOf('attorneyDallas', DETAIL, { id });
  expect(scanned).toEqual([]);
  expect([...indexes]).toEqual(expect.arrayContaining(['Index Scan cases_pkey', 'Index Scan case_reports_pkey', 'Index Scan persons_case_id_id_pk', ...Object.values(EVERY_CASE)]));
  expect(pages).toBeLessThan(200);
});

test.each([
  ['a reader of twenty thousand cases', 'attorneyDallas', 4_000], ['a reader of forty old cases', 'recordsDallas', 4_000], ['a reader of none', 'attorneyCook', 20],
] as const)('the list of %s begins at what is open to the reader', async (_of, who, most) => {
  const { pages, scanned, indexes, rows } = await planOf(who, LIST, { first: 50 });
  expect(scanned).toEqual([]);
  expect([...indexes]).toContain('Index Scan sight_viewer_received');
  expect([...indexes]).toEqual(who === 'attorneyCook' ? ['Index Scan sight_viewer_received'] : expect.arrayContaining(['Index Scan cases_pkey', ...Object.values(EVERY_CASE)]));
  expect(pages).toBeLessThan(most);
  expect(rows).toBe({ attorneyDallas: 50, recordsDallas: 40, attorneyCook: 0 }[who]);
});

const DUE_NEXT = 'query ($first: Int, $after: String) { clocks(first: $first, after: $after) { nodes { id kind dueOn state warnings rule { name attestedBy } case { number } } pageInfo { endCursor hasNextPage } } }';

test.each([
  ['by its day among one’s own, be they many', 'attorneyDallas', 'Index Scan clocks_of_lead', 2_000, 50], ['or few', 'recordsDallas', 'Index Scan clocks_of_lead', 2_000, 40],
  ['by its day among all, where rules of others open many', 'attorneyHennepin', 'Index Scan clocks_due', 6_000, 50], ['case by case, where they open few', 'intakeDallas', 'Index Scan clocks_current', 8_000, 50],
  ['nowhere by a reader of none', 'attorneyCook', 'Index Only Scan sight_elsewhere', 100, 0],
] as const)('what is due next is found %s', async (_of, who, index, most, rows) => {
  const plan = await planOf(who, DUE_NEXT, { first: 50 });
  expect(plan.scanned).toEqual([]);
  expect([...plan.indexes]).toEqual(expect.arrayContaining([index]));
  expect(plan.pages).toBeLessThan(most);
  expect(plan.rows).toBe(rows);
});

test.each(['attorneyDallas', 'recordsDallas', 'attorneyHennepin', 'intakeDallas', 'attorneyCook'] as const)('what is due next is for %s what the row policies show, in its order', async (who) => {
  await sql.unsafe('begin');
  const entered = enter(world.memberIds[who], '');
  await sql.unsafe(entered.text, [...entered.values] as string[]);
  const shown = await sql.unsafe('select id from comity.clocks where superseded_at is null and met_on is null and due_on is not null order by due_on, kind, case_id, id limit 230');
  await sql.unsafe('rollback');
  const listed: string[] = [];
  for (let after: string | null = null; listed.length < shown.length || after === null;) {
    const { clocks } = await world.as(who).get(DUE_NEXT, { first: 23, after });
    listed.push(...clocks.nodes.map(({ id }: { id: string }) => id));
    if (!clocks.pageInfo.hasNextPage) break;
    after = clocks.pageInfo.endCursor;
  }
  expect(listed).toEqual(shown.map(({ id }) => String(id)));
});

const EVERY_MORNING = [
  ['waiting', 'query ($first: Int, $filter: WaitingFilter) { waiting(first: $first, filter: $filter) { nodes { kind id since waitsFor office { name } agency { name } holder case { number } } } }', ['Index Scan return_items_waiting_of_lead', 'Index Scan decisions_waiting_of_lead', 'Index Scan external_demands_waiting_of_office'], 'select id from comity.waiting order by since, case_id, id'],
  ['charges', 'query ($first: Int, $filter: ChargeFilter) { charges(first: $first, filter: $filter) { nodes { id counts statute { citation } case { number } } } }', ['Index Scan charges_of_lead'], 'select id from comity.charges order by proposed_at desc, case_id desc, id desc'],
  ['unassessedElements', 'query ($first: Int, $filter: UnassessedElementFilter) { unassessedElements(first: $first, filter: $filter) { nodes { position text charge { id } case { number } } } }', ['Index Scan charges_of_lead'], `select e.charge_id || ' ' || e.position as id from comity.proof_elements e where not exists (
    select 1 from comity.element_assessments a where a.case_id = e.case_id and a.charge_id = e.charge_id and a.wording = e.text) order by e.proposed_at desc, e.case_id desc, e.charge_id desc, e.position`],
] as const;

test.each(EVERY_MORNING.flatMap(([list, document, indexes]) => ([
  ['a reader of twenty thousand cases', 'attorneyDallas', indexes, 4_000], ['a reader of forty old cases, who pays nothing for those of others', 'recordsDallas', indexes, 2_000], ['a reader of none', 'attorneyCook', [], 50],
] as const).map(([of, who, wanted, most]) => ({ list, document, of, who, wanted, most }))))('a page of $list for $of is read along what is open', async ({ document, who, wanted, most }) => {
  const { pages, scanned, indexes, rows } = await planOf(who, document, { first: 50 });
  // The law is as long as it is, however many cases there are.
  expect(scanned.filter((table) => table !== 'statute_versions')).toEqual([]);
  expect([...indexes]).toEqual(expect.arrayContaining([...wanted]));
  expect(pages).toBeLessThan(most);
  expect(rows === 0).toBe(who === 'attorneyCook');
});

test.each(EVERY_MORNING.flatMap(([list, document, , shown]) => (['attorneyDallas', 'recordsDallas', 'attorneyHennepin', 'intakeDallas', 'attorneyCook'] as const).map((who) => ({ list, document, shown, who }))))('$list is for $who what the row policies show, in its order', async ({ list, document, shown, who }) => {
  await sql.unsafe('begin');
  const entered = enter(world.memberIds[who], '');
  await sql.unsafe(entered.text, [...entered.values] as string[]);
  const wanted = (await sql.unsafe(`${shown} limit 120`)).map(({ id }) => String(id));
  await sql.unsafe('rollback');
  const paged = document.replace('$first: Int', '$first: Int, $after: String').replace('first: $first', 'first: $first, after: $after').replace(/ \} \}$/u, ' pageInfo { endCursor hasNextPage } } }');
  const listed: string[] = [];
  for (let after: string | null = null; listed.length < wanted.length || after === null;) {
    const { nodes, pageInfo }: Record<string, any> = (await world.as(who).get(paged, { first: 24, after }))[list];
    listed.push(...nodes.map((node: { id?: string; position: number; charge: { id: string } }) => node.id ?? `${node.charge.id} ${node.position}`));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  expect(listed.slice(0, 120)).toEqual(wanted);
});

test('the list of a lead begins at its own cases', async () => {
  const { pages, scanned, indexes } = await planOf('attorneyDallas', LIST, { first: 50, filter: { lead: world.officeIds['dallas-tx'] } });
  expect(scanned).toEqual([]);
  expect([...indexes]).toEqual(expect.arrayContaining(['Index Scan cases_of_lead', ...Object.values(EVERY_CASE)]));
  expect(pages).toBeLessThan(4_000);
});

test('what may be the same is found by marks, a hundred of each at the most, and a look across offices too: no table is read through', async () => {
  const [{ id }] = await world.database.owner<[{ id: string }]>`select id from comity.cases where number = 'DENSE-010000'`;
  for (const [document, most] of [['query ($id: ID) { case(id: $id) { duplicateCandidates(first: 100) { nodes { score reasons case { number } } } } }', 20_000], ['query ($id: ID!) { sameIncident(caseId: $id) { hits { officeName } } }', 1_000]] as const) {
    await sql.unsafe('begin');
    const entered = enter(world.memberIds.attorneyDallas, '');
    const [seat] = await sql.unsafe(entered.text, [...entered.values] as string[]);
    const [found] = await plannedApart(actorOf(seat ?? {}), parse(document), { id });
    // What a function does within is not in the plan: its pages are, and what it scans is in the transaction's statistics.
    for (const isWarm of [false, true]) {
      const [row] = (await sql.unsafe(`explain (analyze, buffers, format json) ${found?.text}`, [...(found?.values ?? [])] as string[], { prepare: true })) as unknown as [{ 'QUERY PLAN': [{ Plan: Node }] }];
      const { 'Shared Hit Blocks': hit = 0, 'Shared Read Blocks': read = 0 } = row['QUERY PLAN'][0].Plan;
      if (isWarm) expect(hit + read, document).toBeLessThan(most);
    }
    const scanned = await sql.unsafe(`select relname from pg_stat_xact_user_tables where schemaname = 'comity' and seq_scan > 0 and relname in ('cases', 'case_marks', 'case_reports', 'persons', 'case_verdicts', 'walls', 'seals', 'unit_restrictions')`);
    expect([...scanned]).toEqual([]);
    await sql.unsafe('rollback');
  }
});

test('what is read never asks the rules themselves, however many there are: sight and closings have their answer', async () => {
  const [{ id }] = await world.database.owner<[{ id: string }]>`select id from comity.cases where number = 'DENSE-010000'`;
  const asked = [await planOf('attorneyDallas', LIST, { first: 50 }), await planOf('attorneyCook', LIST, { first: 50, filter: { text: 'words' } }), await planOf('attorneyDallas', DETAIL, { id })];
  for (const { tables } of asked) {
    for (const rule of ['rule_books', 'sharing_rules', 'act_limits', 'walls', 'seals', 'responsibilities', 'transfers', 'unit_restrictions', 'unit_members', 'glass_uses', 'authorisations', 'state_rules']) {
      expect([...tables]).not.toContain(rule);
    }
  }
});

test('a document is planned once, whatever its variables hold', async () => {
  const document = parse(`query ($id: ID, $first: Int, $after: String, $all: Boolean!) { case(id: $id) { number } cases(first: $first, after: $after) { nodes { id agency @include(if: $all) { name } } } }`);
  const actor = { memberId: world.memberIds.attorneyDallas, role: 'ATTORNEY', body: 'OFFICE', kind: 'PERSON', name: '', officeId: world.officeIds['dallas-tx'], agencyId: null, limits: {} } as const;
  const texts = async (variables: Readonly<Record<string, unknown>>) => (await planned(actor, document, variables)).map(({ text }) => text);
  timesPlanned = 0;
  const first = await texts({ id: 'a', first: 1, all: true });
  expect(timesPlanned).toBe(2);
  for (const [id, page] of [['b', 2], ['c', 100]]) expect(await texts({ id, first: page, all: true })).toEqual(first);
  expect(timesPlanned).toBe(2);
  expect(await texts({ id: 'a', first: 1, all: false })).not.toEqual(first);
  expect(timesPlanned).toBe(4);
});
