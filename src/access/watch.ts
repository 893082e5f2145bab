import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import type { Shape, Shapes } from '../database/shape.ts';
import { bits } from './facets.ts';

/** The facets whose every read is logged. */
export const SENSITIVE = bits('VICTIM_CONTACT', 'PROTECTED', 'GRAND_JURY', 'COMPELLED');

/** Tables that have `needs`, and that the database itself keeps from needing a sensitive facet: reading them costs nothing more. */
export const NEVER_SENSITIVE: readonly string[] = ['cases', 'case_reports', 'venues', 'venue_findings', 'venue_candidates', 'assignments', 'case_supplements', 'case_verdicts'];

/** Tables whose rows need what they close: that a seal stands shows nothing of what is under it. */
export const CLOSES: readonly string[] = ['seals'];

/**
 * Marks the types whose rows may need a sensitive facet, so that the log of access learns which of them were shown; for a
 * reader to whom break-glass has a case open, every row of that case is.
 */
export const watched = (shapes: Shapes): Shapes => Object.fromEntries(Object.entries(shapes).map(([type, shape]) => [type, watch(shape)]));

/** The same for one of them. */
export function watch(shape: Shape): Shape {
  // A shape that marks itself is logged whenever it is shown.
  if (shape.mark) return shape;
  const { name, primaryKeys } = getTableConfig(shape.table);
  const columns = getTableColumns(shape.table);
  const caseKey = 'caseId' in columns ? 'caseId' : 'id';
  if (!('needs' in columns) || (caseKey === 'id' && name !== 'cases')) return shape;
  // A row that has no id of its own is known by what stands beside the case in its key.
  const keyed = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
  const beside = Object.entries(columns).find(([property, column]) => property !== 'caseId' && keyed.has(column.name) && column.columnType === 'PgUUID');
  const keys = { caseKey, key: 'id' in columns ? 'id' : (beside?.[0] ?? 'caseId') };
  const isNever = NEVER_SENSITIVE.includes(name) || CLOSES.includes(name);
  return { ...shape, mark: (row: PgTable, underGlass: boolean) => (isNever && !underGlass ? undefined : mark(row, { ...keys, isNever, underGlass })) };
}

interface Marking {
  /** The columns of the case's id and of the row's own. */
  readonly caseKey: string;
  readonly key: string;
  readonly isNever: boolean;
  readonly underGlass: boolean;
}

/** "#", the case, the row, the bits that are logged and all that the row needs. */
function mark(row: PgTable, { caseKey, key, isNever, underGlass }: Marking): SQL {
  const columns = getTableColumns(row);
  const needs = sql`${columns['needs']}`;
  const logged = (facets: SQL) => sql`'#' || ${columns[caseKey]}::text || ${columns[key]}::text || (${facets})::text || ':' || ${needs}::text`;
  const sensitive = sql`${needs} & ${sql.raw(String(SENSITIVE))}`;
  const kinds = [
    ...(underGlass ? [sql`when ${columns[caseKey]} = any ((select comity.glass_cases())::uuid[]) then ${logged(needs)}`] : []),
    ...(isNever ? [] : [sql`when ${sensitive} <> 0 then ${logged(sensitive)}`]),
  ];
  return sql`case ${sql.join(kinds, sql` `)} end`;
}
