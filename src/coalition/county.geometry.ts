import inside from 'point-in-polygon-hao';
import { readCounties, type CountyFile, type Polygon, type Ring } from './county.file.ts';
import { PackedRings, type Packed } from './county.rings.ts';

/** Degrees, WGS 84. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** A county near a point. */
export interface NearCounty {
  readonly fips: string;
  /** The point lies in it, or on its boundary. */
  readonly holds: boolean;
  /** Metres from the point to the county’s boundary, from within or without. */
  readonly boundaryM: number;
  /** False where the outline is so coarse that nothing is left between its lines. */
  readonly hasArea: boolean;
}

/** The farthest that `near` looks. */
export const NEAR_MOST_M = 5_000;

const RADIUS_M = 6_371_008.8;
const DEGREE_M = (Math.PI / 180) * RADIUS_M;
/** Square metres below which a county has no area: the smallest true one has five million. */
const NO_AREA = 100_000;

interface Outline {
  readonly fips: string;
  readonly parts: Part[];
  readonly hasArea: boolean;
}

interface Part extends Packed {
  readonly county: Outline;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** County outlines in a grid of one degree: a look-up reads one cell. */
export class CountyGeometry {
  readonly version: string;
  readonly accuracyM: number;
  readonly #cells = new Map<number, Part[]>();
  readonly #counties = new Map<string, Outline>();
  readonly #rings: PackedRings;

  constructor({ version, accuracyM, counties }: CountyFile) {
    this.version = version;
    this.accuracyM = accuracyM;
    this.#rings = new PackedRings(counties.flatMap(({ polygons }) => polygons));
    for (const { fips, polygons } of counties) {
      const outline: Outline = { fips, parts: [], hasArea: polygons.reduce((sum, polygon) => sum + areaOf(polygon), 0) >= NO_AREA };
      for (const polygon of polygons) {
        const part: Part = { county: outline, ...this.#rings.pack(polygon), ...boxOf(polygon) };
        outline.parts.push(part);
        this.#place(part);
      }
      this.#counties.set(fips, outline);
    }
  }

  /** Registers a part in every cell that lies within reach of it, around the globe. */
  #place(part: Part): void {
    const up = NEAR_MOST_M / DEGREE_M;
    const aside = up / Math.max(0.01, Math.cos((Math.max(Math.abs(part.south), Math.abs(part.north)) * Math.PI) / 180));
    for (let row = Math.floor(part.south - up); row <= Math.floor(part.north + up); row += 1) {
      for (let column = Math.floor(part.west - aside); column <= Math.floor(part.east + aside); column += 1) {
        const key = cellOf(row, column);
        const cell = this.#cells.get(key);
        if (cell === undefined) this.#cells.set(key, [part]);
        else if (!cell.includes(part)) cell.push(part);
      }
    }
  }

  #around({ latitude, longitude }: Point): readonly Part[] {
    return this.#cells.get(cellOf(Math.floor(latitude), Math.floor(longitude))) ?? [];
  }

  #holds(part: Part, { latitude, longitude }: Point): boolean {
    const { west, south, east, north } = part;
    return longitude >= west && longitude <= east && latitude >= south && latitude <= north && inside([longitude, latitude], this.#rings.unpacked(part)) !== false;
  }

  /** Metres to the nearest line of a part. */
  #distance(part: Part, { latitude, longitude }: Point): number {
    return this.#rings.distance(part, latitude, longitude) * DEGREE_M;
  }

  /** The county that a point lies in; on a boundary the one that comes first by its code. Undefined at sea and abroad. */
  countyAt(point: Point): string | undefined {
    for (const part of this.#around(point)) if (this.#holds(part, point)) return part.county.fips;
    return undefined;
  }

  /** The counties that hold a point or whose boundary comes within so many metres of it (5,000 at the most), nearest boundary first. */
  near(point: Point, metres: number): NearCounty[] {
    const found = new Map<Outline, { holds: boolean; boundaryM: number }>();
    for (const part of this.#around(point)) {
      const held = this.#holds(part, point);
      if (!held && gapOf(part, point) > metres) continue;
      const known = found.get(part.county);
      found.set(part.county, { holds: held || (known?.holds ?? false), boundaryM: Math.min(known?.boundaryM ?? Infinity, this.#distance(part, point)) });
    }
    return [...found]
      .filter(([, { holds: held, boundaryM }]) => held || boundaryM <= metres)
      .map(([{ fips, hasArea }, rest]) => ({ fips, hasArea, ...rest }))
      .sort((one, other) => one.boundaryM - other.boundaryM || (one.fips < other.fips ? -1 : 1));
  }

  /** Metres from a point to a county’s boundary; undefined for a county that the file does not have. */
  distanceTo(fips: string, point: Point): number | undefined {
    const outline = this.#counties.get(fips);
    return outline && Math.min(...outline.parts.map((part) => this.#distance(part, point)));
  }
}

/** The outlines of the file named, or those that come with the product, read at the first call and kept. Throws CountiesRefused. */
export function countiesOnDemand(path?: string): () => CountyGeometry {
  let geometry: CountyGeometry | undefined;
  return () => (geometry ??= new CountyGeometry(readCounties(path)));
}

/** The outlines that come with the product, for whoever names no others. */
export const ATLAS_COUNTIES = countiesOnDemand();

const cellOf = (row: number, column: number): number => (row + 90) * 360 + ((((column + 180) % 360) + 360) % 360);

function boxOf(polygon: Polygon): Pick<Part, 'west' | 'south' | 'east' | 'north'> {
  const outer = polygon[0] ?? [];
  const [across, along] = [outer.map(([longitude]) => longitude), outer.map(([, latitude]) => latitude)];
  return { west: Math.min(...across), east: Math.max(...across), south: Math.min(...along), north: Math.max(...along) };
}

/** Metres to the box around a part: never more than to the part itself, within the reach of a cell. */
function gapOf({ west, south, east, north }: Part, { latitude, longitude }: Point): number {
  const up = Math.max(south - latitude, latitude - north, 0);
  const aside = Math.min(...[0, 360, -360].map((turn) => Math.max(west - longitude - turn, longitude + turn - east, 0)));
  return Math.max(up, aside * Math.cos((Math.min(90, Math.max(Math.abs(latitude), Math.abs(south), Math.abs(north))) * Math.PI) / 180)) * DEGREE_M;
}

/** Square metres, holes taken off. */
const areaOf = (polygon: Polygon): number => polygon.reduce((sum, ring, index) => sum + (index === 0 ? 1 : -1) * ringArea(ring), 0);

function ringArea(ring: Ring): number {
  let doubled = 0;
  for (let index = 1; index < ring.length; index += 1) {
    const [from, to] = [ring[index - 1], ring[index]];
    if (from && to) doubled += from[0] * to[1] - to[0] * from[1];
  }
  return Math.abs(doubled / 2) * DEGREE_M ** 2 * Math.cos(((ring[0]?.[1] ?? 0) * Math.PI) / 180);
}
