import { sql, type SQL } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import type { Stage } from '../cases/lifecycle.ts';
import type { ReferralState } from '../cases/referral-link.table.ts';
import type { CaseSeen } from '../cases/subject.ts';
import { page, type Arguments, type Target } from '../database/shape.ts';
import { arrayText, statement, type Statement } from '../database/statement.ts';
import { badInput, notFound } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import type { AgencyView } from '../rulebooks/rule.table.ts';
import type { Moment } from '../trail/act.ts';
import { OPEN_STATES, type EntryKind, type ItemState, type RefusalReason, type ReturnCategory } from './return.rules.ts';
import { returnItems } from './return.table.ts';

/** A referral of a case, as an act of an office sees it. */
export interface Standing {
  readonly referralId: string;
  readonly agencyId: string;
  readonly state: ReferralState;
  readonly withdrawalAsked: boolean;
  /** How many of its items are open, and how many of the whole case. */
  readonly open: number;
  readonly openOfCase: number;
  /** The case has another referral that is neither refused nor withdrawn. */
  readonly hasOther: boolean;
  /** The stage that the case goes back to when nothing is asked any more; null: nothing was ever asked. */
  readonly askedIn: Stage | null;
  /** The day where the actor's office is. */
  readonly today: string;
  /** The lead's rule book shows items to agencies. */
  readonly itemsShown: boolean;
}

const OPEN = `i.case_id = l.case_id and i.state = any ('${arrayText(OPEN_STATES)}')`;
const STANDING = `select l.referral_id as "referralId", comity.referring_agency(l.case_id, l.referral_id) as "agencyId", l.state, l.withdrawal_asked_at is not null as "withdrawalAsked",
  (select count(*)::integer from comity.return_items i where ${OPEN} and i.referral_id = l.referral_id) as open,
  (select count(*)::integer from comity.return_items i where ${OPEN}) as "openOfCase",
  exists (select 1 from comity.case_referrals o where o.case_id = l.case_id and o.referral_id <> l.referral_id and o.state not in ('REFUSED', 'WITHDRAWN')) as "hasOther",
  (select i.asked_in from comity.return_items i where i.case_id = l.case_id order by i.asked_at desc limit 1) as "askedIn",
  (select (statement_timestamp() at time zone coalesce(j.time_zone, 'UTC'))::date::text from comity.jurisdictions j where j.id = nullif(current_setting('comity.office', true), '')::uuid) as today,
  comity.shows_agency(l.case_id, 'ITEMS') as "itemsShown"
  from comity.case_referrals l where l.case_id = $1::uuid and ($2::uuid is null or l.referral_id = $2::uuid)`;

/**
 * The referral of a case that is named, or the only one. Throws NotFound where there is none that the actor sees,
 * BadInput where there are several and none is named.
 */
export async function standingOf(moment: Moment, { id: caseId }: CaseSeen, referralId?: string | null): Promise<Standing> {
  const named = idOrNull(referralId);
  if (referralId != null && named === null) throw notFound();
  const { rows } = await moment.run(statement(STANDING, [caseId, named]));
  if (rows.length > 1) throw badInput('referralId', 'This case has several referrals.', 'Name one of the case’s referrals.');
  const [row] = rows;
  if (row === undefined) throw notFound();
  return row as unknown as Standing;
}

/** An item as an act about it sees it. */
export interface ItemSeen {
  readonly id: string;
  readonly referralId: string;
  readonly state: ItemState;
  readonly officeId: string;
}

const ITEM = 'select id, referral_id as "referralId", state, office_id as "officeId" from comity.return_items where id = $1::uuid and ($2::uuid is null or case_id = $2::uuid)';

/** An item, of the case if one is told. Throws NotFound where there is none that the actor sees. */
export async function itemSeen(moment: Moment, itemId: string, caseId: string | null): Promise<ItemSeen> {
  const [row] = (await moment.run(statement(ITEM, [idOrNull(itemId), caseId]))).rows;
  if (row === undefined) throw notFound();
  return row as unknown as ItemSeen;
}

/** Something new that is asked. */
export interface NewItem {
  /** What all that is asked at once has in common. */
  readonly returnId: string;
  readonly category: ReturnCategory;
  readonly description: string;
  readonly dueOn: string;
}

const ASKED = `insert into comity.return_items (case_id, id, needs, referral_id, agency_id, office_id, category, description, due_on, state, state_since, asked_at, asked_in, return_id)
  values ($1::uuid, $2::uuid, ${FACETS.REPORT}, $3::uuid, $4::uuid, $5::uuid, $6, $7, $8::text::date, 'REQUESTED', statement_timestamp(), clock_timestamp(), $9, $10::uuid)`;

