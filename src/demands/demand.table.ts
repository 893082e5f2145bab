import { sql } from 'drizzle-orm';
import { check, date, foreignKey, index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { charges } from '../charges/charge.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { AWAITING_FROM, DEMAND_CATEGORIES, DEMAND_ITEM_STATES, DEMAND_REGIMES, DEMAND_STATES, SERVICE_METHODS } from './demand.rules.ts';
import { WITHHELD_GROUNDS } from './ground.rules.ts';

/** What an office demands of a federal agency or another holder. Its days are days where the office is whose courts it is before. */
export const externalDemands = comity.table(
  'external_demands',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    /** The office that leads the case; it goes with the lead. */
    officeId: uuid('office_id').notNull().references(() => jurisdictions.id),
    regime: text('regime', { enum: DEMAND_REGIMES }).notNull(),
    /** The agency or component that it is addressed to. */
    component: text('component').notNull(),
    purpose: text('purpose').notNull(),
    state: text('state', { enum: DEMAND_STATES }).notNull(),
    draftedBy: uuid('drafted_by').notNull(),
    draftedAt: instant('drafted_at').notNull(),
    servedOn: date('served_on', { mode: 'string' }),
    serviceMethod: text('service_method', { enum: SERVICE_METHODS }),
    proofOfService: text('proof_of_service'),
    /** What the regime wants in it, as it was confirmed at service. */
    confirmed: text('confirmed').array(),
    /** The day by which it asks for an answer; of a subpoena, the return date. */
    respondBy: date('respond_by', { mode: 'string' }),
    /** The stage that the case goes back to; null: the case does not await it. */
    awaitedIn: text('awaited_in', { enum: AWAITING_FROM }),
    acknowledgedOn: date('acknowledged_on', { mode: 'string' }),
    /** Who acknowledged it, on the other side. */
    acknowledgedBy: text('acknowledged_by'),
    /** The day of the first answer; of a preservation letter, its acknowledgement is one. */
    answeredOn: date('answered_on', { mode: 'string' }),
    suitCourt: text('suit_court'),
    suitDocket: text('suit_docket'),
    suitFiledOn: date('suit_filed_on', { mode: 'string' }),
    suitDecidedOn: date('suit_decided_on', { mode: 'string' }),
    suitOrder: text('suit_order'),
    /** The order of a court that a preservation rests on. */
    courtOrder: text('court_order'),
    liftedOn: date('lifted_on', { mode: 'string' }),
    liftedBecause: text('lifted_because'),
    withdrawnBecause: text('withdrawn_because'),
    /** Since when whoever it was served on, or a court, is awaited, kept by a trigger: the beginning of that day where the office is; null: nobody is. */
    waitsSince: instant('waits_since'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    index('external_demands_waiting').on(t.waitsSince, t.caseId, t.id).where(sql`${t.waitsSince} is not null`),
    index('external_demands_waiting_of_office').on(t.officeId, t.waitsSince, t.caseId, t.id).where(sql`${t.waitsSince} is not null`),
    // What has no day comes last.
    index('external_demands_of_office').on(t.officeId, sql`coalesce(${t.respondBy}, date '9999-12-31')`, t.id),
    index('external_demands_unanswered').on(t.officeId, sql`coalesce(${t.respondBy}, date '9999-12-31')`, t.id).where(sql`${t.state} in ('SERVED', 'ACKNOWLEDGED', 'PARTIAL', 'SUIT_FILED', 'ORDERED')`),
    oneOf('external_demands_regime_check', t.regime, DEMAND_REGIMES),
    oneOf('external_demands_state_check', t.state, DEMAND_STATES),
    oneOf('external_demands_service_method_check', t.serviceMethod, SERVICE_METHODS),
    oneOf('external_demands_awaited_in_check', t.awaitedIn, AWAITING_FROM),
    check('external_demands_served_check', sql`${t.state} in ('DRAFT', 'WITHDRAWN') or num_nulls(${t.servedOn}, ${t.serviceMethod}, ${t.proofOfService}, ${t.confirmed}) = 0`),
    check('external_demands_return_check', sql`${t.regime} <> 'SUBPOENA' or ${t.servedOn} is null or ${t.respondBy} is not null`),
    check('external_demands_days_check', sql`least(${t.respondBy}, ${t.acknowledgedOn}, ${t.answeredOn}, ${t.suitFiledOn}, ${t.liftedOn}) >= ${t.servedOn} and ${t.suitDecidedOn} >= ${t.suitFiledOn}`),
    check('external_demands_suit_check', sql`num_nulls(${t.suitCourt}, ${t.suitDocket}, ${t.suitFiledOn}) in (0, 3) and num_nulls(${t.suitDecidedOn}, ${t.suitOrder}) in (0, 2)`),
    check('external_demands_lifted_check', sql`num_nulls(${t.liftedOn}, ${t.liftedBecause}) in (0, 2) and (${t.regime} = 'PRESERVATION_LETTER' or num_nonnulls(${t.liftedOn}, ${t.courtOrder}) = 0)`),
    needsCheck('external_demands', t.needs),
    ...casePolicies({ table: 'external_demands' }),
  ],
);

/** What hangs on a demand goes where it goes. A scalar: an `exists` could be hashed over all that the reader sees. */
export const demandSeenOf = (table: string): string => `(select 1 from comity.external_demands x where x.case_id = ${table}.case_id and x.id = ${table}.demand_id) = 1`;
const chargeSeen = (table: string) => `(${table}.charge_id is null or (select 1 from comity.charges h where h.case_id = ${table}.case_id and h.id = ${table}.charge_id) = 1)`;

/** One thing that is demanded, and what was answered to it. */
export const demandItems = comity.table(
  'demand_items',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    demandId: uuid('demand_id').notNull(),
    /** From 1. */
    position: integer('position').notNull(),
    category: text('category', { enum: DEMAND_CATEGORIES }).notNull(),
    description: text('description').notNull(),
    relevance: text('relevance').notNull(),
    chargeId: uuid('charge_id'),
    /** The element that it would prove, by the place from 1 that it had when this was demanded. */
    element: integer('element'),
    /** That element as it read then; kept by the table itself. */
    wording: text('wording'),
    state: text('state', { enum: DEMAND_ITEM_STATES }).notNull(),
    answeredOn: date('answered_on', { mode: 'string' }),
    ground: text('ground', { enum: WITHHELD_GROUNDS as [string, ...string[]] }).$type<(typeof WITHHELD_GROUNDS)[number]>(),
    /** Where the rules of the department name the ground. */
    groundCitation: text('ground_citation'),
    /** What whoever withholds it cited. */
    groundReference: text('ground_reference'),
    receivedOn: date('received_on', { mode: 'string' }),
    /** How what was produced is called, for instance by its first and last page number. */
    productionReference: text('production_reference'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.demandId], foreignColumns: [externalDemands.caseId, externalDemands.id], name: 'demand_items_demand' }),
    foreignKey({ columns: [t.caseId, t.chargeId], foreignColumns: [charges.caseId, charges.id], name: 'demand_items_charge' }),
    index('demand_items_of_demand').on(t.caseId, t.demandId, t.position),
    index('demand_items_of_element').on(t.caseId, t.chargeId, t.element),
    oneOf('demand_items_category_check', t.category, DEMAND_CATEGORIES),
    oneOf('demand_items_state_check', t.state, DEMAND_ITEM_STATES),
    oneOf('demand_items_ground_check', t.ground, WITHHELD_GROUNDS),
    check('demand_items_element_check', sql`num_nulls(${t.chargeId}, ${t.element}, ${t.wording}) in (0, 3)`),
    check('demand_items_answer_check', sql`(${t.state} = 'ASKED') = (${t.answeredOn} is null) and (${t.state} in ('PARTIAL', 'WITHHELD')) = (${t.ground} is not null)
      and num_nulls(${t.receivedOn}, ${t.productionReference}) in (0, 2)`),
    needsCheck('demand_items', t.needs),
    ...casePolicies({ table: 'demand_items', also: `${demandSeenOf('demand_items')} and ${chargeSeen('demand_items')}` }),
  ],
);

/** That a demand was given another day to be answered by, and why. It only grows. */
export const demandExtensions = comity.table(
  'demand_extensions',
  {
    caseId: uuid('case_id').notNull(),
    id: uuid('id').notNull(),
    needs: needs(),
    demandId: uuid('demand_id').notNull(),
    /** The day before; null: none was named. */
    dueBefore: date('due_before', { mode: 'string' }),
    respondBy: date('respond_by', { mode: 'string' }).notNull(),
    reason: text('reason').notNull(),
    extendedBy: uuid('extended_by').notNull(),
    extendedAt: instant('extended_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.demandId], foreignColumns: [externalDemands.caseId, externalDemands.id], name: 'demand_extensions_demand' }),
    index('demand_extensions_of_demand').on(t.caseId, t.demandId, t.extendedAt),
    needsCheck('demand_extensions', t.needs),
    ...casePolicies({ table: 'demand_extensions', also: demandSeenOf('demand_extensions') }),
  ],
);
