import { and, asc, eq, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { charges } from '../charges/charge.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { decisionGrounds, decisions } from './decision.table.ts';

/** How decisions hang on charges and on the case. */
export const decisionShapes: Shapes = {
  Case: shape(cases, {
    // Of the charges that the reader sees.
    outcome: (subject) => value(sql`(
      select case when count(*) > count(d.outcome) then null when min(d.outcome) = max(d.outcome) then min(d.outcome) when count(*) > 0 then 'MIXED' end
        from ${charges} h left join ${decisions} d on d.case_id = h.case_id and d.charge_id = h.id and d.state = 'STANDING'
       where h.case_id = ${subject.id} and h.state <> 'WITHDRAWN')`),
  }),
  Charge: shape(charges, {
    decisions: (charge) => many('Decision', decisions, (decision) => and(eq(decision.caseId, charge.caseId), eq(decision.chargeId, charge.id)), (decision) => [asc(decision.proposedAt), asc(decision.id)]),
    decision: (charge) => one('Decision', decisions, (decision) => sql`${decision.caseId} = ${charge.caseId} and ${decision.chargeId} = ${charge.id} and ${decision.state} = 'STANDING'`),
  }),
  Decision: shape(decisions, {
    grounds: (decision) => one('DecisionGrounds', decisionGrounds, (grounds) => sql`${grounds.caseId} = ${decision.caseId} and ${grounds.decisionId} = ${decision.id}`),
    proposedBy: (decision) => one('Member', members, (member) => eq(member.id, decision.proposedBy)),
    answeredBy: (decision) => one('Member', members, (member) => eq(member.id, decision.answeredBy)),
    overriddenBy: (decision) => one('Member', members, (member) => eq(member.id, decision.overriddenBy)),
  }),
  DecisionGrounds: shape(decisionGrounds),
};
