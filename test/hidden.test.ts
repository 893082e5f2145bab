import { getNamedType, isEnumType, isInputObjectType, isObjectType, type GraphQLInputType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { servedSchema } from '../src/schema.ts';
import { item, served, withDemand } from './demands.world.ts';
import { furnishedCase, incidentIn, statuteOf } from './policies.world.ts';
import { completeReferral, openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
/** A case of Dallas, with notes and a charge; hidden from Hennepin, and from whoever of Dallas is walled off it. */
let hidden: BuiltCase;
/** A case that Hennepin leads, and one of Dallas that a walled member of Dallas still sees. */
let ofHennepin: BuiltCase;
let ofDallas: BuiltCase;
/** A case that the guest office leads and offers to Hennepin. */
let offered: BuiltCase;
let offer: string;
/** Chicago police, whose drafts are hidden from all others. */
let chicago: string;
/** Ids of what hangs on the hidden case. */
const parts = { annotation: '', feed: newId(), charge: '', assignment: '', invitation: '', transfer: '', contest: '', authorisation: '', statute: '', statuteOfHennepin: '', statuteOfDallas: '', wall: '', seal: '', item: '', agency: '', declaration: newId(), draft: newId(), proposal: newId(), immunity: '', immunityOfHennepin: newId(), unit: newId(), unitOfHennepin: newId(), use: '', link: '', fact: '', chargeOf: { dallas: newId(), hennepin: newId() }, decision: '', analysis: '', notice: '', chargeOfHennepin: newId(), disposition: '', courtDate: '', removal: '', supersession: '', proceeding: '', rendition: '', identification: '', pack: newId(), packProposed: newId(), demand: '', demandItem: '', event: '', draftOf: { dallas: '', hennepin: '' }, servedOf: { dallas: '', hennepin: '' }, grantedOf: { dallas: '', hennepin: '' } };
beforeAll(async () => {
  world = await openWorld();
  hidden = await furnishedCase(world, { claimedBy: 'attorneyDallas' });
  ofDallas = await world.buildCase({ claimedBy: 'secondDallas' });
  ofHennepin = await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' });
  offered = await world.buildCase({ referral: incidentIn('17031'), claimedBy: 'attorneyCook' });
  offer = newId();
  const { owner } = world.database;
  await owner`insert into comity.transfers (case_id, id, needs, from_id, to_id, residual, reason, state, proposed_by, proposed_at)
    values (${offered.id}, ${offer}, 1, ${world.officeIds['cook-il']}, ${world.officeIds['hennepin-mn']}, 'NONE', 'It began there.', 'PROPOSED', ${world.memberIds.attorneyCook}, now())`;
  await owner`select comity.compute_sight(${offered.id})`;
  await owner`insert into comity.closings (case_id, subject, facets, cause, ref) values (${hidden.id}, ${world.memberIds.secondDallas}, 65535, 'WALL', ${newId()})`;
  await owner`insert into comity.conflict_declarations (id, office_id, member_id, party, relation, declared_by, declared_at)
    values (${parts.declaration}, ${world.officeIds['dallas-tx']}, ${world.memberIds.attorneyDallas}, 'Kin Folk', 'FAMILY', ${world.memberIds.attorneyDallas}, now())`;
  await owner`insert into comity.calendar_feeds (id, office_id, member_id, only_mine, created_at, until) values (${parts.feed}, ${world.officeIds['dallas-tx']}, ${world.memberIds.attorneyDallas}, false, now(), now() + interval '1 day')`;
  for (const [id, version, state] of [[parts.draft, 1_001, 'DRAFT'], [parts.proposal, 1_002, 'PROPOSED']] as const) {
    await owner`insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_by, drafted_at, proposed_by)
      values (${id}, ${world.officeIds['dallas-tx']}, ${version}, ${state}, 'Not yet in force', ${world.memberIds.supervisorDallas}, now(), ${state === 'PROPOSED' ? world.memberIds.supervisorDallas : null})`;
  }
  for (const [id, state] of [[parts.pack, 'DRAFT'], [parts.packProposed, 'PROPOSED']] as const) {
    await owner`insert into comity.readiness_packs (id, agency_id, slug, version, state, title, issued_by, basis, valid_from, drafted_by, drafted_at, proposed_by)
      select ${id}::text::uuid, m.agency_id, ${`of-chicago-${state.toLowerCase()}`}, 1, ${state}, 'Order', 'Superintendent', 'Order 1.', '2026-03-01', m.id, now(), case when ${state}::text = 'PROPOSED' then m.id end from comity.members m where m.id = ${world.memberIds.chiefChicagoPolice}`;
  }
  for (const [id, office, member] of [[parts.unit, 'dallas-tx', 'attorneyDallas'], [parts.unitOfHennepin, 'hennepin-mn', 'attorneyHennepin']] as const) {
    await owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${id}, ${world.officeIds[office]}, 'Public Integrity', ${world.memberIds[member]}, now())`;
    await owner`insert into comity.unit_members (unit_id, member_id, since, added_by) values (${id}, ${world.memberIds[member]}, now(), ${world.memberIds[member]})`;
  }
  for (const [name, built, office] of [['dallas', ofDallas, 'dallas-tx'], ['hennepin', ofHennepin, 'hennepin-mn']] as const) {
    parts.draftOf[name] = (await withDemand(world, built, { office, state: 'DRAFT' })).id;
    parts.servedOf[name] = (await withDemand(world, built, { office })).id;
    parts.grantedOf[name] = (await withDemand(world, built, { office, state: 'GRANTED' })).id;
  }
  const [demanded] = await owner`select i.demand_id as demand, i.id as "demandItem", (select e.id from comity.cooperation_events e where e.case_id = i.case_id) as event from comity.demand_items i where i.case_id = ${hidden.id}`;
  Object.assign(parts, demanded);
  chicago = String((await owner`select agency_id from comity.members where id = ${world.memberIds.chiefChicagoPolice}`)[0]?.['agency_id']);
  const [found] = await owner`select (select id from comity.annotations where case_id = ${hidden.id} limit 1) as annotation, (select id from comity.walls where case_id = ${hidden.id}) as wall, (select id from comity.seals where case_id = ${hidden.id}) as seal, (select id from comity.return_items where case_id = ${hidden.id}) as item, (select id from comity.dispositions where case_id = ${hidden.id}) as disposition, (select id from comity.court_dates where case_id = ${hidden.id}) as "courtDate", (select id from comity.removals where case_id = ${hidden.id}) as removal,
    (select id from comity.supersessions where case_id = ${hidden.id}) as supersession, (select id from comity.parallel_proceedings where case_id = ${hidden.id}) as proceeding, (select id from comity.renditions where case_id = ${hidden.id}) as rendition, (select id from comity.immunity_proceedings where case_id = ${hidden.id}) as immunity, (select id from comity.charges where case_id = ${hidden.id}) as charge, (select id from comity.decisions where case_id = ${hidden.id}) as decision, (select id from comity.person_identifications where case_id = ${hidden.id}) as identification, (select id from comity.immunity_analyses where case_id = ${hidden.id}) as analysis, (select id from comity.victim_notices where case_id = ${hidden.id}) as notice, (select agency_id from comity.cases where id = ${hidden.id}) as agency,
    (select id from comity.responsibilities where case_id = ${hidden.id}) as invitation, (select id from comity.transfers where case_id = ${hidden.id}) as transfer, (select id from comity.venue_contests where case_id = ${hidden.id}) as contest, (select id from comity.authorisations where case_id = ${hidden.id}) as authorisation, (select id from comity.glass_uses where case_id = ${hidden.id}) as use,
    (select id from comity.assignments where case_id = ${hidden.id}) as assignment, (select statute_id from comity.charges where case_id = ${hidden.id}) as statute, (select id from comity.proof_links where case_id = ${hidden.id}) as link, (select id from comity.clock_facts where case_id = ${hidden.id}) as fact`;
  for (const [built, charge] of [[ofDallas, parts.chargeOf.dallas], [ofHennepin, parts.chargeOf.hennepin]] as const) {
    await owner`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
      select ${built.id}, ${charge}, 16, ${built.personIds[0] ?? null}, v.statute_id, v.id, 1, '2026-03-14', 'PROPOSED', '{}', ${newId()}, now() from comity.statute_versions v where jsonb_array_length(v.elements) > 0 and v.statute_id <> ${found?.['statute']} limit 1`;
  }
  // A charge of Hennepin is in court, where immunity is raised.
  const [filed, person] = [newId(), ofHennepin.personIds[0] ?? null];
  await owner`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
    select ${ofHennepin.id}, ${filed}, 16, ${person}, v.statute_id, v.id, 2, '2026-03-14', 'FILED', '{}', ${world.memberIds.attorneyHennepin}, now() from comity.statute_versions v where v.statute_id not in (select h.statute_id from comity.charges h) limit 1`;
  await owner`insert into comity.filings (case_id, charge_id, needs, instrument, court, docket_number, filed_on, warnings, recorded_by, recorded_at) values (${ofHennepin.id}, ${filed}, 16, 'COMPLAINT', 'x', 'x', '2026-05-04', '{}', ${world.memberIds.attorneyHennepin}, now())`;
  await owner`insert into comity.immunity_proceedings (case_id, id, needs, person_id, state, forum, court, raised_on, charge_ids, recorded_by, recorded_at, moved_by, moved_at)
    values (${ofHennepin.id}, ${parts.immunityOfHennepin}, 84, ${person}, 'RAISED', 'STATE', 'x', '2026-06-01', '{}', ${world.memberIds.attorneyHennepin}, now(), ${world.memberIds.attorneyHennepin}, now())`;
  await owner`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
    select ${ofHennepin.id}, ${parts.chargeOfHennepin}, 16, ${ofHennepin.personIds[0] ?? null}, v.statute_id, v.id, 1, '2026-03-14', 'PROPOSED', '{}', ${world.memberIds.attorneyHennepin}, now() from comity.statute_versions v where v.statute_id = ${await statuteOf(world, ofHennepin)} limit 1`;
  Object.assign(parts, found, { statuteOfHennepin: await statuteOf(world, ofHennepin), statuteOfDallas: await statuteOf(world, ofDallas) });
});
afterAll(() => world.close());

/** All bytes of an answer: status, headers but for the date, the length, the request's own id and whether its connection has served enough, body. */
async function bytes(who: CastMember, query: string, variables: unknown): Promise<string> {
  const response = await fetch(`${world.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.as(who).token()}` },
    body: JSON.stringify({ query, variables }),
  });
  const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id', 'content-length', 'connection', 'keep-alive'].includes(name));
  return JSON.stringify([response.status, headers, await response.text()]);
}

const mutation = (field: string, selection = 'case { id number stage version }') =>
  `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;

interface Question {
  /** Root field and argument, as `field.path.to.argument`. */
  readonly of: string;
  readonly document: string;
  /** Those from whom the thing is hidden. */
  readonly who: readonly CastMember[];
  /** The id (or number) that is hidden, and one of the same form that is absent. */
  readonly hidden: (who: CastMember) => string;
  readonly absent?: string;
  readonly variables: (id: string, who: CastMember) => Readonly<Record<string, unknown>>;
}

const STRANGERS = ['attorneyHennepin', 'supervisorHennepin', 'secondDallas'] as const;
const ownCase = (who: CastMember) => (who === 'secondDallas' ? ofDallas : ofHennepin);
const chargeOf = (who: CastMember) => parts.chargeOf[who === 'secondDallas' ? 'dallas' : 'hennepin'];
const IDENTITY = { name: 'Off Eyser', source: 'x', confidence: 'LOW' };
const SENT = completeReferral('R-OF-THE-FILE');
const CASE_ID = () => hidden.id;
const CASE = 'query ($id: ID) { case(id: $id) { id number report { narrative } persons { name } annotations { nodes { body } totalCount } charges { id } events { totalCount } team { id } } }';
const EXPLAIN = 'query ($id: ID!, $member: ID) { explainAccess(caseId: $id, memberId: $member) { facets { facet rule } } }';
const LISTED = 'query ($filter: CaseFilter) { cases(filter: $filter) { totalCount totalCountCapped nodes { number } pageInfo { hasNextPage endCursor } } }';

const BOOK = 'id version title sharing { basis } tests { facet }';
/** Who reads rule books, but for the office's own drafts. */
const OTHER_OFFICES = ['attorneyHennepin', 'supervisorHennepin', 'attorneyCook', 'administrator', 'auditor'] as const;

const PACKS = 'query ($filter: ReadinessPackFilter) { readinessPacks(filter: $filter) { totalCount nodes { id slug requirements { key } } edges { cursor } pageInfo { hasNextPage } } }';
const ORDER = { slug: 'an-order', title: 'Order', issuedBy: 'Chief', basis: 'Order 1.', validFrom: '2026-03-01' };
/** Who keeps packs, but for Chicago police. */
const OTHER_KEEPERS = ['chiefDallasPolice', 'administrator'] as const;

const QUESTIONS: readonly Question[] = [
  { of: 'case.id', document: CASE, who: [...STRANGERS, 'administrator'], hidden: CASE_ID, variables: (id) => ({ id }) },
  { of: 'case.number', document: 'query ($number: String) { case(number: $number) { id } }', who: [...STRANGERS, 'administrator'], hidden: () => hidden.number, absent: 'DAL-2026-999999', variables: (number) => ({ number }) },
  { of: 'verifyTrail.caseId', document: 'query ($id: ID) { verifyTrail(caseId: $id) { intact events cases faults { kind } } }', who: ['supervisorHennepin'], hidden: CASE_ID, variables: (id) => ({ id }) },
  { of: 'accessLog.caseId', document: 'query ($id: ID) { accessLog(caseId: $id) { totalCount nodes { at member { name } } } }', who: ['supervisorHennepin'], hidden: CASE_ID, variables: (id) => ({ id }) },
  {
    of: 'accessLog.filter.memberId', document: 'query ($id: ID, $caseId: ID) { accessLog(caseId: $caseId, filter: { memberId: $id }) { totalCount nodes { at } } }', who: ['supervisorHennepin'],
    hidden: () => world.memberIds.supervisorDallas, variables: (id) => ({ id, caseId: ofHennepin.id }),
  },
  { of: 'explainAccess.caseId', document: EXPLAIN, who: STRANGERS, hidden: CASE_ID, variables: (id) => ({ id }) },
  { of: 'explainAccess.memberId', document: EXPLAIN, who: ['supervisorDallas'], hidden: () => world.memberIds.chiefChicagoPolice, variables: (member) => ({ id: hidden.id, member }) },
  { of: 'referral.id', document: 'query ($id: ID!) { referral(id: $id) { id state } }', who: ['chiefChicagoPolice'], hidden: () => hidden.referralId, variables: (id) => ({ id }) },
  { of: 'referralOriginal.referralId', document: 'query ($id: ID!) { referralOriginal(referralId: $id) }', who: ['chiefChicagoPolice'], hidden: () => hidden.referralId, variables: (id) => ({ id }) },
  {
    of: 'validateReferral.input.attestedBy', document: mutation('validateReferral', 'acceptable problems { code path message }'), who: ['chiefDallasPolice'], hidden: () => world.memberIds.chiefChicagoPolice,
    variables: (attestedBy) => ({ input: { referral: SENT, attestedBy } }),
  },
  {
    of: 'submitReferrals.input.attestation.attestedBy', document: mutation('submitReferrals', 'received'), who: ['chiefDallasPolice'], hidden: () => world.memberIds.chiefChicagoPolice,
    variables: (attestedBy) => ({ input: { referrals: [{ idempotencyKey: 'an-import', referral: SENT }], attestation: { attestedBy, statement: 'I answer for this file.', source: 'file.csv', sha256: '0'.repeat(64) } } }),
  },

  { of: 'cases.filter.assignee', document: LISTED, who: ['attorneyHennepin'], hidden: () => world.memberIds.attorneyDallas, variables: (assignee) => ({ filter: { assignee } }) },
  { of: 'cases.filter.unit', document: LISTED, who: STRANGERS, hidden: () => parts.unit, variables: (unit) => ({ filter: { unit } }) },
  { of: 'cases.filter.lead', document: LISTED, who: ['attorneyHennepin'], hidden: () => world.officeIds['dallas-tx'], variables: (lead) => ({ filter: { lead } }) },
  { of: 'cases.filter.statute', document: LISTED, who: STRANGERS, hidden: () => parts.statute, variables: (statute) => ({ filter: { statute } }) },
  { of: 'cases.filter.agency', document: LISTED.replace('nodes', 'edges { cursor } nodes'), who: ['attorneyCook'], hidden: () => world.officeIds['dallas-tx'], variables: (agency) => ({ filter: { agency } }) },
  { of: 'cases.filter.text', document: LISTED, who: STRANGERS, hidden: () => hidden.number, absent: 'DAL-2026-999999', variables: (text) => ({ filter: { text } }) },

  { of: 'claimCase.input.caseId', document: mutation('claimCase'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, expectedVersion: hidden.version } }) },
  { of: 'claimCase.input.assignTo', document: mutation('claimCase'), who: ['attorneyHennepin'], hidden: () => world.memberIds.attorneyDallas, variables: (assignTo) => ({ input: { caseId: ofHennepin.id, expectedVersion: 1, assignTo } }) },
  { of: 'releaseCase.input.caseId', document: mutation('releaseCase'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, expectedVersion: hidden.version } }) },
  { of: 'routeCase.input.caseId', document: mutation('routeCase'), who: ['administrator'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, jurisdictionId: world.officeIds['cook-il'], reason: 'Nearest.', expectedVersion: hidden.version } }) },
  { of: 'routeCase.input.jurisdictionId', document: mutation('routeCase'), who: ['administrator'], hidden: () => world.memberIds.attorneyDallas, variables: (jurisdictionId) => ({ input: { caseId: hidden.id, jurisdictionId, reason: 'x', expectedVersion: 1 } }) },
  { of: 'assignCase.input.caseId', document: mutation('assignCase'), who: STRANGERS, hidden: CASE_ID, variables: (caseId, who) => ({ input: { caseId, memberId: world.memberIds[who], role: 'TRIAL' } }) },
  { of: 'assignCase.input.memberId', document: mutation('assignCase'), who: ['attorneyHennepin', 'secondDallas'], hidden: (who) => world.memberIds[who === 'secondDallas' ? 'supervisorHennepin' : 'attorneyDallas'], variables: (memberId, who) => ({ input: { caseId: ownCase(who).id, memberId, role: 'TRIAL' } }) },
  {
    of: 'assignCase.input.replaces.assignmentId', document: mutation('assignCase'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.assignment,
    variables: (assignmentId, who) => ({ input: { caseId: ownCase(who).id, memberId: who === 'secondDallas' ? world.memberIds.supervisorDallas : world.memberIds.supervisorHennepin, role: 'TRIAL', replaces: { assignmentId, expectedVersion: 1 } } }),
  },
  { of: 'unassignCase.input.caseId', document: mutation('unassignCase'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, assignmentId: parts.assignment, expectedVersion: 1 } }) },
  { of: 'unassignCase.input.assignmentId', document: mutation('unassignCase'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.assignment, variables: (assignmentId, who) => ({ input: { caseId: ownCase(who).id, assignmentId, expectedVersion: 1 } }) },

  { of: 'recuse.input.caseId', document: mutation('recuse'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, note: 'A former client.' } }) },
  { of: 'imposeWall.input.caseId', document: mutation('imposeWall'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, subject: { kind: 'MEMBER', id: world.memberIds.attorneyHennepin }, ground: 'FAMILY', note: 'x' } }) },
  { of: 'imposeWall.input.subject.id', document: mutation('imposeWall'), who: ['supervisorHennepin'], hidden: () => world.memberIds.chiefDallasPolice, variables: (id) => ({ input: { caseId: ofHennepin.id, subject: { kind: 'MEMBER', id }, ground: 'FAMILY', note: 'x' } }) },
  { of: 'liftWall.input.caseId', document: mutation('liftWall'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, wallId: parts.wall, reason: 'x' } }) },
  { of: 'liftWall.input.wallId', document: mutation('liftWall'), who: ['supervisorHennepin'], hidden: () => parts.wall, variables: (wallId) => ({ input: { caseId: ofHennepin.id, wallId, reason: 'x' } }) },
  { of: 'conflictDeclarations.memberId', document: 'query ($id: ID) { conflictDeclarations(memberId: $id) { totalCount nodes { party } } }', who: STRANGERS, hidden: () => world.memberIds.attorneyDallas, variables: (id) => ({ id }) },
  { of: 'revokeCalendarFeed.input.feedId', document: mutation('revokeCalendarFeed', 'feed { id }'), who: STRANGERS, hidden: () => parts.feed, variables: (id) => ({ input: { feedId: id } }) },
  { of: 'declareConflict.input.memberId', document: mutation('declareConflict', 'declaration { id }'), who: ['supervisorHennepin'], hidden: () => world.memberIds.attorneyDallas, variables: (memberId) => ({ input: { memberId, party: 'Kin Folk', relation: 'FAMILY' } }) },
  { of: 'withdrawDeclaration.input.declarationId', document: mutation('withdrawDeclaration', 'declaration { id }'), who: STRANGERS, hidden: () => parts.declaration, variables: (declarationId) => ({ input: { declarationId } }) },

  { of: 'sealCase.input.caseId', document: mutation('sealCase'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, audience: { members: [world.memberIds.supervisorHennepin] }, order: 'An order' } }) },
  ...([['members', () => world.memberIds.attorneyDallas], ['units', () => parts.unit], ['offices', () => world.officeIds['dallas-tx']]] as const).map(([kind, of]): Question => ({
    of: `sealCase.input.audience.${kind}`, document: mutation('sealCase'), who: ['supervisorHennepin'], hidden: of, variables: (id) => ({ input: { caseId: ofHennepin.id, audience: { [kind]: [id] }, order: 'An order' } }),
  })),
  ...([['proposeUnsealing', { reason: 'x' }], ['cancelUnsealing', {}], ['unseal', {}]] as const).flatMap(([field, more]): Question[] => [
    { of: `${field}.input.caseId`, document: mutation(field), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, sealId: parts.seal, ...more } }) },
    { of: `${field}.input.sealId`, document: mutation(field), who: ['supervisorHennepin'], hidden: () => parts.seal, variables: (sealId) => ({ input: { caseId: ofHennepin.id, sealId, ...more } }) },
  ]),
  ...([['placeInCompartment', { basis: 'DERIVED' }], ['releaseFromCompartment', { finding: 'COURT_ORDER' }]] as const).flatMap(([field, more]): Question[] => [
    { of: `${field}.input.caseId`, document: mutation(field), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, compartment: 'COMPELLED', target: { kind: 'RECORDING', id: hidden.recordingIds[0] }, ...more } }) },
    {
      of: `${field}.input.target.id`, document: mutation(field), who: ['attorneyHennepin', 'secondDallas'], hidden: () => hidden.recordingIds[0] ?? '',
      variables: (id, who) => ({ input: { caseId: ownCase(who).id, compartment: 'COMPELLED', target: { kind: 'RECORDING', id }, ...more } }),
    },
  ]),

  ...([['acceptReferral', {}], ['returnReferral', { items: [{ category: 'OTHER', description: 'A form.', dueOn: '2999-01-01' }] }], ['refuseReferral', { reason: 'OTHER', note: 'x' }], ['answerWithdrawalRequest', { grant: true, note: 'x' }]] as const).flatMap(([field, more]): Question[] => [
    { of: `${field}.input.caseId`, document: mutation(field), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, ...more } }) },
    { of: `${field}.input.referralId`, document: mutation(field), who: ['attorneyHennepin', 'secondDallas'], hidden: () => hidden.referralId, variables: (referralId, who) => ({ input: { caseId: ownCase(who).id, referralId, ...more } }) },
  ]),
  ...([['waiveReturnItem', {}], ['cancelReturnItem', {}], ['resolveDispute', { outcome: 'UPHELD', note: 'x' }]] as const).flatMap(([field, more]): Question[] => {
    const document = mutation(field, 'item { id } case { id }');
    return [
      { of: `${field}.input.caseId`, document, who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, itemId: parts.item, ...more } }) },
      { of: `${field}.input.itemId`, document, who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.item, variables: (itemId, who) => ({ input: { caseId: ownCase(who).id, itemId, ...more } }) },
    ];
  }),
  { of: 'answerReturn.input.referralId', document: mutation('answerReturn', 'referral { id }'), who: ['chiefChicagoPolice'], hidden: () => hidden.referralId, variables: (referralId) => ({ input: { referralId, answers: [{ itemId: parts.item, note: 'x' }] } }) },
  { of: 'answerReturn.input.answers.itemId', document: mutation('answerReturn', 'referral { id }'), who: ['chiefDallasPolice'], hidden: () => parts.item, variables: (itemId) => ({ input: { referralId: ofDallas.referralId, answers: [{ itemId, note: 'x' }] } }) },
  { of: 'disputeReturnItem.input.itemId', document: mutation('disputeReturnItem', 'item { id }'), who: ['chiefChicagoPolice', 'chiefDallasPolice'], hidden: () => parts.item, variables: (itemId) => ({ input: { itemId, reason: 'x' } }) },
  {
    of: 'supplementReferral.input.referralId', document: mutation('supplementReferral', 'outcome referral { id }'), who: ['chiefChicagoPolice'], hidden: () => hidden.referralId,
    variables: (referralId) => ({ input: { idempotencyKey: 'a-supplement', referralId, supplement: { narrative: 'x' } } }),
  },
  {
    of: 'supplementReferral.input.supplement.answers.itemId', document: mutation('supplementReferral', 'outcome'), who: ['chiefDallasPolice'], hidden: () => parts.item,
    variables: (itemId) => ({ input: { idempotencyKey: 'another-supplement', referralId: ofDallas.referralId, supplement: { answers: [{ itemId, note: 'x' }] } } }),
  },
  {
    of: 'agencyScorecard.agency', document: 'query ($id: ID) { agencyScorecard(agency: $id, from: "2026-01-01", to: "2028-12-31") { agencyId rows { month unit referrals } } }', who: ['chiefChicagoPolice'],
    hidden: () => parts.agency, variables: (id) => ({ id }),
  },
  ...(['withdrawReferral', 'requestWithdrawal'] as const).map((field): Question => (
    { of: `${field}.input.referralId`, document: mutation(field, 'referral { id }'), who: ['chiefChicagoPolice'], hidden: () => hidden.referralId, variables: (referralId) => ({ input: { referralId, reason: 'x' } }) }
  )),

  { of: 'annotateCase.input.caseId', document: mutation('annotateCase'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, target: { kind: 'CASE' }, kind: 'NOTE', body: 'A remark.' } }) },
  { of: 'annotateCase.input.target.id', document: mutation('annotateCase'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => hidden.personIds[0] ?? '', variables: (id, who) => ({ input: { caseId: ownCase(who).id, target: { kind: 'PERSON', id }, kind: 'NOTE', body: 'A remark.' } }) },
  { of: 'reviseAnnotation.input.caseId', document: mutation('reviseAnnotation'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, annotationId: parts.annotation, expectedRevision: 1, body: 'Another.' } }) },
  { of: 'reviseAnnotation.input.annotationId', document: mutation('reviseAnnotation'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.annotation, variables: (annotationId, who) => ({ input: { caseId: ownCase(who).id, annotationId, expectedRevision: 1, body: 'Another.' } }) },

  { of: 'proposeCharge.input.caseId', document: mutation('proposeCharge'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, personId: hidden.personIds[0], statuteId: parts.statuteOfDallas, counts: 1 } }) },
  {
    of: 'proposeCharge.input.personId', document: mutation('proposeCharge'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => hidden.personIds[0] ?? '',
    variables: (personId, who) => ({ input: { caseId: ownCase(who).id, personId, statuteId: who === 'secondDallas' ? parts.statuteOfDallas : parts.statuteOfHennepin, counts: 1 } }),
  },
  { of: 'proposeCharge.input.statuteId', document: mutation('proposeCharge'), who: ['attorneyHennepin'], hidden: () => hidden.id, variables: (statuteId) => ({ input: { caseId: ofHennepin.id, personId: ofHennepin.personIds[0], statuteId, counts: 1 } }) },
  { of: 'withdrawCharge.input.caseId', document: mutation('withdrawCharge'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, chargeId: parts.charge } }) },
  { of: 'withdrawCharge.input.chargeId', document: mutation('withdrawCharge'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.charge, variables: (chargeId, who) => ({ input: { caseId: ownCase(who).id, chargeId } }) },
  { of: 'nameChargeLevel.input.caseId', document: mutation('nameChargeLevel'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, chargeId: parts.charge, level: 'FELONY', reason: 'x' } }) },
  { of: 'nameChargeLevel.input.chargeId', document: mutation('nameChargeLevel'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.charge, variables: (chargeId, who) => ({ input: { caseId: ownCase(who).id, chargeId, level: 'FELONY', reason: 'x' } }) },
  ...(['relateCharge', 'unrelateCharge'] as const).flatMap((field): Question[] => [
    { of: `${field}.input.caseId`, document: mutation(field), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, chargeId: parts.charge, lesserOf: newId(), reason: 'x' } }) },
    { of: `${field}.input.chargeId`, document: mutation(field), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.charge, variables: (chargeId, who) => ({ input: { caseId: ownCase(who).id, chargeId, lesserOf: chargeOf(who), reason: 'x' } }) },
    ...(['lesserOf', 'alternativeTo'] as const).map((relation): Question => (
      { of: `${field}.input.${relation}`, document: mutation(field), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.charge, variables: (otherId, who) => ({ input: { caseId: ownCase(who).id, chargeId: chargeOf(who), [relation]: otherId, reason: 'x' } }) }
    )),
  ]),
  { of: 'identifyPerson.input.caseId', document: mutation('identifyPerson'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, personId: hidden.personIds[0], ...IDENTITY } }) },
  { of: 'identifyPerson.input.personId', document: mutation('identifyPerson'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => hidden.personIds[0] ?? '', variables: (personId, who) => ({ input: { caseId: ownCase(who).id, personId, ...IDENTITY } }) },
  { of: 'withdrawIdentification.input.caseId', document: mutation('withdrawIdentification'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, identificationId: parts.identification, reason: 'x' } }) },
  { of: 'withdrawIdentification.input.identificationId', document: mutation('withdrawIdentification'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.identification, variables: (identificationId, who) => ({ input: { caseId: ownCase(who).id, identificationId, reason: 'x' } }) },
  { of: 'proofMatrix.caseId', document: 'query ($id: ID!) { proofMatrix(caseId: $id) { id charges { id } gaps { text } } }', who: STRANGERS, hidden: CASE_ID, variables: (id) => ({ id }) },
  ...([
    ['linkProof', { element: 1, sourceKind: 'REPORT', polarity: 'SUPPORTS', reasoning: 'x' }], ['assessElement', { element: 1, verdict: 'MET', reasoning: 'x' }],
    ['askForElement', { element: 1, category: 'OTHER', description: 'x', dueOn: '2999-06-01' }],
  ] as const).flatMap(([field, more]): Question[] => [
    { of: `${field}.input.caseId`, document: mutation(field), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, chargeId: parts.charge, ...more } }) },
    { of: `${field}.input.chargeId`, document: mutation(field), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.charge, variables: (chargeId, who) => ({ input: { caseId: ownCase(who).id, chargeId, ...more } }) },
  ]),
  { of: 'withdrawProofLink.input.caseId', document: mutation('withdrawProofLink'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, linkId: parts.link } }) },
  { of: 'withdrawProofLink.input.linkId', document: mutation('withdrawProofLink'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.link, variables: (linkId, who) => ({ input: { caseId: ownCase(who).id, linkId } }) },
  { of: 'linkProof.input.sourceId', document: mutation('linkProof'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => hidden.recordingIds[0] ?? '', variables: (sourceId, who) => ({ input: { caseId: ownCase(who).id, chargeId: parts.chargeOf[who === 'secondDallas' ? 'dallas' : 'hennepin'], element: 1, sourceKind: 'RECORDING', sourceId, polarity: 'SUPPORTS', reasoning: 'x' } }) },
  { of: 'askForElement.input.referralId', document: mutation('askForElement'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => hidden.referralId, variables: (referralId, who) => ({ input: { caseId: ownCase(who).id, chargeId: parts.chargeOf[who === 'secondDallas' ? 'dallas' : 'hennepin'], element: 1, referralId, category: 'OTHER', description: 'x', dueOn: '2999-06-01' } }) },

  ...decisionQuestions(),
  ...([
    ['recordClockFact', { kind: 'DISCOVERY', from: '2026-04-01', source: 'x' }, 'aboutId', () => parts.charge], ['assertLimitation', { grounds: ['PUBLIC_OFFICE'], reasoning: 'x' }, 'chargeId', () => parts.charge],
    ['endExclusion', { on: '2026-04-01' }, 'factId', () => parts.fact], ['attestDiscovery', {}, 'factId', () => parts.fact], ['withdrawClockFact', { because: 'x' }, 'factId', () => parts.fact],
  ] as const).flatMap(([field, more, key, of]): Question[] => [
    { of: `${field}.input.caseId`, document: mutation(field), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, [key]: of(), ...more } }) },
    { of: `${field}.input.${key}`, document: mutation(field), who: ['attorneyHennepin', 'secondDallas'], hidden: of, variables: (id, who) => ({ input: { caseId: ownCase(who).id, [key]: id, ...more } }) },
  ]),
  ...([
    ['waiting', 'WaitingFilter', 'kind id', ['lead', 'member']], ['charges', 'ChargeFilter', 'id', ['lead', 'statute']], ['unassessedElements', 'UnassessedElementFilter', 'text', ['lead', 'assignee', 'statute']],
  ] as const).flatMap(([field, filter, selection, keys]) => keys.map((key): Question => ({
    of: `${field}.filter.${key}`, document: `query ($filter: ${filter}) { ${field}(filter: $filter) { totalCount nodes { ${selection} } pageInfo { hasNextPage } } }`, who: ['attorneyHennepin'],
    hidden: () => ({ lead: world.officeIds['dallas-tx'], member: world.memberIds.supervisorDallas, assignee: world.memberIds.attorneyDallas, statute: parts.statute })[key], variables: (id) => ({ filter: { [key]: id } }),
  }))),
  { of: 'clocks.filter.lead', document: 'query ($filter: ClockFilter) { clocks(filter: $filter) { totalCount nodes { id } pageInfo { hasNextPage } } }', who: ['attorneyHennepin'], hidden: () => world.officeIds['dallas-tx'], variables: (lead) => ({ filter: { lead } }) },
  { of: 'clocks.filter.assignee', document: 'query ($filter: ClockFilter) { clocks(filter: $filter) { totalCount nodes { id } pageInfo { hasNextPage } } }', who: ['attorneyHennepin'], hidden: () => world.memberIds.attorneyDallas, variables: (assignee) => ({ filter: { assignee } }) },
  ...federalQuestions(),

  { of: 'confirmVenue.input.caseId', document: mutation('confirmVenue'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, countyFips: '48113', reason: 'x', expectedVersion: hidden.version } }) },
  { of: 'sameIncident.caseId', document: 'query ($id: ID!) { sameIncident(caseId: $id) { hits { officeName matchedBy } } }', who: STRANGERS, hidden: CASE_ID, variables: (id) => ({ id }) },
  ...(['judgeDuplicate', 'undoDuplicate'] as const).flatMap((field): Question[] => {
    const more = field === 'judgeDuplicate' ? { verdict: 'DUPLICATE', reason: 'Sent twice.' } : {};
    return [
      { of: `${field}.input.caseId`, document: mutation(field), who: STRANGERS, hidden: CASE_ID, variables: (caseId, who) => ({ input: { caseId, otherId: ownCase(who).id, expectedVersion: hidden.version, ...more } }) },
      { of: `${field}.input.otherId`, document: mutation(field), who: STRANGERS, hidden: CASE_ID, variables: (otherId, who) => ({ input: { caseId: ownCase(who).id, otherId, expectedVersion: ownCase(who).version, ...more } }) },
    ];
  }),
  { of: 'tagCase.input.caseId', document: mutation('tagCase'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, add: ['PRESS'] } }) },
  { of: 'inviteJurisdiction.input.caseId', document: mutation('inviteJurisdiction'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, jurisdictionId: world.officeIds['cook-il'], role: 'CO', reason: 'x' } }) },
  { of: 'inviteJurisdiction.input.jurisdictionId', document: mutation('inviteJurisdiction'), who: ['attorneyHennepin'], hidden: CASE_ID, variables: (jurisdictionId) => ({ input: { caseId: ofHennepin.id, jurisdictionId, role: 'CO', reason: 'x' } }) },
  ...(['acceptInvitation', 'declineInvitation', 'withdrawInvitation'] as const).flatMap((field): Question[] => [
    { of: `${field}.input.caseId`, document: mutation(field), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, invitationId: parts.invitation } }) },
    { of: `${field}.input.invitationId`, document: mutation(field), who: ['supervisorHennepin'], hidden: () => parts.invitation, variables: (invitationId) => ({ input: { caseId: ofHennepin.id, invitationId } }) },
  ]),
  { of: 'leaveCase.input.caseId', document: mutation('leaveCase'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId } }) },
  { of: 'proposeTransfer.input.caseId', document: mutation('proposeTransfer'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, jurisdictionId: world.officeIds['cook-il'], reason: 'x', expectedVersion: hidden.version } }) },
  { of: 'proposeTransfer.input.jurisdictionId', document: mutation('proposeTransfer'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (jurisdictionId) => ({ input: { caseId: ofHennepin.id, jurisdictionId, reason: 'x', expectedVersion: ofHennepin.version } }) },
  ...(['acceptTransfer', 'rejectTransfer', 'revokeTransfer'] as const).flatMap((field): Question[] => {
    const at = field === 'acceptTransfer' ? { expectedVersion: 2 } : {};
    return [
      { of: `${field}.input.caseId`, document: mutation(field), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, transferId: parts.transfer, ...at } }) },
      { of: `${field}.input.transferId`, document: mutation(field), who: ['supervisorHennepin'], hidden: () => parts.transfer, variables: (transferId) => ({ input: { caseId: ofHennepin.id, transferId, ...at } }) },
    ];
  }),
  { of: 'acceptTransfer.input.assignTo', document: mutation('acceptTransfer'), who: ['supervisorHennepin'], hidden: () => world.memberIds.attorneyDallas, variables: (assignTo) => ({ input: { caseId: offered.id, transferId: offer, expectedVersion: offered.version, assignTo } }) },
  { of: 'contestClaim.input.caseId', document: mutation('contestClaim'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, grounds: ['ELEMENT'], reason: 'x', expectedVersion: hidden.version } }) },
  ...([
    ['answerContest', { answer: 'AGREE', reason: 'x', expectedVersion: 2 }], ['withdrawContest', {}],
    ['recordVenueDecision', { court: 'x', docketNumber: 'x', orderedOn: '2026-04-01', decidedFor: 'LEAD', document: 'x', documentSha256: 'ab'.repeat(32), expectedVersion: 2 }],
  ] as const).flatMap(([field, more]): Question[] => [
    { of: `${field}.input.caseId`, document: mutation(field), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, contestId: parts.contest, ...more } }) },
    { of: `${field}.input.contestId`, document: mutation(field), who: ['supervisorHennepin'], hidden: () => parts.contest, variables: (contestId) => ({ input: { caseId: ofHennepin.id, contestId, ...more } }) },
  ]),
  { of: 'recordAuthorisation.input.caseId', document: mutation('recordAuthorisation'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, jurisdictionId: world.officeIds['cook-il'], purpose: 'x', document: 'x' } }) },
  { of: 'recordAuthorisation.input.jurisdictionId', document: mutation('recordAuthorisation'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (jurisdictionId) => ({ input: { caseId: ofHennepin.id, jurisdictionId, purpose: 'x', document: 'x' } }) },
  { of: 'revokeAuthorisation.input.caseId', document: mutation('revokeAuthorisation'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, authorisationId: parts.authorisation } }) },
  { of: 'revokeAuthorisation.input.authorisationId', document: mutation('revokeAuthorisation'), who: ['supervisorHennepin'], hidden: () => parts.authorisation, variables: (authorisationId) => ({ input: { caseId: ofHennepin.id, authorisationId } }) },

  { of: 'ruleBook.id', document: `query ($id: ID!) { ruleBook(id: $id) { ${BOOK} } }`, who: OTHER_OFFICES, hidden: () => parts.draft, variables: (id) => ({ id }) },
  {
    of: 'ruleBooks.filter.jurisdiction', document: `query ($filter: RuleBookFilter) { ruleBooks(filter: $filter) { totalCount nodes { ${BOOK} } edges { cursor } pageInfo { hasNextPage } } }`, who: OTHER_OFFICES,
    hidden: () => world.officeIds['dallas-tx'], variables: (jurisdiction) => ({ filter: { jurisdiction, states: ['DRAFT', 'PROPOSED', 'WITHDRAWN'] } }),
  },
  { of: 'previewRuleBook.ruleBookId', document: 'query ($id: ID!) { previewRuleBook(ruleBookId: $id) { cases changes { facet } tests { because } } }', who: ['supervisorHennepin'], hidden: () => parts.draft, variables: (id) => ({ id }) },
  { of: 'draftRuleBook.input.ruleBookId', document: mutation('draftRuleBook', 'ruleBook { id }'), who: ['supervisorHennepin'], hidden: () => parts.draft, variables: (ruleBookId) => ({ input: { ruleBookId, expectedRevision: 1, title: 'Rules' } }) },
  { of: 'draftRuleBook.input.basedOn', document: mutation('draftRuleBook', 'ruleBook { id }'), who: ['supervisorHennepin'], hidden: () => parts.draft, variables: (basedOn) => ({ input: { basedOn, title: 'Rules' } }) },
  {
    of: 'draftRuleBook.input.sharing.jurisdictionId', document: mutation('draftRuleBook', 'ruleBook { id }'), who: ['supervisorHennepin'], hidden: CASE_ID,
    variables: (jurisdictionId) => ({ input: { title: 'Rules', sharing: [{ audience: 'JURISDICTION', jurisdictionId, facets: ['SUMMARY'], basis: 'x' }] } }),
  },
  {
    of: 'draftRuleBook.input.tests.memberId', document: mutation('draftRuleBook', 'ruleBook { id }'), who: ['supervisorHennepin'], hidden: () => parts.unit,
    variables: (memberId) => ({ input: { title: 'Rules', tests: [{ memberId, facet: 'SUMMARY', stage: 'CLAIMED', level: 'FELONY', sees: false }] } }),
  },
  { of: 'proposeRuleBook.input.ruleBookId', document: mutation('proposeRuleBook', 'ruleBook { id }'), who: ['supervisorHennepin'], hidden: () => parts.draft, variables: (ruleBookId) => ({ input: { ruleBookId, expectedRevision: 1 } }) },
  { of: 'adoptRuleBook.input.ruleBookId', document: mutation('adoptRuleBook', 'ruleBook { id }'), who: ['supervisorHennepin'], hidden: () => parts.proposal, variables: (ruleBookId) => ({ input: { ruleBookId } }) },
  { of: 'withdrawRuleBook.input.ruleBookId', document: mutation('withdrawRuleBook', 'ruleBook { id }'), who: ['supervisorHennepin'], hidden: () => parts.proposal, variables: (ruleBookId) => ({ input: { ruleBookId } }) },

  {
    of: 'readinessPack.agency', document: 'query ($id: ID) { readinessPack(agency: $id, incidentOn: "2026-03-14") { incidentOn requirements { requirement { key } } } }', who: ['chiefDallasPolice', 'officerDallasPolice'],
    hidden: () => chicago, variables: (id) => ({ id }),
  },
  { of: 'readinessPacks.filter.id', document: PACKS, who: [...OTHER_KEEPERS, 'intakeDallas', 'auditor'], hidden: () => parts.pack, variables: (id) => ({ filter: { id } }) },
  { of: 'readinessPacks.filter.agency', document: PACKS, who: [...OTHER_KEEPERS, 'intakeDallas'], hidden: () => chicago, variables: (agency) => ({ filter: { agency, states: ['DRAFT', 'PROPOSED', 'WITHDRAWN'] } }) },
  { of: 'previewReadinessPack.packId', document: 'query ($id: ID!) { previewReadinessPack(packId: $id) { judged requirements { requirement } } }', who: ['chiefDallasPolice'], hidden: () => parts.pack, variables: (id) => ({ id }) },
  { of: 'draftReadinessPack.input.packId', document: mutation('draftReadinessPack', 'pack { id }'), who: OTHER_KEEPERS, hidden: () => parts.pack, variables: (packId) => ({ input: { ...ORDER, packId, expectedRevision: 1 } }) },
  { of: 'draftReadinessPack.input.basedOn', document: mutation('draftReadinessPack', 'pack { id }'), who: OTHER_KEEPERS, hidden: () => parts.pack, variables: (basedOn) => ({ input: { ...ORDER, basedOn } }) },
  { of: 'proposeReadinessPack.input.packId', document: mutation('proposeReadinessPack', 'pack { id }'), who: OTHER_KEEPERS, hidden: () => parts.pack, variables: (packId) => ({ input: { packId, expectedRevision: 1 } }) },
  { of: 'adoptReadinessPack.input.packId', document: mutation('adoptReadinessPack', 'pack { id }'), who: OTHER_KEEPERS, hidden: () => parts.packProposed, variables: (packId) => ({ input: { packId } }) },
  { of: 'withdrawReadinessPack.input.packId', document: mutation('withdrawReadinessPack', 'pack { id }'), who: OTHER_KEEPERS, hidden: () => parts.packProposed, variables: (packId) => ({ input: { packId } }) },

  // A colleague's use is hidden from whoever reviews none, on a case of one's own too.
  {
    of: 'breakGlassUses.filter.memberId', document: 'query ($id: ID) { breakGlassUses(filter: { memberId: $id }) { totalCount nodes { reason case { number } } edges { cursor } } }',
    who: ['attorneyDallas', 'attorneyHennepin', 'supervisorHennepin'], hidden: () => world.memberIds.secondDallas, variables: (id) => ({ id }),
  },
  { of: 'breakGlass.input.caseId', document: mutation('breakGlass', 'use { id }'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, reason: 'Night duty.' } }) },
  { of: 'endBreakGlass.input.caseId', document: mutation('endBreakGlass', 'use { id }'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, useId: parts.use } }) },
  {
    of: 'endBreakGlass.input.useId', document: mutation('endBreakGlass', 'use { id }'), who: ['attorneyDallas', 'attorneyHennepin', 'secondDallas'], hidden: () => parts.use,
    variables: (useId, who) => ({ input: { caseId: who === 'attorneyDallas' ? hidden.id : ownCase(who).id, useId } }),
  },
  { of: 'reviewBreakGlass.input.caseId', document: mutation('reviewBreakGlass', 'use { id }'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, useId: parts.use, finding: 'JUSTIFIED', remark: 'x' } }) },
  { of: 'reviewBreakGlass.input.useId', document: mutation('reviewBreakGlass', 'use { id }'), who: ['supervisorHennepin'], hidden: () => parts.use, variables: (useId) => ({ input: { caseId: ofHennepin.id, useId, finding: 'JUSTIFIED', remark: 'x' } }) },
  { of: 'restrictToUnit.input.caseId', document: mutation('restrictToUnit'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, unitId: parts.unitOfHennepin, reason: 'x' } }) },
  { of: 'restrictToUnit.input.unitId', document: mutation('restrictToUnit'), who: ['supervisorHennepin'], hidden: () => parts.unit, variables: (unitId) => ({ input: { caseId: ofHennepin.id, unitId, reason: 'x' } }) },
  { of: 'renameUnit.input.unitId', document: mutation('renameUnit', 'unit { id }'), who: ['supervisorHennepin'], hidden: () => parts.unit, variables: (unitId) => ({ input: { unitId, name: 'Another' } }) },
  { of: 'addToUnit.input.unitId', document: mutation('addToUnit', 'unit { id }'), who: ['supervisorHennepin'], hidden: () => parts.unit, variables: (unitId) => ({ input: { unitId, memberId: world.memberIds.attorneyHennepin } }) },
  { of: 'addToUnit.input.memberId', document: mutation('addToUnit', 'unit { id }'), who: ['supervisorHennepin'], hidden: () => world.memberIds.attorneyDallas, variables: (memberId) => ({ input: { unitId: parts.unitOfHennepin, memberId } }) },
  { of: 'removeFromUnit.input.unitId', document: mutation('removeFromUnit', 'unit { id }'), who: ['supervisorHennepin'], hidden: () => parts.unit, variables: (unitId) => ({ input: { unitId, memberId: world.memberIds.attorneyDallas } }) },
  { of: 'removeFromUnit.input.memberId', document: mutation('removeFromUnit', 'unit { id }'), who: ['supervisorHennepin'], hidden: () => world.memberIds.attorneyDallas, variables: (memberId) => ({ input: { unitId: parts.unitOfHennepin, memberId } }) },
];

