import { execute, parse, type GraphQLResolveInfo } from 'graphql';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorOf, enter } from '../src/access/context.ts';
import { LookAhead } from '../src/database/lookahead.ts';
import type { Arguments, Target } from '../src/database/shape.ts';
import type { Statement } from '../src/database/statement.ts';
import { servedSchema, SHAPES } from '../src/schema.ts';
import { seedCases } from './cases.seed.ts';
import { demanding } from './demands.world.ts';
import { openWorld, type CastMember, type World } from './world.ts';

const DENSE = 20_000;
const LIST = 'query ($filter: DemandFilter, $first: Int, $after: String) { demands(filter: $filter, first: $first, after: $after) { nodes { id state noResponse case { number } } pageInfo { hasNextPage } } }';
const schema = servedSchema();
const lookAhead = new LookAhead(SHAPES);
let world: World;
let play: ReturnType<typeof demanding>;
let sql: postgres.Sql;

beforeAll(async () => {
  world = await openWorld();
  play = demanding(world);
  const { owner } = world.database;
  await seedCases(world.database, { prefix: 'DENSE', count: DENSE, office: 'dallas-tx', receivedAt: `timestamptz '2025-01-01Z' + n * interval '1 minute'`, searchable: false });
  await seedCases(world.database, { prefix: 'SPARSE', count: 40, office: 'hennepin-mn', receivedAt: `timestamptz '2020-01-01Z' + n * interval '1 minute'`, searchable: false });
  await owner.unsafe(`
    insert into comity.external_demands (case_id, id, needs, office_id, regime, component, purpose, state, drafted_by, drafted_at, served_on, service_method, proof_of_service, confirmed, respond_by, answered_on)
    select c.id, gen_random_uuid(), 64, c.lead_id, (array['DOJ_TOUHY', 'DHS_TOUHY', 'PRESERVATION_LETTER'])[1 + n % 3], 'An agency', 'To know.', s.state, m.id, now(), s.served, case when s.served is not null then 'MAIL' end,
        case when s.served is not null then 'x' end, case when s.served is not null then '{}'::text[] end, case when s.served is not null and n % 11 > 0 then date '2020-01-01' + n % 9000 end, case when s.state = 'DENIED' then date '2020-01-01' end
      from (select c.*, substring(c.number from '\\d+$')::integer as n from comity.cases c where c.number ~ '^(DENSE|SPARSE)-') c cross join lateral (
        select (array['SERVED', 'DENIED', 'DRAFT', 'DENIED', 'DENIED'])[1 + n % 5] as state, case when n % 5 <> 2 then date '2019-12-01' end as served) s, comity.members m where m.subject = 'attorneyDallas'`);
  await owner.unsafe(`insert into comity.demand_items (case_id, id, needs, demand_id, position, category, description, relevance, state, answered_on, ground)
    select d.case_id, gen_random_uuid(), 64, d.id, 1, 'RECORDING', 'The camera.', 'It shows who pushed.', case d.state when 'DENIED' then 'WITHHELD' else 'ASKED' end, d.answered_on, case d.state when 'DENIED' then 'CLASSIFIED' end
      from comity.external_demands d`);
  // Cook has a part in a few cases of Dallas; nobody opened anything to Pima.
  await owner.unsafe(`insert into comity.sight (case_id, viewer, cause, ref, facets, received_at)
    select c.id, j.id, 'JOINT', j.id, case when c.number < 'DENSE-000020' then 65 else 1 end, c.received_at from comity.cases c, comity.jurisdictions j where j.slug = 'cook-il' and c.number between 'DENSE-000001' and 'DENSE-002000'`);
  await owner`update comity.members set office_id = (select id from comity.jurisdictions where slug = 'pima-az') where id = ${world.memberIds.secondDallas}`;
  await owner`insert into comity.closings (case_id, subject, facets, cause, ref)
    select id, ${world.memberIds.supervisorDallas}, 2147483647, 'WALL', gen_random_uuid() from comity.cases where number like 'DENSE-%' and number < 'DENSE-004000'`;
  for (const table of ['sight', 'closings', 'cases', 'external_demands', 'demand_items']) await owner.unsafe(`vacuum analyze comity.${table}`);
  sql = postgres({ ...world.database.as('comity_app'), max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  await sql.end();
  await world.close();
});

interface Node { 'Node Type': string; 'Index Name'?: string; 'Relation Name'?: string; 'Shared Hit Blocks'?: number; 'Shared Read Blocks'?: number; 'Actual Loops'?: number; Plans?: Node[] }
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The plan that PostgreSQL takes for a page of the list, and the pages of memory it touches. */
async function planOf(who: CastMember, filter: object | null, after: string | null = null) {
  await sql.unsafe('begin');
  const entered = enter(world.memberIds[who], '');
  const [seat] = await sql.unsafe(entered.text, [...entered.values] as string[]);
  const actor = actorOf(seat ?? {});
  const found: Statement[] = [];
  const look = async (info: GraphQLResolveInfo, target: (args: Arguments) => Target) => void found.push(lookAhead.statement(info, target));
  await execute({ schema, document: parse(LIST), variableValues: { first: 20, filter, after }, contextValue: { session: { actor, look } } });
  expect(found, 'one statement').toHaveLength(1);
  const run = async () => (await sql.unsafe(`explain (analyze, buffers, format json) ${found[0]?.text}`, [...(found[0]?.values ?? [])] as string[], { prepare: true })) as unknown as [{ 'QUERY PLAN': [{ Plan: Node }] }];
  await run();
  const root = (await run())[0]['QUERY PLAN'][0].Plan;
  await sql.unsafe('rollback');
  const nodes = nodesOf(root).filter((node) => (node['Actual Loops'] ?? 0) > 0);
  return {
    pages: (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0),
    scanned: nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']).filter((name) => name !== 'jurisdictions'),
    indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))],
  };
}

