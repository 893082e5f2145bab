import type { Attempt } from './situations.world.ts';
import type { CastMember } from './world.ts';

export const HEADS = ['supervisorDallas', 'electedDallas'] as const;
const ATTORNEYS = ['attorneyDallas', 'secondDallas'] as const;
const STAFF = ['attorneyDallas', ...HEADS] as const;
const SCREENERS = [...STAFF, 'intakeDallas'] as const;
const READERS = ['intakeDallas', ...HEADS] as const;
const WALLERS = [...HEADS, 'conflictsDallas'] as const;
export const WRITERS = [...ATTORNEYS, ...HEADS, 'intakeDallas', 'investigatorDallas', 'advocateDallas', 'disclosureDallas'] as const;

/** Who sees a case may do these, whatever else holds: to ask for it, to leave it, and to end what they opened themselves. */
type OfSight = 'recuse' | 'claimCase' | 'endBreakGlass' | 'reviewBreakGlass';
export type Acts = Readonly<Partial<Record<Exclude<Attempt, OfSight>, readonly CastMember[]>>>;

/** Who does what on a case that Dallas leads, whose team is attorneyDallas. */
export const LEADS = {
  acceptReferral: SCREENERS, returnReferral: SCREENERS, waiveReturnItem: SCREENERS, cancelReturnItem: SCREENERS, resolveDispute: SCREENERS,
  refuseReferral: STAFF, answerWithdrawalRequest: STAFF,
  releaseCase: STAFF, assignCase: STAFF, unassignCase: STAFF, tagCase: SCREENERS, confirmVenue: [...ATTORNEYS, ...HEADS, 'intakeDallas'],
  inviteJurisdiction: STAFF, withdrawInvitation: STAFF, proposeTransfer: WALLERS, revokeTransfer: WALLERS, recordAuthorisation: HEADS, revokeAuthorisation: HEADS,
  imposeWall: WALLERS, liftWall: WALLERS, sealCase: HEADS, proposeUnsealing: HEADS, cancelUnsealing: HEADS, unseal: HEADS, restrictToUnit: WALLERS,
  placeInCompartment: [...STAFF, 'conflictsDallas'], releaseFromCompartment: ['attorneyDallas'],
  breakGlass: WRITERS, annotateCase: WRITERS, reviseAnnotation: WRITERS, proposeCharge: STAFF, withdrawCharge: STAFF, repinCharge: STAFF,
  nameChargeLevel: STAFF, relateCharge: STAFF, unrelateCharge: STAFF, identifyPerson: STAFF, withdrawIdentification: STAFF,
  answerContest: HEADS, recordVenueDecision: HEADS,
  recordClockFact: [...STAFF, 'investigatorDallas'], endExclusion: [...STAFF, 'investigatorDallas'], withdrawClockFact: [...STAFF, 'investigatorDallas'], attestDiscovery: STAFF, assertLimitation: STAFF,
  linkProof: [...STAFF, 'investigatorDallas'], withdrawProofLink: [...STAFF, 'investigatorDallas'], assessElement: STAFF, askForElement: STAFF,
  decideCharge: STAFF, approveDecision: HEADS, rejectDecision: HEADS, withdrawDecision: ['attorneyDallas'], fileCharges: STAFF, correctFiling: STAFF, withdrawFiling: STAFF, answerDeclinationDispute: HEADS,
  recordAffiliation: STAFF, recordImmunityAnalysis: STAFF, reviewImmunityAnalysis: HEADS, withdrawImmunityAnalysis: STAFF, recordVictimNotice: [...STAFF, 'advocateDallas'], withdrawVictimNotice: [...STAFF, 'advocateDallas'],
  recordArraignment: STAFF, setTrial: STAFF, recordDisposition: STAFF, recordRemoval: STAFF, recordSupersession: STAFF, recordParallelProceeding: STAFF, recordRendition: STAFF, recordImmunityProceeding: STAFF,
  draftDemand: STAFF, reviseDemand: STAFF, serveDemand: STAFF, acknowledgeDemand: STAFF, extendDemand: STAFF, answerDemand: STAFF, receiveProduction: STAFF, fileSuit: STAFF, decideSuit: STAFF, withdrawDemand: STAFF, liftPreservation: STAFF,
  recordCooperationEvent: [...STAFF, 'investigatorDallas'], withdrawCooperationEvent: [...STAFF, 'investigatorDallas'],
} as const satisfies Acts;

/** Who does what where nobody leads and Dallas has venue: whom the act reaches in the whole office reads what was sent, and asks for more. */
export const CANDIDATE = {
  acceptReferral: READERS, returnReferral: READERS, waiveReturnItem: READERS, cancelReturnItem: READERS, resolveDispute: READERS,
  confirmVenue: [...ATTORNEYS, ...HEADS, 'intakeDallas'],
  // Of a claim, once there is one.
  contestClaim: HEADS, answerContest: HEADS, recordVenueDecision: HEADS,
} as const satisfies Acts;
