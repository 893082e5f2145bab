import type { CaseSeen } from '../cases/subject.ts';
import { statement } from '../database/statement.ts';
import { conflict } from '../kernel/errors.ts';
import type { Moment } from '../trail/act.ts';
import type { ChargeSeen } from './charge.store.ts';

// What waits is told first.
const DECIDED = `select d.id, d.state, d.outcome from comity.decisions d where d.case_id = $1::uuid and d.charge_id = $2::uuid and (d.state = 'PROPOSED' or d.state = 'STANDING' and d.outcome <> 'HOLD')
  order by d.state limit 1`;

/**
 * Two people answer for what is decided on a charge as it is: one person neither takes it away beneath their decision nor makes
 * another charge of it. Throws Conflict where a decision waits for an approval, or one that does not hold the charge stands.
 */
export async function refuseDecided(moment: Moment, { id: caseId }: CaseSeen, { id: chargeId }: ChargeSeen): Promise<void> {
  const [row] = (await moment.run(statement(DECIDED, [caseId, chargeId]))).rows;
  if (row === undefined) return;
  const [decisionId, state, outcome] = [row['id'], row['state'], row['outcome']];
  throw state === 'PROPOSED'
    ? conflict('A decision on this charge waits for an approval.', { chargeId, decisionId, remedy: 'Have it approved, rejected or withdrawn first.' })
    : conflict('A decision stands on this charge as it is.', { chargeId, decisionId, outcome, remedy: 'Supersede it with HOLD first, by decideCharge and the approval of another person.' });
}
