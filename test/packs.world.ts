import { newId } from '../src/kernel/ids.ts';
import type { CastMember, Reply, World } from './world.ts';

export type Json = Readonly<Record<string, unknown>>;
/** Whoever asks: one of the cast, or one beside it. */
export type Asker = CastMember | Colleague;

export interface Colleague {
  readonly id: string;
  ask(document: string, variables?: Json): Promise<Reply>;
}

const PACK = `id slug version state title issuedBy basis validFrom validUntil revision agency { name } draftedBy { name } proposedBy { name } adoptedBy { name } adoptedAt endedAt
  requirements { key looksFor asks remedy severity kinds levels anyoneInjured minorInvolved basis }`;
const act = (field: string) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { pack { ${PACK} } } }`;

export const DRAFT = act('draftReadinessPack');
export const PROPOSE = act('proposeReadinessPack');
export const ADOPT = act('adoptReadinessPack');
export const WITHDRAW = act('withdrawReadinessPack');
export const LIST = `query ($filter: ReadinessPackFilter, $first: Int, $after: String) { readinessPacks(filter: $filter, first: $first, after: $after) { nodes { ${PACK} } pageInfo { hasNextPage endCursor } totalCount } }`;
export const ON_DAY = 'query ($agency: ID, $incidentOn: Date!) { readinessPack(agency: $agency, incidentOn: $incidentOn) { incidentOn beforeFirstPack requirements { severity pack { slug version } requirement { key looksFor asks remedy severity anyoneInjured basis } } } }';
export const PREVIEW = `query ($id: ID!) { previewReadinessPack(packId: $id) { since judged judgedCapped refusedBefore refusedAfter requirements { requirement refusedBefore refusedAfter warnedBefore warnedAfter }
  newlyRefused { reportNumber } newlyWarned { reportNumber } noLongerRefused { reportNumber } } }`;
export const VALIDATE = 'mutation ($input: ValidateReferralInput!) { validateReferral(input: $input) { acceptable problems { code severity path requirement message remedy } } }';
export const SUBMIT = 'mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { outcome referral { id problems { code severity path requirement message remedy } } problems { code severity path requirement message remedy } } }';
export const BATCH = 'mutation ($input: SubmitReferralsInput!) { submitReferrals(input: $input) { items { outcome problems { code severity path requirement message remedy } } } }';

/** A requirement that a pack may hold; whatever is given replaces its part. */
export const asked = (key: string, looksFor: string, changes: Json = {}): Json =>
  ({ key, looksFor, asks: `There is ${key}`, remedy: `Give ${key}.`, severity: 'ERROR', basis: 'General Order 7.', ...changes });

/** A draft under a general order of the agency’s own. */
export const ofOrder = (requirements: readonly Json[], changes: Json = {}): Json =>
  ({ slug: 'general-order-7', title: 'General Order 7', issuedBy: 'Chief of Police', basis: 'General Order 7, section 2.', validFrom: '2026-03-01', requirements, ...changes });

export const asking = (world: World, who: Asker) => (typeof who === 'string' ? world.as(who) : who);

/** The whole reply’s data, or the errors thrown. */
export async function got(world: World, who: Asker, document: string, variables: Json = {}): Promise<Record<string, any>> {
  const { data, errors } = await asking(world, who).ask(document, variables);
  if (errors || !data) throw new Error(`refused: ${JSON.stringify(errors)}`);
  return data;
}

/** How it ended: OK, or the code of its refusal. */
export const ended = async (world: World, who: Asker, document: string, variables: Json = {}): Promise<string> =>
  String((await asking(world, who).ask(document, variables)).errors?.[0]?.extensions['code'] ?? 'OK');

/** A second one of a seat of the cast. */
export async function colleagueOf(world: World, who: CastMember): Promise<Colleague> {
  const id = newId();
  await world.database.owner`insert into comity.members (id, subject, name, kind, role, office_id, agency_id)
    select ${id}::text::uuid, ${id}::text, 'Col League', kind, role, office_id, agency_id from comity.members where id = ${world.memberIds[who]}`;
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

/** Drafts and proposes a pack; answers with its id. */
export async function proposed(world: World, draft: Json, by: Asker = 'chiefDallasPolice'): Promise<string> {
  const { pack } = (await got(world, by, DRAFT, { input: draft }))['draftReadinessPack'];
  await got(world, by, PROPOSE, { input: { packId: pack.id, expectedRevision: pack.revision } });
  return pack.id;
}

/** Puts a pack into force, by two people. */
export async function adopted(world: World, draft: Json, by: Asker, second: Asker): Promise<string> {
  const id = await proposed(world, draft, by);
  await got(world, second, ADOPT, { input: { packId: id } });
  return id;
}
