import { sql, type SQL } from 'drizzle-orm';

/** A response key and the SQL of what stands under it. */
export type Pair = readonly [key: string, value: SQL];

/** The most pairs that go into one `json_build_object`: PostgreSQL takes a hundred arguments. */
const PAIRS = 50;

/** SQL of a JSON object. Response keys are GraphQL names, letters, digits and underscores: they need no escaping. */
export function jsonObject(pairs: readonly Pair[]): SQL {
  if (pairs.length <= PAIRS) return sql`json_build_object(${joined(pairs)})`;
  const chunks = Array.from({ length: Math.ceil(pairs.length / PAIRS) }, (_, index) => pairs.slice(index * PAIRS, (index + 1) * PAIRS));
  return sql`(${sql.join(chunks.map((chunk) => sql`jsonb_build_object(${joined(chunk)})`), sql` || `)})::json`;
}

/** SQL of a JSON array of one expression, over the rows that it is aggregated from. */
export const jsonArray = (each: SQL, order: SQL, filter = sql``): SQL => sql`coalesce(json_agg(${each} order by ${order}) ${filter}, '[]'::json)`;

const joined = (pairs: readonly Pair[]): SQL => sql.join(pairs.map(([key, value]) => sql`${sql.raw(`'${key}'`)}, ${value}`), sql`, `);
