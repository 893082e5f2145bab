import { z } from 'zod';
import { FACETS, type Facet } from '../access/facets.ts';
import { CHARGING_INSTRUMENTS } from '../coalition/jurisdiction.table.ts';
import { type Faults, fileText, fileWord, type ReferenceFile } from '../database/reference.ts';
import { CONFIDENCES, type Confidence } from '../kernel/confidence.ts';
import { namedId } from '../kernel/ids.ts';
import { type RuleKind, stateRules } from './rule.table.ts';
import { VENUE_GROUNDS } from './venue.ts';

/** The rules of law. */
export const STATE_RULES = 'state-rules.json';

const state = z.string().regex(/^([A-Z]{2}|\*)$/, 'is neither the two letters of a state nor *');
const facet = z.enum(Object.keys(FACETS) as [Facet, ...Facet[]]);
const days = z.int().min(0).max(36_500).nullable();
const text = z.exactOptional(fileText);
const period = z.union([z.strictObject({ years: z.int().min(1) }), z.strictObject({ months: z.int().min(1) })]);

const TRIGGERS = { discovery: 'DISCOVERY', commission: 'COMMISSION', leavesOffice: 'LEAVES_OFFICE' } as const;

const PublicOfficer = z.strictObject({
  trigger: z.enum(['discovery', 'commission', 'leavesOffice']).transform((word) => TRIGGERS[word]),
  addYears: z.int().min(1),
  capYearsBeyondBase: z.exactOptional(z.int().min(1)),
  citation: fileText,
  text,
});

/** What every rule carries beside its own words. */
const provenance = { citation: fileText.nullable().default(null), source: fileText.nullable().default(null), confidence: fileWord(CONFIDENCES) };
const inState = { state, ...provenance };
const everywhere = { state: state.default('*'), ...provenance };

const SECTIONS = {
  limitation: z.strictObject({
    ...inState,
    felony: z.exactOptional(period.nullable()), misdemeanor: z.exactOptional(period), petty: z.exactOptional(period),
    default: z.exactOptional(period), listed: z.exactOptional(period),
    starts: fileWord(['COMMISSION', 'DISCOVERY']), none: fileText, stops: text, trap: text, note: text,
    tolling: z.array(z.strictObject({ ground: z.string().regex(/^[A-Z_]+$/), text: fileText, citation: fileText })),
    publicOfficer: PublicOfficer.nullable(),
    lastDay: z.exactOptional(z.strictObject({ excludeFirstDay: z.boolean(), rollWeekendAndHoliday: z.boolean(), citation: fileText })),
  }),
  venueBoundary: z.strictObject({
    ...inState, metres: z.int().min(1).nullable(), text: fileText, note: text,
    grounds: z.exactOptional(z.partialRecord(z.enum(VENUE_GROUNDS), fileText)),
    levels: z.exactOptional(z.strictObject({ text: fileText, citation: fileText.nullable(), confidence: fileWord(CONFIDENCES) })),
  }),
  bodyCameraRetention: z.strictObject({
    ...inState, unflaggedDays: days, flaggedDays: z.exactOptional(days), flaggedText: text, text,
    formerly: z.exactOptional(z.strictObject({ citation: fileText, until: z.iso.date() })),
    requestExtensionDays: z.exactOptional(days), destroyByDays: z.exactOptional(days), requestWindowDays: z.exactOptional(days),
  }),
  chargingInstrument: z.strictObject({ ...inState, felony: z.array(z.enum(CHARGING_INSTRUMENTS)).min(1), onWaiver: z.exactOptional(z.array(z.enum(CHARGING_INSTRUMENTS)).min(1)), text }),
  victimNotice: z.strictObject({
    ...inState, kind: z.enum(['CHARGED', 'DECLINED', 'RIGHTS_FORM', 'DISPOSITION', 'RELEASE', 'PLEA', 'COURT_DATES']),
    dueDays: z.exactOptional(days), dayType: z.exactOptional(fileWord(['WORKING', 'CALENDAR'])),
    from: text, before: text, condition: text, actor: text, text, effectiveFrom: z.exactOptional(z.iso.date()),
  }),
  externalDemandRegimes: z.strictObject({
    ...everywhere, regime: z.enum(['DOJ_TOUHY', 'DHS_TOUHY', 'OTHER_TOUHY', 'PRESERVATION_LETTER', 'SUBPOENA']),
    addressee: fileText, mustContain: z.array(fileText), answerDeadline: fileText.nullable(),
  }),
  federalRemoval: z.strictObject({ ...everywhere, windowDays: z.int().min(1), from: fileText, effect: fileText, subpoenaAloneRemovable: z.boolean() }),
  supersession: z.strictObject({ ...inState, hearingDays: z.int().min(1), decisionDays: z.int().min(1), text: fileText }),
  rendition: z.strictObject({ ...everywhere, holdDays: z.int().min(1), extensionDays: z.int().min(1), text: fileText }),
  restrictions: z.strictObject({ ...inState, compartment: z.exactOptional(facet), facet: z.exactOptional(facet), when: text, text: fileText })
    .refine((row) => (row.compartment === undefined) !== (row.facet === undefined), 'names both a compartment and a facet, or neither'),
} as const;

