import { and, asc, eq, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { charges } from '../charges/charge.table.ts';
import { clocks } from '../clocks/clock.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { DECISION_WARNINGS } from './decision.rules.ts';
import { decisionGrounds, decisions } from './decision.table.ts';
import { immunityAnalyses } from './immunity.table.ts';

/** A draft counts, for who charges must know of it; what was returned or taken back does not, nor what a later analysis that was reviewed took the place of. */
const isLikelyImmune = (decision: typeof decisions) => sql`${decision.outcome} = 'CHARGE' and exists (
  select 1 from ${charges} h join ${immunityAnalyses} i on i.case_id = h.case_id and i.person_id = h.person_id
   where h.case_id = ${decision.caseId} and h.id = ${decision.chargeId} and i.state in ('DRAFTED', 'REVIEWED') and i.authorised = 'MET' and i.necessary = 'MET' and i.drafted_at <= coalesce(${decision.answeredAt}, statement_timestamp())
     and not exists (select 1 from ${immunityAnalyses} later where later.case_id = i.case_id and later.person_id = i.person_id and later.state = 'REVIEWED'
       and (later.drafted_at, later.id) > (i.drafted_at, i.id) and later.drafted_at <= coalesce(${decision.answeredAt}, statement_timestamp())))`;

/** Of a charge whose earliest day had passed when it was decided, or has by now. */
const isLate = (decision: typeof decisions) => sql`${decision.outcome} = 'CHARGE' and exists (select 1 from ${clocks} k
   where k.case_id = ${decision.caseId} and k.kind = 'LIMITATION' and k.about_id = ${decision.chargeId} and k.superseded_at is null
     and k.due_on < least((coalesce(${decision.answeredAt}, statement_timestamp()) at time zone k.time_zone)::date, k.met_on))`;

const MESSAGES = JSON.stringify(DECISION_WARNINGS);

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
    warnings: (decision) => value(sql`(select coalesce(json_agg(json_build_object('code', w.code, 'message', ${MESSAGES}::text::json ->> w.code) order by w.place), '[]'::json)
      from (values (1, case when ${isLikelyImmune(decision)} then 'IMMUNITY_LIKELY' end), (2, case when ${isLate(decision)} then 'LIMITATION_PASSED' end)) w (place, code) where w.code is not null)`),
    grounds: (decision) => one('DecisionGrounds', decisionGrounds, (grounds) => sql`${grounds.caseId} = ${decision.caseId} and ${grounds.decisionId} = ${decision.id}`),
    proposedBy: (decision) => one('Member', members, (member) => eq(member.id, decision.proposedBy)),
    answeredBy: (decision) => one('Member', members, (member) => eq(member.id, decision.answeredBy)),
    overriddenBy: (decision) => one('Member', members, (member) => eq(member.id, decision.overriddenBy)),
  }),
  DecisionGrounds: shape(decisionGrounds, {
    immunityAnalysis: (grounds) => one('ImmunityAnalysis', immunityAnalyses, (analysis) => sql`${analysis.caseId} = ${grounds.caseId} and ${analysis.id} = ${grounds.immunityAnalysisId}`),
  }),
};
