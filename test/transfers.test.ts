import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { supervisorOfCook } from './newcomer.ts';
import { incidentIn, withVenue } from './policies.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const TRANSFER = '{ id residual wallFormerLead reason state from { slug } to { slug } proposedBy { name } answeredBy { name } }';
const CASE = `{ id number stage version lead { slug } report { narrative } persons { name contact { phone } } recordings { holder } team { id role member { name } } transfers ${TRANSFER}
  responsibilities { state jurisdiction { slug } } annotations { nodes { id body } } events(first: 50) { nodes { act body } } }`;
const mutation = (field: string, selection: string) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;
const BOTH = `case ${CASE} transfer ${TRANSFER}`;
const ACTS = {
  proposeTransfer: BOTH, acceptTransfer: BOTH, rejectTransfer: BOTH, revokeTransfer: BOTH, releaseCase: `case ${CASE}`, claimCase: `case ${CASE}`,
  inviteJurisdiction: 'responsibility { id }', acceptInvitation: 'case { id }', assignCase: 'assignment { id }', annotateCase: 'annotation { id }', reviseAnnotation: 'annotation { body }',
  recordAuthorisation: 'authorisation { id }',
} as const;
type Act = keyof typeof ACTS;

const ask = (who: CastMember, act: Act, input: object) => world.as(who).ask(mutation(act, ACTS[act]), { input });
const tell = async (who: CastMember, act: Act, input: object) => (await world.as(who).get(mutation(act, ACTS[act]), { input }))[act];
const refusal = async (who: CastMember, act: Act, input: object) => {
  const { errors, data } = await ask(who, act, input);
  if (!errors?.[0]) throw new Error(`${who} was not refused: ${JSON.stringify(data)}`);
  return { message: errors[0].message, ...errors[0].extensions };
};
const read = async (who: CastMember, { id }: { id: string }) => (await world.as(who).get(`query ($id: ID) { case(id: $id) ${CASE} }`, { id }))['case'];
const eventsOf = (seen: { events: { nodes: { act: string }[] } }) => seen.events.nodes.map(({ act }) => act);
const bodiesOf = (seen: { annotations: { nodes: { body: string }[] } }) => seen.annotations.nodes.map(({ body }) => body).sort();
const namesOf = (seen: { team: { member: { name: string } }[] }) => seen.team.map(({ member }) => member.name);

/** Whether a reader meets the case in the list, in search by number, and among the offers. */
async function meets(who: CastMember, { id, number }: BuiltCase) {
  const { all, found, offers } = await world.as(who).get('query ($number: String) { all: cases(first: 100) { nodes { id } } found: cases(filter: { text: $number }) { totalCount } offers(first: 100) { nodes { id } } }', { number });
  const among = ({ nodes }: { nodes: { id: string }[] }) => nodes.some((node) => node.id === id);
  return { listed: among(all), found: found.totalCount === 1, offered: among(offers) };
}
const GONE = { listed: false, found: false, offered: false };

const hennepin = () => world.officeIds['hennepin-mn'];
/** A case that Dallas leads and whose county is not its own: what opens it is the lead alone. */
async function claimed(): Promise<BuiltCase> {
  const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await world.database.owner`delete from comity.venues where case_id = ${built.id}`;
  await world.database.owner`select comity.compute_sight(${built.id})`;
  return built;
}
const offer = (built: BuiltCase, changes: object = {}) => ({ caseId: built.id, jurisdictionId: hennepin(), reason: 'It began in that county.', expectedVersion: built.version, ...changes });
const propose = async (built: BuiltCase, changes: object = {}): Promise<string> => (await tell('supervisorDallas', 'proposeTransfer', offer(built, changes))).transfer.id;
const accept = (built: BuiltCase, transferId: string, changes: object = {}) =>
  tell('supervisorHennepin', 'acceptTransfer', { caseId: built.id, transferId, expectedVersion: built.version, assignTo: world.memberIds.attorneyHennepin, ...changes });
