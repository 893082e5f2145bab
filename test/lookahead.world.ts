import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { charging } from './charging.world.ts';
import { ANSWERED, bench } from './decisions.world.ts';
import { DEMAND_STATES } from '../src/demands/demand.rules.ts';
import { withDemand, withEvent } from './demands.world.ts';
import { joined, restricted, transferred, walled } from './explain.world.ts';
import { adopted as adoptedPack, asked, colleagueOf, DRAFT as DRAFT_PACK, ofOrder } from './packs.world.ts';
import { incidentIn, statuteOf } from './policies.world.ts';
import { adopted, DRAFT, opens } from './rulebooks.world.ts';
import type { BuiltCase, World } from './world.ts';

/** Tells every list of a rule book something, in force in Dallas, and leaves a draft beside it. */
export async function withBooks(world: World): Promise<void> {
  const content = {
    sharing: [
      opens('COALITION', ['REPORT'], { levels: ['MISDEMEANOR'], tags: ['PRESS', 'FATALITY'], stages: ['CLAIMED'] }),
      opens(world.officeIds['cook-il'], ['CHARGES', 'PERSONS'], { until: '2099-01-01T00:00:00.000Z' }),
    ],
    limits: [{ action: 'seal:impose', ceiling: 'NONE', basis: 'A court does.' }, { action: 'authorisation:record', ceiling: 'NONE', basis: 'The head does.' }],
    agency: [{ show: 'STATUS', stages: ['CLAIMED'], basis: 'Asked for.' }, { show: 'ITEMS', basis: 'Asked for.' }, { show: 'OUTCOME', basis: 'Asked for.' }, { show: 'REASON', basis: 'Asked for.' }],
    admission: [{ part: 'DIRECTED', answer: 'FLAG', basis: 'Policy 3.' }, { part: 'CONSULTED', answer: 'ACCEPT', basis: 'Policy 3.' }],
    statistics: [{ measure: 'CASES', counted: true, threshold: 12, basis: 'Agreed.' }],
    tests: [{ memberId: world.memberIds.attorneyDallas, facet: 'REPORT', stage: 'CLAIMED', level: 'FELONY', tags: ['PRESS'], sees: true }],
  };
  await adopted(world, content);
  await world.as('supervisorDallas').get(DRAFT, { input: { title: 'The next', ...content } });
}

/** Puts two packs of Dallas police and a third in the place of one of them into force, and leaves a draft beside them. */
export async function withPacks(world: World): Promise<void> {
  const deputy = await colleagueOf(world, 'chiefDallasPolice');
  const requirements = [asked('witness', 'WITNESS', { severity: 'INFO', kinds: ['FORCE', 'DEATH'], levels: ['FELONY'], anyoneInjured: true, minorInvolved: false }), asked('offence', 'OFFENCE_CITED', { severity: 'WARN' })];
  for (const validFrom of ['2026-01-01', '2026-02-02', '2026-02-01']) await adoptedPack(world, ofOrder(requirements, { validFrom }), 'chiefDallasPolice', deputy);
  await world.as('chiefDallasPolice').get(DRAFT_PACK, { input: ofOrder(requirements) });
}

