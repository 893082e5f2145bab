import { reachOf } from '../src/access/acts.ts';
import { FACETS, type Facet } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { PERMISSIONS } from '../src/permissions.ts';
import { served, withDemand, withEvent, type Placed } from './demands.world.ts';
import { statuteOf, withPast, withProbes } from './policies.world.ts';
import { CAST, type CastMember, type World } from './world.ts';

/** Mutations that are about no case: what an agency does with its own referral, what an office or an agency arranges for itself, and the law. */
export const ELSEWHERE = [
  'validateReferral', 'submitReferral', 'submitReferrals', 'answerReturn', 'disputeReturnItem', 'withdrawReferral', 'requestWithdrawal', 'supplementReferral', 'disputeDeclination',
  'draftReadinessPack', 'proposeReadinessPack', 'withdrawReadinessPack', 'adoptReadinessPack', 'attestStatute', 'withdrawAttestation',
  'createCalendarFeed', 'revokeCalendarFeed', 'declareConflict', 'withdrawDeclaration', 'createUnit', 'renameUnit', 'addToUnit', 'removeFromUnit',
  'draftRuleBook', 'proposeRuleBook', 'withdrawRuleBook', 'adoptRuleBook',
] as const satisfies readonly (keyof typeof PERMISSIONS.Mutation)[];

type OnACase = Exclude<keyof typeof PERMISSIONS.Mutation, (typeof ELSEWHERE)[number]>;

/** What was arranged on a case and is over, for an attempt to be about. */
export interface Parts {
  readonly id: string;
  readonly version: number;
  readonly wall: string;
  readonly seal: string;
  readonly invitation: string;
  readonly transfer: string;
  readonly authorisation: string;
  readonly item: string;
  readonly charge: string;
  /** Of somebody who bears no name any more. */
  readonly identification: string;
  /** Attorney Dallas linked and proposed these; the analysis is nobody’s of them. */
  readonly link: string;
  readonly decision: string;
  readonly analysis: string;
  /** Withdrawn. */
  readonly notice: string;
  /** A fact of the charge that was withdrawn. */
  readonly fact: string;
  readonly contest: string;
  /** Something that stands in no compartment. */
  readonly recording: string;
  /** A demand that its office drafted, one that was served, one that was granted, and one before a court. */
  readonly demands: Readonly<Record<'DRAFT' | 'SERVED' | 'GRANTED' | 'SUIT_FILED', Placed>>;
  readonly event: string;
  /** By who wrote them, and who made them; both in Dallas. */
  readonly notes: Readonly<Partial<Record<CastMember, string>>>;
  readonly uses: Readonly<Partial<Record<CastMember, string>>>;
}

export interface Try {
  readonly input: (parts: Parts, who: CastMember) => object;
  /** What is to be seen of the part that it is about, beside the case; SECRET where fewer than those know of it. */
  readonly needs?: readonly Facet[] | 'SECRET';
}

