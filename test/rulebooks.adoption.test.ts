import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { incidentIn, statuteOf } from './policies.world.ts';
import { ADOPT, adopted, amiss, code, DRAFT, LIST, newcomer, opens, proposed, READ, WITHDRAW, type Json } from './rulebooks.world.ts';
import { openWorld, type BuiltCase, type CastMember, type Reply, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const hennepin = () => world.officeIds['hennepin-mn'];
const read = async (id: string) => (await world.as('supervisorDallas').get(READ, { id })).ruleBook;
const RELEASE = 'mutation ($input: ReleaseCaseInput!) { releaseCase(input: $input) { case { version } } }';
const CLAIM = 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { version } } }';
const ANNOTATE = 'mutation ($input: AnnotateCaseInput!) { annotateCase(input: $input) { annotation { id } } }';
const TAG = 'mutation ($input: TagCaseInput!) { tagCase(input: $input) { case { tags } } }';
const CHARGE = 'mutation ($input: ProposeChargeInput!) { proposeCharge(input: $input) { charge { id } } }';
const CASES = 'query ($filter: CaseFilter) { cases(filter: $filter, first: 100) { nodes { id report { place } } totalCount } }';
const CASE = 'query ($id: ID!) { case(id: $id) { number stage report { narrative } persons { name } charges { counts } recordings { holder } events(first: 5) { nodes { act } } } }';

describe('adoption', () => {
  test('takes two people: the proposer is refused by the name of the rule, and the book in force stays', async () => {
    const before = await adopted(world, { title: 'Before' });
    const id = await proposed(world, { title: 'After' });
    const own = await world.as('supervisorDallas').ask(ADOPT, { input: { ruleBookId: id } });
    expect(own.errors?.[0]).toMatchObject({ message: 'A rule book is adopted by another person than the one who proposed it.', extensions: { code: 'FORBIDDEN' } });
    for (const who of ['attorneyDallas', 'conflictsDallas', 'administrator', 'analyst', 'chiefDallasPolice'] as const) expect(await world.as(who).refused(ADOPT, { input: { ruleBookId: id } })).toBe('FORBIDDEN');
    expect(await world.as('supervisorHennepin').refused(ADOPT, { input: { ruleBookId: id } })).toBe('NOT_FOUND');
    expect(await read(before)).toMatchObject({ state: 'IN_FORCE', endedAt: null });
    const { adoptRuleBook } = await world.as('electedDallas').get(ADOPT, { input: { ruleBookId: id } });
    expect(adoptRuleBook.ruleBook).toMatchObject({ id, state: 'IN_FORCE', proposedBy: { name: 'Sue Visser' }, adoptedBy: { name: 'Ella Ectedson' }, adoptedAt: expect.any(String), endedAt: null });
    expect(await read(before)).toMatchObject({ state: 'SUPERSEDED', endedAt: adoptRuleBook.ruleBook.adoptedAt });
    expect(await world.as('supervisorHennepin').refused(ADOPT, { input: { ruleBookId: id } })).toBe('FORBIDDEN');
    for (const book of [id, before]) expect(await world.as('electedDallas').refused(ADOPT, { input: { ruleBookId: book } })).toBe('CONFLICT');
  });

  test('of a draft is a conflict', async () => {
    const { draftRuleBook } = await world.as('supervisorDallas').get(DRAFT, { input: { title: 'Rules' } });
    const refused = await world.as('electedDallas').ask(ADOPT, { input: { ruleBookId: draftRuleBook.ruleBook.id } });
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', state: 'DRAFT' });
  });

  test('of one book by several at once is done by one, and of two books at once leaves one in force', async () => {
    const heads = await Promise.all([1, 2, 3].map(() => newcomer(world, 'ELECTED', 'dallas-tx')));
    const inForce = async (): Promise<string[]> =>
      (await world.as('recordsDallas').get(LIST, { filter: { jurisdiction: world.officeIds['dallas-tx'], states: ['IN_FORCE'] } })).ruleBooks.nodes.map(({ id }: { id: string }) => id);
    for (let round = 0; round < 4; round += 1) {
      const id = await proposed(world, {});
      expect((await Promise.all(heads.map((head) => head.ask(ADOPT, { input: { ruleBookId: id } })))).map(code).sort()).toEqual(['CONFLICT', 'CONFLICT', 'OK']);
      expect(await inForce()).toEqual([id]);
      const books = await Promise.all([proposed(world, { sharing: [opens('COALITION', ['REPORT'])] }), proposed(world, {}, 'electedDallas')]);
      expect((await Promise.all(heads.slice(1).map((head, at) => head.ask(ADOPT, { input: { ruleBookId: books[at] } })))).map(code)).toEqual(['OK', 'OK']);
      const [last, ...more] = await inForce();
      expect([more, books.includes(last ?? '')]).toEqual([[], true]);
    }
  });

  test('and withdrawal at once: one of them is too late', async () => {
    for (let round = 0; round < 4; round += 1) {
      const id = await proposed(world, {});
      const [gone, taken] = await Promise.all([
        world.as('supervisorDallas').ask(WITHDRAW, { input: { ruleBookId: id } }), world.as('electedDallas').ask(ADOPT, { input: { ruleBookId: id } }),
      ]);
      expect([gone, taken].map(code).sort()).toEqual(['CONFLICT', 'OK']);
      expect((await read(id)).state).toBe(code(taken) === 'OK' ? 'IN_FORCE' : 'WITHDRAWN');
    }
  });
});

