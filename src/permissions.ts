import type { Pages } from './door/shield.ts';

/** PAGE TWO of two: where. Each root field asks for one action; who may do it is access/acts.ts. What is not here is denied. */
export const PERMISSIONS = {
  Query: {
    me: 'seat:read',
    jurisdictions: 'coalition:read',
    agencies: 'coalition:read',
    members: 'member:list',
    statutes: 'law:read',
    referral: 'referral:read',
    referrals: 'referral:read',
    case: 'case:read',
    cases: 'case:read',
    caseCounts: 'statistics:count',
    verifyTrail: 'trail:verify',
  },
  Mutation: {
    validateReferral: 'referral:validate',
    submitReferral: 'referral:submit',
    submitReferrals: 'referral:submit',
    routeCase: 'case:route',
    claimCase: 'case:claim',
    releaseCase: 'case:release',
    assignCase: 'case:assign',
    unassignCase: 'case:assign',
    annotateCase: 'annotation:write',
    reviseAnnotation: 'annotation:revise',
    proposeCharge: 'charge:propose',
    withdrawCharge: 'charge:propose',
  },
} as const satisfies Pages;
