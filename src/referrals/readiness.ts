import type { Severity } from '../law/directive.table.ts';
import type { Problem } from './problem.ts';
import type { ReferralInput } from './referral.inputs.ts';
import { dayOf } from './wellformed.ts';

/** A requirement of a pack, as the reference data hold it. */
export interface Requirement {
  readonly key: string;
  readonly asks: string;
  readonly severity: Severity;
  readonly appliesWhen: string | null;
  readonly completeWhen: readonly string[] | null;
}

/** A directive's readiness pack for one agency. */
export interface Pack {
  readonly slug: string;
  readonly effectiveFrom: string;
  /** True for the coalition's own, which holds for every agency. */
  readonly everyAgency: boolean;
  readonly requirements: readonly Requirement[];
}

/** What a referral is judged as: an import answers for itself by its attestation. */
export interface Judged {
  readonly referral: ReferralInput;
  readonly attested: boolean;
}

interface Gap {
  readonly path: string;
  readonly remedy: string;
}

/** The requirements that hold even for an incident before the first pack. */
const ALWAYS = new Set(['incidentPlaceAndTime', 'supervisorSignature']);

/** What each requirement looks for in a referral; nothing back means that it is met. */
const JUDGES: Readonly<Record<string, (judged: Judged, requirement: Requirement) => Gap | undefined>> = {
  documentation: ({ referral }) => unless(filled(referral.narrative), 'narrative', 'Describe the enforcement activity.'),
  report: ({ referral }) => unless(filled(referral.narrative), 'narrative', 'Write the report of what happened.'),
  incidentPlaceAndTime: ({ referral: { incident } }) =>
    unless(filled(incident.place) && incident.occurredAt != null, 'incident.occurredAt', 'Give the place and the time of day with its offset from UTC.'),
  supervisorSignature: ({ referral, attested }) =>
    unless(attested || referral.signature != null, 'signature', 'Have a sworn supervisor of the agency sign the referral.'),
  provenance: ({ referral }) => unless(referral.provenance != null, 'provenance', 'Say who decided to refer and who was consulted.'),
  bodyCameraPreserved: ({ referral }) =>
    unless(referral.recordings?.some(({ kind }) => kind === 'BODY_CAMERA'), 'recordings', 'Register the body-camera recordings with holder and hash.'),
  mediaRegistered: ({ referral }) =>
    unless(
      (referral.recordings?.length ?? 0) > 0
        && referral.recordings?.every((each) => each.sha256 != null && (each.kind === 'DOCUMENT' || (each.device != null && each.capturedFrom != null))),
      'recordings', 'Register each recording with its holder, device, times and hash.',
    ),
  supervisorIdentification: ({ referral: { supervisorIdentification: attempt } }, { completeWhen }) =>
    unless(
      attempt != null && (completeWhen?.includes(attempt.outcome) ?? attempt.outcome !== 'NOT_ATTEMPTED'), 'supervisorIdentification',
      'Record the attempt and what came of it; a refusal, an absence or danger is complete once it is documented.',
    ),
  credentialCheckRecorded: ({ referral }) =>
    unless(referral.supervisorIdentification?.recordedOnCamera === true, 'supervisorIdentification.recordedOnCamera', 'Say whether the check, or its refusal, was recorded on camera.'),
  emergencyMedical: ({ referral: { anyoneInjured, emergencyMedical } }) =>
    unless(!anyoneInjured || (emergencyMedical?.summoned === true && emergencyMedical.aidRendered === true), 'emergencyMedical', 'Record that services were summoned and aid was rendered.'),
  evidencePreserved: ({ referral }) => unless(filled(referral.preservation?.preservedBy), 'preservation', 'Name the supervisor who preserved the evidence.'),
  felonyReferral: ({ referral }) => unless(referral.allegedLevel != null, 'allegedLevel', 'Say whether a felony is alleged.'),
};

/**
 * Judges a referral by the packs that are in force for its agency on the day of the incident. Before the coalition's own
 * pack began it applies all the same, its errors as warnings, but for place, time and signature.
 */
export function readinessGaps(judged: Judged, packs: readonly Pack[]): Problem[] {
  const day = dayOf(judged.referral.incident.occurredOn);
  const strict = new Map<string, Problem>();
  for (const pack of packs) {
    const early = day < pack.effectiveFrom;
    if (early && !pack.everyAgency) continue;
    for (const requirement of pack.requirements) {
      const gap = gapOf(judged, requirement);
      if (gap === undefined) continue;
      const severity = early && requirement.severity === 'ERROR' && !ALWAYS.has(requirement.key) ? 'WARN' : requirement.severity;
      const found: Problem = {
        code: `${snake(requirement.key)}_MISSING`, severity, path: gap.path, requirement: `${pack.slug}/${requirement.key}`, message: `${requirement.asks}.`, remedy: gap.remedy,
      };
      // Where two packs ask the same, the stricter speaks.
      const known = strict.get(requirement.key);
      if (known === undefined || RANK[known.severity] < RANK[severity]) strict.set(requirement.key, found);
    }
  }
  return [...strict.values(), ...(judged.attested ? [ATTESTED] : [])];
}

const ATTESTED: Problem = {
  code: 'ATTESTED_NOT_SIGNED', severity: 'INFO', path: 'signature', requirement: null,
  message: 'This record was imported under an attestation; no officer signed it.', remedy: 'Supply a signed supplement where the office asks for one.',
};

const RANK = { INFO: 0, WARN: 1, ERROR: 2 } as const satisfies Record<Severity, number>;

/** A requirement that has no judge here is put before the reader as it stands, rather than taken as met. */
const gapOf = (judged: Judged, requirement: Requirement): Gap | undefined => {
  const judge = JUDGES[requirement.key];
  return judge ? judge(judged, requirement) : { path: '', remedy: 'Make sure of it by hand.' };
};

const unless = (met: boolean | undefined, path: string, remedy: string): Gap | undefined => (met ? undefined : { path, remedy });
const filled = (text: string | null | undefined): boolean => text != null && text.trim() !== '';
const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
