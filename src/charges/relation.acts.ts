import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within } from '../cases/subject.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, type Moment } from '../trail/act.ts';
import { chargeShown } from './charge.acts.ts';
import { chargeSeen, type ChargeSeen } from './charge.store.ts';
import { leadsTo, related, relationsOf, unrelated } from './relation.store.ts';
import type { ChargeRelationKind } from './relation.table.ts';
import type { RelateChargeInput, UnrelateChargeInput } from './relation.type.ts';

/**
 * Says that a charge is a lesser included one of another of the same person, or its alternative. Throws NotFound where the
 * actor does not see either, Forbidden where they are not the actor's to charge, Conflict at the wrong stage, for a charge that
 * is withdrawn or has such a relation already, or where a circle would close; BadInput for one charge or two persons.
 */
export const relateCharge = act('charge:propose', async (moment, input: RelateChargeInput) => {
  const { subject, charge, other, relation, field } = await bothCharges(moment, input);
  if (charge.id === other.id) throw badInput(field, 'A charge stands in no relation to itself.', 'Name another charge.');
  if (charge.personId !== other.personId) throw badInput(field, 'These are charges against two persons.', 'Name a charge against the same person.');
  const withdrawn = [charge, other].find(({ state }) => state === 'WITHDRAWN');
  if (withdrawn !== undefined) throw conflict('One of these charges is withdrawn.', { chargeId: withdrawn.id, state: withdrawn.state, remedy: 'Propose it anew, then relate that one.' });
  const standing = await relationsOf(moment, subject, charge.personId);
  const known = standing.find((each) => each.chargeId === charge.id && (each.relation === relation || each.otherId === other.id));
  if (known !== undefined) throw conflict('This charge stands in such a relation already.', { relation: known.relation, chargeId: known.otherId, remedy: 'Take that one back with unrelateCharge first.' });
  if (leadsTo(standing, other.id, charge.id)) throw conflict('These charges would stand in a circle.', { chargeId: other.id, remedy: 'The other one leads to this one already; take that back with unrelateCharge first.' });
  const reason = sentence('reason', input.reason);
  const needs = charge.needs | other.needs;
  return {
    payload: { charge: chargeShown(subject.id, charge.id), case: caseShown(subject.id) },
    end: [
      related({ caseId: subject.id, id: newId(), needs, chargeId: charge.id, otherId: other.id, relation, reason }),
      record({ caseId: subject.id, act: 'CHARGE_RELATED', needs, body: { chargeId: charge.id, relation, otherId: other.id } }),
    ],
  };
});

/** Takes such a relation back; it stays in view as ended. Throws as `relateCharge` does, Conflict where there is none that stands. */
export const unrelateCharge = act('charge:propose', async (moment, input: UnrelateChargeInput) => {
  const { subject, charge, other, relation } = await bothCharges(moment, input);
  const standing = await relationsOf(moment, subject, charge.personId);
  const known = standing.find((each) => each.chargeId === charge.id && each.otherId === other.id && each.relation === relation);
  if (known === undefined) throw conflict('These charges stand in no such relation.', { chargeId: charge.id, remedy: 'Read the charges again.' });
  const reason = sentence('reason', input.reason);
  return {
    payload: { charge: chargeShown(subject.id, charge.id), case: caseShown(subject.id) },
    end: [
      unrelated(subject.id, known.id, reason),
      record({ caseId: subject.id, act: 'CHARGE_UNRELATED', needs: charge.needs | other.needs, body: { chargeId: charge.id, relation, otherId: other.id } }),
    ],
  };
});

/** Two charges of a case of the actor's to charge, and the relation that is meant. */
async function bothCharges(moment: Moment, input: RelateChargeInput) {
  const subject = await caseHeld(moment, input.caseId);
  const charge = await chargeSeen(moment, subject, input.chargeId);
  const [field, relation, otherId] = relationMeant(input);
  const other: ChargeSeen = otherId === null ? charge : await chargeSeen(moment, subject, otherId, field);
  within(moment, subject, 'charge:propose');
  inTime(subject, 'charge');
  if (charge.state === 'FILED') throw conflict('This charge is filed: it stands to others as it was filed.', { chargeId: charge.id, state: charge.state });
  if (otherId === null) throw badInput(field, 'A charge is related in one way at a time.', 'Give exactly one of lesserOf and alternativeTo.');
  return { subject, charge, other, relation, field };
}

function relationMeant({ lesserOf, alternativeTo }: RelateChargeInput): readonly [field: string, relation: ChargeRelationKind, otherId: string | null] {
  if (lesserOf != null && alternativeTo == null) return ['lesserOf', 'LESSER_OF', lesserOf];
  if (lesserOf == null && alternativeTo != null) return ['alternativeTo', 'ALTERNATIVE_TO', alternativeTo];
  return ['lesserOf', 'LESSER_OF', null];
}