/** A wish that comes as far as the actor may go, and no further: it fails at the last, or the case’s trail takes no more. */
export const ATTEMPTS = {
  acceptReferral: { input: () => ({}), needs: ['REPORT'] },
  refuseReferral: { input: () => ({ reason: 'OTHER', note: ' ' }), needs: ['REPORT'] },
  returnReferral: { input: () => ({ items: [] }), needs: ['REPORT'] },
  waiveReturnItem: { input: ({ item }) => ({ itemId: item }), needs: ['REPORT'] },
  cancelReturnItem: { input: ({ item }) => ({ itemId: item }), needs: ['REPORT'] },
  resolveDispute: { input: ({ item }) => ({ itemId: item, outcome: 'UPHELD', note: 'To try.' }), needs: ['REPORT'] },
  answerWithdrawalRequest: { input: () => ({ grant: false, note: 'To try.' }), needs: ['REPORT'] },
  routeCase: { input: ({ version }) => ({ jurisdictionId: newId(), reason: 'To try.', expectedVersion: version }) },
  claimCase: { input: ({ version }) => ({ expectedVersion: version }) },
  releaseCase: { input: ({ version }) => ({ expectedVersion: version }) },
  assignCase: { input: () => ({ memberId: newId(), role: 'SUPPORT' }) },
  unassignCase: { input: () => ({ assignmentId: newId(), expectedVersion: 1 }) },
  confirmVenue: { input: ({ version }) => ({ countyFips: '99999', reason: 'To try.', expectedVersion: version }) },
  tagCase: { input: () => ({ add: [], remove: [] }) },
  inviteJurisdiction: { input: () => ({ jurisdictionId: newId(), role: 'CO', reason: 'To try.' }) },
  acceptInvitation: { input: ({ invitation }) => ({ invitationId: invitation }), needs: 'SECRET' },
  declineInvitation: { input: ({ invitation }) => ({ invitationId: invitation }), needs: 'SECRET' },
  withdrawInvitation: { input: ({ invitation }) => ({ invitationId: invitation }) },
  leaveCase: { input: () => ({}) },
  proposeTransfer: { input: ({ version }) => ({ jurisdictionId: newId(), reason: 'To try.', expectedVersion: version }) },
  acceptTransfer: { input: ({ transfer, version }) => ({ transferId: transfer, expectedVersion: version }), needs: 'SECRET' },
  rejectTransfer: { input: ({ transfer }) => ({ transferId: transfer }), needs: 'SECRET' },
  revokeTransfer: { input: ({ transfer }) => ({ transferId: transfer }), needs: 'SECRET' },
  recordAuthorisation: { input: () => ({ jurisdictionId: newId(), purpose: ' ', document: 'File 1.' }) },
  revokeAuthorisation: { input: ({ authorisation }) => ({ authorisationId: authorisation }) },
  recuse: { input: () => ({ note: ' ' }) },
  imposeWall: { input: () => ({ subject: { kind: 'MEMBER', id: newId() }, ground: 'OTHER', note: 'To try.' }) },
  liftWall: { input: ({ wall }) => ({ wallId: wall, reason: 'To try.' }), needs: ['OFFICE'] },
  sealCase: { input: () => ({ audience: {}, order: 'To try.' }) },
  proposeUnsealing: { input: ({ seal }) => ({ sealId: seal, reason: 'To try.' }), needs: ['OFFICE', 'REPORT'] },
  cancelUnsealing: { input: ({ seal }) => ({ sealId: seal }), needs: ['OFFICE', 'REPORT'] },
  unseal: { input: ({ seal }) => ({ sealId: seal }), needs: ['OFFICE', 'REPORT'] },
  placeInCompartment: { input: ({ recording }) => ({ compartment: 'COMPELLED', target: { kind: 'RECORDING', id: recording }, basis: 'GRAND_JURY_TESTIMONY' }) },
  releaseFromCompartment: { input: ({ recording }) => ({ compartment: 'GRAND_JURY', target: { kind: 'RECORDING', id: recording }, finding: 'PLACED_IN_ERROR' }), needs: ['EVIDENCE'] },
  'releaseFromCompartment of the compelled': { input: ({ recording }) => ({ compartment: 'COMPELLED', target: { kind: 'RECORDING', id: recording }, finding: 'PLACED_IN_ERROR' }), needs: ['EVIDENCE'] },
  restrictToUnit: { input: () => ({ unitId: newId(), reason: 'To try.' }) },
  breakGlass: { input: () => ({ reason: ' ' }) },
  endBreakGlass: { input: ({ uses }, who) => ({ useId: uses[who] ?? uses['secondDallas'] }), needs: 'SECRET' },
  reviewBreakGlass: { input: ({ uses }) => ({ useId: uses['secondDallas'], finding: 'JUSTIFIED', remark: ' ' }), needs: 'SECRET' },
  annotateCase: { input: () => ({ target: { kind: 'CASE' }, kind: 'NOTE', body: ' ' }) },
  reviseAnnotation: { input: ({ notes }, who) => ({ annotationId: notes[who] ?? notes['secondDallas'], expectedRevision: 9, body: 'Another.' }), needs: ['JOINT'] },
  proposeCharge: { input: () => ({ personId: newId(), statuteId: newId(), counts: 0 }) },
  withdrawCharge: { input: ({ charge }) => ({ chargeId: charge }), needs: ['CHARGES'] },
  repinCharge: { input: ({ charge }) => ({ chargeId: charge }), needs: ['CHARGES'] },
  nameChargeLevel: { input: ({ charge }) => ({ chargeId: charge, level: 'FELONY', reason: 'To try.' }), needs: ['CHARGES'] },
  relateCharge: { input: ({ charge }) => ({ chargeId: charge, lesserOf: charge, reason: 'To try.' }), needs: ['CHARGES'] },
  unrelateCharge: { input: ({ charge }) => ({ chargeId: charge, lesserOf: charge, reason: 'To try.' }), needs: ['CHARGES'] },
  identifyPerson: { input: () => ({ personId: newId(), name: ' ', source: 'To try.', confidence: 'LOW' }) },
  withdrawIdentification: { input: ({ identification }) => ({ identificationId: identification, reason: 'To try.' }), needs: ['PERSONS'] },
  judgeDuplicate: { input: ({ version }) => ({ otherId: newId(), verdict: 'LINK', reason: 'To try.', expectedVersion: version }), needs: 'SECRET' },
  undoDuplicate: { input: ({ version }) => ({ otherId: newId(), expectedVersion: version }), needs: 'SECRET' },
  contestClaim: { input: ({ version }) => ({ grounds: [], reason: 'To try.', expectedVersion: version }) },
  answerContest: { input: ({ contest, version }) => ({ contestId: contest, answer: 'OBJECT', reason: 'To try.', expectedVersion: version }), needs: 'SECRET' },
  recordVenueDecision: {
    input: ({ contest, version }) => ({ contestId: contest, court: 'To try', docketNumber: '26-1', orderedOn: '2026-04-01', decidedFor: 'LEAD', document: 'Order', documentSha256: 'ab'.repeat(32), expectedVersion: version }), needs: 'SECRET',
  },
  withdrawContest: { input: ({ contest }) => ({ contestId: contest }), needs: 'SECRET' },
  recordClockFact: { input: ({ charge }) => ({ kind: 'DISCOVERY', aboutId: charge, from: '2026-04-01', source: 'To try.' }), needs: ['CHARGES'] },
  endExclusion: { input: ({ fact }) => ({ factId: fact, on: '2026-04-01' }), needs: ['CHARGES'] },
  attestDiscovery: { input: ({ fact }) => ({ factId: fact }), needs: ['CHARGES'] },
  assertLimitation: { input: ({ charge }) => ({ chargeId: charge, grounds: ['PUBLIC_OFFICE'], reasoning: 'To try.' }), needs: ['CHARGES'] },
  withdrawClockFact: { input: ({ fact }) => ({ factId: fact, because: 'To try.' }), needs: ['CHARGES'] },
  linkProof: { input: ({ charge }) => ({ chargeId: charge, element: 1, sourceKind: 'REPORT', polarity: 'NEUTRAL', reasoning: 'To try.' }), needs: ['CHARGES'] },
  withdrawProofLink: { input: ({ link }) => ({ linkId: link }), needs: 'SECRET' },
  assessElement: { input: ({ charge }) => ({ chargeId: charge, element: 1, verdict: 'MET', reasoning: 'To try.' }), needs: ['CHARGES'] },
  askForElement: { input: ({ charge }) => ({ chargeId: charge, element: 1, category: 'OTHER', description: 'To try.', dueOn: '2020-01-01' }), needs: ['CHARGES'] },
  decideCharge: { input: ({ charge, version }) => ({ chargeId: charge, outcome: 'DECLINE', evidential: 'To try.', publicInterest: 'To try.', reasonCodes: [], expectedVersion: version }), needs: ['CHARGES'] },
  approveDecision: { input: ({ decision, version }) => ({ decisionId: decision, expectedVersion: version }), needs: ['CHARGES'] },
  rejectDecision: { input: ({ decision }) => ({ decisionId: decision, reason: 'To try.' }), needs: ['CHARGES'] },
  withdrawDecision: { input: ({ decision }) => ({ decisionId: decision }), needs: ['CHARGES'] },
  recordAffiliation: { input: () => ({ personId: newId(), affiliation: 'LOCAL', basis: 'To try.' }) },
  recordImmunityAnalysis: { input: () => ({ personId: newId(), authorised: { finding: 'MET', facts: 'To try.' }, necessary: { finding: 'MET', subjective: 'To try.', objective: 'To try.' } }) },
  reviewImmunityAnalysis: { input: ({ analysis }) => ({ analysisId: analysis, approve: true }), needs: ['PERSONS', 'CHARGES', 'JOINT'] },
  withdrawImmunityAnalysis: { input: ({ analysis }) => ({ analysisId: analysis, reason: 'To try.' }), needs: ['PERSONS', 'CHARGES', 'JOINT'] },
  withdrawVictimNotice: { input: ({ notice }) => ({ noticeId: notice, reason: 'To try.' }), needs: ['PERSONS', 'CHARGES', 'JOINT'] },
  correctFiling: { input: ({ charge }) => ({ chargeIds: [charge], reason: 'To try.' }), needs: ['CHARGES'] },
  withdrawFiling: { input: ({ charge, version }) => ({ chargeIds: [charge], reason: 'To try.', expectedVersion: version }), needs: ['CHARGES'] },
  recordVictimNotice: { input: () => ({ personId: newId(), kind: 'CHARGED', method: 'MAIL', sentOn: '2026-04-01' }) },
  fileCharges: { input: ({ charge, version }) => ({ chargeIds: [charge], instrument: 'INDICTMENT', court: 'To try', docketNumber: '26-1', filedOn: '2026-04-01', expectedVersion: version }), needs: ['CHARGES'] },
  recordArraignment: { input: () => ({ personId: newId(), arraignedOn: '2026-06-01' }) },
  setTrial: { input: () => ({ personId: newId(), startsOn: '2026-09-01' }) },
  recordDisposition: { input: ({ charge, version }) => ({ chargeId: charge, kind: 'ACQUITTED', disposedOn: '2026-09-01', court: 'To try', expectedVersion: version }), needs: ['CHARGES'] },
  recordRemoval: { input: () => ({ personId: newId(), act: 'FILE_NOTICE', on: '2026-06-10' }) },
  recordSupersession: { input: () => ({ act: 'PETITION', on: '2026-06-10' }) },
  recordParallelProceeding: { input: () => ({ act: 'OPEN', on: '2026-06-10' }) },
  recordRendition: { input: () => ({ act: 'ENTER_WARRANT', on: '2026-06-10' }) },
  recordImmunityProceeding: { input: () => ({ act: 'ANTICIPATE', on: '2026-06-10' }) },
  draftDemand: { input: () => ({ regime: 'SUBPOENA', component: 'To try', purpose: 'To try.', items: [] }) },
  reviseDemand: { input: ({ demands }) => ({ demandId: demands.DRAFT.id, purpose: ' ' }), needs: ['PROCEEDINGS'] },
  serveDemand: { input: ({ demands }) => ({ demandId: demands.DRAFT.id, ...served(), proofOfService: ' ' }), needs: ['PROCEEDINGS'] },
  acknowledgeDemand: { input: ({ demands }) => ({ demandId: demands.SERVED.id, acknowledgedOn: '2026-04-01', acknowledgedBy: ' ' }), needs: ['PROCEEDINGS'] },
  extendDemand: { input: ({ demands }) => ({ demandId: demands.SERVED.id, until: '2999-01-01', reason: ' ' }), needs: ['PROCEEDINGS'] },
  answerDemand: { input: ({ demands }) => ({ demandId: demands.SERVED.id, answeredOn: '2026-04-01', answers: [] }), needs: ['PROCEEDINGS'] },
  receiveProduction: { input: ({ demands }) => ({ demandId: demands.GRANTED.id, receivedOn: '2026-04-01', items: [] }), needs: ['PROCEEDINGS'] },
  fileSuit: { input: ({ demands }) => ({ demandId: demands.GRANTED.id, court: ' ', docketNumber: '26-1', filedOn: '2026-04-01' }), needs: ['PROCEEDINGS'] },
  decideSuit: { input: ({ demands }) => ({ demandId: demands.SUIT_FILED.id, outcome: 'ORDERED', decidedOn: '2026-05-02', order: ' ' }), needs: ['PROCEEDINGS'] },
  withdrawDemand: { input: ({ demands }) => ({ demandId: demands.SERVED.id, reason: ' ' }), needs: ['PROCEEDINGS'] },
  liftPreservation: { input: ({ demands }) => ({ demandId: demands.SERVED.id, liftedOn: '2026-04-01', reason: ' ' }), needs: ['PROCEEDINGS'] },
  recordCooperationEvent: { input: () => ({ kind: 'WARRANT_IGNORED', happenedAt: '2026-03-15T02:00:00Z', byAgency: ' ', note: 'To try.' }) },
  withdrawCooperationEvent: { input: ({ event }) => ({ eventId: event, reason: ' ' }), needs: ['PROCEEDINGS'] },
  answerDeclinationDispute: { input: ({ version }) => ({ answer: 'UPHOLD', note: 'To try.', expectedVersion: version }), needs: ['REPORT'] },
} as const satisfies Record<OnACase | 'releaseFromCompartment of the compelled', Try>;
export type Attempt = keyof typeof ATTEMPTS;

