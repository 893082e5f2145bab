import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';

const Atlas = z.object({
  objects: z.object({
    counties: z.object({ geometries: z.array(z.object({ id: z.string(), properties: z.object({ name: z.string() }) })) }),
  }),
});

/** The outlines of the counties that come with the product, at 1:10 million. */
export const ATLAS: string = createRequire(import.meta.url).resolve('us-atlas/counties-10m.json');

let names: ReadonlyMap<string, string> | undefined;

/** Read at the first question, and let go of: the file holds every outline too, and most processes never ask. */
function atlas(): ReadonlyMap<string, string> {
  const { counties } = Atlas.parse(JSON.parse(readFileSync(ATLAS, 'utf8'))).objects;
  return new Map(counties.geometries.map(({ id, properties }) => [id, named(id, properties.name)]));
}

/** County codes from 510 on are independent cities; without the word, Fairfax the city and Fairfax the county would read alike. */
const named = (fips: string, name: string) => (Number(fips.slice(2)) >= 510 && !name.endsWith(' City') ? `City of ${name}` : name);

/** The name of a county or county equivalent of the United States by its five-digit FIPS code, as `Dallas` or `City of Norfolk`. */
export function countyName(fips: string): string | undefined {
  names ??= atlas();
  return names.get(fips);
}
