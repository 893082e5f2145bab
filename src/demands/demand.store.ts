import type { CaseSeen } from '../cases/subject.ts';
import { arrayText, statement, type Statement, type Value } from '../database/statement.ts';
import { partNotFound } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import type { Confidence } from '../kernel/confidence.ts';
import type { Moment } from '../trail/act.ts';
import type { DemandEntryKind } from './demand-entry.table.ts';
import type { AwaitingFrom, DemandCategory, DemandItemState, DemandRegime, DemandState, ItemStands } from './demand.rules.ts';

/** A demand as an act about it sees it. All days are days where the office is that leads the case. */
export interface DemandSeen {
  readonly id: string;
  readonly needs: number;
  readonly regime: DemandRegime;
  readonly state: DemandState;
  readonly servedOn: string | null;
  readonly respondBy: string | null;
  readonly answeredOn: string | null;
  readonly suitFiledOn: string | null;
  readonly suitDecidedOn: string | null;
  readonly liftedOn: string | null;
  readonly awaitedIn: AwaitingFrom | null;
  /** Today, there. */
  readonly today: string;
}

const TODAY = `(select (statement_timestamp() at time zone coalesce(j.time_zone, 'UTC'))::date::text from comity.jurisdictions j where j.id = nullif(current_setting('comity.office', true), '')::uuid)`;
const SEEN = `select d.id, d.needs, d.regime, d.state, d.served_on::text as "servedOn", d.respond_by::text as "respondBy", d.answered_on::text as "answeredOn",
  d.suit_filed_on::text as "suitFiledOn", d.suit_decided_on::text as "suitDecidedOn", d.lifted_on::text as "liftedOn", d.awaited_in as "awaitedIn", ${TODAY} as today from comity.external_demands d where d.case_id = $1::uuid and d.id = $2::uuid`;

/** A demand of the case. Throws NotFound where there is none that the actor sees. */
export async function demandSeen(moment: Moment, { id: caseId }: CaseSeen, demandId: string): Promise<DemandSeen> {
  const [row] = (await moment.run(statement(SEEN, [caseId, idOrNull(demandId)]))).rows;
  if (row === undefined) throw partNotFound('demandId');
  return row as unknown as DemandSeen;
}

/** What a regime asks of a demand, and what that rests on. */
export interface RegimeRule {
  readonly name: string;
  readonly mustContain: readonly string[];
  /** It is answered by the day that the demand itself names. */
  readonly needsReturnDate: boolean;
  readonly citation: string | null;
  readonly confidence: Confidence;
}

const RULE = `select r.body::text as body, r.citation, r.confidence from comity.state_rules r where r.kind = 'EXTERNAL_DEMAND_REGIME' and r.body ->> 'regime' = $1 order by r.state, r.position limit 1`;

/** What a regime asks of a demand. Where no rule is on file it asks nothing; a subpoena has a return date all the same. */
export async function regimeRule(moment: Moment, regime: DemandRegime): Promise<RegimeRule> {
  const [row] = (await moment.run(statement(RULE, [regime]))).rows;
  const name = `demand under ${regime}`;
  if (row === undefined) return { name, mustContain: [], needsReturnDate: regime === 'SUBPOENA', citation: null, confidence: 'LOW' };
  const body = JSON.parse(String(row['body'])) as { mustContain: readonly string[]; answerDeadline: string | null };
  return {
    name, mustContain: body.mustContain, needsReturnDate: regime === 'SUBPOENA' || body.answerDeadline === 'return date',
    citation: row['citation'] as string | null, confidence: row['confidence'] as Confidence,
  };
}

/** Something new that is demanded. */
export interface NewItem {
  readonly id: string;
  readonly needs: number;
  readonly category: DemandCategory;
  readonly description: string;
  readonly relevance: string;
  readonly chargeId: string | null;
  readonly element: number | null;
}

