import { sql } from 'drizzle-orm';
import { boolean, check, date, index, integer, pgPolicy, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { ADMINISTRATORS_VIEWER } from '../access/seats.ts';
import { INCIDENT_KINDS, type IncidentKind } from '../cases/lifecycle.ts';
import { agencies } from '../coalition/agency.table.ts';
import { eachOneOf, oneOf } from '../database/checks.ts';
import { appRole, comity, definerRole, instant } from '../database/columns.ts';
import { SEVERITIES, type Severity } from '../law/directive.table.ts';
import { OFFENCE_LEVELS, type OffenceLevel } from '../law/statute.table.ts';

export const PACK_STATES = ['DRAFT', 'PROPOSED', 'IN_FORCE', 'SUPERSEDED', 'WITHDRAWN'] as const;
export type PackState = (typeof PACK_STATES)[number];

/** What a requirement may look for in a referral. The list is closed: a pack is data and holds no code. */
export const READINESS_CHECKS = [
  'NARRATIVE', 'PLACE_AND_TIME', 'SIGNATURE', 'PROVENANCE', 'ELECTED_OFFICIAL', 'BODY_CAMERA', 'RECORDINGS_REGISTERED', 'SUPERVISOR_IDENTIFICATION',
  'CREDENTIAL_CHECK', 'EMERGENCY_MEDICAL', 'EVIDENCE_PRESERVED', 'OFFENCE_LEVEL', 'OFFENCE_CITED', 'VICTIM_CONTACT', 'WITNESS', 'BY_HAND',
] as const;
export type ReadinessCheck = (typeof READINESS_CHECKS)[number];

const OWN = `(readiness_packs.agency_id = (select comity.agency_id()) or (readiness_packs.agency_id is null and '${ADMINISTRATORS_VIEWER}'::uuid = any ((select comity.viewers())::uuid[])))`;
// An agency reads its own and the coalition's, and what the coalition proposes, so that it can say what would become of its referrals.
const PUBLISHED = `((readiness_packs.agency_id is null or (select comity.agency_id()) is null) and readiness_packs.state in ('IN_FORCE', 'SUPERSEDED'))
  or (readiness_packs.agency_id is null and readiness_packs.state = 'PROPOSED' and (select comity.agency_id()) is not null)`;

/**
 * What a referral must show under one directive, in versions: an agency's own, or the coalition's for every agency. Each adopted
 * version judges incidents from `validFrom` until the next version's begins. Its content is fixed once it is proposed.
 */
export const readinessPacks = comity.table(
  'readiness_packs',
  {
    id: uuid('id').primaryKey(),
    /** Null: the coalition's, for every agency. */
    agencyId: uuid('agency_id').references(() => agencies.id),
    /** What obliges the agency, the same in all versions: `chicago-eo-2026-01`. */
    slug: text('slug').notNull(),
    /** 0: as the reference data have it; from 1 in the order of drafting. */
    version: integer('version').notNull(),
    state: text('state', { enum: PACK_STATES }).notNull(),
    title: text('title').notNull(),
    issuedBy: text('issued_by').notNull(),
    /** Its ground in a sentence, with its source. */
    basis: text('basis').notNull(),
    /** The first incident date it judges. */
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    /** Null: the reference data. */
    draftedBy: uuid('drafted_by'),
    draftedAt: instant('drafted_at').notNull(),
    /** Raised by each change of a draft. */
    revision: integer('revision').notNull().default(1),
    proposedBy: uuid('proposed_by'),
    proposedAt: instant('proposed_at'),
    adoptedBy: uuid('adopted_by'),
    adoptedAt: instant('adopted_at'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    unique('readiness_packs_version').on(t.agencyId, t.slug, t.version).nullsNotDistinct(),
    index('readiness_packs_in_force').on(t.agencyId).where(sql`state = 'IN_FORCE'`),
    index('readiness_packs_by_draft').on(t.draftedAt, t.id),
    oneOf('readiness_packs_state_check', t.state, PACK_STATES),
    check('readiness_packs_slug', sql`${t.slug} ~ '^[a-z][a-z0-9-]{1,60}$'`),
    check('readiness_packs_two_people', sql`${t.adoptedBy} <> ${t.proposedBy}`),
    pgPolicy('readiness_packs_read', { for: 'select', to: appRole, using: sql.raw(`${OWN} or ${PUBLISHED}`) }),
    pgPolicy('readiness_packs_drafted', { for: 'insert', to: appRole, withCheck: sql.raw(`${OWN} and readiness_packs.state = 'DRAFT' and readiness_packs.version > 0 and readiness_packs.drafted_by = (select comity.member())`) }),
    // Into force comes a pack by comity.adopt_readiness_pack alone.
    pgPolicy('readiness_packs_changed', {
      for: 'update', to: appRole, using: sql.raw(`${OWN} and readiness_packs.state in ('DRAFT', 'PROPOSED')`),
      withCheck: sql.raw(`${OWN} and readiness_packs.state in ('DRAFT', 'PROPOSED', 'WITHDRAWN')`),
    }),
    pgPolicy('readiness_packs_definer', { for: 'all', to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);

const READ_WITH_PACK = 'exists (select 1 from comity.readiness_packs p where p.id = pack_requirements.pack_id)';
const DRAFTED = sql.raw(`exists (select 1 from comity.readiness_packs p where p.id = pack_requirements.pack_id and p.state = 'DRAFT')`);

/** One thing that a referral must show. */
export const packRequirements = comity.table(
  'pack_requirements',
  {
    packId: uuid('pack_id').notNull().references(() => readinessPacks.id),
    key: text('key').notNull(),
    position: integer('position').notNull(),
    looksFor: text('looks_for', { enum: READINESS_CHECKS }).notNull(),
    /** In words for the officer. */
    asks: text('asks').notNull(),
    /** What the officer is to do. */
    remedy: text('remedy').notNull(),
    severity: text('severity').$type<Severity>().notNull(),
    /** Asked of these kinds of incident; empty: of any. So the next. */
    kinds: text('kinds').array().notNull().default(sql`'{}'::text[]`).$type<IncidentKind[]>(),
    levels: text('levels').array().notNull().default(sql`'{}'::text[]`).$type<OffenceLevel[]>(),
    /** Asked where this is so; null: either way. So the next. */
    anyoneInjured: boolean('anyone_injured'),
    minorInvolved: boolean('minor_involved'),
    /** Its legal ground. */
    basis: text('basis').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.packId, t.key] }),
    oneOf('pack_requirements_looks_for', t.looksFor, READINESS_CHECKS),
    oneOf('pack_requirements_severity', t.severity, SEVERITIES),
    eachOneOf('pack_requirements_kinds', t.kinds, INCIDENT_KINDS),
    eachOneOf('pack_requirements_levels', t.levels, OFFENCE_LEVELS),
    check('pack_requirements_by_hand', sql`${t.looksFor} <> 'BY_HAND' or ${t.severity} <> 'ERROR'`),
    pgPolicy('pack_requirements_read', { for: 'select', to: appRole, using: sql.raw(READ_WITH_PACK) }),
    pgPolicy('pack_requirements_added', { for: 'insert', to: appRole, withCheck: DRAFTED }),
    pgPolicy('pack_requirements_removed', { for: 'delete', to: appRole, using: DRAFTED }),
    pgPolicy('pack_requirements_definer', { for: 'all', to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);

export type ReadinessPackRow = typeof readinessPacks.$inferSelect;
