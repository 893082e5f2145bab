import { newId } from '../src/kernel/ids.ts';
import type { CastMember, Reply, World } from './world.ts';

export type Json = Readonly<Record<string, unknown>>;

const BOOK = `id version state title revision draftedBy { name } proposedBy { name } adoptedBy { name } adoptedAt endedAt jurisdiction { slug }
  sharing { audience jurisdiction { slug } facets stages levels tags until basis } limits { action ceiling basis } agency { show stages basis }
  statistics { measure counted threshold basis } tests { member { name } facet stage level tags sees }`;

export const READ = `query ($id: ID!) { ruleBook(id: $id) { ${BOOK} } }`;
export const LIST = 'query ($filter: RuleBookFilter, $first: Int, $after: String) { ruleBooks(filter: $filter, first: $first, after: $after) { nodes { id version state title jurisdiction { slug } } pageInfo { hasNextPage endCursor } totalCount } }';
export const DRAFT = `mutation ($input: DraftRuleBookInput!) { draftRuleBook(input: $input) { ruleBook { ${BOOK} } } }`;
export const PROPOSE = `mutation ($input: ProposeRuleBookInput!) { proposeRuleBook(input: $input) { ruleBook { ${BOOK} } } }`;
export const ADOPT = `mutation ($input: AdoptRuleBookInput!) { adoptRuleBook(input: $input) { ruleBook { ${BOOK} } } }`;
export const WITHDRAW = `mutation ($input: WithdrawRuleBookInput!) { withdrawRuleBook(input: $input) { ruleBook { ${BOOK} } } }`;

/** Drafts and proposes a book of Dallas, or of another office by its head; answers with its id. */
export async function proposed(world: World, content: Json, by: CastMember = 'supervisorDallas'): Promise<string> {
  const { draftRuleBook } = await world.as(by).get(DRAFT, { input: { title: 'Rules', ...content } });
  const { id, revision } = draftRuleBook.ruleBook;
  await world.as(by).get(PROPOSE, { input: { ruleBookId: id, expectedRevision: revision } });
  return id;
}

/** Puts a book of Dallas into force, by two people. */
export async function adopted(world: World, content: Json): Promise<string> {
  const id = await proposed(world, content);
  await world.as('electedDallas').get(ADOPT, { input: { ruleBookId: id } });
  return id;
}

/** A rule that opens facets to `COALITION`, or to the office of an id. */
export const opens = (to: string, facets: readonly string[], when: Json = {}): Json =>
  ({ ...(to === 'COALITION' ? { audience: to } : { audience: 'JURISDICTION', jurisdictionId: to }), facets: ['SUMMARY', ...facets], basis: 'Agreed.', ...when });

/** A member beside the cast, and how to ask as that member. */
export async function newcomer(world: World, role: string, office: keyof World['officeIds'], name = 'New Comer'): Promise<{ id: string; ask(document: string, variables?: Json): Promise<Reply> }> {
  const id = newId();
  await world.database.owner`insert into comity.members (id, subject, name, kind, role, office_id) values (${id}, ${id}, ${name}, 'PERSON', ${role}, ${world.officeIds[office]})`;
  const token = await world.issuer.mint({ subject: id });
  return {
    id,
    async ask(query, variables = {}) {
      const answer = await fetch(`${world.server.url}/graphql`, {
        method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query, variables }),
      });
      return (await answer.json()) as Reply;
    },
  };
}

/** Rows of sight that are not as the rules want them, and those that are wanting, of all cases. */
export const amiss = async ({ database: { owner } }: World): Promise<Json[]> => [
  ...await owner`select coalesce(s.case_id, w.case_id) as case, coalesce(s.viewer, w.viewer) as viewer, coalesce(s.cause, w.cause) as cause, s.facets, w.facets as wanted
    from (select * from comity.sight s where statement_timestamp() < s.until) s
    full join comity.wanted_sight w on w.case_id = s.case_id and w.viewer = s.viewer and w.cause = s.cause and w.ref = s.ref
   where (s.facets, s.until) is distinct from (w.facets, w.until)`,
];

export const code = ({ errors }: Reply): unknown => errors?.[0]?.extensions['code'] ?? 'OK';
