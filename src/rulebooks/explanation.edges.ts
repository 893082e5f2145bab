import { sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { shape, value, type Shapes } from '../database/shape.ts';

/** How what is withheld hangs on a case: the facts, from which its resolver makes sentences. */
export const explanationShapes: Shapes = {
  Case: shape(cases, {
    withheld: (subject) => value(sql`comity.withheld(${subject.id})`),
  }),
};
