import { sql } from 'drizzle-orm';
import { date, index, pgPolicy, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { STAGES } from '../cases/lifecycle.ts';
import { agencies } from '../coalition/agency.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { oneOf, words } from '../database/checks.ts';
import { appRole, comity, instant } from '../database/columns.ts';
import { AGENCY_VIEWS } from '../rulebooks/rule.table.ts';
import { referrals } from './referral.table.ts';
import { ENTRY_KINDS, ITEM_STATES, OPEN_STATES, REFUSAL_REASONS, RETURN_CATEGORIES } from './return.rules.ts';

/** The agency reads its own side of the thread, as far as the rule book of the lead shows it; it writes by comity.append_from_agency alone. */
const readByAgency = (table: string, shown: string) =>
  pgPolicy(`${table}_own`, {
    for: 'select', to: appRole,
    using: sql.raw(`${table}.agency_id = (select comity.agency_id()) and comity.shows_agency(${table}.case_id, ${shown})`),
  });

/** What an office asks of the agency that sent a referral: one thing, with a day on which it is due. Both sides read it. */
export const returnItems = comity.table(
  'return_items',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    /** The office that leads the case, kept by triggers: what waits in its cases is found by its time. */
    leadId: uuid('lead_id'),
    referralId: uuid('referral_id').notNull().references(() => referrals.id),
    agencyId: uuid('agency_id').notNull().references(() => agencies.id),
    /** The office that it is owed to: that which asked, and while it is open the lead. */
    officeId: uuid('office_id').notNull().references(() => jurisdictions.id),
    category: text('category', { enum: RETURN_CATEGORIES }).notNull(),
    description: text('description').notNull(),
    /** The last day, where the office is. */
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    /** What was asked at once has it in common; null: asked before that was kept. */
    returnId: uuid('return_id'),
    state: text('state', { enum: ITEM_STATES }).notNull(),
    stateSince: instant('state_since').notNull(),
    askedAt: instant('asked_at').notNull(),
    /** The stage that the case goes back to when nothing is asked any more. */
    askedIn: text('asked_in', { enum: STAGES }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    index('return_items_by_id').on(t.id),
    index('return_items_of_referral').on(t.referralId),
    index('return_items_of_agency').on(t.agencyId, t.dueOn, t.id),
    index('return_items_of_office').on(t.officeId, t.dueOn, t.id),
    index('return_items_waiting').on(t.stateSince, t.caseId, t.id).where(sql`state in ${words(OPEN_STATES)}`),
    index('return_items_waiting_of_lead').on(t.leadId, t.stateSince, t.caseId, t.id).where(sql`state in ${words(OPEN_STATES)}`),
    oneOf('return_items_category_check', t.category, RETURN_CATEGORIES),
    oneOf('return_items_state_check', t.state, ITEM_STATES),
    oneOf('return_items_asked_in_check', t.askedIn, STAGES),
    needsCheck('return_items', t.needs),
    ...casePolicies({ table: 'return_items' }),
    readByAgency('return_items', `'ITEMS'`),
  ],
);

/** The thread between the offices of a case and the agency of a referral, entry by entry; it only grows. */
export const returnEntries = comity.table(
  'return_entries',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    referralId: uuid('referral_id').notNull().references(() => referrals.id),
    agencyId: uuid('agency_id').notNull().references(() => agencies.id),
    /** The item that it is about; null: the referral as a whole. */
    itemId: uuid('item_id'),
    kind: text('kind', { enum: ENTRY_KINDS }).notNull(),
    reason: text('reason', { enum: REFUSAL_REASONS }),
    note: text('note'),
    /** What of a case the lead's rule book must show to agencies for the agency to read it. */
    shownBy: text('shown_by', { enum: AGENCY_VIEWS }).notNull(),
    byId: uuid('by_id').notNull().references(() => members.id),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    index('return_entries_of_item').on(t.itemId, t.at),
    index('return_entries_of_referral').on(t.referralId, t.at),
    oneOf('return_entries_kind_check', t.kind, ENTRY_KINDS),
    oneOf('return_entries_reason_check', t.reason, REFUSAL_REASONS),
    oneOf('return_entries_shown_by_check', t.shownBy, AGENCY_VIEWS),
    needsCheck('return_entries', t.needs),
    ...casePolicies({ table: 'return_entries' }),
    readByAgency('return_entries', 'return_entries.shown_by'),
  ],
);
