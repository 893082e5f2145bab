import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FACETS, type Facet } from '../src/access/facets.ts';
import { COALITION_VIEWER } from '../src/access/seats.ts';
import { newId } from '../src/kernel/ids.ts';
import { incidentIn, withVenue } from './policies.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

type Office = keyof World['officeIds'];

const PREVIEW = `query ($id: ID!) { previewRuleBook(ruleBookId: $id) {
  cases
  changes { office { slug } facet becomesVisible becomesHidden samplesVisible { number } samplesHidden { number } }
  tests { position member { name } facet expected passes because }
} }`;

interface Change {
  readonly office: { readonly slug: string };
  readonly facet: Facet;
  readonly becomesVisible: number;
  readonly becomesHidden: number;
  readonly samplesVisible: readonly { readonly number: string }[];
  readonly samplesHidden: readonly { readonly number: string }[];
}
interface Previewed {
  readonly cases: number;
  readonly changes: readonly Change[];
  readonly tests: readonly Readonly<Record<string, any>>[];
}

const HEADS = { 'dallas-tx': ['supervisorDallas', 'electedDallas'], 'hennepin-mn': ['supervisorHennepin', 'secondHeadHennepin'] } as const;

let world: World;
let secondHead: string;
beforeAll(async () => {
  world = await openWorld();
  secondHead = newId();
  await world.database.owner`insert into comity.members (id, subject, name, kind, role, office_id) values (${secondHead}, 'secondHeadHennepin', 'Hed Second', 'PERSON', 'ELECTED', ${world.officeIds['hennepin-mn']})`;
});
afterAll(() => world.close());

