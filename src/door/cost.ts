import {
  getNamedType, isCompositeType, isInterfaceType, isObjectType, Kind, valueFromASTUntyped,
  type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLCompositeType, type GraphQLField, type GraphQLSchema,
  type OperationDefinitionNode, type SelectionSetNode,
} from 'graphql';
import { Refusal } from '../kernel/errors.ts';

/** The page size of a list that is asked for without `first`, as the lists themselves have it. */
const DEFAULT_PAGE = 20;
/** Objects that one operation may ask for. */
const MOST_OBJECTS = 5_000;

type Variables = Readonly<Record<string, unknown>>;

/** An operation that has been found valid, with the variables that were sent. */
interface Resolved {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** Absent where operationName names none; Apollo refuses it later. */
  readonly operation?: OperationDefinitionNode | null | undefined;
  readonly request: { readonly variables?: Variables | undefined };
}

/** Makes what refuses operations that ask for more than 5,000 objects, page sizes multiplied along each path, with QUERY_TOO_COMPLEX. */
export function costLimit(most = MOST_OBJECTS): (resolved: Resolved) => void {
  // Documents stand in Apollo's store; what one costs is kept as long as it stands there.
  const known = new WeakMap<OperationDefinitionNode, Map<string, number>>();
  return ({ schema, document, operation, request: { variables = {} } }) => {
    if (operation === undefined || operation === null) return;
    let costs = known.get(operation);
    if (costs === undefined) known.set(operation, (costs = new Map()));
    const weights = weightsOf(operation, variables);
    let objects = costs.get(weights);
    if (objects === undefined) {
      objects = costOf(schema, document, operation, variables);
      if (costs.size >= MOST_KNOWN) costs.clear();
      costs.set(weights, objects);
    }
    if (objects <= most) return;
    throw new Refusal('QUERY_TOO_COMPLEX', `The operation asks for up to ${objects.toLocaleString('en')} objects; ${most.toLocaleString('en')} is the most.`, {
      limit: most, remedy: 'Ask for smaller pages with `first`, or for the inner lists in requests of their own.',
    });
  };
}

/** Costs that are kept of one operation. */
const MOST_KNOWN = 100;

/** All that the cost of an operation depends on besides its document: numbers, booleans, what is null or not given, and the lengths of lists. */
const weightsOf = ({ variableDefinitions = [] }: OperationDefinitionNode, given: Variables): string =>
  variableDefinitions.map(({ variable }) => {
    const value = given[variable.name.value];
    return typeof value === 'number' || typeof value === 'boolean' || value === undefined || value === null ? String(value) : `+${itemsIn(value)}`;
  }).join();

/**
 * The number of objects that an operation may ask for. A field that takes `first` asks for as many as that says, or for
 * 20; one that is given lists asks for as many as they have items; each times what stands above it.
 */
export function costOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, given: Variables): number {
  const fragments = new Map(document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])));
  const root = schema.getRootType(operation.operation);
  return root ? costOfSet({ schema, fragments, variables: withDefaults(operation, given) }, operation.selectionSet, root) : 0;
}

interface Question {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Variables;
}

function costOfSet(question: Question, set: SelectionSetNode, type: GraphQLCompositeType): number {
  let objects = 0;
  for (const node of set.selections) {
    if (isLeftOut(node.directives, question.variables)) continue;
    if (node.kind === Kind.FIELD) {
      objects += costOfField(question, node, type);
      continue;
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? question.fragments.get(node.name.value) : node;
    if (fragment === undefined) continue;
    const narrowed = fragment.typeCondition === undefined ? type : question.schema.getType(fragment.typeCondition.name.value);
    if (isCompositeType(narrowed)) objects += costOfSet(question, fragment.selectionSet, narrowed);
  }
  return objects;
}

function costOfField(question: Question, node: FieldNode, type: GraphQLCompositeType): number {
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
  if (field === undefined) return 0;
  const values = (node.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value, question.variables)] as const);
  const items = values.reduce((sum, [, value]) => sum + itemsIn(value), 0);
  const page = pageOf(field, values);
  const inner = getNamedType(field.type);
  const below = node.selectionSet !== undefined && isCompositeType(inner) ? costOfSet(question, node.selectionSet, inner) : 0;
  return (page ?? 0) + items + (page ?? Math.max(1, items)) * below;
}

function pageOf(field: GraphQLField<unknown, unknown>, values: readonly (readonly [string, unknown])[]): number | undefined {
  const first = field.args.find(({ name }) => name === 'first');
  if (first === undefined) return undefined;
  const asked = values.find(([name]) => name === 'first')?.[1] ?? first.defaultValue;
  return typeof asked === 'number' && asked >= 0 ? asked : DEFAULT_PAGE;
}

/** Items of the outermost lists of a value: what lies within an item belongs to it. */
function itemsIn(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.values(value).reduce<number>((sum, part) => sum + itemsIn(part), 0) : 0;
}

const withDefaults = (operation: OperationDefinitionNode, given: Variables): Variables => ({
  ...Object.fromEntries((operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    (defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]]))),
  ...given,
});

const isLeftOut = (directives: FieldNode['directives'], variables: Variables): boolean =>
  (directives ?? []).some(({ name, arguments: given = [] }) => {
    const wanted = given[0] === undefined ? undefined : valueFromASTUntyped(given[0].value, variables);
    return (name.value === 'skip' && wanted === true) || (name.value === 'include' && wanted === false);
  });
