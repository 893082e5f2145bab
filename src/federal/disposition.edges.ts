import { asc, eq, sql } from 'drizzle-orm';
import { charges } from '../charges/charge.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, type Shapes } from '../database/shape.ts';
import { dispositions } from './disposition.table.ts';

/** How dispositions hang on a charge. */
export const dispositionShapes: Shapes = {
  Charge: shape(charges, {
    disposition: (charge) => one('Disposition', dispositions, (entry) => sql`${entry.caseId} = ${charge.caseId} and ${entry.chargeId} = ${charge.id}
      and not exists (select 1 from ${dispositions} later where later.case_id = ${charge.caseId} and later.charge_id = ${charge.id} and later.supersedes = ${entry.id})`),
    dispositions: (charge) => many('Disposition', dispositions, (entry) => sql`${entry.caseId} = ${charge.caseId} and ${entry.chargeId} = ${charge.id}`, (entry) => [asc(entry.recordedAt), asc(entry.id)]),
  }),
  Disposition: shape(dispositions, {
    recordedBy: (entry) => one('Member', members, (member) => eq(member.id, entry.recordedBy)),
  }),
};
