import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { seedCases } from './cases.seed.ts';
import { openWorld, type CastMember, type World } from './world.ts';

const statements: string[] = [];
let world: World;
beforeAll(async () => {
  world = await openWorld({ observe: ({ kind, text }) => void (kind === 'statement' && statements.push(text)) });
});
afterAll(() => world.close());

const LIST = `query ($filter: CaseFilter, $orderBy: CaseOrder, $first: Int, $after: String) {
  cases(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { nodes { number } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

async function numbers(who: CastMember, variables: Readonly<Record<string, unknown>>): Promise<string[]> {
  const { cases } = await world.as(who).get(LIST, { first: 100, ...variables });
  return cases.nodes.map(({ number }: { number: string }) => number);
}

/** Every page until the last, with what happens after each. */
async function walk(who: CastMember, variables: Readonly<Record<string, unknown>>, between: () => Promise<unknown> = async () => undefined): Promise<string[]> {
  const met: string[] = [];
  for (let after: string | null = null; ; await between()) {
    const { cases } = await world.as(who).get(LIST, { ...variables, after });
    expect(cases.pageInfo.hasPreviousPage).toBe(after !== null);
    met.push(...cases.nodes.map(({ number }: { number: string }) => number));
    if (!cases.pageInfo.hasNextPage) return met;
    after = cases.pageInfo.endCursor;
  }
}

describe('a list of cases', () => {
  interface Row {
    number: string; stage: string; kind: string; state: string; county: string; agency: string; lead: string | null;
    received: Date; incident: string; statutes: string[]; team: string[];
  }
  let rows: readonly Row[];
  let choices: readonly (readonly [name: string, value: unknown, holds: (row: Row) => boolean])[];

  beforeAll(async () => {
    const { owner } = world.database;
    const day = `timestamptz '2025-01-01 12:00:00.000001Z' + n * interval '1 day'`;
    const kinds = `(array['FORCE', 'DETENTION', 'ENTRY'])[1 + n % 3]`;
    await seedCases(world.database, { prefix: 'LED', count: 40, office: 'dallas-tx', receivedAt: day, kind: kinds, stage: `(array['CLAIMED', 'UNDER_REVIEW', 'CLOSED'])[1 + n / 4 % 3]` });
    await seedCases(world.database, { prefix: 'FREE', count: 20, office: 'dallas-tx', led: false, receivedAt: `${day} + interval '1 hour'`, kind: kinds });
    await seedCases(world.database, { prefix: 'FAR', count: 10, office: 'hennepin-mn', receivedAt: day });
    await owner`insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since)
      select id, ${world.officeIds['dallas-tx']}, 1, 'ROUTED', county_fips, 'The river.', now() from comity.cases where number in ('FAR-000001', 'FAR-000002', 'FAR-000003')`;
    await owner`insert into comity.assignments (case_id, id, needs, member_id, role, since, until, assigned_by)
      select id, gen_random_uuid(), 512, ${world.memberIds.attorneyDallas}, 'TRIAL', now(), case when number = 'LED-000007' then now() end, ${world.memberIds.attorneyDallas}
        from comity.cases where number like 'LED-%' and substring(number from '\\d+$')::integer % 7 = 0`;
    await owner`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
      select c.id, gen_random_uuid(), 16, p.id, v.statute_id, v.id, 1, c.incident_on, 'PROPOSED', '{}', ${world.memberIds.attorneyDallas}, now()
        from comity.cases c join comity.persons p on p.case_id = c.id cross join (select * from comity.statute_versions order by id limit 1) v
       where substring(c.number from '\\d+$')::integer % 5 = 0`;
    await owner`select comity.compute_sight(id) from comity.cases`;
    rows = await owner<Row[]>`select c.number, c.stage, c.kind, c.state, c.county_fips as county, c.agency_id as agency, c.lead_id as lead, c.received_at as received, c.incident_on::text as incident,
        array(select x.statute_id::text from comity.charges x where x.case_id = c.id and c.lead_id = ${world.officeIds['dallas-tx']}) as statutes,
        array(select a.member_id::text from comity.assignments a where a.case_id = c.id and a.until is null) as team
      from comity.cases c where c.number !~ 'FAR-00000[4-9]|FAR-000010' order by c.received_at desc, c.id desc`;
    const [first, second] = [...new Set(rows.map(({ agency }) => agency))];
    const statute = rows.flatMap(({ statutes }) => statutes)[0];
    const ada = world.memberIds.attorneyDallas;
    choices = [
      ['stages', ['CLAIMED', 'CLOSED'], ({ stage }) => ['CLAIMED', 'CLOSED'].includes(stage)],
      ['stages', ['UNCLAIMED'], ({ stage }) => stage === 'UNCLAIMED'],
      ['stages', [], () => false],
      ['kinds', ['ENTRY'], ({ kind }) => kind === 'ENTRY'],
      ['kinds', ['FORCE', 'DETENTION'], ({ kind }) => kind !== 'ENTRY'],
      ['lead', world.officeIds['dallas-tx'], ({ lead }) => lead === world.officeIds['dallas-tx']],
      ['lead', world.officeIds['hennepin-mn'], ({ lead }) => lead === world.officeIds['hennepin-mn']],
      ['lead', 'no office', () => false],
      ['agency', first, ({ agency }) => agency === first],
      ['agency', second, ({ agency }) => agency === second],
      ['agency', '; drop table', () => false],
      ['state', 'TX', ({ state }) => state === 'TX'],
      ['state', 'MN', ({ state }) => state === 'MN'],
      ['county', rows.find(({ number }) => number.startsWith('LED'))?.county, ({ number }) => !number.startsWith('FAR')],
      ['statute', statute, ({ statutes }) => statutes.includes(statute as string)],
      ['statute', 'none', () => false],
      ['assignee', ada, ({ team }) => team.includes(ada)],
      ['assignee', newId(), () => false],
      ['assignee', 'nobody', () => false],
      ['receivedFrom', '2025-01-20T12:00:00Z', ({ received }) => received >= new Date('2025-01-20T12:00:00Z')],
      ['receivedBefore', '2025-01-30T00:00:00-05:00', ({ received }) => received < new Date('2025-01-30T05:00:00Z')],
      ['incidentFrom', '2025-01-10', ({ incident }) => incident >= '2025-01-10'],
      ['incidentUntil', '2025-01-25', ({ incident }) => incident <= '2025-01-25'],
    ];
  });

  const expected = (chosen: typeof choices, orderBy: string) => {
    const held = rows.filter((row) => chosen.every(([, , holds]) => holds(row))).map(({ number }) => number);
    return orderBy === 'OLDEST_FIRST' ? held.toReversed() : held;
  };

  test('each filter lets through what it names, in both orders', async () => {
    for (const choice of choices) {
      for (const orderBy of ['NEWEST_FIRST', 'OLDEST_FIRST']) {
        expect(await numbers('attorneyDallas', { filter: { [choice[0]]: choice[1] }, orderBy }), JSON.stringify([choice, orderBy])).toEqual(expected([choice], orderBy));
      }
    }
  });

  test('filters together narrow together', async () => {
    let filled = 0;
    for (let turn = 0; turn < 120; turn += 1) {
      // A step that shares no factor with their number meets them in every mixture.
      const chosen = [0, 1, 2].slice(0, 2 + (turn % 2)).map((place) => choices[(turn * (place * 3 + 1) + place * 7) % choices.length]).filter((choice) => choice !== undefined);
      if (new Set(chosen.map(([name]) => name)).size < chosen.length) continue;
      const orderBy = turn % 3 === 0 ? 'OLDEST_FIRST' : 'NEWEST_FIRST';
      const filter = Object.fromEntries(chosen);
      const wanted = expected(chosen, orderBy);
      if (wanted.length > 0) filled += 1;
      expect(await walk('attorneyDallas', { filter, orderBy, first: 9 }), JSON.stringify([filter, orderBy])).toEqual(wanted);
    }
    expect(filled).toBeGreaterThan(20);
  });

  test('a filter that is null does not narrow', async () => {
    expect(await numbers('attorneyDallas', { filter: { stages: null, lead: null, text: null, assignee: null } })).toEqual(expected([], 'NEWEST_FIRST'));
    expect(await numbers('attorneyDallas', { filter: null, orderBy: null, first: null, after: null })).toHaveLength(20);
  });

  test('a member sees a case once, whatever shows it: her office, its venue or her team', async () => {
    await world.database.owner`insert into comity.sight (case_id, viewer, cause, ref, facets, received_at)
      select c.id, v.viewer, 'RULE', gen_random_uuid(), 1, c.received_at from comity.cases c
        cross join (values (${world.memberIds.attorneyDallas}::uuid), (${world.officeIds['dallas-tx']}), ('00000000-0000-8000-8000-00000000c0a1')) v (viewer) where c.number like 'LED-%'`;
    for (const orderBy of ['NEWEST_FIRST', 'OLDEST_FIRST']) expect(await walk('attorneyDallas', { orderBy, first: 7 })).toEqual(expected([], orderBy));
    await world.database.owner`delete from comity.sight where cause = 'RULE'`;
  });

  test('the number of all is counted when it is asked for, and only then', async () => {
    const count = async (selection: string, filter: unknown = null) => {
      statements.length = 0;
      const { cases } = await world.as('attorneyDallas').get(`query ($filter: CaseFilter) { cases(filter: $filter, first: 3) { ${selection} } }`, { filter });
      const list = statements.filter((text) => text.includes('comity"."cases'));
      expect(list).toHaveLength(1);
      return { cases, counts: /10001/.test(list[0] ?? '') };
    };
    expect((await count('nodes { id } edges { cursor } pageInfo { hasNextPage endCursor }')).counts).toBe(false);
    expect(await count('totalCount')).toMatchObject({ cases: { totalCount: rows.length }, counts: true });
    expect((await count('totalCount totalCountCapped nodes { id }', { stages: ['UNCLAIMED'] })).cases).toMatchObject({ totalCount: 20, totalCountCapped: false });
    expect((await count('totalCount', { assignee: world.memberIds.attorneyDallas })).cases).toEqual({ totalCount: 4 });
    expect((await count('totalCount', { lead: world.officeIds['dallas-tx'], kinds: ['ENTRY'] })).cases.totalCount).toBe(rows.filter(({ number, kind }) => number.startsWith('LED') && kind === 'ENTRY').length);
    expect((await count('totalCount totalCountCapped', { text: 'nowhere' })).cases).toEqual({ totalCount: 0, totalCountCapped: false });
    expect((await count('totalCount', { text: 'words' })).cases.totalCount).toBe(60);
    expect((await count('__typename pageInfo { hasPreviousPage }')).cases).toEqual({ __typename: 'CaseConnection', pageInfo: { hasPreviousPage: false } });
  });

  test('whoever has no seat in an office of a venue sees none', async () => {
    const all = '{ cases { nodes { number } edges { cursor } totalCount totalCountCapped pageInfo { hasNextPage startCursor endCursor } } }';
    const nothing = { nodes: [], edges: [], totalCount: 0, totalCountCapped: false, pageInfo: { hasNextPage: false, startCursor: null, endCursor: null } };
    expect((await world.as('attorneyCook').get(all)).cases).toEqual(nothing);
    expect((await world.as('administrator').get(all)).cases).toEqual(nothing);
    for (const who of ['analyst', 'auditor', 'chiefDallasPolice', 'officerDallasPolice', 'machineDallasPolice'] as const) expect(await world.as(who).refused(all)).toBe('FORBIDDEN');
  });

  test('administrators see what nobody holds, and nothing else', async () => {
    const unrouted = await world.buildCase({ referral: { incident: { ...(world.referral()['incident'] as object), countyFips: '48001' } } });
    const { cases } = await world.as('administrator').get('{ cases { totalCount nodes { number jurisdiction { slug } report { narrative } persons { name } } } }');
    expect(cases).toEqual({ totalCount: 1, nodes: [{ number: unrouted.number, jurisdiction: null, report: null, persons: [] }] });
    expect(await numbers('administrator', { filter: { text: unrouted.number } })).toEqual([unrouted.number]);
    expect(await numbers('administrator', { filter: { text: 'bystander' } })).toEqual([]);
  });
});

describe('pages', () => {
  test('a walk meets each case once and in order, though others arrive and many arrived at one instant', async () => {
    await seedCases(world.database, { prefix: 'PAGE', count: 30, office: 'philadelphia-pa', receivedAt: `timestamptz '2025-06-01 00:00:00Z' + n / 6 * interval '1 microsecond'` });
    await world.database.owner`update comity.members set office_id = (select id from comity.jurisdictions where slug = 'philadelphia-pa') where id = ${world.memberIds.recordsDallas}`;
    for (const [turn, orderBy] of ['NEWEST_FIRST', 'OLDEST_FIRST'].entries()) {
      const [{ before }] = await world.database.owner<[{ before: string[] }]>`select array_agg(number order by received_at desc, id desc) as before from comity.cases where number ~ '^(PAGE|NEW)'`;
      let arrived = 0;
      const met = await walk('recordsDallas', { orderBy, first: 4 }, async () => {
        arrived += 1;
        if (arrived < 4) await seedCases(world.database, { prefix: `NEW${turn}${arrived}`, count: 1, office: 'philadelphia-pa', receivedAt: `timestamptz '2025-06-02 00:00:0${turn}Z' + interval '${arrived} microseconds'` });
      });
      const news = ['1', '2', '3'].map((place) => `NEW${turn}${place}-000001`);
      expect(met).toEqual(orderBy === 'NEWEST_FIRST' ? before : [...before.toReversed(), ...news]);
    }
  });

  test('a filter that few cases pass is searched for to the end', async () => {
    await seedCases(world.database, { prefix: 'RARE', count: 700, office: 'pima-az', receivedAt: `timestamptz '2025-06-01 00:00:00Z' + n * interval '1 minute'`, kind: `case when n % 300 = 1 then 'SHOOTING' else 'FORCE' end`, searchable: false });
    await world.database.owner`update comity.members set office_id = (select id from comity.jurisdictions where slug = 'pima-az') where id = ${world.memberIds.conflictsDallas}`;
    const filter = { kinds: ['SHOOTING'] };
    expect(await numbers('conflictsDallas', { filter })).toEqual(['RARE-000601', 'RARE-000301', 'RARE-000001']);
    expect(await walk('conflictsDallas', { filter, first: 1, orderBy: 'OLDEST_FIRST' })).toEqual(['RARE-000001', 'RARE-000301', 'RARE-000601']);
    const { cases } = await world.as('conflictsDallas').get('query ($filter: CaseFilter) { cases(filter: $filter, first: 1) { totalCount totalCountCapped } }', { filter });
    expect(cases).toEqual({ totalCount: 3, totalCountCapped: false });
    // Those that a wall hides are passed over like those that a filter does.
    await world.database.owner`insert into comity.closings (case_id, subject, facets, cause, ref)
      select id, ${world.memberIds.conflictsDallas}, 2147483647, 'WALL', gen_random_uuid() from comity.cases where number like 'RARE-%' and number not in ('RARE-000690', 'RARE-000002')`;
    expect(await walk('conflictsDallas', { first: 1 })).toEqual(['RARE-000690', 'RARE-000002']);
  });

  test('a page holds one to a hundred', async () => {
    for (const first of [0, -1, 101, 2_147_483_647]) {
      const { errors, data } = await world.as('attorneyDallas').ask(LIST, { first });
      expect([errors?.[0]?.extensions['code'], data?.['cases'] ?? null]).toEqual([first === 2_147_483_647 ? expect.stringMatching(/BAD_USER_INPUT|QUERY_TOO_COMPLEX/) : 'BAD_USER_INPUT', null]);
      if (first < 1_000) expect(errors?.[0]?.extensions).toMatchObject({ field: 'first' });
    }
    expect(await numbers('attorneyDallas', { first: 1 })).toHaveLength(1);
  });

  test('a cursor that this list did not write is refused by name', async () => {
    const { cases } = await world.as('attorneyDallas').get(LIST, { first: 1 });
    const whole: string = cases.pageInfo.endCursor;
    const made = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const [type, at, id] = JSON.parse(Buffer.from(whole, 'base64url').toString()) as string[];
    expect(await numbers('attorneyDallas', { after: made(type, at, id) })).not.toHaveLength(0);
    const colleague = (await world.as('attorneyDallas').get('{ members(first: 1) { pageInfo { endCursor } } }')).members.pageInfo.endCursor;
    const referral = made('Referral', at, id);
    const bad = [
      '', ' ', 'x', 'null', whole.slice(0, -4), whole.slice(2), colleague, referral, made(), made(type), made(type, at), made(type, at, id, id), made(type, id, at), made(type, 1, id), made(type, at, null),
      made(type, 'infinity', id), made(type, '2025-02-30 00:00:00+00', id), made(type, '0000-01-01 00:00:00+00', id), made(type, '2025-01-01 24:00:00+00', id), made(type, '2025-01-01 00:00:60+00', id),
      made(type, '2025-01-01 00:00:00.1234567+00', id), made(type, '2025-01-01T00:00:00Z', id), made(type, at, `${id}'`), made(type, `${at}\n`, id), Buffer.from('{"0":1}').toString('base64url'), '9'.repeat(9_000),
    ];
    for (const after of bad) {
      const { errors } = await world.as('attorneyDallas').ask(LIST, { after });
      expect(errors?.[0]?.extensions, after.slice(0, 80)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
    }
    const { errors } = await world.as('attorneyDallas').ask('{ members(after: "WyJNZW1iZXIiLCJcdWQ4MDAiLCJ4Il0") { nodes { id } } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
  });
});

