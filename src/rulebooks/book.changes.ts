import { statement, type Statement } from '../database/statement.ts';
import type { Content, List } from './content.ts';

const OWN = `nullif(current_setting('comity.office', true), '')::uuid`;

/** One after another: two drafts of one office at once would take the same version. */
export const LOCK_VERSIONS: Statement = statement(`select pg_advisory_xact_lock(hashtextextended(current_setting('comity.office', true), 7204))`);

/** Begins a draft of the actor's office, in the next version. */
export const drafted = (id: string, title: string): Statement =>
  statement(
    `insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_by, drafted_at)
     select $1::uuid, ${OWN}, coalesce(max(b.version), 0) + 1, 'DRAFT', $2, comity.member(), statement_timestamp() from comity.rule_books b where b.jurisdiction_id = ${OWN}`,
    [id, title],
  );

/** Changes the title of a draft and raises its revision; touches no row where it has changed since, or is no draft. */
export const redrafted = (id: string, revision: number, title: string): Statement =>
  statement(`update comity.rule_books set title = $3, revision = revision + 1 where id = $1::uuid and revision = $2::integer and state = 'DRAFT' returning id`, [id, revision, title]);

/** Proposes a draft; touches no row where it has changed since, or is no draft. */
export const proposed = (id: string, revision: number): Statement =>
  statement(
    `update comity.rule_books set state = 'PROPOSED', proposed_by = comity.member(), proposed_at = statement_timestamp()
      where id = $1::uuid and revision = $2::integer and state = 'DRAFT' returning id`,
    [id, revision],
  );

/** Gives up a draft or a proposal; touches no row where it is neither. */
export const withdrawn = (id: string): Statement =>
  statement(`update comity.rule_books set state = 'WITHDRAWN', ended_at = statement_timestamp() where id = $1::uuid and state in ('DRAFT', 'PROPOSED') returning id`, [id]);

/** Puts a proposed book into force; see the function in the migrations. */
export const adopted = (id: string): Statement => statement('select comity.adopt_rule_book($1::uuid)', [id]);

/** Adoption over a large office takes longer than other statements may. */
export const LONGER: Statement = statement(`select set_config('statement_timeout', '60s', true)`);

interface Stored {
  readonly table: string;
  readonly columns: string;
  /** What of it is worth copying. */
  readonly live?: string;
}

const STORED: Readonly<Record<List, Stored>> = {
  sharing: { table: 'comity.sharing_rules', columns: 'position, audience_id, facets, stages, levels, tags, until, basis', live: 'statement_timestamp() < until' },
  limits: { table: 'comity.act_limits', columns: 'action, ceiling, basis' },
  agency: { table: 'comity.agency_rules', columns: 'show, stages, basis' },
  admission: { table: 'comity.admission_rules', columns: 'part, answer, basis' },
  statistics: { table: 'comity.statistics_rules', columns: 'measure, counted, threshold, basis' },
  tests: { table: 'comity.rule_book_tests', columns: 'position, member_id, facet, stage, level, tags, sees' },
};

/** Takes a list out of a draft. */
export const emptied = (list: List, bookId: string): Statement => statement(`delete from ${STORED[list].table} where book_id = $1::uuid`, [bookId]);

/** Puts rows into a list of a draft. */
export function filled(list: List, bookId: string, rows: NonNullable<Content[List]>): Statement {
  const { table, columns } = STORED[list];
  return statement(`insert into ${table} (book_id, ${columns}) select $1::uuid, ${columns} from jsonb_populate_recordset(null::${table}, $2::text::jsonb)`, [bookId, JSON.stringify(rows)]);
}

/** Copies a list of another book of the office into a draft. */
export function copied(list: List, bookId: string, from: string): Statement {
  const { table, columns, live = 'true' } = STORED[list];
  return statement(`insert into ${table} (book_id, ${columns}) select $1::uuid, ${columns} from ${table} where book_id = $2::uuid and ${live}`, [bookId, from]);
}
