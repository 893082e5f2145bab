/** The stages of a case. */
export const STAGES = [
  'UNCLAIMED', 'CLAIMED', 'UNDER_REVIEW', 'AWAITING_AGENCY', 'AWAITING_EXTERNAL', 'DECIDED', 'IN_COURT', 'CLOSED',
  'DECLINED', 'REFERRED_OUT', 'MERGED', 'REOPENED',
] as const;

export type Stage = (typeof STAGES)[number];

/** What kind of event was referred, in the agency's words for its gravest part. */
export const INCIDENT_KINDS = [
  'FORCE', 'SHOOTING', 'DEATH', 'DETENTION', 'ENTRY', 'PROPERTY', 'FALSE_STATEMENT', 'OTHER',
] as const;

export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** An act on a case that depends on its stage. */
export type StagedAct = 'route' | 'claim' | 'release' | 'assign' | 'annotate' | 'charge' | 'tag' | 'invite' | 'transfer' | 'confirmVenue' | 'screen' | 'refuse' | 'prove'
  | 'decide' | 'prepare' | 'file' | 'answerDispute' | 'judge' | 'docket' | 'dispose' | 'follow';

const LED = ['CLAIMED', 'UNDER_REVIEW', 'AWAITING_AGENCY', 'AWAITING_EXTERNAL', 'REOPENED'] as const;

/**
 * The moment: in which stages each act may be done. Elsewhere it is a CONFLICT. A case that is closed can have a charge that is not over: a new one,
 * which reopens it, or one in a compartment, which its stage does not tell of.
 */
export const MOMENTS = {
  route: ['UNCLAIMED'],
  claim: ['UNCLAIMED'],
  release: LED,
  assign: [...LED, 'DECIDED', 'IN_COURT'],
  annotate: STAGES,
  charge: [...LED, 'DECIDED', 'IN_COURT', 'CLOSED'],
  tag: [...LED, 'DECIDED', 'IN_COURT'],
  invite: [...LED, 'DECIDED', 'IN_COURT'],
  transfer: [...LED, 'DECIDED', 'IN_COURT'],
  confirmVenue: ['UNCLAIMED', ...LED, 'DECIDED', 'IN_COURT'],
  screen: ['UNCLAIMED', ...LED, 'DECIDED', 'IN_COURT'],
  refuse: LED,
  prove: [...LED, 'DECIDED', 'IN_COURT', 'CLOSED'],
  decide: [...LED, 'DECIDED', 'IN_COURT', 'CLOSED', 'DECLINED', 'REFERRED_OUT'],
  prepare: [...LED, 'DECIDED', 'IN_COURT', 'CLOSED', 'DECLINED', 'REFERRED_OUT'],
  file: [...LED, 'DECIDED', 'IN_COURT', 'CLOSED'],
  answerDispute: [...LED, 'DECIDED', 'IN_COURT', 'DECLINED', 'REFERRED_OUT'],
  judge: ['UNCLAIMED', ...LED, 'DECIDED', 'IN_COURT', 'CLOSED', 'DECLINED', 'REFERRED_OUT'],
  docket: [...LED, 'DECIDED', 'IN_COURT', 'CLOSED'],
  dispose: [...LED, 'DECIDED', 'IN_COURT', 'CLOSED'],
  follow: [...LED, 'DECIDED', 'IN_COURT', 'CLOSED', 'DECLINED', 'REFERRED_OUT'],
} as const satisfies Record<StagedAct, readonly Stage[]>;

/** True where the act may be done in this stage. */
export const isTheMoment = (act: StagedAct, stage: Stage): boolean => (MOMENTS[act] as readonly Stage[]).includes(stage);
