import { execute, isObjectType, parse, validate, type DocumentNode } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actorOf, enter } from '../src/access/context.ts';
import { leasePool, type LeasePool } from '../src/database/lease.ts';
import { byResponseKey, LookAhead } from '../src/database/lookahead.ts';
import { newId } from '../src/kernel/ids.ts';
import { servedSchema, SHAPES } from '../src/schema.ts';
import { Session } from '../src/trail/session.ts';
import { FieldByField, knows } from './field-by-field.ts';
import { withArrangements, withBooks, withCharge, withCharging, withClocks, withDeclarations, withDecisions, withFeeds, withDemands, withLaw, withProof, withPacks, withProceedings, withRarities, withReturns, withSuccessor, withSupplement, withVerdicts } from './lookahead.world.ts';
import { furnishedCase, incidentIn } from './policies.world.ts';
import { Selections, type Drawing, type Drawn } from './selections.ts';
import { wholeDocuments } from './whole.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

/** Another run draws other documents: SEED=… repeats one. */
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const QUERIES = 100;
const CLAIMS = 16;

const OFFICE = ['me', 'jurisdictions', 'agencies', 'members', 'statutes', 'case', 'cases', 'case', 'cases', 'cases', 'ruleBook', 'ruleBooks', 'units', 'conflictDeclarations', 'breakGlassUses', 'returnItems', 'clocks', 'calendarFeeds', 'charges', 'unassessedElements', 'waiting', 'proofMatrix', 'readinessPacks', 'demands', 'demands'];
const ROOTS = {
  attorneyDallas: [...OFFICE, 'sameIncident'], supervisorDallas: [...OFFICE, 'accessLog', 'sameIncident'], recordsDallas: OFFICE.filter((root) => root !== 'breakGlassUses'), advocateDallas: OFFICE, attorneyHennepin: OFFICE, attorneyCook: OFFICE,
  administrator: ['me', 'jurisdictions', 'agencies', 'case', 'cases', 'cases', 'ruleBooks', 'readinessPacks'],
  auditor: ['me', 'jurisdictions', 'ruleBook', 'ruleBooks', 'accessLog', 'accessLog'],
  chiefDallasPolice: ['me', 'jurisdictions', 'agencies', 'referral', 'referrals', 'referrals', 'returnItems', 'returnItems', 'readinessPacks', 'readinessPacks'],
} as const satisfies Partial<Record<CastMember, readonly string[]>>;

const schema = servedSchema();
const lookAhead = new LookAhead(SHAPES);
let world: World;
let pool: LeasePool;
let plainly: FieldByField;
let drawings: Readonly<Record<string, Drawing>>;
let claimed: BuiltCase;
let free: BuiltCase;
/** A case of Dallas on which everything stands that can, and one on which everything is over; one of which the law keeps a part. */
let arranged: BuiltCase;
let past: BuiltCase;
let kept: BuiltCase;
/** The log of access as it was before the comparison, which is logged too. */
let before: string;

