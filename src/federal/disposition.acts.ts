import { sql } from 'drizzle-orm';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within } from '../cases/subject.ts';
import { charges } from '../charges/charge.table.ts';
import { reclocked } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act, resight } from '../trail/act.ts';
import { dayCome, notBefore } from './days.ts';
import { dispositionRecorded, refuseBarred, stageFollowing } from './disposition.guards.ts';
import type { RecordDispositionInput } from './disposition.inputs.ts';
import { DISPOSITION_MOVES, isConviction, isReasoned, isReopening, type DispositionKind } from './disposition.rules.ts';
import { chargeToDispose, disposed, type ChargeToDispose, type NewDisposition } from './disposition.store.ts';
import { moved } from './machine.ts';

/**
 * Puts on record how a court disposed of a charge, corrects that, or sets it aside; once none that is filed waits and no other is open, the case
 * is closed, and where one waits again it is in court again. Throws NotFound where the actor does not see the case or the charge, Forbidden where it
 * is another's, Conflict where the case has changed, the charge is not filed, another entry holds, or on that day a removal barred the judgment
 * (28 U.S.C. 1455(b)(3)) or took the case from that court, or a conviction is of who was held to be immune; BadInput for days that contradict each other.
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
  const moves = await stageFollowing(moment, subject, [charge]);
  return {
    payload: {
      case: caseShown(subject.id),
      charge: new Shown(({ given }) => one('Charge', charges, (each) => sql`${each.caseId} = ${given(0)}::uuid and ${each.id} = ${given(1)}::uuid`), [subject.id, charge.id]),
    },
    end: [
      dispositionRecorded(subject, charge, disposition),
      ...moves,
      // A rule book may depend on the stage of a case.
      resight(subject.id),
    ],
    after: reclocked([subject.id]),
  };
});

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

const notThatWhichHolds = ({ id, holds, kind }: ChargeToDispose) =>
  holds === null
    ? conflict('No disposition of this charge is on record.', { chargeId: id, holds, remedy: 'Leave supersedes away.' })
    : conflict('A disposition of this charge is on record.', { chargeId: id, holds, kind, remedy: 'To correct it, or to record what came after it, give its id as supersedes.' });
