import { and, eq, sql } from 'drizzle-orm';
import { one, page, type Arguments, type Target } from '../database/shape.ts';
import { arrayText } from '../database/statement.ts';
import { idOrNull } from '../kernel/ids.ts';
import { daySought, instantSought } from '../kernel/scalars.ts';
import { referrals } from './referral.table.ts';

/** One referral of the reader's agency, or null. */
export const referralFound = ({ param }: Arguments): Target => one('Referral', referrals, (referral) => eq(referral.id, param((args) => idOrNull(args['id']))));

/** The referrals of the reader's agency, newest first. */
export const referralsOwn = ({ planned, param }: Arguments): Target => {
  const given = (planned['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  const bound = (name: string, read: (value: unknown) => string | null = (value) => String(value)) =>
    given[name] == null ? undefined : param((args) => read((args['filter'] as Readonly<Record<string, unknown>>)[name]));
  const reportNumber = bound('reportNumber');
  const states = bound('states', (value) => arrayText(value as string[]));
  const incidentFrom = bound('incidentFrom', daySought);
  const incidentUntil = bound('incidentUntil', daySought);
  const submittedFrom = bound('submittedFrom', instantSought);
  const submittedBefore = bound('submittedBefore', instantSought);
  return page('Referral', referrals, {
    where: (referral) =>
      and(
        // The policy says the same; said here too, it is the index's first column.
        sql`${referral.agencyId} = (select comity.agency_id())`,
        reportNumber && sql`${referral.reportNumber} = ${reportNumber}`,
        states && sql`${referral.state} = any (${states}::text[])`,
        incidentFrom && sql`${referral.incidentOn} >= ${incidentFrom}::text::date`,
        incidentUntil && sql`${referral.incidentOn} <= ${incidentUntil}::text::date`,
        submittedFrom && sql`${referral.submittedAt} >= ${submittedFrom}::text::timestamptz`,
        submittedBefore && sql`${referral.submittedAt} < ${submittedBefore}::text::timestamptz`,
      ),
    keys: (referral) => [{ column: sql`${referral.submittedAt}`, kind: 'instant' }, { column: sql`${referral.id}`, kind: 'uuid' }],
    descending: true,
  });
};
