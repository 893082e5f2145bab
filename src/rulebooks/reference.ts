import type postgres from 'postgres';
import { z } from 'zod';
import { STANDINGS, type Standing } from '../coalition/jurisdiction.table.ts';
import { type Faults, fileText, fileWord, type ReferenceFile } from '../database/reference.ts';
import { type Tally, WITHIN_UNIT } from '../database/upsert.ts';
import { only } from '../kernel/errors.ts';
import { namedId } from '../kernel/ids.ts';
import { AGENCY_VIEWS, MEASURES } from './rule.table.ts';

const RULE_BOOK = 'rule-book.json';
/** The file that holds the coalition's default rule book. */
export const RULE_BOOK_FILES = [RULE_BOOK] as const;

const each = <K extends string>(key: K) => (rows: readonly Readonly<Record<K, string>>[]) => new Set(rows.map((row) => row[key])).size === rows.length;

/** It opens nothing to other offices: what is shared an office decides for itself. */
const BookInFile = z.strictObject({
  title: fileText,
  agency: z.array(z.strictObject({ show: fileWord(AGENCY_VIEWS), basis: fileText })).refine(each('show'), 'show one thing twice'),
  statistics: z.array(z.strictObject({
    measure: fileWord(MEASURES), countedStandings: z.array(fileWord(STANDINGS)), threshold: z.int().min(10).max(100), basis: fileText,
  })).refine(each('measure'), 'hold one measure twice'),
});

/** The coalition's default book, ready to be given to an office that has none. */
export interface RuleBookReference {
  readonly book: z.infer<typeof BookInFile> | undefined;
  /** Rows in each file. */
  readonly rows: Readonly<Record<(typeof RULE_BOOK_FILES)[number], number>>;
}

/** Validates the default book; whatever does not hold is added to `faults`. */
export function ruleBookReference(files: Readonly<Record<(typeof RULE_BOOK_FILES)[number], ReferenceFile>>, faults: Faults): RuleBookReference {
  const content = faults.content(files[RULE_BOOK]);
  const [placed] = content === undefined ? [] : faults.rows(RULE_BOOK, [content], BookInFile);
  return { book: placed?.row, rows: { [RULE_BOOK]: 1 } };
}

/**
 * Gives the default book, in force at once, to every office that has no book at all, within the caller's transaction; an
 * office that has one keeps it, whatever the file says now. Books are written by the definer alone, so this takes its role
 * and gives it back.
 */
export async function loadRuleBooks(sql: postgres.Sql, { book }: RuleBookReference): Promise<Record<'ruleBooks', Tally>> {
  const { before } = only(await sql<{ before: string }[]>`select current_setting('role') as before`);
  await sql`select set_config('role', 'comity_definer', true)`;
  const offices = await sql<{ id: string; standing: Standing; known: boolean }[]>`
    select j.id, j.standing, exists (select 1 from comity.rule_books b where b.jurisdiction_id = j.id) as known from comity.jurisdictions j order by j.slug`;
  const lacking = book ? offices.filter(({ known }) => !known) : [];
  if (book) for (const office of lacking) await giveBook(sql, office, book);
  await sql`select set_config('role', ${before}, true)`;
  return { ruleBooks: { inserted: lacking.length, changed: 0, unchanged: offices.length - lacking.length, removed: 0 } };
}

async function giveBook(sql: postgres.Sql, { id, standing }: { id: string; standing: Standing }, book: z.infer<typeof BookInFile>): Promise<void> {
  const bookId = namedId('rule-book', id);
  const statistics = book.statistics.map(({ countedStandings, ...rule }) => ({ ...rule, counted: countedStandings.includes(standing) }));
  await sql.unsafe(
    `insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_at, adopted_at)
     select $1::uuid, $2::uuid, 1, 'IN_FORCE', $3, statement_timestamp(), statement_timestamp() where ${WITHIN_UNIT}`, [bookId, id, book.title]);
  await sql.unsafe(
    `insert into comity.agency_rules (book_id, show, basis)
     select $1::uuid, r.show, r.basis from jsonb_populate_recordset(null::comity.agency_rules, $2::text::jsonb) r where ${WITHIN_UNIT}`, [bookId, JSON.stringify(book.agency)]);
  await sql.unsafe(
    `insert into comity.statistics_rules (book_id, measure, counted, threshold, basis)
     select $1::uuid, r.measure, r.counted, r.threshold, r.basis from jsonb_populate_recordset(null::comity.statistics_rules, $2::text::jsonb) r where ${WITHIN_UNIT}`,
    [bookId, JSON.stringify(statistics)]);
}
