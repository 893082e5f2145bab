import { sql, type SQL } from 'drizzle-orm';
import { badInput } from '../kernel/errors.ts';
import { isId } from '../kernel/ids.ts';
import type { KeyKind } from './shape.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/;

/** SQL of a cursor: the keys as PostgreSQL's own text, microseconds and all, so that no row is skipped or repeated. */
export const cursorSql = (keys: readonly SQL[]): SQL =>
  sql`translate(encode(convert_to(json_build_array(${sql.join(keys.map((key) => sql`${key}::text`), sql`, `)})::text, 'UTF8'), 'base64'), E'+/=\n', '-_')`;

/** The keys in a cursor that a client sent back. Throws BAD_USER_INPUT for anything we cannot have written. */
export function cursorKeys(cursor: string, kinds: readonly KeyKind[]): string[] {
  const keys = parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (keys?.length !== kinds.length || !keys.every((key, index) => fits(key, kinds[index]))) {
    throw badInput('after', 'This is not a cursor of this list.', 'Pass pageInfo.endCursor or an edge’s cursor of the same list, unchanged.');
  }
  return keys;
}

function parse(text: string): string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every((part) => typeof part === 'string') ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function fits(key: string, kind: KeyKind | undefined): boolean {
  switch (kind) {
    case 'instant':
      return INSTANT.test(key) && !Number.isNaN(Date.parse(key.replace(' ', 'T').replace('+00', 'Z')));
    case 'uuid':
      return isId(key);
    case 'text':
      return key.length <= 200 && !key.includes('\0');
    case undefined:
      return false;
  }
}

/** A key of a cursor as SQL of its own kind. */
export const keySql = (key: SQL, kind: KeyKind): SQL => {
  switch (kind) {
    case 'instant':
      return sql`${key}::text::timestamptz`;
    case 'uuid':
      return sql`${key}::uuid`;
    case 'text':
      return sql`${key}::text`;
  }
};
