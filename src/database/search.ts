import { badInput } from '../kernel/errors.ts';

/** A word beyond 2,046 bytes is an error in PostgreSQL. */
const LONGEST = 500;
/** PostgreSQL gives up where 32 exclusions stand open. */
const MOST_EXCLUDED = 20;

/** Words to search for, as a client sent them. Throws BAD_USER_INPUT for what PostgreSQL cannot read as a search. */
export function searchText(field: string, value: unknown): string {
  const text = String(value);
  if (text.length > LONGEST) throw badInput(field, `A search holds at most ${LONGEST} characters.`, 'Search for fewer words.');
  if ((text.match(/(?<![\p{L}\p{N}])-/gu) ?? []).length > MOST_EXCLUDED) {
    throw badInput(field, `A search leaves out at most ${MOST_EXCLUDED} words.`, 'Leave out fewer words with -.');
  }
  return text;
}