beforeAll(async () => {
  world = await openWorld();
  pool = leasePool({ database: world.database.as('comity_app'), size: 2 });
  plainly = new FieldByField(world.database.as('comity_app'));
  free = await world.buildCase();
  claimed = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await withBooks(world);
  await withPacks(world);
  await withDeclarations(world);
  await withFeeds(world);
  past = await furnishedCase(world, { claimedBy: 'attorneyDallas' });
  kept = await withLaw(world);
  arranged = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await withSuccessor(world);
  await withCharge(world, arranged);
  await withCharging(world, arranged);
  await withDecisions(world, arranged);
  await withProceedings(world, arranged);
  await withArrangements(world, arranged);
  await withRarities(world, arranged);
  await withVerdicts(world, arranged);
  for (const each of [arranged, free]) await withReturns(world, each);
  await withProof(world, arranged);
  await withDemands(world, arranged);
  await withSupplement(world, arranged);
  const cases = [free, claimed, past, arranged, kept, await world.buildCase({ claimedBy: 'supervisorDallas' }), await world.buildCase({ referral: incidentIn('27053') })];
  await world.buildCase({ referral: incidentIn('48001') });
  const annotate = 'mutation ($input: AnnotateCaseInput!) { annotateCase(input: $input) { annotation { id } } }';
  for (const body of ['First.', 'Second “quoted” \\ \u2028 line.', 'Third.']) {
    const { annotateCase } = await world.as('attorneyDallas').get(annotate, { input: { caseId: claimed.id, target: { kind: 'CASE' }, kind: 'NOTE', body } });
    if (body === 'Third.') {
      await world.as('attorneyDallas').get('mutation ($input: ReviseAnnotationInput!) { reviseAnnotation(input: $input) { annotation { id } } }', { input: { caseId: claimed.id, annotationId: annotateCase.annotation.id, expectedRevision: 1, delete: true } });
    }
  }
  const [statute] = await world.database.owner`select id from comity.statutes where citation = 'Tex. Penal Code 22.01'`;
  await world.as('attorneyDallas').get('mutation ($input: ProposeChargeInput!) { proposeCharge(input: $input) { charge { id } } }', { input: { caseId: claimed.id, personId: claimed.personIds[0], statuteId: statute?.['id'], counts: 2 } });
  await withClocks(world, arranged, claimed);
  for (const who of ['attorneyDallas', 'advocateDallas'] as const) await world.as(who).get('{ cases { nodes { persons { contact { phone } } } } }');
  await world.as('attorneyHennepin').refused('mutation ($input: ReleaseCaseInput!) { releaseCase(input: $input) { case { id } } }', { input: { caseId: claimed.id, expectedVersion: 1 } });
  before = new Date(Date.now() + 1).toISOString();
  await new Promise((resolve) => setTimeout(resolve, 5));
  const books = (await world.database.owner`select id from comity.rule_books order by drafted_at`).map(({ id }) => String(id));
  const cursors = async (who: CastMember, list: string): Promise<string[]> => {
    const { data } = await world.as(who).ask(`{ ${list} { edges { cursor } } }`);
    return data?.[list]?.edges.map(({ cursor }: { cursor: string }) => cursor).slice(0, 4) ?? [];
  };
  const drawing = async (who: CastMember): Promise<Drawing> => ({
    schema, knows,
    values: {
      first: [undefined, undefined, null, 1, 2, 5, 100],
      after: [undefined, undefined, null],
      includeDeleted: [undefined, null, true, false],
      includeWithdrawn: [undefined, null, true, false],
      includeEarlier: [undefined, null, true, false],
      orderBy: [undefined, null, 'NEWEST_FIRST', 'OLDEST_FIRST'],
      'Query.case.id': [...cases.map(({ id }) => id), '00000000-0000-4000-8000-000000000000'],
      'Query.proofMatrix.caseId': cases.map(({ id }) => id),
      'Query.sameIncident.caseId': [claimed.id, '00000000-0000-4000-8000-000000000000'],
      'Query.referral.id': cases.map(({ referralId }) => referralId),
      'Query.cases.after': [undefined, null, ...(await cursors(who, 'cases'))],
      'Query.agencies.after': [undefined, null, ...(await cursors(who, 'agencies'))],
      'Query.members.after': [undefined, null, ...(await cursors(who, 'members'))],
      'Query.referrals.after': [undefined, null, ...(await cursors(who, 'referrals'))],
      'Query.returnItems.filter': [undefined, null, {}, { open: true }, { open: false, overdue: null }, { overdue: true }, { overdue: false, open: true }],
      'Query.demands.filter': [undefined, null, {}, { states: ['SERVED', 'DENIED'] }, { regimes: ['SUBPOENA'], states: null }, { noResponse: true }, { noResponse: false }, { dueBefore: '2026-05-01' }, { lead: world.officeIds['dallas-tx'] }],
      'Query.demands.after': [undefined, null, ...(await cursors(who, 'demands'))],
      'Query.returnItems.after': [undefined, null, ...(await cursors(who, 'returnItems'))],
      'Query.clocks.filter': [undefined, null, {}, { kinds: ['LIMITATION'] }, { kinds: ['RETURN_ITEM', 'CAMERA_RETENTION'], dueUntil: '2028-01-01' }, { kinds: ['RENDITION_HOLD'] }],
      'Query.clocks.after': [undefined, null, ...(await cursors(who, 'clocks'))],
      'Query.charges.filter': [undefined, null, {}, { unattested: true }, { unattested: false, decided: null }, { decided: true }, { decided: false, states: ['PROPOSED', 'FILED'] }, { states: ['WITHDRAWN'] }],
      'Query.charges.after': [undefined, null, ...(await cursors(who, 'charges'))],
      'Query.unassessedElements.filter': [undefined, null, {}, { byMe: true }, { byMe: false, lead: null }],
      'Query.unassessedElements.after': [undefined, null, ...(await cursors(who, 'unassessedElements'))],
      'Query.waiting.filter': [undefined, null, {}, { for: ['OWN_OFFICE'] }, { for: ['AGENCY', 'COURT'], kinds: ['RETURN_ITEM', 'VENUE_CONTEST'] }, { kinds: ['BREAK_GLASS', 'TRANSFER', 'INVITATION'] }, { for: ['HOLDER'] }],
      'Query.waiting.after': [undefined, null, ...(await cursors(who, 'waiting'))],
      'Query.cases.filter': [undefined, null, {}, { stages: ['CLAIMED'] }, { stages: null, kinds: ['FORCE', 'DEATH'] }, { lead: world.officeIds['dallas-tx'] }, { stages: ['UNCLAIMED', 'CLAIMED'], state: 'TX' }, { stages: ['CLOSED'] }, { flagged: true }, { flagged: false, kinds: ['FORCE'] }],
      'Query.ruleBook.id': [...books, '00000000-0000-4000-8000-000000000000'],
      'Query.ruleBooks.filter': [undefined, null, {}, { jurisdiction: world.officeIds['dallas-tx'] }, { states: ['IN_FORCE', 'DRAFT'] }, { jurisdiction: null, states: ['SUPERSEDED'] }],
      'Query.ruleBooks.after': [undefined, null, ...(await cursors(who, 'ruleBooks'))],
      'Query.readinessPacks.filter': [undefined, null, {}, { coalition: true }, { coalition: false, slug: 'general-order-7' }, { states: ['IN_FORCE', 'DRAFT'], agency: null }, { id: '00000000-0000-4000-8000-000000000000' }],
      'Query.readinessPacks.after': [undefined, null, ...(await cursors(who, 'readinessPacks'))],
      'Query.units.after': [undefined, null, ...(await cursors(who, 'units'))],
      'Query.conflictDeclarations.memberId': [undefined, null, world.memberIds.attorneyDallas, world.memberIds.secondDallas],
      'Query.conflictDeclarations.after': [undefined, null, ...(await cursors(who, 'conflictDeclarations'))],
      'Query.calendarFeeds.after': [undefined, null, ...(await cursors(who, 'calendarFeeds'))],
      'Query.breakGlassUses.filter': [undefined, null, {}, { awaitingReview: true }, { awaitingReview: false, memberId: world.memberIds.secondDallas }, { memberId: world.memberIds.attorneyDallas }],
      'Query.breakGlassUses.after': [undefined, null, ...(await cursors(who, 'breakGlassUses'))],
      // The heads of an office read the log of a case that it leads, the auditor of all.
      'Query.accessLog.caseId': who === 'auditor' ? [undefined, null, claimed.id, arranged.id] : [claimed.id, past.id, arranged.id],
      'Query.accessLog.filter': [{ before }, { before, decision: 'READ' }, { before, decision: 'DENIED' }, { before, memberId: world.memberIds.advocateDallas }],
      'Query.agencies.name': [undefined, null, 'dallas', 'POLICE', '%'],
      'Query.agencies.state': [undefined, null, 'TX'],
    },
  });
  drawings = Object.fromEntries(await Promise.all(Object.keys(ROOTS).map(async (who) => [who, await drawing(who as CastMember)] as const)));
});
afterAll(async () => {
  await plainly.close();
  await pool.close();
  await world.close();
});

