import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROSECUTING, type Action } from '../src/access/acts.ts';
import { FACETS, type Facet } from '../src/access/facets.ts';
import { PERMISSIONS } from '../src/permissions.ts';
import { incidentIn } from './policies.world.ts';
import { adopted, opens } from './rulebooks.world.ts';
import { CANDIDATE, HEADS, LEADS, WRITERS, type Acts } from './situations.leads.ts';
import { ATTEMPTS, ELSEWHERE, EVERYBODY, furnished, seenOf, triedOn, withStandstill, type Attempt, type Ending, type Parts, type Try } from './situations.world.ts';
import { openWorld, type CastMember, type World } from './world.ts';

let world: World;
let unit: string;
beforeAll(async () => {
  world = await openWorld();
  const made = await world.as('supervisorDallas').get('mutation ($input: CreateUnitInput!) { createUnit(input: $input) { unit { id } } }', { input: { name: 'Public integrity' } });
  unit = made['createUnit'].unit.id;
  await withStandstill(world);
  await adopted(world, { sharing: [
    opens(world.officeIds['hennepin-mn'], ['REPORT', 'EVIDENCE'], { tags: ['PRESS'] }), opens('COALITION', ['PERSONS'], { tags: ['PUBLIC_GATHERING'] }),
  ] });
  for (const who of ['secondDallas', 'recordsDallas'] as const) {
    await world.as('supervisorDallas').get('mutation ($input: AddToUnitInput!) { addToUnit(input: $input) { unit { id } } }', { input: { unitId: unit, memberId: world.memberIds[who] } });
  }
}, 60_000);
afterAll(() => world.close());

type Facets = readonly Facet[];
type Cast = readonly CastMember[];

const DALLAS = ['attorneyDallas', 'secondDallas', 'supervisorDallas', 'electedDallas', 'intakeDallas', 'investigatorDallas', 'advocateDallas', 'conflictsDallas', 'disclosureDallas', 'recordsDallas'] as const;
const HENNEPIN = ['attorneyHennepin', 'supervisorHennepin'] as const;

