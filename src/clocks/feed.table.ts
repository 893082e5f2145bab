import { sql } from 'drizzle-orm';
import { boolean, check, index, pgPolicy, text, uuid } from 'drizzle-orm/pg-core';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { eachOneOf } from '../database/checks.ts';
import { appRole, comity, definerRole, instant } from '../database/columns.ts';
import { CLOCK_KINDS } from './clock.ts';

/** Heads of an office see its members' feeds too, and revoke them. */
const SEEN = `calendar_feeds.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)
  and (calendar_feeds.member_id = (select comity.member()) or exists (select 1 from comity.members m where m.id = (select comity.member()) and m.role in ('SUPERVISOR', 'ELECTED')))`;

/** A calendar that a program reads by a signed address, with the eyes of the member who made it. The address itself is kept nowhere. */
export const calendarFeeds = comity.table(
  'calendar_feeds',
  {
    id: uuid('id').primaryKey(),
    officeId: uuid('office_id').notNull().references(() => jurisdictions.id),
    memberId: uuid('member_id').notNull().references(() => members.id),
    /** Of these kinds; null: of all. */
    kinds: text('kinds', { enum: CLOCK_KINDS }).array(),
    /** Of cases on whose team the member is, and no others. */
    onlyMine: boolean('only_mine').notNull(),
    createdAt: instant('created_at').notNull(),
    until: instant('until').notNull(),
    revokedBy: uuid('revoked_by'),
    revokedAt: instant('revoked_at'),
    lastReadAt: instant('last_read_at'),
  },
  (t) => [
    index('calendar_feeds_of_office').on(t.officeId, t.createdAt, t.id),
    index('calendar_feeds_of_member').on(t.memberId).where(sql`${t.revokedAt} is null`),
    eachOneOf('calendar_feeds_kinds_check', t.kinds, CLOCK_KINDS),
    check('calendar_feeds_lifetime', sql`${t.until} > ${t.createdAt} and ${t.until} <= ${t.createdAt} + interval '8784 hours'`),
    check('calendar_feeds_revoked', sql`num_nulls(${t.revokedBy}, ${t.revokedAt}) in (0, 2)`),
    pgPolicy('calendar_feeds_seen', { for: 'select', to: appRole, using: sql.raw(SEEN) }),
    // A feed sees what its member sees: nobody makes one in another's name.
    pgPolicy('calendar_feeds_made', { for: 'insert', to: appRole, withCheck: sql.raw(`${SEEN} and calendar_feeds.member_id = (select comity.member())
  and calendar_feeds.created_at <= statement_timestamp() and calendar_feeds.revoked_at is null and calendar_feeds.last_read_at is null`) }),
    // What is revoked stays so.
    pgPolicy('calendar_feeds_ended', { for: 'update', to: appRole, using: sql.raw(`${SEEN} and calendar_feeds.revoked_at is null`),
      withCheck: sql.raw(`${SEEN} and (calendar_feeds.revoked_by is null or calendar_feeds.revoked_by = (select comity.member()))`) }),
    pgPolicy('calendar_feeds_definer', { for: 'all', to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);
