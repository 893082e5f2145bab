import { asc, eq, isNull, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { members } from '../coalition/member.table.ts';
import { unitMembers, units } from '../coalition/unit.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { glassUses } from './glass.table.ts';
import { unitRestrictions } from './restriction.table.ts';

/** How units, what is kept to them, and uses of break-glass hang together. */
export const unitShapes: Shapes = {
  Unit: shape(units, {
    members: (unit) =>
      many('Member', members, (member) => sql`exists (select 1 from ${unitMembers} x where x.unit_id = ${unit.id} and x.member_id = ${member.id} and x.until = 'infinity')`,
        (member) => [asc(member.name), asc(member.id)]),
  }),
  Case: shape(cases, {
    restrictedTo: (subject) =>
      one('UnitRestriction', unitRestrictions, (restriction) => sql`${restriction.caseId} = ${subject.id} and ${isNull(restriction.liftedAt)}`),
    unitRestrictions: (subject) =>
      many('UnitRestriction', unitRestrictions, (restriction) => eq(restriction.caseId, subject.id), (restriction) => [asc(restriction.restrictedAt), asc(restriction.id)]),
  }),
  UnitRestriction: shape(unitRestrictions, {
    unit: (restriction) => one('Unit', units, (unit) => eq(unit.id, restriction.unitId)),
    since: (restriction) => value(sql`${restriction.restrictedAt}`),
    by: (restriction) => one('Member', members, (member) => eq(member.id, restriction.restrictedBy)),
    liftedBy: (restriction) => one('Member', members, (member) => eq(member.id, restriction.liftedBy)),
  }),
  BreakGlassUse: shape(glassUses, {
    case: (use) => one('Case', cases, (subject) => eq(subject.id, use.caseId)),
    member: (use) => one('Member', members, (member) => eq(member.id, use.memberId)),
    overdue: (use) => value(sql`(${use.reviewedAt} is null and ${use.reviewDueAt} < statement_timestamp())`),
    reviewedBy: (use) => one('Member', members, (member) => eq(member.id, use.reviewedBy)),
  }),
};
