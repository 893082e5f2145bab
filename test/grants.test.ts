import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enter } from '../src/access/context.ts';
import { FACETS } from '../src/access/facets.ts';
import { rolesSql } from '../src/database/migrate.ts';
import { newId } from '../src/kernel/ids.ts';
import { furnishedCase, incidentIn, withVenue } from './policies.world.ts';
import { seated, type Seat } from './seated.ts';
import { AGENCY_OWNED, BEHIND_FUNCTIONS, DECIDING, OFFICE_OWNED, PACKS, REFERENCE, tablesOf, VIEWS } from './tables.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

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
  'UPDATE glass_uses.until',
  'UPDATE responsibilities.answered_at', 'UPDATE responsibilities.answered_by', 'UPDATE responsibilities.state',
  'UPDATE rule_books.ended_at', 'UPDATE rule_books.proposed_at', 'UPDATE rule_books.proposed_by', 'UPDATE rule_books.revision', 'UPDATE rule_books.state', 'UPDATE rule_books.title',
  'UPDATE seals.unsealed_at', 'UPDATE seals.unsealed_because', 'UPDATE seals.unsealed_by', 'UPDATE seals.unsealing_proposed_at', 'UPDATE seals.unsealing_proposed_by',
  'UPDATE transfers.answered_at', 'UPDATE transfers.answered_by', 'UPDATE transfers.state', 'UPDATE unit_members.removed_by', 'UPDATE unit_members.until',
  'UPDATE units.name',
  'INSERT annotation_revisions', 'INSERT annotations', 'INSERT assignments', 'INSERT attestations', 'INSERT charges', 'INSERT venues',
  'UPDATE annotations.deleted', 'UPDATE annotations.favourable_to_defence', 'UPDATE annotations.revised_at', 'UPDATE annotations.revision',
  'UPDATE assignments.until', 'UPDATE assignments.version',
  'UPDATE cases.jurisdiction_id', 'UPDATE cases.lead_id', 'UPDATE cases.stage',
  'UPDATE charges.level', 'UPDATE charges.state', 'UPDATE charges.statute_version_id', 'UPDATE charges.warnings',
  'INSERT element_assessments', 'INSERT proof_links', 'UPDATE proof_links.withdrawn_at', 'UPDATE proof_links.withdrawn_by',
  'INSERT venue_contests', 'UPDATE venue_contests.answered_at', 'UPDATE venue_contests.answered_because', 'UPDATE venue_contests.answered_by', 'UPDATE venue_contests.court',
  'UPDATE venue_contests.decided_for', 'UPDATE venue_contests.docket_number', 'UPDATE venue_contests.document', 'UPDATE venue_contests.document_sha256', 'UPDATE venue_contests.ended_at',
  'UPDATE venue_contests.ordered_on', 'UPDATE venue_contests.recorded_at', 'UPDATE venue_contests.recorded_by', 'UPDATE venue_contests.settles', 'UPDATE venue_contests.state', 'UPDATE venue_contests.transfer_id',
  'INSERT clock_facts', 'UPDATE clock_facts.attested_at', 'UPDATE clock_facts.attested_by', 'UPDATE clock_facts.to_on', 'UPDATE clock_facts.withdrawn_at', 'UPDATE clock_facts.withdrawn_because', 'UPDATE clock_facts.withdrawn_by',
  'INSERT charge_levels', 'INSERT charge_relations', 'UPDATE charge_relations.ended_at', 'UPDATE charge_relations.ended_because', 'UPDATE charge_relations.ended_by',
  'INSERT calendar_feeds', 'UPDATE calendar_feeds.last_read_at', 'UPDATE calendar_feeds.revoked_at', 'UPDATE calendar_feeds.revoked_by',
  'INSERT affiliations', 'INSERT decision_grounds', 'INSERT decisions', 'INSERT filings', 'INSERT immunity_analyses', 'INSERT victim_notices', 'UPDATE decision_grounds.answer', 'UPDATE decision_grounds.immunity_analysis_id',
  'UPDATE filings.corrected_because', 'UPDATE filings.court', 'UPDATE filings.docket_number', 'UPDATE filings.filed_on', 'UPDATE filings.instrument', 'UPDATE filings.recorded_at', 'UPDATE filings.recorded_by', 'UPDATE filings.waiver', 'UPDATE filings.warnings',
  'UPDATE victim_notices.withdrawn_at', 'UPDATE victim_notices.withdrawn_because', 'UPDATE victim_notices.withdrawn_by',
  'UPDATE decisions.answered_at', 'UPDATE decisions.answered_by', 'UPDATE decisions.overridden_by', 'UPDATE decisions.state',
  'UPDATE immunity_analyses.remark', 'UPDATE immunity_analyses.reviewed_at', 'UPDATE immunity_analyses.reviewed_by', 'UPDATE immunity_analyses.state',
  'INSERT court_dates', 'INSERT dispositions', 'INSERT parallel_proceedings', 'INSERT proceeding_steps', 'INSERT removal_steps', 'INSERT removals', 'INSERT renditions', 'INSERT supersessions',
  'UPDATE removals.appeal_docket', 'UPDATE removals.appealed', 'UPDATE removals.appealed_on', 'UPDATE removals.closed_on', 'UPDATE removals.docket_number', 'UPDATE removals.federal_court', 'UPDATE removals.grounds',
  'UPDATE removals.hearing_on', 'UPDATE removals.leave_decided_on', 'UPDATE removals.leave_sought_on', 'UPDATE removals.moved_at', 'UPDATE removals.moved_by', 'UPDATE removals.notice_filed_on',
  'UPDATE removals.order', 'UPDATE removals.ruled_on', 'UPDATE removals.ruling', 'UPDATE removals.state', 'UPDATE removals.window_closed_on',
  'UPDATE supersessions.appointee', 'UPDATE supersessions.decided_on', 'UPDATE supersessions.heard_on', 'UPDATE supersessions.judge_assigned_on', 'UPDATE supersessions.moved_at', 'UPDATE supersessions.moved_by', 'UPDATE supersessions.office_id',
  'UPDATE supersessions.order', 'UPDATE supersessions.returned_on', 'UPDATE supersessions.state', 'UPDATE supersessions.withdrawn_on',
  'UPDATE parallel_proceedings.ended_on', 'UPDATE parallel_proceedings.moved_at', 'UPDATE parallel_proceedings.moved_by', 'UPDATE parallel_proceedings.resumed_on', 'UPDATE parallel_proceedings.state', 'UPDATE parallel_proceedings.stayed_on',
  'UPDATE renditions.agent_of_state', 'UPDATE renditions.arrest_on', 'UPDATE renditions.asylum_state', 'UPDATE renditions.extended_on', 'UPDATE renditions.extension_order', 'UPDATE renditions.extension_until',
  'UPDATE renditions.governor_request_on', 'UPDATE renditions.governor_warrant_on', 'UPDATE renditions.habeas_decided_on', 'UPDATE renditions.habeas_on', 'UPDATE renditions.moved_at', 'UPDATE renditions.moved_by',
  'UPDATE renditions.reason', 'UPDATE renditions.refused_on', 'UPDATE renditions.released_on', 'UPDATE renditions.returned_on', 'UPDATE renditions.state', 'UPDATE renditions.waived_on',
  'UPDATE renditions.withdrawn_on',
  'INSERT immunity_proceedings', 'UPDATE immunity_proceedings.analysis_id', 'UPDATE immunity_proceedings.anticipated_on', 'UPDATE immunity_proceedings.appeal_decided_on', 'UPDATE immunity_proceedings.appeal_decision', 'UPDATE immunity_proceedings.appeal_docket',
  'UPDATE immunity_proceedings.appealed_on', 'UPDATE immunity_proceedings.authorised', 'UPDATE immunity_proceedings.charge_ids', 'UPDATE immunity_proceedings.circuit', 'UPDATE immunity_proceedings.court', 'UPDATE immunity_proceedings.decision',
  'UPDATE immunity_proceedings.final_on', 'UPDATE immunity_proceedings.forum', 'UPDATE immunity_proceedings.hearing_on', 'UPDATE immunity_proceedings.moved_at', 'UPDATE immunity_proceedings.moved_by', 'UPDATE immunity_proceedings.necessary',
  'UPDATE immunity_proceedings.raised_on', 'UPDATE immunity_proceedings.ruled_on', 'UPDATE immunity_proceedings.ruling', 'UPDATE immunity_proceedings.state',
  'DELETE demand_items', 'INSERT cooperation_events', 'INSERT demand_entries', 'INSERT demand_extensions', 'INSERT demand_items', 'INSERT external_demands', 'UPDATE cooperation_events.withdrawn_because', 'UPDATE cooperation_events.withdrawn_by',
  'UPDATE cooperation_events.withdrawn_at', 'UPDATE demand_items.state', 'UPDATE demand_items.answered_on', 'UPDATE demand_items.ground', 'UPDATE demand_items.ground_citation', 'UPDATE demand_items.ground_reference', 'UPDATE demand_items.received_on',
  'UPDATE demand_items.production_reference', 'UPDATE external_demands.component', 'UPDATE external_demands.purpose', 'UPDATE external_demands.state', 'UPDATE external_demands.served_on', 'UPDATE external_demands.service_method', 'UPDATE external_demands.proof_of_service',
  'UPDATE external_demands.confirmed', 'UPDATE external_demands.respond_by', 'UPDATE external_demands.awaited_in', 'UPDATE external_demands.acknowledged_on', 'UPDATE external_demands.acknowledged_by', 'UPDATE external_demands.answered_on', 'UPDATE external_demands.suit_court',
  'UPDATE external_demands.suit_docket', 'UPDATE external_demands.suit_filed_on', 'UPDATE external_demands.suit_decided_on', 'UPDATE external_demands.suit_order', 'UPDATE external_demands.court_order', 'UPDATE external_demands.lifted_on', 'UPDATE external_demands.lifted_because',
  'UPDATE external_demands.withdrawn_because',
  'DELETE admission_rules', 'DELETE pack_requirements', 'INSERT admission_rules', 'INSERT pack_requirements', 'INSERT readiness_packs',
  'UPDATE readiness_packs.basis', 'UPDATE readiness_packs.ended_at', 'UPDATE readiness_packs.issued_by', 'UPDATE readiness_packs.proposed_at', 'UPDATE readiness_packs.proposed_by',
  'UPDATE readiness_packs.revision', 'UPDATE readiness_packs.state', 'UPDATE readiness_packs.title', 'UPDATE readiness_packs.valid_from',
  'INSERT return_entries', 'INSERT return_items', 'UPDATE case_referrals.withdrawal_asked_at', 'UPDATE return_items.due_on', 'UPDATE return_items.state', 'UPDATE return_items.state_since',
];