/** What the list must hold, asked of the tables by their owner. */
const expected = async (condition: string): Promise<string[]> =>
  (await world.database.owner.unsafe(`select d.id from comity.external_demands d join comity.cases c on c.id = d.case_id where ${condition} order by coalesce(d.respond_by, date '9999-12-31'), d.id`)).map(({ id }) => id as string);

const WALLED_OFF = `c.number like 'DENSE-%' and c.number >= 'DENSE-004000'`;
const FILTERS: readonly [string, Readonly<Record<string, unknown>>, string][] = [
  ['all', {}, 'true'],
  ['in two states', { states: ['SERVED', 'DRAFT'] }, `d.state in ('SERVED', 'DRAFT')`],
  ['under one regime', { regimes: ['DHS_TOUHY'] }, `d.regime = 'DHS_TOUHY'`],
  ['without an answer in time', { noResponse: true }, `d.state = 'SERVED' and d.respond_by < (now() at time zone 'America/Chicago')::date`],
  ['the rest', { noResponse: false }, `not (d.state = 'SERVED' and d.respond_by is not null and d.respond_by < (now() at time zone 'America/Chicago')::date)`],
  ['that are awaited and name no day', { undated: true }, `d.waits_since is not null and d.respond_by is null`],
  ['that name a day, or are not awaited', { undated: false }, `not (d.waits_since is not null and d.respond_by is null)`],
  ['due before a day', { dueBefore: '2020-02-01' }, `d.respond_by < '2020-02-01'`],
  ['all of it at once', { states: ['SERVED'], regimes: ['DHS_TOUHY'], noResponse: true, dueBefore: '2030-01-01' }, `d.state = 'SERVED' and d.regime = 'DHS_TOUHY' and d.respond_by < least((now() at time zone 'America/Chicago')::date, date '2030-01-01')`],
];

