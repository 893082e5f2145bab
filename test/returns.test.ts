import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { incidentIn, withVenue } from './policies.world.ts';
import { document, loop, SOON, standing, wanted, withItem, type ReturnField } from './returns.world.ts';
import { adopted } from './rulebooks.world.ts';
import { seated } from './seated.ts';
import { CAST, openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof loop>;
beforeAll(async () => {
  world = await openWorld();
  play = loop(world);
});
afterAll(() => world.close());

const [AGENCY, OTHER_AGENCY] = ['chiefDallasPolice', 'chiefChicagoPolice'] as const;
const CLAIM = 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { stage referrals { state } } } }';
const claim = (who: CastMember, { id, version }: BuiltCase) => world.as(who).ask(CLAIM, { input: { caseId: id, expectedVersion: version } });
const led = () => world.buildCase({ claimedBy: 'attorneyDallas' });
const stateOf = async ({ id, referralId }: BuiltCase) => (await world.database.owner`select l.state, r.state as told from comity.case_referrals l join comity.referrals r on r.id = l.referral_id where l.case_id = ${id} and r.id = ${referralId}`)[0];

describe('each act on a referral, in each of its states', () => {
  type Act = { readonly by: CastMember; readonly field: ReturnField; readonly item?: string; readonly asked?: boolean; readonly input: (built: BuiltCase, itemId: string) => object };
  const note = 'As agreed.';
  const ACTS: Record<string, Act> = {
    accept: { by: 'supervisorDallas', field: 'acceptReferral', input: ({ id }) => ({ caseId: id }) },
    refuse: { by: 'supervisorDallas', field: 'refuseReferral', input: ({ id }) => ({ caseId: id, reason: 'NO_OFFENCE', note }) },
    return: { by: 'supervisorDallas', field: 'returnReferral', input: ({ id }) => ({ caseId: id, items: wanted('The clip.') }) },
    waive: { by: 'supervisorDallas', field: 'waiveReturnItem', item: 'REQUESTED', input: ({ id }, itemId) => ({ caseId: id, itemId }) },
    cancel: { by: 'supervisorDallas', field: 'cancelReturnItem', item: 'REQUESTED', input: ({ id }, itemId) => ({ caseId: id, itemId }) },
    uphold: { by: 'supervisorDallas', field: 'resolveDispute', item: 'DISPUTED', input: ({ id }, itemId) => ({ caseId: id, itemId, outcome: 'UPHELD', note }) },
    overrule: { by: 'supervisorDallas', field: 'resolveDispute', item: 'DISPUTED', input: ({ id }, itemId) => ({ caseId: id, itemId, outcome: 'OVERRULED', note }) },
    grantWithdrawal: { by: 'supervisorDallas', field: 'answerWithdrawalRequest', asked: true, input: ({ id }) => ({ caseId: id, grant: true, note }) },
    denyWithdrawal: { by: 'supervisorDallas', field: 'answerWithdrawalRequest', asked: true, input: ({ id }) => ({ caseId: id, grant: false, note }) },
    answer: { by: AGENCY, field: 'answerReturn', item: 'REQUESTED', input: ({ referralId }, itemId) => ({ referralId, answers: [{ itemId, note }] }) },
    dispute: { by: AGENCY, field: 'disputeReturnItem', item: 'REQUESTED', input: (_, itemId) => ({ itemId, reason: note }) },
    withdraw: { by: AGENCY, field: 'withdrawReferral', input: ({ referralId }) => ({ referralId, reason: note }) },
    requestWithdrawal: { by: AGENCY, field: 'requestWithdrawal', input: ({ referralId }) => ({ referralId, reason: note }) },
  };
  const STATES = ['SUBMITTED', 'RETURNED', 'RESUBMITTED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN'] as const;
  // '-': a CONFLICT that changes nothing.
  const TABLE: Record<keyof typeof ACTS, readonly string[]> = {
    accept: ['ACCEPTED', '-', 'ACCEPTED', '-', '-', '-'],
    refuse: ['REFUSED', 'REFUSED', 'REFUSED', 'REFUSED', '-', '-'],
    return: ['RETURNED', 'RETURNED', 'RETURNED', 'ACCEPTED', '-', '-'],
    waive: ['-', 'RETURNED', 'RESUBMITTED', 'ACCEPTED', '-', '-'],
    cancel: ['-', 'RETURNED', 'RESUBMITTED', 'ACCEPTED', '-', '-'],
    uphold: ['-', 'RETURNED', 'RESUBMITTED', 'ACCEPTED', '-', '-'],
    overrule: ['-', 'RETURNED', 'RETURNED', 'ACCEPTED', '-', '-'],
    grantWithdrawal: ['-', '-', '-', 'WITHDRAWN', '-', '-'],
    denyWithdrawal: ['-', '-', '-', 'ACCEPTED', '-', '-'],
    answer: ['-', 'RESUBMITTED', 'RESUBMITTED', 'ACCEPTED', '-', '-'],
    dispute: ['-', 'RETURNED', 'RESUBMITTED', 'ACCEPTED', '-', '-'],
    withdraw: ['WITHDRAWN', 'WITHDRAWN', 'WITHDRAWN', '-', '-', '-'],
    requestWithdrawal: ['-', '-', '-', 'ACCEPTED', '-', '-'],
  };
  test.each(Object.keys(TABLE))('%s', async (name) => {
    const { by, field, item, asked, input } = ACTS[name] as Act;
    for (const [at, state] of STATES.entries()) {
      const built = await led();
      const itemId = item === undefined ? '' : await withItem(world, built, { state: item });
      // A second item that stays open, so that the act does not settle the last one.
      if (item !== undefined) await withItem(world, built);
      await standing(world, built, state, asked);
      const after = TABLE[name]?.[at] ?? '';
      expect(await play.ended(by, field, input(built, itemId)), `${name} in ${state}`).toBe(after === '-' ? 'CONFLICT' : 'OK');
      expect(await stateOf(built), `${name} in ${state}`).toEqual(after === '-' ? { state, told: state } : { state: after, told: after });
    }
  });
});

