import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { after } from '../src/federal/machine.ts';
import { DISPOSITION_MOVES, DISPOSITION_PLACES, DISPOSITIONS, isConviction, isReopening } from '../src/federal/disposition.rules.ts';
import { REMOVAL_STATES } from '../src/federal/removal.rules.ts';
import { newId } from '../src/kernel/ids.ts';
import { bench } from './decisions.world.ts';
import { docket, withRemoval } from './federal.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof docket>;
let judging: ReturnType<typeof bench>;
beforeAll(async () => {
  world = await openWorld();
  play = docket(world);
  judging = bench(world);
});
afterAll(() => world.close());

/** A further charge, under a statute of the state that the case is not charged under. */
async function proposed({ id, personIds }: BuiltCase): Promise<string> {
  const [statute] = await world.database.owner`select s.id from comity.statutes s join comity.statute_versions v on v.statute_id = s.id
    where s.state = 'TX' and v.valid_to is null and not exists (select 1 from comity.charges h where h.case_id = ${id} and h.statute_id = s.id) order by s.citation limit 1`;
  return (await judging.tell('attorneyDallas', 'proposeCharge', { caseId: id, personId: personIds[0], statuteId: statute?.['id'], counts: 1 })).charge.id;
}
const withdrawn = ({ id: caseId }: BuiltCase, chargeId: string) => judging.tell('attorneyDallas', 'withdrawCharge', { caseId, chargeId });

