/** A value as it goes over the wire: arrays and JSON go as text and are cast in the statement. */
export type Value = string | number | boolean | null;

/** One statement with its values; `$1…` in the text. */
export interface Statement {
  readonly text: string;
  readonly values: readonly Value[];
  /** It may write into the log of access, so its unit of work must not be one that only reads. */
  readonly logs?: boolean;
  /** It reads what nobody may read without a purpose. */
  readonly asksPurpose?: boolean;
}

export type Row = Record<string, unknown>;

/** What a statement answered: its rows, its command tag and how many rows it touched. */
export interface Answer {
  readonly rows: readonly Row[];
  readonly command: string;
  readonly count: number;
}

export const statement = (text: string, values: readonly Value[] = []): Statement => ({ text, values });

/** An array in PostgreSQL's text form, to be cast in the statement (`$1::text[]`). */
export const arrayText = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;

/** The same for an array that may hold nulls. */
export const nullableArrayText = (values: readonly (string | null)[]): string => `{${values.map((value) => (value === null ? 'null' : arrayText([value]).slice(1, -1))).join(',')}}`;

/**
 * The driver takes a statement for another one when its booleans stand elsewhere, and has it described anew. Throws a
 * TypeError for a value that it could not write.
 */
export function kindsOf(values: readonly Value[]): string {
  let kinds = '';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (typeof value === 'boolean') kinds += `${index},`;
    else if (value !== null && typeof value !== 'string' && typeof value !== 'number') throw new TypeError(`value ${index + 1} of a statement cannot be sent`);
  }
  return kinds;
}

/** What a planned statement answered: the JSON of its one row. */
export function resultOf(answer: Answer | undefined): unknown {
  const text = answer?.rows[0]?.['result'];
  return typeof text === 'string' ? JSON.parse(text) : null;
}
