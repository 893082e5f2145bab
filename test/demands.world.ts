import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import type { BuiltCase, CastMember, World } from './world.ts';

type Json = Readonly<Record<string, unknown>>;

const ITEM = 'id position category description relevance charge { id } element state answeredOn ground groundCitation groundReference receivedOn productionReference';
export const DEMAND = `id regime component purpose state noResponse respondBy servedOn serviceMethod proofOfService confirmed acknowledgedOn acknowledgedBy answeredOn suitCourt suitDocket suitFiledOn suitDecidedOn suitOrder
  courtOrder liftedOn liftedBecause withdrawnBecause rule { addressee mustContain answerDeadline citation confidence } items { ${ITEM} } entries { kind item { id } day answer ground groundCitation reference court order recordedBy { name } } extensions { dueBefore respondBy reason extendedBy { name } } draftedBy { name } office { slug }`;
const EVENT = 'id kind happenedAt byAgency witness { id } recording { id } second note recordedBy { name } withdrawnBy { name } withdrawnAt withdrawnBecause';
const OF_CASE = 'id stage version';

export const DEMAND_FIELDS = [
  'draftDemand', 'reviseDemand', 'serveDemand', 'acknowledgeDemand', 'extendDemand', 'answerDemand', 'receiveProduction', 'fileSuit', 'decideSuit', 'withdrawDemand', 'liftPreservation',
] as const;
export type DemandField = (typeof DEMAND_FIELDS)[number] | 'recordCooperationEvent' | 'withdrawCooperationEvent';

export const document = (field: DemandField) =>
  `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${field.endsWith('CooperationEvent') ? `event { ${EVENT} }` : `demand { ${DEMAND} }`} case { ${OF_CASE} } } }`;

/** What each regime must contain, as the rules of law that are shipped have it. */
export const CONTENTS = {
  DOJ_TOUHY: ['statement summarising the testimony or papers sought', 'relevance'],
  DHS_TOUHY: ['nature of the information sought, as specifically as possible', 'relevance'],
  OTHER_TOUHY: ['what the agency\'s own rule asks for', 'nature and relevance of the information sought'],
  SUBPOENA: [], PRESERVATION_LETTER: ['what is to be kept', 'until when'],
} as const;
export type Regime = keyof typeof CONTENTS;

export const item = (description = 'The recording of the camera on the second vehicle.', more: Json = {}) => ({ category: 'RECORDING', description, relevance: 'It shows who pushed.', ...more });
export const draft = ({ id }: { readonly id: string }, more: Json = {}) => ({ caseId: id, regime: 'DHS_TOUHY', component: 'A federal agency', purpose: 'What happened at the scene.', items: [item()], ...more });
export const served = (regime: Regime = 'DHS_TOUHY', more: Json = {}) => ({ servedOn: '2026-03-20', method: 'CERTIFIED_MAIL', proofOfService: 'Receipt 1', confirms: CONTENTS[regime], responseRequestedBy: '2026-04-20', ...more });

/** Demanding as one world's cast does it. */
export function demanding(world: World) {
  const ask = (who: CastMember, field: DemandField, input: Json) => world.as(who).ask(document(field), { input });
  const tell = async (who: CastMember, field: DemandField, input: Json) => (await world.as(who).get(document(field), { input }))[field];
  return {
    ask, tell,
    async refusal(who: CastMember, field: DemandField, input: Json): Promise<Record<string, any>> {
      const { errors } = await ask(who, field, input);
      return { ...errors?.[0]?.extensions, message: errors?.[0]?.message };
    },
    ended: async (who: CastMember, field: DemandField, input: Json): Promise<string> => String((await ask(who, field, input)).errors?.[0]?.extensions['code'] ?? 'OK'),
    drafted: async (who: CastMember, subject: { readonly id: string }, more: Json = {}) => (await tell(who, 'draftDemand', draft(subject, more))).demand,
    seen: async (who: CastMember, { id }: { readonly id: string }) =>
      (await world.as(who).get(`query ($id: ID) { case(id: $id) { ${OF_CASE} demands { ${DEMAND} } cooperationEvents { ${EVENT} } events(first: 100) { nodes { act body } } } }`, { id }))['case'],
    /** All pages of the list. */
    async listed(who: CastMember, filter: Json = {}, first = 100): Promise<string[]> {
      const ids: string[] = [];
      for (let after: string | null = null; ;) {
        const { demands }: Record<string, any> = await world.as(who).get(
          'query ($filter: DemandFilter, $first: Int, $after: String) { demands(filter: $filter, first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }', { filter, first, after });
        ids.push(...demands.nodes.map(({ id }: { id: string }) => id));
        if (!demands.pageInfo.hasNextPage) return ids;
        after = demands.pageInfo.endCursor;
      }
    },
  };
}

