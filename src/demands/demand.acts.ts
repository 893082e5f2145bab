import { FACETS } from '../access/facets.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { elementOf } from '../proof/proof.store.ts';
import { act, record, type Moment } from '../trail/act.ts';
import type { DemandItemInput, DraftDemandInput, ReviseDemandInput, ServeDemandInput, WithdrawDemandInput } from './demand.inputs.ts';
import { BY_ITEMS, DEMAND_ACTS, demandAfter, type DemandAct, type DemandState } from './demand.rules.ts';
import { drafted, demandSeen, itemsAdded, itemsRemoved, regimeRule, revised, type DemandSeen, type NewItem } from './demand.store.ts';
import { shown, told } from './demand.told.ts';
import { awaited } from './awaiting.ts';
import { notAhead, notBefore, unfit } from './days.ts';

const LONGEST = 10_000;
const MOST_ITEMS = 50;

/** What a demand must not tell of, unless it lies there too. */
const COMPARTMENTS = FACETS.GRAND_JURY | FACETS.COMPELLED;

/**
 * Drafts a demand of a federal agency or another holder. Throws NotFound where the actor does not see the case or a charge, Forbidden
 * where it is not the actor's to demand, Conflict at the wrong stage, BadInput for items that cannot be.
 */
export const draftDemand = act('demand:write', async (moment, input: DraftDemandInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'demand:write');
  inTime(subject, 'prepare');
  const [id, { regime }] = [newId(), input];
  const draft = { regime, component: sentence('component', input.component, 200), purpose: sentence('purpose', input.purpose, LONGEST) };
  const items = await itemsOf(moment, subject, input.items, FACETS.PROCEEDINGS);
  return {
    payload: shown(subject, id),
    end: [
      drafted(subject.id, id, FACETS.PROCEEDINGS, draft), ...itemsAdded(subject.id, id, items),
      record({ caseId: subject.id, act: 'DEMAND_DRAFTED', needs: FACETS.PROCEEDINGS, body: { demandId: id, regime } }),
    ],
  };
});

/** Writes a draft anew; items that are given take the place of those that were there. Throws as `draftDemand` does, NotFound for a demand that is not the case's, Conflict once it is served. */
export const reviseDemand = act('demand:write', async (moment, input: ReviseDemandInput) => {
  const { subject, demand } = await demandOf(moment, input, 'revise');
  const component = input.component == null ? null : sentence('component', input.component, 200);
  const purpose = input.purpose == null ? null : sentence('purpose', input.purpose, LONGEST);
  const items = input.items == null ? undefined : await itemsOf(moment, subject, input.items, demand.needs);
  return {
    payload: shown(subject, demand.id),
    end: [
      revised(subject.id, demand.id, component, purpose),
      ...(items === undefined ? [] : [itemsRemoved(subject.id, demand.id), ...itemsAdded(subject.id, demand.id, items)]),
      record({ caseId: subject.id, act: 'DEMAND_REVISED', needs: demand.needs, body: { demandId: demand.id } }),
    ],
  };
});

/**
 * Puts on record that a demand was served: with that the regime's list of what it must contain is confirmed. The case awaits it where
 * the actor says so. Throws as `reviseDemand` does, BadInput with the rule and its citation for a list that is not confirmed in full,
 * a subpoena without a return date, days that cannot be, or to await what lies in a compartment; Conflict where the stage does not let the case await anything.
 */
export const serveDemand = act('demand:write', async (moment, input: ServeDemandInput) => {
  const { subject, demand } = await demandOf(moment, input, 'serve');
  const rule = await regimeRule(moment, demand.regime);
  const servedOn = notAhead('servedOn', dayText(input.servedOn), demand);
  if (servedOn < subject.incidentOn) throw badInput('servedOn', 'This day lies before the incident.', 'Correct the day.');
  const missing = rule.mustContain.filter((each) => !input.confirms.includes(each));
  if (missing.length > 0) throw unfit(rule, 'confirms', `It must contain: ${missing.join('; ')}.`, 'Read ExternalDemand.rule, and confirm each line of mustContain, word by word.');
  const respondBy = input.responseRequestedBy == null ? null : notBefore('responseRequestedBy', dayText(input.responseRequestedBy), servedOn, rule);
  if (respondBy === null && rule.needsReturnDate) throw unfit(rule, 'responseRequestedBy', 'This demand is answered by its return date, and none is given.', 'Give the return date.');
  if (input.courtOrder != null) onlyOfPreservation(demand, 'courtOrder');
  if (input.awaits === true && (demand.needs & COMPARTMENTS) !== 0) throw badInput('awaits', 'This demand lies in a compartment, and where the case stands is told to all who see the case.', 'Leave awaits away.');
  const waits = input.awaits === true ? await awaited(moment, subject, demand) : undefined;
  return told(moment, subject, demand, {
    event: 'DEMAND_SERVED', to: 'SERVED', about: { method: input.method, awaits: waits !== undefined }, stage: waits?.stage,
    said: {
      served_on: servedOn, service_method: input.method, proof_of_service: sentence('proofOfService', input.proofOfService), respond_by: respondBy, confirmed: rule.mustContain,
      court_order: input.courtOrder == null ? null : sentence('courtOrder', input.courtOrder), awaited_in: waits?.from ?? null,
    },
  });
});

