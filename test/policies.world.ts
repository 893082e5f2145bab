import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { withDecision } from './decisions.world.ts';
import { withDemand, withEvent } from './demands.world.ts';
import type { BuiltCase, World } from './world.ts';

/** A minor, a victim who refused disclosure of how to reach her, and one who did not. */
const PERSONS = [
  { part: 'VICTIM', name: 'Young Vic', minorAtIncident: true, contact: { phone: '555-0101' } },
  { part: 'VICTIM', name: 'Vic Timson', contact: { phone: '555-0102', disclosureRefused: true } },
  { part: 'WITNESS', name: 'Wit Nessler', contact: { phone: '555-0103' } },
];

/** An incident in a county; 48113 is Dallas, 27053 Hennepin, 17031 Cook, and 48001 nobody's. */
export const incidentIn = (countyFips: '48113' | '27053' | '17031' | '48001') => ({
  incident: { occurredOn: '2026-03-14', occurredAt: '2026-03-14T20:15:00-05:00', countyFips, place: '100 Example Street' },
});

/** A case with a row in every table that belongs to a case: notes of each audience, one of its author's alone, and a charge. */
export async function furnishedCase(world: World, choice: { claimedBy?: 'attorneyDallas' } = {}): Promise<BuiltCase> {
  const built = await world.buildCase({ ...choice, referral: { persons: PERSONS } });
  const { owner } = world.database;
  const author = world.memberIds.attorneyDallas;
  const notes = [
    { audience: 'TEAM', needs: FACETS.TEAM, alone: null },
    { audience: 'OFFICE', needs: FACETS.OFFICE, alone: null },
    { audience: 'TEAM', needs: FACETS.TEAM, alone: author },
  ];
  for (const { audience, needs, alone } of notes) {
    const id = newId();
    await owner`insert into comity.annotations (case_id, id, needs, placed_needs, author_only, author_id, office_id, kind, audience, privilege, target_kind, favourable_to_defence, revision, created_at, revised_at)
      values (${built.id}, ${id}, ${needs}, ${needs}, ${alone}, ${author}, ${world.officeIds['dallas-tx']}, 'NOTE', ${audience}, 'NONE', 'CASE', false, 1, now(), now())`;
    await owner`insert into comity.annotation_revisions (case_id, annotation_id, revision, needs, author_only, body, revised_by, revised_at)
      values (${built.id}, ${id}, 1, ${needs}, ${alone}, ${`A remark to ${audience}.`}, ${author}, now())`;
  }
  await owner`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
    select ${built.id}, ${newId()}, ${FACETS.CHARGES}, ${built.personIds[0] ?? null}, v.statute_id, v.id, 1, '2026-03-14', 'PROPOSED', '{}', ${author}, now() from comity.statute_versions v limit 1`;
  await withPreparation(world, built);
  await withCharging(world, built);
  if (!choice.claimedBy) {
    await owner`insert into comity.assignments (case_id, id, needs, member_id, role, since, until, assigned_by)
      values (${built.id}, ${newId()}, ${FACETS.OFFICE}, ${author}, 'TRIAL', now() - interval '1 day', now(), ${author})`;
  }
  await withPast(world, built);
  return built;
}

