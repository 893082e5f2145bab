import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { supervisorOfCook } from './newcomer.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const CONTEST = `{ id state grounds reason contestant { slug } lead { slug } contestedBy { name } contestedAt answeredBecause answeredBy { name } answeredAt
  court docketNumber orderedOn decidedFor document documentSha256 recordedBy { name } recordedAt transfer { id state residual reason } endedAt }`;
const CASE = `{ id number stage version lead { slug } persons { name } team { member { name } } venue { confirmedCounty } contests ${CONTEST} transfers { id state } events(first: 50) { nodes { act body } } }`;
const BOTH = `case ${CASE} contest ${CONTEST}`;
const ACTS = {
  contestClaim: BOTH, answerContest: BOTH, recordVenueDecision: BOTH, withdrawContest: BOTH, acceptTransfer: `case ${CASE}`, rejectTransfer: 'case { id }', revokeTransfer: 'case { id }',
  proposeTransfer: 'transfer { id }', releaseCase: 'case { version }', claimCase: 'case { version }', confirmVenue: 'case { version }', imposeWall: 'wall { id }', sealCase: 'seal { id }',
} as const;
type Act = keyof typeof ACTS;
const mutation = (field: Act) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${ACTS[field]} } }`;

const ask = (who: CastMember, act: Act, input: object) => world.as(who).ask(mutation(act), { input });
const tell = async (who: CastMember, act: Act, input: object) => (await world.as(who).get(mutation(act), { input }))[act];
const refusal = async (who: CastMember, act: Act, input: object) => {
  const { errors, data } = await ask(who, act, input);
  if (!errors?.[0]) throw new Error(`${who} was not refused: ${JSON.stringify(data)}`);
  return { message: errors[0].message, ...errors[0].extensions };
};
const read = async (who: CastMember, { id }: { id: string }) => (await world.as(who).get(`query ($id: ID) { case(id: $id) ${CASE} }`, { id }))['case'];

/** A case that Dallas police declare in Dallas with coordinates in Minneapolis and a death in Chicago, led by Dallas. */
const led = (claimedBy: CastMember | null = 'attorneyDallas') =>
  world.buildCase({
    referral: {
      incident: {
        occurredOn: '2026-03-14', occurredAt: '2026-03-14T20:15:00-05:00', countyFips: '48113', place: '1 Invented Street', latitude: 44.9778, longitude: -93.265,
        furtherPlaces: [{ role: 'RESULT', place: 'A hospital', countyFips: '17031' }],
      },
    },
    ...(claimedBy !== null && { claimedBy }),
  });
const claim = ({ id, version }: BuiltCase, changes: object = {}) => ({ caseId: id, grounds: ['OFFENCE_PLACE'], reason: 'The street lies in Minneapolis.', expectedVersion: version, ...changes });
const contest = async (built: BuiltCase, who: CastMember = 'supervisorHennepin'): Promise<string> => (await tell(who, 'contestClaim', claim(built))).contest.id;
const answer = ({ id, version }: BuiltCase, contestId: string, word: 'AGREE' | 'OBJECT', changes: object = {}) =>
  ({ caseId: id, contestId, answer: word, reason: 'We have looked at the map.', expectedVersion: version, ...changes });
const SHA = 'ab'.repeat(32);
const decision = ({ id, version }: BuiltCase, contestId: string, decidedFor: 'CONTESTANT' | 'LEAD', changes: object = {}) => ({
  caseId: id, contestId, court: 'Invented Court of Appeals', docketNumber: '05-26-00001', orderedOn: '2026-04-01', decidedFor, document: 'File 12, page 3', documentSha256: SHA, expectedVersion: version, ...changes,
});
const take = ({ id, version }: BuiltCase, transferId: string) => ({ caseId: id, transferId, expectedVersion: version, assignTo: world.memberIds.attorneyHennepin });

