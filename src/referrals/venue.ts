import { countyName } from '../coalition/county.ts';
import type { CountyGeometry } from '../coalition/county.geometry.ts';
import { statement } from '../database/statement.ts';
import type { LawRule } from '../law/rule.file.ts';
import type { RuleKind } from '../law/rule.table.ts';
import { countySaid, venueOf, type VenueCandidate, type VenueFound, type VenueGround, type VenueRule } from '../law/venue.ts';
import type { Moment } from '../trail/act.ts';
import { problem, type Problem } from './problem.ts';
import type { ReferralInput } from './referral.inputs.ts';

/** What venue of a referral is found by: the rules of the states, the counties that offices serve with their time zones, and the outlines. Beside it the rules on how long recordings are kept. */
export interface VenueDesk {
  readonly rules: ReadonlyMap<string, VenueRule>;
  readonly served: ReadonlyMap<string, string>;
  readonly retention: readonly LawRule<RuleKind>[];
  readonly counties: () => CountyGeometry;
}

/** The opening statement of an act that finds venue: which editions of rules and offices the database holds. */
export const ASK_VENUE = statement(`select string_agg(l.sha256, ' ' order by l.file) as editions from comity.reference_loads l where l.file in ('jurisdictions.json', 'state-rules.json', 'rules of counsel')`);

const LAW = `select (select coalesce(json_agg(json_build_object('state', r.state, 'metres', r.body -> 'metres', 'citation', r.citation, 'grounds', coalesce(r.body -> 'grounds', '{}'))), '[]')
    from comity.state_rules r where r.kind = 'VENUE_BOUNDARY' and r.position = 0)::text as rules,
  (select coalesce(json_agg(json_build_array(k.fips, j.time_zone)), '[]') from comity.jurisdiction_counties k join comity.jurisdictions j on j.id = k.jurisdiction_id)::text as served,
  (select coalesce(json_agg(json_build_object('kind', r.kind, 'state', r.state, 'body', r.body, 'citation', r.citation, 'source', r.source, 'confidence', r.confidence) order by r.state, r.position), '[]')
    from comity.state_rules r where r.kind = 'BODY_CAMERA_RETENTION')::text as retention`;

/** Rules and counties of an edition: they change only when reference data or counsel's rules are loaded. */
let known: (Omit<VenueDesk, 'counties'> & { readonly editions: string }) | undefined;

/** The desk at which venue is found; the act must have opened with `ASK_VENUE` at this place. */
export async function venueDesk({ opened, run, counties }: Moment, place: number): Promise<VenueDesk> {
  const editions = opened[place]?.rows[0]?.['editions'] ?? null;
  if (known !== undefined && known.editions === editions) return { ...known, counties };
  const [row] = (await run(statement(LAW))).rows;
  const rules = JSON.parse(String(row?.['rules'])) as (VenueRule & { readonly state: string })[];
  const found = {
    rules: new Map(rules.map(({ state, ...rule }) => [state, rule])), served: new Map(JSON.parse(String(row?.['served'])) as [string, string][]),
    retention: JSON.parse(String(row?.['retention'])) as VenueDesk['retention'],
  };
  // Without reference data there is no edition to know it again by.
  if (typeof editions === 'string') known = { editions, ...found };
  return { ...found, counties };
}

/** Which counties’ offices may prosecute what a referral tells. */
export const venueOfReferral = ({ incident }: ReferralInput, { rules, served, counties }: VenueDesk): VenueFound =>
  venueOf({
    declaredCounty: incident.countyFips,
    places: [{ role: 'CONDUCT', latitude: incident.latitude, longitude: incident.longitude }, ...(incident.furtherPlaces ?? [])],
    rules, geometry: counties, isServed: (fips) => served.has(fips),
  });

/** A place whose coordinates lie elsewhere than its county: an office will have to confirm one. */
export const venueProblems = ({ disagreements }: VenueFound): Problem[] =>
  disagreements.map(({ place, given, computed }) =>
    problem(
      'VENUE_MISMATCH', place === 0 ? 'incident.countyFips' : `incident.furtherPlaces[${place - 1}].countyFips`,
      `The coordinates do not lie in ${countySaid(given)}, but ${computed.length === 0 ? 'in no county' : `in ${computed.map(countySaid).join(' or ')}`}.`,
      'Correct the county or the coordinates; if both are right as they stand, an office confirms where it happened.', 'WARN',
    ));

/** What `comity.receive_referral` keeps of it: the answer, and the counties in question in their order. */
export const venueArrived = ({ incident }: ReferralInput, { answer, candidates }: VenueFound, { counties }: VenueDesk) => ({
  answer,
  geometry: [incident, ...(incident.furtherPlaces ?? [])].some(({ latitude, longitude }) => latitude != null && longitude != null) ? counties().version : null,
  candidates: candidates.map((candidate, position) => ({
    county_fips: candidate.countyFips, county_name: countyName(candidate.countyFips) ?? null, position, grounds: candidate.grounds, citations: candidate.citations,
    distance_m: candidate.distanceM, reason: reasonOf(candidate, candidate.countyFips === incident.countyFips),
  })),
});

const SAID = {
  OFFENCE_PLACE: 'its coordinates may lie there', ELEMENT: 'a part of the conduct happened there', RESULT_DEATH: 'its result came about there',
  BODY_FOUND: 'a body was found there', BOUNDARY_DISTANCE: 'the boundary is as near as the state’s rule allows',
} as const satisfies Record<VenueGround, string>;

const reasonOf = ({ countyFips, grounds }: VenueCandidate, isDeclared: boolean): string =>
  isDeclared
    ? `The agency declares the incident in ${countyName(countyFips) ?? countyFips}, which this office serves.`
    : `The incident touches ${countySaid(countyFips)}: ${grounds.map((ground) => SAID[ground]).join('; ')}.`;
