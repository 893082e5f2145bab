import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { migrate, MIGRATIONS, rolesSql } from '../src/database/migrate.ts';
import { namedId, newId } from '../src/kernel/ids.ts';
import { loadReference } from '../src/reference.ts';

const cluster = inject('cluster');
const name = `upgrade_${randomBytes(6).toString('hex')}`;
const root = postgres({ ...cluster, max: 1, onnotice: () => undefined });
const client = (user: string) => postgres({ ...cluster, user, database: name, max: 1, onnotice: () => undefined });
const [led, unclaimed] = [newId(), newId()];
let owner: postgres.Sql;

/** The schema as it stood before rule books, with a case that an office leads, one that nobody claimed, and a note on each side of a claim. */
beforeAll(async () => {
  await root.unsafe(`create database ${name}`);
  owner = client('postgres');
  await owner.unsafe(await rolesSql());
  const folder = await mkdtemp(join(tmpdir(), 'comity-upgrade-'));
  try {
    await cp(MIGRATIONS, folder, { recursive: true });
    const journal = JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8')) as { entries: { idx: number }[] };
    await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries: journal.entries.filter(({ idx }) => idx <= 3) }));
    const migrator = client('comity_migrator');
    await migrator.unsafe('set role comity_owner');
    await applyMigrations(drizzle(migrator), { migrationsFolder: folder, migrationsSchema: 'comity_migrations', migrationsTable: 'applied' });
    await migrator.end();
  } finally {
    await rm(folder, { recursive: true });
  }
  const [office, agency, member, person] = [newId(), newId(), newId(), newId()];
  await owner.unsafe(`
    insert into comity.jurisdictions (id, slug, name, prefix, state, standing, office_title, office_kind, time_zone, trial_court, federal_district, federal_district_id, charging_instruments, handles_levels, source, confidence)
    values ('${office}', 'invented', 'Invented office', 'INV', 'MN', 'MEMBER', 'County Attorney', 'COUNTY_ATTORNEY', 'America/Chicago', 'District Court', 'District of Minnesota', 'mnd', '{}', '{}', 'invented', 'LOW');
    insert into comity.agencies (id, slug, name, kind, state) values ('${agency}', 'invented', 'Invented police', 'MUNICIPAL_POLICE', 'MN');
    insert into comity.members (id, subject, name, kind, role, office_id) values ('${member}', 'someone', 'Some One', 'PERSON', 'ATTORNEY', '${office}');
    insert into comity.cases (id, number, agency_id, jurisdiction_id, state, county_fips, incident_on, kind, stage, lead_id, received_at, needs)
    values ('${led}', 'INV-1', '${agency}', '${office}', 'MN', '27053', '2026-03-14', 'FORCE', 'CLAIMED', '${office}', now(), 1), ('${unclaimed}', 'INV-2', '${agency}', '${office}', 'MN', '27053', '2026-03-14', 'FORCE', 'UNCLAIMED', null, now(), 1);
    insert into comity.persons (case_id, id, needs, part, position, name, minor_at_incident, injured) values ('${led}', '${person}', 4100, 'VICTIM', 0, 'Young Vic', true, false);
    insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since) select id, '${office}', 1, 'DECLARED_COUNTY', '27053', 'The county.', now() from comity.cases;
    insert into comity.assignments (case_id, id, needs, member_id, role, since, assigned_by) values ('${led}', '${newId()}', 512, '${member}', 'TRIAL', now(), '${member}');
    insert into comity.annotations (case_id, id, needs, author_id, office_id, kind, audience, privilege, target_kind, favourable_to_defence, revision, created_at, revised_at)
    values ('${led}', '${newId()}', 256, '${member}', '${office}', 'NOTE', 'TEAM', 'NONE', 'CASE', false, 1, now(), now());
    insert into comity.state_rules (id, kind, state, position, body, confidence) values ('${namedId('state-rule', 'RESTRICTION MN 0')}', 'RESTRICTION', 'MN', 0, '{"facet": "EVIDENCE", "text": "footage"}', 'HIGH'),
      ('${namedId('state-rule', 'RESTRICTION * 2')}', 'RESTRICTION', '*', 2, '{"facet": "PERSONS", "when": "minorAtIncident", "text": "minors"}', 'LOW');
    select comity.compute_sight(id) from comity.cases`);
}, 60_000);
afterAll(async () => {
  await owner.end();
  await root.unsafe(`drop database ${name} with (force)`);
  await root.end();
});

describe('a database that stands already', () => {
  test('is brought under the rules by the migrations: sight, closings and notes', async () => {
    expect([...await owner`select cause, facets from comity.sight where case_id = ${led} order by 1`]).toEqual([{ cause: 'SEAT', facets: 7935 }, { cause: 'TEAM', facets: 8191 }]);
    await migrate({ ...cluster, user: 'comity_migrator', database: name });
    expect([...await owner`select cause, facets from comity.sight where case_id = ${led} order by 1`]).toEqual([{ cause: 'SEAT', facets: 7935 }, { cause: 'TEAM', facets: 24575 }]);
    expect([...await owner`select cause, facets from comity.sight where case_id = ${unclaimed}`]).toEqual([{ cause: 'VENUE', facets: 3 }]);
    expect([...await owner`select facets from comity.closings where case_id = ${led} order by 1`]).toEqual([{ facets: 32 }, { facets: 4096 }]);
    expect([...await owner`select count(*)::integer as n from comity.annotations where placed_needs = needs`]).toEqual([{ n: 1 }]);
  }, 60_000);

  test('has a book in force for every office once the reference data are loaded', async () => {
    const migrator = client('comity_migrator');
    await loadReference(migrator, join(MIGRATIONS, 'reference'));
    await migrator.end();
    expect([...await owner`select count(*)::integer as n from comity.jurisdictions j where not exists (select 1 from comity.rule_books b where b.jurisdiction_id = j.id and b.state = 'IN_FORCE')`]).toEqual([{ n: 0 }]);
  }, 60_000);
});
