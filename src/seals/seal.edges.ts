import { asc, eq, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { units } from '../coalition/unit.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { seals } from './seal.table.ts';

/** How seals hang on a case. */
export const sealShapes: Shapes = {
  Case: shape(cases, {
    seals: (subject) => many('Seal', seals, (seal) => eq(seal.caseId, subject.id), (seal) => [asc(seal.sealedAt), asc(seal.id)]),
  }),
  Seal: shape(seals, {
    facets: (seal) => value(sql`array_to_json(comity.facet_names(${seal.facets}))`),
    members: (seal) => many('Member', members, (member) => sql`${member.id} = any (${seal.audience})`, (member) => [asc(member.name), asc(member.id)]),
    offices: (seal) => many('Jurisdiction', jurisdictions, (office) => sql`${office.id} = any (${seal.audience})`, (office) => [asc(office.name), asc(office.id)]),
    units: (seal) =>
      value(sql`(select coalesce(json_agg(json_build_object('id', u.id, 'name', u.name) order by u.name, u.id), '[]'::json) from ${units} u where u.id = any (${seal.audience}))`),
    until: (seal) => value(sql`nullif(${seal.until}, 'infinity')`),
    standing: (seal) => value(sql`(${seal.unsealedAt} is null and statement_timestamp() < ${seal.until})`),
    sealedBy: (seal) => one('Member', members, (member) => eq(member.id, seal.sealedBy)),
    unsealingProposedBy: (seal) => one('Member', members, (member) => eq(member.id, seal.unsealingProposedBy)),
    unsealedBy: (seal) => one('Member', members, (member) => eq(member.id, seal.unsealedBy)),
  }),
};
