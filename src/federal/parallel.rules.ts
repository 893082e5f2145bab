import type { PersonPart } from '../cases/person.table.ts';
import type { Machine } from './machine.ts';

/** Before whom a matter beside the case is pending. */
export const PARALLEL_FORUMS = ['FEDERAL_CRIMINAL', 'FEDERAL_CIVIL', 'STATE_CRIMINAL', 'STATE_CIVIL', 'ADMINISTRATIVE', 'OTHER'] as const;
export type ParallelForum = (typeof PARALLEL_FORUMS)[number];

/** Whom it is about, and who of the case that can be. */
export const PARALLEL_AGAINST = {
  SUSPECT: ['SUBJECT', 'OFFICIAL'],
  VICTIM: ['VICTIM'],
  WITNESS: ['WITNESS'],
} as const satisfies Record<string, readonly PersonPart[]>;
export type ParallelAgainst = keyof typeof PARALLEL_AGAINST;
export const PARALLEL_AGAINST_CODES = Object.keys(PARALLEL_AGAINST) as ParallelAgainst[];

export const PARALLEL_STATES = ['OPEN', 'STAYED', 'CONCLUDED', 'DISMISSED'] as const;
export type ParallelState = (typeof PARALLEL_STATES)[number];
/** No row: nothing is known of it. */
export const UNKNOWN = 'UNKNOWN';
export type ParallelPlace = ParallelState | typeof UNKNOWN;

export const PARALLEL_ACTS = ['OPEN', 'STAY', 'LIFT_STAY', 'CONCLUDE', 'DISMISS'] as const;
export type ParallelAct = (typeof PARALLEL_ACTS)[number];

/** The lifecycle of a proceeding beside the case. */
export const PARALLEL_MOVES = {
  OPEN: { UNKNOWN: 'OPEN' },
  STAY: { OPEN: 'STAYED' },
  LIFT_STAY: { STAYED: 'OPEN' },
  CONCLUDE: { OPEN: 'CONCLUDED', STAYED: 'CONCLUDED' },
  DISMISS: { OPEN: 'DISMISSED', STAYED: 'DISMISSED' },
} as const satisfies Machine<ParallelAct, ParallelState, typeof UNKNOWN>;
