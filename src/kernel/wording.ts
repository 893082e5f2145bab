import { badInput } from './errors.ts';

/** A text of at most `most` characters without blanks around it. Throws BadInput where nothing or too much is left. */
export function sentence(field: string, text: string, most = 2000): string {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > most) throw badInput(field, 'A sentence is needed here.', `Give between 1 and ${most.toLocaleString('en')} characters.`);
  return trimmed;
}
