import { asc, eq, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { persons } from '../cases/person.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, type Shapes } from '../database/shape.ts';
import { dispositions } from './disposition.table.ts';
import { removalSteps } from './removal-step.table.ts';
import { removals } from './removal.table.ts';

/**
 * What was entered although the removal stood against it: a conviction by the state court between notice and remand (28 U.S.C. 1455(b)(3)), anything by
 * it while the federal court had the case (1455(b)(5)), and what a federal court entered whose jurisdiction fell away (1447(c), (d)). See `dispositionBarred`.
 */
const entered = (removal: typeof removals, entry: typeof dispositions) => sql`${entry.caseId} = ${removal.caseId} and ${removal.scope} = 'WHOLE_CASE' and ${removal.state} <> 'ENTERED_IN_ERROR'
  and ${entry.kind} not in ('VACATED', 'ENTERED_IN_ERROR')
  and not exists (select 1 from comity.dispositions later where later.case_id = ${entry.caseId} and later.supersedes = ${entry.id})
  and exists (select 1 from comity.charges h where h.case_id = ${entry.caseId} and h.id = ${entry.chargeId} and h.person_id = ${removal.personId})
  and case (select s.standing from comity.removal_steps s where s.case_id = ${removal.caseId} and s.removal_id = ${removal.id} and s.act <> 'CLOSE_WINDOW' and s.day <= ${entry.disposedOn} order by s.day desc, s.position desc limit 1)
    when 'PENDING' then ${entry.forum} = 'STATE' and ${entry.kind} in ('CONVICTED', 'PLEADED')
    when 'REMOVED' then ${entry.forum} = 'STATE' or ${removal.ruling} is distinct from 'REMOVED'
    else false end`;

/** How removals hang on a case. */
export const removalShapes: Shapes = {
  Case: shape(cases, {
    removals: (subject) => many('Removal', removals, (removal) => eq(removal.caseId, subject.id), (removal) => [asc(removal.recordedAt), asc(removal.id)]),
  }),
  Removal: shape(removals, {
    person: (removal) => one('Person', persons, (person) => sql`${person.caseId} = ${removal.caseId} and ${person.id} = ${removal.personId}`),
    steps: (removal) => many('RemovalStep', removalSteps, (step) => sql`${step.caseId} = ${removal.caseId} and ${step.removalId} = ${removal.id}`, (step) => [asc(step.position)]),
    dispositionsDespite: (removal) => many('Disposition', dispositions, (entry) => entered(removal, entry), (entry) => [asc(entry.disposedOn), asc(entry.recordedAt), asc(entry.id)]),
    recordedBy: (removal) => one('Member', members, (member) => eq(member.id, removal.recordedBy)),
    movedBy: (removal) => one('Member', members, (member) => eq(member.id, removal.movedBy)),
  }),
  RemovalStep: shape(removalSteps, {
    recordedBy: (step) => one('Member', members, (member) => eq(member.id, step.recordedBy)),
  }),
};
