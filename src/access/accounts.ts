import type { LeasePool } from '../database/lease.ts';
import { statement } from '../database/statement.ts';
import { unauthenticated } from '../kernel/errors.ts';
import { actorOf } from './context.ts';
import type { Actor } from './seats.ts';

const ACCOUNT = `select id, name, kind, role, office_id, agency_id from comity.members where subject = $1 and active`;

/** How long a seat is taken from memory for the door; the database asks again in every unit of work. */
const KEPT_MS = 30_000;
const MOST = 10_000;

/** Finds the active member that a token's subject names. Throws UNAUTHENTICATED for a subject that is none. */
export function accounts(pool: LeasePool, now: () => number = Date.now): (subject: string) => Promise<Actor> {
  const known = new Map<string, { actor: Actor; until: number }>();
  return async (subject) => {
    const kept = known.get(subject);
    if (kept && kept.until > now()) return kept.actor;
    const { rows } = await pool.use((lease) => lease.run(statement(ACCOUNT, [subject])));
    known.delete(subject);
    if (!rows[0]) throw unauthenticated();
    if (known.size >= MOST) known.clear();
    const actor = actorOf(rows[0]);
    known.set(subject, { actor, until: now() + KEPT_MS });
    return actor;
  };
}
