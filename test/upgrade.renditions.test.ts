import type postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { standingBefore, type Standing } from './upgrade.world.ts';

const [caseId, member, decisions] = [newId(), newId(), [newId(), newId()] as const];
const analyses = [newId(), newId(), newId()] as const;
let standing: Standing;
let owner: postgres.Sql;

/** What a rendition was recorded with until it stood so: its days, in order. */
const OLD = {
  REQUESTED: {}, WARRANT_ISSUED: { warrant_on: '2026-06-02' }, ARRESTED: { warrant_on: '2026-06-02', arrested_on: '2026-06-03' }, WAIVED: { warrant_on: '2026-06-02', arrested_on: '2026-06-03', waived_on: '2026-06-04' },
  HEARING: { warrant_on: '2026-06-02', arrested_on: '2026-06-03', heard_on: '2026-06-04' }, DELIVERED: { warrant_on: '2026-06-02', arrested_on: '2026-06-03', waived_on: '2026-06-04', delivered_on: '2026-06-05' },
  REFUSED: { warrant_on: '2026-06-02', ended_on: '2026-06-05', reason: 'No.' }, WITHDRAWN: { ended_on: '2026-06-05', reason: 'He came.' },
} as const;

beforeAll(async () => {
  standing = await standingBefore('officer_track');
  owner = standing.owner;
  const [agency, statute, version, charge] = [newId(), newId(), newId(), newId()];
  const persons = Object.keys(OLD).map((state) => [newId(), state] as const);
  await owner.unsafe(`
    insert into comity.agencies (id, slug, name, kind, state) values ('${agency}', 'invented', 'Invented police', 'MUNICIPAL_POLICE', 'TX');
    insert into comity.cases (id, number, agency_id, state, county_fips, incident_on, kind, stage, received_at, needs) values ('${caseId}', 'INV-1', '${agency}', 'TX', '48113', '2026-03-14', 'FORCE', 'UNCLAIMED', now(), 1);
    insert into comity.statutes (id, state, code, citation, title, tags, keywords) values ('${statute}', 'TX', 'TEX_PENAL', 'Tex. Penal Code § 22.02', 'Invented', '{}', 'x');
    insert into comity.statute_versions (id, statute_id, class, level, max_penalty, nibrs, elements, limitation, applies_to_federal_officer, officer_clause, source, confidence)
      values ('${version}', '${statute}', 'x', 'FELONY', 'x', '90Z', '[]', '{"kind": "NONE"}', 'YES', 'x', 'x', 'LOW')`);
  for (const [at, [person, state]] of persons.entries()) {
    await owner`insert into comity.persons (case_id, id, needs, part, position, name, minor_at_incident, injured) values (${caseId}, ${person}, 4, 'OFFICIAL', ${at}, ${state}, false, false)`;
    await owner`insert into comity.renditions ${owner({ case_id: caseId, id: newId(), needs: 84, person_id: person, asylum_state: 'VA', state, requested_on: '2026-06-01', ...OLD[state as keyof typeof OLD], recorded_by: member, recorded_at: new Date().toISOString(), moved_by: member, moved_at: new Date().toISOString() } as never)}`;
  }
  const accused = persons[0]?.[0] ?? '';
  await owner`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
    values (${caseId}, ${charge}, 16, ${accused}, ${statute}, ${version}, 1, '2026-03-14', 'PROPOSED', '{}', ${member}, now())`;
  for (const [at, [id, state]] of [[analyses[0], 'REVIEWED'], [analyses[1], 'REVIEWED'], [analyses[2], 'RETURNED']].entries()) {
    await owner`insert into comity.immunity_analyses (case_id, id, needs, person_id, authorised, authorised_facts, necessary, necessary_subjective, necessary_objective, state, drafted_by, drafted_at, reviewed_by, reviewed_at)
      values (${caseId}, ${id ?? ''}, 20, ${accused}, 'MET', 'x', 'MET', 'x', 'x', ${state ?? ''}, ${member}, ${`2026-05-0${at + 1}T12:00:00Z`}, ${member}, ${`2026-05-0${at + 1}T13:00:00Z`})`;
  }
  for (const [id, state, outcome] of [[decisions[0], 'STANDING', 'CHARGE'], [decisions[1], 'SUPERSEDED', 'HOLD']] as const) {
    await owner`insert into comity.decisions (case_id, id, needs, charge_id, outcome, reason_codes, state, proposed_by, proposed_at, answered_by, answered_at) values (${caseId}, ${id}, 16, ${charge}, ${outcome}, '{OTHER}', ${state}, ${member}, now(), ${member}, '2026-05-10T12:00:00Z')`;
    await owner`insert into comity.decision_grounds (case_id, decision_id, needs, charge_id, evidential, public_interest) values (${caseId}, ${id}, 16, ${charge}, 'x', 'x')`;
  }
  await standing.upgrade();
}, 120_000);
afterAll(() => standing.close());