/** Asks for something. */
export const asked = (caseId: string, id: string, { referralId, agencyId }: Standing, office: string, item: NewItem, askedIn: Stage): Statement =>
  statement(ASKED, [caseId, id, referralId, agencyId, office, item.category, item.description, item.dueOn, askedIn, item.returnId]);

const ITEM_MOVED = `update comity.return_items set state = $4, state_since = statement_timestamp(), due_on = coalesce($5::text::date, due_on)
  where case_id = $1::uuid and id = $2::uuid and state = $3 returning id`;

/** Brings an item from one state into another, with another day to be due where one is told; touches no row where it is in a third. */
export const itemMoved = (caseId: string, { id, state }: ItemSeen, to: ItemState, dueOn: string | null): Statement => statement(ITEM_MOVED, [caseId, id, state, to, dueOn]);

/** Ends all that is still asked of a referral that is over. */
export const itemsCancelled = (caseId: string, referralId: string): Statement =>
  statement(`update comity.return_items i set state = 'CANCELLED', state_since = statement_timestamp() where i.case_id = $1::uuid and i.referral_id = $2::uuid and i.state = any ('${arrayText(OPEN_STATES)}')`, [caseId, referralId]);

/** An entry of the thread. */
export interface NewEntry {
  readonly kind: EntryKind;
  readonly itemId?: string;
  readonly reason?: RefusalReason;
  readonly note: string | null;
  readonly shownBy: AgencyView;
}

const ENTERED = `insert into comity.return_entries (case_id, id, needs, referral_id, agency_id, item_id, kind, reason, note, shown_by, by_id, at)
  values ($1::uuid, $2::uuid, ${FACETS.REPORT}, $3::uuid, $4::uuid, $5::uuid, $6, $7, $8, $9, comity.member(), clock_timestamp())`;

/** Adds to the thread. */
export const entered = (caseId: string, { referralId, agencyId }: Standing, { kind, itemId, reason, note, shownBy }: NewEntry): Statement =>
  statement(ENTERED, [caseId, newId(), referralId, agencyId, itemId ?? null, kind, reason ?? null, note, shownBy]);

/** Sets where a referral stands, and tells its agency as far as the lead's rule book says. */
export const standingTold = (caseId: string, referralId: string, state: ReferralState): Statement => statement('select comity.tell_referral($1::uuid, $2::uuid, $3)', [caseId, referralId, state]);

/** The request to withdraw it is answered. */
export const withdrawalAnswered = (caseId: string, referralId: string): Statement =>
  statement('update comity.case_referrals set withdrawal_asked_at = null where case_id = $1::uuid and referral_id = $2::uuid', [caseId, referralId]);

/** Brings the case from the stage it is held in into another. */
export const staged = ({ id, stage }: CaseSeen, to: Stage): Statement => statement('update comity.cases set stage = $3 where id = $1::uuid and stage = $2', [id, stage, to]);

/** True for an item that is still asked for. */
export const isOpen = (item: typeof returnItems): SQL => sql`${item.state} in ('REQUESTED', 'DISPUTED', 'OVERRULED')`;

/** True for an open item whose day has passed, where the office is that it is owed to. */
export const isOverdue = (item: typeof returnItems): SQL =>
  sql`(${isOpen(item)} and ${item.dueOn} < (select (statement_timestamp() at time zone coalesce(j.time_zone, 'UTC'))::date from comity.jurisdictions j where j.id = ${item.officeId}))`;

/** What is asked of the reader's agency, or owed to the reader's office, by the day it is due. */
export const itemsOwn = ({ planned }: Arguments): Target => {
  const given = (planned['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  const wanted = (name: string, condition: SQL): SQL => (given[name] == null ? sql`true` : given[name] === true ? condition : sql`not ${condition}`);
  return page('ReturnItem', returnItems, {
    where: (item) => sql`(${item.agencyId} = (select comity.agency_id()) or ${item.officeId} = (select nullif(current_setting('comity.office', true), '')::uuid))
      and ${wanted('open', sql`(${isOpen(item)})`)} and ${wanted('overdue', isOverdue(item))}`,
    keys: (item) => [{ column: sql`${item.dueOn}::text`, kind: 'text' }, { column: sql`${item.id}`, kind: 'uuid' }],
  });
};
