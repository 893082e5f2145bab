import { eq, sql } from 'drizzle-orm';
import { members } from '../coalition/member.table.ts';
import { one, shape, value, type Shapes } from '../database/shape.ts';
import { trailEvents } from './event.table.ts';

export const trailShapes: Shapes = {
  TrailEvent: shape(trailEvents, {
    actor: (event) => one('Member', members, (member) => eq(member.id, event.actorId)),
    body: (event) => value(sql`${event.body}::json`),
  }),
};
