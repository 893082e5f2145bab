import { readFileSync } from 'node:fs';
import { ATLAS_COUNTIES, type Point } from '../../src/coalition/county.geometry.ts';
import { venueOf, type VenueRule } from '../../src/law/venue.ts';

const POINTS = 100_000;

/** What a look-up of a county costs, in µs of this thread, over the outlines that come with the product: among random points of the country, and of the places where cases come from. */
export function countyLookups(): string {
  const geometry = ATLAS_COUNTIES();
  const draw = seeded(7);
  const country = Array.from({ length: POINTS }, () => ({ latitude: 24 + draw() * 26, longitude: -125 + draw() * 59 }));
  // Within some 20 km of the middle of Dallas, Minneapolis, Chicago, Philadelphia, Tucson and Falls Church.
  const towns = [[32.78, -96.8], [44.98, -93.27], [41.88, -87.63], [39.95, -75.16], [32.22, -110.97], [38.88, -77.17]] as const;
  const city = Array.from({ length: POINTS }, (_, index) => {
    const [latitude, longitude] = towns[index % towns.length] ?? [0, 0];
    return { latitude: latitude + (draw() - 0.5) / 3, longitude: longitude + (draw() - 0.5) / 3 };
  });
  const rules = new Map((JSON.parse(readFileSync('drizzle/reference/state-rules.json', 'utf8')) as { venueBoundary: (VenueRule & { readonly state: string })[] })
    .venueBoundary.toReversed().map(({ state, metres, citation, grounds }) => [state, { metres, citation, grounds: grounds ?? {} }]));
  const whole = (point: Point) => venueOf({ declaredCounty: '48113', places: [{ role: 'CONDUCT', ...point }], rules, geometry: () => geometry, isServed: () => true });
  const line = (what: string, points: readonly Point[], look: (point: Point) => unknown) => `${what}: ${microseconds(points, look).toFixed(1)} µs`;
  return [
    `County look-ups, ${POINTS.toLocaleString('en')} points each, ${geometry.version}:`,
    line('the county of a random point of the country', country, (point) => geometry.countyAt(point)),
    line('the county of a point in or near a city', city, (point) => geometry.countyAt(point)),
    line('all counties within a kilometre, with distances, in or near a city', city, (point) => geometry.near(point, 1_000)),
    line('venue of a referral with one place, in or near a city', city, whole),
  ].join('\n  ');
}

/** The least of three rounds, after one that warms up. */
function microseconds(points: readonly Point[], look: (point: Point) => unknown): number {
  const rounds = Array.from({ length: 4 }, () => {
    const begun = performance.now();
    for (const point of points) look(point);
    return ((performance.now() - begun) * 1_000) / points.length;
  });
  return Math.min(...rounds.slice(1));
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
