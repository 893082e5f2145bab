import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { citationAndParents, findCitation, parseCitation } from '../src/law/citation.ts';

const onFile: { state: string; citation: string }[] = JSON.parse(
  readFileSync(new URL('../drizzle/reference/statutes.json', import.meta.url), 'utf8'),
);

const SPELLINGS: Record<string, string[]> = {
  '720 ILCS 5/9-1': ['720 ILCS 5/9-1', '720 ilcs 5 / 9-1', '720 Ill. Comp. Stat. 5/9-1', '720 Ill. Comp. Stat. Ann. 5/9-1', ' 720 I.L.C.S. 5/9-1. ', '720 ILCS 5/9–1', '720 ILCS 5/§9-1', '720 ILCS 5/9-1 (2024)', '720 ILCS § 5/9-1'],
  '720 ILCS 5/12-3.05(a)(1)': ['720 ILCS 5/12-3.05(a)(1)', '720 ILCS 5/12-3.05 (a)(1)', '720 Ill Comp Stat 5/12-3.05(a)(1)', '720 ILCS 5/12-3.05(a) (1)'],
  '720 ILCS 5/17-2(b)(3)': ['720 ILCS 5/17-2(b)(3)', '720 ILCS 5/17-2(b)(3) (West 2022)'],
  '50 ILCS 706/10-20': ['50 ILCS 706/10-20', '50 Ill. Comp. Stat. 706/10-20'],
  'Minn. Stat. 609.222, subd. 1': ['Minn. Stat. § 609.222, subd. 1', 'Minn. Stat. 609.222 subd 1', 'Minnesota Statutes, section 609.222, subdivision 1', 'MINN. STAT. ANN. § 609.222, SUBD. 1', 'Minn Stat 609.222, subd. 1', 'Minnesota Statutes section 609.222 subd. 1', 'Minnesota Statutes 2024, section 609.222, subdivision 1', 'Minnesota Statutes, 2024, section 609.222, subdivision 1'],
  'Minn. Stat. 609.66, subd. 1e(b)': ['Minn. Stat. § 609.66, subd. 1e(b)', 'Minn. Stat. 609.66, subd. 1e, para. (b)', 'Minn. Stat. § 609.66, subdivision 1e, paragraph (b)', 'Minn. Stat. § 609.66, subd. 1E(b)', 'Minn. Stat. 609.66, subd. 1e, clause (b)'],
  'Minn. Stat. 628.26(a)': ['Minn. Stat. 628.26(a)', 'Minn. Stat. § 628.26, paragraph (a)', 'Minn. Stat. sec. 628.26 (a)'],
  '18 Pa.C.S. 2702(a)': ['18 Pa.C.S. § 2702(a)', '18 Pa. C.S.A. § 2702(a)', '18 Pa. Cons. Stat. § 2702(a)', '18 pa cs 2702(a)', '18 Pa. C. S. § 2702 (a)', '18 Pa. Cons. Stat. Ann. § 2702(a)', '18 Pa.C.S.A. sec. 2702(a)'],
  '42 Pa.C.S. 5552(c)(2)': ['42 Pa.C.S. § 5552(c)(2)', '42 Pa.C.S.A. §5552(c)(2)'],
  'Tex. Penal Code 22.02': ['Tex. Penal Code § 22.02', 'Texas Penal Code Section 22.02', 'Penal Code 22.02', 'Tex. Penal Code Ann. § 22.02 (West 2024)', 'Tex. Penal Code § 22.02 (2024)', 'Texas Penal Code, sec. 22.02', 'TEX PENAL CODE 22.02', 'Tex. Pen. Code § 22.02', 'Section 22.02, Penal Code', 'section 22.02 of the Texas Penal Code', '§ 22.02, Penal Code (2024)'],
  'Tex. Penal Code 22.01(a)(1)': ['Tex. Penal Code § 22.01(a)(1)', 'Tex. Penal Code Ann. § 22.01 (a) (1)', 'Section 22.01(a)(1), Penal Code'],
  'Tex. Code Crim. Proc. art. 12.01': ['Tex. Code Crim. Proc. art. 12.01', 'Texas Code of Criminal Procedure, Article 12.01', 'C.C.P. art. 12.01', 'Tex. Code Crim. Proc. Ann. art. 12.01', 'CCP 12.01', 'Article 12.01, Code of Criminal Procedure'],
  'Tex. Code Crim. Proc. art. 2B.0106': ['Tex. Code Crim. Proc. art. 2B.0106', 'Tex. Code Crim. Proc. 2B.0106', 'Code of Criminal Procedure art. 2b.0106'],
  'Tex. Occ. Code 1701.655': ['Tex. Occ. Code § 1701.655', 'Texas Occupations Code Section 1701.655', 'Occ. Code 1701.655', 'Tex. Occ. Code Ann. § 1701.655 (West 2022)'],
  'A.R.S. 13-1204': ['A.R.S. § 13-1204', 'ARS 13-1204', 'Ariz. Rev. Stat. Ann. § 13-1204', 'Arizona Revised Statutes 13-1204', 'A.R.S. §§ 13‑1204', 'A. R. S. § 13-1204', 'Ariz. Rev. Stat. § 13-1204'],
  'A.R.S. 13-107(B)(1)': ['A.R.S. § 13-107(B)(1)', 'Ariz. Rev. Stat. § 13-107 (B)(1)'],
  'A.R.S. 13-2907.01': ['A.R.S. § 13-2907.01', 'A.R.S. sec. 13-2907.01'],
  'Va. Code 18.2-51': ['Va. Code § 18.2-51', 'Va. Code Ann. § 18.2-51', 'Virginia Code section 18.2-51', 'Code of Virginia § 18.2–51', 'Va Code 18.2-51', 'Code of Va. § 18.2-51', '§ 18.2-51 of the Code of Virginia', '§ 18.2-51, Code of Virginia', '18.2-51 of the Code of Virginia'],
  'Va. Code 18.2-57(A)': ['Va. Code § 18.2-57(A)', 'Virginia Code § 18.2-57 (A)', 'section 18.2-57(A) of the Virginia Code'],
};

