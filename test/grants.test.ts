import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { rolesSql } from '../src/database/migrate.ts';
import { newId } from '../src/kernel/ids.ts';
import { furnishedCase, withVenue } from './policies.world.ts';
import { seated } from './seated.ts';
import { AGENCY_OWNED, BEHIND_FUNCTIONS, DECIDING, OFFICE_OWNED, REFERENCE, tablesOf, VIEWS } from './tables.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let claimed: BuiltCase;
beforeAll(async () => {
  world = await openWorld();
  // A cloned database does not inherit its template's own privileges.
  await world.database.owner.unsafe(await rolesSql());
  claimed = await furnishedCase(world, { claimedBy: 'attorneyDallas' });
  await withVenue(world, claimed, 'cook-il');
});
afterAll(() => world.close());

const REFUSED = '42501';

/** All that the application may write by its own hand. Everything else is refused, and so is every other DELETE and every TRUNCATE. */
const WRITES = [
  'DELETE act_limits', 'DELETE agency_rules', 'DELETE case_tags', 'DELETE rule_book_tests', 'DELETE sharing_rules', 'DELETE statistics_rules',
  'INSERT act_limits', 'INSERT agency_rules', 'INSERT authorisations', 'INSERT case_tags', 'INSERT conflict_declarations', 'INSERT glass_uses', 'INSERT responsibilities',
  'INSERT rule_book_tests', 'INSERT rule_books', 'INSERT seals', 'INSERT sharing_rules', 'INSERT statistics_rules', 'INSERT transfers', 'INSERT unit_members',
  'INSERT unit_restrictions', 'INSERT units', 'INSERT walls',
  'UPDATE authorisations.revoked_at', 'UPDATE authorisations.revoked_by', 'UPDATE conflict_declarations.withdrawn_at', 'UPDATE conflict_declarations.withdrawn_by',
  'UPDATE glass_uses.finding', 'UPDATE glass_uses.remark', 'UPDATE glass_uses.reviewed_at', 'UPDATE glass_uses.reviewed_by', 'UPDATE glass_uses.until',
  'UPDATE responsibilities.answered_at', 'UPDATE responsibilities.answered_by', 'UPDATE responsibilities.state',
  'UPDATE rule_books.ended_at', 'UPDATE rule_books.proposed_at', 'UPDATE rule_books.proposed_by', 'UPDATE rule_books.revision', 'UPDATE rule_books.state', 'UPDATE rule_books.title',
  'UPDATE seals.unsealed_at', 'UPDATE seals.unsealed_because', 'UPDATE seals.unsealed_by', 'UPDATE seals.unsealing_proposed_at', 'UPDATE seals.unsealing_proposed_by',
  'UPDATE transfers.answered_at', 'UPDATE transfers.answered_by', 'UPDATE transfers.state', 'UPDATE unit_members.removed_by', 'UPDATE unit_members.until',
  'UPDATE unit_restrictions.lifted_at', 'UPDATE unit_restrictions.lifted_by', 'UPDATE units.name',
  'INSERT annotation_revisions', 'INSERT annotations', 'INSERT assignments', 'INSERT attestations', 'INSERT charges', 'INSERT venues',
  'UPDATE annotations.deleted', 'UPDATE annotations.favourable_to_defence', 'UPDATE annotations.revised_at', 'UPDATE annotations.revision',
  'UPDATE assignments.until', 'UPDATE assignments.version',
  'UPDATE cases.jurisdiction_id', 'UPDATE cases.lead_id', 'UPDATE cases.stage',
  'UPDATE charges.state',
];

/** What the application and the analyst may execute; `comity.sees` is the policies' own sentence. */
const EXECUTES = {
  comity_app: [
    'access_log_of', 'adopt_rule_book', 'agency_id', 'denied', 'explain_access', 'facet_names', 'hand_over', 'lift_restriction', 'lift_wall', 'logged', 'member', 'next_midnight', 'opened_without_glass', 'place_in_compartment', 'preview_rule_book', 'receive_referral', 'record', 'refuse_own_conflict', 'release_from_compartment', 'resight', 'resight_walled_unit', 'role_facets', 'same_unit', 'seal_lifters', 'search_cases', 'sees', 'tell_agency', 'verify_trail', 'viewers', 'withheld',
  ],
  comity_analyst: ['case_counts'],
};