describe('a person against whom a charge is filed', () => {
  test('is arraigned on a day that has come, corrected by naming the entry that holds', async () => {
    const { subject, personId } = await play.inCourt();
    const { person } = await play.arraign(subject);
    expect(person).toMatchObject({ id: personId, arraignedOn: '2026-06-01', trialStartsOn: null, courtDates: [{ kind: 'ARRAIGNMENT', day: '2026-06-01', supersedes: null, recordedBy: { name: 'Ada Attwell' } }] });
    const input = { caseId: subject.id, personId, arraignedOn: '2026-06-02' };
    const [{ id: first }] = person.courtDates;
    for (const supersedes of [null, newId()]) expect(await play.refusal('attorneyDallas', 'recordArraignment', { ...input, supersedes })).toMatchObject({ code: 'CONFLICT', rule: 'REMOVAL_WINDOW', citation: '28 U.S.C. 1455(b)(1)', arraignment: first });
    const corrected = await play.tell('supervisorDallas', 'recordArraignment', { ...input, supersedes: first, court: 'Magistrate, room 2' });
    expect(corrected.person).toMatchObject({ arraignedOn: '2026-06-02', courtDates: [{ day: '2026-06-02', supersedes: first, court: 'Magistrate, room 2' }, { day: '2026-06-01' }] });
    expect(await play.ended('supervisorDallas', 'recordArraignment', { ...input, supersedes: first })).toBe('CONFLICT');
    const { subject: another, personId: other } = await play.inCourt();
    expect(await play.ended('attorneyDallas', 'recordArraignment', { caseId: another.id, personId: other, arraignedOn: '2026-06-01', supersedes: newId() })).toBe('CONFLICT');
  });

  test('is tried on a day that is set, set anew and taken off', async () => {
    const { subject, personId } = await play.inCourt();
    const set = (startsOn: string | null) => ({ caseId: subject.id, personId, startsOn });
    expect(await play.refusal('attorneyDallas', 'setTrial', set(null))).toMatchObject({ code: 'CONFLICT', trialStartsOn: null });
    expect((await play.tell('attorneyDallas', 'setTrial', set('2999-06-20'))).person.trialStartsOn).toBe('2999-06-20');
    expect(await play.refusal('attorneyDallas', 'setTrial', set('2999-06-20'))).toMatchObject({ code: 'CONFLICT', trialStartsOn: '2999-06-20' });
    await play.tell('attorneyDallas', 'setTrial', set('2026-11-01'));
    const { person, case: seen } = await play.tell('attorneyDallas', 'setTrial', set(null));
    expect(person).toMatchObject({ trialStartsOn: null, courtDates: [{ day: null }, { day: '2026-11-01' }, { day: '2999-06-20', supersedes: null }] });
    expect(seen.events.nodes[0]).toEqual({ act: 'TRIAL_SET', body: { personId, courtDateId: person.courtDates[0].id, supersedes: person.courtDates[1].id } });
    expect(await play.ended('attorneyDallas', 'setTrial', set(null))).toBe('CONFLICT');
  });

  test('is not arraigned on a day to come, before the filing or after the trial; nor tried before either', async () => {
    const { subject, personId } = await play.inCourt();
    const about = { caseId: subject.id, personId };
    for (const arraignedOn of ['2999-01-01', '2026-05-03']) expect(await play.refusal('attorneyDallas', 'recordArraignment', { ...about, arraignedOn })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'arraignedOn' });
    expect(await play.refusal('attorneyDallas', 'setTrial', { ...about, startsOn: '2026-05-03' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'startsOn', message: expect.stringContaining('the filing') });
    await play.tell('attorneyDallas', 'setTrial', { ...about, startsOn: '2026-06-20' });
    expect(await play.refusal('attorneyDallas', 'recordArraignment', { ...about, arraignedOn: '2026-06-21' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'arraignedOn', message: expect.stringContaining('28 U.S.C. 1455(b)(1)') });
    await play.arraign(subject);
    expect(await play.refusal('attorneyDallas', 'setTrial', { ...about, startsOn: '2026-05-31' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'startsOn', message: expect.stringContaining('the arraignment') });
    expect((await play.seen('attorneyDallas', subject)).persons[0].courtDates).toHaveLength(2);
  });

  test.each(['recordArraignment', 'setTrial'] as const)('%s is of nobody else, by nobody else, at no other time', async (field) => {
    const { subject, personId } = await play.inCourt();
    const input = { caseId: subject.id, personId, ...(field === 'setTrial' ? { startsOn: '2026-09-01' } : { arraignedOn: '2026-06-01' }) };
    expect(await play.ended('attorneyDallas', field, { ...input, personId: subject.personIds[1] })).toBe('CONFLICT');
    expect(await play.refusal('attorneyDallas', field, { ...input, personId: newId() })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'personId' });
    expect(await play.ended('secondDallas', field, input)).toBe('FORBIDDEN');
    expect(await play.ended('attorneyHennepin', field, input)).toBe('NOT_FOUND');
    const ends = await Promise.all(Array.from({ length: 3 }, () => play.ended('attorneyDallas', field, input)));
    expect(ends.sort()).toEqual(['CONFLICT', 'CONFLICT', 'OK']);
    await world.database.owner`update comity.cases set stage = 'DECLINED' where id = ${subject.id}`;
    expect(await play.refusal('attorneyDallas', field, { ...input, startsOn: undefined, arraignedOn: undefined, ...(field === 'setTrial' ? { startsOn: '2026-10-01' } : { arraignedOn: '2026-06-01' }) })).toMatchObject({ code: 'CONFLICT', stage: 'DECLINED' });
  });
});

describe('a filed charge', () => {
  test.each(DISPOSITION_PLACES.flatMap((place) => DISPOSITIONS.map((kind) => [place, kind] as const)))('that is %s is %s as the one table says, a correction naming what it corrects', async (place, kind) => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    let holds: string | undefined;
    for (const before of place === 'OPEN' ? [] : isReopening(place) ? (['CONVICTED', place] as const) : [place]) {
      holds = (await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, before, { supersedes: holds ?? null }))).charge.disposition.id;
    }
    if (holds !== undefined) expect(await play.refusal('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, kind))).toMatchObject({ code: 'CONFLICT', holds, remedy: expect.stringContaining('supersedes') });
    expect(await play.ended('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, kind, { supersedes: newId() }))).toBe('CONFLICT');
    if (after(DISPOSITION_MOVES, kind, place) === undefined) {
      expect(await play.refusal('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, kind, { supersedes: holds ?? null }))).toMatchObject({ code: 'CONFLICT', rule: 'DISPOSITION', state: place });
      return;
    }
    const { charge, case: seen } = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, kind, { supersedes: holds ?? null }));
    expect(charge.disposition).toMatchObject({ kind: after(DISPOSITION_MOVES, kind, place), disposedOn: '2026-09-01', forum: 'STATE', supersedes: holds ?? null, recordedBy: { name: 'Ada Attwell' } });
    expect(charge.dispositions).toHaveLength(place === 'OPEN' ? 1 : isReopening(place) ? 3 : 2);
    expect(seen.stage).toBe(isReopening(kind) ? 'IN_COURT' : 'CLOSED');
  });

  test('that was disposed of waits again once that is vacated, or was in error: the case is in court again, and closed again after', async () => {
    for (const kind of ['VACATED', 'ENTERED_IN_ERROR']) {
      const { subject, chargeIds: [chargeId = ''], personId } = await play.inCourt();
      const { charge: { disposition: { id } } } = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'DISMISSED'));
      const refused = (more: object) => play.dispose(subject, chargeId, kind, { supersedes: id, ...more }).then((input) => play.refusal('attorneyDallas', 'recordDisposition', input));
      expect(await refused({ disposedOn: '2026-08-31' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'disposedOn', message: expect.stringContaining('sets aside') });
      expect(await refused({ reason: null })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
      const { charge, case: open } = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, kind, { supersedes: id, disposedOn: '2026-09-20' }));
      expect(open.stage).toBe('IN_COURT');
      expect(open.events.nodes[0]).toEqual({ act: 'REOPENED', body: {} });
      expect(await play.ended('attorneyDallas', 'setTrial', { caseId: subject.id, personId, startsOn: '2026-10-20' })).toBe('OK');
      const { case: over } = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'ACQUITTED', { supersedes: charge.disposition.id, disposedOn: '2026-10-21' }));
      expect(over).toMatchObject({ stage: 'CLOSED', charges: [{ disposition: { kind: 'ACQUITTED' }, dispositions: [{ kind: 'DISMISSED' }, { kind }, { kind: 'ACQUITTED' }] }] });
    }
  });

  test('closes no case in which another charge is open: once that is declined or withdrawn, it is closed; a new one reopens it', async () => {
    for (const ending of ['declined', 'withdrawn'] as const) {
      const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
      const open = await proposed(subject);
      const { case: waits } = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'ACQUITTED'));
      expect(waits.stage).toBe('IN_COURT');
      if (ending === 'withdrawn') await withdrawn(subject, open);
      else await judging.approve('supervisorDallas', subject, await judging.decide('attorneyDallas', subject, open, 'DECLINE'));
      expect((await play.seen('attorneyDallas', subject)).stage).toBe('CLOSED');
      const another = await proposed(subject);
      expect((await play.seen('attorneyDallas', subject)).stage).toBe('REOPENED');
      await withdrawn(subject, another);
      expect((await play.seen('attorneyDallas', subject)).stage).toBe('CLOSED');
    }
  });

  test('closes the case once none that is filed waits; those that are withdrawn are not waited for', async () => {
    const { subject, chargeIds: [first = '', second = ''] } = await play.inCourt(2);
    const plea = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, first, 'PLEADED', { sentence: 'Two years of probation.' }));
    expect(plea.case.stage).toBe('IN_COURT');
    const version = plea.case.version;
    const { case: seen } = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, second, 'DISMISSED'));
    expect(seen).toMatchObject({ stage: 'CLOSED', version: version + 1, charges: [{ disposition: { kind: 'PLEADED', sentence: 'Two years of probation.' } }, { disposition: { kind: 'DISMISSED', reason: 'The witness moved.' } }] });
    expect(seen.events.nodes.slice(0, 2)).toEqual([
      { act: 'CLOSED', body: {} },
      { act: 'DISPOSITION_RECORDED', body: { chargeId: second, dispositionId: seen.charges[1].disposition.id, kind: 'DISMISSED', forum: 'STATE', supersedes: null } },
    ]);
    expect(await play.ended('attorneyDallas', 'recordDisposition', await play.dispose(subject, second, 'DISMISSED', { expectedVersion: version, supersedes: seen.charges[1].disposition.id }))).toBe('CONFLICT');
  });

  test('that two dispose of at once is disposed of once', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    const input = await play.dispose(subject, chargeId, 'ACQUITTED');
    const ends = await Promise.all(['attorneyDallas', 'supervisorDallas', 'electedDallas'].map((who) => play.ended(who as 'attorneyDallas', 'recordDisposition', input)));
    expect(ends.sort()).toEqual(['CONFLICT', 'CONFLICT', 'OK']);
  });

  test.each(REMOVAL_STATES.flatMap((state) => DISPOSITIONS.map((kind) => [state, kind] as const)))('while a removal stands at %s is %s by the court that may: no conviction in the state while the judgment is barred, nothing there once the case is removed (28 U.S.C. 1455(b)(3), (5))', async (state, kind) => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    const removalId = await withRemoval(world, subject, state);
    const [removal] = (await play.seen('attorneyDallas', subject)).removals;
    expect(removal.id).toBe(removalId);
    const input = await play.dispose(subject, chargeId, kind);
    const ended = await play.refusal('attorneyDallas', 'recordDisposition', input);
    if (isReopening(kind)) expect(ended).toMatchObject({ code: 'CONFLICT', rule: 'DISPOSITION' });
    else if (removal.ruling === 'REMOVED') expect(ended).toMatchObject({ code: 'CONFLICT', rule: 'REMOVAL', citation: '28 U.S.C. 1455(b)(5)', remedy: expect.stringContaining('FEDERAL') });
    else if (removal.judgmentBarred && isConviction(kind)) expect(ended).toMatchObject({ code: 'CONFLICT', rule: 'JUDGMENT_BARRED', citation: '28 U.S.C. 1455(b)(3)', remedy: expect.stringContaining('remand') });
    else expect(ended).toEqual({ message: undefined });
    const federal = await play.inCourt();
    await withRemoval(world, federal.subject, state);
    expect(await play.ended('attorneyDallas', 'recordDisposition', await play.dispose(federal.subject, String(federal.chargeIds[0]), kind, { forum: 'FEDERAL', court: 'N.D. Tex.' }))).toBe(removal.ruling === 'REMOVED' && !isReopening(kind) ? 'OK' : 'CONFLICT');
  });

  test.each([
    // Notice on 10 June, removed on 25 June, remanded on 20 July, and noticed again on 10 August on other grounds.
    ['2026-06-09', 'STATE', 'CONVICTED', 'OK'], ['2026-06-10', 'STATE', 'CONVICTED', 'JUDGMENT_BARRED'], ['2026-06-24', 'STATE', 'PLEADED', 'JUDGMENT_BARRED'], ['2026-06-24', 'STATE', 'ACQUITTED', 'OK'],
    ['2026-06-24', 'FEDERAL', 'ACQUITTED', 'REMOVAL'], ['2026-06-25', 'STATE', 'DISMISSED', 'REMOVAL'], ['2026-06-25', 'FEDERAL', 'CONVICTED', 'OK'], ['2026-07-19', 'STATE', 'ACQUITTED', 'REMOVAL'],
    ['2026-07-20', 'FEDERAL', 'DISMISSED', 'REMOVAL'], ['2026-07-20', 'STATE', 'CONVICTED', 'OK'], ['2026-08-09', 'STATE', 'CONVICTED', 'OK'], ['2026-08-10', 'STATE', 'CONVICTED', 'JUDGMENT_BARRED'],
  ])('is judged by the day that it was disposed of on: %s, %s court, %s: %s', async (disposedOn, forum, kind, ends) => {
    const { subject, chargeIds: [chargeId = ''], personId } = await play.inCourt();
    const { removal: { id: removalId } } = await play.remove(subject, 'FILE_NOTICE', '2026-06-10');
    await play.remove(subject, 'SET_HEARING', '2026-06-12', { removalId, hearingOn: '2026-06-20' });
    await play.remove(subject, 'REMOVE', '2026-06-25', { removalId });
    await play.remove(subject, 'REMAND', '2026-07-20', { removalId });
    await play.tell('attorneyDallas', 'recordRemoval', { caseId: subject.id, personId, act: 'FILE_NOTICE', on: '2026-08-10', federalCourt: 'N.D. Tex.', docketNumber: '3:26-cr-00002', grounds: ['ARMED_FORCES'], groundsAroseOn: '2026-08-01' });
    const refused = await play.refusal('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, kind, { disposedOn, forum }));
    expect(refused['rule'] ?? refused['code'] ?? 'OK').toBe(ends);
    const by = `insert into comity.dispositions (case_id, id, needs, charge_id, kind, disposed_on, forum, court, reason, recorded_by, recorded_at)
      values ($1::uuid, '${newId()}', 80, $2::uuid, '${kind}', '${disposedOn}', '${forum}', 'x', ${kind === 'DISMISSED' ? `'x'` : 'null'}, comity.member(), now())`;
    if (ends !== 'OK') await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => expect(await refusal(by, [subject.id, chargeId])).toBe('42501'));
  });

  test('of one person is not barred by the removal of another', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    const other = await play.filedCharge(subject, { person: 2 });
    await withRemoval(world, subject, 'NOTICE_FILED', { person_id: subject.personIds[2] });
    expect(await play.ended('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'CONVICTED'))).toBe('OK');
    expect(await play.refusal('attorneyDallas', 'recordDisposition', await play.dispose(subject, other, 'PLEADED'))).toMatchObject({ code: 'CONFLICT', rule: 'JUDGMENT_BARRED' });
  });

  test('is disposed of on a day that has come, after its filing and the arraignment, with what belongs to it', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    await play.arraign(subject);
    const refused = async (kind: string, more: object) => play.refusal('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, kind, more as never));
    for (const disposedOn of ['2999-01-01', '2026-05-03', '2026-05-20']) expect(await refused('CONVICTED', { disposedOn })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'disposedOn' });
    expect(await refused('ACQUITTED', { sentence: 'None.' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'sentence' });
    expect(await refused('ACQUITTED', { reason: 'None.' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    expect(await refused('DISMISSED', { reason: null })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    expect(await refused('CONVICTED', { court: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'court' });
    expect((await play.seen('attorneyDallas', subject)).charges[0].dispositions).toEqual([]);
  });

  test('is one that is filed, of a case that one leads; what is hidden is what is absent', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    const [{ subject: other, chargeIds: [foreign = ''] }, input] = [await play.inCourt(), await play.dispose(subject, chargeId, 'ACQUITTED')];
    expect(await play.refusal('attorneyDallas', 'recordDisposition', { ...input, chargeId: foreign })).toEqual(await play.refusal('attorneyDallas', 'recordDisposition', { ...input, chargeId: newId() }));
    expect(await play.ended('secondDallas', 'recordDisposition', input)).toBe('FORBIDDEN');
    expect(await play.ended('advocateDallas', 'recordDisposition', input)).toBe('FORBIDDEN');
    expect(await play.ended('supervisorHennepin', 'recordDisposition', input)).toBe('NOT_FOUND');
    await world.database.owner`update comity.charges set state = 'WITHDRAWN' where case_id = ${other.id}`;
    expect(await play.refusal('attorneyDallas', 'recordDisposition', await play.dispose(other, foreign, 'ACQUITTED'))).toMatchObject({ code: 'CONFLICT', state: 'WITHDRAWN' });
  });

  test('in a compartment neither keeps the case open nor tells of itself', async () => {
    const { subject, chargeIds: [open = '', closed = ''] } = await play.inCourt(2);
    await world.database.owner`update comity.charges set needs = needs | 16384 where case_id = ${subject.id} and id = ${closed}`;
    const { case: seen } = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, open, 'ACQUITTED'));
    expect(seen.stage).toBe('CLOSED');
    // What the court does with it goes on meanwhile.
    expect(await play.ended('attorneyDallas', 'setTrial', { caseId: subject.id, personId: subject.personIds[0], startsOn: '2026-10-20' })).toBe('OK');
    expect(seen.charges).toHaveLength(2);
    await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, closed, 'CONVICTED'));
    const { charge } = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, closed, 'VACATED', { supersedes: (await play.seen('attorneyDallas', subject)).charges.find(({ id }: { id: string }) => id === closed).disposition.id }));
    expect(charge.disposition.kind).toBe('VACATED');
    expect((await play.seen('attorneyDallas', subject)).stage).toBe('CLOSED');
    const hidden = await play.seen('secondDallas', subject);
    expect(hidden.charges).toHaveLength(1);
    expect(hidden.events.nodes.filter(({ act }: { act: string }) => act === 'DISPOSITION_RECORDED')).toHaveLength(1);
    // What waits for the court again waits before the whole office once it is released.
    const release = 'mutation ($input: ReleaseFromCompartmentInput!) { releaseFromCompartment(input: $input) { case { stage } } }';
    expect(await world.as('attorneyDallas').get(release, { input: { caseId: subject.id, compartment: 'GRAND_JURY', target: { kind: 'CHARGE', id: closed }, finding: 'COURT_ORDER' } })).toMatchObject({ releaseFromCompartment: { case: { stage: 'IN_COURT' } } });
  });

  test('in a compartment, where no other charge is, moves no case', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await play.inCourt();
    await world.database.owner`update comity.charges set needs = needs | 16384 where case_id = ${subject.id}`;
    const before = await play.seen('secondDallas', subject);
    const { case: seen } = await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, chargeId, 'ACQUITTED'));
    expect([seen.stage, seen.charges.length]).toEqual(['IN_COURT', 1]);
    expect(await play.seen('secondDallas', subject)).toEqual(before);
  });
});

