import { newId } from '../src/kernel/ids.ts';
import type { Reply, World } from './world.ts';

/** A supervisor of the guest office, whom the cast does not have: her voice. */
export async function supervisorOfCook(world: World): Promise<(document: string, variables: Readonly<Record<string, unknown>>) => Promise<Reply>> {
  const subject = newId();
  await world.database.owner`insert into comity.members (id, subject, name, kind, role, office_id) values (${newId()}, ${subject}, 'Sully Perkins', 'PERSON', 'SUPERVISOR', ${world.officeIds['cook-il']})`;
  const token = await world.issuer.mint({ subject });
  return async (query, variables) => {
    const response = await fetch(`${world.server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-purpose': 'CASE_PREPARATION' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Reply;
  };
}
