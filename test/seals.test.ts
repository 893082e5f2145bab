import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { furnishedCase, withVenue } from './policies.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
/** Claimed by Ada Attwell; with people, notes, a charge and a history. */
let subject: BuiltCase;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  subject = await furnishedCase(world, { claimedBy: 'attorneyDallas' });
  await world.database.owner`delete from comity.seals where case_id = ${subject.id}`;
});

const mutation = (field: string, selection: string) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;
const SEAL = 'id facets order until standing members { name } units { name } offices { slug } sealedBy { name } unsealingProposedBy { name } unsealedBecause unsealedBy { name }';
const CASE = `{ number report { narrative } persons { name contact { phone } } recordings { id } charges { id } annotations { totalCount } seals { ${SEAL} } events(first: 50) { totalCount nodes { act body } } }`;
const DETAIL = `query ($id: ID) { case(id: $id) ${CASE} }`;
const LIST = 'query ($text: String) { cases(first: 100) { totalCount nodes { id } } found: cases(first: 100, filter: { text: $text }) { totalCount nodes { id } } }';
const SEAL_CASE = mutation('sealCase', `case ${CASE} seal { ${SEAL} }`);
const PROPOSE = mutation('proposeUnsealing', `seal { ${SEAL} } case { number }`);
const CANCEL = mutation('cancelUnsealing', `seal { ${SEAL} }`);
const UNSEAL = mutation('unseal', `seal { ${SEAL} } case { number }`);
const ORDER = 'District Court, No. F-26-0042, 2 March 2026';

const idOf = (who: CastMember) => world.memberIds[who];
const heads = () => ({ members: [idOf('supervisorDallas'), idOf('electedDallas')] });
const read = async (who: CastMember, id = subject.id) => (await world.as(who).get(DETAIL, { id }))['case'];
const acts = (found: { events: { nodes: { act: string }[] } }): string[] => found.events.nodes.map(({ act }) => act);

async function seal(input: object = {}, by: CastMember = 'supervisorDallas'): Promise<Record<string, any>> {
  const { sealCase } = await world.as(by).get(SEAL_CASE, { input: { caseId: subject.id, audience: heads(), order: ORDER, ...input } });
  return sealCase;
}

/** What a refused act is told, but for the request's own id. */
async function told(who: CastMember, document: string, input: object): Promise<unknown> {
  const { data, errors } = await world.as(who).ask(document, { input });
  expect(data ?? null).toBeNull();
  return errors?.map(({ message, extensions }) => ({ message, ...extensions }));
}

/** Whether somebody meets the case in a list, its count, a search and its count. */
async function lists(who: CastMember): Promise<readonly boolean[]> {
  const { cases, found } = await world.as(who).get(LIST, { text: subject.number });
  const has = (page: { nodes: { id: string }[] }) => page.nodes.some(({ id }) => id === subject.id);
  expect(cases.totalCount).toBe(cases.nodes.length);
  return [has(cases), has(found), found.totalCount > 0];
}

const SEEN = [true, true, true];
const GONE = [false, false, false];
const NOT_FOUND = [{ message: 'There is no such thing here.', code: 'NOT_FOUND' }];

