import type { HandledLevel } from '../coalition/jurisdiction.table.ts';
import type { OffenceLevel } from './statute.table.ts';

/** Whether an office prosecutes an offence of a level, the surest first. */
export const LEVEL_ANSWERS = ['WITHIN', 'DISCRETIONARY', 'DEPENDS', 'OUTSIDE', 'UNKNOWN'] as const;
export type LevelAnswer = (typeof LEVEL_ANSWERS)[number];

const MISDEMEANORS = { MISDEMEANOR: 'WITHIN', MISDEMEANOR_DISCRETIONARY: 'DISCRETIONARY', MISDEMEANOR_UNINCORPORATED: 'DEPENDS', OFFICIAL_MISCONDUCT_MISDEMEANOR: 'DEPENDS' } as const;

/**
 * What each word of what an office handles says of an offence of a level; where none says anything, another prosecutor does
 * it as a rule. Who prosecutes a gross misdemeanor is split within counties, and what may be either is not yet known.
 */
export const LEVELS_HANDLED = {
  FELONY: { FELONY: 'WITHIN' },
  GROSS_MISDEMEANOR: { ...MISDEMEANORS, FELONY: 'DEPENDS' },
  MISDEMEANOR: MISDEMEANORS,
  EITHER: { ...MISDEMEANORS, FELONY: 'DEPENDS' },
} as const satisfies Record<OffenceLevel, Partial<Record<HandledLevel, LevelAnswer>>>;
