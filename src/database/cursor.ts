import { sql, type SQL } from 'drizzle-orm';
import { badInput } from '../kernel/errors.ts';
import { isId } from '../kernel/ids.ts';
import type { KeyKind } from './shape.ts';

const DAY = /^[1-9]\d{3}-\d{2}-\d{2}$/;
const INSTANT = /^[1-9]\d{3}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?\+00$/;

/**
 * SQL of a cursor: the name of the listed type, and the keys as PostgreSQL's own text, microseconds and all, so that no
 * row is skipped or repeated.
 */
export const cursorSql = (listed: string, keys: readonly SQL[]): SQL => {
  const parts = sql.join([sql.raw(`'${listed}'`), ...keys.map((key) => sql`${key}::text`)], sql`, `);
  return sql`translate(encode(convert_to(json_build_array(${parts})::text, 'UTF8'), 'base64'), E'+/=\n', '-_')`;
};

/** The keys in a cursor that a client sent back. Throws BAD_USER_INPUT for anything that no list of this type wrote. */
export function cursorKeys(cursor: string, listed: string, kinds: readonly KeyKind[]): string[] {
  const [type, ...keys] = parse(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (type !== listed || keys.length !== kinds.length || !keys.every((key, index) => fits(key, kinds[index]))) {
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
      return INSTANT.test(key) && isDay(key.slice(0, 10));
    case 'day':
      return DAY.test(key) && isDay(key);
    case 'uuid':
      return isId(key);
    case 'text':
      return key.length <= 1_000 && !key.includes('\0') && key.isWellFormed();
    case undefined:
      return false;
  }
}

/** True for a day of the calendar; JavaScript turns the 30th of February into the 2nd of March. */
const isDay = (day: string): boolean => {
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
};

/** A key of a cursor as SQL of its own kind. */
export const keySql = (key: SQL, kind: KeyKind): SQL => {
  switch (kind) {
    case 'instant':
      return sql`${key}::text::timestamptz`;
    case 'day':
      return sql`${key}::text::date`;
    case 'uuid':
      return sql`${key}::uuid`;
    case 'text':
      return sql`${key}::text`;
  }
};
