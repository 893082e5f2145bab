import { expect } from 'vitest';
import type { CastMember, World } from './world.ts';

type Variables = Readonly<Record<string, unknown>>;

/** The list of cases with all its arguments. */
export const LIST = `query ($filter: CaseFilter, $orderBy: CaseOrder, $first: Int, $after: String) {
  cases(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { nodes { number } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

/** The numbers of cases that members list. */
export const listed = (world: () => World) => {
  const page = async (who: CastMember, variables: Variables) => {
    const { cases } = await world().as(who).get(LIST, variables);
    return { numbers: cases.nodes.map(({ number }: { number: string }) => number) as string[], info: cases.pageInfo };
  };
  return {
    /** One page, of a hundred unless told. */
    numbers: async (who: CastMember, variables: Variables): Promise<string[]> => (await page(who, { first: 100, ...variables })).numbers,
    /** Every page until the last, with what happens after each. */
    async walk(who: CastMember, variables: Variables, between: () => Promise<unknown> = async () => undefined): Promise<string[]> {
      const met: string[] = [];
      for (let after: string | null = null; ; await between()) {
        const { numbers, info } = await page(who, { ...variables, after });
        expect(info.hasPreviousPage).toBe(after !== null);
        met.push(...numbers);
        if (!info.hasNextPage) return met;
        after = info.endCursor;
      }
    },
  };
};