async function planned(who: CastMember, document: DocumentNode, variables: Drawn['variables']) {
  const { text, values } = enter(world.memberIds[who], '');
  const actor = actorOf((await pool.use((lease) => lease.run({ text, values }))).rows[0] ?? {});
  return execute({ schema, document, variableValues: variables, fieldResolver: byResponseKey, contextValue: { session: new Session(actor, pool, lookAhead, undefined, { requestId: newId(), purpose: 'CASE_PREPARATION' }) } });
}

/** One document each, as the server keeps them: what was planned for it is found again. */
const documents = new Map<string, DocumentNode>();

async function compare(who: CastMember, drawn: Drawn, label: string): Promise<string> {
  const document = documents.get(drawn.document) ?? parse(drawn.document);
  documents.set(drawn.document, document);
  expect(validate(schema, document), label).toEqual([]);
  const found = await planned(who, document, drawn.variables);
  plainly.forget();
  const wanted = await plainly.run(world.memberIds[who], drawn);
  const shown = `${label} as ${who}\n${drawn.document}\n${JSON.stringify(drawn.variables)}`;
  expect(found.errors, shown).toBeUndefined();
  expect(wanted.errors, shown).toBeUndefined();
  expect(JSON.stringify(found.data), shown).toBe(JSON.stringify(wanted.data));
  return JSON.stringify(found.data);
}

