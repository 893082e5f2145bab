import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { statuteOf, withVenue } from './policies.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
/** Claimed by Ada Attwell (TRIAL); Sol Secondo is on its support team, Ella Ectedson and Inez Vesti are its filter team. */
let subject: BuiltCase;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await assign('secondDallas', 'SUPPORT');
  await assign('electedDallas', 'FILTER');
  await assign('investigatorDallas', 'FILTER');
});

const mutation = (field: string, selection: string) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;
const CASE = `{ number version recordings { id } persons { id name contact { phone } } charges { id person { id } } annotations(first: 50, includeDeleted: true) { totalCount nodes { id body revisions { body } } }
  events(first: 50) { totalCount nodes { act body } } }`;
const DETAIL = `query ($id: ID) { case(id: $id) ${CASE} }`;
const PLACE = mutation('placeInCompartment', `case ${CASE}`);
const RELEASE = mutation('releaseFromCompartment', `case ${CASE}`);
const ASSIGN = mutation('assignCase', 'assignment { id version }');
const ANNOTATE = mutation('annotateCase', 'annotation { id }');
const CHARGE = mutation('proposeCharge', 'charge { id }');
const VERIFY = 'query ($id: ID) { verifyTrail(caseId: $id) { intact events cases faults { eventId } } }';

/** Everybody of the office who is neither on the trial side nor on the filter team. */
const OTHERS = ['supervisorDallas', 'intakeDallas', 'conflictsDallas', 'disclosureDallas', 'recordsDallas', 'advocateDallas'] as const;
const TRIAL_SIDE = ['attorneyDallas', 'secondDallas'] as const;
const FILTER_TEAM = ['electedDallas', 'investigatorDallas'] as const;

type Kind = 'RECORDING' | 'PERSON' | 'ANNOTATION' | 'CHARGE';
type Compartment = 'COMPELLED' | 'GRAND_JURY';

const idOf = (who: CastMember) => world.memberIds[who];
const read = async (who: CastMember, id = subject.id) => (await world.as(who).get(DETAIL, { id }))['case'];
const recording = () => String(subject.recordingIds[0]);
const victim = () => String(subject.personIds[1]);
const official = () => String(subject.personIds[0]);

const placing = (kind: Kind, id: string, compartment: Compartment = 'COMPELLED') =>
  ({ caseId: subject.id, compartment, target: { kind, id }, basis: compartment === 'COMPELLED' ? 'COMPELLED_STATEMENT' : 'GRAND_JURY_TESTIMONY' });
const releasing = (kind: Kind, id: string, compartment: Compartment = 'COMPELLED', finding = 'INDEPENDENT_SOURCE') => ({ caseId: subject.id, compartment, target: { kind, id }, finding });
const place = async (by: CastMember, kind: Kind, id: string, compartment?: Compartment) => (await world.as(by).get(PLACE, { input: placing(kind, id, compartment) }))['placeInCompartment'].case;
const release = async (by: CastMember, kind: Kind, id: string, compartment?: Compartment) => (await world.as(by).get(RELEASE, { input: releasing(kind, id, compartment) }))['releaseFromCompartment'].case;

async function assign(who: CastMember, role: 'TRIAL' | 'SUPPORT' | 'FILTER'): Promise<{ id: string; version: number }> {
  return (await world.as('supervisorDallas').get(ASSIGN, { input: { caseId: subject.id, memberId: idOf(who), role } }))['assignCase'].assignment;
}

async function annotate(by: CastMember, kind: 'CASE' | Kind, id: string | null, body: string, more: object = {}): Promise<string> {
  const { annotateCase } = await world.as(by).get(ANNOTATE, { input: { caseId: subject.id, target: { kind, id }, kind: 'NOTE', body, ...more } });
  return annotateCase.annotation.id;
}

const charge = async (by: CastMember, personId: string) =>
  world.as(by).ask(CHARGE, { input: { caseId: subject.id, personId, statuteId: await statuteOf(world, subject), counts: 1 } });

async function told(who: CastMember, document: string, input: object): Promise<unknown> {
  const { data, errors } = await world.as(who).ask(document, { input });
  expect(data ?? null).toBeNull();
  return errors?.map(({ message, extensions }) => ({ message, ...extensions }));
}

const found = async (who: CastMember, text: string) => {
  const { cases } = await world.as(who).get('query ($text: String) { cases(first: 100, filter: { text: $text }) { totalCount nodes { id } } }', { text });
  expect(cases.totalCount).toBe(cases.nodes.length);
  return cases.nodes.some(({ id }: { id: string }) => id === subject.id);
};

const NOT_FOUND = [{ message: 'There is no such thing here.', code: 'NOT_FOUND' }];
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).sort();

