import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { agencies } from '../coalition/agency.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, page, shape, type Shapes } from '../database/shape.ts';
import { trailEvents } from '../trail/event.table.ts';
import { assignments } from './assignment.table.ts';
import { cases } from './case.table.ts';
import { personContacts, persons } from './person.table.ts';
import { recordings } from './recording.table.ts';
import { caseReports } from './report.table.ts';
import { venues } from './venue.table.ts';

/** How a case and its parts hang together. */
export const caseShapes: Shapes = {
  Case: shape(cases, {
    agency: (subject) => one('Agency', agencies, (agency) => eq(agency.id, subject.agencyId)),
    jurisdiction: (subject) => one('Jurisdiction', jurisdictions, (office) => eq(office.id, subject.jurisdictionId)),
    lead: (subject) => one('Jurisdiction', jurisdictions, (office) => eq(office.id, subject.leadId)),
    venues: (subject) => many('Venue', venues, (venue) => eq(venue.caseId, subject.id), (venue) => [asc(venue.since), asc(venue.jurisdictionId)]),
    report: (subject) => one('CaseReport', caseReports, (report) => eq(report.caseId, subject.id)),
    persons: (subject) => many('Person', persons, (person) => eq(person.caseId, subject.id), (person) => [asc(person.position)]),
    recordings: (subject) => many('Recording', recordings, (recording) => eq(recording.caseId, subject.id), (recording) => [asc(recording.position)]),
    team: (subject) =>
      many('Assignment', assignments, (place) => and(eq(place.caseId, subject.id), isNull(place.until)), (place) => [asc(place.since), asc(place.id)]),
    events: (subject) =>
      page('TrailEvent', trailEvents, {
        where: (event) => eq(event.caseId, subject.id),
        keys: (event) => [{ column: sql`${event.at}`, kind: 'instant' }, { column: sql`${event.id}`, kind: 'uuid' }],
        descending: true,
      }),
  }),
  CaseReport: shape(caseReports),
  Person: shape(persons, {
    contact: (person) => one('PersonContact', personContacts, (contact) => sql`${contact.caseId} = ${person.caseId} and ${contact.personId} = ${person.id}`),
  }),
  PersonContact: { ...shape(personContacts), asksPurpose: true },
  Recording: shape(recordings),
  Venue: shape(venues, {
    jurisdiction: (venue) => one('Jurisdiction', jurisdictions, (office) => eq(office.id, venue.jurisdictionId)),
  }),
  Assignment: shape(assignments, {
    member: (place) => one('Member', members, (member) => eq(member.id, place.memberId)),
  }),
};