export const EVERYBODY = Object.keys(CAST) as CastMember[];
const EVERY_ATTEMPT = Object.keys(ATTEMPTS) as Attempt[];
export const fieldOf = (attempt: Attempt) => attempt.split(' ', 1)[0] as OnACase;

const bodyOf = (who: CastMember) => ('office' in CAST[who] ? 'OFFICE' : 'agency' in CAST[who] ? 'AGENCY' : 'COALITION');

/** Whom the door lets through to an act; whom it does not is refused whichever case it is (test/permissions.matrix.test.ts). */
export const letThrough = (who: CastMember, attempt: Attempt | keyof typeof PERMISSIONS.Mutation): boolean =>
  reachOf({ body: bodyOf(who), role: CAST[who].role }, PERMISSIONS.Mutation[attempt.split(' ', 1)[0] as keyof typeof PERMISSIONS.Mutation]) !== 'NONE';

/** Has the trail of cases that are put on a list take no more events: whatever is tried there ends, at its end, in a CONFLICT. */
export async function withStandstill({ database: { owner } }: World): Promise<void> {
  await owner.unsafe(`create table public.standing_still (case_id uuid primary key);
    create function public.refuse_event() returns trigger language plpgsql security definer as $$
    begin
      if exists (select 1 from public.standing_still s where s.case_id = new.case_id) then
        raise exception 'Nothing more is written down here.' using errcode = 'CM409';
      end if;
      return new;
    end $$;
    create trigger standing_still before insert on comity.trail_events for each row execute function public.refuse_event()`);
}

