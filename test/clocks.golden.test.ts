import { describe, expect, test } from 'vitest';
import { removalWindow } from '../src/clocks/removal.ts';
import { supersession } from '../src/clocks/supersession.ts';
import { parseCitation } from '../src/law/citation.ts';
import { limitationOf, ruleOf } from './clocks.world.ts';

const due = (citation: string, offenceOn: string) => limitationOf(citation, { offenceOn }).dueOn;

describe('the day on which a prosecution must be begun, no time left out', () => {
  test('720 ILCS 5/3-5(b): a battery of 31 January 2026 (720 ILCS 5/12-3), eighteen months', () => {
    expect(limitationOf('720 ILCS 5/12-3', { offenceOn: '2026-01-31' })).toMatchObject({ dueOn: '2027-07-31', safeOn: '2027-07-30', state: 'RUNNING', startedOn: '2026-01-31', asserted: null });
  });

  test('720 ILCS 5/3-5(b) and 5 ILCS 70/1.11: eighteen months from 31 August 2025 end on 28 February 2027, a Sunday, that a rule would move to Monday', () => {
    expect(limitationOf('720 ILCS 5/12-3', { offenceOn: '2025-08-31' })).toMatchObject({ dueOn: '2027-02-28', safeOn: '2027-02-27', rolledOn: '2027-03-01' });
  });

  test('720 ILCS 5/3-7: an unlawful restraint (720 ILCS 5/10-3) of one who lives elsewhere, with no end in sight: no later day, and the earliest stays 1 October 2028', () => {
    const facts = { offenceOn: '2025-10-01', exclusions: [{ ground: 'NOT_RESIDENT', from: '2025-10-01', to: null }] };
    const unasserted = limitationOf('720 ILCS 5/10-3', facts);
    expect(unasserted).toMatchObject({ dueOn: '2028-10-01', asserted: null, tolling: facts.exclusions });
    expect(unasserted.warnings).toEqual(expect.arrayContaining(['EXCLUSION_OPEN', 'EXCLUSION_NOT_ASSERTED']));
    const assertion = { attorney: 'Ida Linoy', grounds: ['NOT_RESIDENT'], reasoning: 'Deployed here for six weeks; her home is elsewhere.' };
    const asserted = limitationOf('720 ILCS 5/10-3', { ...facts, assertion });
    expect(asserted).toMatchObject({ dueOn: '2028-10-01', state: 'RUNNING', asserted: { dueOn: null, safeOn: null, attorney: 'Ida Linoy', grounds: ['NOT_RESIDENT'] } });
    expect(asserted.trace.map(({ text, citation }) => [text, citation])).toContainEqual(['NOT_RESIDENT from 2025-10-01 on has not ended: nothing is reckoned with it.', '720 ILCS 5/3-7']);
  });

  test('Tex. Code Crim. Proc. art. 12.03(d), State v. Schunior: aggravated assault (Tex. Penal Code 22.02), a felony, has two years', () => {
    const clock = limitationOf('Tex. Penal Code 22.02', { offenceOn: '2026-02-01', level: 'FELONY' });
    expect(clock.dueOn).toBe('2028-02-01');
    expect(clock.rule.citation).toMatch(/12\.03\(d\); State v\. Schunior/);
  });

  test('Tex. Code Crim. Proc. art. 12.03(d), Ex parte Matthews: aggravated perjury (Tex. Penal Code 37.03) has two years too', () => {
    expect(due('Tex. Penal Code 37.03', '2026-02-01')).toBe('2028-02-01');
  });

  test('42 Pa.C.S. 5552(a) and (b): a trespass by breaking in (18 Pa.C.S. 3503(a)), a felony, has two years, a burglary (18 Pa.C.S. 3502) five', () => {
    expect([due('18 Pa.C.S. 3503(a)', '2026-02-01'), due('18 Pa.C.S. 3502', '2026-02-01')]).toEqual(['2028-02-01', '2031-02-01']);
  });

  test('42 Pa.C.S. 5552(b): misdemeanors on the list have five years (18 Pa.C.S. 4906, 4910), involuntary manslaughter off it two (18 Pa.C.S. 2504)', () => {
    expect(['18 Pa.C.S. 4906', '18 Pa.C.S. 4910', '18 Pa.C.S. 2504'].map((citation) => due(citation, '2026-02-01'))).toEqual(['2031-02-01', '2031-02-01', '2028-02-01']);
  });

  test('A.R.S. 13-107(B)(2): an assault (A.R.S. 13-1203) runs from its discovery once that is recorded and attested, from its day until then', () => {
    const discovered = (attestedBy: string | null) => limitationOf('A.R.S. 13-1203', { offenceOn: '2026-01-01', discovery: { on: '2026-03-01', attestedBy } });
    expect(discovered('Ari Zonas')).toMatchObject({ startedOn: '2026-03-01', dueOn: '2027-03-01' });
    expect(discovered('Ari Zonas').warnings).not.toContain('DISCOVERY_NOT_ATTESTED');
    for (const clock of [discovered(null), limitationOf('A.R.S. 13-1203', { offenceOn: '2026-01-01' })]) {
      expect(clock).toMatchObject({ startedOn: '2026-01-01', dueOn: '2027-01-01', warnings: expect.arrayContaining(['DISCOVERY_NOT_ATTESTED']) });
    }
  });

  test('A.R.S. 13-107(A), State v. Fogel: whether falsified public records (A.R.S. 13-2407) have a limit is disputed: seven years from discovery are planned on', () => {
    const clock = limitationOf('A.R.S. 13-2407', { offenceOn: '2026-01-01', discovery: { on: '2026-03-01', attestedBy: 'Ari Zonas' } });
    expect(clock).toMatchObject({ dueOn: '2033-03-01', state: 'RUNNING', warnings: expect.arrayContaining(['LIMITATION_DISPUTED']) });
    expect(clock.trace.map(({ text }) => text).join(' ')).toMatch(/State v\. Fogel/);
  });

  test('Va. Code 19.2-8: a misdemeanor assault (Va. Code 18.2-57) has one year, the felony none, and until the charge says which, one year', () => {
    const at = (level: 'FELONY' | 'MISDEMEANOR' | null) => limitationOf('Va. Code 18.2-57', { offenceOn: '2026-02-01', level });
    expect(at('MISDEMEANOR')).toMatchObject({ dueOn: '2027-02-01' });
    expect(at(null)).toMatchObject({ dueOn: '2027-02-01', warnings: expect.arrayContaining(['LEVEL_NOT_NAMED']) });
    expect(at('FELONY')).toMatchObject({ dueOn: null, safeOn: null, state: 'NO_LIMIT' });
  });

  test('Va. Code 19.2-8: an abduction (Va. Code 18.2-47), a felony, never, with the warning of its clause on officers', () => {
    const clock = limitationOf('Va. Code 18.2-47', { offenceOn: '2026-02-01' }, '2090-01-01');
    expect(clock).toMatchObject({ dueOn: null, state: 'NO_LIMIT' });
    expect(clock.warnings.filter((code) => code.startsWith('OFFICER_REACH_'))).toHaveLength(1);
  });

  test('Minn. Stat. 628.26: an assault (Minn. Stat. 609.222) has three years, a kidnapping (Minn. Stat. 609.25) no limit', () => {
    expect(due('Minn. Stat. 609.222', '2026-01-14')).toBe('2029-01-14');
    expect(limitationOf('Minn. Stat. 609.25', { offenceOn: '2026-01-14' })).toMatchObject({ dueOn: null, state: 'NO_LIMIT' });
  });

  test('Minn. Stat. 628.26: misdemeanors have three years too (Minn. Stat. 609.224)', () => {
    expect(due('Minn. Stat. 609.224', '2026-01-14')).toBe('2029-01-14');
  });

  test('Tex. Penal Code 39.03 and 1.07, Minn. Stat. 609.43, 720 ILCS 5/33-9 and 33-3: who can be charged is a warning beside the day and stops nothing', () => {
    const reach = (citation: string) => {
      const { dueOn, warnings } = limitationOf(citation, { offenceOn: '2026-02-01' });
      return [dueOn, warnings.filter((code) => code.startsWith('OFFICER_REACH_'))];
    };
    expect(reach('Tex. Penal Code 39.03')).toEqual(['2028-02-01', ['OFFICER_REACH_NO']]);
    expect(reach('Minn. Stat. 609.43')).toEqual(['2029-02-01', ['OFFICER_REACH_DISPUTED']]);
    expect(reach('720 ILCS 5/33-9')).toEqual(['2029-02-01', ['OFFICER_REACH_DISPUTED']]);
    expect(reach('720 ILCS 5/33-3')).toEqual(['2029-02-01', ['OFFICER_REACH_UNLIKELY']]);
  });
});