test('each act on an item, in each of its states', async () => {
  const STATES = ['REQUESTED', 'RECEIVED', 'WAIVED', 'CANCELLED', 'DISPUTED', 'UPHELD', 'OVERRULED'] as const;
  const TABLE: Record<string, readonly string[]> = {
    answer: ['RECEIVED', '-', '-', '-', 'RECEIVED', '-', 'RECEIVED'],
    dispute: ['DISPUTED', '-', '-', '-', '-', '-', '-'],
    UPHELD: ['-', '-', '-', '-', 'UPHELD', '-', '-'],
    OVERRULED: ['-', '-', '-', '-', 'OVERRULED', '-', '-'],
    waive: ['WAIVED', '-', '-', '-', 'WAIVED', '-', 'WAIVED'],
    cancel: ['CANCELLED', '-', '-', '-', 'CANCELLED', '-', 'CANCELLED'],
  };
  const built = await led();
  const doing = (act: string, itemId: string) => {
    if (act === 'answer') return play.ended(AGENCY, 'answerReturn', { referralId: built.referralId, answers: [{ itemId, note: 'Sent.' }] });
    if (act === 'dispute') return play.ended(AGENCY, 'disputeReturnItem', { itemId, reason: 'Not ours.' });
    if (act === 'waive' || act === 'cancel') return play.ended('intakeDallas', `${act}ReturnItem`, { caseId: built.id, itemId });
    return play.ended('intakeDallas', 'resolveDispute', { caseId: built.id, itemId, outcome: act, note: 'Read again.' });
  };
  for (const [act, afterwards] of Object.entries(TABLE)) {
    for (const [at, after] of afterwards.entries()) {
      const before = STATES[at] ?? '';
      const itemId = await withItem(world, built, { state: before });
      expect(await doing(act, itemId), `${act} of ${before}`).toBe(after === '-' ? 'CONFLICT' : 'OK');
      const [found] = await world.database.owner`select state from comity.return_items where id = ${itemId}`;
      expect(found?.['state'], `${act} of ${before}`).toBe(after === '-' ? before : after);
    }
  }
});

