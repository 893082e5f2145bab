import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHARGING_INSTRUMENTS } from '../src/coalition/jurisdiction.table.ts';
import { instrumentJudged } from '../src/decisions/filing.rules.ts';
import { newId } from '../src/kernel/ids.ts';
import { ANSWERED, bench, someoneOf, type Asker } from './decisions.world.ts';
import { incidentIn } from './policies.world.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof bench>;
let attorney: Asker;
let supervisor: Asker;
beforeAll(async () => {
  world = await openWorld();
  play = bench(world);
  [attorney, supervisor] = [await someoneOf(world, 'pima-az', 'ATTORNEY'), await someoneOf(world, 'pima-az', 'SUPERVISOR')];
});
afterAll(() => world.close());

const CLAIM = 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { version } } }';

/** A case of Arizona that an attorney of Pima County claimed, whose official is no federal officer. */
async function inArizona(): Promise<BuiltCase> {
  const { incident } = incidentIn('48113');
  const subject = await world.buildCase({ referral: { incident: { ...incident, countyFips: '04019', occurredAt: '2026-03-14T20:15:00-07:00' } } });
  await play.ask(attorney, CLAIM, { input: { caseId: subject.id, expectedVersion: subject.version } });
  await play.cleared(attorney, subject);
  return subject;
}

/** A case of Dallas with charges of this level on which CHARGE stands. */
async function approved(level: string, count = 1): Promise<{ subject: BuiltCase; chargeIds: string[] }> {
  const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await play.cleared('attorneyDallas', subject);
  const chargeIds: string[] = [];
  for (let at = 0; at < count; at += 1) {
    chargeIds.push(await play.charged('attorneyDallas', subject, level));
    await play.settled(subject, String(chargeIds.at(-1)), 'CHARGE');
  }
  return { subject, chargeIds };
}
const filing = async ({ subject, chargeIds }: { subject: BuiltCase; chargeIds: readonly string[] }, more: object = {}) => ({
  caseId: subject.id, chargeIds, instrument: 'INDICTMENT', court: 'Criminal District Court No. 7', docketNumber: 'F26-00123', filedOn: '2026-05-04', expectedVersion: await play.versionOf(subject), ...more,
});