/** Gives a case something of everything that can be arranged and is over, and brings it to a standstill. */
export async function furnished(world: World, id: string): Promise<Parts> {
  const { database: { owner }, memberIds, officeIds } = world;
  await withProbes(world, { id });
  await withPast(world, { id });
  const [notice, item, charge, recording, link, decision, analysis, fact, identification] = [newId(), newId(), newId(), newId(), newId(), newId(), newId(), newId(), newId()];
  await owner`insert into comity.return_items (case_id, id, needs, referral_id, agency_id, office_id, category, description, due_on, state, state_since, asked_at, asked_in)
    select i.case_id, ${newId()}, i.needs, i.referral_id, i.agency_id, i.office_id, 'OTHER', 'Still asked.', '2999-01-01', 'REQUESTED', now(), now(), 'CLAIMED' from comity.return_items i where i.case_id = ${id} limit 1`;
  await owner`insert into comity.return_items (case_id, id, needs, referral_id, agency_id, office_id, category, description, due_on, state, state_since, asked_at, asked_in)
    select i.case_id, ${item}, i.needs, i.referral_id, i.agency_id, i.office_id, 'OTHER', 'Received.', '2999-01-01', 'RECEIVED', now(), now(), 'CLAIMED' from comity.return_items i where i.case_id = ${id} limit 1`;
  await owner`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
    select ${id}, ${charge}, ${FACETS.CHARGES}, p.id, v.statute_id, v.id, 1, '2026-03-14', 'WITHDRAWN', '{}', ${memberIds.supervisorDallas}, now()
      from comity.persons p, comity.statute_versions v where p.case_id = ${id} and v.statute_id = ${await statuteOf(world, { id })} limit 1`;
  await owner`insert into comity.clock_facts (case_id, id, needs, kind, about_id, from_on, grounds, source, recorded_by, recorded_at, withdrawn_by, withdrawn_at, withdrawn_because)
    values (${id}, ${fact}, ${FACETS.CHARGES}, 'DISCOVERY', ${charge}, '2026-04-01', '{}', 'Over.', ${memberIds.attorneyDallas}, now(), ${memberIds.attorneyDallas}, now(), 'Over.')`;
  await owner`insert into comity.proof_links (case_id, id, needs, office_id, charge_id, element, source_kind, polarity, reasoning, linked_by, linked_at, withdrawn_by, withdrawn_at)
    values (${id}, ${link}, ${FACETS.OFFICE | FACETS.CHARGES}, ${officeIds['dallas-tx']}, ${charge}, 1, 'REPORT', 'NEUTRAL', 'Over.', ${memberIds.attorneyDallas}, now(), ${memberIds.attorneyDallas}, now())`;
  await owner`insert into comity.decisions (case_id, id, needs, charge_id, outcome, reason_codes, state, proposed_by, proposed_at, answered_by, answered_at)
    values (${id}, ${decision}, ${FACETS.CHARGES}, ${charge}, 'DECLINE', '{NO_OFFENCE}', 'WITHDRAWN', ${memberIds.attorneyDallas}, now(), ${memberIds.attorneyDallas}, now())`;
  await owner`insert into comity.immunity_analyses (case_id, id, needs, person_id, authorised, authorised_facts, necessary, necessary_subjective, necessary_objective, state, drafted_by, drafted_at, reviewed_by, reviewed_at)
    select ${id}, ${analysis}, ${FACETS.PERSONS | FACETS.CHARGES | FACETS.JOINT}, p.id, 'MET', 'x', 'MET', 'x', 'x', 'REVIEWED', ${memberIds.recordsDallas}, now(), ${memberIds.electedDallas}, now()
      from comity.persons p where p.case_id = ${id} limit 1`;
  await owner`insert into comity.victim_notices (case_id, id, needs, person_id, kind, method, sent_on, recorded_by, recorded_at, withdrawn_by, withdrawn_at, withdrawn_because)
    select ${id}, ${notice}, ${FACETS.PERSONS | FACETS.CHARGES | FACETS.JOINT}, p.id, 'CHARGED', 'MAIL', '2026-05-05', ${memberIds.attorneyDallas}, now(), ${memberIds.attorneyDallas}, now(), 'x' from comity.persons p where p.case_id = ${id} and p.position = 1`;
  await owner`insert into comity.person_identifications (case_id, id, needs, person_id, name, source, confidence, before, state, identified_by, identified_at, withdrawn_by, withdrawn_at, withdrawn_because)
    select ${id}, ${identification}, p.needs, p.id, 'Some One', 'x', 'LOW', '{}', 'WITHDRAWN', ${memberIds.attorneyDallas}, now(), ${memberIds.attorneyDallas}, now(), 'x' from comity.persons p where p.case_id = ${id} and p.position = 0`;
  await owner`insert into comity.recordings (case_id, id, needs, kind, position, holder) values (${id}, ${recording}, ${FACETS.EVIDENCE}, 'OTHER', 98, 'A camera')`;
  await owner`update comity.venue_findings set answer = 'AMBIGUOUS' where case_id = ${id}`;
  await owner`update comity.walls set may_lift = '{CONFLICTS,SUPERVISOR,ELECTED}' where case_id = ${id} and lifted_at is not null`;

  const notes: Partial<Record<CastMember, string>> = {};
  const uses: Partial<Record<CastMember, string>> = {};
  for (const who of EVERYBODY) {
    const seat = CAST[who];
    if (!('office' in seat)) continue;
    const [office, member] = [officeIds[seat.office], memberIds[who]];
    if (letThrough(who, 'reviseAnnotation')) {
      notes[who] = newId();
      await owner`insert into comity.annotations (case_id, id, needs, placed_needs, author_id, office_id, kind, audience, privilege, target_kind, favourable_to_defence, revision, created_at, revised_at)
        values (${id}, ${notes[who]}, ${FACETS.JOINT}, ${FACETS.JOINT}, ${member}, ${office}, 'NOTE', 'JOINT', 'NONE', 'CASE', false, 1, now(), now())`;
    }
    if (seat.office === 'dallas-tx' && letThrough(who, 'endBreakGlass')) {
      uses[who] = newId();
      await owner`insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at, reviewed_by, reviewed_at, finding)
        values (${id}, ${uses[who]}, ${FACETS.SUMMARY}, ${member}, ${office}, 'Night duty.', now() - interval '2 hours', now() - interval '1 hour', now(), ${memberIds.recordsDallas}, now(), 'JUSTIFIED')`;
    }
  }
  const demands = {
    DRAFT: await withDemand(world, { id }, { state: 'DRAFT' }), SERVED: await withDemand(world, { id }, { regime: 'PRESERVATION_LETTER' }),
    GRANTED: await withDemand(world, { id }, { state: 'GRANTED' }), SUIT_FILED: await withDemand(world, { id }, { state: 'SUIT_FILED' }),
  };
  const event = await withEvent(world, { id });
  await owner`insert into public.standing_still values (${id})`;
  const [row] = await owner<[Omit<Parts, 'id' | 'item' | 'charge' | 'identification' | 'link' | 'decision' | 'analysis' | 'notice' | 'fact' | 'recording' | 'demands' | 'event' | 'notes' | 'uses'>]>`select c.version, (select v.id from comity.venue_contests v where v.case_id = c.id) as contest,
    (select w.id from comity.walls w where w.case_id = c.id and w.lifted_at is not null) as wall, (select s.id from comity.seals s where s.case_id = c.id and s.unsealed_at is not null) as seal,
    (select r.id from comity.responsibilities r where r.case_id = c.id and r.state = 'DECLINED') as invitation, (select t.id from comity.transfers t where t.case_id = c.id and t.state = 'REJECTED') as transfer,
    (select a.id from comity.authorisations a where a.case_id = c.id and a.revoked_at is not null) as authorisation from comity.cases c where c.id = ${id}`;
  return { ...row, id, item, charge, identification, link, decision, analysis, notice, fact, recording, demands, event, notes, uses };
}