describe('a return', () => {
  test('is read by both sides on one thread: the office by its case, the agency by its referral, and neither learns more', async () => {
    const built = await world.buildCase();
    const [clip, call] = await play.returned('intakeDallas', built, 'The clip of the stairs.', 'The emergency call.');
    await play.tell(AGENCY, 'disputeReturnItem', { itemId: clip, reason: 'There is no camera.' });
    await play.tell(AGENCY, 'answerReturn', { referralId: built.referralId, answers: [{ itemId: call, note: 'Uploaded as 911-7.' }] });

    const ours = await play.ofCase('intakeDallas', built);
    expect(ours).toMatchObject({ stage: 'UNCLAIMED', referrals: [{ referralId: built.referralId, state: 'RESUBMITTED' }] });
    const asked = Object.fromEntries(ours.returnItems.map((item: { id: string }) => [item.id, item]));
    expect(asked[clip as string]).toMatchObject({
      state: 'DISPUTED', open: true, overdue: false, office: { slug: 'dallas-tx' }, case: { id: built.id }, referral: null,
      thread: [{ kind: 'REQUESTED', by: { name: 'Ina Takeda' } }, { kind: 'DISPUTED', note: 'There is no camera.', by: { name: 'Sgt. Pia Dalles' } }],
    });
    expect(asked[call as string]).toMatchObject({ state: 'RECEIVED', open: false, thread: [{ kind: 'REQUESTED' }, { kind: 'RECEIVED', note: 'Uploaded as 911-7.' }] });

    const theirs = await play.ofReferral(AGENCY, built);
    expect(theirs.state).toBe('RESUBMITTED');
    expect(theirs.items).toHaveLength(2);
    // Who it was at the office, and the case, an agency is not told.
    for (const item of theirs.items) expect(item).toMatchObject({ case: null, referral: { id: built.referralId }, thread: [{ kind: 'REQUESTED', by: null }, { by: { name: 'Sgt. Pia Dalles' } }] });
    expect(await play.ofReferral(OTHER_AGENCY, built)).toBeNull();
    expect(await play.ofCase('attorneyHennepin', built)).toBeNull();
  });

  test('makes a led case await its agency, and the last answer brings it back to where it was', async () => {
    for (const stage of ['CLAIMED', 'UNDER_REVIEW'] as const) {
      const built = await led();
      await world.database.owner`update comity.cases set stage = ${stage} where id = ${built.id}`;
      const [one] = await play.returned('attorneyDallas', built, 'One.');
      const [two] = await play.returned('attorneyDallas', built, 'Two.');
      expect(await play.ofCase('attorneyDallas', built)).toMatchObject({ stage: 'AWAITING_AGENCY', version: built.version + 1 });
      await play.tell(AGENCY, 'answerReturn', { referralId: built.referralId, answers: [{ itemId: one, note: 'Here.' }] });
      expect(await play.ofCase('attorneyDallas', built)).toMatchObject({ stage: 'AWAITING_AGENCY' });
      await play.tell(AGENCY, 'answerReturn', { referralId: built.referralId, answers: [{ itemId: two, note: 'Here.' }] });
      expect(await play.ofCase('attorneyDallas', built)).toMatchObject({ stage, version: built.version + 2, referrals: [{ state: 'ACCEPTED' }] });
    }
  });

  test('whose last item an office settles lies with the office again', async () => {
    for (const field of ['waiveReturnItem', 'cancelReturnItem'] as const) {
      const built = await world.buildCase();
      const [itemId] = await play.returned('intakeDallas', built, 'One.');
      const { item, case: subject } = await play.tell('intakeDallas', field, { caseId: built.id, itemId, note: 'Found elsewhere.' });
      expect([item.open, subject.referrals[0].state]).toEqual([false, 'RESUBMITTED']);
      expect(await play.ended('intakeDallas', 'acceptReferral', { caseId: built.id })).toBe('OK');
    }
  });

  test('keeps a claim from accepting while anything is open: the case awaits its agency; without, a claim accepts as ever', async () => {
    const built = await world.buildCase();
    const [itemId] = await play.returned('intakeDallas', built, 'One.');
    expect((await claim('attorneyDallas', built)).data?.['claimCase'].case).toEqual({ stage: 'AWAITING_AGENCY', referrals: [{ state: 'RETURNED' }] });
    expect(await play.ended('attorneyDallas', 'acceptReferral', { caseId: built.id })).toBe('CONFLICT');
    await play.tell(AGENCY, 'answerReturn', { referralId: built.referralId, answers: [{ itemId, note: 'Here.' }] });
    expect(await play.ofCase('attorneyDallas', built)).toMatchObject({ stage: 'CLAIMED', referrals: [{ state: 'RESUBMITTED' }] });
    await play.tell('attorneyDallas', 'acceptReferral', { caseId: built.id });
    expect(await stateOf(built)).toEqual({ state: 'ACCEPTED', told: 'ACCEPTED' });

    const plain = await led();
    expect(await stateOf(plain)).toEqual({ state: 'ACCEPTED', told: 'ACCEPTED' });
  });

  test('of which a part is answered is not accepted until the rest is, or is done without', async () => {
    const built = await world.buildCase();
    const [one, two] = await play.returned('intakeDallas', built, 'One.', 'Two.');
    await play.tell(AGENCY, 'answerReturn', { referralId: built.referralId, answers: [{ itemId: one, note: 'Here.' }] });
    expect(await play.refusal('intakeDallas', 'acceptReferral', { caseId: built.id })).toMatchObject({ code: 'CONFLICT', open: 1, remedy: expect.stringContaining('waive') });
    await play.tell('intakeDallas', 'waiveReturnItem', { caseId: built.id, itemId: two });
    expect(await play.ended('intakeDallas', 'acceptReferral', { caseId: built.id })).toBe('OK');
    expect(await play.ended('intakeDallas', 'acceptReferral', { caseId: built.id })).toBe('CONFLICT');
  });

  test('goes with the lead: whoever claims or takes over is owed what is open', async () => {
    const built = await world.buildCase();
    await withVenue(world, built, 'cook-il');
    const [itemId] = await play.returned('intakeDallas', built, 'One.');
    expect(await play.listed('intakeDallas', { open: true })).toContain(itemId);
    expect((await claim('attorneyCook', built)).errors).toBeUndefined();
    expect(await play.listed('attorneyCook', { open: true })).toContain(itemId);
    expect(await play.listed('intakeDallas')).not.toContain(itemId);
    expect(await play.ended('intakeDallas', 'waiveReturnItem', { caseId: built.id, itemId })).toBe('FORBIDDEN');
    expect(await play.ended('attorneyCook', 'waiveReturnItem', { caseId: built.id, itemId })).toBe('OK');
  });

  test.each([
    ['nothing', []], ['more than 50 things', wanted(...Array.from({ length: 51 }, (_, index) => `Thing ${index}.`))], ['a thing without words', wanted(' ')],
    ['a thing that was due yesterday', [{ category: 'OTHER', description: 'A form.', dueOn: '2020-01-01' }]], ['words without end', wanted('x'.repeat(2001))],
  ])('that asks for %s is refused as input, and says what to do', async (_, items) => {
    const built = await world.buildCase();
    expect(await play.refusal('intakeDallas', 'returnReferral', { caseId: built.id, items })).toMatchObject({ code: 'BAD_USER_INPUT', field: expect.stringContaining('items'), remedy: expect.any(String) });
    expect(await stateOf(built)).toEqual({ state: 'SUBMITTED', told: 'SUBMITTED' });
  });

  test('is in the history of the case with ids and words of closed lists, never with what was said', async () => {
    const built = await led();
    const [one, two] = await play.returned('attorneyDallas', built, 'A secret clip.', 'A secret call.');
    await play.tell(AGENCY, 'disputeReturnItem', { itemId: one, reason: 'A secret reason.' });
    await play.tell('attorneyDallas', 'resolveDispute', { caseId: built.id, itemId: one, outcome: 'OVERRULED', note: 'A secret note.', dueOn: SOON });
    await play.tell(AGENCY, 'answerReturn', { referralId: built.referralId, answers: [{ itemId: one, note: 'A secret answer.' }] });
    await play.tell('attorneyDallas', 'waiveReturnItem', { caseId: built.id, itemId: two, note: 'A secret waiver.' });
    const { events } = await play.ofCase('attorneyDallas', built);
    expect(events.nodes.map(({ act }: { act: string }) => act)).toEqual(['ITEM_WAIVED', 'ANSWERED', 'DISPUTE_OVERRULED', 'DISPUTED', 'RETURNED', 'CLAIMED', 'RECEIVED']);
    expect(events.nodes[1]).toMatchObject({ actor: { name: 'Sgt. Pia Dalles' }, body: { referralId: built.referralId, itemIds: one } });
    const [told] = await world.database.owner`select count(*)::int as n from comity.trail_events where case_id = ${built.id} and body ilike '%secret%'`;
    expect(told?.['n']).toBe(0);
    const { verifyTrail } = await world.as('auditor').get('{ verifyTrail { intact } }');
    expect(verifyTrail.intact).toBe(true);
  });
});