describe('an approved charge is filed', () => {
  test('by an instrument, in a court, under its number: the case is in court, and the charge stays as it was filed', async () => {
    const built = await approved('FELONY', 2);
    const { case: after } = await play.tell('attorneyDallas', 'fileCharges', await filing(built));
    expect(after).toMatchObject({ stage: 'IN_COURT', outcome: 'CHARGE' });
    for (const charge of after.charges) {
      expect(charge).toMatchObject({ state: 'FILED', filing: { instrument: 'INDICTMENT', court: 'Criminal District Court No. 7', docketNumber: 'F26-00123', filedOn: '2026-05-04', waiver: null, warnings: [], recordedBy: { name: 'Ada Attwell' } } });
    }
    expect(after.events.nodes.slice(0, 3).map(({ act }: { act: string }) => act).sort()).toEqual(['CHARGE_FILED', 'CHARGE_FILED', 'IN_COURT']);
    const [chargeId = ''] = built.chargeIds;
    expect(await play.refusal('attorneyDallas', 'withdrawCharge', { caseId: built.subject.id, chargeId })).toMatchObject({ code: 'CONFLICT' });
    expect(await play.refusal('attorneyDallas', 'fileCharges', await filing(built))).toMatchObject({ code: 'CONFLICT', state: 'FILED' });
    expect(await play.refusal('attorneyDallas', 'decideCharge', await play.decision(built.subject, chargeId, 'DECLINE', { supersedes: after.charges[0].decision.id }))).toMatchObject({ code: 'CONFLICT', state: 'FILED' });
  });

  test('in a compartment tells nobody outside of it: not by the stage of the case, its version or its trail; once it is released the case is in court', async () => {
    const built = await approved('FELONY');
    const { subject, chargeIds: [id = ''] } = built;
    const kept = { caseId: subject.id, compartment: 'GRAND_JURY', target: { kind: 'CHARGE', id } };
    await world.as('attorneyDallas').get('mutation ($input: PlaceInCompartmentInput!) { placeInCompartment(input: $input) { case { id } } }', { input: { ...kept, basis: 'GRAND_JURY_TESTIMONY' } });
    const before = await play.seen('supervisorDallas', subject);
    const { case: after } = await play.tell('attorneyDallas', 'fileCharges', await filing(built));
    expect(after).toMatchObject({ stage: 'DECIDED', charges: [{ state: 'FILED' }] });
    expect(await play.seen('supervisorDallas', subject)).toEqual(before);
    expect(before.charges).toEqual([]);
    await world.as('attorneyDallas').get('mutation ($input: ReleaseFromCompartmentInput!) { releaseFromCompartment(input: $input) { case { id } } }', { input: { ...kept, finding: 'COURT_ORDER' } });
    const open = await play.seen('supervisorDallas', subject);
    expect(open).toMatchObject({ stage: 'IN_COURT', version: before.version + 1, charges: [{ state: 'FILED' }] });
    expect(open.events.nodes[0]).toMatchObject({ act: 'STAGE_SETTLED', body: { stage: 'IN_COURT' } });
  });

  test('of filings at once one is kept', async () => {
    const input = await filing(await approved('FELONY'));
    const ends = await Promise.all(Array.from({ length: 4 }, () => play.ended('attorneyDallas', 'fileCharges', input)));
    expect(ends.sort()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'OK']);
  });

  test('and nothing else is: not what is undecided, declined, withdrawn or of another case; and all, or none', async () => {
    const built = await approved('FELONY');
    const { subject, chargeIds } = built;
    const undecided = await play.charged('attorneyDallas', subject);
    const refused = async (id: string) => play.refusal('attorneyDallas', 'fileCharges', await filing(built, { chargeIds: [...chargeIds, id] }));
    expect(await refused(undecided)).toMatchObject({ code: 'CONFLICT', chargeId: undecided, outcome: null, remedy: expect.stringContaining('decideCharge') });
    await play.settled(subject, undecided, 'HOLD');
    expect(await refused(undecided)).toMatchObject({ code: 'CONFLICT', outcome: 'HOLD' });
    const other = await approved('FELONY');
    const absent = await refused(newId());
    expect(absent).toMatchObject({ code: 'NOT_FOUND' });
    for (const id of [other.chargeIds[0] ?? '', 'no id']) expect(await refused(id)).toEqual(absent);
    expect(await play.refusal('attorneyDallas', 'fileCharges', await filing(built, { chargeIds: [] }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'chargeIds' });
    expect((await play.seen('attorneyDallas', subject)).charges.map(({ state }: { state: string }) => state)).toEqual(['PROPOSED', 'PROPOSED']);
  });

  test('once immunity is analysed of who turned out to be a federal officer since, or the elected head answers for it', async () => {
    const built = await approved('FELONY');
    const { subject, chargeIds: [chargeId = ''] } = built;
    const refused = async () => play.refusal('attorneyDallas', 'fileCharges', await filing(built));
    for (const affiliation of ['FEDERAL', 'UNKNOWN']) {
      await play.cleared('attorneyDallas', subject, affiliation);
      expect(await refused()).toMatchObject({ code: 'CONFLICT', rule: 'IMMUNITY_ANALYSIS', citation: expect.stringContaining('In re Neagle'), personId: subject.personIds[0], affiliation, remedy: expect.stringContaining('supersede') });
    }
    const { charges: [{ decision: { id } }] } = await play.seen('attorneyDallas', subject);
    await play.approve('electedDallas', subject, await play.decide('attorneyDallas', subject, chargeId, 'CHARGE', { supersedes: id, overrideReason: 'The period ends on Friday.' }));
    expect(await play.ended('attorneyDallas', 'fileCharges', await filing(built))).toBe('OK');
    const analysed = await approved('FELONY');
    const { analysis } = await play.tell('attorneyDallas', 'recordImmunityAnalysis', { caseId: analysed.subject.id, personId: analysed.subject.personIds[0], ...ANSWERED });
    await play.cleared('attorneyDallas', analysed.subject, 'FEDERAL');
    expect(await play.ended('attorneyDallas', 'fileCharges', await filing(analysed))).toBe('CONFLICT');
    await play.tell('supervisorDallas', 'reviewImmunityAnalysis', { caseId: analysed.subject.id, analysisId: analysis.id, approve: true });
    expect(await play.ended('attorneyDallas', 'fileCharges', await filing(analysed))).toBe('OK');
  });

  test('on a day that has come, after the offence, with its court and number, by the team', async () => {
    const built = await approved('FELONY');
    const refused = async (more: object) => play.refusal('attorneyDallas', 'fileCharges', await filing(built, more));
    for (const filedOn of ['2999-01-01', '2026-03-13']) expect(await refused({ filedOn })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filedOn' });
    for (const field of ['court', 'docketNumber', 'waiver']) expect(await refused({ [field]: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect(await refused({ expectedVersion: 1 })).toMatchObject({ code: 'CONFLICT', stage: 'DECIDED' });
    expect(await play.ended('secondDallas', 'fileCharges', await filing(built))).toBe('FORBIDDEN');
    expect(await play.ended('supervisorHennepin', 'fileCharges', await filing(built))).toBe('NOT_FOUND');
  });
});

describe('the instrument', () => {
  test('is named: without one the filing is refused with what the law of the state asks for', async () => {
    expect(await play.refusal('attorneyDallas', 'fileCharges', await filing(await approved('FELONY'), { instrument: null }))).toMatchObject({
      code: 'BAD_USER_INPUT', field: 'instrument', message: expect.stringMatching(/In TX a felony begins by INDICTMENT \(Tex\. Const\. art\. I, s\. 10.*confidence HIGH\)/), remedy: expect.any(String),
    });
  });

  test('of a felony is one that a confirmed rule names, or rests on a waiver', async () => {
    const built = await approved('FELONY');
    expect(await play.refusal('attorneyDallas', 'fileCharges', await filing(built, { instrument: 'COMPLAINT' }))).toMatchObject({
      code: 'BAD_USER_INPUT', field: 'instrument', message: expect.stringMatching(/not begun by COMPLAINT.*Tex\. Const\. art\. I/), remedy: expect.stringContaining('waiver'),
    });
    // A waiver helps to what the rule names for it.
    for (const more of [{ instrument: 'COMPLAINT', waiver: 'Waived in open court.' }, { instrument: 'INFORMATION_ON_WAIVER' }]) {
      expect(await play.refusal('attorneyDallas', 'fileCharges', await filing(built, more))).toMatchObject({
        code: 'BAD_USER_INPUT', field: 'instrument', rule: 'CHARGING_INSTRUMENT', citation: expect.stringContaining('art. 1.141'), remedy: expect.stringContaining('INFORMATION_ON_WAIVER'),
      });
    }
    const { case: after } = await play.tell('attorneyDallas', 'fileCharges', await filing(built, { instrument: 'INFORMATION_ON_WAIVER', waiver: 'Waived in open court with counsel.' }));
    expect(after.charges[0].filing).toMatchObject({ instrument: 'INFORMATION_ON_WAIVER', waiver: 'Waived in open court with counsel.', warnings: ['WAIVED'] });
  });

  test('of a misdemeanor is not judged', async () => {
    const { case: after } = await play.tell('attorneyDallas', 'fileCharges', await filing(await approved('MISDEMEANOR'), { instrument: 'COMPLAINT' }));
    expect(after.charges[0].filing.warnings).toEqual([]);
  });

  test('is only warned of where the rule is not confirmed, as in Arizona', async () => {
    const subject = await inArizona();
    const chargeId = await play.charged(attorney, subject, 'FELONY');
    await play.approve(supervisor, subject, await play.decide(attorney, subject, chargeId, 'CHARGE'));
    const { case: after } = await play.tell(attorney, 'fileCharges', await filing({ subject, chargeIds: [chargeId] }, { instrument: 'COMPLAINT' }));
    expect(after.charges[0].filing.warnings).toEqual(['NOT_LISTED']);
  });

  test.each([
    ['HIGH', 'FELONY', 'REFUSED'], ['MEDIUM', 'FELONY', 'NOT_LISTED'], ['LOW', 'FELONY', 'NOT_LISTED'], ['HIGH', 'EITHER', 'LEVEL_OPEN'], ['HIGH', 'GROSS_MISDEMEANOR', null], ['HIGH', 'MISDEMEANOR', null],
  ] as const)('that a rule of confidence %s does not name is, for %s, %s', (confidence, level, judged) => {
    const rule = { felony: ['INDICTMENT'], onWaiver: ['INFORMATION_ON_WAIVER'], citation: null, confidence } as const;
    for (const instrument of CHARGING_INSTRUMENTS) {
      expect(instrumentJudged(rule, level, instrument, false)).toBe(instrument === 'INDICTMENT' ? null : judged);
      expect(instrumentJudged(rule, level, instrument, true)).toBe(instrument === 'INDICTMENT' || judged === null ? null : instrument === 'INFORMATION_ON_WAIVER' ? 'WAIVED' : judged);
    }
    expect(instrumentJudged(undefined, level, 'INDICTMENT', false)).toBe(level === 'FELONY' || level === 'EITHER' ? 'NO_RULE' : null);
  });
});

describe('in Arizona, where a victim is told before a declination is final,', () => {
  const notice = (subject: BuiltCase, more: object = {}) => ({ caseId: subject.id, personId: subject.personIds[1], kind: 'DECLINED', method: 'MAIL', sentOn: '2026-04-01', ...more });

  test('DECLINE is not approved before notice is on record: refused with the rule and its citation', async () => {
    const subject = await inArizona();
    const chargeId = await play.charged(attorney, subject);
    const decisionId = await play.decide(attorney, subject, chargeId, 'DECLINE');
    const approval = { caseId: subject.id, decisionId, expectedVersion: await play.versionOf(subject) };
    const refused = await play.refusal(supervisor, 'approveDecision', approval);
    expect(refused).toMatchObject({ code: 'CONFLICT', rule: 'VICTIM_NOTICE', citation: 'A.R.S. 13-4408', decisionId, victims: [subject.personIds[1]], remedy: expect.stringContaining('recordVictimNotice') });
    // A notice of something else is none of this.
    await play.tell(attorney, 'recordVictimNotice', notice(subject, { kind: 'CHARGED' }));
    expect(await play.refusal(supervisor, 'approveDecision', approval)).toEqual(refused);
    const advocate = await someoneOf(world, 'pima-az', 'ADVOCATE');
    expect((await play.tell(advocate, 'recordVictimNotice', notice(subject, { decisionId, language: 'Spanish' }))).notice).toMatchObject({ kind: 'DECLINED', method: 'MAIL', sentOn: '2026-04-01', language: 'Spanish', ground: null });
    expect((await play.approve(supervisor, subject, decisionId)).case).toMatchObject({ stage: 'DECLINED', victimNotices: [{ kind: 'CHARGED' }, { kind: 'DECLINED', decisionId, person: { id: subject.personIds[1] } }] });
  });

  test('a notice without a decision is of all that were proposed by then, and of none proposed later', async () => {
    const subject = await inArizona();
    const [first, second] = [await play.charged(attorney, subject), await play.charged(attorney, subject)];
    const early = await play.decide(attorney, subject, first, 'DECLINE');
    await play.tell(attorney, 'recordVictimNotice', notice(subject));
    const late = await play.decide(attorney, subject, second, 'DECLINE');
    await play.approve(supervisor, subject, early);
    expect(await play.ended(supervisor, 'approveDecision', { caseId: subject.id, decisionId: late, expectedVersion: await play.versionOf(subject) })).toBe('CONFLICT');
  });

  test('a victim who cannot be reached is one on record, with the ground', async () => {
    const subject = await inArizona();
    const chargeId = await play.charged(attorney, subject);
    const decisionId = await play.decide(attorney, subject, chargeId, 'DECLINE');
    expect(await play.refusal(attorney, 'recordVictimNotice', notice(subject, { method: 'NOT_REACHED' }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'ground' });
    expect(await play.refusal(attorney, 'recordVictimNotice', notice(subject, { ground: 'Moved.' }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'ground' });
    await play.tell(attorney, 'recordVictimNotice', notice(subject, { method: 'NOT_REACHED', ground: 'Two letters came back, and the number is another’s.' }));
    await play.approve(supervisor, subject, decisionId);
  });

  test('a victim who wants no notices is told nothing, until they want them again', async () => {
    const subject = await inArizona();
    const decisionId = await play.decide(attorney, subject, await play.charged(attorney, subject), 'DECLINE');
    const refused = async () => play.refusal(supervisor, 'approveDecision', { caseId: subject.id, decisionId, expectedVersion: await play.versionOf(subject) });
    const says = (kind: string, sentOn: string) => play.tell(attorney, 'recordVictimNotice', notice(subject, { kind, sentOn, method: 'TELEPHONE' }));
    expect(await refused()).toMatchObject({ code: 'CONFLICT', remedy: expect.stringContaining('OPT_OUT') });
    await says('OPT_OUT', '2026-04-01');
    await says('OPT_IN', '2026-04-02');
    expect(await refused()).toMatchObject({ code: 'CONFLICT', rule: 'VICTIM_NOTICE' });
    await says('OPT_OUT', '2026-04-03');
    await play.approve(supervisor, subject, decisionId);
  });

  test('no notice is asked for to hold, or where nobody was a victim; and in Texas no rule asks for one', async () => {
    const subject = await inArizona();
    const [held, declined] = [await play.charged(attorney, subject), await play.charged(attorney, subject)];
    await play.approve(supervisor, subject, await play.decide(attorney, subject, held, 'HOLD'));
    await world.database.owner`update comity.persons set part = 'WITNESS' where case_id = ${subject.id} and part = 'VICTIM'`;
    await play.approve(supervisor, subject, await play.decide(attorney, subject, declined, 'DECLINE'));
    const dallas = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await play.settled(dallas, await play.charged('attorneyDallas', dallas), 'DECLINE');
  });

  test('is about a victim of the case, on a day that has come', async () => {
    const subject = await inArizona();
    const refused = (more: object) => play.refusal(attorney, 'recordVictimNotice', notice(subject, more));
    for (const personId of [subject.personIds[0], subject.personIds[2], newId(), 'no id']) expect(await refused({ personId })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'personId' });
    for (const sentOn of ['2999-01-01', '2026-03-13']) expect(await refused({ sentOn })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'sentOn' });
    expect(await refused({ decisionId: newId() })).toMatchObject({ code: 'NOT_FOUND' });
    const charging = await play.decide(attorney, subject, await play.charged(attorney, subject), 'CHARGE');
    expect(await refused({ decisionId: charging })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'decisionId' });
    const declining = await play.decide(attorney, subject, await play.charged(attorney, subject), 'DECLINE');
    expect(await refused({ kind: 'CHARGED', decisionId: declining })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'decisionId' });
    expect(await play.ended('supervisorDallas', 'recordVictimNotice', notice(subject))).toBe('NOT_FOUND');
  });
});
