import { sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within } from '../cases/subject.ts';
import { charges } from '../charges/charge.table.ts';
import { reclocked } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { staged } from '../referrals/return.store.ts';
import { act, record, resight } from '../trail/act.ts';
import { dayCome, notBefore } from './days.ts';
import type { RecordDispositionInput } from './disposition.inputs.ts';
import { DISPOSITION_MOVES, dispositionBarred, isConviction, type DispositionKind } from './disposition.rules.ts';
import { chargeToDispose, disposed, undisposed, type ChargeToDispose, type NewDisposition } from './disposition.store.ts';
import { moved } from './machine.ts';
import { JUDGMENT_BARRED, REMOVAL_CITATIONS } from './removal.rules.ts';

/**
 * Puts on record how a court disposed of a charge, or corrects that; once none that is filed waits, the case is closed. Throws NotFound
 * where the actor does not see the case or the charge, Forbidden where it is another's, Conflict where the case has changed, the charge is
 * not filed, another entry holds, or a removal bars the judgment (28 U.S.C. 1455(b)(3)); BadInput for days that contradict each other.
 */
export const recordDisposition = act('court:record', async (moment, input: RecordDispositionInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const charge = await chargeToDispose(moment, subject, input.chargeId);
  within(moment, subject, 'court:record');
  inTime(subject, 'dispose', input.expectedVersion);
  if (charge.state !== 'FILED') throw conflict('A court disposes of a charge that is filed.', { chargeId: charge.id, state: charge.state, remedy: 'File it first, with fileCharges.' });
  if ((input.supersedes?.toLowerCase() ?? null) !== charge.holds) throw notThatWhichHolds(charge);
  moved<DispositionKind, DispositionKind, 'OPEN'>(DISPOSITION_MOVES, input.kind, charge.kind ?? 'OPEN', { rule: 'DISPOSITION', citation: null });
  const disposition = judged(input, charge);
  refuseBarred(disposition, charge);
  await moment.run(disposed(subject, charge, disposition));
  const closes = subject.stage !== 'CLOSED' && (await undisposed(moment, subject)) === 0;
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
      ...(closes ? [staged(subject, 'CLOSED'), record({ caseId: subject.id, act: 'CLOSED', body: {}, expected: subject.version })] : []),
      // A rule book may depend on the stage of a case.
      resight(subject.id),
    ],
    after: reclocked([subject.id]),
  };
});

function judged(input: RecordDispositionInput, { filedOn, arraignedOn }: ChargeToDispose): NewDisposition {
  const { kind } = input;
  const disposedOn = dayCome('disposedOn', input.disposedOn);
  notBefore('disposedOn', disposedOn, ['the filing', filedOn], ['the arraignment', kind === 'DISMISSED' ? null : arraignedOn]);
  if (input.sentence != null && !isConviction(kind)) throw badInput('sentence', `There is no sentence with ${kind}.`, 'Leave it away.');
  if ((input.reason != null) !== (kind === 'DISMISSED')) throw badInput('reason', 'A reason stands beside DISMISSED, and beside nothing else.', 'Say in reason why the charge was dismissed; else leave it away.');
  return {
    id: newId(), kind, disposedOn, forum: input.forum ?? 'STATE', court: sentence('court', input.court, 200),
    sentence: input.sentence == null ? null : sentence('sentence', input.sentence), reason: input.reason == null ? null : sentence('reason', input.reason),
  };
}

function refuseBarred({ kind, forum }: NewDisposition, { id, standing }: ChargeToDispose): void {
  const barred = dispositionBarred(kind, forum, standing);
  if (barred === 'BARRED') {
    throw conflict('From the notice of removal to a remand the state court enters no judgment of conviction.', {
      ...JUDGMENT_BARRED, chargeId: id, remedy: standing === 'REMOVED' ? 'The case was removed: record what the federal court entered, with forum FEDERAL.' : 'Record the remand first, with recordRemoval.',
    });
  }
  if (barred === 'NOT_REMOVED') {
    throw conflict('No federal court has this case.', { rule: 'REMOVAL', citation: REMOVAL_CITATIONS.REMOVE, chargeId: id, remedy: 'Record the removal first, with recordRemoval; or forum STATE.' });
  }
}

const notThatWhichHolds = ({ id, holds, kind }: ChargeToDispose) =>
  holds === null
    ? conflict('No disposition of this charge is on record.', { chargeId: id, holds, remedy: 'Leave supersedes away.' })
    : conflict('A disposition of this charge is on record.', { chargeId: id, holds, kind, remedy: 'To correct it, give its id as supersedes.' });
