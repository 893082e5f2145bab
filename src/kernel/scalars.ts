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

/** An instant that a client sent, as text for PostgreSQL, or null. */
export const instantText = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : null);
