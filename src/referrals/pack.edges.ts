import { asc, eq, sql, type SQL } from 'drizzle-orm';
import { agencies } from '../coalition/agency.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes, type Target } from '../database/shape.ts';
import { packRequirements, readinessPacks } from './pack.table.ts';

const person = (id: SQL): Target => one('Member', members, (member) => eq(member.id, id));

/** How a readiness pack and its requirements hang together. */
export const packShapes: Shapes = {
  ReadinessPack: shape(readinessPacks, {
    agency: (pack) => one('Agency', agencies, (agency) => eq(agency.id, pack.agencyId)),
    validUntil: (pack) => value(sql`case when ${pack.state} = 'IN_FORCE' then (
      select min(n.valid_from) - 1 from ${readinessPacks} n
       where n.agency_id is not distinct from ${pack.agencyId} and n.slug = ${pack.slug} and n.state = 'IN_FORCE' and n.valid_from > ${pack.validFrom}) end`),
    draftedBy: (pack) => person(sql`${pack.draftedBy}`),
    proposedBy: (pack) => person(sql`${pack.proposedBy}`),
    adoptedBy: (pack) => person(sql`${pack.adoptedBy}`),
    requirements: (pack) => many('ReadinessRequirement', packRequirements, (each) => eq(each.packId, pack.id), (each) => [asc(each.position)]),
  }),
  ReadinessRequirement: shape(packRequirements),
};
