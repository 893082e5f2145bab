import { bits, FACETS, type Facet } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import type { BuiltCase, CastMember, World } from './world.ts';

type Slug = keyof World['officeIds'];

interface Content {
  readonly sharing?: readonly { readonly audience: string; readonly facets: readonly Facet[]; readonly until?: string }[];
  readonly limits?: readonly { readonly action: string; readonly ceiling: string }[];
}

/** Puts a book into force in the place of an office's, as if adopted, and has sight of its cases computed; answers its version. */
export async function bookInForce({ database: { owner }, officeIds }: World, office: Slug, { sharing = [], limits = [] }: Content): Promise<number> {
  const [id, lead] = [newId(), officeIds[office]];
  await owner`update comity.rule_books set state = 'SUPERSEDED', ended_at = now() where jurisdiction_id = ${lead} and state = 'IN_FORCE'`;
  const [book] = await owner`insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_at, adopted_at)
    values (${id}, ${lead}, (select coalesce(max(version), 0) + 1 from comity.rule_books where jurisdiction_id = ${lead}), 'IN_FORCE', 'A book', now(), now()) returning version`;
  for (const [position, { audience, facets, until = 'infinity' }] of sharing.entries()) {
    await owner`insert into comity.sharing_rules (book_id, position, audience_id, facets, stages, levels, tags, until, basis) values (${id}, ${position}, ${audience}, ${bits(...facets)}, '{}', '{}', '{}', ${until}::text::timestamptz, 'Cases cross the county line.')`;
  }
  for (const { action, ceiling } of limits) await owner`insert into comity.act_limits (book_id, action, ceiling, basis) values (${id}, ${action}, ${ceiling}, 'Heads decide.')`;
  await owner`select comity.compute_sight(c.id) from comity.cases c where c.lead_id = ${lead}`;
  return Number(book?.['version']);
}

/** A seal for this audience, as if imposed. */
export async function sealed({ database: { owner }, memberIds, officeIds }: World, { id }: { readonly id: string }, facets: number, audience: readonly (CastMember | Slug)[]): Promise<void> {
  const ids = audience.map((each) => (each in memberIds ? memberIds[each as CastMember] : officeIds[each as Slug]));
  await owner`insert into comity.seals (case_id, id, needs, facets, audience, "order", sealed_by, sealed_at)
    values (${id}, ${newId()}, ${FACETS.OFFICE | (facets & 0xff)}, ${facets}, ${ids}::uuid[], 'District Court, No. 7, 2 March 2026', ${memberIds.electedDallas}, now())`;
  await owner`select comity.compute_sight(${id})`;
}

/** A wall around a member, as if imposed. */
export async function walled({ database: { owner }, memberIds }: World, { id }: { readonly id: string }, who: CastMember): Promise<void> {
  await owner`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
    values (${id}, ${newId()}, ${FACETS.OFFICE}, 'MEMBER', ${memberIds[who]}, 'FAMILY', 'A sibling.', '{CONFLICTS}', ${memberIds.electedDallas}, now())`;
  await owner`select comity.compute_sight(${id})`;
}

/** An office's part in a case, as if taken up, or as if offered. */
export async function joined({ database: { owner }, memberIds, officeIds }: World, { id }: BuiltCase, office: Slug, facets: readonly Facet[], state: 'ACCEPTED' | 'INVITED' = 'ACCEPTED'): Promise<void> {
  await owner`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at)
    values (${id}, ${newId()}, 1, ${officeIds[office]}, ${officeIds['dallas-tx']}, 'SUPPORT', ${bits(...facets)}, ${state}, 'Two counties.', ${memberIds.electedDallas}, now())`;
  await owner`select comity.compute_sight(${id})`;
}

/** A transfer between two offices, as if offered or accepted. */
export async function transferred({ database: { owner }, memberIds, officeIds }: World, { id }: BuiltCase, [from, to]: readonly [Slug, Slug], residual: string, state: 'PROPOSED' | 'ACCEPTED'): Promise<void> {
  if (state === 'ACCEPTED') await owner`update comity.cases set lead_id = ${officeIds[to]} where id = ${id}`;
  await owner`insert into comity.transfers (case_id, id, needs, from_id, to_id, residual, reason, state, proposed_by, proposed_at, answered_at)
    values (${id}, ${newId()}, 1, ${officeIds[from]}, ${officeIds[to]}, ${residual}, 'Nearer.', ${state}, ${memberIds.electedDallas}, now(), ${state === 'ACCEPTED' ? owner`now()` : null})`;
  await owner`select comity.compute_sight(${id})`;
}

/** Keeps a case to a unit of Dallas with these members. */
export async function restricted({ database: { owner }, memberIds, officeIds }: World, { id }: { readonly id: string }, ...members: readonly CastMember[]): Promise<void> {
  const unit = newId();
  await owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${unit}, ${officeIds['dallas-tx']}, ${`Unit ${unit}`}, ${memberIds.electedDallas}, now())`;
  for (const each of members) await owner`insert into comity.unit_members (unit_id, member_id, since, added_by) values (${unit}, ${memberIds[each]}, now(), ${memberIds.electedDallas})`;
  await owner`insert into comity.unit_restrictions (case_id, id, needs, unit_id, reason, restricted_by, restricted_at) values (${id}, ${newId()}, ${FACETS.OFFICE}, ${unit}, 'Sensitive.', ${memberIds.electedDallas}, now())`;
  await owner`select comity.compute_sight(${id})`;
}

/** The reply as bytes, but for what every reply has of its own. */
export async function bytes(world: World, who: CastMember, query: string, variables: object): Promise<string> {
  const response = await fetch(`${world.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.as(who).token()}` },
    body: JSON.stringify({ query, variables }),
  });
  const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name));
  return JSON.stringify([response.status, headers, await response.text()]);
}
