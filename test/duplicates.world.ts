import type { BuiltCase, CastMember, Reply, World } from './world.ts';

export const CANDIDATES = 'query ($id: ID, $first: Int, $after: String) { case(id: $id) { duplicateCandidates(first: $first, after: $after) { totalCount nodes { case { id number } score matchedBy reasons } pageInfo { hasNextPage endCursor } } } }';
export const PAIRED = '{ id stage version lead { slug } referrals { referralId state } returnItems { id state } report { reportNumber } duplicateVerdicts { verdict reason other { id } into { id } judgedBy { name } judgedFor { slug } } events(first: 50) { nodes { act body } } }';
export const FIND = `query ($id: ID) { case(id: $id) ${PAIRED} }`;
export const JUDGE = `mutation ($input: JudgeDuplicateInput!) { judgeDuplicate(input: $input) { case ${PAIRED} other ${PAIRED} } }`;
export const UNDO = `mutation ($input: UndoDuplicateInput!) { undoDuplicate(input: $input) { case ${PAIRED} other ${PAIRED} } }`;
export const LOOK = 'query ($id: ID!) { sameIncident(caseId: $id) { hits { officeId officeName contactRole matchedBy } } }';

/** What a referral of this file says of its incident; each test has a day of its own, so that no case of another is near. */
export interface Told {
  readonly day: string;
  readonly time?: string | null;
  readonly latitude?: number | null;
  readonly longitude?: number;
  readonly place?: string;
  readonly countyFips?: string;
  readonly persons?: readonly object[];
  readonly reportNumber?: string;
}

export const told = ({ day, time = '20:00', latitude = 32.78, longitude = -96.8, place = '100 Example Street, Dallas', countyFips = '48113', persons = [], reportNumber }: Told) => ({
  incident: {
    occurredOn: day, countyFips, place, ...(time !== null && { occurredAt: `${day}T${time}:00-06:00` }), ...(latitude !== null && { latitude, longitude }),
  },
  persons: [{ part: 'VICTIM', descriptors: 'Unknown', injured: true }, ...persons],
  ...(reportNumber !== undefined && { reportNumber }),
});

const DAY = 86_400_000;
/** Days that lie far enough apart for no two tests to meet. */
export function days(): () => string {
  let next = Date.parse('1990-01-15T00:00:00Z');
  return () => new Date((next += 40 * DAY) - 40 * DAY).toISOString().slice(0, 10);
}

/** How one world's cast judges of its cases. */
export function bench(world: World) {
  const versionOf = async (id: string): Promise<number> => Number((await world.database.owner`select version from comity.cases where id = ${id}`)[0]?.['version']);
  const judge = async (who: CastMember, verdict: string, one: BuiltCase, other: BuiltCase, more: object = {}): Promise<Reply> =>
    world.as(who).ask(JUDGE, { input: { caseId: one.id, otherId: other.id, verdict, reason: 'Both tell of one evening.', expectedVersion: await versionOf(one.id), ...more } });
  const undo = async (who: CastMember, one: BuiltCase, other: BuiltCase, more: object = {}): Promise<Reply> =>
    world.as(who).ask(UNDO, { input: { caseId: one.id, otherId: other.id, expectedVersion: await versionOf(one.id), ...more } });
  const candidates = async (who: CastMember, { id }: BuiltCase) => (await world.as(who).get(CANDIDATES, { id }))['case'].duplicateCandidates.nodes as { case: { id: string }; score: number; matchedBy: string[]; reasons: string[] }[];
  return {
    versionOf, judge, undo, candidates,
    offered: async (who: CastMember, of: BuiltCase) => (await candidates(who, of)).map((each) => each.case.id),
    find: async (who: CastMember, { id }: BuiltCase) => (await world.as(who).get(FIND, { id }))['case'],
    hits: async (who: CastMember, { id }: BuiltCase) => (await world.as(who).get(LOOK, { id }))['sameIncident']?.hits as { officeName: string; contactRole: string | null; matchedBy: string[] }[] | undefined,
  };
}

export const code = ({ errors }: Reply): string => String(errors?.[0]?.extensions['code'] ?? 'OK');
