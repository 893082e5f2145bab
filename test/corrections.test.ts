import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { charging, pinnedElsewhere } from './charging.world.ts';
import { ANSWERED, bench, withNotice } from './decisions.world.ts';
import { docket } from './federal.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof bench>;
let court: ReturnType<typeof docket>;
let charge: ReturnType<typeof charging>;
beforeAll(async () => {
  world = await openWorld();
  [play, court, charge] = [bench(world), docket(world), charging(world)];
});
afterAll(() => world.close());

const CLOCKS = 'query ($id: ID) { case(id: $id) { clocks(includeEarlier: true) { kind aboutId startedOn metOn state supersededBecause } events(first: 100) { nodes { act body } } } }';
const clocksOf = async (who: CastMember, { id }: BuiltCase, kind: string) => (await world.as(who).get(CLOCKS, { id })).case.clocks.filter((clock: { kind: string }) => clock.kind === kind);

/** A case of Dallas with charges that were filed by the act, and the case in court. */
async function filed(level: string, count = 1, more: object = {}) {
  const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await play.cleared('attorneyDallas', subject);
  const chargeIds: string[] = [];
  for (let at = 0; at < count; at += 1) {
    chargeIds.push(await play.charged('attorneyDallas', subject, level));
    await play.settled(subject, String(chargeIds.at(-1)), 'CHARGE');
  }
  const { case: after } = await play.tell('attorneyDallas', 'fileCharges', {
    caseId: subject.id, chargeIds, instrument: 'INDICTMENT', court: 'Criminal District Court No. 7', docketNumber: 'F26-00123', filedOn: '2026-05-04', expectedVersion: await play.versionOf(subject), ...more,
  });
  return { subject, chargeIds, charges: after.charges };
}
const correction = ({ subject, chargeIds }: { subject: BuiltCase; chargeIds: readonly string[] }, more: object) => ({ caseId: subject.id, chargeIds, reason: 'A digit was misread.', ...more });