describe('the list of demands, by the day they name,', () => {
  test.each(FILTERS)('page by page, %s: of forty cases of one’s own', async (_, filter, condition) => {
    const all = await expected(`c.number like 'SPARSE-%' and ${condition}`);
    expect(await play.listed('supervisorHennepin', filter, 3)).toEqual(all);
    expect(await play.listed('supervisorHennepin', filter)).toEqual(all);
  });

  test.each(FILTERS)('%s: of a few cases in which one has a part, and none that are a mere number to one', async (_, filter, condition) => {
    expect(await play.listed('attorneyCook', filter, 4)).toEqual(await expected(`c.number < 'DENSE-000020' and c.number like 'DENSE-%' and ${condition}`));
  });

  test('of a lead: one’s own, another’s as far as one sees it, and nobody’s', async () => {
    const [dallas, hennepin] = [world.officeIds['dallas-tx'], world.officeIds['hennepin-mn']];
    expect(await play.listed('attorneyCook', { lead: dallas })).toEqual(await expected(`c.number < 'DENSE-000020' and c.number like 'DENSE-%'`));
    expect(await play.listed('supervisorHennepin', { lead: hennepin })).toHaveLength(40);
    for (const lead of [hennepin, '00000000-0000-4000-8000-000000000000']) expect(await play.listed('attorneyCook', { lead })).toEqual([]);
  });

  test('is empty for who sees nothing, and for who sees cases but none of their proceedings', async () => {
    expect(await play.listed('secondDallas')).toEqual([]);
    expect(await play.listed('recordsDallas')).toEqual([]);
    for (const who of ['chiefDallasPolice', 'administrator', 'analyst', 'auditor'] as const) expect(await world.as(who).refused(LIST, {}), who).toBe('FORBIDDEN');
  });

  test('passes over what a wall closes, and ends', async () => {
    const first = await world.as('supervisorDallas').get(LIST, { first: 100 });
    expect(first['demands'].nodes.map(({ id }: { id: string }) => id)).toEqual((await expected(WALLED_OFF)).slice(0, 100));
  });

  test.each([['the first', '', 0], ['no cursor', 'abc', 1], ['another list’s', Buffer.from(JSON.stringify(['Case', '2026-01-01 00:00:00+00', '00000000-0000-4000-8000-000000000000'])).toString('base64url'), 1],
    ['a day that is none', Buffer.from(JSON.stringify(['ExternalDemand', '2026-02-30 00:00:00+00', '00000000-0000-4000-8000-000000000000'])).toString('base64url'), 1]])('refuses a cursor that it did not write: %s', async (_, after, bad) => {
    const { errors } = await world.as('supervisorHennepin').ask(LIST, { after: after === '' ? null : after });
    expect(errors?.[0]?.extensions['field']).toBe(bad ? 'after' : undefined);
  });
});

describe('what a page of it costs', () => {
  // Of what is unanswered each row's items are looked at twice, to find it and to say so.
  test.each([
    ['of ten thousands of one’s own', 'attorneyDallas', null, 900], ['of what ten thousands left unanswered', 'attorneyDallas', { noResponse: true }, 1200], ['of forty of one’s own', 'supervisorHennepin', null, 900],
    ['of a part in a few', 'attorneyCook', null, 900], ['of another’s lead', 'attorneyCook', { lead: 'DALLAS' }, 900], ['of nothing', 'secondDallas', null, 60], ['of nothing at another’s lead', 'secondDallas', { lead: 'DALLAS' }, 60],
  ] as const)('%s does not depend on what others see', async (_of, who, filter, most) => {
    const { pages, scanned, indexes } = await planOf(who, filter !== null && 'lead' in filter ? { lead: world.officeIds['dallas-tx'] } : filter);
    expect(scanned).toEqual([]);
    expect(indexes).toContain('sight_proceedings_elsewhere');
    expect(pages).toBeLessThan(most);
  });
});
