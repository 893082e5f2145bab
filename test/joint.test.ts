import { setTimeout as pause } from 'node:timers/promises';
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

const PART = '{ id role facets until state reason jurisdiction { slug } invitedFor { slug } invitedBy { name } answeredBy { name } }';
const CASE = `{ id number stage lead { slug } report { narrative } persons { name contact { phone } } recordings { holder } team { id role version member { name } } responsibilities ${PART}
  annotations { nodes { id body audience } } events(first: 50) { nodes { act body actor { name } } } }`;
const mutation = (field: string, selection: string) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;
const ACTS = {
  inviteJurisdiction: `case ${CASE} responsibility ${PART}`, acceptInvitation: `case ${CASE} responsibility ${PART}`, declineInvitation: `case ${CASE} responsibility ${PART}`,
  withdrawInvitation: `case ${CASE} responsibility ${PART}`, leaveCase: `case ${CASE} responsibility ${PART}`,
  assignCase: `assignment { id version } case ${CASE}`, unassignCase: 'case { id }', annotateCase: 'annotation { id audience }', reviseAnnotation: 'annotation { body }',
  recordAuthorisation: 'authorisation { id purpose document revokedAt jurisdiction { slug } givenFor { slug } recordedBy { name } }', revokeAuthorisation: 'authorisation { revokedAt revokedBy { name } }',
  releaseCase: 'case { id }',
} as const;

const tell = async (who: CastMember, act: keyof typeof ACTS, input: object) => (await world.as(who).get(mutation(act, ACTS[act]), { input }))[act];
const refusal = async (who: CastMember, act: keyof typeof ACTS, input: object) => {
  const { errors, data } = await world.as(who).ask(mutation(act, ACTS[act]), { input });
  if (!errors?.[0]) throw new Error(`${who} was not refused: ${JSON.stringify(data)}`);
  return { message: errors[0].message, ...errors[0].extensions };
};
const read = async (who: CastMember, { id }: { id: string }) => (await world.as(who).get(`query ($id: ID) { case(id: $id) ${CASE} }`, { id }))['case'];
const acts = (seen: { events: { nodes: { act: string }[] } }) => seen.events.nodes.map(({ act }) => act);

/** Whether a reader meets the case in the list, in its count, and in search by its number and by its narrative. */
async function meets(who: CastMember, { id, number }: BuiltCase) {
  const answer = await world.as(who).get(`query ($number: String) { all: cases(first: 100) { totalCount nodes { id } } byNumber: cases(filter: { text: $number }) { totalCount }
    offers(first: 100) { totalCount nodes { id } } }`, { number });
  expect(answer['all'].totalCount).toBe(answer['all'].nodes.length);
  expect(answer['offers'].totalCount).toBe(answer['offers'].nodes.length);
  const among = (nodes: { id: string }[]) => nodes.some((node) => node.id === id);
  return { listed: among(answer['all'].nodes), found: answer['byNumber'].totalCount === 1, offered: among(answer['offers'].nodes) };
}
const GONE = { listed: false, found: false, offered: false };

const hennepin = () => world.officeIds['hennepin-mn'];
const cook = () => world.officeIds['cook-il'];
const claimed = () => world.buildCase({ claimedBy: 'attorneyDallas' });
const invite = async (built: BuiltCase, changes: object = {}): Promise<string> =>
  (await tell('attorneyDallas', 'inviteJurisdiction', { caseId: built.id, jurisdictionId: hennepin(), role: 'CO', reason: 'One incident in two states.', ...changes })).responsibility.id;
const accept = (who: CastMember, built: BuiltCase, invitationId: string) => tell(who, 'acceptInvitation', { caseId: built.id, invitationId });
async function joined(changes: object = {}): Promise<{ built: BuiltCase; invitationId: string }> {
  const built = await claimed();
  const invitationId = await invite(built, changes);
  await accept('supervisorHennepin', built, invitationId);
  return { built, invitationId };
}

