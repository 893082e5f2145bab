import { describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { externalDemand, returnItem } from '../src/clocks/answers.ts';
import { clocksOf } from '../src/clocks/case-clocks.ts';
import type { CaseFacts } from '../src/clocks/case-facts.ts';
import { limitationRule } from '../src/clocks/limitation.law.ts';
import { limitation, type LimitationFacts } from '../src/clocks/limitation.ts';
import { victimNotice } from '../src/clocks/notice.ts';
import { removalWindow } from '../src/clocks/removal.ts';
import { renditionHold } from '../src/clocks/rendition.ts';
import { cameraRetention, type RetentionFacts } from '../src/clocks/retention.ts';
import { clockRule } from '../src/clocks/rule.ts';
import { supersession } from '../src/clocks/supersession.ts';
import { lawOf, limitationOf, refusalOf, ruleOf } from './clocks.world.ts';

const notice = (state: string, kind: string) => ruleOf('VICTIM_NOTICE', state, ({ body }) => body.kind === kind);
const regime = (name: string) => ruleOf('EXTERNAL_DEMAND_REGIME', '*', ({ body }) => body.regime === name);
const kept = (state: string, facts: Partial<RetentionFacts> = {}, asOf = '2026-03-02') =>
  cameraRetention({ rule: ruleOf('BODY_CAMERA_RETENTION', state), assumption: ruleOf('BODY_CAMERA_RETENTION', '*') }, { recordedOn: '2026-03-01', ...facts }, asOf);

describe('what contradicts itself is refused with the rule, its citation and a remedy', () => {
  const facts = (changes: Partial<LimitationFacts>) => () => limitationOf('720 ILCS 5/10-3', { offenceOn: '2025-10-01', ...changes });
  const absent = (from: string, to: string | null) => ({ ground: 'NOT_RESIDENT', from, to });
  const asserted = (changes: Partial<NonNullable<LimitationFacts['assertion']>>) => ({ exclusions: [absent('2025-11-01', '2025-12-01')], assertion: { attorney: 'Cora Unsel', grounds: ['NOT_RESIDENT'], reasoning: 'As recorded.', ...changes } });

  test.each<[string, () => unknown, string, RegExp]>([
    ['excluded time that ends before it starts (720 ILCS 5/3-7)', facts({ exclusions: [absent('2025-12-01', '2025-11-30')] }), 'exclusions.0.to', /ends on 2025-11-30, before it starts on 2025-12-01\..*720 ILCS 5\/3-7/],
    ['excluded times that overlap by a day (720 ILCS 5/3-7)', facts({ exclusions: [absent('2025-12-01', '2025-12-31'), { ground: 'PROSECUTION_PENDING', from: '2025-12-31', to: null }] }), 'exclusions.1.from', /overlaps that of NOT_RESIDENT, from 2025-12-01 to 2025-12-31\..*720 ILCS 5\/3-7/],
    ['time after an exclusion without an end (720 ILCS 5/3-7)', facts({ exclusions: [absent('2026-01-01', '2026-01-02'), absent('2025-12-01', null)] }), 'exclusions.0.from', /overlaps/],
    ['a ground of another state (720 ILCS 5/3-5)', facts({ exclusions: [{ ground: 'IDENTITY_UNKNOWN', from: '2025-12-01', to: null }] }), 'exclusions.0.ground', /leaves out no time in IL, as the law is on file\..*720 ILCS 5\/3-5/],
    ['a day of the offence that is unknown (720 ILCS 5/3-5(b))', facts({ offenceOn: null }), 'offenceOn', /unknown.*720 ILCS 5\/3-5\(b\)/],
    ['a span of days that ends before it starts', facts({ offenceTo: '2025-09-30' }), 'offenceTo', /before it starts.*720 ILCS 5\/3-5\(b\)/],
    ['a statute of another state', facts({ state: 'MN' }), 'statute', /a statute of IL; the case lies in MN\..*720 ILCS 5\/3-5\(b\)/],
    ['a level that the offence does not have', facts({ level: 'MISDEMEANOR' }), 'level', /is no misdemeanor.*720 ILCS 5\/3-5\(b\)/],
    ['a discovery before the offence', facts({ discovery: { on: '2025-09-30', attestedBy: null } }), 'discovery.on', /before the offence/],
    ['a prosecution begun before the offence', facts({ commencedOn: '2025-09-30' }), 'commencedOn', /before the offence/],
    ['a date that is none', facts({ offenceOn: '2025-02-29' }), 'offenceOn', /no date/],
    ['a later day without an attorney', facts(asserted({ attorney: ' ' })), 'assertion.attorney', /needs the attorney.*720 ILCS 5\/3-5\(b\)/],
    ['a later day without grounds', facts(asserted({ grounds: [] })), 'assertion.grounds', /needs its grounds/],
    ['a later day without a reason', facts(asserted({ reasoning: '' })), 'assertion.grounds', /needs its grounds/],
    ['a ground of which nothing is recorded', facts(asserted({ grounds: ['PROSECUTION_PENDING'] })), 'assertion.grounds', /Nothing is recorded of PROSECUTION_PENDING/],
    ['an extension from a discovery that nobody attested (720 ILCS 5/3-6(b))', facts({ ...asserted({ grounds: ['PUBLIC_OFFICE'] }), discovery: { on: '2026-01-01', attestedBy: null } }), 'discovery', /720 ILCS 5\/3-6\(b\)/],
    ['an extension from an office of which no day is known (42 Pa.C.S. 5552(c)(2))', () => limitationOf('18 Pa.C.S. 2701', { offenceOn: '2026-02-01', assertion: { attorney: 'Cora Unsel', grounds: ['PUBLIC_OFFICE'], reasoning: 'In office.' } }), 'lastInOfficeOn', /42 Pa\.C\.S\. 5552\(c\)\(2\)/],
    ['an extension that the state does not have (Minn. Stat. 628.26)', () => limitationOf('Minn. Stat. 609.222', { offenceOn: '2026-02-01', assertion: { attorney: 'Cora Unsel', grounds: ['PUBLIC_OFFICE'], reasoning: 'In office.' } }), 'assertion.grounds', /MN has no extension.*Minn\. Stat\. 628\.26/],
    ['a trial before the arraignment (28 U.S.C. 1455)', () => removalWindow(ruleOf('FEDERAL_REMOVAL', '*'), { arraignedOn: '2026-06-01', trialStartsOn: '2026-05-31' }, '2026-06-01'), 'trialStartsOn', /28 U\.S\.C\. 1442, 1455/],
    ['a hearing before a judge is assigned (71 P.S. 732-205)', () => supersession(ruleOf('SUPERSESSION', 'PA'), { judgeAssignedOn: null, heardOn: '2026-06-01' }, '2026-06-01'), 'heardOn', /71 P\.S\. 732-205/],
    ['a decision before the hearing (71 P.S. 732-205)', () => supersession(ruleOf('SUPERSESSION', 'PA'), { judgeAssignedOn: '2026-06-01', heardOn: '2026-06-20', decidedOn: '2026-06-19' }, '2026-07-01'), 'decidedOn', /71 P\.S\. 732-205/],
    ['a recording secured before it was made (50 ILCS 706/10-20)', () => kept('IL', { securedOn: '2026-02-28' }), 'securedOn', /50 ILCS 706\/10-20/],
    ['a subpoena without a return date', () => externalDemand(regime('SUBPOENA'), { servedOn: '2026-04-01' }, '2026-04-01'), 'returnOn', /demand under SUBPOENA/],
    ['a demand to be answered before it is served (6 CFR 5.41-5.49)', () => externalDemand(regime('DHS_TOUHY'), { servedOn: '2026-04-01', returnOn: '2026-03-31' }, '2026-04-01'), 'returnOn', /6 CFR 5\.41-5\.49/],
    ['an item due before it was asked', () => returnItem({ askedOn: '2026-04-02', dueOn: '2026-04-01' }, '2026-04-02'), 'dueOn', /before it was asked/],
    ['a notice before what it tells (A.R.S. 13-4408)', () => victimNotice(notice('AZ', 'CHARGED'), { happenedOn: '2026-04-02', sentOn: '2026-04-01' }, '2026-04-02'), 'sentOn', /A\.R\.S\. 13-4408/],
    ['a notice under a rule that was not in force yet (18 P.S. 11.212(b))', () => victimNotice(notice('PA', 'RIGHTS_FORM'), { happenedOn: '2023-04-06' }, '2023-05-01'), 'happenedOn', /in force from 2023-04-07.*18 P\.S\. 11\.212\(b\)/],
  ])('%s', (_what, work, field, message) => {
    const refused = refusalOf(work);
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', details: { field, remedy: expect.stringMatching(/\w+/) } });
    expect(refused.message).toMatch(message);
  });

  test('a text that is not in force on the day of the offence, first and last day included (Tex. Penal Code 20.03)', () => {
    const law = lawOf('Tex. Penal Code 20.03', { validFrom: '1994-09-01', validTo: '2025-08-31' });
    const on = (offenceOn: string) => limitation(law, { state: 'TX', offenceOn }, '2026-01-01');
    expect([on('1994-09-01').dueOn, on('2025-08-31').dueOn]).toEqual(['1999-09-01', '2030-08-31']);
    for (const day of ['1994-08-31', '2025-09-01']) {
      const refused = refusalOf(() => on(day));
      expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', details: { field: 'offenceOn' } });
      expect(refused.message).toMatch(/in force from 1994-09-01 until 2025-08-31, not on.*Tex\. Code Crim\. Proc\. art\. 12\.01/);
    }
  });

  test('times that follow each other without a gap are no overlap (720 ILCS 5/3-7)', () => {
    const exclusions = [absent('2025-12-01', '2025-12-31'), { ground: 'PROSECUTION_PENDING', from: '2026-01-01', to: null }];
    expect(facts({ exclusions })()).toMatchObject({ dueOn: '2028-10-01', tolling: exclusions });
  });
});

describe('what a clock rests on stands in its answer', () => {
  test('an unattested text says so, an attested one does not, and another text has another version', () => {
    const of = (changes: Parameters<typeof lawOf>[1]) => limitation(lawOf('Tex. Penal Code 30.02', changes), { state: 'TX', offenceOn: '2026-02-01' }, '2026-03-01');
    expect(of({}).warnings).toContain('UNATTESTED');
    expect(of({ attestedBy: 'Cora Unsel, attorney' })).toMatchObject({ warnings: [], rule: { attestedBy: 'Cora Unsel, attorney', version: of({}).rule.version } });
    expect(of({ confidence: 'MEDIUM' }).warnings).toContain('MEDIUM_CONFIDENCE');
    const { limitation: said } = lawOf('Tex. Penal Code 30.02').version;
    expect(of({ limitation: { ...said, months: 84 } }).rule.version).not.toBe(of({}).rule.version);
  });

  test('a rule is told apart by what it says and not by the order of its keys', () => {
    const { limitation: said } = lawOf('Tex. Penal Code 30.02').version;
    const reversed = Object.fromEntries(Object.entries(said).reverse()) as unknown as typeof said;
    const version = (changes: Parameters<typeof lawOf>[1]) => limitation(lawOf('Tex. Penal Code 30.02', changes), { state: 'TX', offenceOn: '2026-02-01' }, '2026-03-01').rule.version;
    expect(version({ limitation: reversed })).toBe(version({}));
  });

  test.each([
    ['Tex. Penal Code 30.02', { discovery: { on: '2026-03-01', attestedBy: 'Cora Unsel' }, lastInOfficeOn: '2026-02-20' }, ['A discovery on 2026-03-01', 'The last day in public office, 2026-02-20']],
    ['A.R.S. 13-1203', { discovery: { on: '2026-03-01', attestedBy: 'Cora Unsel' } }, []],
    ['720 ILCS 5/33-3', { discovery: { on: '2026-03-01', attestedBy: 'Cora Unsel' }, lastInOfficeOn: '2026-02-20' }, ['The last day in public office, 2026-02-20']],
    ['18 Pa.C.S. 2702', { lastInOfficeOn: '2026-02-20' }, []],
  ] as const)('what is on record and moves nothing under %s is told with the law that gives it no effect', (citation, facts, told) => {
    const [bare, clock] = [limitationOf(citation, { offenceOn: '2026-02-01' }), limitationOf(citation, { offenceOn: '2026-02-01', ...facts })];
    const idle = clock.trace.filter(({ text }) => text.includes('no effect here'));
    expect(idle.map(({ text }) => text.split(' is on record')[0]?.replace(/,$/, ''))).toEqual(told);
    expect(idle.every(({ citation: law }) => law !== null)).toBe(true);
    if (told.length === Object.keys(facts).length) expect(clock.dueOn).toBe(bare.dueOn);
  });

  test('every step of the law in a trace has its citation', () => {
    const { trace } = limitationOf('A.R.S. 13-1204', { offenceOn: '2026-01-01', exclusions: [{ ground: 'IDENTITY_UNKNOWN', from: '2026-01-01', to: null }] });
    expect(trace.map(({ citation }) => citation)).toEqual(['A.R.S. 13-107(B)(1)', 'A.R.S. 13-107(B)(1)', 'A.R.S. 13-107(B)(1)', null, 'A.R.S. 13-107(E)']);
  });
});

describe('body-camera recordings are looked after by the shortest period that can apply', () => {
  test.each([
    ['50 ILCS 706/10-20', 'IL', '2026-05-30'], ['Minn. Stat. 13.825 subd. 3', 'MN', '2026-05-30'], ['Tex. Code Crim. Proc. 2B.0106', 'TX', '2026-05-30'],
  ])('%s: ninety days', (_citation, state, dueOn) => {
    expect(kept(state)).toMatchObject({ dueOn, state: 'RUNNING' });
    expect(kept(state).warnings).not.toContain('PERIOD_ASSUMED');
  });

  test.each([['Va. Code 15.2-1723.1', 'VA'], ['A.R.S. 41-151.12', 'AZ'], ['18 Pa.C.S. 5749(a), of low confidence', 'PA']])('%s: no period is verified, and thirty days are assumed', (_citation, state) => {
    expect(kept(state)).toMatchObject({ dueOn: '2026-03-31', safeOn: '2026-03-30', warnings: expect.arrayContaining(['PERIOD_ASSUMED']) });
  });

  test('a flag and a request lengthen it once the holder has confirmed them in time (Minn. Stat. 13.825 subd. 3)', () => {
    expect(kept('MN', { flagConfirmedOn: '2026-04-01' }).dueOn).toBe('2027-03-01');
    expect(kept('MN', { requestConfirmedOn: '2026-04-01' }).dueOn).toBe('2026-11-26');
    expect(kept('MN', { flagConfirmedOn: '2026-05-31', requestConfirmedOn: '2026-06-01' }).dueOn).toBe('2026-05-30');
    expect(kept('IL', { flagConfirmedOn: '2026-05-30' }).dueOn).toBe('2028-02-29');
  });

  test('of a day before 1 January 2025 the Texas rule is cited as it stood then (Tex. Occ. Code 1701.655, since then Tex. Code Crim. Proc. 2B.0106)', () => {
    const cited = (recordedOn: string) => kept('TX', { recordedOn }, recordedOn).trace.map(({ citation }) => citation);
    expect(cited('2024-12-31')).toEqual(['Tex. Occ. Code 1701.655 (since 2025-01-01 Tex. Code Crim. Proc. 2B.0106)']);
    expect(cited('2025-01-01')).toEqual(['Tex. Code Crim. Proc. 2B.0106']);
  });

  test('a flag without a verified period lengthens nothing (Tex. Code Crim. Proc. 2B.0106)', () => {
    const clock = kept('TX', { flagConfirmedOn: '2026-04-01' });
    expect(clock.dueOn).toBe('2026-05-30');
    expect(clock.trace.map(({ text }) => text).join(' ')).toMatch(/no deletion or public release/);
  });

  test('a copy that was secured ends the danger', () => {
    expect(kept('VA', { securedOn: '2026-03-10' }, '2027-01-01').state).toBe('MET');
    expect(kept('VA', {}, '2026-04-01').state).toBe('PASSED');
  });
});

describe('what others owe', () => {
  test('an item returned to an agency is due on the day that the office set', () => {
    const item = (asOf: string, answeredOn: string | null = null) => returnItem({ askedOn: '2026-04-01', dueOn: '2026-04-15', answeredOn }, asOf).state;
    expect([item('2026-04-14'), item('2026-04-15'), item('2026-04-16'), item('2026-04-20', '2026-04-15'), item('2026-04-20', '2026-04-16')]).toEqual(['RUNNING', 'LAST_DAY', 'PASSED', 'MET', 'MET_LATE']);
  });

  test('28 CFR 16.21-16.29 and 6 CFR 5.41-5.49 set no day: a demand that names none is unverified, not without limit', () => {
    for (const name of ['DOJ_TOUHY', 'DHS_TOUHY']) {
      expect(externalDemand(regime(name), { servedOn: '2026-04-01' }, '2026-09-01')).toMatchObject({ dueOn: null, state: 'UNVERIFIED', warnings: expect.arrayContaining(['PERIOD_UNVERIFIED']) });
      expect(externalDemand(regime(name), { servedOn: '2026-04-01', returnOn: '2026-05-01' }, '2026-05-02')).toMatchObject({ dueOn: '2026-05-01', state: 'PASSED' });
    }
  });

  test('a demand runs from its service, and an answer ends it', () => {
    expect(externalDemand(regime('SUBPOENA'), { servedOn: null, returnOn: '2026-05-01' }, '2026-04-01').state).toBe('NOT_RUNNING');
    expect(externalDemand(regime('SUBPOENA'), { servedOn: '2026-04-01', returnOn: '2026-05-01', answeredOn: '2026-05-01' }, '2026-06-01').state).toBe('MET');
    expect(externalDemand(regime('PRESERVATION_LETTER'), { servedOn: '2026-04-01', answeredOn: '2026-04-09' }, '2026-06-01').state).toBe('MET');
  });
});

describe('what victims are owed', () => {
  test('A.R.S. 13-4408: told within seven days of the charge', () => {
    expect(victimNotice(notice('AZ', 'CHARGED'), { happenedOn: '2026-04-01' }, '2026-04-02')).toMatchObject({ dueOn: '2026-04-08', safeOn: '2026-04-07', state: 'RUNNING' });
  });

  test('A.R.S. 13-4408: told before a declination becomes final', () => {
    const rule = notice('AZ', 'DECLINED');
    expect(victimNotice(rule, {}, '2026-04-02')).toMatchObject({ dueOn: null, state: 'NOT_RUNNING' });
    expect(victimNotice(rule, { beforeOn: '2026-04-10' }, '2026-04-02')).toMatchObject({ dueOn: '2026-04-10', safeOn: '2026-04-09', state: 'RUNNING' });
    expect(victimNotice(rule, { beforeOn: '2026-04-10', sentOn: '2026-04-05' }, '2026-04-20').state).toBe('MET');
  });

  test('Tex. Code Crim. Proc. art. 56A.451: ten days from the indictment', () => {
    expect(victimNotice(notice('TX', 'CHARGED'), { happenedOn: '2026-12-28' }, '2026-12-28').dueOn).toBe('2027-01-07');
  });

  test('Minn. Stat. 611A.039 subd. 1: fifteen working days, with the court’s holidays where they are given', () => {
    const rule = notice('MN', 'DISPOSITION');
    expect(victimNotice(rule, { happenedOn: '2026-06-12' }, '2026-06-12').dueOn).toBe('2026-07-03');
    expect(victimNotice(rule, { happenedOn: '2026-06-12' }, '2026-06-12', new Set(['2026-06-19', '2026-07-03'])).dueOn).toBe('2026-07-07');
  });

  test('Minn. Stat. 611A.02 and 611A.06: at first contact on the day itself, and sixty days before a release', () => {
    expect(victimNotice(notice('MN', 'RIGHTS_FORM'), { happenedOn: '2026-06-12' }, '2026-06-12')).toMatchObject({ dueOn: '2026-06-12', safeOn: '2026-06-12', state: 'LAST_DAY' });
    expect(victimNotice(notice('MN', 'RELEASE'), { beforeOn: '2026-08-30' }, '2026-06-12')).toMatchObject({ dueOn: '2026-07-01', safeOn: '2026-06-30' });
  });

  test('725 ILCS 120/4.5: a duty without a verified period is told as such', () => {
    expect(victimNotice(notice('IL', 'CHARGED'), { happenedOn: '2026-04-01' }, '2026-04-02')).toMatchObject({ dueOn: null, state: 'UNVERIFIED', warnings: expect.arrayContaining(['PERIOD_UNVERIFIED', 'MEDIUM_CONFIDENCE']) });
  });
});

describe('the hold of an accused in another state (Uniform Criminal Extradition Act 15, 17)', () => {
  const held = (facts: Partial<Parameters<typeof renditionHold>[1]> = {}, asOf = '2026-06-02') => renditionHold(ruleOf('RENDITION', '*'), { arrestOn: '2026-06-01', ...facts }, asOf);

  test('runs for 30 days, or to the day to which a court extended it, and is met by its end', () => {
    expect(held()).toMatchObject({ startedOn: '2026-06-01', dueOn: '2026-07-01', safeOn: '2026-06-30', state: 'RUNNING', warnings: ['UNATTESTED', 'LOW_CONFIDENCE'] });
    expect(held({}, '2026-07-01').state).toBe('LAST_DAY');
    expect(held({}, '2026-07-02').state).toBe('PASSED');
    expect(held({ extensionUntil: '2026-08-30' }, '2026-07-02')).toMatchObject({ dueOn: '2026-08-30', safeOn: '2026-08-29', state: 'RUNNING' });
    expect([held({ endedOn: '2026-07-01' }).state, held({ endedOn: '2026-07-02' }).state, held({ endedOn: '2026-07-02', extensionUntil: '2026-07-20' }).state]).toEqual(['MET', 'MET_LATE', 'MET']);
    // Where counsel corrects the rule since, what a court gave is not taken away.
    expect(renditionHold({ ...ruleOf('RENDITION', '*'), body: { ...ruleOf('RENDITION', '*').body, holdDays: 90 } }, { arrestOn: '2026-06-01', extensionUntil: '2026-08-01' }, '2026-06-02').dueOn).toBe('2026-08-30');
  });

  test.each(['extensionUntil', 'endedOn'] as const)('is refused with its citation where %s lies before the arrest, or is no day', (field) => {
    expect(() => held({ [field]: '2026-05-31' })).toThrow(/before the arrest.*Uniform Criminal Extradition Act 15, 17/);
    expect(() => held({ [field]: '2026-02-30' })).toThrow(/no date/);
  });
});

describe('removal and supersession as days pass', () => {
  test('a notice in the window meets it, one after it is late (28 U.S.C. 1455(b))', () => {
    const rule = ruleOf('FEDERAL_REMOVAL', '*');
    const filed = (noticeFiledOn: string | null, asOf = '2026-08-01') => removalWindow(rule, { arraignedOn: '2026-06-01', trialStartsOn: '2026-09-01', noticeFiledOn }, asOf).state;
    expect([filed(null), filed('2026-07-01'), filed('2026-07-02'), filed(null, '2026-06-30')]).toEqual(['PASSED', 'MET', 'MET_LATE', 'RUNNING']);
  });

  test('without a judge neither hearing nor decision runs, and without a hearing no decision (71 P.S. 732-205)', () => {
    const rule = ruleOf('SUPERSESSION', 'PA');
    const states = (facts: Parameters<typeof supersession>[1]) => Object.values(supersession(rule, facts, '2026-07-02')).map(({ state }) => state);
    expect(states({ judgeAssignedOn: null })).toEqual(['NOT_RUNNING', 'NOT_RUNNING']);
    expect(states({ judgeAssignedOn: '2026-06-01' })).toEqual(['PASSED', 'NOT_RUNNING']);
    expect(states({ judgeAssignedOn: '2026-06-01', heardOn: '2026-07-02', decidedOn: '2026-07-02' })).toEqual(['MET_LATE', 'MET']);
  });
});

describe('the clocks of a case', () => {
  const caseOf = (state: string, facts: Partial<CaseFacts>): CaseFacts => ({
    caseId: 'c', state, timeZone: 'America/Chicago', incidentOn: '2026-03-14', charges: [], recordings: [], items: [], victims: [{ id: 'v', needs: FACETS.PERSONS, told: [] }], accused: [], petitions: [], demands: [],
    held: [], disposed: [], recorded: [], rules: [], ...facts,
  });
  const at = new Date('2026-07-01T12:00:00Z');

  test('have no day for a notice that follows a request, for nothing records one (Virginia)', () => {
    const [found, ...rest] = clocksOf(caseOf('VA', { disposed: [{ on: '2026-06-20', apart: 0 }], rules: [notice('VA', 'DISPOSITION')] }), at, 'TOLD');
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ kind: 'VICTIM_NOTICE', needs: FACETS.PERSONS | FACETS.CHARGES | FACETS.PROCEEDINGS, clock: { state: 'NOT_RUNNING', dueOn: null } });
  });

  test('stand apart where a state has two rules for one notice', () => {
    const rule = notice('MN', 'DISPOSITION');
    const found = clocksOf(caseOf('MN', { disposed: [{ on: '2026-06-20', apart: 0 }], rules: [rule, { ...rule, body: { ...rule.body, dueDays: 20 } }] }), at, 'TOLD');
    expect(found.map(({ aspect, clock: { dueOn } }) => [aspect, dueOn])).toEqual([['DISPOSITION', '2026-07-10'], ['DISPOSITION 2', '2026-07-17']]);
  });
});

test('a rule that is surer, or reaches further, is another version of itself', () => {
  const law = lawOf('720 ILCS 5/10-3');
  const versions = [law, { ...law, version: { ...law.version, confidence: 'LOW' as const } }, { ...law, version: { ...law.version, appliesToFederalOfficer: 'NO' as const } }, { ...law, rule: { ...law.rule, confidence: 'LOW' as const } }]
    .map((each) => limitationRule(each).version);
  expect(new Set(versions).size).toBe(4);
  const camera = ruleOf('BODY_CAMERA_RETENTION', 'TX');
  expect(clockRule('x', camera).version).not.toBe(clockRule('x', { ...camera, confidence: 'LOW' }).version);
});
