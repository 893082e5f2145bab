import { asc, eq, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { persons } from '../cases/person.table.ts';
import { charges } from '../charges/charge.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { immunityAnalyses } from '../decisions/immunity.table.ts';
import { IMMUNITY_LAW } from './immunity-proceeding.rules.ts';
import { immunityProceedings } from './immunity-proceeding.table.ts';
import { stepShape, stepsOf } from './proceeding-step.edges.ts';

/** How immunities before the courts hang on a case. */
export const immunityProceedingShapes: Shapes = {
  Case: shape(cases, {
    immunityProceedings: (subject) => many('ImmunityProceeding', immunityProceedings, (each) => eq(each.caseId, subject.id), (each) => [asc(each.recordedAt), asc(each.id)]),
  }),
  ImmunityProceeding: shape(immunityProceedings, {
    person: (each) => one('Person', persons, (person) => sql`${person.caseId} = ${each.caseId} and ${person.id} = ${each.personId}`),
    citation: () => value(sql`${IMMUNITY_LAW.citation}::text`),
    confidence: () => value(sql`${IMMUNITY_LAW.confidence}::text`),
    verified: () => value(sql.raw(String(IMMUNITY_LAW.verified))),
    analysis: (each) => one('ImmunityAnalysis', immunityAnalyses, (analysis) => sql`${analysis.caseId} = ${each.caseId} and ${analysis.id} = ${each.analysisId}`),
    charges: (each) => many('Charge', charges, (charge) => sql`${charge.caseId} = ${each.caseId} and ${charge.id} = any (${each.chargeIds})`, (charge) => [asc(charge.proposedAt), asc(charge.id)]),
    steps: stepsOf('ImmunityStep', 'IMMUNITY'),
    recordedBy: (each) => one('Member', members, (member) => eq(member.id, each.recordedBy)),
    movedBy: (each) => one('Member', members, (member) => eq(member.id, each.movedBy)),
  }),
  ImmunityStep: stepShape,
};