const KIND_OF = {
  limitation: 'LIMITATION', venueBoundary: 'VENUE_BOUNDARY', bodyCameraRetention: 'BODY_CAMERA_RETENTION', chargingInstrument: 'CHARGING_INSTRUMENT',
  victimNotice: 'VICTIM_NOTICE', externalDemandRegimes: 'EXTERNAL_DEMAND_REGIME', federalRemoval: 'FEDERAL_REMOVAL',
  supersession: 'SUPERSESSION', rendition: 'RENDITION', restrictions: 'RESTRICTION',
} as const satisfies Record<keyof typeof SECTIONS, RuleKind>;

type Section = keyof typeof SECTIONS;

/** What a rule of each kind says, as its row keeps it. */
export type RuleBodies = { [S in Section as (typeof KIND_OF)[S]]: Omit<z.infer<(typeof SECTIONS)[S]>, 'state' | keyof typeof provenance> };

/** A rule of one kind, read from its row. */
export interface LawRule<K extends RuleKind> {
  readonly kind: K;
  /** Two letters, or `*` for every state. */
  readonly state: string;
  readonly body: RuleBodies[K];
  readonly citation: string | null;
  readonly source: string | null;
  readonly confidence: Confidence;
}
const sectionNames = Object.keys(SECTIONS) as Section[];

const present = z.unknown().refine((content) => content !== undefined, 'is missing');

/** `note` and `citationPatterns` are words to the reader. Every section must stand, so that a lost one is not taken for repealed law. */
const RulesFile = z.strictObject({
  note: fileText.optional(),
  citationPatterns: fileText.optional(),
  ...({
    limitation: present, venueBoundary: present, bodyCameraRetention: present, chargingInstrument: present,
    victimNotice: present, externalDemandRegimes: present, federalRemoval: present, supersession: present, rendition: present, restrictions: present,
  } satisfies Record<Section, typeof present>),
});

export type RuleInsert = typeof stateRules.$inferInsert;

/** Validates the rules of law; a rule's place among those of its kind and state is its name. */
export function ruleReference(file: ReferenceFile, faults: Faults): RuleInsert[] {
  const content = faults.content(file);
  if (content === undefined) return [];
  const read = RulesFile.safeParse(content);
  if (!read.success) {
    for (const issue of read.error.issues) {
      faults.add(STATE_RULES, undefined, issue.path.join('.'), `${issue.message}.`, 'Restore the section, or correct the spelling of its name.');
    }
    return [];
  }
  const sections = read.data;
  return sectionNames.flatMap((section) => sectionRows(STATE_RULES, section, sections[section], faults));
}

/** The same of some sections: what counsel gives of their own. */
export function ruleRows(file: string, content: object, faults: Faults): RuleInsert[] {
  const given = Object.entries(content).filter(([name]) => !WORDS.includes(name));
  for (const [name] of given) {
    if (!isSection(name)) faults.add(file, undefined, name, 'is no section of the rules of law.', `Name sections as in ${sectionNames.join(', ')}.`);
  }
  const rows = given.flatMap(([name, section]) => (isSection(name) ? sectionRows(file, name, section, faults) : []));
  if (rows.length === 0 && faults.list.length === 0) faults.add(file, undefined, '', 'holds no rule of law.', `Give at least one of the sections ${sectionNames.join(', ')}; or statutes, as a JSON array.`);
  return rows;
}

const WORDS: readonly string[] = ['note', 'citationPatterns'];
const isSection = (name: string): name is Section => Object.hasOwn(SECTIONS, name);

function sectionRows(file: string, section: Section, content: unknown, faults: Faults): RuleInsert[] {
  const kind = KIND_OF[section];
  const counted = new Map<string, number>();
  const rows = Array.isArray(content) ? content : [content];
  return faults.rows(`${file} ${section}`, rows, SECTIONS[section] as z.ZodType<z.infer<(typeof SECTIONS)[Section]>>).map(({ row }) => {
    const { state: where, citation, source, confidence, ...body } = row;
    const position = counted.get(where) ?? 0;
    counted.set(where, position + 1);
    return { id: namedId('state-rule', `${kind} ${where} ${position}`), kind, state: where, position, body, citation, source, confidence };
  });
}
