import { boolean, foreignKey, index, integer, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';

export const AUDIENCES = ['TEAM', 'OFFICE', 'JOINT', 'COALITION'] as const;
export const ANNOTATION_KINDS = ['NOTE', 'QUESTION', 'ISSUE', 'HIGHLIGHT'] as const;
export const PRIVILEGES = ['NONE', 'WORK_PRODUCT', 'ATTORNEY_CLIENT'] as const;
export const TARGET_KINDS = ['CASE', 'REPORT', 'PERSON', 'RECORDING', 'CHARGE'] as const;

export type Audience = (typeof AUDIENCES)[number];
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number];
export type Privilege = (typeof PRIVILEGES)[number];
export type TargetKind = (typeof TARGET_KINDS)[number];

/** A remark anchored to a part of a case. Its words stand in its revisions. */
export const annotations = comity.table(
  'annotations',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    /** What it needs while its own office leads the case, or shares in it. */
    placedNeeds: integer('placed_needs').notNull(),
    /** Set while no one but the author may read it. */
    authorOnly: uuid('author_only'),
    authorId: uuid('author_id').notNull(),
    /** The author's office: a note goes with its office, not with the case. */
    officeId: uuid('office_id').notNull(),
    kind: text('kind', { enum: ANNOTATION_KINDS }).notNull(),
    audience: text('audience', { enum: AUDIENCES }).notNull(),
    privilege: text('privilege', { enum: PRIVILEGES }).notNull(),
    targetKind: text('target_kind', { enum: TARGET_KINDS }).notNull(),
    targetId: uuid('target_id'),
    /** A selector of the W3C Web Annotation model, or null for the whole object. */
    selector: jsonb('selector'),
    /** The author holds it favourable to the defence. */
    favourableToDefence: boolean('favourable_to_defence').notNull(),
    revision: integer('revision').notNull(),
    createdAt: instant('created_at').notNull(),
    revisedAt: instant('revised_at').notNull(),
    deleted: boolean('deleted').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    index('annotations_by_time').on(t.caseId, t.createdAt, t.id),
    oneOf('annotations_kind_check', t.kind, ANNOTATION_KINDS),
    oneOf('annotations_audience_check', t.audience, AUDIENCES),
    oneOf('annotations_privilege_check', t.privilege, PRIVILEGES),
    oneOf('annotations_target_check', t.targetKind, TARGET_KINDS),
    needsCheck('annotations', t.needs),
    ...casePolicies({ table: 'annotations', authorOnly: true }),
  ],
);

/** The words of an annotation, one row a revision, never changed; a deletion is a revision without words. */
export const annotationRevisions = comity.table(
  'annotation_revisions',
  {
    caseId: uuid('case_id').notNull(),
    annotationId: uuid('annotation_id').notNull(),
    revision: integer('revision').notNull(),
    needs: needs(),
    authorOnly: uuid('author_only'),
    body: text('body').notNull(),
    revisedBy: uuid('revised_by').notNull(),
    revisedAt: instant('revised_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.annotationId, t.revision] }),
    foreignKey({ columns: [t.caseId, t.annotationId], foreignColumns: [annotations.caseId, annotations.id], name: 'annotation_revisions_annotation' }),
    needsCheck('annotation_revisions', t.needs),
    ...casePolicies({ table: 'annotation_revisions', authorOnly: true }),
  ],
);

export type AnnotationRow = typeof annotations.$inferSelect;
export type AnnotationRevisionRow = typeof annotationRevisions.$inferSelect;