/** Asks as a head of an office, of whom one is not of the cast. */
async function asHead(who: CastMember | 'secondHeadHennepin', document: string, variables: Readonly<Record<string, unknown>>): Promise<Record<string, any>> {
  if (who !== 'secondHeadHennepin') return world.as(who).get(document, variables);
  const response = await fetch(`${world.server.url}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.issuer.mint({ subject: who })}` },
    body: JSON.stringify({ query: document, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Record<string, any>; errors?: unknown };
  if (errors || !data) throw new Error(`${who} was refused: ${JSON.stringify(errors)}`);
  return data;
}

const rule = (facets: readonly Facet[], choice: { to?: Office; tags?: string[]; levels?: string[]; stages?: string[] } = {}) => {
  const { to, ...when } = choice;
  return { audience: to ? 'JURISDICTION' : 'COALITION', ...(to && { jurisdictionId: world.officeIds[to] }), facets, ...when, basis: 'By agreement.' };
};
interface Book { readonly id: string; readonly revision: number }

async function draft(office: keyof typeof HEADS, content: { sharing?: unknown[]; tests?: unknown[]; basedOn?: string }): Promise<Book> {
  const { draftRuleBook } = await asHead(HEADS[office][0], 'mutation ($input: DraftRuleBookInput!) { draftRuleBook(input: $input) { ruleBook { id revision } } }', { input: { title: 'A draft', ...content } });
  return draftRuleBook.ruleBook;
}

async function propose(office: keyof typeof HEADS, { id, revision }: Book): Promise<void> {
  await asHead(HEADS[office][0], 'mutation ($input: ProposeRuleBookInput!) { proposeRuleBook(input: $input) { ruleBook { id } } }', { input: { ruleBookId: id, expectedRevision: revision } });
}

async function adopt(office: keyof typeof HEADS, book: Book): Promise<void> {
  await propose(office, book);
  await asHead(HEADS[office][1], 'mutation ($input: AdoptRuleBookInput!) { adoptRuleBook(input: $input) { ruleBook { id } } }', { input: { ruleBookId: book.id } });
}

const preview = async (who: CastMember, { id }: { readonly id: string }): Promise<Previewed> => (await world.as(who).get(PREVIEW, { id })).previewRuleBook;

/** What an office of the coalition sees as a whole, as `<case> <facet>`: by the tables that the policies read. */
async function seenBy(office: string, among: readonly string[]): Promise<Set<string>> {
  const rows = await world.database.owner`
    select c.number, f.name from comity.cases c
      cross join lateral (select array[j.id] || case when j.standing = 'MEMBER' then array[${COALITION_VIEWER}::uuid] else '{}' end as viewers from comity.jurisdictions j where j.slug = ${office}) o
      cross join lateral (select
        (select coalesce(bit_or(s.facets), 0) from comity.sight s where s.case_id = c.id and s.viewer = any (o.viewers) and now() < s.until)
        & ~(select coalesce(bit_or(k.facets), 0) from comity.closings k where k.case_id = c.id and (k.subject is null or k.subject = any (o.viewers)) and not k.unless && o.viewers and now() < k.until) as open) e
      join jsonb_each_text(${JSON.stringify(FACETS)}::text::jsonb) f (name, bit) on e.open & f.bit::integer <> 0 and e.open & 1 = 1
     where c.number = any (${[...among]})`;
  return new Set(rows.map((row) => `${row['number']} ${row['name']}`));
}

/** All that a preview says, by office and facet, with what the adoption of the book then did to these cases. */
async function foretold(who: CastMember, office: keyof typeof HEADS, book: Book, among: readonly BuiltCase[]): Promise<{ said: object; came: object; preview: Previewed }> {
  const slugs = (await world.database.owner`select slug from comity.jurisdictions where slug <> ${office} order by slug`).map(({ slug }) => String(slug));
  const numbers = among.map(({ number }) => number);
  const before = new Map<string, Set<string>>();
  for (const slug of slugs) before.set(slug, await seenBy(slug, numbers));
  const said = await preview(who, book);
  await adopt(office, book);
  const came: Record<string, [number, number]> = {};
  for (const slug of slugs) {
    const [was, is] = [before.get(slug) ?? new Set<string>(), await seenBy(slug, numbers)];
    for (const [from, to, place] of [[was, is, 0], [is, was, 1]] as const) {
      for (const key of to) if (!from.has(key)) (came[`${slug} ${key.split(' ')[1]}`] ??= [0, 0])[place] += 1;
    }
  }
  return {
    said: Object.fromEntries(said.changes.map((change) => [`${change.office.slug} ${change.facet}`, [change.becomesVisible, change.becomesHidden]])), came, preview: said,
  };
}

const of = ({ changes }: Previewed, office: string) =>
  Object.fromEntries(changes.filter((change) => change.office.slug === office).map(({ facet, becomesVisible, becomesHidden }) => [facet, [becomesVisible, becomesHidden]]));

const resight = (id: string) => world.database.owner`select comity.compute_sight(${id})`;

async function walled({ id }: BuiltCase, kind: 'MEMBER' | 'OFFICE', subject: string): Promise<void> {
  await world.database.owner`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
    values (${id}, ${newId()}, ${FACETS.OFFICE}, ${kind}, ${subject}, 'FAMILY', 'A wall.', '{CONFLICTS}', ${world.memberIds.conflictsDallas}, now())`;
  await resight(id);
}

describe('a draft of Dallas', () => {
  const built: Record<'kept' | 'plain' | 'venue' | 'officeWalled' | 'headWalled' | 'sealed' | 'tagged' | 'felony' | 'joint', BuiltCase> = {} as never;
  const names = ['kept', 'plain', 'venue', 'officeWalled', 'headWalled', 'sealed', 'tagged', 'felony', 'joint'] as const;
  beforeAll(async () => {
    const { owner } = world.database;
    for (const name of names) built[name] = await world.buildCase({ claimedBy: 'attorneyDallas', ...(name === 'felony' && { referral: { allegedLevel: 'FELONY' } }) });
    await withVenue(world, built.venue, 'hennepin-mn');
    await walled(built.officeWalled, 'OFFICE', world.officeIds['hennepin-mn']);
    await walled(built.headWalled, 'MEMBER', world.memberIds.supervisorDallas);
    await owner`insert into comity.seals (case_id, id, needs, facets, audience, "order", sealed_by, sealed_at)
      values (${built.sealed.id}, ${newId()}, ${FACETS.OFFICE | FACETS.REPORT}, ${FACETS.REPORT}, ${[world.officeIds['dallas-tx']]}::uuid[], 'Order 1', ${world.memberIds.electedDallas}, now())`;
    await owner`insert into comity.case_tags (case_id, tag, needs, tagged_by, tagged_at) values (${built.tagged.id}, 'PRESS', ${FACETS.REPORT}, ${world.memberIds.supervisorDallas}, now())`;
    await owner`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at, answered_by, answered_at)
      values (${built.joint.id}, ${newId()}, 1, ${world.officeIds['hennepin-mn']}, ${world.officeIds['dallas-tx']}, 'SUPPORT', 3, 'ACCEPTED', 'Together.', ${world.memberIds.supervisorDallas}, now(), ${world.memberIds.supervisorHennepin}, now())`;
    const unit = newId();
    await owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${unit}, ${world.officeIds['dallas-tx']}, 'Integrity', ${world.memberIds.supervisorDallas}, now())`;
    await owner`insert into comity.unit_restrictions (case_id, id, needs, unit_id, reason, restricted_by, restricted_at) values (${built.kept.id}, ${newId()}, ${FACETS.OFFICE}, ${unit}, 'Kept.', ${world.memberIds.supervisorDallas}, now())`;
    for (const name of ['kept', 'sealed', 'tagged', 'joint'] as const) await resight(built[name].id);
  });

  const sharing = () => [rule(['SUMMARY', 'REPORT']), rule(['SUMMARY', 'EVIDENCE'], { levels: ['FELONY'] }), rule(['SUMMARY', 'PERSONS'], { to: 'cook-il', tags: ['PRESS', 'FATALITY'] })];

  test('that is empty, in the place of a book that opens nothing, changes nothing', async () => {
    expect(await preview('supervisorDallas', await draft('dallas-tx', {}))).toEqual({ cases: 8, changes: [], tests: [] });
  });

  test('says, of each office and facet, what it would open beside what is open already and within what is closed', async () => {
    const said = await preview('supervisorDallas', await draft('dallas-tx', { sharing: sharing() }));
    expect(said.cases).toBe(8);
    // SUMMARY: not of the case with venue nor the joint one, which Hennepin sees already, nor behind the wall against it. REPORT: of the
    // case with venue too, but neither of the sealed one nor of the one that Dallas keeps to a unit.
    expect(of(said, 'hennepin-mn')).toEqual({ SUMMARY: [5, 0], REPORT: [4, 0], EVIDENCE: [1, 0], COALITION: [5, 0] });
    expect(of(said, 'cook-il')).toEqual({ SUMMARY: [1, 0], PERSONS: [1, 0] });
    expect(of(said, 'fairfax-va')).toEqual({ SUMMARY: [8, 0], REPORT: [6, 0], EVIDENCE: [1, 0], COALITION: [7, 0] });
    expect(of(said, 'dallas-tx')).toEqual({});
  });

  test('is shown with samples, the newest first and five at the most, and a case walled off from the head is neither counted nor among them', async () => {
    const book = await draft('dallas-tx', { sharing: sharing() });
    const numbers = (change: Change | undefined) => change?.samplesVisible.map(({ number }) => number);
    const bySupervisor = (await preview('supervisorDallas', book)).changes;
    const find = (changes: readonly Change[], office: string, facet: Facet) => changes.find((change) => change.office.slug === office && change.facet === facet);
    expect(numbers(find(bySupervisor, 'fairfax-va', 'SUMMARY'))).toEqual([built.joint, built.felony, built.tagged, built.sealed, built.officeWalled].map(({ number }) => number));
    expect(numbers(find(bySupervisor, 'hennepin-mn', 'SUMMARY'))).toEqual([built.felony, built.tagged, built.sealed, built.plain, built.kept].map(({ number }) => number));
    expect(numbers(find(bySupervisor, 'cook-il', 'PERSONS'))).toEqual([built.tagged.number]);
    expect(JSON.stringify(bySupervisor)).not.toContain(built.headWalled.number);
    const byElected = await preview('electedDallas', book);
    expect(byElected.cases).toBe(9);
    expect(of(byElected, 'fairfax-va')).toMatchObject({ SUMMARY: [9, 0] });
    expect(numbers(find(byElected.changes, 'fairfax-va', 'SUMMARY'))).toEqual([built.joint, built.felony, built.tagged, built.sealed, built.headWalled].map(({ number }) => number));
  });

  test('does when it is adopted what its preview said, of every office and facet', async () => {
    const { said, came, preview: { changes } } = await foretold('electedDallas', 'dallas-tx', await draft('dallas-tx', { sharing: sharing() }), Object.values(built));
    expect(changes.length).toBeGreaterThan(6);
    expect(said).toEqual(came);
    const seen = 'query ($id: ID!) { case(id: $id) { number report { narrative } recordings { id } } }';
    expect((await world.as('attorneyHennepin').get(seen, { id: built.felony.id })).case).toMatchObject({ number: built.felony.number, report: {}, recordings: [{}] });
    expect((await world.as('attorneyHennepin').get(seen, { id: built.sealed.id })).case).toMatchObject({ number: built.sealed.number, report: null, recordings: [] });
    expect((await world.as('attorneyHennepin').get(seen, { id: built.officeWalled.id })).case).toBeNull();
    expect((await world.as('attorneyCook').get(seen, { id: built.plain.id })).case).toBeNull();
  });

  test('that is the book in force over again changes nothing, and neither does that book itself', async () => {
    const [inForce] = await world.database.owner`select id from comity.rule_books where jurisdiction_id = ${world.officeIds['dallas-tx']} and state = 'IN_FORCE'`;
    const again = await draft('dallas-tx', { basedOn: String(inForce?.['id']) });
    expect((await preview('supervisorDallas', again)).changes).toEqual([]);
    expect((await preview('supervisorDallas', { id: String(inForce?.['id']) })).changes).toEqual([]);
  });

  test('that opens to some and closes to others says both, and does both', async () => {
    const sharing = [rule(['SUMMARY'], { to: 'hennepin-mn' }), rule(['SUMMARY', 'CHARGES', 'REPORT'], { to: 'cook-il' }), rule(['SUMMARY', 'REPORT'], { stages: ['CLOSED'] })];
    const { said, came, preview: previewed } = await foretold('electedDallas', 'dallas-tx', await draft('dallas-tx', { sharing }), Object.values(built));
    expect(said).toEqual(came);
    expect(of(previewed, 'cook-il')).toEqual({ SUMMARY: [8, 0], REPORT: [8, 0], PERSONS: [0, 1], CHARGES: [9, 0] });
    expect(of(previewed, 'hennepin-mn')).toMatchObject({ REPORT: [0, 5] });
    expect(of(previewed, 'hennepin-mn')).not.toHaveProperty('SUMMARY');
    expect(previewed.changes.find(({ office, facet }) => office.slug === 'cook-il' && facet === 'PERSONS')?.samplesHidden).toEqual([{ number: built.tagged.number }]);
  });

  test('that is empty closes all that the book in force opens', async () => {
    const { said, came, preview: previewed } = await foretold('electedDallas', 'dallas-tx', await draft('dallas-tx', {}), Object.values(built));
    expect(said).toEqual(came);
    expect(previewed.changes.length).toBeGreaterThan(3);
    expect(previewed.changes.every(({ becomesVisible, becomesHidden, samplesVisible, samplesHidden }) =>
      becomesVisible === 0 && becomesHidden > 0 && samplesVisible.length === 0 && samplesHidden.length > 0)).toBe(true);
  });
});

describe('what the law closes', () => {
  test('to other offices no draft is said to open, but to the one that is authorised', async () => {
    const { owner } = world.database;
    const [footage, authorised] = [
      await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' }), await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' }),
    ];
    await owner`insert into comity.authorisations (case_id, id, needs, jurisdiction_id, given_for, purpose, document, recorded_by, recorded_at)
      values (${authorised.id}, ${newId()}, 1, ${world.officeIds['dallas-tx']}, ${world.officeIds['hennepin-mn']}, 'Review.', 'File 1', ${world.memberIds.supervisorHennepin}, now())`;
    await resight(authorised.id);
    const book = newId();
    // A draft that opens what the law closes may be refused as such: it comes here by another way.
    await owner`insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_by, drafted_at) values (${book}, ${world.officeIds['hennepin-mn']}, 90, 'DRAFT', 'Footage', ${world.memberIds.supervisorHennepin}, now())`;
    await owner`insert into comity.sharing_rules (book_id, position, audience_id, facets, basis) values (${book}, 1, ${COALITION_VIEWER}, ${FACETS.SUMMARY | FACETS.EVIDENCE}, 'All footage.')`;
    const { said, came, preview: previewed } = await foretold('supervisorHennepin', 'hennepin-mn', { id: book, revision: 1 }, [footage, authorised]);
    expect(said).toEqual(came);
    expect(of(previewed, 'dallas-tx')).toEqual({ SUMMARY: [2, 0], EVIDENCE: [1, 0], COALITION: [2, 0] });
    expect(of(previewed, 'fairfax-va')).toEqual({ SUMMARY: [2, 0], COALITION: [2, 0] });
    const evidence = previewed.changes.filter(({ facet }) => facet === 'EVIDENCE');
    expect(evidence.map(({ office, samplesVisible }) => [office.slug, samplesVisible])).toEqual([['dallas-tx', [{ number: authorised.number }]]]);
  });
});

describe('the tests of a book', () => {
  const asks = (memberId: string, facet: Facet, sees: boolean, stage = 'CLAIMED') => ({ memberId, facet, stage, level: 'FELONY', sees });

  test('are shown with what each comes to and why, in their order', async () => {
    const book = await draft('dallas-tx', {
      sharing: [rule(['SUMMARY', 'REPORT'], { stages: ['CLAIMED'] })],
      tests: [
        asks(world.memberIds.attorneyHennepin, 'REPORT', true), asks(world.memberIds.attorneyHennepin, 'REPORT', true, 'CLOSED'),
        asks(world.memberIds.attorneyCook, 'SUMMARY', false), asks(world.memberIds.attorneyHennepin, 'SUMMARY', false),
      ],
    });
    const { tests } = await preview('supervisorDallas', book);
    expect(tests.map(({ member, facet, expected, passes }) => [member.name, facet, expected, passes])).toEqual([
      ['Hanne Penn', 'REPORT', true, true], ['Hanne Penn', 'REPORT', true, false], ['Coco Cookson', 'SUMMARY', false, true], ['Hanne Penn', 'SUMMARY', false, false],
    ]);
    expect(tests.map(({ position }) => position)).toEqual([...tests.keys()].map((place) => place + tests[0]?.['position']));
    for (const { because, member } of tests) expect(because).toContain(member.name);
    await expect(adopt('dallas-tx', book)).rejects.toThrow(/CONFLICT/);
  });
});

describe('a preview is', () => {
  const refusal = async (who: CastMember, id: string) => {
    const { errors } = await world.as(who).ask(PREVIEW, { id });
    return errors?.map(({ message, extensions }) => `${extensions['code']}: ${message}`).join();
  };

  test('not found of another office’s draft, like that of a book that is not there', async () => {
    const { id } = await draft('hennepin-mn', { sharing: [rule(['SUMMARY'])] });
    const absent = await refusal('supervisorDallas', newId());
    expect(absent).toMatch(/^NOT_FOUND: /);
    expect(await refusal('supervisorDallas', id)).toBe(absent);
    expect(await refusal('supervisorDallas', 'no id at all')).toBe(absent);
  });

  test('refused of another office’s book in force, and to all but the heads of an office', async () => {
    const [inForce] = await world.database.owner`select id from comity.rule_books where jurisdiction_id = ${world.officeIds['hennepin-mn']} and state = 'IN_FORCE'`;
    expect(await refusal('supervisorDallas', String(inForce?.['id']))).toBe('FORBIDDEN: This is the rule book of another office.');
    const { id } = await draft('dallas-tx', {});
    for (const who of ['attorneyDallas', 'conflictsDallas', 'chiefDallasPolice', 'administrator', 'auditor', 'analyst'] as const) expect(await refusal(who, id), who).toMatch(/^FORBIDDEN: /);
    // The database asks again, should the door have been passed.
    for (const who of ['attorneyDallas', 'auditor'] as const) {
      expect(await seated(world.database, { as: world.memberIds[who] }, ({ refusal: refused }) => refused('select comity.preview_rule_book($1::uuid)', [id])), who).toMatch(who === 'auditor' ? /^CM404$/ : /^CM403$/);
    }
    expect(await seated(world.database, { as: null }, ({ refusal: refused }) => refused('select comity.preview_rule_book($1::uuid)', [id]))).toBe('CM404');
  });

  test('given of a proposal, and out of time for a book that was superseded or given up', async () => {
    const book = await draft('dallas-tx', {});
    await propose('dallas-tx', book);
    expect((await preview('supervisorDallas', book)).cases).toBeGreaterThan(0);
    await asHead('supervisorDallas', 'mutation ($input: WithdrawRuleBookInput!) { withdrawRuleBook(input: $input) { ruleBook { id } } }', { input: { ruleBookId: book.id } });
    expect(await refusal('supervisorDallas', book.id)).toMatch(/^CONFLICT: .*Draft a new one/);
    const [superseded] = await world.database.owner`select id from comity.rule_books where jurisdiction_id = ${world.officeIds['dallas-tx']} and state = 'SUPERSEDED' limit 1`;
    expect(await refusal('supervisorDallas', String(superseded?.['id']))).toMatch(/^CONFLICT: /);
  });

  test('no change: what was previewed and not adopted opens nothing', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { changes } = await preview('supervisorDallas', await draft('dallas-tx', { sharing: [rule(['SUMMARY'])] }));
    expect(changes.length).toBeGreaterThan(0);
    expect((await world.as('attorneyHennepin').get('query ($id: ID!) { case(id: $id) { id } }', { id: subject.id })).case).toBeNull();
  });
});

test('cases are judged together that are alike in all that a rule can ask of a case', async () => {
  const asked = await world.database.owner`
    select distinct d.refobjid::regclass::text || coalesce('.' || a.attname, '') as name
      from pg_rewrite w join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> w.ev_class
      left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid and d.refobjsubid > 0
     where w.ev_class = 'comity.shares'::regclass and d.refobjid::regclass::text !~ 'rule_books|sharing_rules' order by 1`;
  // Whoever lets a rule ask for more adds it to the kinds of comity.preview_rule_book, and then here.
  expect(asked.map(({ name }) => name).filter((name: string) => name.includes('.', name.indexOf('.') + 1))).toEqual([
    'comity.case_tags.case_id', 'comity.case_tags.tag', 'comity.cases.id', 'comity.cases.lead_id', 'comity.cases.received_at', 'comity.cases.stage',
    'comity.unit_restrictions.case_id', 'comity.unit_restrictions.lifted_at',
  ]);
});
