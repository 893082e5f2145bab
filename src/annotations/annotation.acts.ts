import { sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, isLead, officeOf, whileProsecuting, within, type CaseSeen } from '../cases/subject.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict, forbidden } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { act, record, resight, type Moment } from '../trail/act.ts';
import type { AnnotateCaseInput, ReviseAnnotationInput } from './annotation.inputs.ts';
import { added, annotationSeen, revised, targetSeen, type AnnotationSeen, type TargetSeen } from './annotation.store.ts';
import { annotations, type Audience } from './annotation.table.ts';
import { selectorOf } from './selector.ts';

/**
 * Leaves a remark on a case. Throws NotFound where the actor does not see the case or the target, Forbidden where the
 * actor's office does not handle it or the audience is one the actor does not write to, BadInput for words or a selector
 * that cannot be taken, or a privilege that the audience would give up.
 */
export const annotateCase = act('annotation:write', async (moment, input: AnnotateCaseInput) => {
  const officeId = officeOf(moment);
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'annotation:write');
  inTime(subject, 'annotate');
  const body = words(input.body);
  const target = await targetSeen(moment, subject, input.target);
  const selector = input.selector ? selectorOf(input.selector, input.target.kind, target.narrative) : null;
  const audience = audienceOf(moment, subject, input, target);
  const [id, needs, favourableToDefence] = [newId(), FACETS[audience] | target.needs, input.favourableToDefence ?? false];
  const note = { kind: input.kind, audience, privilege: input.privilege ?? 'NONE', favourableToDefence } as const;
  // The trail comes first: from its lock on no office can give the case away, so the note is judged by a sight that stays.
  const [, kept] = await moment.flush([
    record({ caseId: subject.id, act: 'ANNOTATED', needs, body: { annotationId: id, revision: 1, targetKind: input.target.kind, targetId: target.id, ...note } }),
    added({ caseId: subject.id, id, needs, officeId, body, selector, target: { kind: input.target.kind, id: target.id }, ...note }),
  ]);
  if (kept?.rows.length !== 1) throw forbidden();
  return { payload: { annotation: annotationShown(subject.id, id), case: caseShown(subject.id) }, end: [resight(subject.id)] };
});

/**
 * Writes the next revision of the actor's own remark. Throws NotFound where the actor does not see it, Forbidden where
 * another wrote it, or one's office handles the case no more, Conflict where it has been revised since, or is deleted already, BadInput where nothing is revised.
 */
export const reviseAnnotation = act('annotation:revise', async (moment, input: ReviseAnnotationInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const before = await annotationSeen(moment, subject, input.annotationId);
  if (before.authorId !== moment.actor.memberId) throw forbidden('Only its author revises a remark.');
  if (!handles(moment, subject)) throw forbidden('Your office does not handle this case any more: what you wrote is kept as it is.');
  whileProsecuting(subject, 'annotation:revise');
  inTime(subject, 'annotate');
  const change = changeOf(input);
  if (before.revision !== input.expectedRevision || (change.deleted === true && before.deleted)) throw revisedSince(before);
  const [revision, favourableToDefence] = [before.revision + 1, change.favourableToDefence ?? before.favourableToDefence];
  const [, kept] = await moment.flush([
    record({
      caseId: subject.id, act: eventOf(before, change), needs: before.needs,
      body: { annotationId: before.id, revision, favourableToDefence, wasFavourableToDefence: before.favourableToDefence },
    }),
    revised({ caseId: subject.id, id: before.id, expected: before.revision, ...change }),
  ]);
  if (kept?.rows.length !== 1) throw revisedSince(await annotationSeen(moment, subject, before.id));
  return { payload: { annotation: annotationShown(subject.id, before.id), case: caseShown(subject.id) }, end: [resight(subject.id)] };
});

const annotationShown = (caseId: string, id: string): Shown =>
  new Shown(({ given }) => one('Annotation', annotations, (note) => sql`${note.caseId} = ${given(0)}::uuid and ${note.id} = ${given(1)}::uuid`), [caseId, id]);

/** True where the actor's office leads the case, or has a part in it that is more than to read. */
const handles = (moment: Moment, subject: CaseSeen): boolean => isLead(moment, subject) || subject.jointRole === 'CO' || subject.jointRole === 'SUPPORT';

/** Whom a remark is for: as told, else as wide as the actor's own part in the case. */
function audienceOf(moment: Moment, subject: CaseSeen, { audience, privilege }: AnnotateCaseInput, { onTrialTeam }: TargetSeen): Audience {
  const leads = isLead(moment, subject);
  const chosen = audience ?? (!leads ? 'JOINT' : onTrialTeam ? 'TEAM' : 'OFFICE');
  if (!leads && chosen !== 'JOINT') throw forbidden('An office that has a part in a case writes to all offices that handle it: take the audience JOINT.');
  if (chosen === 'TEAM' && !onTrialTeam) throw forbidden('Only the trial team of this case writes to the team.');
  if ((chosen === 'JOINT' || chosen === 'COALITION') && (privilege ?? 'NONE') !== 'NONE') {
    throw badInput('privilege', 'Privileged work is not shared without an agreement between the offices.', 'Take NONE, or an audience within your own office.');
  }
  return chosen;
}

interface Change {
  readonly body: string | null;
  readonly deleted: boolean | null;
  readonly favourableToDefence: boolean | null;
}

function changeOf({ body, delete: deletes, favourableToDefence }: ReviseAnnotationInput): Change {
  if (deletes === true) {
    if (body != null || favourableToDefence != null) {
      throw badInput('delete', 'A deletion goes alone: it does not take back that a remark helps the defence.', 'Leave body and favourableToDefence away, or send them as a revision of their own.');
    }
    return { body: '', deleted: true, favourableToDefence: null };
  }
  if (body == null && favourableToDefence == null) throw badInput('body', 'Nothing is revised.', 'Give body, favourableToDefence or delete.');
  return { body: body == null ? null : words(body), deleted: body == null ? null : false, favourableToDefence: favourableToDefence ?? null };
}

function eventOf(before: AnnotationSeen, change: Change): string {
  if (change.deleted === true) return 'ANNOTATION_DELETED';
  return before.deleted && change.deleted === false ? 'ANNOTATION_RESTORED' : 'ANNOTATION_REVISED';
}

function words(body: string): string {
  const trimmed = body.trim();
  if (trimmed.length < 1 || trimmed.length > 20_000) throw badInput('body', 'A remark has words, but not too many.', 'Give 1 to 20,000 characters; to remove a remark, revise it with delete: true.');
  return trimmed;
}

const revisedSince = ({ revision, deleted }: AnnotationSeen) =>
  conflict('The remark is not as you read it.', { revision, deleted, remedy: 'Read it again and pass its revision as expectedRevision.' });
