import type { ReadinessCheck } from './pack.table.ts';
import type { ReferralInput } from './referral.inputs.ts';

/** What a referral is judged as: an import answers for itself by its attestation. */
export interface Judged {
  readonly referral: ReferralInput;
  readonly attested: boolean;
}

interface Check {
  /** Where in the referral. */
  readonly path: string;
  readonly isMet: (judged: Judged) => boolean;
}

/** What each word of the closed list looks for. */
export const CHECKS: Readonly<Record<ReadinessCheck, Check>> = {
  NARRATIVE: { path: 'narrative', isMet: ({ referral }) => filled(referral.narrative) },
  PLACE_AND_TIME: { path: 'incident.occurredAt', isMet: ({ referral: { incident } }) => filled(incident.place) && incident.occurredAt != null },
  SIGNATURE: { path: 'signature', isMet: ({ referral, attested }) => attested || referral.signature != null },
  PROVENANCE: { path: 'provenance', isMet: ({ referral }) => referral.provenance != null },
  ELECTED_OFFICIAL: { path: 'provenance.electedOfficial', isMet: ({ referral }) => referral.provenance?.electedOfficial != null },
  BODY_CAMERA: { path: 'recordings', isMet: ({ referral }) => some(referral.recordings, ({ kind }) => kind === 'BODY_CAMERA') },
  RECORDINGS_REGISTERED: {
    path: 'recordings',
    isMet: ({ referral: { recordings } }) => some(recordings, () => true) && !some(recordings, (each) => each.sha256 == null || (each.kind !== 'DOCUMENT' && (each.device == null || each.capturedFrom == null))),
  },
  // An attempt without success is complete once it is documented: an officer is asked to try, not to succeed.
  SUPERVISOR_IDENTIFICATION: {
    path: 'supervisorIdentification',
    isMet: ({ referral: { supervisorIdentification: attempt } }) => attempt != null && attempt.outcome !== 'NOT_ATTEMPTED',
  },
  CREDENTIAL_CHECK: { path: 'supervisorIdentification.recordedOnCamera', isMet: ({ referral }) => referral.supervisorIdentification?.recordedOnCamera === true },
  EMERGENCY_MEDICAL: {
    path: 'emergencyMedical', isMet: ({ referral: { emergencyMedical } }) => emergencyMedical?.summoned === true && emergencyMedical.aidRendered === true,
  },
  EVIDENCE_PRESERVED: { path: 'preservation', isMet: ({ referral }) => filled(referral.preservation?.preservedBy) },
  OFFENCE_LEVEL: { path: 'allegedLevel', isMet: ({ referral }) => referral.allegedLevel != null },
  OFFENCE_CITED: { path: 'allegedOffences', isMet: ({ referral }) => some(referral.allegedOffences, filled) },
  VICTIM_CONTACT: {
    path: 'persons',
    isMet: ({ referral }) => some(referral.persons, ({ part, contact }) => part === 'VICTIM' && (filled(contact?.phone) || filled(contact?.email) || filled(contact?.address))),
  },
  WITNESS: { path: 'persons', isMet: ({ referral }) => some(referral.persons, ({ part }) => part === 'WITNESS') },
  // Nothing in a referral can show it: it is put before the reader each time.
  BY_HAND: { path: '', isMet: () => false },
};

const some = <T>(list: readonly T[] | null | undefined, holds: (each: T) => boolean): boolean => list?.some(holds) ?? false;
const filled = (text: string | null | undefined): boolean => text != null && text.trim() !== '';