describe('time left out and time added, asserted by an attorney', () => {
  const assertion = (...grounds: string[]) => ({ attorney: 'Cora Unsel', grounds, reasoning: 'The records of the deployment show it.' });

  test('720 ILCS 5/3-7: thirty days lived elsewhere make it thirty days later, and the earliest day stays', () => {
    const clock = limitationOf('720 ILCS 5/10-3', {
      offenceOn: '2022-10-01', exclusions: [{ ground: 'NOT_RESIDENT', from: '2022-11-01', to: '2022-11-30' }], assertion: assertion('NOT_RESIDENT'),
    });
    expect(clock).toMatchObject({ dueOn: '2025-10-01', state: 'PASSED', asserted: { dueOn: '2025-10-31', safeOn: '2025-10-30' } });
  });

  test('720 ILCS 5/3-7: an exclusion that ends after the day asked for has not ended yet', () => {
    const facts = { offenceOn: '2025-10-01', exclusions: [{ ground: 'NOT_RESIDENT', from: '2026-01-01', to: '2026-06-30' }], assertion: assertion('NOT_RESIDENT') };
    expect(limitationOf('720 ILCS 5/10-3', facts, '2026-06-29').asserted?.dueOn).toBeNull();
    expect(limitationOf('720 ILCS 5/10-3', facts, '2026-06-30').asserted?.dueOn).toBe('2029-03-31');
  });

  test('Tex. Code Crim. Proc. art. 12.05(a), Ex parte Matthews: absence before any formal accusation stops nothing, after it it does', () => {
    const facts = { offenceOn: '2023-02-01', exclusions: [{ ground: 'ABSENT_AFTER_ACCUSED', from: '2023-03-01', to: '2023-04-30' }], assertion: assertion('ABSENT_AFTER_ACCUSED') };
    const uncharged = limitationOf('Tex. Penal Code 22.02', facts);
    expect(uncharged).toMatchObject({ dueOn: '2025-02-01', asserted: { dueOn: '2025-02-01' } });
    expect(uncharged.trace).toContainEqual(expect.objectContaining({ text: expect.stringContaining('before any formal accusation and stops nothing'), citation: expect.stringContaining('Ex parte Matthews') }));
    expect(limitationOf('Tex. Penal Code 22.02', { ...facts, accusedOn: '2023-04-21' }).asserted?.dueOn).toBe('2025-02-11');
    expect(limitationOf('Tex. Penal Code 22.02', { ...facts, accusedOn: '2023-05-01' }).asserted?.dueOn).toBe('2025-02-01');
  });

  test('A.R.S. 13-107(E): while a masked offender is unknown the time may stand still; it is never relied on', () => {
    const facts = { offenceOn: '2026-01-01', exclusions: [{ ground: 'IDENTITY_UNKNOWN', from: '2026-01-01', to: null }] };
    expect(limitationOf('A.R.S. 13-1204', facts)).toMatchObject({ dueOn: '2033-01-01', asserted: null });
    expect(limitationOf('A.R.S. 13-1204', { ...facts, assertion: assertion('IDENTITY_UNKNOWN') })).toMatchObject({ dueOn: '2033-01-01', asserted: { dueOn: null } });
  });

  test('720 ILCS 5/3-6(b): misconduct in office runs one year from its attested discovery, at most three beyond the period', () => {
    const at = (on: string) => limitationOf('720 ILCS 5/33-3', { offenceOn: '2022-01-10', discovery: { on, attestedBy: 'Cora Unsel' }, assertion: assertion('PUBLIC_OFFICE') });
    expect(at('2024-12-01')).toMatchObject({ dueOn: '2025-01-10', asserted: { dueOn: '2025-12-01' } });
    expect(at('2027-06-01').asserted?.dueOn).toBe('2028-01-10');
    expect(at('2022-02-01').asserted?.dueOn).toBe('2025-01-10');
  });

  test('42 Pa.C.S. 5552(c)(2): of an officer until five years after the office, at most eight beyond the period', () => {
    const at = (lastInOfficeOn: string) => limitationOf('18 Pa.C.S. 2701', { offenceOn: '2026-02-01', lastInOfficeOn, assertion: assertion('PUBLIC_OFFICE') });
    expect(at('2027-08-31')).toMatchObject({ dueOn: '2028-02-01', asserted: { dueOn: '2032-08-31' } });
    expect(at('2035-01-01').asserted?.dueOn).toBe('2036-02-01');
  });

  test('Va. Code 19.2-8: malfeasance in office below felony has two years from the offence', () => {
    expect(limitationOf('Va. Code 18.2-57', { offenceOn: '2026-02-01', level: 'MISDEMEANOR', assertion: assertion('PUBLIC_OFFICE') })).toMatchObject({ dueOn: '2027-02-01', asserted: { dueOn: '2028-02-01' } });
  });

  test('42 Pa.C.S. 5554: an absence that starts after the period ran out revives nothing', () => {
    const clock = limitationOf('18 Pa.C.S. 2701', { offenceOn: '2022-02-01', exclusions: [{ ground: 'ABSENT', from: '2024-02-02', to: null }], assertion: assertion('ABSENT') });
    expect(clock).toMatchObject({ dueOn: '2024-02-01', asserted: { dueOn: '2024-02-01' }, state: 'PASSED' });
  });
});