const DRAFTED = `insert into comity.external_demands (case_id, id, needs, office_id, regime, component, purpose, state, drafted_by, drafted_at)
  values ($1::uuid, $2::uuid, $3::integer, nullif(current_setting('comity.office', true), '')::uuid, $4, $5, $6, 'DRAFT', comity.member(), statement_timestamp())`;

/** Keeps a draft. */
export const drafted = (caseId: string, id: string, needs: number, { regime, component, purpose }: { readonly regime: DemandRegime; readonly component: string; readonly purpose: string }): Statement =>
  statement(DRAFTED, [caseId, id, needs, regime, component, purpose]);

const ITEM = `insert into comity.demand_items (case_id, id, needs, demand_id, position, category, description, relevance, charge_id, element, state)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5::integer, $6, $7, $8, $9::uuid, $10::integer, 'ASKED')`;

/** Keeps what is demanded, in this order, behind what stands there already. */
export const itemsAdded = (caseId: string, demandId: string, items: readonly NewItem[], from = 1): Statement[] =>
  items.map((item, index) => statement(ITEM, [caseId, item.id, item.needs, demandId, from + index, item.category, item.description, item.relevance, item.chargeId, item.element]));

/** Takes back all of a draft's items that the actor sees. */
export const itemsRemoved = (caseId: string, demandId: string): Statement => statement('delete from comity.demand_items where case_id = $1::uuid and demand_id = $2::uuid', [caseId, demandId]);

/** Writes a draft anew; what is null stays as it is. */
export const revised = (caseId: string, id: string, component: string | null, purpose: string | null): Statement =>
  statement(`update comity.external_demands set component = coalesce($3, component), purpose = coalesce($4, purpose) where case_id = $1::uuid and id = $2::uuid and state = 'DRAFT' returning id`, [caseId, id, component, purpose]);

/** What an act says of a demand beside its state, by column. */
export type Said = Readonly<Partial<Record<
  'served_on' | 'service_method' | 'proof_of_service' | 'respond_by' | 'awaited_in' | 'acknowledged_on' | 'acknowledged_by' | 'answered_on'
  | 'suit_court' | 'suit_docket' | 'suit_filed_on' | 'suit_decided_on' | 'suit_order' | 'court_order' | 'lifted_on' | 'lifted_because' | 'withdrawn_because', string | null>>
  & { readonly confirmed?: readonly string[] }>;

/** Brings a demand from where it was seen to another state, with what is said; touches no row where it has moved since. */
export function demandMoved(caseId: string, { id, state }: DemandSeen, to: DemandState, { confirmed, ...said }: Said): Statement {
  const values: Value[] = [caseId, id, state, to];
  const sets = Object.entries(said).map(([column, each]) => `${column} = $${values.push(each)}::text${column.endsWith('_on') || column === 'respond_by' ? '::date' : ''}`);
  if (confirmed !== undefined) sets.push(`confirmed = $${values.push(arrayText(confirmed))}::text::text[]`);
  return statement(`update comity.external_demands set ${['state = $4', ...sets].join(', ')} where case_id = $1::uuid and id = $2::uuid and state = $3 returning id`, values);
}

const EXTENDED = `insert into comity.demand_extensions (case_id, id, needs, demand_id, due_before, respond_by, reason, extended_by, extended_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5::text::date, $6::text::date, $7, comity.member(), clock_timestamp())`;

/** Keeps that a demand was given another day, and why. */
export const extended = (caseId: string, id: string, demand: DemandSeen, respondBy: string, reason: string): Statement =>
  statement(EXTENDED, [caseId, id, demand.needs, demand.id, demand.respondBy, respondBy, reason]);

/** An item of a demand as an act about it sees it. */
export interface ItemSeen extends ItemStands {
  readonly id: string;
  readonly needs: number;
}