describe('what was compelled', () => {
  test('is the filter team’s alone from that act on: the recording, the remarks on it, their events, its very existence', async () => {
    const before = await read('attorneyDallas');
    const [own, ofOffice] = [await annotate('attorneyDallas', 'RECORDING', recording(), 'He says ochre.'), await annotate('intakeDallas', 'RECORDING', recording(), 'The tape says vermilion.')];
    expect(await found('attorneyDallas', 'ochre')).toBe(true);
    expect(ids((await read('attorneyDallas')).annotations.nodes)).toEqual([own, ofOffice].sort());
    const verified = (await world.as('supervisorDallas').get(VERIFY, { id: subject.id }))['verifyTrail'];

    // Who places it and is not on the filter team sees it no more, though the act is theirs, and the remark too. All is as before the remarks.
    expect(await place('attorneyDallas', 'RECORDING', recording())).toEqual({ ...before, recordings: [] });
    for (const who of [...TRIAL_SIDE, ...OTHERS] as const) {
      const seen = await read(who);
      expect(seen.recordings, who).toEqual([]);
      expect(seen.annotations, who).toEqual({ totalCount: 0, nodes: [] });
      expect(JSON.stringify(seen.events), who).not.toMatch(/COMPARTMENT|ANNOTATED|RECORDING/);
      expect(seen.events.totalCount).toBe(seen.events.nodes.length);
      for (const text of ['ochre', 'vermilion']) expect(await found(who, text), who).toBe(false);
    }
    for (const who of FILTER_TEAM) {
      const seen = await read(who);
      expect(ids(seen.recordings)).toEqual([recording()]);
      // A note to the trial team is the trial team's, and now nobody's.
      expect(ids(seen.annotations.nodes)).toEqual([ofOffice]);
      expect(seen.events.nodes[0]).toEqual({ act: 'COMPARTMENT_PLACED', body: { targetKind: 'RECORDING', targetId: recording(), basis: 'COMPELLED_STATEMENT' } });
      expect(await found(who, 'vermilion')).toBe(true);
      expect(await found(who, 'ochre')).toBe(false);
    }
    expect((await world.as('supervisorDallas').get(VERIFY, { id: subject.id }))['verifyTrail']).toEqual(verified);
    const audited = (await world.as('auditor').get(VERIFY, { id: subject.id }))['verifyTrail'];
    expect(audited).toMatchObject({ intact: true, cases: 1 });
    const [kept] = await world.database.owner`select count(*)::int as n, count(distinct chain)::int as chains from comity.trail_events where case_id = ${subject.id}`;
    expect([audited.events, kept?.['chains']]).toEqual([kept?.['n'], 2]);
  });

  test('answers whoever it is hidden from like what is absent, whatever is tried on it', async () => {
    const note = await annotate('attorneyDallas', 'CASE', null, 'On the case.', { audience: 'OFFICE' });
    const onTape = await annotate('attorneyDallas', 'RECORDING', recording(), 'On the tape.');
    await place('supervisorDallas', 'RECORDING', recording());
    await place('supervisorDallas', 'PERSON', official());
    await place('supervisorDallas', 'ANNOTATION', note);
    const attempts: [CastMember, string, (id: string) => object, string][] = [
      ['attorneyDallas', ANNOTATE, (id) => ({ target: { kind: 'RECORDING', id }, kind: 'NOTE', body: 'x' }), recording()],
      ['attorneyDallas', ANNOTATE, (id) => ({ target: { kind: 'PERSON', id }, kind: 'NOTE', body: 'x' }), official()],
      ['attorneyDallas', mutation('reviseAnnotation', 'annotation { id }'), (id) => ({ annotationId: id, expectedRevision: 1, body: 'x' }), note],
      ['attorneyDallas', mutation('reviseAnnotation', 'annotation { id }'), (id) => ({ annotationId: id, expectedRevision: 1, delete: true }), onTape],
      ['supervisorDallas', PLACE, (id) => placing('RECORDING', id), recording()],
      ['supervisorDallas', PLACE, (id) => placing('RECORDING', id, 'GRAND_JURY'), recording()],
      ['supervisorDallas', PLACE, (id) => placing('ANNOTATION', id), note],
      ['supervisorDallas', RELEASE, (id) => releasing('RECORDING', id), recording()],
      ['supervisorDallas', RELEASE, (id) => releasing('PERSON', id), official()],
      ['attorneyDallas', RELEASE, (id) => releasing('ANNOTATION', id, 'GRAND_JURY'), note],
    ];
    const statuteId = await statuteOf(world, subject);
    attempts.push(['attorneyDallas', CHARGE, (id) => ({ personId: id, statuteId, counts: 1 }), official()]);
    for (const [who, document, input, hidden] of attempts) {
      const answer = await told(who, document, { caseId: subject.id, ...input(hidden) });
      expect(answer).toEqual(await told(who, document, { caseId: subject.id, ...input(newId()) }));
      expect(answer).toMatchObject([{ code: document === CHARGE ? 'BAD_USER_INPUT' : 'NOT_FOUND' }]);
    }
  });

  test('of a person takes along how to reach them, the charges against them and the remarks on either', async () => {
    const charged = (await charge('attorneyDallas', official())).data?.['proposeCharge'].charge.id;
    await annotate('attorneyDallas', 'PERSON', official(), 'Saffron.', { audience: 'OFFICE' });
    await annotate('attorneyDallas', 'CHARGE', charged, 'Indigo.', { audience: 'OFFICE' });
    const before = await read('supervisorDallas');
    expect([before.charges.length, before.annotations.totalCount, before.persons.length]).toEqual([1, 2, 3]);
    await place('supervisorDallas', 'PERSON', official());
    await place('supervisorDallas', 'PERSON', victim());
    for (const who of [...TRIAL_SIDE, 'supervisorDallas', 'disclosureDallas'] as const) {
      const seen = await read(who);
      expect(seen.persons.map(({ name }: { name: string | null }) => name), who).toEqual(['Wit Nessler']);
      expect([seen.charges, seen.annotations.totalCount]).toEqual([[], 0]);
      expect(JSON.stringify(seen.events)).not.toMatch(/CHARGE|ANNOTATED/);
      for (const text of ['Timson', 'grey', 'Saffron', 'Indigo']) expect(await found(who, text), text).toBe(false);
    }
    expect(await inSql('advocateDallas', 'person_contacts')).toBe(0);
    const filter = await read('investigatorDallas');
    expect(filter.persons.map(({ contact }: { contact: { phone: string } | null }) => contact?.phone ?? null)).toEqual([null, '555-0100', null]);
    expect(filter.charges).toEqual([{ id: charged, person: { id: official() } }]);
    expect(filter.annotations.totalCount).toBe(2);
    for (const text of ['Timson', 'Saffron', 'Indigo']) expect(await found('investigatorDallas', text), text).toBe(true);
  });

  test('carries over to what is written about it since', async () => {
    const filterAttorney = await colleague('ATTORNEY');
    await world.as('supervisorDallas').get(ASSIGN, { input: { caseId: subject.id, memberId: filterAttorney, role: 'FILTER' } });
    await place('supervisorDallas', 'PERSON', official());
    const charged = await askAs(filterAttorney, CHARGE, { caseId: subject.id, personId: official(), statuteId: await statuteOf(world, subject), counts: 1 });
    expect(charged.errors).toBeUndefined();
    await annotate('investigatorDallas', 'CHARGE', charged.data?.['proposeCharge'].charge.id, 'Teal.');
    expect(await read('investigatorDallas')).toMatchObject({ charges: [expect.anything()], annotations: { totalCount: 1 } });
    for (const who of ['attorneyDallas', 'supervisorDallas'] as const) {
      const seen = await read(who);
      expect([seen.charges, seen.annotations.totalCount, await found(who, 'Teal')]).toEqual([[], 0, false]);
      expect(JSON.stringify(seen.events)).not.toMatch(/CHARGE|ANNOTATED/);
    }
  });

  test('raises no version and leaves no other mark on the case', async () => {
    const { version } = await read('attorneyDallas');
    expect((await place('attorneyDallas', 'RECORDING', recording())).version).toBe(version);
  });

  test('is nobody’s until there is a filter team, and then its', async () => {
    const other = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const input = { caseId: other.id, compartment: 'COMPELLED', target: { kind: 'RECORDING', id: other.recordingIds[0] }, basis: 'DERIVED' };
    await world.as('attorneyDallas').get(PLACE, { input });
    for (const who of ['attorneyDallas', 'supervisorDallas', 'electedDallas', 'disclosureDallas'] as const) expect((await read(who, other.id)).recordings).toEqual([]);
    await world.as('supervisorDallas').get(ASSIGN, { input: { caseId: other.id, memberId: idOf('disclosureDallas'), role: 'FILTER' } });
    expect((await read('disclosureDallas', other.id)).recordings).toHaveLength(1);
  });
});

