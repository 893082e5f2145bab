import { asc, eq, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { persons } from '../cases/person.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, type Shapes } from '../database/shape.ts';
import { parallelProceedings } from './parallel.table.ts';
import { stepShape, stepsOf } from './proceeding-step.edges.ts';

/** How proceedings beside it hang on a case. */
export const parallelShapes: Shapes = {
  Case: shape(cases, {
    parallelProceedings: (subject) => many('ParallelProceeding', parallelProceedings, (each) => eq(each.caseId, subject.id), (each) => [asc(each.recordedAt), asc(each.id)]),
  }),
  ParallelProceeding: shape(parallelProceedings, {
    person: (each) => one('Person', persons, (person) => sql`${person.caseId} = ${each.caseId} and ${person.id} = ${each.personId}`),
    steps: stepsOf('ParallelProceedingStep', 'PARALLEL_PROCEEDING'),
    recordedBy: (each) => one('Member', members, (member) => eq(member.id, each.recordedBy)),
    movedBy: (each) => one('Member', members, (member) => eq(member.id, each.movedBy)),
  }),
  ParallelProceedingStep: stepShape,
};
