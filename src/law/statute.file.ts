import { z } from 'zod';
import { type Faults, fileState, fileText, fileWord, type Placed, type ReferenceFile } from '../database/reference.ts';
import { CONFIDENCES } from '../kernel/confidence.ts';
import { namedId } from '../kernel/ids.ts';
import { type Citation, parseCitation } from './citation.ts';
import { LIMITATION_KINDS, LIMITATION_STARTS, OFFENCE_LEVELS, OFFICER_REACHES, statutes, statuteVersions } from './statute.table.ts';

/** The offences. */
export const STATUTES = 'statutes.json';

const months = z.int().min(1).max(1200).nullable();

const ExtensionInFile = z.strictObject({
  trigger: z.enum(['discovery', 'public_officer_or_employee_in_connection_with_office'])
    .transform((word) => (word === 'discovery' ? ('DISCOVERY' as const) : ('PUBLIC_OFFICE' as const))),
  addYears: z.exactOptional(z.int().min(1)),
  untilYearsAfterLeavingOffice: z.exactOptional(z.int().min(1)),
  capYearsBeyondBase: z.int().min(1),
  citation: fileText,
});

const LevelInFile = z
  .strictObject({ level: fileWord(OFFENCE_LEVELS), kind: fileWord(LIMITATION_KINDS).default('FIXED'), months })
  .refine(({ kind, months: period }) => (kind === 'NONE') === (period === null), 'names a period where the kind is none, or none where it is fixed');

const LimitationInFile = z
  .strictObject({
    kind: fileWord(LIMITATION_KINDS),
    startsAt: fileWord(LIMITATION_STARTS).nullable(),
    months,
    citation: fileText,
    note: fileText,
    byLevel: z.exactOptional(z.array(LevelInFile).min(1)),
    extension: z.exactOptional(ExtensionInFile),
    // What it says in words is the rule of the engine: the shortest period governs.
    governing: z.exactOptional(z.literal('shortest, until the charge names a level')),
  })
  .refine(({ kind, months: period, startsAt }) => (kind === 'NONE') === (period === null) && (period === null || startsAt !== null),
    'names a period where the kind is none, or lacks its months or its start where there is one')
  .transform(({ governing: _inWords, ...limitation }) => limitation);

const StatuteInFile = z
  .strictObject({
    state: fileState,
    citation: fileText,
    title: fileText,
    class: fileText,
    level: fileWord(OFFENCE_LEVELS),
    elements: z.array(fileText).min(1),
    limitation: LimitationInFile,
    maxPenalty: fileText,
    nibrs: z.string().regex(/^[0-9]{2}[0-9A-Z]$/, 'is not an offence code of two digits and a digit or letter'),
    appliesToFederalOfficer: fileWord(OFFICER_REACHES),
    statutoryOfficerClause: fileText.nullable(),
    tags: z.array(z.string().regex(/^[a-z-]{2,30}$/)),
    effectiveFrom: z.iso.date().nullable(),
    effectiveTo: z.iso.date().nullable().default(null),
    supersededBy: fileText.nullable().default(null),
    source: fileText,
    confidence: fileWord(CONFIDENCES),
  })
  .refine(({ supersededBy, effectiveTo }) => supersededBy === null || effectiveTo !== null, { path: ['supersededBy'], message: 'says where the law went on, but not until when this text held' })
  .transform((row, ctx) => {
    const citation = parseCitation(row.citation);
    const spelled = citation?.state === row.state && citation.canonical === row.citation;
    if (citation && spelled) return { ...row, cited: citation };
    const problem = !citation ? 'is not a citation that can be read' : citation.state !== row.state ? `belongs to ${citation.state}` : `is spelled "${citation.canonical}" here`;
    ctx.addIssue({ code: 'custom', path: ['citation'], message: problem });
    return z.NEVER;
  });

type StatuteRead = z.infer<typeof StatuteInFile>;

/** The rows of the offences, ready to be written. */
export interface StatuteReference {
  statutes: (typeof statutes.$inferInsert)[];
  versions: (typeof statuteVersions.$inferInsert)[];
  rows: number;
}

/** Validates the offences; a citation stands once for each of its versions. */
export function statuteReference(file: ReferenceFile, faults: Faults): StatuteReference {
  return statuteRows(file.file, faults.content(file), faults);
}

/** The same of rows that are read already; `file` is what faults call them. */
export function statuteRows(file: string, rows: unknown, faults: Faults): StatuteReference {
  const placed = faults.rows(file, rows, StatuteInFile);
  refuseLostSuccessors(file, placed, faults);
  faults.once(file, placed, 'effectiveFrom', ({ citation, effectiveFrom }) => [`${citation} from ${effectiveFrom ?? 'an unknown day'}`]);
  return { statutes: [...new Map(placed.map((place) => [place.name, statuteRow(place)])).values()], versions: placed.map(versionRow), rows: placed.length };
}

/** What a law went on as stands in the same file, so that a reader gets there. */
function refuseLostSuccessors(file: string, placed: readonly Placed<StatuteRead>[], faults: Faults) {
  const known = new Set(placed.map(({ row }) => row.citation));
  for (const place of placed) {
    const { supersededBy, citation } = place.row;
    if (supersededBy === null || (known.has(supersededBy) && supersededBy !== citation)) continue;
    faults.add(file, place, 'supersededBy', `"${supersededBy}" is no other citation of this file.`, 'Add the text that it went on as, in its canonical spelling, or correct the citation.');
  }
}

const statuteId = ({ canonical }: Citation) => namedId('statute', canonical);

const statuteRow = ({ row }: Placed<StatuteRead>) => ({
  id: statuteId(row.cited),
  state: row.state,
  code: row.cited.code,
  citation: row.cited.canonical,
  title: row.title,
  tags: row.tags,
  keywords: [...row.tags, row.cited.parts.section].join(' '),
});

const versionRow = ({ row }: Placed<StatuteRead>) => ({
  id: namedId('statute-version', `${row.cited.canonical} from ${row.effectiveFrom ?? 'unknown'}`),
  statuteId: statuteId(row.cited),
  validFrom: row.effectiveFrom,
  validTo: row.effectiveTo,
  supersededBy: row.supersededBy === null ? null : namedId('statute', row.supersededBy),
  class: row.class,
  level: row.level,
  elements: row.elements,
  limitation: row.limitation,
  maxPenalty: row.maxPenalty,
  nibrs: row.nibrs,
  appliesToFederalOfficer: row.appliesToFederalOfficer,
  officerClause: row.statutoryOfficerClause,
  source: row.source,
  confidence: row.confidence,
});
