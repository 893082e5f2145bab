import type { FreshDatabase } from './harness.ts';

/** Many cases at once. What is SQL counts `n` from 1. */
export interface Seed {
  /** Begins the numbers of these cases; no other seed has it. */
  readonly prefix: string;
  readonly count: number;
  /** The slug of the office of the county. */
  readonly office: string;
  /** Led by that office; otherwise unclaimed. */
  readonly led?: boolean;
  /** SQL of an instant. */
  readonly receivedAt: string;
  /** SQL of texts. */
  readonly kind?: string;
  readonly stage?: string;
  readonly narrative?: string;
  /** False leaves the words out of the search, which are the slowest part. */
  readonly searchable?: boolean;
}

/** Puts cases into the database, each with a report, a person, a venue, and sight as the rules give it. */
export async function seedCases({ owner }: FreshDatabase, seed: Seed): Promise<void> {
  const { prefix, count, office, led = true, receivedAt, kind = `'FORCE'`, narrative = `'Words about number ' || n`, searchable = true } = seed;
  const stage = seed.stage ?? (led ? `'CLAIMED'` : `'UNCLAIMED'`);
  const mine = `from comity.cases c cross join lateral (select substring(c.number from '\\d+$')::integer as n) n where c.number like '${prefix}-%'`;
  await owner.unsafe(`
    insert into comity.cases (id, number, agency_id, jurisdiction_id, state, county_fips, incident_on, kind, stage, lead_id, version, received_at, needs)
    select gen_random_uuid(), format('${prefix}-%s', lpad(n::text, 6, '0')), a.id, j.id, j.state, k.fips, ((${receivedAt}) - interval '2 days')::date,
        ${kind}, ${stage}, ${led ? 'j.id' : 'null'}, 1, ${receivedAt}, 1
      from generate_series(1, ${count}) n
      join comity.jurisdictions j on j.slug = '${office}'
      cross join lateral (select min(fips) as fips from comity.jurisdiction_counties where jurisdiction_id = j.id) k
      cross join lateral (select id from comity.agencies where state = j.state order by slug offset n % 2 limit 1) a;
    insert into comity.case_reports (case_id, needs, report_number, narrative, place, anyone_injured)
    select c.id, 2, c.number, ${narrative}, '1 Example Street', false ${mine};
    insert into comity.persons (case_id, id, needs, part, position, name, minor_at_incident, injured)
    select c.id, gen_random_uuid(), 4, 'VICTIM', 0, 'Person ' || n, false, false ${mine};
    insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since)
    select c.id, c.jurisdiction_id, 1, 'DECLARED_COUNTY', c.county_fips, 'The county.', c.received_at ${mine};
    ${searchable ? `select comity.compute_sight(c.id) ${mine};` : `
      insert into comity.sight (case_id, viewer, cause, ref, facets, received_at)
      select c.id, c.jurisdiction_id, '${led ? 'SEAT' : 'VENUE'}', c.jurisdiction_id, ${led ? 7935 : 3}, c.received_at ${mine};`}
  `);
}