export interface Placed {
  readonly id: string;
  readonly itemId: string;
}

interface Choice {
  readonly state?: string;
  readonly regime?: Regime;
  readonly respondBy?: string | null;
  readonly itemState?: string;
  readonly office?: keyof World['officeIds'];
  readonly chargeId?: string;
}

/** A demand with one item, as it may stand. */
export async function withDemand({ database: { owner }, memberIds, officeIds }: World, { id: caseId }: Pick<BuiltCase, 'id'>, choice: Choice = {}): Promise<Placed> {
  const [id, itemId, state, regime] = [newId(), newId(), choice.state ?? 'SERVED', choice.regime ?? 'DHS_TOUHY'];
  const isServed = state !== 'DRAFT';
  const [isAnswered, isSued] = [['GRANTED', 'PARTIAL', 'DENIED', 'PRODUCTION_RECEIVED'].includes(state), ['SUIT_FILED', 'ORDERED', 'DISMISSED'].includes(state)];
  await owner`insert into comity.external_demands (case_id, id, needs, office_id, regime, component, purpose, state, drafted_by, drafted_at, served_on, service_method, proof_of_service, confirmed, respond_by, answered_on,
      suit_court, suit_docket, suit_filed_on, suit_decided_on, suit_order)
    values (${caseId}, ${id}, ${FACETS.PROCEEDINGS}, ${officeIds[choice.office ?? 'dallas-tx']}, ${regime}, 'A federal agency', 'What happened.', ${state}, ${memberIds.attorneyDallas}, now(),
      ${isServed ? '2026-03-20' : null}, ${isServed ? 'MAIL' : null}, ${isServed ? 'Receipt 1' : null}, ${isServed ? owner.array([...CONTENTS[regime]]) : null}, ${isServed ? (choice.respondBy === undefined ? '2026-04-20' : choice.respondBy) : null},
      ${isAnswered ? '2026-04-01' : null}, ${isSued ? 'District Court' : null}, ${isSued ? '26-cv-1' : null}, ${isSued ? '2026-05-01' : null}, ${isSued && state !== 'SUIT_FILED' ? '2026-05-20' : null}, ${isSued && state !== 'SUIT_FILED' ? 'An order.' : null})`;
  const itemState = choice.itemState ?? (state === 'DENIED' ? 'WITHHELD' : isAnswered || state === 'ORDERED' ? 'PARTIAL' : 'ASKED');
  const isWithheld = itemState === 'WITHHELD' || itemState === 'PARTIAL';
  await owner`insert into comity.demand_items (case_id, id, needs, demand_id, position, category, description, relevance, charge_id, element, state, answered_on, ground)
    values (${caseId}, ${itemId}, ${FACETS.PROCEEDINGS | (choice.chargeId === undefined ? 0 : FACETS.CHARGES)}, ${id}, 1, 'RECORDING', 'The camera.', 'It shows who pushed.', ${choice.chargeId ?? null}, ${choice.chargeId === undefined ? null : 1},
      ${itemState}, ${itemState === 'ASKED' ? null : '2026-04-01'}, ${isWithheld ? 'CLASSIFIED' : null})`;
  return { id, itemId };
}

/** That cooperation was refused, as it may have been recorded. */
export async function withEvent({ database: { owner }, memberIds }: World, { id: caseId }: Pick<BuiltCase, 'id'>): Promise<string> {
  const id = newId();
  await owner`insert into comity.cooperation_events (case_id, id, needs, kind, happened_at, by_agency, note, recorded_by, recorded_at)
    values (${caseId}, ${id}, ${FACETS.PROCEEDINGS}, 'WARRANT_IGNORED', '2026-03-15T02:00:00Z', 'A federal agency', 'It was shown, and not read.', ${memberIds.attorneyDallas}, now())`;
  return id;
}

/** Puts somebody on the team of a case. */
export async function placed({ database: { owner }, memberIds }: World, { id }: Pick<BuiltCase, 'id'>, who: CastMember): Promise<void> {
  await owner`insert into comity.assignments (case_id, id, needs, member_id, role, since, assigned_by) values (${id}, ${newId()}, ${FACETS.OFFICE}, ${memberIds[who]}, 'SUPPORT', now(), ${memberIds.supervisorDallas})`;
  await owner`select comity.compute_sight(${id})`;
}
