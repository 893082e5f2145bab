import type postgres from 'postgres';
import { upsert } from '../database/upsert.ts';
import type { CounselStatutes } from './counsel.file.ts';
import { withKept } from './counsel.kept.ts';
import { closeAmended, refuseOverlaps } from './reference.ts';
import { statutes, statuteVersions } from './statute.table.ts';

/** What rests on a text or a rule in cases that are not closed: charges that stand, and clocks that count today. */
export interface Resting {
  readonly charges: number;
  readonly clocks: number;
}

/** What rests on a text beside: the proof of those charges, and the days. */
export interface RestingProof {
  /** Links that stand. */
  readonly links: number;
  /** What reviewers hold of its elements at last. */
  readonly assessments: number;
  /** Of both together those on a wording that the text does not have any more: they count for no element of it. */
  readonly earlier: number;
  /** Of the charges those of a day on which the text is not in force: they say NOT_IN_FORCE. */
  readonly outside: number;
}

/** What another value a field of a text or a rule has. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What a file of counsel does to one text of law. */
export interface TextChange extends Resting, RestingProof {
  readonly citation: string;
  readonly validFrom: string | null;
  /** CLOSED: a later text of the file ends it. */
  readonly change: 'ADDED' | 'CHANGED' | 'CLOSED' | 'UNCHANGED';
  readonly fields: readonly FieldChange[];
  /** Who had confirmed it and no longer has, because it says something else. */
  readonly attestationLost: string | null;
}

/** Thrown to take back what was only tried. */
class TakenBack extends Error {}

/**
 * Loads counsel's own statutes, all or none, and says what that changed; from then on no release replaces their entries. With
 * `keep` false everything is taken back, and the report says what would change. `sql` is a client of one connection whose role
 * owns the tables. Throws ReferenceRefused where two texts of a statute would overlap.
 */
export async function applyCounsel(sql: postgres.Sql, given: CounselStatutes, { keep }: { keep: boolean }): Promise<TextChange[]> {
  return loaded(sql, keep, async (unit) => {
    const reference = await withKept(unit, given);
    const ids = reference.statutes.map(({ id }) => id);
    const before = await textsOf(unit, ids);
    await upsert(unit, statutes, ['id'], reference.statutes.map((row) => ({ ...row, origin: 'COUNSEL' as const })));
    await closeAmended(unit, reference);
    await upsert(unit, statuteVersions, ['id'], reference.versions);
    await refuseOverlaps(unit, given.file);
    return changes(before, await textsOf(unit, ids), new Set(reference.versions.map(({ id }) => id)));
  });
}

/** Does a load in one transaction, one load at a time, and takes it back where it is not to be kept. */
export async function loaded<T>(sql: postgres.Sql, keep: boolean, work: (unit: postgres.Sql) => Promise<readonly T[]>): Promise<T[]> {
  let report: readonly T[] = [];
  try {
    await sql.begin(async (tx) => {
      const unit = tx as unknown as postgres.Sql;
      await unit`select set_config('comity.unit', gen_random_uuid()::text, true), pg_advisory_xact_lock(hashtextextended('comity reference data', 0))`;
      report = await work(unit);
      if (!keep) throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  }
  return [...report];
}

type Text = Readonly<Record<string, unknown>> & { readonly id: string; readonly citation: string; readonly valid_from: string | null; readonly attested_by: string | null; readonly resting: Resting & RestingProof };

const textsOf = async (sql: postgres.Sql, ids: readonly string[]): Promise<Map<string, Text>> => {
  const rows = await sql<{ text: Text }[]>`
    select to_jsonb(v) - 'statute_id' || jsonb_build_object('citation', s.citation, 'title', s.title, 'tags', s.tags,
        'superseded_by', (select later.citation from comity.statutes later where later.id = v.superseded_by),
        'resting', to_jsonb(r) || jsonb_build_object('outside', comity.outside_text(v.id))) as text
      from comity.statute_versions v join comity.statutes s on s.id = v.statute_id cross join comity.resting_on_text(v.id) r
     where s.id = any (${[...ids]}::uuid[]) order by s.citation, v.valid_from nulls first`;
  return new Map(rows.map(({ text }) => [text.id, text]));
};

const NOT_SAID = new Set(['id', 'revision', 'attested_by', 'resting']);

function changes(before: ReadonlyMap<string, Text>, after: ReadonlyMap<string, Text>, given: ReadonlySet<string>): TextChange[] {
  return [...after.values()].flatMap((text) => {
    const was = before.get(text.id);
    const fields = was === undefined ? [] : fieldChanges(was, text);
    const change = was === undefined ? 'ADDED' : fields.length === 0 ? 'UNCHANGED' : given.has(text.id) ? 'CHANGED' : 'CLOSED';
    // A text of before that the file does not name, and that stays as it was, is no matter of the file.
    if (change === 'UNCHANGED' && !given.has(text.id)) return [];
    return [{ citation: text.citation, validFrom: text.valid_from, change, fields, ...text.resting, attestationLost: text.attested_by === null ? (was?.attested_by ?? null) : null }];
  });
}

/** The fields that say something else, by their names. */
export const fieldChanges = (was: Readonly<Record<string, unknown>>, is: Readonly<Record<string, unknown>>): FieldChange[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((field) => !NOT_SAID.has(field) && JSON.stringify(is[field]) !== JSON.stringify(was[field])).sort()
    .map((field) => ({ field, before: was[field] ?? null, after: is[field] ?? null }));

/** The report as it is printed, a line for each text and field. */
export function told(report: readonly TextChange[]): string {
  const lines = report.filter(({ change }) => change !== 'UNCHANGED').flatMap(({ citation, validFrom, change, fields, attestationLost, ...resting }) => [
    `${change.padEnd(8)} ${citation} from ${validFrom ?? 'an unknown day'}`, ...toldFields(fields, resting), ...toldProof(resting),
    ...(attestationLost === null ? [] : [`           the confirmation of ${attestationLost} is lost`]),
  ]);
  const same = report.length - report.filter(({ change }) => change !== 'UNCHANGED').length;
  return [...lines, `${report.length} texts, ${same} of them unchanged.`].join('\n');
}

/** What says something else, and what rests on it. */
export const toldFields = (fields: readonly FieldChange[], { charges, clocks }: Resting): string[] => [
  ...fields.map(({ field, before, after }) => `           ${field}: ${shown(before)} -> ${shown(after)}`),
  ...(charges + clocks > 0 ? [`           ${charges} ${charges === 1 ? 'charge' : 'charges'} and ${clocks} ${clocks === 1 ? 'clock' : 'clocks'} rest on it`] : []),
];

const toldProof = ({ links, assessments, earlier, outside }: RestingProof): string[] => [
  ...(links + assessments === 0 ? [] : [
    `           ${links} ${links === 1 ? 'link' : 'links'} of proof and ${assessments} ${assessments === 1 ? 'assessment' : 'assessments'} rest on it${earlier === 0 ? '' : `; ${earlier} of them on an element that it does not have in these words`}`,
  ]),
  ...(outside === 0 ? [] : [`           ${outside} of these charges ${outside === 1 ? 'is' : 'are'} of a day on which it is not in force: to rest on another text, one that is not filed is held, withdrawn and proposed anew`]),
];

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