describe('what a book opens', () => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await world.buildCase({ claimedBy: 'attorneyDallas', referral: { narrative: 'A kingfisher sat upon the railing.', allegedLevel: 'FELONY' } });
  });

  const seen = async (who: CastMember) => {
    const { data } = await world.as(who).ask(CASE, { id: built.id });
    const list = (await world.as(who).get(CASES, {})).cases;
    const found = (await world.as(who).get(CASES, { filter: { text: 'kingfisher' } })).cases;
    return {
      detail: data?.['case'], listed: list.nodes.some(({ id }: { id: string }) => id === built.id), counted: list.totalCount,
      found: found.nodes.map(({ id }: { id: string }) => id), foundCount: found.totalCount,
    };
  };
  const UNSEEN = { detail: null, listed: false, found: [], foundCount: 0 };

  test('another office sees from the commit on, in detail, list, count and search, and loses as well', async () => {
    await adopted(world, {});
    const before = await seen('attorneyHennepin');
    expect(before).toMatchObject(UNSEEN);
    await adopted(world, { sharing: [opens(hennepin(), ['REPORT'])] });
    const opened = await seen('attorneyHennepin');
    expect(opened).toMatchObject({ listed: true, found: [built.id], foundCount: 1, detail: { number: built.number, report: { narrative: 'A kingfisher sat upon the railing.' }, persons: [], charges: [], recordings: [], events: { nodes: [] } } });
    expect(opened.counted).toBeGreaterThan(before.counted);
    await adopted(world, { sharing: [opens(hennepin(), ['PERSONS', 'EVIDENCE'])] });
    expect(await seen('attorneyHennepin')).toMatchObject({ listed: true, found: [], detail: { report: null, persons: [{}, { name: 'Vic Timson' }, {}], recordings: [{}] } });
    await adopted(world, {});
    expect(await seen('attorneyHennepin')).toEqual(before);
    expect(await amiss(world)).toEqual([]);
  });

  test('the coalition sees, but no guest, no agency, no analyst and no administrator; a guest sees what is opened to it by name', async () => {
    await adopted(world, { sharing: [opens('COALITION', ['REPORT'])] });
    expect(await seen('attorneyHennepin')).toMatchObject({ found: [built.id] });
    for (const who of ['attorneyCook', 'administrator'] as const) expect(await seen(who)).toMatchObject(UNSEEN);
    for (const who of ['analyst', 'auditor', 'chiefDallasPolice'] as const) expect(await world.as(who).refused(CASE, { id: built.id })).toBe('FORBIDDEN');
    await adopted(world, { sharing: [opens(world.officeIds['cook-il'], [])] });
    expect(await seen('attorneyCook')).toMatchObject({ listed: true, detail: { report: null } });
    expect(await seen('attorneyHennepin')).toMatchObject(UNSEEN);
  });

  test.each<[string, Json, boolean]>([
    ['the stage', { stages: ['CLAIMED', 'CLOSED'] }, true], ['another stage', { stages: ['CLOSED'] }, false],
    ['the level', { levels: ['FELONY'] }, true], ['another level', { levels: ['MISDEMEANOR', 'EITHER'] }, false],
    ['one of the tags', { tags: ['PRESS', 'FIREARM'] }, true], ['other tags', { tags: ['PRESS'] }, false],
    ['all of it', { stages: ['CLAIMED'], levels: ['FELONY'], tags: ['FIREARM'] }, true], ['all but the tags', { stages: ['CLAIMED'], levels: ['FELONY'], tags: ['ENTRY'] }, false],
  ])('depends on %s of the case', async (_what, when, opened) => {
    await world.as('attorneyDallas').get(TAG, { input: { caseId: built.id, add: ['FIREARM'] } });
    await adopted(world, { sharing: [opens(hennepin(), ['REPORT'], when)] });
    expect(await seen('attorneyHennepin')).toMatchObject(opened ? { listed: true, found: [built.id] } : UNSEEN);
    expect(await amiss(world)).toEqual([]);
  });

  test('ends at its instant, without an act', async () => {
    await adopted(world, { sharing: [opens(hennepin(), ['REPORT'], { until: new Date(Date.now() + 1500).toISOString() }), opens(hennepin(), [], { tags: ['FIREARM'] })] });
    expect(await seen('attorneyHennepin')).toMatchObject({ found: [built.id] });
    await expect.poll(async () => (await seen('attorneyHennepin')).found, { timeout: 5000 }).toEqual([]);
    expect(await seen('attorneyHennepin')).toMatchObject({ listed: true, detail: { report: null } });
  });

  test('reaches no further than a role’s ceiling, and never what is protected', async () => {
    const young = await world.buildCase({ claimedBy: 'attorneyDallas', referral: { persons: [{ part: 'VICTIM', name: 'Young Vic', minorAtIncident: true }, { part: 'WITNESS', name: 'Wit Nessler' }] } });
    const records = await newcomer(world, 'RECORDS', 'hennepin-mn');
    await adopted(world, { sharing: [opens(hennepin(), ['REPORT', 'PERSONS', 'VICTIM_CONTACT'])] });
    expect((await records.ask(CASE, { id: young.id })).data?.['case']).toMatchObject({ report: {}, persons: [] });
    expect((await world.as('attorneyHennepin').get(CASE, { id: young.id })).case.persons).toEqual([{ name: 'Wit Nessler' }]);
  });

  test('goes with the lead: a case that is given up is opened by nobody’s book', async () => {
    const given = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await adopted(world, { sharing: [opens(hennepin(), ['REPORT'])] });
    expect((await world.as('attorneyHennepin').get(CASE, { id: given.id })).case.number).toBe(given.number);
    await world.as('attorneyDallas').get(RELEASE, { input: { caseId: given.id, expectedVersion: given.version } });
    expect((await world.as('attorneyHennepin').get(CASE, { id: given.id })).case).toBeNull();
  });

  test('does not touch a row of sight that stays as it is', async () => {
    const rows = () => world.database.owner`select case_id, viewer, ref, facets, xmin::text from comity.sight where cause = 'RULE' order by 1, 2, 3`;
    const sharing = [opens(hennepin(), ['REPORT'])];
    await adopted(world, { sharing });
    const before = [...await rows()];
    expect(before.length).toBeGreaterThan(0);
    await adopted(world, { sharing });
    expect([...await rows()]).toEqual(before);
  });
});

