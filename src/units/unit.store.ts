import { sql } from 'drizzle-orm';
import { officeOf } from '../cases/subject.ts';
import { units } from '../coalition/unit.table.ts';
import { page, type Target } from '../database/shape.ts';
import { statement, type Statement } from '../database/statement.ts';
import { notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';

/** The units of the reader's own office, by name. */
export const unitsOfOffice = (): Target =>
  page('Unit', units, {
    where: (unit) => sql`${unit.jurisdictionId} = nullif(current_setting('comity.office', true), '')::uuid`,
    keys: (unit) => [{ column: sql`${unit.name}`, kind: 'text' }, { column: sql`${unit.id}`, kind: 'uuid' }],
  });

const HELD = 'select id from comity.units where id = $1::uuid and jurisdiction_id = $2::uuid for no key update';

/** A unit of the actor's own office, held so that nobody else changes who belongs to it. Throws NotFound for any other. */
export async function unitHeld(moment: Moment, unitId: string): Promise<string> {
  const id = idOrNull(unitId);
  const [row] = id === null ? [] : (await moment.run(statement(HELD, [id, officeOf(moment)]))).rows;
  if (row === undefined) throw notFound();
  return String(row['id']);
}

const MADE = `insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values ($1::uuid, $2::uuid, $3, comity.member(), statement_timestamp())
  on conflict (jurisdiction_id, name) do nothing returning id`;

/** Makes a unit; touches no row where the office has one of this name. */
export const made = (id: string, officeId: string, name: string): Statement => statement(MADE, [id, officeId, name]);

const RENAMED = `update comity.units u set name = $2 where u.id = $1::uuid
  and not exists (select 1 from comity.units o where o.jurisdiction_id = u.jurisdiction_id and o.name = $2 and o.id <> u.id) returning id`;

/** Gives a unit a name; touches no row where another unit of the office has it. */
export const renamed = (id: string, name: string): Statement => statement(RENAMED, [id, name]);

const JOINED = `insert into comity.unit_members (unit_id, member_id, since, added_by) select $1::uuid, $2::uuid, statement_timestamp(), comity.member()
   where not exists (select 1 from comity.unit_members u where u.unit_id = $1::uuid and u.member_id = $2::uuid and u.until = 'infinity') returning member_id`;

/** Puts a member into a unit that is held; touches no row where the member is in it. */
export const joined = (unitId: string, memberId: string): Statement => statement(JOINED, [unitId, memberId]);

const LEFT = `update comity.unit_members set until = statement_timestamp(), removed_by = comity.member()
  where unit_id = $1::uuid and member_id = $2::uuid and until = 'infinity' returning member_id`;

/** Ends a member's belonging to a unit; touches no row where the member is not in it. */
export const left = (unitId: string, memberId: string): Statement => statement(LEFT, [unitId, memberId]);

/** Sees to it that who leaves a unit stays walled off what the unit is walled off. */
export const walledAsBefore = (unitId: string): Statement => statement('select comity.resight_walled_unit($1::uuid)', [unitId]);

const STAFFED = `select u.id from comity.units u where u.id = $1::uuid and u.jurisdiction_id = $2::uuid and exists (
  select 1 from comity.unit_members x join comity.members m on m.id = x.member_id and m.active where x.unit_id = u.id and x.until = 'infinity')`;

/** A unit of an office that has an active member. */
export const staffed = (unitId: string | null, officeId: string): Statement => statement(STAFFED, [unitId, officeId]);
