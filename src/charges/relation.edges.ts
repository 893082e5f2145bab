import { asc, eq, sql } from 'drizzle-orm';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, type Shapes } from '../database/shape.ts';
import { charges } from './charge.table.ts';
import { chargeLevels } from './level.table.ts';
import { chargeRelations, type ChargeRelationKind } from './relation.table.ts';

type Charge = typeof charges;

/** The charge that this one leads to; where several came into view, the one that was named last. */
const target = (charge: Charge, relation: ChargeRelationKind) =>
  one('Charge', charges, (other) => sql`${other.caseId} = ${charge.caseId} and ${other.id} = (select r.other_id from ${chargeRelations} r
    where r.case_id = ${charge.caseId} and r.charge_id = ${charge.id} and r.relation = ${sql.raw(`'${relation}'`)} and r.ended_at is null order by r.related_at desc, r.id desc limit 1)`);

/** The charges that lead to this one. */
const sources = (charge: Charge, relation: ChargeRelationKind) =>
  many('Charge', charges, (other) => sql`${other.caseId} = ${charge.caseId} and (select max(1) from ${chargeRelations} r
    where r.case_id = ${charge.caseId} and r.other_id = ${charge.id} and r.charge_id = ${other.id} and r.relation = ${sql.raw(`'${relation}'`)} and r.ended_at is null) = 1`,
  (other) => [asc(other.proposedAt), asc(other.id)]);

/** How charges hang on each other, and what was said of their levels. */
export const relationShapes: Shapes = {
  Charge: shape(charges, {
    lesserOf: (charge) => target(charge, 'LESSER_OF'),
    alternativeTo: (charge) => target(charge, 'ALTERNATIVE_TO'),
    lessers: (charge) => sources(charge, 'LESSER_OF'),
    alternatives: (charge) => sources(charge, 'ALTERNATIVE_TO'),
    relations: (charge) => many('ChargeRelation', chargeRelations, (row) => sql`${row.caseId} = ${charge.caseId} and ${row.chargeId} = ${charge.id}`, (row) => [asc(row.relatedAt), asc(row.id)]),
    levelNamings: (charge) => many('ChargeLevelNaming', chargeLevels, (row) => sql`${row.caseId} = ${charge.caseId} and ${row.chargeId} = ${charge.id}`, (row) => [sql`${row.namedAt} desc`, sql`${row.id} desc`]),
  }),
  ChargeRelation: shape(chargeRelations, {
    other: (row) => one('Charge', charges, (other) => sql`${other.caseId} = ${row.caseId} and ${other.id} = ${row.otherId}`),
    relatedBy: (row) => one('Member', members, (member) => eq(member.id, row.relatedBy)),
    endedBy: (row) => one('Member', members, (member) => eq(member.id, row.endedBy)),
  }),
  ChargeLevelNaming: shape(chargeLevels, {
    namedBy: (row) => one('Member', members, (member) => eq(member.id, row.namedBy)),
  }),
};