/** What was said of the charge and of whom it is against, and is over: a row in each table of these. */
async function withCharging({ database: { owner }, memberIds }: World, { id }: BuiltCase): Promise<void> {
  const by = memberIds.attorneyDallas;
  await owner`insert into comity.person_identifications (case_id, id, needs, person_id, name, source, confidence, before, state, identified_by, identified_at, withdrawn_by, withdrawn_at, withdrawn_because)
    select case_id, ${newId()}, needs, id, 'Mist Aken', 'A guess.', 'LOW', '{}', 'WITHDRAWN', ${by}, now(), ${by}, now(), 'It was another.' from comity.persons where case_id = ${id} and position = 0`;
  // Of the charge and itself, as no act would have it: so it is as open as the charge alone.
  await owner`insert into comity.charge_relations (case_id, id, needs, charge_id, relation, other_id, reason, related_by, related_at, ended_by, ended_at, ended_because)
    select case_id, ${newId()}, needs, id, 'LESSER_OF', id, 'It is in the other.', ${by}, now(), ${by}, now(), 'It is not.' from comity.charges where case_id = ${id}`;
  // The charge takes the level over: it is given back.
  await owner`insert into comity.charge_levels (case_id, id, needs, charge_id, level, reason, named_by, named_at) select case_id, ${newId()}, needs, id, 'FELONY', 'By its facts.', ${by}, now() from comity.charges where case_id = ${id}`;
  await owner`update comity.charges set level = null where case_id = ${id}`;
}

/** What comes before a charge is filed, and its filing: a row in each table of decisions. */
async function withPreparation(world: World, built: BuiltCase): Promise<void> {
  const { database: { owner }, memberIds } = world;
  const [{ id: chargeId } = {}] = await owner`select id from comity.charges where case_id = ${built.id}`;
  await withDecision(world, built, String(chargeId), { state: 'STANDING', outcome: 'CHARGE' });
  await owner`insert into comity.filings (case_id, charge_id, needs, instrument, court, docket_number, filed_on, warnings, recorded_by, recorded_at)
    values (${built.id}, ${String(chargeId)}, ${FACETS.CHARGES}, 'INDICTMENT', 'District Court', 'F-1', '2026-05-04', '{}', ${memberIds.attorneyDallas}, now())`;
  await owner`insert into comity.filing_entries (case_id, charge_id, position, needs, instrument, court, docket_number, filed_on, warnings, recorded_by, recorded_at)
    select case_id, charge_id, 1, needs, instrument, court, 'F-0', filed_on, warnings, recorded_by, recorded_at from comity.filings where case_id = ${built.id}`;
  await owner`insert into comity.affiliations (case_id, id, needs, person_id, affiliation, basis, recorded_by, recorded_at)
    select case_id, ${newId()}, needs, id, 'UNKNOWN', 'No badge was seen.', ${memberIds.attorneyDallas}, now() from comity.persons where case_id = ${built.id} and position = 0`;
  await owner`insert into comity.immunity_analyses (case_id, id, needs, person_id, authorised, authorised_facts, necessary, necessary_subjective, necessary_objective, state, drafted_by, drafted_at)
    select case_id, ${newId()}, needs | ${FACETS.CHARGES | FACETS.JOINT}, id, 'UNCLEAR', 'No order is known.', 'NOT_MET', 'Nothing was said.', 'It was not.', 'DRAFTED', ${memberIds.attorneyDallas}, now() from comity.persons where case_id = ${built.id} and position = 0`;
  await owner`insert into comity.victim_notices (case_id, id, needs, person_id, kind, method, sent_on, recorded_by, recorded_at)
    select case_id, ${newId()}, needs | ${FACETS.JOINT}, id, 'CHARGED', 'MAIL', '2026-05-05', ${memberIds.advocateDallas}, now() from comity.persons where case_id = ${built.id} and position = 1`;
  await withProceedings(world, built, String(chargeId));
  const demand = await withDemand(world, built, { chargeId: String(chargeId) });
  await owner`insert into comity.demand_extensions (case_id, id, needs, demand_id, due_before, respond_by, reason, extended_by, extended_at)
    values (${built.id}, ${newId()}, ${FACETS.PROCEEDINGS}, ${demand.id}, '2026-04-01', '2026-04-20', 'Asked for.', ${memberIds.attorneyDallas}, now())`;
  await owner`insert into comity.demand_entries (case_id, id, needs, demand_id, item_id, kind, day, answer, recorded_by, recorded_at)
    values (${built.id}, ${newId()}, ${FACETS.PROCEEDINGS | FACETS.CHARGES}, ${demand.id}, ${demand.itemId}, 'ANSWERED', '2026-04-02', 'PRODUCED', ${memberIds.attorneyDallas}, now())`;
  await withEvent(world, built);
}

