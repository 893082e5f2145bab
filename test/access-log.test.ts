import { getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { PURPOSES } from '../src/access/purposes.ts';
import { CLOSES, NEVER_SENSITIVE, SENSITIVE } from '../src/access/watch.ts';
import { newId } from '../src/kernel/ids.ts';
import { SHAPES } from '../src/schema.ts';
import { statuteOf, withProbes } from './policies.world.ts';
import { seated } from './seated.ts';
import { asked, mutation, seat } from './units.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

const { PROTECTED, VICTIM_CONTACT, GRAND_JURY } = FACETS;

/** A minor, a victim, and a witness who refused disclosure of how to reach him. */
const PERSONS = [
  { part: 'VICTIM', name: 'Young Vic', minorAtIncident: true },
  { part: 'VICTIM', name: 'Vic Timson', contact: { phone: '555-0102' } },
  { part: 'WITNESS', name: 'Wit Nessler', contact: { phone: '555-0103', disclosureRefused: true } },
];

let world: World;
const statements: string[] = [];
beforeAll(async () => {
  world = await openWorld({ observe: ({ kind, text }) => kind === 'statement' && statements.push(text) });
});
afterAll(() => world.close());

let mark = '-infinity';
beforeEach(async () => {
  const [row] = await world.database.owner`select clock_timestamp()::text as now`;
  mark = String(row?.['now']);
});

/** What was logged since the test began. */
const logged = async (): Promise<Record<string, any>[]> => [...await world.database.owner`
  select m.subject as who, l.purpose, l.decision, l.field, l.code, l.case_id as "caseId", l.facets, array(select unnest(l.objects::text[]) order by 1) as objects, l.acting_for as "actingFor"
    from comity.access_log l left join comity.members m on m.id = l.actor_id where l.at > ${mark}::timestamptz order by l.at, l.id`];

const entry = (who: CastMember, { id }: { id: string }, facets: number, objects: readonly (string | undefined)[], field = 'case') =>
  ({ who, purpose: 'CASE_PREPARATION', decision: 'READ', field, code: null, caseId: id, facets, objects: [...objects].sort(), actingFor: world.officeIds['dallas-tx'] });

const furnished = (claimedBy?: CastMember, persons: readonly unknown[] = PERSONS, narrative = 'An official pushed a bystander.') =>
  world.buildCase({ ...(claimedBy && { claimedBy }), referral: { persons, narrative } });

const CONTACTS = 'persons { name contact { phone disclosureRefused } }';
const DETAIL = `query ($id: ID) { case(id: $id) { number ${CONTACTS} } }`;
const CLAIM = `mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { number ${CONTACTS} } } }`;

describe('a read of what is sensitive', () => {
  let subject: BuiltCase;
  beforeAll(async () => {
    subject = await furnished('attorneyDallas', PERSONS, 'An official struck a xylophonist.');
  });
  const all = () => entry('attorneyDallas', subject, VICTIM_CONTACT | PROTECTED, subject.personIds);

  test('is logged once for the case, with exactly what was shown', async () => {
    const { case: shown } = await world.as('attorneyDallas').get(DETAIL, { id: subject.id });
    expect(shown).toEqual({ number: subject.number, persons: [
      { name: 'Young Vic', contact: null }, { name: 'Vic Timson', contact: { phone: '555-0102', disclosureRefused: false } }, { name: 'Wit Nessler', contact: { phone: '555-0103', disclosureRefused: true } },
    ] });
    expect(await logged()).toEqual([all()]);
  });

  test.each([
    ['by aliases', `{ one: case(number: "#") { again: ${CONTACTS} ${CONTACTS} } }`],
    ['by a fragment', `{ case(number: "#") { ...Part } } fragment Part on Case { persons { contact { __typename } id } }`],
    ])('is logged once %s', async (_how, document) => {
    await world.as('attorneyDallas').get(document.replace('#', subject.number));
    expect(await logged()).toEqual([all()]);
  });

  test('is logged where a list or a search shows it, as far as the page goes', async () => {
    const others = [await furnished('attorneyDallas', PERSONS, 'An official struck a xylophonist.'), await furnished('attorneyDallas', PERSONS.slice(1, 2), 'An official struck a xylophonist.')] as const;
    const text = `query ($first: Int, $after: String) { cases(first: $first, after: $after, filter: { text: "xylophonist" }) { nodes { id } edges { node { ${CONTACTS} } } pageInfo { endCursor } } }`;
    const { cases } = await world.as('attorneyDallas').get(text, { first: 2 });
    expect(cases.nodes).toEqual([{ id: others[1].id }, { id: others[0].id }]);
    const shown = await logged();
    expect(shown).toHaveLength(2);
    expect(shown).toEqual(expect.arrayContaining([
      entry('attorneyDallas', others[1], VICTIM_CONTACT, others[1].personIds, 'cases'), entry('attorneyDallas', others[0], VICTIM_CONTACT | PROTECTED, others[0].personIds, 'cases'),
    ]));
    await world.as('attorneyDallas').get(text, { first: 2, after: cases.pageInfo.endCursor });
    expect((await logged()).slice(2)).toEqual([{ ...all(), field: 'cases' }]);
  });

  test('is logged where the payload of an act shows it, with the act', async () => {
    const unclaimed = await furnished();
    await world.as('attorneyDallas').get(CLAIM, { input: { caseId: unclaimed.id, expectedVersion: 1 } });
    expect(await logged()).toEqual([entry('attorneyDallas', unclaimed, VICTIM_CONTACT | PROTECTED, unclaimed.personIds, 'claimCase')]);
  });

  test('is not logged where the act is refused', async () => {
    expect(await world.as('secondDallas').refused(CLAIM, { input: { caseId: subject.id, expectedVersion: 1 } })).toBe('CONFLICT');
    expect(await logged()).toEqual([]);
  });

  test('is logged as far as the reader’s sight goes', async () => {
    await world.as('supervisorDallas').get(DETAIL, { id: subject.id });
    await world.as('advocateDallas').get(DETAIL, { id: subject.id });
    await world.as('attorneyHennepin').get(DETAIL, { id: subject.id });
    expect((await logged()).filter(({ decision }) => decision === 'READ')).toEqual([
      entry('supervisorDallas', subject, PROTECTED, subject.personIds.slice(0, 1)), entry('advocateDallas', subject, VICTIM_CONTACT | PROTECTED, subject.personIds),
    ]);
  });

  test('logs nothing where nothing sensitive is shown', async () => {
    const mimicked = `#${newId()}${newId()}8`;
    const plain = await world.buildCase({ claimedBy: 'attorneyDallas', referral: {
      persons: [{ part: 'OFFICIAL', descriptors: `Grey jacket, with "#" : "${mimicked}" on it`, markings: mimicked }], provenance: { decidedBy: mimicked, consulted: ['#', mimicked] },
    } });
    await world.as('attorneyDallas').get(`query ($id: ID) { case(id: $id) { report { narrative provenance { decidedBy consulted } } ${CONTACTS.replace('name', 'name descriptors markings')} recordings { holder } team { role } events { nodes { act body } } annotations { nodes { body } } } }`, { id: plain.id });
    await world.as('attorneyDallas').get('{ cases { nodes { number report { narrative } venues { reason } } } me { name } }');
    expect(await logged()).toEqual([]);
  });

  test('bears no mark in its answer', async () => {
    expect(JSON.stringify(await world.as('attorneyDallas').ask(`query ($id: ID) { case(id: $id) { id charges { id } recordings { id } persons { id contact { phone } } } }`, { id: subject.id }))).not.toContain('#');
  });

  test('is logged whichever way PostgreSQL writes the answer', async () => {
    const [one, other, request] = [newId(), newId(), newId()];
    const answer = `json_build_object('wide', (jsonb_build_object('a', 1, '#', '#' || $1::text || $2::text || '8:8') || '{}')::json, 'plain', json_build_object('#', '#' || $1::text || $1::text || '4096:4100'))::text`;
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ rows }) => {
      expect(await rows(`select comity.logged(${answer}, 'AUDIT', $3::uuid, 'case') = ${answer} as same`, [one, other, request])).toMatchObject([{ same: true }]);
      await rows('commit');
    });
    expect(await logged()).toEqual([{ ...entry('attorneyDallas', { id: one }, VICTIM_CONTACT | PROTECTED, [one, other]), purpose: 'AUDIT' }]);
  });

  test('by sixteen at once is logged sixteen times', async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, (_, n) => world.as(n % 2 === 0 ? 'attorneyDallas' : 'advocateDallas').ask(DETAIL, { id: subject.id })));
    expect(answers.filter(({ errors }) => errors)).toEqual([]);
    const found = await logged();
    expect(found).toHaveLength(16);
    expect(found.filter(({ who }) => who === 'advocateDallas')).toEqual(Array.from({ length: 8 }, () => entry('advocateDallas', subject, VICTIM_CONTACT | PROTECTED, subject.personIds)));
    const [{ requests }] = await world.database.owner<[{ requests: number }]>`select count(distinct request_id)::integer as requests from comity.access_log where at > ${mark}::timestamptz`;
    expect(requests).toBe(16);
  });

  test('is kept with the request’s own id and never with a value', async () => {
    const response = await fetch(`${world.server.url}/graphql`, {
      method: 'POST', body: JSON.stringify({ query: DETAIL, variables: { id: subject.id } }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.as('attorneyDallas').token()}`, 'x-purpose': 'VICTIM_SUPPORT' },
    });
    const rows = await world.database.owner`select l.request_id, l.purpose, l::text as whole from comity.access_log l where at > ${mark}::timestamptz`;
    expect(rows.map(({ request_id, purpose }) => ({ request_id, purpose }))).toEqual([{ request_id: response.headers.get('x-request-id'), purpose: 'VICTIM_SUPPORT' }]);
    expect(String(rows[0]?.['whole'])).not.toMatch(/555-|Vic|Wit|xylophonist/);
  });

  test('that cannot be logged is not answered', async () => {
    await world.database.owner`alter table comity.access_log add constraint full_up check (at < '2000-01-01Z') not valid`;
    try {
      const { data, errors } = await world.as('attorneyDallas').ask(DETAIL, { id: subject.id });
      expect([data, errors?.[0]?.extensions['code']]).toEqual([undefined, 'UNAVAILABLE']);
      const unclaimed = await furnished();
      expect(await world.as('attorneyDallas').refused(CLAIM, { input: { caseId: unclaimed.id, expectedVersion: 1 } })).toBe('UNAVAILABLE');
      expect([...await world.database.owner`select stage, version from comity.cases where id = ${unclaimed.id}`]).toEqual([{ stage: 'UNCLAIMED', version: 1 }]);
    } finally {
      await world.database.owner`alter table comity.access_log drop constraint full_up`;
    }
    expect(await logged()).toEqual([]);
  });
});

describe('a purpose', () => {
  let subject: BuiltCase;
  beforeAll(async () => {
    subject = await furnished('attorneyDallas', [...PERSONS, { part: 'OFFICIAL', descriptors: 'Grey jacket' }]);
    await withProbes(world, subject);
  });
  const unsaid = () => world.as('attorneyDallas', { purpose: null });
  const MISSING = { code: 'BAD_USER_INPUT', field: 'x-purpose', remedy: `Send the header x-purpose with one of ${PURPOSES.join(', ')}.` };

  test('that is not on the list is refused, with the list', async () => {
    for (const purpose of ['CURIOSITY', 'case_preparation', '', 'AUDIT, AUDIT']) {
      const response = await fetch(`${world.server.url}/graphql`, {
        method: 'POST', body: JSON.stringify({ query: '{ me { id } }' }),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await unsaid().token()}`, 'x-purpose': purpose },
      });
      expect(response.status, purpose).toBe(400);
      expect(((await response.json()) as { errors: unknown[] }).errors).toEqual([expect.objectContaining({ extensions: MISSING })]);
    }
  });

  test('is asked for wherever a contact is selected, before anything is read or done', async () => {
    const unclaimed = await furnished();
    for (const [document, variables] of [
      [DETAIL, { id: subject.id }], [DETAIL, { id: newId() }], [`{ cases(first: 1) { edges { node { ${CONTACTS} } } } }`, {}], [CLAIM, { input: { caseId: unclaimed.id, expectedVersion: 1 } }],
    ] as const) {
      const { errors } = await unsaid().ask(document, variables);
      expect(errors?.map(({ extensions }) => extensions)).toEqual([MISSING]);
    }
    expect([...await world.database.owner`select stage, version from comity.cases where id = ${unclaimed.id}`]).toEqual([{ stage: 'UNCLAIMED', version: 1 }]);
    expect(await logged()).toEqual([]);
  });

  test('that is missing leaves what stands in a compartment out, be it shown, counted or found', async () => {
    const word = 'vibraphone';
    const statuteId = await statuteOf(world, subject);
    const act = async (field: string, selection: string, input: object) => (await world.as('attorneyDallas').get(mutation(field, selection), { input: { caseId: subject.id, ...input } }))[field];
    const COUNTS = `query ($id: ID, $text: String, $statute: ID) { case(id: $id) { recordings { holder } charges { id } annotations { totalCount nodes { id } } events { totalCount } }
      byText: cases(filter: { text: $text }) { totalCount } byStatute: cases(filter: { statute: $statute }) { totalCount } }`;
    const seen = async (voice: ReturnType<typeof unsaid>) => {
      const { case: shown, byText, byStatute } = await voice.get(COUNTS, { id: subject.id, text: word, statute: statuteId });
      return { jury: shown.recordings.some(({ holder }: { holder: string }) => holder === 'GRAND_JURY'), charges: shown.charges.length, notes: shown.annotations.nodes.length, counted: shown.annotations.totalCount,
        events: shown.events.totalCount, byText: byText.totalCount, byStatute: byStatute.totalCount };
    };
    const before = await seen(unsaid());
    const { annotation } = await act('annotateCase', 'annotation { id }', { target: { kind: 'CASE' }, kind: 'NOTE', audience: 'TEAM', body: `Heard of a ${word}.` });
    const { charge } = await act('proposeCharge', 'charge { id }', { personId: subject.personIds[3], statuteId, counts: 1 });
    for (const target of [{ kind: 'ANNOTATION', id: annotation.id }, { kind: 'CHARGE', id: charge.id }]) {
      await act('placeInCompartment', 'case { id }', { compartment: 'GRAND_JURY', target, basis: 'GRAND_JURY_TESTIMONY' });
    }
    expect(await seen(unsaid())).toEqual(before);
    expect((await logged()).filter(({ purpose, facets }) => purpose === null && facets & GRAND_JURY)).toEqual([]);
    expect(await seen(world.as('attorneyDallas'))).toEqual({
      jury: true, charges: before.charges + 1, notes: before.notes + 1, counted: before.counted + 1, events: expect.any(Number), byText: 1, byStatute: before.byStatute + 1,
    });
    const release = { compartment: 'GRAND_JURY', target: { kind: 'CHARGE', id: charge.id }, finding: 'PLACED_IN_ERROR' };
    expect((await unsaid().ask(mutation('releaseFromCompartment', 'case { id }'), { input: { caseId: subject.id, ...release } })).errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
  });

  test('that is given lets a compartment be read, and an entry of its own tells of it', async () => {
    await world.as('attorneyDallas').get('query ($id: ID) { case(id: $id) { persons { id } recordings { holder } } }', { id: subject.id });
    const found = await logged();
    expect(found.map(({ facets }) => facets).sort()).toEqual([VICTIM_CONTACT | PROTECTED, GRAND_JURY].sort());
    const probe = async (facet: string) => (await world.database.owner`select id from comity.recordings where case_id = ${subject.id} and holder = ${facet}`)[0]?.['id'];
    expect(found).toEqual(expect.arrayContaining([
      entry('attorneyDallas', subject, GRAND_JURY, [await probe('GRAND_JURY')]),
      entry('attorneyDallas', subject, VICTIM_CONTACT | PROTECTED, [subject.personIds[0], await probe('VICTIM_CONTACT'), await probe('PROTECTED')]),
    ]));
  });
});

