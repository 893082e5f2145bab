import { eq, sql } from 'drizzle-orm';
import { one, shape, value, type Shapes } from '../database/shape.ts';
import { agencies } from './agency.table.ts';
import { jurisdictionCounties, jurisdictions } from './jurisdiction.table.ts';
import { members } from './member.table.ts';

/** How offices, agencies and members hang together. */
export const coalitionShapes: Shapes = {
  Jurisdiction: shape(jurisdictions, {
    counties: (office) => value(sql`(select json_agg(k.fips order by k.fips) from ${jurisdictionCounties} k where k.jurisdiction_id = ${office.id})`),
  }),
  Agency: shape(agencies),
  Member: shape(members, {
    office: (member) => one('Jurisdiction', jurisdictions, (office) => eq(office.id, member.officeId)),
    agency: (member) => one('Agency', agencies, (agency) => eq(agency.id, member.agencyId)),
  }),
};
