import { sql } from 'drizzle-orm';
import { COMPARTMENT_BITS, FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import type { Stage } from '../cases/lifecycle.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { charges } from '../charges/charge.table.ts';
import { stageSettled } from '../charges/rollup.ts';
import { reclocked } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { staged } from '../referrals/return.store.ts';
import { act, record, resight, type Moment } from '../trail/act.ts';
import { dayCome, notBefore } from './days.ts';
import type { RecordDispositionInput } from './disposition.inputs.ts';
import { DISPOSITION_MOVES, dispositionBarred, isConviction, isReasoned, isReopening, type DispositionKind } from './disposition.rules.ts';
import { chargeToDispose, disposed, unfinished, type ChargeToDispose, type NewDisposition } from './disposition.store.ts';
import { moved } from './machine.ts';
import { JUDGMENT_BARRED, REMOVAL_CITATIONS } from './removal.rules.ts';

/**
 * Puts on record how a court disposed of a charge, corrects that, or sets it aside; once none that is filed waits and no other is open, the case
 * is closed, and where one waits again it is in court again. Throws NotFound where the actor does not see the case or the charge, Forbidden where it
 * is another's, Conflict where the case has changed, the charge is not filed, another entry holds, or on that day a removal barred the judgment
 * (28 U.S.C. 1455(b)(3)) or took the case from that court; BadInput for days that contradict each other.
 */
export const recordDisposition = act('court:record', async (moment, input: RecordDispositionInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const charge = await chargeToDispose(moment, subject, input.chargeId, dayText(input.disposedOn));
  within(moment, subject, 'court:record');
  inTime(subject, 'dispose', input.expectedVersion);
  if (charge.state !== 'FILED') throw conflict('A court disposes of a charge that is filed.', { chargeId: charge.id, state: charge.state, remedy: 'File it first, with fileCharges.' });
  if ((input.supersedes?.toLowerCase() ?? null) !== charge.holds) throw notThatWhichHolds(charge);
  moved<DispositionKind, DispositionKind, 'OPEN'>(DISPOSITION_MOVES, input.kind, charge.kind ?? 'OPEN', { rule: 'DISPOSITION', citation: null });
  const disposition = judged(input, charge);
  refuseBarred(disposition, charge);
  await moment.run(disposed(subject, charge, disposition));
  const stage = await stageDisposed(moment, subject, charge);
  return {
    payload: {
      case: caseShown(subject.id),
      charge: new Shown(({ given }) => one('Charge', charges, (each) => sql`${each.caseId} = ${given(0)}::uuid and ${each.id} = ${given(1)}::uuid`), [subject.id, charge.id]),
    },
    end: [
      record({
        caseId: subject.id, act: 'DISPOSITION_RECORDED', needs: charge.needs | FACETS.PROCEEDINGS,
        body: { chargeId: charge.id, dispositionId: disposition.id, kind: disposition.kind, forum: disposition.forum, supersedes: charge.holds },
      }),
      ...(stage === subject.stage ? [] : [staged(subject, stage), record({ caseId: subject.id, act: stage === 'CLOSED' ? 'CLOSED' : 'REOPENED', body: {}, expected: subject.version })]),
      // A rule book may depend on the stage of a case.
      resight(subject.id),
    ],
    after: reclocked([subject.id]),
  };
});

/** A charge that the whole office sees moves the case as all of those do; what is in a compartment closes it once all that the actor sees is over. */
async function stageDisposed(moment: Moment, subject: CaseSeen, charge: ChargeToDispose): Promise<Stage> {
  if ((charge.needs & COMPARTMENT_BITS) === 0) return stageSettled(moment, subject);
  return subject.stage === 'CLOSED' || (await unfinished(moment, subject)) > 0 ? subject.stage : 'CLOSED';
}

function judged(input: RecordDispositionInput, { filedOn, arraignedOn, disposedOn: before }: ChargeToDispose): NewDisposition {
  const { kind } = input;
  const disposedOn = dayCome('disposedOn', input.disposedOn);
  notBefore('disposedOn', disposedOn, ['the filing', filedOn], ['the arraignment', isReasoned(kind) ? null : arraignedOn], ['what it sets aside', isReopening(kind) ? before : null]);
  if (input.sentence != null && !isConviction(kind)) throw badInput('sentence', `There is no sentence with ${kind}.`, 'Leave it away.');
  if ((input.reason != null) !== isReasoned(kind)) throw badInput('reason', 'A reason stands beside DISMISSED, VACATED and ENTERED_IN_ERROR, and beside nothing else.', 'Say in reason why that is so; else leave it away.');
  return {
    id: newId(), kind, disposedOn, forum: input.forum ?? 'STATE', court: sentence('court', input.court, 200),
    sentence: input.sentence == null ? null : sentence('sentence', input.sentence), reason: input.reason == null ? null : sentence('reason', input.reason),
  };
}

function refuseBarred({ kind, forum }: NewDisposition, { id, standing }: ChargeToDispose): void {
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

const notThatWhichHolds = ({ id, holds, kind }: ChargeToDispose) =>
  holds === null
    ? conflict('No disposition of this charge is on record.', { chargeId: id, holds, remedy: 'Leave supersedes away.' })
    : conflict('A disposition of this charge is on record.', { chargeId: id, holds, kind, remedy: 'To correct it, or to record what came after it, give its id as supersedes.' });
