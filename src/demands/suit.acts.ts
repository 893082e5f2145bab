import { badInput, conflict } from '../kernel/errors.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act } from '../trail/act.ts';
import { dayAfterService, notAhead } from './days.ts';
import { demandOf, onlyOfPreservation } from './demand.acts.ts';
import { ledTo } from './demand.rules.ts';
import { entered, itemsSeen } from './demand.store.ts';
import { told } from './demand.told.ts';
import type { DecideSuitInput, FileSuitInput, LiftPreservationInput } from './suit.inputs.ts';

/**
 * Puts on record that a court was asked to compel an answer. Throws as `reviseDemand` does, Conflict where on the day of the suit the day
 * that the demand names had not passed and nothing was answered, BadInput for a day that cannot be.
 */
export const fileSuit = act('demand:write', async (moment, input: FileSuitInput) => {
  const { subject, demand, to } = await demandOf(moment, input, 'sue');
  const filedOn = dayAfterService('filedOn', dayText(input.filedOn), demand);
  const isAnswered = demand.state !== 'SERVED' && demand.state !== 'ACKNOWLEDGED' && (demand.answeredOn === null || demand.answeredOn <= filedOn);
  if (!isAnswered && demand.respondBy !== null && demand.respondBy >= filedOn) {
    throw conflict(demand.respondBy < demand.today ? `The day that this demand names had not passed on ${filedOn}.` : 'The day that this demand names has not passed.', { state: demand.state, responseRequestedBy: demand.respondBy, remedy: 'Wait for it, or record what was answered with answerDemand; or correct filedOn.' });
  }
  if (demand.suitDecidedOn !== null && filedOn < demand.suitDecidedOn) throw badInput('filedOn', `A suit on this demand was decided on ${demand.suitDecidedOn}.`, 'Correct the day: a further suit comes after it.');
  const suit = { court: sentence('court', input.court, 200), docket: sentence('docketNumber', input.docketNumber, 100) };
  return told(moment, subject, demand, {
    event: 'DEMAND_SUIT_FILED', to, said: { suit_court: suit.court, suit_docket: suit.docket, suit_filed_on: filedOn, suit_decided_on: null, suit_order: null },
    changes: [entered(subject.id, demand, { kind: 'SUIT_FILED', day: filedOn, court: suit.court, reference: suit.docket })],
  });
});

/** Puts on record how the court decided. Throws as `reviseDemand` does, BadInput for a day that cannot be. */
export const decideSuit = act('demand:write', async (moment, input: DecideSuitInput) => {
  const what = input.outcome === 'ORDERED' ? 'order' : 'dismiss';
  const { subject, demand } = await demandOf(moment, input, what);
  const decidedOn = notAhead('decidedOn', dayText(input.decidedOn), demand);
  if (demand.suitFiledOn !== null && decidedOn < demand.suitFiledOn) throw badInput('decidedOn', `This day is before the suit was filed on ${demand.suitFiledOn}.`, 'Correct the day.');
  const order = sentence('order', input.order);
  return told(moment, subject, demand, {
    event: 'DEMAND_SUIT_DECIDED', to: ledTo(what, demand.state, await itemsSeen(moment, subject, demand), decidedOn), said: { suit_decided_on: decidedOn, suit_order: order }, changes: [entered(subject.id, demand, { kind: 'SUIT_DECIDED', day: decidedOn, order })],
  });
});

/** Puts on record that a preservation holds no more: it was let go, or a court lifted it. Throws as `reviseDemand` does, BadInput for a demand that preserves nothing, Conflict where that was done before. */
export const liftPreservation = act('demand:write', async (moment, input: LiftPreservationInput) => {
  const { subject, demand, to } = await demandOf(moment, input, 'lift');
  onlyOfPreservation(demand, 'demandId');
  if (demand.liftedOn !== null) throw conflict('This preservation was lifted before.', { demandId: demand.id, liftedOn: demand.liftedOn, remedy: 'Draft another demand to have it kept again.' });
  const liftedOn = dayAfterService('liftedOn', dayText(input.liftedOn), demand);
  return told(moment, subject, demand, { event: 'PRESERVATION_LIFTED', to, said: { lifted_on: liftedOn, lifted_because: sentence('reason', input.reason) } });
});
