import { asc, eq, sql } from 'drizzle-orm';
import { charges } from '../charges/charge.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, type Shapes } from '../database/shape.ts';
import { filingEntries, filings } from './filing.table.ts';

/** How a filing hangs on a charge. */
export const filingShapes: Shapes = {
  Charge: shape(charges, {
    filing: (charge) => one('Filing', filings, (filing) => sql`${filing.caseId} = ${charge.caseId} and ${filing.chargeId} = ${charge.id}`),
  }),
  Filing: shape(filings, {
    recordedBy: (filing) => one('Member', members, (member) => eq(member.id, filing.recordedBy)),
    entries: (filing) => many('FilingEntry', filingEntries, (entry) => sql`${entry.caseId} = ${filing.caseId} and ${entry.chargeId} = ${filing.chargeId}`, (entry) => [asc(entry.position)]),
  }),
  FilingEntry: shape(filingEntries, {
    recordedBy: (entry) => one('Member', members, (member) => eq(member.id, entry.recordedBy)),
  }),
};
