import { sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { build, prepared } from '../database/prepared.ts';
import { arrayText, statement, type Statement } from '../database/statement.ts';
import { idOrNull } from '../kernel/ids.ts';
import { walls, type Walled, type WallGround } from './wall.table.ts';

/** A wall to be raised. */
export interface NewWall {
  readonly caseId: string;
  readonly id: string;
  readonly subjectKind: Walled;
  readonly subjectId: string;
  readonly ground: WallGround;
  readonly note: string;
  readonly mayLift: readonly string[];
}

const insertion = prepared<Omit<NewWall, 'mayLift'> & { mayLift: string }>(
  build.insert(walls).values({
    caseId: sql.placeholder('caseId'), id: sql.placeholder('id'), needs: FACETS.OFFICE, subjectKind: sql.placeholder('subjectKind'), subjectId: sql.placeholder('subjectId'),
    ground: sql.placeholder('ground'), note: sql.placeholder('note'), mayLift: sql`${sql.placeholder('mayLift')}::text[]`,
    imposedBy: sql`comity.member()`, imposedAt: sql`statement_timestamp()`,
  }),
);

/** Raises a wall, and with it ends the places on the team of all whom it excludes. It closes the case when that is resighted. */
export const wallAdded = (wall: NewWall): Statement => insertion({ ...wall, mayLift: arrayText(wall.mayLift) });

const SUBJECTS = {
  MEMBER: 'select id from comity.members where id = $1::uuid and office_id is not null',
  UNIT: 'select id from comity.units where id = $1::uuid',
  OFFICE: 'select id from comity.jurisdictions where id = $1::uuid',
} as const satisfies Record<Walled, string>;

/** Whom a wall may exclude: a member, active or not, a unit or an office, of any office. */
export const subjectKnown = (kind: Walled, id: string): Statement => statement(SUBJECTS[kind], [idOrNull(id)]);

/** The wall that stands against a subject. */
export const wallStanding = (caseId: string, subjectId: string): Statement =>
  statement('select id from comity.walls where case_id = $1::uuid and subject_id = $2::uuid and lifted_at is null', [caseId, subjectId]);

const LIFTER = `select 1 from comity.members m
  where m.office_id = $1::uuid and m.active and m.kind = 'PERSON' and m.role = any ($2::text[]) and m.id <> $4::uuid
    and not exists (select 1 from comity.unit_members u where u.unit_id = $4::uuid and u.member_id = m.id and u.until = 'infinity')
    and not exists (select 1 from comity.walls w where w.case_id = $3::uuid and w.lifted_at is null and (w.subject_id = m.id
      or exists (select 1 from comity.unit_members u where u.unit_id = w.subject_id and u.member_id = m.id and u.until > w.imposed_at)))
  limit 1`;

/** Somebody of an office in one of these roles whom neither a wall against this subject nor another excludes from the case. */
export const lifter = ({ office, roles, caseId, subjectId }: { office: string; roles: readonly string[]; caseId: string; subjectId: string }): Statement =>
  statement(LIFTER, [office, arrayText(roles), caseId, subjectId]);

/** A wall of a case, and whether it is the actor's to lift. */
export const wallFound = (caseId: string, wallId: string): Statement =>
  statement(`select w.lifted_at is not null as "isLifted", comity.lifts_wall(w) as "isForActor", array_to_string(w.may_lift, ', ') as roles
    from comity.walls w where w.case_id = $1::uuid and w.id = $2::uuid`, [caseId, idOrNull(wallId)]);

/** Lifts a standing wall that is the actor's to lift; answers whether it did. */
export const wallLifted = (caseId: string, wallId: string, reason: string): Statement =>
  statement('select comity.lift_wall($1::uuid, $2::uuid, $3) as lifted', [caseId, wallId, reason]);
