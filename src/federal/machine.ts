import { conflict } from '../kernel/errors.ts';

/** A lifecycle as one value: from which state each act leads to which; `N` is where it stands before there is any record. Elsewhere it is a CONFLICT. */
export type Machine<A extends string, S extends string, N extends string> = Readonly<Record<A, Readonly<Partial<Record<S | N, S>>>>>;

/** The state that an act leads to; undefined where it is not the moment. */
export const after = <A extends string, S extends string, N extends string>(machine: Machine<A, S, N>, act: A, state: S | N): S | undefined => machine[act][state];

/** The rule of law that a refusal names. */
export interface CitedRule {
  readonly rule: string;
  readonly citation: string | null;
  readonly [more: string]: unknown;
}

/** The state that an act leads to. Throws Conflict, with the acts that are possible and the rule, where it is not the moment. */
export function moved<A extends string, S extends string, N extends string>(machine: Machine<A, S, N>, act: A, state: S | N, cited: CitedRule): S {
  const to = after(machine, act, state);
  if (to !== undefined) return to;
  const possible = (Object.keys(machine) as A[]).filter((each) => machine[each][state] !== undefined);
  throw conflict(`It is not the moment for ${act}: this stands at ${state}.`, {
    ...cited, state, possible, remedy: possible.length === 0 ? 'This has ended: begin another where there is cause.' : `Possible now: ${possible.join(', ')}.`,
  });
}
