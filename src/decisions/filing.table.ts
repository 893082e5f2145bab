import { sql } from 'drizzle-orm';
import { check, date, foreignKey, index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { charges } from '../charges/charge.table.ts';
import { CHARGING_INSTRUMENTS } from '../coalition/jurisdiction.table.ts';
import { eachOneOf, oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { chargeSeenOf } from './decision.table.ts';
import { FILING_WARNING_CODES, type FilingWarning } from './filing.rules.ts';

/** How a filing is told of, now and before it was corrected. */
const told = () => ({
  instrument: text('instrument', { enum: CHARGING_INSTRUMENTS }).notNull(),
  court: text('court').notNull(),
  docketNumber: text('docket_number').notNull(),
  filedOn: date('filed_on', { mode: 'string' }).notNull(),
  /** The waiver that it rests on, where it does. */
  waiver: text('waiver'),
  warnings: text('warnings').array().$type<FilingWarning[]>().notNull(),
  recordedBy: uuid('recorded_by').notNull(),
  recordedAt: instant('recorded_at').notNull(),
  /** What was wrong with what was told before; null of what was told first. */
  correctedBecause: text('corrected_because'),
});

/** That a charge was filed: once, by an instrument, in a court. What becomes of it there the court's docket says. What was told of it before stands in `filing_entries`, kept by a trigger; and all of it where no filing was made. */
export const filings = comity.table(
  'filings',
  {
    caseId: uuid('case_id').notNull(),
    chargeId: uuid('charge_id').notNull(),
    needs: needs(),
    ...told(),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.chargeId] }),
    foreignKey({ columns: [t.caseId, t.chargeId], foreignColumns: [charges.caseId, charges.id], name: 'filings_charge' }),
    index('filings_by_docket').on(t.docketNumber),
    oneOf('filings_instrument_check', t.instrument, CHARGING_INSTRUMENTS),
    eachOneOf('filings_warnings_check', t.warnings, FILING_WARNING_CODES),
    needsCheck('filings', t.needs),
    ...casePolicies({ table: 'filings', also: chargeSeenOf('filings') }),
  ],
);

/** What was told of the filing of a charge before it was corrected or withdrawn, oldest first. It is open where the charge is, and only grows. */
export const filingEntries = comity.table(
  'filing_entries',
  {
    caseId: uuid('case_id').notNull(),
    chargeId: uuid('charge_id').notNull(),
    position: integer('position').notNull(),
    needs: needs(),
    ...told(),
    withdrawnBy: uuid('withdrawn_by'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBecause: text('withdrawn_because'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.chargeId, t.position] }),
    foreignKey({ columns: [t.caseId, t.chargeId], foreignColumns: [charges.caseId, charges.id], name: 'filing_entries_charge' }),
    oneOf('filing_entries_instrument_check', t.instrument, CHARGING_INSTRUMENTS),
    eachOneOf('filing_entries_warnings_check', t.warnings, FILING_WARNING_CODES),
    check('filing_entries_withdrawn', sql`num_nulls(${t.withdrawnBy}, ${t.withdrawnAt}, ${t.withdrawnBecause}) in (0, 3)`),
    needsCheck('filing_entries', t.needs),
    ...casePolicies({ table: 'filing_entries', also: chargeSeenOf('filing_entries') }),
  ],
);