describe('what occurs before a grand jury', () => {
  test('is the trial and support team’s alone: no head, no filter team, no other office', async () => {
    await withVenue(world, subject, 'cook-il');
    const note = await annotate('attorneyDallas', 'RECORDING', recording(), 'The transcript says cerise.');
    await place('attorneyDallas', 'RECORDING', recording(), 'GRAND_JURY');
    for (const who of TRIAL_SIDE) {
      const seen = await read(who);
      expect([ids(seen.recordings), ids(seen.annotations.nodes), await found(who, 'cerise')]).toEqual([[recording()], [note], true]);
      expect(seen.events.nodes[0].act).toBe('COMPARTMENT_PLACED');
    }
    for (const who of [...FILTER_TEAM, ...OTHERS, 'attorneyCook'] as const) {
      const seen = await read(who);
      expect([seen.recordings, seen.annotations.totalCount, await found(who, 'cerise')], who).toEqual([[], 0, false]);
      expect(JSON.stringify(seen.events)).not.toMatch(/COMPARTMENT|ANNOTATED/);
    }
  });

  test('is lost to who leaves the team', async () => {
    await place('attorneyDallas', 'RECORDING', recording(), 'GRAND_JURY');
    expect((await read('secondDallas')).recordings).toHaveLength(1);
    const [open] = await world.database.owner`select id from comity.assignments where case_id = ${subject.id} and member_id = ${idOf('secondDallas')} and until is null`;
    await world.as('supervisorDallas').get(mutation('unassignCase', 'case { number }'), { input: { caseId: subject.id, assignmentId: open?.['id'], expectedVersion: 1 } });
    expect((await read('secondDallas')).recordings).toEqual([]);
  });
});

