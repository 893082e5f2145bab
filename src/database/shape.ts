import type { SQL } from 'drizzle-orm';
import { alias, type PgTable } from 'drizzle-orm/pg-core';
import type { Value } from './statement.ts';

/** The arguments of a field while its statement is planned. */
export interface Arguments {
  /**
   * The values as they were when the plan was made. A plan serves every request of the same variant, so only this
   * may be read of them: which are given, booleans, and enum values. Anything else is bound with `param`.
   */
  readonly planned: Readonly<Record<string, unknown>>;
  /** A value that is bound anew for each request. */
  param(read: (args: Readonly<Record<string, unknown>>) => Value): SQL;
  /** The value at this place among those that an act hands to its payload. */
  given(index: number): SQL;
}

/** An ordered list whose pages begin behind a key. */
export interface Keyset<T extends PgTable> {
  /** What may be in the list. */
  readonly where?: (row: T) => SQL | undefined;
  /** The columns of the order, the last of them unique. Their kinds say how a cursor's parts are read. */
  readonly keys: (row: T) => readonly { readonly column: SQL; readonly kind: KeyKind }[];
  readonly descending?: boolean;
  /**
   * Where the rows come from, when not simply from the table: SQL that gives rows of the table (`select t.* …`),
   * already behind the cursor, in order, at most `limit` of them.
   */
  readonly rows?: (source: { limit: SQL; after: readonly SQL[] | undefined }) => SQL;
}

export type KeyKind = 'instant' | 'day' | 'uuid' | 'text';

/** What a field of a planned type is made of. */
export type Target =
  | { readonly kind: 'value'; readonly sql: SQL }
  | { readonly kind: 'one'; readonly type: string; readonly table: PgTable; readonly where: (row: never) => SQL }
  | { readonly kind: 'many'; readonly type: string; readonly table: PgTable; readonly where: (row: never) => SQL | undefined; readonly order: (row: never) => readonly SQL[] }
  | { readonly kind: 'each'; readonly type: string; readonly table: PgTable; readonly keys: SQL; readonly where: (row: never, key: SQL) => SQL }
  | { readonly kind: 'page'; readonly type: string; readonly table: PgTable; readonly keyset: Keyset<never> };

/** A scalar, or JSON that is read property by property. */
export const value = (sql: SQL): Target => ({ kind: 'value', sql });

/** The one row of another table that belongs here, or null. */
export const one = <T extends PgTable>(type: string, table: T, where: (row: T) => SQL): Target => ({ kind: 'one', type, table, where });

/** All rows of another table that belong here; for lists that stay short. */
export const many = <T extends PgTable>(type: string, table: T, where: (row: T) => SQL | undefined, order: (row: T) => readonly SQL[]): Target => ({
  kind: 'many', type, table, where, order,
});

/** For each of an array of ids the row it names, or null, in their order. */
export const each = <T extends PgTable>(type: string, table: T, keys: SQL, where: (row: T, key: SQL) => SQL): Target => ({ kind: 'each', type, table, keys, where });

/** A connection: pages of another table's rows, with the arguments `first` and `after`. */
export const page = <T extends PgTable>(type: string, table: T, keyset: Keyset<T>): Target => ({ kind: 'page', type, table, keyset });

/** The fields of one planned type beyond the columns of its table. */
export interface Shape {
  readonly table: PgTable;
  readonly fields: Readonly<Record<string, (row: never, args: Arguments) => Target>>;
  /** Where its reads are logged: a text that tells the log which row was shown, or null for a row that is not sensitive; undefined where none is. */
  readonly mark?: (row: never, underGlass: boolean) => SQL | undefined;
  /** It may not be read without a purpose. */
  readonly asksPurpose?: boolean;
}

/** How published types stand upon tables: a field without an entry is the column of its name. */
export type Shapes = Readonly<Record<string, Shape>>;

/** Declares a type's table and its fields that are more than a column. */
export const shape = <T extends PgTable>(table: T, fields: Readonly<Record<string, (row: T, args: Arguments) => Target>> = {}): Shape => ({ table, fields });

/** Joins the shapes of all concepts; an upper concept may add fields to a lower one's type, never replace them. */
export function joinShapes(all: readonly Shapes[]): Shapes {
  const joined: Record<string, Shape> = {};
  for (const shapes of all) {
    for (const [type, added] of Object.entries(shapes)) {
      const known = joined[type];
      const twice = known && Object.keys(added.fields).find((field) => field in known.fields);
      if (known && (known.table !== added.table || twice !== undefined)) throw new Error(`${type}.${twice ?? ''} is declared twice`);
      joined[type] = { ...known, ...added, fields: { ...known?.fields, ...added.fields } };
    }
  }
  return joined;
}

/** A table's columns under another name in the statement. */
export const named = <T extends PgTable>(table: T, name: string): T => alias(table, name) as unknown as T;
