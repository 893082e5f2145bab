import { asc, eq, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { persons } from '../cases/person.table.ts';
import { recordings } from '../cases/recording.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, type Shapes } from '../database/shape.ts';
import { cooperationEvents } from './cooperation.table.ts';

/** How refusals of cooperation hang on a case. */
export const cooperationShapes: Shapes = {
  Case: shape(cases, {
    cooperationEvents: (subject) => many('CooperationEvent', cooperationEvents, (event) => eq(event.caseId, subject.id), (event) => [asc(event.happenedAt), asc(event.id)]),
  }),
  CooperationEvent: shape(cooperationEvents, {
    witness: (event) => one('Person', persons, (person) => sql`${person.caseId} = ${event.caseId} and ${person.id} = ${event.witnessId}`),
    recording: (event) => one('Recording', recordings, (recording) => sql`${recording.caseId} = ${event.caseId} and ${recording.id} = ${event.recordingId}`),
    recordedBy: (event) => one('Member', members, (member) => eq(member.id, event.recordedBy)),
    withdrawnBy: (event) => one('Member', members, (member) => eq(member.id, event.withdrawnBy)),
  }),
};