describe('placing', () => {
  test('is the team’s, a head’s or the conflicts officer’s of the lead, and of what they see', async () => {
    const other = await world.buildCase({ claimedBy: 'supervisorDallas' });
    const input = { caseId: other.id, compartment: 'COMPELLED', target: { kind: 'RECORDING', id: other.recordingIds[0] }, basis: 'DERIVED' };
    expect(await told('attorneyDallas', PLACE, input)).toMatchObject([{ code: 'FORBIDDEN', message: 'Only the team of this case, or a supervisor, may do this.' }]);
    expect(await told('investigatorDallas', PLACE, input)).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await told('attorneyHennepin', PLACE, input)).toEqual(NOT_FOUND);
    await joined(other.id, 'hennepin-mn');
    expect(await told('attorneyHennepin', PLACE, input)).toMatchObject([{ code: 'FORBIDDEN', message: 'Your office does not lead this case.' }]);
    await world.as('conflictsDallas').get(PLACE, { input });
    expect((await read('attorneyHennepin', other.id)).recordings).toEqual([]);
  });

  const bad: [string, () => object, readonly object[]][] = [
    ['for a reason of the other compartment', () => ({ ...placing('RECORDING', recording()), basis: 'GRAND_JURY_SUBPOENA' }), [
      { code: 'BAD_USER_INPUT', field: 'basis', message: 'Nothing is COMPELLED for this reason.', remedy: 'Give one of COMPELLED_STATEMENT, DERIVED.' },
    ]],
    ['for a reason of the filter team before a grand jury', () => ({ ...placing('RECORDING', recording(), 'GRAND_JURY'), basis: 'COMPELLED_STATEMENT' }), [
      { code: 'BAD_USER_INPUT', field: 'basis', message: 'Nothing is GRAND_JURY for this reason.', remedy: 'Give one of GRAND_JURY_TESTIMONY, GRAND_JURY_SUBPOENA, DERIVED.' },
    ]],
    ['of what is no id', () => placing('RECORDING', 'nothing'), NOT_FOUND],
    ['of a person said to be a recording', () => placing('RECORDING', victim()), NOT_FOUND],
    ['of a row of another case', () => ({ ...placing('RECORDING', recording()), caseId: newId() }), NOT_FOUND],
  ];
  test.each(bad)('%s is refused', async (_name, input, expected) => {
    expect(await told('supervisorDallas', PLACE, input())).toEqual(expected);
  });

  test('twice, or in the other compartment too, is a conflict for who sees that it is there', async () => {
    await place('attorneyDallas', 'RECORDING', recording(), 'GRAND_JURY');
    expect(await told('attorneyDallas', PLACE, placing('RECORDING', recording(), 'GRAND_JURY'))).toEqual([{ code: 'CONFLICT', message: 'This is in the compartment already.' }]);
    expect(await told('attorneyDallas', PLACE, placing('RECORDING', recording()))).toEqual([{ code: 'CONFLICT', message: 'This is in the other compartment. It leaves that one first.' }]);
  });

  test('of one thing by two at once is done once, and the other finds nothing', async () => {
    const replies = await Promise.all(['attorneyDallas', 'supervisorDallas'].map((who) => world.as(who as CastMember).ask(PLACE, { input: placing('RECORDING', recording()) })));
    expect(replies.map(({ errors }) => errors?.[0]?.extensions['code'] ?? 'placed').sort()).toEqual(['NOT_FOUND', 'placed']);
  });

  test('while others write about it leaves no remark outside', async () => {
    for (let round = 0; round < 4; round += 1) {
      const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
      const target = { kind: 'RECORDING', id: built.recordingIds[0] };
      const loop = { over: false };
      let late: string[] = [];
      const writer = async (who: CastMember) => {
        while (!loop.over) await world.as(who).ask(ANNOTATE, { input: { caseId: built.id, target, kind: 'NOTE', audience: 'OFFICE', body: 'x' } });
      };
      const reader = async () => {
        while (!loop.over) {
          const asked = placed;
          const seen = await read('secondDallas', built.id);
          if (asked && (seen.recordings.length > 0 || seen.annotations.totalCount > 0)) late = [...late, JSON.stringify(seen)];
        }
      };
      let placed = false;
      const loops = Promise.all([writer('attorneyDallas'), writer('intakeDallas'), reader()]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await world.as('supervisorDallas').get(PLACE, { input: { caseId: built.id, compartment: 'COMPELLED', target, basis: 'DERIVED' } });
      placed = true;
      await new Promise((resolve) => setTimeout(resolve, 100));
      loop.over = true;
      await loops;
      expect(late).toEqual([]);
      const [left] = await world.database.owner`select count(*)::int as n, count(*) filter (where needs & ${FACETS.COMPELLED} = 0 or placed_needs & ${FACETS.COMPELLED} = 0)::int as outside from comity.annotations where case_id = ${built.id}`;
      expect(left?.['outside']).toBe(0);
      expect(left?.['n']).toBeGreaterThan(0);
    }
  });
});