/** How an attempt ended: MAY where the actor came as far as that, LATE where it is not the moment for it. */
export type Ending = 'MAY' | 'LATE' | 'FORBIDDEN' | 'NOT_FOUND';

/** Tries everything on a case, as everybody whom the door lets through. */
export async function triedOn(world: World, parts: Parts): Promise<Record<Attempt, Partial<Record<CastMember, Ending>>>> {
  const found = {} as Record<Attempt, Partial<Record<CastMember, Ending>>>;
  for (const attempt of EVERY_ATTEMPT) {
    const field = fieldOf(attempt);
    const document = `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { __typename } }`;
    found[attempt] = {};
    for (const who of EVERYBODY.filter((each) => letThrough(each, attempt))) {
      const { data, errors } = await world.as(who).ask(document, { input: { caseId: parts.id, ...ATTEMPTS[attempt].input(parts, who) } });
      found[attempt][who] = endingOf(`${attempt} by ${who}`, errors?.[0], data);
    }
  }
  return found;
}

function endingOf(what: string, error: { message: string; extensions: Readonly<Record<string, unknown>> } | undefined, data: unknown): Ending {
  const { code, ...details } = error?.extensions ?? {};
  if (code === 'FORBIDDEN' || code === 'NOT_FOUND') return code;
  // What waited for a lock in vain says nothing of who may.
  if (code === 'BAD_USER_INPUT' || (code === 'CONFLICT' && !error?.message.startsWith('Somebody else'))) return ('stage' in details && 'lead' in details) || error?.message.startsWith('By an order') ? 'LATE' : 'MAY';
  throw new Error(`${what} ended neither done nor refused: ${JSON.stringify(error ?? data)}`);
}

/** The facets of which each of the cast sees the probe. */
export async function seenOf(world: World, id: string): Promise<Partial<Record<CastMember, readonly Facet[]>>> {
  const seen: Partial<Record<CastMember, readonly Facet[]>> = {};
  for (const who of EVERYBODY) {
    const { data } = await world.as(who).ask('query ($id: ID) { case(id: $id) { recordings { holder } } }', { id });
    const holders: string[] = (data?.['case']?.recordings ?? []).map(({ holder }: { holder: string }) => holder);
    seen[who] = (Object.keys(FACETS) as Facet[]).filter((facet) => holders.includes(facet));
  }
  return seen;
}
