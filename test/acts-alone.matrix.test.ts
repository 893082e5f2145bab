import { graphql, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accounts } from '../src/access/accounts.ts';
import { leasePool, type LeasePool } from '../src/database/lease.ts';
import { byResponseKey, LookAhead } from '../src/database/lookahead.ts';
import { refusalOf } from '../src/door/faults.ts';
import { newId } from '../src/kernel/ids.ts';
import { PERMISSIONS } from '../src/permissions.ts';
import { openSchema, SHAPES } from '../src/schema.ts';
import { Session } from '../src/trail/session.ts';
import { CANDIDATE, HEADS, LEADS, WRITERS } from './situations.leads.ts';
import { ATTEMPTS, ELSEWHERE, EVERYBODY, fieldOf, furnished, letThrough, triedOn, withStandstill, type Attempt, type Ending, type Parts } from './situations.world.ts';
import { mutation } from './units.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

type Elsewhere = (typeof ELSEWHERE)[number];
type Field = keyof typeof PERMISSIONS.Mutation;

let world: World;
let led: BuiltCase;
let parts: Parts;
let unled: Parts;
/** What Dallas arranged for itself, and what its police were asked. */
const own = { pack: '', version: '', unit: '', draft: '', proposal: '', declaration: '', feed: '', item: '', key: newId(), reportNumber: '' };
beforeAll(async () => {
  world = await openWorld();
  await withStandstill(world);
  const made = async (who: CastMember, field: Field, input: object, selection: string) => (await world.as(who).get(mutation(field, selection), { input }))[field];
  const sent = world.referral();
  own.reportNumber = String(sent['reportNumber']);
  await made('chiefDallasPolice', 'submitReferral', { idempotencyKey: own.key, referral: sent }, 'outcome');
  led = await world.buildCase({ claimedBy: 'attorneyDallas' });
  own.unit = (await made('supervisorDallas', 'createUnit', { name: 'Public integrity' }, 'unit { id }')).unit.id;
  await made('supervisorDallas', 'addToUnit', { unitId: own.unit, memberId: world.memberIds.secondDallas }, 'unit { id }');
  own.pack = (await made('chiefDallasPolice', 'draftReadinessPack', { slug: 'general-order', title: 'A general order', issuedBy: 'The chief', basis: 'General Order 1', validFrom: '2026-01-01' }, 'pack { id }')).pack.id;
  own.version = String((await world.database.owner`select v.id from comity.statute_versions v join comity.statutes s on s.id = v.statute_id where s.state = 'TX' limit 1`)[0]?.['id']);
  own.declaration = (await made('secondDallas', 'declareConflict', { party: 'Kin Folk', relation: 'FAMILY' }, 'declaration { id }')).declaration.id;
  own.feed = (await made('secondDallas', 'createCalendarFeed', {}, 'feed { id }')).feed.id;
  own.draft = (await made('supervisorDallas', 'draftRuleBook', { title: 'Rules' }, 'ruleBook { id }')).ruleBook.id;
  own.proposal = (await made('supervisorDallas', 'draftRuleBook', { title: 'Rules' }, 'ruleBook { id }')).ruleBook.id;
  await made('supervisorDallas', 'proposeRuleBook', { ruleBookId: own.proposal, expectedRevision: 1 }, 'ruleBook { id }');
  const asked = await made('attorneyDallas', 'returnReferral', { caseId: led.id, items: [{ category: 'RECORDING', description: 'The clip.', dueOn: '2999-01-01' }] }, 'case { returnItems { id } }');
  own.item = asked.case.returnItems[0].id;
  parts = await furnished(world, led.id);
  unled = await furnished(world, (await world.buildCase()).id);
}, 60_000);
afterAll(() => world.close());

