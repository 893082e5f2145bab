import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { ruleOf, stateOf, warningsOf } from './clock.store.ts';
import { clocks } from './clock.table.ts';
import { clockFacts } from './fact.table.ts';

/** How clocks and what they depend on hang on a case. */
export const clockShapes: Shapes = {
  Case: shape(cases, {
    clocks: (subject, { planned }) =>
      many('Clock', clocks, (clock) => and(eq(clock.caseId, subject.id), planned['includeEarlier'] === true ? undefined : isNull(clock.supersededAt)), (clock) => [
        sql`${clock.dueOn} asc nulls last`, asc(clock.kind), asc(clock.aboutId), asc(clock.computedAt), asc(clock.id),
      ]),
    clockFacts: (subject) => many('ClockFact', clockFacts, (fact) => eq(fact.caseId, subject.id), (fact) => [asc(fact.recordedAt), asc(fact.id)]),
  }),
  Clock: shape(clocks, {
    case: (clock) => one('Case', cases, (subject) => eq(subject.id, clock.caseId)),
    state: (clock) => value(stateOf(clock)),
    rule: (clock) => value(ruleOf(clock)),
    warnings: (clock) => value(warningsOf(clock)),
  }),
  ClockFact: shape(clockFacts, {
    recordedBy: (fact) => one('Member', members, (member) => eq(member.id, fact.recordedBy)),
    attestedBy: (fact) => one('Member', members, (member) => eq(member.id, fact.attestedBy)),
    withdrawnBy: (fact) => one('Member', members, (member) => eq(member.id, fact.withdrawnBy)),
  }),
};
