/** Under which rules something is demanded of a federal agency or another holder. What each asks for stands in the rules of law. */
export const DEMAND_REGIMES = ['DOJ_TOUHY', 'DHS_TOUHY', 'OTHER_TOUHY', 'SUBPOENA', 'PRESERVATION_LETTER'] as const;
export type DemandRegime = (typeof DEMAND_REGIMES)[number];

/** Where a demand stands. That nothing was answered in time is computed whenever it is read, and never kept. */
export const DEMAND_STATES = [
  'DRAFT', 'SERVED', 'ACKNOWLEDGED', 'GRANTED', 'PARTIAL', 'DENIED', 'PRODUCTION_RECEIVED', 'SUIT_FILED', 'ORDERED', 'DISMISSED', 'WITHDRAWN',
] as const;
export type DemandState = (typeof DEMAND_STATES)[number];

export const DEMAND_ACTS = ['revise', 'serve', 'acknowledge', 'extend', 'answer', 'receive', 'sue', 'order', 'dismiss', 'withdraw', 'lift'] as const;
export type DemandAct = (typeof DEMAND_ACTS)[number];

/** What an answer and a production lead to, as the items stand: GRANTED, PARTIAL or DENIED while something is to come, PRODUCTION_RECEIVED once nothing is. */
export const BY_ITEMS = 'BY_ITEMS';
export const BY_ITEMS_STATES = ['GRANTED', 'PARTIAL', 'DENIED', 'PRODUCTION_RECEIVED'] as const satisfies readonly DemandState[];
export type DemandMoves = Readonly<Partial<Record<DemandState, DemandState | typeof BY_ITEMS>>>;

/**
 * The lifecycle of a demand: from which state each act leads to which. Elsewhere it is a CONFLICT. What is answered or produced
 * while a suit is pending does not end the suit; what a court ordered stays ordered until all of it has come, or is given up; what is lifted, a
 * preservation alone, stays where it stands. What arrives was answered as produced, whose demand may yet stand as if it were not: what lies apart does not move it.
 */
export const DEMAND_MOVES = {
  revise: { DRAFT: 'DRAFT' },
  serve: { DRAFT: 'SERVED' },
  acknowledge: { SERVED: 'ACKNOWLEDGED' },
  extend: { SERVED: 'SERVED', ACKNOWLEDGED: 'ACKNOWLEDGED', GRANTED: 'GRANTED', PARTIAL: 'PARTIAL' },
  answer: { SERVED: BY_ITEMS, ACKNOWLEDGED: BY_ITEMS, GRANTED: BY_ITEMS, PARTIAL: BY_ITEMS, DENIED: BY_ITEMS, PRODUCTION_RECEIVED: BY_ITEMS, SUIT_FILED: 'SUIT_FILED', ORDERED: BY_ITEMS },
  receive: { SERVED: BY_ITEMS, ACKNOWLEDGED: BY_ITEMS, GRANTED: BY_ITEMS, PARTIAL: BY_ITEMS, DENIED: BY_ITEMS, PRODUCTION_RECEIVED: BY_ITEMS, SUIT_FILED: 'SUIT_FILED', ORDERED: BY_ITEMS },
  sue: { SERVED: 'SUIT_FILED', ACKNOWLEDGED: 'SUIT_FILED', GRANTED: 'SUIT_FILED', PARTIAL: 'SUIT_FILED', DENIED: 'SUIT_FILED', PRODUCTION_RECEIVED: 'SUIT_FILED' },
  order: { SUIT_FILED: BY_ITEMS },
  dismiss: { SUIT_FILED: 'DISMISSED' },
  withdraw: { DRAFT: 'WITHDRAWN', SERVED: 'WITHDRAWN', ACKNOWLEDGED: 'WITHDRAWN', GRANTED: 'WITHDRAWN', PARTIAL: 'WITHDRAWN', DENIED: 'WITHDRAWN', ORDERED: 'WITHDRAWN' },
  lift: { SERVED: 'SERVED', ACKNOWLEDGED: 'ACKNOWLEDGED', GRANTED: 'GRANTED', PARTIAL: 'PARTIAL', DENIED: 'DENIED', SUIT_FILED: 'SUIT_FILED', ORDERED: 'ORDERED' },
} as const satisfies Record<DemandAct, DemandMoves>;

/** The state that an act leads to; undefined where it is not the moment. */
export const demandAfter = (act: DemandAct, state: DemandState): DemandState | typeof BY_ITEMS | undefined => (DEMAND_MOVES[act] as DemandMoves)[state];

/** The state that an act leads to, as the items stand after it; the state that it has where it is not the moment. */
export function ledTo(act: DemandAct, state: DemandState, items: readonly ItemStands[], orderedOn: string | null): DemandState {
  const to = demandAfter(act, state) ?? state;
  return to === BY_ITEMS ? standsAs(items, orderedOn) : to;
}

