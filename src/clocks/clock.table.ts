import { sql, type SQL } from 'drizzle-orm';
import { type AnyPgColumn, check, date, index, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bits, VENUE_FACETS } from '../access/facets.ts';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { eachOneOf, oneOf, words } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { type Asserted, CLOCK_KINDS, CLOCK_STATES, CLOCK_WARNINGS, type ClockKind, type ClockRule, type ClockWarning, type Exclusion, type TraceStep } from './clock.ts';

/** Why a result was replaced: a fact changed, the rule says something else, or what it counted towards is gone. */
export const SUPERSESSIONS = ['FACTS', 'RULE', 'ENDED'] as const;
export type Superseded = (typeof SUPERSESSIONS)[number];

/** The facets that every clock of a kind requires of its reader, for what it counts for does; one clock may require more. */
export const NEEDED_BY = {
  LIMITATION: bits('CHARGES'),
  REMOVAL_WINDOW: bits('PERSONS', 'CHARGES', 'PROCEEDINGS'),
  CAMERA_RETENTION: bits('EVIDENCE'),
  RETURN_ITEM: bits('REPORT'),
  EXTERNAL_DEMAND: bits('PROCEEDINGS'),
  VICTIM_NOTICE: bits('PERSONS', 'CHARGES'),
  SUPERSESSION_HEARING: bits('PROCEEDINGS'),
  SUPERSESSION_DECISION: bits('PROCEEDINGS'),
  RENDITION_HOLD: bits('PERSONS', 'CHARGES', 'PROCEEDINGS'),
} as const satisfies Readonly<Record<ClockKind, number>>;

/** The kinds of clocks that a case which nobody leads can show to its venue candidates. */
export const BEFORE_CLAIM = CLOCK_KINDS.filter((kind) => (NEEDED_BY[kind] & ~VENUE_FACETS.unclaimed) === 0);

const NEEDED = sql.raw(`case kind ${CLOCK_KINDS.map((kind) => `when '${kind}' then ${NEEDED_BY[kind]}`).join(' ')} end`);

/**
 * What a clock is about must be open to its reader too: where it went, for instance into a compartment, the clock went. What most clocks are about is asked for here; the rest,
 * and what an earlier result counted, in a function: a policy's subqueries are made ready for every statement that names the table, whether a row asks for them or not.
 */
const SUBJECT_SEEN = `case clocks.kind
    when 'LIMITATION' then (select 1 from comity.charges h where h.case_id = clocks.case_id and h.id = clocks.about_id) = 1
    when 'CAMERA_RETENTION' then (select 1 from comity.recordings r where r.case_id = clocks.case_id and r.id = clocks.about_id) = 1
    when 'RETURN_ITEM' then (select 1 from comity.return_items i where i.case_id = clocks.case_id and i.id = clocks.about_id) = 1
    else comity.clock_about_seen(clocks.kind, clocks.case_id, clocks.about_id, clocks.superseded_at is not null, clocks.aspect, clocks.started_on, clocks.met_on) end`;

/** Counts towards a day, and nothing has met it yet. */
export const isRunning = (clock: Readonly<Record<'supersededAt' | 'metOn' | 'dueOn', AnyPgColumn>>): SQL =>
  sql`${clock.supersededAt} is null and ${clock.metOn} is null and ${clock.dueOn} is not null`;

/** What a clock showed when it was last computed, and what it showed before: a result is superseded, never changed. */
export const clocks = comity.table(
  'clocks',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    /** The office that leads the case, kept by triggers: what runs in its cases is found by its day. */
    leadId: uuid('lead_id'),
    kind: text('kind', { enum: CLOCK_KINDS }).notNull(),
    /** What it counts for: a charge, a recording, an item, a person. */
    aboutId: uuid('about_id').notNull(),
    /** Which of several about the same: of a notice what of; empty where there is one. */
    aspect: text('aspect').notNull(),
    /** Zone of the court; days are days there. */
    timeZone: text('time_zone').notNull(),
    startedOn: date('started_on', { mode: 'string' }),
    dueOn: date('due_on', { mode: 'string' }),
    safeOn: date('safe_on', { mode: 'string' }),
    rolledOn: date('rolled_on', { mode: 'string' }),
    metOn: date('met_on', { mode: 'string' }),
    /** How it stands without a due day; with one that follows from the day. */
    undated: text('undated', { enum: CLOCK_STATES }),
    asserted: jsonb('asserted').$type<Asserted>(),
    tolling: jsonb('tolling').$type<Exclusion[]>().notNull(),
    trace: jsonb('trace').$type<TraceStep[]>().notNull(),
    warnings: text('warnings').array().$type<ClockWarning[]>().notNull(),
    rule: jsonb('rule').$type<Omit<ClockRule, 'attestedBy'>>().notNull(),
    /** The text of a statute that the rule rests on; who attests it stands there. */
    versionId: uuid('version_id'),
    /** Of all of this: an equal result is not written again. */
    digest: text('digest').notNull(),
    computedAt: instant('computed_at').notNull(),
    supersededAt: instant('superseded_at'),
    supersededBecause: text('superseded_because', { enum: SUPERSESSIONS }),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    uniqueIndex('clocks_current').on(t.caseId, t.kind, t.aboutId, t.aspect).where(sql`${t.supersededAt} is null`),
    index('clocks_due').on(t.dueOn, t.kind, t.caseId, t.id).where(isRunning(t)),
    index('clocks_of_lead').on(t.leadId, t.dueOn, t.kind, t.caseId, t.id).where(sql`${isRunning(t)} and ${t.leadId} is not null`),
    index('clocks_unled').on(t.dueOn, t.kind, t.caseId, t.id).where(sql`${isRunning(t)} and ${t.leadId} is null and ${t.kind} in ${words(BEFORE_CLAIM)}`),
    index('clocks_of_version').on(t.versionId, t.caseId).where(sql`${t.supersededAt} is null`),
    oneOf('clocks_kind_check', t.kind, CLOCK_KINDS),
    oneOf('clocks_undated_check', t.undated, CLOCK_STATES),
    eachOneOf('clocks_warnings_check', t.warnings, CLOCK_WARNINGS),
    oneOf('clocks_superseded_because_check', t.supersededBecause, SUPERSESSIONS),
    check('clocks_superseded', sql`num_nulls(${t.supersededAt}, ${t.supersededBecause}) in (0, 2)`),
    check('clocks_dated', sql`(${t.dueOn} is null) = (${t.undated} is not null)`),
    needsCheck('clocks', t.needs),
    check('clocks_needs_of_kind', sql`needs & ${NEEDED} = ${NEEDED}`),
    ...casePolicies({ table: 'clocks', also: SUBJECT_SEEN }),
  ],
);
