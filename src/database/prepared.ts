import { fillPlaceholders, type Query } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { statement, type Statement, type Value } from './statement.ts';

/** Builds statements from our tables; it is connected to nothing. What runs them is a lease. */
export const build = drizzle.mock();

/**
 * A statement built once, its values filled in for each use: building costs more than running it.
 * `sql.placeholder(name)` marks the values.
 */
export function prepared<P extends Readonly<Record<string, unknown>>>(query: { toSQL(): Query }): (values: P) => Statement {
  const { sql: text, params } = query.toSQL();
  return (values) => statement(text, fillPlaceholders(params, values).map((each) => each as Value));
}
