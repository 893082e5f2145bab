import { integer, primaryKey, text } from 'drizzle-orm/pg-core';
import { comity } from '../database/columns.ts';

/** The ceiling of each role inside its own body: facets that a seat of that role may have open at the most. Filled by a migration from `ceilings.ts`; a test compares. */
export const roleCeilings = comity.table(
  'role_ceilings',
  {
    body: text('body', { enum: ['OFFICE', 'AGENCY', 'COALITION'] }).notNull(),
    role: text('role').notNull(),
    facets: integer('facets').notNull(),
  },
  (t) => [primaryKey({ columns: [t.body, t.role] })],
);
