import { INCIDENT_KINDS } from '../../cases/lifecycle.ts';
import { PERSON_PARTS } from '../../cases/person.table.ts';
import { RECORDING_KINDS } from '../../cases/recording.table.ts';
import { ELECTED_PARTS, IDENTIFICATION_OUTCOMES } from '../../cases/report.table.ts';
import { OFFENCE_LEVELS } from '../../law/statute.table.ts';

/** What a field of a referral takes; a list of words is an enum. */
export type Kind = 'text' | 'texts' | 'boolean' | 'number' | 'date' | 'instant' | readonly string[];

/** The fields of a referral that a mapping may fill, by dotted path; `!` marks what cannot be absent, within its part. */
export const REFERRAL_TARGETS = {
  'agencyOri': 'text',
  'reportNumber!': 'text',
  'unit': 'text',
  'kind!': INCIDENT_KINDS,
  'incident.occurredOn!': 'date',
  'incident.occurredAt': 'instant',
  'incident.countyFips!': 'text',
  'incident.place!': 'text',
  'incident.latitude': 'number',
  'incident.longitude': 'number',
  'narrative!': 'text',
  'allegedOffences': 'texts',
  'allegedLevel': OFFENCE_LEVELS,
  'anyoneInjured!': 'boolean',
  'supervisorIdentification.outcome!': IDENTIFICATION_OUTCOMES,
  'supervisorIdentification.name': 'text',
  'supervisorIdentification.badge': 'text',
  'supervisorIdentification.recordedOnCamera': 'boolean',
  'supervisorIdentification.note': 'text',
  'emergencyMedical.summoned!': 'boolean',
  'emergencyMedical.summonedAt': 'instant',
  'emergencyMedical.arrivedAt': 'instant',
  'emergencyMedical.aidRendered': 'boolean',
  'emergencyMedical.note': 'text',
  'preservation.preservedBy!': 'text',
  'preservation.preservedAt': 'instant',
  'provenance.decidedBy!': 'text',
  'provenance.consulted!': 'texts',
  'provenance.electedOfficial': ELECTED_PARTS,
  'signature.signedBy!': 'text',
  'signature.badge': 'text',
  'signature.signedAt!': 'instant',
} as const satisfies Record<string, Kind>;

/** The same for each item of the lists. */
export const LIST_TARGETS = {
  persons: {
    'part!': PERSON_PARTS, 'name': 'text', 'descriptors': 'text', 'badge': 'text', 'plate': 'text', 'markings': 'text', 'minorAtIncident': 'boolean',
    'injured': 'boolean', 'injury': 'text', 'contact.phone': 'text', 'contact.email': 'text', 'contact.address': 'text', 'contact.disclosureRefused': 'boolean',
  },
  recordings: {
    'kind!': RECORDING_KINDS, 'holder!': 'text', 'device': 'text', 'uri': 'text', 'sha256': 'text', 'capturedFrom': 'instant', 'capturedTo': 'instant', 'note': 'text',
  },
} as const satisfies Record<string, Record<string, Kind>>;

export type ListName = keyof typeof LIST_TARGETS;

export interface Target {
  readonly path: string;
  readonly kind: Kind;
  readonly required: boolean;
}

/** The targets of one of the tables above, by path. */
export const targetsOf = (table: Readonly<Record<string, Kind>>): ReadonlyMap<string, Target> =>
  new Map(Object.entries(table).map(([key, kind]) => {
    const path = key.replace('!', '');
    return [path, { path, kind, required: key.endsWith('!') }];
  }));