const ITEMS = `select i.id, i.needs, i.state, i.answered_on::text as "answeredOn", i.received_on::text as "receivedOn",
    coalesce((select e.kind = 'RECEIVED' from comity.demand_entries e where e.case_id = i.case_id and e.item_id = i.id order by e.recorded_at desc, e.id desc limit 1), i.received_on is not null) as "isReceived", coalesce((select h.needs & 49152 & ~$3::integer <> 0 from comity.charges h where h.case_id = i.case_id and h.id = i.charge_id), false) as "isApart"
  from comity.demand_items i where i.case_id = $1::uuid and i.demand_id = $2::uuid order by i.position`;

/** The items of a demand that the actor sees. */
export const itemsSeen = async (moment: Moment, { id: caseId }: CaseSeen, { id, needs }: DemandSeen): Promise<readonly ItemSeen[]> =>
  (await moment.run(statement(ITEMS, [caseId, id, needs]))).rows as unknown as ItemSeen[];

/** What was answered to an item. */
export interface Answered {
  readonly state: DemandItemState;
  readonly answeredOn: string;
  readonly ground: string | null;
  readonly groundCitation: string | null;
  readonly groundReference: string | null;
}

const ANSWERED = `update comity.demand_items set state = $4, answered_on = $5::text::date, ground = $6, ground_citation = $7, ground_reference = $8
  where case_id = $1::uuid and id = $2::uuid and state = $3 returning id`;

/** Keeps what was answered to an item; touches no row where it has moved since. */
export const itemAnswered = (caseId: string, { id, state }: ItemSeen, a: Answered): Statement =>
  statement(ANSWERED, [caseId, id, state, a.state, a.answeredOn, a.ground, a.groundCitation, a.groundReference]);

/** Keeps that what an item asks for arrived, and how it is called. */
export const itemReceived = (caseId: string, { id }: ItemSeen, receivedOn: string, reference: string): Statement =>
  statement('update comity.demand_items set received_on = $3::text::date, production_reference = $4 where case_id = $1::uuid and id = $2::uuid returning id', [caseId, id, receivedOn, reference]);

/** What is kept of an answer, of a production, or of a suit, for good. */
export interface NewEntry {
  readonly kind: DemandEntryKind;
  readonly day: string;
  readonly item?: ItemSeen;
  readonly answer?: DemandItemState;
  readonly ground?: string | null;
  readonly groundCitation?: string | null;
  readonly reference?: string | null;
  readonly court?: string;
  readonly order?: string;
}

const ENTERED = `insert into comity.demand_entries (case_id, id, needs, demand_id, item_id, kind, day, answer, ground, ground_citation, reference, court, "order", recorded_by, recorded_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5::uuid, $6, $7::text::date, $8, $9, $10, $11, $12, $13, comity.member(), clock_timestamp())`;

/** Keeps an entry of a demand: of an item, as hidden as that is. */
export const entered = (caseId: string, demand: DemandSeen, { kind, day, item, answer, ground, groundCitation, reference, court, order }: NewEntry): Statement =>
  statement(ENTERED, [caseId, newId(), demand.needs | (item?.needs ?? 0), demand.id, item?.id ?? null, kind, day, answer ?? null, ground ?? null, groundCitation ?? null, reference ?? null, court ?? null, order ?? null]);

/** Where the case goes back to, and whether another demand is still awaited. */
export interface Awaiting {
  readonly others: number;
  readonly awaitedIn: AwaitingFrom | null;
}

const AWAITED = `select count(*)::integer as others, (array_agg(d.awaited_in order by d.drafted_at, d.id))[1] as "awaitedIn" from comity.external_demands d
  where d.case_id = $1::uuid and d.id <> $2::uuid and d.awaited_in is not null and d.waits_since is not null`;

/** What else the case awaits, beside this demand. */
export const awaitedBeside = async (moment: Moment, { id: caseId }: CaseSeen, demandId: string): Promise<Awaiting> =>
  (await moment.run(statement(AWAITED, [caseId, demandId]))).rows[0] as unknown as Awaiting;