test('every selection is answered as field by field, byte for byte', { timeout: 60_000 }, async () => {
  let told = 0;
  for (let turn = 0; turn < QUERIES; turn += 1) {
    const [who, roots] = Object.entries(ROOTS)[turn % Object.keys(ROOTS).length] as [CastMember, readonly string[]];
    const drawn = new Selections(drawings[who] as Drawing, SEED * 1_000 + turn).query(roots, 2 + (turn % 4));
    const answer = await compare(who, drawn, `SEED=${SEED} turn ${turn}`);
    // The same document again, its switches the other way round.
    const turned = Object.fromEntries(Object.entries(drawn.variables).map(([name, value]) => [name, typeof value === 'boolean' ? !value : value]));
    await compare(who, { document: drawn.document, variables: turned }, `SEED=${SEED} turn ${turn}, turned`);
    if (answer.length > 200) told += 1;
  }
  expect(told).toBeGreaterThan(QUERIES / 4);
});

test('the payload of an act is answered as the fields would be after it', { timeout: 60_000 }, async () => {
  for (let turn = 0; turn < CLAIMS; turn += 1) {
    const who = turn % 2 === 0 ? 'attorneyDallas' : 'supervisorDallas';
    const { case: { version } } = await world.as(who).get('query ($id: ID) { case(id: $id) { version } }', { id: free.id });
    await compare(who, new Selections(drawings[who] as Drawing, SEED * 1_000 + turn).mutation('claimCase', { caseId: free.id, expectedVersion: version }, 2 + (turn % 4)), `SEED=${SEED} claim ${turn}`);
    await world.as('supervisorDallas').get('mutation ($input: ReleaseCaseInput!) { releaseCase(input: $input) { case { id } } }', { input: { caseId: free.id, expectedVersion: version + 1 } });
  }
});

