import type postgres from 'postgres';
import { Faults, type ReferenceFile } from '../database/reference.ts';
import { prune, type Tally, upsert, WITHIN_UNIT } from '../database/upsert.ts';
import { DIRECTIVES, directiveReference, type DirectiveReference } from './directive.file.ts';
import { directives } from './directive.table.ts';
import { type RuleInsert, ruleReference, STATE_RULES } from './rule.file.ts';
import { type RuleKind, stateRules } from './rule.table.ts';
import { STATUTES, statuteReference, type StatuteReference } from './statute.file.ts';
import { statutes, statuteVersions } from './statute.table.ts';

/** The files that state the law. */
export const LAW_FILES = [STATUTES, STATE_RULES, DIRECTIVES] as const;

/** The rows of the law's files, ready to be written. */
export interface LawReference {
  statutes: StatuteReference;
  rules: RuleInsert[];
  directives: DirectiveReference;
  /** Rows in each file. */
  rows: Readonly<Record<(typeof LAW_FILES)[number], number>>;
}

/** Validates the law's files; whatever does not hold is added to `faults`. */
export function lawReference(files: Readonly<Record<(typeof LAW_FILES)[number], ReferenceFile>>, faults: Faults): LawReference {
  const offences = statuteReference(files[STATUTES], faults);
  const rules = ruleReference(files[STATE_RULES], faults);
  const orders = directiveReference(files[DIRECTIVES], faults);
  return {
    statutes: offences, rules, directives: orders,
    rows: { [STATUTES]: offences.rows, [STATE_RULES]: rules.length, [DIRECTIVES]: orders.directives.length },
  };
}

/**
 * Writes the law's rows within the caller's transaction. Statutes, their versions and directives are never removed;
 * a rule that left its file goes; what counsel took over stays as counsel gave it. Throws ReferenceRefused where two versions of a statute would overlap.
 */
export async function loadLaw(
  sql: postgres.Sql, reference: LawReference,
): Promise<Record<'statutes' | 'statuteVersions' | 'rules' | 'directives', Tally>> {
  const shipped = await withoutCounsels(sql, reference.statutes);
  const offences = await upsert(sql, statutes, ['id'], shipped.statutes);
  const closed = await closeAmended(sql, shipped);
  const versions = await upsert(sql, statuteVersions, ['id'], shipped.versions);
  await refuseOverlaps(sql, STATUTES);
  const theirs = await sql<{ id: string; kind: RuleKind; state: string }[]>`select id, kind, state from comity.state_rules where origin = 'COUNSEL'`;
  const ours = reference.rules.filter(({ kind, state }) => !theirs.some((rule) => rule.kind === kind && rule.state === state));
  const rules = await upsert(sql, stateRules, ['id'], ours);
  const orders = await upsert(sql, directives, ['id'], reference.directives.directives);
  return {
    statutes: { ...offences, unchanged: offences.unchanged + reference.statutes.statutes.length - shipped.statutes.length },
    statuteVersions: { ...versions, changed: versions.changed + closed, unchanged: versions.unchanged + reference.statutes.versions.length - shipped.versions.length },
    rules: {
      ...rules, unchanged: rules.unchanged + reference.rules.length - ours.length,
      // A kind of which counsel holds all is in no file of ours to prune by, and a row of theirs stays.
      removed: await prune(sql, stateRules, 'kind', 'id', [...ours, ...theirs.map(({ id, kind }) => ({ id, kind }))] as RuleInsert[]),
    },
    directives: orders,
  };
}

/** What counsel took over with a file of their own stays theirs, with all its texts. */
async function withoutCounsels(sql: postgres.Sql, shipped: StatuteReference): Promise<StatuteReference> {
  const theirs = new Set((await sql<{ id: string }[]>`select id from comity.statutes where origin = 'COUNSEL'`).map(({ id }) => id));
  return { ...shipped, statutes: shipped.statutes.filter(({ id }) => !theirs.has(id)), versions: shipped.versions.filter(({ statuteId }) => !theirs.has(statuteId)) };
}

/** A stored version that is in no file any more ends on the day before the first later one of the file begins. */
export async function closeAmended(sql: postgres.Sql, { versions }: StatuteReference): Promise<number> {
  const file = JSON.stringify(versions.map(({ id, statuteId, validFrom }) => ({ id, statute_id: statuteId, valid_from: validFrom })));
  const closed = await sql`
    with file as (select id, statute_id, valid_from from jsonb_populate_recordset(null::comity.statute_versions, ${file}::text::jsonb) where ${sql.unsafe(WITHIN_UNIT)})
    update comity.statute_versions stored set valid_to = next.starts - 1
    from (
      select earlier.id, min(file.valid_from) as starts
      from comity.statute_versions earlier
      join file on file.statute_id = earlier.statute_id and file.valid_from > coalesce(earlier.valid_from, '-infinity')
      where earlier.valid_to is null and not exists (select from file same where same.id = earlier.id)
      group by earlier.id
    ) next
    where stored.id = next.id`;
  return closed.count;
}

/** On each day at most one text is in force; a version without a known start reaches back without end. `file` is what the faults call what was loaded. */
export async function refuseOverlaps(sql: postgres.Sql, file: string) {
  const faults = new Faults();
  const overlaps = await sql<{ citation: string; earlier: string; later: string }[]>`
    select statute.citation, coalesce(a.valid_from::text, 'an unknown day') as earlier, b.valid_from::text as later
    from comity.statute_versions a
    join comity.statute_versions b on b.statute_id = a.statute_id and b.valid_from > coalesce(a.valid_from, '-infinity')
      and b.valid_from <= coalesce(a.valid_to, 'infinity')
    join comity.statutes statute on statute.id = a.statute_id`;
  for (const { citation, earlier, later } of overlaps) {
    faults.add(file, undefined, 'effectiveTo', `${citation}: the version from ${earlier} overlaps the one from ${later}.`,
      'Keep both rows in the file and give the earlier one an effectiveTo before the later one begins.');
  }
  faults.settle();
}