describe('citations in everyday spelling', () => {
  it('are read in at least sixty spellings, with subsections among them, of every code', () => {
    const spellings = Object.entries(SPELLINGS).flatMap(([canonical, each]) => each.map((spelling) => ({ canonical, spelling })));
    expect(new Set(spellings.map(({ spelling }) => spelling)).size).toBeGreaterThanOrEqual(60);
    expect(spellings.filter(({ canonical }) => canonical.endsWith(')')).length).toBeGreaterThanOrEqual(20);
    expect(new Set(Object.keys(SPELLINGS).map((canonical) => parseCitation(canonical)?.code))).toEqual(new Set(['ILCS', 'MINN_STAT', 'PA_CS', 'TEX_PENAL', 'TEX_CCP', 'TEX_OCC', 'ARS', 'VA_CODE']));
  });

  it.each(Object.entries(SPELLINGS).flatMap(([canonical, spellings]) => spellings.map((spelling) => [spelling, canonical])))(
    '"%s" is %s',
    (spelling, canonical) => {
      expect(parseCitation(spelling)?.canonical).toBe(canonical);
      expect(findCitation(`Is there a charge under ${spelling} here?`)?.canonical).toBe(canonical);
    },
  );

  it('takes a citation apart', () => {
    expect(parseCitation('720 ILCS 5/12-3.05(a)(1)')).toEqual({
      state: 'IL', code: 'ILCS', parts: { chapter: '720', act: '5', section: '12-3.05' }, subsections: ['a', '1'], canonical: '720 ILCS 5/12-3.05(a)(1)',
    });
  });

  it('reads every offence on file, in the spelling on file', () => {
    expect(onFile).toHaveLength(110);
    for (const { state, citation } of onFile) expect(parseCitation(citation)).toMatchObject({ state, canonical: citation });
  });

  it.each([
    'aggravated assault', '22.02', '', '§', '720 ILCS', '720 ILCS 5/', 'Penal Code 22', 'Tex. Penal Code 22.0211', 'A.R.S. 13', '18 Pa.C.S. 27', 'Minn. Stat. 609',
    'Tex. Penal Code 22.02 and more', 'A.R.S. 13-1204(', 'A.R.S. 13-12045678', 'Cal. Penal Code', 'X'.repeat(10_000),
  ])('"%.40s" is no citation', (text) => expect(parseCitation(text)).toBeUndefined());

  it('does not find a shorter section inside a longer number', () => {
    expect(findCitation('Tex. Penal Code 22.0211')).toBeUndefined();
    expect(findCitation('1720 ILCS 5/9-1')).toBeUndefined();
    expect(findCitation('Va. Code 18.2-51.2')?.canonical).toBe('Va. Code 18.2-51.2');
  });

  it('finds the first of two', () => {
    expect(findCitation('either A.R.S. 13-1203 or Va. Code 18.2-57')?.canonical).toBe('A.R.S. 13-1203');
  });

  it('names what contains a provision, narrowest first', () => {
    const parentsOf = (text: string) => citationAndParents(parseCitation(text) ?? expect.fail(text));
    expect(parentsOf('18 Pa.C.S. § 2702(a)(1)')).toEqual(['18 Pa.C.S. 2702(a)(1)', '18 Pa.C.S. 2702(a)', '18 Pa.C.S. 2702']);
    expect(parentsOf('Minn. Stat. 609.66, subd. 1e(b)')).toEqual(['Minn. Stat. 609.66, subd. 1e(b)', 'Minn. Stat. 609.66, subd. 1e', 'Minn. Stat. 609.66']);
    expect(parentsOf('A.R.S. 13-1204')).toEqual(['A.R.S. 13-1204']);
  });

  it('prints what it would read again', () => {
    fc.assert(fc.property(fc.constantFrom(...onFile), fc.array(fc.stringMatching(/^[a-z0-9]{1,3}$/), { maxLength: 4 }), ({ citation }, subs) => {
      const read = parseCitation(citation + subs.map((sub) => `(${sub})`).join(''));
      expect(parseCitation(read?.canonical ?? '')).toEqual(read);
    }));
  });

  it.each([`720 ILCS 5/1${'.1'.repeat(40)}xx`, `A.R.S. 13-1204${'(a)'.repeat(35)}(`, `18 Pa.C.S.${' '.repeat(110)}`, `Va. Code 18.2-51${'.2:'.repeat(30)}`])(
    'gives up on "%.20s…" at once', (text) => {
      const started = performance.now();
      parseCitation(text);
      findCitation(text);
      expect(performance.now() - started).toBeLessThan(50);
    });

  /** Milliseconds for one text, the best of several: a pause of the machine is not the pattern's. */
  const spentOn = (text: string, tries = 1): number => Math.min(...Array.from({ length: tries }, () => {
    const started = performance.now();
    parseCitation(text);
    findCitation(text);
    return performance.now() - started;
  }));

  it('spends less than a millisecond on each of ten thousand hostile texts', () => {
    const fragments = [
      ' ', '   ', '1', '1.1', '1-1', '720 ILCS 5/', '18 Pa.C.S. 2702', '(a)', '(', 'Minn. Stat. ', '609.222', ', subd. 1', 'Tex. Penal Code', '22.02', 'A.R.S. ',
      '13-1204', 'Va. Code', '18.2-51', '§', '§§', 'Ann.', '.', ',', 'x', '\u00a0', '\n', 'Code of Crim. Proc. ', 'Occupations Code ', '(2024)', '\u2013', 'Section 22.01', ', Penal Code', ' of the ', 'Code of Virginia', 'Article 12.01', ' 2024, section ',
    ];
    const hostile = fc.array(fc.tuple(fc.constantFrom(...fragments), fc.integer({ min: 1, max: 400 })), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.map(([fragment, times]) => fragment.repeat(times)).join(''));
    let drawn = 0;
    fc.assert(fc.property(fc.oneof(hostile, hostile.map((text) => text.slice(0, 120)), fc.string({ maxLength: 500 })), (text) => {
      drawn += 1;
      if (spentOn(text) >= 1) expect(spentOn(text, 9)).toBeLessThan(1);
    }), { numRuns: 10_000 });
    expect(drawn).toBe(10_000);
  });

  it('spends no more on a text that is a hundred times as long', () => {
    for (const fragment of ['720 ILCS 5/1', '18 Pa.C.S. ', 'Minn. Stat. 609.222 ', '1.1', ' ', '(a)', 'Va. Code §']) {
      expect(spentOn(fragment.repeat(100_000), 9)).toBeLessThan(3);
    }
  });
});