test('one document serves every value of its variables', async () => {
  const document = `query ($id: ID, $first: Int, $short: Boolean!, $filter: CaseFilter, $orderBy: CaseOrder) {
    case(id: $id) { number @skip(if: $short) events(first: $first) { nodes { act } totalCount } one: events(first: 1) { nodes { id } } report @include(if: $short) { narrative } }
    cases(filter: $filter, orderBy: $orderBy, first: $first) { nodes { id } }
  }`;
  for (const id of [free.id, claimed.id, '00000000-0000-4000-8000-000000000000']) {
    for (const short of [true, false]) {
      for (const orderBy of ['OLDEST_FIRST', 'NEWEST_FIRST', null]) {
        for (const [first, filter] of [[1, null], [100, { stages: ['CLAIMED'] }], [2, { stages: ['UNCLAIMED'] }], [null, { stages: ['CLOSED'] }], [1, {}]] as const) {
          await compare('attorneyDallas', { document, variables: { id, first, short, filter, orderBy } }, 'variables');
        }
      }
    }
  }
});

test('every field is told of as field by field, and there was something to tell', { timeout: 120_000 }, async () => {
  plainly.told.clear();
  const asked = new Set<string>();
  for (const who of ['attorneyDallas', 'supervisorDallas', 'attorneyHennepin', 'auditor', 'chiefDallasPolice'] as const) {
    const may = new Set<string>(ROOTS[who]);
    const [lists, alone] = [[...may].filter((root) => !['case', 'proofMatrix', 'referral', 'ruleBook', 'accessLog', 'sameIncident'].includes(root)), ['statutes', 'ruleBooks', 'readinessPacks'].filter((root) => may.has(root))];
    const log = who === 'auditor' ? `accessLog(filter: { before: "${before}" })` : `accessLog(caseId: "${arranged.id}", filter: { before: "${before}" })`;
    // From each of these on its own, since a type is asked for where it is met first.
    const ways = [
      ...(may.has('sameIncident') ? [[`sameIncident(caseId: "${claimed.id}")`]] : []),
      ...(may.has('case') ? [past, arranged, kept].map(({ id }) => [`case(id: "${id}")`]) : []), ...(may.has('proofMatrix') ? [past, arranged].map(({ id }) => [`proofMatrix(caseId: "${id}")`]) : []), ...(may.has('referral') ? [[`referral(id: "${arranged.referralId}")`]] : []),
      ...alone.map((root) => [`${root}(first: 100)`]), [...lists, ...(may.has('accessLog') ? [log] : [])],
    ];
    const documents = new Map(ways.flatMap((roots) => wholeDocuments(schema, knows, roots)).map((whole) => [whole.document, whole]));
    for (const { document, fields } of documents.values()) {
      await compare(who, { document, variables: {} }, 'the whole');
      for (const field of fields) asked.add(field);
    }
  }
  // What is told only where it is asked for.
  await compare('attorneyDallas', { document: `{ proofMatrix(caseId: "${arranged.id}") { charges { elements { links(includeWithdrawn: true) { withdrawnAt } } } } }`, variables: {} }, 'withdrawn');
  await compare('attorneyDallas', { document: `{ case(id: "${claimed.id}") { clocks(includeEarlier: true) { supersededAt supersededBecause } } }`, variables: {} }, 'superseded');
  await compare('attorneyDallas', { document: `{ case(id: "${past.id}") { unitRestrictions { liftedAt liftedBecause liftedBy { name } } } }`, variables: {} }, 'lifted');
  expect(Object.keys(SHAPES).filter((type) => ![...asked].some((field) => field.startsWith(`${type}.`)))).toEqual([]);
  expect([...asked].filter((field) => !plainly.told.has(field)).toSorted()).toEqual([]);
});

test('the fields that this comparison does not reach are known', () => {
  const outside = Object.values(schema.getTypeMap()).filter(isObjectType)
    .flatMap((type) => Object.keys(type.getFields()).filter((field) => !type.name.startsWith('__') && !knows(type.name, field)).map((field) => `${type.name}.${field}`));
  expect(outside.toSorted()).toEqual([]);
});