// What each kind of seat in the lead office sees.
const SEAT: Facets = ['SUMMARY', 'REPORT', 'PERSONS', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY', 'OFFICE', 'JOINT', 'COALITION', 'PROTECTED'];
const INTAKE: Facets = ['SUMMARY', 'REPORT', 'PERSONS', 'EVIDENCE', 'HISTORY', 'OFFICE', 'JOINT', 'COALITION', 'PROTECTED'];
const ADVOCATE: Facets = ['SUMMARY', 'REPORT', 'PERSONS', 'VICTIM_CONTACT', 'CHARGES', 'PROCEEDINGS', 'OFFICE', 'JOINT', 'COALITION', 'PROTECTED'];
const RECORDS: Facets = ['SUMMARY', 'REPORT', 'HISTORY', 'OFFICE'];
const TRIAL: Facets = [...SEAT, 'VICTIM_CONTACT', 'TEAM', 'GRAND_JURY'];
const FILTER: Facets = [...SEAT, 'VICTIM_CONTACT', 'COMPELLED'];
const CO: Facets = ['SUMMARY', 'REPORT', 'PERSONS', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY', 'JOINT', 'COALITION'];

type Seen = Partial<Record<CastMember, Facets>>;
const OFFICE: Seen = {
  attorneyDallas: TRIAL, secondDallas: SEAT, supervisorDallas: SEAT, electedDallas: SEAT, intakeDallas: INTAKE, investigatorDallas: SEAT, advocateDallas: ADVOCATE,
  conflictsDallas: SEAT, disclosureDallas: SEAT, recordsDallas: RECORDS,
};
const all = (who: Cast, facets: Facets): Seen => Object.fromEntries(who.map((each) => [each, facets]));
/** What a former lead reads on. */
const READ_ON: Seen = {
  ...all(DALLAS, ['SUMMARY', 'REPORT', 'PERSONS', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY', 'OWN']),
  intakeDallas: ['SUMMARY', 'REPORT', 'PERSONS', 'EVIDENCE', 'HISTORY', 'OWN'], advocateDallas: ['SUMMARY', 'REPORT', 'PERSONS', 'CHARGES', 'PROCEEDINGS', 'OWN'], recordsDallas: ['SUMMARY', 'REPORT', 'HISTORY', 'OWN'],
};
const without = (seen: Seen, ...closed: Facets): Seen => Object.fromEntries(Object.entries(seen).map(([who, facets]) => [who, facets.filter((facet) => !closed.includes(facet))]));

const less = (acts: Acts, ...gone: Cast): Acts => Object.fromEntries(Object.entries(acts).map(([act, cast]) => [act, cast.filter((each) => !gone.includes(each))]));
const plus = (acts: Acts, more: Acts): Acts =>
  Object.fromEntries([...new Set([...Object.keys(acts), ...Object.keys(more)] as (keyof Acts)[])].map((act) => [act, [...(acts[act] ?? []), ...(more[act] ?? [])]]));

const ask = (who: CastMember, field: string, input: object, selection = 'case { id version }') =>
  world.as(who).get(`mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`, { input }).then((data) => data[field]);

const claimed = async (by: CastMember = 'attorneyDallas', county: '48113' | '27053' = '48113') => {
  const built = await world.buildCase({ referral: incidentIn(county) });
  await ask(by, 'claimCase', { caseId: built.id, expectedVersion: built.version });
  return built.id;
};
const invited = async (office: 'hennepin-mn' | 'cook-il' | 'dallas-tx', role: string, lead: CastMember = 'supervisorDallas', id?: string) => {
  const caseId = id ?? (await claimed());
  await ask(lead, 'inviteJurisdiction', { caseId, jurisdictionId: world.officeIds[office], role, reason: 'One incident in two counties.' });
  return caseId;
};
const accepted = async (by: CastMember, caseId: string) => {
  const { case: { responsibilities } } = await world.as(by).get('query ($id: ID) { case(id: $id) { responsibilities { id state } } }', { id: caseId });
  await ask(by, 'acceptInvitation', { caseId, invitationId: responsibilities[0].id });
  return caseId;
};
const offered = async (residual: string, wallFormerLead?: string) => {
  const caseId = await claimed();
  const { case: { version } } = await world.as('supervisorDallas').get('query ($id: ID) { case(id: $id) { version } }', { id: caseId });
  await ask('supervisorDallas', 'proposeTransfer', { caseId, jurisdictionId: world.officeIds['hennepin-mn'], residual, reason: 'The office prosecutes the same people.', expectedVersion: version, ...(wallFormerLead && { wallFormerLead }) });
  return caseId;
};
const transferred = async (residual: string, wallFormerLead?: string) => {
  const caseId = await offered(residual, wallFormerLead);
  const { case: { version, transfers } } = await world.as('supervisorHennepin').get('query ($id: ID) { case(id: $id) { version transfers { id } } }', { id: caseId });
  await ask('supervisorHennepin', 'acceptTransfer', { caseId, transferId: transfers[0].id, expectedVersion: version });
  return caseId;
};

/** The other office answers what it is offered. */
const ANSWERS = { acceptInvitation: ['supervisorHennepin'], declineInvitation: ['supervisorHennepin'], acceptTransfer: ['supervisorHennepin'], rejectTransfer: ['supervisorHennepin'],
  // It contested once, and withdrew that.
  answerContest: ['supervisorHennepin'], recordVenueDecision: ['supervisorHennepin'], withdrawContest: ['supervisorHennepin'],
} as const satisfies Acts;
/** A former lead is told that a contest of its time has ended. */
const TOLD = { answerContest: HEADS, recordVenueDecision: HEADS } as const satisfies Acts;
/** And claims back what happened in its own county. */
const CONTESTS = { ...TOLD, contestClaim: HEADS } as const satisfies Acts;
const [HEAD_HENNEPIN, BOTH_HENNEPIN] = [['supervisorHennepin'], ['attorneyHennepin', 'supervisorHennepin']] as const satisfies readonly Cast[];

// Hennepin leads, and its team is supervisorHennepin.
const LEADS_HENNEPIN = {
  ...ANSWERS,
  acceptReferral: HEAD_HENNEPIN, returnReferral: HEAD_HENNEPIN, waiveReturnItem: HEAD_HENNEPIN, cancelReturnItem: HEAD_HENNEPIN, resolveDispute: HEAD_HENNEPIN,
  refuseReferral: HEAD_HENNEPIN, answerWithdrawalRequest: HEAD_HENNEPIN,
  releaseCase: HEAD_HENNEPIN, assignCase: HEAD_HENNEPIN, unassignCase: HEAD_HENNEPIN, tagCase: HEAD_HENNEPIN, confirmVenue: BOTH_HENNEPIN,
  inviteJurisdiction: HEAD_HENNEPIN, withdrawInvitation: HEAD_HENNEPIN, proposeTransfer: HEAD_HENNEPIN, revokeTransfer: HEAD_HENNEPIN, recordAuthorisation: HEAD_HENNEPIN, revokeAuthorisation: HEAD_HENNEPIN,
  imposeWall: HEAD_HENNEPIN, liftWall: HEAD_HENNEPIN, sealCase: HEAD_HENNEPIN, proposeUnsealing: HEAD_HENNEPIN, cancelUnsealing: HEAD_HENNEPIN, unseal: HEAD_HENNEPIN, restrictToUnit: HEAD_HENNEPIN,
  placeInCompartment: HEAD_HENNEPIN, releaseFromCompartment: HEAD_HENNEPIN,
  breakGlass: BOTH_HENNEPIN, annotateCase: BOTH_HENNEPIN, reviseAnnotation: BOTH_HENNEPIN, proposeCharge: HEAD_HENNEPIN, withdrawCharge: HEAD_HENNEPIN, repinCharge: HEAD_HENNEPIN,
  recordClockFact: HEAD_HENNEPIN, endExclusion: HEAD_HENNEPIN, withdrawClockFact: HEAD_HENNEPIN, attestDiscovery: HEAD_HENNEPIN, assertLimitation: HEAD_HENNEPIN,
  nameChargeLevel: HEAD_HENNEPIN, relateCharge: HEAD_HENNEPIN, unrelateCharge: HEAD_HENNEPIN, identifyPerson: HEAD_HENNEPIN, withdrawIdentification: HEAD_HENNEPIN,
  linkProof: HEAD_HENNEPIN, assessElement: HEAD_HENNEPIN, askForElement: HEAD_HENNEPIN, decideCharge: HEAD_HENNEPIN, approveDecision: HEAD_HENNEPIN, rejectDecision: HEAD_HENNEPIN, fileCharges: HEAD_HENNEPIN, correctFiling: HEAD_HENNEPIN, withdrawFiling: HEAD_HENNEPIN,
  answerDeclinationDispute: HEAD_HENNEPIN, recordAffiliation: HEAD_HENNEPIN, recordImmunityAnalysis: HEAD_HENNEPIN, reviewImmunityAnalysis: HEAD_HENNEPIN, recordVictimNotice: HEAD_HENNEPIN, withdrawVictimNotice: HEAD_HENNEPIN, withdrawImmunityAnalysis: HEAD_HENNEPIN,
  recordArraignment: HEAD_HENNEPIN, setTrial: HEAD_HENNEPIN, recordDisposition: HEAD_HENNEPIN, recordRemoval: HEAD_HENNEPIN, recordSupersession: HEAD_HENNEPIN, recordParallelProceeding: HEAD_HENNEPIN, recordRendition: HEAD_HENNEPIN, recordImmunityProceeding: HEAD_HENNEPIN,
  draftDemand: HEAD_HENNEPIN, reviseDemand: HEAD_HENNEPIN, serveDemand: HEAD_HENNEPIN, acknowledgeDemand: HEAD_HENNEPIN, extendDemand: HEAD_HENNEPIN, answerDemand: HEAD_HENNEPIN, receiveProduction: HEAD_HENNEPIN, fileSuit: HEAD_HENNEPIN, decideSuit: HEAD_HENNEPIN, withdrawDemand: HEAD_HENNEPIN, liftPreservation: HEAD_HENNEPIN, recordCooperationEvent: HEAD_HENNEPIN, withdrawCooperationEvent: HEAD_HENNEPIN,
} as const satisfies Acts;

// What is too late when a case is decided, and when it is closed.
const AFTER_DECISION = ['claimCase', 'releaseCase', 'refuseReferral'] as const;
const AFTER_CLOSING = [
  ...AFTER_DECISION, 'assignCase', 'unassignCase', 'tagCase', 'inviteJurisdiction', 'proposeTransfer', 'confirmVenue', 'acceptReferral', 'returnReferral', 'waiveReturnItem', 'cancelReturnItem', 'resolveDispute',
  'answerWithdrawalRequest', 'answerContest', 'recordVenueDecision', 'askForElement', 'answerDeclinationDispute',
] as const;
// What who leads writes of a prosecution, while by an order another prosecutes.
const PROSECUTION = (Object.keys(ATTEMPTS) as Attempt[]).filter((attempt) => PROSECUTING.has(PERMISSIONS.Mutation[attempt.split(' ', 1)[0] as keyof typeof PERMISSIONS.Mutation] as Action));
// What is too early while nobody leads.
const BEFORE_A_CLAIM = ['contestClaim', 'answerContest', 'recordVenueDecision'] as const;

interface Situation {
  readonly name: string;
  readonly arrange: () => Promise<string>;
  /** Who sees which facets; who is not named sees nothing. */
  readonly seen: Seen;
  /** Who may do what; who is not named may not. */
  readonly acts: Acts;
  /** What it is not the moment for, whoever may; a case that is led is not claimed, unless told. */
  readonly late?: readonly Attempt[];
}

const stage = async (caseId: string, to: string) => {
  await world.database.owner`update comity.cases set stage = ${to} where id = ${caseId}`;
  await world.database.owner`select comity.compute_sight(${caseId})`;
  return caseId;
};
const done = async (who: CastMember, field: string, input: { readonly caseId: string; readonly [name: string]: unknown }) => {
  await ask(who, field, input);
  return input.caseId;
};
const versionOf = async (id: string) => (await world.database.owner`select version from comity.cases where id = ${id}`)[0]?.['version'];

// Where the team is an attorney, what is the team’s is his too.
const TEAM_ACTS = Object.fromEntries((['acceptReferral', 'returnReferral', 'waiveReturnItem', 'cancelReturnItem', 'resolveDispute', 'refuseReferral', 'answerWithdrawalRequest', 'releaseCase', 'assignCase', 'unassignCase', 'tagCase',
  'inviteJurisdiction', 'withdrawInvitation', 'placeInCompartment', 'proposeCharge', 'withdrawCharge', 'repinCharge', 'nameChargeLevel', 'relateCharge', 'unrelateCharge', 'identifyPerson', 'withdrawIdentification', 'linkProof', 'assessElement', 'askForElement', 'decideCharge', 'fileCharges', 'correctFiling', 'withdrawFiling', 'withdrawImmunityAnalysis', 'withdrawVictimNotice', 'recordAffiliation', 'recordImmunityAnalysis',
  'recordVictimNotice', 'recordClockFact', 'endExclusion', 'withdrawClockFact', 'attestDiscovery', 'assertLimitation', 'recordArraignment', 'setTrial', 'recordDisposition', 'recordRemoval', 'recordSupersession', 'recordParallelProceeding', 'recordRendition', 'recordImmunityProceeding', 'draftDemand', 'reviseDemand', 'serveDemand', 'acknowledgeDemand', 'extendDemand', 'answerDemand', 'receiveProduction', 'fileSuit', 'decideSuit', 'withdrawDemand', 'liftPreservation', 'recordCooperationEvent', 'withdrawCooperationEvent'] as const).map((act) => [act, BOTH_HENNEPIN])) satisfies Acts;

// An investigator demands for the cases whose team it is on.
const TEAM_DEMANDS = Object.fromEntries(([
  'draftDemand', 'reviseDemand', 'serveDemand', 'acknowledgeDemand', 'extendDemand', 'answerDemand', 'receiveProduction', 'fileSuit', 'decideSuit', 'withdrawDemand', 'liftPreservation',
] as const).map((act) => [act, ['attorneyDallas', 'investigatorDallas', 'supervisorDallas', 'electedDallas']])) satisfies Acts;

const SITUATIONS: readonly Situation[] = [
  { name: 'no office on file has venue for', arrange: async () => (await world.buildCase({ referral: incidentIn('48001') })).id, seen: { administrator: ['SUMMARY'] }, acts: { routeCase: ['administrator'] }, late: [] },
  { name: 'nobody has claimed yet', arrange: async () => (await world.buildCase()).id, seen: all(DALLAS, ['SUMMARY', 'REPORT']), acts: CANDIDATE, late: BEFORE_A_CLAIM },
  { name: 'an office leads', arrange: () => claimed(), seen: OFFICE, acts: LEADS },
  { name: 'is decided', arrange: async () => stage(await claimed(), 'DECIDED'), seen: OFFICE, acts: LEADS, late: AFTER_DECISION },
  { name: 'is closed', arrange: async () => stage(await claimed(), 'CLOSED'), seen: OFFICE, acts: LEADS, late: AFTER_CLOSING },
  {
    // Whose a proposal was is not asked where nothing is answered.
    name: 'another prosecutes by an order', seen: OFFICE, acts: plus(LEADS, { withdrawDecision: ['attorneyDallas', 'supervisorDallas', 'electedDallas'] }), late: ['claimCase', ...PROSECUTION],
    arrange: async () => {
      const caseId = await claimed();
      const step = async (act: string, more: object) => (await ask('attorneyDallas', 'recordSupersession', { caseId, act, on: '2026-05-20', ...more }));
      await step('DECLARE_CONFLICT', { basis: 'CONFLICT_OF_INTEREST', petitioner: 'The district attorney' });
      const [row] = await world.database.owner`select id from comity.supersessions where case_id = ${caseId}`;
      await step('TRANSFER', { supersessionId: row?.['id'], appointee: 'A prosecutor of another county', order: 'Order 7.' });
      return caseId;
    },
  },
  {
    name: 'a filter team works on', seen: { ...OFFICE, investigatorDallas: FILTER }, acts: plus({ ...LEADS, ...TEAM_DEMANDS }, { identifyPerson: ['investigatorDallas'], withdrawIdentification: ['investigatorDallas'] }),
    arrange: async () => done('supervisorDallas', 'assignCase', { caseId: await claimed(), memberId: world.memberIds.investigatorDallas, role: 'FILTER' }),
  },
  {
    name: 'holds what was compelled, with a head on its filter team', seen: { ...OFFICE, supervisorDallas: FILTER }, acts: { ...LEADS, 'releaseFromCompartment of the compelled': ['supervisorDallas'] },
    arrange: async () => {
      const caseId = await done('electedDallas', 'assignCase', { caseId: await claimed(), memberId: world.memberIds.supervisorDallas, role: 'FILTER' });
      const [recording] = await world.database.owner`select id from comity.recordings where case_id = ${caseId} limit 1`;
      return done('supervisorDallas', 'placeInCompartment', { caseId, compartment: 'COMPELLED', target: { kind: 'RECORDING', id: recording?.['id'] }, basis: 'COMPELLED_STATEMENT' });
    },
  },
  {
    name: 'is kept to a unit', seen: { ...all(DALLAS, ['SUMMARY']), attorneyDallas: TRIAL, secondDallas: SEAT, recordsDallas: RECORDS },
    acts: {
      ...less(LEADS, ...DALLAS.filter((who) => who !== 'attorneyDallas' && who !== 'secondDallas')), restrictToUnit: ['electedDallas', 'conflictsDallas'], breakGlass: LEADS.breakGlass,
    },
    arrange: async () => done('supervisorDallas', 'restrictToUnit', { caseId: await claimed(), unitId: unit, reason: 'The officer testifies in other cases.' }),
  },
  { name: 'another office is invited to', arrange: () => invited('hennepin-mn', 'CO'), seen: { ...OFFICE, ...all(HENNEPIN, ['SUMMARY']) }, acts: plus(LEADS, ANSWERS) },
  {
    name: 'two offices handle jointly', arrange: async () => accepted('supervisorHennepin', await invited('hennepin-mn', 'CO')), seen: { ...OFFICE, ...all(HENNEPIN, CO) },
    acts: plus(LEADS, { ...ANSWERS, leaveCase: HEAD_HENNEPIN, annotateCase: HENNEPIN, reviseAnnotation: HENNEPIN, assignCase: HEAD_HENNEPIN, unassignCase: HEAD_HENNEPIN }),
  },
  {
    name: 'another office observes', arrange: async () => accepted('supervisorHennepin', await invited('hennepin-mn', 'OBSERVER')), seen: { ...OFFICE, ...all(HENNEPIN, ['SUMMARY', 'REPORT', 'JOINT', 'COALITION']) },
    acts: plus(LEADS, { ...ANSWERS, leaveCase: HEAD_HENNEPIN }),
  },
  {
    name: 'an office of another state handles jointly with one of Minnesota, without an authorisation for its footage', arrange: async () => accepted('supervisorDallas', await invited('dallas-tx', 'CO', 'supervisorHennepin', await claimed('attorneyHennepin', '27053'))),
    seen: {
      attorneyHennepin: TRIAL, supervisorHennepin: SEAT,
      ...without({ ...all(DALLAS, CO), recordsDallas: ['SUMMARY', 'REPORT', 'HISTORY'], advocateDallas: CO.filter((facet) => facet !== 'HISTORY'), intakeDallas: CO.filter((facet) => facet !== 'CHARGES' && facet !== 'PROCEEDINGS') }, 'EVIDENCE'),
    },
    // Its team is attorneyHennepin.
    acts: plus({ ...LEADS_HENNEPIN, ...TEAM_ACTS, releaseFromCompartment: ['attorneyHennepin'] }, {
      ...TOLD, leaveCase: HEADS, annotateCase: WRITERS.filter((who) => who !== 'disclosureDallas'), reviseAnnotation: WRITERS, assignCase: HEADS, unassignCase: HEADS,
    }),
  },
  {
    name: 'a rule of its lead opens to another office by its tag', arrange: async () => done('supervisorDallas', 'tagCase', { caseId: await claimed(), add: ['PRESS'] }),
    seen: { ...OFFICE, ...all(HENNEPIN, ['SUMMARY', 'REPORT', 'EVIDENCE']) }, acts: plus(LEADS, ANSWERS),
  },
  {
    name: 'a rule of its lead opens to the coalition by its tag', arrange: async () => done('supervisorDallas', 'tagCase', { caseId: await claimed(), add: ['PUBLIC_GATHERING'] }),
    seen: { ...OFFICE, ...all(HENNEPIN, ['SUMMARY', 'PERSONS', 'COALITION']) }, acts: plus(LEADS, ANSWERS),
  },
  { name: 'is offered to another office', arrange: () => offered('NONE'), seen: { ...OFFICE, ...all(HENNEPIN, ['SUMMARY', 'REPORT']) }, acts: plus(LEADS, ANSWERS) },
  {
    name: 'was given to another office that lets the former lead read on', arrange: () => transferred('READ'), acts: plus(LEADS_HENNEPIN, CONTESTS),
    seen: { supervisorHennepin: TRIAL, attorneyHennepin: SEAT, ...READ_ON },
  },
  {
    name: 'was given to another office that gave it up again, while the former lead reads on', acts: CANDIDATE, late: BEFORE_A_CLAIM, seen: READ_ON,
    arrange: async () => {
      const caseId = await transferred('READ');
      return done('supervisorHennepin', 'releaseCase', { caseId, expectedVersion: await versionOf(caseId) });
    },
  },
  { name: 'was given away whole', arrange: () => transferred('NONE'), acts: plus(LEADS_HENNEPIN, CONTESTS), seen: { supervisorHennepin: TRIAL, attorneyHennepin: SEAT, ...all(DALLAS, ['SUMMARY']) } },
  { name: 'was given away by an office that is walled off it since', arrange: () => transferred('NONE', 'FORMER_CLIENT'), acts: LEADS_HENNEPIN, seen: { supervisorHennepin: TRIAL, attorneyHennepin: SEAT } },
  {
    name: 'one of the office is walled off', seen: { ...OFFICE, secondDallas: [] }, acts: less(LEADS, 'secondDallas'),
    arrange: async () => done('conflictsDallas', 'imposeWall', { caseId: await claimed(), subject: { kind: 'MEMBER', id: world.memberIds.secondDallas }, ground: 'FAMILY', note: 'A relative is a witness.' }),
  },
  {
    name: 'a unit of the office is walled off', seen: { ...OFFICE, secondDallas: [], recordsDallas: [] }, acts: less(LEADS, 'secondDallas', 'recordsDallas'),
    arrange: async () => done('conflictsDallas', 'imposeWall', { caseId: await claimed(), subject: { kind: 'UNIT', id: unit }, ground: 'TAINT', note: 'They worked with the officer.' }),
  },
  {
    name: 'an office that handled it jointly is walled off', seen: OFFICE, acts: LEADS,
    arrange: async () => done('conflictsDallas', 'imposeWall', { caseId: await accepted('supervisorHennepin', await invited('hennepin-mn', 'CO')), subject: { kind: 'OFFICE', id: world.officeIds['hennepin-mn'] }, ground: 'TAINT', note: 'They defend the county.' }),
  },
  {
    name: 'the one who led it recused herself from', seen: { ...OFFICE, attorneyDallas: [] }, acts: less(LEADS, 'attorneyDallas'),
    arrange: async () => done('attorneyDallas', 'recuse', { caseId: await claimed(), note: 'I know the witness.' }),
  },
  {
    name: 'is sealed', seen: { supervisorDallas: SEAT, electedDallas: SEAT }, acts: less(LEADS, ...DALLAS.filter((who) => who !== 'supervisorDallas' && who !== 'electedDallas')),
    arrange: async () => done('supervisorDallas', 'sealCase', { caseId: await claimed(), order: 'District court, 26-1, 1 March 2026', audience: { members: [world.memberIds.supervisorDallas, world.memberIds.electedDallas] } }),
  },
  {
    // What is of the report is not there for who does not read it: to who may do it elsewhere it is NOT_FOUND.
    name: 'the report of which is sealed', seen: { ...without(OFFICE, 'REPORT'), supervisorDallas: SEAT, electedDallas: SEAT },
    acts: { ...LEADS, acceptReferral: HEADS, returnReferral: HEADS, waiveReturnItem: HEADS, cancelReturnItem: HEADS, resolveDispute: HEADS, refuseReferral: HEADS, answerWithdrawalRequest: HEADS, withdrawProofLink: HEADS },
    arrange: async () => done('supervisorDallas', 'sealCase', { caseId: await claimed(), facets: ['REPORT'], order: 'District court, 26-2, 1 March 2026', audience: { members: [world.memberIds.supervisorDallas, world.memberIds.electedDallas] } }),
  },
  {
    name: 'somebody broke the glass of', seen: { ...OFFICE, advocateDallas: [...ADVOCATE, 'EVIDENCE', 'HISTORY'] }, acts: LEADS,
    arrange: async () => done('advocateDallas', 'breakGlass', { caseId: await claimed(), reason: 'The victim is in danger tonight.' }),
  },
];

/** Those of this cast who see the case. */
const seeing = (seen: Seen, cast: Cast): Cast => cast.filter((who) => (seen[who] ?? []).length > 0);
const CLAIMANTS: Cast = ['attorneyDallas', 'secondDallas', ...HEADS, ...HENNEPIN, 'attorneyCook'];

/** Who may do what: what is listed, and what whoever sees the case may do. A head reviews what was opened though the case is closed to them since. */
const mayOf = ({ seen, acts }: Situation): Partial<Record<Attempt, Cast>> =>
  ({ ...acts, recuse: seeing(seen, [...DALLAS, ...HENNEPIN]), claimCase: seeing(seen, CLAIMANTS), endBreakGlass: seeing(seen, WRITERS), reviewBreakGlass: HEADS });

/** How each attempt must end: what the lists do not say is FORBIDDEN, or the case, or that part of it, is not there. */
function endsAs(situation: Situation, attempt: Attempt, who: CastMember): readonly Ending[] {
  const { seen, late = ['claimCase'] } = situation;
  const facets = seen[who] ?? [];
  if (mayOf(situation)[attempt]?.includes(who)) return [late.includes(attempt) ? 'LATE' : 'MAY'];
  if (facets.length === 0) return ['NOT_FOUND'];
  const { needs = [] }: Try = ATTEMPTS[attempt];
  return needs !== 'SECRET' && needs.every((facet) => facets.includes(facet)) ? ['FORBIDDEN'] : ['FORBIDDEN', 'NOT_FOUND'];
}

test('every mutation is tried on a case, or is about none', () => {
  const tried = Object.keys(ATTEMPTS).map((attempt) => attempt.split(' ', 1)[0]);
  expect([...new Set([...tried, ...ELSEWHERE])].sort()).toEqual(Object.keys(PERMISSIONS.Mutation).sort());
});

describe.each(SITUATIONS)('of a case that $name', (situation) => {
  let parts: Parts;
  beforeAll(async () => {
    parts = await furnished(world, await situation.arrange());
  });

  test('each of the cast sees what is listed, and nothing else', async () => {
    const found = await seenOf(world, parts.id);
    expect(found).toEqual(Object.fromEntries(EVERYBODY.map((who) => [who, (Object.keys(FACETS) as Facet[]).filter((facet) => situation.seen[who]?.includes(facet))])));
  });

  test('each of the cast does what is listed; to all others it is FORBIDDEN, or the case is NOT_FOUND', async () => {
    const amiss: Record<string, string> = {};
    const tried = await triedOn(world, parts);
    for (const [attempt, endings] of Object.entries(tried) as [Attempt, Partial<Record<CastMember, Ending>>][]) {
      for (const [who, ending] of Object.entries(endings) as [CastMember, Ending][]) {
        const listed = endsAs(situation, attempt, who);
        if (!listed.includes(ending)) amiss[`${attempt} by ${who}`] = `${ending}, not ${listed.join(' or ')}`;
      }
      for (const who of mayOf(situation)[attempt] ?? []) if (!(who in endings)) amiss[`${attempt} by ${who}`] = 'turned away at the door';
    }
    expect(amiss).toEqual({});
  }, 60_000);
});
