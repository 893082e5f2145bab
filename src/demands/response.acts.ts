import type { CaseSeen } from '../cases/subject.ts';
import { badInput, conflict, partNotFound } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record } from '../trail/act.ts';
import { dayAfterService, notBefore } from './days.ts';
import { demandOf } from './demand.acts.ts';
import { ledTo } from './demand.rules.ts';
import { entered, extended, itemAnswered, itemReceived, itemsSeen, regimeRule, type Answered, type DemandSeen, type ItemSeen } from './demand.store.ts';
import { told } from './demand.told.ts';
import { groundUnder } from './ground.rules.ts';
import type { AcknowledgeDemandInput, AnswerDemandInput, DemandAnswerInput, ExtendDemandInput, ReceiveProductionInput } from './response.inputs.ts';

/** Puts on record that a demand was acknowledged, when and by whom; of a preservation letter that is its answer. Throws as `reviseDemand` does, BadInput for a day that cannot be. */
export const acknowledgeDemand = act('demand:write', async (moment, input: AcknowledgeDemandInput) => {
  const { subject, demand, to } = await demandOf(moment, input, 'acknowledge');
  const acknowledgedOn = dayAfterService('acknowledgedOn', dayText(input.acknowledgedOn), demand);
  return told(moment, subject, demand, {
    event: 'DEMAND_ACKNOWLEDGED', to,
    said: {
      acknowledged_on: acknowledgedOn, acknowledged_by: sentence('acknowledgedBy', input.acknowledgedBy, 200),
      ...(demand.regime === 'PRESERVATION_LETTER' && { answered_on: acknowledgedOn }),
    },
  });
});

/** Gives a demand another day to be answered by; the days before stay in view. Throws as `reviseDemand` does, BadInput for a day that is not later. */
export const extendDemand = act('demand:write', async (moment, input: ExtendDemandInput) => {
  const { subject, demand, to } = await demandOf(moment, input, 'extend');
  const day = notBefore('until', dayText(input.until), String(demand.servedOn), await regimeRule(moment, demand.regime));
  if (demand.respondBy !== null && day <= demand.respondBy) throw badInput('until', `It is due on ${demand.respondBy} already.`, 'Give a later day.');
  const reason = sentence('reason', input.reason);
  return told(moment, subject, demand, { event: 'DEMAND_EXTENDED', to, said: { respond_by: day }, changes: [extended(subject.id, newId(), demand, day, reason)] });
});

/**
 * Puts on record what was answered to the items of a demand, one by one; where it stands follows from all of them. Throws as `reviseDemand`
 * does, NotFound for an item that is not the demand's, Conflict for one that was produced in full, BadInput for grounds that do not fit,
 * with their citation: then nothing is kept.
 */
export const answerDemand = act('demand:write', async (moment, input: AnswerDemandInput) => {
  const { subject, demand } = await demandOf(moment, input, 'answer');
  const answeredOn = dayAfterService('answeredOn', dayText(input.answeredOn), demand);
  const items = await itemsSeen(moment, subject, demand);
  const answers = input.answers.map((answer, index) => ({ item: itemOf(items, answer.itemId), answered: answerOf(demand, answer, `answers.${index}`, answeredOn), field: `answers.${index}` }));
  someOf('answers', answers);
  const done = answers.find(({ item }) => item.state === 'PRODUCED');
  if (done !== undefined) throw conflict('This was produced in full before.', { itemId: done.item.id, state: done.item.state, remedy: 'Leave it away.' });
  const late = answers.find(({ item }) => item.answeredOn !== null && item.answeredOn > answeredOn);
  if (late !== undefined) throw badInput('answeredOn', `This was answered on ${late.item.answeredOn} before.`, 'Correct the day: a later answer comes on a later day.');
  const now = items.map((item) => {
    const answer = answers.find(({ item: { id } }) => id === item.id);
    return answer === undefined ? item : { ...item, state: answer.answered.state, answeredOn, isReceived: false };
  });
  const first = demand.answeredOn !== null && demand.answeredOn < answeredOn ? demand.answeredOn : answeredOn;
  return told(moment, subject, demand, {
    ...(isTold(items, answers) ? { event: 'DEMAND_ANSWERED', to: ledTo('answer', demand.state, now, orderedOn(demand)), said: { answered_on: first } } : untold(demand)),
    changes: answers.flatMap(({ item, answered }) => [
      itemAnswered(subject.id, item, answered),
      entered(subject.id, demand, { kind: 'ANSWERED', day: answeredOn, item, answer: answered.state, ground: answered.ground, groundCitation: answered.groundCitation, reference: answered.groundReference }),
      itemTold(subject, demand, item, 'DEMAND_ITEM_ANSWERED', { state: answered.state, ground: answered.ground }),
    ]),
  });
});

