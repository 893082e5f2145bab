import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { jsonLines } from './lines.ts';
import { ImportStop } from './stop.ts';

/** The most that one record may take in memory, in characters: an open quote swallows no more than this before it is noticed. */
export const RECORD_LIMIT = 4 * 1024 * 1024;
/** The most that the cells which a mapping reads may hold together, in characters. */
const ROW_LIMIT = 200_000;

/** A row as it stands in the file, of the columns asked for. */
export interface Row {
  /** The line where it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The row as it is written, without the line break behind it. */
  readonly raw: string;
  /** What is wrong with the row itself. */
  readonly fault?: RowFault;
}

export interface RowFault {
  readonly field: string;
  readonly code: string;
  readonly reason: string;
  readonly remedy: string;
}

/** The rows of a CSV file under its header line, of which `headed` is told. Throws ImportStop, naming the line, where the file cannot be read as CSV. */
export async function* csvRows(bytes: AsyncIterable<Buffer>, columns: readonly string[], delimiter: string, headed: (header: string) => void): AsyncGenerator<Row> {
  let ended = 0;
  const parser = parse({
    delimiter, info: true, raw: true, relax_column_count: true, skip_empty_lines: true, max_record_size: RECORD_LIMIT,
    // Noted when it is parsed: a fault throws away the rows that are parsed but not yet taken.
    on_record: (each, { lines }) => { ended = lines; return each; },
  });
  const feeding = pipeline(bytes, parser);
  // The parser throws it too, in the loop below.
  feeding.catch(() => undefined);
  let header: readonly string[] | undefined;
  let places: readonly number[] = [];
  try {
    for await (const { record, info, raw } of parser as AsyncIterable<{ record: string[]; info: { lines: number }; raw: string }>) {
      const line = info.lines - breaksIn(record);
      if (header === undefined) {
        header = record;
        headed(unbroken(raw));
        places = placesOf(columns, record);
      } else yield checked(line, unbroken(raw), places.map((place) => record[place] ?? ''), columns, record.length === header.length ? undefined : cellsFault(record.length, header.length));
    }
    await feeding;
  } catch (error) {
    throw error instanceof CsvError ? notCsv(error, ended + 1) : error;
  }
  if (header === undefined) throw new ImportStop('The file is empty.', 'Give a CSV file whose first line names the columns.');
}

/** The rows of a file with one JSON object a line. Throws ImportStop, naming the line, where a line is none or is too long. */
export async function* ndjsonRows(bytes: AsyncIterable<Buffer>, columns: readonly string[]): AsyncGenerator<Row> {
  for await (const { line, text, object } of jsonLines(bytes, RECORD_LIMIT)) {
    const nested = columns.find((name) => typeof object[name] === 'object' && object[name] !== null);
    const cells = columns.map((name) => { const value = object[name]; return value == null || typeof value === 'object' ? '' : String(value); });
    yield checked(line, text, cells, columns, nested === undefined ? undefined : { field: nested, code: 'CELL_INVALID', reason: 'This is not one value.', remedy: 'Give text, a number, true, false or null.' });
  }
}

// Line breaks and tabs are text; every other control character is not.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

const unbroken = (raw: string): string => raw.replace(/\r?\n$|\r$/, '');

function checked(line: number, raw: string, cells: readonly string[], columns: readonly string[], known: RowFault | undefined): Row {
  if (cells.reduce((sum, cell) => sum + cell.length, 0) > ROW_LIMIT) {
    const longest = cells.reduce((most, cell, index) => (cell.length > (cells[most]?.length ?? 0) ? index : most), 0);
    // The key alone is kept, so that its report is not sent without this row.
    return {
      line, raw: '', cells: cells.map((cell, index) => (index === 0 ? cell.slice(0, 200) : '')),
      fault: { field: columns[longest] ?? '', code: 'TOO_LONG', reason: `The row holds more than ${ROW_LIMIT.toLocaleString('en')} characters.`, remedy: 'Shorten the cell; media and attachments stay with their holder.' },
    };
  }
  const bad = cells.findIndex((cell) => CONTROL.test(cell) || /\p{Surrogate}/u.test(cell));
  if (bad === -1) return known === undefined ? { line, raw, cells } : { line, raw, cells, fault: known };
  return {
    line, raw: '', cells: cells.map((cell) => cell.replace(new RegExp(CONTROL, 'g'), ' ').replace(/\p{Surrogate}/gu, '?')),
    fault: known ?? { field: columns[bad] ?? '', code: 'TEXT_INVALID', reason: 'This text has NUL or other control characters, or broken surrogates.', remedy: 'Remove them but for line breaks and tabs.' },
  };
}

const cellsFault = (found: number, wanted: number): RowFault => ({
  field: '', code: 'CELL_COUNT', reason: `The row has ${found} cells, the header ${wanted}.`, remedy: 'Look for a delimiter that should stand in quotes, or a line that is cut off.',
});

const breaksIn = (record: readonly string[]): number => record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);

function placesOf(columns: readonly string[], header: readonly string[]): number[] {
  const missing = columns.filter((name) => !header.includes(name));
  const twice = columns.filter((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (missing.length > 0) throw new ImportStop(`The file has no column ${missing.map((name) => `"${name}"`).join(', ')}.`, 'Compare the first line of the file with the mapping, and the delimiter too; nothing was sent.');
  if (twice.length > 0) throw new ImportStop(`The file has the column ${twice.map((name) => `"${name}"`).join(', ')} more than once.`, 'Rename one of them; nothing was sent.');
  return columns.map((name) => header.indexOf(name));
}

function notCsv(error: CsvError, line: number): ImportStop {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new ImportStop(`Line ${line}: a quote that opens in this row is never closed.`, 'Close it, or double each quote within a quoted cell; nothing was sent.');
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new ImportStop(`Line ${line}: the row that begins here is longer than ${RECORD_LIMIT / 1024 / 1024} MB, or a quote in it is never closed.`, 'Close the quote or shorten the row; nothing was sent.');
  }
  return new ImportStop(`Line ${line}: the row that begins here is no CSV (${error.code}).`, 'Put cells that hold quotes into quotes and double the inner ones; nothing was sent.');
}