const note = (who: CastMember, built: BuiltCase, audience: string, body: string) => tell(who, 'annotateCase', { caseId: built.id, target: { kind: 'CASE' }, kind: 'NOTE', audience, body });

/** A case with notes of its team and office, transferred on terms. */
async function transferred(terms: object = {}): Promise<BuiltCase> {
  const built = await claimed();
  await note('attorneyDallas', built, 'TEAM', 'Theory of the team.');
  await note('attorneyDallas', built, 'OFFICE', 'Word to the office.');
  await note('secondDallas', built, 'OFFICE', 'Word of a colleague.');
  await accept(built, await propose(built, terms));
  return built;
}

describe('an offer of the lead', () => {
  test('shows SUMMARY and REPORT to the other office, and moves nothing', async () => {
    const built = await claimed();
    expect(await meets('supervisorHennepin', built)).toEqual(GONE);
    const { transfer, case: mine } = await tell('supervisorDallas', 'proposeTransfer', offer(built));
    expect(transfer).toMatchObject({ residual: 'NONE', wallFormerLead: null, reason: 'It began in that county.', state: 'PROPOSED', from: { slug: 'dallas-tx' }, to: { slug: 'hennepin-mn' }, proposedBy: { name: 'Sue Visser' }, answeredBy: null });
    expect(mine).toMatchObject({ version: built.version, lead: { slug: 'dallas-tx' } });
    expect(eventsOf(mine)[0]).toBe('TRANSFER_PROPOSED');
    for (const who of ['supervisorHennepin', 'attorneyHennepin'] as const) {
      expect(await read(who, built)).toMatchObject({ report: { narrative: expect.any(String) }, persons: [], recordings: [], team: [], events: { nodes: [] }, transfers: [{ id: transfer.id }] });
      expect(await meets(who, built)).toEqual({ listed: true, found: true, offered: true });
    }
    await withVenue(world, built, 'cook-il');
    expect((await read('attorneyCook', built)).transfers).toEqual([]);
  });

  test('is made on terms that hold together, by those who may give the case away', async () => {
    const built = await claimed();
    const bad = async (changes: object, field: string) => expect(await refusal('supervisorDallas', 'proposeTransfer', offer(built, changes))).toMatchObject({ code: 'BAD_USER_INPUT', field });
    await bad({ jurisdictionId: world.officeIds['dallas-tx'] }, 'jurisdictionId');
    await bad({ jurisdictionId: newId() }, 'jurisdictionId');
    await bad({ reason: '' }, 'reason');
    await bad({ residual: 'READ', wallFormerLead: 'TAINT' }, 'residual');
    expect(await refusal('supervisorDallas', 'proposeTransfer', offer(built, { expectedVersion: 9 }))).toMatchObject({ code: 'CONFLICT', version: built.version });
    expect(await refusal('attorneyDallas', 'proposeTransfer', offer(built))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('supervisorHennepin', 'proposeTransfer', offer(built))).toEqual(await refusal('supervisorHennepin', 'proposeTransfer', offer(built, { caseId: newId() })));
    const transferId = await propose(built);
    expect(await refusal('supervisorDallas', 'proposeTransfer', offer(built, { jurisdictionId: world.officeIds['cook-il'] }))).toMatchObject({ code: 'CONFLICT', transferId });
    expect(await refusal('supervisorHennepin', 'proposeTransfer', offer(built, { jurisdictionId: world.officeIds['cook-il'] }))).toMatchObject({ code: 'FORBIDDEN', message: 'Your office does not lead this case.' });
    const unclaimed = await world.buildCase();
    expect(await refusal('supervisorDallas', 'proposeTransfer', offer(unclaimed))).toMatchObject({ code: 'FORBIDDEN' });
    await world.database.owner`update comity.cases set stage = 'CLOSED' where id = ${built.id}`;
    expect(await refusal('supervisorHennepin', 'acceptTransfer', { caseId: built.id, transferId, expectedVersion: built.version })).toMatchObject({ code: 'CONFLICT', stage: 'CLOSED' });
  });

  test('rejected or revoked closes the case again, and can be answered no more', async () => {
    const built = await claimed();
    const first = await propose(built);
    expect(await refusal('supervisorDallas', 'rejectTransfer', { caseId: built.id, transferId: first })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('supervisorHennepin', 'revokeTransfer', { caseId: built.id, transferId: first })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('attorneyHennepin', 'rejectTransfer', { caseId: built.id, transferId: first })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await tell('supervisorHennepin', 'rejectTransfer', { caseId: built.id, transferId: first })).toEqual({ case: null, transfer: null });
    expect(await meets('supervisorHennepin', built)).toEqual(GONE);
    const mine = await read('supervisorDallas', built);
    expect(mine.transfers).toMatchObject([{ state: 'REJECTED', answeredBy: { name: 'Henk Supper' } }]);
    expect(eventsOf(mine)[0]).toBe('TRANSFER_REJECTED');
    const second = await propose(built);
    await tell('supervisorDallas', 'revokeTransfer', { caseId: built.id, transferId: second });
    expect(await meets('supervisorHennepin', built)).toEqual(GONE);
    expect(await refusal('supervisorDallas', 'revokeTransfer', { caseId: built.id, transferId: second })).toMatchObject({ code: 'CONFLICT', state: 'REVOKED' });
    expect(await refusal('supervisorDallas', 'revokeTransfer', { caseId: built.id, transferId: newId() })).toMatchObject({ code: 'NOT_FOUND' });
    await withVenue(world, built, 'hennepin-mn');
    expect(await refusal('supervisorHennepin', 'acceptTransfer', { caseId: built.id, transferId: second, expectedVersion: built.version })).toMatchObject({ code: 'CONFLICT', state: 'REVOKED' });
  });

  test('lapses with a release', async () => {
    const built = await claimed();
    await propose(built);
    await tell('supervisorDallas', 'releaseCase', { caseId: built.id, expectedVersion: built.version });
    expect(await meets('supervisorHennepin', built)).toEqual(GONE);
    expect((await world.database.owner`select state from comity.transfers where case_id = ${built.id}`).map(({ state }) => state)).toEqual(['REVOKED']);
  });
});

