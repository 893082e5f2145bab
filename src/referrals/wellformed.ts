import { countyName } from '../coalition/county.ts';
import { parseCitation } from '../law/citation.ts';
import { problem, type Problem } from './problem.ts';
import type { PersonInput } from './person.inputs.ts';
import type { Appended } from './seal.ts';
import type { FurtherPlaceInput } from './incident.inputs.ts';
import type { RecordingInput, ReferralInput } from './referral.inputs.ts';

/** How long texts may be, in characters, and how many items lists may have. */
export const LIMITS = { reportNumber: 60, unit: 80, line: 500, text: 5_000, narrative: 100_000, persons: 100, recordings: 200, offences: 50, places: 20 } as const;
const HOUR = 3_600_000;
/** No living officer’s conduct lies before it: an earlier date is a slip of the pen. */
const FIRST_YEAR = 1900;
const EARLIEST = `${FIRST_YEAR}-01-01`;

/** What every referral must satisfy, whatever its directive. `agency.ori` is null for an agency without one on file. */
export function wellFormed(referral: ReferralInput, agency: { ori: string | null }, now: Date): Problem[] {
  const { incident } = referral;
  const problems: Problem[] = [];
  const add = (...problem_: Parameters<typeof problem>) => problems.push(problem(...problem_));

  if (referral.agencyOri != null && referral.agencyOri !== agency.ori) {
    add('AGENCY_NOT_YOURS', 'agencyOri', 'This ORI is not your agency’s.', 'Send it with your own agency’s credentials, or leave agencyOri away where your agency has none on file.');
  }
  if (!text(referral.reportNumber, LIMITS.reportNumber)) add('REPORT_NUMBER_INVALID', 'reportNumber', 'The report number is missing or too long.', 'Give 1 to 60 characters.');
  if (referral.unit != null && !text(referral.unit, LIMITS.unit)) add('UNIT_INVALID', 'unit', 'The unit is empty or too long.', 'Give 1 to 80 characters, always the same for one station or bureau, or nothing.');
  if (!text(incident.place, LIMITS.line)) add('PLACE_INVALID', 'incident.place', 'The place is missing or too long.', 'Give 1 to 500 characters: address, block or intersection.');
  if (countyName(incident.countyFips) === undefined) {
    add('COUNTY_UNKNOWN', 'incident.countyFips', 'There is no county with this code.', 'Give the five-digit FIPS code of the county where it happened, for instance 48113 for Dallas County.');
  }
  if (!coordinates(incident)) {
    add('COORDINATES_INVALID', 'incident.latitude', 'Coordinates come as a pair of degrees.', 'Give latitude between -90 and 90 and longitude between -180 and 180, or neither.');
  }
  if (dayOf(incident.occurredOn) > now.toISOString().slice(0, 10) || (incident.occurredAt != null && incident.occurredAt.getTime() > now.getTime() + HOUR / 12)) {
    add('INCIDENT_IN_FUTURE', 'incident.occurredOn', 'The incident lies in the future.', 'Correct the date or the time.');
  }
  if (dayOf(incident.occurredOn) < EARLIEST) add('INCIDENT_TOO_LONG_AGO', 'incident.occurredOn', 'The incident lies too far back to be right.', 'Correct the year.');
  if (incident.occurredAt != null && Math.abs(incident.occurredAt.getTime() - Date.parse(`${dayOf(incident.occurredOn)}T12:00:00Z`)) > 36 * HOUR) {
    add('TIME_OFF_DATE', 'incident.occurredAt', 'Date and instant of the incident do not belong together.', 'Give the instant with its offset from UTC and the date where it happened.');
  }
  if ((referral.allegedOffences?.length ?? 0) > LIMITS.offences) add('TOO_MANY', 'allegedOffences', 'These are too many offences for one referral.', 'Give at most 50.');
  if ((incident.furtherPlaces?.length ?? 0) > LIMITS.places) add('TOO_MANY', 'incident.furtherPlaces', 'These are too many places for one referral.', 'Give at most 20 beside the first.');
  incident.furtherPlaces?.slice(0, LIMITS.places).forEach((place, index) => problems.push(...placeProblems(place, `incident.furtherPlaces[${index}]`)));
  referral.allegedOffences?.slice(0, LIMITS.offences).forEach((citation, index) => {
    if (parseCitation(citation) === undefined) {
      add('CITATION_NOT_UNDERSTOOD', `allegedOffences[${index}]`, 'This citation is not understood.', 'Cite as in 720 ILCS 5/12-3 or Tex. Penal Code 22.02; it is kept as it stands.', 'WARN');
    }
  });
  return [...problems, ...appendedProblems(referral, dayOf(incident.occurredOn), now)];
}