describe('a limitation as days pass', () => {
  const on = (asOf: string, commencedOn: string | null = null) => limitationOf('Minn. Stat. 609.222', { offenceOn: '2026-01-14', commencedOn }, asOf).state;

  test('runs until the safe day, is in doubt on the last day and has passed after it (Minn. Stat. 628.26)', () => {
    expect([on('2029-01-13'), on('2029-01-14'), on('2029-01-15')]).toEqual(['RUNNING', 'LAST_DAY', 'PASSED']);
  });

  test('is met by a prosecution begun in time, and says so when it was late (Minn. Stat. 628.26)', () => {
    expect([on('2030-01-01', '2028-05-01'), on('2030-01-01', '2029-01-14'), on('2030-01-01', '2029-01-15')]).toEqual(['MET', 'MET', 'MET_LATE']);
  });

  test('of an offence within a span of days the first governs (Minn. Stat. 628.26)', () => {
    expect(limitationOf('Minn. Stat. 609.222', { offenceOn: '2026-01-14', offenceTo: '2026-03-01' }).dueOn).toBe('2029-01-14');
  });

  test('of 29 February ends on the 28th where the year has no 29th (Minn. Stat. 628.26)', () => {
    expect([due('Minn. Stat. 609.222', '2024-02-29'), due('A.R.S. 13-1203', '2024-02-29'), due('18 Pa.C.S. 2701', '2024-02-29')]).toEqual(['2027-02-28', '2025-02-28', '2026-02-28']);
  });
});