describe('a sealed case', () => {
  test('is gone for all but the audience: by id, in lists and totals, in search, for acts, and for its own team', async () => {
    await withVenue(world, subject, 'hennepin-mn');
    for (const who of ['attorneyDallas', 'secondDallas', 'attorneyHennepin'] as const) expect(await lists(who), who).toEqual(SEEN);
    const { cases: before } = await world.as('secondDallas').get(LIST, { text: 'x' });
    const answer = await seal();
    expect(answer['seal']).toMatchObject({
      order: ORDER, until: null, standing: true, members: [{ name: 'Ella Ectedson' }, { name: 'Sue Visser' }], units: [], offices: [], sealedBy: { name: 'Sue Visser' }, unsealedBy: null,
    });
    expect(answer['seal'].facets).toEqual(Object.keys(FACETS));
    expect(answer['case'].seals).toHaveLength(1);
    for (const who of ['attorneyDallas', 'secondDallas', 'intakeDallas', 'recordsDallas', 'conflictsDallas', 'attorneyHennepin'] as const) {
      expect(await read(who), who).toBeNull();
      expect(await lists(who), who).toEqual(GONE);
    }
    expect((await world.as('secondDallas').get(LIST, { text: 'x' }))['cases'].totalCount).toBe(before.totalCount - 1);
    for (const [who, document, input] of [
      ['attorneyDallas', mutation('annotateCase', 'annotation { id }'), { target: { kind: 'CASE' }, kind: 'NOTE', body: 'x' }],
      ['attorneyDallas', mutation('releaseCase', 'case { id }'), { expectedVersion: subject.version }],
      ['attorneyHennepin', mutation('claimCase', 'case { id }'), { expectedVersion: subject.version }],
    ] as const) {
      expect(await told(who, document, { ...input, caseId: subject.id })).toEqual(await told(who, document, { ...input, caseId: newId() }));
    }
    for (const who of ['supervisorDallas', 'electedDallas'] as const) {
      expect(await lists(who), who).toEqual(SEEN);
      expect(await read(who)).toMatchObject({ number: subject.number, seals: [{ standing: true }] });
      expect(acts(await read(who))[0]).toBe('SEALED');
    }
  });

  test('closes its maker out too, who is told no more than that it is done', async () => {
    const second = await headOf('dallas-tx');
    expect(await seal({ audience: { members: [idOf('electedDallas'), second] } })).toEqual({ case: null, seal: null });
    expect(await lists('supervisorDallas')).toEqual(GONE);
    expect(await lists('electedDallas')).toEqual(SEEN);
  });

  test('leaves the agency what it knows of its own referral', async () => {
    await seal();
    const { referral } = await world.as('chiefDallasPolice').get('query ($id: ID!) { referral(id: $id) { id state } }', { id: subject.referralId });
    expect(referral).toEqual({ id: subject.referralId, state: 'ACCEPTED' });
  });

  test('changes no published count', async () => {
    const { owner } = world.database;
    const cube = async () => {
      await owner`select comity.refresh_statistics()`;
      return [...(await owner`select * from comity.statistics_cells order by level, state, jurisdiction, agency, stage, month, statute`)];
    };
    for (let made = 0; made < 11; made += 1) await world.buildCase();
    const before = await cube();
    expect(before.length).toBeGreaterThan(0);
    await seal();
    expect(await cube()).toEqual(before);
  });

  test('does not break the pages of those who no longer see it', async () => {
    const PAGE = 'query ($after: String) { cases(first: 2, after: $after) { edges { cursor node { id } } } }';
    const { cases: first } = await world.as('secondDallas').get(PAGE);
    expect(first.edges[0].node.id).toBe(subject.id);
    await seal();
    const { cases: second } = await world.as('secondDallas').get(PAGE, { after: first.edges[0].cursor });
    expect(second.edges[0].node.id).toBe(first.edges[1].node.id);
  });

  test('named by SUMMARY alone is sealed as a whole', async () => {
    expect((await seal({ facets: ['SUMMARY'] }))['seal'].facets).toEqual(Object.keys(FACETS));
    expect(await read('attorneyDallas')).toBeNull();
  });
});

