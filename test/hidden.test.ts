import { getNamedType, isEnumType, isInputObjectType, isObjectType, type GraphQLInputType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { servedSchema } from '../src/schema.ts';
import { furnishedCase, incidentIn, statuteOf } from './policies.world.ts';
import { completeReferral, openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
/** A case of Dallas, with notes and a charge; hidden from Hennepin, and from whoever of Dallas is walled off it. */
let hidden: BuiltCase;
/** A case that Hennepin leads, and one of Dallas that a walled member of Dallas still sees. */
let ofHennepin: BuiltCase;
let ofDallas: BuiltCase;
/** Ids of what hangs on the hidden case. */
const parts = { annotation: '', charge: '', assignment: '', statute: '', statuteOfHennepin: '', statuteOfDallas: '' };
beforeAll(async () => {
  world = await openWorld();
  hidden = await furnishedCase(world, { claimedBy: 'attorneyDallas' });
  ofDallas = await world.buildCase({ claimedBy: 'secondDallas' });
  ofHennepin = await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' });
  const { owner } = world.database;
  await owner`insert into comity.closings (case_id, subject, facets, cause, ref) values (${hidden.id}, ${world.memberIds.secondDallas}, 65535, 'WALL', ${newId()})`;
  const [found] = await owner`select (select id from comity.annotations where case_id = ${hidden.id} limit 1) as annotation, (select id from comity.charges where case_id = ${hidden.id}) as charge,
    (select id from comity.assignments where case_id = ${hidden.id}) as assignment, (select statute_id from comity.charges where case_id = ${hidden.id}) as statute`;
  Object.assign(parts, found, { statuteOfHennepin: await statuteOf(world, ofHennepin), statuteOfDallas: await statuteOf(world, ofDallas) });
});
afterAll(() => world.close());

/** All bytes of an answer: status, headers but for the date, the length and the request's own id, body. */
async function bytes(who: CastMember, query: string, variables: unknown): Promise<string> {
  const response = await fetch(`${world.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.as(who).token()}` },
    body: JSON.stringify({ query, variables }),
  });
  const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name));
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
const SENT = completeReferral('R-OF-THE-FILE');
const CASE_ID = () => hidden.id;
const CASE = 'query ($id: ID) { case(id: $id) { id number report { narrative } persons { name } annotations { nodes { body } totalCount } charges { id } events { totalCount } team { id } } }';
const LISTED = 'query ($filter: CaseFilter) { cases(filter: $filter) { totalCount totalCountCapped nodes { number } pageInfo { hasNextPage endCursor } } }';

const QUESTIONS: readonly Question[] = [
  { of: 'case.id', document: CASE, who: [...STRANGERS, 'administrator'], hidden: CASE_ID, variables: (id) => ({ id }) },
  { of: 'case.number', document: 'query ($number: String) { case(number: $number) { id } }', who: [...STRANGERS, 'administrator'], hidden: () => hidden.number, absent: 'DAL-2026-999999', variables: (number) => ({ number }) },
  { of: 'verifyTrail.caseId', document: 'query ($id: ID) { verifyTrail(caseId: $id) { intact events cases faults { kind } } }', who: ['supervisorHennepin'], hidden: CASE_ID, variables: (id) => ({ id }) },
  { of: 'referral.id', document: 'query ($id: ID!) { referral(id: $id) { id state } }', who: ['chiefChicagoPolice'], hidden: () => hidden.referralId, variables: (id) => ({ id }) },
  {
    of: 'validateReferral.input.attestedBy', document: mutation('validateReferral', 'acceptable problems { code path message }'), who: ['chiefDallasPolice'], hidden: () => world.memberIds.chiefChicagoPolice,
    variables: (attestedBy) => ({ input: { referral: SENT, attestedBy } }),
  },
  {
    of: 'submitReferrals.input.attestation.attestedBy', document: mutation('submitReferrals', 'received'), who: ['chiefDallasPolice'], hidden: () => world.memberIds.chiefChicagoPolice,
    variables: (attestedBy) => ({ input: { referrals: [{ idempotencyKey: 'an-import', referral: SENT }], attestation: { attestedBy, statement: 'I answer for this file.', source: 'file.csv', sha256: '0'.repeat(64) } } }),
  },

  { of: 'cases.filter.assignee', document: LISTED, who: ['attorneyHennepin'], hidden: () => world.memberIds.attorneyDallas, variables: (assignee) => ({ filter: { assignee } }) },
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
];

/** Ids of what everybody may see. */
const NOTHING_TO_HIDE = ['statutes.filter.id'];

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

  test.each(QUESTIONS)('$of', async ({ document, who, hidden: hiddenFrom, absent = newId(), variables }) => {
    for (const each of who) {
      const id = hiddenFrom(each);
      expect(id).not.toBe('');
      const plain = (text: string, word: string) => text.replaceAll(word, '<id>');
      const [one, other] = [await bytes(each, document, variables(id, each)), await bytes(each, document, variables(absent, each))];
      expect(plain(one, id), each).toBe(plain(other, absent));
      expect(one, each).not.toContain('INTERNAL');
      expect(one, each).not.toContain('FORBIDDEN');
    }
  });

  test.each([['no id at all', 'nothing-like-one'], ['an id of another form', '00000000-0000-0000-0000-000000000000'], ['a hostile one', `' or 1=1 --`]])('and so does %s', async (_, odd) => {
    for (const { document, who, variables, of } of QUESTIONS.filter((each) => each.of.endsWith('.caseId') || each.of.endsWith('.id'))) {
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
