import { FACETS } from '../access/facets.ts';
import { arrayText, statement } from '../database/statement.ts';
import { badInput } from '../kernel/errors.ts';
import { act, record, resight } from '../trail/act.ts';
import { caseShown } from './case.acts.ts';
import { caseHeld, inTime, within } from './subject.ts';
import type { TagCaseInput } from './tag.type.ts';

const ADDED = `insert into comity.case_tags (case_id, tag, needs, tagged_by, tagged_at)
  select $1::uuid, t.tag, ${FACETS.REPORT}, comity.member(), statement_timestamp() from unnest($2::text[]) t (tag) on conflict do nothing returning tag`;

const REMOVED = 'delete from comity.case_tags where case_id = $1::uuid and tag = any ($2::text[]) returning tag';

/**
 * Gives a case tags and takes others from it: what rule books may depend on. Throws NotFound where the actor does not see
 * the case, Forbidden where it is not the actor's to tag, Conflict where its stage does not allow it, BadInput where
 * nothing is said, or one tag is both given and taken.
 */
export const tagCase = act('case:tag', async (moment, input: TagCaseInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'case:tag');
  inTime(subject, 'tag');
  const [add, remove] = [input.add ?? [], input.remove ?? []].map((tags) => [...new Set(tags)]) as [string[], string[]];
  if (add.length + remove.length === 0) throw badInput('add', 'Nothing is to be changed.', 'Give add, remove or both.');
  const both = add.find((tag) => remove.includes(tag));
  if (both !== undefined) throw badInput('remove', `${both} is both given and taken.`, 'Give each tag once.');
  const [added, removed] = await moment.flush([statement(ADDED, [subject.id, arrayText(add)]), statement(REMOVED, [subject.id, arrayText(remove)])]);
  const [given, taken] = [added, removed].map((answer) => (answer?.rows ?? []).map(({ tag }) => String(tag)).sort().join(' '));
  if (!given && !taken) return { payload: { case: caseShown(subject.id) } };
  return {
    payload: { case: caseShown(subject.id) },
    end: [record({ caseId: subject.id, act: 'TAGGED', needs: FACETS.REPORT, body: { added: given ?? '', removed: taken ?? '' } }), resight(subject.id)],
  };
});
