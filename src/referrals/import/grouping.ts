import type { KeyedRow } from './spill.ts';

/** The rows of one report, in the order of the file. */
export interface Group {
  readonly key: string;
  readonly rows: readonly KeyedRow[];
  /** How many more there were than a report may have. */
  readonly dropped: number;
}

/** Rows that one report may have. */
export const ROWS_OF_A_REPORT = 1_000;
/** Characters that they may hold together: no report of this size could be sent. */
const CHARACTERS_OF_A_REPORT = 4 * 1024 * 1024;

/** Rows that come sorted by key, put together; rows without a key come under the empty one. */
export async function* grouped(rows: AsyncIterable<KeyedRow>): AsyncGenerator<Group> {
  let key: string | undefined;
  let members: KeyedRow[] = [];
  let size = 0;
  let dropped = 0;
  for await (const row of rows) {
    // Those without a key belong to nothing: each stands for itself.
    if (key !== undefined && (row.key !== key || key === '')) {
      yield { key, rows: members, dropped };
      [members, size, dropped] = [[], 0, 0];
    }
    key = row.key;
    size += row.cells.reduce((sum, cell) => sum + cell.length, row.raw.length);
    if (members.length > 0 && (members.length >= ROWS_OF_A_REPORT || size > CHARACTERS_OF_A_REPORT)) dropped += 1;
    else members.push(row);
  }
  if (key !== undefined) yield { key, rows: members, dropped };
}
