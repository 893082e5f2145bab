import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { Shape, Shapes } from '../database/shape.ts';
import { bits } from './facets.ts';

/** The facets whose every read is logged. */
export const SENSITIVE = bits('VICTIM_CONTACT', 'PROTECTED', 'GRAND_JURY', 'COMPELLED');

/** Tables that have `needs`, and that the database itself keeps from needing a sensitive facet: reading them costs nothing more. */
export const NEVER_SENSITIVE: readonly string[] = ['cases', 'case_reports', 'venues', 'assignments'];

/** Tables whose rows need what they close: that a seal stands shows nothing of what is under it. */
export const CLOSES: readonly string[] = ['seals'];

/** Marks the types whose rows may need a sensitive facet, so that the log of access learns which of them were shown. */
export const watched = (shapes: Shapes): Shapes => Object.fromEntries(Object.entries(shapes).map(([type, shape]) => [type, watch(shape)]));

function watch(shape: Shape): Shape {
  const { name, primaryKeys } = getTableConfig(shape.table);
  const columns = getTableColumns(shape.table);
  if (!('needs' in columns) || !('caseId' in columns) || NEVER_SENSITIVE.includes(name) || CLOSES.includes(name)) return shape;
  // A row that has no id of its own is known by what stands beside the case in its key.
  const keyed = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
  const beside = Object.entries(columns).find(([property, column]) => property !== 'caseId' && keyed.has(column.name) && column.columnType === 'PgUUID');
  const key = 'id' in columns ? 'id' : (beside?.[0] ?? 'caseId');
  return { ...shape, mark: (row: PgTable) => mark(row, key) };
}

function mark(row: PgTable, key: string): SQL {
  const columns = getTableColumns(row);
  const sensitive = sql`${columns['needs']} & ${sql.raw(String(SENSITIVE))}`;
  return sql`case when ${sensitive} <> 0 then '#' || ${columns['caseId']}::text || ${columns[key]}::text || (${sensitive})::text end`;
}
