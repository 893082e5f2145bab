import { eq, sql } from 'drizzle-orm';
import { caseReferrals } from '../cases/referral-link.table.ts';
import { one, shape, value, type Arguments, type Shapes, type Target } from '../database/shape.ts';
import { idOrNull } from '../kernel/ids.ts';
import { referralOriginals } from './original.table.ts';
import { referrals } from './referral.table.ts';

/** How originals hang on an agency's referral; an office has the hash alone. */
export const originalShapes: Shapes = {
  Referral: shape(referrals, {
    original: (referral) => one('ReferralOriginal', referralOriginals, (original) => eq(original.referralId, referral.id)),
  }),
  ReferralOriginal: shape(referralOriginals, {
    size: (original) => value(sql`octet_length(${original.bytes})`),
  }),
  CaseReferral: shape(caseReferrals, {
    originalSha256: (link) => value(sql`comity.original_sha256(${link.caseId}, ${link.referralId})`),
  }),
};

/** The bytes of one original of the reader's agency in base 64, or null. */
export const originalBytes = ({ param }: Arguments): Target =>
  value(sql`(select to_json(translate(encode(o.bytes, 'base64'), E'\n', '')) from ${referralOriginals} o where o.referral_id = ${param((args) => idOrNull(args['referralId']))}::uuid)`);
