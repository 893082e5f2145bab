import { asc, eq, sql } from 'drizzle-orm';
import { charges } from '../charges/charge.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, type Shapes } from '../database/shape.ts';
import { filingEntries, filings } from './filing.table.ts';

/** How a filing hangs on a charge, and what was told of one before. */
export const filingShapes: Shapes = {
  Charge: shape(charges, {
    filingEntries: (charge) => many('FilingEntry', filingEntries, (entry) => sql`${entry.caseId} = ${charge.caseId} and ${entry.chargeId} = ${charge.id}`, (entry) => [asc(entry.position)]),
    filing: (charge) => one('Filing', filings, (filing) => sql`${filing.caseId} = ${charge.caseId} and ${filing.chargeId} = ${charge.id}`),
  }),
  Filing: shape(filings, {
    recordedBy: (filing) => one('Member', members, (member) => eq(member.id, filing.recordedBy)),
  }),
  FilingEntry: shape(filingEntries, {
    recordedBy: (entry) => one('Member', members, (member) => eq(member.id, entry.recordedBy)),
    withdrawnBy: (entry) => one('Member', members, (member) => eq(member.id, entry.withdrawnBy)),
  }),
};
