import { and, asc, eq, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { charges } from '../charges/charge.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes, type Target } from '../database/shape.ts';
import { stateRules } from '../law/rule.table.ts';
import { proofEarlier, proofElements, proofGaps, type Worded } from '../proof/element.view.ts';
import { demandEntries } from './demand-entry.table.ts';
import { isUnanswered } from './demand.list.ts';
import { demandExtensions, demandItems, externalDemands } from './demand.table.ts';

/** What is demanded for an element of this wording. */
const itemsFor = (element: Worded): Target =>
  many('DemandItem', demandItems, (item) => sql`${item.caseId} = ${element.caseId} and ${item.chargeId} = ${element.chargeId} and ${item.wording} = ${element.text}`, (item) => [asc(item.id)]);

/** How demands hang on a case and on what is to be proven. */
export const demandShapes: Shapes = {
  Case: shape(cases, {
    demands: (subject) => many('ExternalDemand', externalDemands, (demand) => eq(demand.caseId, subject.id), (demand) => [asc(demand.draftedAt), asc(demand.id)]),
  }),
  ProofElement: shape(proofElements, {
    demandItems: itemsFor,
  }),
  EarlierElement: shape(proofEarlier, {
    demandItems: itemsFor,
  }),
  ProofGap: shape(proofGaps, {
    isDemanded: (gap) => value(sql`exists (select 1 from ${demandItems} i join ${externalDemands} d on d.case_id = i.case_id and d.id = i.demand_id
      where i.case_id = ${gap.caseId} and i.charge_id = ${gap.chargeId} and i.wording = ${gap.text} and d.state not in ('DRAFT', 'DISMISSED', 'WITHDRAWN'))`),
  }),
  ExternalDemand: shape(externalDemands, {
    case: (demand) => one('Case', cases, (subject) => eq(subject.id, demand.caseId)),
    office: (demand) => one('Jurisdiction', jurisdictions, (office) => eq(office.id, demand.officeId)),
    rule: (demand) => one('DemandRule', stateRules, (rule) => sql`${rule.id} = (select r.id from ${stateRules} r
      where r.kind = 'EXTERNAL_DEMAND_REGIME' and r.body ->> 'regime' = ${demand.regime} order by r.state, r.position limit 1)`),
    noResponse: (demand) => value(isUnanswered(demand)),
    items: (demand) => many('DemandItem', demandItems, (item) => and(eq(item.caseId, demand.caseId), eq(item.demandId, demand.id)), (item) => [asc(item.position), asc(item.id)]),
    draftedBy: (demand) => one('Member', members, (member) => eq(member.id, demand.draftedBy)),
    entries: (demand) => many('DemandEntry', demandEntries, (row) => and(eq(row.caseId, demand.caseId), eq(row.demandId, demand.id)), (row) => [asc(row.recordedAt), asc(row.id)]),
    extensions: (demand) => many('DemandExtension', demandExtensions, (row) => and(eq(row.caseId, demand.caseId), eq(row.demandId, demand.id)), (row) => [asc(row.extendedAt), asc(row.id)]),
  }),
  DemandRule: shape(stateRules, {
    addressee: (rule) => value(sql`${rule.body} ->> 'addressee'`),
    mustContain: (rule) => value(sql`${rule.body} -> 'mustContain'`),
    answerDeadline: (rule) => value(sql`${rule.body} ->> 'answerDeadline'`),
  }),
  DemandItem: shape(demandItems, {
    // Of those that the reader sees: a place that is left out would tell of what is hidden.
    position: (item) => value(sql`(select count(*)::integer from ${demandItems} b where b.case_id = ${item.caseId} and b.demand_id = ${item.demandId} and (b.position, b.id) <= (${item.position}, ${item.id}))`),
    charge: (item) => one('Charge', charges, (charge) => sql`${charge.caseId} = ${item.caseId} and ${charge.id} = ${item.chargeId}`),
  }),
  DemandEntry: shape(demandEntries, {
    item: (row) => one('DemandItem', demandItems, (item) => sql`${item.caseId} = ${row.caseId} and ${item.id} = ${row.itemId}`),
    recordedBy: (row) => one('Member', members, (member) => eq(member.id, row.recordedBy)),
  }),
  DemandExtension: shape(demandExtensions, {
    extendedBy: (row) => one('Member', members, (member) => eq(member.id, row.extendedBy)),
  }),
};
