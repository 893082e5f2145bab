import { eq, sql } from 'drizzle-orm';
import { many, shape, type Shapes } from '../database/shape.ts';
import { statutes, statuteVersions } from './statute.table.ts';

/** How a statute and its texts hang together. */
export const lawShapes: Shapes = {
  Statute: shape(statutes, {
    versions: (statute) => many('StatuteVersion', statuteVersions, (version) => eq(version.statuteId, statute.id), (version) => [sql`${version.validFrom} nulls first`]),
  }),
  StatuteVersion: shape(statuteVersions),
};
