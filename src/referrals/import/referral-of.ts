import { instantOf } from './dates.ts';
import { ROWS_OF_A_REPORT, type Group } from './grouping.ts';
import type { ItemMapping, Mapping, Source } from './mapping.ts';
import type { Row } from './rows.ts';
import { reading, type Reading, type Value } from './sources.ts';
import type { Prepared } from './prepared.ts';
import type { Fault } from './stop.ts';
import { LIST_TARGETS, REFERRAL_TARGETS, targetsOf, type ListName, type Target } from './targets.ts';
import { Unfit } from './unfit.ts';

type Json = Record<string, unknown>;

/** Makes a mapping into a function from the rows of a report to its referral. A report of which one row is faulty is not sent. */
export function referralMaker(mapping: Mapping, columns: readonly string[]): (group: Group) => Prepared {
  const sources = reading(mapping, columns);
  const targets = targetsOf(REFERRAL_TARGETS);

  return ({ key, rows: found, dropped }) => {
    const faults: Fault[] = found.flatMap(({ line, fault }) => (fault ? [{ line, ...fault }] : []));
    if (key === '' && faults.length === 0) {
      faults.push({ line: found[0]?.line ?? null, field: mapping.group, code: 'KEY_MISSING', reason: 'The row says not which report it belongs to.', remedy: 'Give the report number.' });
    }
    if (key.length > 100) faults.push({ line: found[0]?.line ?? null, field: mapping.group, code: 'KEY_INVALID', reason: 'The report number is too long.', remedy: 'Give at most 60 characters.' });
    if (dropped > 0) {
      faults.push({ line: null, field: mapping.group, code: 'TOO_MANY_ROWS', reason: `This report has ${found.length + dropped} rows; a report holds at most ${ROWS_OF_A_REPORT}, and 4 MB.`, remedy: 'Make sure that the column is the report number; divide what are several incidents.' });
    }
    const prepared = { key, place: { key, line: found[0]?.line ?? 0 }, lines: found.map(({ line }) => line), rows: found.length + dropped, idempotencyKey: `${mapping.id}/${key}` };
    if (faults.length > 0) return { ...prepared, faults };

    const rows = inOrder(found, mapping, sources, faults);
    const referral = filled(mapping.fields, targets, rows, sources, faults, '');
    for (const name of ['persons', 'recordings'] as const) {
      const items = itemsOf(name, mapping[name], rows, sources, faults);
      if (items.length > 0) referral[name] = items;
    }
    return faults.length > 0 ? { ...prepared, faults } : { ...prepared, referral, faults, original: rowsAsWritten(found) };
  };
}

const rowsAsWritten = (rows: readonly Row[]): string => [...rows].sort((a, b) => a.line - b.line).map(({ raw }) => raw).join('\n');

/** The rows by the time they tell, which every field after reads from the first; those without one last. */
function inOrder(rows: readonly Row[], { order, ...clock }: Mapping, { cell }: Reading, faults: Fault[]): readonly Row[] {
  if (order === undefined || rows.length < 2) return rows;
  const at = (row: Row): number => {
    const cells = order.columns.map((name) => cell(row, name));
    if (cells.includes(undefined)) return Infinity;
    try {
      return Date.parse(instantOf(cells.join(' '), order.format, clock));
    } catch (error) {
      faults.push(faultOf(error, row.line, order.columns.join(', ')));
      return Infinity;
    }
  };
  // Two without a time differ by nothing: Infinity less Infinity would not be a number.
  return rows.map((row) => ({ row, at: at(row) })).sort((a, b) => (a.at === b.at ? 0 : a.at - b.at)).map(({ row }) => row);
}

function itemsOf(name: ListName, mappings: readonly ItemMapping[], rows: readonly Row[], sources: Reading, faults: Fault[]): Json[] {
  const targets = targetsOf(LIST_TARGETS[name]);
  return mappings.flatMap(({ identity, fields }, index) => {
    const items = new Map<string, Row[]>();
    for (const row of rows) {
      const marks = identity.map((column) => sources.cell(row, column) ?? null);
      if (marks.every((mark) => mark === null)) continue;
      const same = JSON.stringify(marks);
      items.set(same, [...(items.get(same) ?? []), row]);
    }
    return [...items.values()].map((of) => filled(fields, targets, of, sources, faults, `${name}.${index}.`));
  });
}

/** The fields of a referral or of one item, over the rows that tell of it. */
function filled(fields: Readonly<Record<string, Source>>, targets: ReadonlyMap<string, Target>, rows: readonly Row[], sources: Reading, faults: Fault[], prefix: string): Json {
  const made: Json = {};
  const missing: string[] = [];
  for (const [path, source] of Object.entries(fields)) {
    const target = targets.get(path);
    if (target === undefined) continue;
    try {
      const value = fitted(sources.valueOf(source, rows), target);
      if (value !== undefined) put(made, path, value);
      else if (target.required) missing.push(path);
    } catch (error) {
      faults.push(faultOf(error, rows.length === 1 ? (rows[0]?.line ?? null) : null, prefix + path));
    }
  }
  for (const path of missing) {
    const [part, inner] = path.split('.');
    // A part of which nothing at all is known is left away as a whole.
    if (inner !== undefined && part !== 'incident' && made[part ?? ''] === undefined) continue;
    if (faults.some(({ field }) => field === prefix + path)) continue;
    faults.push({ line: rows[0]?.line ?? null, field: prefix + path, code: 'VALUE_MISSING', reason: 'A referral cannot be without this, and the row holds nothing for it.', remedy: 'Fill the cell, or give the mapping another source for the field.' });
  }
  return made;
}

function put(made: Json, path: string, value: Value): void {
  const [part = '', inner] = path.split('.');
  if (inner === undefined) made[part] = value;
  else made[part] = { ...(made[part] as Json | undefined), [inner]: value };
}

/** The value as its field takes it. Throws Unfit. */
function fitted(value: Value | undefined, { kind }: Target): Value | undefined {
  if (value === undefined || value === '') return undefined;
  const misfit = (what: string) => new Unfit('VALUE_INVALID', `"${String(value).slice(0, 60)}" is not ${what}.`, 'Correct the cell, or translate it in the mapping ("map").');
  switch (kind) {
    case 'text': return String(value);
    case 'texts': return Array.isArray(value) ? value : String(value).split(/\s*;\s*/);
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      throw misfit('true or false');
    case 'number': {
      const number = typeof value === 'number' ? value : Number(String(value));
      if (!Number.isFinite(number)) throw misfit('a number');
      return number;
    }
    case 'date':
      return dateGiven(String(value), /^\d{4}-\d\d-\d\d$/) ?? raise(misfit('a date like 2019-12-01'));
    case 'instant':
      return dateGiven(String(value), /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/) ?? raise(misfit('an instant like 2019-12-01T22:34:00-06:00'));
    default:
      if (!kind.includes(String(value))) throw misfit(`one of ${kind.join(', ')}`);
      return String(value);
  }
}

const dateGiven = (text: string, form: RegExp): string | undefined => (form.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined);

const raise = (error: Error): never => { throw error; };

function faultOf(error: unknown, line: number | null, field: string): Fault {
  if (!(error instanceof Unfit)) throw error;
  return { line, field, code: error.code, reason: error.message, remedy: error.remedy };
}