describe('a search by text', () => {
  beforeAll(async () => {
    await seedCases(world.database, { prefix: 'WORD', count: 3, office: 'hennepin-mn', led: false, receivedAt: `timestamptz '2025-09-01 00:00:00Z' + n * interval '1 day'`,
      narrative: `(array['A lantern fell into the river.', 'The river took the lantern.', 'A lantern, unlit, on the bridge.'])[n]` });
    await seedCases(world.database, { prefix: 'LEDWORD', count: 2, office: 'hennepin-mn', receivedAt: `timestamptz '2025-08-01 00:00:00Z' + n * interval '1 day'`, narrative: `'Another lantern ' || n` });
  });

  test('reads words, phrases, or and -not, newest first', async () => {
    const found = (text: string) => numbers('attorneyHennepin', { filter: { text } });
    const [one, two, three] = ['WORD-000001', 'WORD-000002', 'WORD-000003'];
    expect(await found('lantern')).toEqual([three, two, one, 'LEDWORD-000002', 'LEDWORD-000001']);
    expect(await found('LANTERNS river')).toEqual([two, one]);
    expect(await found('"the river took"')).toEqual([two]);
    expect(await found('lantern -river -another')).toEqual([three]);
    expect(await found('bridge or "fell into the river"')).toEqual([three, one]);
    expect(await found('WORD-000002')).toEqual([two]);
    expect(await walk('attorneyHennepin', { first: 1, filter: { text: 'lantern' } })).toEqual([three, two, one, 'LEDWORD-000002', 'LEDWORD-000001']);
    expect(await numbers('attorneyHennepin', { filter: { text: 'lantern', stages: ['CLAIMED'] } })).toEqual(['LEDWORD-000002', 'LEDWORD-000001']);
    expect(await numbers('attorneyHennepin', { filter: { text: 'lantern', lead: world.officeIds['hennepin-mn'] } })).toEqual(['LEDWORD-000002', 'LEDWORD-000001']);
    expect(await numbers('attorneyHennepin', { filter: { text: 'lantern', assignee: world.memberIds.attorneyHennepin } })).toEqual([]);
    expect(await world.as('attorneyHennepin').refused(LIST, { filter: { text: 'lantern' }, orderBy: 'OLDEST_FIRST' })).toBe('BAD_USER_INPUT');
  });

  test('a candidate finds an unclaimed case by its narrative, and only who sees the persons finds it by a name', async () => {
    const built = await world.buildCase();
    const by = async (who: CastMember, text: string) => (await numbers(who, { filter: { text } })).includes(built.number);
    expect(await by('attorneyDallas', 'bystander')).toBe(true);
    expect(await by('attorneyDallas', 'Timson')).toBe(false);
    expect(await by('attorneyHennepin', 'bystander')).toBe(false);
    await world.as('attorneyDallas').get('mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id } } }', { input: { caseId: built.id, expectedVersion: 1 } });
    expect(await by('attorneyDallas', 'Timson')).toBe(true);
    expect(await by('supervisorDallas', '"vic timson"')).toBe(true);
    await world.database.owner`insert into comity.closings (case_id, subject, facets, cause, ref) values (${built.id}, ${world.memberIds.supervisorDallas}, 4, 'SEAL', gen_random_uuid())`;
    expect(await by('supervisorDallas', 'Timson')).toBe(false);
    expect(await by('supervisorDallas', 'bystander')).toBe(true);
    expect(await numbers('supervisorDallas', { filter: { text: 'bystander', assignee: world.memberIds.attorneyDallas } })).toContain(built.number);
    expect(await numbers('supervisorDallas', { filter: { text: 'lantern', assignee: world.memberIds.attorneyDallas } })).toEqual([]);
  });

  test('a case that says a word in many places hides no older one', async () => {
    const { owner } = world.database;
    await owner`insert into comity.persons (case_id, id, needs, part, position, descriptors, minor_at_incident, injured)
      select c.id, gen_random_uuid(), 4, 'WITNESS', n, 'With a lantern', false, false from comity.cases c cross join generate_series(1, 60) n where c.number = 'LEDWORD-000002'`;
    await owner`select comity.compute_sight(id) from comity.cases where number = 'LEDWORD-000002'`;
    expect(await walk('attorneyHennepin', { first: 2, filter: { text: 'lantern' } })).toEqual(['WORD-000003', 'WORD-000002', 'WORD-000001', 'LEDWORD-000002', 'LEDWORD-000001']);
  });

  test('no words are a fault of ours', async () => {
    const odd = ['', ' ', '"', '"""', '-', '- -', 'or', 'or or', '(((', '&|!<->:*', "';--", '%_\\', '\u{1F3F4}\u{E0067}', '\u202E\u0301', 'the of and', '-the', 'a'.repeat(500), '\u{10FFFF}'.repeat(250), '"'.repeat(499), '- '.repeat(20), '-a'.repeat(20), 'a-'.repeat(250), '-""'.repeat(20), 'or '.repeat(160), 'a or -b '.repeat(19), 'x:*', "l'été <b>", '\\0'];
    for (const text of odd) {
      const { errors } = await world.as('attorneyDallas').ask(LIST, { filter: { text } });
      expect(errors, text.slice(0, 40)).toBeUndefined();
    }
    for (const text of ['a'.repeat(501), '-'.repeat(40), '- '.repeat(40), '-""'.repeat(40), '-a '.repeat(40)]) {
      const { errors } = await world.as('attorneyDallas').ask(LIST, { filter: { text } });
      expect(errors?.[0]?.extensions, text.slice(0, 40)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filter.text' });
    }
  });
});

describe('one case', () => {
  const ONE = 'query ($id: ID, $number: String) { case(id: $id, number: $number) { id number persons { name } } }';

  test('answers the same bytes where it is hidden as where it is absent', async () => {
    const built = await world.buildCase();
    const bytes = async (who: CastMember, variables: Record<string, unknown>) => {
      const response = await fetch(`${world.server.url}/graphql`, {
        method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.as(who).token()}` }, body: JSON.stringify({ query: ONE, variables }),
      });
      return `${response.status} ${await response.text()}`;
    };
    for (const who of ['attorneyHennepin', 'attorneyCook', 'administrator'] as const) {
      const absent = await bytes(who, { id: newId() });
      expect(absent).toBe('200 {"data":{"case":null}}\n');
      for (const variables of [{ id: built.id }, { number: built.number }, { number: 'DAL-2026-999999' }, { id: 'no id at all' }, { id: '' }, { number: '' }, { id: "'; --" }]) {
        expect(await bytes(who, variables), JSON.stringify(variables)).toBe(absent);
      }
    }
    expect(await bytes('attorneyDallas', { number: built.number })).toBe(await bytes('attorneyDallas', { id: built.id.toUpperCase() }));
  });

  test('is asked for by its id or by its number, not by both or neither', async () => {
    const built = await world.buildCase();
    const { attorneyDallas } = { attorneyDallas: world.as('attorneyDallas') };
    for (const variables of [{}, { id: null }, { id: null, number: null }, { id: built.id, number: built.number }]) expect(await attorneyDallas.refused(ONE, variables)).toBe('BAD_USER_INPUT');
    expect(await attorneyDallas.refused('{ case { id } }')).toBe('BAD_USER_INPUT');
    expect((await attorneyDallas.get(ONE, { id: null, number: built.number })).case.id).toBe(built.id);
  });
});

test('no instant or day that GraphQL takes is a fault of ours', async () => {
  const instants = ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59Z', '9999-12-31T23:59:59-12:00', '2024-02-29T23:59:60Z', '1582-10-10T00:00:00Z'];
  const days = ['0000-01-01', '0001-01-01', '9999-12-31', '2024-02-29', '1900-02-29', '2025-04-31'];
  for (const name of ['receivedFrom', 'receivedBefore', 'incidentFrom', 'incidentUntil']) {
    for (const value of name.startsWith('received') ? instants : days) {
      const { errors } = await world.as('attorneyDallas').ask(LIST, { filter: { [name]: value } });
      expect(errors?.[0]?.extensions['code'] ?? 'BAD_USER_INPUT', `${name} ${value}`).toBe('BAD_USER_INPUT');
    }
  }
});
