import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CEILINGS } from '../src/access/ceilings.ts';
import { FACETS, FILTER_FACETS, SEAT_FACETS, TEAM_FACETS, VENUE_FACETS, type Facet } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { furnishedCase, incidentIn, withProbes, withVenue } from './policies.world.ts';
import { seated } from './seated.ts';
import { supplements } from './supplements.world.ts';
import { AGENCY_OWNED, tablesOf, type Table } from './tables.ts';
import { CAST, openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let unclaimed: BuiltCase;
let claimed: BuiltCase;
let tables: readonly Table[];
beforeAll(async () => {
  world = await openWorld();
  unclaimed = await furnishedCase(world);
  claimed = await furnishedCase(world, { claimedBy: 'attorneyDallas' });
  for (const each of [unclaimed, claimed]) {
    await withProbes(world, each);
    await withVenue(world, each, 'cook-il');
  }
  tables = await tablesOf(world.database);
});
afterAll(() => world.close());

const idsOf = async (who: CastMember | null, { name, key }: Table, subject: BuiltCase): Promise<number> =>
  seated(world.database, { as: who && world.memberIds[who] }, async ({ rows }) => (await rows(`select 1 from comity.${name} where ${key} = $1::uuid`, [subject.id])).length);

const facetsOpenTo = async (who: CastMember | null, subject: BuiltCase): Promise<number> =>
  seated(world.database, { as: who && world.memberIds[who] }, async ({ rows }) =>
    (await rows('select holder from comity.recordings where case_id = $1::uuid and position = 99', [subject.id])).reduce((sum, { holder }) => sum | FACETS[holder as Facet], 0));

describe('a table of a case', () => {
  test('has a row in this test for every wall to be tried on', async () => {
    for (const { name, key } of tables) {
      const [found] = await world.database.owner.unsafe(`select count(*)::integer as n from comity.${name} where ${key} = '${claimed.id}'`);
      expect(found?.['n'], `comity.${name} has no row of the furnished case: give it one in policies.world.ts`).toBeGreaterThan(0);
    }
    expect(tables.length).toBeGreaterThanOrEqual(12);
  });

  test('shows the team of a case every row but those that are another author’s alone', async () => {
    for (const table of tables) {
      const probes = table.name === 'recordings' ? ` and needs & ${TEAM_FACETS} = needs` : '';
      const [all] = await world.database.owner.unsafe(`select count(*)::integer as n from comity.${table.name} where ${table.key} = '${claimed.id}'${probes}`);
      expect(await idsOf('attorneyDallas', table, claimed), table.name).toBe(all?.['n']);
    }
  });

  test.each([
    'attorneyHennepin', 'supervisorHennepin', 'chiefDallasPolice', 'officerDallasPolice', 'machineDallasPolice', 'chiefChicagoPolice', 'administrator', 'analyst', 'auditor', null,
  ] as const)('shows no row of a case to %s, claimed or not', async (who) => {
    for (const table of tables) {
      expect(await idsOf(who, table, claimed), `${table.name}, claimed`).toBe(0);
      expect(await idsOf(who, table, unclaimed), `${table.name}, unclaimed`).toBe(0);
    }
  });

  test('shows a member who is no longer active nothing at all, nor anyone in a context that names nobody', async () => {
    const { owner } = world.database;
    await owner`update comity.members set active = false where id = ${world.memberIds.attorneyDallas}`;
    try {
      for (const table of tables) expect(await idsOf('attorneyDallas', table, claimed), table.name).toBe(0);
    } finally {
      await owner`update comity.members set active = true where id = ${world.memberIds.attorneyDallas}`;
    }
    await seated(world.database, { as: newId() }, async ({ rows }) => {
      for (const { name } of tables) expect(await rows(`select 1 from comity.${name}`), name).toEqual([]);
    });
  });

  test('keeps a note that is its author’s alone from the author’s own team and supervisor', async () => {
    const read = (who: CastMember) =>
      seated(world.database, { as: world.memberIds[who] }, ({ rows }) => rows('select 1 from comity.annotation_revisions where case_id = $1::uuid and author_only is not null', [claimed.id]));
    expect(await read('attorneyDallas')).toHaveLength(1);
    await world.as('supervisorDallas').get('mutation ($input: AssignCaseInput!) { assignCase(input: $input) { case { id } } }', { input: { caseId: claimed.id, memberId: world.memberIds.secondDallas, role: 'TRIAL' } });
    expect(await read('secondDallas')).toEqual([]);
    expect(await read('supervisorDallas')).toEqual([]);
  });
});

describe('a seat', () => {
  test('opens to a venue candidate SUMMARY and REPORT of an unclaimed case, and SUMMARY after another office’s claim', async () => {
    expect(await facetsOpenTo('attorneyDallas', unclaimed)).toBe(VENUE_FACETS.unclaimed);
    expect(await facetsOpenTo('attorneyCook', unclaimed)).toBe(FACETS.SUMMARY | FACETS.REPORT);
    expect(await facetsOpenTo('attorneyCook', claimed)).toBe(VENUE_FACETS.claimed);
    expect(VENUE_FACETS.claimed).toBe(FACETS.SUMMARY);
  });

  const offDuty = (Object.keys(CAST) as CastMember[]).filter((who) => 'office' in CAST[who] && CAST[who].office === 'dallas-tx' && !['attorneyDallas', 'secondDallas'].includes(who));
  test.each(offDuty)('opens to %s no more of an own case than the ceiling of the role', async (who) => {
    const role = CAST[who].role as keyof typeof CEILINGS.OFFICE;
    expect(await facetsOpenTo(who, claimed)).toBe(CEILINGS.OFFICE[role] & SEAT_FACETS);
    expect((await facetsOpenTo(who, claimed)) & (FACETS.TEAM | FACETS.OWN | FACETS.GRAND_JURY | FACETS.COMPELLED)).toBe(0);
  });

  test.each([['TRIAL', TEAM_FACETS], ['SUPPORT', TEAM_FACETS], ['FILTER', FILTER_FACETS]] as const)('on the team as %s lifts the ceiling of the role', async (role, facets) => {
    const subject = await world.buildCase({ claimedBy: 'supervisorDallas' });
    await withProbes(world, subject);
    expect(await facetsOpenTo('recordsDallas', subject)).toBe(CEILINGS.OFFICE.RECORDS & SEAT_FACETS);
    await world.as('supervisorDallas').get('mutation ($input: AssignCaseInput!) { assignCase(input: $input) { case { id } } }', { input: { caseId: subject.id, memberId: world.memberIds.recordsDallas, role } });
    expect(await facetsOpenTo('recordsDallas', subject)).toBe(facets);
  });

  test('of the administrators opens SUMMARY of an unrouted case and nothing of a routed one', async () => {
    const unrouted = await world.buildCase({ referral: incidentIn('48001') });
    await withProbes(world, unrouted);
    expect(await facetsOpenTo('administrator', unrouted)).toBe(FACETS.SUMMARY);
    expect(await facetsOpenTo('administrator', unclaimed)).toBe(0);
    expect(await facetsOpenTo('attorneyDallas', unrouted)).toBe(0);
  });

  test('has the ceiling that the database holds', async () => {
    const held = await world.database.owner`select body, role, facets from comity.role_ceilings order by body, role`;
    const written = Object.entries(CEILINGS).flatMap(([body, roles]) => Object.entries(roles).map(([role, facets]) => ({ body, role, facets })));
    expect([...held]).toEqual(written.sort((a, b) => (a.body + a.role < b.body + b.role ? -1 : 1)));
  });

  test('opens a minor’s row and contact data as far as PROTECTED and VICTIM_CONTACT are open', async () => {
    const people = (who: CastMember) =>
      seated(world.database, { as: world.memberIds[who] }, async ({ rows }) => ({
        persons: (await rows('select name from comity.persons where case_id = $1::uuid order by position', [claimed.id])).map(({ name }) => name),
        phones: (await rows('select phone from comity.person_contacts where case_id = $1::uuid order by phone', [claimed.id])).map(({ phone }) => phone),
      }));
    const everyone = ['Young Vic', 'Vic Timson', 'Wit Nessler'];
    expect(await people('attorneyDallas')).toEqual({ persons: everyone, phones: ['555-0101', '555-0102', '555-0103'] });
    expect(await people('advocateDallas')).toEqual({ persons: everyone, phones: ['555-0101', '555-0102', '555-0103'] });
    expect(await people('investigatorDallas')).toEqual({ persons: everyone, phones: [] });
    expect(await people('recordsDallas')).toEqual({ persons: [], phones: [] });
    expect(await people('attorneyCook')).toEqual({ persons: [], phones: [] });

    const { owner } = world.database;
    const ceiling = (facets: number) => owner`update comity.role_ceilings set facets = ${facets} where body = 'OFFICE' and role = 'ADVOCATE'`;
    await ceiling(CEILINGS.OFFICE.ADVOCATE & ~FACETS.PROTECTED);
    expect(await people('advocateDallas')).toEqual({ persons: ['Vic Timson', 'Wit Nessler'], phones: ['555-0103'] });
    await ceiling(CEILINGS.OFFICE.ADVOCATE);
  });
});

describe('a table of an agency', () => {
  test('shows the agency its own rows and everybody else none', async () => {
    const theirs = await world.buildCase({ by: 'chiefChicagoPolice', referral: incidentIn('17031') });
    await supplements(world).send('chiefChicagoPolice', theirs, { narrative: 'A witness came forward.' });
    await supplements(world).send('chiefDallasPolice', unclaimed, { narrative: 'A witness came forward.' });
    for (const [agency, member] of [['Dallas Police Department', 'chiefDallasPolice'], ['Chicago Police Department', 'chiefChicagoPolice']] as const) {
      await world.database.owner`insert into comity.attestations (id, agency_id, attested_by, attested_at, statement, source, sha256)
        select ${newId()}, a.id, ${world.memberIds[member]}, now(), 'I answer for this file.', 'file.csv', ${'0'.repeat(64)} from comity.agencies a where a.name = ${agency}`;
    }
    for (const name of AGENCY_OWNED.filter((each) => each !== 'idempotency_keys')) {
      const agencies = (who: CastMember) => seated(world.database, { as: world.memberIds[who] }, async ({ rows }) => new Set((await rows(`select agency_id from comity.${name}`)).map((row) => row['agency_id'])));
      const [dallas, chicago] = [await agencies('chiefDallasPolice'), await agencies('chiefChicagoPolice')];
      expect([dallas.size, chicago.size], name).toEqual([1, 1]);
      expect([...dallas], name).not.toEqual([...chicago]);
      expect(await agencies('officerDallasPolice'), name).toEqual(dallas);
      for (const who of ['attorneyDallas', 'supervisorDallas', 'attorneyHennepin', 'administrator', 'analyst', 'auditor'] as const) expect(await agencies(who), `${name}, ${who}`).toEqual(new Set());
    }
    await seated(world.database, { as: null }, async ({ rows }) => {
      for (const name of AGENCY_OWNED.filter((each) => each !== 'idempotency_keys')) expect(await rows(`select 1 from comity.${name}`), name).toEqual([]);
    });
  });

  test('takes no row in another agency’s name', async () => {
    await seated(world.database, { as: world.memberIds.chiefDallasPolice }, async ({ refusal }) => {
      const attest = (agency: string) => refusal(
        `insert into comity.attestations (id, agency_id, attested_by, attested_at, statement, source, sha256) select $1::uuid, a.id, $2::uuid, now(), 'x', 'x', repeat('1', 64) from comity.agencies a where a.name = $3`,
        [newId(), world.memberIds.chiefDallasPolice, agency]);
      expect(await attest('Chicago Police Department')).toBe('42501');
      expect(await attest('Dallas Police Department')).toBe('passed');
    });
  });
});
