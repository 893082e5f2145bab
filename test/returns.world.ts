import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import type { BuiltCase, CastMember, World } from './world.ts';

const ITEM = 'id category description dueOn state open overdue office { slug } agency { name } thread { kind note by { name } }';
export const OF_CASE = `{ id stage version lead { slug } referrals { referralId state withdrawalAskedAt thread { kind reason note } } returnItems { ${ITEM} case { id } referral { id } } events(first: 50) { nodes { act body actor { name } } } }`;
export const OF_REFERRAL = `{ id state items { ${ITEM} case { id } referral { id } } thread { kind reason note by { name } } }`;

const SELECTIONS = {
  acceptReferral: `case ${OF_CASE}`, refuseReferral: `case ${OF_CASE}`, returnReferral: `case ${OF_CASE}`, answerWithdrawalRequest: `case ${OF_CASE}`,
  waiveReturnItem: `case ${OF_CASE} item { ${ITEM} }`, cancelReturnItem: `case ${OF_CASE} item { ${ITEM} }`, resolveDispute: `case ${OF_CASE} item { ${ITEM} }`,
  answerReturn: `referral ${OF_REFERRAL}`, disputeReturnItem: `referral ${OF_REFERRAL} item { ${ITEM} }`, withdrawReferral: `referral ${OF_REFERRAL}`, requestWithdrawal: `referral ${OF_REFERRAL}`,
} as const;
export type ReturnField = keyof typeof SELECTIONS;

export const document = (field: ReturnField, selection: string = SELECTIONS[field]) =>
  `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;

/** Far enough ahead to be due for as long as this is used. */
export const SOON = '2999-06-01';

export const wanted = (...descriptions: string[]) => descriptions.map((description) => ({ category: 'RECORDING', description, dueOn: SOON }));

/** The loop as one world's cast plays it. */
export function loop(world: World) {
  const tell = async (who: CastMember, field: ReturnField, input: object) => (await world.as(who).get(document(field), { input }))[field];
  return {
    tell,
    /** How it ended: OK, or the code of its refusal. */
    async ended(who: CastMember, field: ReturnField, input: object): Promise<string> {
      const { errors } = await world.as(who).ask(document(field), { input });
      return String(errors?.[0]?.extensions['code'] ?? 'OK');
    },
    async refusal(who: CastMember, field: ReturnField, input: object) {
      const { errors } = await world.as(who).ask(document(field), { input });
      return { ...errors?.[0]?.extensions, message: errors?.[0]?.message };
    },
    ofCase: async (who: CastMember, { id }: BuiltCase) => (await world.as(who).get(`query ($id: ID) { case(id: $id) ${OF_CASE} }`, { id }))['case'],
    ofReferral: async (who: CastMember, { referralId }: BuiltCase) => (await world.as(who).get(`query ($id: ID!) { referral(id: $id) ${OF_REFERRAL} }`, { id: referralId }))['referral'],
    /** All pages of the list. */
    async listed(who: CastMember, filter: object = {}, first = 100): Promise<string[]> {
      const ids: string[] = [];
      for (let after: string | null = null; ;) {
        const { returnItems }: Record<string, any> = await world.as(who).get(
          'query ($filter: ReturnItemFilter, $first: Int, $after: String) { returnItems(filter: $filter, first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }', { filter, first, after });
        ids.push(...returnItems.nodes.map(({ id }: { id: string }) => id));
        if (!returnItems.pageInfo.hasNextPage) return ids;
        after = returnItems.pageInfo.endCursor;
      }
    },
    /** Asks for these things, and answers with their ids in this order. */
    async returned(who: CastMember, { id }: BuiltCase, ...descriptions: string[]): Promise<string[]> {
      const { case: subject } = await tell(who, 'returnReferral', { caseId: id, items: wanted(...descriptions) });
      return descriptions.map((description) => subject.returnItems.find((item: { description: string }) => item.description === description).id);
    },
  };
}

/** Puts an item on a case, as it may stand. */
export async function withItem({ database: { owner }, officeIds }: World, built: BuiltCase, choice: { state?: string; dueOn?: string; office?: keyof World['officeIds'] } = {}): Promise<string> {
  const id = newId();
  await owner`insert into comity.return_items (case_id, id, needs, referral_id, agency_id, office_id, category, description, due_on, state, state_since, asked_at, asked_in)
    select ${built.id}, ${id}, ${FACETS.REPORT}, r.id, r.agency_id, ${officeIds[choice.office ?? 'dallas-tx']}, 'OTHER', 'Something.', ${choice.dueOn ?? SOON}, ${choice.state ?? 'REQUESTED'}, now(), now(), 'CLAIMED'
      from comity.referrals r where r.id = ${built.referralId}`;
  return id;
}

/** Brings a referral into a state, on both sides. */
export async function standing({ database: { owner } }: World, { id, referralId }: BuiltCase, state: string, asked = false): Promise<void> {
  await owner`update comity.case_referrals set state = ${state}, withdrawal_asked_at = ${asked ? owner`now()` : null} where case_id = ${id} and referral_id = ${referralId}`;
  await owner`update comity.referrals set state = ${state} where id = ${referralId}`;
}
