import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { listed } from './cases.list.ts';
import { seedCases } from './cases.seed.ts';
import { openWorld, type World } from './world.ts';

const statements: string[] = [];
let world: World;
beforeAll(async () => {
  world = await openWorld({ observe: ({ kind, text }) => void (kind === 'statement' && statements.push(text)) });
});
afterAll(() => world.close());

const { numbers, walk } = listed(() => world);

describe('a list of cases', () => {
  interface Row {
    number: string; stage: string; kind: string; state: string; county: string; agency: string; lead: string | null;
    received: Date; incident: string; statutes: string[]; team: string[]; tags: string[]; unit: string | null; level: string | null;
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
    const unit = newId();
    await owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${unit}, ${world.officeIds['dallas-tx']}, 'Public integrity', ${world.memberIds.electedDallas}, now())`;
    await owner`insert into comity.unit_members (unit_id, member_id, since, added_by) values (${unit}, ${world.memberIds.attorneyDallas}, now(), ${world.memberIds.electedDallas})`;
    await owner`insert into comity.unit_restrictions (case_id, id, needs, unit_id, reason, restricted_by, restricted_at, lifted_at)
      select id, gen_random_uuid(), 512, ${unit}, 'Sensitive.', ${world.memberIds.electedDallas}, now(), case when number = 'LED-000011' then now() end from comity.cases where number like 'LED-%' and substring(number from '\\d+$')::integer % 11 = 0`;
    await owner`insert into comity.case_tags (case_id, tag, needs, tagged_by, tagged_at)
      select c.id, t.tag, 2, ${world.memberIds.attorneyDallas}, now() from comity.cases c join (values ('PRESS', 3), ('ENTRY', 4)) t (tag, every) on substring(c.number from '\\d+$')::integer % t.every = 0`;
    await owner`update comity.case_reports r set alleged_level = 'FELONY' from comity.cases c where c.id = r.case_id and substring(c.number from '\\d+$')::integer % 2 = 0`;
    await owner`select comity.compute_sight(id) from comity.cases`;
    rows = await owner<Row[]>`select c.number, c.stage, c.kind, c.state, c.county_fips as county, c.agency_id as agency, c.lead_id as lead, c.received_at as received, c.incident_on::text as incident,
        array(select x.statute_id::text from comity.charges x where x.case_id = c.id and c.lead_id = ${world.officeIds['dallas-tx']}) as statutes,
        array(select a.member_id::text from comity.assignments a where a.case_id = c.id and a.until is null) as team,
        array(select k.tag from comity.case_tags k where k.case_id = c.id and c.number not like 'FAR-%') as tags,
        (select u.unit_id from comity.unit_restrictions u where u.case_id = c.id and u.lifted_at is null) as unit,
        coalesce((select v.level from comity.charges x join comity.statute_versions v on v.id = x.statute_version_id where x.case_id = c.id and c.lead_id = ${world.officeIds['dallas-tx']}),
          (select r.alleged_level from comity.case_reports r where r.case_id = c.id and c.number not like 'FAR-%')) as level
      from comity.cases c where c.number !~ 'FAR-00000[4-9]|FAR-000010' order by c.received_at desc, c.id desc`;
    const [first, second] = [...new Set(rows.map(({ agency }) => agency))];
    const statute = rows.flatMap(({ statutes }) => statutes)[0];
    const ada = world.memberIds.attorneyDallas;
    choices = [
      ['stages', ['CLAIMED', 'CLOSED'], ({ stage }) => ['CLAIMED', 'CLOSED'].includes(stage)],
      ['stages', ['UNCLAIMED'], ({ stage }) => stage === 'UNCLAIMED'],
      ['kinds', ['ENTRY'], ({ kind }) => kind === 'ENTRY'],
      ['kinds', ['FORCE', 'DETENTION'], ({ kind }) => kind !== 'ENTRY'],
      ['lead', world.officeIds['dallas-tx'], ({ lead }) => lead === world.officeIds['dallas-tx']],
      ['lead', world.officeIds['hennepin-mn'], ({ lead }) => lead === world.officeIds['hennepin-mn']],
      ['lead', newId(), () => false],
      ['agency', first, ({ agency }) => agency === first],
      ['agency', second, ({ agency }) => agency === second],
      ['agency', newId(), () => false],
      ['state', 'TX', ({ state }) => state === 'TX'],
      ['state', 'MN', ({ state }) => state === 'MN'],
      ['county', rows.find(({ number }) => number.startsWith('LED'))?.county, ({ number }) => !number.startsWith('FAR')],
      ['statute', statute, ({ statutes }) => statutes.includes(statute as string)],
      ['statute', newId(), () => false],
      ['assignee', ada, ({ team }) => team.includes(ada)],
      ['assignee', newId(), () => false],
      ['tags', ['PRESS'], ({ tags }) => tags.includes('PRESS')],
      ['tags', ['PRESS', 'ENTRY', 'FIREARM'], ({ tags }) => tags.length > 0],
      ['levels', ['FELONY'], ({ level }) => level === 'FELONY'],
      ['levels', [rows.flatMap(({ level, statutes }) => (statutes.length > 0 && level !== 'FELONY' ? [level] : []))[0] ?? 'MISDEMEANOR', 'FELONY'], ({ level }) => level !== null],
      ['unit', unit, (row) => row.unit === unit],
      ['unit', newId(), () => false],
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
