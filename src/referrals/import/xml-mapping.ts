import { z } from 'zod';
import { ImportStop } from './stop.ts';
import type { ElementName } from './xml-names.ts';
import type { Step } from './xml-record.ts';

const NAME = /^[a-z][\w.-]*:[A-Za-z_][\w.-]*$/;
const path = z.string().refine((text) => text.split('/').every((step, place, steps) => NAME.test(step) || (place === steps.length - 1 && /^@[\w.:-]+$/.test(step))), 'is no path of names like nc:Incident/nc:ActivityDate');
const way = z.string().refine((text) => text.split('/').every((step) => NAME.test(step)), 'is no path of names like nc:Incident/j:Victim');
const word = z.union([z.string(), z.number(), z.boolean()]);

const Source = z.union([
  path,
  z.strictObject({
    /** Where it stands; of several places the first that holds something. */
    at: z.union([path, z.array(path).min(1).max(10)]),
    /** What the words of the file mean; others are refused unless `otherwise` says what they mean. */
    words: z.record(z.string(), word).optional(),
    otherwise: word.optional(),
    /** `date`: of a date with a time only the date. `join`: all texts there are, with this between them. */
    take: z.literal('date').optional(),
    join: z.string().max(20).optional(),
  }),
  z.strictObject({ constant: word }),
  /** True where there is any such element. */
  z.strictObject({ exists: z.union([way, z.array(way).min(1).max(10)]) }),
]);

const Item = z.strictObject({ each: way, fields: z.record(z.string(), Source) });

const MappingFile = z.strictObject({
  comment: z.union([z.string(), z.array(z.string())]).optional(),
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,59}$/, 'is a short name in lower case: it is part of every idempotency key'),
  format: z.literal('xml'),
  /** What the prefixes of this file stand for; a document may use others for the same namespaces. */
  namespaces: z.record(z.string(), z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])),
  /** The element that one referral is. */
  record: z.string().regex(NAME, 'is no name like c:Referral'),
  fields: z.record(z.string(), Source),
  /** Lists of the referral, each of elements that may stand in several places. */
  lists: z.record(z.string(), z.array(Item).min(1)).default({}),
});

/** Where the value of a field comes from. */
export type XmlSource =
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  | { readonly kind: 'exists'; readonly paths: readonly (readonly ElementName[])[] }
  | {
      readonly kind: 'text'; readonly paths: readonly (readonly Step[])[]; readonly words?: ReadonlyMap<string, string | number | boolean> | undefined;
      readonly otherwise?: string | number | boolean | undefined; readonly isDate: boolean; readonly join?: string | undefined;
    };

export interface XmlItem {
  readonly each: readonly ElementName[];
  readonly fields: ReadonlyMap<string, XmlSource>;
}

export interface XmlMapping {
  readonly id: string;
  readonly format: 'xml';
  readonly record: ElementName;
  readonly fields: ReadonlyMap<string, XmlSource>;
  readonly lists: ReadonlyMap<string, readonly XmlItem[]>;
}

/** Reads the mapping of an XML format. Throws ImportStop with all its faults together. */
export function xmlMapping(json: unknown): XmlMapping {
  const parsed = MappingFile.safeParse(json);
  const faults = parsed.success ? unbound(parsed.data) : parsed.error.issues.map(({ path: place, message }) => `${place.join('.') || '(the whole)'}: ${message}`);
  if (!parsed.success || faults.length > 0) throw new ImportStop(`The mapping file has faults:\n  ${faults.join('\n  ')}`, 'Correct them all and run again; nothing was sent.');
  const { id, format, namespaces, record, fields, lists } = parsed.data;
  const name = (text: string): ElementName => {
    const [prefix = '', local = ''] = text.split(':');
    return { local, namespaces: [namespaces[prefix] ?? []].flat() };
  };
  const steps = (text: string): Step[] => text.split('/').map((step) => (step.startsWith('@') ? { attribute: step.slice(1) } : name(step)));
  const names = (text: string): ElementName[] => text.split('/').map(name);
  const source = (given: z.infer<typeof Source>): XmlSource => {
    if (typeof given === 'string') return { kind: 'text', paths: [steps(given)], isDate: false };
    if ('constant' in given) return { kind: 'constant', value: given.constant };
    if ('exists' in given) return { kind: 'exists', paths: [given.exists].flat().map(names) };
    return {
      kind: 'text', paths: [given.at].flat().map(steps), words: given.words && new Map(Object.entries(given.words)), otherwise: given.otherwise, isDate: given.take === 'date', join: given.join,
    };
  };
  const sources = (given: Readonly<Record<string, z.infer<typeof Source>>>) => new Map(Object.entries(given).map(([field, each]) => [field, source(each)]));
  return {
    id, format, record: name(record), fields: sources(fields),
    lists: new Map(Object.entries(lists).map(([list, items]) => [list, items.map(({ each, fields: inner }) => ({ each: names(each), fields: sources(inner) }))])),
  };
}

/** Prefixes that the mapping uses and does not explain. */
function unbound(mapping: z.infer<typeof MappingFile>): string[] {
  const { comment: _, namespaces, ...rest } = mapping;
  const used = new Set([...JSON.stringify(rest).matchAll(/["/]([a-z][\w.-]*):[A-Za-z_]/g)].map(([, prefix = '']) => prefix));
  return [...used].filter((prefix) => !Object.hasOwn(namespaces, prefix)).map((prefix) => `namespaces.${prefix}: is missing`);
}