describe('a venue candidate that does not lead', () => {
  test('contests the claim: the lead and the contestant see it, another candidate does not', async () => {
    const built = await led();
    const { contest: opened } = await tell('supervisorHennepin', 'contestClaim', claim(built, { grounds: ['OFFENCE_PLACE', 'OFFENCE_PLACE', 'ELEMENT'] }));
    expect(opened).toMatchObject({
      state: 'OPEN', grounds: ['OFFENCE_PLACE', 'ELEMENT'], contestant: { slug: 'hennepin-mn' }, lead: { slug: 'dallas-tx' }, contestedBy: { name: 'Henk Supper' }, answeredBecause: null, endedAt: null,
    });
    for (const who of ['attorneyHennepin', 'attorneyDallas', 'electedDallas'] as const) expect((await read(who, built)).contests, who).toMatchObject([{ id: opened.id, reason: 'The street lies in Minneapolis.' }]);
    expect((await read('attorneyCook', built)).contests).toEqual([]);
    expect((await read('supervisorDallas', built)).events.nodes[0]).toEqual({ act: 'VENUE_CONTESTED', body: { contestId: opened.id, jurisdictionId: world.officeIds['hennepin-mn'] } });
    expect(await read('supervisorHennepin', built)).toMatchObject({ lead: { slug: 'dallas-tx' }, version: built.version, persons: [], events: { nodes: [] } });
    expect(await read('auditor', built).catch(String)).toMatch(/FORBIDDEN/);
  });

  test('is refused what cannot be: no ground, no reason, another version, twice, by the lead, by who is no candidate, of a case nobody leads', async () => {
    const built = await led();
    expect(await refusal('supervisorHennepin', 'contestClaim', claim(built, { grounds: [] }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'grounds' });
    expect(await refusal('supervisorHennepin', 'contestClaim', claim(built, { reason: ' ' }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    expect(await refusal('supervisorHennepin', 'contestClaim', claim(built, { expectedVersion: 9 }))).toMatchObject({ code: 'CONFLICT', version: built.version });
    expect(await refusal('attorneyHennepin', 'contestClaim', claim(built))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('supervisorDallas', 'contestClaim', claim(built))).toMatchObject({ code: 'FORBIDDEN', message: 'Your office leads this case.' });
    expect(await refusal('supervisorHennepin', 'contestClaim', claim(await led(null), { expectedVersion: 1 }))).toMatchObject({ code: 'CONFLICT', stage: 'UNCLAIMED' });
    expect((await read('supervisorDallas', built)).contests).toEqual([]);
    const contestId = await contest(built);
    expect(await refusal('supervisorHennepin', 'contestClaim', claim(built))).toMatchObject({ code: 'CONFLICT', contestId, state: 'OPEN' });

    const { owner } = world.database;
    await owner`delete from comity.venues where case_id = ${built.id} and jurisdiction_id = ${world.officeIds['cook-il']}`;
    await owner`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at)
      values (${built.id}, ${newId()}, 1, ${world.officeIds['cook-il']}, ${world.officeIds['dallas-tx']}, 'OBSERVER', 1, 'ACCEPTED', 'Together.', ${newId()}, now())`;
    await owner`select comity.compute_sight(${built.id})`;
    const { errors } = await (await supervisorOfCook(world))(mutation('contestClaim'), { input: claim(built) });
    expect(errors?.[0]).toMatchObject({ message: 'Your office is not a venue candidate of this case.', extensions: { code: 'FORBIDDEN' } });
  });

  test('opens one contest, however often it tries at once', async () => {
    const built = await led();
    const replies = await Promise.all(Array.from({ length: 6 }, () => ask('supervisorHennepin', 'contestClaim', claim(built))));
    expect(replies.filter(({ errors }) => !errors)).toHaveLength(1);
    expect(replies.flatMap(({ errors }) => errors?.[0]?.extensions['code'] ?? [])).toEqual(Array(5).fill('CONFLICT'));
    expect((await read('supervisorDallas', built)).contests).toHaveLength(1);
  });

  test('withdraws it, once, and may contest again; nobody else withdraws it', async () => {
    const built = await led();
    const contestId = await contest(built);
    expect(await refusal('supervisorDallas', 'withdrawContest', { caseId: built.id, contestId })).toMatchObject({ code: 'FORBIDDEN' });
    expect((await tell('supervisorHennepin', 'withdrawContest', { caseId: built.id, contestId })).contest).toMatchObject({ state: 'WITHDRAWN', endedAt: expect.any(String) });
    expect(await refusal('supervisorHennepin', 'withdrawContest', { caseId: built.id, contestId })).toMatchObject({ code: 'CONFLICT', state: 'WITHDRAWN' });
    expect(await refusal('supervisorDallas', 'answerContest', answer(built, contestId, 'AGREE'))).toMatchObject({ code: 'CONFLICT', state: 'WITHDRAWN' });
    expect((await tell('supervisorHennepin', 'contestClaim', claim(built))).contest.state).toBe('OPEN');
  });
});

describe('the lead', () => {
  test('that agrees offers the contestant the lead, which moves with all rights when it is taken', async () => {
    const built = await led();
    const contestId = await contest(built);
    const { contest: offered, case: mine } = await tell('supervisorDallas', 'answerContest', answer(built, contestId, 'AGREE'));
    expect(offered).toMatchObject({ state: 'OFFERED', answeredBecause: 'We have looked at the map.', answeredBy: { name: 'Sue Visser' }, transfer: { state: 'PROPOSED', residual: 'READ' }, endedAt: null });
    expect(mine).toMatchObject({ lead: { slug: 'dallas-tx' }, version: built.version });
    const { case: taken } = await tell('supervisorHennepin', 'acceptTransfer', take(built, offered.transfer.id));
    expect(taken).toMatchObject({
      lead: { slug: 'hennepin-mn' }, version: built.version + 1, team: [{ member: { name: 'Hanne Penn' } }],
      contests: [{ id: contestId, state: 'AGREED_TO_CONTESTANT', transfer: { state: 'ACCEPTED' }, endedAt: expect.any(String) }],
    });
    expect(taken.persons.length).toBeGreaterThan(0);
    expect(await read('supervisorDallas', built)).toMatchObject({ lead: { slug: 'hennepin-mn' }, team: [], contests: [{ state: 'AGREED_TO_CONTESTANT' }] });
    expect((await read('supervisorDallas', built)).persons.length).toBeGreaterThan(0);
    expect((await tell('supervisorHennepin', 'releaseCase', { caseId: built.id, expectedVersion: built.version + 1 })).case.version).toBe(built.version + 2);
  });

  test.each([['NONE', 0], ['AUTHOR_OWN', 0], ['READ', 3]] as const)('keeps %s of the case, as it says', async (residual, persons) => {
    const built = await led();
    const { contest: { transfer } } = await tell('supervisorDallas', 'answerContest', answer(built, await contest(built), 'AGREE', { residual }));
    expect(transfer.residual).toBe(residual);
    await tell('supervisorHennepin', 'acceptTransfer', take(built, transfer.id));
    expect((await read('supervisorDallas', built)).persons).toHaveLength(persons);
  });

  test('that objects keeps the case: the contestant agrees, and venue is settled between the two', async () => {
    const built = await led();
    const contestId = await contest(built);
    expect(await refusal('supervisorHennepin', 'answerContest', answer(built, contestId, 'AGREE'))).toMatchObject({ code: 'CONFLICT', state: 'OPEN' });
    expect(await refusal('attorneyDallas', 'answerContest', answer(built, contestId, 'OBJECT'))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('supervisorDallas', 'answerContest', answer(built, contestId, 'OBJECT', { residual: 'NONE' }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'residual' });
    expect(await refusal('supervisorDallas', 'answerContest', answer(built, contestId, 'OBJECT', { expectedVersion: 9 }))).toMatchObject({ code: 'CONFLICT', version: built.version });
    expect((await tell('supervisorDallas', 'answerContest', answer(built, contestId, 'OBJECT'))).contest.state).toBe('DENIED');
    expect(await refusal('supervisorDallas', 'answerContest', answer(built, contestId, 'OBJECT'))).toMatchObject({ code: 'CONFLICT', state: 'DENIED' });
    expect((await tell('supervisorHennepin', 'answerContest', answer(built, contestId, 'AGREE'))).contest).toMatchObject({ state: 'AGREED_TO_LEAD', transfer: null, answeredBy: { name: 'Henk Supper' } });
    expect((await read('supervisorDallas', built)).lead.slug).toBe('dallas-tx');
    expect(await refusal('supervisorHennepin', 'contestClaim', claim(built))).toMatchObject({ code: 'CONFLICT', state: 'AGREED_TO_LEAD', message: 'Venue is settled between your office and the lead.' });
  });

  test('may agree after it has objected, and take its offer back: then it denies the contest', async () => {
    const built = await led();
    const contestId = await contest(built);
    await tell('supervisorDallas', 'answerContest', answer(built, contestId, 'OBJECT'));
    const { contest: { transfer } } = await tell('electedDallas', 'answerContest', answer(built, contestId, 'AGREE'));
    expect(await refusal('supervisorHennepin', 'withdrawContest', { caseId: built.id, contestId })).toMatchObject({ code: 'CONFLICT', state: 'OFFERED' });
    await tell('supervisorDallas', 'revokeTransfer', { caseId: built.id, transferId: transfer.id });
    expect((await read('supervisorHennepin', built)).contests).toMatchObject([{ state: 'DENIED', endedAt: null }]);
    const again = await tell('supervisorDallas', 'answerContest', answer(built, contestId, 'AGREE'));
    await tell('supervisorHennepin', 'rejectTransfer', { caseId: built.id, transferId: again.contest.transfer.id });
    expect((await read('supervisorDallas', built)).contests).toMatchObject([{ state: 'WITHDRAWN', endedAt: expect.any(String) }]);
  });

  test('does not confirm the county by its word alone while the contest is open', async () => {
    const built = await led();
    const contestId = await contest(built);
    const confirmed = { caseId: built.id, countyFips: '48113', reason: 'It is ours.', expectedVersion: built.version };
    expect(await refusal('supervisorDallas', 'confirmVenue', confirmed)).toMatchObject({ code: 'CONFLICT' });
    expect((await read('supervisorHennepin', built)).venue.confirmedCounty).toBeNull();
    await tell('supervisorHennepin', 'withdrawContest', { caseId: built.id, contestId });
    expect((await tell('supervisorDallas', 'confirmVenue', confirmed)).case.version).toBe(built.version + 1);
  });

  test('cannot offer what it offers to another already, or to an office that is walled off', async () => {
    const built = await led();
    const contestId = await contest(built);
    const { transfer: { id: transferId } } = await tell('supervisorDallas', 'proposeTransfer', { caseId: built.id, jurisdictionId: world.officeIds['cook-il'], reason: 'The death.', expectedVersion: built.version });
    expect(await refusal('supervisorDallas', 'answerContest', answer(built, contestId, 'AGREE'))).toMatchObject({ code: 'CONFLICT', transferId });
    await tell('supervisorDallas', 'revokeTransfer', { caseId: built.id, transferId });
    await tell('supervisorDallas', 'imposeWall', { caseId: built.id, subject: { kind: 'OFFICE', id: world.officeIds['hennepin-mn'] }, ground: 'OTHER', note: 'A witness of theirs.' });
    expect(await refusal('supervisorDallas', 'answerContest', answer(built, contestId, 'AGREE'))).toMatchObject({ code: 'CONFLICT', message: 'This office is walled off the case.' });
    expect(await read('supervisorHennepin', built)).toBeNull();
    expect((await read('supervisorDallas', built)).contests).toMatchObject([{ state: 'OPEN', transfer: null }]);
  });

  test('cannot offer it while a seal stands that too few of the contestant could lift', async () => {
    const built = await led();
    const contestId = await contest(built);
    await tell('supervisorDallas', 'sealCase', { caseId: built.id, facets: ['PERSONS'], order: 'Order 7', audience: { offices: [world.officeIds['dallas-tx']] } });
    expect(await refusal('supervisorDallas', 'answerContest', answer(built, contestId, 'AGREE'))).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('seal') });
    expect((await read('supervisorDallas', built)).contests).toMatchObject([{ state: 'OPEN' }]);
    expect((await read('supervisorDallas', built)).transfers).toEqual([]);
  });
});

describe('a court’s decision', () => {
  test('that the lead records against itself offers the contestant the lead, and is shown to both', async () => {
    const built = await led();
    const contestId = await contest(built);
    const { contest: offered } = await tell('supervisorDallas', 'recordVenueDecision', decision(built, contestId, 'CONTESTANT', { documentSha256: SHA.toUpperCase(), residual: 'NONE' }));
    expect(offered).toMatchObject({ state: 'OFFERED', transfer: { residual: 'NONE', reason: 'Invented Court of Appeals, 05-26-00001' } });
    await tell('supervisorHennepin', 'acceptTransfer', take(built, offered.transfer.id));
    for (const who of ['supervisorHennepin', 'supervisorDallas'] as const) {
      expect((await read(who, built)).contests, who).toMatchObject([{
        state: 'DECIDED_BY_COURT', court: 'Invented Court of Appeals', docketNumber: '05-26-00001', orderedOn: '2026-04-01', decidedFor: 'CONTESTANT', document: 'File 12, page 3', documentSha256: SHA,
        recordedBy: { name: 'Sue Visser' }, recordedAt: expect.any(String),
      }]);
    }
    expect((await read('supervisorHennepin', built)).events.nodes).toContainEqual({ act: 'VENUE_DECISION_RECORDED', body: { contestId, state: 'OFFERED', decidedFor: 'CONTESTANT', documentSha256: SHA } });
    expect(await refusal('supervisorDallas', 'contestClaim', claim(built, { expectedVersion: built.version + 1 }))).toMatchObject({ code: 'CONFLICT', state: 'DECIDED_BY_COURT' });
  });

  test('that the contestant records in its own favour moves nothing until the lead agrees', async () => {
    const built = await led();
    const contestId = await contest(built);
    const { contest: recorded } = await tell('supervisorHennepin', 'recordVenueDecision', decision(built, contestId, 'CONTESTANT'));
    expect(recorded).toMatchObject({ state: 'DECISION_RECORDED', transfer: null, recordedBy: { name: 'Henk Supper' } });
    expect(await refusal('supervisorHennepin', 'answerContest', answer(built, contestId, 'AGREE'))).toMatchObject({ code: 'CONFLICT', state: 'DECISION_RECORDED' });
    expect(await refusal('supervisorDallas', 'recordVenueDecision', decision(built, contestId, 'LEAD'))).toMatchObject({ code: 'CONFLICT', state: 'DECISION_RECORDED' });
    expect((await tell('supervisorDallas', 'answerContest', answer(built, contestId, 'OBJECT'))).contest).toMatchObject({ state: 'DENIED', documentSha256: SHA, answeredBecause: 'We have looked at the map.' });
    await tell('supervisorHennepin', 'recordVenueDecision', decision(built, contestId, 'CONTESTANT', { docketNumber: '05-26-00002' }));
    const { contest: offered } = await tell('supervisorDallas', 'answerContest', answer(built, contestId, 'AGREE'));
    expect(offered).toMatchObject({ state: 'OFFERED', docketNumber: '05-26-00002' });
    const { case: taken } = await tell('supervisorHennepin', 'acceptTransfer', take(built, offered.transfer.id));
    expect(taken).toMatchObject({ lead: { slug: 'hennepin-mn' }, contests: [{ state: 'DECIDED_BY_COURT' }] });
  });

  test('for the lead ends the contest at once where the contestant records it, else with the contestant’s word', async () => {
    const [one, other] = [await led(), await led()];
    const [first, second] = [await contest(one), await contest(other)];
    expect((await tell('supervisorHennepin', 'recordVenueDecision', decision(one, first, 'LEAD'))).contest).toMatchObject({ state: 'DECIDED_BY_COURT', decidedFor: 'LEAD', transfer: null });
    expect((await tell('supervisorDallas', 'recordVenueDecision', decision(other, second, 'LEAD'))).contest.state).toBe('DECISION_RECORDED');
    expect((await tell('supervisorHennepin', 'answerContest', answer(other, second, 'AGREE'))).contest.state).toBe('DECIDED_BY_COURT');
    for (const built of [one, other]) expect(await read('supervisorDallas', built)).toMatchObject({ lead: { slug: 'dallas-tx' }, version: built.version });
  });

  test('that was objected to is no ground of a later agreement', async () => {
    const built = await led();
    const contestId = await contest(built);
    await tell('supervisorHennepin', 'recordVenueDecision', decision(built, contestId, 'CONTESTANT'));
    await tell('supervisorDallas', 'answerContest', answer(built, contestId, 'OBJECT'));
    const { contest: { transfer } } = await tell('supervisorDallas', 'answerContest', answer(built, contestId, 'AGREE'));
    expect((await tell('supervisorHennepin', 'acceptTransfer', take(built, transfer.id))).case.contests).toMatchObject([{ state: 'AGREED_TO_CONTESTANT' }]);
  });

  test.each([
    [{ orderedOn: '2999-01-01' }, 'orderedOn'], [{ documentSha256: 'abc' }, 'documentSha256'], [{ court: ' ' }, 'court'], [{ docketNumber: 'x'.repeat(101) }, 'docketNumber'],
    [{ document: '' }, 'document'], [{ residual: 'READ' }, 'residual'],
  ])('with %j is refused, and nothing is kept of it', async (changes, field) => {
    const built = await led();
    const contestId = await contest(built);
    expect(await refusal('supervisorHennepin', 'recordVenueDecision', decision(built, contestId, 'CONTESTANT', changes))).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect((await read('supervisorDallas', built)).contests).toMatchObject([{ state: 'OPEN', court: null }]);
  });
});

describe('a contest', () => {
  test('lapses when the office that it is against no longer leads, with every other one', async () => {
    const built = await led();
    await contest(built);
    const cook = await supervisorOfCook(world);
    expect((await cook(mutation('contestClaim'), { input: claim(built, { grounds: ['RESULT_DEATH'] }) })).errors).toBeUndefined();
    const { case: { version } } = await tell('supervisorDallas', 'releaseCase', { caseId: built.id, expectedVersion: built.version });
    expect((await read('supervisorDallas', built)).contests).toMatchObject([{ state: 'LAPSED' }, { state: 'LAPSED' }]);
    expect((await read('supervisorHennepin', built)).contests).toMatchObject([{ state: 'LAPSED', endedAt: expect.any(String) }]);
    await tell('supervisorHennepin', 'claimCase', { caseId: built.id, expectedVersion: version });
    expect((await tell('supervisorDallas', 'contestClaim', claim(built, { expectedVersion: version + 1 }))).contest).toMatchObject({ state: 'OPEN', lead: { slug: 'hennepin-mn' } });
  });

  test('against a lead that gives the case to a third lapses too, and the offer of a settled one ends the others', async () => {
    const built = await led();
    const contestId = await contest(built);
    const cook = await supervisorOfCook(world);
    await cook(mutation('contestClaim'), { input: claim(built, { grounds: ['RESULT_DEATH'] }) });
    const { contest: { transfer } } = await tell('supervisorDallas', 'answerContest', answer(built, contestId, 'AGREE'));
    await tell('supervisorHennepin', 'acceptTransfer', take(built, transfer.id));
    const states = await world.database.owner`select j.slug, k.state from comity.venue_contests k join comity.jurisdictions j on j.id = k.contestant_id where k.case_id = ${built.id} order by 1`;
    expect([...states]).toEqual([{ slug: 'cook-il', state: 'LAPSED' }, { slug: 'hennepin-mn', state: 'AGREED_TO_CONTESTANT' }]);
  });

  test('is answered by one of those who answer at once', async () => {
    const built = await led();
    const contestId = await contest(built);
    const replies = await Promise.all([
      ask('supervisorDallas', 'answerContest', answer(built, contestId, 'AGREE')), ask('electedDallas', 'answerContest', answer(built, contestId, 'AGREE')),
      ask('supervisorHennepin', 'withdrawContest', { caseId: built.id, contestId }),
    ]);
    expect(replies.filter(({ errors }) => !errors)).toHaveLength(1);
    expect(replies.flatMap(({ errors }) => errors?.[0]?.extensions['code'] ?? [])).toEqual(['CONFLICT', 'CONFLICT']);
  });

  test('is not there for who does not see the case, nor for a third candidate', async () => {
    const built = await led();
    const contestId = await contest(built);
    const cook = await supervisorOfCook(world);
    const absent = (await cook(mutation('withdrawContest'), { input: { caseId: built.id, contestId: newId() } })).errors;
    expect(absent?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect((await cook(mutation('withdrawContest'), { input: { caseId: built.id, contestId } })).errors).toEqual(absent);
    const elsewhere = await world.buildCase({ claimedBy: 'attorneyDallas' });
    expect(await refusal('supervisorDallas', 'answerContest', answer(elsewhere, contestId, 'AGREE'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal('supervisorHennepin', 'contestClaim', claim(elsewhere))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is moved by SQL as little as by the acts: not by the side that is not asked, not to the contestant without an offer', async () => {
    const built = await led();
    await contest(built);
    const REFUSED = '42501';
    const to = (state: string, more = '') => `update comity.venue_contests set state = '${state}'${more} where case_id = $1::uuid`;
    const ended = ', ended_at = statement_timestamp()';
    const decided = (side: string, by = 'comity.member()') => `, court = 'x', docket_number = 'x', ordered_on = '2026-04-01', decided_for = '${side}', document = 'x', document_sha256 = '${SHA}', recorded_by = ${by}, recorded_at = statement_timestamp()`;
    const from = (who: CastMember, work: Parameters<typeof seated>[2]) => seated(world.database, { as: world.memberIds[who] }, work);
    await from('supervisorHennepin', async ({ refusal: refused }) => {
      for (const write of [
        to('AGREED_TO_CONTESTANT', ended), to('AGREED_TO_LEAD', ended), to('DENIED'), to('OFFERED', `, settles = 'AGREED_TO_CONTESTANT', transfer_id = gen_random_uuid()`),
        to('DECIDED_BY_COURT', ended + decided('CONTESTANT')), to('DECISION_RECORDED', decided('LEAD')), to('DECISION_RECORDED', decided('CONTESTANT', 'gen_random_uuid()')), to('LAPSED', ended),
      ]) expect(await refused(write, [built.id]), write).toBe(REFUSED);
      expect(await refused(to('DECISION_RECORDED', decided('CONTESTANT')), [built.id])).toBe('passed');
    });
    await from('supervisorDallas', async ({ refusal: refused }) => {
      for (const write of [
        to('WITHDRAWN', ended), to('AGREED_TO_LEAD', ended), to('OFFERED', `, settles = 'AGREED_TO_CONTESTANT', transfer_id = gen_random_uuid()`), to('DECIDED_BY_COURT', ended + decided('LEAD')),
        to('DENIED', `, answered_because = 'x', answered_by = gen_random_uuid(), answered_at = statement_timestamp()`),
      ]) expect(await refused(write, [built.id]), write).toBe(REFUSED);
      expect(await refused(to('DENIED'), [built.id])).toBe('passed');
    });
    await from('attorneyHennepin', async ({ refusal: refused }) => expect(await refused(to('WITHDRAWN', ended), [built.id])).toBe(REFUSED));
    await from('attorneyCook', async ({ touched }) => expect(await touched(to('WITHDRAWN', ended), [built.id])).toBe(0));
  });
});
