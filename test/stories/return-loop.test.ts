import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withVenue } from '../policies.world.ts';
import { loop } from '../returns.world.ts';
import { openWorld, type BuiltCase, type World } from '../world.ts';

let world: World;
let play: ReturnType<typeof loop>;
/** A referral of Dallas police in whose case Hennepin has venue too, and one of Chicago police of the same night. */
let ours: BuiltCase;
let theirs: BuiltCase;
const items: Record<'clip' | 'call' | 'hospital', string> = { clip: '', call: '', hospital: '' };
const CLAIM = 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { stage referrals { state } } } }';
beforeAll(async () => {
  world = await openWorld();
  play = loop(world);
  ours = await world.buildCase();
  theirs = await world.buildCase({ by: 'chiefChicagoPolice' });
  for (const each of [ours, theirs]) await withVenue(world, each, 'hennepin-mn');
});
afterAll(() => world.close());

const states = (referral: { items: { id: string; state: string }[] }) => Object.fromEntries(referral.items.map(({ id, state }) => [id, state]));

describe('two police departments and two offices play the return loop to its end', () => {
  test('intake in Dallas asks Dallas police for three things, Hennepin asks Chicago police for one; each department is told of its own', async () => {
    const [clip = '', call = '', hospital = ''] = await play.returned('intakeDallas', ours, 'The clip from the stairs.', 'The emergency call.', 'The hospital’s release.');
    Object.assign(items, { clip, call, hospital });
    await play.returned('supervisorHennepin', theirs, 'The second officer’s report.');
    expect(await play.ofReferral('chiefDallasPolice', ours)).toMatchObject({ state: 'RETURNED', items: [{ state: 'REQUESTED' }, { state: 'REQUESTED' }, { state: 'REQUESTED' }] });
    expect(await play.ofReferral('chiefChicagoPolice', theirs)).toMatchObject({ state: 'RETURNED', items: [{ office: { slug: 'hennepin-mn' } }] });
    expect(await play.listed('chiefDallasPolice')).toHaveLength(3);
    expect(await play.listed('chiefChicagoPolice')).toHaveLength(1);
    expect(await play.ofReferral('chiefChicagoPolice', ours)).toBeNull();
  });

  test('Dallas police send two and dispute the third: two are closed, the third waits for a decision', async () => {
    await play.tell('machineDallasPolice', 'answerReturn', { referralId: ours.referralId, answers: [{ itemId: items.clip, note: 'Uploaded as BWC-1 part 2.' }, { itemId: items.call, note: 'Uploaded as 911-7.' }] });
    await play.tell('chiefDallasPolice', 'disputeReturnItem', { itemId: items.hospital, reason: 'The hospital will not release it without a subpoena.' });
    const told = await play.ofReferral('chiefDallasPolice', ours);
    expect(told.state).toBe('RESUBMITTED');
    expect(states(told)).toEqual({ [items.clip]: 'RECEIVED', [items.call]: 'RECEIVED', [items.hospital]: 'DISPUTED' });
  });

  test('Hennepin sees the thread of the unclaimed case, and may not decide what Dallas asked', async () => {
    const seen = await play.ofCase('supervisorHennepin', ours);
    expect(seen.returnItems.find(({ id }: { id: string }) => id === items.hospital).thread).toMatchObject([{ kind: 'REQUESTED' }, { kind: 'DISPUTED', note: 'The hospital will not release it without a subpoena.' }]);
    expect(await play.ended('supervisorHennepin', 'resolveDispute', { caseId: ours.id, itemId: items.hospital, outcome: 'OVERRULED', note: 'Try again.' })).toBe('FORBIDDEN');
  });

  test('a trial deputy claims before it is decided: the case awaits the police, and nothing is accepted', async () => {
    const { claimCase } = await world.as('attorneyDallas').get(CLAIM, { input: { caseId: ours.id, expectedVersion: ours.version } });
    expect(claimCase.case).toEqual({ stage: 'AWAITING_AGENCY', referrals: [{ state: 'RESUBMITTED' }] });
    expect((await play.ofReferral('chiefDallasPolice', ours)).state).toBe('RESUBMITTED');
  });

  test('the supervising deputy overrules first, then the police name a way, and the item is answered', async () => {
    await play.tell('supervisorDallas', 'resolveDispute', { caseId: ours.id, itemId: items.hospital, outcome: 'OVERRULED', note: 'Ask the records desk, not the ward.', dueOn: '2999-12-31' });
    const told = await play.ofReferral('chiefDallasPolice', ours);
    expect(told).toMatchObject({ state: 'RETURNED' });
    expect(told.items.find(({ id }: { id: string }) => id === items.hospital)).toMatchObject({ state: 'OVERRULED', dueOn: '2999-12-31', open: true });
    expect(await play.ended('chiefDallasPolice', 'disputeReturnItem', { itemId: items.hospital, reason: 'Still not.' })).toBe('CONFLICT');
    await play.tell('chiefDallasPolice', 'answerReturn', { referralId: ours.referralId, answers: [{ itemId: items.hospital, note: 'The records desk sent it.' }] });
    expect(await play.ofCase('attorneyDallas', ours)).toMatchObject({ stage: 'CLAIMED', referrals: [{ state: 'RESUBMITTED' }] });
  });

  test('the office accepts; the police are told, and learn nothing of the case', async () => {
    expect((await play.tell('attorneyDallas', 'acceptReferral', { caseId: ours.id })).case.referrals).toMatchObject([{ state: 'ACCEPTED' }]);
    const told = await play.ofReferral('chiefDallasPolice', ours);
    expect(told.state).toBe('ACCEPTED');
    expect(told.items.every((item: { case: unknown }) => item.case === null)).toBe(true);
    expect(await world.as('chiefDallasPolice').refused('query ($id: ID) { case(id: $id) { number } }', { id: ours.id })).toBe('FORBIDDEN');
  });

  test('weeks later the proof has a gap: one thing more is asked, disputed, and this time the police are right', async () => {
    const [manual = ''] = await play.returned('attorneyDallas', ours, 'The policy manual.');
    expect(await play.ofCase('attorneyDallas', ours)).toMatchObject({ stage: 'AWAITING_AGENCY', referrals: [{ state: 'ACCEPTED' }] });
    await play.tell('chiefDallasPolice', 'disputeReturnItem', { itemId: manual, reason: 'It belongs to the city.' });
    await play.tell('supervisorDallas', 'resolveDispute', { caseId: ours.id, itemId: manual, outcome: 'UPHELD', note: 'So it does.' });
    expect(await play.ofCase('attorneyDallas', ours)).toMatchObject({ stage: 'CLAIMED', referrals: [{ state: 'ACCEPTED' }] });
    expect(await play.listed('chiefDallasPolice', { open: true })).toEqual([]);
  });

  test('Chicago police ask for their referral back when Hennepin has accepted it, and Hennepin lets it go', async () => {
    const [report] = await play.listed('chiefChicagoPolice');
    await play.tell('chiefChicagoPolice', 'answerReturn', { referralId: theirs.referralId, answers: [{ itemId: report, note: 'Attached.' }] });
    await world.as('attorneyHennepin').get(CLAIM, { input: { caseId: theirs.id, expectedVersion: theirs.version } });
    expect((await play.ofReferral('chiefChicagoPolice', theirs)).state).toBe('ACCEPTED');
    await play.tell('chiefChicagoPolice', 'requestWithdrawal', { referralId: theirs.referralId, reason: 'Another department has referred the same night.' });
    expect(await play.ended('supervisorDallas', 'answerWithdrawalRequest', { caseId: theirs.id, grant: true, note: 'Ours now.' })).toBe('FORBIDDEN');
    await play.tell('supervisorHennepin', 'answerWithdrawalRequest', { caseId: theirs.id, grant: true, note: 'Agreed.' });
    expect(await play.ofCase('attorneyHennepin', theirs)).toMatchObject({ stage: 'CLOSED', referrals: [{ state: 'WITHDRAWN' }] });
    expect(await play.ofReferral('chiefChicagoPolice', theirs)).toMatchObject({ state: 'WITHDRAWN', thread: [{ kind: 'WITHDRAWAL_REQUESTED' }, { kind: 'WITHDRAWAL_GRANTED', note: 'Agreed.', by: null }] });
  });

  test('and the whole of it is in the two trails, unbroken', async () => {
    expect((await play.ofCase('attorneyDallas', ours)).events.nodes.map(({ act }: { act: string }) => act).reverse()).toEqual([
      'RECEIVED', 'RETURNED', 'ANSWERED', 'DISPUTED', 'CLAIMED', 'DISPUTE_OVERRULED', 'ANSWERED', 'REFERRAL_ACCEPTED', 'RETURNED', 'DISPUTED', 'DISPUTE_UPHELD',
    ]);
    expect((await world.as('auditor').get('{ verifyTrail { intact } }'))['verifyTrail'].intact).toBe(true);
  });
});