test.each([
  ['REQUESTED', 'GOVERNOR_REQUEST_SENT', {}, ['SEND_GOVERNOR_REQUEST 2026-06-01']],
  ['WARRANT_ISSUED', 'GOVERNOR_WARRANT', { served: '2026-06-02' }, ['SEND_GOVERNOR_REQUEST 2026-06-01', 'SERVE_GOVERNOR_WARRANT 2026-06-02']],
  ['ARRESTED', 'GOVERNOR_WARRANT', { served: '2026-06-02', arrested: '2026-06-03' }, ['SEND_GOVERNOR_REQUEST 2026-06-01', 'SERVE_GOVERNOR_WARRANT 2026-06-02', 'ARREST 2026-06-03']],
  ['WAIVED', 'WAIVED', { served: '2026-06-02', arrested: '2026-06-03', waived: '2026-06-04' }, ['SEND_GOVERNOR_REQUEST 2026-06-01', 'SERVE_GOVERNOR_WARRANT 2026-06-02', 'ARREST 2026-06-03', 'WAIVE 2026-06-04']],
  ['HEARING', 'HABEAS', { served: '2026-06-02', arrested: '2026-06-03', challenged: '2026-06-04' }, ['SEND_GOVERNOR_REQUEST 2026-06-01', 'SERVE_GOVERNOR_WARRANT 2026-06-02', 'ARREST 2026-06-03', 'CHALLENGE 2026-06-04']],
  ['DELIVERED', 'RETURNED', { served: '2026-06-02', arrested: '2026-06-03', waived: '2026-06-04', returned: '2026-06-05' }, ['SEND_GOVERNOR_REQUEST 2026-06-01', 'SERVE_GOVERNOR_WARRANT 2026-06-02', 'ARREST 2026-06-03', 'WAIVE 2026-06-04', 'RETURN 2026-06-05']],
  ['REFUSED', 'REFUSED', { served: '2026-06-02', refused: '2026-06-05' }, ['SEND_GOVERNOR_REQUEST 2026-06-01', 'SERVE_GOVERNOR_WARRANT 2026-06-02', 'REFUSE 2026-06-05']],
  ['WITHDRAWN', 'WITHDRAWN', { withdrawn: '2026-06-05' }, ['SEND_GOVERNOR_REQUEST 2026-06-01', 'WITHDRAW 2026-06-05']],
] as const)('a rendition that stood at %s stands at %s, with its days and its steps', async (before, state, days, steps) => {
  const [row] = await owner`select r.id, r.state, r.asylum_state as asylum, r.governor_request_on::text as asked, r.governor_warrant_on::text as served, r.arrest_on::text as arrested, r.waived_on::text as waived, r.habeas_on::text as challenged, r.returned_on::text as returned,
      r.refused_on::text as refused, r.withdrawn_on::text as withdrawn, r.reason from comity.renditions r join comity.persons p on p.case_id = r.case_id and p.id = r.person_id where p.name = ${before}`;
  const none = { served: null, arrested: null, waived: null, challenged: null, returned: null, refused: null, withdrawn: null };
  expect(row).toMatchObject({ ...none, ...days, state, asylum: 'VA', asked: '2026-06-01', reason: before === 'REFUSED' ? 'No.' : before === 'WITHDRAWN' ? 'He came.' : null });
  const kept = await owner`select act || ' ' || day as step, state, position, recorded_by as by from comity.proceeding_steps where kind = 'RENDITION' and about_id = ${String(row?.['id'])} order by position`;
  expect(kept.map(({ step }) => String(step))).toEqual(steps);
  expect(kept.at(-1)).toMatchObject({ state, position: steps.length, by: member });
});

test('an approval of CHARGE that stands names the newest analysis that was reviewed by then', async () => {
  const rows = await owner`select decision_id as id, immunity_analysis_id as analysis from comity.decision_grounds where case_id = ${caseId}`;
  expect(rows.find(({ id }) => id === decisions[0])?.['analysis']).toBe(analyses[1]);
  expect(rows.find(({ id }) => id === decisions[1])?.['analysis']).toBeNull();
});
