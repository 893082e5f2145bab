/** A body of statute law whose citations are understood. */
export type LawCode = 'ILCS' | 'MINN_STAT' | 'PA_CS' | 'TEX_PENAL' | 'TEX_CCP' | 'TEX_OCC' | 'ARS' | 'VA_CODE';

/** A citation taken apart. Two spellings of one provision have the same `canonical`. */
export interface Citation {
  /** Two letters. */
  readonly state: string;
  readonly code: LawCode;
  /** The numbers by name: `section`, and where the code has them `chapter`, `act`, `title`, `subdivision`. */
  readonly parts: Readonly<Record<string, string>>;
  /** As in `(a)(1)`; empty for the whole section. */
  readonly subsections: readonly string[];
  readonly canonical: string;
}

/** Longer text is not a citation. */
const CITATION_LENGTH = 120;
/** A citation is looked for in so many leading characters of a text. */
const SEARCHED_LENGTH = 400;

interface Form {
  readonly state: string;
  readonly code: LawCode;
  readonly pattern: RegExp;
  readonly print: (part: (name: string) => string) => string;
}

// Every repetition is bounded and no two of them can share a character, so that hostile text costs no backtracking.
const SP = String.raw`\s{0,3}`;
const MARK = String.raw`(?:§{1,2}|sec(?:tion|\.)?)?${SP}`;
const ANN = String.raw`(?:${SP}Ann\.?)?`;
const SUBS = String.raw`(?<subs>(?:\s{0,2}(?!\((?:19|20)\d\d\))\([0-9A-Za-z.\-]{1,5}\)){0,6})`;
/** The publisher and year that lawyers append, as `(West 2024)`; no part of what is cited. */
const YEAR = String.raw`(?:\s{0,2}\((?:[A-Za-z]{1,12}\.?\s)?(?:19|20)\d\d\))?`;
/** Not in the middle of a longer number. */
const END = String.raw`(?![\w§]|[-.:/]\d)`;

/** `behind` is what follows the number, as in "§ 18.2-57 of the Code of Virginia". */
const form = (state: string, code: LawCode, source: string, print: Form['print'], behind = ''): Form => ({
  state, code, print, pattern: new RegExp(String.raw`(?<![\w.])${source}${SUBS}${behind}${YEAR}${END}`, 'i'),
});

const SECTION = String.raw`(?:§{1,2}|sec(?:tion|\.))${SP}`;
const OF_THE = String.raw`(?:,${SP}|\s{1,3}of\s{1,3}the\s{1,3})`;
const PENAL = String.raw`\d{1,2}[A-Z]?\.\d{2,3}`;
const PROCEDURE = String.raw`\d{1,2}[A-Z]?\.\d{1,5}`;
const VIRGINIA = String.raw`\d{1,2}(?:\.\d{1,2})?-\d{1,4}(?:\.\d{1,2})?(?::\d{1,2})?`;
const penal: Form['print'] = (part) => `Tex. Penal Code ${part('section')}`;
const procedure: Form['print'] = (part) => `Tex. Code Crim. Proc. art. ${part('section')}`;
const virginia: Form['print'] = (part) => `Va. Code ${part('section')}`;

