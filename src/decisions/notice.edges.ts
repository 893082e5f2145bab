import { asc, eq, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { persons } from '../cases/person.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, type Shapes } from '../database/shape.ts';
import { victimNotices } from './notice.table.ts';

/** How notices to victims hang on a case. */
export const noticeShapes: Shapes = {
  Case: shape(cases, {
    victimNotices: (subject) => many('VictimNotice', victimNotices, (notice) => eq(notice.caseId, subject.id), (notice) => [asc(notice.recordedAt), asc(notice.id)]),
  }),
  VictimNotice: shape(victimNotices, {
    person: (notice) => one('Person', persons, (person) => sql`${person.caseId} = ${notice.caseId} and ${person.id} = ${notice.personId}`),
    recordedBy: (notice) => one('Member', members, (member) => eq(member.id, notice.recordedBy)),
    withdrawnBy: (notice) => one('Member', members, (member) => eq(member.id, notice.withdrawnBy)),
  }),
};
