import { createHash } from 'node:crypto';
import { FACETS, bits } from '../access/facets.ts';
import { countyName } from '../coalition/county.ts';
import { stateOf } from '../coalition/state.ts';
import { newId } from '../kernel/ids.ts';
import type { PersonInput } from './person.inputs.ts';
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
  JSON.stringify(canonical({ ...referral, incident: { ...referral.incident, occurredOn: dayOf(referral.incident.occurredOn) } }));

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
 * names of our columns, each with the facets it needs.
 */
export function arrivalOf(
  referral: ReferralInput,
  { key, problems, attestation, venue }: { key: string; problems: readonly Problem[]; attestation: AttestationRecord | undefined; venue: object },
) {
  const caseId = newId();
  const document = documentOf(referral);
  const hash = sha256(document);
  const { incident, supervisorIdentification: attempt } = referral;
  const people = [...(referral.persons ?? []), ...namedSupervisor(referral)].map((person) => ({ id: newId(), person }));
  return {
    // Whether it was attested or signed is part of what was sent under a key.
    key, fingerprint: attestation === undefined ? hash : `${hash}:attested`, refused: refuses(problems), packet_sha256: hash, document, problems,
    case_id: caseId, referral_id: newId(), attestation_id: attestation?.id ?? null,
    report_number: referral.reportNumber, kind: referral.kind, incident_on: dayOf(incident.occurredOn),
    county_fips: incident.countyFips, county_name: countyName(incident.countyFips) ?? null, state: stateOf(incident.countyFips) ?? null, venue,
    report: {
      case_id: caseId, needs: FACETS.REPORT, report_number: referral.reportNumber, narrative: referral.narrative, place: incident.place,
      latitude: incident.latitude ?? null, longitude: incident.longitude ?? null, occurred_at: incident.occurredAt ?? null,
      anyone_injured: referral.anyoneInjured, alleged_offences: referral.allegedOffences ?? [], alleged_level: referral.allegedLevel ?? null,
      supervisor_identification: attempt ? { outcome: attempt.outcome, recordedOnCamera: attempt.recordedOnCamera ?? null, note: attempt.note ?? null } : null,
      emergency_medical: referral.emergencyMedical ?? null, preservation: referral.preservation ?? null, provenance: referral.provenance ?? null,
      signature: referral.signature ?? null, attestation: attestation ?? null,
    },
    persons: people.map(({ id, person }, position) => ({
      case_id: caseId, id, needs: bits('PERSONS') | shield(person), part: person.part, position, name: person.name ?? null, descriptors: person.descriptors ?? null,
      badge: person.badge ?? null, plate: person.plate ?? null, markings: person.markings ?? null, minor_at_incident: person.minorAtIncident ?? false,
      injured: person.injured ?? false, injury: person.injury ?? null,
    })),
    contacts: people.flatMap(({ id, person }) =>
      person.contact
        ? [{
            case_id: caseId, person_id: id, needs: bits('VICTIM_CONTACT') | shield(person) | (person.contact.disclosureRefused ? FACETS.PROTECTED : 0),
            phone: person.contact.phone ?? null, email: person.contact.email ?? null, address: person.contact.address ?? null,
            disclosure_refused: person.contact.disclosureRefused ?? false,
          }]
        : [],
    ),
    recordings: (referral.recordings ?? []).map((recording, position) => ({
      case_id: caseId, id: newId(), needs: FACETS.EVIDENCE, kind: recording.kind, position, holder: recording.holder, device: recording.device ?? null,
      uri: recording.uri ?? null, sha256: recording.sha256?.toLowerCase() ?? null, captured_from: recording.capturedFrom ?? null,
      captured_to: recording.capturedTo ?? null, note: recording.note ?? null,
    })),
  };
}

/** Rows about a person who was a minor need PROTECTED beside their own facet. */
const shield = (person: PersonInput): number => (person.minorAtIncident ? FACETS.PROTECTED : 0);

/** A supervisory officer who gave a name or a badge number is a person, and stands under PERSONS like any other. */
const namedSupervisor = ({ supervisorIdentification: attempt }: ReferralInput): PersonInput[] =>
  attempt?.name != null || attempt?.badge != null
    ? [{ part: 'OFFICIAL', name: attempt.name ?? null, badge: attempt.badge ?? null, descriptors: 'Supervisory officer on scene' }]
    : [];
