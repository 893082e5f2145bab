import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import { annotations } from '../annotations/annotation.table.ts';
import { cases } from '../cases/case.table.ts';
import { charges } from '../charges/charge.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Arguments, type Shapes, type Target } from '../database/shape.ts';
import { proofEarlier, proofElements, proofGaps, type Worded } from './element.view.ts';
import { elementAssessments, proofLinks } from './proof.table.ts';

/** True for what was said of this wording, wherever it stood then and stands now. */
const isOf = (said: typeof proofLinks | typeof elementAssessments, element: Worded): SQL =>
  sql`${said.caseId} = ${element.caseId} and ${said.chargeId} = ${element.chargeId} and ${said.wording} = ${element.text}`;

/** True for an assessment that its reviewer has not replaced. */
const isLatest = (assessment: typeof elementAssessments): SQL => sql`not exists (select 1 from ${elementAssessments} l
  where l.case_id = ${assessment.caseId} and l.charge_id = ${assessment.chargeId} and l.wording = ${assessment.wording} and l.reviewer_id = ${assessment.reviewerId}
    and (l.assessed_at, l.id) > (${assessment.assessedAt}, ${assessment.id}))`;

const linksOf = (element: Worded, { planned }: Arguments): Target =>
  many('ProofLink', proofLinks, (link) => and(isOf(link, element), planned['includeWithdrawn'] === true ? undefined : sql`${link.withdrawnAt} is null`), (link) => [asc(link.linkedAt), asc(link.id)]);

const assessmentsOf = (element: Worded, { planned }: Arguments): Target =>
  many('ElementAssessment', elementAssessments, (held) => and(isOf(held, element), planned['includeEarlier'] === true ? undefined : isLatest(held)), (held) => [asc(held.assessedAt), asc(held.id)]);

/** How proof hangs on charges. */
export const proofShapes: Shapes = {
  ProofMatrix: shape(cases, {
    charges: (subject) => many('Charge', charges, (charge) => and(eq(charge.caseId, subject.id), sql`${charge.state} <> 'WITHDRAWN'`), (charge) => [asc(charge.proposedAt), asc(charge.id)]),
    gaps: (subject) => many('ProofGap', proofGaps, (gap) => eq(gap.caseId, subject.id), (gap) => [asc(gap.chargeId), asc(gap.position), asc(gap.reviewerId)]),
  }),
  Charge: shape(charges, {
    elements: (charge) => many('ProofElement', proofElements, (element) => and(eq(element.caseId, charge.caseId), eq(element.chargeId, charge.id)), (element) => [asc(element.position)]),
    earlierElements: (charge) => many('EarlierElement', proofEarlier, (element) => and(eq(element.caseId, charge.caseId), eq(element.chargeId, charge.id)), (element) => [asc(element.position), asc(element.text)]),
  }),
  ProofElement: shape(proofElements, {
    links: linksOf,
    assessments: assessmentsOf,
    isDisputed: (element) => value(sql`(select count(distinct h.verdict) > 1 from (
      select distinct on (a.reviewer_id) a.verdict from ${elementAssessments} a
       where a.case_id = ${element.caseId} and a.charge_id = ${element.chargeId} and a.wording = ${element.text} order by a.reviewer_id, a.assessed_at desc, a.id desc) h)`),
  }),
  EarlierElement: shape(proofEarlier, { links: linksOf, assessments: assessmentsOf }),
  UnassessedElement: shape(proofElements, {
    charge: (element) => one('Charge', charges, (charge) => sql`${charge.caseId} = ${element.caseId} and ${charge.id} = ${element.chargeId}`),
    case: (element) => one('Case', cases, (subject) => eq(subject.id, element.caseId)),
  }),
  ProofLink: shape(proofLinks, {
    sourceGone: (link) => value(sql`(${link.sourceKind} = 'ANNOTATION' and exists (select 1 from ${annotations} a where a.case_id = ${link.caseId} and a.id = ${link.sourceId} and a.deleted))`),
    linkedBy: (link) => one('Member', members, (member) => eq(member.id, link.linkedBy)),
  }),
  ElementAssessment: shape(elementAssessments, {
    reviewer: (held) => one('Member', members, (member) => eq(member.id, held.reviewerId)),
  }),
  ProofGap: shape(proofGaps, {
    charge: (gap) => one('Charge', charges, (charge) => sql`${charge.caseId} = ${gap.caseId} and ${charge.id} = ${gap.chargeId}`),
    reviewer: (gap) => one('Member', members, (member) => eq(member.id, gap.reviewerId)),
    isAsked: (gap) => value(sql`exists (select 1 from ${proofLinks} l join comity.return_items i on i.case_id = l.case_id and i.id = l.source_id
      where l.case_id = ${gap.caseId} and l.charge_id = ${gap.chargeId} and l.wording = ${gap.text} and l.source_kind = 'RETURN_ITEM' and l.withdrawn_at is null
        and i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED'))`),
  }),
};
