import { FACETS } from '../access/facets.ts';
import { clocksOf } from '../clocks/case-clocks.ts';
import { clockRow } from '../clocks/reclock.ts';
import { statement, type Statement } from '../database/statement.ts';
import type { VenueDesk } from './venue.ts';

/** What the clocks of an arrival depend on. */
export interface ArrivingRecordings {
  readonly case_id: string;
  readonly state: string | null;
  readonly county_fips: string;
  readonly incident_on: string;
  readonly recordings: readonly { readonly id: string; readonly kind: string; readonly captured_from: string | Date | null; readonly captured_to: string | Date | null }[];
}

/** Keeps the first clocks of cases that arrive: when the holders of their body-camera recordings may destroy them. None of a referral that came before. */
export function clocksArrived(arrivals: readonly { readonly clocks: string }[]): Statement[] {
  const rows = arrivals.flatMap(({ clocks }) => (clocks === '' ? [] : [clocks])).join();
  return rows === '' ? [] : [statement('select comity.first_clocks($1::text::jsonb)', [`[${rows}]`])];
}

/** The first clocks of a case that arrives, as rows in JSON with commas between them. */
export const firstClocks = (arrival: ArrivingRecordings, desk: VenueDesk): string => rowsOf(arrival, desk).map((row) => JSON.stringify(row)).join();

function rowsOf({ case_id: caseId, state, county_fips: county, incident_on: incidentOn, recordings }: ArrivingRecordings, { retention, served }: VenueDesk): object[] {
  const cameras = recordings.filter(({ kind }) => kind === 'BODY_CAMERA');
  if (cameras.length === 0 || state === null) return [];
  // The zone that the database takes: that of the office which serves the declared county.
  const timeZone = served.get(county) ?? 'UTC';
  const made = cameras.map(({ id, captured_from: from, captured_to: to }) => ({ id, needs: FACETS.EVIDENCE, capturedFrom: instant(from ?? to) }));
  const facts = { caseId, state, timeZone, incidentOn, charges: [], recordings: made, items: [], victims: [], accused: [], petitions: [], demands: [], held: [], disposed: [], recorded: [], rules: retention };
  return clocksOf(facts, new Date(), 'TOLD').map((each) => ({ case_id: caseId, ...clockRow(each, timeZone) }));
}

const instant = (at: string | Date | null): string | null => (at instanceof Date ? at.toISOString() : at);