describe('a limit', () => {
  const release = async (who: CastMember) => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    return world.as(who).ask(RELEASE, { input: { caseId: built.id, expectedVersion: built.version } });
  };
  const none = { limits: [{ action: 'case:release', ceiling: 'NONE', basis: 'Nobody for now.' }] };

  test('counts from its commit, and what a later book allows again is allowed at once', async () => {
    expect(code(await release('attorneyDallas'))).toBe('OK');
    await adopted(world, none);
    const refused = await release('attorneyDallas');
    expect(refused.errors?.[0]).toMatchObject({ message: 'Your seat does not permit this act.', extensions: { code: 'FORBIDDEN' } });
    expect(code(await release('supervisorDallas'))).toBe('FORBIDDEN');
    await adopted(world, {});
    expect(code(await release('attorneyDallas'))).toBe('OK');
  });

  test('lowers to the own team, and leaves those who reached no further', async () => {
    await adopted(world, { limits: [{ action: 'case:release', ceiling: 'OWN', basis: 'Each for himself.' }] });
    expect((await release('supervisorDallas')).errors?.[0]).toMatchObject({ message: 'Only the team of this case, or a supervisor, may do this.', extensions: { code: 'FORBIDDEN' } });
    expect(code(await release('attorneyDallas'))).toBe('OK');
    await adopted(world, {});
    expect(code(await release('supervisorDallas'))).toBe('OK');
  });

  test('is of its own office’s staff alone', async () => {
    await adopted(world, none);
    const built = await world.buildCase({ claimedBy: 'attorneyHennepin', referral: incidentIn('27053') });
    await world.as('attorneyHennepin').get(RELEASE, { input: { caseId: built.id, expectedVersion: built.version } });
    await adopted(world, {});
  });
});

