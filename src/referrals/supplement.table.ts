import { index, integer, jsonb, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { agencyPolicies, casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { agencies } from '../coalition/agency.table.ts';
import { members } from '../coalition/member.table.ts';
import { comity, instant } from '../database/columns.ts';
import { referrals } from './referral.table.ts';

/** What an agency added to its referral after it was sealed, document by document, each chained to the one before; never changed. */
export const referralSupplements = comity.table(
  'referral_supplements',
  {
    id: uuid('id').primaryKey(),
    referralId: uuid('referral_id').notNull().references(() => referrals.id),
    agencyId: uuid('agency_id').notNull().references(() => agencies.id),
    /** Order in the referral, from 1. */
    position: integer('position').notNull(),
    /** The idempotency key that it came under. */
    key: text('key').notNull(),
    /** Canonical JSON. */
    document: text('document').notNull(),
    /** The hash of the packet, or of the supplement before; both in lower-case hexadecimal. */
    previousSha256: text('previous_sha256').notNull(),
    /** SHA-256 of the previous hash, as hexadecimal text, and the document behind it. */
    sha256: text('sha256').notNull(),
    /** Warnings that stood when it arrived. */
    problems: jsonb('problems').notNull(),
    submittedAt: instant('submitted_at').notNull(),
    submittedBy: uuid('submitted_by').notNull().references(() => members.id),
  },
  (t) => [
    unique('referral_supplements_in_order').on(t.referralId, t.position),
    unique('referral_supplements_key').on(t.agencyId, t.key),
    ...agencyPolicies('referral_supplements'),
  ],
);

/** A supplement as the prosecution keeps it, beside the report that stays as it was signed; who came to be known by it stands in `persons`, what is kept elsewhere in `recordings`. */
export const caseSupplements = comity.table(
  'case_supplements',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    referralId: uuid('referral_id').notNull().references(() => referrals.id),
    agencyId: uuid('agency_id').notNull().references(() => agencies.id),
    narrative: text('narrative'),
    /** `{outcome, recordedOnCamera, note}` of a later attempt; the name and badge that were given stand in `persons`. */
    supervisorIdentification: jsonb('supervisor_identification'),
    /** `{signedBy, badge, signedAt}`; null where nobody signed the supplement. */
    signature: jsonb('signature'),
    sha256: text('sha256').notNull(),
    submittedAt: instant('submitted_at').notNull(),
    submittedBy: uuid('submitted_by').notNull().references(() => members.id),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    index('case_supplements_of_referral').on(t.referralId),
    needsCheck('case_supplements', t.needs),
    ...casePolicies({ table: 'case_supplements' }),
  ],
);
