import {
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isObjectType,
  Kind,
  getDirectiveValues,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a document gives the planner: its fragments and its variables. */
export interface Document {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** One field of a selection: every node that asks for it under one response key, in the order of the document. */
export interface Selected {
  readonly key: string;
  readonly name: string;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
}

/**
 * The fields that a selection asks of an object type, as GraphQL's CollectFields gives them: fragments opened,
 * `@skip` and `@include` applied, a key that stands twice merged into one.
 */
export function selectedOf(document: Document, type: GraphQLObjectType, nodes: readonly FieldNode[]): Selected[] {
  const found = new Map<string, [FieldNode, ...FieldNode[]]>();
  const opened = new Set<string>();

  const collect = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (!isWanted(document, selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const known = found.get(key);
        if (known) known.push(selection);
        else found.set(key, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (appliesTo(document, type, selection.typeCondition?.name.value)) collect(selection.selectionSet);
      } else {
        const fragment = document.fragments[selection.name.value];
        if (fragment === undefined || opened.has(selection.name.value)) continue;
        opened.add(selection.name.value);
        if (appliesTo(document, type, fragment.typeCondition.name.value)) collect(fragment.selectionSet);
      }
    }
  };

  for (const node of nodes) collect(node.selectionSet);
  return [...found].map(([key, same]) => ({ key, name: same[0].name.value, nodes: same }));
}

const isWanted = ({ variables }: Document, node: SelectionNode): boolean =>
  getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true &&
  getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;

function appliesTo({ schema }: Document, type: GraphQLObjectType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true;
  const named = schema.getType(condition);
  return named !== undefined && isAbstractType(named) && schema.isSubType(named, type);
}

/** The object type that a field answers with. Throws where it answers with anything else. */
export function objectOf(parent: GraphQLObjectType, field: string): GraphQLObjectType {
  const type = parent.getFields()[field]?.type;
  const named = type && getNamedType(type);
  if (!isObjectType(named)) throw new Error(`${parent.name}.${field} answers with no object`);
  return named;
}