describe('an invitation', () => {
  test('shows the SUMMARY to the invited office until it answers, and the case to nobody else', async () => {
    const built = await claimed();
    expect(await meets('attorneyHennepin', built)).toEqual(GONE);
    const { responsibility, case: mine } = await tell('attorneyDallas', 'inviteJurisdiction', { caseId: built.id, jurisdictionId: hennepin(), role: 'CO', reason: ' One incident in two states. ' });
    expect(responsibility).toMatchObject({
      role: 'CO', state: 'INVITED', until: null, reason: 'One incident in two states.', jurisdiction: { slug: 'hennepin-mn' }, invitedFor: { slug: 'dallas-tx' },
      invitedBy: { name: 'Ada Attwell' }, answeredBy: null, facets: ['SUMMARY', 'REPORT', 'PERSONS', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY'],
    });
    expect(acts(mine)).toEqual(['INVITED', 'CLAIMED', 'RECEIVED']);
    for (const who of ['supervisorHennepin', 'attorneyHennepin'] as const) {
      expect(await read(who, built)).toMatchObject({ number: built.number, report: null, persons: [], recordings: [], team: [], events: { nodes: [] }, responsibilities: [{ id: responsibility.id, reason: 'One incident in two states.' }] });
      expect(await meets(who, built)).toEqual({ listed: true, found: true, offered: true });
    }
    expect(await read('attorneyCook', built)).toBeNull();
    expect(await meets('attorneyCook', built)).toEqual(GONE);
    expect(await refusal('supervisorHennepin', 'annotateCase', { caseId: built.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'Early.' })).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('accepted opens what it says, in detail, list, search and history', async () => {
    const { built, invitationId } = await joined();
    const theirs = await read('attorneyHennepin', built);
    expect(theirs).toMatchObject({
      report: { narrative: expect.any(String) }, persons: [{}, { name: 'Vic Timson', contact: null }, {}], recordings: [{}], team: [],
      responsibilities: [{ id: invitationId, state: 'ACCEPTED', answeredBy: { name: 'Henk Supper' } }],
    });
    // Who was asked before is the lead's affair.
    expect(acts(theirs)).toEqual(['JOINED', 'CLAIMED', 'RECEIVED']);
    expect(acts(await read('supervisorDallas', built))).toEqual(['JOINED', 'INVITED', 'CLAIMED', 'RECEIVED']);
    expect(await meets('attorneyHennepin', built)).toEqual({ listed: true, found: true, offered: false });
    const byName = await world.as('attorneyHennepin').get('{ cases(filter: { text: "Timson" }) { nodes { id } } }');
    expect(byName['cases'].nodes).toContainEqual({ id: built.id });
    expect(await read('attorneyCook', built)).toBeNull();
  });

  test('opens to SUPPORT and to OBSERVER less, and by name what is named', async () => {
    const support = await joined({ role: 'SUPPORT' });
    expect(await read('attorneyHennepin', support.built)).toMatchObject({ report: {}, persons: [{}, { contact: null }, {}], recordings: [{}], events: { nodes: [] } });
    const observer = await joined({ role: 'OBSERVER' });
    expect(await read('attorneyHennepin', observer.built)).toMatchObject({ report: {}, persons: [], recordings: [], events: { nodes: [] } });
    const named = await joined({ role: 'OBSERVER', facets: ['SUMMARY', 'EVIDENCE', 'EVIDENCE'] });
    expect(await read('attorneyHennepin', named.built)).toMatchObject({ report: null, persons: [], recordings: [{}], responsibilities: [{ facets: ['SUMMARY', 'EVIDENCE'] }] });
  });

  test('of a guest office works as that of a member', async () => {
    const built = await claimed();
    const invitationId = await invite(built, { jurisdictionId: cook() });
    const speak = await supervisorOfCook(world);
    const reply = await speak(mutation('acceptInvitation', `case ${CASE}`), { input: { caseId: built.id, invitationId } });
    expect(reply).toMatchObject({ data: { acceptInvitation: { case: { report: {}, recordings: [{}] } } } });
    expect(await read('attorneyCook', built)).toMatchObject({ report: {}, recordings: [{}] });
    expect(await read('attorneyHennepin', built)).toBeNull();
  });

  test('declined closes the case again, and the lead reads that it was', async () => {
    const built = await claimed();
    const invitationId = await invite(built);
    expect(await tell('supervisorHennepin', 'declineInvitation', { caseId: built.id, invitationId })).toEqual({ case: null, responsibility: null });
    expect(await meets('supervisorHennepin', built)).toEqual(GONE);
    expect(await refusal('supervisorHennepin', 'acceptInvitation', { caseId: built.id, invitationId })).toMatchObject({ code: 'NOT_FOUND' });
    const mine = await read('attorneyDallas', built);
    expect(mine.responsibilities).toMatchObject([{ state: 'DECLINED', answeredBy: { name: 'Henk Supper' } }]);
    expect(acts(mine)).toContain('INVITATION_DECLINED');
    // It may be asked anew.
    await accept('supervisorHennepin', built, await invite(built));
  });

  test('is answered once, by the invited office’s supervisors alone', async () => {
    const built = await claimed();
    await withVenue(world, built, 'hennepin-mn');
    await withVenue(world, built, 'cook-il');
    const invitationId = await invite(built);
    const input = { caseId: built.id, invitationId };
    expect(await refusal('attorneyHennepin', 'acceptInvitation', input)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('supervisorDallas', 'acceptInvitation', input)).toMatchObject({ code: 'FORBIDDEN', message: 'Only the office that is invited answers.' });
    expect(await refusal('supervisorHennepin', 'acceptInvitation', { caseId: built.id, invitationId: newId() })).toMatchObject({ code: 'NOT_FOUND' });
    // Another venue candidate sees the case, and no word of the invitation.
    expect((await read('attorneyCook', built)).responsibilities).toEqual([]);
    await accept('supervisorHennepin', built, invitationId);
    expect(await refusal('supervisorHennepin', 'acceptInvitation', input)).toMatchObject({ code: 'CONFLICT', state: 'ACCEPTED' });
    expect(await refusal('supervisorHennepin', 'declineInvitation', input)).toMatchObject({ code: 'CONFLICT' });
  });

  test('accepted by several and withdrawn at once comes to one end', async () => {
    for (let round = 0; round < 4; round += 1) {
      const built = await claimed();
      const invitationId = await invite(built);
      const replies = await Promise.all([
        world.as('supervisorHennepin').ask(mutation('acceptInvitation', 'case { id }'), { input: { caseId: built.id, invitationId } }),
        world.as('supervisorHennepin').ask(mutation('acceptInvitation', 'case { id }'), { input: { caseId: built.id, invitationId } }),
        world.as('attorneyDallas').ask(mutation('withdrawInvitation', 'case { id }'), { input: { caseId: built.id, invitationId } }),
      ]);
      // The lead takes back what was accepted too, so the last word is always its own.
      expect(replies[2]?.errors).toBeUndefined();
      expect(replies.slice(0, 2).filter(({ errors }) => errors === undefined).length).toBeLessThanOrEqual(1);
      for (const { errors } of replies.slice(0, 2)) if (errors) expect(['CONFLICT', 'NOT_FOUND']).toContain(errors[0]?.extensions['code']);
      expect(await read('supervisorHennepin', built)).toBeNull();
    }
  });

  test('asks for what can be: an office, facets, an end, a reason, a case of one’s own', async () => {
    const built = await claimed();
    const input = { caseId: built.id, jurisdictionId: hennepin(), role: 'CO', reason: 'Together.' };
    const bad = async (changes: object, field: string) => expect(await refusal('attorneyDallas', 'inviteJurisdiction', { ...input, ...changes }), field).toMatchObject({ code: 'BAD_USER_INPUT', field, remedy: expect.any(String) });
    await bad({ jurisdictionId: world.officeIds['dallas-tx'] }, 'jurisdictionId');
    await bad({ jurisdictionId: newId() }, 'jurisdictionId');
    await bad({ jurisdictionId: 'nowhere' }, 'jurisdictionId');
    await bad({ reason: '  ' }, 'reason');
    await bad({ until: '2020-01-01T00:00:00Z' }, 'until');
    await bad({ facets: ['REPORT'] }, 'facets');
    await bad({ facets: [] }, 'facets');
    await bad({ facets: ['SUMMARY', 'OFFICE'] }, 'facets');
    await bad({ facets: ['SUMMARY', 'PROTECTED'] }, 'facets');
    for (const compartment of ['GRAND_JURY', 'COMPELLED']) {
      expect(await refusal('attorneyDallas', 'inviteJurisdiction', { ...input, facets: ['SUMMARY', compartment] })).toMatchObject({ code: 'BAD_USER_INPUT', message: 'Nothing opens a compartment.' });
    }
    expect((await world.as('attorneyDallas').ask(mutation('inviteJurisdiction', 'case { id }'), { input: { ...input, facets: ['SUMMARY', 'EVERYTHING'] } })).errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(await refusal('secondDallas', 'inviteJurisdiction', input)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('attorneyHennepin', 'inviteJurisdiction', { ...input, jurisdictionId: cook() })).toEqual(await refusal('attorneyHennepin', 'inviteJurisdiction', { ...input, caseId: newId(), jurisdictionId: cook() }));
    const invitationId = await invite(built);
    expect(await refusal('attorneyDallas', 'inviteJurisdiction', input)).toMatchObject({ code: 'CONFLICT', invitationId });
    await accept('supervisorHennepin', built, invitationId);
    expect(await refusal('attorneyDallas', 'inviteJurisdiction', { ...input, role: 'OBSERVER' })).toMatchObject({ code: 'CONFLICT', invitationId });
    expect(await refusal('supervisorHennepin', 'inviteJurisdiction', { ...input, jurisdictionId: cook() })).toMatchObject({ code: 'FORBIDDEN', message: 'Your office does not lead this case.' });
    const unclaimed = await world.buildCase();
    expect(await refusal('supervisorDallas', 'inviteJurisdiction', { ...input, caseId: unclaimed.id })).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a part in a case', () => {
  test('ends at its time: nothing of the case is there any more, and the office can be invited anew', async () => {
    const { built } = await joined({ until: '2099-01-01T00:00:00Z' });
    await tell('supervisorHennepin', 'assignCase', { caseId: built.id, memberId: world.memberIds.attorneyHennepin, role: 'TRIAL' });
    expect((await read('attorneyHennepin', built)).responsibilities[0].until).toBe('2099-01-01T00:00:00.000Z');
    const { owner } = world.database;
    await owner`update comity.responsibilities set until = clock_timestamp() + interval '400 milliseconds' where case_id = ${built.id}`;
    await owner`select comity.compute_sight(${built.id})`;
    expect(await read('attorneyHennepin', built)).not.toBeNull();
    await pause(450);
    for (const who of ['attorneyHennepin', 'supervisorHennepin'] as const) {
      expect(await read(who, built)).toBeNull();
      expect(await meets(who, built)).toEqual(GONE);
    }
    expect(await refusal('attorneyHennepin', 'annotateCase', { caseId: built.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'Late.' })).toMatchObject({ code: 'NOT_FOUND' });
    const again = await invite(built, { role: 'OBSERVER' });
    await accept('supervisorHennepin', built, again);
    // The places of the first time do not come back with the second.
    expect(await read('attorneyHennepin', built)).toMatchObject({ persons: [], responsibilities: [{ state: 'WITHDRAWN' }, { state: 'ACCEPTED', until: null }] });
    expect((await read('supervisorDallas', built)).team).toMatchObject([{ member: { name: 'Ada Attwell' } }]);
  });

  test('is staffed by its own supervisors with their own people, who see what was opened to the office whatever their role', async () => {
    const { built } = await joined({ facets: ['SUMMARY', 'PERSONS', 'VICTIM_CONTACT'] });
    const contacts = async (who: CastMember) => (await read(who, built)).persons.map(({ contact }: { contact: object | null }) => contact !== null);
    expect(await contacts('attorneyHennepin')).toEqual([false, false, false]);
    const { assignment, case: theirs } = await tell('supervisorHennepin', 'assignCase', { caseId: built.id, memberId: world.memberIds.attorneyHennepin, role: 'SUPPORT' });
    expect(theirs.team).toMatchObject([{ member: { name: 'Hanne Penn' }, role: 'SUPPORT' }]);
    expect(await contacts('attorneyHennepin')).toEqual([false, true, false]);
    expect((await read('attorneyHennepin', built)).report).toBeNull();
    // The lead reads of the joint office's people; of the lead's own the joint office does not.
    expect((await read('supervisorDallas', built)).team.map(({ member }: { member: { name: string } }) => member.name)).toEqual(['Ada Attwell', 'Hanne Penn']);
    expect((await read('supervisorDallas', built)).events.nodes[0]).toMatchObject({ act: 'ASSIGNED', actor: { name: 'Henk Supper' } });

    const input = { caseId: built.id, memberId: world.memberIds.supervisorHennepin, role: 'TRIAL' };
    expect(await refusal('supervisorHennepin', 'assignCase', { ...input, role: 'FILTER' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('supervisorHennepin', 'assignCase', { ...input, memberId: world.memberIds.secondDallas })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'memberId' });
    expect(await refusal('attorneyHennepin', 'assignCase', input)).toMatchObject({ code: 'FORBIDDEN' });
    // Each office ends the places of its own people.
    expect(await refusal('supervisorDallas', 'unassignCase', { caseId: built.id, assignmentId: assignment.id, expectedVersion: 1 })).toMatchObject({ code: 'CONFLICT' });
    await tell('supervisorHennepin', 'unassignCase', { caseId: built.id, assignmentId: assignment.id, expectedVersion: assignment.version });
    expect(await contacts('attorneyHennepin')).toEqual([false, false, false]);
  });

  test('of an observer neither staffs nor writes', async () => {
    const { built } = await joined({ role: 'OBSERVER' });
    expect(await refusal('supervisorHennepin', 'assignCase', { caseId: built.id, memberId: world.memberIds.attorneyHennepin, role: 'TRIAL' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('attorneyHennepin', 'annotateCase', { caseId: built.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'A thought.' })).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('given up closes the case, ends the places of the office’s people, and leaves the lead’s', async () => {
    const { built } = await joined();
    await tell('supervisorHennepin', 'assignCase', { caseId: built.id, memberId: world.memberIds.attorneyHennepin, role: 'TRIAL' });
    expect(await refusal('supervisorDallas', 'leaveCase', { caseId: built.id })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await tell('supervisorHennepin', 'leaveCase', { caseId: built.id })).toEqual({ case: null, responsibility: null });
    for (const who of ['attorneyHennepin', 'supervisorHennepin'] as const) expect(await meets(who, built)).toEqual(GONE);
    expect(await refusal('supervisorHennepin', 'leaveCase', { caseId: built.id })).toEqual(await refusal('supervisorHennepin', 'leaveCase', { caseId: newId() }));
    const mine = await read('supervisorDallas', built);
    expect(mine.team).toMatchObject([{ member: { name: 'Ada Attwell' } }]);
    expect(mine.responsibilities).toMatchObject([{ state: 'LEFT' }]);
    expect(acts(mine)[0]).toBe('LEFT');
    await accept('supervisorHennepin', built, await invite(built, { facets: ['SUMMARY', 'VICTIM_CONTACT', 'PERSONS'] }));
    expect((await read('attorneyHennepin', built)).persons.every(({ contact }: { contact: object | null }) => contact === null)).toBe(true);
  });

  test('left by a venue candidate leaves it the SUMMARY', async () => {
    const { built } = await joined();
    await withVenue(world, built, 'hennepin-mn');
    expect((await tell('supervisorHennepin', 'leaveCase', { caseId: built.id })).case).toMatchObject({ number: built.number, report: null, persons: [] });
    expect(await refusal('supervisorHennepin', 'leaveCase', { caseId: built.id })).toMatchObject({ code: 'FORBIDDEN', message: 'Your office has no part in this case.' });
  });

  test('withdrawn by the lead ends at once, and other invitations stand', async () => {
    const { built, invitationId } = await joined();
    await tell('supervisorHennepin', 'assignCase', { caseId: built.id, memberId: world.memberIds.attorneyHennepin, role: 'TRIAL' });
    const other = await invite(built, { jurisdictionId: cook() });
    expect(await refusal('supervisorHennepin', 'withdrawInvitation', { caseId: built.id, invitationId })).toMatchObject({ code: 'FORBIDDEN' });
    const { case: mine } = await tell('supervisorDallas', 'withdrawInvitation', { caseId: built.id, invitationId });
    expect(mine.responsibilities).toMatchObject([{ id: invitationId, state: 'WITHDRAWN' }, { id: other, state: 'INVITED' }]);
    expect(mine.team).toHaveLength(1);
    expect(await read('attorneyHennepin', built)).toBeNull();
    expect(await read('attorneyCook', built)).not.toBeNull();
    expect(await refusal('supervisorDallas', 'withdrawInvitation', { caseId: built.id, invitationId })).toMatchObject({ code: 'CONFLICT' });
  });

  test('and every invitation end with the lead’s release', async () => {
    const { built } = await joined();
    await invite(built, { jurisdictionId: cook() });
    await tell('supervisorDallas', 'releaseCase', { caseId: built.id, expectedVersion: built.version });
    expect(await meets('attorneyHennepin', built)).toEqual(GONE);
    expect(await meets('attorneyCook', built)).toEqual(GONE);
    const [open] = await world.database.owner`select count(*)::int as n from comity.responsibilities where case_id = ${built.id} and state in ('INVITED', 'ACCEPTED')`;
    expect(open?.['n']).toBe(0);
  });
});

describe('a remark', () => {
  const note = (who: CastMember, built: BuiltCase, more: object = {}) => tell(who, 'annotateCase', { caseId: built.id, target: { kind: 'CASE' }, kind: 'NOTE', body: `By ${who}.`, ...more });
  const bodies = async (who: CastMember, built: BuiltCase) => (await read(who, built)).annotations.nodes.map(({ body }: { body: string }) => body).sort();

  test('to JOINT is read by the lead and by every office that has a part, as far as they read its target', async () => {
    const { built } = await joined({ role: 'SUPPORT' });
    expect((await note('attorneyHennepin', built)).annotation.audience).toBe('JOINT');
    await note('attorneyDallas', built, { audience: 'JOINT' });
    await note('attorneyDallas', built, { audience: 'TEAM', body: 'Team only.' });
    await note('attorneyDallas', built, { audience: 'OFFICE', body: 'Office only.' });
    expect(await bodies('attorneyHennepin', built)).toEqual(['By attorneyDallas.', 'By attorneyHennepin.']);
    expect(await bodies('supervisorDallas', built)).toEqual(['By attorneyDallas.', 'By attorneyHennepin.', 'Office only.']);
    const found = (await world.as('attorneyDallas').get('{ cases(filter: { text: "attorneyHennepin" }) { nodes { id } } }'))['cases'].nodes;
    expect(found).toContainEqual({ id: built.id });
    expect((await world.as('attorneyHennepin').get('{ cases(filter: { text: "\\"Office only\\"" }) { totalCount } }'))['cases'].totalCount).toBe(0);
    // The observer has no report, so a remark on the report is not there either.
    const observer = await invite(built, { jurisdictionId: cook(), role: 'OBSERVER', facets: ['SUMMARY'] });
    await note('attorneyDallas', built, { audience: 'JOINT', target: { kind: 'REPORT' }, body: 'On the report.' });
    await world.database.owner`update comity.responsibilities set state = 'ACCEPTED' where id = ${observer}`;
    await world.database.owner`select comity.compute_sight(${built.id})`;
    expect(await bodies('attorneyCook', built)).toEqual(['By attorneyDallas.', 'By attorneyHennepin.']);
  });

  test('of an office that has a part goes to JOINT alone, and privileged work to nobody else', async () => {
    const { built } = await joined();
    const input = { caseId: built.id, target: { kind: 'CASE' }, kind: 'NOTE', body: 'A thought.' };
    for (const audience of ['TEAM', 'OFFICE', 'COALITION']) expect(await refusal('attorneyHennepin', 'annotateCase', { ...input, audience })).toMatchObject({ code: 'FORBIDDEN' });
    for (const audience of ['JOINT', 'COALITION']) {
      for (const privilege of ['WORK_PRODUCT', 'ATTORNEY_CLIENT']) {
        expect(await refusal('attorneyDallas', 'annotateCase', { ...input, audience, privilege })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'privilege', message: 'Privileged work is not shared without an agreement between the offices.' });
      }
    }
    expect(await refusal('attorneyHennepin', 'annotateCase', { ...input, privilege: 'WORK_PRODUCT' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'privilege' });
    expect(await refusal('attorneyCook', 'annotateCase', input)).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('to the COALITION is the lead’s to write, and read by members to whom a rule opens the case', async () => {
    const built = await claimed();
    await note('attorneyDallas', built, { audience: 'COALITION', body: 'To all of us.' });
    expect(await read('attorneyHennepin', built)).toBeNull();
    const book = newId();
    const { owner } = world.database;
    await owner`update comity.rule_books set state = 'SUPERSEDED' where jurisdiction_id = ${world.officeIds['dallas-tx']} and state = 'IN_FORCE'`;
    await owner`insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_at, adopted_at) values (${book}, ${world.officeIds['dallas-tx']}, 900, 'IN_FORCE', 'Open', now(), now())`;
    await owner`insert into comity.sharing_rules (book_id, position, audience_id, facets, basis) values (${book}, 0, '00000000-0000-8000-8000-00000000c0a1', 1, 'An agreement.')`;
    await owner`select comity.compute_sight(${built.id})`;
    try {
      expect(await bodies('attorneyHennepin', built)).toEqual(['To all of us.']);
      expect(await read('attorneyCook', built)).toBeNull();
    } finally {
      await owner`update comity.rule_books set state = 'SUPERSEDED' where id = ${book}`;
      await owner`select comity.compute_sight(${built.id})`;
    }
  });

  test('is its author’s to revise while the office has its part, and stays as it was when the part has shrunk to reading', async () => {
    const { built, invitationId } = await joined();
    const { annotation } = await note('attorneyHennepin', built);
    const input = { caseId: built.id, annotationId: annotation.id, expectedRevision: 1, body: 'Better words.' };
    expect(await refusal('attorneyDallas', 'reviseAnnotation', input)).toMatchObject({ code: 'FORBIDDEN' });
    await tell('attorneyHennepin', 'reviseAnnotation', input);
    await tell('supervisorDallas', 'withdrawInvitation', { caseId: built.id, invitationId });
    expect(await refusal('attorneyHennepin', 'reviseAnnotation', { ...input, expectedRevision: 2 })).toMatchObject({ code: 'NOT_FOUND' });
    await accept('supervisorHennepin', built, await invite(built, { role: 'OBSERVER' }));
    expect(await bodies('attorneyHennepin', built)).toEqual(['Better words.']);
    expect(await refusal('attorneyHennepin', 'reviseAnnotation', { ...input, expectedRevision: 2 })).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('Minnesota’s footage', () => {
  async function shared(): Promise<BuiltCase> {
    const built = await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' });
    const { responsibility } = await tell('supervisorHennepin', 'inviteJurisdiction', { caseId: built.id, jurisdictionId: world.officeIds['dallas-tx'], role: 'CO', reason: 'One incident in two states.' });
    await accept('supervisorDallas', built, responsibility.id);
    return built;
  }
  const footage = async (who: CastMember, built: BuiltCase) => (await read(who, built)).recordings.length;
  const order = (built: BuiltCase) => ({ caseId: built.id, jurisdictionId: world.officeIds['dallas-tx'], purpose: 'Charging decision in the Texas part.', document: 'File 12, sheet 3.' });

  test('stays closed to an office that shares in the case until it is authorised, and closes again when that is revoked', async () => {
    const built = await shared();
    expect((await read('attorneyDallas', built)).persons.length).toBeGreaterThan(0);
    expect([await footage('attorneyHennepin', built), await footage('attorneyDallas', built)]).toEqual([1, 0]);
    const { authorisation } = await tell('supervisorHennepin', 'recordAuthorisation', order(built));
    expect(authorisation).toMatchObject({ purpose: 'Charging decision in the Texas part.', document: 'File 12, sheet 3.', revokedAt: null, jurisdiction: { slug: 'dallas-tx' }, givenFor: { slug: 'hennepin-mn' }, recordedBy: { name: 'Henk Supper' } });
    expect(await footage('attorneyDallas', built)).toBe(1);
    const known = async (who: CastMember) => (await world.as(who).get('query ($id: ID) { case(id: $id) { authorisations { id } } }', { id: built.id }))['case']?.authorisations.length;
    await withVenue(world, built, 'cook-il');
    expect([await known('attorneyHennepin'), await known('attorneyDallas'), await known('attorneyCook')]).toEqual([1, 1, 0]);
    expect(await refusal('supervisorHennepin', 'recordAuthorisation', order(built))).toMatchObject({ code: 'CONFLICT', authorisationId: authorisation.id });
    const revoked = { caseId: built.id, authorisationId: authorisation.id };
    expect(await refusal('supervisorDallas', 'revokeAuthorisation', revoked)).toMatchObject({ code: 'FORBIDDEN' });
    expect((await tell('supervisorHennepin', 'revokeAuthorisation', revoked)).authorisation.revokedBy.name).toBe('Henk Supper');
    expect([await footage('attorneyHennepin', built), await footage('attorneyDallas', built)]).toEqual([1, 0]);
    expect(await refusal('supervisorHennepin', 'revokeAuthorisation', revoked)).toMatchObject({ code: 'CONFLICT' });
    expect(await refusal('supervisorHennepin', 'revokeAuthorisation', { ...revoked, authorisationId: newId() })).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is authorised by supervisors of the lead, for another office, with a purpose and a document', async () => {
    const built = await shared();
    expect(await refusal('attorneyHennepin', 'recordAuthorisation', order(built))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('supervisorDallas', 'recordAuthorisation', { ...order(built), jurisdictionId: cook() })).toMatchObject({ code: 'FORBIDDEN' });
    const bad = async (changes: object, field: string) => expect(await refusal('supervisorHennepin', 'recordAuthorisation', { ...order(built), ...changes })).toMatchObject({ code: 'BAD_USER_INPUT', field });
    await bad({ purpose: ' ' }, 'purpose');
    await bad({ document: '' }, 'document');
    await bad({ jurisdictionId: hennepin() }, 'jurisdictionId');
    await bad({ jurisdictionId: newId() }, 'jurisdictionId');
  });

  test('is no matter of a Texas case: no law there asks for it', async () => {
    const { built } = await joined();
    expect(await refusal('supervisorDallas', 'recordAuthorisation', { ...order(built), jurisdictionId: hennepin() })).toMatchObject({ code: 'BAD_USER_INPUT', message: 'No law of this state asks for an authorisation.' });
  });
});

test('the inbox pages through the offers of one’s own office and holds nobody else’s', async () => {
  const before = (await world.as('supervisorHennepin').get('{ offers { totalCount } }'))['offers'].totalCount;
  const built = [await claimed(), await claimed(), await claimed()];
  for (const each of built) await invite(each);
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { offers }: Record<string, any> = await world.as('supervisorHennepin').get('query ($after: String) { offers(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } }', { after });
    expect(offers.totalCount).toBe(before + 3);
    ids.push(...offers.nodes.map(({ id }: { id: string }) => id));
    after = offers.pageInfo.hasNextPage ? offers.pageInfo.endCursor : null;
  } while (after !== null);
  expect(ids.slice(0, 3)).toEqual(built.map(({ id }) => id).reverse());
  expect(new Set(ids).size).toBe(before + 3);
  for (const who of ['supervisorDallas', 'administrator'] as const) expect((await world.as(who).get('{ offers { nodes { id } } }'))['offers'].nodes).toEqual([]);
});

test('the outbox pages through what one’s own office has offered and nobody has answered, and holds nobody else’s', async () => {
  const sent = async (who: CastMember, first = 100) => {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const { offersSent }: Record<string, any> = await world.as(who).get('query ($first: Int, $after: String) { offersSent(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } }', { first, after });
      ids.push(...offersSent.nodes.map(({ id }: { id: string }) => id));
      if (!offersSent.pageInfo.hasNextPage) return { ids, total: offersSent.totalCount };
      after = offersSent.pageInfo.endCursor;
    }
  };
  const before = (await sent('attorneyDallas')).ids;
  const [invited, transferred, both, answered, lapsed, walled] = [await claimed(), await claimed(), await claimed(), await claimed(), await claimed(), await claimed()];
  for (const each of [invited, both, answered, lapsed, walled]) await invite(each, { role: 'OBSERVER' });
  await tell('supervisorHennepin', 'declineInvitation', { caseId: answered.id, invitationId: (await read('supervisorHennepin', answered)).responsibilities[0].id });
  for (const { id } of [transferred, both]) {
    await world.as('supervisorDallas').get(mutation('proposeTransfer', 'transfer { id }'), { input: { caseId: id, jurisdictionId: cook(), reason: 'Nearer.', expectedVersion: 2 } });
  }
  await world.database.owner`update comity.responsibilities set until = now() where case_id = ${lapsed.id}`;
  await world.as('conflictsDallas').get(mutation('imposeWall', 'wall { id }'), { input: { caseId: walled.id, subject: { kind: 'MEMBER', id: world.memberIds.attorneyDallas }, ground: 'FAMILY', note: 'A sibling.' } });
  const wanted = [both, transferred, invited].map(({ id }) => id);
  expect((await sent('attorneyDallas', 1)).ids).toEqual([...wanted, ...before]);
  expect(await sent('attorneyDallas')).toEqual({ ids: [...wanted, ...before], total: before.length + 3 });
  expect((await sent('supervisorDallas')).ids).toContain(walled.id);
  for (const who of ['supervisorHennepin', 'attorneyCook', 'administrator'] as const) expect((await sent(who)).ids.filter((id) => [...wanted, walled.id].includes(id)), who).toEqual([]);
});
