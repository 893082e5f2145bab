import { and, sql, type SQL } from 'drizzle-orm';
import { acrossCases, filtered, OWN_OFFICE } from '../cases/across.ts';
import { words } from '../database/checks.ts';
import { named, page, type Arguments, type Target } from '../database/shape.ts';
import { arrayText } from '../database/statement.ts';
import { OPEN_CONTEST_STATES } from '../joint/contest.rules.ts';
import { REVIEWS } from '../units/glass.store.ts';
import { OPENED_BY, REACHES_BY_KIND, WAITING_KINDS } from './waiting.rules.ts';
import { waiting } from './waiting.view.ts';

type Waiting = typeof waiting;

/** Whom it waits for, as the reader's office sees it. */
export const waitsFor = (w: Waiting): SQL => sql`case ${w.awaits}
  when 'OFFICE' then case when ${w.officeId} = ${OWN_OFFICE} then 'OWN_OFFICE' else 'OTHER_OFFICE' end else ${w.awaits} end`;

/** True of the kinds that the reader's role opens. */
const OF_ROLE = sql.raw(`w.kind = any ((select array_remove(array[${WAITING_KINDS.map((kind) => `case when r.facets & ${OPENED_BY[kind]} = ${OPENED_BY[kind]} then '${kind}' end`).join(', ')}], null) from (select comity.role_facets() as facets) r)::text[])`);

/** A use of break-glass is shown to whom the list of uses shows it. */
const isShown = (w: Waiting): SQL => sql`(${w.kind} <> 'BREAK_GLASS' or ${w.authorId} = comity.member() or ${sql.raw(REVIEWS)})`;

const REACHES = sql.raw(`'${JSON.stringify(REACHES_BY_KIND)}'::json`);

/** What opens each kind, by its name. */
const OPENED = sql.raw(`'${JSON.stringify(OPENED_BY)}'::json`);

/** The cases that the reader's office contests, known to it by their venue alone; and those in which a use of its break-glass stands to be reviewed, be they still its own or not. */
const BESIDE = sql`select v.case_id from comity.venue_contests v where v.contestant_id = ${OWN_OFFICE} and v.state in ${words(OPEN_CONTEST_STATES)}
  union all select g.case_id from comity.glass_uses g where g.office_id = ${OWN_OFFICE} and g.reviewed_at is null`;

/** True of a use of break-glass that the member knows of though its case has left the office. */
const isLeftTo = (w: Waiting, member: SQL): SQL => sql`${w.kind} = 'BREAK_GLASS' and (select comity.left_behind_to(g, ${member}) from comity.glass_uses g where g.case_id = ${w.caseId} and g.id = ${w.id})`;

/** What the row that waits requires of its reader, beside what each of its kind does: what is in a compartment waits for nobody outside. */
const needsOf = (w: Waiting): SQL => sql`case ${w.kind}
    when 'DECISION' then (select d.needs | h.needs from comity.decisions d join comity.charges h on h.case_id = d.case_id and h.id = d.charge_id where d.case_id = ${w.caseId} and d.id = ${w.id})
    when 'IMMUNITY_ANALYSIS' then (select i.needs | p.needs from comity.immunity_analyses i join comity.persons p on p.case_id = i.case_id and p.id = i.person_id where i.case_id = ${w.caseId} and i.id = ${w.id})
    when 'DEMAND' then (select d.needs from comity.external_demands d where d.case_id = ${w.caseId} and d.id = ${w.id})
    when 'RETURN_ITEM' then (select i.needs from comity.return_items i where i.case_id = ${w.caseId} and i.id = ${w.id})
    when 'RETURN_DISPUTE' then (select i.needs from comity.return_items i where i.case_id = ${w.caseId} and i.id = ${w.id}) end`;

/** True of what a member's seat may answer, by office or by place on the team, the member did not write, and no wall, seal or unit keeps from the member. */
const isAnsweredBy = (w: Waiting, member: SQL): SQL => sql`exists (select 1 from comity.members m
  where m.id = ${member} and m.active and m.office_id = ${w.officeId} and m.id is distinct from ${w.authorId}
    and case ${REACHES} -> ${w.kind} ->> m.role when 'OFFICE' then true
      when 'OWN' then (select true from comity.assignments a where a.case_id = ${w.caseId} and a.member_id = m.id and a.until is null) end
    and (comity.shown_to(${w.caseId}, m.id, (${OPENED} ->> ${w.kind})::integer | coalesce(${needsOf(w)}, 0)) or ${isLeftTo(w, sql.raw('m.id'))}))`;

/** What waits in all cases that the reader sees, longest waiting first. */
export const waitingSeen = (args: Arguments): Target => {
  const { bound, id } = filtered(args);
  const list = (value: unknown) => arrayText(value as string[]);
  const [kinds, whom, member, lead] = [bound('kinds', 'text[]', list), bound('for', 'text[]', list), id('member'), id('lead')];
  return page('Waiting', waiting, {
    keys: (w) => [{ column: sql`${w.since}`, kind: 'instant' }, { column: sql`${w.caseId}`, kind: 'uuid' }, { column: sql`${w.id}`, kind: 'uuid' }],
    rows: ({ limit, after }) => {
      const w = named(waiting, 'w');
      const behind = after && sql`(${w.since}, ${w.caseId}, ${w.id}) > (${after[0]}, ${after[1]}, ${after[2]})`;
      const where = and(isShown(w), kinds && sql`${w.kind} = any (${kinds})`, whom && sql`${waitsFor(w)} = any (${whom})`, member && isAnsweredBy(w, member), behind);
      return acrossCases({ table: waiting, name: 'w', where, keys: sql`w.since, w.case_id, w.id`, order: sql`w.since, w.case_id, w.id`, limit, ofRole: OF_ROLE, lead, assignee: undefined, beside: BESIDE });
    },
  });
};