/** Where something that is demanded stands. PARTIAL: a part of it, the rest is withheld. */
export const DEMAND_ITEM_STATES = ['ASKED', 'PRODUCED', 'PARTIAL', 'WITHHELD'] as const;
export type DemandItemState = (typeof DEMAND_ITEM_STATES)[number];
export const ITEM_ANSWERS = ['PRODUCED', 'PARTIAL', 'WITHHELD'] as const satisfies readonly DemandItemState[];
export type ItemAnswer = (typeof ITEM_ANSWERS)[number];

/** An item, as far as the state of its demand depends on it. */
export interface ItemStands {
  readonly state: DemandItemState;
  readonly answeredOn: string | null;
  /** The day on which something of it arrived last. */
  readonly receivedOn: string | null;
  /** What was answered last has arrived. */
  readonly isReceived: boolean;
  /** What it would prove lies in a compartment, and the demand does not. */
  readonly isApart: boolean;
}

/**
 * The state of a demand of which something is answered, as its items stand; `orderedOn` where a court ordered it. An item is settled once it arrived, or is
 * withheld; of what was ordered, a part that is withheld was to be answered, or to arrive, since. One that is not answered yet keeps the demand PARTIAL; what is
 * ordered stays so until all of it is settled. What lies apart is left out, for the state would tell of it.
 */
export function standsAs(all: readonly ItemStands[], orderedOn: string | null): DemandState {
  const items = all.some(({ isApart }) => !isApart) ? all.filter(({ isApart }) => !isApart) : all;
  const isSince = (day: string | null) => orderedOn === null || (day !== null && day >= orderedOn);
  const isSettled = ({ state, answeredOn, receivedOn, isReceived }: ItemStands) =>
    state === 'WITHHELD' ? isSince(answeredOn) : isReceived && (state === 'PRODUCED' || isSince(answeredOn) || isSince(receivedOn));
  if (items.every(isSettled) && items.some(({ receivedOn }) => receivedOn !== null)) return 'PRODUCTION_RECEIVED';
  if (orderedOn !== null) return 'ORDERED';
  if (items.every(({ state }) => state === 'PRODUCED')) return 'GRANTED';
  return items.every(({ state }) => state === 'WITHHELD') ? 'DENIED' : 'PARTIAL';
}

/** The states in which nothing more is expected of whoever it was served on. */
const AT_REST: readonly DemandState[] = ['DRAFT', 'DENIED', 'PRODUCTION_RECEIVED', 'DISMISSED', 'WITHDRAWN'];

/** The states in which a court is asked, or has ordered. */
const IN_COURT: readonly DemandState[] = ['SUIT_FILED', 'ORDERED'];

/** A demand, as far as it depends on it whether somebody is awaited. */
export interface DemandStands {
  readonly regime: DemandRegime;
  readonly state: DemandState;
  readonly answeredOn: string | null;
  readonly liftedOn: string | null;
}

/** True while whoever it was served on, or a court, is awaited; of a preservation letter until it is answered, and while it is in court. The table keeps the same in `waits_since`. */
export const isAwaited = ({ regime, state, answeredOn, liftedOn }: DemandStands): boolean =>
  !AT_REST.includes(state) && liftedOn === null && (regime !== 'PRESERVATION_LETTER' || answeredOn === null || IN_COURT.includes(state));

/** The states in which something may not be answered though the day for it has passed. */
export const UNANSWERED_STATES = ['SERVED', 'ACKNOWLEDGED', 'PARTIAL', 'SUIT_FILED', 'ORDERED'] as const satisfies readonly DemandState[];

/** The stages from which a case may go to await a demand, and to which it goes back. */
export const AWAITING_FROM = ['CLAIMED', 'UNDER_REVIEW', 'REOPENED'] as const;
export type AwaitingFrom = (typeof AWAITING_FROM)[number];

/** What kind of thing is demanded. */
export const DEMAND_CATEGORIES = [
  'RECORDING', 'FIREARM', 'VEHICLE', 'CLOTHING', 'DEVICE', 'MEDICAL_RECORD', 'REPORT', 'STATEMENT', 'TESTIMONY', 'IDENTITY', 'POLICY', 'COMMUNICATION', 'CUSTODY_RECORD', 'OTHER',
] as const;
export type DemandCategory = (typeof DEMAND_CATEGORIES)[number];

/** How a demand was served. */
export const SERVICE_METHODS = ['PERSONAL', 'CERTIFIED_MAIL', 'MAIL', 'COURIER', 'EMAIL', 'PORTAL', 'MARSHAL', 'OTHER'] as const;
export type ServiceMethod = (typeof SERVICE_METHODS)[number];