describe('an accepted transfer', () => {
  test('moves the lead, the team and the sight at once, and the stage stays', async () => {
    const built = await claimed();
    await tell('supervisorDallas', 'assignCase', { caseId: built.id, memberId: world.memberIds.secondDallas, role: 'SUPPORT' });
    const transferId = await propose(built);
    expect(await refusal('supervisorHennepin', 'acceptTransfer', { caseId: built.id, transferId, expectedVersion: built.version, assignTo: world.memberIds.attorneyDallas })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'assignTo' });
    expect(await refusal('supervisorHennepin', 'acceptTransfer', { caseId: built.id, transferId, expectedVersion: 9 })).toMatchObject({ code: 'CONFLICT', version: built.version });
    expect(await refusal('supervisorHennepin', 'acceptTransfer', { caseId: built.id, transferId: newId(), expectedVersion: built.version })).toMatchObject({ code: 'NOT_FOUND' });
    const { case: theirs, transfer } = await accept(built, transferId);
    expect(theirs).toMatchObject({ stage: 'CLAIMED', version: built.version + 1, lead: { slug: 'hennepin-mn' }, team: [{ role: 'TRIAL', member: { name: 'Hanne Penn' } }], persons: [{}, { name: 'Vic Timson' }, {}], recordings: [{}] });
    expect(eventsOf(theirs)).toEqual(['TRANSFERRED', 'CLAIMED', 'RECEIVED']);
    expect(transfer).toMatchObject({ state: 'ACCEPTED', answeredBy: { name: 'Henk Supper' } });
    expect((await read('attorneyHennepin', built)).persons[1].contact.phone).toBe('555-0100');
    // Of the first lead nobody sees anything any more, the team neither.
    for (const who of ['attorneyDallas', 'secondDallas', 'supervisorDallas'] as const) {
      expect(await read(who, built)).toBeNull();
      expect(await meets(who, built)).toEqual(GONE);
      expect(await refusal(who, 'annotateCase', { caseId: built.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'Late.' })).toMatchObject({ code: 'NOT_FOUND' });
    }
    const [open] = await world.database.owner`select count(*)::int as n, count(*) filter (where m.office_id = ${hennepin()})::int as theirs from comity.assignments a join comity.members m on m.id = a.member_id where a.case_id = ${built.id} and a.until is null`;
    expect(open).toEqual({ n: 1, theirs: 1 });
    expect(await refusal('supervisorHennepin', 'acceptTransfer', { caseId: built.id, transferId, expectedVersion: built.version + 1 })).toMatchObject({ code: 'CONFLICT', state: 'ACCEPTED' });
  });

  test('of a case in the first lead’s own county leaves it the SUMMARY of a candidate', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await accept(built, await propose(built));
    expect(await read('attorneyDallas', built)).toMatchObject({ number: built.number, lead: { slug: 'hennepin-mn' }, report: null, team: [], events: { nodes: [] } });
    expect(await refusal('supervisorDallas', 'revokeTransfer', { caseId: built.id, transferId: (await read('supervisorDallas', built)).transfers[0].id })).toMatchObject({ code: 'CONFLICT', state: 'ACCEPTED' });
    expect(await refusal('supervisorDallas', 'releaseCase', { caseId: built.id, expectedVersion: 3 })).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('with NONE leaves a former lead nothing, and its notes nobody else’s', async () => {
    const built = await transferred();
    for (const who of ['attorneyDallas', 'secondDallas', 'supervisorDallas'] as const) expect(await meets(who, built)).toEqual(GONE);
    expect(bodiesOf(await read('attorneyHennepin', built))).toEqual([]);
    expect((await world.as('attorneyHennepin').get('{ cases(filter: { text: "\\"Theory of the team\\"" }) { totalCount } }'))['cases'].totalCount).toBe(0);
  });

  test('with AUTHOR_OWN leaves it the SUMMARY, and each author the own words as they stand', async () => {
    const built = await transferred({ residual: 'AUTHOR_OWN' });
    const mine = await read('attorneyDallas', built);
    expect(mine).toMatchObject({ number: built.number, report: null, persons: [], recordings: [], team: [], events: { nodes: [] } });
    expect(bodiesOf(mine)).toEqual(['Theory of the team.', 'Word to the office.']);
    expect(bodiesOf(await read('secondDallas', built))).toEqual(['Word of a colleague.']);
    expect(bodiesOf(await read('supervisorDallas', built))).toEqual([]);
    expect(bodiesOf(await read('supervisorHennepin', built))).toEqual([]);
    const [{ id }] = mine.annotations.nodes;
    expect(await refusal('attorneyDallas', 'reviseAnnotation', { caseId: built.id, annotationId: id, expectedRevision: 1, body: 'Other words.' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await meets('attorneyCook', built)).toEqual(GONE);
  });

  test('with READ leaves it the case to read, but for contacts and the new lead’s own', async () => {
    const built = await transferred({ residual: 'READ' });
    await note('attorneyHennepin', built, 'OFFICE', 'Word of the new lead.');
    const mine = await read('attorneyDallas', built);
    expect(mine).toMatchObject({ report: { narrative: expect.any(String) }, persons: [{}, { name: 'Vic Timson', contact: null }, {}], recordings: [{}], team: [] });
    expect(bodiesOf(mine)).toEqual(['Theory of the team.', 'Word to the office.']);
    expect(eventsOf(mine)).toContain('TRANSFERRED');
    expect(await refusal('supervisorDallas', 'releaseCase', { caseId: built.id, expectedVersion: built.version + 1 })).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('walls the whole former lead off where it says so, and tells nobody there', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const transferId = await propose(built, { wallFormerLead: 'WITNESS', reason: 'A prosecutor of ours is a witness.' });
    const { case: theirs } = await accept(built, transferId);
    expect(eventsOf(theirs).slice(0, 2).sort()).toEqual(['TRANSFERRED', 'WALLED_OFF']);
    // Without the wall this office would keep the SUMMARY of its own county.
    for (const who of ['attorneyDallas', 'supervisorDallas', 'conflictsDallas'] as const) {
      expect(await read(who, built)).toBeNull();
      expect(await meets(who, built)).toEqual(GONE);
    }
    expect(await refusal('supervisorDallas', 'revokeTransfer', { caseId: built.id, transferId })).toEqual(await refusal('supervisorDallas', 'revokeTransfer', { caseId: newId(), transferId }));
    const [wall] = await world.database.owner`select subject_kind, subject_id, ground, note, may_lift, imposed_by from comity.walls where case_id = ${built.id}`;
    expect(wall).toEqual({ subject_kind: 'OFFICE', subject_id: world.officeIds['dallas-tx'], ground: 'WITNESS', note: 'A prosecutor of ours is a witness.', may_lift: ['CONFLICTS', 'ELECTED'], imposed_by: world.memberIds.supervisorHennepin });
    expect(await refusal('supervisorHennepin', 'proposeTransfer', { caseId: built.id, jurisdictionId: world.officeIds['dallas-tx'], reason: 'Back.', expectedVersion: built.version + 1 })).toMatchObject({ code: 'CONFLICT', message: 'This office is walled off the case.' });
    expect(await refusal('supervisorHennepin', 'inviteJurisdiction', { caseId: built.id, jurisdictionId: world.officeIds['dallas-tx'], role: 'CO', reason: 'Back.' })).toMatchObject({ code: 'CONFLICT', message: 'This office is walled off the case.' });
  });

  test('back again gives the office its notes as they were read before', async () => {
    const built = await transferred({ residual: 'AUTHOR_OWN' });
    const version = built.version + 1;
    const { transfer } = await tell('supervisorHennepin', 'proposeTransfer', { caseId: built.id, jurisdictionId: world.officeIds['dallas-tx'], reason: 'Back.', expectedVersion: version });
    await tell('supervisorDallas', 'acceptTransfer', { caseId: built.id, transferId: transfer.id, expectedVersion: version, assignTo: world.memberIds.attorneyDallas });
    expect(bodiesOf(await read('attorneyDallas', built))).toEqual(['Theory of the team.', 'Word of a colleague.', 'Word to the office.']);
    expect(bodiesOf(await read('supervisorDallas', built))).toEqual(['Word of a colleague.', 'Word to the office.']);
    expect((await world.as('supervisorDallas').get('{ cases(filter: { text: "\\"Word of a colleague\\"" }) { nodes { id } } }'))['cases'].nodes).toContainEqual({ id: built.id });
    expect(await meets('supervisorHennepin', built)).toEqual(GONE);
  });

  test('to an office that shared in the case ends its part and keeps its people; what others have stands', async () => {
    const built = await claimed();
    const { responsibility } = await tell('supervisorDallas', 'inviteJurisdiction', { caseId: built.id, jurisdictionId: hennepin(), role: 'CO', reason: 'Together.' });
    await tell('supervisorHennepin', 'acceptInvitation', { caseId: built.id, invitationId: responsibility.id });
    await tell('supervisorHennepin', 'assignCase', { caseId: built.id, memberId: world.memberIds.attorneyHennepin, role: 'SUPPORT' });
    await tell('supervisorDallas', 'inviteJurisdiction', { caseId: built.id, jurisdictionId: world.officeIds['cook-il'], role: 'CO', reason: 'Together.' });
    const { case: theirs } = await accept(built, await propose(built));
    expect(theirs.responsibilities).toMatchObject([{ state: 'LEFT' }, { state: 'WITHDRAWN' }]);
    expect(theirs.team).toMatchObject([{ role: 'TRIAL', member: { name: 'Hanne Penn' } }]);
    expect(await meets('attorneyCook', built)).toEqual(GONE);
  });

  test('to an office whose part has run out brings in its people anew, once', async () => {
    const built = await claimed();
    const { responsibility } = await tell('supervisorDallas', 'inviteJurisdiction', { caseId: built.id, jurisdictionId: hennepin(), role: 'CO', reason: 'Together.' });
    await tell('supervisorHennepin', 'acceptInvitation', { caseId: built.id, invitationId: responsibility.id });
    for (const memberId of [world.memberIds.attorneyHennepin, world.memberIds.supervisorHennepin]) await tell('supervisorHennepin', 'assignCase', { caseId: built.id, memberId, role: 'TRIAL' });
    await world.database.owner`update comity.responsibilities set until = now() - interval '1 second' where case_id = ${built.id}`;
    await world.database.owner`select comity.compute_sight(${built.id})`;
    const { case: theirs } = await accept(built, await propose(built));
    expect(namesOf(theirs)).toEqual(['Hanne Penn']);
  });

  test('ends the authorisations of the former lead: the new one gives its own', async () => {
    const built = await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' });
    const { responsibility } = await tell('supervisorHennepin', 'inviteJurisdiction', { caseId: built.id, jurisdictionId: world.officeIds['dallas-tx'], role: 'CO', reason: 'Together.' });
    await tell('supervisorDallas', 'acceptInvitation', { caseId: built.id, invitationId: responsibility.id });
    await tell('supervisorHennepin', 'recordAuthorisation', { caseId: built.id, jurisdictionId: world.officeIds['dallas-tx'], purpose: 'Charging decision.', document: 'File 12.' });
    expect((await read('attorneyDallas', built)).recordings).toHaveLength(1);
    const { transfer } = await tell('supervisorHennepin', 'proposeTransfer', { caseId: built.id, jurisdictionId: world.officeIds['cook-il'], reason: 'It began there.', expectedVersion: built.version });
    const speak = await supervisorOfCook(world);
    const reply = await speak(mutation('acceptTransfer', BOTH), { input: { caseId: built.id, transferId: transfer.id, expectedVersion: built.version } });
    expect(reply).toMatchObject({ data: { acceptTransfer: { case: { lead: { slug: 'cook-il' }, team: [{ member: { name: 'Sully Perkins' } }] } } } });
    expect((await read('attorneyDallas', built)).persons.length).toBeGreaterThan(0);
    expect((await read('attorneyDallas', built)).recordings).toEqual([]);
  });
});

describe('at one moment', () => {
  const outcomes = (replies: readonly { errors?: readonly { extensions: Record<string, any> }[] }[]) => replies.map(({ errors }) => errors?.[0]?.extensions['code'] ?? 'DONE');
  const leads = async ({ id }: BuiltCase) => {
    const [row] = await world.database.owner`select c.lead_id as lead, c.stage, (select array_agg(distinct m.office_id) from comity.assignments a join comity.members m on m.id = a.member_id where a.case_id = c.id and a.until is null) as staffed,
      (select count(*)::int from comity.sight s where s.case_id = c.id and s.cause = 'SEAT') as seats, (select count(*)::int from comity.transfers t where t.case_id = c.id and t.state = 'PROPOSED') as waiting from comity.cases c where c.id = ${id}`;
    return row;
  };

  test('several acceptances move the lead once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const built = await claimed();
      const transferId = await propose(built);
      const input = { caseId: built.id, transferId, expectedVersion: built.version };
      const replies = await Promise.all([1, 2, 3].map(() => ask('supervisorHennepin', 'acceptTransfer', input)));
      expect(outcomes(replies).sort()).toEqual(['CONFLICT', 'CONFLICT', 'DONE']);
      expect(await leads(built)).toEqual({ lead: hennepin(), stage: 'CLAIMED', staffed: [hennepin()], seats: 1, waiting: 0 });
    }
  });

  test('of an acceptance and a revocation one wins; who lost hears of a conflict, or sees no case any more', async () => {
    const won = new Set<string>();
    for (let round = 0; round < 8; round += 1) {
      const built = await claimed();
      // Both stay candidates, so that who lost still sees the case.
      const stays = round % 2 === 0;
      if (stays) for (const office of ['dallas-tx', 'hennepin-mn'] as const) await withVenue(world, built, office);
      const transferId = await propose(built);
      const acceptance = () => ask('supervisorHennepin', 'acceptTransfer', { caseId: built.id, transferId, expectedVersion: built.version });
      const revocation = () => ask('supervisorDallas', 'revokeTransfer', { caseId: built.id, transferId });
      const [first, second] = await Promise.all(round % 4 < 2 ? [acceptance(), revocation()] : [revocation(), acceptance()]);
      const [accepted, revoked] = round % 4 < 2 ? [first, second] : [second, first];
      const found = outcomes([accepted, revoked].map((reply) => reply ?? {}));
      expect(found.filter((outcome) => outcome === 'DONE')).toHaveLength(1);
      expect(found).toContain(stays ? 'CONFLICT' : 'NOT_FOUND');
      const lead = found[0] === 'DONE' ? hennepin() : world.officeIds['dallas-tx'];
      won.add(lead);
      expect(await leads(built)).toEqual({ lead, stage: 'CLAIMED', staffed: [lead], seats: 1, waiting: 0 });
    }
    expect(won.size).toBeGreaterThan(0);
  });

  test('of an acceptance and a release one wins, and no place is left open for an office that does not lead', async () => {
    for (let round = 0; round < 8; round += 1) {
      const built = await claimed();
      for (const office of ['dallas-tx', 'hennepin-mn'] as const) await withVenue(world, built, office);
      const transferId = await propose(built);
      const [accepted, released] = await Promise.all([
        ask('supervisorHennepin', 'acceptTransfer', { caseId: built.id, transferId, expectedVersion: built.version }),
        ask('supervisorDallas', 'releaseCase', { caseId: built.id, expectedVersion: built.version }),
      ]);
      const found = outcomes([accepted, released]);
      // Who no longer leads may not release: that is the answer to a release that came too late.
      expect([['DONE', 'FORBIDDEN'], ['CONFLICT', 'DONE']]).toContainEqual(found);
      expect(await leads(built)).toEqual(found[0] === 'DONE'
        ? { lead: hennepin(), stage: 'CLAIMED', staffed: [hennepin()], seats: 1, waiting: 0 }
        : { lead: null, stage: 'UNCLAIMED', staffed: null, seats: 0, waiting: 0 });
    }
  });

  test('a member of the former lead who reads in a loop sees the case whole or not at all, and never after the transfer', async () => {
    const built = await claimed();
    const transferId = await propose(built);
    let moved = false;
    const loop = (async () => {
      for (let turn = 0; turn < 200; turn += 1) {
        const after = moved;
        const seen = await read('attorneyDallas', built);
        if (seen === null) return;
        expect(after, 'an answer asked for after the transfer shows the case').toBe(false);
        expect(seen.lead.slug).toBe('dallas-tx');
        expect(seen.persons).toHaveLength(3);
      }
      throw new Error('the case never closed');
    })();
    await accept(built, transferId);
    moved = true;
    await loop;
  });
});