/** Someone of another office, or another agency, on what Dallas or its police arranged for themselves. */
const INPUTS: Readonly<Record<Elsewhere, () => object>> = {
  validateReferral: () => ({ referral: world.referral(), attestedBy: world.memberIds.chiefDallasPolice }),
  submitReferral: () => ({ idempotencyKey: own.key, referral: world.referral({ reportNumber: own.reportNumber }) }),
  submitReferrals: () => ({ referrals: [], attestation: { attestedBy: world.memberIds.chiefDallasPolice, statement: 'I answer.', source: 'file.csv', sha256: 'a'.repeat(64) } }),
  answerReturn: () => ({ referralId: led.referralId, answers: [{ itemId: own.item, note: 'Sent.' }] }),
  disputeReturnItem: () => ({ itemId: own.item, reason: 'Not ours.' }),
  withdrawReferral: () => ({ referralId: led.referralId, reason: 'An error.' }),
  requestWithdrawal: () => ({ referralId: led.referralId, reason: 'An error.' }),
  supplementReferral: () => ({ idempotencyKey: newId(), referralId: led.referralId, supplement: { narrative: 'More.' } }),
  disputeDeclination: () => ({ referralId: led.referralId, statement: 'Look again.', newMaterial: 'A clip.' }),
  draftReadinessPack: () => ({ packId: own.pack, expectedRevision: 1, slug: 'general-order', title: 'Another', issuedBy: 'x', basis: 'x', validFrom: '2026-01-01' }),
  proposeReadinessPack: () => ({ packId: own.pack, expectedRevision: 1 }),
  withdrawReadinessPack: () => ({ packId: own.pack }),
  adoptReadinessPack: () => ({ packId: own.pack }),
  attestStatute: () => ({ versionId: own.version, expectedRevision: 1 }),
  withdrawAttestation: () => ({ versionId: own.version, reason: 'To try.' }),
  declareConflict: () => ({ memberId: world.memberIds.secondDallas, party: 'Kin Folk', relation: 'FAMILY' }),
  withdrawDeclaration: () => ({ declarationId: own.declaration }),
  createCalendarFeed: () => ({ lifetimeDays: 0 }),
  revokeCalendarFeed: () => ({ feedId: own.feed }),
  createUnit: () => ({ name: 'Public integrity' }),
  renameUnit: () => ({ unitId: own.unit, name: 'Another' }),
  addToUnit: () => ({ unitId: own.unit, memberId: world.memberIds.attorneyHennepin }),
  removeFromUnit: () => ({ unitId: own.unit, memberId: world.memberIds.secondDallas }),
  draftRuleBook: () => ({ ruleBookId: own.draft, expectedRevision: 1, title: 'Others' }),
  proposeRuleBook: () => ({ ruleBookId: own.draft, expectedRevision: 1 }),
  withdrawRuleBook: () => ({ ruleBookId: own.proposal }),
  adoptRuleBook: () => ({ ruleBookId: own.proposal }),
};

const isElsewhere = (field: Field): field is Elsewhere => (ELSEWHERE as readonly Field[]).includes(field);

/** How much has been written down of anything: what is refused leaves it as it was. */
const written = async () => [...await world.database.owner`select (select count(*) from comity.trail_events) as events, (select count(*) from comity.cases where stage <> 'UNCLAIMED') as led,
  (select json_agg(b order by b.id) from comity.rule_books b)::text as books, (select json_agg(u order by u.id) from comity.units u)::text as units, (select json_agg(m order by m.unit_id, m.member_id, m.since) from comity.unit_members m)::text as members,
  (select json_agg(d order by d.id) from comity.conflict_declarations d)::text as declarations, (select json_agg(f order by f.id) from comity.calendar_feeds f)::text as feeds, (select json_agg(r order by r.id) from comity.referrals r)::text as referrals`];

describe('with the door open to everybody, the act itself turns away whose role may not do it', () => {
  let schema: GraphQLSchema;
  let pool: LeasePool;
  let lookAhead: LookAhead;
  beforeAll(() => {
    schema = openSchema();
    pool = leasePool({ database: world.database.as('comity_app') });
    lookAhead = new LookAhead(SHAPES);
  });
  afterAll(() => pool.close());

  test.each(Object.keys(PERMISSIONS.Mutation) as Field[])('%s', async (field) => {
    const before = await written();
    const seatOf = accounts(pool);
    const outsiders = EVERYBODY.filter((who) => !letThrough(who, field));
    for (const who of outsiders) {
      const session = new Session(await seatOf(who), pool, lookAhead, undefined, { requestId: newId(), purpose: 'CASE_PREPARATION' });
      const input = isElsewhere(field) ? INPUTS[field]() : { caseId: parts.id, ...ATTEMPTS[field].input(parts, who) };
      const { data, errors } = await graphql({ schema, source: mutation(field, '__typename'), variableValues: { input }, contextValue: { session }, fieldResolver: byResponseKey });
      expect([data, refusalOf(errors?.[0])?.code, errors?.[0]?.message], who).toEqual([null, 'FORBIDDEN', 'Your seat does not permit this act.']);
    }
    expect(outsiders.length).toBeGreaterThan(5);
    expect(await written()).toEqual(before);
  });
});

