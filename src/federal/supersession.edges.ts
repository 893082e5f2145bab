import { asc, eq } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, type Shapes } from '../database/shape.ts';
import { stepShape, stepsOf } from './proceeding-step.edges.ts';
import { supersessions } from './supersession.table.ts';

/** How supersessions hang on a case. */
export const supersessionShapes: Shapes = {
  Case: shape(cases, {
    supersessions: (subject) => many('Supersession', supersessions, (each) => eq(each.caseId, subject.id), (each) => [asc(each.recordedAt), asc(each.id)]),
  }),
  Supersession: shape(supersessions, {
    steps: stepsOf('SupersessionStep', 'SUPERSESSION'),
    recordedBy: (each) => one('Member', members, (member) => eq(member.id, each.recordedBy)),
    movedBy: (each) => one('Member', members, (member) => eq(member.id, each.movedBy)),
  }),
  SupersessionStep: stepShape,
};
