import type postgres from 'postgres';
import { z } from 'zod';
import { Faults, fileState, fileText, fileWord, type Placed, type ReferenceFile } from '../database/reference.ts';
import { prune, type Tally, upsert } from '../database/upsert.ts';
import { CONFIDENCES } from '../kernel/confidence.ts';
import { namedId } from '../kernel/ids.ts';
import { agencies, AGENCY_KINDS } from './agency.table.ts';
import { countyName } from './county.ts';
import { CHARGING_INSTRUMENTS, HANDLED_LEVELS, jurisdictionCounties, jurisdictions, OFFICE_KINDS, type Standing } from './jurisdiction.table.ts';

const OFFICES = 'jurisdictions.json';
const PREFIXES = 'prefixes.json';
/** The files that describe the coalition. */
export const COALITION_FILES = [OFFICES, PREFIXES] as const;

const STANDING_OF_ROLE = { founding_member: 'MEMBER', referral_destination_not_member: 'GUEST' } as const satisfies Record<string, Standing>;

const timeZone = fileText.refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone), 'is not a time zone of the IANA list');
const county = z.string().refine((fips) => countyName(fips) !== undefined, 'is not the five-digit code of a county');
const ori = z.string().regex(/^[A-Z]{2}[A-Z0-9]{7}$/, 'is not an ORI: two letters, then seven letters or digits');

const AgencyInFile = z.strictObject({ name: fileText, ori: ori.nullable(), kind: fileWord(AGENCY_KINDS), note: fileText.optional() });

const JurisdictionInFile = z.strictObject({
  slug: z.string().regex(/^[a-z][a-z-]{1,60}$/, 'is not a slug of small letters and hyphens'),
  name: fileText,
  officeTitle: fileText,
  officeKind: fileWord(OFFICE_KINDS),
  state: fileState,
  countyFips: z.array(county).min(1),
  timeZone,
  coalitionRole: z.enum(['founding_member', 'referral_destination_not_member']),
  officeOri: ori.nullable(),
  courts: z.strictObject({ trial: fileText, limited: fileText.optional(), federalDistrict: fileText, federalDistrictId: z.string().regex(/^[a-z]{3,5}$/) }),
  chargingInstruments: z.array(fileWord(CHARGING_INSTRUMENTS)).min(1),
  handlesLevels: z.array(fileWord(HANDLED_LEVELS)).min(1),
  notes: fileText.nullable(),
  source: fileText,
  confidence: fileWord(CONFIDENCES),
  agencies: z.array(AgencyInFile),
});

const PrefixInFile = z.strictObject({ slug: fileText, prefix: z.string().regex(/^(?!UNR)[A-Z]{3}$/, 'is not three capital letters other than UNR') });

type Office = z.infer<typeof JurisdictionInFile>;
type JurisdictionInsert = typeof jurisdictions.$inferInsert;
type AgencyInsert = typeof agencies.$inferInsert;

/** The rows of the coalition's files, ready to be written. */
export interface CoalitionReference {
  jurisdictions: JurisdictionInsert[];
  counties: (typeof jurisdictionCounties.$inferInsert)[];
  agencies: AgencyInsert[];
  /** Rows in each file. */
  rows: Readonly<Record<(typeof COALITION_FILES)[number], number>>;
}

/** Validates the coalition's files; whatever does not hold is added to `faults`. */
export function coalitionReference(files: Readonly<Record<(typeof COALITION_FILES)[number], ReferenceFile>>, faults: Faults): CoalitionReference {
  const offices = faults.rows(OFFICES, faults.content(files[OFFICES]), JurisdictionInFile);
  const prefixes = faults.rows(PREFIXES, faults.content(files[PREFIXES]), PrefixInFile);
  faults.once(OFFICES, offices, 'slug', ({ slug }) => [slug]);
  faults.once(OFFICES, offices, 'countyFips', ({ countyFips }) => countyFips);
  faults.once(OFFICES, offices, 'agencies.ori', (office) => office.agencies.flatMap((agency) => agency.ori ?? []));
  faults.once(OFFICES, offices, 'agencies.name', (office) => office.agencies.map((agency) => agencySlug(office, agency.name)));
  faults.once(PREFIXES, prefixes, 'slug', ({ slug }) => [slug]);
  faults.once(PREFIXES, prefixes, 'prefix', ({ prefix }) => [prefix]);
  const prefixOf = new Map(prefixes.map(({ row }) => [row.slug, row.prefix]));
  for (const office of offices) {
    if (!prefixOf.has(office.row.slug)) faults.add(OFFICES, office, 'slug', 'has no prefix for its case numbers.', `Add it to ${PREFIXES}.`);
  }
  return {
    jurisdictions: offices.map(({ row }) => jurisdictionRow(row, prefixOf.get(row.slug) ?? '')),
    counties: offices.flatMap(({ row }) => row.countyFips.map((fips) => ({ fips, jurisdictionId: jurisdictionId(row) }))),
    agencies: offices.flatMap(agencyRows),
    rows: { [OFFICES]: offices.length, [PREFIXES]: prefixes.length },
  };
}

