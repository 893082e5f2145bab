import { badInput } from '../kernel/errors.ts';
import type { OffenceLevel } from '../law/statute.table.ts';

/** What a charge may name as its level, the gravest first. */
export const NAMED_LEVELS = ['FELONY', 'GROSS_MISDEMEANOR', 'MISDEMEANOR'] as const satisfies readonly OffenceLevel[];
export type NamedLevel = (typeof NAMED_LEVELS)[number];

/** What the text of a statute says of its levels. */
export interface Graded {
  readonly citation: string;
  /** EITHER where its grading depends on the facts. */
  readonly level: OffenceLevel;
  /** The levels that its limitation period tells apart; none where it tells none apart. */
  readonly levels: readonly OffenceLevel[];
}

const isNamed = (level: OffenceLevel): level is NamedLevel => level !== 'EITHER';

/** The levels that an offence may have: those that its text tells apart, or any where it is graded and tells none apart. */
export function levelsOf({ level, levels }: Graded): readonly NamedLevel[] {
  if (isNamed(level)) return [level];
  const told = levels.filter(isNamed);
  return told.length > 0 ? told : NAMED_LEVELS;
}

/** The level that a charge names. Throws BadInput, with the citation of the statute, for one that it does not have. */
export function levelNamed(text: Graded, level: OffenceLevel): NamedLevel {
  const known = levelsOf(text);
  if (isNamed(level) && known.includes(level)) return level;
  throw badInput(
    'level', level === 'EITHER' ? `EITHER names no level of ${text.citation}.` : `An offence under ${text.citation} is no ${spoken(level)}.`,
    `Name one of its levels (${known.join(', ')}), or none.`, { rule: 'LEVEL_OF_STATUTE', citation: text.citation },
  );
}

const spoken = (level: OffenceLevel): string => level.toLowerCase().replace('_', ' ');
