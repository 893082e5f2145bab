import { caseHeld, inTime, within } from '../cases/subject.ts';
import { conflict } from '../kernel/errors.ts';
import { act } from '../trail/act.ts';
import { alreadyCharged, done } from './charge.acts.ts';
import { chargeSeen, repinned, textsOf, twinsOf } from './charge.store.ts';
import type { RepinChargeInput } from './charge.type.ts';
import { refuseDecided } from './decided.guard.ts';
import { levelsOf } from './level.rules.ts';
import { LAW_OF_THE_DAY, textPinned } from './pinning.rules.ts';
import { warningsOf } from './warnings.ts';

/**
 * Pins a proposed charge to the text of its statute that is, as the law is on file now, in force on its days; what is linked and assessed follows by the wording
 * of the elements, and a level that the text does not know is named no more. Throws NotFound where the actor does not see it, Forbidden where it is not the actor's to charge,
 * Conflict at the wrong stage, where the charge is withdrawn or filed, a decision on it waits or stands that does not hold it, it is pinned to that text, or it changed meanwhile;
 * BadInput, with the rule and its citation, where no text on file is in force on all of its days.
 */
export const repinCharge = act('charge:propose', async (moment, { caseId, chargeId }: RepinChargeInput) => {
  const subject = await caseHeld(moment, caseId);
  const charge = await chargeSeen(moment, subject, chargeId);
  within(moment, subject, 'charge:propose');
  inTime(subject, 'charge');
  const { id, state, versionId } = charge;
  if (state !== 'PROPOSED') throw conflict('A charge is pinned to a text while it is proposed.', { chargeId: id, state, remedy: state === 'FILED' ? 'What is filed is amended in court, and charged anew here.' : 'Propose it anew.' });
  await refuseDecided(moment, subject, charge);
  const text = textPinned(await textsOf(moment, charge.statuteId), charge, 'chargeId');
  if (text.versionId === versionId) throw conflict('This charge is pinned to the text of its days already.', { chargeId: id, ...LAW_OF_THE_DAY, statute: text.citation, remedy: 'Nothing is left to do; or have counsel load the text that is missing, with comity law load.' });
  const level = levelsOf(text).find((each) => each === charge.level) ?? null;
  const twin = level === charge.level ? undefined : (await twinsOf(moment, { ...charge, caseId: subject.id, level })).find((each) => each !== id);
  if (twin !== undefined) throw alreadyCharged(twin);
  if ((await moment.run(repinned(subject.id, charge, { versionId: text.versionId, level, warnings: warningsOf(text) }))).rows.length !== 1) {
    throw conflict('This charge changed meanwhile.', { chargeId: id, remedy: 'Read it again.' });
  }
  return done(moment, subject, charge, { act: 'CHARGE_REPINNED', body: { chargeId: id, statuteVersionId: text.versionId, before: versionId, ...(charge.level !== level && { level, levelBefore: charge.level }) } });
});
