import { eq } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { agencies } from '../coalition/agency.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { one, shape, value, type Shapes } from '../database/shape.ts';
import { waitsFor } from './waiting.store.ts';
import { waiting } from './waiting.view.ts';

/** How what waits hangs on its case and on those who are awaited. */
export const waitingShapes: Shapes = {
  Waiting: shape(waiting, {
    waitsFor: (w) => value(waitsFor(w)),
    office: (w) => one('Jurisdiction', jurisdictions, (office) => eq(office.id, w.officeId)),
    agency: (w) => one('Agency', agencies, (agency) => eq(agency.id, w.agencyId)),
    case: (w) => one('Case', cases, (subject) => eq(subject.id, w.caseId)),
  }),
};