describe('an agency', () => {
  const REFERRAL = 'query ($id: ID!) { referral(id: $id) { state } }';
  const told = async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    return (await world.as('chiefDallasPolice').get(REFERRAL, { id: built.referralId })).referral.state;
  };

  test('learns of a claim where the book says STATUS, in its stages, and otherwise nothing', async () => {
    await adopted(world, {});
    expect(await told()).toBe('ACCEPTED');
    await adopted(world, { agency: [{ show: 'ITEMS', basis: 'Asked for.' }] });
    expect(await told()).toBe('SUBMITTED');
    await adopted(world, { agency: [{ show: 'STATUS', stages: ['CLOSED'], basis: 'At the end.' }] });
    expect(await told()).toBe('SUBMITTED');
    await adopted(world, { agency: [{ show: 'STATUS', stages: ['CLAIMED'], basis: 'From the claim.' }] });
    expect(await told()).toBe('ACCEPTED');
    await adopted(world, {});
  });
});

describe('a book’s own tests', () => {
  const of = (memberId: string, facet: keyof typeof FACETS, sees: boolean, when: Json = {}) => ({ memberId, facet, stage: 'CLAIMED', level: 'FELONY', sees, ...when });

  test('hold by seat, ceiling, rule, audience, standing and law; each turned round is one that fails', async () => {
    const me = world.memberIds;
    const [records, gone] = await Promise.all([newcomer(world, 'RECORDS', 'hennepin-mn'), newcomer(world, 'ATTORNEY', 'hennepin-mn', 'Gone Home')]);
    await world.database.owner`update comity.members set active = false where id = ${gone.id}`;
    const sharing = [opens('COALITION', ['REPORT'], { levels: ['FELONY'] }), opens(hennepin(), ['CHARGES', 'EVIDENCE', 'HISTORY'], { tags: ['PRESS'], stages: ['CLAIMED'] }), opens(world.officeIds['cook-il'], ['PERSONS'])];
    const tests = [
      of(me.attorneyDallas, 'CHARGES', true), of(me.attorneyDallas, 'VICTIM_CONTACT', false), of(me.advocateDallas, 'VICTIM_CONTACT', true), of(me.attorneyDallas, 'TEAM', false),
      of(me.attorneyDallas, 'PROTECTED', true), of(me.attorneyDallas, 'GRAND_JURY', false), of(me.recordsDallas, 'CHARGES', false),
      of(me.attorneyHennepin, 'REPORT', true), of(me.attorneyHennepin, 'REPORT', false, { level: 'MISDEMEANOR' }), of(me.attorneyHennepin, 'COALITION', true), of(me.attorneyHennepin, 'COALITION', false, { level: 'EITHER' }),
      of(me.attorneyHennepin, 'CHARGES', false), of(me.attorneyHennepin, 'CHARGES', true, { tags: ['PRESS', 'ENTRY'] }), of(me.attorneyHennepin, 'CHARGES', false, { tags: ['PRESS'], stage: 'CLOSED' }),
      of(records.id, 'CHARGES', false, { tags: ['PRESS'] }), of(records.id, 'HISTORY', true, { tags: ['PRESS'] }), of(gone.id, 'SUMMARY', false),
      of(me.attorneyCook, 'REPORT', false), of(me.attorneyCook, 'PERSONS', true), of(me.attorneyCook, 'COALITION', false),
      of(me.chiefDallasPolice, 'SUMMARY', false), of(me.administrator, 'SUMMARY', false), of(me.analyst, 'SUMMARY', false),
    ];
    const results = async (list: Json[]) => {
      const id = await proposed(world, { sharing, tests: list });
      return { id, rows: await world.database.owner<{ place: number; passes: boolean; because: string }[]>`select * from comity.rule_book_results(${id})` };
    };
    const straight = await results(tests);
    expect(straight.rows.filter(({ passes }) => !passes)).toEqual([]);
    expect(straight.rows.map(({ place }) => place)).toEqual(tests.map((_, at) => at));
    expect((await results(tests.map((each) => ({ ...each, sees: !each['sees'] })))).rows.filter(({ passes }) => passes)).toEqual([]);
    const because = straight.rows.map((row) => row.because);
    expect(because[1]).toBe('Ada Attwell does not see VICTIM_CONTACT: the role ATTORNEY does not reach it.');
    expect(because[7]).toBe('Hanne Penn sees REPORT: a rule of the book opens it.');
    expect(because[8]).toBe('Hanne Penn does not see REPORT: no rule of the book opens it to that office.');
    expect(because[16]).toBe('Gone Home does not see SUMMARY: the account is not active.');
    await world.as('electedDallas').get(ADOPT, { input: { ruleBookId: straight.id } });
  });

  test('keep it from adoption while one fails, and the book in force stays', async () => {
    const before = await adopted(world, {});
    const sharing = [opens(hennepin(), ['REPORT'])];
    const id = await proposed(world, { sharing, tests: [of(world.memberIds.attorneyHennepin, 'REPORT', true), of(world.memberIds.supervisorHennepin, 'REPORT', false)] });
    const { errors } = await world.as('electedDallas').ask(ADOPT, { input: { ruleBookId: id } });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'CONFLICT' }, message: expect.stringContaining('Test 1 of the book fails. Henk Supper sees REPORT: a rule of the book opens it.') });
    expect([(await read(before)).state, (await read(id)).state]).toEqual(['IN_FORCE', 'PROPOSED']);
    const [rule] = await world.database.owner`select count(*)::int as n from comity.sight where cause = 'RULE'`;
    expect(rule?.['n']).toBe(0);
  });

  test('that contradict each other keep it from adoption, and say which fails', async () => {
    const before = await adopted(world, {});
    const id = await proposed(world, { sharing: [opens(hennepin(), ['REPORT'])], tests: [of(world.memberIds.attorneyHennepin, 'REPORT', true), of(world.memberIds.attorneyHennepin, 'REPORT', false)] });
    const { errors } = await world.as('electedDallas').ask(ADOPT, { input: { ruleBookId: id } });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'CONFLICT' }, message: expect.stringContaining('Test 1 of the book fails. Hanne Penn sees REPORT') });
    expect([(await read(before)).state, (await read(id)).state]).toEqual(['IN_FORCE', 'PROPOSED']);
  });

  test('hold where rules overlap: what any of them opens is open, and none closes what another opens', async () => {
    const id = await proposed(world, {
      sharing: [opens('COALITION', []), opens('COALITION', ['REPORT'], { tags: ['PRESS'] }), opens(hennepin(), ['CHARGES'], { stages: ['CLAIMED'] }), opens(hennepin(), ['PERSONS'], { stages: ['CLAIMED', 'DECIDED'] })],
      tests: [
        of(world.memberIds.attorneyHennepin, 'REPORT', false), of(world.memberIds.attorneyHennepin, 'REPORT', true, { tags: ['PRESS'] }), of(world.memberIds.attorneyHennepin, 'CHARGES', true, { tags: ['PRESS'] }),
        of(world.memberIds.attorneyHennepin, 'PERSONS', true), of(world.memberIds.attorneyHennepin, 'CHARGES', false, { stage: 'DECIDED' }), of(world.memberIds.attorneyHennepin, 'PERSONS', true, { stage: 'DECIDED' }),
        of(world.memberIds.attorneyHennepin, 'SUMMARY', true, { stage: 'CLOSED' }),
      ],
    });
    await world.as('electedDallas').get(ADOPT, { input: { ruleBookId: id } });
    expect((await read(id)).state).toBe('IN_FORCE');
  });

  test('know the law: what it closes to other offices no rule of an older book opens', async () => {
    const head = await newcomer(world, 'ELECTED', 'hennepin-mn');
    const id = await proposed(world, { sharing: [opens(world.officeIds['dallas-tx'], ['REPORT'])], tests: [of(world.memberIds.attorneyDallas, 'EVIDENCE', true)] }, 'supervisorHennepin');
    await world.database.owner`update comity.sharing_rules set facets = facets | ${FACETS.EVIDENCE} where book_id = ${id}`;
    const { errors } = await head.ask(ADOPT, { input: { ruleBookId: id } });
    expect(errors?.[0]?.message).toContain('Ada Attwell does not see EVIDENCE: the law closes it to other offices (Minn. Stat. 13.825 subd. 7-8).');
  });
});

