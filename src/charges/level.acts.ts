import { caseHeld, inTime, within } from '../cases/subject.ts';
import { statement } from '../database/statement.ts';
import { conflict, only } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act } from '../trail/act.ts';
import { alreadyCharged, done } from './charge.acts.ts';
import { chargeSeen, textsOf, twinsOf } from './charge.store.ts';
import { refuseDecided } from './decided.guard.ts';
import { levelNamed } from './level.rules.ts';
import type { NameChargeLevelInput } from './level.type.ts';

const NAMED = `insert into comity.charge_levels (case_id, id, needs, charge_id, level, reason, named_by, named_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5, $6, comity.member(), clock_timestamp())`;

/**
 * Names the level of a proposed charge under a graded statute; what was named before stays in view. Throws NotFound where the
 * actor does not see it, Forbidden where it is not the actor's to charge, Conflict at the wrong stage, where the charge is
 * withdrawn or filed, a decision on it waits or stands that does not hold it, it names this level, or would be the same as another that is open; BadInput for a level that the statute has not.
 */
export const nameChargeLevel = act('charge:propose', async (moment, input: NameChargeLevelInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const charge = await chargeSeen(moment, subject, input.chargeId);
  within(moment, subject, 'charge:propose');
  inTime(subject, 'charge');
  const { id: chargeId, state } = charge;
  if (state !== 'PROPOSED') throw conflict('The level of a charge is named while it is proposed.', { chargeId, state, remedy: 'Propose it anew, with its level.' });
  await refuseDecided(moment, subject, charge);
  const texts = await textsOf(moment, charge.statuteId);
  const level = levelNamed(only(texts.filter(({ versionId }) => versionId === charge.versionId)), input.level);
  if (charge.level === level) throw conflict('This charge names this level already.', { chargeId, level });
  const twin = (await twinsOf(moment, { ...charge, caseId: subject.id, level })).find((each) => each !== chargeId);
  if (twin !== undefined) throw alreadyCharged(twin);
  const reason = sentence('reason', input.reason);
  await moment.run(statement(NAMED, [subject.id, newId(), charge.needs, chargeId, level, reason]));
  return done(moment, subject, charge, { act: 'CHARGE_LEVEL_NAMED', body: { chargeId, level, before: charge.level } });
});
