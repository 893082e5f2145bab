import { customType, pgRole, pgSchema, timestamp } from 'drizzle-orm/pg-core';

/** The one schema that holds everything of ours. */
export const comity = pgSchema('comity');

/** The roles are made once by a superuser (`drizzle/roles.sql`); migrations only name them. */
export const appRole = pgRole('comity_app').existing();
export const definerRole = pgRole('comity_definer').existing();

/** An instant in UTC with microseconds, kept as PostgreSQL's text: a JavaScript Date would drop the microseconds that cursors need. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string', precision: 6 });

/** A full-text vector. */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** Bytes. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
