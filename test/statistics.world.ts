import type postgres from 'postgres';
import { namedId } from '../src/kernel/ids.ts';

/** A case as far as it is counted. */
export interface Counted {
  readonly jurisdiction: string;
  readonly agency: string;
  readonly stage: string;
  readonly month: string;
  readonly statutes: readonly string[];
}

export const UNROUTED = '-';

/** Two jurisdictions in one state, three in another, one alone in its own, and a guest. */
export const OFFICES: Readonly<Record<string, string>> = { 'ta-tx': 'TX', 'tb-tx': 'TX', 'va-va': 'VA', 'vb-va': 'VA', 'vc-va': 'VA', 'ma-mn': 'MN', 'guest-il': 'IL' };
export const GUEST = 'guest-il';
export const AGENCIES: readonly string[] = Object.keys(OFFICES).flatMap((office) => [`${office}-pd`, `${office}-sheriff`]);
export const STATUTES: Readonly<Record<string, string>> = Object.fromEntries(['TX', 'VA', 'MN'].flatMap((state) => [1, 2, 3].map((n) => [`${state} Code § ${n}`, state])));
export const ANALYST = namedId('member', 'analyst');
export const AUDITOR = namedId('member', 'auditor');
export const RETIRED = namedId('member', 'retired analyst');

const id = (kind: string, name: string) => namedId(kind, name);

/** The coalition that the cases are counted in. */
export async function coalition(owner: postgres.Sql): Promise<void> {
  await owner`insert into comity.jurisdictions ${owner(Object.entries(OFFICES).map(([slug, state], at) => ({
    id: id('jurisdiction', slug), slug, name: slug, prefix: `J${'ABCDEFG'[at]}X`, state, standing: slug === GUEST ? 'GUEST' : 'MEMBER', office_title: 'District Attorney',
    office_kind: 'DISTRICT_ATTORNEY', time_zone: 'UTC', trial_court: 'Court', federal_district: 'District', federal_district_id: 'dis', charging_instruments: ['INDICTMENT'],
    handles_levels: ['FELONY'], source: 'invented', confidence: 'LOW',
  })))}`;
  await owner`insert into comity.agencies ${owner(AGENCIES.map((slug) => {
    const office = slug.replace(/-(pd|sheriff)$/, '');
    return { id: id('agency', slug), slug, name: slug, kind: 'OTHER', state: OFFICES[office] ?? '', jurisdiction_id: id('jurisdiction', office) };
  }))}`;
  await owner`insert into comity.statutes ${owner(Object.entries(STATUTES).map(([citation, state]) => ({
    id: id('statute', citation), state, code: 'CODE', citation, title: 'An offence', tags: [] as string[], keywords: '',
  })))}`;
  await owner`insert into comity.members ${owner([
    { id: ANALYST, subject: 'analyst', name: 'Analyst', kind: 'PERSON', role: 'ANALYST', active: true },
    { id: AUDITOR, subject: 'auditor', name: 'Auditor', kind: 'PERSON', role: 'AUDITOR', active: true },
    { id: RETIRED, subject: 'retired', name: 'Retired', kind: 'PERSON', role: 'ANALYST', active: false },
  ])}`;
}

/** Replaces all cases by these, and makes a release. */
export async function count(owner: postgres.Sql, cases: readonly Counted[]): Promise<void> {
  const rows = cases.map((each, at) => ({ ...each, case: id('case', String(at)) }));
  await owner.begin(async (sql) => {
    // Persons and referrals are not counted, so none are made for these cases.
    await sql`set local session_replication_role = replica`;
    await sql`delete from comity.charges`;
    await sql`delete from comity.cases`;
    await sql`insert into comity.cases (id, number, agency_id, jurisdiction_id, state, county_fips, incident_on, kind, stage, lead_id, received_at, needs)
      select (r ->> 'id')::uuid, r ->> 'number', (r ->> 'agency')::uuid, (r ->> 'office')::uuid, 'TX', '48113', '2025-01-01', 'FORCE', r ->> 'stage',
        case when r ->> 'stage' <> 'UNCLAIMED' then (r ->> 'office')::uuid end, (r ->> 'at')::timestamptz, 1
      from jsonb_array_elements(${sql.json(rows.map((row, at) => ({
        id: row.case, number: `N${at}`, agency: id('agency', row.agency), office: row.jurisdiction === UNROUTED ? null : id('jurisdiction', row.jurisdiction), stage: row.stage, at: `${row.month}-15T00:00:00Z`,
      })))}::jsonb) r`;
    await sql`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
      select (r ->> 'case')::uuid, gen_random_uuid(), 1, gen_random_uuid(), (r ->> 'statute')::uuid, gen_random_uuid(), 1, '2025-01-01', 'PROPOSED', '{}', gen_random_uuid(), now()
      from jsonb_array_elements(${sql.json(rows.flatMap((row) => row.statutes.map((statute) => ({ case: row.case, statute: id('statute', statute) }))))}::jsonb) r`;
  });
  await owner`select comity.refresh_statistics()`;
}

/** So many cases alike. */
export const alike = (times: number, some: Partial<Counted> = {}): Counted[] =>
  Array.from({ length: times }, () => ({ jurisdiction: 'ta-tx', agency: 'ta-tx-pd', stage: 'UNCLAIMED', month: '2025-03', statutes: [], ...some }));