const orderedOn = ({ state, suitDecidedOn }: DemandSeen): string | null => (state === 'ORDERED' ? suitDecidedOn : null);

/** Puts on record that something demanded arrived. Throws as `answerDemand` does, Conflict for an item that was not answered as produced, in full or in part. */
export const receiveProduction = act('demand:write', async (moment, input: ReceiveProductionInput) => {
  const { subject, demand } = await demandOf(moment, input, 'receive');
  const receivedOn = dayAfterService('receivedOn', dayText(input.receivedOn), demand);
  const items = await itemsSeen(moment, subject, demand);
  const arrived = input.items.map(({ itemId, reference }, index) => ({ item: itemOf(items, itemId), reference: sentence(`items.${index}.reference`, reference, 200), field: `items.${index}` }));
  someOf('items', arrived);
  const not = arrived.find(({ item: { state } }) => state !== 'PRODUCED' && state !== 'PARTIAL');
  if (not !== undefined) throw conflict('This was not answered as produced.', { itemId: not.item.id, state: not.item.state, remedy: 'Record with answerDemand that it is PRODUCED or PARTIAL first.' });
  const late = arrived.find(({ item }) => item.receivedOn !== null && item.receivedOn > receivedOn);
  if (late !== undefined) throw badInput('receivedOn', `Of this something arrived on ${late.item.receivedOn} before.`, 'Correct the day: what arrives later comes on a later day.');
  const now = items.map((item) => (arrived.some(({ item: { id } }) => id === item.id) ? { ...item, receivedOn, isReceived: true } : item));
  return told(moment, subject, demand, {
    ...(isTold(items, arrived) ? { event: 'PRODUCTION_RECEIVED', to: ledTo('receive', demand.state, now, orderedOn(demand)), said: {} } : untold(demand)),
    changes: arrived.flatMap(({ item, reference }) => [itemReceived(subject.id, item, receivedOn, reference), entered(subject.id, demand, { kind: 'RECEIVED', day: receivedOn, item, reference }), itemTold(subject, demand, item, 'DEMAND_ITEM_RECEIVED', {})]),
  });
});

/** False of what is about items alone that lie apart from a demand with others: where it stands would tell of them. */
const isTold = (items: readonly ItemSeen[], about: readonly { readonly item: ItemSeen }[]): boolean => about.some(({ item }) => !item.isApart) || items.every(({ isApart }) => isApart);

const untold = ({ state }: DemandSeen) => ({ event: null, to: state, said: {} });

const itemTold = (subject: CaseSeen, demand: DemandSeen, item: ItemSeen, event: string, more: Readonly<Record<string, string | null>>) =>
  record({ caseId: subject.id, act: event, needs: demand.needs | item.needs, body: { demandId: demand.id, itemId: item.id, ...more } });

function itemOf(items: readonly ItemSeen[], itemId: string): ItemSeen {
  const id = idOrNull(itemId)?.toLowerCase();
  const found = items.find((item) => item.id === id);
  if (found === undefined) throw partNotFound('itemId');
  return found;
}

function someOf(field: string, named: readonly { readonly item: ItemSeen; readonly field: string }[]): void {
  if (named.length < 1) throw badInput(field, 'It is not said of what.', 'Name at least one item of the demand.');
  const twice = named.find(({ item }, index) => named.findIndex((each) => each.item.id === item.id) !== index);
  if (twice !== undefined) throw badInput(`${twice.field}.itemId`, 'This item is named twice.', 'Name each item once.');
}

function answerOf({ regime }: DemandSeen, { state, ground, reference }: DemandAnswerInput, field: string, answeredOn: string): Answered {
  const said = reference == null ? null : sentence(`${field}.reference`, reference);
  if (state === 'PRODUCED') {
    if (ground != null || said !== null) throw badInput(`${field}.ground`, 'What is produced in full is withheld on no ground.', 'Leave ground and reference away, or answer PARTIAL.');
    return { state, answeredOn, ground: null, groundCitation: null, groundReference: null };
  }
  if (ground == null) throw badInput(`${field}.ground`, `What is withheld is withheld on a ground (28 CFR 16.26, 6 CFR 5.48).`, 'Name the ground; OTHER, with what was said in reference, where none was given.');
  const judged = groundUnder(regime, ground);
  if ('refusedBy' in judged) throw badInput(`${field}.ground`, `${judged.refusedBy} does not name ${ground}.`, 'Take another ground; or OTHER, with what was cited in reference.');
  if (ground === 'OTHER' && said === null) throw badInput(`${field}.reference`, 'OTHER says nothing alone.', 'Say in reference what was cited, or that nothing was.');
  return { state, answeredOn, ground, groundCitation: judged.citation, groundReference: said };
}