test('by the application’s own hand nothing is entered in another’s name, of what is not filed, or against a removal', async () => {
  const { subject, chargeIds: [chargeId = ''], personId } = await play.inCourt();
  const unfiled: BuiltCase = subject;
  await withRemoval(world, subject, 'NOTICE_FILED');
  const disposing = (kind: string, forum = 'STATE', by = 'comity.member()') =>
    `insert into comity.dispositions (case_id, id, needs, charge_id, kind, disposed_on, forum, court, reason, recorded_by, recorded_at) values ($1::uuid, '${newId()}', 80, $2::uuid, '${kind}', '2026-09-01', '${forum}', 'x', ${kind === 'DISMISSED' ? `'x'` : 'null'}, ${by}, now())`;
  const dated = (by = 'comity.member()', supersedes = 'null') =>
    `insert into comity.court_dates (case_id, id, needs, person_id, kind, day, supersedes, recorded_by, recorded_at) values ($1::uuid, '${newId()}', 84, $2::uuid, 'ARRAIGNMENT', '2026-06-01', ${supersedes}, ${by}, now())`;
  const someone = `'${world.memberIds.electedDallas}'`;
  await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
    for (const [write, ends] of [
      [disposing('CONVICTED'), '42501'], [disposing('PLEADED'), '42501'], [disposing('ACQUITTED', 'FEDERAL'), '42501'], [disposing('ACQUITTED', 'STATE', someone), '42501'], [disposing('ACQUITTED'), 'passed'], [disposing('DISMISSED'), 'passed'],
    ] as const) expect(await refusal(write, [unfiled.id, chargeId]), write).toBe(ends);
    for (const [write, ends] of [[dated(someone), '42501'], [dated('comity.member()', `'${newId()}'`), '42501'], [dated(), 'passed']] as const) expect(await refusal(write, [subject.id, personId]), write).toBe(ends);
    expect(await refusal(dated(), [subject.id, subject.personIds[1] ?? null])).toBe('42501');
  });
});