/** Takes a demand back. Throws as `reviseDemand` does, Conflict while a suit is pending, and once it is over. */
export const withdrawDemand = act('demand:write', async (moment, input: WithdrawDemandInput) => {
  const { subject, demand, to } = await demandOf(moment, input, 'withdraw');
  return told(moment, subject, demand, { event: 'DEMAND_WITHDRAWN', to, said: { withdrawn_because: sentence('reason', input.reason) } });
});

/** The mutation of each act. */
const FIELDS: Readonly<Record<DemandAct, string>> = {
  revise: 'reviseDemand', serve: 'serveDemand', acknowledge: 'acknowledgeDemand', extend: 'extendDemand', answer: 'answerDemand', receive: 'receiveProduction', sue: 'fileSuit', order: 'decideSuit', dismiss: 'decideSuit',
  withdraw: 'withdrawDemand', lift: 'liftPreservation',
};

/** A demand of the actor's to work on, and the state that the act leads to. Throws Conflict where it is not the moment. */
export async function demandOf(moment: Moment, { caseId, demandId }: { readonly caseId: string; readonly demandId: string }, what: DemandAct): Promise<{ subject: CaseSeen; demand: DemandSeen; to: DemandState }> {
  const subject = await caseHeld(moment, caseId);
  const demand = await demandSeen(moment, subject, demandId);
  within(moment, subject, 'demand:write');
  inTime(subject, 'prepare');
  const to = demandAfter(what, demand.state);
  if (to === undefined) {
    const possible = [...new Set(DEMAND_ACTS.filter((each) => demandAfter(each, demand.state) !== undefined && (each !== 'lift' || demand.regime === 'PRESERVATION_LETTER')).map((each) => FIELDS[each]))];
    throw conflict(`It is not the moment for this: the demand stands at ${demand.state}.`, { demandId: demand.id, state: demand.state, possible, remedy: possible.length === 0 ? 'It is over: draft another where there is cause.' : `Possible now: ${possible.join(', ')}.` });
  }
  // What an answer leads to its items say.
  return { subject, demand, to: to === BY_ITEMS ? demand.state : to };
}

/** Throws BadInput where something of a preservation letter is said of another demand. */
export function onlyOfPreservation({ regime }: DemandSeen, field: string): void {
  if (regime !== 'PRESERVATION_LETTER') throw badInput(field, `This is a demand under ${regime}.`, `Leave ${field} away: it is for a PRESERVATION_LETTER alone.`);
}

async function itemsOf(moment: Moment, subject: CaseSeen, items: readonly DemandItemInput[], needs: number): Promise<NewItem[]> {
  if (items.length < 1 || items.length > MOST_ITEMS) throw badInput('items', 'A demand asks for 1 to 50 things.', 'Ask for the rest in a further demand.');
  const wanted: NewItem[] = [];
  for (const [index, { category, description, relevance, chargeId, element, wording }] of items.entries()) {
    const field = `items.${index}`;
    if ((chargeId == null) !== (element == null)) throw badInput(`${field}.element`, 'An element is one of a charge.', 'Give both chargeId and element, or neither.');
    const charge = chargeId == null ? null : await elementOf(moment, subject, { chargeId, element: Number(element), wording: wording ?? null });
    if (charge !== null && (charge.needs & COMPARTMENTS & ~needs) !== 0) {
      throw badInput(`${field}.chargeId`, 'This charge lies in a compartment, and the demand does not.', 'Leave chargeId and element away.');
    }
    wanted.push({
      id: newId(), needs: FACETS.PROCEEDINGS | (charge?.needs ?? 0), category, description: sentence(`${field}.description`, description), relevance: sentence(`${field}.relevance`, relevance),
      chargeId: charge?.id ?? null, element: charge === null ? null : Number(element),
    });
  }
  return wanted;
}

