import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type postgres from 'postgres';

/** What a load did to the rows of one kind. */
export interface Tally {
  inserted: number;
  changed: number;
  unchanged: number;
  removed: number;
}

/**
 * A client that loses its connection goes on with a new one, outside the transaction. There the mark is missing, and
 * statements with this condition write nothing: what is loaded is loaded whole.
 */
export const WITHIN_UNIT = `current_setting('comity.unit', true) <> ''`;

/**
 * Writes rows into a table, touching only those that differ. The rows travel as one JSON text, so that neither the
 * number of parameters nor the client's own serializers matter. All rows have the keys of the first. Writes only within a
 * transaction that has set `comity.unit`.
 */
export async function upsert<T extends PgTable>(
  sql: postgres.Sql, table: T, key: readonly (keyof T['$inferInsert'] & string)[], rows: readonly T['$inferInsert'][],
): Promise<Tally> {
  const properties = Object.keys(rows[0] ?? {});
  if (properties.length === 0) return { inserted: 0, changed: 0, unchanged: 0, removed: 0 };
  const list = (of: readonly string[], before = '') => of.map((property) => before + column(table, property)).join(', ');
  const rest = properties.filter((property) => !key.some((part) => part === property));
  // A fresh row has no xmax; one that the conflict clause updated carries the update's lock.
  const written = await sql.unsafe<{ fresh: boolean }[]>(
    `insert into ${named(table)} as stored (${list(properties)})
     select ${list(properties)} from jsonb_populate_recordset(null::${named(table)}, $1::text::jsonb)
     where ${WITHIN_UNIT}
     on conflict (${list(key)}) do update set (${list(rest)}) = row(${list(rest, 'excluded.')})
     where (${list(rest, 'stored.')}) is distinct from (${list(rest, 'excluded.')})
     returning xmax = 0 as fresh`,
    [json(table, rows)],
  );
  const inserted = written.filter(({ fresh }) => fresh).length;
  return { inserted, changed: written.length - inserted, unchanged: rows.length - written.length, removed: 0 };
}

/** Removes the children of the parents named in `rows` that are not among `rows` themselves, and says how many went; within a unit, as above. */
export async function prune<T extends PgTable>(
  sql: postgres.Sql, table: T, parent: keyof T['$inferInsert'] & string, key: keyof T['$inferInsert'] & string, rows: readonly T['$inferInsert'][],
): Promise<number> {
  const [parentColumn, keyColumn] = [column(table, parent), column(table, key)];
  const gone = await sql.unsafe(
    `with kept as (select ${parentColumn} as parent, ${keyColumn} as key from jsonb_populate_recordset(null::${named(table)}, $1::text::jsonb) where ${WITHIN_UNIT})
     delete from ${named(table)} as stored
     where ${parentColumn} in (select parent from kept)
       and not exists (select from kept where kept.parent = stored.${parentColumn} and kept.key = stored.${keyColumn})`,
    [json(table, rows)],
  );
  return gone.count;
}

const named = (table: PgTable) => `comity."${getTableName(table)}"`;

function column(table: PgTable, property: string): string {
  const found = getTableColumns(table)[property];
  if (!found) throw new Error(`${getTableName(table)} has no column for ${property}`);
  return `"${found.name}"`;
}

const json = (table: PgTable, rows: readonly object[]) => {
  const columns = getTableColumns(table);
  return JSON.stringify(rows.map((row) => Object.fromEntries(Object.entries(row).map(([property, value]) => [columns[property]?.name, value]))));
};
