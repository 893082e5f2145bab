import type { Confidence } from '../kernel/confidence.ts';
import type { Machine } from './machine.ts';

/** Where the rendition of an accused from another state stands. */
export const RENDITION_STATES = ['REQUESTED', 'WARRANT_ISSUED', 'ARRESTED', 'WAIVED', 'HEARING', 'DELIVERED', 'REFUSED', 'WITHDRAWN'] as const;
export type RenditionState = (typeof RENDITION_STATES)[number];
/** No row: nobody asked. */
export const NOT_REQUESTED = 'NOT_REQUESTED';
export type RenditionPlace = RenditionState | typeof NOT_REQUESTED;

export const RENDITION_ACTS = ['REQUEST', 'ISSUE_WARRANT', 'ARREST', 'WAIVE', 'HEAR', 'DELIVER', 'REFUSE', 'WITHDRAW'] as const;
export type RenditionAct = (typeof RENDITION_ACTS)[number];

/** The lifecycle of a rendition. The other state may refuse until the accused has waived or is delivered; the office may withdraw until then. */
export const RENDITION_MOVES = {
  REQUEST: { NOT_REQUESTED: 'REQUESTED' },
  ISSUE_WARRANT: { REQUESTED: 'WARRANT_ISSUED' },
  ARREST: { WARRANT_ISSUED: 'ARRESTED' },
  WAIVE: { ARRESTED: 'WAIVED' },
  HEAR: { ARRESTED: 'HEARING' },
  DELIVER: { WAIVED: 'DELIVERED', HEARING: 'DELIVERED' },
  REFUSE: { REQUESTED: 'REFUSED', WARRANT_ISSUED: 'REFUSED', ARRESTED: 'REFUSED', HEARING: 'REFUSED' },
  WITHDRAW: { REQUESTED: 'WITHDRAWN', WARRANT_ISSUED: 'WITHDRAWN', ARRESTED: 'WITHDRAWN', WAIVED: 'WITHDRAWN', HEARING: 'WITHDRAWN' },
} as const satisfies Machine<RenditionAct, RenditionState, typeof NOT_REQUESTED>;

/** What it rests on. Nobody has verified it: an answer says so. */
export const RENDITION_LAW = { rule: 'RENDITION', citation: '18 U.S.C. 3182', confidence: 'MEDIUM', verified: false } as const satisfies { confidence: Confidence } & Record<string, unknown>;