/** Arranges on a claimed case of Dallas all that can stand on one, beside what is over. */
export async function withArrangements(world: World, subject: BuiltCase): Promise<void> {
  const { database: { owner }, memberIds, officeIds } = world;
  const [head, lead, { id }] = [memberIds.supervisorDallas, officeIds['dallas-tx'], subject];
  for (const tag of ['PRESS', 'FIREARM', 'ENTRY']) await owner`insert into comity.case_tags (case_id, tag, needs, tagged_by, tagged_at) values (${id}, ${tag}, ${FACETS.REPORT}, ${head}, now())`;
  await joined(world, subject, 'hennepin-mn', ['SUMMARY', 'REPORT', 'CHARGES', 'EVIDENCE']);
  await owner`update comity.responsibilities set answered_by = ${memberIds.supervisorHennepin}, answered_at = now(), until = '2099-01-01' where case_id = ${id} and state = 'ACCEPTED'`;
  await joined(world, subject, 'cook-il', ['SUMMARY'], 'INVITED');
  await transferred(world, subject, ['dallas-tx', 'hennepin-mn'], 'NONE', 'PROPOSED');
  await owner`update comity.transfers set wall_ground = 'TAINT' where case_id = ${id} and state = 'PROPOSED'`;
  // One answered and decided, with the offer that it led to, beside the one that is over.
  await owner`insert into comity.venue_contests (case_id, id, needs, contestant_id, lead_id, grounds, reason, state, contested_by, contested_at, answered_because, answered_by, answered_at,
      court, docket_number, ordered_on, decided_for, document, document_sha256, recorded_by, recorded_at, transfer_id, settles)
    select t.case_id, ${newId()}, ${FACETS.SUMMARY}, t.to_id, t.from_id, '{ELEMENT,OFFENCE_PLACE}', 'It began there.', 'OFFERED', ${memberIds.supervisorHennepin}, now(), 'So it is.', ${head}, now(),
      'Invented Court of Appeals', '05-26-00001', '2026-04-01', 'CONTESTANT', 'File 2', ${'ab'.repeat(32)}, ${memberIds.supervisorHennepin}, now(), t.id, 'DECIDED_BY_COURT'
      from comity.transfers t where t.case_id = ${id} and t.state = 'PROPOSED'`;
  await owner`insert into comity.authorisations (case_id, id, needs, jurisdiction_id, given_for, purpose, document, recorded_by, recorded_at)
    values (${id}, ${newId()}, ${FACETS.SUMMARY}, ${officeIds['hennepin-mn']}, ${lead}, 'Review.', 'File 2', ${head}, now())`;
  const unit = newId();
  await owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${unit}, ${lead}, 'Appeals', ${head}, now())`;
  await walled(world, subject, 'recordsDallas');
  for (const [kind, whom] of [['UNIT', unit], ['OFFICE', officeIds['cook-il']]] as const) {
    await owner`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
      values (${id}, ${newId()}, ${FACETS.OFFICE}, ${kind}, ${whom}, 'TAINT', 'Known to each other.', '{CONFLICTS,ELECTED}', ${head}, now())`;
  }
  await restricted(world, subject, 'attorneyDallas', 'supervisorDallas');
  // The one stands, and is about to be lifted; the other has ended by itself.
  for (const until of ['infinity', '2026-01-01']) {
    await owner`insert into comity.seals (case_id, id, needs, facets, audience, "order", until, sealed_by, sealed_at, unsealing_proposed_by, unsealing_proposed_at, unsealed_because)
      values (${id}, ${newId()}, ${FACETS.OFFICE | FACETS.PROCEEDINGS}, ${FACETS.PROCEEDINGS | FACETS.HISTORY}, ${[memberIds.attorneyDallas, head, unit, officeIds['hennepin-mn'], officeIds['cook-il']]}::uuid[],
        'District Court, No. 7', ${until}::text::timestamptz, ${memberIds.electedDallas}, now(), ${head}, now(), 'It is over.')`;
  }
  await owner`insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at)
    values (${id}, ${newId()}, ${FACETS.SUMMARY}, ${memberIds.attorneyDallas}, ${lead}, 'Night duty.', now() - interval '5 days', now() - interval '4 days', now() - interval '2 days')`;
  await owner`update comity.glass_uses set remark = 'There was cause.' where remark is null and reviewed_at is not null`;
  await owner`select comity.compute_sight(${id})`;
}

/** What was asked of the agency of a case of Dallas, in each state, with what both sides said, a refusal that was taken back, and a request that waits. */
export async function withReturns({ database: { owner }, memberIds, officeIds }: World, { id, referralId }: BuiltCase): Promise<void> {
  const entry = (itemId: string | null, kind: string, by: string, shownBy: string, reason: string | null = null) => owner`
    insert into comity.return_entries (case_id, id, needs, referral_id, agency_id, item_id, kind, reason, note, shown_by, by_id, at)
    select ${id}, ${newId()}, ${FACETS.REPORT}, r.id, r.agency_id, ${itemId}, ${kind}, ${reason}, 'Said so.', ${shownBy}, ${by}, clock_timestamp() from comity.referrals r where r.id = ${referralId}`;
  for (const [at, state] of ['REQUESTED', 'RECEIVED', 'WAIVED', 'CANCELLED', 'DISPUTED', 'UPHELD', 'OVERRULED'].entries()) {
    const itemId = newId();
    await owner`insert into comity.return_items (case_id, id, needs, referral_id, agency_id, office_id, category, description, due_on, state, state_since, asked_at, asked_in)
      select ${id}, ${itemId}, ${FACETS.REPORT}, r.id, r.agency_id, ${officeIds['dallas-tx']}, 'OTHER', ${`Thing ${at}.`}, ${at % 2 === 0 ? '2020-02-03' : '2999-02-03'}, ${state}, now(), now(), 'CLAIMED' from comity.referrals r where r.id = ${referralId}`;
    await entry(itemId, 'REQUESTED', memberIds.intakeDallas, 'ITEMS');
    await entry(itemId, state, memberIds.chiefDallasPolice, 'ITEMS');
  }
  await entry(null, 'REFUSED', memberIds.supervisorDallas, 'REASON', 'NO_OFFENCE');
  await entry(null, 'WITHDRAWAL_REQUESTED', memberIds.chiefDallasPolice, 'STATUS');
  await owner`update comity.case_referrals set withdrawal_asked_at = now() where case_id = ${id}`;
}

/** One text of the law that has ended, and went on as another. */
export const withSuccessor = (world: World) =>
  world.database.owner`update comity.statute_versions v set valid_to = '2999-12-31', superseded_by = later.id from comity.statutes s, comity.statutes later
    where v.statute_id = s.id and s.citation = '18 Pa.C.S. 2504' and later.citation = '18 Pa.C.S. 2503'`;

/** A supplement with all its parts, by whoever may send one, to a referral that is refused by then. */
export async function withSupplement(world: World, { id, referralId }: BuiltCase): Promise<void> {
  const supplement = {
    narrative: 'A witness came forward.', supervisorIdentification: { outcome: 'NAME_ONLY', name: 'Super Vizor', recordedOnCamera: false, note: 'At the station.' },
    persons: [{ part: 'WITNESS', name: 'Late Comer', contact: { phone: '555-0104' } }], recordings: [{ kind: 'DOCUMENT', holder: 'Records desk', sha256: 'b'.repeat(64) }],
    signature: { signedBy: 'Sgt. Pia Dalles', badge: '4711', signedAt: '2026-03-20T09:00:00-05:00' },
  };
  for (const part of [supplement, { narrative: 'Another.' }]) {
    await world.as('chiefDallasPolice').get('mutation ($input: SupplementReferralInput!) { supplementReferral(input: $input) { outcome } }', { input: { idempotencyKey: newId(), referralId, supplement: part } });
  }
  const { owner } = world.database;
  await owner`update comity.referral_supplements set problems = ${owner.json([{ code: 'A_WARNING', severity: 'WARN', path: 'persons', requirement: 'a-directive/persons', message: 'Something is amiss.', remedy: 'Mend it.' }])} where referral_id = ${referralId}`;
  await owner`update comity.referrals set unit = 'Central' where id = ${referralId}`;
  await owner`update comity.case_referrals set unit = 'Central', state = 'REFUSED' where case_id = ${id}`;
}

/** What was said of a case of Dallas and two others, one of them merged into it; and a case of Hennepin about the same evening as all of them. */
export async function withVerdicts(world: World, subject: BuiltCase): Promise<void> {
  const { owner } = world.database;
  for (const [verdict, into, before] of [['LINK', null, null], ['DUPLICATE', subject.id, owner.json({ stage: 'CLAIMED' })]] as const) {
    const other = await world.buildCase({ claimedBy: 'attorneyDallas' });
    for (const [one, its] of [[subject.id, other.id], [other.id, subject.id]]) {
      await owner`insert into comity.case_verdicts (case_id, other_id, needs, verdict, reason, judged_by, judged_for, judged_at, into_id, before)
        values (${one ?? ''}, ${its ?? ''}, ${FACETS.REPORT}, ${verdict}, 'One evening.', ${world.memberIds.intakeDallas}, ${world.officeIds['dallas-tx']}, now(), ${into}, ${before})`;
    }
  }
  await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'supervisorHennepin' });
}

/** A charge with its warnings, and remarks on a part of the report and of a recording, by words, by place and by time. */
export async function withCharge(world: World, subject: BuiltCase): Promise<void> {
  const voice = world.as('attorneyDallas');
  await voice.get('mutation ($input: ProposeChargeInput!) { proposeCharge(input: $input) { charge { id } } }', { input: { caseId: subject.id, personId: subject.personIds[0], statuteId: await statuteOf(world, subject), counts: 1 } });
  const report = { kind: 'REPORT' };
  for (const [target, selector] of [
    [report, { quote: { exact: 'enforcement action', prefix: 'an ', suffix: ' an' } }], [report, { position: { start: 3, end: 9 } }],
    [{ kind: 'RECORDING', id: subject.recordingIds[0] }, { fragment: { from: 1.5, to: 20 } }],
  ]) {
    await voice.get('mutation ($input: AnnotateCaseInput!) { annotateCase(input: $input) { annotation { id } } }', { input: { caseId: subject.id, target, selector, kind: 'NOTE', body: 'Here.' } });
  }
}

/** What was said of the charge of a case and of whom it is against: days, levels, relations to other charges, and two identifications, of which one was a mistake. */
export async function withCharging(world: World, subject: BuiltCase): Promise<void> {
  const play = charging(world);
  const [caseId, personId] = [subject.id, subject.personIds[0]];
  const other = await world.buildCase({ claimedBy: 'attorneyDallas' });
  const { statuteId } = await play.invented('95.01', [['2000-01-01', null]], { level: 'EITHER' });
  const ids: string[] = [];
  for (const level of ['FELONY', 'GROSS_MISDEMEANOR', 'MISDEMEANOR'] as const) {
    const told = { statuteId, level, counts: 3, offenceOn: '2026-03-01', offenceUntil: '2026-03-02', offenceDays: ['2026-03-05', '2026-03-04'] };
    ids.push((await play.propose('attorneyDallas', other, told)).id);
  }
  const [felony = '', gross = '', least = ''] = ids;
  await play.tell('attorneyDallas', 'withdrawCharge', { caseId: other.id, chargeId: least });
  for (const level of ['MISDEMEANOR', 'GROSS_MISDEMEANOR'] as const) await play.tell('attorneyDallas', 'nameChargeLevel', { caseId: other.id, chargeId: gross, level, reason: 'By its facts.' });
  const related = { caseId: other.id, chargeId: gross, lesserOf: felony, reason: 'It is in the other.' };
  await play.tell('attorneyDallas', 'relateCharge', related);
  await play.tell('supervisorDallas', 'unrelateCharge', { ...related, reason: 'It is not.' });
  await play.tell('attorneyDallas', 'relateCharge', related);
  await play.tell('attorneyDallas', 'relateCharge', { caseId: other.id, chargeId: felony, alternativeTo: (await play.propose('attorneyDallas', other)).id, reason: 'Should that fail.' });
  await world.database.owner`update comity.persons set badge = 'K-1' where case_id = ${caseId} and id = ${personId ?? null}`;
  const found = { caseId, personId, name: 'Off Eyser', badge: 'F-77', agency: 'Invented Federal Service', source: 'A roster.', confidence: 'MEDIUM' };
  const { identification } = await play.tell('attorneyDallas', 'identifyPerson', found, 'identification { id }');
  await play.tell('supervisorDallas', 'withdrawIdentification', { caseId, identificationId: identification.id, reason: 'It was another.' }, 'person { id }');
  await play.tell('attorneyDallas', 'identifyPerson', { ...found, name: 'Other Eyser' }, 'person { id }');
}

/** Work on the elements of the first charge: links that stand and one that was withdrawn, reviewers who differ, an earlier word, and what one of them lacks. */
export async function withProof({ database: { owner }, memberIds, officeIds }: World, { id }: BuiltCase): Promise<void> {
  const [charge] = await owner`select ch.id, jsonb_array_length(v.elements) as elements from comity.charges ch join comity.statute_versions v on v.id = ch.statute_version_id where ch.case_id = ${id} order by ch.proposed_at, ch.id limit 1`;
  const [chargeId, office] = [String(charge?.['id']), officeIds['dallas-tx']];
  const link = (kind: string, source: string | null, withdrawn: boolean, polarity = 'SUPPORTS') => owner`
    insert into comity.proof_links (case_id, id, needs, office_id, charge_id, element, source_kind, source_id, polarity, reasoning, linked_by, linked_at, withdrawn_by, withdrawn_at)
    values (${id}, ${newId()}, ${FACETS.OFFICE | FACETS.CHARGES}, ${office}, ${chargeId}, 1, ${kind}, ${source}, ${polarity}, 'It says so.', ${memberIds.attorneyDallas}, now(), ${withdrawn ? memberIds.attorneyDallas : null}, ${withdrawn ? owner`now()` : null})`;
  const [item] = await owner`select id from comity.return_items where case_id = ${id} and state = 'REQUESTED' limit 1`;
  await link('REPORT', null, false);
  await link('REPORT', null, true);
  if (item) await link('RETURN_ITEM', String(item['id']), false);
  for (const [who, element, verdict] of [['attorneyDallas', 1, 'NOT_MET'], ['attorneyDallas', 1, 'DOUBTFUL'], ['supervisorDallas', 1, 'MET']] as const) {
    await owner`insert into comity.element_assessments (case_id, id, needs, office_id, charge_id, element, reviewer_id, verdict, reasoning, assessed_at)
      values (${id}, ${newId()}, ${FACETS.OFFICE | FACETS.CHARGES}, ${office}, ${chargeId}, ${element}, ${memberIds[who]}, ${verdict}, 'As I read it.', clock_timestamp())`;
  }
  const [note] = await owner`select id from comity.annotations where case_id = ${id} and needs & 16 = 16 limit 1`;
  if (note) await link('ANNOTATION', String(note['id']), false);
  // Said of two wordings that the text had before it was corrected.
  for (const [wording, polarity] of [['strikes another', 'UNDERMINES'], ['strikes another by night', 'NEUTRAL']] as const) {
    await link('REPORT', null, false, polarity);
    await link('REPORT', null, true, polarity);
    await owner`update comity.proof_links set wording = ${wording} where case_id = ${id} and polarity = ${polarity}`;
  }
  await owner`insert into comity.element_assessments (case_id, id, needs, office_id, charge_id, element, reviewer_id, verdict, reasoning, assessed_at)
    select case_id, gen_random_uuid(), needs, office_id, charge_id, element, reviewer_id, 'NOT_MET', reasoning, clock_timestamp() from comity.element_assessments where case_id = ${id}`;
  await owner`update comity.element_assessments set wording = 'strikes another' where case_id = ${id} and verdict = 'NOT_MET' and reasoning = 'As I read it.' and id in (select id from comity.element_assessments where case_id = ${id} order by assessed_at desc limit 3)`;
}

/** All that comes before a decision on the charge of a case and after it: overridden, superseded, rejected, filed; and a declination that was told. */
export async function withDecisions(world: World, subject: BuiltCase): Promise<void> {
  const play = bench(world);
  const [{ id: chargeId } = {}] = await world.database.owner`select id from comity.charges where case_id = ${subject.id}`;
  const charge = String(chargeId);
  await play.cleared('attorneyDallas', subject, 'UNKNOWN');
  const { analysis } = await play.tell('attorneyDallas', 'recordImmunityAnalysis', { caseId: subject.id, personId: subject.personIds[0], ...ANSWERED, reliedOn: 'A form.' });
  await play.tell('supervisorDallas', 'reviewImmunityAnalysis', { caseId: subject.id, analysisId: analysis.id, approve: false, remark: 'What form?' });
  const rejected = await play.decide('attorneyDallas', subject, charge, 'HOLD');
  await play.tell('supervisorDallas', 'rejectDecision', { caseId: subject.id, decisionId: rejected, reason: 'Decide.' });
  const notice = { caseId: subject.id, personId: subject.personIds[1], kind: 'CHARGED', language: 'Spanish', sentOn: '2026-05-05' };
  const first = await play.decide('attorneyDallas', subject, charge, 'DECLINE', { shareableReason: 'Too little is seen.' });
  await play.approve('supervisorDallas', subject, first);
  await play.tell('attorneyDallas', 'recordVictimNotice', { ...notice, kind: 'DECLINED', decisionId: first, method: 'NOT_REACHED', ground: 'Moved.' });
  const { notice: wrong } = await play.tell('attorneyDallas', 'recordVictimNotice', { ...notice, kind: 'RIGHTS_FORM', method: 'MAIL' });
  await play.tell('attorneyDallas', 'withdrawVictimNotice', { caseId: subject.id, noticeId: wrong.id, reason: 'It went to another.' });
  await play.approve('electedDallas', subject, await play.decide('attorneyDallas', subject, charge, 'CHARGE', { supersedes: first, overrideReason: 'The period ends.', shareableReason: 'It is proven.' }));
  const filing = { chargeIds: [charge], instrument: 'INFORMATION_ON_WAIVER', court: 'County Court', docketNumber: 'C-1', filedOn: '2026-05-04', waiver: 'In open court.' };
  await play.tell('attorneyDallas', 'fileCharges', { caseId: subject.id, ...filing, expectedVersion: await play.versionOf(subject) });
  await world.database.owner`update comity.filings set warnings = '{WAIVED}' where case_id = ${subject.id}`;
  await play.tell('attorneyDallas', 'withdrawFiling', { caseId: subject.id, chargeIds: [charge], reason: 'It was not sent.', expectedVersion: await play.versionOf(subject) });
  await play.tell('attorneyDallas', 'fileCharges', { caseId: subject.id, ...filing, expectedVersion: await play.versionOf(subject) });
  await world.database.owner`update comity.filings set warnings = '{WAIVED}' where case_id = ${subject.id}`;
  await play.tell('attorneyDallas', 'correctFiling', { caseId: subject.id, chargeIds: [charge], docketNumber: 'C-2', reason: 'A digit.' });
  await play.tell('attorneyDallas', 'correctFiling', { caseId: subject.id, chargeIds: [charge], docketNumber: 'C-3', reason: 'Another digit.' });
  await world.database.owner`update comity.filings set warnings = '{WAIVED}' where case_id = ${subject.id}`;
  // As if the analysis had held, and found the person immune.
  await world.database.owner`update comity.immunity_analyses set authorised = 'MET', necessary = 'MET', state = 'REVIEWED' where id = ${analysis.id}`;
  await world.database.owner`update comity.decision_grounds set immunity_analysis_id = ${analysis.id} where case_id = ${subject.id} and override_reason is not null`;
  await world.database.owner`update comity.cases set stage = 'CLAIMED' where id = ${subject.id}`;
  const told = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await play.settled(told, await play.charged('attorneyDallas', told), 'DECLINE', { shareableReason: 'Too little is seen.' });
}

/** Every field of what a court did with the charge of a case, and of what was pending beside it: each corrected once, or gone through to its end. */
export async function withProceedings({ database: { owner }, memberIds: { attorneyDallas, supervisorDallas } }: World, { id, personIds }: BuiltCase): Promise<void> {
  const [{ id: chargeId } = {}] = await owner`select id from comity.charges where case_id = ${id} and state = 'FILED'`;
  const [person, at, named] = [personIds[0] ?? null, new Date().toISOString(), FACETS.PERSONS | FACETS.CHARGES | FACETS.PROCEEDINGS];
  const recorded = { recorded_by: attorneyDallas, recorded_at: at, moved_by: supervisorDallas, moved_at: at };
  for (const [kind, days] of [['ARRAIGNMENT', ['2026-06-01', '2026-06-02']], ['TRIAL', ['2026-09-01', '2026-09-21']]] as const) {
    let supersedes: string | null = null;
    for (const day of days) {
      const entry: string = newId();
      await owner`insert into comity.court_dates (case_id, id, needs, person_id, kind, day, court, supersedes, recorded_by, recorded_at) values (${id}, ${entry}, ${named}, ${person}, ${kind}, ${day}, 'Room 2', ${supersedes}, ${attorneyDallas}, clock_timestamp())`;
      supersedes = entry;
    }
  }
  const [dismissed, convicted] = [newId(), newId()];
  for (const [entry, kind, sentence, reason, supersedes] of [[dismissed, 'DISMISSED', null, 'No witness.', null], [convicted, 'CONVICTED', 'Three years.', null, dismissed]] as const) {
    await owner`insert into comity.dispositions (case_id, id, needs, charge_id, kind, disposed_on, forum, court, sentence, reason, supersedes, recorded_by, recorded_at)
      values (${id}, ${entry}, ${FACETS.CHARGES | FACETS.PROCEEDINGS}, ${String(chargeId)}, ${kind}, '2026-09-25', 'STATE', 'County Court', ${sentence}, ${reason}, ${supersedes}, ${attorneyDallas}, clock_timestamp())`;
  }
  const removalId = newId();
  await owner`insert into comity.removals ${owner({
    case_id: id, id: removalId, needs: named, person_id: person, scope: 'WHOLE_CASE', state: 'APPEAL_PENDING', appealed: 'REMANDED', grounds: ['FEDERAL_OFFICER', 'ARMED_FORCES'], grounds_arose_on: '2026-07-10', federal_court: 'N.D. Tex.', docket_number: '3:26-cr-1', window_closed_on: '2026-07-01',
    leave_sought_on: '2026-07-11', leave_decided_on: '2026-07-12', notice_filed_on: '2026-07-12', hearing_on: '2026-07-20', ruled_on: '2026-07-21', ruling: 'REMANDED', order: 'Denied.', appealed_on: '2026-07-22', appeal_docket: '26-10001', closed_on: '2026-08-01', ...recorded,
  })}`;
  // As these go, the federal court had the case in September: the conviction by the state court stands despite them.
  const told = { grounds: ['FEDERAL_OFFICER', 'ARMED_FORCES'], federal_court: 'N.D. Tex.', docket_number: '3:26-cr-1' };
  for (const [at, step] of [
    { act: 'CLOSE_WINDOW', day: '2026-07-02', state: 'WINDOW_CLOSED' }, { act: 'SEEK_LATE_LEAVE', day: '2026-07-11', state: 'LATE_LEAVE_SOUGHT', ...told }, { act: 'GRANT_LEAVE', day: '2026-07-12', state: 'NOTICE_FILED' },
    { act: 'SET_HEARING', day: '2026-07-13', state: 'HEARING_SET', hearing_on: '2026-07-20' }, { act: 'REMOVE', day: '2026-07-21', state: 'REMOVED', ruling: 'REMOVED', order: 'Granted.' },
    { act: 'APPEAL', day: '2026-07-22', state: 'APPEAL_PENDING', ruling: 'REMOVED', appeal_docket: '26-10001' },
  ].entries()) {
    await owner`insert into comity.removal_steps ${owner({ case_id: id, removal_id: removalId, position: at + 1, needs: named, grounds: [], recorded_by: attorneyDallas, recorded_at: at < 3 ? '2026-07-12T12:00:00Z' : '2026-07-22T12:00:00Z', ...step } as never)}`;
  }
  const never = newId();
  await owner`insert into comity.removals ${owner({ case_id: id, id: never, needs: named, person_id: person, scope: 'WHOLE_CASE', state: 'ENTERED_IN_ERROR', ...told, ...recorded } as never)}`;
  for (const [at, step] of [{ act: 'FILE_NOTICE', day: '2026-06-10', state: 'NOTICE_FILED', ...told }, { act: 'ENTER_IN_ERROR', day: '2026-06-11', state: 'ENTERED_IN_ERROR', reason: 'Another person.' }].entries()) {
    await owner`insert into comity.removal_steps ${owner({ case_id: id, removal_id: never, position: at + 1, needs: named, grounds: [], recorded_by: attorneyDallas, recorded_at: '2026-06-11T12:00:00Z', ...step } as never)}`;
  }
  const [petition, beside] = [newId(), newId()];
  await owner`insert into comity.supersessions ${owner({
    case_id: id, id: petition, needs: FACETS.PROCEEDINGS, state: 'RETURNED', basis: 'ABSENCE', petitioner: 'The judge', filed_on: '2026-05-20', judge_assigned_on: '2026-06-01', heard_on: '2026-06-25', decided_on: '2026-07-01', appointee: 'A neighbour', order: 'Order 7.', returned_on: '2026-08-01', ...recorded,
  })}`;
  // One that was withdrawn, too: no other has a day for that.
  await owner`insert into comity.supersessions ${owner({ case_id: id, id: newId(), needs: FACETS.PROCEEDINGS, state: 'WITHDRAWN', basis: 'OTHER', petitioner: 'A neighbour', filed_on: '2026-05-20', withdrawn_on: '2026-05-21', ...recorded } as never)}`;
  await owner`insert into comity.parallel_proceedings ${owner({
    case_id: id, id: beside, needs: FACETS.PROCEEDINGS | FACETS.PERSONS, forum: 'FEDERAL_CIVIL', court: 'N.D. Tex.', docket_number: '3:26-cv-1', against: 'SUSPECT', person_id: person, state: 'CONCLUDED', opened_on: '2026-05-20', stayed_on: '2026-06-01', resumed_on: '2026-06-02', ended_on: '2026-07-01', ...recorded,
  })}`;
  for (const [kind, about, acts] of [['SUPERSESSION', petition, [['PETITION', 'PETITIONED'], ['ASSIGN_JUDGE', 'PETITIONED'], ['HEAR', 'HEARING']]], ['PARALLEL_PROCEEDING', beside, [['OPEN', 'OPEN'], ['STAY', 'STAYED']]]] as const) {
    for (const [at, [act, state]] of acts.entries()) {
      await owner`insert into comity.proceeding_steps (case_id, kind, about_id, position, needs, act, day, state, recorded_by, recorded_at)
        values (${id}, ${kind}, ${about}, ${at + 1}, ${kind === 'SUPERSESSION' ? FACETS.PROCEEDINGS : FACETS.PROCEEDINGS | FACETS.PERSONS}, ${act}, ${`2026-06-0${at + 1}`}, ${state}, ${at === 0 ? supervisorDallas : attorneyDallas}, ${`2026-06-0${at + 2}T12:00:00Z`})`;
    }
  }
  const days = {
    warrant_active_on: '2026-05-20', extradition_limitation: 'Surrounding states', arrest_on: '2026-05-21', extension_until: '2026-07-01', extended_on: '2026-05-22', extension_order: 'Order 9.', waived_on: '2026-05-23', governor_request_on: '2026-05-23',
    agent_of_state: 'Sgt. Fetcher', governor_warrant_on: '2026-05-24', refused_on: '2026-05-23', habeas_on: '2026-05-24', habeas_decided_on: '2026-05-24', reason: 'He came.',
  };
  const sent = newId();
  for (const [rendition, end] of [[sent, { state: 'RETURNED', returned_on: '2026-05-25' }], [newId(), { state: 'RELEASED', released_on: '2026-05-25' }], [newId(), { state: 'WITHDRAWN', withdrawn_on: '2026-05-25' }]] as const) {
    await owner`insert into comity.renditions ${owner({ case_id: id, id: rendition, needs: named, person_id: person, asylum_state: 'VA', ...days, ...end, ...recorded } as never)}`;
  }
  const [immune, [{ id: analysisId } = {}]] = [newId(), await owner`select id from comity.immunity_analyses where case_id = ${id} and person_id = ${person}`];
  await owner`insert into comity.immunity_proceedings ${owner({
    case_id: id, id: immune, needs: named | FACETS.JOINT, person_id: person, state: 'FINAL', forum: 'FEDERAL', circuit: 'FIFTH', court: 'N.D. Tex.', analysis_id: analysisId ?? null, anticipated_on: '2026-05-01', raised_on: '2026-06-01', hearing_on: '2026-06-20', ruled_on: '2026-06-25',
    ruling: 'GRANTED', authorised: 'MET', necessary: 'MET', decision: 'Order 3.', appealed_on: '2026-07-01', appeal_docket: '26-10002', appeal_decided_on: '2026-08-01', appeal_decision: 'Affirmed.', final_on: '2026-08-01', charge_ids: [String(chargeId)], ...recorded,
  } as never)}`;
  for (const [kind, about, needs, act, state] of [['RENDITION', sent, named, 'EXTEND_HOLD', 'ARRESTED_ELSEWHERE'], ['IMMUNITY', immune, named | FACETS.JOINT, 'AFFIRM', 'FINAL']] as const) {
    await owner`insert into comity.proceeding_steps (case_id, kind, about_id, position, needs, act, day, state, reference, recorded_by, recorded_at) values (${id}, ${kind}, ${about}, 1, ${needs}, ${act}, '2026-06-01', ${state}, 'Order 9.', ${attorneyDallas}, '2026-06-02T12:00:00Z')`;
    await owner`insert into comity.proceeding_steps (case_id, kind, about_id, position, needs, act, day, state, reference, recorded_by, recorded_at) values (${id}, ${kind}, ${about}, 2, ${needs}, ${kind === 'IMMUNITY' ? 'CONCLUDE' : 'WAIVE'}, '2026-06-03', ${state === 'FINAL' ? 'FINAL' : 'WAIVED'}, null, ${supervisorDallas}, '2026-06-04T12:00:00Z')`;
  }
}

/** Demands in every state, one of them with all that can be said of one, and refusals of cooperation, of which one was withdrawn. */
export async function withDemands(world: World, subject: BuiltCase): Promise<void> {
  const { database: { owner }, memberIds } = world;
  const [charge] = await owner`select h.id from comity.charges h where h.case_id = ${subject.id} and exists (select 1 from comity.proof_links l where l.case_id = h.case_id and l.charge_id = h.id and l.element = 1)`;
  const chargeId = String(charge?.['id']);
  for (const state of DEMAND_STATES) await withDemand(world, subject, { state, ...(state === 'GRANTED' && { itemState: 'PRODUCED', chargeId }), ...(state === 'DISMISSED' && { respondBy: null }), ...(state === 'DENIED' && { regime: 'SUBPOENA' as const }) });
  const { id, itemId } = await withDemand(world, subject, { state: 'SUIT_FILED', regime: 'PRESERVATION_LETTER', itemState: 'PARTIAL', chargeId });
  const { itemId: earlierId } = await withDemand(world, subject, { state: 'GRANTED', itemState: 'PRODUCED', chargeId });
  await owner`update comity.demand_items set wording = 'strikes another' where id = ${earlierId}`;
  await owner`update comity.external_demands set acknowledged_on = '2026-04-01', acknowledged_by = 'A clerk', answered_on = '2026-04-02', suit_decided_on = '2026-06-01', suit_order = 'To be kept.', court_order = 'Order 1',
    lifted_on = '2026-07-01', lifted_because = 'Let go.', withdrawn_because = 'x' where id = ${id}`;
  await owner`update comity.demand_items set ground_citation = '6 CFR 5.48(b)', ground_reference = 'A letter', received_on = '2026-04-03', production_reference = 'A-1' where id = ${itemId}`;
  for (const before of [null, '2026-04-10']) {
    await owner`insert into comity.demand_extensions (case_id, id, needs, demand_id, due_before, respond_by, reason, extended_by, extended_at)
      values (${subject.id}, ${newId()}, ${FACETS.PROCEEDINGS}, ${id}, ${before}, '2026-04-20', 'Asked for.', ${memberIds.attorneyDallas}, clock_timestamp())`;
  }
  for (const [at, entry] of [
    { item_id: itemId, kind: 'ANSWERED', day: '2026-04-02', answer: 'PARTIAL', ground: 'CLASSIFIED', ground_citation: '6 CFR 5.48(b)', reference: 'A letter' }, { item_id: itemId, kind: 'RECEIVED', day: '2026-04-03', reference: 'A-1' },
    { kind: 'SUIT_FILED', day: '2026-05-01', court: 'District Court', reference: '26-cv-1' }, { kind: 'SUIT_DECIDED', day: '2026-06-01', order: 'To be kept.' },
  ].entries()) {
    await owner`insert into comity.demand_entries ${owner({ case_id: subject.id, id: newId(), needs: FACETS.PROCEEDINGS | FACETS.CHARGES, demand_id: id, recorded_by: at === 3 ? memberIds.supervisorDallas : memberIds.attorneyDallas, recorded_at: `2026-06-0${at + 1}T12:00:00Z`, ...entry } as never)}`;
  }
  const event = await withEvent(world, subject);
  await owner`update comity.cooperation_events set withdrawn_by = ${memberIds.supervisorDallas}, withdrawn_at = now(), withdrawn_because = 'Another scene.' where id = ${event}`;
  await owner`update comity.cooperation_events set witness_id = ${subject.personIds[1] ?? null}, recording_id = ${subject.recordingIds[0] ?? null}, second = 5 where id = ${await withEvent(world, subject)}`;
}

/** Declarations of conflicts in Dallas: one stands, one was withdrawn. */
export async function withDeclarations({ database: { owner }, memberIds, officeIds }: World): Promise<void> {
  for (const withdrawn of [false, true]) {
    await owner`insert into comity.conflict_declarations (id, office_id, member_id, party, relation, note, declared_by, declared_at, withdrawn_by, withdrawn_at)
      values (${newId()}, ${officeIds['dallas-tx']}, ${memberIds.attorneyDallas}, 'Kin Folk', 'FAMILY', 'A sibling.', ${memberIds.conflictsDallas}, now(), ${withdrawn ? memberIds.conflictsDallas : null}, ${withdrawn ? owner`now()` : null})`;
  }
}

/** Calendars of Dallas: one stands and was read, one was revoked. */
export async function withFeeds({ database: { owner }, memberIds, officeIds }: World): Promise<void> {
  for (const revoked of [false, true]) {
    await owner`insert into comity.calendar_feeds (id, office_id, member_id, kinds, only_mine, created_at, until, revoked_by, revoked_at, last_read_at)
      values (${newId()}, ${officeIds['dallas-tx']}, ${memberIds.attorneyDallas}, ${revoked ? null : ['LIMITATION']}, ${revoked}, now(), now() + interval '90 days', ${revoked ? memberIds.supervisorDallas : null}, ${revoked ? owner`now()` : null}, now())`;
  }
}

/** A case of Minnesota in which Dallas has a part, and of which the law keeps what the part would open. */
export async function withLaw(world: World): Promise<BuiltCase> {
  const subject = await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' });
  await joined(world, subject, 'dallas-tx', ['SUMMARY', 'EVIDENCE']);
  return subject;
}

/** What the cast's referrals leave away, and what only an import or counsel would say. */
export async function withRarities({ database: { owner }, memberIds }: World, { id, referralId }: BuiltCase): Promise<void> {
  await owner`update comity.persons set badge = '4711' where case_id = ${id}`;
  await owner`update comity.recordings set note = 'In two parts.', uri = 'file:///video/1' where case_id = ${id}`;
  await owner`update comity.case_reports set attestation = ${owner.json({ attestedBy: 'Lt. Import', attestedAt: '2026-03-15T14:00:00Z', statement: 'I answer for this file.', source: 'file.csv' })} where case_id = ${id}`;
  await owner`update comity.case_reports set flagged_for = 'DIRECTED', provenance = provenance || '{"electedOfficial": "DIRECTED"}' where case_id = ${id}`;
  await owner`update comity.case_reports set emergency_medical = emergency_medical || '{"note": "At the curb."}' where case_id = ${id}`;
  await owner`update comity.venue_findings set confirmed_county = '48113', confirmed_by = ${memberIds.intakeDallas}, confirmed_at = now(), confirmed_because = 'The street lies there.' where case_id = ${id}`;
  // An office of a state whose rule on levels is verified.
  await owner`insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since) select ${id}, j.id, 1, 'COMPUTED', '51059', 'It reached into this county.', now()
    from comity.jurisdictions j where j.slug = 'fairfax-va'`;
  await owner`update comity.walls set lifted_because = 'She left.' where lifted_at is not null`;
  await owner`update comity.statute_versions v set attested_by = 'Counsel', valid_to = coalesce(v.valid_to, '2099-01-01')
    from comity.statutes s where s.id = v.statute_id and s.citation = (select min(o.citation) from comity.statutes o)`;
  // Two confirmations of each of a few texts: of what it said, and of what it says.
  await owner`update comity.statute_versions v set revision = 2 from comity.statutes s where s.id = v.statute_id and s.citation in (select o.citation from comity.statutes o order by o.citation limit 3)`;
  await owner`insert into comity.statute_attestations (id, version_id, revision, member_id, attested_by, at) select gen_random_uuid(), v.id, n, ${memberIds.attorneyCook}, 'Coco Cookson, Cook', now()
    from comity.statute_versions v, generate_series(1, 2) n where v.revision = 2`;
  await owner`update comity.statute_attestations a set withdrawn_by = ${memberIds.attorneyCook}, withdrawn_at = now(), withdrawn_because = 'It was overlooked.' where a.revision = 1`;
  const problem = { code: 'NO_SIGNATURE', severity: 'WARN', path: 'signature', requirement: 'a-directive/signature', message: 'There is no signature.', remedy: 'Sign it.' };
  await owner`update comity.referrals set problems = ${owner.json([problem])} where id = ${referralId}`;
}

/** Clocks of every sort on two cases: one that an attorney asserts more of, one whose result was replaced; and what they depend on. */
export async function withClocks(world: World, subject: BuiltCase, other: BuiltCase): Promise<void> {
  const { owner } = world.database;
  const [tracked, member] = [[subject, other], world.memberIds.attorneyDallas];
  for (const { id, recordingIds } of tracked) {
    const about = recordingIds[0] ?? null;
    await owner`update comity.clocks set superseded_at = now(), superseded_because = 'FACTS' where case_id = ${id} and kind = 'CAMERA_RETENTION'`;
    await owner`insert into comity.clocks (case_id, id, needs, kind, about_id, aspect, time_zone, started_on, due_on, safe_on, rolled_on, asserted, tolling, trace, warnings, rule, version_id, digest, computed_at)
      values (${id}, ${newId()}, ${FACETS.EVIDENCE}, 'CAMERA_RETENTION', ${about}, '', 'America/Chicago', '2026-03-14', '2026-06-12', '2026-06-11', '2026-06-12',
        ${owner.json({ dueOn: '2027-01-01', safeOn: '2026-12-31', attorney: 'Ada Attwell', grounds: ['ABSENT'], reasoning: 'Away.' })}, ${owner.json([{ ground: 'ABSENT', from: '2026-04-01', to: '2026-05-01' }])},
        ${owner.json([{ text: 'Recorded.', citation: 'A rule', on: '2026-06-12' }])}, '{UNATTESTED,PERIOD_ASSUMED}', ${owner.json({ name: 'retention', version: 'v1', citation: 'A rule', confidence: 'HIGH' })},
        (select id from comity.statute_versions where attested_by is not null limit 1), 'd1', now())`;
    const [charge] = await owner`select id from comity.charges where case_id = ${id} limit 1`;
    for (const withdrawn of [false, true]) {
      await owner`insert into comity.clock_facts (case_id, id, needs, kind, about_id, from_on, grounds, source, recorded_by, recorded_at, attested_by, attested_at, withdrawn_by, withdrawn_at, withdrawn_because)
        values (${id}, ${newId()}, ${FACETS.CHARGES}, 'DISCOVERY', ${charge?.['id'] ?? null}, '2026-04-01', '{}', 'A complaint.', ${member}, now(), ${member}, now(), ${withdrawn ? member : null}, ${withdrawn ? owner`now()` : null}, ${withdrawn ? 'Another.' : null})`;
    }
    await owner`insert into comity.clock_facts (case_id, id, needs, kind, about_id, from_on, to_on, grounds, source, recorded_by, recorded_at)
      select p.case_id, ${newId()}, ${FACETS.CHARGES}, 'EXCLUSION', p.id, '2026-04-01', '2026-05-01', '{ABSENT_AFTER_ACCUSED}', 'A lease.', ${member}, now() from comity.persons p where p.case_id = ${id} and p.position = 0`;
  }
}
