import { bench, type Asker } from './decisions.world.ts';
import { incidentIn } from './policies.world.ts';
import type { BuiltCase, World } from './world.ts';

export const CLOCK = `id kind aboutId state startedOn dueOn safeOn rolledOn metOn timeZone warnings computedAt supersededAt supersededBecause case { id number }
  asserted { dueOn safeOn attorney grounds reasoning } tolling { ground from to } trace { text citation on } rule { name version citation confidence attestedBy }`;
export const FACT = 'id kind aboutId fromOn toOn grounds source recordedBy { name } recordedAt attestedBy { name } attestedAt withdrawnBy { name } withdrawnAt withdrawnBecause';
export const FACT_ACTS = ['recordClockFact', 'endExclusion', 'attestDiscovery', 'assertLimitation', 'withdrawClockFact'] as const;
export type FactAct = (typeof FACT_ACTS)[number];

const document = (field: FactAct) =>
  `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { fact { ${FACT} } case { id clocks { ${CLOCK} } } } }`;
const LISTED = `query ($filter: ClockFilter, $first: Int, $after: String) { clocks(filter: $filter, first: $first, after: $after) { nodes { ${CLOCK} } pageInfo { hasNextPage endCursor } } }`;

/** Clocks as one world's cast reads and feeds them. */
export function clockwork(world: World) {
  const ask = (who: Asker, query: string, variables: Readonly<Record<string, unknown>>) => (typeof who === 'string' ? world.as(who).ask(query, variables) : who(query, variables));
  async function get(who: Asker, query: string, variables: Readonly<Record<string, unknown>>): Promise<Record<string, any>> {
    const { data, errors } = await ask(who, query, variables);
    if (errors || !data) throw new Error(`refused: ${JSON.stringify(errors)}`);
    return data;
  }
  return {
    async tell(who: Asker, field: FactAct, input: object) {
      const { data, errors } = await ask(who, document(field), { input });
      if (errors || !data) throw new Error(`${field} was refused: ${JSON.stringify(errors)}`);
      return data[field];
    },
    async refusal(who: Asker, field: FactAct, input: object): Promise<Record<string, any>> {
      const { errors } = await ask(who, document(field), { input });
      return { ...errors?.[0]?.extensions, message: errors?.[0]?.message };
    },
    async ofCase(who: Asker, { id }: { readonly id: string }, includeEarlier = false): Promise<Record<string, any>[]> {
      const { case: found } = await get(who, `query ($id: ID, $earlier: Boolean) { case(id: $id) { clocks(includeEarlier: $earlier) { ${CLOCK} } } }`, { id, earlier: includeEarlier });
      return found?.clocks;
    },
    async facts(who: Asker, { id }: { readonly id: string }): Promise<Record<string, any>[]> {
      return (await get(who, `query ($id: ID) { case(id: $id) { clockFacts { ${FACT} } } }`, { id }))['case'].clockFacts;
    },
    /** All pages of the list. */
    async listed(who: Asker, filter: object = {}, first = 100): Promise<Record<string, any>[]> {
      const all: Record<string, any>[] = [];
      for (let after: string | null = null; ;) {
        const { clocks }: Record<string, any> = await get(who, LISTED, { filter, first, after });
        all.push(...clocks.nodes);
        if (!clocks.pageInfo.hasNextPage) return all;
        after = clocks.pageInfo.endCursor;
      }
    },
  };
}

/** A charge of the official under a statute that is named by its citation. */
export async function chargedUnder(world: World, who: Asker, subject: BuiltCase, citation: string, offenceOn?: string): Promise<string> {
  const [statute] = await world.database.owner`select id from comity.statutes where citation = ${citation}`;
  const { charge } = await bench(world).tell(who, 'proposeCharge', { caseId: subject.id, personId: subject.personIds[0], statuteId: statute?.['id'], counts: 1, ...(offenceOn !== undefined && { offenceOn }) });
  return charge.id;
}

/** An incident in a county on a day, towards the evening there. */
export const incidentOn = (fips: string, day: string, offset = '-05:00') => ({ ...incidentIn('48113').incident, countyFips: fips, occurredOn: day, occurredAt: `${day}T20:15:00${offset}` });
