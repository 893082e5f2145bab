import { date, text, uuid } from 'drizzle-orm/pg-core';
import { comity, instant } from '../database/columns.ts';
import { WAITING_KINDS } from './waiting.rules.ts';

/** What waits in the cases that the reader sees, under the row policies of what it is made of. A view, made by hand in its migration. */
export const waiting = comity.table('waiting', {
  kind: text('kind', { enum: WAITING_KINDS as [string, ...string[]] }).notNull(),
  id: uuid('id').notNull(),
  caseId: uuid('case_id').notNull(),
  since: instant('since').notNull(),
  dueOn: date('due_on', { mode: 'string' }),
  awaits: text('awaits', { enum: ['AGENCY', 'OFFICE', 'COURT', 'HOLDER'] }).notNull(),
  /** The office that is awaited, where one is. */
  officeId: uuid('office_id'),
  agencyId: uuid('agency_id'),
  /** Whose word it is, and so not whose answer. */
  authorId: uuid('author_id'),
  /** Whom something is demanded of. */
  holder: text('holder'),
  /** The office that leads the case. */
  leadId: uuid('lead_id'),
});
