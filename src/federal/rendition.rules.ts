import type { Confidence } from '../kernel/confidence.ts';
import type { Machine } from './machine.ts';

/** Where the rendition of an accused from another state stands. */
export const RENDITION_STATES = [
  'WARRANT_ACTIVE', 'ARRESTED_ELSEWHERE', 'WAIVED', 'GOVERNOR_REQUEST_SENT', 'GOVERNOR_WARRANT', 'REFUSED', 'HABEAS', 'RETURNED', 'RELEASED', 'WITHDRAWN',
] as const;
export type RenditionState = (typeof RENDITION_STATES)[number];
/** No row: no warrant for somebody elsewhere is on record. */
export const NO_WARRANT = 'NO_WARRANT';
export type RenditionPlace = RenditionState | typeof NO_WARRANT;

export const RENDITION_ACTS = [
  'ENTER_WARRANT', 'ARREST', 'EXTEND_HOLD', 'WAIVE', 'SEND_GOVERNOR_REQUEST', 'SERVE_GOVERNOR_WARRANT', 'REFUSE', 'CHALLENGE', 'DENY_HABEAS', 'GRANT_HABEAS', 'RETURN', 'RELEASE', 'WITHDRAW',
] as const;
export type RenditionAct = (typeof RENDITION_ACTS)[number];

/**
 * The lifecycle of a rendition. An arrest on the warrant comes first, as a rule; but the Governor of the other state may be asked for an accused who
 * is at large there, and the arrest then comes later, without moving what was asked (see `ARRESTED_ONLY` for what waits for it). Who was refused may
 * be asked for again. A challenge that is denied leads back to the Governor's warrant; one that is granted sets free. Whoever is held is released, too,
 * where the hold runs out or nobody comes (18 U.S.C. 3182). The office may withdraw until the accused is returned or released.
 */
export const RENDITION_MOVES = {
  ENTER_WARRANT: { NO_WARRANT: 'WARRANT_ACTIVE' },
  ARREST: { WARRANT_ACTIVE: 'ARRESTED_ELSEWHERE', GOVERNOR_REQUEST_SENT: 'GOVERNOR_REQUEST_SENT', GOVERNOR_WARRANT: 'GOVERNOR_WARRANT' },
  EXTEND_HOLD: { ARRESTED_ELSEWHERE: 'ARRESTED_ELSEWHERE', GOVERNOR_REQUEST_SENT: 'GOVERNOR_REQUEST_SENT', REFUSED: 'REFUSED' },
  WAIVE: { ARRESTED_ELSEWHERE: 'WAIVED', GOVERNOR_REQUEST_SENT: 'WAIVED' },
  SEND_GOVERNOR_REQUEST: { WARRANT_ACTIVE: 'GOVERNOR_REQUEST_SENT', ARRESTED_ELSEWHERE: 'GOVERNOR_REQUEST_SENT', REFUSED: 'GOVERNOR_REQUEST_SENT' },
  SERVE_GOVERNOR_WARRANT: { GOVERNOR_REQUEST_SENT: 'GOVERNOR_WARRANT' },
  REFUSE: { GOVERNOR_REQUEST_SENT: 'REFUSED' },
  CHALLENGE: { GOVERNOR_WARRANT: 'HABEAS' },
  DENY_HABEAS: { HABEAS: 'GOVERNOR_WARRANT' },
  GRANT_HABEAS: { HABEAS: 'RELEASED' },
  RETURN: { WAIVED: 'RETURNED', GOVERNOR_WARRANT: 'RETURNED' },
  RELEASE: { ARRESTED_ELSEWHERE: 'RELEASED', WAIVED: 'RELEASED', GOVERNOR_REQUEST_SENT: 'RELEASED', GOVERNOR_WARRANT: 'RELEASED', REFUSED: 'RELEASED' },
  WITHDRAW: {
    WARRANT_ACTIVE: 'WITHDRAWN', ARRESTED_ELSEWHERE: 'WITHDRAWN', WAIVED: 'WITHDRAWN', GOVERNOR_REQUEST_SENT: 'WITHDRAWN', GOVERNOR_WARRANT: 'WITHDRAWN', REFUSED: 'WITHDRAWN', HABEAS: 'WITHDRAWN',
  },
} as const satisfies Machine<RenditionAct, RenditionState, typeof NO_WARRANT>;

/** What is done by or to an accused who is held: not before an arrest is on record. */
export const ARRESTED_ONLY: ReadonlySet<RenditionAct> = new Set<RenditionAct>(['EXTEND_HOLD', 'WAIVE', 'CHALLENGE', 'RETURN', 'RELEASE']);

/** The states in which another rendition of the same accused may begin. */
export const RENDITION_ENDS = ['RETURNED', 'RELEASED', 'REFUSED', 'WITHDRAWN'] as const satisfies readonly RenditionState[];

/** What it rests on. Nobody has verified it: an answer says so. */
export const RENDITION_LAW = { rule: 'RENDITION', citation: '18 U.S.C. 3182', confidence: 'MEDIUM', verified: false } as const satisfies { confidence: Confidence } & Record<string, unknown>;

/** That a hold is extended: by how much, the rule says that is on file. */
export const HOLD_LAW = { rule: 'RENDITION_HOLD', verified: false } as const;
