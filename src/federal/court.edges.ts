import { desc, eq, sql, type SQL } from 'drizzle-orm';
import { persons } from '../cases/person.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import type { CourtDateKind } from './court.rules.ts';
import { courtDates } from './court.table.ts';

const dayOf = (person: typeof persons, kind: CourtDateKind): SQL =>
  sql`(select c.day from ${courtDates} c where c.case_id = ${person.caseId} and c.person_id = ${person.id} and c.kind = ${sql.raw(`'${kind}'`)} order by c.recorded_at desc, c.id desc limit 1)`;

/** How days in court hang on a person. */
export const courtShapes: Shapes = {
  Person: shape(persons, {
    courtDates: (person) => many('CourtDate', courtDates, (entry) => sql`${entry.caseId} = ${person.caseId} and ${entry.personId} = ${person.id}`, (entry) => [desc(entry.recordedAt), desc(entry.id)]),
    arraignedOn: (person) => value(dayOf(person, 'ARRAIGNMENT')),
    trialStartsOn: (person) => value(dayOf(person, 'TRIAL')),
  }),
  CourtDate: shape(courtDates, {
    recordedBy: (entry) => one('Member', members, (member) => eq(member.id, entry.recordedBy)),
  }),
};
