import { asc, eq, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { persons } from '../cases/person.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { stateRules } from '../law/rule.table.ts';
import { stepShape, stepsOf } from './proceeding-step.edges.ts';
import { RENDITION_LAW } from './rendition.rules.ts';
import { renditions } from './rendition.table.ts';

/** How renditions hang on a case. */
export const renditionShapes: Shapes = {
  Case: shape(cases, {
    renditions: (subject) => many('Rendition', renditions, (each) => eq(each.caseId, subject.id), (each) => [asc(each.recordedAt), asc(each.id)]),
  }),
  Rendition: shape(renditions, {
    person: (each) => one('Person', persons, (person) => sql`${person.caseId} = ${each.caseId} and ${person.id} = ${each.personId}`),
    citation: () => value(sql`${RENDITION_LAW.citation}::text`),
    confidence: () => value(sql`${RENDITION_LAW.confidence}::text`),
    verified: () => value(sql.raw(String(RENDITION_LAW.verified))),
    // As the rule says today, like the clock; who was arrested on the Governor's warrant is held on that.
    holdExpiresOn: (each) => value(sql`(select (${each.arrestOn} + (r.body ->> 'holdDays')::integer)::text from ${stateRules} r
      where r.kind = 'RENDITION' and r.state in (${each.asylumState}, '*') and (${each.governorWarrantOn} is null or ${each.arrestOn} < ${each.governorWarrantOn}) order by r.state = '*', r.position limit 1)`),
    steps: stepsOf('RenditionStep', 'RENDITION'),
    recordedBy: (each) => one('Member', members, (member) => eq(member.id, each.recordedBy)),
    movedBy: (each) => one('Member', members, (member) => eq(member.id, each.movedBy)),
  }),
  RenditionStep: stepShape,
};
