import { sql } from 'drizzle-orm';
import { check, text, uuid } from 'drizzle-orm/pg-core';
import { agencyPolicies } from '../access/policy.ts';
import { bytea, comity } from '../database/columns.ts';
import { referrals } from './referral.table.ts';

/** Bytes that the original of one referral may have: as many as a request. */
const MOST_BYTES = 1024 * 1024;

/** The document that a referral was made from, byte for byte as its agency sent it: a row, an XML element, JSON. The agency's own. */
export const referralOriginals = comity.table(
  'referral_originals',
  {
    referralId: uuid('referral_id').primaryKey().references(() => referrals.id),
    agencyId: uuid('agency_id').notNull(),
    mediaType: text('media_type').notNull(),
    /** SHA-256 of the bytes, in lower-case hexadecimal. */
    sha256: text('sha256').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [
    check('referral_originals_size', sql`octet_length(${t.bytes}) between 1 and ${sql.raw(String(MOST_BYTES))}`),
    check('referral_originals_media_type', sql`${t.mediaType} ~ '^[a-z]+/[a-z0-9.+-]{1,80}$'`),
    ...agencyPolicies('referral_originals'),
  ],
);