describe('a refusal', () => {
  test('closes the case and cancels what is open; the agency learns the state, and the ground where the book of the lead shows it', async () => {
    const built = await led();
    const [itemId] = await play.returned('attorneyDallas', built, 'One.');
    const { case: closed } = await play.tell('attorneyDallas', 'refuseReferral', { caseId: built.id, reason: 'IMPROPER_DIRECTION', note: 'It was ordered from above.' });
    expect(closed).toMatchObject({ stage: 'CLOSED', referrals: [{ state: 'REFUSED', thread: [{ kind: 'REFUSED', reason: 'IMPROPER_DIRECTION', note: 'It was ordered from above.' }] }], returnItems: [{ id: itemId, state: 'CANCELLED' }] });
    expect(await play.ofReferral(AGENCY, built)).toMatchObject({ state: 'REFUSED', thread: [], items: [{ state: 'CANCELLED' }] });
    await adopted(world, { agency: ['STATUS', 'ITEMS', 'REASON'].map((show) => ({ show, basis: 'Openness.' })) });
    expect(await play.ofReferral(AGENCY, built)).toMatchObject({ thread: [{ kind: 'REFUSED', reason: 'IMPROPER_DIRECTION', by: null }] });
    await adopted(world, {});
  });

  test('is the lead’s alone: a venue candidate returns and accepts, but does not refuse', async () => {
    const built = await world.buildCase();
    for (const who of ['supervisorDallas', 'attorneyDallas'] as const) expect(await play.ended(who, 'refuseReferral', { caseId: built.id, reason: 'OTHER', note: 'No.' })).toBe('FORBIDDEN');
  });
});