const FORMS: readonly Form[] = [
  form('IL', 'ILCS',
    String.raw`(?<chapter>\d{1,3})${SP}(?:I\.?L\.?C\.?S\.?|Ill\.?${SP}Comp\.?${SP}Stat\.?${ANN})${SP}${MARK}(?<act>\d{1,4}(?:\.\d{1,3})?)${SP}/${SP}${MARK}(?<section>\d{1,4}[A-Z]?(?:[-.]\d{1,4}[A-Z]?){0,4})`,
    (part) => `${part('chapter')} ILCS ${part('act')}/${part('section')}`),
  form('MN', 'MINN_STAT',
    String.raw`(?:Minn\.?${SP}Stat\.?${ANN}|Minnesota${SP}Statutes)(?:,?${SP}(?:19|20)\d\d(?=[,\s]))?,?${SP}${MARK}(?<section>\d{1,3}[A-Z]?\.\d{1,4})(?:,?${SP}subd(?:\.|ivision)?${SP}(?<subdivision>\d{1,3}[a-z]?))?(?:,?${SP}(?:para(?:graph|\.)?|cl(?:ause|\.)?)(?=${SP}\())?`,
    (part) => `Minn. Stat. ${part('section')}${part('subdivision') && `, subd. ${part('subdivision')}`}`),
  form('PA', 'PA_CS',
    String.raw`(?<title>\d{1,2})${SP}Pa\.?${SP}(?:C\.?${SP}S\.?(?:${SP}A\.?)?|Cons\.?${SP}Stat\.?${ANN})${SP}${MARK}(?<section>\d{3,5}(?:\.\d{1,3})?[A-Z]?)`,
    (part) => `${part('title')} Pa.C.S. ${part('section')}`),
  form('TX', 'TEX_PENAL',
    String.raw`(?:Tex(?:as|\.)?${SP})?Pen(?:al|\.)${SP}Code${ANN},?${SP}${MARK}(?<section>${PENAL})`, penal),
  form('TX', 'TEX_PENAL', String.raw`${SECTION}(?<section>${PENAL})`, penal, String.raw`${OF_THE}(?:Tex(?:as|\.)?${SP})?Penal${SP}Code`),
  form('TX', 'TEX_CCP',
    String.raw`(?:Tex(?:as|\.)?${SP})?(?:Code${SP}(?:of${SP})?Crim(?:inal|\.)?${SP}Proc(?:edure|\.)?${ANN}|C\.?C\.?P\.?),?${SP}(?:art(?:icle|\.)?)?${SP}(?<section>${PROCEDURE})`, procedure),
  form('TX', 'TEX_CCP', String.raw`art(?:icle|\.)${SP}(?<section>${PROCEDURE})`, procedure, String.raw`${OF_THE}(?:Tex(?:as|\.)?${SP})?Code${SP}of${SP}Criminal${SP}Procedure`),
  form('TX', 'TEX_OCC',
    String.raw`(?:Tex(?:as|\.)?${SP})?Occ(?:upations|\.)?${SP}Code${ANN},?${SP}${MARK}(?<section>\d{1,4}[A-Z]?\.\d{1,4})`,
    (part) => `Tex. Occ. Code ${part('section')}`),
  form('AZ', 'ARS',
    String.raw`(?:A\.?${SP}R\.?${SP}S\.?|Ariz(?:ona|\.)?${SP}Rev(?:ised|\.)?${SP}Stat(?:utes|\.)?${ANN})${SP}${MARK}(?<section>\d{1,2}-\d{1,5}(?:\.\d{2})?)`,
    (part) => `A.R.S. ${part('section')}`),
  form('VA', 'VA_CODE',
    String.raw`(?:(?:Va\.?|Virginia)${SP}Code${ANN}|Code${SP}of${SP}(?:Va\.?|Virginia))${SP}${MARK}(?<section>${VIRGINIA})`, virginia),
  form('VA', 'VA_CODE', String.raw`(?:${SECTION})?(?<section>${VIRGINIA})`, virginia, String.raw`${OF_THE}(?:Code${SP}of${SP}Virginia|Virginia${SP}Code)`),
];

/** Letters inside a section number are capitals in the canonical form; those of a Minnesota subdivision are small. */
const spelled = (name: string, value: string) => (name === 'subdivision' ? value.toLowerCase() : value.toUpperCase());

function read(form: Form, match: RegExpExecArray): Citation {
  const { subs = '', ...rest } = match.groups ?? {};
  const parts = Object.fromEntries(Object.entries(rest).flatMap(([name, value]) => (value ? [[name, spelled(name, value)]] : [])));
  const subsections = [...subs.matchAll(/[^()\s]+/g)].map(([text]) => text);
  const canonical = form.print((name) => parts[name] ?? '') + subsections.map((text) => `(${text})`).join('');
  return { state: form.state, code: form.code, parts, subsections, canonical };
}

/** Dashes of word processors become hyphens. */
const plain = (text: string) => text.replace(/[\u2010-\u2015\u2212]/g, '-');

/** Reads a text that is a citation and nothing else, in everyday spelling; undefined for anything else. */
export function parseCitation(text: string): Citation | undefined {
  if (text.length > CITATION_LENGTH) return undefined;
  const sought = plain(text).trim().replace(/[.,;]$/, '');
  for (const form of FORMS) {
    const match = form.pattern.exec(sought);
    if (match?.index === 0 && match[0].length === sought.length) return read(form, match);
  }
  return undefined;
}

/** The first citation within a text, such as a search; undefined where there is none. */
export function findCitation(text: string): Citation | undefined {
  const sought = plain(text.slice(0, SEARCHED_LENGTH));
  const found = FORMS.flatMap((form) => {
    const match = form.pattern.exec(sought);
    return match ? [{ at: match.index, citation: read(form, match) }] : [];
  });
  return found.sort((a, b) => a.at - b.at)[0]?.citation;
}

/** A citation and what contains it, narrowest first: `18 Pa.C.S. 2702(a)(1)`, `18 Pa.C.S. 2702(a)`, `18 Pa.C.S. 2702`. */
export function citationAndParents({ canonical, parts, subsections }: Citation): string[] {
  const section = canonical.slice(0, canonical.length - subsections.map((text) => `(${text})`).join('').length);
  const narrowed = [...subsections.keys()].reverse().map((last) => section + subsections.slice(0, last + 1).map((text) => `(${text})`).join(''));
  return [...narrowed, section, ...(parts.subdivision ? [section.slice(0, section.lastIndexOf(', subd. '))] : [])];
}
