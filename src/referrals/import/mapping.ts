import { IANAZone } from 'luxon';
import { z } from 'zod';
import { ImportStop } from './stop.ts';
import { xmlMapping, type XmlMapping } from './xml-mapping.ts';
import { LIST_TARGETS, REFERRAL_TARGETS, targetsOf, type Kind, type ListName } from './targets.ts';

const column = z.string().min(1).max(200);
const columns = z.array(column).min(1).max(20);
const words = z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]));
const zone = z.string().refine((name) => IANAZone.isValidZone(name), 'is no time zone; give one as America/Chicago');
/** Which of a report's rows speaks: the first, the first that has a value, or every different value in turn. */
const pick = z.enum(['first', 'firstFilled', 'distinct']).default('first');

const Source = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('constant'), value: z.union([z.string().min(1), z.number(), z.boolean(), z.array(z.string().min(1))]) }),
  z.strictObject({ from: z.literal('column'), column, map: words.optional(), otherwise: z.union([z.string(), z.boolean(), z.number()]).optional(), pick }),
  z.strictObject({ from: z.literal('date'), columns, format: z.string().min(1), pick }),
  z.strictObject({ from: z.literal('instant'), columns, format: z.string().min(1), pick }),
  z.strictObject({ from: z.literal('point'), column, axis: z.enum(['latitude', 'longitude']), pick }),
  z.strictObject({ from: z.literal('anyOf'), columns, yes: z.array(z.string()).min(1), no: z.array(z.string()).min(1) }),
  z.strictObject({ from: z.literal('template'), template: z.string().min(1), pick }),
  z.strictObject({ from: z.literal('lines'), first: z.string().optional(), each: z.string().min(1), last: z.string().optional() }),
]);

export type Source = z.infer<typeof Source>;

const Item = z.strictObject({
  comment: z.string().optional(),
  /** Columns that tell one item from another: rows that agree in them make one item. */
  identity: columns,
  fields: z.record(z.string(), Source),
});

const MappingFile = z.strictObject({
  comment: z.union([z.string(), z.array(z.string())]).optional(),
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,59}$/, 'is a short name in lower case: it is part of every idempotency key'),
  format: z.enum(['csv', 'ndjson']),
  delimiter: z.string().length(1).default(','),
  /** Words that stand for nothing; the empty cell always does. */
  nulls: z.array(z.string()).default([]),
  /** The zone of dates and times without one. */
  zone,
  /** The hour that a clock shows twice when it is set back: which of the two is meant. */
  repeatedHour: z.enum(['earlier', 'later', 'refuse']).default('refuse'),
  /** The column whose value several rows of one report share. */
  group: column,
  /** The order of a report's rows; as they stand in the file unless told. Rows without a value come last. */
  order: z.strictObject({ columns, format: z.string().min(1) }).optional(),
  /** What templates say for a cell without a value. */
  absent: z.string().default('not recorded'),
  /** What templates say for the words of a column. */
  words: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  fields: z.record(z.string(), Source),
  persons: z.array(Item).default([]),
  recordings: z.array(Item).default([]),
});

export type Mapping = z.infer<typeof MappingFile>;
export type ItemMapping = z.infer<typeof Item>;

/** Reads a mapping file, of rows or of XML. Throws ImportStop with all its faults together. */
export function readMapping(text: string): Mapping | XmlMapping {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ImportStop(`The mapping file is not JSON: ${error instanceof Error ? error.message : String(error)}.`, 'Correct it and run again.');
  }
  if (typeof json === 'object' && json !== null && 'format' in json && json.format === 'xml') return xmlMapping(json);
  const parsed = MappingFile.safeParse(json);
  const faults = parsed.success ? misfits(parsed.data) : parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(the whole)'}: ${message}`);
  if (!parsed.success || faults.length > 0) {
    throw new ImportStop(`The mapping file has faults:\n  ${faults.join('\n  ')}`, 'Correct them all and run again; nothing was sent.');
  }
  return parsed.data;
}

/** What fits the shape but not a referral. */
function misfits(mapping: Mapping): string[] {
  return [
    ...unfit('fields', mapping.fields, REFERRAL_TARGETS),
    ...(Object.keys(LIST_TARGETS) as ListName[]).flatMap((name) => mapping[name].flatMap((item, index) => unfit(`${name}.${index}.fields`, item.fields, LIST_TARGETS[name]))),
  ];
}

function unfit(where: string, fields: Readonly<Record<string, Source>>, table: Readonly<Record<string, Kind>>): string[] {
  const targets = targetsOf(table);
  const faults: string[] = [];
  for (const [path, source] of Object.entries(fields)) {
    const kind = targets.get(path)?.kind;
    if (kind === undefined) faults.push(`${where}.${path}: is no field of a referral; there are ${[...targets.keys()].join(', ')}`);
    else if (path.startsWith('signature.') && source.from !== 'column' && source.from !== 'instant') {
      faults.push(`${where}.${path}: a signature comes from the file alone; where officers did not sign, use --attested-by`);
    } else if (!suits(source, kind)) faults.push(`${where}.${path}: takes ${nameOf(kind)}, which "from": "${source.from}" does not give`);
  }
  for (const { path, required } of targets.values()) {
    const part = path.includes('.') ? path.slice(0, path.indexOf('.') + 1) : undefined;
    const wanted = part === undefined || part === 'incident.' || Object.keys(fields).some((other) => other.startsWith(part));
    if (required && wanted && !(path in fields)) faults.push(`${where}.${path}: is missing`);
  }
  return faults;
}

const nameOf = (kind: Kind): string => (typeof kind === 'string' ? { text: 'text', texts: 'a list of texts', boolean: 'true or false', number: 'a number', date: 'a date', instant: 'an instant' }[kind] : `one of ${kind.join(', ')}`);

/** Whether a source can give what a field takes; the words of a column are looked at row by row. */
function suits(source: Source, kind: Kind): boolean {
  switch (source.from) {
    case 'constant':
      if (kind === 'texts') return Array.isArray(source.value);
      return typeof kind === 'string' ? typeof source.value === { text: 'string', boolean: 'boolean', number: 'number', date: 'string', instant: 'string' }[kind] : kind.includes(String(source.value));
    case 'column': return true;
    case 'date':
    case 'instant': return kind === source.from;
    case 'point': return kind === 'number';
    case 'anyOf': return kind === 'boolean';
    case 'template':
    case 'lines': return kind === 'text';
    default: return source satisfies never;
  }
}

/** The columns that a mapping reads, the key of the group first: of a row nothing else is kept. */
export function columnsOf(mapping: Mapping): readonly string[] {
  const read = new Set([mapping.group, ...(mapping.order?.columns ?? [])]);
  const items = [...mapping.persons, ...mapping.recordings];
  for (const item of items) item.identity.forEach((name) => read.add(name));
  for (const source of [mapping.fields, ...items.map((item) => item.fields)].flatMap((fields) => Object.values(fields))) {
    if ('column' in source) read.add(source.column);
    if ('columns' in source) source.columns.forEach((name) => read.add(name));
    const texts = source.from === 'template' ? [source.template] : source.from === 'lines' ? [source.first, source.each, source.last] : [];
    for (const text of texts) for (const [, name] of (text ?? '').matchAll(PLACEHOLDER)) if (name !== undefined && !name.startsWith('@')) read.add(name);
  }
  return [...read];
}

/** `{column}` in a template; `{@rows}` and `{@row}` are the number of rows and the row's place among them. */
export const PLACEHOLDER = /\{([^{}]+)\}/g;
