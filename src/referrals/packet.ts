import { createHash } from 'node:crypto';
import type { ElectedPart } from '../cases/report.table.ts';
import { countyName } from '../coalition/county.ts';
import { stateOf } from '../coalition/state.ts';
import { newId } from '../kernel/ids.ts';
import { attemptOf, rowsOf } from './parts.ts';
import { refuses, type Problem } from './problem.ts';
import type { ReferralInput } from './referral.inputs.ts';
import { dayOf } from './wellformed.ts';

/** Who answers for an import. */
export interface AttestationRecord {
  readonly id: string;
  readonly attestedBy: string;
  readonly attestedAt: string;
  readonly statement: string;
  readonly source: string;
}

/**
 * The sealed document: JSON in UTF-8, keys in code-point order, nothing absent, dates as dates, instants in UTC with milliseconds. Its
 * SHA-256 is the packet's hash, which an agency can compute for itself from what it sent.
 */
export const documentOf = (referral: ReferralInput): string =>
  canonicalJson({ ...referral, incident: { ...referral.incident, occurredOn: dayOf(referral.incident.occurredOn) } });

/** JSON as it is hashed: in UTF-8, without blanks, keys in code-point order, nothing absent, instants in UTC with milliseconds. */
export const canonicalJson = (value: object): string => JSON.stringify(canonical(value));

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

function canonical(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const given = value as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(given).sort()) if (given[key] !== undefined && given[key] !== null) ordered[key] = canonical(given[key]);
  return ordered;
}

/**
 * What `comity.receive_referral` takes: the agency's rows and those of the case that arrives, ready made under the
 * names of our columns. Which case they are of and what they need of a reader the database says.
 */
export function arrivalOf(
  referral: ReferralInput,
  { key, problems, attestation, venue, flaggedFor }: {
    key: string; problems: readonly Problem[]; attestation: AttestationRecord | undefined; venue: object; flaggedFor: ElectedPart | null;
  },
) {
  const caseId = newId();
  const document = documentOf(referral);
  const hash = sha256(document);
  const { incident } = referral;
  return {
    // Whether it was attested or signed is part of what was sent under a key.
    key, fingerprint: attestation === undefined ? hash : `${hash}:attested`, refused: refuses(problems), packet_sha256: hash, document, problems,
    case_id: caseId, referral_id: newId(), attestation_id: attestation?.id ?? null,
    report_number: referral.reportNumber, kind: referral.kind, incident_on: dayOf(incident.occurredOn),
    county_fips: incident.countyFips, county_name: countyName(incident.countyFips) ?? null, state: stateOf(incident.countyFips) ?? null, venue,
    report: {
      case_id: caseId, report_number: referral.reportNumber, narrative: referral.narrative, place: incident.place,
      latitude: incident.latitude ?? null, longitude: incident.longitude ?? null, occurred_at: incident.occurredAt ?? null,
      anyone_injured: referral.anyoneInjured, alleged_offences: referral.allegedOffences ?? [], alleged_level: referral.allegedLevel ?? null,
      supervisor_identification: attemptOf(referral),
      emergency_medical: referral.emergencyMedical ?? null, preservation: referral.preservation ?? null, provenance: referral.provenance ?? null,
      signature: referral.signature ?? null, attestation: attestation ?? null, flagged_for: flaggedFor,
    },
    ...rowsOf(referral),
  };
}
