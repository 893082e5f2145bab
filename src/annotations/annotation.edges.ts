import { and, asc, eq, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, page, shape, value, type Shapes } from '../database/shape.ts';
import { annotationRevisions, annotations } from './annotation.table.ts';

/** How remarks hang on a case. */
export const annotationShapes: Shapes = {
  Case: shape(cases, {
    annotations: (subject, { planned }) =>
      page('Annotation', annotations, {
        where: (note) => and(eq(note.caseId, subject.id), planned['includeDeleted'] === true ? undefined : eq(note.deleted, sql`false`)),
        keys: (note) => [{ column: sql`${note.createdAt}`, kind: 'instant' }, { column: sql`${note.id}`, kind: 'uuid' }],
        descending: true,
      }),
  }),
  Annotation: shape(annotations, {
    target: (note) => value(sql`json_build_object('kind', ${note.targetKind}, 'id', ${note.targetId})`),
    selector: (note) => value(sql`case ${note.selector} ->> 'type'
      when 'TextQuoteSelector' then json_build_object('quote', ${note.selector})
      when 'TextPositionSelector' then json_build_object('position', ${note.selector})
      when 'FragmentSelector' then json_build_object('fragment', ${note.selector} || jsonb_build_object(
        'from', split_part(substr(${note.selector} ->> 'value', 3), ',', 1)::numeric, 'to', split_part(${note.selector} ->> 'value', ',', 2)::numeric)) end`),
    author: (note) => one('Member', members, (member) => eq(member.id, note.authorId)),
    body: (note) => value(sql`(select r.body from ${annotationRevisions} r where r.case_id = ${note.caseId} and r.annotation_id = ${note.id} and r.revision = ${note.revision})`),
    revisions: (note) =>
      many('AnnotationRevision', annotationRevisions, (revision) => and(eq(revision.caseId, note.caseId), eq(revision.annotationId, note.id)), (revision) => [asc(revision.revision)]),
  }),
  AnnotationRevision: shape(annotationRevisions, {
    revisedBy: (revision) => one('Member', members, (member) => eq(member.id, revision.revisedBy)),
  }),
};
