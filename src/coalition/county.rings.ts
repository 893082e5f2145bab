import type { Polygon, Position } from './county.file.ts';

/** Polygons that are kept unpacked: those that were asked for last. */
const UNPACKED = 256;

/** Where a polygon stands among packed rings: its first ring, and the one after its last. */
export interface Packed {
  readonly from: number;
  readonly to: number;
}

/**
 * Rings of many polygons in one block of numbers, longitude and latitude in turn: an eighth of what they take as arrays of arrays,
 * and nothing that a garbage collector has to walk through.
 */
export class PackedRings {
  readonly #corners: Float64Array;
  /** Where each ring begins; the last is where all end. */
  readonly #starts: Uint32Array;
  readonly #unpacked = new Map<number, Polygon>();
  #rings = 0;
  #size = 0;

  /** Room for all of these. */
  constructor(polygons: readonly Polygon[]) {
    const rings = polygons.flat();
    this.#corners = new Float64Array(2 * rings.reduce((sum, ring) => sum + ring.length, 0));
    this.#starts = new Uint32Array(rings.length + 1);
  }

  pack(polygon: Polygon): Packed {
    const from = this.#rings;
    for (const ring of polygon) {
      for (const [longitude, latitude] of ring) {
        this.#corners[this.#size] = longitude;
        this.#corners[this.#size + 1] = latitude;
        this.#size += 2;
      }
      this.#rings += 1;
      this.#starts[this.#rings] = this.#size;
    }
    return { from, to: this.#rings };
  }

  /** The polygon as GeoJSON has it. */
  unpacked(packed: Packed): Polygon {
    const known = this.#unpacked.get(packed.from);
    if (known !== undefined) return known;
    const polygon = Array.from({ length: packed.to - packed.from }, (_, index) => this.#ring(packed.from + index));
    if (this.#unpacked.size >= UNPACKED) this.#unpacked.delete(this.#unpacked.keys().next().value ?? -1);
    this.#unpacked.set(packed.from, polygon);
    return polygon;
  }

  #ring(ring: number): Position[] {
    const [from, to] = this.#bounds(ring);
    return Array.from({ length: (to - from) / 2 }, (_, index): Position => [this.#corners[from + 2 * index] ?? NaN, this.#corners[from + 2 * index + 1] ?? NaN]);
  }

  #bounds(ring: number): readonly [number, number] {
    return [this.#starts[ring] ?? 0, this.#starts[ring + 1] ?? 0];
  }

  /** Degrees from a point to the nearest line of a polygon, on a plane that touches the globe at the point: exact enough for the kilometres in question. */
  distance({ from, to }: Packed, latitude: number, longitude: number): number {
    const corners = this.#corners;
    const scale = Math.cos((latitude * Math.PI) / 180);
    let least = Infinity;
    for (let ring = from; ring < to; ring += 1) {
      const [first, end] = this.#bounds(ring);
      let [x, y] = [0, 0];
      for (let at = first; at < end; at += 2) {
        const [fromX, fromY] = [x, y];
        x = around((corners[at] ?? NaN) - longitude) * scale;
        y = (corners[at + 1] ?? NaN) - latitude;
        const [dx, dy] = at === first ? [0, 0] : [x - fromX, y - fromY];
        const length = dx * dx + dy * dy;
        const along = length === 0 ? 0 : Math.max(0, Math.min(1, (x * dx + y * dy) / length));
        least = Math.min(least, (x - along * dx) ** 2 + (y - along * dy) ** 2);
      }
    }
    return Math.sqrt(least);
  }
}

/** A difference of longitudes, the short way around. */
const around = (degrees: number): number => (degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees);