const jurisdictionId = ({ slug }: Office) => namedId('jurisdiction', slug);

const jurisdictionRow = (office: Office, prefix: string): JurisdictionInsert => ({
  id: jurisdictionId(office),
  slug: office.slug,
  name: office.name,
  prefix,
  state: office.state,
  standing: STANDING_OF_ROLE[office.coalitionRole],
  officeTitle: office.officeTitle,
  officeKind: office.officeKind,
  officeOri: office.officeOri,
  timeZone: office.timeZone,
  trialCourt: office.courts.trial,
  limitedCourt: office.courts.limited ?? null,
  federalDistrict: office.courts.federalDistrict,
  federalDistrictId: office.courts.federalDistrictId,
  chargingInstruments: office.chargingInstruments,
  handlesLevels: office.handlesLevels,
  notes: office.notes,
  source: office.source,
  confidence: office.confidence,
});

const agencySlug = (office: Office, name: string) =>
  `${name.normalize('NFKD').toLowerCase().replace(/['’.]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')}-${office.state.toLowerCase()}`;

const agencyRows = ({ row: office }: Placed<Office>): AgencyInsert[] =>
  office.agencies.map((agency) => {
    const slug = agencySlug(office, agency.name);
    return {
      id: namedId('agency', agency.ori ?? slug), ori: agency.ori, slug, name: agency.name, kind: agency.kind, state: office.state,
      jurisdictionId: jurisdictionId(office), notes: agency.note ?? null,
    };
  });

/**
 * Writes the coalition's rows within the caller's transaction. Jurisdictions and agencies that are no longer in the
 * files stay; a county that left its jurisdiction's row goes. Throws ReferenceRefused where a stored prefix would change.
 */
export async function loadCoalition(sql: postgres.Sql, reference: CoalitionReference): Promise<Record<'jurisdictions' | 'counties' | 'agencies', Tally>> {
  await refuseRenumbering(sql, reference.jurisdictions);
  const offices = await upsert(sql, jurisdictions, ['id'], reference.jurisdictions);
  const counties = await upsert(sql, jurisdictionCounties, ['fips'], reference.counties);
  return {
    jurisdictions: offices,
    counties: { ...counties, removed: await prune(sql, jurisdictionCounties, 'jurisdictionId', 'fips', reference.counties) },
    agencies: await upsert(sql, agencies, ['id'], await keepIds(sql, reference.agencies)),
  };
}

/** Case numbers are for life, and so is what they begin with. */
async function refuseRenumbering(sql: postgres.Sql, rows: readonly JurisdictionInsert[]) {
  const faults = new Faults();
  const stored = await sql<{ slug: string; prefix: string }[]>`select slug, prefix from comity.jurisdictions`;
  for (const { slug, prefix } of stored) {
    const row = rows.find((candidate) => candidate.slug === slug);
    if (row && row.prefix !== prefix) faults.add(PREFIXES, undefined, 'prefix', `${slug} has numbered its cases ${prefix} so far.`, 'Restore that prefix.');
  }
  faults.settle();
}

/** An agency keeps its id when it is renamed, and when an ORI becomes known for it. */
async function keepIds(sql: postgres.Sql, rows: readonly AgencyInsert[]): Promise<AgencyInsert[]> {
  const stored = await sql<{ id: string; ori: string | null; slug: string }[]>`select id, ori, slug from comity.agencies`;
  const byOri = new Map(stored.map((agency) => [agency.ori, agency.id]));
  const bySlug = new Map(stored.flatMap((agency) => (agency.ori === null ? [[agency.slug, agency.id]] : [])));
  return rows.map((row) => ({ ...row, id: (row.ori && byOri.get(row.ori)) ?? bySlug.get(row.slug) ?? row.id }));
}