describe('with every row policy off, so that everybody sees every row,', () => {
  beforeAll(async () => {
    const { owner } = world.database;
    const guarded = await owner`select oid::regclass::text as name from pg_class where relnamespace = 'comity'::regnamespace and relrowsecurity`;
    for (const { name } of guarded) await owner.unsafe(`alter table ${name} disable row level security`);
    expect((await world.as('attorneyCook').get('query ($id: ID) { case(id: $id) { persons { name } } }', { id: led.id }))['case'].persons.length).toBeGreaterThan(0);
  });

  // Whom it is offered to answers; who recuses themselves asks nobody; of a case that is led, claim and routing say so; one that is routed is not routed again (test/acts-alone.test.ts).
  const everywhere = { recuse: EVERYBODY.filter((who) => letThrough(who, 'recuse')), endBreakGlass: WRITERS, reviewBreakGlass: ['supervisorDallas', 'electedDallas'], routeCase: ['administrator'] } as const;
  const answers = { acceptInvitation: ['supervisorHennepin'], declineInvitation: ['supervisorHennepin'], acceptTransfer: ['supervisorHennepin'], rejectTransfer: ['supervisorHennepin'], withdrawContest: ['supervisorHennepin'] } as const;
  const contests = { answerContest: ['supervisorHennepin', ...HEADS], recordVenueDecision: ['supervisorHennepin', ...HEADS] } as const;
  test.each([
    ['that is led', () => parts, { ...everywhere, ...answers, ...LEADS, ...contests, claimCase: EVERYBODY.filter((who) => letThrough(who, 'claimCase')) }, ['claimCase', 'routeCase']],
    ['that nobody leads', () => unled, { ...everywhere, ...answers, ...CANDIDATE, ...contests, claimCase: ['attorneyDallas', 'secondDallas', 'supervisorDallas', 'electedDallas'] }, ['contestClaim', 'answerContest', 'recordVenueDecision']],
  ] as const)('the acts on a case %s still refuse all but those whose it is', async (_which, of, may: Partial<Record<Attempt, readonly CastMember[]>>, late: readonly Attempt[]) => {
    const before = await written();
    const amiss: Record<string, string> = {};
    for (const [attempt, endings] of Object.entries(await triedOn(world, of())) as [Attempt, Partial<Record<CastMember, Ending>>][]) {
      for (const [who, ending] of Object.entries(endings) as [CastMember, Ending][]) {
        const listed: readonly Ending[] = !may[attempt]?.includes(who) ? ['FORBIDDEN', 'NOT_FOUND'] : late.includes(attempt) ? ['LATE'] : ['MAY'];
        if (!listed.includes(ending)) amiss[`${attempt} by ${who}`] = `${ending}, not ${listed.join(' or ')}`;
      }
    }
    expect(amiss).toEqual({});
    expect(await written()).toEqual(before);
  }, 60_000);

  /** What each act says to one of another office or agency; OWN: it is done, and touches nothing but their own. */
  const LINES: Readonly<Record<Elsewhere, Partial<Record<CastMember, 'NOT_FOUND' | 'FORBIDDEN' | 'BAD_USER_INPUT' | 'OWN'>>>> = {
    validateReferral: { chiefChicagoPolice: 'BAD_USER_INPUT' },
    submitReferral: { chiefChicagoPolice: 'OWN' },
    submitReferrals: { chiefChicagoPolice: 'BAD_USER_INPUT' },
    answerReturn: { chiefChicagoPolice: 'NOT_FOUND' },
    disputeReturnItem: { chiefChicagoPolice: 'NOT_FOUND' },
    withdrawReferral: { chiefChicagoPolice: 'NOT_FOUND' },
    requestWithdrawal: { chiefChicagoPolice: 'NOT_FOUND' },
    supplementReferral: { chiefChicagoPolice: 'NOT_FOUND' },
    disputeDeclination: { chiefChicagoPolice: 'NOT_FOUND' },
    draftReadinessPack: { chiefChicagoPolice: 'FORBIDDEN', administrator: 'FORBIDDEN' },
    proposeReadinessPack: { chiefChicagoPolice: 'FORBIDDEN', administrator: 'FORBIDDEN' },
    withdrawReadinessPack: { chiefChicagoPolice: 'FORBIDDEN', administrator: 'FORBIDDEN' },
    adoptReadinessPack: { chiefChicagoPolice: 'FORBIDDEN', administrator: 'FORBIDDEN' },
    attestStatute: { attorneyHennepin: 'FORBIDDEN', attorneyCook: 'FORBIDDEN' },
    withdrawAttestation: { attorneyHennepin: 'FORBIDDEN', attorneyCook: 'FORBIDDEN' },
    declareConflict: { attorneyHennepin: 'FORBIDDEN', attorneyDallas: 'FORBIDDEN', supervisorHennepin: 'BAD_USER_INPUT' },
    withdrawDeclaration: { attorneyHennepin: 'NOT_FOUND', supervisorHennepin: 'NOT_FOUND', attorneyCook: 'NOT_FOUND', attorneyDallas: 'FORBIDDEN' },
    createCalendarFeed: { supervisorHennepin: 'BAD_USER_INPUT' },
    revokeCalendarFeed: { attorneyHennepin: 'NOT_FOUND', supervisorHennepin: 'NOT_FOUND', attorneyDallas: 'NOT_FOUND' },
    createUnit: { supervisorHennepin: 'OWN' },
    renameUnit: { supervisorHennepin: 'NOT_FOUND' },
    addToUnit: { supervisorHennepin: 'NOT_FOUND' },
    removeFromUnit: { supervisorHennepin: 'NOT_FOUND' },
    draftRuleBook: { supervisorHennepin: 'FORBIDDEN' },
    proposeRuleBook: { supervisorHennepin: 'FORBIDDEN' },
    withdrawRuleBook: { supervisorHennepin: 'FORBIDDEN' },
    adoptRuleBook: { supervisorHennepin: 'FORBIDDEN' },
  };

  test.each(Object.entries(LINES))('%s leaves alone what is another’s', async (field, lines) => {
    const others = async () => [...await world.database.owner`select (select json_agg(b order by b.id) from comity.rule_books b where b.jurisdiction_id = ${world.officeIds['dallas-tx']})::text as books,
      (select json_agg(u order by u.id) from comity.units u where u.jurisdiction_id = ${world.officeIds['dallas-tx']})::text as units, (select json_agg(m order by m.member_id, m.since) from comity.unit_members m where m.unit_id = ${own.unit})::text as members,
      (select json_agg(d order by d.id) from comity.conflict_declarations d where d.office_id = ${world.officeIds['dallas-tx']})::text as declarations,
      (select json_agg(f order by f.id) from comity.calendar_feeds f where f.office_id = ${world.officeIds['dallas-tx']})::text as feeds,
      (select json_agg(r order by r.id) from comity.referrals r where r.id = ${led.referralId} or r.report_number = ${own.reportNumber} and r.agency_id = (select m.agency_id from comity.members m where m.id = ${world.memberIds.chiefDallasPolice}))::text as referrals`];
    const before = await others();
    for (const [who, listed] of Object.entries(lines) as [CastMember, string][]) {
      const { errors } = await world.as(who).ask(mutation(field, '__typename'), { input: INPUTS[field as Elsewhere]() });
      expect(errors?.[0]?.extensions['code'] ?? 'OWN', who).toBe(listed);
    }
    expect(await others()).toEqual(before);
  });
});

test('every mutation has its line: on a case, or for oneself', () => {
  const tried = [...Object.keys(ATTEMPTS).map((attempt) => fieldOf(attempt as Attempt)), ...ELSEWHERE];
  expect([...new Set(tried)].sort()).toEqual(Object.keys(PERMISSIONS.Mutation).sort());
});
