import { integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { comity, instant, tsvector } from '../database/columns.ts';

/**
 * What can be searched of a case, a row per source, written by `comity.resight` alone and read through
 * `comity.search_cases` alone: the application has no grant on it. The indexes by lead and words are made in SQL.
 */
export const searchDocs = comity.table(
  'search_docs',
  {
    caseId: uuid('case_id').notNull(),
    /** The row the words come from, for instance `report` or `annotation:<id>`. */
    source: text('source').notNull(),
    /** Changes whenever the words do, so that unchanged words are not analysed again. */
    stamp: text('stamp').notNull(),
    lead: uuid('lead'),
    receivedAt: instant('received_at').notNull(),
    needs: integer('needs').notNull(),
    tsv: tsvector('tsv').notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.source] })],
);