/** What a court did, and what is pending beside the case: a row in each table of that. */
async function withProceedings({ database: { owner }, memberIds: { attorneyDallas: by } }: World, { id, personIds }: BuiltCase, chargeId: string): Promise<void> {
  const [person, at] = [personIds[0] ?? null, new Date().toISOString()];
  const named = FACETS.PERSONS | FACETS.CHARGES | FACETS.PROCEEDINGS;
  const recorded = { recorded_by: by, recorded_at: at, moved_by: by, moved_at: at };
  await owner`insert into comity.court_dates (case_id, id, needs, person_id, kind, day, recorded_by, recorded_at) values (${id}, ${newId()}, ${named}, ${person}, 'ARRAIGNMENT', '2026-06-01', ${by}, now())`;
  await owner`insert into comity.dispositions (case_id, id, needs, charge_id, kind, disposed_on, forum, court, reason, recorded_by, recorded_at)
    values (${id}, ${newId()}, ${FACETS.CHARGES | FACETS.PROCEEDINGS}, ${chargeId}, 'DISMISSED', '2026-09-01', 'STATE', 'District Court', 'No witness.', ${by}, now())`;
  const removalId = newId();
  await owner`insert into comity.removals ${owner({ case_id: id, id: removalId, needs: named, person_id: person, scope: 'WHOLE_CASE', state: 'SUMMARY_REMAND', grounds: ['FEDERAL_OFFICER'], federal_court: 'N.D. Tex.', docket_number: '3:26-cr-1', notice_filed_on: '2026-06-10', ruled_on: '2026-06-20', ruling: 'REMANDED', ...recorded })}`;
  await owner`insert into comity.removal_steps (case_id, removal_id, position, needs, act, day, state, grounds, recorded_by, recorded_at) values (${id}, ${removalId}, 1, ${named}, 'FILE_NOTICE', '2026-06-10', 'NOTICE_FILED', '{FEDERAL_OFFICER}', ${by}, now())`;
  const petition = newId();
  await owner`insert into comity.supersessions ${owner({ case_id: id, id: petition, needs: FACETS.PROCEEDINGS, state: 'PETITIONED', basis: 'OTHER', petitioner: 'The attorney general', filed_on: '2026-05-20', ...recorded })}`;
  await owner`insert into comity.proceeding_steps (case_id, kind, about_id, position, needs, act, day, state, recorded_by, recorded_at) values (${id}, 'SUPERSESSION', ${petition}, 1, ${FACETS.PROCEEDINGS}, 'PETITION', '2026-05-20', 'PETITIONED', ${by}, now())`;
  await owner`insert into comity.parallel_proceedings ${owner({ case_id: id, id: newId(), needs: FACETS.PROCEEDINGS | FACETS.PERSONS, forum: 'FEDERAL_CIVIL', court: 'N.D. Tex.', docket_number: '3:26-cv-1', against: 'SUSPECT', person_id: person, state: 'OPEN', opened_on: '2026-05-20', ...recorded })}`;
  await owner`insert into comity.renditions ${owner({ case_id: id, id: newId(), needs: named, person_id: person, asylum_state: 'VA', state: 'WITHDRAWN', warrant_active_on: '2026-05-20', withdrawn_on: '2026-05-25', reason: 'He came.', ...recorded })}`;
  await owner`insert into comity.immunity_proceedings ${owner({ case_id: id, id: newId(), needs: named | FACETS.JOINT, person_id: person, state: 'ANTICIPATED', anticipated_on: '2026-05-20', charge_ids: [], ...recorded })}`;
}