describe('the other golden cases', () => {
  const removal = ruleOf('FEDERAL_REMOVAL', '*');

  test('28 U.S.C. 1455(b): arraigned on 1 June with trial on 20 June, the window closes at the earlier event', () => {
    expect(removalWindow(removal, { arraignedOn: '2026-06-01', trialStartsOn: '2026-06-20' }, '2026-06-02')).toMatchObject({ dueOn: '2026-06-20', safeOn: '2026-06-19', state: 'RUNNING' });
  });

  test('28 U.S.C. 1455(b): arraigned on 1 June without a trial date, it closes on 1 July', () => {
    expect(removalWindow(removal, { arraignedOn: '2026-06-01' }, '2026-06-02')).toMatchObject({ dueOn: '2026-07-01', safeOn: '2026-06-30' });
  });

  test('28 U.S.C. 1455(b): before an arraignment it has not opened, whatever trial is set', () => {
    expect(removalWindow(removal, { arraignedOn: null, trialStartsOn: '2026-06-20' }, '2026-06-02')).toMatchObject({ startedOn: null, dueOn: null, state: 'NOT_RUNNING' });
  });

  test('71 P.S. 732-205: a judge assigned on 1 June who heard it on 25 June: hearing due 1 July, decision due 24 August', () => {
    const { hearing, decision } = supersession(ruleOf('SUPERSESSION', 'PA'), { judgeAssignedOn: '2026-06-01', heardOn: '2026-06-25' }, '2026-07-15');
    expect([hearing.dueOn, hearing.state, decision.dueOn, decision.state]).toEqual(['2026-07-01', 'MET', '2026-08-24', 'RUNNING']);
  });

  test('Tex. Code Crim. Proc. 2B.0106: the Texas rule on recordings is cited as recodified on 1 January 2025', () => {
    expect(ruleOf('BODY_CAMERA_RETENTION', 'TX').citation).toBe('Tex. Code Crim. Proc. 2B.0106');
    expect(parseCitation('Tex. Code Crim. Proc. art. 2B.0106')?.canonical).toBe('Tex. Code Crim. Proc. art. 2B.0106');
  });
});
