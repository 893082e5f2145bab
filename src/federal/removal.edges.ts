import { asc, eq, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { persons } from '../cases/person.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, type Shapes } from '../database/shape.ts';
import { removals } from './removal.table.ts';

/** How removals hang on a case. */
export const removalShapes: Shapes = {
  Case: shape(cases, {
    removals: (subject) => many('Removal', removals, (removal) => eq(removal.caseId, subject.id), (removal) => [asc(removal.recordedAt), asc(removal.id)]),
  }),
  Removal: shape(removals, {
    person: (removal) => one('Person', persons, (person) => sql`${person.caseId} = ${removal.caseId} and ${person.id} = ${removal.personId}`),
    recordedBy: (removal) => one('Member', members, (member) => eq(member.id, removal.recordedBy)),
    movedBy: (removal) => one('Member', members, (member) => eq(member.id, removal.movedBy)),
  }),
};
