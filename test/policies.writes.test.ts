import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { joined } from './explain.world.ts';
import { furnishedCase, incidentIn, statuteOf, withVenue } from './policies.world.ts';
import { seated } from './seated.ts';
import { HEADS } from './situations.leads.ts';
import { EVERYBODY } from './situations.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

type Cast = readonly CastMember[];

let world: World;
/** Led by Dallas; Hennepin handles it jointly in the one, observes it in the other, and Cook has venue of both. */
const cases = {} as Record<'joint' | 'observed' | 'unclaimed' | 'unrouted', BuiltCase>;
const made = { unit: '', statute: '', version: '', book: '' };
beforeAll(async () => {
  world = await openWorld();
  const { owner } = world.database;
  for (const which of ['joint', 'observed'] as const) cases[which] = await furnishedCase(world, { claimedBy: 'attorneyDallas' });
  cases.unclaimed = await furnishedCase(world);
  cases.unrouted = await world.buildCase({ referral: incidentIn('48001') });
  await joined(world, cases.joint, 'hennepin-mn', ['SUMMARY', 'REPORT', 'PERSONS', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY']);
  await owner`update comity.responsibilities set role = 'CO' where case_id = ${cases.joint.id} and state = 'ACCEPTED'`;
  await joined(world, cases.observed, 'hennepin-mn', ['SUMMARY', 'REPORT', 'PERSONS', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY']);
  // There the decision holds the charge, and binds nobody.
  await owner`update comity.decisions set outcome = 'HOLD' where case_id = ${cases.observed.id}`;
  await owner`update comity.responsibilities set role = 'OBSERVER' where case_id = ${cases.observed.id} and state = 'ACCEPTED'`;
  for (const each of [cases.joint, cases.observed, cases.unclaimed]) await withVenue(world, each, 'cook-il');
  await owner`select comity.compute_sight(c.id) from comity.cases c`;
  made.unit = newId();
  await owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${made.unit}, ${world.officeIds['dallas-tx']}, 'Public integrity', ${world.memberIds.electedDallas}, now())`;
  await owner`insert into comity.unit_members (unit_id, member_id, since, added_by) values (${made.unit}, ${world.memberIds.recordsDallas}, now(), ${world.memberIds.electedDallas})`;
  made.statute = await statuteOf(world, cases.joint);
  made.version = String((await owner`select id from comity.statute_versions where statute_id = ${made.statute} and valid_to is null limit 1`)[0]?.['id']);
  made.book = newId();
  await owner`insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_by, drafted_at) values (${made.book}, ${world.officeIds['dallas-tx']}, 2, 'DRAFT', 'Rules', ${world.memberIds.electedDallas}, now())`;
});
afterAll(() => world.close());

const OFFICE = `nullif(current_setting('comity.office', true), '')::uuid`;
const DALLAS: Cast = ['attorneyDallas', 'secondDallas', 'supervisorDallas', 'electedDallas', 'intakeDallas', 'investigatorDallas', 'advocateDallas', 'conflictsDallas', 'disclosureDallas', 'recordsDallas'];
const HENNEPIN: Cast = ['attorneyHennepin', 'supervisorHennepin'];
const but = (cast: Cast, ...gone: Cast): Cast => cast.filter((who) => !gone.includes(who));

interface Line {
  readonly what: string;
  readonly on: keyof typeof cases;
  /** $1 is the case, $2 an id of its own; the writer is comity.member(). */
  readonly write: () => string;
  /** Who may write it by their own hand, as far as tables go: which role does it is the acts’ to say. All others are refused, or touch nothing. */
  readonly passes: Cast;
}

const note = (audience: keyof typeof FACETS, office = OFFICE, author = 'comity.member()') => () =>
  `insert into comity.annotations (case_id, id, needs, placed_needs, author_id, office_id, kind, audience, privilege, target_kind, favourable_to_defence, revision, created_at, revised_at)
   values ($1::uuid, $2::uuid, ${FACETS[audience]}, ${FACETS[audience]}, ${author}, ${office}, 'NOTE', '${audience}', 'NONE', 'CASE', false, 1, now(), now())`;
const place = (role: string, member = 'comity.member()') => () =>
  `insert into comity.assignments (case_id, id, needs, member_id, role, since, assigned_by) values ($1::uuid, $2::uuid, ${FACETS.JOINT}, ${member}, '${role}', now(), comity.member())`;
const charge = () => `insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
  select $1::uuid, $2::uuid, ${FACETS.CHARGES}, p.id, '${made.statute}', '${made.version}', 1, '2026-03-14', 'PROPOSED', '{}', comity.member(), now() from (select id from comity.persons where case_id = $1::uuid union all select '${newId()}' limit 1) p`;
const tag = (name: string) => () => `insert into comity.case_tags (case_id, tag, needs, tagged_by, tagged_at) select $1::uuid, '${name}', ${FACETS.REPORT}, comity.member(), now() where $2::uuid is not null`;
const on = (change: string) => () => `${change} and $2::uuid is not null`;
const READS_REPORT = DALLAS;
const READS_CHARGES = but(DALLAS, 'intakeDallas', 'recordsDallas');

/** Lines by what is written, as the grants name it. */
const LINES: Readonly<Record<string, readonly Line[]>> = {
  'UPDATE cases': [
    { what: 'the lead given up', on: 'joint', write: on(`update comity.cases set lead_id = null, stage = 'UNCLAIMED' where id = $1::uuid`), passes: DALLAS },
    { what: 'the lead taken', on: 'joint', write: on(`update comity.cases set lead_id = ${OFFICE} where id = $1::uuid`), passes: DALLAS },
    { what: 'another stage', on: 'joint', write: on(`update comity.cases set stage = 'CLOSED' where id = $1::uuid`), passes: DALLAS },
    { what: 'a claim', on: 'unclaimed', write: on(`update comity.cases set lead_id = ${OFFICE}, stage = 'CLAIMED' where id = $1::uuid`), passes: [...DALLAS, 'attorneyCook'] },
    { what: 'a route', on: 'unrouted', write: () => `update comity.cases set jurisdiction_id = '${world.officeIds['hennepin-mn']}' where id = $1::uuid and $2::uuid is not null`, passes: ['administrator'] },
  ],
  'INSERT venues': [
    { what: 'a route', on: 'unrouted', write: () => `insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since) select $1::uuid, '${world.officeIds['hennepin-mn']}', 1, 'ROUTED', '48001', 'x', now() where $2::uuid is not null`, passes: ['administrator'] },
    { what: 'another venue', on: 'joint', write: () => `insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since) select $1::uuid, '${world.officeIds['hennepin-mn']}', 1, 'ROUTED', '48113', 'x', now() where $2::uuid is not null`, passes: [] },
  ],
  'INSERT responsibilities': [
    { what: 'an invitation', on: 'joint', write: () => `insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at) values ($1::uuid, $2::uuid, 1, '${world.officeIds['cook-il']}', ${OFFICE}, 'CO', 3, 'INVITED', 'x', comity.member(), now())`, passes: DALLAS },
  ],
  'UPDATE responsibilities': [
    { what: 'a part taken back', on: 'joint', write: on(`update comity.responsibilities set state = 'WITHDRAWN', answered_by = comity.member(), answered_at = now() where case_id = $1::uuid and state = 'ACCEPTED'`), passes: DALLAS },
    { what: 'a part left', on: 'joint', write: on(`update comity.responsibilities set state = 'LEFT', answered_by = comity.member(), answered_at = now() where case_id = $1::uuid and state = 'ACCEPTED'`), passes: HENNEPIN },
    { what: 'a declined one taken up', on: 'joint', write: on(`update comity.responsibilities set state = 'ACCEPTED', answered_by = comity.member(), answered_at = now() where case_id = $1::uuid and state = 'DECLINED'`), passes: [] },
  ],
  'INSERT transfers': [
    { what: 'an offer', on: 'joint', write: () => `insert into comity.transfers (case_id, id, needs, from_id, to_id, residual, reason, state, proposed_by, proposed_at) values ($1::uuid, $2::uuid, 1, ${OFFICE}, '${world.officeIds['cook-il']}', 'READ', 'x', 'PROPOSED', comity.member(), now())`, passes: DALLAS },
  ],
  'UPDATE transfers': [
    { what: 'an offer taken that was rejected', on: 'joint', write: on(`update comity.transfers set state = 'ACCEPTED', answered_by = comity.member(), answered_at = statement_timestamp() where case_id = $1::uuid`), passes: [] },
  ],
  'INSERT authorisations': [
    { what: 'an authorisation', on: 'joint', write: () => `insert into comity.authorisations (case_id, id, needs, jurisdiction_id, given_for, purpose, document, recorded_by, recorded_at) values ($1::uuid, $2::uuid, 1, '${world.officeIds['cook-il']}', ${OFFICE}, 'x', 'x', comity.member(), now())`, passes: DALLAS },
  ],
  'UPDATE authorisations': [
    { what: 'one that is revoked given back', on: 'joint', write: on('update comity.authorisations set revoked_by = null, revoked_at = null where case_id = $1::uuid'), passes: [] },
  ],
  'INSERT glass_uses': [
    { what: 'a use', on: 'joint', write: () => `insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at) values ($1::uuid, $2::uuid, 1, comity.member(), ${OFFICE}, 'x', statement_timestamp(), statement_timestamp() + interval '1 second', now())`, passes: DALLAS },
  ],
  'UPDATE glass_uses': [
    { what: 'another’s use made longer', on: 'joint', write: on(`update comity.glass_uses set until = 'infinity' where case_id = $1::uuid`), passes: [] },
  ],
  'INSERT walls': [
    { what: 'against oneself', on: 'joint', write: () => `insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at) values ($1::uuid, $2::uuid, ${FACETS.OFFICE}, 'MEMBER', comity.member(), 'RECUSAL', 'x', '{CONFLICTS}', comity.member(), now())`, passes: [...DALLAS, ...HENNEPIN, 'attorneyCook'] },
    { what: 'against another', on: 'joint', write: () => `insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at) values ($1::uuid, $2::uuid, ${FACETS.OFFICE}, 'MEMBER', '${newId()}', 'OTHER', 'x', '{CONFLICTS}', comity.member(), now())`, passes: DALLAS },
    { what: 'against the lead by another office', on: 'joint', write: () => `insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at) select $1::uuid, $2::uuid, 1, 'OFFICE', '${world.officeIds['dallas-tx']}', 'OTHER', 'x', '{CONFLICTS}', comity.member(), now() where ${OFFICE} <> '${world.officeIds['dallas-tx']}'`, passes: [] },
  ],
  'INSERT seals': [
    { what: 'a seal', on: 'joint', write: () => `insert into comity.seals (case_id, id, needs, facets, audience, "order", sealed_by, sealed_at) values ($1::uuid, $2::uuid, 1, 2, array[comity.member()], 'x', comity.member(), now())`, passes: DALLAS },
  ],
  'UPDATE seals': [
    { what: 'a lifted one changed', on: 'joint', write: on('update comity.seals set unsealed_by = comity.member(), unsealed_at = null where case_id = $1::uuid'), passes: [] },
  ],
  'INSERT units': [
    { what: 'a unit of one’s office', on: 'joint', write: () => `insert into comity.units (id, jurisdiction_id, name, created_by, created_at) select $2::uuid, ${OFFICE}, $2, comity.member(), now() where $1::uuid is not null`, passes: [...HEADS, 'supervisorHennepin'] },
    { what: 'a unit of Dallas', on: 'joint', write: () => `insert into comity.units (id, jurisdiction_id, name, created_by, created_at) select $2::uuid, '${world.officeIds['dallas-tx']}', $2, comity.member(), now() where $1::uuid is not null`, passes: HEADS },
  ],
  'UPDATE units': [{ what: 'its name', on: 'joint', write: () => `update comity.units set name = $2 where id = '${made.unit}' and $1::uuid is not null`, passes: HEADS }],
  'INSERT unit_members': [
    { what: 'another', on: 'joint', write: () => `insert into comity.unit_members (unit_id, member_id, since, added_by) select '${made.unit}', '${world.memberIds.attorneyDallas}', now(), comity.member() where $1::uuid <> $2::uuid`, passes: HEADS },
    { what: 'oneself', on: 'joint', write: () => `insert into comity.unit_members (unit_id, member_id, since, added_by) select '${made.unit}', comity.member(), now(), comity.member() where $1::uuid <> $2::uuid`, passes: [] },
  ],
  'UPDATE unit_members': [{ what: 'out of it', on: 'joint', write: () => `update comity.unit_members set until = statement_timestamp(), removed_by = comity.member() where unit_id = '${made.unit}' and $1::uuid <> $2::uuid`, passes: HEADS }],
  'INSERT unit_restrictions': [
    { what: 'to a unit of the lead', on: 'joint', write: () => `insert into comity.unit_restrictions (case_id, id, needs, unit_id, reason, restricted_by, restricted_at) values ($1::uuid, $2::uuid, 1, '${made.unit}', 'x', comity.member(), now())`, passes: DALLAS },
  ],
  'INSERT annotations': [
    { what: 'to the office', on: 'joint', write: note('OFFICE'), passes: DALLAS },
    { what: 'to those who handle it', on: 'joint', write: note('JOINT'), passes: [...but(DALLAS, 'recordsDallas'), ...HENNEPIN] },
    { what: 'to those who handle it, by who observes', on: 'observed', write: note('JOINT'), passes: but(DALLAS, 'recordsDallas') },
    { what: 'in another’s name', on: 'joint', write: () => note('JOINT', OFFICE, `'${newId()}'`)(), passes: [] },
    { what: 'in another office’s name', on: 'joint', write: () => note('JOINT', `'${world.officeIds['cook-il']}'`)(), passes: [] },
  ],
  'UPDATE annotations': [{ what: 'another’s', on: 'joint', write: on(`update comity.annotations set deleted = true where case_id = $1::uuid and author_id <> comity.member()`), passes: [] }],
  'INSERT annotation_revisions': [
    { what: 'of another’s', on: 'joint', write: () => `insert into comity.annotation_revisions (case_id, annotation_id, revision, needs, body, revised_by, revised_at) select a.case_id, a.id, 9, a.needs, 'x', comity.member(), now() from comity.annotations a where a.case_id = $1::uuid and a.author_id <> comity.member() and $2::uuid is not null`, passes: [] },
  ],
  'INSERT assignments': [
    { what: 'oneself', on: 'joint', write: place('SUPPORT'), passes: [...but(DALLAS, 'attorneyDallas'), ...HENNEPIN] },
    { what: 'oneself, by who observes', on: 'observed', write: place('SUPPORT'), passes: but(DALLAS, 'attorneyDallas') },
    { what: 'oneself to filter', on: 'joint', write: place('FILTER'), passes: but(DALLAS, 'attorneyDallas') },
    { what: 'a member of an office that has no part', on: 'joint', write: () => place('TRIAL', `'${world.memberIds.attorneyCook}'`)(), passes: [] },
    { what: 'a colleague of the lead by another office', on: 'joint', write: () => `${place('TRIAL', `'${world.memberIds.secondDallas}'`)().replace('values (', 'select ').replace(/\)$/, '')} where ${OFFICE} <> '${world.officeIds['dallas-tx']}'`, passes: [] },
  ],
  'UPDATE assignments': [
    { what: 'out of the team', on: 'joint', write: on('update comity.assignments set until = now(), version = version + 1 where case_id = $1::uuid and until is null'), passes: DALLAS },
  ],
  'INSERT charges': [{ what: 'a charge', on: 'joint', write: charge, passes: READS_CHARGES }],
  'UPDATE charges': [
    { what: 'a charge withdrawn', on: 'observed', write: on(`update comity.charges set state = 'WITHDRAWN' where case_id = $1::uuid`), passes: READS_CHARGES },
    { what: 'a charge withdrawn beneath its decision', on: 'joint', write: on(`update comity.charges set state = 'WITHDRAWN' where case_id = $1::uuid`), passes: [] },
  ],
  'INSERT case_tags': [
    { what: 'a tag', on: 'joint', write: tag('PRESS'), passes: READS_REPORT },
    { what: 'a tag where nobody leads', on: 'unclaimed', write: tag('PRESS'), passes: [] },
  ],
  'DELETE case_tags': [{ what: 'a tag', on: 'joint', write: on('delete from comity.case_tags where case_id = $1::uuid'), passes: READS_REPORT }],
};

/** By a row policy, a trigger, a function of ours, or for being there already. */
const REFUSALS = ['42501', 'CM403', 'CM404', 'CM409', '23505'];

/**
 * Tables whose writes are tried where the others of their kind are: test/rulebooks.test.ts, test/conflicts.test.ts, test/policies.test.ts,
 * test/packs.test.ts, test/returns.writes.test.ts, test/contests.test.ts, test/proof.test.ts, test/decisions.test.ts, test/demands.writes.test.ts, test/grants.test.ts, test/clock-facts.test.ts,
 * test/removals.test.ts, test/dispositions.test.ts, test/proceedings.test.ts,
 * test/charges.levels.test.ts, test/charges.relations.test.ts, test/calendar.test.ts.
 */
const ELSEWHERE = [
  'act_limits', 'admission_rules', 'agency_rules', 'rule_book_tests', 'rule_books', 'sharing_rules', 'statistics_rules', 'conflict_declarations', 'attestations', 'readiness_packs', 'pack_requirements',
  'return_items', 'return_entries', 'case_referrals', 'venue_contests', 'proof_links', 'element_assessments', 'decisions', 'decision_grounds', 'affiliations', 'immunity_analyses', 'victim_notices', 'filings', 'clock_facts', 'charge_levels', 'charge_relations', 'calendar_feeds',
  'court_dates', 'dispositions', 'removals', 'removal_steps', 'supersessions', 'parallel_proceedings', 'proceeding_steps', 'renditions', 'immunity_proceedings',
  'external_demands', 'demand_items', 'demand_extensions', 'demand_entries', 'cooperation_events',
];

describe('by the tables alone, with no act before them,', () => {
  test('every kind of write that is granted has its line', async () => {
    const granted = await world.database.owner<{ write: string }[]>`select distinct privilege || ' ' || relname as write from pg_class c join pg_attribute a on a.attrelid = c.oid and attnum > 0 and not attisdropped, unnest(array['INSERT', 'UPDATE', 'DELETE']) as privilege
      where relnamespace = 'comity'::regnamespace and relkind in ('r', 'p') and not relname = any (${ELSEWHERE})
        and (has_table_privilege('comity_app', c.oid, privilege) or privilege <> 'DELETE' and has_column_privilege('comity_app', c.oid, attnum, privilege)) order by 1`;
    expect(Object.keys(LINES).sort()).toEqual(granted.map(({ write }) => write).sort());
  });

  test.each(Object.entries(LINES).flatMap(([write, lines]) => lines.map((line) => ({ kind: write, ...line }))))('$kind, $what: who is listed, and nobody else', async (line) => {
    const passed: CastMember[] = [];
    for (const who of EVERYBODY) {
      await seated(world.database, { as: world.memberIds[who] }, async ({ refusal, touched }) => {
        const given = [cases[line.on].id, newId()] as const;
        const code = await refusal(line.write(), given);
        if (code !== 'passed') expect(REFUSALS, `${who}: ${code}`).toContain(code);
        else if (await touched(line.write(), given) > 0) passed.push(who);
      });
    }
    expect(passed).toEqual(EVERYBODY.filter((who) => line.passes.includes(who)));
  });
});
