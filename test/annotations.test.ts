import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bits, FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { completeReferral, openWorld, type BuiltCase, type CastMember, type Reply, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const NOTE = `id kind audience privilege favourableToDefence body revision deleted createdAt revisedAt author { name } target { kind id }
  selector { quote { exact prefix suffix } position { start end } fragment { value conformsTo from to } } revisions { revision body revisedAt revisedBy { name } }`;
const ANNOTATE = `mutation ($input: AnnotateCaseInput!) { annotateCase(input: $input) { annotation { ${NOTE} } case { annotations { totalCount nodes { id } } } } }`;
const REVISE = `mutation ($input: ReviseAnnotationInput!) { reviseAnnotation(input: $input) { annotation { ${NOTE} } } }`;
const LIST = `query ($id: ID, $first: Int, $after: String, $includeDeleted: Boolean) { case(id: $id) {
  annotations(first: $first, after: $after, includeDeleted: $includeDeleted) { nodes { ${NOTE} } pageInfo { hasNextPage endCursor } totalCount }
  events(first: 100) { nodes { act body } } } }`;

const claimed = (referral: Record<string, unknown> = {}) => world.buildCase({ claimedBy: 'attorneyDallas', referral });
const input = (built: BuiltCase, changes: Record<string, unknown> = {}) => ({ input: { caseId: built.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'Something to remember.', ...changes } });
const annotate = async (who: CastMember, built: BuiltCase, changes?: Record<string, unknown>) => (await world.as(who).get(ANNOTATE, input(built, changes)))['annotateCase'].annotation;
const refusal = async (who: CastMember, built: BuiltCase, changes?: Record<string, unknown>) => bytes(await world.as(who).ask(ANNOTATE, input(built, changes)));
const revise = (who: CastMember, built: BuiltCase, changes: Record<string, unknown>) => world.as(who).ask(REVISE, { input: { caseId: built.id, ...changes } });
const seenBy = async (who: CastMember, built: BuiltCase, choice: Record<string, unknown> = {}) => (await world.as(who).get(LIST, { id: built.id, ...choice }))['case'];
const found = async (who: CastMember, text: string) => (await world.as(who).get('query ($text: String) { cases(filter: { text: $text }) { nodes { id } totalCount } }', { text }))['cases'];
const needsOf = async (id: string) => Number((await world.database.owner`select needs from comity.annotations where id = ${id}`)[0]?.['needs']);
const bytes = ({ errors }: Reply) => ({ message: errors?.[0]?.message, ...errors?.[0]?.extensions });

/** Another office may prosecute too. */
async function addVenue({ id }: BuiltCase): Promise<void> {
  await world.database.owner`insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since)
    values (${id}, ${world.officeIds['hennepin-mn']}, 1, 'ROUTED', '27053', 'Invented.', statement_timestamp())`;
  await world.database.owner`select comity.compute_sight(${id})`;
}

async function changeLead(act: 'claimCase' | 'releaseCase', who: CastMember, { id }: BuiltCase): Promise<void> {
  const { case: { version } } = await world.as(who).get('query ($id: ID) { case(id: $id) { version } }', { id });
  const type = act === 'claimCase' ? 'ClaimCaseInput' : 'ReleaseCaseInput';
  await world.as(who).get(`mutation ($input: ${type}!) { ${act}(input: $input) { case { id } } }`, { input: { caseId: id, expectedVersion: version } });
}

describe('audience', () => {
  test('a member of the team writes to the team unless told, anyone else to the office', async () => {
    const built = await claimed();
    expect(await annotate('attorneyDallas', built)).toMatchObject({ audience: 'TEAM', privilege: 'NONE', favourableToDefence: false, revision: 1, deleted: false, author: { name: 'Ada Attwell' }, target: { kind: 'CASE', id: null }, selector: null });
    expect(await annotate('attorneyDallas', built, { audience: 'OFFICE', privilege: 'WORK_PRODUCT' })).toMatchObject({ audience: 'OFFICE', privilege: 'WORK_PRODUCT' });
    expect(await annotate('supervisorDallas', built)).toMatchObject({ audience: 'OFFICE' });
    expect(await refusal('supervisorDallas', built, { audience: 'TEAM' })).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('a note to the team is not seen, counted or found by a colleague off the team, until she joins it', async () => {
    const built = await claimed();
    const secret = await annotate('attorneyDallas', built, { body: 'The quokka theory holds.' });
    const open = await annotate('attorneyDallas', built, { body: 'The wombat theory does not.', audience: 'OFFICE' });
    const mine = await seenBy('attorneyDallas', built);
    expect(mine.annotations).toMatchObject({ totalCount: 2, nodes: [{ id: open.id }, { id: secret.id, body: 'The quokka theory holds.' }] });
    expect(await found('attorneyDallas', 'quokka')).toMatchObject({ totalCount: 1, nodes: [{ id: built.id }] });

    const hers = await seenBy('secondDallas', built);
    expect(hers.annotations).toMatchObject({ totalCount: 1, nodes: [{ id: open.id }] });
    expect(hers.events.nodes.filter((event: { act: string }) => event.act === 'ANNOTATED')).toMatchObject([{ body: { annotationId: open.id } }]);
    expect(await found('secondDallas', 'quokka')).toEqual({ totalCount: 0, nodes: [] });
    expect(await found('secondDallas', 'wombat')).toMatchObject({ totalCount: 1 });

    await world.as('supervisorDallas').get('mutation ($input: AssignCaseInput!) { assignCase(input: $input) { case { id } } }', { input: { caseId: built.id, memberId: world.memberIds.secondDallas, role: 'SUPPORT' } });
    expect((await seenBy('secondDallas', built)).annotations.totalCount).toBe(2);
    expect(await found('secondDallas', 'quokka')).toMatchObject({ totalCount: 1 });
  });

  test('the filter team neither reads nor writes to the trial team', async () => {
    const built = await claimed();
    await annotate('attorneyDallas', built);
    await world.as('supervisorDallas').get('mutation ($input: AssignCaseInput!) { assignCase(input: $input) { case { id } } }', { input: { caseId: built.id, memberId: world.memberIds.secondDallas, role: 'FILTER' } });
    expect((await seenBy('secondDallas', built)).annotations.nodes).toEqual([]);
    expect(await refusal('secondDallas', built, { audience: 'TEAM' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await annotate('secondDallas', built)).toMatchObject({ audience: 'OFFICE' });
  });

  test('an office annotates what it leads; a candidate does not, and who does not see the case is told that there is none', async () => {
    const unclaimed = await world.buildCase();
    expect(await refusal('attorneyDallas', unclaimed)).toMatchObject({ code: 'FORBIDDEN' });
    const built = await claimed();
    const hidden = await refusal('attorneyHennepin', built);
    expect(hidden).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal('attorneyHennepin', { ...built, id: newId() })).toEqual(hidden);
    await addVenue(built);
    expect(await refusal('attorneyHennepin', built, { audience: 'OFFICE' })).toMatchObject({ code: 'FORBIDDEN' });
    expect((await seenBy('attorneyHennepin', built)).annotations.nodes).toEqual([]);
    expect(await refusal('recordsDallas', built)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('chiefDallasPolice', built)).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('a note needs its audience and what its target needs', async () => {
    const minor = completeReferral('').persons.map((person, index) => ({ ...person, minorAtIncident: index === 1 }));
    const built = await claimed({ persons: minor });
    const [official, child] = built.personIds;
    const cases = [
      [{ target: { kind: 'CASE' } }, bits('SUMMARY')], [{ target: { kind: 'REPORT' } }, bits('REPORT')], [{ target: { kind: 'PERSON', id: official } }, bits('PERSONS')],
      [{ target: { kind: 'PERSON', id: child } }, bits('PERSONS', 'PROTECTED')], [{ target: { kind: 'RECORDING', id: built.recordingIds[0] } }, bits('EVIDENCE')],
    ] as const;
    for (const [changes, needs] of cases) {
      expect(await needsOf((await annotate('attorneyDallas', built, changes)).id)).toBe(needs | FACETS.TEAM);
      expect(await needsOf((await annotate('supervisorDallas', built, changes)).id)).toBe(needs | FACETS.OFFICE);
    }
    // An advocate's ceiling closes EVIDENCE, and with it the note on the recording.
    const kinds = (await seenBy('advocateDallas', built)).annotations.nodes.map((note: { target: { kind: string } }) => note.target.kind);
    expect(kinds.sort()).toEqual(['CASE', 'PERSON', 'PERSON', 'REPORT']);
  });
});

describe('target', () => {
  test('a target that is hidden, absent or of another case answers the same bytes', async () => {
    const [built, other] = [await claimed(), await claimed()];
    const hidden = await refusal('advocateDallas', built, { target: { kind: 'RECORDING', id: built.recordingIds[0] } });
    expect(hidden).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal('advocateDallas', built, { target: { kind: 'RECORDING', id: newId() } })).toEqual(hidden);
    expect(await refusal('advocateDallas', built, { target: { kind: 'RECORDING', id: 'no id' } })).toEqual(hidden);
    expect(await refusal('attorneyDallas', built, { target: { kind: 'PERSON', id: other.personIds[0] } })).toEqual(hidden);
    expect(await refusal('attorneyDallas', built, { target: { kind: 'CHARGE', id: newId() } })).toEqual(hidden);
  });

  test('an id that is missing or too much is named', async () => {
    const built = await claimed();
    expect(await refusal('attorneyDallas', built, { target: { kind: 'PERSON' } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'target.id', remedy: expect.any(String) });
    expect(await refusal('attorneyDallas', built, { target: { kind: 'REPORT', id: built.id } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'target.id' });
  });

  test('a body is trimmed and has 1 to 20,000 characters', async () => {
    const built = await claimed();
    expect(await annotate('attorneyDallas', built, { body: '  Kept.\n' })).toMatchObject({ body: 'Kept.' });
    expect((await annotate('attorneyDallas', built, { body: 'x'.repeat(20_000) })).body).toHaveLength(20_000);
    for (const body of ['', ' \n ', 'x'.repeat(20_001)]) expect(await refusal('attorneyDallas', built, { body })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'body' });
  });
});

describe('selector', () => {
  const on = (kind: string, selector: unknown, id?: string) => ({ target: { kind, ...(id && { id }) }, selector });
  const narrative = '🚓 An official pushed a bystander. An official held him.';

  test('a passage is kept as the Web Annotation model has it, and comes back typed', async () => {
    const built = await claimed({ narrative });
    const quoted = await annotate('attorneyDallas', built, on('REPORT', { quote: { exact: 'An official', suffix: ' held' } }));
    expect(quoted.selector).toEqual({ quote: { exact: 'An official', prefix: null, suffix: ' held' }, position: null, fragment: null });
    const placed = await annotate('attorneyDallas', built, on('REPORT', { position: { start: 2, end: [...narrative].length } }));
    expect(placed.selector).toEqual({ quote: null, position: { start: 2, end: 55 }, fragment: null });
    const timed = await annotate('attorneyDallas', built, on('RECORDING', { fragment: { from: 10, to: 20.5004 } }, built.recordingIds[0]));
    expect(timed.selector).toEqual({ quote: null, position: null, fragment: { value: 't=10,20.5', conformsTo: 'http://www.w3.org/TR/media-frags/', from: 10, to: 20.5 } });
    const kept = await world.database.owner`select selector from comity.annotations where case_id = ${built.id} order by id`;
    expect(kept.map(({ selector }) => selector)).toEqual([
      { type: 'TextQuoteSelector', exact: 'An official', suffix: ' held' }, { type: 'TextPositionSelector', start: 2, end: 55 },
      { type: 'FragmentSelector', value: 't=10,20.5', conformsTo: 'http://www.w3.org/TR/media-frags/' },
    ]);
  });

  test('what is not exactly one, does not suit its target or points outside it is refused by name', async () => {
    const built = await claimed({ narrative });
    const [recording] = built.recordingIds;
    const refused = [
      [on('REPORT', {}), 'selector'],
      [on('REPORT', { quote: { exact: 'An official' }, position: { start: 0, end: 1 } }), 'selector'],
      [on('CASE', { quote: { exact: 'An official' } }), 'selector.quote'],
      [on('RECORDING', { position: { start: 0, end: 1 } }, recording), 'selector.position'],
      [on('REPORT', { fragment: { from: 0, to: 1 } }), 'selector.fragment'],
      [on('REPORT', { quote: { exact: 'The official' } }), 'selector.quote'],
      [on('REPORT', { quote: { exact: 'An official', prefix: 'him. ' } }), 'selector.quote'],
      [on('REPORT', { quote: { exact: '' } }), 'selector.quote'],
      [on('REPORT', { position: { start: 0, end: 56 } }), 'selector.position'],
      [on('REPORT', { position: { start: -1, end: 5 } }), 'selector.position'],
      [on('REPORT', { position: { start: 5, end: 5 } }), 'selector.position'],
      [on('RECORDING', { fragment: { from: 20, to: 10 } }, recording), 'selector.fragment'],
      [on('RECORDING', { fragment: { from: -1, to: 10 } }, recording), 'selector.fragment'],
      [on('RECORDING', { fragment: { from: 0, to: 1e300 } }, recording), 'selector.fragment'],
    ] as const;
    for (const [changes, field] of refused) expect(await refusal('attorneyDallas', built, changes)).toMatchObject({ code: 'BAD_USER_INPUT', field, remedy: expect.any(String) });
    expect((await seenBy('attorneyDallas', built)).annotations.totalCount).toBe(0);
  });
});

describe('revision', () => {
  test('each revision is kept; a deletion is one without words, and words bring the note back', async () => {
    const built = await claimed();
    const { id } = await annotate('attorneyDallas', built, { body: 'First numbat.' });
    const [first, second, third] = [1, 2, 3].map((expectedRevision) => ({ annotationId: id, expectedRevision }));
    const { data: changed } = await revise('attorneyDallas', built, { ...first, body: ' Second bilby. ' });
    expect(changed?.['reviseAnnotation'].annotation).toMatchObject({ body: 'Second bilby.', revision: 2, revisions: [{ revision: 1, body: 'First numbat.' }, { revision: 2, body: 'Second bilby.', revisedBy: { name: 'Ada Attwell' } }] });
    expect([(await found('attorneyDallas', 'numbat')).totalCount, (await found('attorneyDallas', 'bilby')).totalCount]).toEqual([0, 1]);

    const { data: removed } = await revise('attorneyDallas', built, { ...second, delete: true });
    expect(removed?.['reviseAnnotation'].annotation).toMatchObject({ deleted: true, body: '', revision: 3 });
    expect((await seenBy('attorneyDallas', built)).annotations).toMatchObject({ totalCount: 0, nodes: [] });
    expect((await seenBy('attorneyDallas', built, { includeDeleted: true })).annotations).toMatchObject({ totalCount: 1, nodes: [{ id, deleted: true, revisions: [{ body: 'First numbat.' }, {}, { body: '' }] }] });
    expect((await found('attorneyDallas', 'bilby')).totalCount).toBe(0);
    expect(bytes(await revise('attorneyDallas', built, { ...third, delete: true }))).toMatchObject({ code: 'CONFLICT', revision: 3, deleted: true });

    const { data: restored } = await revise('attorneyDallas', built, { ...third, body: 'Third dunnart.' });
    expect(restored?.['reviseAnnotation'].annotation).toMatchObject({ deleted: false, body: 'Third dunnart.', revision: 4 });
    const after = await seenBy('attorneyDallas', built);
    expect(after.annotations.totalCount).toBe(1);
    expect(after.events.nodes.map((event: { act: string }) => event.act).slice(0, 4)).toEqual(['ANNOTATION_RESTORED', 'ANNOTATION_DELETED', 'ANNOTATION_REVISED', 'ANNOTATED']);
    expect(JSON.stringify(after.events)).not.toMatch(/numbat|bilby|dunnart/);
  });

  test('only its author revises a note: who sees it is refused, who does not is told that there is none', async () => {
    const built = await claimed();
    const open = await annotate('attorneyDallas', built, { audience: 'OFFICE' });
    const closed = await annotate('attorneyDallas', built);
    expect(bytes(await revise('supervisorDallas', built, { annotationId: open.id, expectedRevision: 1, body: 'Mine now.' }))).toMatchObject({ code: 'FORBIDDEN' });
    const hidden = bytes(await revise('supervisorDallas', built, { annotationId: closed.id, expectedRevision: 1, body: 'Mine now.' }));
    expect(hidden).toMatchObject({ code: 'NOT_FOUND' });
    expect(bytes(await revise('supervisorDallas', built, { annotationId: newId(), expectedRevision: 1, body: 'Mine now.' }))).toEqual(hidden);
    expect(bytes(await revise('attorneyHennepin', built, { annotationId: open.id, expectedRevision: 1, body: 'Mine now.' }))).toEqual(hidden);
  });

  test('of revisions at once one wins; the others learn the current revision', async () => {
    const built = await claimed();
    const { id } = await annotate('attorneyDallas', built);
    const replies = await Promise.all(Array.from({ length: 8 }, (_, index) => revise('attorneyDallas', built, { annotationId: id, expectedRevision: 1, body: `Words ${index}` })));
    expect(replies.filter(({ errors }) => !errors)).toHaveLength(1);
    for (const reply of replies.filter(({ errors }) => errors)) expect(bytes(reply)).toMatchObject({ code: 'CONFLICT', revision: 2, remedy: expect.any(String) });
    expect((await seenBy('attorneyDallas', built)).annotations.nodes[0].revisions).toHaveLength(2);
  });

  test('that a note helps the defence is taken back by a revision alone, and the trail says so', async () => {
    const built = await claimed();
    const { id } = await annotate('attorneyDallas', built, { favourableToDefence: true, body: 'The camera shows otherwise.' });
    expect(bytes(await revise('attorneyDallas', built, { annotationId: id, expectedRevision: 1, delete: true, favourableToDefence: false }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'delete' });
    const { data: removed } = await revise('attorneyDallas', built, { annotationId: id, expectedRevision: 1, delete: true });
    expect(removed?.['reviseAnnotation'].annotation).toMatchObject({ deleted: true, favourableToDefence: true });
    await revise('attorneyDallas', built, { annotationId: id, expectedRevision: 2, body: 'The camera shows nothing.' });
    const { data: doubted } = await revise('attorneyDallas', built, { annotationId: id, expectedRevision: 3, favourableToDefence: false });
    expect(doubted?.['reviseAnnotation'].annotation).toMatchObject({ favourableToDefence: false, body: 'The camera shows nothing.', revision: 4, deleted: false });
    expect((await seenBy('attorneyDallas', built)).events.nodes[0]).toEqual({
      act: 'ANNOTATION_REVISED', body: { annotationId: id, revision: 4, favourableToDefence: false, wasFavourableToDefence: true },
    });
  });

  test('a revision of nothing, or of words together with a deletion, is refused', async () => {
    const built = await claimed();
    const { id } = await annotate('attorneyDallas', built);
    const place = { annotationId: id, expectedRevision: 1 };
    expect(bytes(await revise('attorneyDallas', built, place))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'body' });
    expect(bytes(await revise('attorneyDallas', built, { ...place, body: '  ' }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'body' });
    expect(bytes(await revise('attorneyDallas', built, { ...place, body: 'More.', delete: true }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'delete' });
  });
});

describe('when the case changes hands', () => {
  test('notes stay with their office: the next lead sees none, and the first sees them again when it leads again', async () => {
    const built = await claimed();
    await addVenue(built);
    const team = await annotate('attorneyDallas', built, { body: 'A potoroo in the file.' });
    const office = await annotate('supervisorDallas', built, { body: 'A second potoroo.' });
    await changeLead('releaseCase', 'attorneyDallas', built);
    for (const who of ['attorneyDallas', 'supervisorDallas', 'attorneyHennepin'] as const) {
      expect((await seenBy(who, built, { includeDeleted: true })).annotations).toMatchObject({ totalCount: 0, nodes: [] });
      expect(await found(who, 'potoroo')).toEqual({ totalCount: 0, nodes: [] });
      expect(bytes(await revise(who, built, { annotationId: team.id, expectedRevision: 1, body: 'Still mine?' }))).toMatchObject({ code: 'NOT_FOUND' });
    }
    await changeLead('claimCase', 'attorneyHennepin', built);
    expect((await seenBy('attorneyHennepin', built)).annotations.totalCount).toBe(0);
    expect(await found('attorneyHennepin', 'potoroo')).toEqual({ totalCount: 0, nodes: [] });
    const theirs = await annotate('attorneyHennepin', built, { body: 'Our own view.' });
    expect((await seenBy('attorneyHennepin', built)).annotations).toMatchObject({ totalCount: 1, nodes: [{ id: theirs.id }] });

    await changeLead('releaseCase', 'attorneyHennepin', built);
    await changeLead('claimCase', 'attorneyDallas', built);
    expect((await seenBy('attorneyDallas', built)).annotations.nodes.map((note: { id: string }) => note.id)).toEqual([office.id, team.id]);
    expect((await seenBy('secondDallas', built)).annotations.nodes.map((note: { id: string }) => note.id)).toEqual([office.id]);
    expect(await found('attorneyDallas', 'potoroo')).toMatchObject({ totalCount: 1 });
  });

  test('a note that waited while its office lost the case is refused and not kept', async () => {
    const built = await claimed();
    const { owner } = world.database;
    const { id: revised } = await annotate('attorneyDallas', built);
    const asked: Promise<Reply>[] = [];
    await owner.begin(async (tx) => {
      await tx`select 1 from comity.cases where id = ${built.id} for no key update`;
      asked.push(world.as('attorneyDallas').ask(ANNOTATE, input(built, { audience: 'OFFICE' })), revise('attorneyDallas', built, { annotationId: revised, expectedRevision: 1, body: 'Too late.' }));
      await pause(400);
      await tx`update comity.cases set lead_id = null, stage = 'UNCLAIMED' where id = ${built.id}`;
      await tx`select comity.compute_sight(${built.id})`;
    });
    const [annotated, revision] = await Promise.all(asked);
    expect(bytes(annotated as Reply)).toMatchObject({ code: 'FORBIDDEN' });
    expect(bytes(revision as Reply)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await owner`select revision from comity.annotation_revisions where case_id = ${built.id}`).toHaveLength(1);
  });
});

test('the pages of a case’s notes follow each other newest first', async () => {
  const built = await claimed();
  const written: string[] = [];
  for (let index = 0; index < 5; index += 1) written.unshift((await annotate('attorneyDallas', built, { body: `Note ${index}` })).id);
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { annotations } = await seenBy('attorneyDallas', built, { first: 2, after });
    ids.push(...annotations.nodes.map((note: { id: string }) => note.id));
    after = annotations.pageInfo.hasNextPage ? annotations.pageInfo.endCursor : null;
  } while (after !== null);
  expect(ids).toEqual(written);
});
