import { reachOf } from '../access/acts.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, changed, inTime, officeOf, within, type CaseSeen } from '../cases/subject.ts';
import { statement, type Statement } from '../database/statement.ts';
import { reclocked } from '../clocks/reclock.ts';
import { badInput, forbidden, notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, type Moment } from '../trail/act.ts';
import type { JudgeDuplicateInput, UndoDuplicateInput } from './duplicate.inputs.ts';
import type { Verdict } from './matcher.ts';

/**
 * Says how two cases stand to each other. Of a DUPLICATE what was referred later goes to the earlier case, with all that is asked
 * of its agency, and its own case is MERGED. Throws NotFound where the actor does not see both, Forbidden where the actor may
 * not judge the first, or to merge them either one, BadInput for a case and itself, Conflict where it has changed, was judged so
 * already, or the two cannot be one: another lead, a stage that is past it, or not open and closed to the same people.
 */
export const judgeDuplicate = act('duplicate:judge', async (moment, { caseId, otherId, verdict, reason, expectedVersion }: JudgeDuplicateInput) => {
  const { subject, other } = await bothHeld(moment, caseId, otherId);
  mayJudge(moment, subject);
  if (verdict === 'DUPLICATE') mayJudge(moment, other);
  inTime(subject, 'judge', expectedVersion);
  inTime(other, 'judge');
  await moment.run(judged(subject, other, verdict, sentence('reason', reason)));
  return { payload: shown(subject, other), after: reclocked([subject.id, other.id]) };
});

/**
 * Takes a merger back: what was referred goes to its own case again, with all that has been asked and answered since, and the
 * case to the stage that it had. Throws as `judgeDuplicate` does, Conflict where the two are not merged, or are led by different
 * offices by now.
 */
export const undoDuplicate = act('duplicate:judge', async (moment, { caseId, otherId, expectedVersion }: UndoDuplicateInput) => {
  const { subject, other } = await bothHeld(moment, caseId, otherId);
  mayJudge(moment, subject);
  mayJudge(moment, other);
  if (subject.version !== expectedVersion) throw changed(subject);
  await moment.run(statement('select comity.undo_duplicate($1::uuid, $2::uuid)', [subject.id, other.id]));
  return { payload: shown(subject, other), after: reclocked([subject.id, other.id]) };
});

/** Both cases, held in the order of their ids, so that nobody who holds two waits for another who does. */
async function bothHeld(moment: Moment, caseId: string, otherId: string): Promise<{ subject: CaseSeen; other: CaseSeen }> {
  const [id, further] = [idOrNull(caseId)?.toLowerCase(), idOrNull(otherId)?.toLowerCase()];
  if (id === undefined || further === undefined) throw notFound();
  const [first, second] = id < further ? [id, further] : [further, id];
  const one = await caseHeld(moment, first);
  if (first === second) throw badInput('otherId', 'A case is no duplicate of itself.', 'Give the id of another case.');
  const two = await caseHeld(moment, second);
  return id === first ? { subject: one, other: two } : { subject: two, other: one };
}

/** The lead's people within their reach; while nobody leads, a person of a venue candidate whose role reaches the office. */
function mayJudge(moment: Moment, subject: CaseSeen): void {
  officeOf(moment);
  if (moment.actor.kind !== 'PERSON') throw forbidden('A person judges whether two cases are one.');
  if (subject.leadId !== null) within(moment, subject, 'duplicate:judge');
  else if (!subject.hasVenue) throw forbidden('Your office is not a venue candidate of this case.');
  else if (reachOf(moment.actor, 'duplicate:judge') === 'OWN') throw forbidden('Until an office leads this case, intake or a supervisor does this.');
}

const judged = (subject: CaseSeen, other: CaseSeen, verdict: Verdict, reason: string): Statement =>
  statement('select comity.judge_duplicate($1::uuid, $2::uuid, $3, $4)', [subject.id, other.id, verdict, reason]);

const shown = (subject: CaseSeen, other: CaseSeen) => ({ case: caseShown(subject.id), other: caseShown(other.id) });