/** What must be right of all that a supplement may add, in the referral as in the supplement. `incidentOn` is the day, as text. */
export function appendedProblems(parts: Appended, incidentOn: string, now: Date): Problem[] {
  const problems: Problem[] = [];
  const add = (...problem_: Parameters<typeof problem>) => problems.push(problem(...problem_));
  if ((parts.narrative?.length ?? 0) > LIMITS.narrative) add('TOO_LONG', 'narrative', 'The narrative is too long.', 'Give at most 100,000 characters.');
  if ((parts.persons?.length ?? 0) > LIMITS.persons) add('TOO_MANY', 'persons', 'These are too many persons at once.', 'Give at most 100; a supplement takes further ones.');
  if ((parts.recordings?.length ?? 0) > LIMITS.recordings) add('TOO_MANY', 'recordings', 'These are too many recordings at once.', 'Give at most 200; a supplement takes further ones.');
  parts.persons?.forEach((person, index) => problems.push(...personProblems(person, `persons[${index}]`)));
  parts.recordings?.forEach((recording, index) => problems.push(...recordingProblems(recording, `recordings[${index}]`)));
  const { signature } = parts;
  if (signature && (!text(signature.signedBy, LIMITS.line) || signature.signedAt.getTime() > now.getTime() + HOUR / 12
    || signature.signedAt.getTime() < Date.parse(`${incidentOn}T00:00:00Z`) - 24 * HOUR)) {
    add('SIGNATURE_INVALID', 'signature', 'The signature has no name, lies in the future, or before the incident.', 'Give name and rank of the supervisor and the instant of the signature.');
  }
  for (const path of tooLong(parts)) add('TOO_LONG', path, 'This text is too long.', 'Give at most 5,000 characters.');
  return problems;
}

/** A pair of degrees, or neither. */
const coordinates = ({ latitude, longitude }: { readonly latitude?: number | null; readonly longitude?: number | null }): boolean =>
  (latitude == null) === (longitude == null) && Math.abs(latitude ?? 0) <= 90 && Math.abs(longitude ?? 0) <= 180;

function placeProblems(further: FurtherPlaceInput, path: string): Problem[] {
  const problems: Problem[] = [];
  const add = (code: string, field: string, message: string, remedy: string) => problems.push(problem(code, `${path}.${field}`, message, remedy));
  if (!text(further.place, LIMITS.line)) add('PLACE_INVALID', 'place', 'The place is missing or too long.', 'Give 1 to 500 characters: address, block or intersection.');
  if (further.countyFips != null && countyName(further.countyFips) === undefined) add('COUNTY_UNKNOWN', 'countyFips', 'There is no county with this code.', 'Give the five-digit FIPS code of its county, or coordinates alone.');
  if (!coordinates(further)) add('COORDINATES_INVALID', 'latitude', 'Coordinates come as a pair of degrees.', 'Give latitude between -90 and 90 and longitude between -180 and 180, or neither.');
  if (further.countyFips == null && further.latitude == null && further.longitude == null) add('PLACE_UNKNOWN', 'countyFips', 'Nothing says in which county this place is.', 'Give its county, its coordinates, or both.');
  return problems;
}

function personProblems(person: PersonInput, path: string): Problem[] {
  const known = [person.name, person.descriptors, person.badge, person.plate, person.markings].some((mark) => mark != null && mark.trim() !== '');
  return known ? [] : [problem('PERSON_UNKNOWN', path, 'Nothing identifies or describes this person.', 'Give a name, or descriptors, badge, plate or markings.')];
}

function recordingProblems({ sha256, capturedFrom, capturedTo, holder }: RecordingInput, path: string): Problem[] {
  const problems: Problem[] = [];
  if (!text(holder, LIMITS.line)) problems.push(problem('HOLDER_INVALID', `${path}.holder`, 'The holder is missing or too long.', 'Say who keeps the recording.'));
  if (sha256 != null && !/^[0-9a-f]{64}$/i.test(sha256)) problems.push(problem('HASH_INVALID', `${path}.sha256`, 'This is no SHA-256.', 'Give 64 hexadecimal digits, or nothing.'));
  if ([capturedFrom, capturedTo].some((at) => at != null && (at.getUTCFullYear() < FIRST_YEAR || at.getUTCFullYear() > 9999))) {
    problems.push(problem('TIMES_INVALID', `${path}.capturedFrom`, 'The recording is of a year that cannot be right.', 'Correct the times.'));
  } else if (capturedFrom && capturedTo && capturedFrom > capturedTo) problems.push(problem('TIMES_INVALID', `${path}.capturedTo`, 'The recording ends before it begins.', 'Correct the times.'));
  return problems;
}

const text = (value: string, most: number): boolean => value.trim().length > 0 && value.length <= most;

/** A date as text, whichever way the scalar gave it. */
export const dayOf = (date: string | Date): string => (date instanceof Date ? date.toISOString().slice(0, 10) : date);

/** Paths of the texts that are longer than any of them may be; the narrative has a limit of its own. */
function tooLong(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return value.length > LIMITS.text && path !== 'narrative' ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((each, index) => tooLong(each, `${path}[${index}]`));
  if (value instanceof Date || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => tooLong(each, path === '' ? key : `${path}.${key}`));
}
