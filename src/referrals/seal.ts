import type { ReferralInput } from './referral.inputs.ts';

/** What becomes of a field once a supervisor has signed: SEALED for good, or APPENDS, where a supplement may add to it and change nothing. */
export type SealRule = 'SEALED' | 'APPENDS';

/**
 * Every field of a referral has its rule: one that is added to the input without it does not compile. What was alleged and what
 * was done at the scene stays as it was signed, a correction of it is told in a further narrative.
 */
export const SEALS = {
  agencyOri: 'SEALED',
  reportNumber: 'SEALED',
  unit: 'SEALED',
  kind: 'SEALED',
  incident: 'SEALED',
  narrative: 'APPENDS',
  allegedOffences: 'SEALED',
  allegedLevel: 'SEALED',
  anyoneInjured: 'SEALED',
  supervisorIdentification: 'APPENDS',
  emergencyMedical: 'SEALED',
  preservation: 'SEALED',
  recordings: 'APPENDS',
  persons: 'APPENDS',
  provenance: 'SEALED',
  signature: 'APPENDS',
} as const satisfies Record<keyof ReferralInput, SealRule>;

/** The fields that a supplement may add to. */
export type AppendedField = { [Field in keyof typeof SEALS]: (typeof SEALS)[Field] extends 'APPENDS' ? Field : never }[keyof typeof SEALS];

/** What a supplement holds of a referral: all that appends, each as the referral has it, and nothing that is sealed. */
export type Appended = Partial<{ [Field in AppendedField]: ReferralInput[Field] | null }>;