describe('what an agency is told', () => {
  test('follows the book of the lead: without STATUS no state, without ITEMS no item, and none can be asked', async () => {
    const built = await world.buildCase();
    const [itemId] = await play.returned('intakeDallas', built, 'One.');
    await adopted(world, { agency: [{ show: 'REASON', basis: 'Little.' }] });
    expect((await play.ofReferral(AGENCY, built)).items).toHaveLength(1);
    expect((await claim('attorneyDallas', built)).errors).toBeUndefined();
    expect(await play.ofReferral(AGENCY, built)).toMatchObject({ state: 'RETURNED', items: [] });
    expect(await play.listed(AGENCY)).not.toContain(itemId);
    // What is not shown is absent.
    expect(await play.ended(AGENCY, 'disputeReturnItem', { itemId, reason: 'x' })).toBe('NOT_FOUND');
    expect(await play.ended(AGENCY, 'answerReturn', { referralId: built.referralId, answers: [{ itemId, note: 'x' }] })).toBe('NOT_FOUND');
    expect(await play.refusal('attorneyDallas', 'returnReferral', { caseId: built.id, items: wanted('Two.') })).toMatchObject({ code: 'CONFLICT', remedy: expect.stringContaining('ITEMS') });
    await play.tell('attorneyDallas', 'waiveReturnItem', { caseId: built.id, itemId });
    await play.tell('attorneyDallas', 'acceptReferral', { caseId: built.id });
    expect(await stateOf(built)).toEqual({ state: 'ACCEPTED', told: 'RETURNED' });
    await adopted(world, {});
    expect((await play.ofReferral(AGENCY, built)).items).toHaveLength(1);
  });
});

describe('a withdrawal', () => {
  test('before acceptance closes the case; nobody claims it, and nothing more is asked or answered', async () => {
    const built = await world.buildCase();
    const [itemId] = await play.returned('intakeDallas', built, 'One.');
    const { referral } = await play.tell(AGENCY, 'withdrawReferral', { referralId: built.referralId, reason: 'Sent in error.' });
    expect(referral).toMatchObject({ state: 'WITHDRAWN', items: [{ state: 'CANCELLED' }], thread: [{ kind: 'WITHDRAWN', note: 'Sent in error.' }] });
    expect(await play.ofCase('intakeDallas', built)).toMatchObject({ stage: 'CLOSED', version: built.version + 1, referrals: [{ state: 'WITHDRAWN', thread: [{ note: 'Sent in error.' }] }] });
    expect(await play.ended(AGENCY, 'answerReturn', { referralId: built.referralId, answers: [{ itemId, note: 'x' }] })).toBe('CONFLICT');
    expect(await play.ended(AGENCY, 'withdrawReferral', { referralId: built.referralId, reason: 'Again.' })).toBe('CONFLICT');
    expect((await claim('attorneyDallas', { ...built, version: built.version + 1 })).errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', stage: 'CLOSED' });
  });

  test('after acceptance is asked for, once at a time, and the lead decides', async () => {
    const built = await led();
    expect(await play.refusal(AGENCY, 'withdrawReferral', { referralId: built.referralId, reason: 'An error.' })).toMatchObject({ code: 'CONFLICT', remedy: expect.stringContaining('requestWithdrawal') });
    expect(await play.ended('supervisorDallas', 'answerWithdrawalRequest', { caseId: built.id, grant: true, note: 'x' })).toBe('CONFLICT');
    await play.tell(AGENCY, 'requestWithdrawal', { referralId: built.referralId, reason: 'An error.' });
    expect(await play.ended(AGENCY, 'requestWithdrawal', { referralId: built.referralId, reason: 'An error.' })).toBe('CONFLICT');
    expect((await play.ofCase('attorneyDallas', built)).referrals[0].withdrawalAskedAt).not.toBeNull();
    expect(await play.ended('intakeDallas', 'answerWithdrawalRequest', { caseId: built.id, grant: true, note: 'x' })).toBe('FORBIDDEN');
    await play.tell('attorneyDallas', 'answerWithdrawalRequest', { caseId: built.id, grant: false, note: 'It goes on.' });
    await play.tell(AGENCY, 'requestWithdrawal', { referralId: built.referralId, reason: 'Once more.' });
    const { case: closed } = await play.tell('attorneyDallas', 'answerWithdrawalRequest', { caseId: built.id, grant: true, note: 'Very well.' });
    expect(closed).toMatchObject({ stage: 'CLOSED', referrals: [{ state: 'WITHDRAWN', withdrawalAskedAt: null }] });
    expect((await play.ofReferral(AGENCY, built)).thread.map(({ kind }: { kind: string }) => kind)).toEqual(['WITHDRAWAL_REQUESTED', 'WITHDRAWAL_DENIED', 'WITHDRAWAL_REQUESTED', 'WITHDRAWAL_GRANTED']);
  });

  test('of one of several referrals leaves the case, and an act that does not say which is asked to', async () => {
    const [built, second] = [await led(), await world.buildCase({ by: OTHER_AGENCY })];
    await world.database.owner`update comity.case_referrals set case_id = ${built.id}, state = 'ACCEPTED' where referral_id = ${second.referralId}`;
    expect(await play.refusal('attorneyDallas', 'returnReferral', { caseId: built.id, items: wanted('One.') })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'referralId' });
    const { case: subject } = await play.tell('attorneyDallas', 'returnReferral', { caseId: built.id, referralId: second.referralId, items: wanted('One.') });
    expect(subject.returnItems).toMatchObject([{ agency: { name: 'Chicago Police Department' } }]);
    expect((await play.ofReferral(AGENCY, built)).items).toEqual([]);
    expect((await play.ofReferral(OTHER_AGENCY, second)).items).toHaveLength(1);
    const { case: after } = await play.tell('attorneyDallas', 'refuseReferral', { caseId: built.id, referralId: second.referralId, reason: 'DUPLICATE', note: 'Two of one.' });
    expect(after.stage).toBe('CLAIMED');
    expect(after.referrals.map(({ state }: { state: string }) => state).sort()).toEqual(['ACCEPTED', 'REFUSED']);
  });
});