function federalQuestions(): Question[] {
  const of = (field: string, more: object, ids: Readonly<Record<string, () => string>>): Question[] => [
    { of: `${field}.input.caseId`, document: mutation(field), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, ...more } }) },
    ...Object.entries(ids).map(([name, hiddenId]): Question => ({
      of: `${field}.input.${name}`, document: mutation(field), who: ['attorneyHennepin', 'secondDallas'], hidden: hiddenId,
      variables: (id, who) => ({
        input: {
          ...more, caseId: ownCase(who).id, ...(field === 'recordDisposition' && { expectedVersion: ownCase(who).version, chargeId: who === 'secondDallas' ? parts.chargeOf.dallas : parts.chargeOf.hennepin }),
          ...(field === 'recordArraignment' && { personId: ownCase(who).personIds[0] }), [name]: id,
        },
      }),
    })),
  ];
  const person = () => hidden.personIds[0] ?? '';
  const notice = { act: 'FILE_NOTICE', on: '2026-06-10', grounds: ['FEDERAL_OFFICER'], federalCourt: 'x', docketNumber: 'x' };
  return [
    ...of('recordArraignment', { personId: newId(), arraignedOn: '2026-06-01' }, { personId: person, supersedes: () => parts.courtDate }),
    ...of('setTrial', { personId: newId(), startsOn: '2026-09-01' }, { personId: person }),
    ...of('recordDisposition', { chargeId: parts.charge, kind: 'ACQUITTED', disposedOn: '2026-09-01', court: 'x', expectedVersion: 2 }, { chargeId: () => parts.charge, supersedes: () => parts.disposition }),
    ...of('recordRemoval', notice, { personId: person, removalId: () => parts.removal }),
    ...of('recordSupersession', { act: 'HEAR', on: '2026-06-10' }, { supersessionId: () => parts.supersession }),
    ...of('recordParallelProceeding', { act: 'OPEN', on: '2026-06-10', forum: 'OTHER', court: 'x', docketNumber: 'x', against: 'SUSPECT' }, { personId: person, proceedingId: () => parts.proceeding }),
    ...of('recordRendition', { act: 'ENTER_WARRANT', on: '2026-06-10', asylumState: 'VA' }, { personId: person, renditionId: () => parts.rendition }),
    ...of('recordImmunityProceeding', { act: 'ANTICIPATE', on: '2026-06-10' }, { personId: person, proceedingId: () => parts.immunity }),
    {
      of: 'recordImmunityProceeding.input.analysisId', document: mutation('recordImmunityProceeding'), who: ['secondDallas'], hidden: () => parts.analysis,
      variables: (analysisId) => ({ input: { caseId: ofDallas.id, personId: ofDallas.personIds[0], act: 'ANTICIPATE', on: '2026-06-10', analysisId } }),
    },
    {
      of: 'recordImmunityProceeding.input.chargeIds', document: mutation('recordImmunityProceeding'), who: ['attorneyHennepin'], hidden: () => parts.charge,
      variables: (chargeId) => ({ input: { caseId: ofHennepin.id, proceedingId: parts.immunityOfHennepin, act: 'GRANT', on: '2026-06-10', decision: 'x', authorised: 'MET', necessary: 'MET', chargeIds: [chargeId] } }),
    },
  ];
}

