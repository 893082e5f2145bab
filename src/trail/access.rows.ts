import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { comity, instant } from '../database/columns.ts';

/**
 * The log of access as look-ahead reads it, by `comity.access_log_of` alone. The table is made in SQL: it is partitioned
 * by month, which the ORM cannot say, so this stands in no table file.
 */
export const accessLog = comity.table('access_log', {
  at: instant('at').notNull(),
  id: uuid('id').notNull(),
  actorId: uuid('actor_id').notNull(),
  actingFor: uuid('acting_for'),
  requestId: uuid('request_id').notNull(),
  purpose: text('purpose'),
  decision: text('decision').notNull(),
  field: text('field').notNull(),
  code: text('code'),
  caseId: uuid('case_id'),
  facets: integer('facets').notNull(),
  objects: uuid('objects').array().notNull(),
});
