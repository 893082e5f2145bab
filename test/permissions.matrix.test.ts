import { isObjectType, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { servedSchema } from '../src/schema.ts';
import { pinnedElsewhere } from './charging.world.ts';
import { ANSWERED, withAffiliation, withDecision, withNotice } from './decisions.world.ts';
import { incidentIn, statuteOf, withVenue } from './policies.world.ts';
import { standing, withItem } from './returns.world.ts';
import { draft, placed, served, withDemand, withEvent, type DemandField } from './demands.world.ts';
import { CAST, openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let schema: GraphQLSchema;
let spare: BuiltCase;
/** How many transactions have begun: who is turned away at the door begins none, but that in which it is written down. */
let begun = 0;
beforeAll(async () => {
  world = await openWorld({ observe: ({ kind, text }) => (begun += kind !== 'statement' ? 0 : text.startsWith('begin') ? 1 : text.includes('comity.denied') ? -1 : 0) });
  schema = servedSchema();
  spare = await world.buildCase();
});
afterAll(() => world.close());

type Variables = Readonly<Record<string, unknown>>;

/** A root field: who may ask for it, how, and with what so that the asking comes to its end. All others must be refused. */
interface Row {
  readonly allowed: readonly CastMember[];
  readonly document: string;
  readonly variables?: (who: CastMember) => Promise<Variables> | Variables;
}

const EVERYBODY = Object.keys(CAST) as CastMember[];
const DALLAS = ['attorneyDallas', 'secondDallas', 'supervisorDallas', 'electedDallas', 'intakeDallas', 'investigatorDallas', 'advocateDallas', 'conflictsDallas', 'disclosureDallas', 'recordsDallas'] as const;
const OFFICES = [...DALLAS, 'attorneyHennepin', 'supervisorHennepin', 'attorneyCook'] as const;
const ATTORNEYS = ['attorneyDallas', 'secondDallas', 'attorneyHennepin', 'attorneyCook'] as const;
const HEADS = ['supervisorDallas', 'electedDallas', 'supervisorHennepin'] as const;
const WRITERS = [...ATTORNEYS, ...HEADS, 'intakeDallas', 'investigatorDallas', 'advocateDallas', 'disclosureDallas'] as const;
const GLASS = [...ATTORNEYS, ...HEADS, 'intakeDallas', 'investigatorDallas', 'advocateDallas', 'disclosureDallas'] as const;
const AGENCIES = ['chiefDallasPolice', 'officerDallasPolice', 'machineDallasPolice', 'chiefChicagoPolice'] as const;
const SCREENERS = [...ATTORNEYS, ...HEADS, 'intakeDallas'] as const;
const KEEPERS = ['chiefDallasPolice', 'chiefChicagoPolice', 'administrator'] as const;
const SENDERS = ['chiefDallasPolice', 'machineDallasPolice', 'chiefChicagoPolice'] as const;

const COUNTY = { 'dallas-tx': '48113', 'hennepin-mn': '27053', 'cook-il': '17031' } as const;
const HEAD = { 'dallas-tx': 'supervisorDallas', 'hennepin-mn': 'supervisorHennepin', 'cook-il': 'attorneyCook' } as const;

function officeOf(who: CastMember): keyof typeof COUNTY {
  const seat = CAST[who];
  return 'office' in seat ? seat.office : 'dallas-tx';
}

/** An unclaimed case in the county of the asker's office. */
const inVenue = (who: CastMember) => world.buildCase({ referral: incidentIn(COUNTY[officeOf(who)]) });

/** The same with coordinates in a county of another office. */
const inDoubt = (who: CastMember) => {
  const { incident } = incidentIn(COUNTY[officeOf(who)]);
  return world.buildCase({ referral: { incident: { ...incident, ...(incident.countyFips === '48113' ? { latitude: 44.9778, longitude: -93.265 } : { latitude: 32.78, longitude: -96.8 }) } } });
};

/** A case that the asker's office leads: with the asker on its team where the asker may claim, else without. */
async function led(who: CastMember): Promise<BuiltCase> {
  const claims: readonly CastMember[] = [...ATTORNEYS, ...HEADS];
  return world.buildCase({ referral: incidentIn(COUNTY[officeOf(who)]), claimedBy: claims.includes(who) ? who : HEAD[officeOf(who)] });
}

const attempt = (work: (who: CastMember, subject: BuiltCase) => Promise<Variables> | Variables, subject: (who: CastMember) => Promise<BuiltCase>, allowed: readonly CastMember[]) =>
  async (who: CastMember): Promise<Variables> => ({ input: await work(who, allowed.includes(who) ? await subject(who) : spare) });

/** A colleague who is on no team yet. */
async function newcomer(who: CastMember): Promise<string> {
  const id = newId();
  await world.database.owner`insert into comity.members (id, subject, name, kind, role, office_id) values (${id}, ${id}, 'New Comer', 'PERSON', 'ATTORNEY', ${world.officeIds[officeOf(who)]})`;
  return id;
}

/** A text of the asker's state that nobody has confirmed. */
async function unattested(who: CastMember): Promise<Variables> {
  const [text] = await world.database.owner`select v.id as "versionId", v.revision as "expectedRevision" from comity.statute_versions v join comity.statutes s on s.id = v.statute_id
    where v.attested_by is null and s.state = ${officeOf(who).slice(-2).toUpperCase()} limit 1`;
  return { versionId: text?.['versionId'], expectedRevision: text?.['expectedRevision'] };
}

/** A text of the asker's state, confirmed in the asker's name. */
async function confirmed(who: CastMember): Promise<unknown> {
  const { versionId } = await unattested(who);
  await world.database.owner`update comity.statute_versions set attested_by = 'x' where id = ${versionId as string}`;
  await world.database.owner`insert into comity.statute_attestations (id, version_id, revision, member_id, attested_by, at) select ${newId()}, v.id, v.revision, ${world.memberIds[who]}, 'x', now() from comity.statute_versions v where v.id = ${versionId as string}`;
  return versionId;
}

const ownPlace = async (subject: BuiltCase): Promise<string> => {
  const [place] = await world.database.owner`select id from comity.assignments where case_id = ${subject.id} and until is null`;
  return String(place?.['id'] ?? newId());
};

const charge = async (_who: CastMember, subject: BuiltCase): Promise<Variables> =>
  ({ caseId: subject.id, personId: subject.personIds[0], statuteId: await statuteOf(world, subject), counts: 1 });

/** A later case of the asker's office that is merged into this one. */
async function mergedInto(who: CastMember, subject: BuiltCase): Promise<string> {
  const late = await led(who);
  await world.as(who).get('mutation ($input: JudgeDuplicateInput!) { judgeDuplicate(input: $input) { case { id } } }', {
    input: { caseId: subject.id, otherId: late.id, verdict: 'DUPLICATE', reason: 'Sent twice.', expectedVersion: subject.version },
  });
  return late.id;
}

const submission = () => ({ idempotencyKey: newId(), referral: world.referral() });
const mutation = (field: string, selection: string) =>
  `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;

const ROWS: Readonly<Record<string, Row>> = {
  me: { allowed: EVERYBODY, document: '{ me { id name } }' },
  jurisdictions: { allowed: EVERYBODY, document: '{ jurisdictions { slug } }' },
  agencies: { allowed: EVERYBODY, document: '{ agencies(first: 1) { nodes { name } } }' },
  attestStatute: { allowed: [...ATTORNEYS, ...HEADS], document: 'mutation ($input: AttestStatuteInput!) { attestStatute(input: $input) { statute { id } } }', variables: async (who) => ({ input: await unattested(who) }) },
  withdrawAttestation: { allowed: [...ATTORNEYS, ...HEADS], document: 'mutation ($input: WithdrawAttestationInput!) { withdrawAttestation(input: $input) { statute { id } } }', variables: async (who) => ({ input: { versionId: await confirmed(who), reason: 'Doubtful.' } }) },
  statutes: { allowed: EVERYBODY, document: '{ statutes(first: 1) { nodes { citation } } }' },
  members: { allowed: OFFICES, document: '{ members(first: 1) { nodes { name } } }' },

  referral: { allowed: AGENCIES, document: 'query ($id: ID!) { referral(id: $id) { id } }', variables: () => ({ id: spare.referralId }) },
  referrals: { allowed: AGENCIES, document: '{ referrals(first: 1) { nodes { id } } }' },
  referralOriginal: { allowed: AGENCIES, document: 'query ($id: ID!) { referralOriginal(referralId: $id) }', variables: () => ({ id: spare.referralId }) },
  referralStatus: { allowed: AGENCIES, document: 'query ($keys: [ReferralKeyInput!]!) { referralStatus(keys: $keys) { standing } }', variables: () => ({ keys: [{ reportNumber: 'R-NONE' }] }) },
  validateReferral: { allowed: AGENCIES, document: mutation('validateReferral', 'acceptable'), variables: () => ({ input: { referral: world.referral() } }) },
  submitReferral: { allowed: SENDERS, document: mutation('submitReferral', 'outcome'), variables: () => ({ input: submission() }) },
  submitReferrals: { allowed: SENDERS, document: mutation('submitReferrals', 'received'), variables: () => ({ input: { referrals: [submission()] } }) },

  readinessPack: {
    allowed: [...OFFICES, ...AGENCIES, 'administrator', 'auditor'], document: 'query ($agency: ID) { readinessPack(agency: $agency, incidentOn: "2026-03-14") { incidentOn } }',
    variables: async (who) => ({ agency: String((await world.database.owner`select coalesce(m.agency_id, (select min(a.id::text)::uuid from comity.agencies a)) as id from comity.members m where m.id = ${world.memberIds[who]}`)[0]?.['id']) }),
  },
  readinessPacks: { allowed: [...OFFICES, ...AGENCIES, 'administrator', 'auditor'], document: '{ readinessPacks(first: 1) { nodes { slug } } }' },
  previewReadinessPack: {
    allowed: ['chiefDallasPolice', 'chiefChicagoPolice'], document: 'query ($id: ID!) { previewReadinessPack(packId: $id) { judged } }', variables: async (who) => ({ id: await ownPack(who, 'DRAFT') }),
  },
  draftReadinessPack: { allowed: KEEPERS, document: mutation('draftReadinessPack', 'pack { id }'), variables: () => ({ input: { slug: 'an-order', title: 'Order', issuedBy: 'Chief', basis: 'Order 1.', validFrom: '2026-03-01' } }) },
  proposeReadinessPack: { allowed: KEEPERS, document: mutation('proposeReadinessPack', 'pack { id }'), variables: async (who) => ({ input: { packId: await ownPack(who, 'DRAFT'), expectedRevision: 1 } }) },
  withdrawReadinessPack: { allowed: KEEPERS, document: mutation('withdrawReadinessPack', 'pack { id }'), variables: async (who) => ({ input: { packId: await ownPack(who, 'PROPOSED') } }) },
  adoptReadinessPack: { allowed: KEEPERS, document: mutation('adoptReadinessPack', 'pack { id }'), variables: async (who) => ({ input: { packId: await ownPack(who, 'PROPOSED') } }) },

  returnItems: { allowed: [...OFFICES, ...AGENCIES], document: '{ returnItems(first: 1) { nodes { id } } }' },
  agencyScorecard: {
    allowed: [...OFFICES, ...AGENCIES],
    document: 'query ($id: ID!) { agencyScorecard(agency: $id, from: "2026-01-01", to: "2026-12-31") { rows { referrals } } }',
    variables: () => ({ id: newId() }),
  },
  acceptReferral: {
    allowed: SCREENERS,
    document: mutation('acceptReferral', 'case { number }'),
    variables: attempt(async (_, subject) => ({ caseId: await inState(subject, 'RESUBMITTED') }), led, SCREENERS),
  },
  returnReferral: {
    allowed: SCREENERS,
    document: mutation('returnReferral', 'case { number }'),
    variables: attempt((_, { id }) => ({ caseId: id, items: [{ category: 'RECORDING', description: 'The clip.', dueOn: '2999-01-01' }] }), led, SCREENERS),
  },
  ...Object.fromEntries((['waiveReturnItem', 'cancelReturnItem'] as const).map((field) => [field, {
    allowed: SCREENERS,
    document: mutation(field, 'item { id }'),
    variables: attempt(async (who, subject) => ({ caseId: subject.id, itemId: await withItem(world, subject, { office: officeOf(who) }) }), led, SCREENERS),
  }])),
  resolveDispute: {
    allowed: SCREENERS,
    document: mutation('resolveDispute', 'item { id }'),
    variables: attempt(async (who, subject) => ({ caseId: subject.id, itemId: await withItem(world, subject, { office: officeOf(who), state: 'DISPUTED' }), outcome: 'UPHELD', note: 'Read again.' }), led, SCREENERS),
  },
  refuseReferral: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('refuseReferral', 'case { number }'),
    variables: attempt((_, { id }) => ({ caseId: id, reason: 'NO_OFFENCE', note: 'None is alleged.' }), led, [...ATTORNEYS, ...HEADS]),
  },
  answerWithdrawalRequest: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('answerWithdrawalRequest', 'case { number }'),
    variables: attempt(async (_, subject) => ({ caseId: await inState(subject, 'ACCEPTED', true), grant: false, note: 'It goes on.' }), led, [...ATTORNEYS, ...HEADS]),
  },
  answerReturn: {
    allowed: SENDERS,
    document: mutation('answerReturn', 'referral { id }'),
    variables: attempt(async (_, subject) => ({ referralId: subject.referralId, answers: [{ itemId: await asked(subject), note: 'Sent.' }] }), (by) => world.buildCase({ by }), SENDERS),
  },
  disputeReturnItem: {
    allowed: SENDERS,
    document: mutation('disputeReturnItem', 'item { id }'),
    variables: attempt(async (_, subject) => ({ itemId: await asked(subject), reason: 'Not ours.' }), (by) => world.buildCase({ by }), SENDERS),
  },
  supplementReferral: {
    allowed: SENDERS,
    document: mutation('supplementReferral', 'outcome'),
    variables: attempt((_, { referralId }) => ({ idempotencyKey: newId(), referralId, supplement: { narrative: 'A witness came forward.' } }), (by) => world.buildCase({ by }), SENDERS),
  },
  withdrawReferral: {
    allowed: SENDERS,
    document: mutation('withdrawReferral', 'referral { id }'),
    variables: attempt((_, { referralId }) => ({ referralId, reason: 'An error.' }), (by) => world.buildCase({ by }), SENDERS),
  },
  requestWithdrawal: {
    allowed: SENDERS,
    document: mutation('requestWithdrawal', 'referral { id }'),
    variables: attempt((_, { referralId }) => ({ referralId, reason: 'An error.' }), (by) => world.buildCase({ by, claimedBy: 'attorneyDallas' }), SENDERS),
  },

  case: { allowed: [...OFFICES, 'administrator'], document: 'query ($id: ID!) { case(id: $id) { number } }', variables: () => ({ id: spare.id }) },
  cases: { allowed: [...OFFICES, 'administrator'], document: '{ cases(first: 1) { nodes { number } } }' },
  offers: { allowed: [...OFFICES, 'administrator'], document: '{ offers(first: 1) { nodes { number } } }' },
  offersSent: { allowed: [...OFFICES, 'administrator'], document: '{ offersSent(first: 1) { nodes { number } } }' },
  routeCase: {
    allowed: ['administrator'],
    document: mutation('routeCase', 'case { number }'),
    variables: attempt((_, { id, version }) => ({ caseId: id, jurisdictionId: world.officeIds['hennepin-mn'], reason: 'Nearest office.', expectedVersion: version }),
      () => world.buildCase({ referral: incidentIn('48001') }), ['administrator']),
  },
  claimCase: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('claimCase', 'case { number }'),
    variables: attempt((_, { id, version }) => ({ caseId: id, expectedVersion: version }), inVenue, [...ATTORNEYS, ...HEADS]),
  },
  releaseCase: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('releaseCase', 'case { number }'),
    variables: attempt((_, { id, version }) => ({ caseId: id, expectedVersion: version }), led, [...ATTORNEYS, ...HEADS]),
  },
  assignCase: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('assignCase', 'assignment { id }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, memberId: await newcomer(who), role: 'SUPPORT' }), led, [...ATTORNEYS, ...HEADS]),
  },
  unassignCase: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('unassignCase', 'case { number }'),
    variables: attempt(async (_, subject) => ({ caseId: subject.id, assignmentId: await ownPlace(subject), expectedVersion: 1 }), led, [...ATTORNEYS, ...HEADS]),
  },

  judgeDuplicate: {
    allowed: SCREENERS,
    document: mutation('judgeDuplicate', 'case { number }'),
    variables: attempt(async (who, { id, version }) => ({ caseId: id, otherId: (await led(who)).id, verdict: 'LINK', reason: 'One evening.', expectedVersion: version }), led, SCREENERS),
  },
  undoDuplicate: {
    allowed: SCREENERS,
    document: mutation('undoDuplicate', 'case { number }'),
    variables: attempt(async (who, subject) => ({ caseId: subject.id, otherId: (SCREENERS as readonly CastMember[]).includes(who) ? await mergedInto(who, subject) : spare.id, expectedVersion: subject.version + 1 }), led, SCREENERS),
  },
  sameIncident: {
    allowed: [...SCREENERS, 'investigatorDallas'],
    document: 'query ($id: ID!) { sameIncident(caseId: $id) { hits { officeName } } }',
    variables: async (who) => ({ id: ([...SCREENERS, 'investigatorDallas'] as readonly CastMember[]).includes(who) ? (await led(who)).id : spare.id }),
  },
  confirmVenue: {
    allowed: [...ATTORNEYS, ...HEADS, 'intakeDallas'],
    document: mutation('confirmVenue', 'case { number }'),
    variables: attempt((who, { id, version }) => ({ caseId: id, countyFips: COUNTY[officeOf(who)], reason: 'The street lies there.', expectedVersion: version }), inDoubt, [...ATTORNEYS, ...HEADS, 'intakeDallas']),
  },
  tagCase: {
    allowed: [...ATTORNEYS, ...HEADS, 'intakeDallas'],
    document: mutation('tagCase', 'case { tags }'),
    variables: attempt((_, { id }) => ({ caseId: id, add: ['PRESS'] }), led, [...ATTORNEYS, ...HEADS, 'intakeDallas']),
  },
  inviteJurisdiction: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('inviteJurisdiction', 'responsibility { id }'),
    variables: attempt((who, { id }) => ({ caseId: id, jurisdictionId: neighbourOf(who), role: 'OBSERVER', reason: 'A neighbour.' }), led, [...ATTORNEYS, ...HEADS]),
  },
  withdrawInvitation: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('withdrawInvitation', 'case { number }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, invitationId: await standingPart(id, { from: officeIdOf(who), to: neighbourOf(who), state: 'INVITED' }) }), led, [...ATTORNEYS, ...HEADS]),
  },
  acceptInvitation: {
    allowed: HEADS,
    document: mutation('acceptInvitation', 'case { number }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, invitationId: await standingPart(id, { from: neighbourOf(who), to: officeIdOf(who), state: 'INVITED' }) }), ledNextDoor, HEADS),
  },
  declineInvitation: {
    allowed: HEADS,
    document: mutation('declineInvitation', 'case { number }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, invitationId: await standingPart(id, { from: neighbourOf(who), to: officeIdOf(who), state: 'INVITED' }) }), ledNextDoor, HEADS),
  },
  leaveCase: {
    allowed: HEADS,
    document: mutation('leaveCase', 'case { number }'),
    variables: attempt(async (who, { id }) => {
      await standingPart(id, { from: neighbourOf(who), to: officeIdOf(who), state: 'ACCEPTED' });
      return { caseId: id };
    }, ledNextDoor, HEADS),
  },
  proposeTransfer: {
    allowed: [...HEADS, 'conflictsDallas'],
    document: mutation('proposeTransfer', 'transfer { id }'),
    variables: attempt((who, { id, version }) => ({ caseId: id, jurisdictionId: neighbourOf(who), reason: 'A neighbour.', expectedVersion: version }), led, [...HEADS, 'conflictsDallas']),
  },
  revokeTransfer: {
    allowed: [...HEADS, 'conflictsDallas'],
    document: mutation('revokeTransfer', 'case { number }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, transferId: await standingOffer(id, { from: officeIdOf(who), to: neighbourOf(who) }) }), led, [...HEADS, 'conflictsDallas']),
  },
  acceptTransfer: {
    allowed: HEADS,
    document: mutation('acceptTransfer', 'case { number }'),
    variables: attempt(async (who, { id, version }) => ({ caseId: id, expectedVersion: version, transferId: await standingOffer(id, { from: neighbourOf(who), to: officeIdOf(who) }) }), ledNextDoor, HEADS),
  },
  rejectTransfer: {
    allowed: HEADS,
    document: mutation('rejectTransfer', 'case { number }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, transferId: await standingOffer(id, { from: neighbourOf(who), to: officeIdOf(who) }) }), ledNextDoor, HEADS),
  },
  contestClaim: {
    allowed: HEADS,
    document: mutation('contestClaim', 'contest { id }'),
    variables: attempt((_, { id, version }) => ({ caseId: id, grounds: ['ELEMENT'], reason: 'It reached into this county.', expectedVersion: version }), contestable, HEADS),
  },
  withdrawContest: {
    allowed: HEADS,
    document: mutation('withdrawContest', 'contest { id }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, contestId: await standingContest(id, { by: officeIdOf(who), against: neighbourOf(who) }) }), contestable, HEADS),
  },
  answerContest: {
    allowed: HEADS,
    document: mutation('answerContest', 'contest { id }'),
    variables: attempt(async (who, { id, version }) => ({
      caseId: id, contestId: await standingContest(id, { by: neighbourOf(who), against: officeIdOf(who) }), answer: 'AGREE', reason: 'So it is.', expectedVersion: version,
    }), led, HEADS),
  },
  recordVenueDecision: {
    allowed: HEADS,
    document: mutation('recordVenueDecision', 'contest { id }'),
    variables: attempt(async (who, { id, version }) => ({
      caseId: id, contestId: await standingContest(id, { by: neighbourOf(who), against: officeIdOf(who) }), court: 'A court', docketNumber: '1', orderedOn: '2026-04-01', decidedFor: 'LEAD',
      document: 'File 1', documentSha256: 'ab'.repeat(32), expectedVersion: version,
    }), led, HEADS),
  },
  recordAuthorisation: {
    allowed: HEADS,
    document: mutation('recordAuthorisation', 'authorisation { id }'),
    variables: attempt((who, { id }) => ({ caseId: id, jurisdictionId: neighbourOf(who), purpose: 'Charging.', document: 'File 1.' }), ledUnderMinnesota, HEADS),
  },
  revokeAuthorisation: {
    allowed: HEADS,
    document: mutation('revokeAuthorisation', 'authorisation { id }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, authorisationId: await standingAuthorisation(who, id) }), led, HEADS),
  },

  recuse: {
    allowed: OFFICES,
    document: mutation('recuse', 'case { number }'),
    variables: attempt((_, { id }) => ({ caseId: id, note: 'A former client.' }), led, OFFICES),
  },
  imposeWall: {
    allowed: [...HEADS, 'conflictsDallas'],
    document: mutation('imposeWall', 'wall { id }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, subject: { kind: 'MEMBER', id: await newcomer(who) }, ground: 'FAMILY', note: 'A sibling.', mayLift: ['SUPERVISOR', 'ELECTED'] }), led, [...HEADS, 'conflictsDallas']),
  },
  liftWall: {
    allowed: [...HEADS, 'conflictsDallas'],
    document: mutation('liftWall', 'wall { id }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, wallId: await standingWall(who, id), reason: 'No longer so.' }), led, [...HEADS, 'conflictsDallas']),
  },
  declareConflict: { allowed: OFFICES, document: mutation('declareConflict', 'declaration { id }'), variables: () => ({ input: { party: 'Kin Folk', relation: 'FAMILY' } }) },
  withdrawDeclaration: { allowed: OFFICES, document: mutation('withdrawDeclaration', 'declaration { id }'), variables: async (who) => ({ input: { declarationId: await ownDeclaration(who) } }) },
  createCalendarFeed: { allowed: OFFICES, document: mutation('createCalendarFeed', 'url'), variables: () => ({ input: {} }) },
  revokeCalendarFeed: { allowed: OFFICES, document: mutation('revokeCalendarFeed', 'feed { id }'), variables: async (who) => ({ input: { feedId: await ownFeed(who) } }) },
  calendarFeeds: { allowed: OFFICES, document: '{ calendarFeeds(first: 1) { nodes { id } } }' },
  conflictDeclarations: { allowed: OFFICES, document: '{ conflictDeclarations(first: 1) { nodes { party } } }' },

  sealCase: {
    allowed: HEADS,
    document: mutation('sealCase', 'seal { id }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, audience: { members: [world.memberIds[who], await newHead(who)] }, order: 'District Court, No. 1, 2 March 2026' }), led, HEADS),
  },
  proposeUnsealing: {
    allowed: HEADS,
    document: mutation('proposeUnsealing', 'seal { id }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, sealId: await standingSeal(who, id, null), reason: 'The order is vacated.' }), led, HEADS),
  },
  cancelUnsealing: {
    allowed: HEADS,
    document: mutation('cancelUnsealing', 'seal { id }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, sealId: await standingSeal(who, id, world.memberIds[who]) }), led, HEADS),
  },
  unseal: {
    allowed: HEADS,
    document: mutation('unseal', 'seal { id }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, sealId: await standingSeal(who, id, newId()) }), led, HEADS),
  },
  placeInCompartment: {
    allowed: [...ATTORNEYS, ...HEADS, 'conflictsDallas'],
    document: mutation('placeInCompartment', 'case { number }'),
    variables: attempt((_, { id, recordingIds }) => ({ caseId: id, compartment: 'COMPELLED', target: { kind: 'RECORDING', id: recordingIds[0] }, basis: 'COMPELLED_STATEMENT' }), led, [...ATTORNEYS, ...HEADS, 'conflictsDallas']),
  },
  releaseFromCompartment: {
    allowed: [...ATTORNEYS, ...HEADS, 'conflictsDallas'],
    document: mutation('releaseFromCompartment', 'case { number }'),
    variables: attempt(async (who, { id, recordingIds }) => {
      await beforeGrandJury(who, id);
      return { caseId: id, compartment: 'GRAND_JURY', target: { kind: 'RECORDING', id: recordingIds[0] }, finding: 'PLACED_IN_ERROR' };
    }, led, [...ATTORNEYS, ...HEADS, 'conflictsDallas']),
  },

  units: { allowed: OFFICES, document: '{ units(first: 1) { nodes { name } } }' },
  createUnit: { allowed: HEADS, document: mutation('createUnit', 'unit { id }'), variables: () => ({ input: { name: `Unit ${newId()}` } }) },
  renameUnit: { allowed: HEADS, document: mutation('renameUnit', 'unit { id }'), variables: async (who) => ({ input: { unitId: await ownUnit(who), name: `Unit ${newId()}` } }) },
  addToUnit: { allowed: HEADS, document: mutation('addToUnit', 'unit { id }'), variables: async (who) => ({ input: { unitId: await ownUnit(who), memberId: await newcomer(who) } }) },
  removeFromUnit: {
    allowed: HEADS,
    document: mutation('removeFromUnit', 'unit { id }'),
    variables: async (who) => {
      const memberId = await newcomer(who);
      return { input: { unitId: await ownUnit(who, memberId), memberId } };
    },
  },
  restrictToUnit: {
    allowed: [...HEADS, 'conflictsDallas'],
    document: mutation('restrictToUnit', 'case { number }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, unitId: await ownUnit(who, await newcomer(who)), reason: 'Sensitive.' }), led, [...HEADS, 'conflictsDallas']),
  },
  breakGlass: {
    allowed: GLASS,
    document: mutation('breakGlass', 'use { id }'),
    variables: attempt(async (_, subject) => {
      await world.database.owner`update comity.assignments set until = now() where case_id = ${subject.id}`;
      await world.database.owner`select comity.compute_sight(${subject.id})`;
      return { caseId: subject.id, reason: 'Night duty.' };
    }, led, GLASS),
  },
  endBreakGlass: {
    allowed: GLASS,
    document: mutation('endBreakGlass', 'use { id }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, useId: await glassUse(who, id, world.memberIds[who]) }), led, GLASS),
  },
  reviewBreakGlass: {
    allowed: HEADS,
    document: mutation('reviewBreakGlass', 'use { id }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, useId: await glassUse(who, id, await newcomer(who)), finding: 'JUSTIFIED', remark: 'Seen.' }), led, HEADS),
  },
  breakGlassUses: { allowed: GLASS, document: '{ breakGlassUses(first: 1) { nodes { reason } } }' },

  annotateCase: {
    allowed: WRITERS,
    document: mutation('annotateCase', 'annotation { id }'),
    variables: attempt((_, { id }) => ({ caseId: id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'A remark.' }), led, WRITERS),
  },
  reviseAnnotation: {
    allowed: WRITERS,
    document: mutation('reviseAnnotation', 'annotation { id }'),
    variables: attempt(async (who, { id }) => ({ caseId: id, annotationId: await ownRemark(who, id), expectedRevision: 1, body: 'Another.' }), led, WRITERS),
  },

  proposeCharge: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('proposeCharge', 'charge { id }'),
    variables: attempt(charge, led, [...ATTORNEYS, ...HEADS]),
  },
  withdrawCharge: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('withdrawCharge', 'charge { id }'),
    variables: attempt(async (who, subject) => ({ caseId: subject.id, chargeId: await openCharge(who, subject) }), led, [...ATTORNEYS, ...HEADS]),
  },
  charges: { allowed: [...OFFICES, 'administrator'], document: '{ charges { nodes { id } } }', variables: () => ({}) },
  unassessedElements: { allowed: [...OFFICES, 'administrator'], document: '{ unassessedElements { nodes { text } } }', variables: () => ({}) },
  waiting: { allowed: [...OFFICES, 'administrator'], document: '{ waiting { nodes { kind } } }', variables: () => ({}) },
  clocks: { allowed: OFFICES, document: '{ clocks { nodes { id } } }', variables: () => ({}) },
  recordClockFact: {
    allowed: [...ATTORNEYS, ...HEADS, 'investigatorDallas'],
    document: mutation('recordClockFact', 'fact { id }'),
    variables: attempt((_, { id, personIds }) => ({ caseId: id, kind: 'PUBLIC_OFFICE', aboutId: personIds[0], from: '2026-04-01', source: 'The roster.' }), led, [...ATTORNEYS, ...HEADS, 'investigatorDallas']),
  },
  endExclusion: {
    allowed: [...ATTORNEYS, ...HEADS, 'investigatorDallas'],
    document: mutation('endExclusion', 'fact { id }'),
    variables: attempt(async (_, subject) => ({ caseId: subject.id, factId: await clockFact(subject, 'EXCLUSION'), on: '2026-05-01' }), led, [...ATTORNEYS, ...HEADS, 'investigatorDallas']),
  },
  withdrawClockFact: {
    allowed: [...ATTORNEYS, ...HEADS, 'investigatorDallas'],
    document: mutation('withdrawClockFact', 'fact { id }'),
    variables: attempt(async (_, subject) => ({ caseId: subject.id, factId: await clockFact(subject, 'PUBLIC_OFFICE'), because: 'Another person.' }), led, [...ATTORNEYS, ...HEADS, 'investigatorDallas']),
  },
  attestDiscovery: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('attestDiscovery', 'fact { id }'),
    variables: attempt(async (who, subject) => ({ caseId: subject.id, factId: await clockFact(subject, 'DISCOVERY', await standingCharge(who, subject)) }), led, [...ATTORNEYS, ...HEADS]),
  },
  assertLimitation: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('assertLimitation', 'fact { id }'),
    variables: attempt(async (who, subject) => {
      const chargeId = await standingCharge(who, subject);
      await clockFact(subject, 'EXCLUSION');
      return { caseId: subject.id, chargeId, grounds: [TOLLED[await stateOf(subject)] ?? ''], reasoning: 'The lease.' };
    }, led, [...ATTORNEYS, ...HEADS]),
  },
  nameChargeLevel: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('nameChargeLevel', 'charge { id }'),
    variables: attempt(async (who, subject) => ({ caseId: subject.id, chargeId: await standingCharge(who, subject), ...(await levelOf(subject)), reason: 'By its facts.' }), led, [...ATTORNEYS, ...HEADS]),
  },
  relateCharge: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('relateCharge', 'charge { id }'),
    variables: attempt(async (who, subject) => ({ caseId: subject.id, chargeId: await standingCharge(who, subject), lesserOf: await standingCharge(who, subject), reason: 'It is in the other.' }), led, [...ATTORNEYS, ...HEADS]),
  },
  unrelateCharge: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('unrelateCharge', 'charge { id }'),
    variables: attempt(async (who, subject) => {
      const [chargeId, lesserOf] = [await standingCharge(who, subject), await standingCharge(who, subject)];
      await world.database.owner`insert into comity.charge_relations (case_id, id, needs, charge_id, relation, other_id, reason, related_by, related_at)
        values (${subject.id}, ${newId()}, 16, ${chargeId}, 'LESSER_OF', ${lesserOf}, 'x', ${newId()}, now())`;
      return { caseId: subject.id, chargeId, lesserOf, reason: 'It is not.' };
    }, led, [...ATTORNEYS, ...HEADS]),
  },
  identifyPerson: {
    allowed: [...ATTORNEYS, ...HEADS, 'investigatorDallas'],
    document: mutation('identifyPerson', 'person { id }'),
    variables: attempt(async (who, { id, personIds }) => {
      await onTeam(who, id);
      return { caseId: id, personId: personIds[0], name: 'Off Eyser', source: 'The roster.', confidence: 'LOW' };
    }, led, [...ATTORNEYS, ...HEADS, 'investigatorDallas']),
  },
  withdrawIdentification: {
    allowed: [...ATTORNEYS, ...HEADS, 'investigatorDallas'],
    document: mutation('withdrawIdentification', 'person { id }'),
    variables: attempt(async (who, { id, personIds }) => {
      await onTeam(who, id);
      const identificationId = newId();
      await world.database.owner`delete from comity.person_identifications where case_id = ${id}`;
      await world.database.owner`insert into comity.person_identifications (case_id, id, needs, person_id, name, source, confidence, before, state, identified_by, identified_at)
        values (${id}, ${identificationId}, 4, ${personIds[0] ?? null}, 'Off Eyser', 'x', 'LOW', '{}', 'STANDING', ${newId()}, now())`;
      return { caseId: id, identificationId, reason: 'A mistake.' };
    }, led, [...ATTORNEYS, ...HEADS, 'investigatorDallas']),
  },
  proofMatrix: { allowed: [...OFFICES, 'administrator'], document: 'query ($caseId: ID!) { proofMatrix(caseId: $caseId) { id } }', variables: () => ({ caseId: newId() }) },
  linkProof: {
    allowed: [...ATTORNEYS, ...HEADS, 'investigatorDallas'],
    document: mutation('linkProof', 'link { id }'),
    variables: attempt(async (who, subject) => ({ ...(await element(subject)), sourceKind: 'REPORT', polarity: 'SUPPORTS', reasoning: 'It says so.' }), led, [...ATTORNEYS, ...HEADS, 'investigatorDallas']),
  },
  withdrawProofLink: {
    allowed: [...ATTORNEYS, ...HEADS, 'investigatorDallas'],
    document: mutation('withdrawProofLink', 'link { id }'),
    variables: attempt(async (who, subject) => ({ caseId: subject.id, linkId: await ownLink(who, subject) }), led, [...ATTORNEYS, ...HEADS, 'investigatorDallas']),
  },
  assessElement: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('assessElement', 'assessment { id }'),
    variables: attempt(async (who, subject) => ({ ...(await element(subject)), verdict: 'MET', reasoning: 'It is plain.' }), led, [...ATTORNEYS, ...HEADS]),
  },
  askForElement: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('askForElement', 'item { id }'),
    variables: attempt(async (who, subject) => ({ ...(await element(subject)), category: 'RECORDING', description: 'The whole clip.', dueOn: '2999-06-01' }), led, [...ATTORNEYS, ...HEADS]),
  },
  fileCharges: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('fileCharges', 'case { number }'),
    variables: attempt(async (who, subject) => {
      const chargeId = await standingCharge(who, subject);
      await withDecision(world, subject, chargeId, { state: 'STANDING', outcome: 'CHARGE' });
      await withAffiliation(world, subject);
      return { caseId: subject.id, chargeIds: [chargeId], instrument: 'INDICTMENT', court: 'District Court', docketNumber: 'F-1', filedOn: '2026-05-04', expectedVersion: subject.version };
    }, led, [...ATTORNEYS, ...HEADS]),
  },

  correctFiling: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('correctFiling', 'case { number }'),
    variables: attempt(async (who, subject) => ({ caseId: subject.id, chargeIds: [await filedCharge(who, subject)], docketNumber: 'F-2', reason: 'A digit.' }), led, [...ATTORNEYS, ...HEADS]),
  },
  withdrawFiling: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('withdrawFiling', 'case { number }'),
    variables: attempt(async (who, subject) => ({ caseId: subject.id, chargeIds: [await filedCharge(who, subject)], reason: 'It was not sent.', expectedVersion: subject.version }), led, [...ATTORNEYS, ...HEADS]),
  },
  repinCharge: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('repinCharge', 'charge { id }'),
    variables: attempt(async (who, subject) => {
      const chargeId = await standingCharge(who, subject);
      await pinnedElsewhere(world, chargeId);
      return { caseId: subject.id, chargeId };
    }, led, [...ATTORNEYS, ...HEADS]),
  },
  withdrawImmunityAnalysis: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('withdrawImmunityAnalysis', 'analysis { id }'),
    variables: attempt(async (_, subject) => ({ caseId: subject.id, analysisId: await draftedAnalysis(subject), reason: 'Another is better.' }), led, [...ATTORNEYS, ...HEADS]),
  },
  withdrawVictimNotice: {
    allowed: [...ATTORNEYS, ...HEADS, 'advocateDallas'],
    document: mutation('withdrawVictimNotice', 'notice { id }'),
    variables: attempt(async (_, subject) => ({ caseId: subject.id, noticeId: await withNotice(world, subject), reason: 'It went to another.' }), led, [...ATTORNEYS, ...HEADS, 'advocateDallas']),
  },

  decideCharge: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('decideCharge', 'decision { id }'),
    variables: attempt(async (who, subject) => (
      { caseId: subject.id, chargeId: await standingCharge(who, subject), outcome: 'HOLD', evidential: 'One recording.', publicInterest: 'None.', reasonCodes: ['AWAITING_EVIDENCE'], expectedVersion: subject.version }
    ), led, [...ATTORNEYS, ...HEADS]),
  },
  withdrawDecision: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('withdrawDecision', 'decision { id }'),
    variables: attempt(async (who, subject) => ({ caseId: subject.id, decisionId: await waitingDecision(who, subject, world.memberIds[who]) }), led, [...ATTORNEYS, ...HEADS]),
  },
  approveDecision: {
    allowed: HEADS,
    document: mutation('approveDecision', 'decision { id }'),
    variables: attempt(async (who, subject) => ({ caseId: subject.id, decisionId: await waitingDecision(who, subject, newId()), expectedVersion: subject.version }), led, HEADS),
  },
  rejectDecision: {
    allowed: HEADS,
    document: mutation('rejectDecision', 'decision { id }'),
    variables: attempt(async (who, subject) => ({ caseId: subject.id, decisionId: await waitingDecision(who, subject, newId()), reason: 'Too soon.' }), led, HEADS),
  },
  recordAffiliation: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('recordAffiliation', 'person { id }'),
    variables: attempt((_, { id, personIds }) => ({ caseId: id, personId: personIds[0], affiliation: 'LOCAL', basis: 'The roster.' }), led, [...ATTORNEYS, ...HEADS]),
  },
  recordImmunityAnalysis: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('recordImmunityAnalysis', 'analysis { id }'),
    variables: attempt((_, { id, personIds }) => ({ caseId: id, personId: personIds[0], ...ANSWERED }), led, [...ATTORNEYS, ...HEADS]),
  },
  reviewImmunityAnalysis: {
    allowed: HEADS,
    document: mutation('reviewImmunityAnalysis', 'analysis { id }'),
    variables: attempt(async (_, subject) => ({ caseId: subject.id, analysisId: await draftedAnalysis(subject), approve: true }), led, HEADS),
  },
  recordVictimNotice: {
    allowed: [...ATTORNEYS, ...HEADS, 'advocateDallas'],
    document: mutation('recordVictimNotice', 'notice { id }'),
    variables: attempt((_, { id, personIds }) => ({ caseId: id, personId: personIds[1], kind: 'CHARGED', method: 'MAIL', sentOn: '2026-05-05' }), led, [...ATTORNEYS, ...HEADS, 'advocateDallas']),
  },
  recordArraignment: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('recordArraignment', 'person { id }'),
    variables: attempt(async (who, subject) => ({ ...(await charged(who, subject)), arraignedOn: '2026-06-01' }), led, [...ATTORNEYS, ...HEADS]),
  },
  setTrial: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('setTrial', 'person { id }'),
    variables: attempt(async (who, subject) => ({ ...(await charged(who, subject)), startsOn: '2026-09-01' }), led, [...ATTORNEYS, ...HEADS]),
  },
  recordDisposition: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('recordDisposition', 'charge { id }'),
    variables: attempt(async (who, subject) => (
      { caseId: subject.id, chargeId: await filedCharge(who, subject), kind: 'ACQUITTED', disposedOn: '2026-09-01', court: 'District Court', expectedVersion: subject.version }
    ), led, [...ATTORNEYS, ...HEADS]),
  },
  recordRemoval: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('recordRemoval', 'removal { id }'),
    variables: attempt(async (who, subject) => (
      { ...(await charged(who, subject)), act: 'FILE_NOTICE', on: '2026-06-10', grounds: ['FEDERAL_OFFICER'], federalCourt: 'N.D. Tex.', docketNumber: '3:26-cr-1' }
    ), led, [...ATTORNEYS, ...HEADS]),
  },
  recordSupersession: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('recordSupersession', 'supersession { id }'),
    variables: attempt((_, { id }) => ({ caseId: id, act: 'PETITION', on: '2026-06-10', basis: 'ABUSE_OF_DISCRETION', petitioner: 'The attorney general' }), led, [...ATTORNEYS, ...HEADS]),
  },
  recordParallelProceeding: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('recordParallelProceeding', 'proceeding { id }'),
    variables: attempt((_, { id }) => ({ caseId: id, act: 'OPEN', on: '2026-06-10', forum: 'FEDERAL_CIVIL', court: 'N.D. Tex.', docketNumber: '3:26-cv-1', against: 'SUSPECT' }), led, [...ATTORNEYS, ...HEADS]),
  },
  recordRendition: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('recordRendition', 'rendition { id }'),
    variables: attempt(async (who, subject) => ({ ...(await charged(who, subject)), act: 'ENTER_WARRANT', on: '2026-06-10', asylumState: 'VA' }), led, [...ATTORNEYS, ...HEADS]),
  },
  recordImmunityProceeding: {
    allowed: [...ATTORNEYS, ...HEADS],
    document: mutation('recordImmunityProceeding', 'proceeding { id }'),
    variables: attempt((_, { id, personIds }) => ({ caseId: id, personId: personIds[0], act: 'ANTICIPATE', on: '2026-06-10' }), led, [...ATTORNEYS, ...HEADS]),
  },
  disputeDeclination: {
    allowed: SENDERS,
    document: mutation('disputeDeclination', 'referral { id }'),
    variables: attempt(async (_, subject) => {
      await declinedAndTold(subject);
      return { referralId: subject.referralId, statement: 'A recording was not seen.', newMaterial: 'BWC-2.' };
    }, (by) => world.buildCase({ by, referral: incidentIn('17031') }), SENDERS),
  },
  answerDeclinationDispute: {
    allowed: HEADS,
    document: mutation('answerDeclinationDispute', 'case { number }'),
    variables: attempt(async (_, subject) => {
      await disputed(subject);
      return { caseId: subject.id, answer: 'UPHOLD', note: 'It was seen.', expectedVersion: subject.version };
    }, led, HEADS),
  },

  demands: { allowed: OFFICES, document: '{ demands(first: 1) { nodes { id } } }' },
  draftDemand: demanded('draftDemand', 'DRAFT', ({ id }) => draft({ id })),
  reviseDemand: demanded('reviseDemand', 'DRAFT', () => ({ purpose: 'Anew.' })),
  serveDemand: demanded('serveDemand', 'DRAFT', () => served('PRESERVATION_LETTER')),
  acknowledgeDemand: demanded('acknowledgeDemand', 'SERVED', () => ({ acknowledgedOn: '2026-04-01', acknowledgedBy: 'A clerk' })),
  extendDemand: demanded('extendDemand', 'SERVED', () => ({ until: '2999-01-01', reason: 'Asked for.' })),
  answerDemand: demanded('answerDemand', 'SERVED', (_, itemId) => ({ answeredOn: '2026-04-01', answers: [{ itemId, state: 'PRODUCED' }] })),
  receiveProduction: demanded('receiveProduction', 'GRANTED', (_, itemId) => ({ receivedOn: '2026-04-02', items: [{ itemId, reference: 'A-1' }] })),
  fileSuit: demanded('fileSuit', 'DENIED', () => ({ court: 'District Court', docketNumber: '26-cv-1', filedOn: '2026-05-01' })),
  decideSuit: demanded('decideSuit', 'SUIT_FILED', () => ({ outcome: 'ORDERED', decidedOn: '2026-05-20', order: 'To be produced.' })),
  withdrawDemand: demanded('withdrawDemand', 'SERVED', () => ({ reason: 'Not needed.' })),
  liftPreservation: demanded('liftPreservation', 'SERVED', () => ({ liftedOn: '2026-05-01', reason: 'Let go.' })),
  recordCooperationEvent: {
    allowed: [...ATTORNEYS, ...HEADS, 'investigatorDallas'],
    document: mutation('recordCooperationEvent', 'event { id }'),
    variables: attempt((_, { id }) => ({ caseId: id, kind: 'SCENE_ACCESS_DENIED', happenedAt: '2026-03-15T02:00:00Z', byAgency: 'An agency', note: 'At the tape.' }), led, [...ATTORNEYS, ...HEADS, 'investigatorDallas']),
  },
  withdrawCooperationEvent: {
    allowed: [...ATTORNEYS, ...HEADS, 'investigatorDallas'],
    document: mutation('withdrawCooperationEvent', 'event { id }'),
    variables: attempt(async (_, subject) => ({ caseId: subject.id, eventId: await withEvent(world, subject), reason: 'Another scene.' }), led, [...ATTORNEYS, ...HEADS, 'investigatorDallas']),
  },

  caseCounts: { allowed: ['analyst'], document: 'query ($input: CaseCountsInput!) { caseCounts(input: $input) { threshold } }', variables: () => ({ input: { groupBy: ['STATE'] } }) },
  verifyTrail: {
    allowed: [...HEADS, 'auditor'],
    document: 'query ($id: ID) { verifyTrail(caseId: $id) { intact } }',
    variables: async (who) => ({ id: (who === 'auditor' || !(HEADS as readonly CastMember[]).includes(who) ? spare : await led(who)).id }),
  },
  ruleBook: { allowed: [...OFFICES, 'administrator', 'auditor'], document: 'query ($id: ID!) { ruleBook(id: $id) { version } }', variables: async (who) => ({ id: await bookInForce(who) }) },
  ruleBooks: { allowed: [...OFFICES, 'administrator', 'auditor'], document: '{ ruleBooks(first: 1) { nodes { version } } }' },
  draftRuleBook: { allowed: HEADS, document: mutation('draftRuleBook', 'ruleBook { id }'), variables: () => ({ input: { title: 'Rules' } }) },
  proposeRuleBook: {
    allowed: HEADS,
    document: mutation('proposeRuleBook', 'ruleBook { id }'),
    variables: async (who) => ({ input: { ruleBookId: await ownBook(who, 'DRAFT'), expectedRevision: 1 } }),
  },
  withdrawRuleBook: { allowed: HEADS, document: mutation('withdrawRuleBook', 'ruleBook { id }'), variables: async (who) => ({ input: { ruleBookId: await ownBook(who, 'PROPOSED') } }) },
  adoptRuleBook: { allowed: HEADS, document: mutation('adoptRuleBook', 'ruleBook { id }'), variables: async (who) => ({ input: { ruleBookId: await ownBook(who, 'PROPOSED') } }) },
  previewRuleBook: {
    allowed: HEADS,
    document: 'query ($id: ID!) { previewRuleBook(ruleBookId: $id) { cases } }',
    variables: async (who) => ({ id: await bookInForce(who) }),
  },
  explainAccess: {
    allowed: OFFICES,
    document: 'query ($id: ID!) { explainAccess(caseId: $id) { case { number } } }',
    variables: async (who) => ({ id: ((OFFICES as readonly CastMember[]).includes(who) ? await led(who) : spare).id }),
  },
  accessLog: {
    allowed: [...HEADS, 'auditor'],
    document: 'query ($id: ID) { accessLog(caseId: $id) { nodes { at } } }',
    variables: async (who) => ({ id: (who === 'auditor' || !(HEADS as readonly CastMember[]).includes(who) ? spare : await led(who)).id }),
  },
};

/** A unit of the asker's office. */
async function ownUnit(who: CastMember, ...members: readonly string[]): Promise<string> {
  const id = newId();
  await world.database.owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${id}, ${world.officeIds[officeOf(who)]}, ${`Unit ${id}`}, ${newId()}, now())`;
  for (const member of members) await world.database.owner`insert into comity.unit_members (unit_id, member_id, since, added_by) values (${id}, ${member}, now(), ${newId()})`;
  return id;
}

/** A use of break-glass in the asker's office that has not ended; who made it has no other that awaits its review. */
async function glassUse(who: CastMember, caseId: string, memberId: string): Promise<string> {
  const id = newId();
  await world.database.owner`update comity.glass_uses set reviewed_by = ${await newcomer(who)}, reviewed_at = now(), finding = 'JUSTIFIED' where member_id = ${memberId} and reviewed_at is null`;
  await world.database.owner`insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at)
    values (${caseId}, ${id}, 1, ${memberId}, ${world.officeIds[officeOf(who)]}, 'Night duty.', now(), now() + interval '1 hour', now() + interval '3 days')`;
  return id;
}

const officeIdOf = (who: CastMember): string => world.officeIds[officeOf(who)];

const neighbourOf = (who: CastMember): string => world.officeIds[officeOf(who) === 'hennepin-mn' ? 'dallas-tx' : 'hennepin-mn'];

/** A case that the neighbour of the asker's office leads. */
function ledNextDoor(who: CastMember): Promise<BuiltCase> {
  return led(officeOf(who) === 'hennepin-mn' ? 'supervisorDallas' : 'supervisorHennepin');
}

/** An act on a demand that stands in a state; an investigator does it on the team of the case. */
function demanded(field: DemandField, state: string, more: (subject: BuiltCase, itemId: string) => object) {
  const allowed = [...ATTORNEYS, ...HEADS, 'investigatorDallas'] as const;
  return {
    allowed,
    document: mutation(field, 'demand { id }'),
    variables: attempt(async (_, subject) => {
      const { id, itemId } = await withDemand(world, subject, { state, regime: 'PRESERVATION_LETTER', ...(state === 'GRANTED' && { itemState: 'PRODUCED' }) });
      return { ...(field !== 'draftDemand' && { caseId: subject.id, demandId: id }), ...more(subject, itemId) };
    }, async (who) => {
      const built = await led(who);
      if (who === 'investigatorDallas') await placed(world, built, who);
      return built;
    }, allowed),
  };
}

/** A case that the asker's office leads and whose state asks for an authorisation. */
async function ledUnderMinnesota(who: CastMember): Promise<BuiltCase> {
  const built = await led(who);
  await world.database.owner`update comity.cases set state = 'MN' where id = ${built.id}`;
  return built;
}

/** Brings the case's referral into a state, and answers with the case. */
async function inState(subject: BuiltCase, state: string, isAsked = false): Promise<string> {
  await standing(world, subject, state, isAsked);
  return subject.id;
}

/** Something that is asked of the agency. */
async function asked(subject: BuiltCase): Promise<string> {
  await standing(world, subject, 'RETURNED');
  return withItem(world, subject);
}

async function standingPart(caseId: string, { from, to, state }: { from: string; to: string; state: 'INVITED' | 'ACCEPTED' }): Promise<string> {
  const id = newId();
  await world.database.owner`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at)
    values (${caseId}, ${id}, 1, ${to}, ${from}, 'CO', 1, ${state}, 'Together.', ${newId()}, now()) on conflict do nothing`;
  await world.database.owner`select comity.compute_sight(${caseId})`;
  return id;
}

async function standingOffer(caseId: string, { from, to }: { from: string; to: string }): Promise<string> {
  const id = newId();
  await world.database.owner`insert into comity.transfers (case_id, id, needs, from_id, to_id, residual, reason, state, proposed_by, proposed_at)
    values (${caseId}, ${id}, 1, ${from}, ${to}, 'NONE', 'A neighbour.', 'PROPOSED', ${newId()}, now()) on conflict do nothing`;
  await world.database.owner`select comity.compute_sight(${caseId})`;
  return id;
}

/** The same, of which the asker's office is a venue candidate. */
async function contestable(who: CastMember): Promise<BuiltCase> {
  const subject = await ledNextDoor(who);
  await withVenue(world, subject, officeOf(who));
  return subject;
}

async function standingContest(caseId: string, { by, against }: { by: string; against: string }): Promise<string> {
  const id = newId();
  await world.database.owner`insert into comity.venue_contests (case_id, id, needs, contestant_id, lead_id, grounds, reason, state, contested_by, contested_at)
    values (${caseId}, ${id}, 1, ${by}, ${against}, '{ELEMENT}', 'It reached into this county.', 'OPEN', ${newId()}, now()) on conflict do nothing`;
  return id;
}

async function standingAuthorisation(who: CastMember, caseId: string): Promise<string> {
  const id = newId();
  await world.database.owner`insert into comity.authorisations (case_id, id, needs, jurisdiction_id, given_for, purpose, document, recorded_by, recorded_at)
    values (${caseId}, ${id}, 1, ${neighbourOf(who)}, ${officeIdOf(who)}, 'Charging.', 'File 1.', ${newId()}, now())`;
  return id;
}

async function bookInForce(who: CastMember): Promise<string> {
  const [book] = await world.database.owner`select id from comity.rule_books where jurisdiction_id = ${officeIdOf(who)} and state = 'IN_FORCE'`;
  return String(book?.['id']);
}

/** A book that a colleague of the asker has drafted, or drafted and proposed. */
async function ownBook(who: CastMember, state: 'DRAFT' | 'PROPOSED'): Promise<string> {
  const [id, colleague, office] = [newId(), await newcomer(who), officeIdOf(who)];
  await world.database.owner`insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_by, drafted_at, proposed_by)
    select ${id}, ${office}, max(version) + 1, ${state}, 'Rules', ${colleague}::uuid, now(), ${state === 'DRAFT' ? null : colleague}::uuid from comity.rule_books where jurisdiction_id = ${office}`;
  return id;
}

/** A pack that a colleague of the asker has drafted, or drafted and proposed: of the asker's agency, or of the coalition. */
async function ownPack(who: CastMember, state: 'DRAFT' | 'PROPOSED'): Promise<string> {
  const [id, colleague] = [newId(), newId()];
  await world.database.owner`insert into comity.readiness_packs (id, agency_id, slug, version, state, title, issued_by, basis, valid_from, drafted_by, drafted_at, proposed_by)
    select ${id}::text::uuid, m.agency_id, ${`order-${id}`}, 1, ${state}, 'Order', 'Chief', 'Order 1.', '2026-03-01', ${colleague}::text::uuid, now(), ${state === 'DRAFT' ? null : colleague}::text::uuid from comity.members m where m.id = ${world.memberIds[who]}`;
  return id;
}

async function ownRemark(who: CastMember, caseId: string): Promise<string> {
  const { data } = await world.as(who).ask(mutation('annotateCase', 'annotation { id }'), { input: { caseId, target: { kind: 'CASE' }, kind: 'NOTE', body: 'A remark.' } });
  return data?.['annotateCase']?.annotation?.id ?? newId();
}

async function standingWall(who: CastMember, caseId: string): Promise<string> {
  const id = newId();
  await world.database.owner`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
    values (${caseId}, ${id}, 512, 'MEMBER', ${await newcomer(who)}, 'FAMILY', 'A sibling.', '{SUPERVISOR,ELECTED,CONFLICTS}', ${world.memberIds[who]}, now())`;
  return id;
}

async function ownDeclaration(who: CastMember): Promise<string> {
  const { data } = await world.as(who).ask(mutation('declareConflict', 'declaration { id }'), { input: { party: 'Kin Folk', relation: 'FAMILY' } });
  return data?.['declareConflict']?.declaration?.id ?? newId();
}

async function ownFeed(who: CastMember): Promise<string> {
  const { data } = await world.as(who).ask(mutation('createCalendarFeed', 'feed { id }'), { input: {} });
  return data?.['createCalendarFeed']?.feed?.id ?? newId();
}

async function newHead(who: CastMember): Promise<string> {
  const id = await newcomer(who);
  await world.database.owner`update comity.members set role = 'SUPERVISOR' where id = ${id}`;
  return id;
}

/** A seal on the report, with the asker in its audience; with the id of who proposes to lift it, if that is proposed. */
async function standingSeal(who: CastMember, caseId: string, proposedBy: string | null): Promise<string> {
  const id = newId();
  await world.database.owner`insert into comity.seals (case_id, id, needs, facets, audience, "order", sealed_by, sealed_at, unsealing_proposed_by)
    values (${caseId}, ${id}, 514, 2, ${[world.memberIds[who]]}::uuid[], 'An order', ${newId()}, now(), ${proposedBy})`;
  return id;
}

/** Puts the asker on the team, unless there already. */
const onTeam = (who: CastMember, caseId: string) =>
  world.database.owner`insert into comity.assignments (case_id, id, needs, member_id, role, since, assigned_by) values (${caseId}, ${newId()}, 512, ${world.memberIds[who]}, 'SUPPORT', now(), ${newId()}) on conflict do nothing`;

/** The level of the statute that `standingCharge` charges. */
async function levelOf(subject: BuiltCase): Promise<Readonly<Record<string, unknown>>> {
  const [text] = await world.database.owner`select case v.level when 'EITHER' then 'FELONY' else v.level end as level from comity.statute_versions v where v.statute_id = ${await statuteOf(world, subject)} limit 1`;
  return { level: text?.['level'] };
}

/** Puts the asker on the team, unless there already, and the recordings of the case before a grand jury. */
async function beforeGrandJury(who: CastMember, caseId: string): Promise<void> {
  const { owner } = world.database;
  await onTeam(who, caseId);
  await owner`update comity.recordings set needs = needs | 16384 where case_id = ${caseId}`;
  await owner`select comity.compute_sight(c.id) from comity.cases c where c.id = ${caseId} and c.lead_id is not null`;
}

async function openCharge(who: CastMember, subject: BuiltCase): Promise<string> {
  const { data } = await world.as(who).ask(mutation('proposeCharge', 'charge { id }'), { input: await charge(who, subject) });
  return data?.['proposeCharge']?.charge?.id ?? newId();
}

/** The first element of a charge that stands on the case. */
async function element({ id, personIds }: BuiltCase): Promise<Readonly<Record<string, unknown>>> {
  const chargeId = newId();
  await world.database.owner`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
    select ${id}, ${chargeId}, 16, ${personIds[0] ?? null}, v.statute_id, v.id, 1, '2026-03-14', 'PROPOSED', '{}', ${newId()}, now() from comity.statute_versions v where jsonb_array_length(v.elements) > 0 limit 1`;
  return { caseId: id, chargeId, element: 1 };
}

async function ownLink(who: CastMember, subject: BuiltCase): Promise<string> {
  const { data } = await world.as(who).ask(mutation('linkProof', 'link { id }'), { input: { ...(await element(subject)), sourceKind: 'REPORT', polarity: 'NEUTRAL', reasoning: 'x' } });
  return data?.['linkProof']?.link?.id ?? newId();
}

/** A charge on a case of the asker's office, as if proposed. */
const TOLLED: Readonly<Record<string, string>> = { TX: 'ABSENT_AFTER_ACCUSED', MN: 'NOT_RESIDENT', IL: 'NOT_RESIDENT' };
const stateOf = async ({ id }: { readonly id: string }) => String((await world.database.owner`select state from comity.cases where id = ${id}`)[0]?.['state']);

/** A fact of a case that clocks depend on: of its official, or of a charge. */
async function clockFact({ id, personIds }: BuiltCase, kind: 'EXCLUSION' | 'PUBLIC_OFFICE' | 'DISCOVERY', about = personIds[0] ?? ''): Promise<string> {
  const factId = newId();
  await world.database.owner`insert into comity.clock_facts (case_id, id, needs, kind, about_id, from_on, grounds, source, recorded_by, recorded_at)
    values (${id}, ${factId}, 16, ${kind}, ${about}, '2026-04-01', ${kind === 'EXCLUSION' ? [TOLLED[await stateOf({ id })] ?? ''] : []}, 'x', ${world.memberIds.attorneyDallas}, now())`;
  return factId;
}

async function standingCharge(who: CastMember, subject: BuiltCase): Promise<string> {
  const id = newId();
  await world.database.owner`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
    select ${subject.id}, ${id}, 16, ${subject.personIds[0] ?? null}, v.statute_id, v.id, 1, '2026-03-14', 'PROPOSED', '{}', ${world.memberIds[who]}, now() from comity.statute_versions v where v.statute_id = ${await statuteOf(world, subject)} limit 1`;
  return id;
}

/** A charge on a case of the asker's office, as if filed, and its person. */
async function filedCharge(who: CastMember, subject: BuiltCase): Promise<string> {
  const [{ database: { owner } }, id] = [world, await standingCharge(who, subject)];
  await owner`update comity.charges set state = 'FILED' where id = ${id}`;
  await owner`insert into comity.filings (case_id, charge_id, needs, instrument, court, docket_number, filed_on, warnings, recorded_by, recorded_at)
    values (${subject.id}, ${id}, 16, 'INDICTMENT', 'District Court', 'F-1', '2026-05-04', '{}', ${world.memberIds[who]}, now())`;
  return id;
}

async function charged(who: CastMember, subject: BuiltCase): Promise<Readonly<Record<string, unknown>>> {
  await filedCharge(who, subject);
  return { caseId: subject.id, personId: subject.personIds[0] };
}

const waitingDecision = async (who: CastMember, subject: BuiltCase, by: string): Promise<string> => withDecision(world, subject, await standingCharge(who, subject), { outcome: 'HOLD', by });

async function draftedAnalysis(subject: BuiltCase): Promise<string> {
  const id = newId();
  await world.database.owner`insert into comity.immunity_analyses (case_id, id, needs, person_id, authorised, authorised_facts, necessary, necessary_subjective, necessary_objective, state, drafted_by, drafted_at)
    values (${subject.id}, ${id}, 1044, ${subject.personIds[0] ?? null}, 'MET', 'x', 'MET', 'x', 'x', 'DRAFTED', ${newId()}, now())`;
  return id;
}

/** A case of Cook declined, by a book of its own that tells agencies. */
async function declinedAndTold(subject: BuiltCase): Promise<void> {
  const { owner } = world.database;
  const cook = world.officeIds['cook-il'];
  await owner`insert into comity.agency_rules (book_id, show, stages, basis) select id, 'OUTCOME', '{}', 'Agreed.' from comity.rule_books where jurisdiction_id = ${cook} and state = 'IN_FORCE' on conflict do nothing`;
  await owner`update comity.cases set stage = 'DECLINED', lead_id = ${cook} where id = ${subject.id}`;
}

async function disputed(subject: BuiltCase): Promise<void> {
  const { owner } = world.database;
  await owner`update comity.cases set stage = 'DECLINED' where id = ${subject.id}`;
  await owner`insert into comity.return_entries (case_id, id, needs, referral_id, agency_id, kind, note, shown_by, by_id, at)
    select ${subject.id}, ${newId()}, 2, r.id, r.agency_id, 'DECLINATION_DISPUTED', 'Look again.', 'STATUS', r.submitted_by, now() from comity.referrals r where r.id = ${subject.referralId}`;
}

const rootFields = (served: GraphQLSchema): string[] =>
  [served.getQueryType(), served.getMutationType(), served.getSubscriptionType()].flatMap((type) => (isObjectType(type) ? Object.keys(type.getFields()) : []));

describe('of the whole cast', () => {
  test('every root field has its row here, and no row is of a field that is gone', () => {
    expect(Object.keys(ROWS).sort()).toEqual(rootFields(schema).sort());
  });

  test.each(Object.entries(ROWS))('those who may ask for %s are served, and everybody else is FORBIDDEN', async (_field, { allowed, document, variables }) => {
    const found: Record<string, string> = {};
    for (const who of EVERYBODY) {
      const given = await variables?.(who);
      const before = begun;
      const { errors } = await world.as(who).ask(document, given);
      expect(begun > before, `${who} comes through the door`).toBe(allowed.includes(who));
      found[who] = errors?.map(({ message, extensions }) => (extensions['code'] === 'FORBIDDEN' && message === 'Your seat does not permit this act.' ? 'FORBIDDEN' : `${extensions['code']}: ${message}`)).join() ?? 'served';
    }
    expect(found).toEqual(Object.fromEntries(EVERYBODY.map((who) => [who, allowed.includes(who) ? 'served' : 'FORBIDDEN'])));
  });
});

test('one whose seat is taken away is served no more, whatever the door remembers', async () => {
  const { owner } = world.database;
  await world.as('recordsDallas').get('{ me { id } }');
  await owner`update comity.members set active = false where id = ${world.memberIds.recordsDallas}`;
  expect(await world.as('recordsDallas').refused('{ me { id } }')).toBe('UNAUTHENTICATED');
  await owner`update comity.members set active = true where id = ${world.memberIds.recordsDallas}`;
});

test('one whose role is lowered may do no more than the new role, at once', async () => {
  const { owner } = world.database;
  const subject = await world.buildCase();
  await world.as('secondDallas').get('{ me { id } }');
  await owner`update comity.members set role = 'RECORDS' where id = ${world.memberIds.secondDallas}`;
  expect(await world.as('secondDallas').refused(ROWS['claimCase']?.document ?? '', { input: { caseId: subject.id, expectedVersion: 1 } })).toBe('FORBIDDEN');
  await owner`update comity.members set role = 'ATTORNEY' where id = ${world.memberIds.secondDallas}`;
});
