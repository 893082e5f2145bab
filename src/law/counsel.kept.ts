import type postgres from 'postgres';
import { Faults } from '../database/reference.ts';
import type { Column, CounselStatutes } from './counsel.file.ts';
import type { StatuteReference } from './statute.file.ts';
import type { Limitation, StatuteRow, statuteVersions, StatuteVersionRow } from './statute.table.ts';

type Version = typeof statuteVersions.$inferInsert;

/**
 * The rows of a file as they are to be written: what a file has no column for stays as it stands for a text that is on file. A text
 * whose start the file has no column for is the one of its statute that has no end. Throws ReferenceRefused where the period of a graded offence
 * changes and nothing is said of its levels: they govern, and would go on as they are.
 */
export async function withKept(sql: postgres.Sql, { file, statutes: { statutes, versions, rows }, absent }: CounselStatutes): Promise<StatuteReference> {
  if (absent.length === 0) return { statutes, versions, rows };
  const ids = statutes.map(({ id }) => id);
  const laws = new Map((await sql<StatuteRow[]>`select id, tags, keywords from comity.statutes where id = any (${ids}::uuid[])`).map((row) => [row.id, row]));
  const texts = await sql<StatuteVersionRow[]>`select id, statute_id as "statuteId", valid_from::text as "validFrom", valid_to::text as "validTo", limitation, max_penalty as "maxPenalty", nibrs,
      applies_to_federal_officer as "appliesToFederalOfficer", officer_clause as "officerClause", confidence, superseded_by as "supersededBy"
    from comity.statute_versions where statute_id = any (${ids}::uuid[])`;
  const lacks = (column: Column) => absent.includes(column);
  const standing = (version: Version) => texts.find((text) => (lacks('effective_from') ? text.statuteId === version.statuteId && text.validTo === null : text.id === version.id));
  if (lacks('limitation_by_level')) refuseUngraded(file, versions.flatMap((version, index) => (isRegraded(version.limitation, standing(version)?.limitation) ? [{ index, name: statutes.find(({ id }) => id === version.statuteId)?.citation ?? '' }] : [])));
  return {
    rows,
    statutes: statutes.map((law) => ({ ...law, ...(lacks('tags') && kept(laws.get(law.id), ['tags', 'keywords'])) })),
    versions: versions.map((version) => {
      const text = standing(version);
      return text === undefined ? version : {
        ...version, ...kept(text, Object.entries(FIELDS).flatMap(([column, fields]) => (lacks(column as keyof typeof FIELDS) ? fields : []))),
        limitation: limitationKept(version.limitation, text.limitation, lacks),
      };
    }),
  };
}

const isRegraded = (given: Limitation, stored: Limitation | undefined): boolean => stored?.byLevel !== undefined && (given.months !== stored.months || (given.kind === 'NONE') !== (stored.kind === 'NONE'));

function refuseUngraded(file: string, rows: readonly { readonly index: number; readonly name: string }[]): void {
  const faults = new Faults();
  for (const row of rows) {
    faults.add(file, row, 'limitation_by_level', 'is missing: the law on file grades this offence, and its levels, not limitation_months, say when time runs out.', 'Add the column, as in felony=36;misdemeanor=18; or an empty cell where the offence is graded no more.');
  }
  faults.settle();
}

/** The columns that may be left out, and the fields of a text that each of them fills. */
const FIELDS = {
  effective_from: ['id', 'validFrom'], effective_to: ['validTo'], superseded_by: ['supersededBy'], max_penalty: ['maxPenalty'], nibrs: ['nibrs'],
  federal_officer: ['appliesToFederalOfficer'], officer_clause: ['officerClause'], confidence: ['confidence'],
} as const satisfies Partial<Record<Column, readonly (keyof StatuteVersionRow)[]>>;

const kept = <T extends object>(stored: T | undefined, fields: readonly (keyof T)[]): Partial<T> =>
  Object.fromEntries(stored === undefined ? [] : fields.map((field) => [field, stored[field]])) as Partial<T>;

/**
 * Whether there is a period at all is what the months say, which each file has. Those of the levels of a graded offence stand beside it
 * while it stays as it is; `refuseUngraded` sees to the rest.
 */
function limitationKept(given: Limitation, stored: Limitation, lacks: (column: Column) => boolean): Limitation {
  const isStill = (given.kind === 'NONE') === (stored.kind === 'NONE');
  return {
    ...given,
    ...(lacks('limitation_kind') && isStill && { kind: stored.kind }),
    ...(lacks('limitation_starts') && isStill && { startsAt: stored.startsAt }),
    ...(lacks('limitation_note') && { note: stored.note }),
    ...(lacks('limitation_by_level') && stored.byLevel && { byLevel: stored.byLevel }),
    ...(lacks('limitation_extension') && isStill && stored.extension && { extension: stored.extension }),
  };
}
