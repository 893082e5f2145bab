import { randomUUID } from 'node:crypto';
import type { OfficeRole } from '../src/access/seats.ts';
import { newId } from '../src/kernel/ids.ts';
import type { BuiltCase, CastMember, Reply, World } from './world.ts';

/** Somebody who speaks to the API, whether of the cast or seated for one test. */
export interface Person {
  readonly id: string;
  readonly subject: string;
}

export const castPerson = (world: World, who: CastMember): Person => ({ id: world.memberIds[who], subject: who });

/** Seats a person in an office. */
export async function seat(world: World, role: OfficeRole, office: keyof World['officeIds'] = 'dallas-tx'): Promise<Person> {
  const id = newId();
  await world.database.owner`insert into comity.members (id, subject, name, kind, role, office_id) values (${id}, ${id}, ${`Person ${id}`}, 'PERSON', ${role}, ${world.officeIds[office]})`;
  return { id, subject: id };
}

/** What a person asks for, with a purpose unless told that there is none. */
export async function asked(world: World, who: Person, document: string, variables: Readonly<Record<string, unknown>> = {}, purpose: string | null = 'EMERGENCY'): Promise<Reply> {
  const response = await fetch(`${world.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.issuer.mint({ subject: who.subject })}`, ...(purpose !== null && { 'x-purpose': purpose }) },
    body: JSON.stringify({ query: document, variables }),
  });
  return (await response.json()) as Reply;
}

/** The data of an answer; throws with the errors where there are any. */
export async function given(world: World, who: Person, document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Record<string, any>> {
  const { data, errors } = await asked(world, who, document, variables);
  if (errors || !data) throw new Error(`${who.subject} was refused: ${JSON.stringify(errors)}`);
  return data;
}

/** `served`, or the code of the first error. */
export const outcome = ({ errors }: Reply): string => (errors?.[0] === undefined ? 'served' : String(errors[0].extensions['code']));

/** A mutation by its name, with the input of that name. */
export const mutation = (field: string, selection: string): string =>
  `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;

/** A unit of Dallas with these members, as its heads would make it. */
export async function unitOf(world: World, ...members: readonly Person[]): Promise<string> {
  const id = newId();
  const head = world.memberIds.electedDallas;
  await world.database.owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${id}, ${world.officeIds['dallas-tx']}, ${`Unit ${randomUUID()}`}, ${head}, now())`;
  for (const { id: member } of members) await world.database.owner`insert into comity.unit_members (unit_id, member_id, since, added_by) values (${id}, ${member}, now(), ${head})`;
  return id;
}

/** Keeps a case to a unit by the elected head's hand. */
export const keptTo = (world: World, { id }: BuiltCase, unitId: string): Promise<Record<string, any>> =>
  given(world, castPerson(world, 'electedDallas'), mutation('restrictToUnit', 'case { number }'), { input: { caseId: id, unitId, reason: 'Sensitive.' } });