function decisionQuestions(): Question[] {
  const own = (who: CastMember) => ({ caseId: ownCase(who).id, expectedVersion: ownCase(who).version });
  const deciding = { outcome: 'HOLD', evidential: 'x', publicInterest: 'x', reasonCodes: ['OTHER'], expectedVersion: 2 };
  const analysis = { authorised: { finding: 'MET', facts: 'x' }, necessary: { finding: 'MET', subjective: 'x', objective: 'x' } };
  const affiliation = { affiliation: 'LOCAL', basis: 'x' };
  const notice = { kind: 'CHARGED', method: 'MAIL', sentOn: '2026-04-01' };
  const filing = { instrument: 'INDICTMENT', court: 'x', docketNumber: 'x', filedOn: '2026-05-01' };
  const ofPerson = (field: string, more: object): Question[] => [
    { of: `${field}.input.caseId`, document: mutation(field), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, personId: hidden.personIds[0], ...more } }) },
    { of: `${field}.input.personId`, document: mutation(field), who: ['attorneyHennepin', 'secondDallas'], hidden: () => hidden.personIds[0] ?? '', variables: (personId, who) => ({ input: { caseId: ownCase(who).id, personId, ...more } }) },
  ];
  const answers = (field: string, who: readonly CastMember[], more: object): Question[] => [
    { of: `${field}.input.caseId`, document: mutation(field), who, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, decisionId: parts.decision, ...more } }) },
    { of: `${field}.input.decisionId`, document: mutation(field), who, hidden: () => parts.decision, variables: (decisionId, by) => ({ input: { caseId: ownCase(by).id, decisionId, ...more } }) },
  ];
  return [
    { of: 'decideCharge.input.caseId', document: mutation('decideCharge'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, chargeId: parts.charge, ...deciding } }) },
    { of: 'decideCharge.input.chargeId', document: mutation('decideCharge'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.charge, variables: (chargeId, who) => ({ input: { ...deciding, ...own(who), chargeId } }) },
    { of: 'decideCharge.input.supersedes', document: mutation('decideCharge'), who: ['attorneyHennepin'], hidden: () => parts.decision, variables: (supersedes) => ({ input: { ...deciding, ...own('attorneyHennepin'), chargeId: parts.chargeOfHennepin, supersedes } }) },
    ...answers('withdrawDecision', ['attorneyHennepin', 'secondDallas'], {}), ...answers('approveDecision', ['supervisorHennepin'], { expectedVersion: 2 }), ...answers('rejectDecision', ['supervisorHennepin'], { reason: 'x' }),
    ...ofPerson('recordAffiliation', affiliation), ...ofPerson('recordImmunityAnalysis', analysis), ...ofPerson('recordVictimNotice', notice),
    { of: 'recordVictimNotice.input.decisionId', document: mutation('recordVictimNotice'), who: ['attorneyHennepin'], hidden: () => parts.decision, variables: (decisionId) => ({ input: { caseId: ofHennepin.id, personId: ofHennepin.personIds[1], decisionId, ...notice } }) },
    { of: 'reviewImmunityAnalysis.input.caseId', document: mutation('reviewImmunityAnalysis', 'person { id }'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, analysisId: parts.analysis, approve: true } }) },
    { of: 'reviewImmunityAnalysis.input.analysisId', document: mutation('reviewImmunityAnalysis', 'person { id }'), who: ['supervisorHennepin'], hidden: () => parts.analysis, variables: (analysisId) => ({ input: { caseId: ofHennepin.id, analysisId, approve: true } }) },
    { of: 'withdrawImmunityAnalysis.input.caseId', document: mutation('withdrawImmunityAnalysis', 'person { id }'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, analysisId: parts.analysis, reason: 'x' } }) },
    { of: 'withdrawImmunityAnalysis.input.analysisId', document: mutation('withdrawImmunityAnalysis', 'person { id }'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.analysis, variables: (analysisId, who) => ({ input: { caseId: ownCase(who).id, analysisId, reason: 'x' } }) },
    { of: 'withdrawVictimNotice.input.caseId', document: mutation('withdrawVictimNotice'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, noticeId: parts.notice, reason: 'x' } }) },
    { of: 'withdrawVictimNotice.input.noticeId', document: mutation('withdrawVictimNotice'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.notice, variables: (noticeId, who) => ({ input: { caseId: ownCase(who).id, noticeId, reason: 'x' } }) },
    { of: 'correctFiling.input.caseId', document: mutation('correctFiling'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, chargeIds: [parts.charge], docketNumber: 'x', reason: 'x' } }) },
    { of: 'correctFiling.input.chargeIds', document: mutation('correctFiling'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.charge, variables: (chargeId, who) => ({ input: { caseId: ownCase(who).id, chargeIds: [chargeId], docketNumber: 'x', reason: 'x' } }) },
    { of: 'withdrawFiling.input.caseId', document: mutation('withdrawFiling'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, chargeIds: [parts.charge], reason: 'x', expectedVersion: 2 } }) },
    { of: 'withdrawFiling.input.chargeIds', document: mutation('withdrawFiling'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.charge, variables: (chargeId, who) => ({ input: { ...own(who), chargeIds: [chargeId], reason: 'x' } }) },
    { of: 'repinCharge.input.caseId', document: mutation('repinCharge'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, chargeId: parts.charge } }) },
    { of: 'repinCharge.input.chargeId', document: mutation('repinCharge'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.charge, variables: (chargeId, who) => ({ input: { caseId: ownCase(who).id, chargeId } }) },
    ...demandQuestions(),
    { of: 'fileCharges.input.caseId', document: mutation('fileCharges'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, chargeIds: [parts.charge], expectedVersion: 2, ...filing } }) },
    { of: 'fileCharges.input.chargeIds', document: mutation('fileCharges'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.charge, variables: (chargeId, who) => ({ input: { ...own(who), chargeIds: [chargeId], ...filing } }) },
    { of: 'disputeDeclination.input.referralId', document: mutation('disputeDeclination', 'referral { id }'), who: ['chiefChicagoPolice'], hidden: () => hidden.referralId, variables: (referralId) => ({ input: { referralId, statement: 'x', newMaterial: 'x' } }) },
    { of: 'answerDeclinationDispute.input.caseId', document: mutation('answerDeclinationDispute'), who: ['supervisorHennepin'], hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, answer: 'UPHOLD', note: 'x', expectedVersion: 2 } }) },
    { of: 'answerDeclinationDispute.input.referralId', document: mutation('answerDeclinationDispute'), who: ['supervisorHennepin'], hidden: () => hidden.referralId, variables: (referralId) => ({ input: { ...own('supervisorHennepin'), referralId, answer: 'UPHOLD', note: 'x' } }) },
  ];
}

