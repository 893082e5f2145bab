import { FACETS } from '../access/facets.ts';
import type { CaseSeen } from '../cases/subject.ts';
import { movesCase, stageSettled } from '../charges/rollup.ts';
import type { Statement } from '../database/statement.ts';
import { conflict } from '../kernel/errors.ts';
import { staged } from '../referrals/return.store.ts';
import { record, type Moment } from '../trail/act.ts';
import { dispositionBarred, isConviction } from './disposition.rules.ts';
import type { ChargeToDispose, NewDisposition } from './disposition.store.ts';
import { IMMUNITY_LAW } from './immunity-proceeding.rules.ts';
import { JUDGMENT_BARRED, REMOVAL_CITATIONS } from './removal.rules.ts';

/** Throws Conflict, with the rule, where on that day a removal barred the judgment or took the case from that court, or the person is immune. */
export function refuseBarred({ kind, forum }: NewDisposition, { id, standing, isImmune }: ChargeToDispose): void {
  if (isImmune && isConviction(kind)) throw conflict('A court held that the accused is immune from this charge.', { ...IMMUNITY_LAW, chargeId: id, remedy: 'Record the reversal first, with recordImmunityProceeding.' });
  switch (dispositionBarred(kind, forum, standing)) {
    case 'BARRED':
      throw conflict('From the notice of removal to a remand the state court enters no judgment of conviction.', { ...JUDGMENT_BARRED, chargeId: id, remedy: 'Record the remand first, with recordRemoval; or correct the day.' });
    case 'NOT_THERE':
      throw conflict('On that day the case was before the federal court: the state court had stopped.', { rule: 'REMOVAL', citation: REMOVAL_CITATIONS.REMOVE, chargeId: id, remedy: 'Record what the federal court entered, with forum FEDERAL; or the remand, with recordRemoval.' });
    case 'NOT_REMOVED':
      throw conflict('On that day no federal court had this case.', { rule: 'REMOVAL', citation: REMOVAL_CITATIONS.REMOVE, chargeId: id, remedy: 'Record the removal first, with recordRemoval; or correct the day or the forum.' });
    case null:
  }
}

/** The trail's entry of a disposition. */
export const dispositionRecorded = (subject: CaseSeen, charge: ChargeToDispose, { id, kind, forum }: NewDisposition) =>
  record({ caseId: subject.id, act: 'DISPOSITION_RECORDED', needs: charge.needs | FACETS.PROCEEDINGS, body: { chargeId: charge.id, dispositionId: id, kind, forum, supersedes: charge.holds } });

/**
 * The statements that bring a case to the stage that what was disposed of leads it to; none where it stands there. What is in a
 * compartment moves no case: its stage is told to those who are not to know of it.
 */
export async function stageFollowing(moment: Moment, subject: CaseSeen, disposedOf: readonly ChargeToDispose[]): Promise<readonly Statement[]> {
  const stage = disposedOf.some(movesCase) ? await stageSettled(moment, subject) : subject.stage;
  return stage === subject.stage ? [] : [staged(subject, stage), record({ caseId: subject.id, act: stage === 'CLOSED' ? 'CLOSED' : 'REOPENED', body: {}, expected: subject.version })];
}
