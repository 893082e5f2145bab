import { sql } from 'drizzle-orm';
import { boolean, doublePrecision, index, jsonb, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { cases } from './case.table.ts';

/** What came of the attempt to identify the supervisory officer on scene. */
export const IDENTIFICATION_OUTCOMES = ['VERIFIED', 'NAME_ONLY', 'BADGE_ONLY', 'REFUSED', 'NOT_PRESENT', 'NOT_SAFE', 'NOT_ATTEMPTED'] as const;
export type IdentificationOutcome = (typeof IDENTIFICATION_OUTCOMES)[number];

/** What part an elected official had in the decision to refer. */
export const ELECTED_PARTS = ['NONE', 'CONSULTED', 'DIRECTED'] as const;
export type ElectedPart = (typeof ELECTED_PARTS)[number];

/** The facts that an agency signed, as the prosecution keeps them: the REPORT of a case. One row a case. */
export const caseReports = comity.table(
  'case_reports',
  {
    caseId: uuid('case_id').primaryKey().references(() => cases.id),
    needs: needs(),
    reportNumber: text('report_number').notNull(),
    narrative: text('narrative').notNull(),
    /** The exact place, as the agency writes it. */
    place: text('place').notNull(),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    /** The instant it happened; null where the agency knows the day alone. */
    occurredAt: instant('occurred_at'),
    anyoneInjured: boolean('anyone_injured').notNull(),
    /** Citations that the agency alleges, in its own spelling. */
    allegedOffences: text('alleged_offences').array().notNull().default(sql`'{}'::text[]`),
    allegedLevel: text('alleged_level'),
    /** `{outcome, recordedOnCamera, note}`; the name and badge that were given stand in `persons`. */
    supervisorIdentification: jsonb('supervisor_identification'),
    /** `{summoned, summonedAt, arrivedAt, aidRendered, note}` */
    emergencyMedical: jsonb('emergency_medical'),
    /** `{preservedBy, preservedAt}` */
    preservation: jsonb('preservation'),
    /** `{decidedBy, consulted[], electedOfficial}`: who decided to refer, who was consulted, and the part of an elected official. */
    provenance: jsonb('provenance'),
    /** The part of an elected official for which the declared county's office wants it flagged; null: for none. */
    flaggedFor: text('flagged_for').$type<ElectedPart>(),
    /** `{signedBy, badge, signedAt}`; null where an import was attested instead. */
    signature: jsonb('signature'),
    /** `{attestedBy, attestedAt, statement}`: one member answers for an import; never an officer's signature. */
    attestation: jsonb('attestation'),
  },
  (t) => [
    index('case_reports_flagged').on(t.caseId).where(sql`flagged_for is not null`), oneOf('case_reports_flagged_for', t.flaggedFor, ELECTED_PARTS), needsCheck('case_reports', t.needs),
    ...casePolicies({ table: 'case_reports' }),
  ],
);
