import { sql } from 'drizzle-orm';
import { colleague } from '../cases/case.changes.ts';
import { officeOf } from '../cases/subject.ts';
import { units } from '../coalition/unit.table.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict, forbidden } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import { act } from '../trail/act.ts';
import type { AddToUnitInput, CreateUnitInput, RemoveFromUnitInput, RenameUnitInput } from './unit.inputs.ts';
import { joined, left, made, renamed, unitHeld, walledAsBefore } from './unit.store.ts';

/** Makes a unit of the actor's office. Throws BadInput for a name that is none, Conflict for one that is taken. */
export const createUnit = act('unit:manage', async (moment, input: CreateUnitInput) => {
  const id = newId();
  const { rows } = await moment.run(made(id, officeOf(moment), nameOf(input.name)));
  if (rows.length !== 1) throw taken();
  return { payload: { unit: unitShown(id) } };
});

/** Gives a unit another name. Throws NotFound, BadInput, Conflict as `createUnit` does. */
export const renameUnit = act('unit:manage', async (moment, input: RenameUnitInput) => {
  const id = await unitHeld(moment, input.unitId);
  const { rows } = await moment.run(renamed(id, nameOf(input.name)));
  if (rows.length !== 1) throw taken();
  return { payload: { unit: unitShown(id) } };
});

/**
 * Puts a colleague into a unit; what is kept to the unit is open to the colleague from the commit on. Throws NotFound,
 * Forbidden for oneself, BadInput for someone who is no colleague, Conflict for someone who is in it.
 */
export const addToUnit = act('unit:manage', async (moment, input: AddToUnitInput) => {
  const id = await unitHeld(moment, input.unitId);
  const [chosen] = (await moment.run(colleague({ member: idOrNull(input.memberId), office: officeOf(moment) }))).rows;
  if (!chosen) throw badInput('memberId', 'This is no active person of your office.', 'Take an id from the query members.');
  // Else whoever makes up the units would open to themselves what is kept to one.
  if (chosen['id'] === moment.actor.memberId) throw forbidden('Nobody puts themselves into a unit: another head of your office does.');
  const { rows } = await moment.run(joined(id, String(chosen['id'])));
  if (rows.length !== 1) throw conflict('This member is in the unit already.');
  // What the unit is walled off closes to its new member for good, not only while they are in it.
  return { payload: { unit: unitShown(id) }, end: [walledAsBefore(id)] };
});

/** Takes a member out of a unit; what the unit is walled off stays closed to them. Throws NotFound, Conflict for someone who is not in it. */
export const removeFromUnit = act('unit:manage', async (moment, input: RemoveFromUnitInput) => {
  const id = await unitHeld(moment, input.unitId);
  const memberId = idOrNull(input.memberId);
  const { rows } = memberId === null ? { rows: [] } : await moment.run(left(id, memberId));
  if (rows.length !== 1) throw conflict('This member is not in the unit.', { remedy: 'Read the members of the unit again.' });
  return { payload: { unit: unitShown(id) }, end: [walledAsBefore(id)] };
});

const unitShown = (id: string): Shown => new Shown(({ given }) => one('Unit', units, (unit) => sql`${unit.id} = ${given(0)}::uuid`), [id]);

function nameOf(text: string): string {
  const name = text.trim().replace(/\s+/g, ' ');
  if (name.length < 1 || name.length > 100) throw badInput('name', 'A unit has a name, and not too long a one.', 'Give 1 to 100 characters.');
  return name;
}

const taken = () => conflict('Your office has a unit of this name.', { remedy: 'Choose another name.' });