function demandQuestions(): Question[] {
  const drafting = { regime: 'SUBPOENA', component: 'x', purpose: 'x' };
  const about = (field: string, more: object): Question[] => [
    { of: `${field}.input.caseId`, document: mutation(field), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, demandId: parts.demand, ...more } }) },
    { of: `${field}.input.demandId`, document: mutation(field), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.demand, variables: (demandId, who) => ({ input: { caseId: ownCase(who).id, demandId, ...more } }) },
  ];
  const answering = (state: string) => ({ answeredOn: '2026-04-01', answers: [{ itemId: parts.demandItem, state }] });
  const receiving = { receivedOn: '2026-04-01', items: [{ itemId: parts.demandItem, reference: 'x' }] };
  const event = { kind: 'WARRANT_IGNORED', happenedAt: '2026-03-15T02:00:00Z', byAgency: 'x', note: 'x' };
  const LIST = 'query ($lead: ID) { demands(filter: { lead: $lead }) { totalCount nodes { id } pageInfo { hasNextPage } } }';
  return [
    { of: 'demands.filter.lead', document: LIST, who: ['attorneyHennepin'], hidden: () => world.officeIds['dallas-tx'], variables: (lead) => ({ lead }) },
    { of: 'draftDemand.input.caseId', document: mutation('draftDemand'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, ...drafting, items: [item()] } }) },
    { of: 'draftDemand.input.items.chargeId', document: mutation('draftDemand'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.charge, variables: (chargeId, who) => ({ input: { caseId: ownCase(who).id, ...drafting, items: [item('x', { chargeId, element: 1 })] } }) },
    ...about('reviseDemand', { purpose: 'x' }),
    { of: 'reviseDemand.input.items.chargeId', document: mutation('reviseDemand'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.charge, variables: (chargeId, who) => ({ input: { caseId: ownCase(who).id, demandId: parts.draftOf[who === 'secondDallas' ? 'dallas' : 'hennepin'], items: [item('x', { chargeId, element: 1 })] } }) },
    ...about('serveDemand', served()), ...about('acknowledgeDemand', { acknowledgedOn: '2026-04-01', acknowledgedBy: 'x' }), ...about('extendDemand', { until: '2999-01-01', reason: 'x' }),
    ...about('answerDemand', answering('PRODUCED')), ...about('receiveProduction', receiving), ...about('fileSuit', { court: 'x', docketNumber: 'x', filedOn: '2026-05-01' }),
    ...about('decideSuit', { outcome: 'ORDERED', decidedOn: '2026-05-20', order: 'x' }), ...about('withdrawDemand', { reason: 'x' }), ...about('liftPreservation', { liftedOn: '2026-05-01', reason: 'x' }),
    { of: 'answerDemand.input.answers.itemId', document: mutation('answerDemand'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.demandItem, variables: (itemId, who) => ({ input: { caseId: ownCase(who).id, demandId: parts.servedOf[who === 'secondDallas' ? 'dallas' : 'hennepin'], answeredOn: '2026-04-01', answers: [{ itemId, state: 'PRODUCED' }] } }) },
    { of: 'receiveProduction.input.items.itemId', document: mutation('receiveProduction'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.demandItem, variables: (itemId, who) => ({ input: { caseId: ownCase(who).id, demandId: parts.grantedOf[who === 'secondDallas' ? 'dallas' : 'hennepin'], receivedOn: '2026-04-01', items: [{ itemId, reference: 'x' }] } }) },
    { of: 'recordCooperationEvent.input.caseId', document: mutation('recordCooperationEvent'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, ...event } }) },
    { of: 'recordCooperationEvent.input.witnessId', document: mutation('recordCooperationEvent'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => hidden.personIds[0] ?? '', variables: (witnessId, who) => ({ input: { caseId: ownCase(who).id, ...event, witnessId } }) },
    { of: 'recordCooperationEvent.input.recordingId', document: mutation('recordCooperationEvent'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => hidden.recordingIds[0] ?? '', variables: (recordingId, who) => ({ input: { caseId: ownCase(who).id, ...event, recordingId } }) },
    { of: 'withdrawCooperationEvent.input.caseId', document: mutation('withdrawCooperationEvent'), who: STRANGERS, hidden: CASE_ID, variables: (caseId) => ({ input: { caseId, eventId: parts.event, reason: 'x' } }) },
    { of: 'withdrawCooperationEvent.input.eventId', document: mutation('withdrawCooperationEvent'), who: ['attorneyHennepin', 'secondDallas'], hidden: () => parts.event, variables: (eventId, who) => ({ input: { caseId: ownCase(who).id, eventId, reason: 'x' } }) },
  ];
}

/** Ids of what everybody may see. */
const NOTHING_TO_HIDE = ['statutes.filter.id', 'attestStatute.input.versionId', 'withdrawAttestation.input.versionId'];

describe('what is hidden answers as what is absent, byte for byte', () => {
  test('in every argument of the schema that takes an id, a number or words', () => {
    const asked = new Set(QUESTIONS.map(({ of }) => of));
    const schema = servedSchema();
    const missing: string[] = [];
    const walk = (path: string, name: string, type: GraphQLInputType): void => {
      const inner = getNamedType(type);
      if (isInputObjectType(inner)) for (const field of Object.values(inner.getFields())) walk(`${path}.${field.name}`, field.name, field.type);
      else if (!isEnumType(inner) && (inner.name === 'ID' || name === 'number' || (name === 'text' && !path.startsWith('statutes.'))) && !asked.has(path) && !NOTHING_TO_HIDE.includes(path)) missing.push(path);
    };
    for (const type of [schema.getQueryType(), schema.getMutationType()]) {
      for (const field of isObjectType(type) ? Object.values(type.getFields()) : []) for (const arg of field.args) walk(`${field.name}.${arg.name}`, arg.name, arg.type);
    }
    expect(missing, 'each of these needs a question here').toEqual([]);
  });

  test.each(QUESTIONS)('$of', async ({ of, document, who, hidden: hiddenFrom, absent = newId(), variables }) => {
    for (const each of who) {
      const id = hiddenFrom(each);
      expect(id).not.toBe('');
      const plain = (text: string, word: string) => text.replaceAll(word, '<id>');
      const [one, other] = [await bytes(each, document, variables(id, each)), await bytes(each, document, variables(absent, each))];
      expect(plain(one, id), each).toBe(plain(other, absent));
      expect(one, each).not.toContain('INTERNAL');
      // Where a refusal names a field, it is the one that is asked of.
      const [, named] = /"code":"NOT_FOUND"/.test(one) ? /"field":"([^"]*)"/.exec(one) ?? [] : [];
      if (named !== undefined) expect(of.split('.'), each).toContain(named);
      expect(one, each).not.toContain('FORBIDDEN');
      expect(one, each).not.toContain('GRAPHQL_');
    }
  });

  test.each([['no id at all', 'nothing-like-one'], ['an id of another form', '00000000-0000-0000-0000-000000000000'], ['a hostile one', `' or 1=1 --`]])('and so does %s', async (_, odd) => {
    for (const { document, who, variables, of } of QUESTIONS.filter((each) => (each.of.endsWith('.caseId') || each.of.endsWith('.id')) && !each.of.includes('.filter.'))) {
      for (const each of who) {
        const absent = newId();
        expect((await bytes(each, document, variables(odd, each))).replaceAll(odd, '<id>'), `${of}, ${each}`).toBe((await bytes(each, document, variables(absent, each))).replaceAll(absent, '<id>'));
      }
    }
  });
});

