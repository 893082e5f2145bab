import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { ACTS } from '../access/acts.ts';
import { FACETS, GLASS_FACETS } from '../access/facets.ts';
import { page, type Arguments, type Target } from '../database/shape.ts';
import { statement, type Statement } from '../database/statement.ts';
import { notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import { glassUses, type Finding } from './glass.table.ts';

const REVIEWERS = Object.keys(ACTS['glass:review'].office).map((role) => `'${role}'`).join(', ');

/** True of one who may review uses, and so sees those of the whole office; everybody else sees their own. */
export const REVIEWS = `exists (select 1 from comity.members m where m.id = comity.member() and m.role in (${REVIEWERS}))`;

/** The uses of break-glass in the reader's office, newest first: all for those who review them, for everybody else their own. */
export const glassUsesSeen = ({ planned, param }: Arguments): Target => {
  const { awaitingReview, memberId } = (planned['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  const member = param(({ filter }) => idOrNull((filter as Readonly<Record<string, unknown>> | null | undefined)?.['memberId']));
  return page('BreakGlassUse', glassUses, {
    where: (use) =>
      and(
        eq(use.officeId, sql`nullif(current_setting('comity.office', true), '')::uuid`),
        sql`(${use.memberId} = comity.member() or ${sql.raw(REVIEWS)})`,
        awaitingReview == null ? undefined : awaitingReview === true ? isNull(use.reviewedAt) : isNotNull(use.reviewedAt),
        memberId == null ? undefined : eq(use.memberId, sql`${member}::uuid`),
      ),
    keys: (use) => [{ column: sql`${use.since}`, kind: 'instant' }, { column: sql`${use.id}`, kind: 'uuid' }],
    descending: true,
  });
};

/** The facets that break-glass would open to the actor. What is closed is not left out: the answer would tell of it. */
export const glassOpens = (caseId: string): Statement => statement(`select ${GLASS_FACETS} & ~comity.opened_without_glass($1::uuid) as facets`, [caseId]);

const BROKEN = `insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at)
  select $1::uuid, $2::uuid, ${FACETS.SUMMARY}, comity.member(), j.id, $4, statement_timestamp(),
    least(comity.next_midnight(j.time_zone, statement_timestamp()), statement_timestamp() + $5::integer * interval '1 hour'), statement_timestamp() + interval '3 days'
    from comity.jurisdictions j where j.id = $3::uuid
  on conflict (member_id) where reviewed_at is null do nothing returning id`;

/** Waits until all that the actor reads without logging it is over, and keeps it waiting, so that none of it is read behind the glass. */
export const ALONE: Statement = statement('select pg_advisory_xact_lock(hashtextextended(comity.member()::text, 7204))');

/** A use to begin; without hours it lasts until the office's next midnight. */
export interface NewGlassUse {
  readonly caseId: string;
  readonly id: string;
  readonly officeId: string;
  readonly reason: string;
  readonly hours: number | null;
}

/** Begins a use by the actor; touches no row where an earlier one, on whichever case, awaits its review. */
export const broken = ({ caseId, id, officeId, reason, hours }: NewGlassUse): Statement => statement(BROKEN, [caseId, id, officeId, reason, hours]);

/** A use as an act finds it. */
export interface GlassUseSeen {
  readonly caseId: string;
  readonly id: string;
  readonly memberId: string;
  /** The actor sees its case: not so where that has left the office. */
  readonly isShown: boolean;
}

const SEEN = `select case_id as "caseId", id, member_id as "memberId", comity.sees(case_id, ${FACETS.SUMMARY}) as "isShown" from comity.glass_uses
  where case_id = $1::uuid and id = $2::uuid and office_id = nullif(current_setting('comity.office', true), '')::uuid and (member_id = comity.member() or ${REVIEWS})`;

/** A use that the actor sees in the list of uses. Throws NotFound for any other. */
export async function glassUseSeen(moment: Moment, caseId: string, useId: string): Promise<GlassUseSeen> {
  const id = idOrNull(useId);
  const [row] = id === null ? [] : (await moment.run(statement(SEEN, [idOrNull(caseId), id]))).rows;
  if (row === undefined) throw notFound();
  return row as unknown as GlassUseSeen;
}

const ENDED = `update comity.glass_uses set until = statement_timestamp()
  where case_id = $1::uuid and id = $2::uuid and member_id = comity.member() and statement_timestamp() < until returning id`;

/** Ends the actor's own use; touches no row where it has ended. */
export const ended = (caseId: string, id: string): Statement => statement(ENDED, [caseId, id]);

/**
 * Keeps what a review of another's use found, with its event, and ends the use where there was no cause for it; answers whether it
 * did, as it does not where the use was reviewed before.
 */
export const reviewed = ({ caseId, id }: GlassUseSeen, finding: Finding, remark: string): Statement =>
  statement('select comity.review_glass($1::uuid, $2::uuid, $3, $4) as reviewed', [caseId, id, finding, remark]);