describe('a new table', () => {
  test('is forced under row policies, or stands on a list that says why not', async () => {
    const found = await world.database.owner`select relname as name, relrowsecurity and relforcerowsecurity as guarded,
      exists (select 1 from pg_policy p where p.polrelid = c.oid and 'comity_app'::regrole = any (p.polroles)) as shown
      from pg_class c where relnamespace = 'comity'::regnamespace and relkind in ('r', 'p', 'm', 'f') and not relispartition order by 1`;
    const open: readonly string[] = [...REFERENCE, ...DECIDING];
    const behind: readonly string[] = BEHIND_FUNCTIONS;
    for (const { name, guarded, shown } of found) {
      expect(guarded, `comity.${name} must force row-level security, or be named in test/tables.ts as reference data`).toBe(!open.includes(name));
      if (!open.includes(name)) expect(shown, `comity.${name} must have a policy for comity_app, or be named in test/tables.ts as one behind functions`).toBe(!behind.includes(name));
    }
  });

  test('of a case requires at least one facet of its reader', async () => {
    for (const { name } of await tablesOf(world.database)) {
      const [column] = await world.database.owner`select attnotnull as required, exists (select 1 from pg_constraint k where k.conrelid = a.attrelid and pg_get_constraintdef(k.oid) ~ 'needs > 0') as checked
        from pg_attribute a where attrelid = ${`comity.${name}`}::regclass and attname = 'needs'`;
      expect(column, name).toEqual({ required: true, checked: true });
    }
  });

  test('that decides has no null a wall could fall through but the subject that means everybody', async () => {
    const nullable = await world.database.owner`select attname as name from pg_attribute where attrelid in ('comity.sight'::regclass, 'comity.closings'::regclass) and attnum > 0 and not attisdropped and not attnotnull`;
    expect([...nullable]).toEqual([{ name: 'subject' }]);
  });
});

describe('the application role', () => {
  test('writes what is listed and nothing else', async () => {
    const found = await world.database.owner`
      select privilege || ' ' || relname as write from pg_class c, unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as privilege
       where relnamespace = 'comity'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') and has_table_privilege('comity_app', c.oid, privilege)
      union
      select privilege || ' ' || relname || '.' || attname from pg_class c join pg_attribute a on a.attrelid = c.oid and attnum > 0 and not attisdropped, unnest(array['INSERT', 'UPDATE']) as privilege
       where relnamespace = 'comity'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') and has_column_privilege('comity_app', c.oid, attnum, privilege) and not has_table_privilege('comity_app', c.oid, privilege)`;
    expect(found.map(({ write }) => write).sort()).toEqual([...WRITES].sort());
  });

  test('reads no table that stands behind functions', async () => {
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
      for (const { name } of await existing([...BEHIND_FUNCTIONS, ...VIEWS, 'idempotency_keys'])) expect(await refusal(`select 1 from comity.${name}`), name).toBe(REFUSED);
    });
  });

  test('owns nothing, bypasses nothing, and is a member of the analyst’s role alone', async () => {
    const { owner } = world.database;
    const [role] = await owner`select rolsuper, rolbypassrls, rolinherit, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = 'comity_app'`;
    expect(Object.values(role ?? {})).toEqual([false, false, false, false, false, false]);
    expect([...await owner`select roleid::regrole::text as role from pg_auth_members where member = 'comity_app'::regrole`]).toEqual([{ role: 'comity_analyst' }]);
    expect([...await owner`select relname from pg_class where relowner = 'comity_app'::regrole union all select proname from pg_proc where proowner = 'comity_app'::regrole`]).toEqual([]);
  });

  test.each([
    'create table comity.mine (id integer)', 'create table public.mine (id integer)', 'create temporary table mine (id integer)', 'create schema mine', 'create function comity.mine() returns integer language sql return 1',
    'create view comity.mine as select * from comity.cases', 'alter table comity.cases no force row level security', 'alter table comity.cases disable row level security', 'drop policy cases_seen on comity.cases',
    'create policy mine on comity.cases using (true)', 'truncate comity.cases', 'set role comity_owner', 'set role comity_definer', 'set role comity_migrator', 'set session authorization comity_owner',
    'set session_replication_role = replica', 'grant select on comity.search_docs to comity_app',
  ])('may not: %s', async (statement) => {
    expect(await seated(world.database, { as: world.memberIds.supervisorDallas }, ({ refusal }) => refusal(statement))).toBe(REFUSED);
  });

  test('that turns row-level security off for itself is refused the rows', async () => {
    await seated(world.database, { as: world.memberIds.attorneyHennepin }, async ({ rows, refusal }) => {
      await rows('set local row_security = off');
      expect(await refusal('select 1 from comity.cases')).toBe(REFUSED);
    });
  });
});

