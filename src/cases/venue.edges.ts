import { asc, eq, sql } from 'drizzle-orm';
import { jurisdictionCounties, jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, type Shapes } from '../database/shape.ts';
import { cases } from './case.table.ts';
import { venueCandidates, venueFindings } from './venue-finding.table.ts';

/** How what was found of venue hangs on a case. */
export const venueShapes: Shapes = {
  Case: shape(cases, {
    venue: (subject) => one('VenueFinding', venueFindings, (finding) => eq(finding.caseId, subject.id)),
  }),
  VenueFinding: shape(venueFindings, {
    candidates: (finding) => many('VenueCandidate', venueCandidates, (candidate) => eq(candidate.caseId, finding.caseId), (candidate) => [asc(candidate.position)]),
    confirmedBy: (finding) => one('Member', members, (member) => eq(member.id, finding.confirmedBy)),
  }),
  VenueCandidate: shape(venueCandidates, {
    jurisdiction: (candidate) =>
      one('Jurisdiction', jurisdictions, (office) => eq(office.id, sql`(select k.jurisdiction_id from ${jurisdictionCounties} k where k.fips = ${candidate.countyFips})`)),
  }),
};
