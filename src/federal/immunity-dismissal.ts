import type { CaseSeen } from '../cases/subject.ts';
import type { Day } from '../clocks/calendar.ts';
import type { Statement } from '../database/statement.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { resight, type Moment } from '../trail/act.ts';
import { notBefore } from './days.ts';
import { dispositionRecorded, refuseBarred, stageFollowing } from './disposition.guards.ts';
import { chargeToDispose, disposed, type ChargeToDispose, type NewDisposition } from './disposition.store.ts';
import { DISMISSED_BECAUSE, IMMUNITY_LAW, VACATED_BECAUSE } from './immunity-proceeding.rules.ts';
import { chargesSeen, chargesWaiting, type ImmunityKept } from './immunity-proceeding.store.ts';

/** What became of charges by a ruling on immunity: which it concerns, and what the act ends with. */
export interface Ruled {
  readonly chargeIds: readonly string[];
  readonly end: readonly Statement[];
}

/**
 * Dismisses the charges that a grant concerns: those named, else all that are filed against the person and wait for the court. Throws BadInput for one
 * that is not of them, or was filed after the day; Conflict where none waits, or a removal has the case before another court (28 U.S.C. 1455(b)).
 */
export async function dismissed(moment: Moment, subject: CaseSeen, to: ImmunityKept, named: readonly string[] | null, on: Day): Promise<Ruled> {
  const waiting = await chargesWaiting(moment, subject, to.personId);
  if (waiting.length === 0) throw conflict('No filed charge against this person waits for the court.', { ...IMMUNITY_LAW, personId: to.personId, remedy: 'What a court entered is set aside first: record VACATED, with recordDisposition.' });
  const chargeIds = named === null ? waiting : [...new Set(named.map((id) => id.toLowerCase()))];
  if (chargeIds.some((id) => !waiting.includes(id))) throw badInput('chargeIds', 'This is no filed charge against this person that waits for the court.', 'Take the ids of such charges, or leave them away: then it concerns all of them.');
  return { chargeIds, end: await entered(moment, subject, to, chargeIds, 'DISMISSED', on) };
}

/** Sets the dismissals aside that a grant led to, once that is reversed; what was entered otherwise since stays, and what the actor does not see is for those who do. */
export async function reinstated(moment: Moment, subject: CaseSeen, to: ImmunityKept, on: Day): Promise<Ruled> {
  const seen = await chargesSeen(moment, subject, to.chargeIds);
  return { chargeIds: to.chargeIds, end: await entered(moment, subject, to, seen, 'VACATED', on) };
}

async function entered(moment: Moment, subject: CaseSeen, to: ImmunityKept, chargeIds: readonly string[], kind: 'DISMISSED' | 'VACATED', on: Day): Promise<readonly Statement[]> {
  const [disposedOf, records]: [ChargeToDispose[], Statement[]] = [[], []];
  for (const id of chargeIds) {
    const charge = await chargeToDispose(moment, subject, id, on);
    if (kind === 'VACATED' && charge.kind !== 'DISMISSED') continue;
    notBefore('on', on, ['the filing', charge.filedOn], ['what it sets aside', kind === 'VACATED' ? charge.disposedOn : null]);
    const disposition: NewDisposition = { id: newId(), kind, disposedOn: on, forum: to.forum ?? 'STATE', court: to.court ?? '', sentence: null, reason: kind === 'DISMISSED' ? DISMISSED_BECAUSE : VACATED_BECAUSE };
    refuseBarred(disposition, charge);
    await moment.run(disposed(subject, charge, disposition));
    disposedOf.push(charge);
    records.push(dispositionRecorded(subject, charge, disposition));
  }
  // A rule book may depend on the stage of a case.
  return [...records, ...(await stageFollowing(moment, subject, disposedOf)), resight(subject.id)];
}
