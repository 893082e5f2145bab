import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { Faults } from '../database/reference.ts';
import { type RuleInsert, ruleRows } from './rule.file.ts';
import { type StatuteReference, statuteRows } from './statute.file.ts';

/** The columns of a table of statutes, in any order. Those behind the first nine may be left out: what stands on file of them is kept. */
export const COLUMNS = [
  'state', 'citation', 'title', 'class', 'level', 'elements', 'limitation_citation', 'limitation_months', 'source',
  'limitation_kind', 'limitation_starts', 'limitation_note', 'limitation_by_level', 'limitation_extension', 'max_penalty', 'nibrs', 'federal_officer', 'officer_clause', 'tags',
  'effective_from', 'effective_to', 'superseded_by', 'confidence',
] as const;
export type Column = (typeof COLUMNS)[number];
const NEEDED = COLUMNS.slice(0, 9);

type Cells = Readonly<Partial<Record<Column, string>>>;

/** Statutes that counsel gives. */
export interface CounselStatutes {
  readonly of: 'STATUTES';
  /** What faults call the file. */
  readonly file: string;
  readonly statutes: StatuteReference;
  /** The columns that the file does not have: it says nothing of them. */
  readonly absent: readonly Column[];
}

/** What counsel gives of their own: statutes, or rules of the states. */
export type CounselFile = CounselStatutes | { readonly of: 'RULES'; readonly rules: readonly RuleInsert[] };

/**
 * Reads counsel's own law: statutes from a JSON array in the shape of statutes.json or a CSV file with COLUMNS, rules of the states from a
 * JSON object with sections of state-rules.json. Throws ReferenceRefused with every fault.
 */
export async function counselFile(path: string): Promise<CounselFile> {
  const [file, faults] = [basename(path), new Faults()];
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) faults.add(file, undefined, '', 'cannot be read.', 'Give the path of a CSV or JSON file.');
  const text = bytes === undefined ? undefined : decoded(file, bytes, faults);
  const table = text !== undefined && /\.csv$/i.test(path) ? csvRows(file, text, faults) : undefined;
  const content = text === undefined ? undefined : /\.csv$/i.test(path) ? table?.rows : faults.content({ file, sha256: '', text });
  const read: CounselFile = typeof content === 'object' && content !== null && !Array.isArray(content)
    ? { of: 'RULES', rules: ruleRows(file, content, faults) }
    : { of: 'STATUTES', file, statutes: statuteRows(file, content, faults), absent: table?.absent ?? [] };
  faults.settle();
  return read;
}

/** A table that was saved in another encoding would be loaded with broken words. */
function decoded(file: string, bytes: Buffer, faults: Faults): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    faults.add(file, undefined, '', 'is not in UTF-8.', 'Save it again in UTF-8, which spreadsheets call "CSV UTF-8".');
    return undefined;
  }
}

function csvRows(file: string, text: string, faults: Faults): { readonly rows: readonly unknown[]; readonly absent: readonly Column[] } | undefined {
  try {
    const [header = [], ...records] = parse(text, { skip_empty_lines: true, trim: true });
    const unknown = header.filter((name) => !COLUMNS.some((known) => known === name));
    const missing = NEEDED.filter((name) => !header.includes(name));
    const twice = header.filter((name, place) => header.indexOf(name) !== place);
    for (const name of unknown) faults.add(file, undefined, name, 'is no column of a table of statutes.', `Name columns as in ${COLUMNS.join(', ')}.`);
    for (const name of missing) faults.add(file, undefined, name, 'is missing.', 'Add the column.');
    for (const name of twice) faults.add(file, undefined, name, 'stands twice in the first line.', 'Keep it once.');
    if (unknown.length + missing.length + twice.length > 0) return undefined;
    return { rows: records.map((record) => rowOf(Object.fromEntries(header.map((name, place) => [name, record[place] ?? ''])))), absent: COLUMNS.filter((name) => !header.includes(name)) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    faults.add(file, undefined, '', `is not CSV: ${error.message}.`, 'Correct the line, or save the table as CSV in UTF-8.');
    return undefined;
  }
}

/** A line as a row of statutes.json; what cannot be read is left as it stands, to be refused by name. */
const rowOf = (cells: Cells): unknown => {
  const text = (name: keyof Cells) => cells[name] || null;
  const months = readMonths(cells.limitation_months ?? '');
  return {
    state: cells.state, citation: cells.citation, title: cells.title, class: cells.class, level: cells.level,
    elements: listed(cells.elements, '|'),
    limitation: {
      kind: text('limitation_kind') ?? (months === null ? 'none' : 'fixed'), months,
      startsAt: months === null ? null : (text('limitation_starts') ?? 'commission'),
      citation: cells.limitation_citation, note: text('limitation_note') ?? 'as given by counsel',
      ...(text('limitation_by_level') !== null && { byLevel: listed(cells.limitation_by_level, ';').map(levelOf) }),
      ...(text('limitation_extension') !== null && { extension: json(cells.limitation_extension ?? '') }),
    },
    maxPenalty: text('max_penalty') ?? 'not given', nibrs: text('nibrs') ?? '90Z', appliesToFederalOfficer: text('federal_officer') ?? 'disputed',
    statutoryOfficerClause: text('officer_clause'), tags: listed(cells.tags, ' '), effectiveFrom: text('effective_from'), effectiveTo: text('effective_to'),
    supersededBy: text('superseded_by'), source: cells.source, confidence: text('confidence') ?? 'medium',
  };
};

const listed = (cell = '', mark: string): string[] => cell.split(mark).map((each) => each.trim()).filter((each) => each !== '');

/** `none`, or whole months; an empty cell is a fault and not "none". */
const readMonths = (cell: string): unknown => (cell === 'none' ? null : /^\d{1,4}$/.test(cell) ? Number(cell) : cell);

/** As in `misdemeanor=18` or `felony=none`. */
function levelOf(entry: string): unknown {
  const [level, cell = ''] = entry.split('=').map((each) => each.trim());
  const months = readMonths(cell);
  return { level, kind: months === null ? 'none' : 'fixed', months };
}

function json(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}