describe('a release', () => {
  test('from COMPELLED is a head’s who is on the filter team; from GRAND_JURY the team’s', async () => {
    await place('attorneyDallas', 'RECORDING', recording());
    expect(await told('attorneyDallas', RELEASE, releasing('RECORDING', recording()))).toEqual(NOT_FOUND);
    expect(await told('supervisorDallas', RELEASE, releasing('RECORDING', recording()))).toEqual(NOT_FOUND);
    expect(await told('investigatorDallas', RELEASE, releasing('RECORDING', recording()))).toEqual([{ message: 'Your seat does not permit this act.', code: 'FORBIDDEN' }]);
    const filterAttorney = await colleague('ATTORNEY');
    await world.as('supervisorDallas').get(ASSIGN, { input: { caseId: subject.id, memberId: filterAttorney, role: 'FILTER' } });
    expect((await askAs(filterAttorney, RELEASE, releasing('RECORDING', recording()))).errors).toMatchObject([
      { message: 'What was compelled is released by a supervisor or the elected head, as a member of the filter team.', extensions: { code: 'FORBIDDEN' } },
    ]);
    await release('electedDallas', 'RECORDING', recording());
    expect(ids((await read('attorneyDallas')).recordings)).toEqual([recording()]);
    // What was found is the compartment's own history.
    expect(JSON.stringify((await read('attorneyDallas')).events)).not.toContain('COMPARTMENT');
    expect((await read('electedDallas')).events.nodes[0]).toEqual({ act: 'COMPARTMENT_RELEASED', body: { targetKind: 'RECORDING', targetId: recording(), finding: 'INDEPENDENT_SOURCE' } });
    expect(await told('electedDallas', RELEASE, releasing('RECORDING', recording()))).toEqual([{ message: 'This is not in the compartment.', code: 'CONFLICT' }]);

    await place('attorneyDallas', 'RECORDING', recording(), 'GRAND_JURY');
    expect(await told('electedDallas', RELEASE, releasing('RECORDING', recording(), 'GRAND_JURY'))).toEqual(NOT_FOUND);
    await release('secondDallas', 'RECORDING', recording(), 'GRAND_JURY');
    expect(ids((await read('supervisorDallas')).recordings)).toEqual([recording()]);
  });

  test('of what everybody reads is refused to a head who is not on that team, and a conflict for one who is', async () => {
    expect(await told('supervisorDallas', RELEASE, releasing('RECORDING', recording()))).toEqual([{ message: 'Only the team that reads this compartment releases from it.', code: 'FORBIDDEN' }]);
    expect(await told('electedDallas', RELEASE, releasing('RECORDING', recording()))).toEqual([{ message: 'This is not in the compartment.', code: 'CONFLICT' }]);
  });

  test('gives back what came in with it, the trial team’s own notes too; not what was written since, nor what was placed for itself', async () => {
    const team = await annotate('attorneyDallas', 'RECORDING', recording(), 'To the team.');
    const open = await annotate('attorneyDallas', 'RECORDING', recording(), 'To the office.', { audience: 'OFFICE' });
    const apart = await annotate('intakeDallas', 'RECORDING', recording(), 'Placed for itself.');
    const revised = await annotate('investigatorDallas', 'RECORDING', recording(), 'An early view.', { audience: 'OFFICE' });
    await place('supervisorDallas', 'ANNOTATION', apart);
    await place('supervisorDallas', 'RECORDING', recording());
    const since = await annotate('investigatorDallas', 'RECORDING', recording(), 'What he said under compulsion.');
    await world.as('investigatorDallas').get(mutation('reviseAnnotation', 'annotation { id }'), { input: { caseId: subject.id, annotationId: revised, expectedRevision: 1, body: 'A view after hearing it.' } });
    expect(await told('electedDallas', RELEASE, releasing('ANNOTATION', since))).toEqual([{ message: 'What this derives from is in the compartment. Release that first.', code: 'CONFLICT' }]);
    await release('electedDallas', 'RECORDING', recording());
    expect(ids((await read('attorneyDallas')).annotations.nodes)).toEqual([team, open].sort());
    expect(ids((await read('investigatorDallas')).annotations.nodes)).toEqual([open, apart, revised, since].sort());
    for (const id of [apart, since]) await release('electedDallas', 'ANNOTATION', id);
    expect(ids((await read('attorneyDallas')).annotations.nodes)).toEqual([team, open, apart, since].sort());
  });

  test('of a person gives back how to reach them, and the charges that came in with them', async () => {
    const charged = (await charge('attorneyDallas', official())).data?.['proposeCharge'].charge.id;
    const note = await annotate('attorneyDallas', 'CHARGE', charged, 'Indigo.');
    await place('supervisorDallas', 'PERSON', official());
    await place('supervisorDallas', 'PERSON', victim());
    expect((await read('attorneyDallas')).charges).toEqual([]);
    await release('electedDallas', 'PERSON', official());
    await release('electedDallas', 'PERSON', victim());
    const seen = await read('attorneyDallas');
    expect(seen.persons[1].contact.phone).toBe('555-0100');
    expect([ids(seen.charges), ids(seen.annotations.nodes)]).toEqual([[charged], [note]]);
    expect(JSON.stringify(seen.events)).toMatch(/CHARGE_PROPOSED.*|ANNOTATED/);
  });
});

