import { asc, eq, sql } from 'drizzle-orm';
import { members } from '../coalition/member.table.ts';
import { many, one, shape } from '../database/shape.ts';
import { proceedingSteps, type SteppedKind } from './proceeding-step.table.ts';

/** What happened to a proceeding of a kind, in order, as a type of the schema tells it. */
export const stepsOf = (type: string, kind: SteppedKind) => (about: { readonly caseId: unknown; readonly id: unknown }) =>
  many(type, proceedingSteps, (step) => sql`${step.caseId} = ${about.caseId} and ${step.kind} = ${kind} and ${step.aboutId} = ${about.id}`, (step) => [asc(step.position)]);

/** Who recorded it. */
export const stepShape = shape(proceedingSteps, {
  recordedBy: (step) => one('Member', members, (member) => eq(member.id, step.recordedBy)),
});
