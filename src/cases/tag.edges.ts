import { sql } from 'drizzle-orm';
import { shape, value, type Shapes } from '../database/shape.ts';
import { cases } from './case.table.ts';
import { caseTags } from './tag.table.ts';

/** How tags hang on a case. */
export const tagShapes: Shapes = {
  Case: shape(cases, {
    tags: (subject) => value(sql`(select coalesce(json_agg(k.tag order by k.tag), '[]'::json) from ${caseTags} k where k.case_id = ${subject.id})`),
  }),
};
