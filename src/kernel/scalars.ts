import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';

/**
 * `DateTime` of graphql-scalars, that prints what PostgreSQL's JSON holds (`2026-02-03T04:05:06.789012+00:00`) in UTC
 * with milliseconds without going through its parser once more: instants come from our own columns alone.
 */
export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTime.toConfig(),
  description: 'An instant in UTC, for instance 2026-02-03T04:05:06.789Z.',
  serialize: (value) => (typeof value === 'string' || value instanceof Date ? new Date(value).toISOString() : GraphQLDateTime.serialize(value)),
});

/**
 * An instant to compare with, as text for PostgreSQL, or null. Years before the first and after 9999,
 * which a zone's offset can lead to, are before and after everything.
 */
export const instantSought = (value: unknown): string | null => {
  if (!(value instanceof Date)) return typeof value === 'string' ? value : null;
  const year = value.getUTCFullYear();
  return year < 1 ? '-infinity' : year > 9999 ? 'infinity' : value.toISOString();
};

/** A day that a client sent, as text for PostgreSQL, whichever way the scalar gave it. */
export const dayText = (value: unknown): string => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value));

/** A day to compare with; the year 0, which PostgreSQL does not know, is before everything. */
export const daySought = (value: unknown): string => dayText(value).replace(/^0000-.*/, '-infinity');