describe('nothing else opens a compartment:', () => {
  /** What of a case's recordings, by what each needs, a member sees with the policies alone. */
  const sees = (memberId: string) => seated(world.database, { as: memberId }, async ({ rows }) => ids((await rows('select id from comity.recordings where case_id = $1::uuid', [subject.id])) as { id: string }[]));

  test('no cause of sight but a team’s can hold it', async () => {
    for (const cause of ['SEAT', 'VENUE', 'OFFER', 'JOINT', 'RULE', 'RESIDUAL', 'BREAK_GLASS']) {
      for (const bit of [FACETS.GRAND_JURY, FACETS.COMPELLED]) {
        await expect(world.database.owner`insert into comity.sight (case_id, viewer, cause, ref, facets, received_at) values (${subject.id}, ${idOf('supervisorDallas')}, ${cause}, ${newId()}, ${1 | bit}, now())`)
          .rejects.toMatchObject({ code: '23514', constraint_name: 'sight_compartments' });
      }
    }
  });

  test.each(['COMPELLED', 'GRAND_JURY'] as const)('no rule, joint role, joint team, break-glass or lifted wall opens %s', async (compartment) => {
    const { owner } = world.database;
    const roused = compartment === 'COMPELLED' ? 'intakeDallas' : 'disclosureDallas';
    await place('attorneyDallas', 'RECORDING', recording(), compartment);
    await joined(subject.id, 'hennepin-mn');
    await owner`insert into comity.assignments (case_id, id, needs, member_id, role, since, assigned_by) values (${subject.id}, ${newId()}, 512, ${idOf('attorneyHennepin')}, 'TRIAL', now(), ${newId()})`;
    await owner`insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at)
      values (${subject.id}, ${newId()}, 1, ${idOf(roused)}, ${world.officeIds['dallas-tx']}, 'Night duty.', now(), now() + interval '1 hour', now())`;
    const book = newId();
    await owner`update comity.rule_books set state = 'SUPERSEDED', ended_at = now() where jurisdiction_id = ${world.officeIds['dallas-tx']} and state = 'IN_FORCE'`;
    await owner`insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_at, adopted_at) values (${book}, ${world.officeIds['dallas-tx']}, ${compartment === 'COMPELLED' ? 901 : 902}, 'IN_FORCE', 'All', now(), now())`;
    await owner`insert into comity.sharing_rules (book_id, position, audience_id, facets, basis) values (${book}, 1, ${world.officeIds['cook-il']}, 255, 'All that can be.')`;
    await owner`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at, lifted_by, lifted_at)
      values (${subject.id}, ${newId()}, 512, 'MEMBER', ${idOf('conflictsDallas')}, 'FAMILY', 'x', '{CONFLICTS}', ${newId()}, now(), ${newId()}, now())`;
    await owner`select comity.compute_sight(${subject.id}::uuid)`;
    const others = (await owner`select id from comity.recordings where case_id = ${subject.id} and needs = ${FACETS.EVIDENCE}`).map(({ id }) => id as string).sort();
    for (const who of ['attorneyHennepin', 'supervisorHennepin', 'attorneyCook', 'intakeDallas', 'disclosureDallas', 'conflictsDallas', 'supervisorDallas'] as const) expect(await sees(idOf(who)), who).toEqual(others);
    expect(await sees(idOf(compartment === 'COMPELLED' ? 'electedDallas' : 'attorneyDallas'))).toEqual([...others, recording()].sort());
    await expect(owner`update comity.sharing_rules set facets = ${255 | FACETS[compartment]} where book_id = ${book}`).rejects.toMatchObject({ code: '23514' });
    await owner`update comity.rule_books set state = 'SUPERSEDED', ended_at = now() where id = ${book}`;
  });

  test('no transfer does, whatever the former lead keeps: a note on what was compelled stays closed to its own author', async () => {
    const { owner } = world.database;
    const plain = await annotate('attorneyDallas', 'CASE', null, 'Mine to keep.');
    const tainted = await annotate('attorneyDallas', 'RECORDING', recording(), 'Mine no more.');
    await place('supervisorDallas', 'RECORDING', recording());
    // The case goes to Hennepin; what Dallas's people wrote stays theirs.
    await owner`insert into comity.transfers (case_id, id, needs, from_id, to_id, residual, reason, state, proposed_by, proposed_at, answered_by, answered_at)
      values (${subject.id}, ${newId()}, 1, ${world.officeIds['dallas-tx']}, ${world.officeIds['hennepin-mn']}, 'AUTHOR_OWN', 'x', 'ACCEPTED', ${newId()}, now(), ${newId()}, now())`;
    await owner`update comity.assignments set until = now() where case_id = ${subject.id}`;
    await owner`update comity.cases set lead_id = ${world.officeIds['hennepin-mn']} where id = ${subject.id}`;
    await owner`select comity.compute_sight(${subject.id}::uuid)`;
    await seated(world.database, { as: idOf('supervisorHennepin') }, async ({ rows }) => {
      await rows('select comity.hand_over($1::uuid)', [subject.id]);
      await rows('commit');
    });
    expect(ids((await read('attorneyDallas')).annotations.nodes)).toEqual([plain]);
    const kept = await owner`select needs & ${FACETS.COMPELLED | FACETS.OWN} as bits from comity.annotations where id = ${tainted} union all select needs & ${FACETS.COMPELLED | FACETS.OWN} from comity.annotation_revisions where annotation_id = ${tainted}`;
    expect(kept.map(({ bits }) => bits)).toEqual([FACETS.COMPELLED | FACETS.OWN, FACETS.COMPELLED | FACETS.OWN]);
  });
});