describe('a seal on facets', () => {
  test('closes them and keeps itself hidden: no seal, no event, no word of what it closed, and no act on it', async () => {
    const before = await read('attorneyDallas');
    const { seal: made } = await seal({ facets: ['REPORT', 'PERSONS'] });
    const after = await read('attorneyDallas');
    expect(after).toEqual({ ...before, report: null, persons: [], seals: [] });
    for (const who of ['secondDallas', 'recordsDallas', 'conflictsDallas', 'intakeDallas'] as const) {
      const found = await read(who);
      expect(found).toMatchObject({ report: null, persons: [], seals: [] });
      expect(acts(found)).not.toContain('SEALED');
    }
    const words = async (who: CastMember, text: string) => (await world.as(who).get(LIST, { text }))['found'].nodes.some(({ id }: { id: string }) => id === subject.id);
    for (const text of ['bystander', 'Timson']) {
      expect(await words('attorneyDallas', text)).toBe(false);
      expect(await words('supervisorDallas', text)).toBe(true);
    }
    expect((await read('supervisorDallas')).seals).toMatchObject([{ facets: ['REPORT', 'PERSONS'] }]);
    expect(acts(await read('electedDallas'))).toContain('SEALED');
    const outside = await headOf('dallas-tx', 'outside');
    for (const [document, more] of [[PROPOSE, { reason: 'x' }], [CANCEL, {}], [UNSEAL, {}]] as const) {
      const input = { caseId: subject.id, sealId: made.id, ...more };
      expect(await toldAs(outside, document, input)).toEqual(NOT_FOUND);
      expect(await toldAs(outside, document, { ...input, sealId: newId() })).toEqual(NOT_FOUND);
    }
    const inSql = (who: CastMember) => seated(world.database, { as: idOf(who) }, ({ rows }) => rows('select 1 from comity.seals where case_id = $1::uuid', [subject.id]));
    expect(await inSql('secondDallas')).toEqual([]);
    expect(await inSql('supervisorDallas')).toHaveLength(1);
  });

  test('on how persons can be reached closes it to the advocate and the team, and is lifted by heads who do not read it', async () => {
    for (const who of ['advocateDallas', 'attorneyDallas'] as const) expect((await read(who)).persons[2].contact).not.toBeNull();
    const { seal: made } = await seal({ facets: ['VICTIM_CONTACT'] });
    for (const who of ['advocateDallas', 'attorneyDallas'] as const) {
      const found = await read(who);
      expect(found.persons.map(({ contact }: { contact: unknown }) => contact)).toEqual([null, null, null]);
      expect(found.seals).toEqual([]);
      expect(acts(found)).not.toContain('SEALED');
    }
    const outside = await headOf('dallas-tx', 'another');
    expect(await toldAs(outside, PROPOSE, { caseId: subject.id, sealId: made.id, reason: 'x' })).toEqual(NOT_FOUND);
    await lift(made.id);
    expect((await read('advocateDallas')).persons[2].contact).not.toBeNull();
  });

  test('is lifted by two people; then whoever reads what it closed reads that it was lifted', async () => {
    const { seal: made } = await seal({ facets: ['REPORT'] });
    const input = { caseId: subject.id, sealId: made.id };
    expect(await told('supervisorDallas', UNSEAL, input)).toEqual([
      { message: 'Nobody has proposed to lift this seal.', code: 'CONFLICT', remedy: 'Propose it with proposeUnsealing; another person then lifts it.' },
    ]);
    expect(await told('supervisorDallas', CANCEL, input)).toMatchObject([{ code: 'CONFLICT' }]);
    const { proposeUnsealing } = await world.as('supervisorDallas').get(PROPOSE, { input: { ...input, reason: 'The order was vacated.' } });
    expect(proposeUnsealing.seal).toMatchObject({ standing: true, unsealingProposedBy: { name: 'Sue Visser' }, unsealedBecause: 'The order was vacated.' });
    expect(await told('electedDallas', PROPOSE, { ...input, reason: 'Too.' })).toMatchObject([{ message: 'It is proposed already to lift this seal.', code: 'CONFLICT' }]);
    expect(await told('supervisorDallas', UNSEAL, input)).toEqual([{ message: 'Two people lift a seal: another than the one who proposed it.', code: 'FORBIDDEN' }]);
    expect((await read('secondDallas')).report).toBeNull();
    const { unseal } = await world.as('electedDallas').get(UNSEAL, { input });
    expect(unseal).toMatchObject({ seal: { standing: false, unsealedBy: { name: 'Ella Ectedson' } }, case: { number: subject.number } });
    for (const who of ['supervisorDallas', 'electedDallas'] as const) {
      expect(await told(who, UNSEAL, input)).toEqual([{ message: 'This seal is lifted already.', code: 'CONFLICT', remedy: 'Read the seals of the case again.' }]);
    }
    const found = await read('secondDallas');
    expect(found).toMatchObject({ report: { narrative: expect.any(String) }, seals: [{ standing: false }] });
    expect(acts(found).slice(0, 3)).toEqual(['UNSEALED', 'UNSEALING_PROPOSED', 'SEALED']);
  });

  test('stands on when the proposal is taken back, by the proposer or another head', async () => {
    const { seal: made } = await seal({ facets: ['REPORT'] });
    const input = { caseId: subject.id, sealId: made.id };
    for (const canceller of ['supervisorDallas', 'electedDallas'] as const) {
      await world.as('supervisorDallas').get(PROPOSE, { input: { ...input, reason: 'A mistake.' } });
      const { cancelUnsealing } = await world.as(canceller).get(CANCEL, { input });
      expect(cancelUnsealing.seal).toMatchObject({ standing: true, unsealingProposedBy: null, unsealedBecause: null });
      expect(await told('electedDallas', UNSEAL, input)).toMatchObject([{ code: 'CONFLICT' }]);
    }
  });

  test('is lifted once, of two heads who lift it at once', async () => {
    const third = await headOf('dallas-tx', 'third');
    const { seal: made } = await seal({ facets: ['REPORT'], audience: { offices: [world.officeIds['dallas-tx']] } });
    await world.as('supervisorDallas').get(PROPOSE, { input: { caseId: subject.id, sealId: made.id, reason: 'Over.' } });
    const input = { caseId: subject.id, sealId: made.id };
    const found = await Promise.all([world.as('electedDallas').ask(UNSEAL, { input }), toldAs(third, UNSEAL, input)]);
    const codes = [found[0].errors?.[0]?.extensions['code'] ?? 'lifted', (found[1] as { code: string }[] | undefined)?.[0]?.code ?? 'lifted'];
    expect(codes.sort()).toEqual(['CONFLICT', 'lifted']);
  });

  test('ends at its time with nobody doing anything, and is then lifted by nobody', async () => {
    const { seal: made } = await seal({ until: new Date(Date.now() + 1500).toISOString() });
    expect(made).toMatchObject({ standing: true, until: expect.any(String) });
    expect(await read('attorneyDallas')).toBeNull();
    await wait(1700);
    expect(await read('attorneyDallas')).toMatchObject({ number: subject.number, seals: [{ standing: false }] });
    expect(await lists('attorneyDallas')).toEqual(SEEN);
    expect(await told('supervisorDallas', PROPOSE, { caseId: subject.id, sealId: made.id, reason: 'x' })).toMatchObject([{ message: 'This seal has ended.', code: 'CONFLICT' }]);
  });

  test('beside another is a second: what either closes is closed', async () => {
    const { seal: first } = await seal({ facets: ['REPORT'] });
    await seal({ facets: ['REPORT', 'CHARGES'], audience: { offices: [world.officeIds['dallas-tx']] } });
    expect(await read('secondDallas')).toMatchObject({ report: null, seals: [] });
    await lift(first.id);
    expect(await read('secondDallas')).toMatchObject({ report: { narrative: expect.any(String) } });
  });
});

