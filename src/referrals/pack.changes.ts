import { statement, type Statement } from '../database/statement.ts';
import type { Heading } from './pack.content.ts';

/** One after another: two drafts of one agency at once would take the same version. */
export const LOCK_VERSIONS: Statement = statement(`select pg_advisory_xact_lock(hashtextextended(coalesce(comity.agency_id()::text, 'coalition'), 7205))`);

/** Begins a draft of the actor's agency, or of the coalition, in the next version. */
export const drafted = (id: string, { slug, title, issuedBy, basis, validFrom }: Heading): Statement =>
  statement(
    `insert into comity.readiness_packs (id, agency_id, slug, version, state, title, issued_by, basis, valid_from, drafted_by, drafted_at)
     select $1::uuid, comity.agency_id(), $2, coalesce(max(p.version), 0) + 1, 'DRAFT', $3, $4, $5, $6::text::date, comity.member(), statement_timestamp()
       from comity.readiness_packs p where p.agency_id is not distinct from comity.agency_id() and p.slug = $2`,
    [id, slug, title, issuedBy, basis, validFrom],
  );

/** Changes the heading of a draft and raises its revision; touches no row where it has changed since, or is no draft. */
export const redrafted = (id: string, revision: number, { title, issuedBy, basis, validFrom }: Heading): Statement =>
  statement(
    `update comity.readiness_packs set title = $3, issued_by = $4, basis = $5, valid_from = $6::text::date, revision = revision + 1
      where id = $1::uuid and revision = $2::integer and state = 'DRAFT' returning id`,
    [id, revision, title, issuedBy, basis, validFrom],
  );

/** Proposes a draft; touches no row where it has changed since, or is no draft. */
export const proposed = (id: string, revision: number): Statement =>
  statement(
    `update comity.readiness_packs set state = 'PROPOSED', proposed_by = comity.member(), proposed_at = statement_timestamp()
      where id = $1::uuid and revision = $2::integer and state = 'DRAFT' returning id`,
    [id, revision],
  );

/** Gives up a draft or a proposal; touches no row where it is neither. */
export const withdrawn = (id: string): Statement =>
  statement(`update comity.readiness_packs set state = 'WITHDRAWN', ended_at = statement_timestamp() where id = $1::uuid and state in ('DRAFT', 'PROPOSED') returning id`, [id]);

/** Puts a proposed pack into force; see the function in the migrations. */
export const adopted = (id: string): Statement => statement('select comity.adopt_readiness_pack($1::uuid)', [id]);

/** Takes all requirements out of a draft. */
export const emptied = (id: string): Statement => statement('delete from comity.pack_requirements where pack_id = $1::uuid', [id]);

const COLUMNS = 'key, position, looks_for, asks, remedy, severity, kinds, levels, anyone_injured, minor_involved, basis';

/** Puts requirements into a draft. */
export const filled = (id: string, rows: readonly Readonly<Record<string, unknown>>[]): Statement =>
  statement(
    `insert into comity.pack_requirements (pack_id, ${COLUMNS}) select $1::uuid, ${COLUMNS} from jsonb_populate_recordset(null::comity.pack_requirements, $2::text::jsonb)`,
    [id, JSON.stringify(rows)],
  );

/** Copies the requirements of another pack into a draft. */
export const copied = (id: string, from: string): Statement =>
  statement(`insert into comity.pack_requirements (pack_id, ${COLUMNS}) select $1::uuid, ${COLUMNS} from comity.pack_requirements where pack_id = $2::uuid`, [id, from]);