describe('filter team and trial team exclude each other for ever on one case', () => {
  const CLAIM = mutation('claimCase', 'case { version lead { slug } }');
  const current = async () => Number((await world.database.owner`select version from comity.cases where id = ${subject.id}`)[0]?.['version']);
  const tries = async (by: CastMember, who: CastMember, role: string) => (await world.as(by).ask(ASSIGN, { input: { caseId: subject.id, memberId: idOf(who), role } })).errors?.[0]?.extensions['code'] ?? 'assigned';
  const places = () => world.database.owner`select id, version, member_id from comity.assignments where case_id = ${subject.id} and until is null`;

  async function vacate(): Promise<void> {
    for (const { id, version } of await places()) {
      await world.as('supervisorDallas').get(mutation('unassignCase', 'case { number }'), { input: { caseId: subject.id, assignmentId: id, expectedVersion: version } });
    }
  }

  test('when the place has ended', async () => {
    await vacate();
    expect(await tries('supervisorDallas', 'attorneyDallas', 'FILTER')).toBe('CONFLICT');
    expect(await tries('supervisorDallas', 'electedDallas', 'TRIAL')).toBe('CONFLICT');
    expect(await tries('supervisorDallas', 'electedDallas', 'FILTER')).toBe('assigned');
  });

  test('when the case was released and is claimed again, by oneself or for one', async () => {
    await world.as('supervisorDallas').get(mutation('releaseCase', 'case { number }'), { input: { caseId: subject.id, expectedVersion: await current() } });
    const input = { caseId: subject.id, expectedVersion: await current() };
    expect(await world.as('electedDallas').refused(CLAIM, { input })).toBe('CONFLICT');
    expect(await world.as('supervisorDallas').refused(CLAIM, { input: { ...input, assignTo: idOf('investigatorDallas') } })).toBe('CONFLICT');
    await world.as('supervisorDallas').get(CLAIM, { input });
    expect(await tries('supervisorDallas', 'attorneyDallas', 'FILTER')).toBe('CONFLICT');
    expect(await tries('supervisorDallas', 'investigatorDallas', 'TRIAL')).toBe('CONFLICT');
  });

  test('when the case went to another office and came back', async () => {
    for (const [from, to] of [['supervisorDallas', 'hennepin-mn'], ['supervisorHennepin', 'dallas-tx']] as const) {
      const other = from === 'supervisorDallas' ? 'supervisorHennepin' : 'supervisorDallas';
      const { proposeTransfer } = await world.as(from).get(mutation('proposeTransfer', 'transfer { id }'), {
        input: { caseId: subject.id, jurisdictionId: world.officeIds[to], reason: 'The whole office is conflicted.', expectedVersion: await current() },
      });
      await world.as(other).get(mutation('acceptTransfer', 'case { number }'), { input: { caseId: subject.id, transferId: proposeTransfer.transfer.id, expectedVersion: await current() } });
    }
    await vacate();
    expect(await tries('electedDallas', 'attorneyDallas', 'FILTER')).toBe('CONFLICT');
    expect(await tries('supervisorDallas', 'investigatorDallas', 'TRIAL')).toBe('CONFLICT');
    expect(await tries('supervisorDallas', 'investigatorDallas', 'FILTER')).toBe('assigned');
  });
});

