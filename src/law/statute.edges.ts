import { and, eq, sql } from 'drizzle-orm';
import { many, one, shape, type Shapes } from '../database/shape.ts';
import { daySought } from '../kernel/scalars.ts';
import { inForce } from './statute.store.ts';
import { statutes, statuteVersions } from './statute.table.ts';

/** How a statute and its texts hang together. */
export const lawShapes: Shapes = {
  Statute: shape(statutes, {
    versions: (statute, { planned, param }) => many('StatuteVersion', statuteVersions,
      (version) => and(eq(version.statuteId, statute.id), planned['asOf'] == null ? undefined : inForce(version, sql`${param(({ asOf }) => daySought(asOf))}::text::date`)),
      (version) => [sql`${version.validFrom} nulls first`]),
    supersedes: (statute) => many('Statute', statutes,
      (earlier) => sql`exists (select 1 from ${statuteVersions} v where v.statute_id = ${earlier.id} and v.superseded_by = ${statute.id})`, (earlier) => [sql`${earlier.citation}`]),
  }),
  StatuteVersion: shape(statuteVersions, {
    supersededBy: (version) => one('Statute', statutes, (later) => eq(later.id, version.supersededBy)),
  }),
};
