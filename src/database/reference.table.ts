import { integer, text } from 'drizzle-orm/pg-core';
import { comity, instant } from './columns.ts';

/** Which content of each reference file is in the database, so that a server can see whether its reference data is current. */
export const referenceLoads = comity.table('reference_loads', {
  /** The name of the file, without its folder; `rules of counsel` for what counsel loaded in place of it. */
  file: text('file').primaryKey(),
  /** Of the file's bytes, in lower-case hexadecimal. */
  sha256: text('sha256').notNull(),
  /** How many rows the file holds. */
  rows: integer('rows').notNull(),
  /** When this content was first loaded. */
  loadedAt: instant('loaded_at').notNull().defaultNow(),
});
