import type { CaseSeen } from '../cases/subject.ts';
import { statement } from '../database/statement.ts';
import { conflict } from '../kernel/errors.ts';
import type { Moment } from '../trail/act.ts';
import type { DecisionSeen } from './decision.store.ts';

/** The rules of the state that ask for notice before a declination, and the victims whom this decision lacks it for. A rule that is not confirmed, or names no moment, blocks nothing. */
const LACKING = `select r.citation, r.body ->> 'text' as text, array_to_string(array(
    select p.id from comity.persons p where p.case_id = d.case_id and p.part = 'VICTIM' and not exists (
      select 1 from comity.victim_notices n where n.case_id = d.case_id and n.person_id = p.id and n.kind = 'DECLINED' and n.withdrawn_at is null
        and (n.decision_id = d.id or n.decision_id is null and n.recorded_at >= d.proposed_at))
      and coalesce((select n.kind from comity.victim_notices n where n.case_id = p.case_id and n.person_id = p.id and n.kind in ('OPT_OUT', 'OPT_IN') and n.withdrawn_at is null
        order by n.recorded_at desc, n.id desc limit 1), 'OPT_IN') <> 'OPT_OUT'
     order by p.position), ' ') as victims
  from comity.decisions d, comity.state_rules r
 where d.case_id = $1::uuid and d.id = $2::uuid and r.kind = 'VICTIM_NOTICE' and r.state = $3 and r.body ->> 'kind' = 'DECLINED' and r.body ->> 'before' is not null and r.confidence = 'HIGH'
 order by r.position limit 1`;

/**
 * Where the law of the state has victims told before a decision not to proceed is final, it is not approved before they are,
 * or before it is on record why one could not be reached or that one wants no notices. Throws Conflict with the rule, its citation and the victims.
 */
export async function refuseUnnotified(moment: Moment, { id: caseId, state }: CaseSeen, { id }: DecisionSeen): Promise<void> {
  const [rule] = (await moment.run(statement(LACKING, [caseId, id, state]))).rows;
  if (rule === undefined || rule['victims'] === '') return;
  throw conflict(`Victims are told before a decision not to proceed is final (${String(rule['citation'])}).`, {
    rule: 'VICTIM_NOTICE', citation: rule['citation'], text: rule['text'], decisionId: id, victims: String(rule['victims']).split(' '),
    remedy: 'Record for each of them that notice was sent, or why they could not be reached, with recordVictimNotice, kind DECLINED; or, with OPT_OUT, that they want no notices.',
  });
}
