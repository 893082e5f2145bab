import { eq, sql } from 'drizzle-orm';
import { members } from '../coalition/member.table.ts';
import { one, page, shape, value, type Arguments, type Shapes, type Target } from '../database/shape.ts';
import type { Value } from '../database/statement.ts';
import { idOrNull } from '../kernel/ids.ts';
import { instantSought } from '../kernel/scalars.ts';
import { accessLog } from './access.rows.ts';

export const accessShapes: Shapes = {
  Access: shape(accessLog, {
    member: (access) => one('Member', members, (member) => eq(member.id, access.actorId)),
    facets: (access) => value(sql`to_json(comity.facet_names(${access.facets}))`),
  }),
};

/** No member's id: what cannot be an id has done nothing. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** What was logged of one case, or of all, newest first, as far as the reader may know it. */
export const accessesOf = ({ param }: Arguments): Target => {
  const filter = (name: string, cast: string, read: (given: unknown) => Value) => sql`${param(({ filter }) => {
    const given = (filter as Readonly<Record<string, unknown>> | null | undefined)?.[name];
    return given == null ? null : read(given);
  })}::${sql.raw(cast)}`;
  return page('Access', accessLog, {
    keys: (access) => [{ column: sql`${access.at}`, kind: 'instant' }, { column: sql`${access.id}`, kind: 'uuid' }],
    descending: true,
    rows: ({ limit, after }) => sql`select l.* from comity.access_log_of(${param(({ caseId }) => idOrNull(caseId))}::uuid, ${filter('decision', 'text', String)},
      ${filter('memberId', 'uuid', (given) => idOrNull(given) ?? NOBODY)}, ${filter('purpose', 'text', String)},
      ${filter('from', 'text::timestamptz', instantSought)}, ${filter('before', 'text::timestamptz', instantSought)},
      ${after?.[0] ?? sql`null`}, ${after?.[1] ?? sql`null`}, (${limit})::integer) l`,
  });
};