describe('the audience of a seal', () => {
  test('may be an office that handles the case jointly: it keeps what was opened to it, and other offices lose it', async () => {
    await joined('hennepin-mn');
    await joined('cook-il');
    for (const who of ['attorneyHennepin', 'attorneyCook'] as const) expect(await read(who), who).toMatchObject({ report: { narrative: expect.any(String) } });
    await seal({ audience: { ...heads(), offices: [world.officeIds['hennepin-mn']] } });
    expect(await read('attorneyHennepin')).toMatchObject({ report: { narrative: expect.any(String) }, seals: [] });
    expect(await read('attorneyCook')).toBeNull();
    expect(await read('attorneyDallas')).toBeNull();
  });

  test('may be a unit: whoever belongs to it at the time', async () => {
    const unit = newId();
    const { owner } = world.database;
    await owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${unit}, ${world.officeIds['dallas-tx']}, ${unit}, ${idOf('supervisorDallas')}, now())`;
    for (const who of ['supervisorDallas', 'electedDallas', 'secondDallas'] as const) {
      await owner`insert into comity.unit_members (unit_id, member_id, since, added_by) values (${unit}, ${idOf(who)}, now(), ${idOf('supervisorDallas')})`;
    }
    expect((await seal({ audience: { units: [unit] } }))['seal']).toMatchObject({ members: [], units: [{ name: unit }] });
    expect(await lists('secondDallas')).toEqual(SEEN);
    await owner`update comity.unit_members set until = now(), removed_by = ${idOf('supervisorDallas')} where unit_id = ${unit} and member_id = ${idOf('secondDallas')}`;
    expect(await lists('secondDallas')).toEqual(GONE);
  });

  test('holds two who could lift it: heads who are walled off, or outside a seal that stands, do not count', async () => {
    const { owner } = world.database;
    const short = [{
      message: 'Two people must be able to lift this seal, and fewer are in its audience.', code: 'BAD_USER_INPUT', field: 'audience',
      remedy: 'Name at least two active supervisors or elected heads of your office who read what it closes: themselves, their unit or your office.',
    }];
    const sealing = (input: object) => told('supervisorDallas', SEAL_CASE, { caseId: subject.id, audience: heads(), order: ORDER, ...input });
    expect(await sealing({ audience: { members: [idOf('supervisorDallas'), idOf('attorneyDallas'), idOf('conflictsDallas')] } })).toEqual(short);
    await owner`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
      values (${subject.id}, ${newId()}, 512, 'MEMBER', ${idOf('electedDallas')}, 'FAMILY', 'x', '{CONFLICTS}', ${idOf('conflictsDallas')}, now())`;
    await owner`select comity.compute_sight(${subject.id}::uuid)`;
    expect(await sealing({})).toEqual(short);
    await owner`delete from comity.walls where case_id = ${subject.id}`;
    await owner`select comity.compute_sight(${subject.id}::uuid)`;
    const third = await headOf('dallas-tx', 'a third');
    await seal({ facets: ['REPORT'] });
    expect(await sealing({ facets: ['REPORT'], audience: { members: [idOf('supervisorDallas'), third] } })).toEqual(short);
    await seal({ facets: ['PERSONS'], audience: { members: [idOf('supervisorDallas'), third] } });
  });

  test('of a head who is outside a standing seal is refused like an absent case, not told of the seal', async () => {
    const third = await headOf('dallas-tx', 'one more');
    await seal({ facets: ['REPORT'] });
    expect(await toldAs(third, SEAL_CASE, { caseId: subject.id, facets: ['REPORT'], audience: { members: [third, idOf('supervisorDallas')] }, order: ORDER })).toEqual(NOT_FOUND);
  });
});

describe('a seal that fewer than two of its audience can still lift', () => {
  const leaves = (id: string) => world.database.owner`update comity.members set active = false where id = ${id}`;
  const sealFor = async (facets: readonly string[] | null) => {
    const leaving = await headOf('dallas-tx', 'Will Leave');
    const { seal: made } = await seal({ facets, audience: { members: [idOf('supervisorDallas'), leaving] } });
    return { leaving, input: { caseId: subject.id, sealId: made.id as string } };
  };

  test.each([[['REPORT']], [null]])('is known to the elected head of the lead, and lifted by her with who is left: %j', async (facets) => {
    const { leaving, input } = await sealFor(facets);
    expect(await told('electedDallas', PROPOSE, { ...input, reason: 'x' })).toEqual(NOT_FOUND);
    expect((await read('electedDallas'))?.seals ?? []).toEqual([]);
    await leaves(leaving);
    const found = await read('electedDallas');
    if (facets === null) expect(found).toBeNull();
    else expect(found).toMatchObject({ report: null, seals: [{ id: input.sealId, standing: true }] });
    const outside = await headOf('dallas-tx', 'Outside');
    for (const [document, more] of [[PROPOSE, { reason: 'x' }], [CANCEL, {}], [UNSEAL, {}]] as const) {
      expect(await toldAs(outside, document, { ...input, ...more })).toEqual(NOT_FOUND);
      expect(await told('conflictsDallas', document, { ...input, ...more })).toMatchObject([{ code: 'FORBIDDEN' }]);
    }
    expect(await told('electedDallas', UNSEAL, input)).toEqual([{ message: 'Nobody has proposed to lift this seal.', code: 'CONFLICT' }]);
    await world.as('electedDallas').get(PROPOSE, { input: { ...input, reason: 'Vacated.' } });
    expect(await told('electedDallas', PROPOSE, { ...input, reason: 'x' })).toMatchObject([{ code: 'CONFLICT' }]);
    expect(await told('electedDallas', UNSEAL, input)).toEqual([{ message: 'Two people lift a seal: another than the one who proposed it.', code: 'FORBIDDEN' }]);
    await world.as('electedDallas').get(CANCEL, { input });
    await world.as('supervisorDallas').get(PROPOSE, { input: { ...input, reason: 'Vacated.' } });
    const { unseal } = await world.as('electedDallas').get(UNSEAL, { input });
    expect(unseal).toMatchObject({ case: { number: subject.number }, seal: { standing: false, unsealedBy: { name: 'Ella Ectedson' }, unsealedBecause: 'Vacated.' } });
    const seen = await read('secondDallas');
    expect(seen.report).not.toBeNull();
    expect(acts(seen).slice(0, 5)).toEqual(['UNSEALED', 'UNSEALING_PROPOSED', 'UNSEALING_CANCELLED', 'UNSEALING_PROPOSED', 'SEALED']);
  });

  test('because they recused themselves, and nobody of it is left, is lifted by the elected head and a supervisor', async () => {
    const [first, second, outside] = [await headOf('dallas-tx', 'One'), await headOf('dallas-tx', 'Two'), await headOf('dallas-tx', 'Outside')];
    const { seal: none } = await seal({ facets: ['REPORT'], audience: { members: [first, second] } });
    expect(none).toBeNull();
    const [row] = await world.database.owner`select id from comity.seals where case_id = ${subject.id}`;
    const input = { caseId: subject.id, sealId: String(row?.['id']) };
    for (const who of [first, second]) expect(await toldAs(who, mutation('recuse', 'case { id }'), { caseId: subject.id, note: 'Kin.' })).toBeUndefined();
    expect(await toldAs(first, PROPOSE, { ...input, reason: 'x' })).toEqual(NOT_FOUND);
    expect(await toldAs(outside, PROPOSE, { ...input, reason: 'Over.' })).toBeUndefined();
    await world.as('electedDallas').get(UNSEAL, { input });
    expect((await read('attorneyDallas')).report).not.toBeNull();
  });
});

describe('a case does not change hands', () => {
  const PLAIN = [{ message: 'The case cannot change hands now. Ask the heads of your office.', code: 'CONFLICT' }];
  const PROPOSE_TRANSFER = mutation('proposeTransfer', 'transfer { id }');
  const ACCEPT = mutation('acceptTransfer', 'case { id }');
  const offer = () => ({ caseId: subject.id, jurisdictionId: world.officeIds['hennepin-mn'], reason: 'Moved.', expectedVersion: subject.version });

  test('while a seal would be left without two to lift it; who is outside its audience is not told of one', async () => {
    const outside = await headOf('dallas-tx', 'Outside');
    const { seal: made } = await seal({ facets: ['VICTIM_CONTACT'] });
    expect(await told('supervisorDallas', PROPOSE_TRANSFER, offer())).toEqual([{
      message: 'A seal stands on this case that too few of the new lead could lift. Unseal first, or seal anew with two heads of the new lead in the audience.', code: 'CONFLICT',
    }]);
    expect(await toldAs(outside, PROPOSE_TRANSFER, offer())).toEqual(PLAIN);
    const release = { caseId: subject.id, expectedVersion: subject.version };
    const RELEASE = mutation('releaseCase', 'case { id }');
    expect(await told('supervisorDallas', RELEASE, release)).toEqual([{ message: 'A seal stands on this case that nobody could lift then. Unseal first.', code: 'CONFLICT' }]);
    expect(await toldAs(outside, RELEASE, release)).toEqual(PLAIN);
    await lift(made.id);
    await world.as('supervisorDallas').get(RELEASE, { input: release });
  });

  test('by an acceptance either, where it was sealed since it was offered', async () => {
    const { proposeTransfer: { transfer } } = await world.as('supervisorDallas').get(PROPOSE_TRANSFER, { input: offer() });
    const { seal: made } = await seal({ facets: ['EVIDENCE'] });
    const input = { caseId: subject.id, transferId: transfer.id, expectedVersion: subject.version };
    expect(await told('supervisorHennepin', ACCEPT, input)).toEqual(PLAIN);
    expect((await world.as('supervisorHennepin').get('query ($id: ID) { case(id: $id) { lead { slug } } }', { id: subject.id }))['case'].lead.slug).toBe('dallas-tx');
    await lift(made.id);
    await world.as('supervisorHennepin').get(ACCEPT, { input });
  });

  test('but does where two heads of the new lead are in the audience, and they lift the seal', async () => {
    await joined('hennepin-mn');
    const further = await headOf('hennepin-mn', 'Second There');
    const { seal: made } = await seal({ audience: { members: [...heads().members, idOf('supervisorHennepin'), further] } });
    const { proposeTransfer: { transfer } } = await world.as('supervisorDallas').get(PROPOSE_TRANSFER, { input: offer() });
    await world.as('supervisorHennepin').get(ACCEPT, { input: { caseId: subject.id, transferId: transfer.id, expectedVersion: subject.version } });
    const input = { caseId: subject.id, sealId: made.id };
    expect(await told('electedDallas', PROPOSE, { ...input, reason: 'x' })).toEqual(NOT_FOUND);
    await world.as('supervisorHennepin').get(PROPOSE, { input: { ...input, reason: 'Over.' } });
    expect(await toldAs(further, UNSEAL, input)).toBeUndefined();
  });
});

test('an office to which a case is sealed as a whole is not invited to it', async () => {
  const INVITE = mutation('inviteJurisdiction', 'responsibility { id }');
  const input = (office: 'hennepin-mn' | 'cook-il') => ({ caseId: subject.id, jurisdictionId: world.officeIds[office], role: 'CO', reason: 'Help.' });
  await joined('hennepin-mn', 'ACCEPTED');
  const { seal: made } = await seal({ audience: { ...heads(), offices: [world.officeIds['hennepin-mn']] } });
  expect(await told('supervisorDallas', INVITE, input('cook-il'))).toEqual([{
    message: 'A seal closes this case to that office, which could not answer. Unseal first, and seal anew when the office has joined.', code: 'CONFLICT',
  }]);
  await world.database.owner`update comity.responsibilities set state = 'LEFT' where case_id = ${subject.id}`;
  await world.as('supervisorDallas').get(INVITE, { input: input('hennepin-mn') });
  await lift(made.id);
  await world.as('supervisorDallas').get(INVITE, { input: input('cook-il') });
});

describe('bad input is told with its field and a remedy, and seals nothing:', () => {
  const noPart = (kind: 'member' | 'unit' | 'office') => ({
    field: `audience.${kind}s`, message: `There is no such ${kind} with a part in this case: of the office that leads it, or of one that handles it jointly.`,
    remedy: 'Name people, units and offices of the lead, or invite their office first.',
  });
  const bad: [string, () => object | Promise<object>, object][] = [
    ['an empty audience', () => ({ audience: {} }), { field: 'audience', message: 'A seal without an audience could be lifted by nobody.', remedy: 'Name the members, units or offices who still see.' }],
    ['an unknown member', () => ({ audience: { members: [newId()] } }), noPart('member')],
    ['what is no id', () => ({ audience: { units: ['nobody'] } }), noPart('unit')],
    ['an unknown office', () => ({ audience: { offices: [newId()] } }), noPart('office')],
    ['a member who has left', async () => ({ audience: { members: [...heads().members, await gone()] } }), { field: 'audience.members', message: 'A member of the audience has left.', remedy: 'Name active members of your office.' }],
    ['a member of an office without part in the case', () => ({ audience: { members: [...heads().members, idOf('attorneyHennepin')] } }), noPart('member')],
    ['a member of an agency', () => ({ audience: { members: [...heads().members, idOf('chiefDallasPolice')] } }), noPart('member')],
    ['an office that has left the case', async () => {
      await joined('hennepin-mn', 'LEFT');
      return { audience: { ...heads(), offices: [world.officeIds['hennepin-mn']] } };
    }, noPart('office')],
    ['no facet', () => ({ facets: [] }), { field: 'facets', message: 'Nothing would be sealed.', remedy: 'Name the facets, or leave facets away for the whole case.' }],
    ['a compartment', () => ({ facets: ['REPORT', 'GRAND_JURY'] }), { field: 'facets', message: 'A compartment is closed already.', remedy: 'Leave GRAND_JURY and COMPELLED away.' }],
    ['an order without words', () => ({ order: '  ' }), { field: 'order', message: 'A sentence is needed here.', remedy: 'Give between 1 and 500 characters.' }],
    ['a time that is over', () => ({ until: '2026-01-01T00:00:00Z' }), { field: 'until', message: 'The seal would end before it begins.', remedy: 'Give an instant in the future, or leave until away.' }],
  ];

  test.each(bad)('%s', async (_name, input, expected) => {
    const given = { caseId: subject.id, audience: heads(), order: ORDER, ...(await input()) };
    expect(await told('supervisorDallas', SEAL_CASE, given)).toMatchObject([{ code: 'BAD_USER_INPUT', ...expected }]);
    expect([...(await world.database.owner`select 1 from comity.seals where case_id = ${subject.id}`)]).toEqual([]);
    expect(await lists('attorneyDallas')).toEqual(SEEN);
  });

  test('and an unknown facet is refused by the schema', async () => {
    expect(await world.as('supervisorDallas').refused(SEAL_CASE, { input: { caseId: subject.id, audience: heads(), order: ORDER, facets: ['EVERYTHING'] } })).toBe('BAD_USER_INPUT');
  });
});

test('a case is sealed by the office that leads it: another that sees it may not, one that does not finds none', async () => {
  const input = { caseId: subject.id, audience: { members: [idOf('supervisorHennepin')] }, order: ORDER };
  expect(await told('supervisorHennepin', SEAL_CASE, input)).toEqual(NOT_FOUND);
  await joined('hennepin-mn');
  expect(await told('supervisorHennepin', SEAL_CASE, input)).toEqual([{ message: 'Your office does not lead this case.', code: 'FORBIDDEN' }]);
});

test('of those who read in a loop while a case is sealed, none is answered with it once the seal is acknowledged', async () => {
  for (let round = 0; round < 3; round += 1) {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    let sealed = false;
    const loop = { over: false };
    const late: string[] = [];
    let answered = 0;
    const reader = async (who: CastMember) => {
      while (!loop.over) {
        const asked = sealed;
        const { data, errors } = await world.as(who).ask(
          'query ($id: ID, $text: String) { case(id: $id) { number report { narrative } } cases(first: 5, filter: { text: $text }) { totalCount nodes { id } } }', { id: built.id, text: built.number },
        );
        answered += 1;
        if (asked && (errors || data?.['case'] !== null || data['cases'].totalCount !== 0)) late.push(JSON.stringify(errors ?? data));
      }
    };
    const writer = async () => {
      while (!loop.over) {
        const asked = sealed;
        const { errors } = await world.as('attorneyDallas').ask(mutation('annotateCase', 'annotation { id } case { number }'), { input: { caseId: built.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'x' } });
        if (asked && errors?.[0]?.extensions['code'] !== 'NOT_FOUND') late.push(JSON.stringify(errors ?? 'written'));
      }
    };
    const readers = Promise.all([reader('attorneyDallas'), reader('secondDallas'), writer()]);
    await wait(150);
    await world.as('supervisorDallas').get(mutation('sealCase', 'case { id }'), { input: { caseId: built.id, audience: heads(), order: ORDER } });
    sealed = true;
    await wait(200);
    loop.over = true;
    await readers;
    expect(late).toEqual([]);
    expect(answered).toBeGreaterThan(4);
  }
});

/** Lifts a seal, by the two who can. */
async function lift(sealId: string): Promise<void> {
  await world.as('supervisorDallas').get(PROPOSE, { input: { caseId: subject.id, sealId, reason: 'Over.' } });
  await world.as('electedDallas').get(UNSEAL, { input: { caseId: subject.id, sealId } });
}

/** A further supervisor of an office; the subject of its tokens is its id. */
async function headOf(office: keyof World['officeIds'], name = 'Further Head'): Promise<string> {
  const id = newId();
  await world.database.owner`insert into comity.members (id, subject, name, kind, role, office_id) values (${id}, ${id}, ${name}, 'PERSON', 'SUPERVISOR', ${world.officeIds[office]})`;
  return id;
}

async function toldAs(memberId: string, query: string, input: object): Promise<unknown> {
  const response = await fetch(`${world.server.url}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.issuer.mint({ subject: memberId })}` }, body: JSON.stringify({ query, variables: { input } }),
  });
  const { errors } = (await response.json()) as { errors?: { message: string; extensions: object }[] };
  return errors?.map(({ message, extensions }) => ({ message, ...extensions }));
}

/** A member who has left the office. */
async function gone(): Promise<string> {
  const id = await headOf('dallas-tx', 'Gone Head');
  await world.database.owner`update comity.members set active = false where id = ${id}`;
  return id;
}

/** Makes an office one that handles the case jointly, with what it may be given at the most; or one that did. */
async function joined(office: 'hennepin-mn' | 'cook-il', state = 'ACCEPTED'): Promise<void> {
  const { owner } = world.database;
  await owner`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at)
    values (${subject.id}, ${newId()}, 1, ${world.officeIds[office]}, ${world.officeIds['dallas-tx']}, 'CO', 255, ${state}, 'Both counties.', ${idOf('supervisorDallas')}, now())`;
  await owner`select comity.compute_sight(${subject.id}::uuid)`;
}