describe('a denial', () => {
  const denied = (who: CastMember, field: string, code: string, caseId: string | null) => ({ who, purpose: 'CASE_PREPARATION', decision: 'DENIED', field, code, caseId, facets: 0, objects: [], actingFor: undefined });
  const found = async () => (await logged()).map((each) => ({ ...each, actingFor: undefined }));

  test('at the door is logged with the root field, and the case where one is named', async () => {
    const id = newId();
    expect(await world.as('analyst').refused(DETAIL, { id })).toBe('FORBIDDEN');
    expect(await world.as('chiefDallasPolice').refused('query ($id: ID) { verifyTrail(caseId: $id) { intact } }', { id })).toBe('FORBIDDEN');
    expect(await world.as('analyst').refused('{ cases { nodes { id } } }')).toBe('FORBIDDEN');
    expect(await world.as('analyst').refused('{ case(id: "no id at all, and secret") { id } }')).toBe('FORBIDDEN');
    expect(await found()).toEqual([denied('analyst', 'case', 'FORBIDDEN', id), denied('chiefDallasPolice', 'verifyTrail', 'FORBIDDEN', id), denied('analyst', 'cases', 'FORBIDDEN', null), denied('analyst', 'case', 'FORBIDDEN', null)]);
  });

  test('in an act is logged, and nothing else of the act is left', async () => {
    const subject = await furnished('attorneyDallas');
    expect(await world.as('secondDallas').refused('mutation ($input: ReleaseCaseInput!) { releaseCase(input: $input) { case { id } } }', { input: { caseId: subject.id, expectedVersion: subject.version } })).toBe('FORBIDDEN');
    expect(await found()).toEqual([denied('secondDallas', 'releaseCase', 'FORBIDDEN', subject.id)]);
    expect([...await world.database.owner`select stage, version from comity.cases where id = ${subject.id}`]).toEqual([{ stage: 'CLAIMED', version: subject.version }]);
  });

  test('is logged alike for a case that is hidden and for one that is absent', async () => {
    const hidden = await furnished('attorneyDallas');
    const absent = newId();
    for (const caseId of [hidden.id, absent]) {
      expect(await world.as('attorneyHennepin').refused(CLAIM, { input: { caseId, expectedVersion: 1 } })).toBe('NOT_FOUND');
      expect(await world.as('supervisorHennepin').refused('query ($id: ID) { verifyTrail(caseId: $id) { intact } }', { id: caseId })).toBe('NOT_FOUND');
    }
    const of = (caseId: string) => [denied('attorneyHennepin', 'claimCase', 'NOT_FOUND', caseId), denied('supervisorHennepin', 'verifyTrail', 'NOT_FOUND', caseId)];
    expect(await found()).toEqual([...of(hidden.id), ...of(absent)]);
  });

  test('is what comes back null where one thing is asked for, hidden or absent alike, by its id or its number', async () => {
    const hidden = await furnished('attorneyDallas');
    const absent = newId();
    const byNumber = `query ($number: String) { case(number: $number) { ${CONTACTS} } }`;
    for (const id of [hidden.id, absent]) expect(await world.as('attorneyHennepin').get(DETAIL, { id })).toEqual({ case: null });
    for (const number of [hidden.number, 'DAL-1999-000001']) expect(await world.as('attorneyHennepin').get(byNumber, { number })).toEqual({ case: null });
    expect(await world.as('attorneyHennepin').get(DETAIL, { id: 'no id at all, and secret' })).toEqual({ case: null });
    expect(await world.as('chiefChicagoPolice').get('query ($id: ID!) { referral(id: $id) { id } }', { id: hidden.referralId })).toEqual({ referral: null });
    expect(await world.as('attorneyHennepin').get('query ($id: ID!) { ruleBook(id: $id) { id } }', { id: absent })).toEqual({ ruleBook: null });
    const of = (caseId: string | null) => denied('attorneyHennepin', 'case', 'NOT_FOUND', caseId);
    expect(await found()).toEqual([
      of(hidden.id), of(absent), of(hidden.id), of(null), of(null), denied('chiefChicagoPolice', 'referral', 'NOT_FOUND', null), denied('attorneyHennepin', 'ruleBook', 'NOT_FOUND', null),
    ]);
  });

  test('by null leaves the rest of the request alone, and what is shown is none', async () => {
    const [hidden, own] = [await furnished('attorneyDallas'), await world.buildCase()];
    const { me, gone, own: shown } = await world.as('attorneyCook').get(`{ me { name } gone: case(id: "${hidden.id}") { id } own: cases { totalCount } }`);
    expect([me, gone, shown]).toEqual([{ name: 'Coco Cookson' }, null, { totalCount: 0 }]);
    expect(await world.as('attorneyDallas').get('query ($id: ID) { case(id: $id) { number } }', { id: own.id })).toEqual({ case: { number: own.number } });
    expect(await found()).toEqual([denied('attorneyCook', 'case', 'NOT_FOUND', hidden.id)]);
  });

  test('by null costs the same, whether the case is hidden or absent', async () => {
    const hidden = await furnished('attorneyDallas');
    const seen: string[][] = [];
    for (const id of [hidden.id, newId()]) {
      statements.length = 0;
      await world.as('attorneyHennepin').get(DETAIL, { id });
      seen.push([...statements]);
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]?.filter((text) => text.includes('comity.denied'))).toHaveLength(1);
  });

  test('of one root field leaves the others of the request alone', async () => {
    const { data, errors } = await world.as('attorneyDallas').ask(`{ me { name } one: referral(id: "${newId()}") { id } other: referral(id: "${newId()}") { id } }`);
    expect(data).toEqual({ me: { name: 'Ada Attwell' }, one: null, other: null });
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(await found()).toEqual([denied('attorneyDallas', 'referral', 'FORBIDDEN', null), denied('attorneyDallas', 'referral', 'FORBIDDEN', null)]);
  });

  test('that cannot be logged is answered with UNAVAILABLE', async () => {
    await world.database.owner`alter table comity.access_log add constraint full_up check (at < '2000-01-01Z') not valid`;
    try {
      expect(await world.as('analyst').refused('{ cases { nodes { id } } }')).toBe('UNAVAILABLE');
      expect(await world.as('attorneyHennepin').refused(CLAIM, { input: { caseId: newId(), expectedVersion: 1 } })).toBe('UNAVAILABLE');
      expect(await world.as('attorneyHennepin').refused(DETAIL, { id: newId() })).toBe('UNAVAILABLE');
      expect(await world.as('analyst').get('{ me { name } }')).toEqual({ me: { name: 'Ana Lystrom' } });
    } finally {
      await world.database.owner`alter table comity.access_log drop constraint full_up`;
    }
    expect(await found()).toEqual([]);
  });
});

