import { asc, eq, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { cases } from '../cases/case.table.ts';
import { persons } from '../cases/person.table.ts';
import { caseReports } from '../cases/report.table.ts';
import { venues } from '../cases/venue.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { LEVELS_HANDLED } from '../law/level.ts';
import { stateRules } from '../law/rule.table.ts';
import { statutes, statuteVersions } from '../law/statute.table.ts';
import { charges } from './charge.table.ts';
import { warningsToday } from './warnings.ts';

const HANDLED = JSON.stringify(LEVELS_HANDLED);

/** The level of a case as comity.level_of has it, of what the reader may read. */
const levelOf = (caseId: AnyPgColumn) => sql`coalesce(
  (select coalesce(ch.level, v.level) from ${charges} ch join ${statuteVersions} v on v.id = ch.statute_version_id where ch.case_id = ${caseId} and ch.state <> 'WITHDRAWN'
    order by array_position(array['FELONY', 'EITHER', 'GROSS_MISDEMEANOR', 'MISDEMEANOR'], coalesce(ch.level, v.level)) limit 1),
  (select r.alleged_level from ${caseReports} r where r.case_id = ${caseId}))`;

/** How charges hang on a case, its persons and the law. */
export const chargeShapes: Shapes = {
  Case: shape(cases, {
    charges: (subject) => many('Charge', charges, (charge) => eq(charge.caseId, subject.id), (charge) => [asc(charge.proposedAt), asc(charge.id)]),
    level: (subject) => value(levelOf(subject.id)),
  }),
  Venue: shape(venues, {
    level: (venue) => value(sql`(select json_build_object('level', l.level, 'answer', case when l.level is null then 'UNKNOWN' else coalesce(
          (select said.answer from unnest(j.handles_levels) h cross join lateral (select ${HANDLED}::text::json -> l.level ->> h as answer) said
            where said.answer is not null order by array_position(array['WITHIN', 'DISCRETIONARY', 'DEPENDS'], said.answer) limit 1), 'OUTSIDE') end,
        'rule', r.body -> 'levels' ->> 'text', 'citation', r.body -> 'levels' ->> 'citation', 'confidence', r.body -> 'levels' ->> 'confidence')
      from ${jurisdictions} j cross join lateral (select ${levelOf(venue.caseId)} as level) l
      left join ${stateRules} r on r.kind = 'VENUE_BOUNDARY' and r.state = j.state and r.position = 0 where j.id = ${venue.jurisdictionId})`),
  }),
  Charge: shape(charges, {
    case: (charge) => one('Case', cases, (subject) => eq(subject.id, charge.caseId)),
    person: (charge) => one('Person', persons, (person) => sql`${person.caseId} = ${charge.caseId} and ${person.id} = ${charge.personId}`),
    statute: (charge) => one('Statute', statutes, (statute) => eq(statute.id, charge.statuteId)),
    version: (charge) => one('StatuteVersion', statuteVersions, (version) => eq(version.id, charge.statuteVersionId)),
    warnings: (charge) => value(warningsToday(charge)),
    proposedBy: (charge) => one('Member', members, (member) => eq(member.id, charge.proposedBy)),
  }),
};
