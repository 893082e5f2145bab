import type { Machine } from './machine.ts';

/** Why somebody else is to take the case. */
export const SUPERSESSION_BASES = ['CONFLICT_OF_INTEREST', 'ABSENCE', 'ABUSE_OF_DISCRETION', 'REQUEST_OF_PROSECUTOR', 'REQUEST_OF_GOVERNOR', 'OTHER'] as const;
export type SupersessionBasis = (typeof SUPERSESSION_BASES)[number];

/** Where a supersession stands; LOCAL is no row: the office prosecutes. */
export const SUPERSESSION_STATES = ['CONFLICT_DECLARED', 'PETITIONED', 'HEARING', 'TRANSFERRED', 'RETAINED', 'RETURNED', 'WITHDRAWN'] as const;
export type SupersessionState = (typeof SUPERSESSION_STATES)[number];
export const LOCAL = 'LOCAL';
export type SupersessionPlace = SupersessionState | typeof LOCAL;

export const SUPERSESSION_ACTS = ['DECLARE_CONFLICT', 'PETITION', 'ASSIGN_JUDGE', 'HEAR', 'TRANSFER', 'RETAIN', 'RETURN', 'WITHDRAW'] as const;
export type SupersessionAct = (typeof SUPERSESSION_ACTS)[number];

/**
 * The lifecycle of a supersession. A judge is assigned anew where another takes over; an order may come without a hearing, for instance where the office
 * recuses itself or a governor asks (Va. Code 2.2-511, 19.2-155), but not on a discretion that was abused (71 P.S. 732-205). What is retained never left, and so nothing of it returns.
 */
export const SUPERSESSION_MOVES = {
  DECLARE_CONFLICT: { LOCAL: 'CONFLICT_DECLARED' },
  PETITION: { LOCAL: 'PETITIONED', CONFLICT_DECLARED: 'PETITIONED' },
  ASSIGN_JUDGE: { CONFLICT_DECLARED: 'CONFLICT_DECLARED', PETITIONED: 'PETITIONED' },
  HEAR: { CONFLICT_DECLARED: 'HEARING', PETITIONED: 'HEARING' },
  TRANSFER: { CONFLICT_DECLARED: 'TRANSFERRED', PETITIONED: 'TRANSFERRED', HEARING: 'TRANSFERRED' },
  RETAIN: { CONFLICT_DECLARED: 'RETAINED', PETITIONED: 'RETAINED', HEARING: 'RETAINED' },
  RETURN: { TRANSFERRED: 'RETURNED' },
  WITHDRAW: { CONFLICT_DECLARED: 'WITHDRAWN', PETITIONED: 'WITHDRAWN', HEARING: 'WITHDRAWN' },
} as const satisfies Machine<SupersessionAct, SupersessionState, typeof LOCAL>;

/** The states after which another may begin. */
export const SUPERSESSION_ENDS = ['RETAINED', 'RETURNED', 'WITHDRAWN'] as const satisfies readonly SupersessionState[];

/** The law that a state has on it, where it is known; what the reference data say of a state goes before this. */
export const SUPERSESSION_LAW: Readonly<Partial<Record<string, string>>> = {
  PA: '71 P.S. 732-205', IL: '55 ILCS 5/3-9008', VA: 'Va. Code 2.2-511, 19.2-155', MN: 'Minn. Stat. 8.01', AZ: 'A.R.S. 41-193',
};