describe('a cursor', () => {
  const AFTER = 'query ($after: String) { cases(after: $after) { totalCount nodes { number } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }';
  test('that was made of a hidden case pages as one of an absent case of that instant', async () => {
    const { cases } = await world.as('attorneyDallas').get('{ cases { nodes { id } edges { cursor } } }');
    const place = cases.nodes.findIndex(({ id }: { id: string }) => id === hidden.id);
    const cursor: string = cases.edges[place].cursor;
    const keys = Buffer.from(cursor, 'base64url').toString();
    expect(keys).toContain(hidden.id);
    const forged = Buffer.from(keys.replace(hidden.id, newId())).toString('base64url');
    for (const who of STRANGERS) expect(await bytes(who, AFTER, { after: cursor }), who).toBe(await bytes(who, AFTER, { after: forged }));
  });
});

test('what another agency has sent is told to nobody: its report number is free, and its key too', async () => {
  const sent = world.referral();
  const submit = 'mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { outcome problems { code severity } } }';
  const referral = { ...sent, ...incidentIn('17031') };
  await world.as('chiefDallasPolice').get(submit, { input: { idempotencyKey: 'the-same', referral } });
  const { submitReferral } = await world.as('chiefChicagoPolice').get(submit, { input: { idempotencyKey: 'the-same', referral } });
  expect(submitReferral.outcome).toBe('RECEIVED');
});
