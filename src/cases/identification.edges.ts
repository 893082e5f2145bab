import { and, desc, eq, sql } from 'drizzle-orm';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { personIdentifications } from './identification.table.ts';
import { persons } from './person.table.ts';

/** How what was found out about a person hangs on it. */
export const identificationShapes: Shapes = {
  Person: shape(persons, {
    agency: (person) => value(sql`(select i.agency from ${personIdentifications} i where i.case_id = ${person.caseId} and i.person_id = ${person.id} and i.state = 'STANDING')`),
    identifications: (person) =>
      many('PersonIdentification', personIdentifications, (row) => and(eq(row.caseId, person.caseId), eq(row.personId, person.id)), (row) => [desc(row.identifiedAt), desc(row.id)]),
  }),
  PersonIdentification: shape(personIdentifications, {
    identifiedBy: (row) => one('Member', members, (member) => eq(member.id, row.identifiedBy)),
    withdrawnBy: (row) => one('Member', members, (member) => eq(member.id, row.withdrawnBy)),
  }),
};
