import { asc, eq, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { cases } from '../cases/case.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { units } from '../coalition/unit.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { conflictDeclarations } from './declaration.table.ts';
import { walls } from './wall.table.ts';

const memberOf = (id: PgColumn) => one('Member', members, (member) => eq(member.id, id));

/** How walls hang on a case, and who stands behind them and behind declarations. */
export const wallShapes: Shapes = {
  Case: shape(cases, {
    walls: (subject) => many('Wall', walls, (wall) => eq(wall.caseId, subject.id), (wall) => [asc(wall.imposedAt), asc(wall.id)]),
  }),
  Wall: shape(walls, {
    subject: (wall) => value(sql`json_build_object('kind', ${wall.subjectKind}, 'id', ${wall.subjectId}, 'name', case ${wall.subjectKind}
      when 'MEMBER' then (select x.name from ${members} x where x.id = ${wall.subjectId})
      when 'UNIT' then (select x.name from ${units} x where x.id = ${wall.subjectId})
      else (select x.name from ${jurisdictions} x where x.id = ${wall.subjectId}) end)`),
    imposedBy: (wall) => memberOf(wall.imposedBy),
    liftedBy: (wall) => memberOf(wall.liftedBy),
  }),
  ConflictDeclaration: shape(conflictDeclarations, {
    member: (declaration) => memberOf(declaration.memberId),
    declaredBy: (declaration) => memberOf(declaration.declaredBy),
    withdrawnBy: (declaration) => memberOf(declaration.withdrawnBy),
  }),
};
