import { countyName } from '../coalition/county.ts';
import type { CountyGeometry, Point } from '../coalition/county.geometry.ts';
import { stateOf } from '../coalition/state.ts';

/** What happened at a place of an incident. */
export const PLACE_ROLES = ['CONDUCT', 'RESULT', 'BODY_FOUND'] as const;
export type PlaceRole = (typeof PLACE_ROLES)[number];

/** The grounds of law on which a county’s office may prosecute. */
export const VENUE_GROUNDS = ['OFFENCE_PLACE', 'ELEMENT', 'RESULT_DEATH', 'BODY_FOUND', 'BOUNDARY_DISTANCE'] as const;
export type VenueGround = (typeof VENUE_GROUNDS)[number];

export const VENUE_ANSWERS = ['CERTAIN', 'AMBIGUOUS', 'MISMATCH', 'UNROUTED'] as const;
export type VenueAnswer = (typeof VENUE_ANSWERS)[number];

/** A place of an incident: its county as the agency knows it, its coordinates, or both. */
export interface IncidentPlace {
  readonly role: PlaceRole;
  readonly countyFips?: string | null | undefined;
  readonly latitude?: number | null | undefined;
  readonly longitude?: number | null | undefined;
}

/** What a state’s law says of venue; null is not verified, never zero. */
export interface VenueRule {
  /** Within so many metres of a boundary either county may prosecute. */
  readonly metres: number | null;
  readonly citation: string | null;
  /** Citations of the other grounds. */
  readonly grounds: Readonly<Partial<Record<VenueGround, string>>>;
}

/** A county whose office may prosecute, and why. */
export interface VenueCandidate {
  readonly countyFips: string;
  readonly grounds: readonly VenueGround[];
  /** Metres from the place to the county’s boundary, from within or without; null where the place has no coordinates. */
  readonly distanceM: number | null;
  /** Of the rules that its grounds rest on; empty where none is verified. */
  readonly citations: readonly string[];
}

/** A place whose coordinates do not lie in the county that the agency gives. */
export interface Disagreement {
  /** Of the incident’s places; 0 is where the declared county is. */
  readonly place: number;
  readonly given: string;
  /** Where the coordinates may lie; empty at sea and abroad. */
  readonly computed: readonly string[];
}

export interface VenueFound {
  readonly answer: VenueAnswer;
  /** The declared county first, then by place and distance. */
  readonly candidates: readonly VenueCandidate[];
  readonly disagreements: readonly Disagreement[];
}

/** What venue is found by. */
export interface VenueQuestion {
  readonly declaredCounty: string;
  /** The first is the one that lies in the declared county; none where the agency gives no more than that. */
  readonly places: readonly IncidentPlace[];
  /** The rule of each state, by its two letters. */
  readonly rules: ReadonlyMap<string, VenueRule>;
  readonly geometry: () => CountyGeometry;
  /** True where an office on file serves the county. */
  readonly isServed: (fips: string) => boolean;
}

const GROUND_OF = { CONDUCT: 'ELEMENT', RESULT: 'RESULT_DEATH', BODY_FOUND: 'BODY_FOUND' } as const satisfies Record<PlaceRole, VenueGround>;

/** So near to a county without area a point may lie in it. */
const SLIVER_M = 3_000;

/**
 * Which counties’ offices may prosecute: the declared county, those in which the places may lie within the accuracy of the
 * outlines, and those within the distance from a boundary that their state’s law allows. CERTAIN where there is no doubt in
 * which county each place lies, AMBIGUOUS where the outlines cannot tell or a boundary rule admits the declared county though
 * the place lies in another, MISMATCH where coordinates and county disagree beyond that, UNROUTED where no office serves any.
 */
export function venueOf({ declaredCounty, places, rules, geometry, isServed }: VenueQuestion): VenueFound {
  const found = new Map<string, { grounds: Set<VenueGround>; distanceM: number | null }>();
  const disagreements: Disagreement[] = [];
  let isAmbiguous = false;
  const add = (fips: string, ground: VenueGround, distanceM: number | null) => {
    const known = found.get(fips) ?? { grounds: new Set(), distanceM: null };
    known.grounds.add(ground);
    if (distanceM !== null && (known.distanceM === null || distanceM < known.distanceM)) known.distanceM = Math.round(distanceM);
    found.set(fips, known);
  };

  const all: readonly IncidentPlace[] = places.length > 0 ? places : [{ role: 'CONDUCT' }];
  all.forEach((place, index) => {
    const given = index === 0 ? declaredCounty : (place.countyFips ?? null);
    const ground = index === 0 ? 'OFFENCE_PLACE' : GROUND_OF[place.role];
    const point = pointOf(place);
    if (given !== null) add(given, ground, point === null ? null : (geometry().distanceTo(given, point) ?? null));
    if (point === null) return;
    const { possible, byRule } = around(point, geometry(), rules);
    for (const [fips, distance] of possible) add(fips, ground, distance);
    for (const [fips, distance] of byRule) add(fips, 'BOUNDARY_DISTANCE', distance);
    if (given !== null && !possible.has(given)) {
      if (byRule.has(given)) isAmbiguous = true;
      else disagreements.push({ place: index, given, computed: [...possible.keys()] });
    } else if (possible.size > 1) isAmbiguous = true;
  });

  const candidates = [...found].map(([countyFips, { grounds, distanceM }]) => ({
    countyFips, distanceM, grounds: [...grounds], citations: citationsOf(ruleOf(countyFips, rules), grounds),
  }));
  const doubt = disagreements.length > 0 ? 'MISMATCH' : isAmbiguous ? 'AMBIGUOUS' : 'CERTAIN';
  return { candidates, disagreements, answer: candidates.some(({ countyFips }) => isServed(countyFips)) ? doubt : 'UNROUTED' };
}

const ruleOf = (fips: string, rules: ReadonlyMap<string, VenueRule>): VenueRule | undefined => rules.get(stateOf(fips) ?? '');

const pointOf = ({ latitude, longitude }: IncidentPlace): Point | null => (latitude == null || longitude == null ? null : { latitude, longitude });

/** The counties that may hold a point, and those that its state’s boundary rule adds, each with its distance in metres. */
function around(point: Point, geometry: CountyGeometry, rules: ReadonlyMap<string, VenueRule>) {
  const near = geometry.near(point, Math.max(SLIVER_M, geometry.accuracyM));
  const possible = new Map(near
    .filter(({ holds, hasArea, boundaryM }) => holds || boundaryM <= (hasArea ? geometry.accuracyM : SLIVER_M))
    .map(({ fips, boundaryM }) => [fips, boundaryM]));
  // A state gives venue to its own counties alone, and only of what was done in it.
  const isNextTo = (fips: string) => [...possible.keys()].some((other) => other !== fips && stateOf(other) === stateOf(fips));
  const byRule = new Map(near
    .filter(({ fips, holds, boundaryM }) => !holds && boundaryM <= (ruleOf(fips, rules)?.metres ?? -1) && isNextTo(fips))
    .map(({ fips, boundaryM }) => [fips, boundaryM]));
  return { possible, byRule };
}

function citationsOf(rule: VenueRule | undefined, grounds: ReadonlySet<VenueGround>): string[] {
  const cited = [...grounds].map((ground) => (ground === 'BOUNDARY_DISTANCE' ? rule?.citation : rule?.grounds[ground]));
  return [...new Set(cited.filter((citation) => citation != null))];
}

/** A county as a sentence names it. */
export const countySaid = (fips: string): string => `${countyName(fips) ?? 'an unknown county'} (${fips})`;