test('adoption under load: each act on its cases is done or told of the conflict, and none leaves sight that the rules do not give', async () => {
  const cases = await Promise.all(Array.from({ length: 24 }, (_, n) => world.buildCase(n % 2 === 0 ? { claimedBy: 'attorneyDallas' } : {})));
  const books = [
    { sharing: [opens(hennepin(), ['REPORT'], { tags: ['FIREARM'] }), opens('COALITION', [], { levels: ['FELONY'] })] },
    { sharing: [opens('COALITION', ['PERSONS'], { stages: ['CLAIMED'] }), opens(hennepin(), ['CHARGES'], { levels: ['MISDEMEANOR', 'FELONY', 'EITHER', 'GROSS_MISDEMEANOR'] })] },
    {},
  ];
  const codes = new Map<string, number>();
  const note = (reply: Reply) => void codes.set(String(code(reply)), (codes.get(String(code(reply))) ?? 0) + 1);
  const over = new AbortController();
  const each = async (work: (subject: BuiltCase, turn: number) => Promise<void>, among: readonly BuiltCase[] = cases) => {
    for (let turn = 0; !over.signal.aborted; turn += 1) await work(among[turn % among.length] as BuiltCase, turn);
  };
  const version = async (id: string) => (await world.as('supervisorDallas').get('query ($id: ID!) { case(id: $id) { version stage } }', { id })).case;
  const workers = [
    each(async ({ id }) => {
      const { version: expectedVersion, stage } = await version(id);
      note(await world.as('supervisorDallas').ask(stage === 'UNCLAIMED' ? CLAIM : RELEASE, { input: { caseId: id, expectedVersion } }));
    }, cases.filter((_, n) => n % 2 === 1)),
    each(async ({ id }, turn) => note(await world.as('electedDallas').ask(TAG, { input: { caseId: id, [turn % 2 ? 'add' : 'remove']: ['FIREARM'] } }))),
    each(async ({ id }) => note(await world.as('supervisorDallas').ask(ANNOTATE, { input: { caseId: id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'Seen.' } }))),
    each(async (subject) => note(await world.as('electedDallas').ask(CHARGE, {
      input: { caseId: subject.id, personId: subject.personIds[0], statuteId: await statuteOf(world, subject), counts: 1 },
    })), cases.filter((_, n) => n % 2 === 0)),
  ];
  let done = 0;
  try {
    for (let round = 0; round < 9; round += 1) {
      const id = await proposed(world, books[round % books.length] ?? {});
      const reply = await world.as('electedDallas').ask(ADOPT, { input: { ruleBookId: id } });
      expect(['OK', 'CONFLICT']).toContain(code(reply));
      done += code(reply) === 'OK' ? 1 : 0;
      // One statement sees one moment: each act that is committed has left its sight.
      expect(await amiss(world)).toEqual([]);
    }
  } finally {
    over.abort();
    await Promise.all(workers);
  }
  expect(done).toBeGreaterThan(4);
  expect(codes.get('OK')).toBeGreaterThan(30);
  // FORBIDDEN: the case is unclaimed at that moment, and nobody's to write on.
  expect([...codes.keys()].filter((each) => !['OK', 'CONFLICT', 'FORBIDDEN'].includes(each))).toEqual([]);
  expect(await amiss(world)).toEqual([]);
});