describe('from the wrong seat', () => {
  const EVERYBODY = Object.keys(CAST) as CastMember[];
  const note = 'As agreed.';
  const SCREENERS = ['attorneyDallas', 'supervisorDallas', 'electedDallas', 'intakeDallas'] as const;
  /** Who may, on a case that attorneyDallas leads. */
  const OFFICE: readonly [ReturnField, readonly CastMember[], (built: BuiltCase, itemId: string) => object][] = [
    ['returnReferral', SCREENERS, ({ id }) => ({ caseId: id, items: [] })],
    ['waiveReturnItem', SCREENERS, ({ id }, itemId) => ({ caseId: id, itemId, note: ' ' })],
    ['cancelReturnItem', SCREENERS, ({ id }, itemId) => ({ caseId: id, itemId, note: ' ' })],
    ['acceptReferral', SCREENERS, ({ id }) => ({ caseId: id })],
    ['resolveDispute', SCREENERS, ({ id }, itemId) => ({ caseId: id, itemId, outcome: 'UPHELD', note })],
    ['refuseReferral', ['attorneyDallas', 'supervisorDallas', 'electedDallas'], ({ id }) => ({ caseId: id, reason: 'OTHER', note: ' ' })],
    ['answerWithdrawalRequest', ['attorneyDallas', 'supervisorDallas', 'electedDallas'], ({ id }) => ({ caseId: id, grant: false, note })],
  ];
  test.each(OFFICE)('%s is refused, seen or not', async (field, allowed, input) => {
    const built = await led();
    const itemId = await withItem(world, built);
    for (const who of EVERYBODY) {
      const ended = await play.ended(who, field, input(built, itemId));
      const seat = CAST[who];
      // Who may do it at an office of their own does not see this case; who may comes as far as an input or a moment that is wrong.
      const isNeighbour = 'office' in seat && seat.office !== 'dallas-tx';
      expect(ended, who).toMatch(allowed.includes(who) ? /^(BAD_USER_INPUT|CONFLICT)$/ : isNeighbour ? /^NOT_FOUND$/ : /^FORBIDDEN$/);
    }
    const [kept] = await world.database.owner`select count(*)::int as n from comity.return_items where case_id = ${built.id} and state = 'REQUESTED'`;
    expect(kept?.['n']).toBe(1);
  });

  test.each(['answerReturn', 'disputeReturnItem', 'withdrawReferral', 'requestWithdrawal'] as const)('%s is refused to all but the senders of the agency itself', async (field) => {
    const built = await world.buildCase();
    const itemId = await withItem(world, built);
    const inputs = (said: string) => ({
      answerReturn: { referralId: built.referralId, answers: [{ itemId, note: said }] }, disputeReturnItem: { itemId, reason: said },
      withdrawReferral: { referralId: built.referralId, reason: said }, requestWithdrawal: { referralId: built.referralId, reason: said },
    });
    for (const who of EVERYBODY) {
      const expected = who === AGENCY || who === 'machineDallasPolice' || who === OTHER_AGENCY ? 'BAD_USER_INPUT' : 'FORBIDDEN';
      expect(await play.ended(who, field, inputs(' ')[field]), who).toBe(expected);
    }
    expect(await play.ended(OTHER_AGENCY, field, inputs(note)[field])).toBe('NOT_FOUND');
  });

  test('a candidate’s intake screens an unclaimed case, its trial attorneys do not, and no candidate settles what another asked', async () => {
    const built = await world.buildCase();
    await withVenue(world, built, 'hennepin-mn');
    const [itemId] = await play.returned('supervisorHennepin', built, 'One.');
    for (const who of ['attorneyDallas', 'attorneyHennepin'] as const) expect(await play.ended(who, 'returnReferral', { caseId: built.id, items: wanted('Two.') }), who).toBe('FORBIDDEN');
    expect(await play.ended('intakeDallas', 'cancelReturnItem', { caseId: built.id, itemId })).toBe('FORBIDDEN');
    expect(await play.ended('supervisorHennepin', 'cancelReturnItem', { caseId: built.id, itemId })).toBe('OK');
  });

  test('an office that keeps the SUMMARY after another’s claim sees no item and settles none', async () => {
    const built = await world.buildCase();
    await withVenue(world, built, 'hennepin-mn');
    const [itemId] = await play.returned('supervisorHennepin', built, 'One.');
    expect((await claim('attorneyDallas', built)).errors).toBeUndefined();
    expect(await play.ofCase('supervisorHennepin', built)).toMatchObject({ stage: 'AWAITING_AGENCY', referrals: [], returnItems: [] });
    expect(await play.ended('supervisorHennepin', 'cancelReturnItem', { caseId: built.id, itemId })).toBe('FORBIDDEN');
    expect(await play.ended('supervisorHennepin', 'acceptReferral', { caseId: built.id })).toBe('FORBIDDEN');
  });

  test('of an agency, no row of the thread is written or changed by SQL, nor read beyond its own', async () => {
    const built = await led();
    const itemId = await withItem(world, built);
    for (const [who, own] of [[AGENCY, 1], [OTHER_AGENCY, 0]] as const) {
      await seated(world.database, { as: world.memberIds[who] }, async ({ rows, touched, refusal }) => {
        expect(await rows('select 1 from comity.return_items where id = $1::uuid', [itemId]), who).toHaveLength(own);
        expect(await touched(`update comity.return_items set state = 'WAIVED' where id = $1::uuid`, [itemId]), who).toBe(0);
        expect(await refusal(`insert into comity.return_items (case_id, id, needs, referral_id, agency_id, office_id, category, description, due_on, state, state_since, asked_at, asked_in)
          values ($1::uuid, $2::uuid, 2, $3::uuid, comity.agency_id(), $4::uuid, 'OTHER', 'x', '2999-01-01', 'REQUESTED', now(), now(), 'CLAIMED')`, [built.id, newId(), built.referralId, world.officeIds['dallas-tx']]), who).toBe('42501');
        expect(await refusal('select comity.tell_referral($1::uuid, $2::uuid, $3)', [built.id, built.referralId, 'REFUSED']), who).toBe('CM404');
        expect(await rows('select comity.referring_agency($1::uuid, $2::uuid) as agency', [built.id, built.referralId]), who).toEqual([{ agency: null }]);
      });
    }
    for (const who of ['supervisorDallas', 'officerDallasPolice', 'administrator', 'auditor', 'analyst', null] as const) {
      await seated(world.database, { as: who && world.memberIds[who] }, async ({ refusal }) => {
        expect(await refusal(`select comity.append_from_agency($1::uuid, 'X', '{"moves": {"ACCEPTED": "WITHDRAWN"}, "items": []}')`, [built.referralId]), String(who)).toBe('CM403');
      });
    }
    await seated(world.database, { as: world.memberIds.chiefDallasPolice }, async ({ rows, refusal }) => {
      await rows(`select set_config('comity.agency', (select agency_id::text from comity.members where id = $1::uuid), true)`, [world.memberIds.chiefChicagoPolice]);
      expect(await refusal(`select comity.append_from_agency($1::uuid, 'X', '{"moves": {}, "items": []}')`, [built.referralId])).toBe('CM403');
    });
  });
});

