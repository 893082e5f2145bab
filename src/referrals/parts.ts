import { newId } from '../kernel/ids.ts';
import type { PersonInput } from './person.inputs.ts';
import type { RecordingInput, SupervisorIdentificationInput } from './referral.inputs.ts';

/** What a referral and its supplements have in common. */
export interface Parts {
  readonly persons?: readonly PersonInput[] | null;
  readonly recordings?: readonly RecordingInput[] | null;
  readonly supervisorIdentification?: SupervisorIdentificationInput | null;
}

/** Persons, how they are reached, and recordings, as rows under the names of our columns; what each needs of a reader the database says. */
export function rowsOf(parts: Parts) {
  const people = [...(parts.persons ?? []), ...namedSupervisor(parts)].map((person) => ({ id: newId(), person }));
  return {
    persons: people.map(({ id, person }, position) => ({
      id, part: person.part, position, name: person.name ?? null, descriptors: person.descriptors ?? null,
      badge: person.badge ?? null, plate: person.plate ?? null, markings: person.markings ?? null, minor_at_incident: person.minorAtIncident ?? false,
      injured: person.injured ?? false, injury: person.injury ?? null,
    })),
    contacts: people.flatMap(({ id, person: { contact } }) =>
      contact ? [{ person_id: id, phone: contact.phone ?? null, email: contact.email ?? null, address: contact.address ?? null, disclosure_refused: contact.disclosureRefused ?? false }] : []),
    recordings: (parts.recordings ?? []).map((recording, position) => ({
      id: newId(), kind: recording.kind, position, holder: recording.holder, device: recording.device ?? null,
      uri: recording.uri ?? null, sha256: recording.sha256?.toLowerCase() ?? null, captured_from: recording.capturedFrom ?? null,
      captured_to: recording.capturedTo ?? null, note: recording.note ?? null,
    })),
  };
}

/** What the REPORT keeps of an attempt to identify: without the name and the badge, which are a person's. */
export const attemptOf = ({ supervisorIdentification: attempt }: Parts) =>
  attempt ? { outcome: attempt.outcome, recordedOnCamera: attempt.recordedOnCamera ?? null, note: attempt.note ?? null } : null;

/** A supervisory officer who gave a name or a badge number is a person, and stands under PERSONS like any other. */
const namedSupervisor = ({ supervisorIdentification: attempt }: Parts): PersonInput[] =>
  attempt?.name != null || attempt?.badge != null
    ? [{ part: 'OFFICIAL', name: attempt.name ?? null, badge: attempt.badge ?? null, descriptors: 'Supervisory officer on scene' }]
    : [];
