import { sql } from 'drizzle-orm';
import { reachOf } from '../access/acts.ts';
import { FACETS } from '../access/facets.ts';
import { OFFICE_ROLES, type OfficeRole, type Role } from '../access/seats.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, officeOf, within } from '../cases/subject.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict, forbidden, notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, resight, type Moment } from '../trail/act.ts';
import type { ImposeWallInput, LiftWallInput, RecuseInput } from './wall.inputs.ts';
import { lifter, subjectKnown, wallAdded, wallFound, wallLifted, wallStanding } from './wall.store.ts';
import { walls } from './wall.table.ts';

/** Who lifts a wall of which nothing else is said. */
const LIFTERS = ['CONFLICTS', 'ELECTED'] as const satisfies readonly OfficeRole[];

/**
 * Excludes the actor from a case, at once: the place on the team ends, and the case is gone. Throws NotFound where the
 * actor does not see the case, as after the first time.
 */
export const recuse = act('wall:recuse', async (moment, { caseId, ground, note }: RecuseInput) => {
  officeOf(moment);
  const subject = await caseHeld(moment, caseId);
  const wall = {
    caseId: subject.id, id: newId(), subjectKind: 'MEMBER', subjectId: moment.actor.memberId, ground: ground ?? 'RECUSAL', note: sentence('note', note), mayLift: LIFTERS,
  } as const;
  return {
    payload: { case: caseShown(subject.id), mayLift: LIFTERS },
    end: [
      wallAdded(wall),
      record({ caseId: subject.id, act: 'RECUSED', body: { wallId: wall.id, ground: wall.ground }, needs: FACETS.OFFICE }), resight(subject.id),
    ],
  };
});

/**
 * Excludes a member, a unit or an office from a case that the actor's office leads; places on the team of those excluded end.
 * Throws NotFound, Forbidden, BadInput for an unknown subject or where nobody could lift the wall, Conflict where such a
 * wall stands already or would leave the case without its lead.
 */
export const imposeWall = act('wall:impose', async (moment, input: ImposeWallInput) => {
  const office = officeOf(moment);
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'wall:impose');
  const { kind, id: subjectId } = input.subject;
  const note = sentence('note', input.note);
  const mayLift = liftersOf(moment, input.mayLift ?? LIFTERS);
  if (!(await isThere(moment, subjectKnown(kind, subjectId)))) {
    throw badInput('subject.id', 'There is no such member, unit or office.', 'Give the id of one that belongs to an office, of the kind you name.');
  }
  if (subjectId === subject.leadId) {
    throw conflict('A case is not walled off its whole lead office.', { remedy: 'Propose a transfer with wallFormerLead: the wall is raised when another office takes the lead.' });
  }
  if (await isThere(moment, wallStanding(subject.id, subjectId))) throw conflict('Such a wall stands already.', { remedy: 'Read the walls of the case.' });
  if (!(await isThere(moment, lifter({ office, roles: mayLift, caseId: subject.id, subjectId })))) {
    throw badInput('mayLift', 'Nobody could lift this wall.', 'Name a role that somebody of your office holds who is not walled off the case.');
  }
  const wall = { caseId: subject.id, id: newId(), subjectKind: kind, subjectId, ground: input.ground, note, mayLift };
  return {
    payload: { wall: wallShown(subject.id, wall.id), case: caseShown(subject.id) },
    end: [
      wallAdded(wall),
      record({ caseId: subject.id, act: 'WALLED_OFF', body: { wallId: wall.id, subjectKind: kind, subjectId, ground: wall.ground }, needs: FACETS.OFFICE }),
      resight(subject.id),
    ],
  };
});

/**
 * Lifts a wall. Throws NotFound, for whoever is walled off too, Forbidden for a role that the wall does not name, but for the
 * elected head where all whom it names have gone or are walled off, Conflict where it is lifted already.
 */
export const liftWall = act('wall:lift', async (moment, { caseId, wallId, reason }: LiftWallInput) => {
  const subject = await caseHeld(moment, caseId);
  within(moment, subject, 'wall:lift');
  const because = sentence('reason', reason);
  const [wall] = (await moment.run(wallFound(subject.id, wallId))).rows;
  if (!wall) throw notFound();
  if (wall['isForActor'] !== true) throw forbidden(`This wall is lifted by ${String(wall['roles'])}.`);
  if (wall['isLifted'] === true || (await moment.run(wallLifted(subject.id, wallId, because))).rows[0]?.['lifted'] !== true) {
    throw conflict('This wall is lifted already.', { remedy: 'Read the walls of the case.' });
  }
  return {
    payload: { wall: wallShown(subject.id, wallId), case: caseShown(subject.id) },
    end: [record({ caseId: subject.id, act: 'WALL_LIFTED', body: { wallId }, needs: FACETS.OFFICE }), resight(subject.id)],
  };
});

const wallShown = (caseId: string, id: string): Shown =>
  new Shown(({ given }) => one('Wall', walls, (wall) => sql`${wall.caseId} = ${given(0)}::uuid and ${wall.id} = ${given(1)}::uuid`), [caseId, id]);

/** The roles that may lift a wall, as given. Throws BadInput for one that may lift none. */
function liftersOf({ actor: { limits } }: Moment, given: readonly Role[]): OfficeRole[] {
  const able = OFFICE_ROLES.filter((role) => reachOf({ body: 'OFFICE', role, limits }, 'wall:lift') !== 'NONE');
  const roles = able.filter((role) => given.includes(role));
  if (roles.length === 0 || roles.length < new Set(given).size) throw badInput('mayLift', 'Not every role lifts walls.', `Give one or more of ${able.join(', ')}.`);
  return roles;
}

const isThere = async (moment: Moment, asked: Parameters<Moment['run']>[0]): Promise<boolean> => (await moment.run(asked)).rows.length > 0;
