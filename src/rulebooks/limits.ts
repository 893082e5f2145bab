import { REACHES, reachOf, type Action, type Reach } from '../access/acts.ts';
import { OFFICE_ROLES } from '../access/seats.ts';

/**
 * The acts of an office on its cases, which its book may lower. Not among them: reading, what is about no case, the rule
 * books themselves (a book could lock its office out of ever adopting another), and what is open to everyone by duty:
 * recusing oneself and declaring a conflict.
 */
const LIMITABLE = [
  'referral:screen', 'referral:refuse', 'venue:confirm', 'duplicate:judge', 'case:claim', 'case:release', 'case:assign', 'case:tag', 'clock:record', 'clock:assert', 'case:restrict', 'joint:invite', 'joint:answer', 'transfer:propose', 'transfer:answer', 'venue:contest', 'venue:answer', 'venue:decide',
  'authorisation:record', 'wall:impose', 'wall:lift', 'seal:impose', 'seal:lift', 'compartment:place', 'glass:break', 'glass:review',
  'annotation:write', 'annotation:revise', 'charge:propose', 'person:identify', 'proof:link', 'proof:assess', 'charge:file', 'decision:propose', 'decision:approve',
  'immunity:record', 'immunity:review', 'victim:notify', 'declination:answer', 'demand:write', 'cooperation:record',
  'court:record', 'removal:record', 'supersession:record', 'parallel:record', 'rendition:record',
] as const satisfies readonly Action[];

/** An act that a rule book may limit. */
export type Limitable = (typeof LIMITABLE)[number];

export const isLimitable = (action: string): action is Limitable => LIMITABLE.some((known) => known === action);

/** Acts before anybody of the office is on the team of the case: to reach one's own cases alone would mean nothing. */
const BEFORE_A_TEAM: readonly Limitable[] = ['venue:confirm', 'venue:contest', 'case:claim', 'joint:answer', 'transfer:answer'];

/** True where a ceiling says something of the act. */
export const isCeiling = (action: Limitable, ceiling: Reach): boolean => ceiling !== 'OWN' || !BEFORE_A_TEAM.includes(action);

/** True where some role of an office reaches further with the act than the ceiling. */
export const lowers = (action: Limitable, ceiling: Reach): boolean =>
  OFFICE_ROLES.some((role) => REACHES.indexOf(reachOf({ body: 'OFFICE', role }, action)) > REACHES.indexOf(ceiling));
