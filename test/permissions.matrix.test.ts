import { isObjectType, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { servedSchema } from '../src/schema.ts';
import { incidentIn, statuteOf } from './policies.world.ts';
import { CAST, openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let schema: GraphQLSchema;
let spare: BuiltCase;
/** How many transactions have begun: who is turned away at the door begins none. */
let begun = 0;
beforeAll(async () => {
  world = await openWorld({ observe: ({ kind, text }) => (begun += kind === 'statement' && text.startsWith('begin') ? 1 : 0) });
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
const AGENCIES = ['chiefDallasPolice', 'officerDallasPolice', 'machineDallasPolice', 'chiefChicagoPolice'] as const;
const SENDERS = ['chiefDallasPolice', 'machineDallasPolice', 'chiefChicagoPolice'] as const;

const COUNTY = { 'dallas-tx': '48113', 'hennepin-mn': '27053', 'cook-il': '17031' } as const;
const HEAD = { 'dallas-tx': 'supervisorDallas', 'hennepin-mn': 'supervisorHennepin', 'cook-il': 'attorneyCook' } as const;

function officeOf(who: CastMember): keyof typeof COUNTY {
  const seat = CAST[who];
  return 'office' in seat ? seat.office : 'dallas-tx';
}

/** An unclaimed case in the county of the asker's office. */
const inVenue = (who: CastMember) => world.buildCase({ referral: incidentIn(COUNTY[officeOf(who)]) });

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

const ownPlace = async (subject: BuiltCase): Promise<string> => {
  const [place] = await world.database.owner`select id from comity.assignments where case_id = ${subject.id} and until is null`;
  return String(place?.['id'] ?? newId());
};

const charge = async (_who: CastMember, subject: BuiltCase): Promise<Variables> =>
  ({ caseId: subject.id, personId: subject.personIds[0], statuteId: await statuteOf(world, subject), counts: 1 });

const submission = () => ({ idempotencyKey: newId(), referral: world.referral() });
const mutation = (field: string, selection: string) =>
  `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;

const ROWS: Readonly<Record<string, Row>> = {
  me: { allowed: EVERYBODY, document: '{ me { id name } }' },
  jurisdictions: { allowed: EVERYBODY, document: '{ jurisdictions { slug } }' },
  agencies: { allowed: EVERYBODY, document: '{ agencies(first: 1) { nodes { name } } }' },
  statutes: { allowed: EVERYBODY, document: '{ statutes(first: 1) { nodes { citation } } }' },
  members: { allowed: OFFICES, document: '{ members(first: 1) { nodes { name } } }' },

  referral: { allowed: AGENCIES, document: 'query ($id: ID!) { referral(id: $id) { id } }', variables: () => ({ id: spare.referralId }) },
  referrals: { allowed: AGENCIES, document: '{ referrals(first: 1) { nodes { id } } }' },
  validateReferral: { allowed: AGENCIES, document: mutation('validateReferral', 'acceptable'), variables: () => ({ input: { referral: world.referral() } }) },
  submitReferral: { allowed: SENDERS, document: mutation('submitReferral', 'outcome'), variables: () => ({ input: submission() }) },
  submitReferrals: { allowed: SENDERS, document: mutation('submitReferrals', 'received'), variables: () => ({ input: { referrals: [submission()] } }) },

  case: { allowed: [...OFFICES, 'administrator'], document: 'query ($id: ID!) { case(id: $id) { number } }', variables: () => ({ id: spare.id }) },
  cases: { allowed: [...OFFICES, 'administrator'], document: '{ cases(first: 1) { nodes { number } } }' },
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

  caseCounts: { allowed: ['analyst'], document: 'query ($input: CaseCountsInput!) { caseCounts(input: $input) { threshold } }', variables: () => ({ input: { groupBy: ['STATE'] } }) },
  verifyTrail: {
    allowed: [...HEADS, 'auditor'],
    document: 'query ($id: ID) { verifyTrail(caseId: $id) { intact } }',
    variables: async (who) => ({ id: (who === 'auditor' || !(HEADS as readonly CastMember[]).includes(who) ? spare : await led(who)).id }),
  },
};

async function ownRemark(who: CastMember, caseId: string): Promise<string> {
  const { data } = await world.as(who).ask(mutation('annotateCase', 'annotation { id }'), { input: { caseId, target: { kind: 'CASE' }, kind: 'NOTE', body: 'A remark.' } });
  return data?.['annotateCase']?.annotation?.id ?? newId();
}

async function openCharge(who: CastMember, subject: BuiltCase): Promise<string> {
  const { data } = await world.as(who).ask(mutation('proposeCharge', 'charge { id }'), { input: await charge(who, subject) });
  return data?.['proposeCharge']?.charge?.id ?? newId();
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