describe('a function', () => {
  test.each(Object.entries(EXECUTES))('is executed by %s where it is listed, and by nobody else', async (role, listed) => {
    const functions = await ours();
    const found = await world.database.owner`select proname as name from pg_proc where oid = any (${functions}::oid[]) and has_function_privilege(${role}, oid, 'execute') order by 1`;
    expect(found.map(({ name }) => name)).toEqual(listed);
  });

  test('of the definer has a search path of its own, and no other function is a definer’s', async () => {
    const found = await world.database.owner`select proname as name, proowner::regrole::text as owner, coalesce(array_to_string(proconfig, ';'), '') ~ 'search_path=comity, pg_catalog' as fixed
      from pg_proc where oid = any (${await ours()}::oid[]) and prosecdef`;
    expect(found.length).toBeGreaterThan(8);
    for (const { name, owner, fixed } of found) expect([owner, fixed], name).toEqual(['comity_definer', true]);
  });

  test('is nobody’s by default', async () => {
    const found = await world.database.owner`select proname as name from pg_proc where oid = any (${await ours()}::oid[]) and has_function_privilege('public', oid, 'execute')`;
    expect(found.map(({ name }) => name)).toEqual([]);
  });
});

describe('the analyst’s role', () => {
  test('reads no table, whoever steps into it', async () => {
    const names = await world.database.owner<{ name: string }[]>`select relname as name from pg_class where relnamespace = 'comity'::regnamespace and relkind in ('r', 'p', 'v', 'm')`;
    for (const who of ['analyst', 'attorneyDallas'] as const) {
      await seated(world.database, { as: world.memberIds[who] }, async ({ rows, refusal }) => {
        await rows(`select set_config('role', 'comity_analyst', true)`);
        for (const { name } of names) expect(await refusal(`select 1 from comity.${name}`), name).toBe(REFUSED);
      });
    }
    expect(names.length).toBeGreaterThan(20);
  });
});

describe('the owner of the schema', () => {
  test('reads no row of a case, an agency or the trail', async () => {
    const guarded = [...(await tablesOf(world.database)), ...(await existing([...AGENCY_OWNED, ...OFFICE_OWNED.filter((name) => name !== 'units' && name !== 'unit_members'), ...BEHIND_FUNCTIONS]))];
    await seated(world.database, { as: null, user: 'comity_migrator' }, async ({ rows, refusal }) => {
      await rows('set local role comity_owner');
      for (const { name } of guarded) {
        const outcome = await refusal(`select 1 from comity.${name}`);
        if (outcome === 'passed') expect(await rows(`select 1 from comity.${name}`), name).toEqual([]);
        else expect(outcome, name).toBe(REFUSED);
      }
    });
  });
});