describe('the functions of the compartments refuse, with no act before them,', () => {
  const PLACED = `select comity.place_in_compartment($1::uuid, 'COMPELLED', 'RECORDING', $2::uuid)`;
  const refusal = (who: CastMember | null, text: string, id = recording()) => seated(world.database, { as: who && idOf(who) }, (seat) => seat.refusal(text, [subject.id, id]));

  test('whoever does not see the row, does not lead the case, or is neither on its team nor a head', async () => {
    for (const who of ['attorneyHennepin', 'attorneyCook', 'chiefDallasPolice', 'administrator', 'auditor', 'advocateDallas', 'recordsDallas', null] as const) expect(await refusal(who, PLACED), String(who)).toBe('CM404');
    await joined(subject.id, 'hennepin-mn');
    expect(await refusal('supervisorHennepin', PLACED)).toBe('CM403');
    expect(await refusal('disclosureDallas', PLACED)).toBe('CM403');
    expect(await refusal('supervisorDallas', PLACED.replace('COMPELLED', 'TEAM'))).toBe('CM400');
    expect(await refusal('supervisorDallas', PLACED)).toBe('passed');
    expect(await refusal('electedDallas', PLACED.replace('place_in', 'release_from'))).toBe('CM409');
    expect(await refusal('supervisorDallas', PLACED.replace('place_in', 'release_from'))).toBe('CM403');
  });

  test('to tell who could lift a seal to those who do not read the office’s affairs', async () => {
    const asked = `select comity.seal_lifters($1::uuid, 513, array[$2::uuid], '{SUPERVISOR}')`;
    for (const who of ['attorneyHennepin', 'chiefDallasPolice', null] as const) expect(await refusal(who, asked), String(who)).toBe('CM404');
    expect(await refusal('supervisorDallas', asked)).toBe('passed');
  });

  test('to be called, where they are the others’ own', async () => {
    for (const call of [`needs_of($1::uuid, 'RECORDING', $2::uuid)`, `placed_itself($1::uuid, 'COMPELLED', $2::uuid)`, `compartment_entered($1::uuid, 'COMPELLED', 'RECORDING', $2::uuid)`]) {
      expect(await refusal('supervisorDallas', `select comity.${call}`), call).toBe('42501');
    }
  });
});

const inSql = (who: CastMember, table: string) =>
  seated(world.database, { as: idOf(who) }, async ({ rows }) => (await rows(`select 1 from comity.${table} where case_id = $1::uuid and person_id in ($2::uuid, $3::uuid)`, [subject.id, victim(), official()])).length);

/** A further colleague; the subject of its tokens is its id. */
async function colleague(role: 'ATTORNEY'): Promise<string> {
  const id = newId();
  await world.database.owner`insert into comity.members (id, subject, name, kind, role, office_id) values (${id}, ${id}, 'Fil Terman', 'PERSON', ${role}, ${world.officeIds['dallas-tx']})`;
  return id;
}

async function askAs(memberId: string, query: string, input: object): Promise<{ data?: Record<string, any>; errors?: readonly { message: string; extensions: object }[] }> {
  const response = await fetch(`${world.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.issuer.mint({ subject: memberId })}`, 'x-purpose': 'CASE_PREPARATION' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  return (await response.json()) as { data?: Record<string, any> };
}

/** Makes an office one that handles the case jointly, with all that it may be given. */
async function joined(caseId: string, office: 'hennepin-mn'): Promise<void> {
  const { owner } = world.database;
  await owner`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at)
    values (${caseId}, ${newId()}, 1, ${world.officeIds[office]}, ${world.officeIds['dallas-tx']}, 'CO', 255, 'ACCEPTED', 'Both counties.', ${idOf('supervisorDallas')}, now())`;
  await owner`select comity.compute_sight(${caseId}::uuid)`;
}