/** What was arranged on a case and is over, so that it neither opens nor closes anything: a row in each table of arrangements. */
export async function withPast({ database: { owner }, memberIds, officeIds }: World, { id }: { readonly id: string }): Promise<void> {
  const [head, lead, other] = [memberIds.supervisorDallas, officeIds['dallas-tx'], officeIds['hennepin-mn']];
  const unit = newId();
  await owner`insert into comity.case_tags (case_id, tag, needs, tagged_by, tagged_at) values (${id}, 'DETENTION', ${FACETS.REPORT}, ${head}, now())`;
  await owner`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at, answered_by, answered_at)
    values (${id}, ${newId()}, ${FACETS.SUMMARY}, ${other}, ${lead}, 'CO', 1, 'DECLINED', 'Asked once.', ${head}, now(), ${memberIds.supervisorHennepin}, now())`;
  await owner`insert into comity.transfers (case_id, id, needs, from_id, to_id, residual, reason, state, proposed_by, proposed_at, answered_by, answered_at)
    values (${id}, ${newId()}, ${FACETS.SUMMARY}, ${lead}, ${other}, 'NONE', 'Asked once.', 'REJECTED', ${head}, now(), ${memberIds.supervisorHennepin}, now())`;
  await owner`insert into comity.venue_contests (case_id, id, needs, contestant_id, lead_id, grounds, reason, state, contested_by, contested_at, ended_at)
    values (${id}, ${newId()}, ${FACETS.SUMMARY}, ${other}, ${lead}, '{ELEMENT}', 'Asked once.', 'WITHDRAWN', ${memberIds.supervisorHennepin}, now(), now())`;
  await owner`insert into comity.authorisations (case_id, id, needs, jurisdiction_id, given_for, purpose, document, recorded_by, recorded_at, revoked_by, revoked_at)
    values (${id}, ${newId()}, ${FACETS.SUMMARY}, ${other}, ${lead}, 'Review.', 'File 1', ${head}, now(), ${head}, now())`;
  await owner`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at, lifted_by, lifted_at)
    values (${id}, ${newId()}, ${FACETS.OFFICE}, 'MEMBER', ${memberIds.recordsDallas}, 'FAMILY', 'Over.', '{CONFLICTS}', ${head}, now(), ${head}, now())`;
  await owner`insert into comity.seals (case_id, id, needs, facets, audience, "order", sealed_by, sealed_at, unsealed_by, unsealed_at)
    values (${id}, ${newId()}, ${FACETS.OFFICE | FACETS.REPORT}, ${FACETS.REPORT}, ${[head]}::uuid[], 'Order 1', ${head}, now(), ${head}, now())`;
  // Of the case and itself, as no act would have it: so it is as open as the case alone.
  await owner`insert into comity.case_verdicts (case_id, other_id, needs, verdict, reason, judged_by, judged_for, judged_at)
    values (${id}, ${id}, ${FACETS.REPORT}, 'NOT_RELATED', 'Asked once.', ${head}, ${lead}, now())`;
  // Of an agency where none of the cast sits: an agency reads what is asked of it beside the sentence (test/returns.test.ts).
  const item = newId();
  await owner`insert into comity.return_items (case_id, id, needs, referral_id, agency_id, office_id, category, description, due_on, state, state_since, asked_at, asked_in)
    select ${id}, ${item}, ${FACETS.REPORT}, l.referral_id, (select a.id from comity.agencies a where not exists (select 1 from comity.members m where m.agency_id = a.id) order by a.id limit 1), ${lead}, 'OTHER', 'Asked once.', '2026-04-01', 'WAIVED', now(), now(), 'CLAIMED'
      from comity.case_referrals l where l.case_id = ${id}`;
  await owner`insert into comity.return_entries (case_id, id, needs, referral_id, agency_id, item_id, kind, note, shown_by, by_id, at)
    select i.case_id, ${newId()}, i.needs, i.referral_id, i.agency_id, i.id, 'WAIVED', 'Found elsewhere.', 'ITEMS', ${head}, now() from comity.return_items i where i.id = ${item}`;
  await owner`insert into comity.proof_links (case_id, id, needs, office_id, charge_id, element, source_kind, polarity, reasoning, linked_by, linked_at)
    select ch.case_id, ${newId()}, ${FACETS.OFFICE | FACETS.CHARGES | FACETS.REPORT}, ${lead}, ch.id, 1, 'REPORT', 'SUPPORTS', 'It says so.', ${head}, now() from comity.charges ch where ch.case_id = ${id} limit 1`;
  await owner`insert into comity.element_assessments (case_id, id, needs, office_id, charge_id, element, reviewer_id, verdict, reasoning, assessed_at)
    select ch.case_id, ${newId()}, ${FACETS.OFFICE | FACETS.CHARGES}, ${lead}, ch.id, 1, ${head}, 'DOUBTFUL', 'It is not plain.', now() from comity.charges ch where ch.case_id = ${id} limit 1`;
  await owner`insert into comity.clock_facts (case_id, id, needs, kind, about_id, from_on, grounds, source, recorded_by, recorded_at, withdrawn_by, withdrawn_at, withdrawn_because)
    select ch.case_id, ${newId()}, ch.needs, 'DISCOVERY', ch.id, '2026-04-01', '{}', 'A complaint.', ${head}, now(), ${head}, now(), 'Another case.' from comity.charges ch where ch.case_id = ${id} limit 1`;
  await owner`insert into comity.case_supplements (case_id, id, needs, referral_id, agency_id, narrative, sha256, submitted_at, submitted_by)
    select l.case_id, ${newId()}, ${FACETS.REPORT}, l.referral_id, l.agency_id, 'A witness came forward.', ${'0'.repeat(64)}, now(), ${memberIds.chiefDallasPolice} from comity.case_referrals l where l.case_id = ${id}`;
  await owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${unit}, ${lead}, ${`Unit ${unit}`}, ${head}, now())`;
  await owner`insert into comity.unit_restrictions (case_id, id, needs, unit_id, reason, restricted_by, restricted_at, lifted_by, lifted_at, lifted_because)
    values (${id}, ${newId()}, ${FACETS.OFFICE}, ${unit}, 'Over.', ${head}, now(), ${head}, now(), 'It is over.')`;
  await owner`insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at, reviewed_by, reviewed_at, finding)
    values (${id}, ${newId()}, ${FACETS.SUMMARY}, ${memberIds.secondDallas}, ${lead}, 'Night duty.', now() - interval '2 hours', now() - interval '1 hour', now(), ${head}, now(), 'JUSTIFIED')`;
}

/** Gives a case one recording for each facet that needs that facet alone: what a reader sees of them are the facets open to it. */
export async function withProbes(world: World, { id }: { readonly id: string }): Promise<void> {
  for (const [facet, bit] of Object.entries(FACETS)) {
    await world.database.owner`insert into comity.recordings (case_id, id, needs, kind, position, holder) values (${id}, ${newId()}, ${bit}, 'OTHER', 99, ${facet})`;
  }
}

/** A statute of the case's state whose text was in force on the day of the incident. */
export async function statuteOf(world: World, { id }: { readonly id: string }): Promise<string> {
  const [statute] = await world.database.owner`select v.statute_id as id from comity.cases c join comity.statutes s on s.state = c.state join comity.statute_versions v on v.statute_id = s.id
    where c.id = ${id} and (v.valid_from is null or v.valid_from <= c.incident_on) and v.valid_to is null order by s.citation limit 1`;
  return String(statute?.['id']);
}

/** Makes an office a venue candidate of a case, as a later routing would. */
export async function withVenue(world: World, { id }: { readonly id: string }, office: keyof World['officeIds']): Promise<void> {
  await world.database.owner`insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since)
    values (${id}, ${world.officeIds[office]}, 1, 'ROUTED', '48113', 'The incident reached into this county.', now())`;
  await world.database.owner`select comity.compute_sight(${id})`;
}
