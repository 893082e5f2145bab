import { sql } from 'drizzle-orm';
import { check, type PgColumn } from 'drizzle-orm/pg-core';

/** A quoted list for the right side of `in`; only for words that stand in our own code. */
export const words = (values: readonly string[]) => sql.raw(`(${values.map((value) => `'${value}'`).join(', ')})`);

/** Closes a text column to a set of words. Not a PostgreSQL enum: such a column loses its index under row-level security. */
export const oneOf = (name: string, column: PgColumn, values: readonly string[]) => check(name, sql`${column} in ${words(values)}`);

/** Closes every element of a text array to a set of words. */
export const eachOneOf = (name: string, column: PgColumn, values: readonly string[]) =>
  check(name, sql`${column} <@ array[${sql.raw(values.map((value) => `'${value}'`).join(', '))}]::text[]`);
