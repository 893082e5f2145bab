import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { feature } from 'topojson-client';
import { z } from 'zod';
import { ATLAS } from './county.ts';

/** Longitude and latitude in degrees, as GeoJSON has them. */
export type Position = [number, number];
/** A ring that closes where it begins. */
export type Ring = Position[];
/** The outline, and the holes in it. */
export type Polygon = Ring[];

/** The outlines of a file, unpacked. */
export interface CountyFile {
  /** Name and hash of the file: what an answer was computed with. */
  readonly version: string;
  /** Metres by which a line may lie beside the true boundary. */
  readonly accuracyM: number;
  readonly counties: readonly { readonly fips: string; readonly polygons: readonly Polygon[] }[];
}

/** What is wrong with a file of counties. */
export class CountiesRefused extends Error {
  constructor(file: string, fault: string, options?: ErrorOptions) {
    super(`The outlines of counties in ${file} cannot be used: ${fault}`, options);
    this.name = 'CountiesRefused';
  }
}

/** A tenth of a millimetre on a map at 1:10 million. */
const ATLAS_ACCURACY_M = 1_000;
/** A millimetre on a map at 1:500,000, the scale of the Census Bureau’s cartographic files. */
const FINER_ACCURACY_M = 500;

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const polygon = z.array(z.array(position).min(4)).min(1);
const geoid = z.string().regex(/^\d{5}$/);

const Feature = z.object({
  id: z.unknown().optional(),
  properties: z.object({ GEOID: z.unknown().optional() }).nullish(),
  geometry: z.union([
    z.object({ type: z.literal('Polygon'), coordinates: polygon }).transform(({ coordinates }) => [coordinates]),
    z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon).min(1) }).transform(({ coordinates }) => coordinates),
  ]),
});
const Collection = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()).min(1) });
const Topology = z.object({ type: z.literal('Topology'), objects: z.record(z.string(), z.object({ type: z.string() })) });

/** The outlines that come with the product, or those of a finer file. Throws CountiesRefused. */
export function readCounties(path?: string): CountyFile {
  const file = path ?? ATLAS;
  const [bytes, content] = contentOf(file);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return {
    version: `${path === undefined ? 'us-atlas/' : ''}${basename(file)} ${hash}`,
    accuracyM: path === undefined ? ATLAS_ACCURACY_M : FINER_ACCURACY_M,
    counties: countiesOf(file, featuresOf(file, content)),
  };
}

function contentOf(file: string): readonly [Buffer, unknown] {
  try {
    const bytes = readFileSync(file);
    return [bytes, JSON.parse(bytes.toString('utf8'))];
  } catch (error) {
    throw new CountiesRefused(file, `it is not there, cannot be read, or is not JSON (${error instanceof Error ? error.message : String(error)}).`, { cause: error });
  }
}

function featuresOf(file: string, content: unknown): readonly unknown[] {
  const topology = Topology.safeParse(content);
  const collection = Collection.safeParse(topology.success ? unpacked(file, content, topology.data) : content);
  if (!collection.success) throw new CountiesRefused(file, 'it is neither a GeoJSON FeatureCollection nor a TopoJSON file with an object of counties.');
  return collection.data.features;
}

function unpacked(file: string, content: unknown, { objects }: z.infer<typeof Topology>): unknown {
  const names = Object.keys(objects);
  const name = names.find((each) => each === 'counties') ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) throw new CountiesRefused(file, `none of its objects (${names.join(', ')}) is named counties.`);
  try {
    return feature(content as Parameters<typeof feature>[0], name);
  } catch (error) {
    throw new CountiesRefused(file, 'its arcs do not make outlines.', { cause: error });
  }
}

function countiesOf(file: string, features: readonly unknown[]): CountyFile['counties'] {
  const found = new Map<string, Polygon[]>();
  features.forEach((each, place) => {
    const read = Feature.safeParse(each);
    if (!read.success) throw new CountiesRefused(file, `feature ${place + 1} is no county with an outline in degrees: ${read.error.issues[0]?.path.join('.')}.`);
    const { id, properties, geometry } = read.data;
    const fips = geoid.safeParse(properties?.GEOID ?? id);
    if (!fips.success) throw new CountiesRefused(file, `feature ${place + 1} has no GEOID of five digits.`);
    if (found.has(fips.data)) throw new CountiesRefused(file, `county ${fips.data} stands in it twice.`);
    if (geometry.some((outline) => outline.some((line) => !isClosed(line)))) throw new CountiesRefused(file, `an outline of county ${fips.data} does not end where it begins.`);
    found.set(fips.data, geometry);
  });
  return [...found].map(([fips, polygons]) => ({ fips, polygons })).sort((one, other) => (one.fips < other.fips ? -1 : 1));
}

function isClosed(line: Ring): boolean {
  const [first, last] = [line[0], line.at(-1)];
  return first?.[0] === last?.[0] && first?.[1] === last?.[1];
}
