import { and, sql, type SQL } from 'drizzle-orm';
import { acrossCases, filtered, openToRole } from '../cases/across.ts';
import { named, page, type Arguments, type Target } from '../database/shape.ts';
import { proofElements } from './element.view.ts';

type Element = typeof proofElements;

/** True where the reader's office, or the reader alone, holds nothing of it yet: what other offices hold is not seen. */
const isUnassessed = (e: Element, byMe: boolean): SQL => sql`(select 1 from comity.element_assessments a
  where a.case_id = ${e.caseId} and a.charge_id = ${e.chargeId} and a.wording = ${e.text} ${byMe ? sql`and a.reviewer_id = comity.member()` : sql``} limit 1) is null`;

/** True where something is still to be proven: the case is not over, nor is the charge decided otherwise or disposed of. */
const isLive = (e: Element): SQL => sql`((select c.stage from comity.cases c where c.id = ${e.caseId}) not in ('CLOSED', 'MERGED', 'DECLINED', 'REFERRED_OUT')
  and (select 1 from comity.decisions d where d.case_id = ${e.caseId} and d.charge_id = ${e.chargeId} and d.state = 'STANDING' and d.outcome in ('DECLINE', 'REFER_OUT', 'DIVERT')) is null
  and (select 1 from comity.dispositions d where d.case_id = ${e.caseId} and d.charge_id = ${e.chargeId} and d.kind not in ('VACATED', 'ENTERED_IN_ERROR')
    and not exists (select 1 from comity.dispositions later where later.case_id = d.case_id and later.supersedes = d.id)) is null)`;

/** An element's place as a key that falls while the place rises: charges stand newest first, their elements in order. */
const place = (e: Element): SQL => sql`to_char(99999 - ${e.position}, 'FM00000')`;

/** The elements of live charges of all cases that the reader sees that are not assessed, newest charge first. */
export const elementsUnassessed = (args: Arguments): Target => {
  const { given, id } = filtered(args);
  const [lead, assignee, statute] = [id('lead'), id('assignee'), id('statute')];
  return page('UnassessedElement', proofElements, {
    keys: (element) => [
      { column: sql`${element.proposedAt}`, kind: 'instant' }, { column: sql`${element.caseId}`, kind: 'uuid' }, { column: sql`${element.chargeId}`, kind: 'uuid' }, { column: place(element), kind: 'text' },
    ],
    descending: true,
    rows: ({ limit, after }) => {
      const e = named(proofElements, 'e');
      const charge = sql`${e.proposedAt}, ${e.caseId}, ${e.chargeId}`;
      // The first of the two is one that the index of charges can begin at.
      const behind = after && sql`(${charge}) <= (${after[0]}, ${after[1]}, ${after[2]}) and (${charge}, ${place(e)}) < (${after[0]}, ${after[1]}, ${after[2]}, ${after[3]})`;
      const where = and(isUnassessed(e, given['byMe'] === true), isLive(e), statute && sql`${e.statuteId} = ${statute}`, behind);
      return acrossCases({
        table: proofElements, name: 'e', where, keys: sql`e.proposed_at, e.case_id, e.charge_id, e.position`, order: sql`e.proposed_at desc, e.case_id desc, e.charge_id desc, e.position`, limit,
        ofRole: openToRole('CHARGES'), lead, assignee,
      });
    },
  });
};