describe('what is hidden answers as what is absent', () => {
  test('for an agency: another’s referral or item, and an item of another of its own referrals', async () => {
    const [built, another] = [await led(), await led()];
    const [itemId, elsewhere] = [await withItem(world, built), await withItem(world, another)];
    const bytes = async (who: CastMember, field: ReturnField, input: object) => JSON.stringify(await world.as(who).ask(document(field), { input }));
    const answer = (referralId: string, item: string) => ({ referralId, answers: [{ itemId: item, note: 'Here.' }] });
    const absent = newId();
    expect(await bytes(OTHER_AGENCY, 'answerReturn', answer(built.referralId, itemId))).toBe(await bytes(OTHER_AGENCY, 'answerReturn', answer(absent, absent)));
    expect(await bytes(OTHER_AGENCY, 'disputeReturnItem', { itemId, reason: 'x' })).toBe(await bytes(OTHER_AGENCY, 'disputeReturnItem', { itemId: absent, reason: 'x' }));
    expect(await bytes(AGENCY, 'answerReturn', answer(built.referralId, elsewhere))).toBe(await bytes(AGENCY, 'answerReturn', answer(built.referralId, absent)));
    expect(await bytes(AGENCY, 'answerReturn', answer(built.referralId, elsewhere))).toContain('NOT_FOUND');
    // None of an answer is taken where one of it is not.
    expect(await play.ended(AGENCY, 'answerReturn', { referralId: built.referralId, answers: [{ itemId, note: 'Here.' }, { itemId: elsewhere, note: 'Here.' }] })).toBe('NOT_FOUND');
    expect((await play.ofReferral(AGENCY, built)).items).toMatchObject([{ state: 'REQUESTED' }]);
  });

  test('for one who is walled off the case', async () => {
    const built = await led();
    const itemId = await withItem(world, built);
    await world.as('supervisorDallas').get('mutation ($input: ImposeWallInput!) { imposeWall(input: $input) { case { id } } }', { input: { caseId: built.id, subject: { kind: 'MEMBER', id: world.memberIds.intakeDallas }, ground: 'FAMILY', note: 'Kin.' } });
    expect(await play.listed('intakeDallas')).not.toContain(itemId);
    expect(await play.listed('supervisorDallas')).toContain(itemId);
    expect(await play.ended('intakeDallas', 'waiveReturnItem', { caseId: built.id, itemId })).toBe('NOT_FOUND');
  });

  test('and an answer that names one item twice, none, or an empty note is bad input', async () => {
    const built = await led();
    const itemId = await withItem(world, built);
    for (const answers of [[], [{ itemId, note: 'a' }, { itemId, note: 'b' }], [{ itemId, note: '  ' }]]) {
      expect(await play.refusal(AGENCY, 'answerReturn', { referralId: built.referralId, answers })).toMatchObject({ code: 'BAD_USER_INPUT', field: expect.stringContaining('answers'), remedy: expect.any(String) });
    }
  });
});