describe('the log', () => {
  const LOG = 'query ($id: ID, $filter: AccessFilter, $first: Int, $after: String) { accessLog(caseId: $id, filter: $filter, first: $first, after: $after) { nodes { at member { name } actingFor requestId purpose decision field code caseId facets objects } totalCount pageInfo { hasNextPage endCursor } } }';
  const names = (data: Record<string, any>) => data['accessLog'].nodes.map((each: Record<string, any>) => `${each['member'].name} ${each['decision']} ${each['field']}`);
  let subject: BuiltCase;
  beforeAll(async () => {
    subject = await furnished('attorneyDallas');
    await withProbes(world, subject);
    await world.as('attorneyDallas', { purpose: 'CHARGING_REVIEW' }).get(DETAIL, { id: subject.id });
    await world.as('attorneyDallas').get('query ($id: ID) { case(id: $id) { recordings { id } } }', { id: subject.id });
    await world.as('attorneyHennepin').refused(CLAIM, { input: { caseId: subject.id, expectedVersion: 1 } });
  });

  test('of a case is read by the auditor and by the heads of the lead’s office, as far as compartments are open to them', async () => {
    for (const who of ['supervisorDallas', 'electedDallas'] as const) {
      const data = await world.as(who).get(LOG, { id: subject.id });
      expect(names(data)).toEqual(['Hanne Penn DENIED claimCase', 'Ada Attwell READ case', 'Ada Attwell READ case']);
      expect(data['accessLog'].totalCount).toBe(3);
      expect(data['accessLog'].nodes[2]).toMatchObject({
        actingFor: world.officeIds['dallas-tx'], purpose: 'CHARGING_REVIEW', code: null, caseId: subject.id, facets: ['VICTIM_CONTACT', 'PROTECTED'],
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), at: expect.stringMatching(/Z$/),
      });
      expect([...data['accessLog'].nodes[2].objects].sort()).toEqual([...subject.personIds].sort());
      expect(data['accessLog'].nodes[0]).toMatchObject({ actingFor: world.officeIds['hennepin-mn'], purpose: 'CASE_PREPARATION', code: 'NOT_FOUND', facets: [], objects: [] });
    }
    const audited = await world.as('auditor').get(LOG, { id: subject.id });
    expect(audited['accessLog'].nodes.map(({ facets }: { facets: string[] }) => facets.join())).toEqual(expect.arrayContaining(['GRAND_JURY']));
    expect(audited['accessLog'].totalCount).toBe(4);
  });

  test('is not told to anybody else, and not of a case that the reader does not see', async () => {
    for (const who of ['attorneyDallas', 'advocateDallas', 'recordsDallas', 'administrator', 'analyst', 'chiefDallasPolice'] as const) expect(await world.as(who).refused(LOG, { id: subject.id }), who).toBe('FORBIDDEN');
    const hidden = await world.as('supervisorHennepin').ask(LOG, { id: subject.id });
    for (const id of [newId(), 'nothing']) expect(await world.as('supervisorHennepin').ask(LOG, { id })).toEqual(hidden);
    expect(hidden.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect(await world.as('auditor').refused(LOG, { id: newId() })).toBe('NOT_FOUND');
    expect(await world.as('supervisorDallas').refused(LOG)).toBe('FORBIDDEN');
  });

  test('is not told to a head of an office that sees the case and does not lead it', async () => {
    const { owner } = world.database;
    const other = await furnished('attorneyDallas');
    await owner`insert into comity.sight (case_id, viewer, cause, ref, facets, received_at) values (${other.id}, ${world.officeIds['hennepin-mn']}, 'RULE', ${newId()}, ${FACETS.SUMMARY | FACETS.HISTORY}, now())`;
    expect(await world.as('supervisorHennepin').refused(LOG, { id: other.id })).toBe('FORBIDDEN');
  });

  test('is not told to a supervisor who is walled off', async () => {
    const walled = await furnished('attorneyDallas');
    await world.as('attorneyDallas').get(DETAIL, { id: walled.id });
    expect(names(await world.as('supervisorDallas').get(LOG, { id: walled.id }))).toEqual(['Ada Attwell READ case']);
    await world.database.owner`insert into comity.closings (case_id, subject, facets, cause, ref) values (${walled.id}, ${world.memberIds.supervisorDallas}, 65535, 'WALL', ${newId()})`;
    const { errors, data } = await world.as('supervisorDallas').ask(LOG, { id: walled.id });
    const { errors: ofAbsent } = await world.as('supervisorDallas').ask(LOG, { id: newId() });
    expect({ data, errors }).toEqual({ data: null, errors: ofAbsent });
  });

  test.each([
    ['how persons are reached', ['VICTIM_CONTACT'], CONTACTS], ['the persons themselves', ['PERSONS'], CONTACTS], ['evidence that is protected', ['EVIDENCE'], 'recordings { holder }'],
  ])('tells a head outside a seal nothing of what it closed: %s', async (_what, facets, selection) => {
    const sealed = await furnished('attorneyDallas', PERSONS.slice(0, 2));
    await world.database.owner`insert into comity.recordings (case_id, id, needs, kind, position, holder) values (${sealed.id}, ${newId()}, ${FACETS.EVIDENCE | PROTECTED}, 'OTHER', 9, 'A school')`;
    const outsider = await seat(world, 'SUPERVISOR');
    const audience = { members: (['supervisorDallas', 'electedDallas', 'attorneyDallas'] as const).map((who) => world.memberIds[who]) };
    const { sealCase } = await world.as('supervisorDallas').get(mutation('sealCase', 'seal { id }'), { input: { caseId: sealed.id, facets, order: 'Order 1', audience } });
    await world.as('attorneyDallas').get(`query ($id: ID) { case(id: $id) { ${selection} } }`, { id: sealed.id });
    const reads = (data: Record<string, any> | null | undefined) => data?.['accessLog'].nodes.filter(({ decision }: { decision: string }) => decision === 'READ').length;
    expect(reads((await asked(world, outsider, LOG, { id: sealed.id })).data)).toBe(0);
    expect((await asked(world, outsider, LOG, { id: sealed.id })).data?.['accessLog'].totalCount).toBe(0);
    expect(reads(await world.as('supervisorDallas').get(LOG, { id: sealed.id }))).toBe(1);
    await world.database.owner`update comity.seals set unsealed_at = now(), unsealed_by = ${world.memberIds.electedDallas}, unsealed_because = 'Over.' where id = ${sealCase.seal.id}`;
    await world.database.owner`select comity.compute_sight(${sealed.id})`;
    expect(reads((await asked(world, outsider, LOG, { id: sealed.id })).data)).toBe(1);
  });

  test('can be narrowed, and is paged by time', async () => {
    const ask = async (filter: Record<string, unknown>, page: Record<string, unknown> = {}) => (await world.as('auditor').get(LOG, { id: subject.id, filter, ...page }))['accessLog'];
    expect((await ask({ decision: 'DENIED', memberId: world.memberIds.attorneyHennepin })).nodes).toMatchObject([{ member: { name: 'Hanne Penn' }, field: 'claimCase' }]);
    expect((await ask({ decision: 'READ' })).totalCount).toBe(3);
    expect((await ask({ decision: 'READ', memberId: world.memberIds.advocateDallas })).totalCount).toBe(0);
    expect((await ask({ memberId: newId() })).nodes).toEqual([]);
    expect((await ask({ purpose: 'CHARGING_REVIEW' })).totalCount).toBe(1);
    const all = await ask({});
    const at = all.nodes[0].at;
    expect((await ask({ before: new Date(Date.parse(at) - 3_600_000).toISOString() })).nodes).toEqual([]);
    expect((await ask({ from: new Date(Date.parse(at) - 3_600_000).toISOString(), before: new Date(Date.parse(at) + 3_600_000).toISOString() })).totalCount).toBe(all.totalCount);
    const paged: unknown[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page = await ask({}, { first: 1, after });
      paged.push(...page.nodes);
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(paged).toEqual(all.nodes);
  });

  test('of everything is read by the auditor alone, denials that name no case among it', async () => {
    expect(await world.as('officerDallasPolice').refused('{ cases { nodes { id } } }')).toBe('FORBIDDEN');
    const { accessLog } = await world.as('auditor').get(LOG, { first: 1 });
    expect(accessLog.nodes).toMatchObject([{ member: { name: 'Ofc. Olly Beat' }, field: 'cases', code: 'FORBIDDEN', caseId: null }]);
    expect(accessLog.totalCount).toBeGreaterThan(4);
  });
});

describe('the table of the log', () => {
  test('can be neither read, written nor named by the application, partition by partition', async () => {
    const tables = await world.database.owner<{ name: string; guarded: boolean; owner: string }[]>`select relname as name, relrowsecurity and relforcerowsecurity as guarded, relowner::regrole::text as owner
      from pg_class where relnamespace = 'comity'::regnamespace and relname ~ '^access_log' and relkind in ('r', 'p')`;
    expect(tables.length).toBe(27);
    expect(tables.filter(({ guarded, owner }) => !guarded || owner !== 'comity_definer')).toEqual([]);
    await seated(world.database, { as: world.memberIds.auditor }, async ({ refusal }) => {
      for (const { name } of tables) {
        for (const statement of [`select 1 from comity.${name}`, `insert into comity.${name} select`, `update comity.${name} set purpose = null`, `delete from comity.${name}`, `truncate comity.${name}`]) expect(await refusal(statement), statement).toBe('42501');
      }
      expect(await refusal('select comity.extend_access_log()')).toBe('42501');
      expect(await refusal('select comity.guard_access_log(null)')).toBe('42501');
    });
  });

  test('only grows: not its owner and not a superuser changes, removes or empties it', async () => {
    await world.as('analyst').refused('{ cases { nodes { id } } }');
    const { owner } = world.database;
    const [{ part }] = await owner<[{ part: string }]>`select tableoid::regclass::text as part from comity.access_log limit 1`;
    for (const table of ['comity.access_log', part, 'comity.access_log_rest']) {
      for (const change of [`update ${table} set purpose = 'AUDIT'`, `delete from ${table}`, `truncate ${table}`]) {
        await expect(owner.unsafe(change), change).rejects.toThrow('the access log is append-only');
        await expect(owner.begin(async (tx) => {
          await tx`set local role comity_definer`;
          await tx.unsafe(change);
        }), change).rejects.toThrow('permission denied');
      }
    }
  });

  test('has a partition for each of the next 24 months, made once', async () => {
    const { owner } = world.database;
    const parts = async () => (await owner`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'comity.access_log'::regclass and c.relname <> 'access_log_rest' order by 1`).map(({ name }) => String(name));
    const made = await parts();
    expect(made).toHaveLength(25);
    expect(made[0]).toBe(`access_log_${new Date().toISOString().slice(0, 7).replace('-', '_')}`);
    const [{ again }] = await owner<[{ again: number }]>`select comity.extend_access_log() as again`;
    expect(again).toBe(0);
    await world.as('analyst').refused('{ cases { nodes { id } } }');
    expect([...await owner`select distinct tableoid::regclass::text as part from comity.access_log where at > ${mark}::timestamptz`]).toEqual([{ part: `comity.${made[0]}` }]);
  });

  test('takes rows of a month that was not made, and brings them there when it is', async () => {
    const { owner } = world.database;
    const row = (at: string) => owner`insert into comity.access_log (at, id, actor_id, request_id, decision, field, code, facets, objects) values (${at}, ${newId()}, ${newId()}, ${newId()}, 'DENIED', 'case', 'NOT_FOUND', 0, '{}')`;
    for (const at of ['2019-02-03Z', '2019-02-28 23:59:59.999999Z', '2019-05-01Z', '2999-01-01Z']) await row(at);
    const places = async () => (await owner`select to_char(at at time zone 'UTC', 'YYYY-MM') as month, tableoid::regclass::text as part from comity.access_log where at < '2020-01-01' or at > '2900-01-01' order by at`).map(({ month, part }) => `${month} ${part}`);
    expect(new Set((await places()).map((place) => place.split(' ')[1]))).toEqual(new Set(['comity.access_log_rest']));
    const [{ made }] = await owner<[{ made: number }]>`select comity.extend_access_log() as made`;
    expect(made).toBe(2);
    expect(await places()).toEqual(['2019-02 comity.access_log_2019_02', '2019-02 comity.access_log_2019_02', '2019-05 comity.access_log_2019_05', '2999-01 comity.access_log_rest']);
    const [{ again }] = await owner<[{ again: number }]>`select comity.extend_access_log() as again`;
    expect(again).toBe(0);
    for (const part of ['access_log_2019_02', 'access_log_rest']) await expect(owner.unsafe(`delete from comity.${part}`)).rejects.toThrow('append-only');
  });

  test('learns of every type whose rows can need a sensitive facet: the database keeps all others from it', async () => {
    const unmarkedOf = (underGlass: boolean) => Object.values(SHAPES).filter(({ table, mark }) => 'needs' in getTableColumns(table) && mark?.(table as never, underGlass) === undefined).map(({ table }) => getTableConfig(table).name);
    expect(unmarkedOf(true)).toEqual([]);
    const unmarked = [...new Set(unmarkedOf(false))];
    expect(unmarked.filter((name) => !CLOSES.includes(name)).sort()).toEqual([...NEVER_SENSITIVE].sort());
    for (const table of NEVER_SENSITIVE) {
      const [check] = await world.database.owner`select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'never_sensitive' and conrelid = ${`comity.${table}`}::regclass and convalidated`;
      expect(check?.['text'], table).toBe(`CHECK (((needs & ${SENSITIVE}) = 0))`);
    }
  });
});
