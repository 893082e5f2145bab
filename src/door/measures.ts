import { Kind, OperationTypeNode, type DirectiveNode, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/** The size of a document, all fragments spread out: a fragment spread twice counts twice. */
export interface Measures {
  /** Fields on the longest path. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly mutations: number;
  readonly directives: number;
  readonly fields: number;
  /** How often the most frequent response key is selected. */
  readonly sameKey: number;
}

/** The same of one selection set, with its response keys counted. */
interface Extent { depth: number; aliases: number; topFields: number; directives: number; fields: number; readonly keys: Map<string, number> }

/** Measures a document in one walk; each fragment is walked once, so that nested spreads cost nothing extra. */
export function measure(document: DocumentNode, ignoreIntrospection: boolean): Measures {
  const fragments = new Map(document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])));
  const known = new Map<FragmentDefinitionNode, Extent>();

  const extentOfFragment = (fragment: FragmentDefinitionNode): Extent => {
    const found = known.get(fragment);
    if (found !== undefined) return found;
    // A fragment that spreads itself is refused by GraphQL's own rule; here it must only end.
    known.set(fragment, empty());
    const extent = extentOf(fragment.selectionSet, fragment.directives);
    known.set(fragment, extent);
    return extent;
  };

  const extentOf = (set: SelectionSetNode | undefined, directives: readonly DirectiveNode[] = []): Extent => {
    const extent = empty();
    extent.directives = directives.length;
    for (const node of set?.selections ?? []) {
      if (node.kind === Kind.FIELD) {
        const isExempt = ignoreIntrospection && (node.name.value === '__schema' || node.name.value === '__type');
        const inner = extentOf(isExempt ? undefined : node.selectionSet, node.directives);
        const key = (node.alias ?? node.name).value;
        add(extent, inner, inner.depth + 1);
        add(extent, { ...empty(), aliases: node.alias === undefined ? 0 : 1, fields: 1, keys: new Map([[key, 1]]) }, 1);
        extent.topFields += 1;
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : undefined;
      const inner = node.kind === Kind.INLINE_FRAGMENT ? extentOf(node.selectionSet) : fragment === undefined ? empty() : extentOfFragment(fragment);
      add(extent, inner, inner.depth);
      extent.directives += node.directives?.length ?? 0;
      extent.topFields += inner.topFields;
    }
    return extent;
  };

  const whole = empty();
  let mutations = 0;
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const extent = extentOf(node.selectionSet, node.directives);
    add(whole, extent, extent.depth);
    whole.topFields += extent.topFields;
    whole.directives += (node.variableDefinitions ?? []).reduce((sum, { directives = [] }) => sum + directives.length, 0);
    if (node.operation === OperationTypeNode.MUTATION) mutations += extent.topFields;
  }
  const { depth, aliases, topFields: rootFields, directives, fields, keys } = whole;
  return { depth, aliases, rootFields, mutations, directives, fields, sameKey: Math.max(0, ...keys.values()) };
}

const empty = (): Extent => ({ depth: 0, aliases: 0, topFields: 0, directives: 0, fields: 0, keys: new Map() });

function add(extent: Extent, part: Extent, depth: number): void {
  extent.depth = Math.max(extent.depth, depth);
  extent.aliases += part.aliases;
  extent.directives += part.directives;
  extent.fields += part.fields;
  for (const [key, times] of part.keys) extent.keys.set(key, (extent.keys.get(key) ?? 0) + times);
}