test('an act that waits for an adoption is done after it, by the new book', async () => {
  const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await adopted(world, {});
  const lock = await world.database.owner.reserve();
  await lock`begin`;
  await lock`select pg_advisory_xact_lock_shared(hashtextextended(${world.officeIds['dallas-tx']}, 7203))`;
  const id = await proposed(world, { sharing: [opens(hennepin(), ['REPORT'], { tags: ['PRESS'] })] });
  const adopting = world.as('electedDallas').ask(ADOPT, { input: { ruleBookId: id } });
  await expect.poll(async () => (await world.database.owner`select 1 from pg_locks where locktype = 'advisory' and not granted and mode = 'ExclusiveLock'`).length).toBe(1);
  const tagging = world.as('supervisorDallas').ask(TAG, { input: { caseId: built.id, add: ['PRESS'] } });
  await expect.poll(async () => (await world.database.owner`select 1 from pg_locks where locktype = 'advisory' and not granted`).length).toBe(2);
  expect((await world.as('attorneyHennepin').get(CASE, { id: built.id })).case).toBeNull();
  await lock`commit`;
  lock.release();
  expect((await Promise.all([adopting, tagging])).map(code)).toEqual(['OK', 'OK']);
  expect((await world.as('attorneyHennepin').get(CASE, { id: built.id })).case).toMatchObject({ number: built.number, report: {} });
  expect(await amiss(world)).toEqual([]);
});

test('an adoption that finds an office at work for too long answers CONFLICT, and can be tried again', async () => {
  const lock = await world.database.owner.reserve();
  await lock`begin`;
  await lock`select pg_advisory_xact_lock_shared(hashtextextended(${world.officeIds['dallas-tx']}, 7203))`;
  const id = await proposed(world, {});
  expect(await world.as('electedDallas').refused(ADOPT, { input: { ruleBookId: id } })).toBe('CONFLICT');
  await lock`rollback`;
  lock.release();
  await world.as('electedDallas').get(ADOPT, { input: { ruleBookId: id } });
  expect(await world.as('electedDallas').refused(ADOPT, { input: { ruleBookId: newId() } })).toBe('NOT_FOUND');
});