describe('a write', () => {
  test('to a case that the writer does not see, or sees the SUMMARY of, is refused or touches nothing', async () => {
    for (const who of ['attorneyHennepin', 'attorneyCook', 'chiefDallasPolice', 'administrator', 'auditor'] as const) {
      const me = world.memberIds[who];
      await seated(world.database, { as: me }, async ({ refusal, touched }) => {
        expect(await refusal(`insert into comity.assignments (case_id, id, needs, member_id, role, since, assigned_by) values ($1::uuid, $2::uuid, 512, $3::uuid, 'TRIAL', now(), $3::uuid)`, [claimed.id, newId(), me]), who).toBe(REFUSED);
        for (const needs of [FACETS.REPORT, FACETS.TEAM, FACETS.OFFICE]) {
          expect(await refusal(`insert into comity.annotation_revisions (case_id, annotation_id, revision, needs, body, revised_by, revised_at) values ($1::uuid, $2::uuid, 9, ${needs}, 'x', $3::uuid, now())`, [claimed.id, newId(), me]), who).toBe(REFUSED);
        }
        expect(await refusal(`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
          select $1::uuid, $2::uuid, ${FACETS.CHARGES}, $4::uuid, v.statute_id, v.id, 1, '2026-03-14', 'PROPOSED', '{}', $3::uuid, now() from comity.statute_versions v limit 1`, [claimed.id, newId(), me, claimed.personIds[0] ?? null]), who).toBe(REFUSED);
        if (who !== 'attorneyCook') {
          expect(await refusal(`insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since) values ($1::uuid, $2::uuid, 1, 'ROUTED', '48113', 'x', now())`, [claimed.id, world.officeIds['hennepin-mn']]), who).toBe(REFUSED);
          expect(await touched(`update comity.cases set stage = 'CLOSED' where id = $1::uuid`, [claimed.id]), who).toBe(0);
        }
        for (const change of ['assignments set until = now()', 'annotations set deleted = true', `charges set state = 'WITHDRAWN'`]) {
          expect(await touched(`update comity.${change} where case_id = $1::uuid`, [claimed.id]), `${who}: ${change}`).toBe(0);
        }
      });
    }
  });

  test('changes no row’s needs and no case’s version, not even by the team', async () => {
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal, touched }) => {
      for (const { name, key } of await tablesOf(world.database)) expect(await refusal(`update comity.${name} set needs = needs where ${key} = $1::uuid`, [claimed.id]), name).toBe(REFUSED);
      for (const column of ['version = version + 1', `number = 'DAL-0'`, 'received_at = now()', 'agency_id = agency_id']) {
        expect(await refusal(`update comity.cases set ${column} where id = $1::uuid`, [claimed.id]), column).toBe(REFUSED);
      }
      expect(await refusal('update comity.annotations set author_only = null where case_id = $1::uuid', [claimed.id])).toBe(REFUSED);
      expect(await touched('update comity.annotations set deleted = true where case_id = $1::uuid', [claimed.id])).toBe(3);
    });
  });

  test('cannot make a row that the writer could not read', async () => {
    const me = world.memberIds.attorneyDallas;
    const note = 'insert into comity.annotations (case_id, id, needs, placed_needs, author_only, author_id, office_id, kind, audience, privilege, target_kind, favourable_to_defence, revision, created_at, revised_at)';
    await seated(world.database, { as: me }, async ({ refusal }) => {
      const write = (needs: number, alone: string | null) =>
        refusal(`${note} values ($1::uuid, $2::uuid, ${needs}, ${needs}, $3::uuid, $4::uuid, $5::uuid, 'NOTE', 'TEAM', 'NONE', 'CASE', false, 1, now(), now())`, [claimed.id, newId(), alone, me, world.officeIds['dallas-tx']]);
      expect(await write(FACETS.TEAM, null)).toBe('passed');
      expect(await write(FACETS.TEAM | FACETS.COMPELLED, null)).toBe(REFUSED);
      expect(await write(FACETS.TEAM, world.memberIds.supervisorDallas)).toBe(REFUSED);
      expect(await write(0, null)).toBe(REFUSED);
    });
  });
});

const existing = (names: readonly string[]) =>
  world.database.owner<{ name: string }[]>`select relname as name from pg_class where relnamespace = 'comity'::regnamespace and relname = any (${[...names]})`;

/** Functions of ours: not those that an extension brought. */
async function ours(): Promise<string[]> {
  const found = await world.database.owner`select p.oid::text as id from pg_proc p where pronamespace = 'comity'::regnamespace
    and not exists (select 1 from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')`;
  return found.map(({ id }) => String(id));
}
