import { FACETS } from '../access/facets.ts';
import type { CaseSeen } from '../cases/subject.ts';
import { statement, type Statement } from '../database/statement.ts';
import { badInput, notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { AnnotationTargetInput } from './annotation.inputs.ts';
import type { AnnotationKind, Audience, Privilege, TargetKind } from './annotation.table.ts';
import type { Selector } from './selector.ts';

/** The row that a remark is about, by case and id: what it needs of its reader, the remark needs too. */
const TARGETS = {
  CASE: 'select needs from comity.cases where id = $1::uuid and $2::uuid is null',
  REPORT: 'select needs, narrative from comity.case_reports where case_id = $1::uuid and $2::uuid is null',
  PERSON: 'select needs from comity.persons where case_id = $1::uuid and id = $2::uuid',
  RECORDING: 'select needs from comity.recordings where case_id = $1::uuid and id = $2::uuid',
  CHARGE: 'select needs from comity.charges where case_id = $1::uuid and id = $2::uuid',
} as const satisfies Record<TargetKind, string>;

const SEES = 'select comity.sees($1::uuid, $2::integer) as sees';

/** What an act must know of a remark's target. */
export interface TargetSeen {
  readonly id: string | null;
  readonly needs: number;
  /** Of a report; empty for all else. */
  readonly narrative: string;
  /** The actor reads and writes remarks to the trial team; the filter team does not. */
  readonly onTrialTeam: boolean;
}

/** The target of a remark. Throws BadInput where an id is missing or too much, NotFound where the actor does not see it on this case. */
export async function targetSeen(moment: Moment, { id: caseId }: CaseSeen, { kind, id: given }: AnnotationTargetInput): Promise<TargetSeen> {
  const whole = kind === 'CASE' || kind === 'REPORT';
  if (whole !== (given == null)) {
    throw badInput('target.id', whole ? 'A case has one report and is one case.' : 'It is not said which.', whole ? 'Leave id away.' : 'Give the id of the person, recording or charge.');
  }
  const id = whole ? null : idOrNull(given);
  if (!whole && id === null) throw notFound();
  const [target, team] = await moment.flush([statement(TARGETS[kind], [caseId, id]), statement(SEES, [caseId, FACETS.TEAM])]);
  const row = target?.rows[0];
  if (row === undefined) throw notFound();
  return { id, needs: Number(row['needs']), narrative: typeof row['narrative'] === 'string' ? row['narrative'] : '', onTrialTeam: team?.rows[0]?.['sees'] === true };
}

/** A remark to be kept. */
export interface NewAnnotation {
  readonly caseId: string;
  readonly id: string;
  readonly needs: number;
  readonly officeId: string;
  readonly kind: AnnotationKind;
  readonly audience: Audience;
  readonly privilege: Privilege;
  readonly target: { readonly kind: TargetKind; readonly id: string | null };
  readonly selector: Selector | null;
  readonly favourableToDefence: boolean;
  readonly body: string;
}

const ADDED = `with note as (
    insert into comity.annotations (case_id, id, needs, placed_needs, author_id, office_id, kind, audience, privilege, target_kind, target_id, selector, favourable_to_defence, revision, created_at, revised_at)
    select $1::uuid, $2::uuid, $3::integer, $3::integer, comity.member(), $4::uuid, $5, $6, $7, $8, $9::uuid, $10::text::jsonb, $11::boolean, 1, statement_timestamp(), statement_timestamp()
     where comity.sees($1::uuid, $3::integer)
    returning case_id, id, needs, author_id, created_at)
  insert into comity.annotation_revisions (case_id, annotation_id, revision, needs, body, revised_by, revised_at)
  select n.case_id, n.id, 1, n.needs, $12, n.author_id, n.created_at from note n returning revision`;

/** Keeps a remark and its first revision; touches no row where the actor would not see it. */
export const added = ({ caseId, id, needs, officeId, kind, audience, privilege, target, selector, favourableToDefence, body }: NewAnnotation): Statement =>
  statement(ADDED, [caseId, id, needs, officeId, kind, audience, privilege, target.kind, target.id, selector && JSON.stringify(selector), favourableToDefence, body]);

/** A remark as its reviser sees it. */
export interface AnnotationSeen {
  readonly id: string;
  readonly needs: number;
  readonly authorId: string;
  readonly revision: number;
  readonly deleted: boolean;
  readonly favourableToDefence: boolean;
}

const SEEN = `select id, needs, author_id as "authorId", revision, deleted, favourable_to_defence as "favourableToDefence"
  from comity.annotations where case_id = $1::uuid and id = $2::uuid`;

/** A remark on a case. Throws NotFound where the actor does not see it, or there is none. */
export async function annotationSeen(moment: Moment, { id: caseId }: CaseSeen, annotationId: string): Promise<AnnotationSeen> {
  const id = idOrNull(annotationId);
  const [row] = id === null ? [] : (await moment.run(statement(SEEN, [caseId, id]))).rows;
  if (row === undefined) throw notFound();
  return row as unknown as AnnotationSeen;
}

/** What a revision changes; null leaves as it was. */
export interface Revision {
  readonly caseId: string;
  readonly id: string;
  readonly expected: number;
  readonly body: string | null;
  readonly deleted: boolean | null;
  readonly favourableToDefence: boolean | null;
}

const REVISED = `with note as (
    update comity.annotations set revision = revision + 1, revised_at = statement_timestamp(),
      deleted = coalesce($5::boolean, deleted), favourable_to_defence = coalesce($6::boolean, favourable_to_defence)
     where case_id = $1::uuid and id = $2::uuid and author_id = comity.member() and revision = $3::integer
    returning case_id, id, revision, needs, author_only, author_id, revised_at)
  insert into comity.annotation_revisions (case_id, annotation_id, revision, needs, author_only, body, revised_by, revised_at)
  select n.case_id, n.id, n.revision, n.needs, n.author_only, coalesce($4, r.body), n.author_id, n.revised_at
    from note n join comity.annotation_revisions r on r.case_id = n.case_id and r.annotation_id = n.id and r.revision = n.revision - 1 returning revision`;

/** Writes the next revision of the actor's own remark; touches no row where another revision came first. */
export const revised = ({ caseId, id, expected, body, deleted, favourableToDefence }: Revision): Statement =>
  statement(REVISED, [caseId, id, expected, body, deleted, favourableToDefence]);
