import { and, desc, eq } from 'drizzle-orm';
import { persons } from '../cases/person.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, type Shapes } from '../database/shape.ts';
import { affiliations, immunityAnalyses } from './immunity.table.ts';

/** How what is known of an officer's immunity hangs on a person. */
export const immunityShapes: Shapes = {
  Person: shape(persons, {
    affiliations: (person) => many('Affiliation', affiliations, (row) => and(eq(row.caseId, person.caseId), eq(row.personId, person.id)), (row) => [desc(row.recordedAt), desc(row.id)]),
    immunityAnalyses: (person) => many('ImmunityAnalysis', immunityAnalyses, (row) => and(eq(row.caseId, person.caseId), eq(row.personId, person.id)), (row) => [desc(row.draftedAt), desc(row.id)]),
  }),
  Affiliation: shape(affiliations, {
    recordedBy: (row) => one('Member', members, (member) => eq(member.id, row.recordedBy)),
  }),
  ImmunityAnalysis: shape(immunityAnalyses, {
    draftedBy: (row) => one('Member', members, (member) => eq(member.id, row.draftedBy)),
    reviewedBy: (row) => one('Member', members, (member) => eq(member.id, row.reviewedBy)),
  }),
};
