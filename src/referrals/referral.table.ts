import { date, index, jsonb, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { agencyPolicies } from '../access/policy.ts';
import { REFERRAL_STATES } from '../cases/referral-link.table.ts';
import { agencies } from '../coalition/agency.table.ts';
import { members } from '../coalition/member.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';

/** One member answers for an import; it stands in for no officer's signature. */
export const attestations = comity.table(
  'attestations',
  {
    id: uuid('id').primaryKey(),
    agencyId: uuid('agency_id').notNull().references(() => agencies.id),
    attestedBy: uuid('attested_by').notNull().references(() => members.id),
    attestedAt: instant('attested_at').notNull(),
    statement: text('statement').notNull(),
    /** Name and SHA-256 of the file that was imported. */
    source: text('source').notNull(),
    sha256: text('sha256').notNull(),
  },
  (t) => [unique('attestations_once').on(t.agencyId, t.attestedBy, t.sha256), ...agencyPolicies('attestations')],
);

/** What an agency signed and sent, as the agency sees it: its own, with its state, never the case behind it. */
export const referrals = comity.table(
  'referrals',
  {
    id: uuid('id').primaryKey(),
    agencyId: uuid('agency_id').notNull().references(() => agencies.id),
    reportNumber: text('report_number').notNull(),
    /** The station or bureau that sent it, as its document says; null: it says none. */
    unit: text('unit'),
    state: text('state', { enum: REFERRAL_STATES }).notNull(),
    stateSince: instant('state_since').notNull(),
    kind: text('kind').notNull(),
    incidentOn: date('incident_on', { mode: 'string' }).notNull(),
    countyFips: text('county_fips').notNull(),
    submittedAt: instant('submitted_at').notNull(),
    submittedBy: uuid('submitted_by').notNull().references(() => members.id),
    attestationId: uuid('attestation_id').references(() => attestations.id),
    /** Warnings that stood when it was accepted for delivery. */
    problems: jsonb('problems').notNull(),
    /** SHA-256 of the packet, in lower-case hexadecimal. */
    packetSha256: text('packet_sha256').notNull(),
  },
  (t) => [
    unique('referrals_report_number').on(t.agencyId, t.reportNumber),
    index('referrals_of_agency').on(t.agencyId, t.submittedAt, t.id),
    oneOf('referrals_state_check', t.state, REFERRAL_STATES),
    ...agencyPolicies('referrals'),
  ],
);

/** The sealed document as it was sent, canonical JSON, and never changed. */
export const referralPackets = comity.table(
  'referral_packets',
  {
    referralId: uuid('referral_id').primaryKey().references(() => referrals.id),
    agencyId: uuid('agency_id').notNull(),
    document: text('document').notNull(),
  },
  () => [...agencyPolicies('referral_packets')],
);

/** The key of each submission: the same key and content answers the first result, other content is refused. */
export const idempotencyKeys = comity.table(
  'idempotency_keys',
  {
    agencyId: uuid('agency_id').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of the canonical content. */
    fingerprint: text('fingerprint').notNull(),
    referralId: uuid('referral_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.agencyId, t.key] }), ...agencyPolicies('idempotency_keys')],
);
