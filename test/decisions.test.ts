import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLL_UPS, rollUpOf, stageAfter, STAGE_MOVES, type Decided as Outcome, type RollUp } from '../src/charges/rollup.ts';
import { STAGES, type Stage } from '../src/cases/lifecycle.ts';
import { DECISION_ACTS, DECISION_MOVES, DECISION_STATES, type DecisionAct, type DecisionMoves } from '../src/decisions/decision.rules.ts';
import { newId } from '../src/kernel/ids.ts';
import { bench, withDecision, type Decided } from './decisions.world.ts';
import { bookInForce } from './explain.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof bench>;
beforeAll(async () => {
  world = await openWorld();
  play = bench(world);
});
afterAll(() => world.close());

/** A case of Ada Attwell's whose official is no federal officer, with so many charges. */
async function charged(count = 1): Promise<[BuiltCase, ...string[]]> {
  const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await play.cleared('attorneyDallas', subject);
  const charges: string[] = [];
  for (let at = 0; at < count; at += 1) charges.push(await play.charged('attorneyDallas', subject));
  return [subject, ...charges];
}

describe('two people decide', () => {
  test('what one proposes and another approves stands, with its reasons and both names, and the case shows it', async () => {
    const [subject, charge = ''] = await charged();
    const proposed = await play.tell('attorneyDallas', 'decideCharge', await play.decision(subject, charge, 'CHARGE', { reasonCodes: ['EVIDENCE_SUFFICIENT', 'IN_PUBLIC_INTEREST'], shareableReason: 'It is proven.' }));
    expect(proposed).toMatchObject({
      decision: {
        outcome: 'CHARGE', state: 'PROPOSED', reasonCodes: ['EVIDENCE_SUFFICIENT', 'IN_PUBLIC_INTEREST'], shareableReason: 'It is proven.', supersedes: null,
        proposedBy: { name: 'Ada Attwell' }, answeredBy: null, grounds: { evidential: 'Two recordings and a witness.', publicInterest: 'A public officer.', overrideReason: null },
      },
      charge: { decision: null }, case: { stage: 'CLAIMED', outcome: null, version: subject.version },
    });
    const approved = await play.approve('supervisorDallas', subject, proposed.decision.id);
    expect(approved).toMatchObject({
      decision: { state: 'STANDING', answeredBy: { name: 'Sue Visser' }, overriddenBy: null }, charge: { decision: { id: proposed.decision.id } },
      case: { stage: 'DECIDED', outcome: 'CHARGE', version: subject.version + 1 },
    });
    expect(approved.case.events.nodes.slice(0, 2)).toEqual([
      { act: 'CHARGE_DECISION_APPROVED', body: { chargeId: charge, decisionId: proposed.decision.id, outcome: 'CHARGE', supersedes: null, overrides: false } },
      { act: 'CHARGE_DECISION_PROPOSED', body: { chargeId: charge, decisionId: proposed.decision.id, outcome: 'CHARGE', supersedes: null } },
    ]);
  });

  test('nobody approves or rejects what they proposed themselves, not even a head; who proposed it may take it back, and nobody else', async () => {
    const [subject, charge = ''] = await charged();
    const decisionId = await play.decide('supervisorDallas', subject, charge, 'DECLINE');
    const input = { caseId: subject.id, decisionId };
    const approval = { ...input, expectedVersion: subject.version };
    expect(await play.refusal('supervisorDallas', 'approveDecision', approval)).toEqual({ code: 'FORBIDDEN', rule: 'TWO_PEOPLE', citation: null, message: expect.stringContaining('another person than the one who proposed it'), remedy: expect.any(String) });
    expect(await play.ended('supervisorDallas', 'rejectDecision', { ...input, reason: 'No.' })).toBe('FORBIDDEN');
    expect(await play.ended('attorneyDallas', 'approveDecision', approval)).toBe('FORBIDDEN');
    for (const who of ['electedDallas', 'attorneyDallas'] as const) expect(await play.ended(who, 'withdrawDecision', input)).toBe('FORBIDDEN');
    expect((await play.tell('supervisorDallas', 'withdrawDecision', input)).decision).toMatchObject({ state: 'WITHDRAWN', answeredBy: { name: 'Sue Visser' } });
    expect(await play.ended('electedDallas', 'approveDecision', approval)).toBe('CONFLICT');
  });

  test('who rejects says why, and the charge can be decided anew', async () => {
    const [subject, charge = ''] = await charged();
    const decisionId = await play.decide('attorneyDallas', subject, charge, 'DECLINE');
    expect(await play.refusal('supervisorDallas', 'rejectDecision', { caseId: subject.id, decisionId, reason: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    const { decision } = await play.tell('supervisorDallas', 'rejectDecision', { caseId: subject.id, decisionId, reason: 'Ask the neighbour first.' });
    expect(decision).toMatchObject({ state: 'REJECTED', grounds: { answer: 'Ask the neighbour first.' } });
    await play.settled(subject, charge, 'HOLD');
    expect((await play.seen('attorneyDallas', subject)).charges[0].decisions.map(({ state }: { state: string }) => state)).toEqual(['REJECTED', 'STANDING']);
  });

  test('of approvals at once one is done', async () => {
    const [subject, charge = ''] = await charged();
    const decisionId = await play.decide('attorneyDallas', subject, charge, 'HOLD');
    const input = { caseId: subject.id, decisionId, expectedVersion: subject.version };
    const ends = await Promise.all((['supervisorDallas', 'electedDallas', 'supervisorDallas', 'electedDallas'] as const).map((who) => play.ended(who, 'approveDecision', input)));
    expect(ends.sort()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'OK']);
    expect(await play.versionOf(subject)).toBe(subject.version + 1);
  });

  test('of proposals at once one waits', async () => {
    const [subject, charge = ''] = await charged();
    const input = await play.decision(subject, charge, 'HOLD');
    const ends = await Promise.all((['attorneyDallas', 'supervisorDallas', 'electedDallas'] as const).map((who) => play.ended(who, 'decideCharge', input)));
    expect(ends.sort()).toEqual(['CONFLICT', 'CONFLICT', 'OK']);
  });
});

describe('a decision is refused by name where', () => {
  test('its reasons do not fit its outcome, or there is none', async () => {
    const [subject, charge = ''] = await charged();
    const refused = async (more: object) => play.refusal('attorneyDallas', 'decideCharge', await play.decision(subject, charge, 'DECLINE', { ...more }));
    expect(await refused({ reasonCodes: [] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reasonCodes', remedy: expect.any(String) });
    expect(await refused({ reasonCodes: ['EVIDENCE_INSUFFICIENT', 'IN_PUBLIC_INTEREST'] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reasonCodes', message: 'IN_PUBLIC_INTEREST is no reason for DECLINE.' });
    expect(await refused({ reasonCodes: ['A_HUNCH'] })).toMatchObject({ code: 'BAD_USER_INPUT' });
    for (const field of ['evidential', 'publicInterest', 'shareableReason'] as const) expect(await refused({ [field]: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect(await refused({ overrideReason: 'The period ends.' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'overrideReason' });
    expect((await play.seen('attorneyDallas', subject)).charges[0].decisions).toEqual([]);
  });

  test('another waits, the charge is withdrawn, or the case is not as it was read', async () => {
    const [subject, charge = '', other = ''] = await charged(2);
    const decisionId = await play.decide('attorneyDallas', subject, charge, 'HOLD');
    expect(await play.refusal('supervisorDallas', 'decideCharge', await play.decision(subject, charge, 'DECLINE'))).toMatchObject({ code: 'CONFLICT', decisionId, remedy: expect.any(String) });
    expect(await play.refusal('attorneyDallas', 'decideCharge', await play.decision(subject, other, 'DECLINE', { expectedVersion: 99 }))).toMatchObject({ code: 'CONFLICT', version: subject.version });
    await play.tell('attorneyDallas', 'withdrawCharge', { caseId: subject.id, chargeId: other });
    expect(await play.refusal('attorneyDallas', 'decideCharge', await play.decision(subject, other, 'DECLINE'))).toMatchObject({ code: 'CONFLICT', state: 'WITHDRAWN' });
    expect(await play.ended('attorneyDallas', 'withdrawDecision', { caseId: subject.id, decisionId })).toBe('OK');
  });

  test('on a charge keeps it as it is: one person neither withdraws it nor names another level of it', async () => {
    const [subject] = await charged(0);
    const [graded] = await world.database.owner`select s.id from comity.statutes s join comity.statute_versions v on v.statute_id = s.id where s.citation = 'Tex. Penal Code 37.10' and v.valid_to is null`;
    const { charge: { id: chargeId } } = await play.tell('attorneyDallas', 'proposeCharge', { caseId: subject.id, personId: subject.personIds[0], statuteId: graded?.['id'], counts: 1, level: 'MISDEMEANOR' });
    const name = { document: 'mutation ($input: NameChargeLevelInput!) { nameChargeLevel(input: $input) { charge { level } } }', input: { caseId: subject.id, chargeId, level: 'FELONY', reason: 'It is a public record.' } };
    const named = async () => (await world.as('supervisorDallas').ask(name.document, { input: name.input })).errors?.[0];
    const ofDecision = async (expected: object) => {
      for (const refusal of [(await named())?.extensions, await play.refusal('attorneyDallas', 'withdrawCharge', { caseId: subject.id, chargeId })]) expect(refusal).toMatchObject({ code: 'CONFLICT', chargeId, ...expected });
    };
    const waiting = await play.decide('attorneyDallas', subject, chargeId, 'CHARGE');
    await ofDecision({ decisionId: waiting, remedy: expect.stringContaining('rejected') });
    await play.approve('supervisorDallas', subject, waiting);
    await ofDecision({ decisionId: waiting, outcome: 'CHARGE', remedy: expect.stringContaining('HOLD') });
    // Nor by the application's own hand.
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
      expect(await refusal(`update comity.charges set state = 'WITHDRAWN' where case_id = $1::uuid and id = $2::uuid`, [subject.id, chargeId])).toBe('42501');
      expect(await refusal(`insert into comity.charge_levels (case_id, id, needs, charge_id, level, reason, named_by, named_at) values ($1::uuid, '${newId()}', 16, $2::uuid, 'FELONY', 'x', comity.member(), clock_timestamp())`, [subject.id, chargeId])).toBe('42501');
    });
    await play.settled(subject, chargeId, 'HOLD', { supersedes: waiting });
    expect(await named()).toBeUndefined();
    expect(await play.ended('attorneyDallas', 'withdrawCharge', { caseId: subject.id, chargeId })).toBe('OK');
  });

  test('to charge what is out of time warns, and does not block', async () => {
    const [subject] = await charged(0);
    const [statute] = await world.database.owner`select id from comity.statutes where citation = 'Tex. Penal Code 22.01'`;
    const { charge: { id: chargeId } } = await play.tell('attorneyDallas', 'proposeCharge', { caseId: subject.id, personId: subject.personIds[0], statuteId: statute?.['id'], counts: 1, offenceOn: '2020-03-14' });
    const codes = async () => (await play.seen('attorneyDallas', subject)).charges[0].decisions.map(({ warnings }: { warnings: { code: string }[] }) => warnings.map(({ code }) => code));
    const held = await play.decide('attorneyDallas', subject, chargeId, 'HOLD');
    await play.approve('supervisorDallas', subject, held);
    await play.settled(subject, chargeId, 'CHARGE', { supersedes: held });
    expect(await codes()).toEqual([[], ['LIMITATION_PASSED']]);
    const [inTime, other = ''] = await charged();
    await play.settled(inTime, other, 'CHARGE');
    expect((await play.seen('attorneyDallas', inTime)).charges[0].decision.warnings).toEqual([]);
  });

  test('another stands than the one it would supersede; superseded it stays in view', async () => {
    const [subject, charge = ''] = await charged();
    const first = await play.decide('attorneyDallas', subject, charge, 'HOLD');
    expect(await play.ended('supervisorDallas', 'approveDecision', { caseId: subject.id, decisionId: first, expectedVersion: subject.version })).toBe('OK');
    for (const supersedes of [undefined, newId(), 'no id']) {
      expect(await play.refusal('attorneyDallas', 'decideCharge', await play.decision(subject, charge, 'DECLINE', { supersedes }))).toMatchObject({ code: 'CONFLICT', standing: first, remedy: expect.stringContaining('supersedes') });
    }
    await play.settled(subject, charge, 'DECLINE', { supersedes: first });
    const { charges: [shown], outcome, stage } = await play.seen('attorneyDallas', subject);
    expect([outcome, stage]).toEqual(['DECLINE', 'DECLINED']);
    expect(shown.decisions).toMatchObject([{ id: first, state: 'SUPERSEDED', answeredBy: { name: 'Sue Visser' } }, { outcome: 'DECLINE', state: 'STANDING', supersedes: first }]);
    const [fresh, undecided = ''] = await charged();
    expect(await play.refusal('attorneyDallas', 'decideCharge', await play.decision(fresh, undecided, 'DECLINE', { supersedes: first }))).toMatchObject({ code: 'CONFLICT', standing: null });
  });

  test('it is not the actor’s to take: no seat of another office, no attorney off the team, nobody at the wrong stage', async () => {
    const [subject, charge = ''] = await charged();
    const input = await play.decision(subject, charge, 'DECLINE');
    expect(await play.ended('secondDallas', 'decideCharge', input)).toBe('FORBIDDEN');
    expect(await play.ended('supervisorHennepin', 'decideCharge', input)).toBe('NOT_FOUND');
    for (const who of ['investigatorDallas', 'advocateDallas', 'intakeDallas', 'recordsDallas', 'chiefDallasPolice', 'analyst'] as const) expect(await play.ended(who, 'decideCharge', input), who).toBe('FORBIDDEN');
    await world.database.owner`update comity.cases set stage = 'MERGED' where id = ${subject.id}`;
    expect(await play.refusal('attorneyDallas', 'decideCharge', input)).toMatchObject({ code: 'CONFLICT', stage: 'MERGED' });
  });
});

describe('the lifecycle of a decision', () => {
  const FIELDS = { approve: 'approveDecision', reject: 'rejectDecision', withdraw: 'withdrawDecision' } as const;
  const all = DECISION_ACTS.flatMap((act) => DECISION_STATES.map((state) => [act, state] as const));
  test.each(all)('%s of what is %s is done where the one table says so, and a CONFLICT elsewhere', async (act: DecisionAct, state) => {
    const to = (DECISION_MOVES[act] as DecisionMoves)[state];
    const [subject, charge = ''] = await charged();
    const author = world.memberIds[act === 'withdraw' ? 'attorneyDallas' : 'electedDallas'];
    const decisionId = await withDecision(world, subject, charge, { state, outcome: 'HOLD', by: author });
    const stateOf = async () => (await world.database.owner`select state from comity.decisions where id = ${decisionId}`)[0]?.['state'];
    if (act === 'supersede') {
      const later = await play.refusal('attorneyDallas', 'decideCharge', await play.decision(subject, charge, 'DIVERT', { supersedes: decisionId }));
      expect(later['code']).toBe(to === undefined ? 'CONFLICT' : undefined);
      if (to === undefined) return;
      const { charges: [{ decisions }] } = await play.seen('attorneyDallas', subject);
      await play.approve('supervisorDallas', subject, decisions[1].id);
    } else {
      const who = act === 'withdraw' ? 'attorneyDallas' : 'supervisorDallas';
      const input = { caseId: subject.id, decisionId, ...(act === 'approve' && { expectedVersion: subject.version }), ...(act === 'reject' && { reason: 'No.' }) };
      expect(await play.ended(who, FIELDS[act], input)).toBe(to === undefined ? 'CONFLICT' : 'OK');
    }
    expect(await stateOf()).toBe(to ?? state);
  });
});

describe('what the decisions come to', () => {
  test.each<[RollUp, Outcome[]]>([
    ['UNDECIDED', []], ['UNDECIDED', ['NONE']], ['UNDECIDED', ['NONE', 'NONE']], ['OPEN', ['NONE', 'DECLINE']], ['OPEN', ['HOLD']], ['OPEN', ['HOLD', 'CHARGE']],
    ['DECLINED', ['DECLINE']], ['DECLINED', ['DECLINE', 'DECLINE']], ['REFERRED_OUT', ['REFER_OUT', 'REFER_OUT']],
    ['DECIDED', ['CHARGE']], ['DECIDED', ['DIVERT']], ['DECIDED', ['DECLINE', 'REFER_OUT']], ['DECIDED', ['CHARGE', 'DECLINE']],
  ])('is %s for %j', (rollUp, outcomes) => {
    expect(rollUpOf(outcomes)).toBe(rollUp);
  });

  const DECIDING: Record<RollUp, Decided[]> = { UNDECIDED: [], OPEN: ['HOLD'], DECLINED: ['DECLINE'], REFERRED_OUT: ['REFER_OUT'], DECIDED: ['DIVERT'] };
  const OPEN_TO = ['CLAIMED', 'UNDER_REVIEW', 'AWAITING_AGENCY', 'AWAITING_EXTERNAL', 'REOPENED', 'DECIDED', 'IN_COURT', 'CLOSED', 'DECLINED', 'REFERRED_OUT'];
  const all = ROLL_UPS.flatMap((rollUp) => STAGES.map((stage) => [rollUp, stage] as const));
  test.each(all)('%s leads a case that is %s where the one table says, and nowhere else', async (rollUp, stage: Stage) => {
    const to = (STAGE_MOVES[rollUp] as Partial<Record<Stage, Stage>>)[stage] ?? stage;
    expect(stageAfter(stage, rollUp, 'NONE')).toBe(to);
    // A court that has all of it closes the case, whatever its stage; one for which a charge waits has it.
    expect(stageAfter(stage, rollUp, 'OVER')).toBe('CLOSED');
    expect(stageAfter(stage, rollUp, 'PENDING')).toBe('IN_COURT');
    const [subject, charge = ''] = await charged();
    await world.database.owner`update comity.cases set stage = ${stage} where id = ${subject.id}`;
    const [outcome] = DECIDING[rollUp];
    if (outcome === undefined) return;
    const input = await play.decision(subject, charge, outcome);
    expect(await play.ended('attorneyDallas', 'decideCharge', input)).toBe(OPEN_TO.includes(stage) ? 'OK' : 'CONFLICT');
    if (!OPEN_TO.includes(stage)) return;
    const { charges: [{ decisions }] } = await play.seen('attorneyDallas', subject);
    expect((await play.approve('supervisorDallas', subject, decisions[0].id)).case.stage).toBe(to);
  });

  test('of several charges is theirs if it is the same, MIXED if it is not, and nothing while one is undecided or none is live', async () => {
    const [subject, first = '', second = '', third = ''] = await charged(3);
    expect(await play.settled(subject, first, 'CHARGE')).toMatchObject({ outcome: null, stage: 'UNDER_REVIEW' });
    expect(await play.settled(subject, second, 'CHARGE')).toMatchObject({ outcome: null, stage: 'UNDER_REVIEW' });
    expect(await play.settled(subject, third, 'DECLINE')).toMatchObject({ outcome: 'MIXED', stage: 'DECIDED' });
    const [none] = await charged(0);
    expect(await play.seen('attorneyDallas', none)).toMatchObject({ outcome: null, stage: 'CLAIMED' });
  });

  test('follows when the last undecided charge is withdrawn, with the version', async () => {
    const [subject, first = '', second = ''] = await charged(2);
    const { version, stage } = await play.settled(subject, first, 'DECLINE');
    expect(stage).toBe('UNDER_REVIEW');
    const { case: after } = await play.tell('attorneyDallas', 'withdrawCharge', { caseId: subject.id, chargeId: second });
    expect(after).toMatchObject({ outcome: 'DECLINE', stage: 'DECLINED', version: version + 1 });
    // What nothing stands on moves nothing.
    const [fresh, only = ''] = await charged();
    expect((await play.tell('attorneyDallas', 'withdrawCharge', { caseId: fresh.id, chargeId: only })).case).toMatchObject({ stage: 'CLAIMED', version: fresh.version });
  });

  test('is open again when a further charge is proposed after all was decided', async () => {
    const [subject, charge = ''] = await charged();
    const { version } = await play.settled(subject, charge, 'CHARGE');
    await play.charged('attorneyDallas', subject);
    expect(await play.seen('attorneyDallas', subject)).toMatchObject({ stage: 'UNDER_REVIEW', outcome: null, version: version + 1 });
  });

  test('reopens a declined case when one of its decisions is superseded', async () => {
    const [subject, charge = ''] = await charged();
    const declined = await play.settled(subject, charge, 'DECLINE');
    expect(declined.stage).toBe('DECLINED');
    const reopened = await play.settled(subject, charge, 'CHARGE', { supersedes: declined.charges[0].decision.id });
    expect(reopened).toMatchObject({ stage: 'REOPENED', outcome: 'CHARGE', version: declined.version + 1 });
    expect(await play.charged('attorneyDallas', subject)).toEqual(expect.any(String));
  });

  test('opens to others what a rule book makes depend on it, in the same transaction', async () => {
    const book = await bookInForce(world, 'dallas-tx', {});
    const { owner } = world.database;
    await owner`insert into comity.sharing_rules (book_id, position, audience_id, facets, stages, levels, tags, until, basis)
      select id, 0, ${world.officeIds['hennepin-mn']}, 17, '{DECLINED}', '{}', '{}', 'infinity', 'Agreed.' from comity.rule_books where jurisdiction_id = ${world.officeIds['dallas-tx']} and version = ${book}`;
    const [subject, charge = ''] = await charged();
    expect(await play.seen('attorneyHennepin', subject)).toBeNull();
    await play.settled(subject, charge, 'DECLINE', { shareableReason: 'Too little is seen.' });
    // The office that a rule opens CHARGES to reads what was decided, and not the office's own words on it.
    expect((await play.seen('attorneyHennepin', subject)).charges[0].decision).toMatchObject({ outcome: 'DECLINE', shareableReason: 'Too little is seen.', grounds: null });
    await bookInForce(world, 'dallas-tx', {});
    expect(await play.seen('attorneyHennepin', subject)).toBeNull();
  });
});

describe('what goes into a compartment with its charge', () => {
  const place = (field: string) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { case { id } } }`;

  test('is decided, withdrawn and proposed without a word to others: not by the stage, the version, the trail, or what an agency is told', async () => {
    const [subject, open = '', hidden = '', third = ''] = await charged(3);
    const reason = await play.decide('attorneyDallas', subject, open, 'DECLINE', { shareableReason: 'Too little is seen.' });
    await play.approve('supervisorDallas', subject, reason);
    for (const id of [hidden, third]) {
      await world.as('attorneyDallas').get(place('placeInCompartment'), { input: { caseId: subject.id, compartment: 'GRAND_JURY', target: { kind: 'CHARGE', id }, basis: 'GRAND_JURY_TESTIMONY' } });
    }
    await world.as('attorneyDallas').get(place('assignCase'), { input: { caseId: subject.id, memberId: world.memberIds.electedDallas, role: 'SUPPORT' } });
    const told = async () => [await play.seen('secondDallas', subject), (await world.as('chiefDallasPolice').ask('query { referrals(first: 100) { nodes { id state declinationReasons { text } } } }', {})).data];
    const before = await told();
    expect(before[0]).toMatchObject({ stage: 'UNDER_REVIEW' });
    await play.approve('electedDallas', subject, await play.decide('attorneyDallas', subject, hidden, 'CHARGE', { overrideReason: 'The period ends.' }));
    expect(await told()).toEqual(before);
    expect((await play.tell('attorneyDallas', 'withdrawCharge', { caseId: subject.id, chargeId: third })).case).toMatchObject({ stage: 'UNDER_REVIEW' });
    expect(await told()).toEqual(before);
  });

  test('is decided out of sight and moves no stage; it comes back with the charge, but for the words that were written there', async () => {
    const [subject, charge = ''] = await charged();
    const target = { kind: 'CHARGE', id: charge };
    await world.as('attorneyDallas').get(place('placeInCompartment'), { input: { caseId: subject.id, compartment: 'GRAND_JURY', target, basis: 'GRAND_JURY_TESTIMONY' } });
    await world.as('attorneyDallas').get(place('assignCase'), { input: { caseId: subject.id, memberId: world.memberIds.electedDallas, role: 'SUPPORT' } });
    const { case: after } = await play.approve('electedDallas', subject, await play.decide('attorneyDallas', subject, charge, 'HOLD'));
    expect(after).toMatchObject({ stage: 'CLAIMED', outcome: 'HOLD' });

    const hidden = await play.seen('supervisorDallas', subject);
    expect([hidden.charges, hidden.outcome]).toEqual([[], null]);
    expect(hidden.events.nodes.filter(({ act }: { act: string }) => act.startsWith('CHARGE_'))).toEqual([]);
    await seated(world.database, { as: world.memberIds.supervisorDallas }, async ({ rows }) => {
      for (const table of ['decisions', 'decision_grounds']) expect(await rows(`select 1 from comity.${table} where case_id = $1::uuid`, [subject.id]), table).toEqual([]);
    });

    await world.as('attorneyDallas').get(place('releaseFromCompartment'), { input: { caseId: subject.id, compartment: 'GRAND_JURY', target, finding: 'PLACED_IN_ERROR' } });
    expect((await play.seen('supervisorDallas', subject)).charges[0].decision).toMatchObject({ outcome: 'HOLD', grounds: null });
    expect((await play.seen('attorneyDallas', subject)).charges[0].decision.grounds).toMatchObject({ evidential: 'Two recordings and a witness.' });
  });
});

describe('by the application’s own hand', () => {
  test('a decision is proposed in one’s own name, and answered as the acts would', async () => {
    const [subject, charge = ''] = await charged();
    const decisionId = await play.decide('supervisorDallas', subject, charge, 'HOLD');
    const answer = (state: string) => `update comity.decisions set state = '${state}', answered_by = comity.member(), answered_at = now() where case_id = $1::uuid and id = $2::uuid`;
    const insert = (state: string, by: string) => `insert into comity.decisions (case_id, id, needs, charge_id, outcome, reason_codes, state, proposed_by, proposed_at, answered_by)
      values ($1::uuid, $2::uuid, 16, $3::uuid, 'CHARGE', '{EVIDENCE_SUFFICIENT}', '${state}', ${by}, now(), ${state === 'PROPOSED' ? 'null' : 'comity.member()'})`;
    const ends: Record<string, Record<string, string>> = {};
    for (const who of ['supervisorDallas', 'electedDallas', 'attorneyDallas', 'attorneyHennepin'] as const) {
      ends[who] = await seated(world.database, { as: world.memberIds[who] }, async ({ refusal, touched }) => ({
        standing: who === 'attorneyHennepin' ? String(await touched(answer('STANDING'), [subject.id, decisionId])) : await refusal(answer('STANDING'), [subject.id, decisionId]),
        withdrawn: who === 'attorneyHennepin' ? String(await touched(answer('WITHDRAWN'), [subject.id, decisionId])) : await refusal(answer('WITHDRAWN'), [subject.id, decisionId]),
        ready: await refusal(insert('STANDING', 'comity.member()'), [subject.id, newId(), charge]),
        another: await refusal(insert('PROPOSED', `'${world.memberIds.recordsDallas}'`), [subject.id, newId(), charge]),
        filed: who === 'attorneyHennepin' ? '42501' : await refusal(`update comity.charges set state = 'FILED' where case_id = $1::uuid and id = $2::uuid`, [subject.id, charge]),
      }));
    }
    const refused = { ready: '42501', another: '42501', filed: '42501' };
    expect(ends).toEqual({
      supervisorDallas: { standing: '42501', withdrawn: 'passed', ...refused },
      electedDallas: { standing: 'passed', withdrawn: '42501', ...refused },
      attorneyDallas: { standing: '42501', withdrawn: '42501', ...refused },
      attorneyHennepin: { standing: '0', withdrawn: '0', ...refused },
    });
  });
});