/** What the application and the analyst may execute; `comity.sees` is the policies' own sentence. */
const EXECUTES = {
  comity_app: [
    'access_log_of', 'adopt_readiness_pack', 'adopt_rule_book', 'agency_id', 'append_from_agency', 'attest_statute', 'clock_about_seen', 'clock_facts', 'court_standing', 'decided', 'declination_reasons', 'denied', 'dispute_declination', 'duplicate_candidates', 'event_beside_seen', 'explain_access', 'facet_names', 'feed_reader', 'first_clocks', 'glass_cases', 'hand_over', 'identify_person', 'judge_duplicate', 'judgment_standing', 'left_behind', 'left_behind_to', 'lift_restriction', 'lift_wall', 'lifts_wall', 'likeness', 'logged', 'meet_glass', 'member', 'metres', 'next_midnight', 'notice_apart', 'opened_without_glass', 'original_sha256', 'place_in_compartment', 'place_words', 'preview_rule_book', 'purpose', 'put_clocks', 'receive_referral', 'receive_referrals', 'record', 'referral_outcome', 'referral_standings', 'referring_agency', 'refuse_own_conflict', 'refuse_sealed_off', 'refuse_unliftable', 'release_from_compartment', 'resight', 'resight_walled_unit', 'review_glass', 'role_facets', 'same_incident_hits', 'same_unit', 'seal_lifters', 'search_cases', 'sees', 'settle_venue', 'shown_to', 'shows_agency', 'spot', 'stand_in', 'stands_in', 'superseded', 'supplement_referral', 'tell_agency', 'tell_referral', 'undo_duplicate', 'verify_trail', 'viewers', 'withdraw_attestation', 'withdraw_filing', 'withdraw_identification', 'withheld',
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
    const guarded = [...(await tablesOf(world.database)), ...(await existing([...AGENCY_OWNED, ...PACKS, ...OFFICE_OWNED.filter((name) => name !== 'units' && name !== 'unit_members'), ...BEHIND_FUNCTIONS]))];
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

const OFFICE = `nullif(current_setting('comity.office', true), '')::uuid`;

type Write = readonly [string, (string | number | null)[]];

/** Rows that would open a case, or close it, if they stood: each written so that it needs no more than SUMMARY. */
const OPENING: Readonly<Record<string, (caseId: string, me: string) => Write>> = {
  transfers: (caseId, me) => [`insert into comity.transfers (case_id, id, needs, from_id, to_id, residual, reason, state, proposed_by, proposed_at, answered_by, answered_at)
    values ($1::uuid, $2::uuid, 1, ${OFFICE}, $4::uuid, 'READ', 'x', 'ACCEPTED', $3::uuid, now(), $3::uuid, now())`, [caseId, newId(), me, world.officeIds['dallas-tx']]],
  'transfers, an offer': (caseId, me) => [`insert into comity.transfers (case_id, id, needs, from_id, to_id, residual, reason, state, proposed_by, proposed_at)
    values ($1::uuid, $2::uuid, 1, $4::uuid, ${OFFICE}, 'READ', 'x', 'PROPOSED', $3::uuid, now())`, [caseId, newId(), me, world.officeIds['dallas-tx']]],
  venue_contests: (caseId, me) => [`insert into comity.venue_contests (case_id, id, needs, contestant_id, lead_id, grounds, reason, state, contested_by, contested_at)
    values ($1::uuid, $2::uuid, 1, ${OFFICE}, $4::uuid, '{ELEMENT}', 'x', 'OPEN', $3::uuid, statement_timestamp())`, [caseId, newId(), me, world.officeIds['dallas-tx']]],
  responsibilities: (caseId, me) => [`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at)
    values ($1::uuid, $2::uuid, 1, ${OFFICE}, $4::uuid, 'CO', 255, 'ACCEPTED', 'x', $3::uuid, now())`, [caseId, newId(), me, world.officeIds['dallas-tx']]],
  'responsibilities, an invitation': (caseId, me) => [`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at)
    values ($1::uuid, $2::uuid, 1, ${OFFICE}, $4::uuid, 'CO', 255, 'INVITED', 'x', $3::uuid, now())`, [caseId, newId(), me, world.officeIds['dallas-tx']]],
  authorisations: (caseId, me) => [`insert into comity.authorisations (case_id, id, needs, jurisdiction_id, given_for, purpose, document, recorded_by, recorded_at)
    values ($1::uuid, $2::uuid, 1, ${OFFICE}, $4::uuid, 'x', 'x', $3::uuid, now())`, [caseId, newId(), me, world.officeIds['dallas-tx']]],
  glass_uses: (caseId, me) => [`insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at)
    values ($1::uuid, $2::uuid, 1, $3::uuid, ${OFFICE}, 'x', statement_timestamp(), statement_timestamp() + interval '1 second', now())`, [caseId, newId(), me]],
  unit_restrictions: (caseId, me) => [`insert into comity.unit_restrictions (case_id, id, needs, unit_id, reason, restricted_by, restricted_at)
    select $1::uuid, $2::uuid, 1, u.id, 'x', $3::uuid, now() from comity.units u limit 1`, [caseId, newId(), me]],
  seals: (caseId, me) => [`insert into comity.seals (case_id, id, needs, facets, audience, "order", sealed_by, sealed_at)
    values ($1::uuid, $2::uuid, 1, 65535, array[$3::uuid], 'x', $3::uuid, now())`, [caseId, newId(), me]],
};

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
        expect(await refusal(`insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since) values ($1::uuid, $2::uuid, 1, 'ROUTED', '48113', 'x', now())`, [claimed.id, world.officeIds['hennepin-mn']]), who).toBe(REFUSED);
        for (const change of [`stage = 'CLOSED'`, 'stage = stage', `lead_id = nullif(current_setting('comity.office', true), '')::uuid`, 'lead_id = null', 'jurisdiction_id = null']) {
          const write = `update comity.cases set ${change} where id = $1::uuid`;
          if (who === 'attorneyCook') expect(await refusal(write, [claimed.id]), change).toBe(REFUSED);
          else expect(await touched(write, [claimed.id]), `${who}: ${change}`).toBe(0);
        }
        for (const [table, write] of Object.entries(OPENING)) {
          expect(await refusal(...write(claimed.id, me)), `${who}: ${table}`).toBe(REFUSED);
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

/** A case that Dallas leads, Cook sees the SUMMARY of, and no other test touches. */
async function led(): Promise<BuiltCase> {
  const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await withVenue(world, subject, 'cook-il');
  return subject;
}

describe('what is arranged on a case', () => {
  const from = (who: CastMember, work: Parameters<typeof seated<void>>[2]) => seated(world.database, { as: world.memberIds[who] }, work);
  const owner = ((...asked: Parameters<World['database']['owner']>) => world.database.owner(...asked)) as World['database']['owner'];

  test('an unclaimed case is claimed by an office that has venue, and changed by it in no other way', async () => {
    const subject = await world.buildCase();
    await withVenue(world, subject, 'cook-il');
    await from('attorneyCook', async ({ refusal }) => {
      const set = (change: string) => refusal(`update comity.cases set ${change} where id = $1::uuid`, [subject.id]);
      expect(await set(`stage = 'CLOSED'`)).toBe(REFUSED);
      expect(await set('stage = stage')).toBe(REFUSED);
      expect(await set(`lead_id = '${world.officeIds['hennepin-mn']}', stage = 'CLAIMED'`)).toBe(REFUSED);
      expect(await set(`jurisdiction_id = ${OFFICE}`)).toBe(REFUSED);
      expect(await set(`lead_id = ${OFFICE}, stage = 'CLAIMED'`)).toBe('passed');
      for (const act of ['CLAIMED', 'RELEASED', 'ROUTED']) expect(await refusal(`select comity.record($1::uuid, 'CASE', 1, $2, 128, '{}')`, [subject.id, act]), act).toBe('CM403');
    });
    await world.database.owner`delete from comity.venues where case_id = ${subject.id} and jurisdiction_id = ${world.officeIds['cook-il']}`;
    await from('attorneyCook', async ({ refusal, rows }) => {
      expect(await rows('select 1 from comity.cases where id = $1::uuid', [subject.id])).toHaveLength(1);
      expect(await refusal(`update comity.cases set lead_id = ${OFFICE}, stage = 'CLAIMED' where id = $1::uuid`, [subject.id])).toBe(REFUSED);
    });
  });

  test('the lead gives a case up, and to no other office by its own word', async () => {
    const subject = await led();
    await from('supervisorDallas', async ({ refusal, rows }) => {
      const set = (change: string) => refusal(`update comity.cases set ${change} where id = $1::uuid`, [subject.id]);
      expect(await set(`lead_id = '${world.officeIds['cook-il']}'`)).toBe(REFUSED);
      expect(await set('jurisdiction_id = null')).toBe(REFUSED);
      expect(await set(`lead_id = null, stage = 'UNCLAIMED'`)).toBe('passed');
      await rows(`update comity.cases set lead_id = null, stage = 'UNCLAIMED' where id = $1::uuid`, [subject.id]);
      expect(await rows(`select comity.record($1::uuid, 'CASE', $2::integer, 'RELEASED', 128, '{}') as version`, [subject.id, subject.version])).toEqual([{ version: subject.version + 1 }]);
    });
  });

  test('an unrouted case is routed by an administrator, once', async () => {
    const subject = await world.buildCase({ referral: incidentIn('48001') });
    const office = world.officeIds['hennepin-mn'];
    await from('administrator', async ({ refusal, rows }) => {
      expect(await refusal(`update comity.cases set lead_id = '${office}' where id = $1::uuid`, [subject.id])).toBe(REFUSED);
      expect(await refusal('update comity.cases set stage = stage where id = $1::uuid', [subject.id])).toBe(REFUSED);
      expect(await refusal(`select comity.record($1::uuid, 'CASE', 1, 'ROUTED', 128, '{}')`, [subject.id])).toBe('CM403');
      await rows(`insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since) values ($1::uuid, '${office}', 1, 'ROUTED', '48001', 'x', now())`, [subject.id]);
      await rows(`update comity.cases set jurisdiction_id = '${office}' where id = $1::uuid`, [subject.id]);
      expect(await refusal(`update comity.cases set jurisdiction_id = '${world.officeIds['cook-il']}' where id = $1::uuid`, [subject.id])).toBe(REFUSED);
      expect(await refusal(`insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since) values ($1::uuid, '${world.officeIds['cook-il']}', 1, 'ROUTED', '48001', 'x', now())`, [subject.id])).toBe('CM409');
      expect(await refusal(`select comity.record($1::uuid, 'CASE', 1, 'CLAIMED', 128, '{}')`, [subject.id])).toBe('CM403');
      expect(await refusal(`select comity.record($1::uuid, 'CASE', 1, 'ROUTED', 128, '{}')`, [subject.id])).toBe('passed');
    });
  });

  test('a part in a case is answered by the office that it is offered to, and withdrawn by the lead', async () => {
    const subject = await led();
    const cook = world.officeIds['cook-il'];
    await owner`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at)
      values (${subject.id}, ${newId()}, 1, ${cook}, ${world.officeIds['dallas-tx']}, 'CO', 3, 'INVITED', 'x', ${world.memberIds.supervisorDallas}, now())`;
    const moves = (who: CastMember, state: string, by = 'comity.member()') => async ({ refusal }: Seat) => {
      expect(await refusal(`update comity.responsibilities set state = '${state}', answered_by = ${by}, answered_at = now() where case_id = $1::uuid`, [subject.id]), `${who}: ${state}`).toBe(REFUSED);
    };
    for (const state of ['ACCEPTED', 'DECLINED', 'LEFT', 'INVITED']) await from('supervisorDallas', moves('supervisorDallas', state));
    for (const state of ['WITHDRAWN', 'LEFT', 'INVITED']) await from('attorneyCook', moves('attorneyCook', state));
    await from('attorneyCook', moves('attorneyCook', 'ACCEPTED', `'${world.memberIds.supervisorDallas}'`));
    await owner`update comity.responsibilities set state = 'ACCEPTED', answered_by = ${world.memberIds.attorneyCook} where case_id = ${subject.id}`;
    await from('attorneyCook', async ({ touched }) => expect(await touched(`update comity.responsibilities set state = 'LEFT', answered_by = comity.member(), answered_at = now() where case_id = $1::uuid`, [subject.id])).toBe(1));
    await from('supervisorDallas', async ({ touched }) => expect(await touched(`update comity.responsibilities set state = 'WITHDRAWN', answered_by = comity.member(), answered_at = now() where case_id = $1::uuid`, [subject.id])).toBe(1));
    await owner`update comity.responsibilities set state = 'WITHDRAWN' where case_id = ${subject.id}`;
    await from('attorneyCook', moves('attorneyCook', 'ACCEPTED'));
    await from('supervisorDallas', async ({ refusal }) => {
      const invite = (set: { to?: string; state?: string; by?: string }) => refusal(`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at)
        values ($1::uuid, $2::uuid, 1, $3::uuid, ${OFFICE}, 'CO', 3, $4, 'x', $5::uuid, now())`, [subject.id, newId(), set.to ?? cook, set.state ?? 'INVITED', set.by ?? world.memberIds.supervisorDallas]);
      expect(await invite({ to: world.officeIds['dallas-tx'] })).toBe(REFUSED);
      expect(await invite({ state: 'ACCEPTED' })).toBe(REFUSED);
      expect(await invite({ by: world.memberIds.electedDallas })).toBe(REFUSED);
      expect(await invite({})).toBe('passed');
    });
  });

  test('the lead is taken where it is offered, and the offer answered by the office that it is offered to', async () => {
    const subject = await led();
    const [dallas, cook] = [world.officeIds['dallas-tx'], world.officeIds['cook-il']];
    const lead = `update comity.cases set lead_id = ${OFFICE} where id = $1::uuid`;
    const answer = (state: string, at = 'statement_timestamp()') => `update comity.transfers set state = '${state}', answered_by = comity.member(), answered_at = ${at} where case_id = $1::uuid and state = 'PROPOSED'`;
    const offer = async (state: string) => {
      await owner`delete from comity.transfers where case_id = ${subject.id}`;
      await owner`insert into comity.transfers (case_id, id, needs, from_id, to_id, residual, reason, state, proposed_by, proposed_at)
        values (${subject.id}, ${newId()}, 1, ${dallas}, ${cook}, 'READ', 'x', ${state}, ${world.memberIds.supervisorDallas}, now())`;
    };
    for (const over of ['ACCEPTED', 'REJECTED', 'REVOKED']) {
      await offer(over);
      await from('attorneyCook', async ({ refusal }) => expect(await refusal(lead, [subject.id]), over).toBe(REFUSED));
    }
    await offer('PROPOSED');
    await from('supervisorDallas', async ({ refusal }) => {
      for (const state of ['ACCEPTED', 'REJECTED']) expect(await refusal(answer(state), [subject.id]), state).toBe(REFUSED);
      expect(await refusal(answer('REVOKED'), [subject.id])).toBe('passed');
    });
    await from('attorneyCook', async ({ refusal, rows, touched }) => {
      expect(await refusal(answer('REVOKED'), [subject.id])).toBe(REFUSED);
      expect(await refusal(answer('ACCEPTED'), [subject.id]), 'before the lead').toBe(REFUSED);
      expect(await refusal(answer('REJECTED'), [subject.id])).toBe('passed');
      expect(await touched(lead, [subject.id])).toBe(1);
      expect(await refusal(answer('ACCEPTED', `'infinity'`), [subject.id])).toBe(REFUSED);
      await rows(answer('ACCEPTED'), [subject.id]);
      expect(await refusal(`update comity.transfers set state = 'PROPOSED', answered_by = comity.member(), answered_at = statement_timestamp() where case_id = $1::uuid`, [subject.id])).toBe(REFUSED);
    });
    await from('supervisorDallas', async ({ refusal }) => {
      const [text, values] = OPENING['transfers']!(subject.id, world.memberIds.supervisorDallas);
      expect(await refusal(text, [...values.slice(0, 3), cook]), 'accepted by the lead itself').toBe(REFUSED);
    });
  });

  test('an authorisation is the lead’s to give and revoke, and does not come back', async () => {
    const subject = await led();
    await owner`insert into comity.authorisations (case_id, id, needs, jurisdiction_id, given_for, purpose, document, recorded_by, recorded_at)
      values (${subject.id}, ${newId()}, 1, ${world.officeIds['cook-il']}, ${world.officeIds['dallas-tx']}, 'x', 'x', ${world.memberIds.supervisorDallas}, now())`;
    const revoke = 'update comity.authorisations set revoked_by = comity.member(), revoked_at = now() where case_id = $1::uuid';
    await from('attorneyCook', async ({ refusal }) => expect(await refusal(revoke, [subject.id])).toBe(REFUSED));
    await from('supervisorDallas', async ({ rows, refusal }) => {
      await rows(revoke, [subject.id]);
      for (const change of ['revoked_by = null, revoked_at = null', 'revoked_at = now()']) expect(await refusal(`update comity.authorisations set ${change} where case_id = $1::uuid`, [subject.id]), change).toBe(REFUSED);
    });
  });

  test('break-glass is one’s own, no longer than the office’s day, and reviewed by another', async () => {
    const subject = await led();
    const use = (set: { member?: string; until?: string; also?: string }) => [`insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at, reviewed_at)
      values ($1::uuid, $2::uuid, 1, $3::uuid, ${OFFICE}, 'x', statement_timestamp(), ${set.until ?? `comity.next_midnight('America/Chicago', statement_timestamp())`}, now(), ${set.also ?? 'null'})`,
      [subject.id, newId(), set.member ?? world.memberIds.secondDallas]] as const;
    await from('secondDallas', async ({ refusal, rows }) => {
      const tried = ([text, values]: ReturnType<typeof use>) => refusal(text, values);
      expect(await tried(use({ member: world.memberIds.attorneyDallas }))).toBe(REFUSED);
      expect(await tried(use({ until: `comity.next_midnight('America/Chicago', statement_timestamp()) + interval '1 second'` }))).toBe(REFUSED);
      expect(await tried(use({ until: `'infinity'` }))).toBe(REFUSED);
      expect(await tried(use({ also: 'now()' }))).toBe(REFUSED);
      await rows(...use({}));
      for (const change of [`until = until + interval '1 second'`, `until = 'infinity'`, `reviewed_by = comity.member(), reviewed_at = now(), finding = 'JUSTIFIED'`, `reviewed_by = '${world.memberIds.supervisorDallas}', reviewed_at = now(), finding = 'JUSTIFIED'`, 'reviewed_at = now()']) {
        expect(await refusal(`update comity.glass_uses set ${change} where case_id = $1::uuid`, [subject.id]), change).toBe(REFUSED);
      }
      expect(await refusal('update comity.glass_uses set until = statement_timestamp() where case_id = $1::uuid', [subject.id])).toBe('passed');
    });
  });

  test('a unit is made up by the heads of its office, by nobody for themselves, and a case kept to a unit of its lead', async () => {
    const unit = newId();
    await owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${unit}, ${world.officeIds['dallas-tx']}, ${unit}, ${world.memberIds.electedDallas}, now())`;
    const join = (member: string) => [`insert into comity.unit_members (unit_id, member_id, since, added_by) values ($1::uuid, $2::uuid, now(), comity.member())`, [unit, member]] as const;
    for (const who of ['secondDallas', 'supervisorDallas'] as const) await from(who, async ({ refusal }) => expect(await refusal(...(join(world.memberIds[who]))), who).toBe(REFUSED));
    await from('attorneyDallas', async ({ refusal }) => {
      expect(await refusal(...(join(world.memberIds.secondDallas)))).toBe(REFUSED);
      expect(await refusal('update comity.units set name = $2 where id = $1::uuid', [unit, 'x'])).toBe(REFUSED);
      expect(await refusal(`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values ($1::uuid, ${OFFICE}, 'x', comity.member(), now())`, [newId()])).toBe(REFUSED);
    });
    await from('supervisorDallas', async ({ refusal, rows }) => {
      await rows(...(join(world.memberIds.secondDallas)));
      expect(await refusal(`update comity.unit_members set until = now() - interval '1 year', removed_by = comity.member() where unit_id = $1::uuid`, [unit]), 'out before a wall').toBe(REFUSED);
      await rows('update comity.unit_members set until = statement_timestamp(), removed_by = comity.member() where unit_id = $1::uuid', [unit]);
      expect(await refusal(`update comity.unit_members set until = 'infinity', removed_by = comity.member() where unit_id = $1::uuid`, [unit]), 'in again').toBe(REFUSED);
    });
    const elsewhere = newId();
    await owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${elsewhere}, ${world.officeIds['cook-il']}, ${elsewhere}, ${world.memberIds.attorneyCook}, now())`;
    const subject = await led();
    for (const [who, of] of [['attorneyCook', elsewhere], ['supervisorDallas', elsewhere], ['attorneyCook', unit]] as const) {
      await from(who, async ({ refusal }) => expect(await refusal(`insert into comity.unit_restrictions (case_id, id, needs, unit_id, reason, restricted_by, restricted_at) values ($1::uuid, $2::uuid, 1, $3::uuid, 'x', comity.member(), now())`, [subject.id, newId(), of]), who).toBe(REFUSED));
    }
  });

  test('a seal is lifted by two people, each in their own name', async () => {
    const subject = await led();
    await owner`insert into comity.seals (case_id, id, needs, facets, audience, "order", sealed_by, sealed_at)
      values (${subject.id}, ${newId()}, ${FACETS.OFFICE}, 2, ${[world.memberIds.supervisorDallas, world.memberIds.electedDallas]}::uuid[], 'Order 1', ${world.memberIds.supervisorDallas}, now())`;
    const set = ({ refusal }: Seat, change: string) => refusal(`update comity.seals set ${change} where case_id = $1::uuid`, [subject.id]);
    const [propose, lift] = ['unsealing_proposed_by = comity.member(), unsealing_proposed_at = now()', 'unsealed_by = comity.member(), unsealed_at = now()'];
    await from('supervisorDallas', async (seat) => {
      expect(await set(seat, lift), 'nobody proposed it').toBe(REFUSED);
      expect(await set(seat, `${propose}, ${lift}`), 'both at once').toBe(REFUSED);
      expect(await set(seat, `unsealing_proposed_by = '${world.memberIds.electedDallas}', unsealing_proposed_at = now()`), 'in another’s name').toBe(REFUSED);
      await seat.rows(`update comity.seals set ${propose} where case_id = $1::uuid`, [subject.id]);
      for (const change of [lift, 'unsealed_at = now()', `unsealing_proposed_by = '${world.memberIds.electedDallas}', ${lift}`, `unsealed_by = '${world.memberIds.electedDallas}', unsealed_at = now()`]) {
        expect(await set(seat, change), change).toBe(REFUSED);
      }
    });
    await owner`update comity.seals set unsealing_proposed_by = ${world.memberIds.electedDallas}, unsealing_proposed_at = now() where case_id = ${subject.id}`;
    await from('supervisorDallas', async (seat) => expect(await set(seat, lift)).toBe('passed'));
  });

  test('a reader of SUMMARY records no act of the lead, of a compartment or of no known kind, and raises no version', async () => {
    const subject = await led();
    await from('attorneyCook', async ({ refusal }) => {
      const records = (act: string, { chain = 'CASE', version = null as number | null } = {}) => refusal(`select comity.record($1::uuid, $2, $3::integer, $4, 128, '{}')`, [subject.id, chain, version, act]);
      for (const act of ['CLAIMED', 'RELEASED', 'TRANSFERRED', 'ROUTED', 'ANNOTATED']) expect(await records(act, { version: subject.version }), act).toBe('CM403');
      for (const act of ['CLAIMED', 'RELEASED', 'TRANSFERRED', 'ROUTED', 'RECEIVED', 'COMPARTMENT_PLACED', 'claimed', 'X', 'WITH SPACE', '']) expect(await records(act), act).toBe('CM400');
      for (const chain of ['GRAND_JURY', 'COMPELLED']) {
        expect(await records('COMPARTMENT_PLACED', { chain }), chain).toBe('CM403');
        expect(await records('ANNOTATED', { chain }), chain).toBe('CM400');
      }
      for (const chain of ['SEAL', '', 'case']) expect(await records('ANNOTATED', { chain }), chain).toBe('CM400');
      expect(await records('ANNOTATED')).toBe('passed');
    });
  });
});

describe('a referral that is sent by SQL', () => {
  const arrival = (parts: { persons?: object[]; contacts?: object[]; recordings?: object[]; report?: object }) => {
    const caseId = newId();
    return {
      caseId,
      packet: {
        case_id: caseId, referral_id: newId(), refused: false, key: newId(), fingerprint: 'x', report_number: newId(), kind: 'FORCE', incident_on: '2026-03-14', county_fips: '17031', county_name: 'Cook County',
        state: 'IL', packet_sha256: 'a', document: '{}', problems: [], attestation_id: null, persons: [], contacts: [], recordings: [], venue: { answer: 'CERTAIN', geometry: null, candidates: [] }, ...parts,
        report: { case_id: caseId, report_number: 'R', narrative: 'x', place: 'x', anyone_injured: false, alleged_offences: [], ...parts.report },
      },
    };
  };
  const RECEIVE = 'select outcome from comity.receive_referral($1::text::jsonb)';
  const person = (more: object) => ({ id: newId(), part: 'VICTIM', position: 0, name: 'Planted', minor_at_incident: false, injured: false, ...more });

  test('plants no row in a case that stands already', async () => {
    const parts = [
      { persons: [person({ case_id: claimed.id, needs: 4 })] },
      { contacts: [{ case_id: claimed.id, person_id: claimed.personIds[0], needs: 8, phone: '555-0100', disclosure_refused: false }] },
      { recordings: [{ case_id: claimed.id, id: newId(), needs: 32, kind: 'OTHER', position: 0, holder: 'x' }] },
      { report: { case_id: claimed.id, needs: 2 } },
    ];
    await seated(world.database, { as: world.memberIds.chiefChicagoPolice }, async ({ refusal }) => {
      for (const each of parts) expect(await refusal(RECEIVE, [JSON.stringify(arrival(each).packet)]), Object.keys(each).join()).toBe('CM400');
      const again = arrival({}).packet;
      expect(await refusal(RECEIVE, [JSON.stringify({ ...again, case_id: claimed.id, report: { ...again.report, case_id: claimed.id } })])).not.toBe('passed');
      expect(await refusal(RECEIVE, [JSON.stringify(arrival({ contacts: [{ person_id: claimed.personIds[0], phone: '555-0100', disclosure_refused: false }] }).packet)]), 'a contact of somebody else’s person').toBe('23503');
    });
  });

  test('opens none of its rows wider than what they hold allows', async () => {
    const [grown, minor, refusing] = [person({ needs: 1 }), person({ needs: 4, minor_at_incident: true, position: 1 }), person({ position: 2 })];
    const contacts = [grown, minor, refusing].map(({ id }, place) => ({ person_id: id, needs: 1, phone: `555-010${place}`, disclosure_refused: place === 2 }));
    const { caseId, packet } = arrival({ persons: [grown, minor, refusing], contacts, recordings: [{ id: newId(), needs: 1, kind: 'OTHER', position: 0, holder: 'x' }], report: { needs: 1 } });
    const app = postgres({ ...world.database.as('comity_app'), max: 1, fetch_types: false, onnotice: () => undefined });
    await app.begin(async (tx) => {
      const { text, values } = enter(world.memberIds.chiefChicagoPolice, newId());
      await tx.unsafe(text, values as string[]);
      await tx.unsafe(RECEIVE, [JSON.stringify(packet)]);
    });
    await app.end();
    const needs = async (table: string, order: string) => (await world.database.owner.unsafe(`select needs from comity.${table} where case_id = $1::text::uuid order by ${order}`, [caseId])).map((row) => row['needs']);
    expect(await needs('case_reports', '1')).toEqual([FACETS.REPORT]);
    expect(await needs('persons', 'position')).toEqual([FACETS.PERSONS, FACETS.PERSONS | FACETS.PROTECTED, FACETS.PERSONS]);
    expect(await needs('person_contacts', 'phone')).toEqual([FACETS.VICTIM_CONTACT, FACETS.VICTIM_CONTACT | FACETS.PROTECTED, FACETS.VICTIM_CONTACT | FACETS.PROTECTED]);
    expect(await needs('recordings', '1')).toEqual([FACETS.EVIDENCE]);
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