describe('the list of what is asked', () => {
  test('holds an agency’s own, and an office’s own, by the day it is due, in pages; open and overdue by the office’s day', async () => {
    const [ours, theirs] = [await led(), await world.buildCase({ by: OTHER_AGENCY, referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' })];
    const late = await withItem(world, ours, { dueOn: '2020-01-02' });
    const later = await withItem(world, ours, { dueOn: '2020-01-03', state: 'RECEIVED' });
    const next = await withItem(world, ours);
    const foreign = await withItem(world, theirs, { office: 'hennepin-mn', dueOn: '2020-01-01' });
    const list = await play.listed(AGENCY);
    expect(list.filter((id) => [late, later, next, foreign].includes(id))).toEqual([late, later, next]);
    expect(await play.listed(AGENCY, { overdue: true })).toEqual([late]);
    expect(await play.listed('recordsDallas', { overdue: true })).toEqual([late]);
    expect(await play.listed(AGENCY, { open: false })).toContain(later);
    expect(await play.listed(AGENCY, { open: true })).not.toContain(later);
    expect(await play.listed(AGENCY, { overdue: false })).not.toContain(late);
    const ofHennepin = await play.listed('attorneyHennepin');
    expect([ofHennepin[0], ofHennepin.some((id) => [late, later, next].includes(id))]).toEqual([foreign, false]);
    expect(await play.listed(OTHER_AGENCY, { overdue: true })).toEqual([foreign]);
    expect(await play.listed(AGENCY, {}, 7)).toEqual(list);
  });
});

describe('at one moment', () => {
  test('an answer and a cancellation of one item: one of them wins, the other is a CONFLICT', async () => {
    for (let round = 0; round < 6; round += 1) {
      const built = await led();
      const [itemId] = await play.returned('attorneyDallas', built, 'One.');
      const ends = await Promise.all([
        play.ended(AGENCY, 'answerReturn', { referralId: built.referralId, answers: [{ itemId, note: 'Here.' }] }), play.ended('attorneyDallas', 'cancelReturnItem', { caseId: built.id, itemId }),
      ]);
      expect([...ends].sort()).toEqual(['CONFLICT', 'OK']);
      const subject = await play.ofCase('attorneyDallas', built);
      expect([subject.returnItems[0].state, subject.stage, subject.returnItems[0].thread.length]).toEqual([ends[0] === 'OK' ? 'RECEIVED' : 'CANCELLED', 'CLAIMED', 2]);
    }
  });

  test('of many answers to one item exactly one is taken, and a claim with them leaves nothing half done', async () => {
    const built = await world.buildCase();
    const [itemId] = await play.returned('intakeDallas', built, 'One.');
    const claiming = claim('attorneyDallas', built);
    const ends = await Promise.all(Array.from({ length: 8 }, (_, index) => play.ended(index % 2 ? AGENCY : 'machineDallasPolice', 'answerReturn', { referralId: built.referralId, answers: [{ itemId, note: `Answer ${index}.` }] })));
    expect(ends.filter((end) => end === 'OK')).toHaveLength(1);
    expect(ends.filter((end) => end === 'CONFLICT')).toHaveLength(7);
    expect((await claiming).errors).toBeUndefined();
    const subject = await play.ofCase('attorneyDallas', built);
    expect(subject.stage).toBe('CLAIMED');
    expect(subject.returnItems[0].thread).toHaveLength(2);
    expect(['ACCEPTED', 'RESUBMITTED']).toContain(subject.referrals[0].state);
    const [amiss] = await world.database.owner`select count(*)::int as n from (select case_id, viewer, cause, ref, facets from comity.wanted_sight where case_id = ${built.id} except select case_id, viewer, cause, ref, facets from comity.sight where case_id = ${built.id}) x`;
    expect(amiss?.['n']).toBe(0);
  });
});
