import { primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { comity, instant } from '../database/columns.ts';

const OFFICE = `(select nullif(current_setting('comity.office', true), '')::uuid)`;

/**
 * A written authorisation under which another office receives what the state's law otherwise keeps from it (Minn. Stat.
 * 13.825 subd. 7-8: camera footage, for a stated law-enforcement purpose). Known to the two offices alone.
 */
export const authorisations = comity.table(
  'authorisations',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    /** The office that may receive. */
    jurisdictionId: uuid('jurisdiction_id').notNull().references(() => jurisdictions.id),
    /** The office that authorised. */
    givenFor: uuid('given_for').notNull().references(() => jurisdictions.id),
    /** The law-enforcement purpose in a sentence. */
    purpose: text('purpose').notNull(),
    /** Where the written authorisation is kept. */
    document: text('document').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    revokedBy: uuid('revoked_by'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    needsCheck('authorisations', t.needs),
    ...casePolicies({ table: 'authorisations', also: `authorisations.jurisdiction_id = ${OFFICE} or authorisations.given_for = ${OFFICE}` }),
  ],
);
