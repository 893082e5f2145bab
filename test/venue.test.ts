import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feature } from 'topojson-client';
import { afterAll, describe, expect, test } from 'vitest';
import { CountiesRefused, readCounties } from '../src/coalition/county.file.ts';
import { CountyGeometry, countiesOnDemand } from '../src/coalition/county.geometry.ts';
import { ATLAS } from '../src/coalition/county.ts';
import { venueOf, type IncidentPlace, type VenueFound, type VenueRule } from '../src/law/venue.ts';
import { haversine, isInside } from './globe.ts';

const atlas = countiesOnDemand();
const folder = mkdtempSync(join(tmpdir(), 'venue-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface RuleInFile extends VenueRule {
  readonly state: string;
}

const written = JSON.parse(readFileSync('drizzle/reference/state-rules.json', 'utf8')) as { venueBoundary: RuleInFile[] };
/** The first rule of each state, as the product takes it. */
const RULES = new Map(written.venueBoundary.toReversed().map(({ state, metres, citation, grounds }) => [state, { metres, citation, grounds: grounds ?? {} }]));

/** The counties of the coalition's offices that these tests touch. */
const SERVED = new Set(['17031', '27053', '48113', '51059', '51600', '51013', '51610']);

const find = (declaredCounty: string, first: Partial<IncidentPlace> | null, { geometry = atlas, further = [] }: { geometry?: () => CountyGeometry; further?: IncidentPlace[] } = {}): VenueFound =>
  venueOf({ declaredCounty, places: [{ role: 'CONDUCT', ...first }, ...further], rules: RULES, geometry, isServed: (fips) => SERVED.has(fips) });

const counties = ({ candidates }: VenueFound) => candidates.map(({ countyFips }) => countyFips).sort();

/** A county as a rectangle. */
const square = (GEOID: string, west: number, south: number, east: number, north: number) => ({
  type: 'Feature', properties: { GEOID }, geometry: { type: 'Polygon', coordinates: [[[west, south], [west, north], [east, north], [east, south], [west, south]]] },
});
const collection = (features: readonly unknown[]) => ({ type: 'FeatureCollection', features });

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** The outlines of these counties, with an accuracy of one's choice. */
function outlines(name: string, accuracyM: number, features: readonly unknown[]): () => CountyGeometry {
  const geometry = new CountyGeometry({ ...readCounties(file(name, collection(features))), accuracyM });
  return () => geometry;
}

/** Two counties of a state that meet at longitude 0 on the equator. */
const pair = (first: string, second: string, accuracyM: number) => outlines('pair.json', accuracyM, [square(first, -1, -0.5, 0, 0.5), square(second, 0, -0.5, 1, 0.5)]);

/** Degrees of longitude at the equator, where a degree is as long as one of latitude. */
const east = (metres: number) => metres / 111_195.08;

describe('golden points (LAW 7)', () => {
  const fallsChurch = { latitude: 38.8823, longitude: -77.1711 };

  test.each(['51610', '51059', '51013'])('38.8823,-77.1711 declared in %s is AMBIGUOUS between Falls Church, Fairfax and Arlington, with their distances (Va. Code 19.2-244, 19.2-249)', (declared) => {
    const found = find(declared, fallsChurch);
    expect(found).toMatchObject({ answer: 'AMBIGUOUS', disagreements: [] });
    expect(counties(found)).toEqual(['51013', '51059', '51610']);
    expect(found.candidates[0]?.countyFips).toBe(declared);
    for (const candidate of found.candidates) expect(candidate).toMatchObject({ distanceM: 780, grounds: ['OFFENCE_PLACE'], citations: ['Va. Code 19.2-244'] });
  });

  test('38.8823,-77.1711 with a finer file of 448 m to the boundary is AMBIGUOUS still, and Falls Church comes first', () => {
    const west = -77.1711 - 448 / (111_195.08 * Math.cos((38.8823 * Math.PI) / 180));
    const geometry = countiesOnDemand(file('finer.json', collection([square('51610', west, 38.87, -77.1, 38.9), square('51059', -77.3, 38.8, west, 39)])));
    const found = find('51610', fallsChurch, { geometry });
    expect(found).toMatchObject({ answer: 'AMBIGUOUS', candidates: [{ countyFips: '51610', distanceM: 448 }, { countyFips: '51059', distanceM: 448 }] });
    expect(geometry().version).toMatch(/^finer\.json [0-9a-f]{16}$/);
  });

  test('41.97,-87.935 is DuPage, and no candidate is Cook, though Chicago police were there', () => {
    const point = { latitude: 41.97, longitude: -87.935 };
    expect(atlas().countyAt(point)).toBe('17043');
    expect(counties(find('17043', point))).toEqual(['17043']);
    expect(find('17043', point).answer).toBe('UNROUTED');
  });

  test('41.97,-87.935 declared in Cook is a MISMATCH that names DuPage: no county follows from an agency', () => {
    expect(find('17031', { latitude: 41.97, longitude: -87.935 })).toMatchObject({
      answer: 'MISMATCH', disagreements: [{ place: 0, given: '17031', computed: ['17043'] }],
      candidates: [{ countyFips: '17031', distanceM: 1088 }, { countyFips: '17043', distanceM: 1088 }],
    });
  });
});

describe('the rule of a boundary', () => {
  test.each([
    ['MN', 457, '27053', '27003', 'Minn. R. Crim. P. 24.02; Minn. Stat. 627.01'],
    ['TX', 366, '48113', '48085', expect.stringContaining('art. 13.04')],
    ['VA', 274, '51059', '51013', 'Va. Code 19.2-249'],
  ] as const)('of %s admits the other county within %i m, from either side, and not beyond', (_state, metres, here, there, citation) => {
    const geometry = pair(here, there, 100);
    for (const [side, home, neighbour] of [[-1, here, there], [1, there, here]] as const) {
      const within = find(home, { latitude: 0, longitude: side * east(metres - 2) }, { geometry });
      expect(within.candidates).toEqual([
        expect.objectContaining({ countyFips: home, grounds: ['OFFENCE_PLACE'] }),
        { countyFips: neighbour, grounds: ['BOUNDARY_DISTANCE'], distanceM: metres - 2, citations: [citation] },
      ]);
      expect(counties(find(home, { latitude: 0, longitude: side * east(metres + 2) }, { geometry }))).toEqual([home]);
    }
    expect(find('27053', { latitude: 0, longitude: -east(300) }, { geometry: pair('27053', '27003', 100) }).answer).toBe('CERTAIN');
  });

  test.each([['IL', '17031', '17043'], ['PA', '42101', '42091'], ['AZ', '04019', '04021']])('is none in %s, where none is verified', (_state, here, there) => {
    expect(counties(find(here, { latitude: 0, longitude: -east(150) }, { geometry: pair(here, there, 100) }))).toEqual([here]);
  });

  test('gives no county of another state venue', () => {
    expect(counties(find('27053', { latitude: 0, longitude: -east(150) }, { geometry: pair('27053', '55109', 100) }))).toEqual(['27053']);
  });

  test('admits a declared county though the place lies in the next: AMBIGUOUS, no MISMATCH', () => {
    expect(find('27053', { latitude: 0, longitude: east(300) }, { geometry: pair('27053', '27003', 100) })).toMatchObject({ answer: 'AMBIGUOUS', disagreements: [] });
    expect(find('27053', { latitude: 0, longitude: east(460) }, { geometry: pair('27053', '27003', 100) })).toMatchObject({ answer: 'MISMATCH' });
  });

  test('stands beside the doubt where both hold', () => {
    const { candidates, answer } = find('27053', { latitude: 0, longitude: -east(300) }, { geometry: pair('27053', '27003', 500) });
    expect([answer, candidates[1]?.grounds]).toEqual(['AMBIGUOUS', ['OFFENCE_PLACE', 'BOUNDARY_DISTANCE']]);
    expect(find('27053', { latitude: 0, longitude: -east(499) }, { geometry: pair('27053', '27003', 500) }).answer).toBe('AMBIGUOUS');
    expect(find('27053', { latitude: 0, longitude: -east(501) }, { geometry: pair('27053', '27003', 500) }).answer).toBe('CERTAIN');
  });
});

describe('further places', () => {
  const inDallas = { latitude: 32.78, longitude: -96.8 };

  test('add the county where a victim died, where a body was found, where an element was (720 ILCS 5/1-6; none verified in Texas)', () => {
    const { answer, candidates } = find('48113', inDallas, {
      further: [{ role: 'RESULT', countyFips: '17031' }, { role: 'BODY_FOUND', countyFips: '48085' }, { role: 'CONDUCT', countyFips: '27053' }],
    });
    expect(answer).toBe('CERTAIN');
    expect(candidates).toEqual([
      { countyFips: '48113', grounds: ['OFFENCE_PLACE'], distanceM: 21957, citations: ['Tex. Code Crim. Proc. art. 13A.001'] },
      { countyFips: '17031', grounds: ['RESULT_DEATH'], distanceM: null, citations: ['720 ILCS 5/1-6 (P.A. 104-323)'] },
      { countyFips: '48085', grounds: ['BODY_FOUND'], distanceM: null, citations: [] },
      { countyFips: '27053', grounds: ['ELEMENT'], distanceM: null, citations: ['Minn. Stat. 627.01'] },
    ]);
  });

  test('by coordinates alone are in the county that holds them, and doubt there makes the whole AMBIGUOUS', () => {
    expect(find('48113', inDallas, { further: [{ role: 'RESULT', latitude: 44.9778, longitude: -93.265 }] })).toMatchObject({ answer: 'CERTAIN', candidates: [{}, { countyFips: '27053', grounds: ['RESULT_DEATH'] }] });
    expect(find('48113', inDallas, { further: [{ role: 'RESULT', latitude: 38.8823, longitude: -77.1711 }] }).answer).toBe('AMBIGUOUS');
  });

  test('that contradict their county are a MISMATCH of that place', () => {
    expect(find('48113', inDallas, { further: [{ role: 'RESULT', countyFips: '17031', latitude: 44.9778, longitude: -93.265 }] }))
      .toMatchObject({ answer: 'MISMATCH', disagreements: [{ place: 1, given: '17031', computed: ['27053'] }] });
  });

  test('at sea add nothing where no county is given', () => {
    expect(counties(find('48113', inDallas, { further: [{ role: 'RESULT', latitude: 27, longitude: -90 }] }))).toEqual(['48113']);
  });
});

describe('a place', () => {
  test('without coordinates is where the agency declares it, and no outline is read', () => {
    const never = () => {
      throw new Error('outlines were read');
    };
    expect(find('48113', null, { geometry: never })).toMatchObject({ answer: 'CERTAIN', candidates: [{ countyFips: '48113', distanceM: null }] });
  });

  test('in counties that no office serves is UNROUTED, its candidates kept', () => {
    expect(find('48001', null)).toMatchObject({ answer: 'UNROUTED', candidates: [{ countyFips: '48001' }] });
  });

  test('at sea is a MISMATCH with the declared county alone', () => {
    expect(find('48113', { latitude: 27, longitude: -90 })).toMatchObject({ answer: 'MISMATCH', disagreements: [{ computed: [] }], candidates: [{ countyFips: '48113' }] });
  });

  test('off the shore, within the accuracy of the outlines, is in the county of that shore', () => {
    const geometry = outlines('shore.json', 500, [square('17031', -1, -0.5, 0, 0.5)]);
    expect(find('17031', { latitude: 0, longitude: east(400) }, { geometry })).toMatchObject({ answer: 'CERTAIN', candidates: [{ distanceM: 400 }] });
    expect(find('17031', { latitude: 0, longitude: east(600) }, { geometry }).answer).toBe('MISMATCH');
  });

  test('within 3 km of a county without area may lie in it; farther it does not', () => {
    const line = { type: 'Feature', properties: { GEOID: '51610' }, geometry: { type: 'Polygon', coordinates: [[[-0.5, -0.1], [-0.5, 0.1], [-0.5, -0.1], [-0.5, -0.1]]] } };
    const geometry = outlines('sliver.json', 500, [square('51059', -1, -0.5, 0, 0.5), line]);
    expect(find('51059', { latitude: 0, longitude: -0.5 + east(2_990) }, { geometry })).toMatchObject({ answer: 'AMBIGUOUS', candidates: [{ countyFips: '51059' }, { countyFips: '51610', distanceM: 2990 }] });
    expect(find('51059', { latitude: 0, longitude: -0.5 + east(3_010) }, { geometry })).toMatchObject({ answer: 'CERTAIN', candidates: [{ countyFips: '51059' }] });
  });
});

describe('the outlines', () => {
  const topology = JSON.parse(readFileSync(ATLAS, 'utf8')) as Parameters<typeof feature>[0];
  const all = (feature(topology, 'counties') as unknown as { features: { id: string; geometry: { type: string; coordinates: unknown } }[] }).features.map(({ id, geometry }) => ({
    id, polygons: (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as [number, number][][][],
  }));
  const corners = all.flatMap(({ polygons }) => polygons.flatMap(([outer]) => outer ?? []));

  test('of the product are those of 3,231 counties, Falls Church without area', () => {
    const { counties: read, version } = readCounties();
    expect(read).toHaveLength(3_231);
    expect(version).toMatch(/^us-atlas\/counties-10m\.json [0-9a-f]{16}$/);
    expect(atlas().near({ latitude: 38.884, longitude: -77.161 }, 3_000).filter(({ hasArea }) => !hasArea).map(({ fips }) => fips)).toEqual(['51610']);
  });

  test.each([[90, 0], [-90, 0], [0, 180], [0, -180], [90, 180], [-90, -180]])('answer at %d,%d, where no county is', (latitude, longitude) => {
    expect(atlas().countyAt({ latitude, longitude })).toBeUndefined();
    expect(atlas().near({ latitude, longitude }, 5_000)).toEqual([]);
  });

  test('reach across the antimeridian', () => {
    const geometry = outlines('date-line.json', 500, [square('02016', 179, 51, 180, 52), square('02013', -180, 51, -179, 52)])();
    const metres = 111_195.08 * Math.cos((51.5 * Math.PI) / 180);
    for (const [longitude, home] of [[180 - 300 / metres, '02016'], [-180 + 300 / metres, '02013']] as const) {
      const near = geometry.near({ latitude: 51.5, longitude }, 500);
      expect(near.find(({ holds }) => holds)?.fips).toBe(home);
      expect(near.map(({ fips, boundaryM }) => [fips, Math.round(boundaryM)]).sort()).toEqual([['02013', 300], ['02016', 300]]);
    }
  });

  test('give random points, and points close to corners, the county that a plain look through all of them gives', () => {
    const plain = all.map(({ id, polygons }) => ({ id, polygons: polygons.map((polygon) => polygon.map((ring) => Float64Array.from(ring.flat()))) }));
    const draw = seeded(20_261_122);
    const seen = { in: 0, out: 0 };
    for (let round = 0; round < 3_000; round += 1) {
      const corner = corners[Math.floor(draw() * corners.length)] ?? [0, 0];
      const [longitude, latitude] = round % 2 === 0 ? [-180 + draw() * 120, 17 + draw() * 55] : [corner[0] + (draw() - 0.5) / 50, corner[1] + (draw() - 0.5) / 50];
      const expected = plain.filter(({ polygons }) => polygons.some((polygon) => isInside(polygon, longitude, latitude))).map(({ id }) => id);
      const found = atlas().countyAt({ latitude, longitude });
      expect(expected.length === 0 ? [undefined] : expected, `${latitude},${longitude}`).toContain(found);
      seen[found === undefined ? 'out' : 'in'] += 1;
    }
    expect(Math.min(seen.in, seen.out)).toBeGreaterThan(700);
  });

  test('come as near to random points as measured along the globe, county by county', () => {
    const draw = seeded(5);
    let compared = 0;
    for (let round = 0; round < 60; round += 1) {
      const corner = corners[Math.floor(draw() * corners.length)] ?? [0, 0];
      const [longitude, latitude] = [corner[0] + (draw() - 0.5) / 20, corner[1] + (draw() - 0.5) / 20];
      const near = new Map(atlas().near({ latitude, longitude }, 4_000).map(({ fips, boundaryM }) => [fips, boundaryM]));
      for (const { id, polygons } of all) {
        const metres = leastDistance(polygons, longitude, latitude);
        if (metres > 3_950) continue;
        compared += 1;
        expect(near.get(id), `${id} from ${latitude},${longitude}`).toBeGreaterThan(metres * 0.99 - 15);
        expect(near.get(id), `${id} from ${latitude},${longitude}`).toBeLessThan(metres * 1.01 + 1);
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});

describe('a finer file', () => {
  test('may be TopoJSON with one object of any name, its counties known by GEOID', () => {
    const content = { type: 'Topology', arcs: [[[-1, 0], [0, 0], [0, 1], [-1, 1], [-1, 0]]], objects: { cb: { type: 'GeometryCollection', geometries: [{ type: 'Polygon', arcs: [[0]], properties: { GEOID: '48113' } }] } } };
    expect(new CountyGeometry(readCounties(file('topo.json', content))).countyAt({ latitude: 0.5, longitude: -0.5 })).toBe('48113');
  });

  test.each([
    ['that is not there', join(folder, 'none.json'), 'not there'],
    ['that is not JSON', file('broken.json', '{'), 'not JSON'],
    ['of another kind', file('other.json', { type: 'Feature' }), 'neither a GeoJSON'],
    ['without an object of counties', file('two.json', { type: 'Topology', arcs: [], objects: { a: { type: 'GeometryCollection' }, b: { type: 'GeometryCollection' } } }), 'none of its objects'],
    ['without features', file('empty.json', collection([])), 'neither a GeoJSON'],
    ['of points', file('points.json', collection([{ type: 'Feature', properties: { GEOID: '48113' }, geometry: { type: 'Point', coordinates: [0, 0] } }])), 'feature 1 is no county'],
    ['in metres instead of degrees', file('metres.json', collection([square('48113', 100_000, 0, 200_000, 1)])), 'feature 1 is no county'],
    ['without GEOID', file('nameless.json', collection([{ ...square('48113', 0, 0, 1, 1), properties: { NAME: 'Dallas' } }])), 'no GEOID'],
    ['with a county twice', file('twice.json', collection([square('48113', 0, 0, 1, 1), square('48113', 1, 0, 2, 1)])), '48113 stands in it twice'],
    ['with an open ring', file('open.json', collection([{ ...square('48113', 0, 0, 1, 1), geometry: { type: 'Polygon', coordinates: [[[0, 0], [0, 1], [1, 1], [1, 0]]] } }])), 'does not end where it begins'],
  ])('%s is refused with what is wrong', (_what, path, fault) => {
    expect(() => readCounties(path)).toThrow(CountiesRefused);
    expect(() => readCounties(path)).toThrow(fault);
  });
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Along the globe to points on each line: no plane. Infinity for what is far away. */
function leastDistance(polygons: readonly (readonly (readonly [number, number][])[])[], x: number, y: number): number {
  let least = Infinity;
  for (const ring of polygons.flat()) {
    for (let index = 1; index < ring.length; index += 1) {
      const [[ax, ay], [bx, by]] = [ring[index - 1] ?? [0, 0], ring[index] ?? [0, 0]];
      if (Math.min(ay, by) > y + 0.1 || Math.max(ay, by) < y - 0.1 || Math.min(ax, bx) > x + 0.3 || Math.max(ax, bx) < x - 0.3) continue;
      for (let step = 0; step <= 1_000; step += 1) least = Math.min(least, haversine(x, y, ax + ((bx - ax) * step) / 1_000, ay + ((by - ay) * step) / 1_000));
    }
  }
  return least;
}