describe('what is on record of a filing', () => {
  test('is corrected for all its charges alike; what was told before stays in view, and the clocks follow with both results', async () => {
    const built = await filed('FELONY', 2);
    const { case: after } = await play.tell('attorneyDallas', 'correctFiling', correction(built, { docketNumber: 'F26-00132', filedOn: '2026-05-06' }));
    expect(after).toMatchObject({ stage: 'IN_COURT', outcome: 'CHARGE' });
    for (const { filing, filingEntries } of after.charges) {
      expect(filing).toMatchObject({
        docketNumber: 'F26-00132', filedOn: '2026-05-06', court: 'Criminal District Court No. 7', instrument: 'INDICTMENT', correctedBecause: 'A digit was misread.', recordedBy: { name: 'Ada Attwell' },
      });
      expect(filingEntries).toMatchObject([{ docketNumber: 'F26-00123', filedOn: '2026-05-04', instrument: 'INDICTMENT', correctedBecause: null, withdrawnBecause: null, recordedBy: { name: 'Ada Attwell' } }]);
    }
    expect(after.events.nodes.slice(0, 2)).toEqual([0, 1].map(() => ({ act: 'FILING_CORRECTED', body: expect.objectContaining({ fields: 'docketNumber filedOn' }) })));
    const limitation = (await clocksOf('attorneyDallas', built.subject, 'LIMITATION')).filter(({ aboutId }: { aboutId: string }) => aboutId === built.chargeIds[0]);
    expect(limitation.map(({ metOn, supersededBecause }: { metOn: string; supersededBecause: string | null }) => [metOn, supersededBecause])).toEqual(expect.arrayContaining([['2026-05-04', 'FACTS'], ['2026-05-06', null]]));
    // Once more: the order of what was told is kept.
    const again = await play.tell('supervisorDallas', 'correctFiling', { ...correction(built, { docketNumber: 'F26-00133' }), chargeIds: built.chargeIds.slice(0, 1), reason: 'Another digit.' });
    const [first, second] = [...again.case.charges].sort((a: { id: string }) => (a.id === built.chargeIds[0] ? -1 : 1));
    expect(first).toMatchObject({ filing: { docketNumber: 'F26-00133', correctedBecause: 'Another digit.' }, filingEntries: [{ docketNumber: 'F26-00123' }, { docketNumber: 'F26-00132', correctedBecause: 'A digit was misread.' }] });
    expect(second).toMatchObject({ filing: { docketNumber: 'F26-00132' }, filingEntries: [{ docketNumber: 'F26-00123' }] });
  });

  test('is judged by the same rules as a filing, names what is wrong with a day, and stores nothing by halves', async () => {
    const built = await filed('FELONY');
    const before = await play.seen('attorneyDallas', built.subject);
    const refusal = (more: object) => play.refusal('attorneyDallas', 'correctFiling', correction(built, more));
    expect(await refusal({ instrument: 'COMPLAINT' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'instrument', rule: 'CHARGING_INSTRUMENT', citation: expect.any(String) });
    expect(await refusal({ filedOn: '2026-03-13' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filedOn', message: expect.stringContaining('before an offence') });
    expect(await refusal({ filedOn: '2999-01-01' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filedOn' });
    expect(await refusal({ docketNumber: 'F26-00123' })).toMatchObject({ code: 'CONFLICT', remedy: expect.stringContaining('docketNumber') });
    expect(await refusal({})).toMatchObject({ code: 'CONFLICT' });
    expect(await refusal({ court: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'court' });
    expect(await refusal({ docketNumber: 'F26-00124', reason: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    expect(await refusal({ docketNumber: 'F26-00124', chargeIds: [] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'chargeIds' });
    await court.arraign(built.subject, '2026-06-01');
    expect(await refusal({ filedOn: '2026-06-02' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filedOn', message: expect.stringContaining('the arraignment of 2026-06-01') });
    expect((await play.tell('attorneyDallas', 'correctFiling', correction(built, { filedOn: '2026-06-01' }))).case.charges[0].filing.filedOn).toBe('2026-06-01');
    await court.tell('attorneyDallas', 'recordDisposition', await court.dispose(built.subject, built.chargeIds[0] ?? '', 'ACQUITTED', { disposedOn: '2026-06-20' }));
    expect(await refusal({ filedOn: '2026-06-21' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filedOn' });
    expect((await play.seen('attorneyDallas', built.subject)).charges[0].filingEntries).toHaveLength(before.charges[0].filingEntries.length + 1);
  });

  test('is that of a charge that is filed', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const chargeId = await play.charged('attorneyDallas', subject);
    expect(await play.refusal('attorneyDallas', 'correctFiling', correction({ subject, chargeIds: [chargeId] }, { docketNumber: 'x' }))).toMatchObject({ code: 'CONFLICT', chargeId, state: 'PROPOSED', remedy: expect.stringContaining('fileCharges') });
  });

  test('goes with its charge into a compartment, what was told before too', async () => {
    const built = await filed('FELONY');
    await play.tell('attorneyDallas', 'correctFiling', correction(built, { docketNumber: 'F26-00132' }));
    await world.as('attorneyDallas').get('mutation ($input: PlaceInCompartmentInput!) { placeInCompartment(input: $input) { case { id } } }', { input: { caseId: built.subject.id, compartment: 'GRAND_JURY', target: { kind: 'CHARGE', id: built.chargeIds[0] }, basis: 'GRAND_JURY_TESTIMONY' } });
    const rows = (who: CastMember) => seated(world.database, { as: world.memberIds[who] }, async ({ rows: ask }) => (await ask('select 1 from comity.filing_entries where case_id = $1', [built.subject.id])).length);
    expect([await rows('attorneyDallas'), await rows('supervisorDallas'), await rows('secondDallas')]).toEqual([1, 0, 0]);
  });

  test('cannot be rewritten past the act: what was told is kept by the table itself', async () => {
    const built = await filed('FELONY');
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal, touched }) => {
      const given = [built.subject.id] as const;
      expect(await refusal(`update comity.filings set docket_number = 'x' where case_id = $1`, given)).toBe('42501');
      expect(await refusal(`update comity.filings set docket_number = 'x', corrected_because = 'x', recorded_by = gen_random_uuid(), recorded_at = now() + interval '1 s' where case_id = $1`, given)).toBe('42501');
      expect(await refusal(`insert into comity.filing_entries select f.case_id, f.charge_id, 9, f.needs, f.instrument, f.court, f.docket_number, f.filed_on, f.waiver, f.warnings, f.recorded_by, f.recorded_at from comity.filings f where f.case_id = $1`, given)).toBe('42501');
      expect(await touched(`update comity.filings set docket_number = 'x', corrected_because = 'x', recorded_by = comity.member(), recorded_at = clock_timestamp() where case_id = $1`, given)).toBe(1);
    });
  });

  test('says what a filing must say of the law in time: a text that is not in force, a limitation that has passed', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await play.cleared('attorneyDallas', subject);
    const { statuteId } = await charge.invented('99.71', [[null, null]], { level: 'MISDEMEANOR' });
    await world.database.owner`update comity.statute_versions set limitation = ${world.database.owner.json({ kind: 'MONTHS', startsAt: 'COMMISSION', months: 1, citation: 'Tex. Code Crim. Proc. art. 12.02', note: '' })} where statute_id = ${statuteId}`;
    const { id: chargeId } = await charge.propose('attorneyDallas', subject, { statuteId });
    await play.settled(subject, chargeId, 'CHARGE');
    await pinnedElsewhere(world, chargeId);
    const { case: after } = await play.tell('attorneyDallas', 'fileCharges', { caseId: subject.id, chargeIds: [chargeId], instrument: 'INFORMATION_ON_WAIVER', court: 'x', docketNumber: 'x', filedOn: '2026-05-04', expectedVersion: await play.versionOf(subject) });
    expect(after.charges[0].filing.warnings).toEqual(['NOT_IN_FORCE', 'LIMITATION_PASSED']);
    expect((await play.tell('attorneyDallas', 'correctFiling', correction({ subject, chargeIds: [chargeId] }, { filedOn: '2026-04-14' }))).case.charges[0]).toMatchObject({ filing: { warnings: ['NOT_IN_FORCE'] }, filingEntries: [{ warnings: ['NOT_IN_FORCE', 'LIMITATION_PASSED'] }] });
  });
});

describe('a filing that was never made', () => {
  const withdrawal = async ({ subject, chargeIds }: { subject: BuiltCase; chargeIds: readonly string[] }, more: object = {}) => ({ caseId: subject.id, chargeIds, reason: 'The clerk sent it back.', expectedVersion: await play.versionOf(subject), ...more });

  test('is taken from the record: the charges are proposed again beneath their decisions, the case is out of court, the time runs, and it can be filed anew', async () => {
    const built = await filed('FELONY', 2);
    await play.tell('attorneyDallas', 'correctFiling', correction(built, { docketNumber: 'F26-00132' }));
    const { case: after } = await play.tell('supervisorDallas', 'withdrawFiling', await withdrawal(built));
    expect(after).toMatchObject({ stage: 'DECIDED', outcome: 'CHARGE' });
    for (const each of after.charges) {
      expect(each).toMatchObject({ state: 'PROPOSED', filing: null, decision: { outcome: 'CHARGE', state: 'STANDING' }, filingEntries: [{ docketNumber: 'F26-00123', withdrawnBecause: null }, { docketNumber: 'F26-00132', withdrawnBecause: 'The clerk sent it back.', withdrawnBy: { name: expect.any(String) } }] });
    }
    expect(after.events.nodes.slice(0, 3).map(({ act }: { act: string }) => act).sort()).toEqual(['FILING_WITHDRAWN', 'FILING_WITHDRAWN', 'OUT_OF_COURT']);
    expect((await clocksOf('attorneyDallas', built.subject, 'LIMITATION')).filter(({ supersededBecause }: { supersededBecause: unknown }) => supersededBecause === null)).toMatchObject([{ metOn: null }, { metOn: null }]);
    expect((await clocksOf('attorneyDallas', built.subject, 'VICTIM_NOTICE')).filter(({ supersededBecause }: { supersededBecause: unknown }) => supersededBecause === null)).toEqual([]);
    const again = await play.tell('attorneyDallas', 'fileCharges', { caseId: built.subject.id, chargeIds: built.chargeIds, instrument: 'INDICTMENT', court: 'x', docketNumber: 'F26-00200', filedOn: '2026-05-20', expectedVersion: await play.versionOf(built.subject) });
    expect(again.case).toMatchObject({ stage: 'IN_COURT', charges: [{ state: 'FILED', filing: { docketNumber: 'F26-00200' } }, { state: 'FILED' }] });
  });

  test('of one of two charges leaves the case in court', async () => {
    const built = await filed('FELONY', 2);
    const { case: after } = await play.tell('attorneyDallas', 'withdrawFiling', await withdrawal({ ...built, chargeIds: built.chargeIds.slice(0, 1) }));
    expect([after.stage, after.charges.map(({ state }: { state: string }) => state).sort()]).toEqual(['IN_COURT', ['FILED', 'PROPOSED']]);
  });

  test('is not so while what rests on it is on record, and no half of it is taken', async () => {
    const built = await filed('FELONY', 2);
    expect(await play.refusal('attorneyDallas', 'withdrawFiling', await withdrawal(built, { expectedVersion: 1 }))).toMatchObject({ code: 'CONFLICT', version: expect.any(Number) });
    await court.arraign(built.subject, '2026-06-01');
    const before = await play.seen('attorneyDallas', built.subject);
    expect(await play.refusal('attorneyDallas', 'withdrawFiling', await withdrawal(built))).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('An arraignment is on record') });
    // What else is filed against the person carries it.
    const [first = '', second = ''] = built.chargeIds;
    await court.tell('attorneyDallas', 'recordDisposition', await court.dispose(built.subject, first, 'ACQUITTED'));
    expect(await play.refusal('attorneyDallas', 'withdrawFiling', await withdrawal({ ...built, chargeIds: [first] }))).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('A disposition is on record') });
    expect((await play.seen('attorneyDallas', built.subject)).charges.map(({ state }: { state: string }) => state)).toEqual(before.charges.map(({ state }: { state: string }) => state));
    expect((await play.tell('attorneyDallas', 'withdrawFiling', await withdrawal({ ...built, chargeIds: [second] }))).case.charges.map(({ state }: { state: string }) => state).sort()).toEqual(['FILED', 'PROPOSED']);
    expect(await play.refusal('attorneyDallas', 'withdrawFiling', await withdrawal({ ...built, chargeIds: [second] }))).toMatchObject({ code: 'CONFLICT', state: 'PROPOSED' });
  });

  test('that lies in a compartment tells nobody outside of it that it is gone', async () => {
    const built = await filed('FELONY');
    const kept = { caseId: built.subject.id, compartment: 'GRAND_JURY', target: { kind: 'CHARGE', id: built.chargeIds[0] } };
    await world.as('attorneyDallas').get('mutation ($input: PlaceInCompartmentInput!) { placeInCompartment(input: $input) { case { id } } }', { input: { ...kept, basis: 'GRAND_JURY_TESTIMONY' } });
    const before = await play.seen('supervisorDallas', built.subject);
    const { case: after } = await play.tell('attorneyDallas', 'withdrawFiling', await withdrawal(built));
    expect(after.charges[0]).toMatchObject({ state: 'PROPOSED', filingEntries: [{ withdrawnBecause: 'The clerk sent it back.' }] });
    expect(await play.seen('supervisorDallas', built.subject)).toEqual(before);
    expect(await play.ended('supervisorDallas', 'withdrawFiling', await withdrawal(built))).toBe('NOT_FOUND');
  });
});

describe('a notice to a victim that was recorded wrongly', () => {
  const notice = (subject: BuiltCase, more: object = {}) => ({ caseId: subject.id, personId: subject.personIds[1], kind: 'CHARGED', method: 'MAIL', sentOn: '2026-05-05', ...more });

  test('is withdrawn with a reason, stays in view, and meets no duty any more', async () => {
    const { subject } = await filed('FELONY');
    const { case: told } = await play.tell('advocateDallas', 'recordVictimNotice', notice(subject));
    const [{ id: noticeId }] = told.victimNotices;
    const running = async () => (await clocksOf('attorneyDallas', subject, 'VICTIM_NOTICE')).filter(({ startedOn, supersededBecause }: { startedOn: string; supersededBecause: unknown }) => startedOn === '2026-05-04' && supersededBecause === null);
    expect((await running()).map(({ metOn }: { metOn: string | null }) => metOn)).toEqual(['2026-05-05']);
    const { notice: withdrawn, case: after } = await play.tell('advocateDallas', 'withdrawVictimNotice', { caseId: subject.id, noticeId, reason: 'It went to another victim.' });
    expect(withdrawn).toEqual({ id: noticeId, kind: 'CHARGED', withdrawnBecause: 'It went to another victim.', withdrawnBy: { name: expect.any(String) } });
    expect(after.victimNotices).toMatchObject([{ id: noticeId, withdrawnBecause: 'It went to another victim.' }]);
    expect((await play.seen('attorneyDallas', subject)).events.nodes[0]).toMatchObject({ act: 'VICTIM_NOTICE_WITHDRAWN', body: { noticeId } });
    expect((await running()).map(({ metOn }: { metOn: string | null }) => metOn)).toEqual([null]);
    expect(await play.refusal('advocateDallas', 'withdrawVictimNotice', { caseId: subject.id, noticeId, reason: 'Again.' })).toMatchObject({ code: 'CONFLICT', noticeId });
  });

  test('of what the victim wants is withdrawn while it is their last word: what they said before holds again', async () => {
    const { subject } = await filed('FELONY');
    const out = (await play.tell('advocateDallas', 'recordVictimNotice', notice(subject, { kind: 'OPT_OUT' }))).notice.id;
    const back = (await play.tell('advocateDallas', 'recordVictimNotice', notice(subject, { kind: 'OPT_IN', sentOn: '2026-05-06' }))).notice.id;
    expect(await play.refusal('advocateDallas', 'withdrawVictimNotice', { caseId: subject.id, noticeId: out, reason: 'x' })).toMatchObject({ code: 'CONFLICT', laterId: back });
    await play.tell('advocateDallas', 'withdrawVictimNotice', { caseId: subject.id, noticeId: back, reason: 'It was their sister.' });
    expect(await play.refusal('advocateDallas', 'recordVictimNotice', notice(subject, { kind: 'OPT_OUT' }))).toMatchObject({ code: 'CONFLICT' });
    await play.tell('advocateDallas', 'withdrawVictimNotice', { caseId: subject.id, noticeId: out, reason: 'That too.' });
    await play.tell('advocateDallas', 'recordVictimNotice', notice(subject, { kind: 'OPT_OUT' }));
  });

  test('is taken back by the lead alone, in the name of who does it, and never rewritten', async () => {
    const { subject } = await filed('FELONY');
    const noticeId = await withNotice(world, subject);
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
      expect(await refusal('update comity.victim_notices set withdrawn_by = gen_random_uuid(), withdrawn_at = now(), withdrawn_because = $2 where id = $1', [noticeId, 'x'])).toBe('42501');
      expect(await refusal('update comity.victim_notices set sent_on = current_date where id = $1', [noticeId])).toBe('42501');
    });
  });
});

describe('a draft of an analysis of immunity', () => {
  test('is taken back while it waits: nobody is asked for a review of it any more, and it says why', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { analysis } = await play.tell('attorneyDallas', 'recordImmunityAnalysis', { caseId: subject.id, personId: subject.personIds[0], ...ANSWERED });
    const waits = async () => (await world.as('supervisorDallas').get('{ waiting(first: 100) { nodes { kind id } } }')).waiting.nodes.filter(({ id }: { id: string }) => id === analysis.id);
    expect(await waits()).toHaveLength(1);
    const taken = await play.tell('supervisorDallas', 'withdrawImmunityAnalysis', { caseId: subject.id, analysisId: analysis.id, reason: 'A better one is under way.' });
    expect(taken.analysis).toMatchObject({ state: 'WITHDRAWN', remark: 'A better one is under way.', reviewedBy: { name: expect.any(String) } });
    expect(await waits()).toEqual([]);
    for (const [field, more] of [['withdrawImmunityAnalysis', { reason: 'x' }], ['reviewImmunityAnalysis', { approve: true }]] as const) {
      expect(await play.refusal('electedDallas', field, { caseId: subject.id, analysisId: analysis.id, ...more })).toMatchObject({ code: 'CONFLICT', state: 'WITHDRAWN' });
    }
    expect((await world.as('attorneyDallas').get('query ($id: ID) { case(id: $id) { events(first: 5) { nodes { act } } } }', { id: subject.id })).case.events.nodes[0]).toEqual({ act: 'IMMUNITY_WITHDRAWN' });
  });

  test('counts for nothing once it is taken back: who charges is not warned of it, and CHARGE lacks an analysis as before', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const immune = { authorised: { finding: 'MET', facts: 'An order.' }, necessary: { finding: 'MET', subjective: 'x', objective: 'x' } };
    const { analysis } = await play.tell('attorneyDallas', 'recordImmunityAnalysis', { caseId: subject.id, personId: subject.personIds[0], ...immune });
    await play.tell('attorneyDallas', 'withdrawImmunityAnalysis', { caseId: subject.id, analysisId: analysis.id, reason: 'Another person.' });
    const chargeId = await play.charged('attorneyDallas', subject);
    const { decision } = await play.tell('attorneyDallas', 'decideCharge', await play.decision(subject, chargeId, 'CHARGE'));
    expect(decision.warnings.map(({ code }: { code: string }) => code)).not.toContain('IMMUNITY_LIKELY');
    expect(await play.refusal('supervisorDallas', 'approveDecision', { caseId: subject.id, decisionId: decision.id, expectedVersion: await play.versionOf(subject) })).toMatchObject({ code: 'CONFLICT', rule: 'IMMUNITY_ANALYSIS' });
  });
});

describe('the confirmation of a text of law', () => {
  const ATTEST = 'mutation ($input: AttestStatuteInput!) { attestStatute(input: $input) { statute { id } } }';
  const WITHDRAW = 'mutation ($input: WithdrawAttestationInput!) { withdrawAttestation(input: $input) { statute { versions { id attestedBy attestations { current withdrawnBecause withdrawnBy { name } member { name } } } } } }';
  const confirmed = async (citation: string) => {
    const [text] = await world.database.owner`select v.id, v.revision from comity.statute_versions v join comity.statutes s on s.id = v.statute_id where s.citation = ${citation} order by v.valid_from desc nulls last limit 1`;
    await world.as('secondDallas').get(ATTEST, { input: { versionId: text?.['id'], expectedRevision: text?.['revision'] } });
    return { versionId: String(text?.['id']), expectedRevision: Number(text?.['revision']) };
  };
  const ended = async (who: CastMember, versionId: string) => (await world.as(who).ask(WITHDRAW, { input: { versionId, reason: 'x' } })).errors?.[0]?.extensions['code'] ?? 'OK';

  test('is taken back with the reason: what rests on the text says again that nobody confirms it, and it can be confirmed anew', async () => {
    const text = await confirmed('Tex. Penal Code 22.01');
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { id } = await charge.propose('attorneyDallas', subject);
    const warned = async () => (await charge.view('attorneyDallas', subject)).charges.find((each: { id: string }) => each.id === id).warnings.map(({ code }: { code: string }) => code);
    expect(await warned()).not.toContain('UNATTESTED');
    const { withdrawAttestation } = await world.as('secondDallas').get(WITHDRAW, { input: { versionId: text.versionId, reason: 'The amendment of 2025 was overlooked.' } });
    expect(withdrawAttestation.statute.versions.find((each: { id: string }) => each.id === text.versionId)).toMatchObject({
      attestedBy: null, attestations: [{ current: false, withdrawnBecause: 'The amendment of 2025 was overlooked.', withdrawnBy: { name: expect.any(String) } }],
    });
    expect(await warned()).toContain('UNATTESTED');
    expect(await ended('secondDallas', text.versionId)).toBe('CONFLICT');
    const { attestStatute } = await world.as('attorneyDallas').get(ATTEST, { input: text });
    expect(attestStatute.statute.id).toEqual(expect.any(String));
    const { statutes } = await world.as('attorneyCook').get('query ($id: ID) { statutes(filter: { id: $id }) { nodes { versions { id attestations { current member { name } } } } } }', { id: attestStatute.statute.id });
    expect(statutes.nodes[0].versions.find((each: { id: string }) => each.id === text.versionId).attestations).toEqual([{ current: false, member: { name: expect.any(String) } }, { current: true, member: { name: 'Ada Attwell' } }]);
  });

  test('is taken back by who gave it, or by a head of an office of that state, and by nobody else', async () => {
    const { versionId } = await confirmed('Tex. Penal Code 22.02');
    expect([await ended('attorneyDallas', versionId), await ended('attorneyHennepin', versionId), await ended('supervisorHennepin', versionId), await ended('intakeDallas', versionId)]).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
      expect(await refusal('select comity.withdraw_attestation($1, $2)', [versionId, 'x'])).toBe('CM409');
      expect(await refusal('update comity.statute_attestations set withdrawn_at = now() where version_id = $1', [versionId])).toBe('42501');
    });
    expect(await ended('supervisorDallas', versionId)).toBe('OK');
    expect(await ended('supervisorDallas', 'no id')).toBe('NOT_FOUND');
  });
});

describe('a removal that was entered in error', () => {
  test('bars and meets nothing: the window runs as before, a conviction is entered, and the notice of another day is the first', async () => {
    const { subject, chargeIds } = await court.inCourt();
    await court.arraign(subject, '2026-06-01');
    const { removal } = await court.remove(subject, 'FILE_NOTICE', '2026-06-10');
    expect(await court.refusal('attorneyDallas', 'recordDisposition', await court.dispose(subject, chargeIds[0] ?? '', 'CONVICTED'))).toMatchObject({ code: 'CONFLICT', rule: 'JUDGMENT_BARRED' });
    expect(await court.refusal('attorneyDallas', 'recordRemoval', { caseId: subject.id, removalId: removal.id, act: 'ENTER_IN_ERROR', on: '2026-06-11' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reason' });
    const { removal: never } = await court.remove(subject, 'ENTER_IN_ERROR', '2026-06-11', { removalId: removal.id });
    expect(never).toMatchObject({ state: 'ENTERED_IN_ERROR', judgmentBarred: false, noticeFiledOn: null, steps: [{ act: 'FILE_NOTICE', day: '2026-06-10' }, { act: 'ENTER_IN_ERROR', day: '2026-06-11' }] });
    const windows = await clocksOf('attorneyDallas', subject, 'REMOVAL_WINDOW');
    expect(windows.find(({ supersededBecause }: { supersededBecause: unknown }) => supersededBecause === null)).toMatchObject({ metOn: null });
    // The earlier result stays in view, though no removal bears its day any more.
    expect(windows.filter(({ supersededBecause, metOn }: { supersededBecause: unknown; metOn: string | null }) => supersededBecause !== null && metOn === '2026-06-10')).toHaveLength(1);
    expect((await court.remove(subject, 'FILE_NOTICE', '2026-06-12')).removal).toMatchObject({ state: 'NOTICE_FILED', groundsAroseOn: null });
  });

  test('is not so while a judgment of the federal court rests on it', async () => {
    const { subject, chargeIds: [chargeId = ''] } = await court.inCourt();
    const { removal } = await court.remove(subject, 'FILE_NOTICE', '2026-06-10');
    for (const [act, on] of [['SET_HEARING', '2026-06-12'], ['REMOVE', '2026-06-20']] as const) await court.remove(subject, act, on, { removalId: removal.id });
    const { case: disposed } = await court.tell('attorneyDallas', 'recordDisposition', await court.dispose(subject, chargeId, 'CONVICTED', { forum: 'FEDERAL' }));
    expect(disposed.stage).toBe('CLOSED');
    const never = { caseId: subject.id, removalId: removal.id, act: 'ENTER_IN_ERROR', on: '2026-09-10', reason: 'Another person.' };
    expect(await court.refusal('attorneyDallas', 'recordRemoval', never)).toMatchObject({ code: 'CONFLICT', rule: 'REMOVAL', citation: '28 U.S.C. 1455(b)(5)', dispositionId: expect.any(String), remedy: expect.stringContaining('ENTERED_IN_ERROR') });
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
      expect(await refusal(`update comity.removals set state = 'ENTERED_IN_ERROR', notice_filed_on = null, ruling = null, ruled_on = null, "order" = null, moved_by = comity.member(), moved_at = clock_timestamp() where id = $1`, [removal.id])).toBe('42501');
    });
    await court.tell('attorneyDallas', 'recordDisposition', await court.dispose(subject, chargeId, 'ENTERED_IN_ERROR', { supersedes: (await world.database.owner`select id from comity.dispositions where charge_id = ${chargeId}`)[0]?.['id'] }));
    expect((await court.tell('attorneyDallas', 'recordRemoval', never)).removal).toMatchObject({ state: 'ENTERED_IN_ERROR', ruling: null });
  });

  test('lets a judgment be that it had barred, of its own days too', async () => {
    const { subject, chargeIds } = await court.inCourt();
    const { removal } = await court.remove(subject, 'FILE_NOTICE', '2026-06-10');
    await court.remove(subject, 'ENTER_IN_ERROR', '2026-06-20', { removalId: removal.id });
    await court.tell('attorneyDallas', 'recordDisposition', await court.dispose(subject, chargeIds[0] ?? '', 'CONVICTED', { disposedOn: '2026-06-15' }));
    expect((await court.seen('attorneyDallas', subject)).removals[0]).toMatchObject({ state: 'ENTERED_IN_ERROR', dispositionsDespite: [] });
  });
});

describe('a charge is pinned anew', () => {
  test('to the text that is in force on its days: its links and assessments go along, by the wording', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { id: chargeId } = await charge.propose('attorneyDallas', subject);
    const versionId = await pinnedElsewhere(world, chargeId);
    await world.as('attorneyDallas').get('mutation ($input: AssessElementInput!) { assessElement(input: $input) { charge { id } } }', { input: { caseId: subject.id, chargeId, element: 1, verdict: 'MET', reasoning: 'On film.' } });
    const warned = (await charge.view('attorneyDallas', subject)).charges[0];
    expect(warned.warnings.map(({ code }: { code: string }) => code)).toContain('NOT_IN_FORCE');
    const { charge: pinned } = await charge.tell('attorneyDallas', 'repinCharge', { caseId: subject.id, chargeId });
    expect(pinned).toMatchObject({ state: 'PROPOSED', version: { id: versionId } });
    expect(pinned.warnings.map(({ code }: { code: string }) => code)).not.toContain('NOT_IN_FORCE');
    const { proofMatrix } = await world.as('attorneyDallas').get('query ($id: ID!) { proofMatrix(caseId: $id) { charges { elements { position assessments { verdict } } } } }', { id: subject.id });
    expect(proofMatrix.charges[0].elements[0]).toEqual({ position: 1, assessments: [{ verdict: 'MET' }] });
    expect((await charge.view('attorneyDallas', subject)).events.nodes[0]).toEqual({ act: 'CHARGE_REPINNED', body: expect.objectContaining({ chargeId, statuteVersionId: versionId, before: warned.version.id }) });
    expect(await charge.refusal('attorneyDallas', 'repinCharge', { caseId: subject.id, chargeId })).toMatchObject({ code: 'CONFLICT', rule: 'LAW_OF_THE_DAY', citation: expect.stringContaining('Calder') });
  });

  test('while it is proposed, beneath no decision, and where there is a text of its days', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { statuteId, versionIds: [versionId] } = await charge.invented('99.72', [[null, '2026-12-31']]);
    const { id: chargeId } = await charge.propose('attorneyDallas', subject, { statuteId });
    await world.database.owner`update comity.statute_versions set valid_to = '2025-12-31' where id = ${versionId ?? ''}`;
    expect(await charge.refusal('attorneyDallas', 'repinCharge', { caseId: subject.id, chargeId })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'chargeId', rule: 'LAW_OF_THE_DAY', message: expect.stringContaining('is not in force on') });
    await pinnedElsewhere(world, chargeId);
    await world.database.owner`update comity.statute_versions set valid_to = null where id = ${versionId ?? ''}`;
    await play.decide('attorneyDallas', subject, chargeId, 'DECLINE');
    expect(await charge.refusal('attorneyDallas', 'repinCharge', { caseId: subject.id, chargeId })).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('waits for an approval') });
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
      expect(await refusal('update comity.charges set statute_version_id = $2 where id = $1', [chargeId, versionId ?? ''])).toBe('42501');
      expect(await refusal(`update comity.charges set warnings = '{}', level = 'FELONY' where id = $1`, [chargeId])).toBe('42501');
    });
  });

  test('loses a level that the text of its days does not know', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { statuteId } = await charge.invented('99.73', [[null, null]], { level: 'EITHER' });
    const { id: chargeId } = await charge.propose('attorneyDallas', subject, { statuteId, level: 'MISDEMEANOR' });
    const versionId = await pinnedElsewhere(world, chargeId);
    await world.database.owner`update comity.statute_versions set level = 'FELONY' where id = ${versionId}`;
    expect((await charge.tell('attorneyDallas', 'repinCharge', { caseId: subject.id, chargeId })).charge).toMatchObject({ level: null, version: { id: versionId, level: 'FELONY' } });
  });
});
